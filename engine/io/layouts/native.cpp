// SPDX-License-Identifier: GPL-3.0-or-later
// Our own schema (resources/manual/formats.md section 4): names are the canonical ones.
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"embed/W_E", "embed/W_E", Form::InOut},
    optional("pos_embed/W_pos", "pos_embed/W_pos", Form::InOut),
    optional("embed/W_proj", "embed/W_proj", Form::InOut),
    optional("unembed/W_proj", "unembed/W_proj", Form::InOut),
    optional("embed/W_type", "embed/W_type", Form::InOut),
    optional("embed/W_widen", "embed/W_widen", Form::InOut),
    optional("embed/b_widen", "embed/b_widen", Form::Vector),
    optional("unembed/W_T", "unembed/W_T", Form::InOut),
    optional("unembed/b_T", "unembed/b_T", Form::Vector),
    optional("unembed/ln_T/w", "unembed/ln_T/w", Form::Vector),
    optional("unembed/ln_T/b", "unembed/ln_T/b", Form::Vector),
    optional("embed/ln/w", "embed/ln/w", Form::Vector),
    optional("embed/ln/b", "embed/ln/b", Form::Vector),
    {"layers/{i}/attn/W_Q", "layers/{i}/attn/W_Q", Form::HeadsInOut},
    {"layers/{i}/attn/W_K", "layers/{i}/attn/W_K", Form::HeadsInOut},
    {"layers/{i}/attn/W_V", "layers/{i}/attn/W_V", Form::HeadsInOut},
    {"layers/{i}/attn/W_O", "layers/{i}/attn/W_O", Form::HeadsOut},
    optional("layers/{i}/attn/b_Q", "layers/{i}/attn/b_Q", Form::Vector),
    optional("layers/{i}/attn/b_K", "layers/{i}/attn/b_K", Form::Vector),
    optional("layers/{i}/attn/b_V", "layers/{i}/attn/b_V", Form::Vector),
    optional("layers/{i}/attn/b_O", "layers/{i}/attn/b_O", Form::Vector),
    optional("layers/{i}/ln1/w", "layers/{i}/ln1/w", Form::Vector),
    optional("layers/{i}/ln1/b", "layers/{i}/ln1/b", Form::Vector),
    optional("layers/{i}/ln2/w", "layers/{i}/ln2/w", Form::Vector),
    optional("layers/{i}/ln2/b", "layers/{i}/ln2/b", Form::Vector),
    {"layers/{i}/mlp/W_in", "layers/{i}/mlp/W_in", Form::InOut},
    optional("layers/{i}/mlp/W_gate", "layers/{i}/mlp/W_gate", Form::InOut),
    {"layers/{i}/mlp/W_out", "layers/{i}/mlp/W_out", Form::InOut},
    optional("layers/{i}/mlp/b_in", "layers/{i}/mlp/b_in", Form::Vector),
    optional("layers/{i}/mlp/b_gate", "layers/{i}/mlp/b_gate", Form::Vector),
    optional("layers/{i}/mlp/b_out", "layers/{i}/mlp/b_out", Form::Vector),
    {"layers/{i}/attn/sinks", "layers/{i}/attn/sinks", Form::Vector},
    {"layers/{i}/attn/latent/q_down", "layers/{i}/attn/latent/q_down", Form::InOut},
    {"layers/{i}/attn/latent/q_up", "layers/{i}/attn/latent/q_up", Form::InOut},
    {"layers/{i}/attn/latent/q_norm/w", "layers/{i}/attn/latent/q_norm/w", Form::Vector},
    optional("layers/{i}/attn/latent/b_q_down", "layers/{i}/attn/latent/b_q_down", Form::Vector),
    {"layers/{i}/attn/latent/kv_down", "layers/{i}/attn/latent/kv_down", Form::InOut},
    optional("layers/{i}/attn/latent/b_kv_down", "layers/{i}/attn/latent/b_kv_down", Form::Vector),
    {"layers/{i}/attn/latent/kv_norm/w", "layers/{i}/attn/latent/kv_norm/w", Form::Vector},
    {"layers/{i}/attn/latent/k_up", "layers/{i}/attn/latent/k_up", Form::InOut},
    {"layers/{i}/attn/latent/v_up", "layers/{i}/attn/latent/v_up", Form::InOut},
    {"layers/{i}/experts/router", "layers/{i}/experts/router", Form::InOut},
    optional("layers/{i}/experts/b_router", "layers/{i}/experts/b_router", Form::Vector),
    optional("layers/{i}/experts/b_choice", "layers/{i}/experts/b_choice", Form::Vector),
    {"layers/{i}/experts/W_gate", "layers/{i}/experts/W_gate", Form::ExpertsInOut},
    {"layers/{i}/experts/W_in", "layers/{i}/experts/W_in", Form::ExpertsInOut},
    {"layers/{i}/experts/W_out", "layers/{i}/experts/W_out", Form::ExpertsInOut},
    optional("layers/{i}/experts/b_gate", "layers/{i}/experts/b_gate", Form::ExpertsVector),
    optional("layers/{i}/experts/b_in", "layers/{i}/experts/b_in", Form::ExpertsVector),
    optional("layers/{i}/experts/b_out", "layers/{i}/experts/b_out", Form::ExpertsVector),
    optional("layers/{i}/experts/shared_gate", "layers/{i}/experts/shared_gate", Form::InOut),
    optional("layers/{i}/mlp/ln/w", "layers/{i}/mlp/ln/w", Form::Vector),
    optional("layers/{i}/mlp/ln/b", "layers/{i}/mlp/ln/b", Form::Vector),
    optional("layers/{i}/ln1_post/w", "layers/{i}/ln1_post/w", Form::Vector),
    optional("layers/{i}/ln1_post/b", "layers/{i}/ln1_post/b", Form::Vector),
    optional("layers/{i}/ln2_post/w", "layers/{i}/ln2_post/w", Form::Vector),
    optional("layers/{i}/ln2_post/b", "layers/{i}/ln2_post/b", Form::Vector),
    optional("layers/{i}/attn/q_norm/w", "layers/{i}/attn/q_norm/w", Form::Vector),
    optional("layers/{i}/attn/q_norm/b", "layers/{i}/attn/q_norm/b", Form::Vector),
    optional("layers/{i}/attn/k_norm/w", "layers/{i}/attn/k_norm/w", Form::Vector),
    optional("layers/{i}/attn/k_norm/b", "layers/{i}/attn/k_norm/b", Form::Vector),
    optional("ln_final/w", "ln_final/w", Form::Vector),
    optional("ln_final/b", "ln_final/b", Form::Vector),
    optional("unembed/W_U", "unembed/W_U", Form::InOut),
    optional("unembed/b_U", "unembed/b_U", Form::Vector),
};
constexpr KeyDefault kDefaults[] = {
    {"normalization_type", "LN", Origin::Guess},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu_new", Origin::Guess},
    {"eps", "1e-05", Origin::Guess},
    {"attention_dir", "causal", Origin::FamilyDefault},
};
constexpr const char* kBlockers[] = {"layers/{i}/attn/rel_bias", "layers/{i}/cross_attn/W_Q", "encoder/layers/{i}/attn/W_Q",
                                     "decoder/layers/{i}/attn/W_Q"};

}  // namespace

constexpr Layout kNative{.name = "native", .rules = kRules, .defaults = kDefaults, .blockers = kBlockers, .mlpOptional = true};

}  // namespace hs
