// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/config/missing.h"

#include <algorithm>
#include <set>

namespace hs {

namespace {

Part partOf(const std::string& role)
{
    if (role.starts_with("embed/")) return Part::TokenEmbedding;
    if (role.starts_with("pos_embed/")) return Part::PositionEmbedding;
    if (role.starts_with("ln_final/")) return Part::FinalNorm;
    if (role.starts_with("unembed/")) return Part::Unembedding;
    for (const char* place : {"/mlp/", "/ln2/", "/experts/"})
        if (role.find(place) != std::string::npos) return Part::Mlp;
    return Part::AttentionWeights;
}

/// Does this configuration use a role of the layout's table at all?
bool wanted(const Rule& rule, const ModelConfig& config)
{
    const std::string role = rule.role;
    const bool mlp = role.find("/mlp/") != std::string::npos || role.find("/ln2/") != std::string::npos;
    if (mlp && config.attnOnly) return false;
    if (role.find("/mlp/W_gate") != std::string::npos) return config.gatedMlp;
    if (role == "pos_embed/W_pos") return config.needsPositionTable();
    if (role.starts_with("unembed/") && role.find("_T") != std::string::npos) return config.outputTransform && rule.required;
    if (role == "unembed/b_U" && config.output == OutputKind::None) return false;
    if (role == "unembed/W_U") return config.output == OutputKind::Untied;
    if (role.starts_with("ln_final/"))
        return rule.required && config.finalNorm && config.norm != NormKind::None && config.normPlace != NormPlace::Post;
    if (role.find("/ln") != std::string::npos) return rule.required && config.norm != NormKind::None;
    return rule.required;
}

/// Does a layer have a place for the role?
bool wantedIn(const std::string& role, int layer, const ModelConfig& config)
{
    if (layer == 0 && !config.firstNorm && role.find("/ln1/") != std::string::npos) return false;
    if (role.find("/attn/sinks") != std::string::npos) return config.sinks && config.heads(layer) > 0;
    if (role.find("_norm/{e}/") != std::string::npos) return config.qkNorm != QkNorm::None;
    if (role.find("/attn/latent/q_") != std::string::npos) return config.latentQ > 0 && config.heads(layer) > 0;
    if (role.find("/attn/latent/") != std::string::npos) return config.latentKv > 0 && config.heads(layer) > 0;
    if (role.find("/attn/W_Q") != std::string::npos && config.latentQ > 0) return false;
    if (role.find("/attn/W_") != std::string::npos) return config.heads(layer) > 0;
    if (role.find("/experts/") != std::string::npos) return config.hasExperts(layer);
    if (role.find("/mlp/") != std::string::npos) return config.mlpWidth(layer) > 0 || !config.hasExperts(layer);
    return true;
}

}  // namespace

MissingParts findMissing(const Match& match, const ModelConfig& config)
{
    MissingParts out;
    std::set<std::string> noted;          // two names for one role are one thing missing
    constexpr std::size_t most = 10'000;  // settings may promise any number of layers and experts
    const auto note = [&](const std::string& role) {
        if (noted.size() >= most || match.find(role) || !noted.insert(role).second) return;
        out.tensors.push_back(role);
        if (const Part part = partOf(role); std::find(out.parts.begin(), out.parts.end(), part) == out.parts.end())
            out.parts.push_back(part);
    };
    const bool projected = match.find("unembed/W_proj") && match.find("embed/W_E");
    for (const Rule& rule : match.layout->rules) {
        if (!wanted(rule, config)) continue;
        const std::string role = rule.role;
        if (role == "unembed/W_U" && projected) continue;  // the embedding and the projection make it
        if (role.find("{i}") == std::string::npos) {
            note(role);
            continue;
        }
        const std::size_t each = role.find("{e}/");
        const std::string stack = each == std::string::npos ? std::string() : std::string(role).erase(each, 4);  // all of them in one
        for (int layer = 0; layer < config.nLayers && noted.size() < most; ++layer) {
            if (!wantedIn(role, layer, config) || (!stack.empty() && match.find(withLayer(stack.c_str(), layer)))) continue;
            const int pieces = each == std::string::npos ? 1 : piecesOf(config, role, layer);
            for (int e = 0; e < pieces && noted.size() < most; ++e) note(withLayer(rule.role, layer, e));
        }
    }
    // A tied output is the token embedding: without that there is none.
    const bool noOutput = config.output == OutputKind::None || (config.output == OutputKind::Tied && !match.find("embed/W_E"));
    if (noOutput && std::find(out.parts.begin(), out.parts.end(), Part::Unembedding) == out.parts.end())
        out.parts.push_back(Part::Unembedding);
    return out;
}

}  // namespace hs
