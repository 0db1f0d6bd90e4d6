// SPDX-License-Identifier: GPL-3.0-or-later
// Inside patterns only: how far away a head looks, beside what the same rows would give if they looked at all that they see alike
// (Vig and Belinkov 2019, section 4).
#pragma once

#include <utility>
#include <vector>

#include "engine/analysis/patterns/head_state.h"
#include "engine/analysis/patterns/text_pass.h"

namespace hs::patterns {

/// What a mean distance needs of the documents, whatever the head.
struct MeanDistances {
    std::vector<int> read;                               ///< documents, ascending
    std::vector<int> rows;                               ///< of each of them, that have a choice
    std::vector<std::pair<Visibility, double>> uniform;  ///< of attention that is even, by mask
};
MeanDistances meanDistances(const TextPassInput& input, const std::vector<int>& read);
void addMeanDistance(const TextPassInput& input, HeadId head, const OtherColumns& columns, const MeanDistances& distances,
                     DetectorOutput& out);

}  // namespace hs::patterns
