// SPDX-License-Identifier: GPL-3.0-or-later
// The ids that synthetic sequences are made of, and whether BOS comes first.
#pragma once

#include <optional>
#include <vector>

#include "engine/base/random.h"
#include "engine/model/model.h"

namespace hs {

struct SyntheticVocabulary {
    std::vector<int> ids;    ///< ascending; no specials and, where ids are in order of frequency, without the 4 % most and least frequent
    std::optional<int> bos;  ///< put before every sequence, as the tokeniser does before text; never overwrites a token
    int trimmed = 0;         ///< ids left out at the two ends together
    int size() const { return static_cast<int>(ids.size()); }
    int begin() const { return bos ? 1 : 0; }  ///< position of the first random token
};

/// From the tokeniser: merge rank stands for frequency (Crosbie and Shutova 2024; engine/methods/circuits.md section 3). Word lists, character
/// lists and plain ids have no such order and keep everything.
SyntheticVocabulary syntheticVocabulary(const Model& model);

/// `count` different ids, none of `without`, in random order; fewer when there are not so many.
std::vector<int> drawDistinct(const SyntheticVocabulary& vocabulary, int count, SeededRandom& random, const std::vector<int>& without = {});

}  // namespace hs
