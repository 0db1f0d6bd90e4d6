// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/folding.h"

#include <algorithm>
#include <string_view>

#include "engine/model/block_plan.h"

namespace hs {

namespace {

MatrixF transposed(const MatrixF& x)
{
    MatrixF out = MatrixF::uninitialised(x.cols(), x.rows());
    constexpr std::ptrdiff_t tile = 32;
    for (std::ptrdiff_t r0 = 0; r0 < x.rows(); r0 += tile)
        for (std::ptrdiff_t c0 = 0; c0 < x.cols(); c0 += tile)
            for (std::ptrdiff_t c = c0; c < std::min(x.cols(), c0 + tile); ++c)
                for (std::ptrdiff_t r = r0; r < std::min(x.rows(), r0 + tile); ++r) out(c, r) = x(r, c);
    return out;
}

void centre(MatrixF& x)
{
    std::vector<double> mean(static_cast<std::size_t>(x.cols()), 0.0);
    for (std::ptrdiff_t r = 0; r < x.rows(); ++r)
        for (std::ptrdiff_t c = 0; c < x.cols(); ++c) mean[static_cast<std::size_t>(c)] += static_cast<double>(x(r, c));
    for (double& m : mean) m /= static_cast<double>(x.rows());
    for (std::ptrdiff_t r = 0; r < x.rows(); ++r)
        for (std::ptrdiff_t c = 0; c < x.cols(); ++c)
            x(r, c) = static_cast<float>(static_cast<double>(x(r, c)) - mean[static_cast<std::size_t>(c)]);
}

/// The configuration asks for a gain that the file does not have: not the same as a norm without one.
bool gainIsMissing(const Model& model)
{
    return std::any_of(model.missingTensors().begin(), model.missingTensors().end(),
                       [](const std::string& name) { return name.starts_with("layers/") && name.ends_with("/ln1/w"); });
}

}  // namespace

Folding foldingFor(const Model& model, WeightProcessing asked)
{
    const ModelConfig& config = model.config();
    if (asked == WeightProcessing::Raw) return {};
    if (config.norm == NormKind::None || normBefore(blockPlan(config), Branch::Attention) == BlockNorm::None || gainIsMissing(model))
        return {WeightProcessing::Raw, {HeadMatrixNote::FoldingNotApplicable}};
    if (asked == WeightProcessing::FoldedCentred && config.norm != NormKind::LayerNorm)
        return {WeightProcessing::Folded, {HeadMatrixNote::CentringNotApplicable}};
    return {asked, {}};
}

MatrixF roleColumns(const LayerWeights& layer, HeadRole role, WeightProcessing used)
{
    const MatrixF& stored = role == HeadRole::Q ? layer.wQ : role == HeadRole::K ? layer.wK : role == HeadRole::V ? layer.wV : layer.wO;
    if (stored.empty()) return {};
    MatrixF x = role == HeadRole::O ? transposed(stored) : stored;
    if (used == WeightProcessing::Raw) return x;
    const std::vector<float>& gain = layer.ln1.w;
    if (role != HeadRole::O && static_cast<std::ptrdiff_t>(gain.size()) == x.rows())
        for (std::ptrdiff_t r = 0; r < x.rows(); ++r)
            for (std::ptrdiff_t c = 0; c < x.cols(); ++c) x(r, c) *= gain[static_cast<std::size_t>(r)];
    if (used == WeightProcessing::FoldedCentred) centre(x);
    return x;
}

std::vector<double> headColumns(const MatrixF& all, int index, int m)
{
    std::vector<double> out;
    out.reserve(static_cast<std::size_t>(all.rows()) * static_cast<std::size_t>(m));
    for (std::ptrdiff_t r = 0; r < all.rows(); ++r)
        for (int c = 0; c < m; ++c) out.push_back(static_cast<double>(all(r, std::ptrdiff_t(index) * m + c)));
    return out;
}

}  // namespace hs
