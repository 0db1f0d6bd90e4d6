// SPDX-License-Identifier: GPL-3.0-or-later
// An importance table as a file: JSON with its provenance, or CSV.
#pragma once

#include <string>

#include "engine/analysis/importance/importance.h"

namespace hs {

/// {"format": "headscope-importance", "score", "normalise", "ablation", "loss", "model", "text", "calibration", "targets",
/// "mask_padding", ...,
/// "heads": [{"head": "L5H1", "value", "signed", "interval": [lo, hi] or null}]}. Heads carry their original numbers.
std::string importanceJson(const ImportanceTable& table);
/// "targets" is null for the loss of next tokens, or the file's name and hash; "mask_padding" the id whose positions were hidden, or null;
/// "adapter" what was merged into the weights, or null.
/// The same as comments ("# targets: NAME SHA256", "# mask_padding: 0") in front of a CSV, where they are not null.
struct MeasuredLoss {
    std::string csv;   ///< the comments
    std::string json;  ///< {"targets": ..., "mask_padding": ..., "adapter": ...}
};
MeasuredLoss measuredLoss(const ImportanceData& data);

/// Comments, then columns head, value, signed, lo, hi; lo and hi are empty where there is no interval.
std::string importanceCsv(const ImportanceTable& table);

}  // namespace hs
