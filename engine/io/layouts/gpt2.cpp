// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2 three ways: torch state dictionary with Conv1D (Hugging Face), with nn.Linear (nanoGPT), and tf_model.h5.
#include <array>

#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

/// The fused c_attn holds [Q | K | V] along the out axis.
constexpr std::array<Rule, 21> torchRules(Form matrix)
{
    return {{
        {"wte.weight", "embed/W_E", Form::InOut},
        {"wpe.weight", "pos_embed/W_pos", Form::InOut},
        {"h.{i}.ln_1.weight", "layers/{i}/ln1/w", Form::Vector},
        optional("h.{i}.ln_1.bias", "layers/{i}/ln1/b", Form::Vector),
        {"h.{i}.ln_2.weight", "layers/{i}/ln2/w", Form::Vector},
        optional("h.{i}.ln_2.bias", "layers/{i}/ln2/b", Form::Vector),
        fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_Q", matrix, 0, 3),
        fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_K", matrix, 1, 3),
        fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_V", matrix, 2, 3),
        optional(fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3)),
        optional(fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3)),
        optional(fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3)),
        {"h.{i}.attn.c_proj.weight", "layers/{i}/attn/W_O", matrix},
        optional("h.{i}.attn.c_proj.bias", "layers/{i}/attn/b_O", Form::Vector),
        {"h.{i}.mlp.c_fc.weight", "layers/{i}/mlp/W_in", matrix},
        optional("h.{i}.mlp.c_fc.bias", "layers/{i}/mlp/b_in", Form::Vector),
        {"h.{i}.mlp.c_proj.weight", "layers/{i}/mlp/W_out", matrix},
        optional("h.{i}.mlp.c_proj.bias", "layers/{i}/mlp/b_out", Form::Vector),
        {"ln_f.weight", "ln_final/w", Form::Vector},
        optional("ln_f.bias", "ln_final/b", Form::Vector),
        optional("lm_head.weight", "unembed/W_U", Form::OutIn),
    }};
}
constexpr auto kHfRules = torchRules(Form::InOut);    // Conv1D
constexpr auto kNanoRules = torchRules(Form::OutIn);  // nn.Linear
// Keras writes ':0' after every name (stripped before matching) and "_._" for a list index.
constexpr Rule kTfRules[] = {
    {"wte/weight", "embed/W_E", Form::InOut},
    {"wpe/embeddings", "pos_embed/W_pos", Form::InOut},
    {"h_._{i}/ln_1/gamma", "layers/{i}/ln1/w", Form::Vector},
    optional("h_._{i}/ln_1/beta", "layers/{i}/ln1/b", Form::Vector),
    {"h_._{i}/ln_2/gamma", "layers/{i}/ln2/w", Form::Vector},
    optional("h_._{i}/ln_2/beta", "layers/{i}/ln2/b", Form::Vector),
    fused("h_._{i}/attn/c_attn/weight", "layers/{i}/attn/W_Q", Form::InOut, 0, 3),
    fused("h_._{i}/attn/c_attn/weight", "layers/{i}/attn/W_K", Form::InOut, 1, 3),
    fused("h_._{i}/attn/c_attn/weight", "layers/{i}/attn/W_V", Form::InOut, 2, 3),
    optional(fused("h_._{i}/attn/c_attn/bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3)),
    optional(fused("h_._{i}/attn/c_attn/bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3)),
    optional(fused("h_._{i}/attn/c_attn/bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3)),
    {"h_._{i}/attn/c_proj/weight", "layers/{i}/attn/W_O", Form::InOut},
    optional("h_._{i}/attn/c_proj/bias", "layers/{i}/attn/b_O", Form::Vector),
    {"h_._{i}/mlp/c_fc/weight", "layers/{i}/mlp/W_in", Form::InOut},
    optional("h_._{i}/mlp/c_fc/bias", "layers/{i}/mlp/b_in", Form::Vector),
    {"h_._{i}/mlp/c_proj/weight", "layers/{i}/mlp/W_out", Form::InOut},
    optional("h_._{i}/mlp/c_proj/bias", "layers/{i}/mlp/b_out", Form::Vector),
    {"ln_f/gamma", "ln_final/w", Form::Vector},
    optional("ln_f/beta", "ln_final/b", Form::Vector),
};

constexpr std::array<KeyDefault, 8> defaultsWith(KeyDefault activation)
{
    return {{
        {"model_type", "gpt2", Origin::FamilyDefault},
        {"normalization_type", "LN", Origin::FamilyDefault},
        {"norm_position", "pre", Origin::FamilyDefault},
        activation,
        {"eps", "1e-05", Origin::FamilyDefault},
        {"positional_embedding_type", "standard", Origin::FamilyDefault},
        {"attention_dir", "causal", Origin::FamilyDefault},
        {"gated_mlp", "false", Origin::FamilyDefault},
    }};
}
constexpr auto kHfDefaults = defaultsWith({"act_fn", "gelu_new", Origin::FamilyDefault});
// nanoGPT changed from the tanh form to the exact one, and its files do not say which.
constexpr auto kNanoDefaults = defaultsWith({"act_fn", "gelu", Origin::Guess});
constexpr KeyRule kKeys[] = {
    {"architectures", "", "GPT2LMHeadModel|GPT2Model|GPT2DoubleHeadsModel|TFGPT2LMHeadModel|null"},
    {"vocab_size"},
    {"n_positions"},
    {"max_position_embeddings"},
    {"n_ctx", ""},
    {"n_embd"},
    {"hidden_size"},
    {"n_layer"},
    {"num_hidden_layers"},
    {"n_head"},
    {"num_attention_heads"},
    {"n_inner"},
    {"activation_function", nullptr, nullptr, "\"gelu_new\""},
    {"layer_norm_epsilon", nullptr, nullptr, "1e-05"},
    {"scale_attn_weights", "", "true|false"},
    {"scale_attn_by_inverse_layer_idx"},
    {"reorder_and_upcast_attn", ""},
    {"tie_word_embeddings"},
    {"pruned_heads", ""},
};
constexpr const char* kTypes[] = {"gpt2"};
constexpr const char* kTorchBlockers[] = {"h.{i}.crossattention.c_attn.weight"};
constexpr const char* kTfBlockers[] = {"h_._{i}/crossattention/c_attn/weight"};

}  // namespace

extern const Layout kHfGpt2, kNanoGpt, kHfGpt2Tf;
constexpr Layout kHfGpt2{.name = "hf-gpt2",
                         .rules = kHfRules,
                         .defaults = kHfDefaults,
                         .blockers = kTorchBlockers,
                         .tied = true,
                         .types = kTypes,
                         .keys = kKeys};
constexpr Layout kNanoGpt{.name = "nanogpt", .rules = kNanoRules, .defaults = kNanoDefaults, .blockers = kTorchBlockers, .tied = true};
constexpr Layout kHfGpt2Tf{.name = "hf-gpt2-tf",
                           .rules = kTfRules,
                           .defaults = kHfDefaults,
                           .blockers = kTfBlockers,
                           .tied = true,
                           .types = kTypes,
                           .keys = kKeys};

}  // namespace hs
