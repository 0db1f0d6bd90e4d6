// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration keys of the native schema (resources/manual/formats.md section 4): one table row a key, with its text form.
#include "engine/model/config.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "engine/model/config_key.h"

namespace hs {

namespace {

using namespace config;

constexpr Word<Activation> activationWords[] = {
    {"relu", Activation::Relu},
    {"gelu", Activation::GeluExact},
    {"gelu_new", Activation::GeluTanh},
    {"silu", Activation::Silu},
    {"gelu_fast", Activation::GeluTanh},
    {"gelu_pytorch_tanh", Activation::GeluTanh},
    {"gelu_python", Activation::GeluExact},
    {"swish", Activation::Silu},
    {"gelu_python_tanh", Activation::GeluTanh},
    {"gelu_accurate", Activation::GeluTanh},
    {"quick_gelu", Activation::QuickGelu},
    {"gelu_10", Activation::Gelu10},
    {"relu2", Activation::Relu2},
    {"relu6", Activation::Relu6},
    {"tanh", Activation::Tanh},
    {"sigmoid", Activation::Sigmoid},
    {"linear", Activation::Linear},
    {"mish", Activation::Mish},
    {"leaky_relu", Activation::LeakyRelu},
    {"hardswish", Activation::HardSwish},
    {"laplace", Activation::Laplace},
    {"solu", Activation::Solu},
};
constexpr Word<NormPlace> placeWords[] = {
    {"pre", NormPlace::Pre}, {"post", NormPlace::Post}, {"output", NormPlace::Output}, {"both", NormPlace::Both}, {"none", NormPlace::Pre}};
constexpr Word<QkNorm> qkNormWords[] = {{"none", QkNorm::None},
                                        {"rms_heads", QkNorm::RmsHeads},
                                        {"ln_heads", QkNorm::LnHeads},
                                        {"rms_width", QkNorm::RmsWidth},
                                        {"rms_turned", QkNorm::RmsTurned}};
constexpr Word<NormKind> normWords[] = {
    {"LN", NormKind::LayerNorm},    {"RMS", NormKind::RmsNorm},    {"none", NormKind::None},
    {"LNPre", NormKind::LayerNorm}, {"RMSPre", NormKind::RmsNorm}, {"None", NormKind::None},
};
constexpr Word<PositionKind> positionWords[] = {
    {"standard", PositionKind::Learned}, {"rotary", PositionKind::Rotary}, {"sinusoidal", PositionKind::Sinusoidal},
    {"none", PositionKind::None},        {"alibi", PositionKind::Alibi},   {"shortformer", PositionKind::Shortformer},
};
constexpr Word<MaskKind> maskWords[] = {{"causal", MaskKind::Causal}, {"bidirectional", MaskKind::Bidirectional}};
constexpr Word<OutputKind> outputWords[] = {
    {"true", OutputKind::Tied},    {"false", OutputKind::Untied}, {"none", OutputKind::None}, {"True", OutputKind::Tied},
    {"False", OutputKind::Untied}, {"1", OutputKind::Tied},       {"0", OutputKind::Untied},
};

template <RotaryScaling ModelConfig::*member>
Key scalingKey(const char* name)
{
    return {name, "linear factor=2, dynamic, llama3, yarn or longrope ...", [](const ModelConfig& c) { return rotaryText(c.*member); },
            [](ModelConfig& c, const std::string& text) {
                auto value = parseRotary(text);
                if (value) c.*member = *std::move(value);
                return value.has_value();
            }};
}

bool setRotaryLayers(ModelConfig& c, const std::string& text)
{
    std::vector<int> values;
    for (const char x : text)
        if (x >= '0' && x <= '2') values.push_back(x - '0');
        else if (x != ',') return false;
    const bool all = std::all_of(values.begin(), values.end(), [](int v) { return v == 1; });
    c.rotaryPerLayer = all ? std::vector<int>{} : values;
    return true;
}

template <std::string ModelConfig::*member>
Key textKey(const char* name)
{
    return {name, "", [](const ModelConfig& c) { return c.*member; },
            [](ModelConfig& c, const std::string& text) {
                c.*member = text;
                return true;
            }};
}

template <int ModelConfig::*all, std::vector<int> ModelConfig::*each>
bool setLayers(ModelConfig& c, const std::string& text)
{
    std::vector<int> values;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        const auto value = parseNumber<int>(std::string_view(text).substr(at, comma - at));
        if (!value || *value < 0) return false;
        values.push_back(*value);
        at = comma + 1;
    }
    c.*all = *std::max_element(values.begin(), values.end());
    const bool equal = std::all_of(values.begin(), values.end(), [&](int v) { return v == values.front(); });
    c.*each = equal ? std::vector<int>{} : values;
    return true;
}

/// One number, or a list with one number a layer (pruned models, windows of some layers).
template <int ModelConfig::*all, std::vector<int> ModelConfig::*each>
Key layersKey(const char* name, const char* accepted)
{
    return {name, accepted, [](const ModelConfig& c) { return (c.*each).empty() ? std::to_string(c.*all) : textOf(c.*each); },
            setLayers<all, each>};
}

/// Shown where some layer has chunks.
Key chunkKey()
{
    Key key = layersKey<&ModelConfig::chunk, &ModelConfig::chunkPerLayer>("attention_chunk", "0, 8192 or 8192,8192,0");
    key.get = [](const ModelConfig& c) {
        return c.chunk == 0 ? std::string() : c.chunkPerLayer.empty() ? std::to_string(c.chunk) : textOf(c.chunkPerLayer);
    };
    key.set = [](ModelConfig& c, const std::string& text) {
        return setLayers<&ModelConfig::chunk, &ModelConfig::chunkPerLayer>(c, text.empty() ? "0" : text);
    };
    return key;
}

std::string temperatureText(const ModelConfig& c)
{
    return c.temperatureScale > 0 ? textOf(c.temperatureScale) + " per " + std::to_string(c.temperatureFloor) : std::string();
}

bool setTemperature(ModelConfig& c, const std::string& text)
{
    const std::size_t per = text.find(" per ");
    const auto scale = parseNumber<double>(std::string_view(text).substr(0, std::min(per, text.size())));
    const auto floor = per == std::string::npos ? std::nullopt : parseNumber<int>(std::string_view(text).substr(per + 5));
    if (!text.empty() && (!scale || !floor || !std::isfinite(*scale) || *scale < 0 || *floor < 1)) return false;
    c.temperatureScale = text.empty() ? 0 : *scale;
    c.temperatureFloor = text.empty() ? 0 : *floor;
    return true;
}

std::string slopesText(const ModelConfig& c)
{
    if (c.position != PositionKind::Alibi) return {};
    if (c.alibiSlopes.empty()) return c.alibiRule == AlibiRule::Plain ? "plain" : "standard";
    std::string out;
    for (const double slope : c.alibiSlopes) out += (out.empty() ? "" : ",") + textOf(slope);
    return out;
}

bool setSlopes(ModelConfig& c, const std::string& text)
{
    std::vector<double> slopes;
    if (text.empty()) return true;  // of a model that has none
    if (text == "standard" || text == "plain") {
        c.alibiRule = text == "plain" ? AlibiRule::Plain : AlibiRule::Standard;
    } else {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            const auto value = parseNumber<double>(std::string_view(text).substr(at, comma - at));
            if (!value || !std::isfinite(*value) || *value < 0) return false;
            slopes.push_back(*value);
            at = comma + 1;
        }
    }
    c.alibiSlopes = std::move(slopes);
    return true;
}

