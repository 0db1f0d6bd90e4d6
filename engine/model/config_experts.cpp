// SPDX-License-Identifier: GPL-3.0-or-later
// Configuration keys of mixtures of experts.
#include <algorithm>

#include "engine/model/config_key.h"

namespace hs::config {

namespace {

constexpr Word<RouterScores> routerWords[] = {{"softmax", RouterScores::Softmax},
                                              {"sigmoid", RouterScores::Sigmoid},
                                              {"softmax_of_chosen", RouterScores::SoftmaxOfChosen}};

bool setExpertLayers(ModelConfig& c, const std::string& text)
{
    std::vector<int> values;
    for (const char x : text)
        if (x == '0' || x == '1') values.push_back(x - '0');
        else if (x != ',') return false;
    const bool all = std::all_of(values.begin(), values.end(), [](int v) { return v == 1; });
    c.expertLayers = all ? std::vector<int>{} : values;
    return true;
}

/// A number of the router that is only shown where there are experts.
template <int Routing::*member>
Key expertNumber(const char* name)
{
    return {name, "1 .. 2147483647",
            [](const ModelConfig& c) { return c.routing.count == 0 ? std::string() : std::to_string(c.routing.*member); },
            [](ModelConfig& c, const std::string& text) {
                const auto value = text.empty() ? 0 : parseNumber<int>(text);
                if (!value || *value < 0) return false;
                c.routing.*member = *value;
                return true;
            }};
}

template <bool Routing::*member>
Key expertFlag(const char* name)
{
    return {name, "true | false", [](const ModelConfig& c) { return std::string(c.routing.*member ? "true" : ""); },
            [](ModelConfig& c, const std::string& text) {
                const auto value = text.empty() ? false : parseBool(text);
                if (value) c.routing.*member = *value;
                return value.has_value();
            }};
}

std::string groupsText(const ModelConfig& c)
{
    if (c.routing.groups == 1) return {};
    return std::to_string(c.routing.groups) + " keep " + std::to_string(c.routing.keptGroups)
           + (c.routing.groupsByTwo ? " by two" : " by best");
}

bool setGroups(ModelConfig& c, const std::string& text)
{
    if (text.empty()) return true;
    const std::size_t keep = text.find(" keep "), by = text.find(" by ");
    if (keep == std::string::npos || by == std::string::npos || by < keep) return false;
    const auto groups = parseNumber<int>(std::string_view(text).substr(0, keep));
    const auto kept = parseNumber<int>(std::string_view(text).substr(keep + 6, by - keep - 6));
    const std::string rule = text.substr(by + 4);
    if (!groups || !kept || *groups < 1 || *kept < 1 || (rule != "best" && rule != "two")) return false;
    c.routing.groups = *groups;
    c.routing.keptGroups = *kept;
    c.routing.groupsByTwo = rule == "two";
    return true;
}

}  // namespace

std::vector<Key> expertKeys()
{
    return {
        expertNumber<&Routing::count>("n_experts"),
        expertNumber<&Routing::chosen>("experts_per_token"),
        {"d_expert", "1 .. 2147483647",
         [](const ModelConfig& c) { return c.routing.count == 0 ? std::string() : std::to_string(c.dExpert); },
         [](ModelConfig& c, const std::string& text) {
             const auto value = text.empty() ? 0 : parseNumber<int>(text);
             if (!value || *value < 0) return false;
             c.dExpert = *value;
             return true;
         }},
        {"expert_layers", "0 or 1 for each layer: 0,1,1 ...", [](const ModelConfig& c) { return textOf(c.expertLayers); }, setExpertLayers},
        {"router", "softmax | sigmoid | softmax_of_chosen",
         [](const ModelConfig& c) { return c.routing.count == 0 ? std::string() : wordOf(routerWords, c.routing.scores); },
         [](ModelConfig& c, const std::string& t) { return t.empty() || setWord(routerWords, t, c.routing.scores); }},
        expertFlag<&Routing::normalised>("router_normalised"),
        {"router_scale", "> 0", [](const ModelConfig& c) { return c.routing.scale == 1 ? std::string() : textOf(c.routing.scale); },
         [](ModelConfig& c, const std::string& text) {
             const auto value = text.empty() ? 1.0 : parseNumber<double>(text);
             if (!value || !std::isfinite(*value) || !(*value > 0)) return false;
             c.routing.scale = *value;
             return true;
         }},
        {"router_groups", "8 keep 4 by best, 8 keep 4 by two", groupsText, setGroups},
        expertFlag<&Routing::weighsInput>("router_weighs_input"),
        seldomReal<&ModelConfig::gateLimit>("gate_limit"),
    };
}

}  // namespace hs::config
