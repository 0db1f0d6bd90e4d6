// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/config/neutral_keys.h"

#include <algorithm>
#include <iterator>

namespace hs {

namespace {

// Types and tools, tokens and text, training, what is returned, heads of other tasks.
constexpr std::string_view kKeys[] = {
    "model_type",
    "torch_dtype",
    "dtype",
    "transformers_version",
    "_name_or_path",
    "name_or_path",
    "_commit_hash",
    "auto_map",
    "unsloth_fixed",
    "unsloth_version",
    "transformers.js_config",
    "attn_implementation",
    "_attn_implementation",
    "_attn_implementation_autoset",
    "cache_implementation",
    "use_cache",
    "tokenizer_class",
    "bos_token_id",
    "eos_token_id",
    "pad_token_id",
    "unk_token_id",
    "sep_token_id",
    "cls_token_id",
    "mask_token_id",
    "decoder_start_token_id",
    "forced_bos_token_id",
    "forced_eos_token_id",
    "prefix",
    "suppress_tokens",
    "begin_suppress_tokens",
    "initializer_range",
    "initializer_factor",
    "init_std",
    "layerdrop",
    "gradient_checkpointing",
    "pretraining_tp",
    "slow_but_exact",
    "router_aux_loss_coef",
    "router_jitter_noise",
    "chunk_size_feed_forward",
    "return_dict",
    "torchscript",
    "use_bfloat16",
    "id2label",
    "label2id",
    "num_labels",
    "problem_type",
    "task_specific_params",
    "finetuning_task",
    "is_decoder",
    "max_length",
    "min_length",
    "temperature",
    "top_k",
    "top_p",
    "typical_p",
    "num_beams",
    "num_beam_groups",
    "do_sample",
    "early_stopping",
    "repetition_penalty",
    "length_penalty",
    "diversity_penalty",
    "no_repeat_ngram_size",
    "encoder_no_repeat_ngram_size",
    "bad_words_ids",
    "num_return_sequences",
    "remove_invalid_values",
    "exponential_decay_length_penalty",
};

struct Only {
    std::string_view key;
    const char* values;
};
constexpr Only kOnly[] = {
    {"is_causal", "true|null"},
    {"is_encoder_decoder", "false|null"},
    {"add_cross_attention", "false|null"},
    {"use_bidirectional_attention", "false|null"},
    {"tie_encoder_decoder", "false|null"},
};

}  // namespace

bool isNeutralKey(std::string_view key)
{
    return key.starts_with("output_") || key.starts_with("summary_") || key.starts_with("pooler_") || key.starts_with("classifier_")
           || key.find("dropout") != std::string_view::npos || key.ends_with("_pdrop")
           || std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

const char* onlyNeutral(std::string_view key)
{
    for (const Only& only : kOnly)
        if (key == only.key) return only.values;
    return nullptr;
}

}  // namespace hs
