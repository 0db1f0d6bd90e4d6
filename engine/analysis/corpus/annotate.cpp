// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string_view>

#include "engine/analysis/corpus/corpus.h"
#include "engine/analysis/corpus/sentences.h"

namespace hs {
namespace {

bool isPunctuationByte(unsigned char c)
{
    return (c >= 0x21 && c <= 0x2F) || (c >= 0x3A && c <= 0x40) || (c >= 0x5B && c <= 0x60) || (c >= 0x7B && c <= 0x7E);
}

/// What the bytes of a token are made of. Curly quotes, dashes and the ellipsis (U+2010 .. U+2027) count as punctuation.
TokenClass classOf(std::string_view text)
{
    bool newline = false, digit = false, punctuation = false, other = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\n' || c == '\r') newline = true;
        else if (c == ' ' || c == '\t') continue;
        else if (c >= '0' && c <= '9') digit = true;
        else if (isPunctuationByte(c)) punctuation = true;
        else if (c == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80
                 && static_cast<unsigned char>(text[i + 2]) >= 0x90 && static_cast<unsigned char>(text[i + 2]) <= 0xA7) {
            punctuation = true;
            i += 2;
        } else other = true;
    }
    if (other) return TokenClass::Word;
    if (digit) return TokenClass::Digit;
    if (punctuation) return TokenClass::Punctuation;
    return newline ? TokenClass::Newline : TokenClass::Space;
}

/// Segment of each token: that of the first byte in it that is no blank.
std::vector<int> byToken(const AnnotatedDocument& document, const std::vector<int>& ofBytes)
{
    const std::string& text = document.prompt.text;
    std::vector<int> out(static_cast<std::size_t>(document.size()), -1);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const Token& token = document.prompt.tokens[i];
        if (token.byteBegin < 0 || document.isReference[i]) continue;
        int at = token.byteBegin;
        const int end = std::min(token.byteEnd, static_cast<int>(text.size()));
        while (at + 1 < end && (text[static_cast<std::size_t>(at)] == ' ' || text[static_cast<std::size_t>(at)] == '\n')) ++at;
        if (at < end) out[i] = ofBytes[static_cast<std::size_t>(at)];
    }
    return out;
}

}  // namespace

const char* tokenClassName(TokenClass tokenClass)
{
    switch (tokenClass) {
    case TokenClass::Special: return "special";
    case TokenClass::Punctuation: return "punctuation";
    case TokenClass::Newline: return "newline";
    case TokenClass::Space: return "space";
    case TokenClass::Digit: return "digit";
    case TokenClass::Continuation: return "continuation";
    case TokenClass::Word: return "word";
    }
    return "word";
}

void annotate(AnnotatedDocument& document, bool causal)
{
    const auto n = static_cast<std::size_t>(document.size());
    const std::vector<Token>& tokens = document.prompt.tokens;
    document.references.clear();
    document.isReference.assign(n, false);
    document.classes.assign(n, TokenClass::Word);
    document.word.assign(n, -1);
    for (std::size_t i = 0; i < n; ++i) {
        // Causal models rest on their first token even where the tokeniser adds no BOS (engine/methods/patterns.md section 0).
        const bool reference = tokens[i].special || (causal && i == 0);
        document.isReference[i] = reference;
        if (reference) document.references.push_back(static_cast<int>(i));
        document.word[i] = tokens[i].special ? -1 : tokens[i].word;
        if (tokens[i].special) {
            document.classes[i] = TokenClass::Special;
            continue;
        }
        const bool ranged = tokens[i].byteBegin >= 0 && tokens[i].byteEnd <= static_cast<int>(document.prompt.text.size());
        const std::string_view bytes = ranged ? std::string_view(document.prompt.text)
                                                    .substr(static_cast<std::size_t>(tokens[i].byteBegin),
                                                            static_cast<std::size_t>(tokens[i].byteEnd - tokens[i].byteBegin))
                                              : std::string_view(tokens[i].text);
        document.classes[i] = classOf(bytes);
        const bool continues = i > 0 && tokens[i].word >= 0 && tokens[i].word == tokens[i - 1].word;
        if (document.classes[i] == TokenClass::Word && continues && document.classes[i - 1] != TokenClass::Space)
            document.classes[i] = TokenClass::Continuation;
    }
    const std::string& text = document.prompt.text;
    document.sentence = byToken(document, sentenceOfBytes(text));
    document.paragraph = byToken(document, paragraphOfBytes(text));
    document.line = byToken(document, lineOfBytes(text));
    document.quotation = byToken(document, quotationOfBytes(text));
    document.frequency.assign(n, 0);
    document.rank.assign(n, 0);
}

}  // namespace hs
