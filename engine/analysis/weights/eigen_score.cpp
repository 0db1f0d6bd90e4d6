// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/weights/eigen_score.h"

#include <cmath>
#include <limits>

#include <Eigen/Eigenvalues>

namespace hs {

double eigenScore(ViewF matrix)
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    if (matrix.empty() || matrix.rows != matrix.cols) return none;
    Eigen::MatrixXd m(matrix.rows, matrix.cols);
    for (std::ptrdiff_t i = 0; i < matrix.rows; ++i)
        for (std::ptrdiff_t j = 0; j < matrix.cols; ++j) m(i, j) = static_cast<double>(matrix(i, j));
    const double largest = m.cwiseAbs().maxCoeff();
    if (!(largest > 0)) return none;
    m /= largest;
    const Eigen::EigenSolver<Eigen::MatrixXd> solver(m, false);
    if (solver.info() != Eigen::Success) return none;
    double real = 0, all = 0;
    for (Eigen::Index i = 0; i < solver.eigenvalues().size(); ++i) {
        real += solver.eigenvalues()[i].real();
        all += std::abs(solver.eigenvalues()[i]);
    }
    return all > 0 ? real / all : none;
}

}  // namespace hs
