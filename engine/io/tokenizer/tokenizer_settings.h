// SPDX-License-Identifier: GPL-3.0-or-later
// What lies beside a vocabulary and says how transformers uses it: tokenizer_config.json, special_tokens_map.json,
// added_tokens.json, config.json. Followed are the classes that are written in Python ("slow"), because it is their files these are.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/tokenizer/tokenizer_record.h"

namespace hs {

struct TokenizerSettings {
    std::string className;  ///< "LlamaTokenizer", without "Fast"; by the model's type when no file says; may be empty
    std::string classFile;  ///< the file that says so, or empty
    std::optional<bool> addBos, addEos, addPrefixSpace, legacy;
    std::optional<int> extraIds;
    std::map<std::string, std::optional<AddedToken>> names;  ///< "bos_token" ...; nothing: a file says that there is none
    std::vector<AddedToken> additional;                      ///< additional_special_tokens; their ids are not known here
    std::vector<AddedToken> added;                           ///< tokens that a file gives an id
};

/// Settings beside a vocabulary's file, or beside the target of a link. `modelType` counts where no file names a class. JsonInvalid, TokenizerInvalid (item = key), FileUnreadable, Cancelled.
Result<TokenizerSettings> readTokenizerSettings(const std::string& vocabulary, const std::string& modelType, const Progress& progress = {});

/// Completes a record of a SentencePiece model or of a GPT-2 pair: BOS and EOS, the space in front, added tokens. `pieces[id]` are
/// the vocabulary's own. TokenizerUnsupported (item "tokenizer_class") for classes that shift ids or split words otherwise;
/// TokenizerInvalid for an id out of range.
Status applySettings(const TokenizerSettings& settings, const std::vector<std::string>& pieces, TokenizerRecord& record);

/// The tokenizer.json with the BOS and EOS that its class puts around a text; nothing where its own post-processor stands. `tokenizer`
/// is made of `root`. TokenizerInvalid when a token is to be added that is not there.
Result<std::optional<nlohmann::json>> withEnds(const TokenizerSettings& settings, const nlohmann::json& root, const Tokenizer& tokenizer);

}  // namespace hs
