// SPDX-License-Identifier: GPL-3.0-or-later
// An induction circuit written into weights by hand (methods/circuits section 9.1): attention only, no norm, 2 layers x 1 head.
// V = 7, T = 9, d = 30 slots [token 0..6 | position 7..15 | previous 16..22 | out 23..29], d_head = 9.
#pragma once

#include "tests/support/random_model.h"

namespace hs::test {

class InductionSource final : public WeightSource {
public:
    static constexpr int kVocabulary = 7, kContext = 9, kWidth = 3 * kVocabulary + kContext, kHead = kContext;
    static constexpr int kToken = 0, kPosition = kVocabulary, kPrevious = kPosition + kContext, kOut = kPrevious + kVocabulary;
    static constexpr float kGain = 30.0f;

    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress&) override
    {
        auto w = std::make_shared<LayerWeights>();
        w->layer = index;
        w->nHeads = w->nKvHeads = 1;
        w->dHead = kHead;
        w->wQ = w->wK = w->wV = MatrixF(kWidth, kHead);
        w->wO = MatrixF(kHead, kWidth);
        if (index == 0) {
            // Row i matches key i - 1; row 0 itself.
            for (int p = 0; p < kContext; ++p) {
                w->wQ(kPosition + p, p) = kGain;
                if (p + 1 < kContext) w->wK(kPosition + p, p + 1) = 1;
            }
            w->wK(kPosition, 0) = 1;
        }
        for (int t = 0; t < kVocabulary; ++t) {
            if (index == 1) {
                w->wQ(kToken + t, t) = kGain;
                w->wK(kPrevious + t, t) = 1;
            }
            w->wV(kToken + t, t) = 1;
            w->wO(t, (index == 0 ? kPrevious : kOut) + t) = 1;
        }
        return std::shared_ptr<const LayerWeights>(w);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress&) override
    {
        auto w = std::make_shared<EmbeddingWeights>();
        w->wE = MatrixF(kVocabulary, kWidth);
        w->wPos = MatrixF(kContext, kWidth);
        for (int t = 0; t < kVocabulary; ++t) w->wE(t, kToken + t) = 1;
        for (int p = 0; p < kContext; ++p) w->wPos(p, kPosition + p) = 1;
        return std::shared_ptr<const EmbeddingWeights>(w);
    }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress&) override
    {
        auto w = std::make_shared<OutputWeights>();
        w->wU = MatrixF(kWidth, kVocabulary);
        for (int t = 0; t < kVocabulary; ++t) w->wU(kOut + t, t) = 10;
        return std::shared_ptr<const OutputWeights>(w);
    }
};

inline std::shared_ptr<const Model> inductionModel()
{
    Model::Parts parts;
    parts.identity.name = "induction";
    parts.config = smallConfig(2, 1, InductionSource::kWidth, InductionSource::kVocabulary, InductionSource::kContext);
    parts.config.dHead = InductionSource::kHead;
    parts.config.attnScale = 1;
    parts.config.attnOnly = true;
    parts.config.dMlp = 0;
    parts.config.norm = NormKind::None;
    parts.config.output = OutputKind::Untied;
    parts.source = std::make_shared<InductionSource>();
    return std::make_shared<const Model>(std::move(parts));
}

/// BOS 1 2 3 4 1 2 3 4: rows 5, 6 and 7 can be completed.
inline std::vector<int> inductionTokens() { return {0, 1, 2, 3, 4, 1, 2, 3, 4}; }
/// The first half exchanged in pairs: row 5 now asks for 4.
inline std::vector<int> corruptedTokens() { return {0, 2, 1, 4, 3, 1, 2, 3, 4}; }

}  // namespace hs::test
