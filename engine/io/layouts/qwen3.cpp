// SPDX-License-Identifier: GPL-3.0-or-later
// Qwen3: LLaMA's block with a norm of each head's queries and keys, whose gain all heads share.
#include "engine/io/layouts/parts.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kRules = joined(kEnds, kFinalNorm, inputNorms(), kAttention, kQkvBiases, kOutputBias, qkNorms(), kGatedMlp);
constexpr auto kDefaults = joined(std::to_array<KeyDefault>({{"qk_norm", "rms_heads", Origin::FamilyDefault}}), kRmsGated);
constexpr auto kKeys =
    joined(architectures("Qwen3ForCausalLM|Qwen3Model|null"), std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "10000.0"}}),
           kSizeKeys, kHeadDim, longest("32768"), eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""), tied("false"), whole(),
           attentionBias("false"), kWindow, std::to_array<KeyRule>({{"use_sliding_window", "", "true|false"}, {"max_window_layers", ""}}));
constexpr const char* kTypes[] = {"qwen3"};

}  // namespace

extern const Layout kHfQwen3;
constexpr Layout kHfQwen3{.name = "hf-qwen3",
                          .rules = kRules,
                          .defaults = kDefaults,
                          .tiedWithoutOutput = false,
                          .types = kTypes,
                          .byNames = false,
                          .keys = kKeys};

}  // namespace hs
