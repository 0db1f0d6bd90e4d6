// SPDX-License-Identifier: GPL-3.0-or-later
// A compiled induction model (engine/methods/circuits.md section 9.1): two layers of one head, attention only, no norm, every weight known.
// Residual slots [token | position | prev | out]; V = 7, T = 9, gain 30. BOS is 0; the golden sequence is 0,1,2,3,4,1,2,3,4.
#pragma once

#include <cmath>
#include <memory>

#include "tests/support/random_model.h"

namespace hs::test {

inline const std::vector<int>& inductionTokens()
{
    static const std::vector<int> ids{0, 1, 2, 3, 4, 1, 2, 3, 4};
    return ids;
}

/// The first half exchanged in pairs: row 5 now asks for 4.
inline std::vector<int> corruptedTokens() { return {0, 2, 1, 4, 3, 1, 2, 3, 4}; }

class InductionSource final : public WeightSource {
public:
    static constexpr int V = 7, T = 9, d = 3 * V + T, dh = 9;
    static constexpr int tok = 0, pos = V, prev = V + T, out = 2 * V + T;
    static constexpr float gain = 30.0f;

    explicit InductionSource(bool grouped = false) : m_heads(grouped ? 2 : 1) {}

    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress&) override
    {
        auto w = std::make_shared<LayerWeights>();
        w->layer = index;
        w->nHeads = m_heads;
        w->nKvHeads = 1;
        w->dHead = dh;
        w->wQ = MatrixF(d, m_heads * dh);
        w->wK = w->wV = MatrixF(d, dh);
        w->wO = MatrixF(m_heads * dh, d);
        const float root = std::sqrt(static_cast<float>(dh));
        if (index == 0) {
            for (int i = 0; i < T; ++i) w->wQ(pos + i, i) = gain * root;
            for (int i = 0; i + 1 < T; ++i) w->wK(pos + i, i + 1) = 1;  // the key at i answers the query at i + 1
            w->wK(pos, 0) = 1;                                          // position 0 looks at itself
            identity(w->wV, tok, 0);
            identity(w->wO, 0, prev);
        } else {
            for (int t = 0; t < V; ++t) w->wQ(tok + t, t) = gain * root;
            identity(w->wK, prev, 0);
            identity(w->wV, tok, 0);
            identity(w->wO, 0, out);
        }
        return std::shared_ptr<const LayerWeights>(w);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress&) override
    {
        auto w = std::make_shared<EmbeddingWeights>();
        w->wE = MatrixF(V, d);
        identity(w->wE, 0, tok);
        w->wPos = MatrixF(T, d);
        for (int i = 0; i < T; ++i) w->wPos(i, pos + i) = 1;
        return std::shared_ptr<const EmbeddingWeights>(w);
    }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress&) override
    {
        auto w = std::make_shared<OutputWeights>();
        w->wU = MatrixF(d, V);
        for (int t = 0; t < V; ++t) w->wU(out + t, t) = 10;
        return std::shared_ptr<const OutputWeights>(w);
    }

private:
    /// V ones from (row, column) down the diagonal.
    static void identity(MatrixF& m, int row, int column)
    {
        for (int t = 0; t < V; ++t) m(row + t, column + t) = 1;
    }
    int m_heads = 1;
};

/// `grouped`: two query heads on one key and value head, the second query head zero.
inline std::shared_ptr<const Model> inductionModel(bool grouped = false)
{
    Model::Parts parts;
    parts.identity.name = "compiled induction";
    parts.identity.layout = "compiled";
    parts.identity.weightDtype = "fp32";
    ModelConfig& c = parts.config;
    c.modelType = "compiled";
    c.nLayers = 2;
    c.nHeads = grouped ? 2 : 1;
    c.nKvHeads = 1;
    c.dModel = InductionSource::d;
    c.dHead = InductionSource::dh;
    c.dVocab = InductionSource::V;
    c.nCtx = InductionSource::T;
    c.attnOnly = true;
    c.norm = NormKind::None;
    c.position = PositionKind::Learned;
    c.output = OutputKind::Untied;
    parts.source = std::make_shared<InductionSource>(grouped);
    return std::make_shared<const Model>(std::move(parts));
}

}  // namespace hs::test
