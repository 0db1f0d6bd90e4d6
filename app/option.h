// SPDX-License-Identifier: GPL-3.0-or-later
// One option of the command line: how it is written, what the help says of it, and where its value goes.
#pragma once

#include <charconv>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/file_use.h"

namespace hs::app {

/// Takes the value that was given to the option `name`. Empty, or the problem: "--top x: a number from 0 on expected".
using Setter = std::function<std::string(const std::string& name, const std::string& value)>;

/// A row of a command's table. There is no option without a setter.
struct Option {
    template <typename S>
    requires std::is_invocable_r_v<std::string, S, const std::string&, const std::string&> Option(const char* optionName, Value taken,
                                                                                                  const char* helpLine, S&& setter)
        : name(optionName), value(taken.word), help(helpLine), set(std::forward<S>(setter)), use(taken.use), file(std::move(taken.file))
    {}

    const char* name;   ///< "--text"
    const char* value;  ///< "TEXT"; null: a switch
    const char* help;   ///< one line, translatable (context CommandLine)
    Setter set;
    FileUse use;                                          ///< file_check.h compares all that is written with all that is read
    std::function<std::string(const std::string&)> file;  ///< as Value::file
};
using Options = std::vector<Option>;

/// The rows of several groups, in that order.
template <typename... Groups>
Options joined(Options first, Groups... more)
{
    (first.insert(first.end(), more.begin(), more.end()), ...);
    return first;
}

std::string notA(const std::string& name, const std::string& value, const std::string& what);

/// All of `text` as one number.
template <typename T>
std::optional<T> number(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// Setters. Each keeps a reference: what it sets lives as long as the table of the command (CommandSpec::arguments).

/// A switch was given.
Setter toggle(bool& out);
/// Any text, as it stands.
Setter text(std::string& out);
Setter text(std::optional<std::string>& out);
/// Repeatable.
Setter texts(std::vector<std::string>& out);
/// One of `words`; `what` names them in the problem.
Setter oneOf(std::string& out, std::vector<std::string> words, std::string what);
/// "1,2,3", spaces allowed.
Setter numbers(std::vector<int>& out);
/// A length or size: positive, below 100000.
Setter positive(std::optional<double>& out, std::string what);
/// Of whatever is drawn at random: a whole number from 0 on.
Setter seedOf(std::optional<std::uint64_t>& out);

inline constexpr int kMostInt = std::numeric_limits<int>::max();

/// A whole number from `low` to `high`. T: an integer or an optional of one.
template <typename T, typename N = int>
Setter whole(T& out, N low, N high, std::string what)
{
    return [&out, low, high, what = std::move(what)](const std::string& name, const std::string& value) {
        const auto given = number<N>(value);
        if (!given || *given < low || *given > high) return notA(name, value, what);
        out = *given;
        return std::string();
    };
}

/// What `parse` makes of the text; nothing: `what` was expected. T: the value or an optional of it.
template <typename T, typename Parse>
Setter parsed(T& out, Parse parse, std::string what)
{
    return [&out, parse, what = std::move(what)](const std::string& name, const std::string& value) {
        auto given = parse(value);
        if (!given) return notA(name, value, what);
        out = *std::move(given);
        return std::string();
    };
}

/// The text itself, once `known` finds it good (what knows the names parses them again).
template <typename Known>
Setter known(std::string& out, Known isKnown, std::string what)
{
    return [&out, isKnown, what = std::move(what)](const std::string& name, const std::string& value) {
        out = value;
        return isKnown(value) ? std::string() : notA(name, value, what);
    };
}

}  // namespace hs::app
