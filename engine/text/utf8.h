// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 by hand: code points, validity, repair. Positions are byte offsets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hs::utf8 {

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t length = 0;  ///< bytes; 0: the bytes at this place are no character
};

/// The character that begins at `at`; overlong forms, surrogates and values above U+10FFFF are no characters.
CodePoint decodeAt(std::string_view bytes, std::size_t at);
/// Position of the first byte that is not part of a character; nothing when all is valid.
std::optional<std::size_t> firstInvalid(std::string_view bytes);
void append(std::string& out, std::uint32_t codePoint);
/// True for a byte 10xxxxxx, which never begins a character.
inline bool isContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Valid UTF-8 in which each undecodable byte became U+FFFD. When `offsets` is given it gets bytes.size() + 1 positions:
/// where each input byte went.
std::string repaired(std::string_view bytes, std::vector<std::size_t>* offsets = nullptr);

/// White_Space of Unicode (as Rust's char::is_whitespace, without U+001C..1F and U+180E).
bool isSpace(std::uint32_t codePoint);
/// Letter, digit and other general categories, from utf8proc.
bool isLetter(std::uint32_t codePoint);
bool isNumber(std::uint32_t codePoint);
bool isMark(std::uint32_t codePoint);
/// General category P*.
bool isPunctuation(std::uint32_t codePoint);
/// Han, Hiragana, Katakana: written without spaces, each token stands as a word.
bool isSpacelessScript(std::uint32_t codePoint);

}  // namespace hs::utf8
