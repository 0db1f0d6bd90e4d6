// SPDX-License-Identifier: GPL-3.0-or-later
// The parity light: our numbers against a stored reference.
#pragma once

#include <memory>
#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/model.h"

namespace hs {

struct ParityReport {
    bool found = false;  ///< a reference lies beside the model (reference.h5: attention-dump schema, or prompt_<k> groups)
    std::string referencePath;
    int prompts = 0;
    double maxLogit = 0;      ///< largest |difference| of logits
    double maxAttention = 0;  ///< largest |difference| of attention; NaN: the reference has none
    double maxLogitAllowed = 1e-4;
    double maxAttentionAllowed = 1e-5;
    bool tokensEqual = true;
    bool matches = false;
    std::string madeWith;  ///< framework as the reference names it
};

/// Runs every prompt of reference.h5 beside the model and compares. found = false when there is none.
Result<ParityReport> checkParity(const std::shared_ptr<const Model>& model, const Progress& progress = {});

}  // namespace hs
