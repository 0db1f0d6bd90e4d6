// SPDX-License-Identifier: GPL-3.0-or-later
// Files, texts and ids as the prompts that an analysis measures on.
#pragma once

#include "engine/session/importance_events.h"

namespace hs {

/// Prompts of a request. Documents longer than `length` are cut into windows, each with the tokeniser's first special token in
/// front when the document had one; a last window of fewer than 8 tokens is left out when it is not the only one. `document` tells
/// which windows belong together.
/// TextEmpty (nothing to measure; expected "2 ids" for a tokens file), TokenizerMissing, TokenOutOfRange (item "line 3" in a tokens
/// file), FileNotFound and the like; a wrong line of a tokens file is InvalidArgument (item "line 3", found = what stands there);
/// Cancelled.
Result<ImportanceText> promptsOf(const Model& model, const TextRequest& request, const Progress& progress = {});

}  // namespace hs
