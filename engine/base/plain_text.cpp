// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/plain_text.h"

#include <array>
#include <charconv>

namespace hs {
namespace {

template <typename Number>
std::string shortest(Number value)
{
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

}  // namespace

std::string csvField(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' ')) return text;
    std::string out(1, '"');
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
    return out;
}

std::string shortestText(double value) { return shortest(value); }
std::string shortestText(float value) { return shortest(value); }

}  // namespace hs
