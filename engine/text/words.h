// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "engine/text/token.h"

namespace hs {

/// Fills Token::word, counting words from 0 in reading order. `text` is what the byte ranges refer to.
///
/// A word begins where white space ends, so " little" is one token of one word and " gir" + "l" are one word.
/// Punctuation that the tokeniser made its own token is its own word ("Lily" "."); several together are one ("!" "?").
/// An apostrophe, hyphen or underscore between letters, and a point or comma between digits, joins ("don" "'" "t").
/// A token of blanks belongs to the word that follows; line breaks are words of their own. Han and Kana tokens are words
/// of their own, but the bytes of one character stay together. Tokens without a range are single words; specials get -1.
void assignWords(std::vector<Token>& tokens, std::string_view text);

}  // namespace hs
