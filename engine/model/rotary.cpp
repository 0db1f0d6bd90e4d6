// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/rotary.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <string_view>

#include "engine/base/plain_text.h"

namespace hs {

namespace {

struct Name {
    const char* text;
    RotaryKind kind;
};
constexpr Name kNames[] = {{"default", RotaryKind::Default}, {"linear", RotaryKind::Linear}, {"dynamic", RotaryKind::Dynamic},
                           {"llama3", RotaryKind::Llama3},   {"yarn", RotaryKind::Yarn},     {"longrope", RotaryKind::LongRope}};

std::optional<double> numberOf(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string listText(const std::vector<double>& values)
{
    std::string out;
    for (const double v : values) out += (out.empty() ? "" : ",") + shortestText(v);
    return out;
}

std::optional<std::vector<double>> listOf(std::string_view text)
{
    std::vector<double> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        const auto value = numberOf(text.substr(at, comma - at));
        if (!value) return std::nullopt;
        out.push_back(*value);
        at = comma + 1;
    }
    return out;
}

/// Where between two kinds of frequencies pair m lies: 0 below `from`, 1 above `to`.
double ramp(double m, double from, double to) { return std::clamp((m - from) / (to - from), 0.0, 1.0); }

double llama3(const RotaryScaling& s, double w)
{
    const double wave = 2 * std::numbers::pi / w;
    if (wave < s.original / s.high) return w;
    if (wave > s.original / s.low) return w / s.factor;
    const double part = (s.original / wave - s.low) / (s.high - s.low);
    return (1 - part) * w / s.factor + part * w;
}

void yarn(const RotaryScaling& s, double base, int dim, std::vector<double>& w)
{
    const auto index = [&](double turns) { return dim * std::log(s.original / (2 * std::numbers::pi * turns)) / (2 * std::log(base)); };
    double low = index(s.high), high = index(s.low);
    if (s.truncate) low = std::floor(low), high = std::ceil(high);
    low = std::max(low, 0.0);
    high = std::min(high, dim - 1.0);
    if (low == high) high += 0.001;
    for (std::size_t m = 0; m < w.size(); ++m) {
        const double part = ramp(static_cast<double>(m), low, high);
        w[m] = part * w[m] / s.factor + (1 - part) * w[m];
    }
}

/// Sets one "name=value" of the text form.
bool setPart(RotaryScaling& s, std::string_view name, std::string_view value)
{
    if (name == "short" || name == "long") {
        auto list = listOf(value);
        if (!list) return false;
        (name == "short" ? s.shortFactors : s.longFactors) = *std::move(list);
        return true;
    }
    if (name == "truncate") {
        s.truncate = value != "false";
        return value == "true" || value == "false";
    }
    const auto number = numberOf(value);
    if (!number) return false;
    for (const auto& [text, member] : {std::pair<const char*, double RotaryScaling::*>{"factor", &RotaryScaling::factor},
                                       {"original", &RotaryScaling::original},
                                       {"low", &RotaryScaling::low},
                                       {"high", &RotaryScaling::high},
                                       {"attention", &RotaryScaling::attention}})
        if (name == text) {
            s.*member = *number;
            return true;
        }
    return false;
}

}  // namespace

std::vector<double> RotaryScaling::frequencies(double base, int dim, int n) const
{
    const auto pairs = static_cast<std::size_t>(std::max(0, dim / 2));
    if (kind == RotaryKind::Dynamic && n > original)
        base *= std::pow(factor * n / original - (factor - 1), static_cast<double>(dim) / (dim - 2));
    std::vector<double> w(pairs);
    for (std::size_t m = 0; m < pairs; ++m) w[m] = std::pow(base, -2.0 * static_cast<double>(m) / dim);
    switch (kind) {
    case RotaryKind::Default:
    case RotaryKind::Dynamic: break;
    case RotaryKind::Linear:
        for (double& x : w) x /= factor;
        break;
    case RotaryKind::Llama3:
        for (double& x : w) x = llama3(*this, x);
        break;
    case RotaryKind::Yarn: yarn(*this, base, dim, w); break;
    case RotaryKind::LongRope: {
        const std::vector<double>& list = n > original ? longFactors : shortFactors;
        for (std::size_t m = 0; m < pairs && m < list.size(); ++m) w[m] /= list[m];
        break;
    }
    }
    return w;
}

std::string rotaryText(const RotaryScaling& s)
{
    if (s == RotaryScaling{}) return {};
    std::string out;
    for (const Name& name : kNames)
        if (name.kind == s.kind) out = name.text;
    const auto part = [&](const char* name, const std::string& value) { out.append(" ").append(name).append("=").append(value); };
    if (s.kind != RotaryKind::Default && s.kind != RotaryKind::LongRope) part("factor", shortestText(s.factor));
    if (s.kind != RotaryKind::Default && s.kind != RotaryKind::Linear) part("original", shortestText(s.original));
    if (s.kind == RotaryKind::Llama3 || s.kind == RotaryKind::Yarn) {
        part("low", shortestText(s.low));
        part("high", shortestText(s.high));
    }
    if (!s.truncate) part("truncate", "false");
    if (s.attention != 1) part("attention", shortestText(s.attention));
    if (!s.shortFactors.empty()) part("short", listText(s.shortFactors));
    if (!s.longFactors.empty()) part("long", listText(s.longFactors));
    return out;
}

std::optional<RotaryScaling> parseRotary(const std::string& text)
{
    RotaryScaling out;
    if (text.empty()) return out;
    const std::string_view all = text;
    std::size_t at = std::min(all.find(' '), all.size());
    const auto name = std::find_if(std::begin(kNames), std::end(kNames), [&](const Name& n) { return all.substr(0, at) == n.text; });
    if (name == std::end(kNames)) return std::nullopt;
    out.kind = name->kind;
    while (at < all.size()) {
        const std::size_t end = std::min(all.find(' ', at + 1), all.size());
        const std::string_view part = all.substr(at + 1, end - at - 1);
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || !setPart(out, part.substr(0, equals), part.substr(equals + 1))) return std::nullopt;
        at = end;
    }
    return out;
}

Status checkRotary(const char* key, const RotaryScaling& s, int dim)
{
    const auto wrong = [&](const char* expected) { return Error::of(ErrorCode::ConfigInvalid, key, rotaryText(s), expected); };
    if (!(s.attention > 0)) return wrong("attention > 0");
    if (s.kind == RotaryKind::Default) return {};
    if (s.kind != RotaryKind::LongRope && !(s.factor > 0)) return wrong("factor > 0");
    if (s.kind != RotaryKind::Linear && !(s.original > 0)) return wrong("original > 0");
    if (s.kind == RotaryKind::Llama3 && !(s.low > 0 && s.high > s.low)) return wrong("0 < low < high");
    if (s.kind == RotaryKind::Yarn && !(s.low > 0 && s.high > 0)) return wrong("low > 0, high > 0");
    if (s.kind == RotaryKind::Dynamic && !(s.factor >= 1 && dim > 2)) return wrong("factor >= 1, rotary_dim > 2");
    if (s.kind != RotaryKind::LongRope) return {};
    for (const auto* list : {&s.shortFactors, &s.longFactors}) {
        if (static_cast<int>(list->size()) != dim / 2)
            return Error::of(ErrorCode::ConfigContradiction, key, std::to_string(list->size()) + " values",
                             std::to_string(dim / 2) + " (rotary_dim / 2)");
        if (std::any_of(list->begin(), list->end(), [](double x) { return !(x > 0); })) return wrong("values > 0");
    }
    return {};
}

}  // namespace hs
