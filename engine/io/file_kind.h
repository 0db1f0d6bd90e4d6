// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>

#include "engine/base/result.h"
#include "engine/io/bytes/file_region.h"

namespace hs {

enum class FileKind { Hdf5, Safetensors, Index, Npy, Npz, Torch, Keras, Gguf, Zip, Unknown };

/// By content; names decide only about JSON. A zip archive is what its members say.
FileKind kindOf(const std::shared_ptr<const FileRegion>& file);

/// "HDF5, safetensors, PyTorch, GGUF, NPZ, NPY": what can be opened, as errors say it.
const char* readableKinds();
/// Endings of files that can be opened, with the dot: for the window's dialog and for files in a folder.
std::span<const char* const> readableEndings();

/// The model file that a folder is about: by the names people give it, else its only one of a known kind. FileIsFolder (item = the first
/// names where there are several, found = how many).
Result<std::string> modelFileIn(const std::string& folder);

}  // namespace hs
