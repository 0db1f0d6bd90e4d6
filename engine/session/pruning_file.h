// SPDX-License-Identifier: GPL-3.0-or-later
// A pruning experiment as a file: saved, compared with others, gone on with.
#pragma once

#include <string>

#include "engine/analysis/pruning/pruning.h"
#include "engine/session/texts.h"

namespace hs {

/// {"format": "headscope-pruning", ...}: settings, provenance, every order with its points and the losses of each prompt.
/// `test` and `calibration`: where the texts came from, so that the experiment can be measured on; null: not written.
std::string pruningJson(const PruningCurve& curve, const TextRequest* test = nullptr, const TextRequest* calibration = nullptr);
/// What pruningJson made. JsonInvalid (item = what is wrong) for anything else; FormatTooNew for a later version.
Result<PruningCurvePtr> pruningFromJson(const std::string& text, const std::string& file);
/// From a file.
Result<PruningCurvePtr> readPruning(const std::string& path);

/// An experiment with its texts' sources: files, longest prompt, most prompts. Texts without files were not written with it.
struct PruningExperiment {
    PruningCurvePtr curve;
    TextRequest test, calibration;
};
/// Errors of readPruning.
Result<PruningExperiment> readExperiment(const std::string& path);

}  // namespace hs
