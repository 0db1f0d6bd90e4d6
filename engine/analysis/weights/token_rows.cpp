// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/weights/token_rows.h"

#include <algorithm>

#include "engine/analysis/synthetic/vocabulary.h"
#include "engine/forward/mlp.h"
#include "engine/model/block_plan.h"
#include "engine/tensor/gemm.h"
#include "engine/tensor/nn.h"

namespace hs {
namespace {

void normInto(const ModelConfig& config, const NormWeights& norm, bool bias, ViewF in, MutViewF out)
{
    for (std::ptrdiff_t r = 0; r < in.rows; ++r) {
        const float* w = norm.w.empty() ? nullptr : norm.w.data();
        const float* b = bias && !norm.b.empty() ? norm.b.data() : nullptr;
        if (config.norm == NormKind::LayerNorm) layerNorm(out.row(r), in.row(r), w, b, in.cols, config.eps);
        else if (config.norm == NormKind::RmsNorm) rmsNorm(out.row(r), in.row(r), w, b, in.cols, config.eps);
        else std::copy_n(in.row(r), in.cols, out.row(r));
    }
}

void readOutput(const ModelConfig& config, const OutputWeights& output, const EmbeddingWeights& embedding, TokenRows& t)
{
    const bool tied = output.wU.empty();
    const std::ptrdiff_t d = config.dModel;
    const bool centre = output.hasLnFinal && config.norm == NormKind::LayerNorm;
    t.unembedding = MatrixF(static_cast<std::ptrdiff_t>(t.ids.size()), d);
    for (std::ptrdiff_t i = 0; i < t.unembedding.rows(); ++i)
        for (std::ptrdiff_t k = 0; k < d; ++k)
            t.unembedding(i, k) =
                tied ? embedding.wE(t.ids[static_cast<std::size_t>(i)], k) : output.wU(k, t.ids[static_cast<std::size_t>(i)]);
    t.logit = t.unembedding;
    t.bias.assign(t.ids.size(), 0.0f);
    for (std::ptrdiff_t i = 0; i < t.logit.rows(); ++i) {
        double bias =
                   output.bU.empty() ? 0.0 : static_cast<double>(output.bU[static_cast<std::size_t>(t.ids[static_cast<std::size_t>(i)])]),
               mean = 0;
        float* row = t.logit.row(i);
        for (std::ptrdiff_t k = 0; k < d; ++k) {
            const auto at = static_cast<std::size_t>(k);
            if (output.hasLnFinal && !output.lnFinal.b.empty())
                bias += static_cast<double>(output.lnFinal.b[at]) * static_cast<double>(row[k]);
            if (output.hasLnFinal && !output.lnFinal.w.empty()) row[k] *= output.lnFinal.w[at];
            mean += static_cast<double>(row[k]) / static_cast<double>(d);
        }
        // (x - mean x) . u = x . (u - mean u)
        if (centre)
            for (std::ptrdiff_t k = 0; k < d; ++k) row[k] -= static_cast<float>(mean);
        t.bias[static_cast<std::size_t>(i)] = static_cast<float>(bias);
    }
}

}  // namespace

Result<TokenRows> tokenRows(const Model& model, int limit, std::uint64_t seed, const Progress& progress)
{
    const SyntheticVocabulary vocabulary = syntheticVocabulary(model);
    SeededRandom random(seed, 0x766f636162);
    std::vector<int> ids = vocabulary.size() > limit ? drawDistinct(vocabulary, limit, random) : vocabulary.ids;
    std::sort(ids.begin(), ids.end());
    auto rows = tokenRowsOf(model, std::move(ids), progress);
    if (rows) rows->vocabulary = vocabulary.size();
    return rows;
}

Result<TokenRows> tokenRowsOf(const Model& model, std::vector<int> ids, const Progress& progress)
{
    if (model.lacks(Part::TokenEmbedding)) return Error::of(ErrorCode::ModelPartial, "W_E");
    const ModelConfig& config = model.config();
    const auto embedding = model.embedding(progress);
    if (!embedding) return embedding.error();
    if (!(*embedding)->wWiden.empty()) return Error::of(ErrorCode::InvalidArgument, "embed/W_widen");
    TokenRows t;
    t.ids = std::move(ids);
    t.vocabulary = static_cast<int>(t.ids.size());
    t.raw = MatrixF(static_cast<std::ptrdiff_t>(t.ids.size()), config.dModel);
    for (std::ptrdiff_t i = 0; i < t.raw.rows(); ++i)
        scaleInto(t.raw.row(i), (*embedding)->wE.row(t.ids[static_cast<std::size_t>(i)]), static_cast<float>(config.embedScale),
                  t.raw.cols());
    if ((*embedding)->hasNorm) {
        MatrixF normed(t.raw.rows(), t.raw.cols());
        normInto(config.forEmbeddingNorm(), (*embedding)->norm, true, t.raw.view(), normed.view());
        t.raw = std::move(normed);
    }
    t.hasMlp = !config.attnOnly && config.normPlace != NormPlace::Post && !model.lacks(Part::Mlp) && config.nLayers > 0;
    t.effective = t.raw;
    if (t.hasMlp) {
        const auto first = model.layer(0, progress);
        if (!first) return first.error();
        if (((*first)->wIn.empty() || (*first)->wOut.empty()) && !(*first)->experts) t.hasMlp = false;
        else t.effective = afterMlp(config, **first, std::as_const(t.raw).view());
    }
    if (config.output != OutputKind::None && !model.lacks(Part::Unembedding) && config.predictsNext()) {
        const auto output = model.output(progress);
        if (!output) return output.error();
        readOutput(config, **output, **embedding, t);
    }
    return t;
}

MatrixF readByAttention(const ModelConfig& config, const NormWeights& ln1, ViewF rows)
{
    MatrixF out(rows.rows, rows.cols);
    if (normBefore(blockPlan(config), Branch::Attention) == BlockNorm::Ln1) {
        normInto(config, ln1, false, rows, out.view());
    } else {
        for (std::ptrdiff_t r = 0; r < rows.rows; ++r) std::copy_n(rows.row(r), rows.cols, out.row(r));
    }
    return out;
}

MatrixF centredColumns(ViewF rows)
{
    MatrixF out(rows.rows, rows.cols);
    std::vector<double> mean(static_cast<std::size_t>(rows.cols));
    for (std::ptrdiff_t r = 0; r < rows.rows; ++r)
        for (std::ptrdiff_t c = 0; c < rows.cols; ++c)
            mean[static_cast<std::size_t>(c)] += static_cast<double>(rows(r, c)) / static_cast<double>(rows.rows);
    for (std::ptrdiff_t r = 0; r < rows.rows; ++r)
        for (std::ptrdiff_t c = 0; c < rows.cols; ++c)
            out(r, c) = static_cast<float>(static_cast<double>(rows(r, c)) - mean[static_cast<std::size_t>(c)]);
    return out;
}

MatrixF productOverRows(ViewF a, ViewF b)
{
    MatrixF out(a.cols, b.cols);
    gemmParallel(true, false, 1.0f, a, b, 0.0f, out.view());
    return out;
}

}  // namespace hs
