// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/result.h"

namespace hs {

/// Base, fraction and scaling of rotary positions, in both spellings of transformers (rope_parameters; rope_theta, partial_rotary_factor and
/// rope_scaling), for all layers or for full and windowed layers apart: adds values of rotary_base, rotary_fraction, rotary_scaling,
/// rotary_base_local and rotary_scaling_local. ConfigInvalid (item = entry, found, expected) for a kind or an entry whose arithmetic is not
/// known.
Status addRotary(const nlohmann::json& object, const std::string& file, const std::function<void(const char*, std::string)>& add);

}  // namespace hs
