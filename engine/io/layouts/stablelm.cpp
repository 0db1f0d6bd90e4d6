// SPDX-License-Identifier: GPL-3.0-or-later
// LLaMA's names with LayerNorms: StableLM (a part of each head turned), StarCoder 2 and Nemotron (an MLP without gate).
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kLn = std::to_array<KeyDefault>({{"normalization_type", "LN", Origin::FamilyDefault}});
constexpr auto kNoGate = std::to_array<KeyDefault>({{"gated_mlp", "false", Origin::FamilyDefault}});
constexpr auto kTheta = std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "10000.0"}});

// StableLM: its parallel blocks have one norm.
constexpr auto kStableNorms = std::to_array<Rule>({
    {"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector},
    {"layers.{i}.input_layernorm.bias", "layers/{i}/ln1/b", Form::Vector},
    optional("layers.{i}.post_attention_layernorm.weight", "layers/{i}/ln2/w", Form::Vector),
    optional("layers.{i}.post_attention_layernorm.bias", "layers/{i}/ln2/b", Form::Vector),
    {"norm.weight", "ln_final/w", Form::Vector},
    {"norm.bias", "ln_final/b", Form::Vector},
});
/// A norm of its own for every head, without a bias.
constexpr auto kHeadNorms = std::to_array<Rule>({
    {"layers.{i}.self_attn.q_layernorm.norms.{e}.weight", "layers/{i}/attn/q_norm/{e}/w", Form::Vector},
    {"layers.{i}.self_attn.k_layernorm.norms.{e}.weight", "layers/{i}/attn/k_norm/{e}/w", Form::Vector},
});
constexpr auto kStableRules = joined(kEnds, kStableNorms, kAttention, kQkvBiases, kGatedMlp, kHeadNorms);
constexpr auto kStableDefaults = joined(kLn, std::to_array<KeyDefault>({{"rotary_fraction", "0.25", Origin::FamilyDefault}}), kRmsGated);
constexpr auto kStableKeys =
    joined(architectures("StableLmForCausalLM|StableLmModel|StableLMEpochForCausalLM|null"), kTheta, kSizeKeys, longest("4096"),
           eps("layer_norm_eps", "1e-05"), act("hidden_act", "\"silu\""), tied("false"), attentionBias("false", false, "use_qkv_bias"),
           std::to_array<KeyRule>({{"partial_rotary_factor", ""},
                                   {"qk_layernorm", "", "true|false", "false", "attn/q_norm/0/w attn/k_norm/0/w"},
                                   {"use_parallel_residual", "", "true|false", "false"}}));
constexpr const char* kStableTypes[] = {"stablelm"};

Status stable(const nlohmann::json& config, const AddValue& add)
{
    const bool parallel = config["use_parallel_residual"] == true;
    add("parallel_attn_mlp", parallel ? "true" : "false");
    if (config["qk_layernorm"] == true) add("qk_norm", "ln_heads");
    if (parallel) add("parallel_shared_norm", "true");
    return {};
}

constexpr auto kPlainMlp = std::to_array<Rule>({
    {"layers.{i}.mlp.c_fc.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"layers.{i}.mlp.c_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    optional("layers.{i}.mlp.c_fc.bias", "layers/{i}/mlp/b_in", Form::Vector),
    optional("layers.{i}.mlp.c_proj.bias", "layers/{i}/mlp/b_out", Form::Vector),
});
constexpr auto kStarRules = joined(kEnds, kFinalNorm, inputNorms(), kInputNormBiases, kAttention, kQkvBiases, kOutputBias, kPlainMlp);
constexpr auto kStarDefaults = joined(kLn, kNoGate, kRmsGated);
constexpr auto kStarKeys =
    joined(architectures("Starcoder2ForCausalLM|Starcoder2Model|null"), kTheta, kSizeKeys, longest("4096"), eps("norm_epsilon", "1e-05"),
           act("hidden_act", "\"gelu_pytorch_tanh\""), tied("true"), whole(), kWindow,
           std::to_array<KeyRule>({{"use_bias", "", "true|false", "true", "attn/b_Q attn/b_K attn/b_V attn/b_O mlp/b_in mlp/b_out"},
                                   {"mlp_type", "", "default"},
                                   {"norm_type", "", "layer_norm"}}));
constexpr const char* kStarTypes[] = {"starcoder2"};

// Nemotron: gains stored as w - 1.
constexpr auto kNemotronNorms = std::to_array<Rule>({
    plusOne({"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector}),
    plusOne({"layers.{i}.post_attention_layernorm.weight", "layers/{i}/ln2/w", Form::Vector}),
    plusOne({"norm.weight", "ln_final/w", Form::Vector}),
});
constexpr auto kUpDown = std::to_array<Rule>({
    {"layers.{i}.mlp.up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"layers.{i}.mlp.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    optional("layers.{i}.mlp.up_proj.bias", "layers/{i}/mlp/b_in", Form::Vector),
    optional("layers.{i}.mlp.down_proj.bias", "layers/{i}/mlp/b_out", Form::Vector),
});
constexpr auto kNemotronRules = joined(kEnds, kNemotronNorms, kInputNormBiases, kAttention, kQkvBiases, kOutputBias, kUpDown);
constexpr auto kNemotronDefaults =
    joined(kLn, kNoGate, std::to_array<KeyDefault>({{"rotary_fraction", "0.5", Origin::FamilyDefault}}), kRmsGated);
constexpr auto kNemotronKeys = joined(architectures("NemotronForCausalLM|NemotronModel|null"), kTheta, kSizeKeys, kHeadDim, longest("4096"),
                                      eps("norm_eps", "1e-05"), act("hidden_act", "\"relu2\""), tied("false"), attentionBias("false"),
                                      std::to_array<KeyRule>({{"partial_rotary_factor", ""},
                                                              {"rope_percent", "", "0.5"},
                                                              {"mlp_bias", "", "true|false", "false", "mlp/b_in mlp/b_out"}}));
constexpr const char* kNemotronTypes[] = {"nemotron"};

/// The family has no width of its own for heads that nobody counted.
Status nemotron(const nlohmann::json& config, const AddValue&)
{
    if (!config.contains("num_key_value_heads") || config["num_key_value_heads"].is_null())
        return Error::of(ErrorCode::ConfigMissing, "num_key_value_heads");
    return {};
}

}  // namespace

extern const Layout kHfStableLm, kHfStarcoder2, kHfNemotron;
constexpr Layout kHfStableLm{.name = "hf-stablelm",
                             .rules = kStableRules,
                             .defaults = kStableDefaults,
                             .tiedWithoutOutput = false,
                             .sharedNormByShape = true,
                             .types = kStableTypes,
                             .byNames = false,
                             .keys = kStableKeys,
                             .derive = stable};
constexpr Layout kHfStarcoder2{.name = "hf-starcoder2",
                               .rules = kStarRules,
                               .defaults = kStarDefaults,
                               .tied = true,
                               .types = kStarTypes,
                               .byNames = false,
                               .keys = kStarKeys};
constexpr Layout kHfNemotron{.name = "hf-nemotron",
                             .rules = kNemotronRules,
                             .defaults = kNemotronDefaults,
                             .tiedWithoutOutput = false,
                             .types = kNemotronTypes,
                             .byNames = false,
                             .keys = kNemotronKeys,
                             .derive = nemotron};

}  // namespace hs
