// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/text/models/subword_model.h"
#include "engine/text/models/vocab_index.h"

namespace hs {

/// SentencePiece's byte-pair encoding (Kudo and Richardson 2018): from single characters on, the neighbours whose
/// concatenation is the piece of highest score are joined, the leftmost of equals; what is no piece in the end becomes
/// its bytes or the unknown token.
class ScoreBpeModel final : public SubwordModel {
public:
    /// `index` holds the pieces that text may become; scores[id] are finite. `byteIds` has 256 ids, or is empty without
    /// byte fallback.
    ScoreBpeModel(VocabIndex index, std::vector<float> scores, std::vector<int> byteIds, std::optional<int> unk)
        : m_index(std::move(index)), m_scores(std::move(scores)), m_byteIds(std::move(byteIds)), m_unk(unk)
    {}
    Status encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const override;

private:
    VocabIndex m_index;
    std::vector<float> m_scores;
    std::vector<int> m_byteIds;
    std::optional<int> m_unk;
};

}  // namespace hs
