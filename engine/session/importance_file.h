// SPDX-License-Identifier: GPL-3.0-or-later
// An importance table as a file: JSON with its provenance, or CSV.
#pragma once

#include <string>

#include "engine/analysis/importance/importance.h"

namespace hs {

/// {"format": "headscope-importance", "score", "normalise", "ablation", "loss", "model", "text", "calibration", ...,
/// "heads": [{"head": "L5H1", "value", "signed", "interval": [lo, hi] or null}]}. Heads carry their original numbers.
std::string importanceJson(const ImportanceTable& table);
/// Columns head, value, signed, lo, hi; lo and hi are empty where there is no interval.
std::string importanceCsv(const ImportanceTable& table);

}  // namespace hs
