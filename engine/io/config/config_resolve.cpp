// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <climits>
#include <cmath>
#include <numeric>
#include <set>
#include <string_view>

#include "engine/base/plain_text.h"
#include "engine/io/config/config_sources.h"
#include "engine/io/config/pruned_heads.h"

namespace hs {

namespace {

int narrow(std::int64_t value) { return static_cast<int>(std::min<std::int64_t>(value, INT_MAX)); }

/// Head counts that published models of a width have; where several exist, the most common one (resources/manual/formats.md section 1.5).
int tableHeads(int dModel)
{
    static constexpr int table[][2] = {{128, 2},   {256, 4},   {312, 12},  {384, 6},   {512, 8},   {768, 12}, {1024, 16},
                                       {1280, 20}, {1600, 25}, {2048, 32}, {2560, 32}, {4096, 32}, {5120, 40}};
    for (const auto& row : table)
        if (row[0] == dModel) return row[1];
    return dModel % 64 == 0 ? dModel / 64 : 1;
}

class Resolver {
public:
    Resolver(const ConfigCandidates& candidates, const Match& match, const Dims& dims, const std::string& file)
        : m_candidates(candidates), m_match(match), m_dims(dims), m_file(file)
    {}

    Result<Resolved> run()
    {
        for (auto step :
             {&Resolver::applyCandidates, &Resolver::governed, &Resolver::sizes, &Resolver::structure, &Resolver::heads, &Resolver::names,
              &Resolver::positions, &Resolver::latent, &Resolver::output, &Resolver::defaults, &Resolver::check})
            if (const Status s = (this->*step)(); !s) return s.error();
        return std::move(m_out);
    }

private:
    ModelConfig& config() { return m_out.config; }
    bool known(const char* key) const { return m_out.origins.contains(key); }
    const ConfigCandidate* special(const std::string& key) const
    {
        for (const ConfigCandidate& c : m_candidates)
            if (c.key == key) return &c;
        return nullptr;
    }
    void set(const char* key, const std::string& text, Origin origin, const std::string& detail)
    {
        if (setConfigValue(config(), key, text)) m_out.origins[key] = {origin, detail};
    }
    Error contradiction(const char* key, const std::string& found, const std::string& expected) const
    {
        return Error::in(m_file, ErrorCode::ConfigContradiction, key, found, expected);
    }
    /// What the shapes say; a configured value must agree.
    Status fromShapes(const char* key, std::int64_t value, const char* tensor)
    {
        if (value <= 0) return {};
        const std::string text = std::to_string(narrow(value));
        if (known(key) && configValue(config(), key) != text)
            return contradiction(key, configValue(config(), key).empty() ? "0" : configValue(config(), key), text);
        if (!known(key)) set(key, text, Origin::Shapes, sourceName(tensor));
        return {};
    }
    /// Name in the file of the first tensor with a role suffix.
    std::string sourceName(const std::string& suffix) const
    {
        for (const Binding& b : m_match.bindings)
            if (b.suffix == suffix) return withLayer(b.rule->source, b.layer, b.piece);
        return {};
    }
    bool has(const std::string& suffix) const { return !sourceName(suffix).empty(); }

    Status applyCandidates()
    {
        for (const ConfigCandidate& c : m_candidates) {
            if (known(c.key.c_str()) || c.key == "window_limit" || c.key == "rotary_fraction" || c.key == "pruned_heads"
                || c.key == "pad_token_id" || c.key == "governs" || c.key == "layer_groups" || c.key == "inner_layers"
                || c.key.starts_with("place_"))
                continue;
            if (const Status s = setConfigValue(config(), c.key, c.text); !s) {
                Error e = s.error();
                e.file = m_file;
                return e;
            }
            m_out.origins[c.key] = {c.origin, c.detail};
        }
        return {};
    }

