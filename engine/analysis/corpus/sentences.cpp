// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/corpus/sentences.h"

#include <algorithm>
#include <string>

namespace hs {
namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLetter(char c) { return isLower(c) || isUpper(c); }

/// Length of a closing mark at `i`, 0 when there is none: ) ] " ' and curly quotes (three bytes).
std::size_t closingAt(std::string_view text, std::size_t i)
{
    if (i >= text.size()) return 0;
    if (text[i] == ')' || text[i] == ']' || text[i] == '"' || text[i] == '\'') return 1;
    if (text.substr(i, 3) == "\u201D" || text.substr(i, 3) == "\u2019") return 3;
    return 0;
}

/// The point at `i` belongs to an abbreviation: a title, or one capital letter.
bool abbreviates(std::string_view text, std::size_t i)
{
    std::size_t begin = i;
    while (begin > 0 && isLetter(text[begin - 1])) --begin;
    const std::string_view word = text.substr(begin, i - begin);
    if (word.size() == 1 && isUpper(word[0]) && word != "I") return true;
    constexpr std::string_view kTitles[] = {"Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Capt", "Jr", "Sr", "vs", "etc"};
    return std::find(std::begin(kTitles), std::end(kTitles), word) != std::end(kTitles);
}

bool hasBlankLine(std::string_view text)
{
    return text.find("\n\n") != std::string_view::npos || text.find("\n\r\n") != std::string_view::npos;
}

}  // namespace

std::vector<int> sentenceOfBytes(std::string_view text)
{
    std::vector<int> out(text.size());
    int number = 0;
    for (std::size_t i = 0; i < text.size();) {
        out[i] = number;
        if (text[i] == '\n') {
            ++i;
            if (i < text.size() && text[i] != '\n') ++number;
            continue;
        }
        const bool ends = (text[i] == '.' && !abbreviates(text, i)) || text[i] == '!' || text[i] == '?' || text.substr(i, 3) == "\u2026";
        if (!ends) {
            ++i;
            continue;
        }
        const std::size_t mark = text[i] == '.' || text[i] == '!' || text[i] == '?' ? 1 : 3;
        std::size_t end = i + mark;
        while (const std::size_t closing = closingAt(text, end)) end += closing;
        std::size_t next = end;
        while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) ++next;
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(i), out.begin() + static_cast<std::ptrdiff_t>(end), number);
        const bool more = next < text.size() && (next == end ? true : isLower(text[next]));
        i = end;
        if (!more && next < text.size() && text[next] != '\n') ++number;
    }
    return out;
}

std::vector<int> paragraphOfBytes(std::string_view text)
{
    std::vector<int> out(text.size());
    const bool blank = hasBlankLine(text);
    int number = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out[i] = number;
        if (text[i] != '\n') continue;
        std::size_t next = i + 1;
        int breaks = 1;
        while (next < text.size() && isSpace(text[next])) breaks += text[next++] == '\n';
        for (std::size_t k = i; k < next; ++k) out[k] = number;
        if (!blank || breaks > 1) ++number;
        i = next - 1;
    }
    return out;
}

std::vector<int> lineOfBytes(std::string_view text)
{
    std::vector<int> out(text.size(), -1);
    if (!hasBlankLine(text)) return out;
    int number = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out[i] = number;
        if (text[i] == '\n') ++number;
    }
    return out;
}

std::vector<int> quotationOfBytes(std::string_view text)
{
    std::vector<int> out(text.size());
    int number = 0;  // odd: inside
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool inside = number % 2 == 1;
        const std::string_view three = text.substr(i, 3);
        const bool straight = text[i] == '"', opens = three == "\u201C", closes = three == "\u201D";
        if ((straight || opens) && !inside) ++number;
        out[i] = number;
        if (opens || closes) {
            for (std::size_t k = i; k < i + 3; ++k) out[k] = number;
            i += 2;
        }
        if (inside && (straight || closes || text[i] == '\n')) ++number;
    }
    return out;
}

}  // namespace hs
