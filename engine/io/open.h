// SPDX-License-Identifier: GPL-3.0-or-later
// The way in: any file HeadScope can read becomes a Model or an AttentionDump.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/dump/attention_dump.h"
#include "engine/model/model.h"

namespace hs {

struct OpenOptions {
    std::map<std::string, std::string> config;  ///< what the user says, key -> text; wins over everything (Origin::User)
    std::string configFile;                     ///< --config FILE.json
    std::string tokenizerPath;                  ///< --tokenizer PATH (file or folder)
    std::string tokensFile;                     ///< --token-list: tokens of an NPY array, or names for the ids of a model
    std::string adapter;                        ///< "none", or the folder of an adapter to merge (store/adapter.h); empty: not said
    bool maskPadding = false;                   ///< hide positions that hold the model's padding token from every query
    bool probe = true;                          ///< let the helper process look at an HDF5 file first
};

using Opened = std::variant<std::shared_ptr<const Model>, std::shared_ptr<const AttentionDump>>;

/// Opens weights of any known layout (HDF5, safetensors, PyTorch, GGUF, NPZ; the one model of a folder), an attention dump, or an NPY
/// array [L,H,n,m] with a token list.
Result<Opened> openFile(const std::string& path, const OpenOptions& options = {}, const Progress& progress = {});
/// Opens a model; an attention dump is NeedsWeights.
Result<std::shared_ptr<const Model>> openModel(const std::string& path, const OpenOptions& options = {}, const Progress& progress = {});

}  // namespace hs