    /// Tensors that a key governs are there where it says so, and only there.
    Status governed()
    {
        for (const ConfigCandidate& c : m_candidates) {
            if (c.key != "governs") continue;
            const std::size_t colon = c.text.find(": "), equals = c.text.find('=');
            const bool wanted = c.text.compare(equals + 1, 4, "true") == 0;
            const std::string key = c.text.substr(0, equals);
            for (std::size_t at = colon + 2; at < c.text.size();) {
                const std::size_t end = std::min(c.text.find(' ', at), c.text.size());
                const std::string role = c.text.substr(at, end - at);
                const bool layered = !role.starts_with("unembed/");
                for (int layer = 0; layer < (layered ? m_match.layers : 1); ++layer) {
                    const Binding* found = m_match.find(layered ? "layers/" + std::to_string(layer) + "/" + role : role);
                    if (wanted && !found) return contradiction(key.c_str(), "true", "false (" + role + ")");
                    if (!wanted && found)
                        return contradiction(key.c_str(), "false", "true (" + withLayer(found->rule->source, layer) + ")");
                }
                at = end + 1;
            }
        }
        return {};
    }

    Status sizes()
    {
        if (const Status s = fromShapes("n_layers", m_match.layers, "attn/W_Q"); !s) return s;
        if (const Status s = fromShapes("d_model", m_dims.dModel, "attn/W_Q"); !s) return s;
        if (const Status s = fromShapes("d_vocab", m_dims.dVocab, has("embed/W_E") ? "embed/W_E" : "unembed/W_U"); !s) return s;
        if (!m_dims.mlpWidth.empty()) return experts();
        if (!config().attnOnly)
            if (const Status s = fromShapes("d_mlp", m_dims.dMlp, has("mlp/W_in") ? "mlp/W_in" : "mlp/b_in"); !s) return s;
        return {};
    }

    /// Experts and the MLPs beside them: how many, how wide, in which layers.
    Status experts()
    {
        if (m_dims.nExperts == 0) return Error::in(m_file, ErrorCode::TensorMissing, "experts/router");
        if (const Status s = fromShapes("n_experts", m_dims.nExperts, "experts/router"); !s) return s;
        if (const Status s = fromShapes("d_expert", m_dims.dExpert, "experts/W_in"); !s) return s;
        const int layers = m_match.layers;
        std::vector<bool> sparse(static_cast<std::size_t>(layers));
        for (const Binding& b : m_match.bindings) {
            if (!b.suffix.starts_with("experts/") || b.layer < 0) continue;
            sparse[static_cast<std::size_t>(b.layer)] = true;
            if (b.piece >= config().routing.count)
                return contradiction("n_experts", std::to_string(config().routing.count), withLayer(b.rule->source, b.layer, b.piece));
        }
        std::string widths, kinds;
        for (int l = 0; l < layers; ++l) {
            const auto at = static_cast<std::size_t>(l);
            widths += (l > 0 ? "," : "") + std::to_string(narrow(m_dims.mlpWidth[at]));
            kinds += std::string(l > 0 ? "," : "") + (sparse[at] ? "1" : "0");
        }
        if (known("expert_layers") || known("d_mlp")) return widthsAgree(sparse);
        set("expert_layers", kinds, Origin::Shapes, sourceName("experts/W_in"));
        set("d_mlp", widths, Origin::Shapes, has("mlp/W_in") ? sourceName("mlp/W_in") : sourceName("experts/W_in"));
        return {};
    }

    /// Layers have experts, and an MLP so wide, where the settings say so.
    Status widthsAgree(const std::vector<bool>& sparse)
    {
        for (const auto& [key, values] : {std::pair{"expert_layers", &config().expertLayers}, std::pair{"d_mlp", &config().mlpPerLayer}})
            if (!values->empty() && values->size() != sparse.size())
                return contradiction(key, std::to_string(values->size()) + " values", std::to_string(sparse.size()) + " (n_layers)");
        for (std::size_t l = 0; l < sparse.size(); ++l) {
            const int layer = static_cast<int>(l);
            if (known("expert_layers") && config().hasExperts(layer) != sparse[l])
                return contradiction("expert_layers", configValue(config(), "expert_layers"),
                                     (sparse[l] ? "1 in layer " : "0 in layer ") + std::to_string(l));
            if (known("d_mlp") && config().mlpWidth(layer) != m_dims.mlpWidth[l])
                return contradiction("d_mlp", std::to_string(config().mlpWidth(layer)),
                                     std::to_string(m_dims.mlpWidth[l]) + " (layer " + std::to_string(l) + ")");
        }
        return {};
    }

