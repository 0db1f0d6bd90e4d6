// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/io/h5/file.h"
#include "engine/io/tokenizer/tokenizer_record.h"
#include "engine/text/tokenizer.h"

namespace hs {

struct FoundTokenizer {
    std::shared_ptr<const Tokenizer> tokenizer;     ///< null: none found, or none that works
    std::shared_ptr<const TokenizerRecord> record;  ///< its data, for writing it again
    std::string origin;                             ///< "in the file", or the name of the file it came from
    std::optional<Error> problem;                   ///< why one that lay there was not taken; VocabularyMismatch beside one that was
};

/// What the user says about the words of a model.
struct TokenizerChoice {
    std::string path;   ///< file or folder, or "none"; overrides what is in the file and beside it, and must work
    std::string names;  ///< list of names for the ids (loadTokenList), instead of a tokeniser; InvalidArgument beside a path
};

/// In the file (`/tokenizer`, may be null), then beside it, unless the user says otherwise.
/// More ids than the model has embeddings (dVocab; 0: unknown) is a `problem`, no error. `modelType` ("llama") decides about BOS
/// and EOS where no file beside the vocabulary does.
Result<FoundTokenizer> findTokenizer(const h5::File* file, const std::string& modelPath, const TokenizerChoice& choice, int dVocab,
                                     const std::string& modelType = {}, const Progress& progress = {});

/// A tokeniser from one file, recognised by content.
Result<LoadedTokenizer> loadTokenizerFile(const std::string& path, const std::string& modelType = {}, const Progress& progress = {});

}  // namespace hs
