// SPDX-License-Identifier: GPL-3.0-or-later
// The decision procedure of engine/methods/patterns.md sections 3 and 12: from evidence to labels.
#pragma once

#include <vector>

#include "engine/analysis/labels/evidence.h"
#include "engine/analysis/labels/preset.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

/// Labels of every head in `heads`, best variant of each label only, primary chosen, scores attached. All evidence is tested
/// jointly: `tests` becomes the number of tests corrected for. Explained mass, causes and notes of stages are filled by others.
/// Cancelled.
Result<std::vector<HeadReport>> decideLabels(const std::vector<HeadId>& heads, const std::vector<DetectorOutput>& outputs,
                                             const LabelPreset& preset, std::uint64_t seed, int& tests, const Progress& progress = {});

}  // namespace hs