    Status structure()
    {
        const bool matrices = has("mlp/W_in") || has("experts/W_in");
        if (known("attn_only") && config().attnOnly && matrices) return contradiction("attn_only", "true", sourceName("mlp/W_in"));
        if (!known("attn_only") && m_match.layout->mlpOptional && !m_dims.hasMlp) set("attn_only", "true", Origin::Shapes, {});
        if (known("gated_mlp") && !config().gatedMlp && m_dims.hasGate)
            return contradiction("gated_mlp", "false", sourceName("mlp/W_gate"));
        if (!known("gated_mlp") && m_dims.hasGate) set("gated_mlp", "true", Origin::Shapes, sourceName("mlp/W_gate"));
        if (m_match.layout->sharedNormByShape && !config().attnOnly) {
            if (!known("parallel_attn_mlp")) applyDefault("parallel_attn_mlp");
            if (!config().parallelAttnMlp && !has("ln2/w") && config().norm != NormKind::None)
                return contradiction("parallel_attn_mlp", "false", "true (ln2/w)");
            const bool shared = config().parallelAttnMlp && !has("ln2/w");
            if (known("parallel_shared_norm") && config().parallelSharedNorm != shared)
                return contradiction("parallel_shared_norm", shared ? "false" : "true", shared ? "true" : "false");
            if (shared) set("parallel_shared_norm", "true", Origin::Shapes, sourceName("ln1/w"));
        }
        if (!known("normalization_type") && m_dims.hasNorms && defaultIsGuess("normalization_type"))
            set("normalization_type", m_dims.hasNormBias ? "LN" : "RMS", Origin::Shapes, sourceName(has("ln1/w") ? "ln1/w" : "ln_final/w"));
        return {};
    }

    bool defaultIsGuess(const std::string& key) const
    {
        for (const KeyDefault& d : m_match.layout->defaults)
            if (key == d.key) return d.origin == Origin::Guess;
        return true;
    }

    Status heads()
    {
        const std::int64_t widest = m_dims.qWidth.empty() ? 0 : *std::max_element(m_dims.qWidth.begin(), m_dims.qWidth.end());
        if (const Status s = fromShapes("latent_q", m_dims.latentQ, "attn/latent/q_norm/w"); !s) return s;
        if (const Status s = fromShapes("latent_kv", m_dims.latentKv, "attn/latent/kv_norm/w"); !s) return s;
        if (widest == 0) return Error::in(m_file, ErrorCode::TensorMissing, "attn/W_Q");
        if (m_dims.dHead > 0) {
            if (const Status s = fromShapes("d_head", m_dims.dHead, "attn/W_Q"); !s) return s;
        } else if (!known("d_head")) {
            if (const Status s = splitWidth(widest); !s) return s;
        }
        if (config().dHead < 1) return Error::in(m_file, ErrorCode::ConfigInvalid, "d_head", std::to_string(config().dHead), ">= 1");
        if (const Status s = count("n_heads", m_dims.qWidth, config().nHeads, config().headsPerLayer, "attn/W_Q"); !s) return s;
        if (has("attn/W_K") || has("attn/W_V"))
            if (const Status s = count("n_kv_heads", m_dims.kvWidth, config().nKvHeads, config().kvHeadsPerLayer, "attn/W_K"); !s) return s;
        for (const Binding& b : m_match.bindings)  // a norm for each head
            if (b.piece >= 0 && b.suffix.starts_with("attn/") && b.piece >= piecesOf(config(), b.suffix, b.layer))
                return contradiction("n_heads", std::to_string(config().nHeads), withLayer(b.rule->source, b.layer, b.piece));
        return {};
    }

    /// The settings are those of the whole model, and the same number of heads was taken out of every layer: a head is as wide as
    /// d_model / n_heads says, and the projections hold fewer. What the user says counts the heads of this file instead.
    bool prunedAlike(std::int64_t widest) const
    {
        const int n = m_out.config.nHeads;
        return settingsOfWhole("n_heads") && n > 0 && m_dims.dModel % n == 0 && widest < m_dims.dModel && widest % (m_dims.dModel / n) == 0;
    }
    bool settingsOfWhole(const char* key) const
    {
        const auto it = m_out.origins.find(key);
        if (it == m_out.origins.end() || m_dims.dHead > 0) return false;  // where heads are an axis, it counts them
        return it->second.origin != Origin::User || it->second.detail != "--config";
    }

    /// Query heads that the settings give a layer of the whole model; 0: they say nothing.
    int wholeHeads() const
    {
        for (const ConfigCandidate& c : m_candidates) {
            ModelConfig said;
            if (c.key != "n_heads" || (c.origin == Origin::User && c.detail == "--config") || !setConfigValue(said, c.key, c.text))
                continue;
            return said.headsPerLayer.empty() ? said.nHeads : 0;
        }
        return 0;
    }

