// SPDX-License-Identifier: GPL-3.0-or-later
// What transformers' tokeniser classes do without being told.
#pragma once

#include <string>
#include <string_view>

#include "engine/text/tokenizer.h"

namespace hs {

/// In the order in which transformers gives new ids.
inline constexpr const char* specialTokenNames[] = {"bos_token", "eos_token", "unk_token", "sep_token",
                                                    "pad_token", "cls_token", "mask_token"};

struct TokenizerClass {
    const char* name = "";
    bool sentencePiece = true;  ///< else a GPT-2 pair of vocabulary and merges
    const char* modelTypes = "";
    bool bos = false, eos = false;  ///< put around a text
    bool heedsBos = true, heedsEos = true, heedsLegacy = true;
    bool eosOnce = false;        ///< none behind a text that ends with one
    const char* tokens[7] = {};  ///< usual names, in the order above; null: none
    int extraIds = 0;
    TextRules::Prefix prefix = TextRules::Prefix::Space;  ///< what add_prefix_space means

    const char* nameOf(std::string_view token) const;
    bool lstripOf(std::string_view token) const { return token == "mask_token"; }
};

/// A class that puts BOS and EOS around a text itself, whatever the post-processor of its tokenizer.json says (transformers' "fast"
/// classes of these names).
struct EndsClass {
    const char* name;
    bool bos;  ///< unless it is told otherwise; EOS: never
    const char* bosToken;
    const char* eosToken;
};
/// Null for the classes that leave it to tokenizer.json.
const EndsClass* endsClass(std::string_view name);

/// The class of a model type, or empty.
std::string tokenizerClassOf(const std::string& modelType);
/// The row of a class; for others, one that only does what it is told.
const TokenizerClass& tokenizerClass(const std::string& name, bool sentencePiece);
/// Classes whose ids are not the vocabulary's, or that split words in another way.
bool isOtherClass(std::string_view name);

}  // namespace hs
