// SPDX-License-Identifier: GPL-3.0-or-later
// Weights in several files, told by their names alone (model-00001-of-00003.safetensors and its like) or by an index beside them.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

struct ShardName {
    std::string stem;         ///< "model" of model-00001-of-00003.safetensors
    std::string numbers;      ///< how a part is written: "00001-of-00003"
    std::string ending;       ///< ".safetensors", ".bin" ...
    int part = 0, parts = 0;  ///< 1 .. parts
};
/// Nothing for a file that is no part of several; one of one counts as a part.
std::optional<ShardName> shardName(const std::string& fileName);

/// All parts of the model that `path` is one of, in order, each beside it or beside the target of a link.
/// ShardMissing (item = names of the first parts that are not there, found = how many are, expected = how many there should be).
Result<std::vector<std::string>> shardsWith(const std::string& path);

struct IndexedShard {
    std::string path;
    std::set<std::string> tensors;  ///< names that the index says are in it
};
/// The files of model.safetensors.index.json or pytorch_model.bin.index.json, beside it or beside the target of a link; a file that is not
/// there keeps its name. JsonInvalid; FileUnsafe for a name that leads out of the folder.
Result<std::vector<IndexedShard>> shardsOfIndex(const std::string& indexPath, const Progress& progress = {});

/// Several stores as one, in this order; `path` stands for all of them. FileDamaged for a name that stands in two.
Result<std::shared_ptr<const TensorStore>> joinStores(const std::string& path, std::vector<std::shared_ptr<const TensorStore>> parts);

}  // namespace hs
