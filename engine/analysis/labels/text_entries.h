// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/analysis/catalogue.h"

namespace hs {

/// Catalogue entries of the text detectors.
const std::vector<AnalysisEntry>& textEntries();
/// The trust procedure itself: rules of evidence that every label shares.
const AnalysisEntry& trustEntry();

}  // namespace hs