std::vector<Key> allKeys()
{
    std::vector<Key> table = {
        textKey<&ModelConfig::modelType>("model_type"),
        textKey<&ModelConfig::originalArchitecture>("original_architecture"),
        intKey<&ModelConfig::nLayers>("n_layers"),
        layersKey<&ModelConfig::nHeads, &ModelConfig::headsPerLayer>("n_heads", "8 or 8,8,6"),
        layersKey<&ModelConfig::nKvHeads, &ModelConfig::kvHeadsPerLayer>("n_kv_heads", "8 or 8,8,6"),
        intKey<&ModelConfig::dModel>("d_model"),
        intKey<&ModelConfig::dHead>("d_head"),
        seldomBool<&ModelConfig::sinks>("attn_sinks"),
        seldomInt<&ModelConfig::latentQ>("latent_q"),
        seldomInt<&ModelConfig::latentKv>("latent_kv"),
        seldomInt<&ModelConfig::dValue>("d_value"),
        layersKey<&ModelConfig::dMlp, &ModelConfig::mlpPerLayer>("d_mlp", "2048 or 0,2048,2048"),
        intKey<&ModelConfig::dVocab>("d_vocab"),
        {"d_vocab_out", "1 .. 2147483647",
         [](const ModelConfig& c) { return c.predictsTokens() ? std::string() : std::to_string(c.dVocabOut); },
         [](ModelConfig& c, const std::string& text) {
             const auto value = text.empty() ? 0 : parseNumber<int>(text);  // nothing: as many as d_vocab
             if (!value || (*value <= 0 && !text.empty())) return false;
             c.dVocabOut = *value;
             return true;
         }},
        intKey<&ModelConfig::nCtx>("n_ctx"),
        {"act_fn", "relu | gelu | gelu_new | silu | quick_gelu | relu2 ...",
         [](const ModelConfig& c) { return wordOf(activationWords, c.activation); },
         [](ModelConfig& c, const std::string& t) { return setWord(activationWords, t, c.activation); }},
        boolKey<&ModelConfig::gatedMlp>("gated_mlp"),
        boolKey<&ModelConfig::mlpBiasAfterGate>("mlp_bias_after_gate"),
        boolKey<&ModelConfig::attnOnly>("attn_only"),
        {"normalization_type", "LN | RMS | none", [](const ModelConfig& c) { return wordOf(normWords, c.norm); },
         [](ModelConfig& c, const std::string& t) { return setWord(normWords, t, c.norm); }},
        {"norm_position", "pre | post | output | both", [](const ModelConfig& c) { return wordOf(placeWords, c.normPlace); },
         [](ModelConfig& c, const std::string& t) { return setWord(placeWords, t, c.normPlace); }},
        {"qk_norm", "none | rms_heads | ln_heads | rms_width | rms_turned",
         [](const ModelConfig& c) { return c.qkNorm == QkNorm::None ? std::string() : wordOf(qkNormWords, c.qkNorm); },
         [](ModelConfig& c, const std::string& t) { return t.empty() || setWord(qkNormWords, t, c.qkNorm); }},
        seldomBool<&ModelConfig::mlpNorm>("mlp_norm"),
        realKey<&ModelConfig::eps>("eps"),
        {"positional_embedding_type", "standard | rotary | sinusoidal | alibi | shortformer | none",
         [](const ModelConfig& c) { return wordOf(positionWords, c.position); },
         [](ModelConfig& c, const std::string& t) { return setWord(positionWords, t, c.position); }},
        intKey<&ModelConfig::rotaryDim>("rotary_dim"),
        realKey<&ModelConfig::rotaryBase>("rotary_base"),
        boolKey<&ModelConfig::rotaryAdjacentPairs>("rotary_adjacent_pairs"),
        scalingKey<&ModelConfig::rotaryScaling>("rotary_scaling"),
        seldomReal<&ModelConfig::rotaryBaseLocal>("rotary_base_local"),
        scalingKey<&ModelConfig::rotaryScalingLocal>("rotary_scaling_local"),
        {"rotary_layers", "0, 1 or 2 for each layer: 1,1,0 ...", [](const ModelConfig& c) { return textOf(c.rotaryPerLayer); },
         setRotaryLayers},
        {"attention_dir", "causal | bidirectional", [](const ModelConfig& c) { return wordOf(maskWords, c.mask); },
         [](ModelConfig& c, const std::string& t) { return setWord(maskWords, t, c.mask); }},
        layersKey<&ModelConfig::window, &ModelConfig::windowPerLayer>("window", "0, 4096 or 4096,0,4096,0"),
        chunkKey(),
        {"query_temperature", "0.1 per 8192", temperatureText, setTemperature},
        realKey<&ModelConfig::attnScale>("attn_scale"),
        seldomBool<&ModelConfig::scaleByInverseLayer>("scale_attn_by_inverse_layer_idx"),
        realKey<&ModelConfig::attnSoftcap>("attn_softcap"),
        realKey<&ModelConfig::qkvClip>("qkv_clip"),
        {"alibi_slopes", "standard, plain or 0.5,0.25,...", slopesText, setSlopes},
        {"alibi_bfloat16", "true | false",
         [](const ModelConfig& c) {
             return std::string(c.position != PositionKind::Alibi ? "" : c.alibiBfloat16 ? "true" : "false");
         },
         [](ModelConfig& c, const std::string& text) {
             const auto value = text.empty() ? false : parseBool(text);
             if (value) c.alibiBfloat16 = *value;
             return value.has_value();
         }},
        boolKey<&ModelConfig::finalNorm>("final_norm"),
        realKey<&ModelConfig::finalSoftcap>("final_softcap"),
        realKey<&ModelConfig::embedScale>("embed_scale"),
        seldomReal<&ModelConfig::residualScale>("residual_scale"),
        seldomReal<&ModelConfig::logitScale>("logit_scale"),
        boolKey<&ModelConfig::parallelAttnMlp>("parallel_attn_mlp"),
        boolKey<&ModelConfig::parallelSharedNorm>("parallel_shared_norm"),
        {"position_padding", "0 .. 2147483647",
         [](const ModelConfig& c) { return c.positionPadding < 0 ? std::string() : std::to_string(c.positionPadding); },
         [](ModelConfig& c, const std::string& text) {
             const auto value = text.empty() ? -1 : parseNumber<int>(text);
             if (!value || (*value < 0 && !text.empty())) return false;
             c.positionPadding = *value;
             return true;
         }},
        boolKey<&ModelConfig::firstNorm>("first_norm"),
        boolKey<&ModelConfig::outputTransform>("output_transform"),
        {"output_act_fn", "relu | gelu | gelu_new | silu",
         [](const ModelConfig& c) { return c.outputTransform ? wordOf(activationWords, c.outputActivation) : std::string(); },
         [](ModelConfig& c, const std::string& t) { return t.empty() || setWord(activationWords, t, c.outputActivation); }},
        {"tie_word_embeddings", "true | false | none", [](const ModelConfig& c) { return wordOf(outputWords, c.output); },
         [](ModelConfig& c, const std::string& t) { return setWord(outputWords, t, c.output); }},
    };
    const std::vector<Key> experts = expertKeys();
    const auto before = std::find_if(table.begin(), table.end(), [](const Key& k) { return std::string_view(k.name) == "eps"; });
    table.insert(before, experts.begin(), experts.end());
    return table;
}

