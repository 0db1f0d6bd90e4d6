// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/text/tokenizer.h"
#include "engine/text/utf8.h"
#include "engine/text/words.h"

namespace hs {
namespace {

Token describe(const Tokenizer& tokenizer, int id)
{
    Token t;
    t.id = id;
    t.piece = tokenizer.piece(id);
    t.text = tokenizer.displayText(id);
    t.special = tokenizer.isSpecial(id);
    return t;
}

/// Finds each token's bytes in the decoded text; tokens that are not found keep -1, -1.
void locate(const Tokenizer& tokenizer, std::vector<Token>& tokens, const std::string& text)
{
    // Half characters are U+FFFD in the text: line their bytes up with the repaired text first.
    std::string bytes;
    std::vector<std::size_t> ends;
    for (const Token& t : tokens) {
        if (!t.special) bytes += tokenizer.tokenBytes(t.id);
        ends.push_back(bytes.size());
    }
    std::vector<std::size_t> moved;
    const std::string repaired = utf8::repaired(bytes, &moved);
    std::size_t dropped = 0;
    if (repaired != text) {
        if (!repaired.starts_with(' ') || repaired.compare(1, std::string::npos, text) != 0) return;
        dropped = 1;  // the space that encoding puts before a text
    }
    std::size_t begin = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::size_t end = ends[i];
        if (!tokens[i].special) {
            const auto place = [&](std::size_t at) { return static_cast<int>(std::max(moved[at], dropped) - dropped); };
            tokens[i].byteBegin = place(begin);
            tokens[i].byteEnd = place(end);
        }
        begin = end;
    }
}

}  // namespace

Result<Prompt> makePrompt(const Tokenizer& tokenizer, std::string_view utf8, const Progress& progress, SpecialText special)
{
    if (utf8.starts_with("\uFEFF")) utf8.remove_prefix(std::string_view("\uFEFF").size());
    if (utf8.empty()) return Error::of(ErrorCode::TextEmpty);
    Result<std::vector<Token>> encoded = tokenizer.encode(utf8, progress, special);
    if (!encoded) return encoded.error();
    if (encoded->empty()) return Error::of(ErrorCode::TextEmpty);
    Prompt prompt;
    prompt.text = utf8;
    prompt.tokens = *std::move(encoded);
    if (tokenizer.addsBos() && tokenizer.bosId()) prompt.tokens.insert(prompt.tokens.begin(), describe(tokenizer, *tokenizer.bosId()));
    const std::optional<int> eos = tokenizer.addsEos() ? tokenizer.eosId() : std::nullopt;
    if (eos && !(tokenizer.eosOnce() && prompt.tokens.back().id == *eos)) prompt.tokens.push_back(describe(tokenizer, *eos));
    assignWords(prompt.tokens, prompt.text);
    return prompt;
}

Result<Prompt> makePromptFromIds(const Tokenizer* tokenizer, std::span<const int> ids, int vocabSize)
{
    if (ids.empty()) return Error::of(ErrorCode::TextEmpty);
    Prompt prompt;
    prompt.fromIds = true;
    prompt.tokens.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (ids[i] < 0 || ids[i] >= vocabSize)
            return Error::of(ErrorCode::TokenOutOfRange, std::to_string(i), std::to_string(ids[i]),
                             std::string("0 .. ").append(std::to_string(vocabSize - 1)));
        Token t;
        if (tokenizer) t = describe(*tokenizer, ids[i]);
        t.id = ids[i];
        if (t.piece.empty()) t.piece = std::to_string(t.id);
        if (t.text.empty()) t.text = t.piece;
        prompt.tokens.push_back(std::move(t));
    }
    if (tokenizer) {
        prompt.text = tokenizer->decode(ids);
        locate(*tokenizer, prompt.tokens, prompt.text);
    }
    assignWords(prompt.tokens, prompt.text);
    return prompt;
}

}  // namespace hs
