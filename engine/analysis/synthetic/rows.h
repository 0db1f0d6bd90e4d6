// SPDX-License-Identifier: GPL-3.0-or-later
// Scores on synthetic documents that are more than attention on a list of keys: pure functions of one map or of one head's output.
#pragma once

#include <functional>
#include <vector>

#include "engine/analysis/synthetic/sequences.h"
#include "engine/model/visibility.h"

namespace hs {

// ---- retrieval (Wu et al. 2024; engine/methods/circuits.md section 3.8), set form ----------------------------------------------------------
/// Share of the needle that is copied: distinct needle tokens whose emitting row has its largest weight on a needle position that holds
/// the token emitted. rows[t] is the row that emits emitted[t]; needle tokens are ids[first, last).
double retrievalScore(ViewF map, const std::vector<int>& rows, const std::vector<int>& emitted, const std::vector<int>& ids, int first,
                      int last);
/// The same from what the rows point at, without a map.
double retrievalScore(const std::vector<int>& argmax, const std::vector<int>& emitted, const std::vector<int>& ids, int first, int last);

// ---- in-context Markov chains (Edelman et al. 2024; engine/methods/circuits.md section 3.6) ------------------------------------------------------------------
struct MarkovScore {
    double mass = 0;      ///< mean attention on the positions that follow an earlier x_i
    double uniform = 0;   ///< of attention even over what the row sees
    double other = 0;     ///< on the positions that follow an earlier token other than x_i, scaled to as many positions
    double evenness = 0;  ///< entropy of that attention over ln of the number of positions; NaN when no row has two
    long rows = 0;
    double score() const { return mass - uniform; }
};
/// Rows from `begin` on; rows that see no target, or nothing but targets, do not count.
MarkovScore markovScore(ViewF map, const std::vector<int>& ids, int begin, Visibility mask = {});

// ---- iteration heads (Cabannes et al. 2024; engine/methods/circuits.md section 3.9) --------------------------------------------------------------------------
struct IterationScore {
    double onSeparator = 0;  ///< mean A[i, E] over the rows E + 1 .. E + n of the chain
    double onInput = 0;      ///< mean A[E + t, first + t]: the row about to emit s_(t+1) reads x_(t+1); t = 0 .. n - 1
};
IterationScore iterationScore(ViewF map, const IterationDocument& document);

// ---- copying at run time (Olsson et al. 2022; engine/methods/circuits.md section 3.4) ------------------------------------------------------------------------
/// Part of the raise that the attended token gets: raise = relu(c - mean c). In [0, 1]; NaN when nothing is raised.
double raiseShare(const std::vector<float>& logits, int attended);
/// From a share to (-1, 1).
inline double copyScore(double share) { return 2.0 * share - 1.0; }

}  // namespace hs
