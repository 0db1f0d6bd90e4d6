// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/text/models/subword_model.h"

namespace hs {

/// Unigram language model (Kudo 2018): the segmentation with the largest sum of scores, by Viterbi. A character that no
/// piece begins with costs the lowest score less 10; neighbouring unknowns are one token.
class UnigramModel final : public SubwordModel {
public:
    /// scores[id] belong to pieces[id] and are finite. byteIds: 256 ids, or empty without byte fallback.
    UnigramModel(const std::vector<std::string>& pieces, std::vector<float> scores, std::optional<int> unk, std::vector<int> byteIds);
    Status encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const override;

private:
    struct Entry {
        std::string piece;
        int id;
    };
    std::vector<Entry> m_sorted;  ///< by piece: all pieces that begin a text lie in a range that narrows byte by byte
    std::vector<float> m_scores;
    double m_unknownScore = 0.0;
    std::optional<int> m_unk;
    std::vector<int> m_byteIds;
};

}  // namespace hs
