// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-OSS: a sink beside each row's scores, experts with biases whose gates are limited. Its files in 4 bits are not read.
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"
#include "engine/io/layouts/sparse_layers.h"

namespace hs {

namespace {

using namespace parts;

constexpr Rule alternate(const char* source, const char* role, Form form, int part)
{
    return {source, role, form, part, 2, true, Split::Alternate};
}

constexpr auto kOwn = std::to_array<Rule>({
    {"layers.{i}.self_attn.sinks", "layers/{i}/attn/sinks", Form::Vector},
    {"layers.{i}.mlp.router.weight", "layers/{i}/experts/router", Form::OutIn},
    {"layers.{i}.mlp.router.bias", "layers/{i}/experts/b_router", Form::Vector},
    alternate("layers.{i}.mlp.experts.gate_up_proj", "layers/{i}/experts/W_gate", Form::ExpertsInOut, 0),
    alternate("layers.{i}.mlp.experts.gate_up_proj", "layers/{i}/experts/W_in", Form::ExpertsInOut, 1),
    alternate("layers.{i}.mlp.experts.gate_up_proj_bias", "layers/{i}/experts/b_gate", Form::ExpertsVector, 0),
    alternate("layers.{i}.mlp.experts.gate_up_proj_bias", "layers/{i}/experts/b_in", Form::ExpertsVector, 1),
    {"layers.{i}.mlp.experts.down_proj", "layers/{i}/experts/W_out", Form::ExpertsInOut},
    {"layers.{i}.mlp.experts.down_proj_bias", "layers/{i}/experts/b_out", Form::ExpertsVector},
});
constexpr auto kRules = joined(kEnds, kFinalNorm, inputNorms(), kAttention, kQkvBiases, kOutputBias, kOwn);
constexpr auto kDefaults = joined(std::to_array<KeyDefault>({{"act_fn", "quick_gelu", Origin::FamilyDefault},  // x sigmoid(1.702 x)
                                                             {"router", "softmax_of_chosen", Origin::FamilyDefault},
                                                             {"attn_sinks", "true", Origin::FamilyDefault}}),
                                  kRmsGated);
constexpr auto kKeys =
    joined(architectures("GptOssForCausalLM|GptOssModel|null"),
           std::to_array<KeyRule>({{"intermediate_size", "d_expert", nullptr, "2880"},
                                   {"num_local_experts", "n_experts", nullptr, "128"},
                                   {"num_experts_per_tok", "experts_per_token", nullptr, "4"},
                                   {"experts_per_token", ""},
                                   {"num_key_value_heads", nullptr, nullptr, "8"},
                                   {"head_dim", nullptr, nullptr, "64"},
                                   {"swiglu_alpha", "", "1.702"},
                                   {"swiglu_limit", "gate_limit", nullptr, "7.0"},
                                   {"sliding_window", "", nullptr, "128"},
                                   {"hidden_act", ""},
                                   {"initial_context_length", ""}}),
           kSizeKeys, longest("131072"), eps("rms_norm_eps", "1e-05"), tied("false"), whole(), attentionBias("true"), kWindow);
constexpr const char* kTypes[] = {"gpt_oss"};

Status gptOss(const nlohmann::json& config, const AddValue& add)
{
    const auto lacks = [&](const char* key) { return !config.contains(key) || config[key].is_null() || config[key].empty(); };
    // Releases of the library differ in what a null here, or a base alone, means.
    for (const char* key : {"rope_scaling", "rope_theta"})
        if (lacks("rope_scaling") && lacks("rope_parameters") && config.contains(key))
            return Error::of(ErrorCode::ConfigInvalid, key, config[key].dump().substr(0, 80), "rope_parameters or rope_scaling in full");
    if (lacks("rope_scaling") && lacks("rope_parameters")) {  // the family's own stretching; its growth is 0.1 ln 32 + 1
        add("rotary_scaling", "yarn factor=32 original=4096 low=1 high=32 attention=1.3465735902799727 truncate=false");
        add("rotary_base", "150000");
    } else if (lacks("rope_theta")) {
        const nlohmann::json& rope = lacks("rope_scaling") ? config["rope_parameters"] : config["rope_scaling"];
        if (rope.is_object() && !rope.contains("rope_theta")) add("rotary_base", "150000");
    }
    return addSparseLayers(config, 0, 0, everyLayer, add);
}

}  // namespace

extern const Layout kGptOss;
constexpr Layout kGptOss{.name = "gpt-oss",
                         .rules = kRules,
                         .defaults = kDefaults,
                         .tiedWithoutOutput = false,
                         .types = kTypes,
                         .byNames = false,
                         .keys = kKeys,
                         .derive = gptOss};

}  // namespace hs
