// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of the comparison of two attention maps: pure functions over cells.
#pragma once

#include <vector>

#include "engine/tensor/matrix.h"
#include "engine/text/token.h"

namespace hs::ui {

/// Can two token lists be laid over each other?
struct TokenAlignment {
    enum class Kind {
        Equal,       ///< same tokens
        SameLength,  ///< same number, `differing` positions hold other tokens: compared position by position
        Prefix,      ///< one begins with the other: compared over `common` tokens
        Apart,       ///< different lengths and different tokens: no difference can be formed
    };
    Kind kind = Kind::Apart;
    int common = 0;     ///< positions that can be compared; 0 for Apart
    int differing = 0;  ///< among `common`
    int firstDifference = -1;
};
/// Tokens are equal when they read the same (two vocabularies may number them differently).
TokenAlignment alignTokens(const std::vector<Token>& a, const std::vector<Token>& b);

/// For each token of `a` the token of `b` that reads the same, in order (a longest common subsequence); -1: none. Very long texts that
/// differ in their middle are matched at both ends only.
std::vector<int> matchTokens(const std::vector<Token>& a, const std::vector<Token>& b);

struct CellDifference {
    int row = 0, column = 0;
    float a = 0, b = 0;
    float difference() const { return a - b; }
};

struct MapComparison {
    double jsDivergence = 0;  ///< mean over rows, nats (natural logarithm)
    double jsDistance = 0;    ///< sqrt(jsDivergence / ln 2), in [0, 1]
    double movedPerRow = 0;   ///< mean over rows of half the sum of |a - b|: the weight that has to move
    int rows = 0;             ///< rows that both maps have weight in
};

/// Jensen-Shannon divergence of two rows, each divided by its own sum; nats. 0 when either row is empty (all zero).
double jsDivergence(const float* a, const float* b, int n);
/// Over the cells both have; a cell that is NaN in one of them counts in neither.
MapComparison compareMaps(const MatrixF& a, const MatrixF& b);
/// The k cells with the largest |a - b|, largest first; ties by row, then column. NaN cells are left out.
std::vector<CellDifference> largestDifferences(const MatrixF& a, const MatrixF& b, int k);
/// a - b over the common rows and columns; NaN where either is NaN.
MatrixF differenceOf(const MatrixF& a, const MatrixF& b);

}  // namespace hs::ui
