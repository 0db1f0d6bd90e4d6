// SPDX-License-Identifier: GPL-3.0-or-later
// Where a text's sentences, paragraphs, lines and quotations begin, by simple rules that need no language model.
#pragma once

#include <string_view>
#include <vector>

namespace hs {

/// Segment number of each byte. A sentence ends after ". ! ? ..." with the closing quotes and brackets behind it when white
/// space and then no lower-case letter follow, and at every line break; "Mr." and single initials end none.
std::vector<int> sentenceOfBytes(std::string_view text);
/// What blank lines separate; where there is no blank line, lines.
std::vector<int> paragraphOfBytes(std::string_view text);
/// Lines; every byte -1 where the text has no blank line, because lines are its paragraphs then.
std::vector<int> lineOfBytes(std::string_view text);
/// What double quotation marks (straight or curly) separate: odd numbers are inside. A line break ends an open quotation.
std::vector<int> quotationOfBytes(std::string_view text);

}  // namespace hs
