// SPDX-License-Identifier: GPL-3.0-or-later
// Direct logit attribution: a logit as a sum of what each part of the model wrote into the residual stream, the norms' scales
// frozen at the run's own (Elhage et al. 2021; TransformerLens' logit_attrs). Raw weights: nothing is folded or centred. Where the
// model bends its logits by a soft cap, the sum is that of the logit before the cap: behind it there are no parts.
#pragma once

#include <vector>

#include "engine/forward/run.h"

namespace hs {

/// logit(answer) - logit(wrong) after `position`; wrong -1: the logit of the answer alone.
struct LogitTarget {
    int position = -1;  ///< -1: the last
    int answer = -1;
    int wrong = -1;
};

struct LogitAttribution {
    LogitTarget target;                                 ///< position resolved
    double embed = 0;                                   ///< token embedding
    double positionEmbed = 0;                           ///< learned or sinusoidal positions
    std::vector<std::vector<double>> heads;             ///< [L][H] z_h W_O^h
    std::vector<double> attentionBias;                  ///< [L] b_O
    std::vector<double> mlp;                            ///< [L] with its bias; empty when attention only
    double replaced = 0;                                ///< what interventions put straight into the residual stream
    double normBias = 0;                                ///< biases of norms (final norm; all norms of post-norm models)
    double unembedBias = 0;                             ///< b_U
    double total = 0;                                   ///< sum of all parts
    double exact = 0;                                   ///< the same number from the logits, before a soft cap
    double remainder() const { return exact - total; }  ///< rounding only
};

/// ModelPartial, TokenOutOfRange, InvalidArgument (position; residuals not kept), Cancelled.
Result<LogitAttribution> logitAttribution(const Run& run, const LogitTarget& target, const Progress& progress = {});

/// The same for each head split by source token: [L] of [H, n], cell (h, j) = A_ij <v_j W_O^h, direction>, i the target position.
/// Interventions that set z (mean, add, replace) leave a part that no token sent: `unsourced` [L] of [H, 1].
struct SourceAttribution {
    LogitTarget target;
    std::vector<MatrixF> heads;
    std::vector<std::vector<double>> unsourced;
};
Result<SourceAttribution> sourceAttribution(const Run& run, const LogitTarget& target, const Progress& progress = {});

/// The target read off the residual stream early: entry 0 before block 0, entry l + 1 after block l, each under the final norm with
/// its own scale and under the soft cap (nostalgebraist 2020). For post-norm models no other norm is applied.
struct LogitLens {
    LogitTarget target;
    std::vector<double> value;        ///< [L + 1]
    std::vector<double> probability;  ///< [L + 1] of the answer
    std::vector<int> rank;            ///< [L + 1] of the answer, 0: most probable
    std::vector<NextToken> top;       ///< [L + 1] most probable token
};
Result<LogitLens> logitLens(const Run& run, const LogitTarget& target, const Progress& progress = {});

}  // namespace hs
