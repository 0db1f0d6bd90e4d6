// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/model only: one row of the table of configuration keys, and the kinds of rows that several keys share.
#pragma once

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "engine/base/plain_text.h"
#include "engine/model/config.h"

namespace hs::config {

inline std::string textOf(double value) { return shortestText(value); }

inline std::string textOf(const std::vector<int>& values)
{
    std::string out;
    for (const int v : values) {
        if (!out.empty()) out += ',';
        out += std::to_string(v);
    }
    return out;
}

template <typename T>
std::optional<T> parseNumber(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

inline std::optional<bool> parseBool(std::string_view text)
{
    for (const std::string_view yes : {"true", "True", "TRUE", "1", "yes"})
        if (text == yes) return true;
    for (const std::string_view no : {"false", "False", "FALSE", "0", "no"})
        if (text == no) return false;
    return std::nullopt;
}

/// Words of an enumeration; the first word of a value is the one that is written, the others are accepted too.
template <typename E>
struct Word {
    const char* text;
    E value;
};

template <typename E, std::size_t N>
std::string wordOf(const Word<E> (&words)[N], E value)
{
    for (const auto& w : words)
        if (w.value == value) return w.text;
    return {};
}

template <typename E, std::size_t N>
bool setWord(const Word<E> (&words)[N], std::string_view text, E& out)
{
    for (const auto& w : words) {
        if (text != w.text) continue;
        out = w.value;
        return true;
    }
    return false;
}

struct Key {
    const char* name;
    const char* accepted;  ///< shown when a text does not fit
    std::string (*get)(const ModelConfig&);
    bool (*set)(ModelConfig&, const std::string&);
};

template <int ModelConfig::*member>
Key intKey(const char* name)
{
    return {name, "0 .. 2147483647", [](const ModelConfig& c) { return std::to_string(c.*member); },
            [](ModelConfig& c, const std::string& text) {
                const auto value = parseNumber<int>(text);
                if (!value || *value < 0) return false;
                c.*member = *value;
                return true;
            }};
}

/// A number that is only shown where it is not 0.
template <int ModelConfig::*member>
Key seldomInt(const char* name)
{
    Key key = intKey<member>(name);
    key.get = [](const ModelConfig& c) { return c.*member == 0 ? std::string() : std::to_string(c.*member); };
    key.set = [](ModelConfig& c, const std::string& text) {
        const auto value = text.empty() ? 0 : parseNumber<int>(text);
        if (value && *value >= 0) c.*member = *value;
        return value && *value >= 0;
    };
    return key;
}

template <double ModelConfig::*member>
Key realKey(const char* name)
{
    return {name, ">= 0", [](const ModelConfig& c) { return textOf(c.*member); },
            [](ModelConfig& c, const std::string& text) {
                const auto value = parseNumber<double>(text);
                if (!value || !std::isfinite(*value) || *value < 0) return false;
                c.*member = *value;
                return true;
            }};
}

template <bool ModelConfig::*member>
Key boolKey(const char* name)
{
    return {name, "true | false", [](const ModelConfig& c) { return std::string(c.*member ? "true" : "false"); },
            [](ModelConfig& c, const std::string& text) {
                const auto value = parseBool(text);
                if (value) c.*member = *value;
                return value.has_value();
            }};
}

/// A key that is only shown where it says something.
template <bool ModelConfig::*member>
Key seldomBool(const char* name)
{
    Key key = boolKey<member>(name);
    key.get = [](const ModelConfig& c) { return std::string(c.*member ? "true" : ""); };
    key.set = [](ModelConfig& c, const std::string& text) {
        const auto value = text.empty() ? false : parseBool(text);
        if (value) c.*member = *value;
        return value.has_value();
    };
    return key;
}

/// A factor or base above 0 that is only shown where it is not the usual one.
template <double ModelConfig::*member>
Key seldomReal(const char* name)
{
    return {name, "> 0", [](const ModelConfig& c) { return c.*member == ModelConfig().*member ? std::string() : textOf(c.*member); },
            [](ModelConfig& c, const std::string& text) {
                const auto value = text.empty() ? ModelConfig().*member : parseNumber<double>(text);
                if (!value || !std::isfinite(*value) || (!(*value > 0) && *value != ModelConfig().*member)) return false;
                c.*member = *value;
                return true;
            }};
}

/// Rows of mixtures of experts, for the table.
std::vector<Key> expertKeys();

}  // namespace hs::config
