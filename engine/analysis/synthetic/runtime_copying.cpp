// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "engine/analysis/synthetic/repeats.h"
#include "engine/analysis/synthetic/rows.h"
#include "engine/tensor/gemm.h"
#include "engine/tensor/nn.h"

namespace hs {
namespace {

/// 1 / the divisor of the final norm at a row of the final residual stream, 1 without a norm.
double inverseScale(const ModelConfig& config, bool hasFinalNorm, const float* row)
{
    if (!hasFinalNorm || config.norm == NormKind::None) return 1.0;
    double mean = 0, square = 0;
    const int d = config.dModel;
    if (config.norm == NormKind::LayerNorm)
        for (int i = 0; i < d; ++i) mean += static_cast<double>(row[i]) / d;
    for (int i = 0; i < d; ++i) square += (static_cast<double>(row[i]) - mean) * (static_cast<double>(row[i]) - mean) / d;
    return 1.0 / std::sqrt(square + config.eps);
}

/// Unembedding columns of some ids as rows [ids, d]: W_U transposed, or W_E when tied.
MatrixF unembeddingRows(const OutputWeights& output, const EmbeddingWeights& embedding, const std::vector<int>& ids)
{
    const std::ptrdiff_t d = output.wU.empty() ? embedding.wE.cols() : output.wU.rows();
    MatrixF out(static_cast<std::ptrdiff_t>(ids.size()), d);
    for (std::ptrdiff_t i = 0; i < out.rows(); ++i) {
        const int id = ids[static_cast<std::size_t>(i)];
        for (std::ptrdiff_t k = 0; k < d; ++k) out(i, k) = output.wU.empty() ? embedding.wE(id, k) : output.wU(k, id);
    }
    return out;
}

}  // namespace

Result<std::vector<double>> runtimeCopying(const Run& run, const std::vector<HeadId>& heads, const std::vector<int>& rows,
                                           const std::vector<int>& references, const std::vector<int>& sample)
{
    const ModelConfig& config = run.model->config();
    const auto output = run.model->output();
    const auto embedding = run.model->embedding();
    if (!output) return output.error();
    if (!embedding) return embedding.error();
    const int d = config.dModel, dh = config.dHead, n = run.queries();
    const auto count = static_cast<std::ptrdiff_t>(rows.size());
    const MatrixF unembedding = unembeddingRows(**output, **embedding, sample);
    const std::vector<float>& gain = (*output)->lnFinal.w;
    const bool centre = (*output)->hasLnFinal && config.norm == NormKind::LayerNorm;

    std::vector<double> out(heads.size(), std::numeric_limits<double>::quiet_NaN());
    MatrixF z(count, dh), results(count, d), logits(count, unembedding.rows());
    for (std::size_t h = 0; h < heads.size(); ++h) {
        const auto read = run.model->layer(heads[h].layer);
        if (!read) return read.error();
        const std::shared_ptr<const LayerWeights> weights = withOutputGain(*read);  // a share: positive factors of a row cancel
        const LayerRun& layer = *run.layerRuns[static_cast<std::size_t>(heads[h].layer)];
        if (layer.z.empty()) return Error::argument("z");
        for (std::ptrdiff_t r = 0; r < count; ++r)
            std::copy_n(layer.z.row(rows[static_cast<std::size_t>(r)]) + std::ptrdiff_t(heads[h].head) * dh, dh, z.row(r));
        gemm(false, false, 1.0f, z.view(), weights->headO(heads[h].head), 0.0f, results.view());
        for (std::ptrdiff_t r = 0; r < count; ++r) {
            float* x = results.row(r);
            double mean = 0;
            if (centre)
                for (int i = 0; i < d; ++i) mean += static_cast<double>(x[i]) / d;
            const double scale = inverseScale(config, (*output)->hasLnFinal, run.residFinal.row(rows[static_cast<std::size_t>(r)]));
            for (int i = 0; i < d; ++i)
                x[i] = static_cast<float>((static_cast<double>(x[i]) - mean) * scale
                                          * (gain.empty() ? 1.0 : static_cast<double>(gain[static_cast<std::size_t>(i)])));
        }
        gemm(false, true, 1.0f, results.view(), unembedding.view(), 0.0f, logits.view());
        double sum = 0;
        int counted = 0;
        for (std::ptrdiff_t r = 0; r < count; ++r) {
            const int row = rows[static_cast<std::size_t>(r)];
            const auto attention = run.tile(heads[h], MapKind::Weights, row, 1, 0, n);
            if (!attention) return attention.error();
            const int key = static_cast<int>(argmaxOf(attention->row(0), n));
            if (std::find(references.begin(), references.end(), key) != references.end()) continue;
            const int id = run.queryTokens()[static_cast<std::size_t>(key)].id;
            // The sample may lack the attended token: its logit is one more product.
            std::vector<float> c(logits.row(r), logits.row(r) + logits.cols());
            auto at = static_cast<int>(std::find(sample.begin(), sample.end(), id) - sample.begin());
            if (at == static_cast<int>(sample.size())) {
                const MatrixF one = unembeddingRows(**output, **embedding, {id});
                double dot = 0;
                for (int i = 0; i < d; ++i) dot += static_cast<double>(results(r, i)) * static_cast<double>(one(0, i));
                c.push_back(static_cast<float>(dot));
            }
            const double share = raiseShare(c, at);
            if (std::isnan(share)) continue;
            sum += share;
            ++counted;
        }
        if (counted > 0) out[h] = sum / counted;
    }
    return out;
}

}  // namespace hs
