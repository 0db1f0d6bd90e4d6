// SPDX-License-Identifier: GPL-3.0-or-later
// BERT (Devlin et al. 2019) and encoders with its post-norm block: ELECTRA, RoBERTa, DistilBERT, MPNet, and TransformerLens' HookedEncoder.
#include <algorithm>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/encoder_rows.h"

namespace hs {

namespace {

#define HS_BERT_BLOCK(self)                                                                                                           \
    HS_POST_BLOCK(self "query", self "key", self "value", "layer.{i}.attention.output.dense", "layer.{i}.attention.output.LayerNorm", \
                  "layer.{i}.intermediate.dense", "layer.{i}.output.dense", "layer.{i}.output.LayerNorm")
#define HS_EMBEDDINGS                                                \
    {"embeddings.word_embeddings.weight", "embed/W_E", Form::InOut}, \
        {"embeddings.position_embeddings.weight", "pos_embed/W_pos", Form::InOut}, HS_NORM("embeddings.LayerNorm", "embed/ln")
#define HS_TYPES                                                               \
    {                                                                          \
        "embeddings.token_type_embeddings.weight", "embed/W_type", Form::InOut \
    }

constexpr Rule kBertRules[] = {
    HS_EMBEDDINGS,
    HS_TYPES,
    HS_BERT_BLOCK("layer.{i}.attention.self."),
    HS_TRANSFORM("cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm"),
    optional("cls.predictions.decoder.weight", "unembed/W_U", Form::OutIn),
    {"cls.predictions.bias", "unembed/b_U", Form::Vector},
    {"cls.predictions.decoder.bias", "unembed/b_U", Form::Vector},
};
constexpr Rule kElectraRules[] = {
    HS_EMBEDDINGS,
    HS_TYPES,
    optional("embeddings_project.weight", "embed/W_widen", Form::OutIn),
    optional("embeddings_project.bias", "embed/b_widen", Form::Vector),
    HS_BERT_BLOCK("layer.{i}.attention.self."),
    optional("generator_predictions.dense.weight", "unembed/W_T", Form::OutIn),
    {"generator_predictions.dense.bias", "unembed/b_T", Form::Vector},
    optional("generator_predictions.LayerNorm.weight", "unembed/ln_T/w", Form::Vector),
    optional("generator_predictions.LayerNorm.bias", "unembed/ln_T/b", Form::Vector),
    optional("generator_lm_head.weight", "unembed/W_U", Form::OutIn),
    {"generator_lm_head.bias", "unembed/b_U", Form::Vector},
    // The discriminator: one logit a token (replaced or not), no norm.
    optional("discriminator_predictions.dense.weight", "unembed/W_T", Form::OutIn),
    {"discriminator_predictions.dense.bias", "unembed/b_T", Form::Vector},
    optional("discriminator_predictions.dense_prediction.weight", "unembed/W_U", Form::OutIn),
    {"discriminator_predictions.dense_prediction.bias", "unembed/b_U", Form::Vector},
};
constexpr Rule kRobertaRules[] = {
    HS_EMBEDDINGS,
    HS_TYPES,
    HS_BERT_BLOCK("layer.{i}.attention.self."),
    HS_TRANSFORM("lm_head.dense", "lm_head.layer_norm"),
    optional("lm_head.decoder.weight", "unembed/W_U", Form::OutIn),
    {"lm_head.bias", "unembed/b_U", Form::Vector},
    {"lm_head.decoder.bias", "unembed/b_U", Form::Vector},
};
constexpr Rule kMpnetRules[] = {
    HS_EMBEDDINGS,
    {"relative_attention_bias.weight", "rel/W_bias", Form::InOut},
    HS_POST_BLOCK("layer.{i}.attention.attn.q", "layer.{i}.attention.attn.k", "layer.{i}.attention.attn.v", "layer.{i}.attention.attn.o",
                  "layer.{i}.attention.LayerNorm", "layer.{i}.intermediate.dense", "layer.{i}.output.dense", "layer.{i}.output.LayerNorm"),
    HS_TRANSFORM("lm_head.dense", "lm_head.layer_norm"),
    optional("lm_head.decoder.weight", "unembed/W_U", Form::OutIn),
    {"lm_head.bias", "unembed/b_U", Form::Vector},
    {"lm_head.decoder.bias", "unembed/b_U", Form::Vector},
};
constexpr Rule kDistilbertRules[] = {
    HS_EMBEDDINGS,
    HS_POST_BLOCK("layer.{i}.attention.q_lin", "layer.{i}.attention.k_lin", "layer.{i}.attention.v_lin", "layer.{i}.attention.out_lin",
                  "layer.{i}.sa_layer_norm", "layer.{i}.ffn.lin1", "layer.{i}.ffn.lin2", "layer.{i}.output_layer_norm"),
    HS_TRANSFORM("vocab_transform", "vocab_layer_norm"),
    optional("vocab_projector.weight", "unembed/W_U", Form::OutIn),
    {"vocab_projector.bias", "unembed/b_U", Form::Vector},
};
constexpr Rule kLensRules[] = {
    {"embed.embed.W_E", "embed/W_E", Form::InOut},
    {"embed.pos_embed.W_pos", "pos_embed/W_pos", Form::InOut},
    {"embed.token_type_embed.W_token_type", "embed/W_type", Form::InOut},
    {"embed.ln.w", "embed/ln/w", Form::Vector},
    {"embed.ln.b", "embed/ln/b", Form::Vector},
    {"blocks.{i}.attn.W_Q", "layers/{i}/attn/W_Q", Form::HeadsInOut},
    {"blocks.{i}.attn.W_K", "layers/{i}/attn/W_K", Form::HeadsInOut},
    {"blocks.{i}.attn.W_V", "layers/{i}/attn/W_V", Form::HeadsInOut},
    {"blocks.{i}.attn.W_O", "layers/{i}/attn/W_O", Form::HeadsOut},
    {"blocks.{i}.attn.b_Q", "layers/{i}/attn/b_Q", Form::Vector},
    {"blocks.{i}.attn.b_K", "layers/{i}/attn/b_K", Form::Vector},
    {"blocks.{i}.attn.b_V", "layers/{i}/attn/b_V", Form::Vector},
    {"blocks.{i}.attn.b_O", "layers/{i}/attn/b_O", Form::Vector},
    {"blocks.{i}.ln1.w", "layers/{i}/ln1/w", Form::Vector},
    {"blocks.{i}.ln1.b", "layers/{i}/ln1/b", Form::Vector},
    {"blocks.{i}.ln2.w", "layers/{i}/ln2/w", Form::Vector},
    {"blocks.{i}.ln2.b", "layers/{i}/ln2/b", Form::Vector},
    {"blocks.{i}.mlp.W_in", "layers/{i}/mlp/W_in", Form::InOut},
    {"blocks.{i}.mlp.b_in", "layers/{i}/mlp/b_in", Form::Vector},
    {"blocks.{i}.mlp.W_out", "layers/{i}/mlp/W_out", Form::InOut},
    {"blocks.{i}.mlp.b_out", "layers/{i}/mlp/b_out", Form::Vector},
    optional("mlm_head.W", "unembed/W_T", Form::InOut),
    {"mlm_head.b", "unembed/b_T", Form::Vector},
    {"mlm_head.ln.w", "unembed/ln_T/w", Form::Vector},
    {"mlm_head.ln.b", "unembed/ln_T/b", Form::Vector},
    optional("unembed.W_U", "unembed/W_U", Form::InOut),
    {"unembed.b_U", "unembed/b_U", Form::Vector},
};

constexpr KeyDefault kBertDefaults[] = {HS_POST_DEFAULTS("bert", "gelu", "1e-12")};
constexpr KeyDefault kElectraDefaults[] = {HS_POST_DEFAULTS("electra", "gelu", "1e-12")};
constexpr KeyDefault kRobertaDefaults[] = {HS_POST_DEFAULTS("roberta", "gelu", "1e-12")};
constexpr KeyDefault kMpnetDefaults[] = {HS_POST_DEFAULTS("mpnet", "gelu", "1e-12")};
constexpr KeyDefault kDistilbertDefaults[] = {HS_POST_DEFAULTS("distilbert", "gelu", "1e-12")};
constexpr KeyDefault kLensDefaults[] = {
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "post", Origin::FamilyDefault},
    {"act_fn", "gelu", Origin::Guess},
    {"output_act_fn", "gelu", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "standard", Origin::FamilyDefault},
    {"attention_dir", "bidirectional", Origin::FamilyDefault},
};

constexpr KeyRule kBertKeys[] = {HS_BERT_KEYS, {"max_position_embeddings"}};
constexpr KeyRule kElectraKeys[] = {HS_BERT_KEYS, {"max_position_embeddings"}, {"embedding_size", ""}};
// The table has rows for no position: its length is no limit as it stands.
constexpr KeyRule kRobertaKeys[] = {HS_BERT_KEYS, {"max_position_embeddings", ""}, {"pad_token_id"}};
constexpr KeyRule kMpnetKeys[] = {HS_BERT_KEYS, {"max_position_embeddings", ""}, {"relative_attention_num_buckets", "", "32"}};
// Its eps is fixed; the table of positions stands in the file, waves or not.
constexpr KeyRule kDistilbertKeys[] = {
    {"architectures", ""},
    {"dim", "d_model"},
    {"hidden_size"},
    {"n_layers"},
    {"num_hidden_layers"},
    {"n_heads"},
    {"num_attention_heads"},
    {"hidden_dim", "d_mlp"},
    {"intermediate_size", ""},
    {"activation", "act_fn"},
    {"vocab_size"},
    {"max_position_embeddings"},
    {"tie_word_embeddings"},
    {"sinusoidal_pos_embds", "", "true|false"},
    {"is_decoder", "", "false|null"},
    {"tie_weights_", "", "true|false"},
};

constexpr const char* kBertTypes[] = {"bert"};
constexpr const char* kElectraTypes[] = {"electra"};
constexpr const char* kRobertaTypes[] = {"roberta", "xlm-roberta", "camembert"};
constexpr const char* kMpnetTypes[] = {"mpnet"};
constexpr const char* kDistilbertTypes[] = {"distilbert"};
constexpr const char* kLensTasks[] = {"pooler.W", "pooler.b", "nsp_head.W", "nsp_head.b"};

/// The output's activation is the blocks'.
Status deriveActivation(const nlohmann::json& config, const AddValue& add)
{
    for (const char* key : {"hidden_act", "activation"})
        if (config.contains(key) && config[key].is_string()) add("output_act_fn", config[key].get<std::string>());
    return {};
}

/// The generator's output has the exact GELU, whatever the blocks have; the discriminator's has theirs.
Status deriveElectra(const nlohmann::json& config, const AddValue& add)
{
    const nlohmann::json made = config.value("architectures", nlohmann::json::array());
    const bool discriminator =
        made.is_array() && std::any_of(made.begin(), made.end(), [](const auto& name) { return name == "ElectraForPreTraining"; });
    return discriminator ? deriveActivation(config, add) : Status{};
}

/// Positions are counted from the padding token's number on; its activation of the output is fixed.
Status deriveRoberta(const nlohmann::json& config, const AddValue& add)
{
    const nlohmann::json pad = config.value("pad_token_id", nlohmann::json(1));
    if (!pad.is_number_integer() || pad.get<std::int64_t>() < 0 || pad.get<std::int64_t>() > 1 << 30)
        return Error::of(ErrorCode::ConfigInvalid, "pad_token_id", pad.dump(), "0, 1, 2 ...");
    add("position_padding", std::to_string(pad.get<std::int64_t>()));
    return {};
}

Status deriveMpnet(const nlohmann::json&, const AddValue& add)
{
    add("position_padding", "1");
    return {};
}

constexpr Layout encoder(const char* name, std::span<const Rule> rules, std::span<const KeyDefault> defaults,
                         std::span<const char* const> types, std::span<const KeyRule> keys,
                         Status (*derive)(const nlohmann::json&, const AddValue&))
{
    Layout out{.name = name, .rules = rules, .defaults = defaults, .blockers = {}};
    out.tied = true;
    out.types = types;
    out.byNames = false;
    out.keys = keys;
    out.derive = derive;
    out.outputTransform = true;
    out.passed = kOtherTasks;
    return out;
}
constexpr Layout withT5Places(Layout layout)
{
    layout.t5Places = true;
    return layout;
}

}  // namespace

extern const Layout kBert, kElectra, kRoberta, kMpnet, kDistilbert, kLensEncoder;
constexpr Layout kBert = encoder("hf-bert", kBertRules, kBertDefaults, kBertTypes, kBertKeys, deriveActivation);
constexpr Layout kElectra = encoder("hf-electra", kElectraRules, kElectraDefaults, kElectraTypes, kElectraKeys, deriveElectra);
constexpr Layout kRoberta = encoder("hf-roberta", kRobertaRules, kRobertaDefaults, kRobertaTypes, kRobertaKeys, deriveRoberta);
constexpr Layout kMpnet = withT5Places(encoder("hf-mpnet", kMpnetRules, kMpnetDefaults, kMpnetTypes, kMpnetKeys, deriveMpnet));
constexpr Layout kDistilbert =
    encoder("hf-distilbert", kDistilbertRules, kDistilbertDefaults, kDistilbertTypes, kDistilbertKeys, deriveActivation);
constexpr Layout kLensEncoder{.name = "transformer-lens-encoder",
                              .rules = kLensRules,
                              .defaults = kLensDefaults,
                              .blockers = {},
                              .scaleIsDivisor = true,
                              .outputTransform = true,
                              .passed = kLensTasks};

}  // namespace hs
