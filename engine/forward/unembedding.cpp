// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/unembedding.h"

#include <algorithm>

#include "engine/forward/block.h"
#include "engine/forward/nonlinearity.h"
#include "engine/tensor/gemm.h"

namespace hs {

ViewF Unembedding::columns(std::ptrdiff_t c0, std::ptrdiff_t cols) const
{
    return tied() ? embedding->wE.view().block(c0, 0, cols, width()) : output->wU.view().block(0, c0, width(), cols);
}

void Unembedding::finish(std::ptrdiff_t c0, MutViewF c) const
{
    for (std::ptrdiff_t r = 0; r < c.rows; ++r) {
        if (!output->bU.empty()) addTo(c.row(r), output->bU.data() + c0, c.cols);
        if (cap > 0) softCapInPlace(c.row(r), c.cols, cap);
    }
}

void Unembedding::multiply(ViewF x, std::ptrdiff_t c0, MutViewF c) const
{
    gemm(false, tied(), 1.0f, x, columns(c0, c.cols), 0.0f, c);
    finish(c0, c);
}

void Unembedding::multiplyByRows(ViewF x, std::ptrdiff_t c0, MutViewF block, const RowsDone& done) const
{
    gemmByRows(tied(), x, columns(c0, block.cols), block, [&](MutViewF rows, std::ptrdiff_t row0) {
        finish(c0, rows);
        done(rows, row0);
    });
}

void Unembedding::addColumns(ViewF p, std::ptrdiff_t c0, MutViewF c) const { gemm(false, !tied(), 1.0f, p, columns(c0, p.cols), 1.0f, c); }

Result<Unembedding> unembedding(const Model& model, const Progress& progress)
{
    const ModelConfig& config = model.config();
    if (!model.canPredict()) return Error::of(ErrorCode::ModelPartial, "unembed/W_U");
    Unembedding u;
    u.cap = static_cast<float>(config.finalSoftcap);
    auto output = model.output(progress);
    if (!output) return output.error();
    u.output = *output;
    if (config.output == OutputKind::Tied) {
        auto embedding = model.embedding(progress);
        if (!embedding) return embedding.error();
        u.embedding = *embedding;
    }
    const MatrixF& transform = u.output->wT;
    if (config.outputTransform && transform.rows() != config.dModel)
        return Error::shape("unembed/W_T", std::to_string(transform.rows()), std::to_string(config.dModel));
    const std::ptrdiff_t reads = config.outputTransform ? transform.cols() : config.dModel;
    if (u.width() != reads) return Error::shape("unembed/W_U", std::to_string(u.width()), std::to_string(reads));
    if (!u.output->bU.empty() && static_cast<std::ptrdiff_t>(u.output->bU.size()) != u.vocabulary())
        return Error::shape("unembed/b_U", std::to_string(u.output->bU.size()), std::to_string(u.vocabulary()));
    return u;
}

MatrixF onlyFinalNorm(const Model& model, const OutputWeights& output, ViewF resid)
{
    MatrixF x = MatrixF::uninitialised(resid.rows, resid.cols);
    if (output.hasLnFinal) block::normRows(model.config(), output.lnFinal, resid, x.view());
    else
        for (std::ptrdiff_t r = 0; r < resid.rows; ++r) std::copy_n(resid.row(r), resid.cols, x.row(r));
    return x;
}

MatrixF beforeActivation(const OutputWeights& output, ViewF y)
{
    MatrixF u = MatrixF::uninitialised(y.rows, output.wT.cols());
    gemmParallel(false, false, 1.0f, y, output.wT.view(), 0.0f, u.view(), {});
    for (std::ptrdiff_t r = 0; r < u.rows() && !output.bT.empty(); ++r) addTo(u.row(r), output.bT.data(), u.cols());
    return u;
}

MatrixF finalNorm(const Model& model, const Unembedding& u, ViewF resid)
{
    MatrixF x = onlyFinalNorm(model, *u.output, resid);
    if (!model.config().outputTransform) return x;
    MatrixF t = beforeActivation(*u.output, std::as_const(x).view());
    for (std::ptrdiff_t r = 0; r < t.rows(); ++r) activateInPlace(model.config().outputActivation, t.row(r), t.cols());
    block::normRows(model.config().forEmbeddingNorm(), u.output->lnT, std::as_const(t).view(), t.view());
    return t;
}

Status logitsAreSums(const Model& model)
{
    if (!model.config().outputTransform) return {};
    return Error::in(model.identity().path, ErrorCode::InvalidArgument, "output_transform", "true", "false");
}

}  // namespace hs
