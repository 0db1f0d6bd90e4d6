// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "engine/io/h5/file.h"
#include "engine/io/open.h"
#include "engine/io/store/file_settings.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

/// A Model out of a container. `file` is null for containers other than HDF5; `told` is what others say besides their tensors.
Result<std::shared_ptr<const Model>> modelFromStore(const std::shared_ptr<const TensorStore>& store,
                                                    const std::shared_ptr<const h5::File>& file, const std::string& container,
                                                    const OpenOptions& options, const Progress& progress = {},
                                                    const FileSettings& told = {});

}  // namespace hs
