// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/words.h"

#include <algorithm>
#include <cstdint>

#include "engine/text/utf8.h"

namespace hs {
namespace {

bool isWordCharacter(std::uint32_t c)
{
    if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    return utf8::isLetter(c) || utf8::isNumber(c) || utf8::isMark(c);
}

enum class Look { Blank, Break, Word, Punctuation };

/// What a token looks like from outside.
struct Shape {
    Look look = Look::Blank;
    bool leadingSpace = false;
    bool trailingSpace = false;
    bool midCharacter = false;   ///< begins inside a character that an earlier token began
    bool spaceless = false;      ///< first visible character is Han or Kana
    bool endsSpaceless = false;  ///< last visible character is Han or Kana
    std::uint32_t only = 0;      ///< the visible character when there is exactly one
};

Shape shapeOf(std::string_view text, std::size_t begin, std::size_t end)
{
    Shape shape;
    bool lineBreak = false;
    std::size_t visible = 0;
    bool wordLike = false;
    shape.midCharacter = begin < text.size() && begin < end && utf8::isContinuation(text[begin]);
    bool first = true;
    for (std::size_t at = begin; at < end;) {
        const utf8::CodePoint c = utf8::decodeAt(text, at);  // may reach past the token's end: the character counts here
        at += std::max<std::size_t>(c.length, 1);
        if (c.length == 0) continue;  // the rest of a character begun by the token before
        const bool space = utf8::isSpace(c.value);
        if (first) shape.leadingSpace = space;
        first = false;
        shape.trailingSpace = space;
        lineBreak = lineBreak || c.value == '\n' || c.value == '\r';
        if (space) continue;
        shape.endsSpaceless = utf8::isSpacelessScript(c.value);
        if (++visible == 1) shape.spaceless = shape.endsSpaceless;
        shape.only = visible == 1 ? c.value : 0;
        wordLike = wordLike || isWordCharacter(c.value);
    }
    if (visible > 0) shape.look = wordLike ? Look::Word : Look::Punctuation;
    else shape.look = lineBreak ? Look::Break : Look::Blank;
    return shape;
}

/// True for the connectors of "don't", "well-known", "3.14": the same kind of character on both sides.
bool connects(std::string_view text, std::size_t begin, std::size_t end, std::uint32_t mark)
{
    if (begin == 0 || end >= text.size()) return false;
    std::size_t before = begin - 1;
    while (before > 0 && utf8::isContinuation(text[before])) --before;
    const std::uint32_t left = utf8::decodeAt(text, before).value;
    const std::uint32_t right = utf8::decodeAt(text, end).value;
    if (mark == '.' || mark == ',') return utf8::isNumber(left) && utf8::isNumber(right);
    const bool connector = mark == '\'' || mark == 0x2019 || mark == '-' || mark == 0x2010 || mark == 0x2011 || mark == '_';
    return connector && isWordCharacter(left) && isWordCharacter(right);
}

}  // namespace

void assignWords(std::vector<Token>& tokens, std::string_view text)
{
    int word = -1;
    bool haveLast = false;  // the token before is text and can be continued
    Look last = Look::Blank;
    bool lastTrailingSpace = false;
    bool lastSpaceless = false;
    int lastEnd = 0;

    for (Token& token : tokens) {
        if (token.special) {
            token.word = -1;
            haveLast = false;
            continue;
        }
        const bool inText = token.byteBegin >= 0 && token.byteEnd >= token.byteBegin && token.byteEnd <= static_cast<int>(text.size());
        if (!inText) {
            token.word = ++word;
            haveLast = false;
            continue;
        }
        const auto begin = static_cast<std::size_t>(token.byteBegin);
        const auto end = static_cast<std::size_t>(token.byteEnd);
        const Shape shape = shapeOf(text, begin, end);
        const bool adjacent = haveLast && lastEnd == token.byteBegin;
        Look look = shape.look;
        bool joins = false;
        if (adjacent && shape.midCharacter) {
            joins = true;
            if (look == Look::Blank) look = last;
        } else if (adjacent && last == Look::Blank && look != Look::Break) {
            joins = true;
        } else if (adjacent && !shape.leadingSpace && !lastTrailingSpace) {
            if (look == Look::Word) joins = last == Look::Word && !shape.spaceless && !lastSpaceless;
            if (look == Look::Punctuation) {
                joins = last == Look::Punctuation;
                if (last == Look::Word && shape.only != 0 && connects(text, begin, end, shape.only)) {
                    joins = true;
                    look = Look::Word;
                }
            }
        } else if (adjacent && look == Look::Break) {
            joins = last == Look::Break;
        }
        if (!joins) ++word;
        token.word = word;
        haveLast = true;
        last = look;
        lastTrailingSpace = shape.trailingSpace && look != Look::Blank && look != Look::Break;
        if (!shape.midCharacter) lastSpaceless = shape.endsSpaceless;
        lastEnd = token.byteEnd;
    }
}

}  // namespace hs
