// SPDX-License-Identifier: GPL-3.0-or-later
// A label report as text: for files, for the cache beside the model and back.
#pragma once

#include <string>

#include "engine/analysis/labels/label.h"
#include "engine/base/result.h"

namespace hs {

/// {"heads": [{"head": "L0H2", "primary": "previous-token" or null, "labels": [{"label", "status", "score", "null", "interval", "p",
/// "q", "n", "view", "cause", ...}], "scores": [...]}], "provenance": {...}, ...}. Numbers that do not exist are null.
std::string reportToJson(const LabelReport& report);
/// JsonInvalid (item = what is missing) for anything that reportToJson does not write.
Result<LabelReport> reportFromJson(const std::string& json);
/// One line for each label and each score of each head; the parameters as lines that begin with #.
std::string reportToCsv(const LabelReport& report);

}  // namespace hs
