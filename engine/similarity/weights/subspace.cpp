// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/subspace.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>

#include "engine/tensor/convert.h"
#include "engine/tensor/gemm.h"

namespace hs {

namespace {

using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic>;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr std::ptrdiff_t kRowBlock = 256;  // float sums no longer than this; the rest in double
constexpr double kFastCondition = 100.0;   // beyond it float Cholesky QR loses too much of the weak directions

bool finite(ViewF x)
{
    for (std::ptrdiff_t r = 0; r < x.rows; ++r)
        if (firstNotFinite(x.row(r), static_cast<std::size_t>(x.cols)) != static_cast<std::size_t>(x.cols)) return false;
    return true;
}

Subspace fromDouble(const Square& x)
{
    Subspace s;
    s.d = static_cast<int>(x.rows());
    const auto m = x.cols();
    if (!x.allFinite()) {
        s.fault = NoValue::NotFinite;
        return s;
    }
    Square u;
    Eigen::VectorXd sigma;
    if (x.rows() > m) {
        const Eigen::HouseholderQR<Square> qr(x);
        const Square r = qr.matrixQR().topRows(m).triangularView<Eigen::Upper>();
        const Eigen::JacobiSVD<Square> svd(r, Eigen::ComputeThinU);
        sigma = svd.singularValues();
        u = Square::Zero(x.rows(), m);
        u.topRows(m) = svd.matrixU();
        u.applyOnTheLeft(qr.householderQ());
    } else {
        const Eigen::JacobiSVD<Square> svd(x, Eigen::ComputeThinU);
        sigma = svd.singularValues();
        u = svd.matrixU();
    }
    s.singularValues.assign(sigma.data(), sigma.data() + sigma.size());
    const double floor = sigma.size() > 0 ? sigma[0] * rankTolerance(s.d, static_cast<int>(m)) : 0.0;
    while (s.rank < sigma.size() && sigma[s.rank] > floor) ++s.rank;
    if (s.rank == 0) {
        s.fault = NoValue::ZeroWeight;
        return s;
    }
    s.conditionNumber = sigma[0] / sigma[s.rank - 1];
    s.basis.resize(static_cast<std::size_t>(s.d) * static_cast<std::size_t>(s.rank));
    Eigen::Map<RowMajor>(s.basis.data(), s.d, s.rank) = u.leftCols(s.rank);
    return s;
}

Eigen::Map<const RowMajor> mapped(const Subspace& s) { return {s.basis.data(), s.d, s.rank}; }

/// x <- x * t, row blocks at a time.
void multiplyRight(MutViewF x, const Square& t)
{
    const auto m = x.cols;
    MatrixF factor = MatrixF::uninitialised(m, m), rows = MatrixF::uninitialised(kRowBlock, m);
    for (std::ptrdiff_t r = 0; r < m; ++r)
        for (std::ptrdiff_t c = 0; c < m; ++c) factor(r, c) = static_cast<float>(t(r, c));
    for (std::ptrdiff_t r0 = 0; r0 < x.rows; r0 += kRowBlock) {
        const std::ptrdiff_t n = std::min(kRowBlock, x.rows - r0);
        const MutViewF target = x.block(r0, 0, n, m);
        const MutViewF product = rows.view().block(0, 0, n, m);
        gemm(false, false, 1.0f, target, std::as_const(factor).view(), 0.0f, product);
        for (std::ptrdiff_t r = 0; r < n; ++r) std::copy_n(product.row(r), m, target.row(r));
    }
}

Square upperInverse(const Square& r) { return r.triangularView<Eigen::Upper>().solve(Square::Identity(r.rows(), r.cols())); }

/// Largest and smallest singular value of columns whose Gram matrix this is. In float: two digits more than a condition number needs.
std::pair<double, double> extremes(const Square& gram)
{
    const Eigen::MatrixXf scaled = (gram / gram.trace()).cast<float>();
    const Eigen::VectorXf squares = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf>(scaled, Eigen::EigenvaluesOnly).eigenvalues();
    return {static_cast<double>(squares[squares.size() - 1]), static_cast<double>(squares[0])};
}

/// Cholesky QR, then one Newton-Schulz step towards orthogonality: x <- x R^-1, x <- x (3 I - x'x) / 2. The condition number, or
/// nothing when the columns are not safely independent; x is then spoilt.
std::optional<double> fastBasis(MutViewF x)
{
    const std::vector<double> first = gramOf(x);
    const Square gram = Eigen::Map<const Square>(first.data(), x.cols, x.cols);
    if (!(gram.trace() > 0)) return std::nullopt;
    const auto [largest, smallest] = extremes(gram);
    if (!(smallest > 0) || largest > smallest * kFastCondition * kFastCondition) return std::nullopt;
    const Eigen::LLT<Square> llt(gram);
    if (llt.info() != Eigen::Success) return std::nullopt;
    multiplyRight(x, upperInverse(llt.matrixU()));

    const std::vector<double> second = gramOf(x);
    Square step = Eigen::Map<const Square>(second.data(), x.cols, x.cols);
    step = 1.5 * Square::Identity(x.cols, x.cols) - 0.5 * step;
    // The error left is 3/4 of the square of what is corrected here.
    if (!((step - Square::Identity(x.cols, x.cols)).cwiseAbs().maxCoeff() < 5e-4)) return std::nullopt;
    multiplyRight(x, step);
    return std::sqrt(largest / smallest);
}

}  // namespace

double rankTolerance(int d, int m) { return std::max(d, m) * static_cast<double>(std::numeric_limits<float>::epsilon()); }

Subspace subspaceOf(ViewF columns)
{
    Square x(columns.rows, columns.cols);
    for (std::ptrdiff_t r = 0; r < columns.rows; ++r)
        for (std::ptrdiff_t c = 0; c < columns.cols; ++c) x(r, c) = static_cast<double>(columns(r, c));
    return fromDouble(x);
}

Subspace subspaceOf(const std::vector<double>& columns, int d, int m)
{
    return fromDouble(Eigen::Map<const RowMajor>(columns.data(), d, m));
}

std::vector<double> principalCosines(const Subspace& a, const Subspace& b)
{
    if (a.rank == 0 || b.rank == 0 || a.d != b.d) return {};
    const Square cross = mapped(a).transpose() * mapped(b);
    const Eigen::VectorXd sigma = Eigen::JacobiSVD<Square>(cross).singularValues();
    std::vector<double> out(sigma.data(), sigma.data() + sigma.size());
    for (double& c : out) c = std::clamp(c, 0.0, 1.0);
    return out;
}

AngleSummary summarise(const std::vector<double>& cosines, int rankA, int rankB)
{
    AngleSummary s;
    for (const double c : cosines) {
        s.projectionKernel += c * c;
        s.largestCosine = std::max(s.largestCosine, c);
        s.sharedDirections += c * c > 0.5 ? 1 : 0;
        s.geodesic += std::acos(c) * std::acos(c);
    }
    s.geodesic = std::sqrt(s.geodesic);
    s.chordal = std::sqrt(std::max(0.0, rankA + rankB - 2.0 * s.projectionKernel));
    return s;
}

std::vector<double> gramOf(ViewF columns)
{
    const auto m = columns.cols;
    std::vector<double> gram(static_cast<std::size_t>(m * m), 0.0);
    MatrixF part = MatrixF::uninitialised(m, m);
    for (std::ptrdiff_t r0 = 0; r0 < columns.rows; r0 += kRowBlock) {
        const ViewF rows = columns.block(r0, 0, std::min(kRowBlock, columns.rows - r0), m);
        gemm(true, false, 1.0f, rows, rows, 0.0f, part.view());
        for (std::ptrdiff_t i = 0; i < m * m; ++i) gram[static_cast<std::size_t>(i)] += static_cast<double>(part.data()[i]);
    }
    return gram;
}

std::vector<double> gramFactor(const std::vector<double>& gram, int m)
{
    const Eigen::Map<const Square> g(gram.data(), m, m);
    std::vector<double> out(gram.size());
    Eigen::Map<RowMajor> factor(out.data(), m, m);
    const Eigen::LLT<Square> llt(g);
    if (llt.info() == Eigen::Success && g.trace() > 0) {
        factor = llt.matrixL();
        return out;
    }
    const Eigen::SelfAdjointEigenSolver<Square> eigen(g);
    factor = eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(0.0).cwiseSqrt().asDiagonal();
    return out;
}

ColumnFacts orthonormalise(MutViewF x)
{
    if (!finite(x)) return {NoValue::NotFinite, 0, 0};
    const MatrixF original = [&] {
        MatrixF copy = MatrixF::uninitialised(x.rows, x.cols);
        for (std::ptrdiff_t r = 0; r < x.rows; ++r) std::copy_n(x.row(r), x.cols, copy.row(r));
        return copy;
    }();
    if (x.rows >= x.cols)
        if (const auto condition = fastBasis(x)) return {NoValue::None, static_cast<int>(x.cols), *condition};
    const Subspace careful = subspaceOf(original.view());
    for (std::ptrdiff_t r = 0; r < x.rows; ++r)
        for (std::ptrdiff_t c = 0; c < x.cols; ++c)
            x(r, c) = c < careful.rank ? static_cast<float>(careful.basis[static_cast<std::size_t>(r * careful.rank + c)]) : 0.0f;
    return {careful.fault, careful.rank, careful.conditionNumber};
}

}  // namespace hs