    /// Original numbers of the heads that are left, where the settings name those that are gone.
    Status names()
    {
        const ConfigCandidate* cut = special("pruned_heads");
        const int whole = wholeHeads();
        if (!cut || whole == 0) return {};
        auto left = namesAfterPruning(cut->text, whole, config());
        if (!left) {
            Error e = left.error();
            e.file = m_file;
            return e;
        }
        m_out.headNames = *std::move(left);
        return {};
    }

    /// d_head where no head axis shows it.
    Status splitWidth(std::int64_t widest)
    {
        const bool even = std::all_of(m_dims.qWidth.begin(), m_dims.qWidth.end(), [&](std::int64_t w) { return w == 0 || w == widest; });
        if (known("n_heads")) {
            const int n = config().nHeads;
            const std::int64_t whole = even && !prunedAlike(widest) ? widest : m_dims.dModel;  // pruned layers are narrower than d_model
            if (n < 1 || whole % n != 0) return contradiction("n_heads", std::to_string(n), "divisor of " + std::to_string(whole));
            const Origin origin = m_out.origins["n_heads"].origin == Origin::Guess ? Origin::Guess : Origin::Shapes;
            set("d_head", std::to_string(narrow(whole / n)), origin, "n_heads, " + sourceName("attn/W_Q"));
            return {};
        }
        const std::int64_t keyWidth = m_dims.kvWidth.empty() ? 0 : *std::max_element(m_dims.kvWidth.begin(), m_dims.kvWidth.end());
        if (known("n_kv_heads") && config().kvHeadsPerLayer.empty() && keyWidth > 0) {  // a query head is as wide as a key head
            const int groups = config().nKvHeads;
            if (groups < 1 || keyWidth % groups != 0 || widest % (keyWidth / groups) != 0)
                return contradiction("n_kv_heads", std::to_string(groups), "divisor of " + std::to_string(keyWidth));
            set("d_head", std::to_string(narrow(keyWidth / groups)), Origin::Shapes, "n_kv_heads, " + sourceName("attn/W_K"));
            return {};
        }
        std::int64_t n = tableHeads(config().dModel);
        if (widest % n != 0) n = widest % 64 == 0 ? widest / 64 : 1;
        // Shared keys and values are narrower than the queries: a head that fits both is as wide as their common divisor at most.
        if (const std::int64_t common = std::gcd(widest, keyWidth); common % (widest / n) != 0) n = widest / common;
        set("n_heads", std::to_string(narrow(n)), Origin::Guess, "d_model " + std::to_string(config().dModel));
        set("d_head", std::to_string(narrow(widest / n)), Origin::Guess, "n_heads " + std::to_string(n));
        return {};
    }

    /// Heads of each layer from its width; a configured number or list must agree.
    Status count(const char* key, const std::vector<std::int64_t>& widths, int& all, std::vector<int>& each, const char* suffix)
    {
        const int dHead = config().dHead;
        const bool configured = known(key);
        const int configuredAll = all;
        const std::vector<int> configuredEach = each;
        if (configured && !configuredEach.empty() && configuredEach.size() != widths.size())
            return contradiction(key, configValue(config(), key), std::to_string(widths.size()) + " values");
        std::vector<int> counted(widths.size());
        std::set<std::int64_t> distinct;
        for (std::size_t layer = 0; layer < widths.size(); ++layer) {
            if (widths[layer] % dHead != 0)
                return contradiction("d_head", std::to_string(dHead), "divisor of " + std::to_string(widths[layer]));
            counted[layer] = narrow(widths[layer] / dHead);
            if (widths[layer] > 0) distinct.insert(widths[layer]);
        }
        for (std::size_t layer = 0; configured && layer < widths.size(); ++layer) {
            const int wanted = configuredEach.empty() ? configuredAll : configuredEach[layer];
            if (widths[layer] == 0) counted[layer] = wanted;  // not in this partial file, or pruned away
            else if (wanted != counted[layer]) {
                // Key/value heads are fewer than the settings say only where query heads are, too.
                const bool fewer = wanted > counted[layer] && settingsOfWhole(key) && (std::string_view(key) == "n_heads" || m_fewerHeads);
                const bool pruned = distinct.size() > 1 || fewer;
                if (!configuredEach.empty() || !pruned) return contradiction(key, std::to_string(wanted), std::to_string(counted[layer]));
                m_out.origins[key] = {Origin::Shapes, sourceName(suffix)};
                m_fewerHeads = true;
            }
        }
        const int most = *std::max_element(counted.begin(), counted.end());
        if (!configured)
            for (int& n : counted) n = n == 0 ? most : n;
        const bool equal = std::all_of(counted.begin(), counted.end(), [&](int n) { return n == most; });
        all = most;
        each = equal ? std::vector<int>{} : counted;
        const auto dHeadOrigin = m_out.origins.find("d_head");
        const bool guessed = dHeadOrigin != m_out.origins.end() && dHeadOrigin->second.origin == Origin::Guess;
        if (!configured) m_out.origins[key] = {guessed ? Origin::Guess : Origin::Shapes, sourceName(suffix)};
        return {};
    }

