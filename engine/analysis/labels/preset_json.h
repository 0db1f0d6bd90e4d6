// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/analysis/labels/preset.h"

namespace hs {

/// {"id": "...", "title": "...", "values": {"local.kappa-uniform": 0.4, ...}}; values that are not named keep their defaults.
/// JsonInvalid (item = what is wrong), or what LabelPreset::set says.
Result<LabelPreset> presetFromJson(const std::string& json);
/// Only the values that differ from the defaults.
std::string presetToJson(const LabelPreset& preset);

}  // namespace hs
