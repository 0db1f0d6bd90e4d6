// SPDX-License-Identifier: GPL-3.0-or-later
// What requests share when they say what they are about and whether they are short.
#pragma once

#include <memory>
#include <string>

#include "engine/forward/run.h"
#include "engine/model/model.h"

namespace hs {

inline constexpr int kShortPrompt = 256;  ///< tokens; bytes of a text that is not cut into tokens yet

inline std::string pathOf(const std::shared_ptr<const Model>& model) { return model ? model->identity().path : std::string(); }

/// Prompts of a screen or two run in a blink: a head switched, or a text typed, does not wait for a sweep.
inline bool isShort(const std::shared_ptr<const Run>& run) { return run && run->queries() <= kShortPrompt; }

}  // namespace hs
