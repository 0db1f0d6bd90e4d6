// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/forward/sweep: losses of many prompts' residuals stacked into one tall matrix.
#pragma once

#include <vector>

#include "engine/base/progress.h"
#include "engine/forward/sweep/sweep.h"
#include "engine/forward/unembedding.h"

namespace hs::sweep {

/// What a row's prediction is compared with.
struct RowTarget {
    int next = -1;  ///< id that is wanted; -1: none, as at the last position of a prompt
};

struct RowScore {
    double lse = 0;      ///< log-sum-exp of the logits
    float target = 0;    ///< logit of the wanted id
    bool right = false;  ///< no other token is more probable (nor equal with a lower id)
};

/// Scores of every row of y, the input of the unembedding. Cancelled; NotFinite (item = row).
Result<std::vector<RowScore>> scoreRows(const Unembedding& u, ViewF y, const std::vector<RowTarget>& targets, const Progress& progress);

/// sum_v p0 (logit0 - logit) of every row, p0 and logit0 those of row y0 with log-sum-exp lse0: what KL needs where a soft cap keeps
/// logits from being linear in y. False when stopped.
bool expectedDifferences(const Unembedding& u, ViewF y, ViewF y0, const std::vector<double>& lse0, std::vector<double>& out,
                         const Progress& progress);

/// [rows, d]: mean column of W_U under each row's predicted distribution; `lse` as scoreRows gave it. False when stopped.
bool expectedColumns(const Unembedding& u, ViewF y, const std::vector<double>& lse, MatrixF& out, const Progress& progress);

}  // namespace hs::sweep
