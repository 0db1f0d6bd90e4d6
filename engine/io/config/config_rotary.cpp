// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/config/config_rotary.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "engine/base/plain_text.h"
#include "engine/model/rotary.h"

namespace hs {
namespace {

using nlohmann::json;

std::optional<double> numberIn(const json& in, const char* key)
{
    if (!in.contains(key) || !in[key].is_number()) return std::nullopt;
    return in[key].get<double>();
}
/// 0 and null mean that nothing is said.
double numberOr(const json& in, const char* key, double usual)
{
    const auto found = numberIn(in, key);
    return found && *found != 0 ? *found : usual;
}

/// 0.1 k ln(factor) + 1 (Peng et al. 2023).
double yarnScale(double factor, double k) { return factor <= 1 ? 1.0 : 0.1 * k * std::log(factor) + 1; }

class Reader {
public:
    Reader(const json& object, const json& dictionary, const char* name, const std::string& file, bool nested)
        : m_object(object), m_in(dictionary), m_name(name), m_file(file), m_nested(nested),
          m_longest(numberIn(object, "max_position_embeddings").value_or(0))
    {}

    Result<RotaryScaling> read()
    {
        std::string kind = "default";
        for (const char* key : {"rope_type", "type"})
            if (m_in.contains(key) && m_in[key].is_string()) {
                kind = m_in[key].get<std::string>();
                break;
            }
        const bool phi3 = m_object.contains("model_type") && m_object["model_type"] == "phi3";
        if (phi3 && (kind == "su" || kind == "yarn")) kind = "longrope";  // its older names
        if (kind == "default") return entries({}, [](RotaryScaling&) { return Status(); });
        if (phi3 && kind != "longrope") return wrong("rope_type", kind, "default | longrope");
        if (kind == "linear") return entries({"factor"}, [&](RotaryScaling& s) { return linear(s); });
        if (kind == "dynamic") return entries({"factor", "original_max_position_embeddings"}, [&](RotaryScaling& s) { return dynamic(s); });
        if (kind == "llama3")
            return entries({"factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"},
                           [&](RotaryScaling& s) { return llama3(s); });
        if (kind == "yarn")
            return entries({"factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim", "attention_factor", "truncate",
                            "original_max_position_embeddings"},
                           [&](RotaryScaling& s) { return yarn(s); });
        if (kind == "longrope")
            return entries({"factor", "short_factor", "long_factor", "attention_factor", "original_max_position_embeddings"},
                           [&](RotaryScaling& s) { return longRope(s); });
        return wrong("rope_type", kind, "default | linear | dynamic | llama3 | yarn | longrope");
    }

private:
    Error wrong(const std::string& key, const std::string& found, const std::string& expected) const
    {
        return Error::in(m_file, ErrorCode::ConfigInvalid, std::string(m_name) + "." + key, found, expected);
    }
    Error lacks(const char* key) const { return wrong(key, m_in.contains(key) ? m_in[key].dump().substr(0, 80) : "nothing", "a number"); }

    template <typename Read>
    Result<RotaryScaling> entries(std::initializer_list<std::string_view> known, Read read)
    {
        for (const auto& [key, value] : m_in.items()) {
            const bool general = key == "rope_type" || key == "type" || key == "rope_theta" || key == "partial_rotary_factor";
            if (!general && !value.is_null() && std::find(known.begin(), known.end(), key) == known.end())
                return wrong(key, value.dump().substr(0, 80), "nothing");
        }
        RotaryScaling out;
        if (const Status s = read(out); !s) return s.error();
        return out;
    }

