// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch checkpoints (.bin, .pt, .pth, .ckpt): the zip form of torch.save since 1.6 and the stream before it. Nothing in them is run
// (pickle.h); tensors are read by their place in the file. resources/manual/formats.md section 2.
#pragma once

#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/store/file_settings.h"

namespace hs {

/// The state dictionary of a checkpoint: the file's own dictionary, or the one it keeps as `state_dict`, `model` ... `model_args` beside it
/// become settings. FileUnsafe (item = opcode, global or call) for what is no tensor; FileDamaged, FileTruncated; UnknownFileKind for
/// TorchScript; UnknownLayout where no dictionary, or more than one, holds tensors.
Result<OpenedStore> torchFile(const std::string& path, const Progress& progress = {});

/// A file begins as torch.save's stream before 1.6, or any other pickle of protocol 2 to 5, does.
bool beginsAsPickle(const unsigned char* head, std::size_t size);

}  // namespace hs
