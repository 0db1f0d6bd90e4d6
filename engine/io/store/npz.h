// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

/// NumPy's .npz: a zip of NPY arrays, stored (savez) or deflated (savez_compressed); a tensor for each, under the array's name. Headers and
/// sizes are checked here, a member's checksum when it is read. FileDamaged, FileTruncated; FileUnsafe for arrays of objects, whose
/// values are pickles; UnknownFileKind without any array.
Result<std::shared_ptr<const TensorStore>> npzFile(const std::string& path, const Progress& progress = {});

}  // namespace hs
