// SPDX-License-Identifier: GPL-3.0-or-later
// How alike head outputs are: linear CKA (Kornblith et al. 2019) of z, or of z W_O, over the tokens of a corpus (engine/methods/patterns.md section 7).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/forward/run.h"

namespace hs {

struct OutputCkaOptions {
    /// z: what W_O reads, d_head wide. z W_O: what each head adds to the residual stream (its share, without b_O).
    bool throughOutput = false;
    int maxTokens = 4096;  ///< kept over all documents: an equal part of each, one from each of as many equal stretches
    std::uint64_t seed = 1;
};

/// Position 0 and special tokens are dropped: their massive norms would make every sink head look alike. Tokens are pooled over the
/// documents. Memory: tokens x heads x d_head floats; maps and runs are not kept.
class OutputCka {
public:
    /// `documents` is how many will come: it sets each one's part of maxTokens.
    OutputCka(std::shared_ptr<const Model> model, int documents, OutputCkaOptions options);

    /// A complete run of the model. InvalidArgument (another model, not complete), what reading z gives, Cancelled.
    Status add(const Run& run, const Progress& progress = {});

    std::int64_t tokens() const { return m_tokens; }
    /// CKA of fewer is biased upwards; the caller says so.
    std::int64_t recommendedTokens() const;

    struct Matrix {
        std::vector<HeadId> heads;   ///< layer-major
        std::vector<double> values;  ///< [heads, heads], symmetric, 1 on the diagonal; NaN for heads whose output never changes
    };
    /// ||Yc' Xc||_F^2 / (||Xc' Xc||_F ||Yc' Yc||_F), c: column means removed. Products in float, sums of squares in double.
    Result<Matrix> finish(const Progress& progress = {}) const;

private:
    std::shared_ptr<const Model> m_model;
    OutputCkaOptions m_options;
    int m_perDocument = 0;
    std::int64_t m_tokens = 0;
    std::vector<std::vector<float>> m_rows;  ///< [layers] of [tokens, H * d_head]
};

}  // namespace hs
