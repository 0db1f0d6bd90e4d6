// SPDX-License-Identifier: GPL-3.0-or-later
// DeepSeek V2 and V3 (Moonlight, Kimi K2): latent attention, experts behind some dense layers.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"
#include "engine/io/layouts/sparse_layers.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kLatent = std::to_array<Rule>({
    {"layers.{i}.self_attn.q_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn},
    {"layers.{i}.self_attn.q_a_proj.weight", "layers/{i}/attn/latent/q_down", Form::OutIn},
    {"layers.{i}.self_attn.q_a_layernorm.weight", "layers/{i}/attn/latent/q_norm/w", Form::Vector},
    {"layers.{i}.self_attn.q_b_proj.weight", "layers/{i}/attn/latent/q_up", Form::OutIn},
    {"layers.{i}.self_attn.kv_a_proj_with_mqa.weight", "layers/{i}/attn/latent/kv_down", Form::OutIn},
    {"layers.{i}.self_attn.kv_a_layernorm.weight", "layers/{i}/attn/latent/kv_norm/w", Form::Vector},
    {"layers.{i}.self_attn.kv_b_proj.weight", "layers/{i}/attn/latent/kv_up", Form::OutIn},
    {"layers.{i}.self_attn.o_proj.weight", "layers/{i}/attn/latent/W_O", Form::OutIn},
    optional("layers.{i}.self_attn.q_a_proj.bias", "layers/{i}/attn/latent/b_q_down", Form::Vector),
    optional("layers.{i}.self_attn.kv_a_proj_with_mqa.bias", "layers/{i}/attn/latent/b_kv_down", Form::Vector),
    optional("layers.{i}.self_attn.o_proj.bias", "layers/{i}/attn/b_O", Form::Vector),
    {"layers.{i}.mlp.shared_experts.gate_proj.weight", "layers/{i}/mlp/W_gate", Form::OutIn},
    {"layers.{i}.mlp.shared_experts.up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"layers.{i}.mlp.shared_experts.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
});
constexpr auto kRules2 = joined(kEnds, kFinalNorm, inputNorms(), kLatent, kExperts, kStacks, kGatedMlp);
constexpr auto kRules3 = joined(kRules2, std::to_array<Rule>({
                                             {"layers.{i}.mlp.gate.e_score_correction_bias", "layers/{i}/experts/b_choice", Form::Vector},
                                         }));

constexpr auto kDefaults2 = joined(std::to_array<KeyDefault>({{"rotary_adjacent_pairs", "true", Origin::FamilyDefault},
                                                              {"router", "softmax", Origin::FamilyDefault}}),
                                   kRmsGated);
constexpr auto kDefaults3 = joined(std::to_array<KeyDefault>({{"router", "sigmoid", Origin::FamilyDefault}}), kRmsGated);

/// Keys of both; first rows of a key count.
constexpr auto kShared = std::to_array<KeyRule>({
    {"intermediate_size", ""},
    {"q_lora_rank", "latent_q", nullptr, "1536"},
    {"kv_lora_rank", "latent_kv", nullptr, "512"},
    {"qk_nope_head_dim", "", nullptr, "128"},
    {"qk_rope_head_dim", "rotary_dim", nullptr, "64"},
    {"v_head_dim", "d_value", nullptr, "128"},
    {"num_key_value_heads", ""},
    {"head_dim", ""},
    {"qk_head_dim", ""},
    {"num_experts_per_tok", "experts_per_token"},
    {"moe_layer_freq", "", "1"},
    {"rope_theta", nullptr, nullptr, "10000.0"},
    {"pretraining_tp", ""},
    {"ep_size", ""},
    {"seq_aux", ""},
    {"aux_loss_alpha", ""},
});
constexpr auto kKeys2 =
    joined(architectures("DeepseekV2ForCausalLM|DeepseekV2Model|null"), kShared,
           std::to_array<KeyRule>({
               {"n_routed_experts", "n_experts", nullptr, "64"},
               {"n_shared_experts", "", nullptr, "2"},
               {"moe_intermediate_size", "d_expert", nullptr, "1407"},
               {"first_k_dense_replace", "", nullptr, "0"},
               {"routed_scaling_factor", "router_scale", nullptr, "1.0"},
               {"topk_method", "", "greedy|group_limited_greedy", "\"greedy\""},
               {"n_group", ""},
               {"topk_group", ""},
               {"norm_topk_prob", "", "false"},  // the authors' code divides, the library's does not
               {"scoring_func", "", "softmax"},
               {"mlp_bias", "", "false"},
           }),
           kSizeKeys, longest("2048"), eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""), tied("false"), whole(),
           std::to_array<KeyRule>({{"attention_bias", "", "true|false", "false", "attn/latent/b_kv_down attn/b_O"}}));