    /// Tokens that the model was first trained on: a setting beside the dictionary goes before one in it.
    double original() const
    {
        if (const auto beside = numberIn(m_object, "original_max_position_embeddings")) return *beside;
        return numberIn(m_in, "original_max_position_embeddings").value_or(m_longest);
    }
    Status factor(RotaryScaling& s) const
    {
        const auto found = numberIn(m_in, "factor");
        if (!found) return lacks("factor");
        s.factor = *found;
        return {};
    }
    Status linear(RotaryScaling& s) const
    {
        s.kind = RotaryKind::Linear;
        return factor(s);
    }
    Status dynamic(RotaryScaling& s) const
    {
        s.kind = RotaryKind::Dynamic;
        s.original = m_longest;  // whatever the dictionary says
        if (!(m_longest > 0)) return Error::in(m_file, ErrorCode::ConfigMissing, "max_position_embeddings");
        return factor(s);
    }
    Status llama3(RotaryScaling& s) const
    {
        s.kind = RotaryKind::Llama3;
        s.original = original();
        for (const auto& [key, into] : {std::pair{"low_freq_factor", &s.low}, std::pair{"high_freq_factor", &s.high}}) {
            const auto found = numberIn(m_in, key);
            if (!found) return lacks(key);
            *into = *found;
        }
        return factor(s);
    }
    Status yarn(RotaryScaling& s) const
    {
        s.kind = RotaryKind::Yarn;
        s.original = original();
        s.factor = numberOr(m_in, "factor", s.original > 0 ? m_longest / s.original : 0.0);
        s.high = numberOr(m_in, "beta_fast", 32);
        s.low = numberOr(m_in, "beta_slow", 1);
        // In a dictionary of its own for each kind of layer transformers does not find it.
        s.truncate = m_nested || !m_in.contains("truncate") || m_in["truncate"] != false;
        const double mscale = numberOr(m_in, "mscale", 0), all = numberOr(m_in, "mscale_all_dim", 0);
        const double usual = mscale != 0 && all != 0 ? yarnScale(s.factor, mscale) / yarnScale(s.factor, all) : yarnScale(s.factor, 1);
        s.attention = numberIn(m_in, "attention_factor").value_or(usual);
        return {};
    }
    Status longRope(RotaryScaling& s) const
    {
        s.kind = RotaryKind::LongRope;
        s.original = original();
        for (const auto& [key, into] : {std::pair{"short_factor", &s.shortFactors}, std::pair{"long_factor", &s.longFactors}}) {
            if (!m_in.contains(key) || !m_in[key].is_array()) return wrong(key, m_in.value(key, json()).dump().substr(0, 80), "a list");
            for (const json& x : m_in[key]) into->push_back(x.is_number() ? x.get<double>() : 0.0);
        }
        const double longer = numberOr(m_in, "factor", s.original > 0 ? m_longest / s.original : 0.0);
        const double usual = longer <= 1 ? 1.0 : std::sqrt(1 + std::log(longer) / std::log(s.original));
        s.attention = numberIn(m_in, "attention_factor").value_or(usual);
        return {};
    }

    const json& m_object;
    const json& m_in;
    const char* m_name;
    const std::string& m_file;
    bool m_nested;
    double m_longest;
};

}  // namespace

Status addRotary(const json& object, const std::string& file, const std::function<void(const char*, std::string)>& add)
{
    const char* name = nullptr;  // what rope_scaling says goes before rope_parameters
    for (const char* key : {"rope_scaling", "rope_parameters"})
        if (!name && object.contains(key) && object[key].is_object() && !object[key].empty()) name = key;
    for (const char* key : {"rope_scaling", "rope_parameters"})
        if (!name && object.contains(key) && !object[key].is_null() && !object[key].is_object())
            return Error::in(file, ErrorCode::ConfigInvalid, key, object[key].dump().substr(0, 80), "a dictionary");
    const auto addOne = [&](const json& dictionary, bool nested, const char* base, const char* scaling) -> Status {
        if (const auto theta = numberIn(dictionary, "rope_theta")) add(base, shortestText(*theta));
        const auto read = Reader(object, dictionary, name, file, nested).read();
        if (!read) return read.error();
        add(scaling, rotaryText(*read));
        return {};
    };
    if (!name) return {};
    const json& all = object[name];
    const bool nested = all.contains("full_attention") || all.contains("sliding_attention");
    if (!nested) {
        if (const auto part = numberIn(all, "partial_rotary_factor")) add("rotary_fraction", shortestText(*part));
        return addOne(all, false, "rotary_base", "rotary_scaling");
    }
    for (const auto& [key, dictionary] : all.items()) {
        const bool full = key == "full_attention";
        if ((!full && key != "sliding_attention") || !dictionary.is_object())
            return Error::in(file, ErrorCode::ConfigInvalid, std::string(name) + "." + key, dictionary.dump().substr(0, 80),
                             "full_attention, sliding_attention");
        if (const auto part = numberIn(dictionary, "partial_rotary_factor"); part && *part != 1)
            return Error::in(file, ErrorCode::ConfigInvalid, std::string(name) + "." + key, dictionary.dump().substr(0, 80),
                             "partial_rotary_factor = 1");
        if (const Status s =
                addOne(dictionary, true, full ? "rotary_base" : "rotary_base_local", full ? "rotary_scaling" : "rotary_scaling_local");
            !s)
            return s;
    }
    return {};
}

}  // namespace hs
