// SPDX-License-Identifier: GPL-3.0-or-later
// Windows of attention as Hugging Face and TransformerLens write them.
#pragma once

#include <functional>
#include <string>

#include "engine/io/bytes/json_text.h"

namespace hs {

/// Calls `add` with "window" where the family's rule says which layers have one, else with "window_limit": prompts no longer than that
/// see everything whichever layers have it. Nothing for settings that switch windows off, or that say `window` themselves.
/// ConfigInvalid (item = layer_types) for words that the engine does not know and windows without a size.
Status addWindows(const nlohmann::json& object, const std::string& file, const std::function<void(const char*, std::string)>& add);

}  // namespace hs
