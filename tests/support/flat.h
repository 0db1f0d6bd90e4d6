// SPDX-License-Identifier: GPL-3.0-or-later
// Matrices as one row of numbers, for comparing.
#pragma once

#include <vector>

#include "engine/tensor/matrix.h"

namespace hs::test {

inline std::vector<float> flat(const MatrixF& m) { return {m.data(), m.data() + m.rows() * m.cols()}; }

inline std::vector<double> flat(const std::vector<std::vector<double>>& rows)
{
    std::vector<double> out;
    for (const auto& row : rows) out.insert(out.end(), row.begin(), row.end());
    return out;
}

}  // namespace hs::test
