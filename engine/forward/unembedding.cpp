// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/unembedding.h"

#include <algorithm>

#include "engine/forward/block.h"
#include "engine/tensor/gemm.h"

namespace hs {

void Unembedding::multiply(ViewF x, std::ptrdiff_t c0, MutViewF c) const
{
    if (tied()) gemm(false, true, 1.0f, x, embedding->wE.view().block(c0, 0, c.cols, width()), 0.0f, c);
    else gemm(false, false, 1.0f, x, output->wU.view().block(0, c0, width(), c.cols), 0.0f, c);
    if (output->bU.empty()) return;
    for (std::ptrdiff_t r = 0; r < c.rows; ++r) addTo(c.row(r), output->bU.data() + c0, c.cols);
}

void Unembedding::addColumns(ViewF p, std::ptrdiff_t c0, MutViewF c) const
{
    if (tied()) gemm(false, false, 1.0f, p, embedding->wE.view().block(c0, 0, p.cols, width()), 1.0f, c);
    else gemm(false, true, 1.0f, p, output->wU.view().block(0, c0, width(), p.cols), 1.0f, c);
}

Result<Unembedding> unembedding(const Model& model, const Progress& progress)
{
    const ModelConfig& config = model.config();
    if (!model.canPredict()) return Error{ErrorCode::ModelPartial, {}, "unembed/W_U", {}, {}};
    Unembedding u;
    auto output = model.output(progress);
    if (!output) return output.error();
    u.output = *output;
    if (config.output == OutputKind::Tied) {
        auto embedding = model.embedding(progress);
        if (!embedding) return embedding.error();
        u.embedding = *embedding;
    }
    if (u.width() != config.dModel)
        return Error{ErrorCode::ShapeMismatch, {}, "unembed/W_U", std::to_string(u.width()), std::to_string(config.dModel)};
    if (!u.output->bU.empty() && static_cast<std::ptrdiff_t>(u.output->bU.size()) != u.vocabulary())
        return Error{ErrorCode::ShapeMismatch, {}, "unembed/b_U", std::to_string(u.output->bU.size()), std::to_string(u.vocabulary())};
    return u;
}

MatrixF finalNorm(const Model& model, const Unembedding& u, ViewF resid)
{
    MatrixF x = MatrixF::uninitialised(resid.rows, resid.cols);
    if (u.output->hasLnFinal) block::normRows(model.config(), u.output->lnFinal, resid, x.view());
    else for (std::ptrdiff_t r = 0; r < resid.rows; ++r) std::copy_n(resid.row(r), resid.cols, x.row(r));
    return x;
}

}  // namespace hs