    Status positions()
    {
        if (!known("positional_embedding_type")) {
            if (m_dims.hasPositions) set("positional_embedding_type", "standard", Origin::Shapes, sourceName("pos_embed/W_pos"));
            else applyDefault("positional_embedding_type");
            if (!known("positional_embedding_type")) set("positional_embedding_type", "rotary", Origin::Guess, {});
        }
        if (config().position == PositionKind::Alibi && m_fewerHeads && config().alibiSlopes.empty())  // whose slopes are left?
            return contradiction("n_heads", std::to_string(wholeHeads()), std::to_string(config().nHeads));
        if (m_match.layout->embedNormFirst && has("embed/ln/w") && config().addsPositions())
            return Error::in(m_file, ErrorCode::ConfigInvalid, "positional_embedding_type",
                             configValue(config(), "positional_embedding_type"), "not with " + sourceName("embed/ln/w"));
        if (config().needsPositionTable() && m_dims.hasPositions)
            if (const Status s = fromShapes("n_ctx", config().longestFor(narrow(m_dims.nCtx)), "pos_embed/W_pos"); !s) return s;
        if (const ConfigCandidate* window = special("window_limit"); window && !known("window")) {
            const double size = std::strtod(window->text.c_str(), nullptr);
            if (size >= 1 && (config().nCtx == 0 || size < config().nCtx))
                set("n_ctx", std::to_string(narrow(static_cast<std::int64_t>(std::min(size, 1e9)))), window->origin,
                    window->detail + ": sliding_window");
        }
        if (config().position == PositionKind::Rotary && (!known("rotary_dim") || config().rotaryDim == 0)) {
            const ConfigCandidate* fraction = special("rotary_fraction");
            const KeyDefault* usual = nullptr;
            for (const KeyDefault& d : m_match.layout->defaults)
                if (std::string_view(d.key) == "rotary_fraction") usual = &d;
            if (fraction && !(std::strtod(fraction->text.c_str(), nullptr) <= 1))
                return Error::in(m_file, ErrorCode::ConfigInvalid, "rotary_fraction", fraction->text, "0 .. 1");
            const double part = fraction ? std::strtod(fraction->text.c_str(), nullptr) : usual ? std::strtod(usual->value, nullptr) : 1.0;
            const int dim = static_cast<int>(std::clamp(part, 0.0, 1.0) * config().dHead);
            set("rotary_dim", std::to_string(dim),
                fraction ? fraction->origin
                : usual  ? usual->origin
                         : Origin::FamilyDefault,
                fraction ? fraction->detail
                : usual  ? m_match.layout->name
                         : "d_head");
        }
        return {};
    }

    /// Widths of DeepSeek's matrices are what the settings make of them; those of our own files are checked with the shapes.
    Status latent()
    {
        const ModelConfig& c = config();
        const std::int64_t down = std::int64_t(c.latentKv) + c.rotaryDim, out = std::int64_t(c.nHeads) * c.dValue,
                           up = std::int64_t(c.nHeads) * (c.dHead - c.rotaryDim) + out;
        if (m_dims.latentDown > 0 && m_dims.latentDown != down)
            return contradiction("rotary_dim", std::to_string(down), std::to_string(m_dims.latentDown));
        if (m_dims.latentUp == 0) return {};  // our own files: by their shapes
        if (m_dims.latentUp != up) return contradiction("d_value", std::to_string(up), std::to_string(m_dims.latentUp));
        if (m_dims.latentOut != out) return contradiction("d_value", std::to_string(out), std::to_string(m_dims.latentOut));
        return {};
    }

