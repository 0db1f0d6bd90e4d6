// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors (resources/manual/formats.md section 2.1): a JSON header, then the values. Everything is checked before a value is read.
#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

/// FileTruncated, FileDamaged (holes, overlaps, duplicate names), NumberOutOfRange, Cancelled; DtypeUnsupported only when a tensor is used.
Result<std::shared_ptr<const TensorStore>> safetensorsFile(const std::string& path, const Progress& progress = {});
/// Several files as one, in this order; `path` stands for all of them. FileDamaged for a name that stands in two.
Result<std::shared_ptr<const TensorStore>> safetensorsParts(const std::string& path, const std::vector<std::string>& files,
                                                            const Progress& progress = {});
/// `model.safetensors.index.json` with its shards beside it, or beside the target of a link.
Result<std::shared_ptr<const TensorStore>> safetensorsShards(const std::string& indexPath, const Progress& progress = {});

}  // namespace hs
