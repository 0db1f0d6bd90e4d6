// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file as tensors under the names of Hugging Face, with a Hugging Face configuration out of its own settings: what llama.cpp's
// converter did to them is undone, so that the families of io/layouts hold for both.
#pragma once

#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/gguf/gguf_file.h"
#include "engine/io/store/file_settings.h"

namespace hs {

/// As readGguf; UnknownLayout (item = "general.architecture") for architectures whose conversion is not known here, and for tensors that
/// one has no place for; ConfigInvalid (item = key) for settings that change what must be computed in ways not known here.
Result<OpenedStore> ggufFile(const std::string& path, const Progress& progress = {});

/// The tokeniser in a file's settings (`tokenizer.ggml.*`); nothing where the file has none. TokenizerUnsupported (item = key, found =
/// value) for kinds of splitting that are not known here; TokenizerInvalid.
Result<std::optional<TokenizerRecord>> ggufTokenizer(const GgufFile& file);

}  // namespace hs
