// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2 three ways: torch state dictionary with Conv1D (Hugging Face), with nn.Linear (nanoGPT), and tf_model.h5.
#include "engine/io/layouts/tables.h"

namespace hs {

namespace {

// The fused c_attn holds [Q | K | V] along the out axis.
constexpr Rule hfRules[] = {
    {"wte.weight", "embed/W_E", Form::InOut},
    {"wpe.weight", "pos_embed/W_pos", Form::InOut},
    {"h.{i}.ln_1.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.ln_1.bias", "layers/{i}/ln1/b", Form::Vector, 0, 1, false},
    {"h.{i}.ln_2.weight", "layers/{i}/ln2/w", Form::Vector},
    {"h.{i}.ln_2.bias", "layers/{i}/ln2/b", Form::Vector, 0, 1, false},
    {"h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_Q", Form::InOut, 0, 3},
    {"h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_K", Form::InOut, 1, 3},
    {"h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_V", Form::InOut, 2, 3},
    {"h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3, false},
    {"h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3, false},
    {"h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3, false},
    {"h.{i}.attn.c_proj.weight", "layers/{i}/attn/W_O", Form::InOut},
    {"h.{i}.attn.c_proj.bias", "layers/{i}/attn/b_O", Form::Vector, 0, 1, false},
    {"h.{i}.mlp.c_fc.weight", "layers/{i}/mlp/W_in", Form::InOut},
    {"h.{i}.mlp.c_fc.bias", "layers/{i}/mlp/b_in", Form::Vector, 0, 1, false},
    {"h.{i}.mlp.c_proj.weight", "layers/{i}/mlp/W_out", Form::InOut},
    {"h.{i}.mlp.c_proj.bias", "layers/{i}/mlp/b_out", Form::Vector, 0, 1, false},
    {"ln_f.weight", "ln_final/w", Form::Vector},
    {"ln_f.bias", "ln_final/b", Form::Vector, 0, 1, false},
    {"lm_head.weight", "unembed/W_U", Form::OutIn, 0, 1, false},
};
constexpr Rule nanoRules[] = {
    {"wte.weight", "embed/W_E", Form::InOut},
    {"wpe.weight", "pos_embed/W_pos", Form::InOut},
    {"h.{i}.ln_1.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.ln_1.bias", "layers/{i}/ln1/b", Form::Vector, 0, 1, false},
    {"h.{i}.ln_2.weight", "layers/{i}/ln2/w", Form::Vector},
    {"h.{i}.ln_2.bias", "layers/{i}/ln2/b", Form::Vector, 0, 1, false},
    {"h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, 3},
    {"h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, 3},
    {"h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, 3},
    {"h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3, false},
    {"h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3, false},
    {"h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3, false},
    {"h.{i}.attn.c_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
    {"h.{i}.attn.c_proj.bias", "layers/{i}/attn/b_O", Form::Vector, 0, 1, false},
    {"h.{i}.mlp.c_fc.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"h.{i}.mlp.c_fc.bias", "layers/{i}/mlp/b_in", Form::Vector, 0, 1, false},
    {"h.{i}.mlp.c_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"h.{i}.mlp.c_proj.bias", "layers/{i}/mlp/b_out", Form::Vector, 0, 1, false},
    {"ln_f.weight", "ln_final/w", Form::Vector},
    {"ln_f.bias", "ln_final/b", Form::Vector, 0, 1, false},
    {"lm_head.weight", "unembed/W_U", Form::OutIn, 0, 1, false},
};
// Keras writes ':0' after every name (stripped before matching) and "_._" for a list index.
constexpr Rule tfRules[] = {
    {"wte/weight", "embed/W_E", Form::InOut},
    {"wpe/embeddings", "pos_embed/W_pos", Form::InOut},
    {"h_._{i}/ln_1/gamma", "layers/{i}/ln1/w", Form::Vector},
    {"h_._{i}/ln_1/beta", "layers/{i}/ln1/b", Form::Vector, 0, 1, false},
    {"h_._{i}/ln_2/gamma", "layers/{i}/ln2/w", Form::Vector},
    {"h_._{i}/ln_2/beta", "layers/{i}/ln2/b", Form::Vector, 0, 1, false},
    {"h_._{i}/attn/c_attn/weight", "layers/{i}/attn/W_Q", Form::InOut, 0, 3},
    {"h_._{i}/attn/c_attn/weight", "layers/{i}/attn/W_K", Form::InOut, 1, 3},
    {"h_._{i}/attn/c_attn/weight", "layers/{i}/attn/W_V", Form::InOut, 2, 3},
    {"h_._{i}/attn/c_attn/bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3, false},
    {"h_._{i}/attn/c_attn/bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3, false},
    {"h_._{i}/attn/c_attn/bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3, false},
    {"h_._{i}/attn/c_proj/weight", "layers/{i}/attn/W_O", Form::InOut},
    {"h_._{i}/attn/c_proj/bias", "layers/{i}/attn/b_O", Form::Vector, 0, 1, false},
    {"h_._{i}/mlp/c_fc/weight", "layers/{i}/mlp/W_in", Form::InOut},
    {"h_._{i}/mlp/c_fc/bias", "layers/{i}/mlp/b_in", Form::Vector, 0, 1, false},
    {"h_._{i}/mlp/c_proj/weight", "layers/{i}/mlp/W_out", Form::InOut},
    {"h_._{i}/mlp/c_proj/bias", "layers/{i}/mlp/b_out", Form::Vector, 0, 1, false},
    {"ln_f/gamma", "ln_final/w", Form::Vector},
    {"ln_f/beta", "ln_final/b", Form::Vector, 0, 1, false},
};

constexpr KeyDefault hfDefaults[] = {
    {"model_type", "gpt2", Origin::FamilyDefault},        {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},      {"act_fn", "gelu_new", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},              {"positional_embedding_type", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},   {"gated_mlp", "false", Origin::FamilyDefault},
};
// nanoGPT changed from the tanh form to the exact one, and its files do not say which.
constexpr KeyDefault nanoDefaults[] = {
    {"model_type", "gpt2", Origin::FamilyDefault},        {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},      {"act_fn", "gelu", Origin::Guess},
    {"eps", "1e-05", Origin::FamilyDefault},              {"positional_embedding_type", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},   {"gated_mlp", "false", Origin::FamilyDefault},
};
constexpr const char* hfBlockers[] = {"h.{i}.crossattention.c_attn.weight"};
constexpr const char* tfBlockers[] = {"h_._{i}/crossattention/c_attn/weight"};

constexpr Layout hf{"hf-gpt2", hfRules, hfDefaults, hfBlockers, false, true};
constexpr Layout nano{"nanogpt", nanoRules, nanoDefaults, hfBlockers, false, true};
constexpr Layout tf{"hf-gpt2-tf", tfRules, hfDefaults, tfBlockers, false, true};

}  // namespace

const Layout& hfGpt2Layout() { return hf; }
const Layout& nanoGptLayout() { return nano; }
const Layout& hfGpt2TfLayout() { return tf; }

}  // namespace hs
