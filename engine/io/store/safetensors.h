// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors (resources/manual/formats.md section 2.1): a JSON header, then the values. Everything is checked before a value is read.
#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

/// FileTruncated, FileDamaged (holes, overlaps, duplicate names), DtypeUnsupported only when a tensor is used.
Result<std::shared_ptr<const TensorStore>> safetensorsFile(const std::string& path);
/// `model.safetensors.index.json` with its shards beside it.
Result<std::shared_ptr<const TensorStore>> safetensorsShards(const std::string& indexPath);

}  // namespace hs
