// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/io/store/tensor_store.h"
#include "engine/io/tokenizer/tokenizer_record.h"

namespace hs {

/// What a file of weights says besides its tensors, where its kind has a place for it.
struct FileSettings {
    std::string config;  ///< JSON object with the keys of Hugging Face or nanoGPT; empty: none
    std::string detail;  ///< where it stands in the file: "model_args"
    std::shared_ptr<const TokenizerRecord> tokenizer;
    std::optional<Error> tokenizerProblem;  ///< why the file's own tokeniser is not taken
};

struct OpenedStore {
    std::shared_ptr<const TensorStore> store;
    FileSettings settings;
};

}  // namespace hs