    Status output()
    {
        if (m_match.layout->outputTransform) return transformed();
        if (known("tie_word_embeddings")) return outputs();
        if (m_dims.hasOutput) set("tie_word_embeddings", "false", Origin::Shapes, sourceName("unembed/W_U"));
        else set("tie_word_embeddings", m_match.layout->tiedWithoutOutput ? "true" : "false", Origin::FamilyDefault, m_match.layout->name);
        return outputs();
    }

    /// A masked language model's output behind its transform, or none.
    Status transformed()
    {
        const bool tied = !known("tie_word_embeddings") || config().output == OutputKind::Tied;
        const std::string made = sourceName("unembed/W_T");
        if (!made.empty() && !tied && !m_dims.hasOutput) return Error::in(m_file, ErrorCode::TensorMissing, "unembed/W_U");
        set("output_transform", made.empty() ? "false" : "true", Origin::Shapes, made);
        const char* kind = made.empty() ? "none" : m_dims.hasOutput ? "false" : "true";
        set("tie_word_embeddings", kind, Origin::Shapes, m_dims.hasOutput ? sourceName("unembed/W_U") : made);
        return made.empty() ? Status{} : outputs();
    }

    /// How many logits a position has; a matrix of its own may give another number than there are tokens.
    Status outputs()
    {
        const std::int64_t found = config().output == OutputKind::Untied && m_dims.dOut > 0 ? m_dims.dOut : config().dVocab;
        if (known("d_vocab_out") && config().dVocabOut != found)
            return contradiction("d_vocab_out", std::to_string(config().dVocabOut), std::to_string(found));
        if (!known("d_vocab_out") && found != config().dVocab)
            set("d_vocab_out", std::to_string(narrow(found)), Origin::Shapes, sourceName("unembed/W_U"));
        return projection();
    }

    /// An embedding narrower than the stream: token rows and output are made one with their projections when they are read, so that the
    /// two are no longer one matrix.
    Status projection()
    {
        const bool in = has("embed/W_proj"), out = has("unembed/W_proj");
        if (in != out && config().output != OutputKind::None)
            return Error::in(m_file, ErrorCode::TensorMissing, in ? "unembed/W_proj" : "embed/W_proj");
        if (out && config().output == OutputKind::Tied) config().output = OutputKind::Untied;
        return {};
    }

    void applyDefault(const std::string& key)
    {
        for (const KeyDefault& d : m_match.layout->defaults)
            if (key == d.key && !known(d.key)) {
                const bool root = std::string_view(d.value) == "sqrt(d_model)";
                set(d.key, root ? shortestText(std::sqrt(static_cast<double>(config().dModel))) : d.value, d.origin, m_match.layout->name);
            }
    }

    Status defaults()
    {
        for (const KeyDefault& d : m_match.layout->defaults) {
            const std::string key = d.key;
            if (config().attnOnly && (key == "act_fn" || key == "gated_mlp")) continue;
            if (!config().gatedMlp && key == "mlp_bias_after_gate") continue;
            if (config().norm == NormKind::None && key == "eps") continue;
            if (config().position != PositionKind::Rotary && key.starts_with("rotary_")) continue;
            if (config().position != PositionKind::Alibi && key.starts_with("alibi_")) continue;
            if (key == "rotary_fraction") continue;  // positions() has read it
            applyDefault(key);
        }
        for (const std::string& key : configKeys())
            if (!known(key.c_str()) && !configValue(config(), key).empty())
                m_out.origins[key] = {Origin::FamilyDefault, m_match.layout->name};
        return {};
    }

    Status check()
    {
        if (const Status s = checkConfig(config()); !s) {
            Error e = s.error();
            e.file = m_file;
            return e;
        }
        return {};
    }

    const ConfigCandidates& m_candidates;
    const Match& m_match;
    const Dims& m_dims;
    const std::string& m_file;
    bool m_fewerHeads = false;  ///< some layer has fewer heads than the settings say of the whole model
    Resolved m_out;
};

}  // namespace

Result<Resolved> resolveConfig(const ConfigCandidates& candidates, const Match& match, const Dims& dims, const std::string& file)
{
    return Resolver(candidates, match, dims, file).run();
}

}  // namespace hs
