// SPDX-License-Identifier: GPL-3.0-or-later
// TransformerLens `head_detector` for cross-checking, on numbers of its own (engine/methods/circuits.md section 1.3). Labels use targets.h.
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/model/visibility.h"
#include "engine/tensor/matrix.h"

namespace hs {

enum class DetectionPattern { PreviousToken, DuplicateToken, Induction };
enum class DetectionError { Mul, Abs };

struct DetectionOptions {
    DetectionError error = DetectionError::Mul;
    bool excludeBos = false;           ///< column 0 does not count
    bool excludeCurrentToken = false;  ///< the diagonal does not count
    bool roundAbs = false;             ///< three digits, as TransformerLens gives them
};

/// Lower triangular 0/1 matrix [n, n]. Induction is the duplicate pattern moved one column to the right.
MatrixF detectionPattern(DetectionPattern pattern, const std::vector<int>& ids);

/// mul: sum(A D) / sum(A), in [0, 1]; abs: 1 - n mean|A - D|, in [-1, 1]. `attention` and `pattern` are [n, n] and stay as they are.
/// NaN when everything is excluded (0/0). ShapeMismatch; InvalidArgument for a pattern above the diagonal or n < 2.
Result<double> detectHead(ViewF attention, ViewF pattern, const DetectionOptions& options = {});
/// The same for attention that is even over what a row can see: there is no chance level in the score itself.
Result<double> detectUniform(ViewF pattern, const DetectionOptions& options = {}, Visibility mask = {});

}  // namespace hs
