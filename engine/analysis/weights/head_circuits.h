// SPDX-License-Identifier: GPL-3.0-or-later
// What one head's matrices do to tokens and positions: pure functions of weights (engine/methods/circuits.md section 4). Views: W_Q, W_K, W_V
// [d, dh], W_O [dh, d]; y = x W. Scores are plain products: a soft cap is no part of them, and leaves their order as it is.
#pragma once

#include <vector>

#include "engine/model/visibility.h"
#include "engine/tensor/matrix.h"

namespace hs {

/// Eigen score of E W_V W_O U from the dh x dh product W_O (U E) W_V; `ue` is U E [d, d]: productOverRows(unembedding rows, token rows).
double ovEigenScore(ViewF wV, ViewF wO, ViewF ue);
/// Eigen score of W_V W_O itself: does a head write what it reads, whatever the tokens are.
double ovEigenScore(ViewF wV, ViewF wO);
/// Eigen score of E W_Q W_K^T E^T (same-token matching) from W_K^T (E^T E) W_Q; `ee` is E^T E [d, d].
double qkEigenScore(ViewF wQ, ViewF wK, ViewF ee);

/// Where a token's own logit stands among all logits of OV(token).
struct OwnRank {
    double top1 = 0, top5 = 0;  ///< shares of tokens
    double lowest = 0;          ///< share whose own logit is among the lowest 5 %
    double lowest10 = 0;        ///< share whose own logit is among the lowest 10 tokens
    int rows = 0, columns = 0;
};
/// tokens [r, d] as the head reads them, own[i] the column of token i; logit rows [S, d], bias [S] and eps of the final norm.
/// The norm's divisor is computed when `centre` or `rms`: it decides how much the bias weighs.
struct LogitReader {
    ViewF rows;  ///< [S, d]
    const std::vector<float>* bias = nullptr;
    bool norm = false, centre = false;
    double eps = 1e-5;
};
OwnRank ownRank(ViewF tokens, const std::vector<int>& own, ViewF wV, ViewF wO, const LogitReader& reader);

/// QK of a token's unembedding direction against all tokens as keys: share whose own key is first, among the first ten.
struct KeyRank {
    double top1 = 0, top10 = 0;
};
KeyRank keyRank(ViewF queries, const std::vector<int>& own, ViewF keys, ViewF wQ, ViewF wK);

/// Share of positions i >= 1 whose best key among those they see is i - 1.
double positionalRecall(ViewF positions, ViewF wQ, ViewF wK, Visibility mask);

/// Share of tokens t whose best s in (E_t W_Q).(E_s W_V' W_O' W_K) is t itself: the matching probe of Bietti et al. 2023, keys through
/// an earlier head. `through` is E W_V' W_O' [r, d].
double matchingRecall(ViewF tokens, ViewF through, ViewF wQ, ViewF wK);
/// The same from E W_Q and `through` W_K, which many pairs of heads share.
double matchingRecall(ViewF queries, ViewF keys);

/// Ordered tokens ("Monday" .. "Sunday").
struct OrdinalClass {
    const char* name = "";
    std::vector<int> ids;  ///< in order; -1: not a single token
    bool cyclic = false;
};
struct SuccessorScore {
    double share = 0;      ///< items whose class argmax is the next item
    double chance = 0;     ///< the same for a head that knows nothing
    double margin = 0;     ///< mean logit of the next item over the best other
    double classMean = 0;  ///< mean of the shares of classes with at least five items
    int items = 0;
};
/// `tokens` rows are the items' embeddings in the order of the classes' ids that are not -1; `reader` rows the same items.
SuccessorScore successorScore(ViewF tokens, const std::vector<OrdinalClass>& classes, ViewF wV, ViewF wO, const LogitReader& reader);

}  // namespace hs
