// SPDX-License-Identifier: GPL-3.0-or-later
// Heads against heads as the arguments ask for them: what `similarity` and `graph` share.
#pragma once

#include "app/batch.h"
#include "engine/similarity/head_matrix.h"

namespace hs::app {

struct MeasureChoice {
    std::string out;
    std::vector<std::string> corpus;
    std::string tokensFile;  ///< instead of a corpus
    std::optional<std::uint64_t> seed;
    std::optional<HeadMeasure> measure;
    std::vector<RolePair> pairings;
    WeightProcessing weights = WeightProcessing::Raw;
};
Options measureOptions(MeasureChoice& choice);
/// Measures of weights need a pairing (`pairing` is one to try), those of behaviour a corpus. Empty, or the problem.
std::string missingOfMeasure(const MeasureChoice& choice, const std::string& command, const std::string& pairing);

/// One matrix for each pairing asked for; one alone for a measure of behaviour.
Result<std::vector<std::shared_ptr<const HeadMatrix>>> headMatrices(Batch& batch, const MeasureChoice& arguments,
                                                                    const std::shared_ptr<const Model>& model,
                                                                    const std::string& modelHash);

}  // namespace hs::app
