// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/json_read.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace hs {

namespace {

using Json = nlohmann::json;

/// Builds the value event by event. The library's own parser with a callback looks at all that an object holds at the end of each of
/// its members, which is quadratic.
class Builder final : public nlohmann::json_sax<Json> {
public:
    Builder(const JsonLimits& limits, const Progress& progress) : m_limits(limits), m_progress(progress) {}

    enum class Stop { None, TooDeep, Duplicate, Cancelled, Invalid };

    Json& value() { return m_root; }
    Stop why() const { return m_why; }
    const std::string& key() const { return m_key; }  ///< the last that was read
    std::size_t position() const { return m_position; }

    bool null() override { return put(nullptr); }
    bool boolean(bool v) override { return put(v); }
    bool number_integer(number_integer_t v) override { return put(v); }
    bool number_unsigned(number_unsigned_t v) override { return put(v); }
    bool number_float(number_float_t v, const string_t&) override { return put(v); }
    bool string(string_t& v) override { return put(std::move(v)); }
    bool binary(binary_t&) override { return stop(Stop::Invalid); }  // JSON text has none
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override
    {
        m_key = name;
        const auto [at, fresh] = m_open.back()->emplace(std::move(name), nullptr);
        if (!fresh && m_limits.uniqueNames && m_open.size() == 1) return stop(Stop::Duplicate);
        m_member = &*at;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception&) override
    {
        m_position = position;
        return stop(Stop::Invalid);
    }

private:
    bool stop(Stop why)
    {
        m_why = why;
        return false;
    }
    Json* place(Json value)
    {
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        if (m_open.back()->is_array()) {
            m_open.back()->push_back(std::move(value));
            return &m_open.back()->back();
        }
        *m_member = std::move(value);
        return m_member;
    }
    bool put(Json value)
    {
        constexpr unsigned often = 4096;  // values between two looks at the stop token: well under a millisecond
        if (++m_values % often == 0 && m_progress.stopped()) return stop(Stop::Cancelled);
        place(std::move(value));
        return true;
    }
    bool open(Json value)
    {
        if (m_open.size() >= static_cast<std::size_t>(m_limits.depth)) return stop(Stop::TooDeep);
        if (!put(std::move(value))) return false;
        Json* inside = m_open.empty() ? &m_root : m_open.back()->is_array() ? &m_open.back()->back() : m_member;
        m_open.push_back(inside);
        return true;
    }
    bool close()
    {
        m_open.pop_back();
        return true;
    }

    const JsonLimits& m_limits;
    const Progress& m_progress;
    Json m_root;
    std::vector<Json*> m_open;  ///< arrays and objects that are not at their end yet, outermost first
    Json* m_member = nullptr;   ///< of the innermost object: the value of the last key
    std::string m_key;
    Stop m_why = Stop::None;
    std::size_t m_position = 0;
    unsigned m_values = 0;
};

/// Where the level after `depth` opens, counted from 1 as the parser counts. Up to there the text is known to be right.
std::size_t openedAt(std::string_view text, int depth)
{
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') ++i;
        else if (c == '"') quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{') && depth-- == 0) return i + 1;
        else if (!quoted && (c == ']' || c == '}')) ++depth;
    }
    return text.size();
}

/// The word around a byte position where reading ended: "1e999", "-Infinity".
std::string wordAt(std::string_view text, std::size_t position)
{
    const auto inWord = [&](std::size_t at) {
        const auto c = static_cast<unsigned char>(text[at]);
        return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.';
    };
    std::size_t begin = std::min(position, text.size());
    while (begin > 0 && inWord(begin - 1)) --begin;
    std::size_t end = begin;
    while (end < text.size() && end - begin < 80 && inWord(end)) ++end;
    return std::string(text.substr(begin, end - begin));
}

/// A number that JSON cannot have or no double can hold; anything else is bad text.
bool isNumber(std::string word)
{
    if (word.starts_with('-') || word.starts_with('+')) word.erase(0, 1);
    for (const char* name : {"inf", "Inf", "INF", "Infinity", "infinity", "nan", "NaN", "NAN"})
        if (word == name) return true;
    bool digits = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        const bool digit = c >= '0' && c <= '9', exponent = digits && (c == 'e' || c == 'E');
        if (!digit && !exponent && c != '.' && c != '+' && c != '-') return false;
        digits |= digit;
    }
    return digits && word.find_first_of("eE") != std::string::npos && std::isdigit(static_cast<unsigned char>(word.back())) != 0;
}

}  // namespace

Result<nlohmann::json> readJson(std::string_view text, const std::string& file, const JsonLimits& limits, const Progress& progress)
{
    Builder builder(limits, progress);
    if (Json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.value());
    switch (builder.why()) {
    case Builder::Stop::Cancelled: return Error::cancelled(file);
    case Builder::Stop::Duplicate: return Error::in(file, ErrorCode::FileDamaged, builder.key(), "duplicate name");
    case Builder::Stop::TooDeep:
        return Error::in(file, ErrorCode::JsonInvalid, std::to_string(openedAt(text, limits.depth)),
                         "> " + std::to_string(limits.depth) + " levels");
    default: break;
    }
    const std::string word = wordAt(text, builder.position());
    if (isNumber(word)) return Error::in(file, ErrorCode::NumberOutOfRange, builder.key(), word, "-1.8e308 .. 1.8e308");
    return Error::in(file, ErrorCode::JsonInvalid, std::to_string(builder.position()));
}

}  // namespace hs
