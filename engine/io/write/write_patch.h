// SPDX-License-Identifier: GPL-3.0-or-later
// Results of activation patching as HDF5.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/model/model.h"
#include "engine/text/token.h"

namespace hs {

struct PatchFile {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Prompt> clean, corrupt;
    std::string metric, site, direction;
    int answer = -1, wrong = -1;  ///< token ids; -1: none
    std::vector<int> positions;   ///< of the metric
    std::string targetsHash;      ///< of the file that the prompts' targets came from; empty: the loss is that of next tokens
    double cleanValue = 0, corruptValue = 0;
    bool normalised = false;          ///< `effect` is 0 at the patched run and 1 at the other; else it is the change of the metric
    std::vector<std::int64_t> shape;  ///< [L, H], [L, n] or [L, H, n]
    std::string axes;                 ///< "layer, head", "layer, position" or "layer, head, position"
    std::vector<double> effect, value;
};

/// /effect and /value (metric of the patched run), float64 of `shape`, NaN where nothing was patched; /clean_ids, /corrupt_ids.
/// Attributes of the file and of /effect: metric, site, clean, corrupt (the texts), direction, axes, effect ("normalised" or "change"),
/// answer, wrong, positions, clean_metric, corrupt_metric, model, mask_padding (the id that was hidden, -1: none); with targets
/// `targets` (their ids, in the order of positions) and targets_sha256. Errors as writeThroughTemporary, ShapeMismatch.
Status writePatch(const std::string& path, const PatchFile& file);

}  // namespace hs
