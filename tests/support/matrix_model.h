// SPDX-License-Identifier: GPL-3.0-or-later
// A model whose attention weights a test writes down.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "engine/model/model.h"

namespace hs::test {

class MatrixSource final : public WeightSource {
public:
    explicit MatrixSource(std::vector<LayerWeights> layers) : m_layers(std::move(layers)) {}
    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress&) override
    {
        return std::make_shared<const LayerWeights>(m_layers[static_cast<std::size_t>(index)]);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress&) override
    {
        return Error::of(ErrorCode::TensorMissing, "embed/W_E");
    }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress&) override
    {
        return Error::of(ErrorCode::TensorMissing, "unembed/W_U");
    }

private:
    std::vector<LayerWeights> m_layers;
};

/// Rows of numbers as a matrix.
inline MatrixF matrixOf(const std::vector<std::vector<double>>& rows)
{
    MatrixF m(static_cast<std::ptrdiff_t>(rows.size()), rows.empty() ? 0 : static_cast<std::ptrdiff_t>(rows.front().size()));
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < rows[r].size(); ++c)
            m(static_cast<std::ptrdiff_t>(r), static_cast<std::ptrdiff_t>(c)) = static_cast<float>(rows[r][c]);
    return m;
}

/// Layers as given; sizes of the configuration follow from them. Columns of W_Q, W_K, W_V are [d, heads * dh], W_O is [heads * dh, d].
inline std::shared_ptr<const Model> matrixModel(std::vector<LayerWeights> layers, int heads, int kvHeads, int dModel, int dHead,
                                                NormKind norm = NormKind::LayerNorm)
{
    Model::Parts parts;
    parts.identity.name = "matrices";
    ModelConfig& c = parts.config;
    c.nLayers = static_cast<int>(layers.size());
    c.nHeads = heads;
    c.nKvHeads = kvHeads;
    c.dModel = dModel;
    c.dHead = dHead;
    c.attnOnly = true;
    c.norm = norm;
    c.output = OutputKind::None;
    parts.missing = {Part::TokenEmbedding, Part::Unembedding};
    for (std::size_t l = 0; l < layers.size(); ++l) {
        layers[l].layer = static_cast<int>(l);
        layers[l].nHeads = heads;
        layers[l].nKvHeads = kvHeads;
        layers[l].dHead = dHead;
    }
    parts.source = std::make_shared<MatrixSource>(std::move(layers));
    return std::make_shared<const Model>(std::move(parts));
}

}  // namespace hs::test