constexpr auto kKeys3 =
    joined(architectures("DeepseekV3ForCausalLM|DeepseekV3Model|null"), kShared,
           std::to_array<KeyRule>({
               {"n_routed_experts", "n_experts", nullptr, "256"},
               {"n_shared_experts", "", nullptr, "1"},
               {"moe_intermediate_size", "d_expert", nullptr, "2048"},
               {"first_k_dense_replace", "", nullptr, "3"},
               {"routed_scaling_factor", "router_scale", nullptr, "2.5"},
               {"n_group", "", nullptr, "8"},
               {"topk_group", "", nullptr, "4"},
               {"norm_topk_prob", "router_normalised", "true|false", "true"},
               {"scoring_func", "", "sigmoid"},
               {"topk_method", "", "noaux_tc"},
               {"rope_interleave", "rotary_adjacent_pairs", "true|false", "true"},
               {"num_nextn_predict_layers", ""},
               {"num_mtp_layers", ""},
           }),
           kSizeKeys, longest("4096"), eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""), tied("false"), whole(),
           std::to_array<KeyRule>({{"attention_bias", "", "true|false", "false", "attn/latent/b_kv_down attn/b_O"}}));
constexpr const char* kTypes2[] = {"deepseek_v2"};
constexpr const char* kTypes3[] = {"deepseek_v3"};

/// Scale of scores: that of heads (n + r) wide, under yarn times the square of its own growth for all dimensions.
double scaleOf(const nlohmann::json& config, int width)
{
    double scale = 1 / std::sqrt(static_cast<double>(width));
    for (const char* name : {"rope_scaling", "rope_parameters"}) {
        if (!config.contains(name) || !config[name].is_object() || config[name].empty()) continue;
        const nlohmann::json& rope = config[name];
        const char* key = rope.contains("rope_type") ? "rope_type" : "type";
        const bool plain = !rope.contains(key) || rope[key] == "default";
        const double all = rope.contains("mscale_all_dim") && rope["mscale_all_dim"].is_number() ? rope["mscale_all_dim"].get<double>() : 0;
        const double factor = rope.contains("factor") && rope["factor"].is_number() ? rope["factor"].get<double>() : 1;
        const double growth = !plain && all != 0 && factor > 1 ? 0.1 * all * std::log(factor) + 1 : 1;
        return scale * growth * growth;
    }
    return scale;
}

Status latent(const nlohmann::json& config, bool byTwo, const AddValue& add)
{
    const int plain = wholeNumber(config, "qk_nope_head_dim"), turned = wholeNumber(config, "qk_rope_head_dim"),
              value = wholeNumber(config, "v_head_dim");
    if (plain < 1 || turned < 2 || value < 1) return Error::of(ErrorCode::ConfigMissing, "qk_rope_head_dim");
    if (value > plain + turned)
        return Error::of(ErrorCode::ConfigInvalid, "v_head_dim", std::to_string(value), "<= " + std::to_string(plain + turned) + " (keys)");
    if (wholeNumber(config, "num_experts_per_tok") < 1) return Error::of(ErrorCode::ConfigMissing, "num_experts_per_tok");
    const int heads = wholeNumber(config, "num_attention_heads"), keys = wholeNumber(config, "num_key_value_heads");
    if (keys > 0 && keys != heads)
        return Error::of(ErrorCode::ConfigInvalid, "num_key_value_heads", std::to_string(keys), std::to_string(heads));
    if (config["q_lora_rank"].is_null()) add("latent_q", "0");
    add("d_head", std::to_string(plain + turned));
    add("n_kv_heads", std::to_string(heads));
    add("attn_scale", shortestText(scaleOf(config, plain + turned)));
    const int groups = wholeNumber(config, "n_group"), kept = wholeNumber(config, "topk_group");
    if (byTwo || config["topk_method"] == "group_limited_greedy") {
        if (groups < 1 || kept < 1) return Error::of(ErrorCode::ConfigMissing, groups < 1 ? "n_group" : "topk_group");
        if (groups > 1) add("router_groups", std::to_string(groups) + " keep " + std::to_string(kept) + (byTwo ? " by two" : " by best"));
    }
    const int dense = wholeNumber(config, "first_k_dense_replace"), shared = wholeNumber(config, "n_shared_experts");
    return addSparseLayers(
        config, wholeNumber(config, "intermediate_size"),
        static_cast<int>(std::min<std::int64_t>(std::int64_t(shared) * wholeNumber(config, "moe_intermediate_size"), 1 << 30)),
        [dense](int layer) { return layer >= dense; }, add);
}

Status version2(const nlohmann::json& config, const AddValue& add) { return latent(config, false, add); }
Status version3(const nlohmann::json& config, const AddValue& add) { return latent(config, true, add); }

}  // namespace

extern const Layout kDeepseek2, kDeepseek3;
constexpr Layout kDeepseek2{.name = "deepseek-v2",
                            .rules = kRules2,
                            .defaults = kDefaults2,
                            .tiedWithoutOutput = false,
                            .types = kTypes2,
                            .byNames = false,
                            .keys = kKeys2,
                            .derive = version2};
constexpr Layout kDeepseek3{.name = "deepseek-v3",
                            .rules = kRules3,
                            .defaults = kDefaults3,
                            .tiedWithoutOutput = false,
                            .types = kTypes3,
                            .byNames = false,
                            .keys = kKeys3,
                            .derive = version3};

}  // namespace hs
