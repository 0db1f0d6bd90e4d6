// SPDX-License-Identifier: GPL-3.0-or-later
// Which layers are windowed and which turn their queries and keys, as Hugging Face and TransformerLens write it.
#pragma once

#include <functional>
#include <string>

#include "engine/io/bytes/json_text.h"

namespace hs {

/// Calls `add` with "window" where the family's rule says which layers have one, else with "window_limit": prompts no longer than that
/// see everything whichever layers have it. Nothing for settings that switch windows off, or that say `window` themselves. And with
/// "rotary_layers" in families whose layers turn differently: windowed ones alone (Cohere 2, EXAONE 4), windowed ones by a base of their
/// own (Gemma 3, OLMo 3), those of a list (SmolLM 3). ConfigInvalid (item = layer_types ...) for words that the engine does not know,
/// windows without a size, and lists of another length than the model.
Status addLayerKinds(const nlohmann::json& object, const std::string& file, const std::function<void(const char*, std::string)>& add);

}  // namespace hs
