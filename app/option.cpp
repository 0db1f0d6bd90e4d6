// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/option.h"

#include <algorithm>
#include <limits>

namespace hs::app {
namespace {

std::optional<std::vector<int>> numberList(std::string_view text)
{
    std::vector<int> out;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == ',' || text[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t end = std::min(text.find_first_of(", ", at), text.size());
        const auto value = number<int>(text.substr(at, end - at));
        if (!value) return std::nullopt;
        out.push_back(*value);
        at = end;
    }
    if (out.empty()) return std::nullopt;
    return out;
}

}  // namespace

std::string notA(const std::string& name, const std::string& value, const std::string& what)
{
    return std::string(name).append(" ").append(value).append(": ").append(what).append(" expected");
}

Setter toggle(bool& out)
{
    return [&out](const std::string&, const std::string&) {
        out = true;
        return std::string();
    };
}

Setter text(std::string& out)
{
    return [&out](const std::string&, const std::string& value) {
        out = value;
        return std::string();
    };
}

Setter text(std::optional<std::string>& out)
{
    return [&out](const std::string&, const std::string& value) {
        out = value;
        return std::string();
    };
}

Setter texts(std::vector<std::string>& out)
{
    return [&out](const std::string&, const std::string& value) {
        out.push_back(value);
        return std::string();
    };
}

Setter oneOf(std::string& out, std::vector<std::string> words, std::string what)
{
    return known(
        out, [words = std::move(words)](const std::string& value) { return std::find(words.begin(), words.end(), value) != words.end(); },
        std::move(what));
}

Setter numbers(std::vector<int>& out) { return parsed(out, numberList, "a list of numbers like 1,2,3"); }

Setter positive(std::optional<double>& out, std::string what)
{
    return parsed(
        out,
        [](const std::string& value) {
            const auto given = number<double>(value);
            return given && *given > 0 && *given < 1e5 ? given : std::nullopt;
        },
        std::move(what));
}

Setter seedOf(std::optional<std::uint64_t>& out)
{
    return whole(out, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max(), "a number from 0 on");
}

}  // namespace hs::app
