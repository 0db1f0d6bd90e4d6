// SPDX-License-Identifier: GPL-3.0-or-later
// TransformerLens state dictionaries. Weights may be folded (no ln1.w), so norms are never required.
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"embed.W_E", "embed/W_E", Form::InOut},
    optional("embed.ln.w", "embed/ln/w", Form::Vector),
    optional("embed.ln.b", "embed/ln/b", Form::Vector),
    optional("pos_embed.W_pos", "pos_embed/W_pos", Form::InOut),
    {"blocks.{i}.attn.W_Q", "layers/{i}/attn/W_Q", Form::HeadsInOut},
    {"blocks.{i}.attn.W_K", "layers/{i}/attn/W_K", Form::HeadsInOut},
    {"blocks.{i}.attn._W_K", "layers/{i}/attn/W_K", Form::HeadsInOut},  // grouped keys and values
    {"blocks.{i}.attn.W_V", "layers/{i}/attn/W_V", Form::HeadsInOut},
    {"blocks.{i}.attn._W_V", "layers/{i}/attn/W_V", Form::HeadsInOut},
    {"blocks.{i}.attn.W_O", "layers/{i}/attn/W_O", Form::HeadsOut},
    optional("blocks.{i}.attn.b_Q", "layers/{i}/attn/b_Q", Form::Vector),
    optional("blocks.{i}.attn.b_K", "layers/{i}/attn/b_K", Form::Vector),
    optional("blocks.{i}.attn._b_K", "layers/{i}/attn/b_K", Form::Vector),
    optional("blocks.{i}.attn.b_V", "layers/{i}/attn/b_V", Form::Vector),
    optional("blocks.{i}.attn._b_V", "layers/{i}/attn/b_V", Form::Vector),
    optional("blocks.{i}.attn.b_O", "layers/{i}/attn/b_O", Form::Vector),
    optional("blocks.{i}.ln1.w", "layers/{i}/ln1/w", Form::Vector),
    optional("blocks.{i}.ln1.b", "layers/{i}/ln1/b", Form::Vector),
    optional("blocks.{i}.ln2.w", "layers/{i}/ln2/w", Form::Vector),
    optional("blocks.{i}.ln2.b", "layers/{i}/ln2/b", Form::Vector),
    {"blocks.{i}.mlp.W_in", "layers/{i}/mlp/W_in", Form::InOut},
    optional("blocks.{i}.mlp.W_gate", "layers/{i}/mlp/W_gate", Form::InOut),
    {"blocks.{i}.mlp.W_out", "layers/{i}/mlp/W_out", Form::InOut},
    optional("blocks.{i}.mlp.b_in", "layers/{i}/mlp/b_in", Form::Vector),
    optional("blocks.{i}.mlp.b_out", "layers/{i}/mlp/b_out", Form::Vector),
    optional("ln_final.w", "ln_final/w", Form::Vector),
    optional("ln_final.b", "ln_final/b", Form::Vector),
    {"unembed.W_U", "unembed/W_U", Form::InOut},
    optional("unembed.b_U", "unembed/b_U", Form::Vector),
};
constexpr KeyDefault kDefaults[] = {
    {"normalization_type", "LN", Origin::Guess},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu_new", Origin::Guess},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"rotary_base", "10000", Origin::Guess},
    {"alibi_slopes", "plain", Origin::FamilyDefault},
    {"mlp_bias_after_gate", "true", Origin::FamilyDefault},
};
constexpr const char* kBlockers[] = {
    "blocks.{i}.attn.rel_pos_bias.weight", "blocks.{i}.attn.q_norm.w", "blocks.{i}.attn.k_norm.w", "blocks.{i}.mlp.ln.w",
    "blocks.{i}.mlp.experts.0.W_in",       "embed.embed.W_E"};

}  // namespace

extern const Layout kTransformerLens;
constexpr Layout kTransformerLens{.name = "transformer-lens",
                                  .rules = kRules,
                                  .defaults = kDefaults,
                                  .blockers = kBlockers,
                                  .mlpOptional = true,
                                  .tiedWithoutOutput = false,
                                  .embedNormFirst = true,
                                  .scaleIsDivisor = true};

}  // namespace hs
