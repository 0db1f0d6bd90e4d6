// SPDX-License-Identifier: GPL-3.0-or-later
// A pruning experiment as a file: saved, compared with others, gone on with.
#pragma once

#include <string>

#include "engine/analysis/pruning/pruning.h"

namespace hs {

/// {"format": "headscope-pruning", ...}: settings, provenance, every order with its points and the losses of each prompt.
std::string pruningJson(const PruningCurve& curve);
/// What pruningJson made. JsonInvalid (item = what is wrong) for anything else; FormatTooNew for a later version.
Result<PruningCurvePtr> pruningFromJson(const std::string& text, const std::string& file);
/// From a file.
Result<PruningCurvePtr> readPruning(const std::string& path);

}  // namespace hs