const std::vector<Key>& keys()
{
    static const std::vector<Key> table = allKeys();
    return table;
}

const Key* findKey(const std::string& name)
{
    for (const Key& key : keys())
        if (name == key.name) return &key;
    return nullptr;
}

}  // namespace

std::vector<bool> hiddenPositions(const ModelConfig& config, const std::vector<int>& ids)
{
    if (config.paddingToken < 0 || std::find(ids.begin(), ids.end(), config.paddingToken) == ids.end()) return {};
    std::vector<bool> out;
    for (const int id : ids) out.push_back(id == config.paddingToken);
    return out;
}

std::vector<int> ModelConfig::tablePositions(const std::vector<int>& ids) const
{
    std::vector<int> out;
    int others = 0;
    for (const int id : ids) {
        const bool padding = id == positionPadding;
        others += padding ? 0 : 1;
        out.push_back(positionPadding < 0 ? others - 1 : padding ? positionPadding : positionPadding + others);
    }
    return out;
}

double ModelConfig::temperature(int layer, int position) const
{
    if (!(temperatureScale > 0) || temperatureFloor < 1 || rotaryOf(layer) != 0) return 1;
    return 1 + temperatureScale * std::log1p(std::floor((position + 1.0) / temperatureFloor));
}

double ModelConfig::effectiveScale(int layer) const
{
    const double all = attnScale > 0 ? attnScale : dHead > 0 ? 1.0 / std::sqrt(static_cast<double>(dHead)) : 1.0;
    return scaleByInverseLayer ? all / (layer + 1) : all;
}

