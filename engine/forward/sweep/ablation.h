// SPDX-License-Identifier: GPL-3.0-or-later
// What takes a head's place when it is cut (engine/methods/patterns.md section 8, engine/methods/circuits.md section 5.1). Every causal number names its kind.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/forward/intervention.h"
#include "engine/forward/run.h"

namespace hs {

enum class AblationKind {
    Zero,      ///< z = 0; the head's share of b_V W_O goes too
    Mean,      ///< z = its mean over all positions of a calibration text
    Resample,  ///< z of another prompt of the calibration text, position by position; the effect is a mean over several draws
    Uniform,   ///< pattern 1/n over the keys a query can see: z = mean of their v (Kovaleva et al. 2019)
};
/// "zero", "mean", "resample", "uniform".
const char* ablationName(AblationKind kind);
std::optional<AblationKind> parseAblation(std::string_view name);

/// z of the head becomes keep * z + (1 - keep) * replacement: keep 0 cuts it, 1 leaves it, between them it is a soft gate.
struct HeadCut {
    HeadId head;
    float keep = 0.0f;
    int position = -1;  ///< -1: all positions
    bool operator==(const HeadCut&) const = default;
};
using HeadCuts = std::vector<HeadCut>;

/// z of one prompt, every layer: what resampling takes its rows from.
struct AblationDonor {
    std::vector<int> ids;
    std::vector<std::shared_ptr<const MatrixF>> z;  ///< [L] of [n, H*dh]
    /// Row of the donor for position i of another prompt: i, or, past its end, its rows from 1 on again (row 0 is BOS's).
    int rowFor(int i) const;
};

/// Replacements measured once on a calibration text and shared by everything that cuts.
struct AblationValues {
    AblationKind kind = AblationKind::Zero;
    std::vector<std::vector<float>> means;                     ///< Mean: [L][H*dh], over positions that are not hidden
    std::vector<std::shared_ptr<const AblationDonor>> donors;  ///< Resample: at least two prompts
    int draws = 1;                                             ///< Resample: donors tried for each prompt
    std::uint64_t seed = 1;                                    ///< Resample: which
    std::string dataName;                                      ///< of the calibration text; empty for Zero and Uniform
    long tokens = 0;                                           ///< of the calibration text

    /// Donor of a draw for a prompt: never the prompt's own text. 0 for kinds without donors.
    int donorFor(std::size_t prompt, int draw, const std::vector<int>& ids) const;
};

struct AblationCollectOptions {
    int draws = 10;      ///< Resample
    int maxDonors = 64;  ///< Resample: prompts whose z is kept, evenly spread over the text
    std::uint64_t seed = 1;
    std::string dataName;
};

/// Runs the calibration prompts once. Zero and Uniform need none. TextEmpty (Mean without prompts), InvalidArgument (Resample with
/// fewer than two different prompts; item "donors"), errors of forward, Cancelled.
Result<std::shared_ptr<const AblationValues>> collectAblationValues(const std::shared_ptr<const Model>& model,
                                                                    const std::vector<std::shared_ptr<const Prompt>>& prompts,
                                                                    AblationKind kind, const AblationCollectOptions& options,
                                                                    const Progress& progress = {});

/// The same cuts as a list for forward() on a prompt of n tokens: views, runs and gradients under cuts. `donor` as from donorFor;
/// `padding` [n] or empty: keys that Uniform leaves out, as in ForwardOptions.
Interventions cutInterventions(const HeadCuts& cuts, const AblationValues& values, const ModelConfig& config, int n, int donor = 0,
                               const std::vector<bool>& padding = {});

}  // namespace hs
