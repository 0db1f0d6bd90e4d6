// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/forward and engine/analysis: from residuals to logits, any block of positions x vocabulary.
#pragma once

#include <memory>

#include "engine/model/model.h"
#include "engine/tensor/gemm.h"

namespace hs {

/// The unembedding as one of two matrices: W_U [d, outputs], or W_E [V, d] transposed. Behind a transform it is as wide as that.
struct Unembedding {
    std::shared_ptr<const OutputWeights> output;
    std::shared_ptr<const EmbeddingWeights> embedding;  ///< tied only
    float cap = 0;                                      ///< logits become cap tanh(logit / cap); 0: as they are
    bool tied() const { return embedding != nullptr; }
    std::ptrdiff_t vocabulary() const { return tied() ? embedding->wE.rows() : output->wU.cols(); }
    std::ptrdiff_t width() const { return tied() ? embedding->wE.cols() : output->wU.rows(); }

    /// c = x W_U[:, c0 .. c0 + c.cols) + b_U under the soft cap, on the calling thread.
    void multiply(ViewF x, std::ptrdiff_t c0, MutViewF c) const;
    /// The same for many rows, block.rows of them at a time: `done` hears of each lot in `block` before the next overwrites it.
    void multiplyByRows(ViewF x, std::ptrdiff_t c0, MutViewF block, const RowsDone& done) const;
    /// c += p W_U[:, c0 .. c0 + p.cols)^T: columns of W_U weighted by p, on the calling thread.
    void addColumns(ViewF p, std::ptrdiff_t c0, MutViewF c) const;

private:
    /// Columns [c0, c0 + cols) of W_U as the right side of a product; transposed when tied.
    ViewF columns(std::ptrdiff_t c0, std::ptrdiff_t cols) const;
    void finish(std::ptrdiff_t c0, MutViewF c) const;  ///< bias and soft cap
};

/// ModelPartial without output weights, ShapeMismatch.
Result<Unembedding> unembedding(const Model& model, const Progress& progress);

/// What the unembedding reads [rows, u.width()]: the final norm of every row, or a copy where there is none, and of it the transform where
/// the model has one.
MatrixF finalNorm(const Model& model, const Unembedding& u, ViewF resid);

/// The final norm of every row alone, or a copy.
MatrixF onlyFinalNorm(const Model& model, const OutputWeights& output, ViewF resid);
/// y W_T + b_T of every row, before activation and norm.
MatrixF beforeActivation(const OutputWeights& output, ViewF y);
/// Why what reads logits as sums over the residual stream does not run behind a transform: InvalidArgument (item = output_transform).
Status logitsAreSums(const Model& model);

}  // namespace hs