ModelConfig ModelConfig::forEmbeddingNorm() const
{
    ModelConfig out = *this;
    out.norm = NormKind::LayerNorm;
    return out;
}

double ModelConfig::alibiSlope(int layer, int head) const
{
    const int n = heads(layer);
    if (!alibiSlopes.empty()) {
        std::size_t first = 0;
        if (static_cast<int>(alibiSlopes.size()) != nHeads || !headsPerLayer.empty())
            for (int l = 0; l < layer; ++l) first += static_cast<std::size_t>(heads(l));
        return alibiSlopes[first + static_cast<std::size_t>(head)];
    }
    if (alibiRule == AlibiRule::Plain) return std::exp2(-8.0 * (head + 1) / n);
    int power = 1;
    while (2 * power <= n) power *= 2;
    return head < power ? std::exp2(-8.0 * (head + 1) / power) : std::exp2(-4.0 * (2 * (head - power) + 1) / power);
}

const std::vector<std::string>& configKeys()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const Key& key : keys()) out.emplace_back(key.name);
        return out;
    }();
    return names;
}

std::string configValue(const ModelConfig& config, const std::string& key)
{
    const Key* found = findKey(key);
    return found ? found->get(config) : std::string();
}

Status setConfigValue(ModelConfig& config, const std::string& key, const std::string& text)
{
    const Key* found = findKey(key);
    if (!found) return Error::of(ErrorCode::ConfigUnknownKey, key, text);
    if (!found->set(config, text)) return Error::of(ErrorCode::ConfigInvalid, key, text, found->accepted);
    return {};
}

}  // namespace hs
