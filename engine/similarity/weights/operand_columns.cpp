// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/operand_columns.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

#include "engine/similarity/weights/subspace.h"
#include "engine/tensor/convert.h"
#include "engine/tensor/gemm.h"

namespace hs {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic>;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

bool finite(ViewF x)
{
    for (std::ptrdiff_t r = 0; r < x.rows; ++r)
        if (firstNotFinite(x.row(r), static_cast<std::size_t>(x.cols)) != static_cast<std::size_t>(x.cols)) return false;
    return true;
}

Matrix toDouble(ViewF x)
{
    Matrix out(x.rows, x.cols);
    for (std::ptrdiff_t r = 0; r < x.rows; ++r)
        for (std::ptrdiff_t c = 0; c < x.cols; ++c) out(r, c) = static_cast<double>(x(r, c));
    return out;
}

/// From the Gram matrix of the finished columns: rank, condition, participation; returns the scale that makes them comparable.
/// Centred columns (CKA) are compared by their Gram matrices, so they are scaled by the square root of the Gram's norm, all others by the norm of the columns.
double describe(HeadColumns columns, const Matrix& gram, int d, AxisHead& head)
{
    const double trace = gram.trace(), norm = gram.norm();
    if (!(trace > 0)) {
        head.fault = NoValue::ZeroWeight;
        return 0;
    }
    head.participation = trace * trace / (norm * norm);
    const Eigen::VectorXd squares = Eigen::SelfAdjointEigenSolver<Matrix>(gram, Eigen::EigenvaluesOnly).eigenvalues();
    const double largest = squares[squares.size() - 1];
    // A Gram matrix of floats knows nothing below the float epsilon of its largest eigenvalue.
    const double tolerance = rankTolerance(d, static_cast<int>(gram.rows()));
    const double floor = std::max(tolerance * tolerance, 1e-7) * largest;
    for (Eigen::Index i = 0; i < squares.size(); ++i) {
        if (!(squares[i] > floor)) continue;
        if (head.rank == 0) head.conditionNumber = std::sqrt(largest / squares[i]);
        ++head.rank;
    }
    return columns == HeadColumns::Centred ? 1.0 / std::sqrt(norm) : 1.0 / std::sqrt(trace);
}

Matrix squareOf(const std::vector<double>& rowMajor, Eigen::Index m) { return Eigen::Map<const RowMajor>(rowMajor.data(), m, m); }

/// Column means to zero, in double: exact for both precisions.
void centreColumns(MutViewF x)
{
    for (std::ptrdiff_t c = 0; c < x.cols; ++c) {
        double mean = 0;
        for (std::ptrdiff_t r = 0; r < x.rows; ++r) mean += static_cast<double>(x(r, c));
        mean /= static_cast<double>(x.rows);
        for (std::ptrdiff_t r = 0; r < x.rows; ++r) x(r, c) = static_cast<float>(static_cast<double>(x(r, c)) - mean);
    }
}

}  // namespace

void fillColumns(HeadColumns columns, ViewF x, ViewF y, AxisHead& head, MutViewF out)
{
    const bool pairs = columns == HeadColumns::Partnered;
    if (!finite(x) || (pairs && !finite(y))) {
        head.fault = NoValue::NotFinite;
        return;
    }
    const auto copy = [&] {
        for (std::ptrdiff_t r = 0; r < x.rows; ++r) std::copy_n(x.row(r), x.cols, out.row(r));
    };
    if (columns == HeadColumns::Basis) {
        copy();
        const ColumnFacts facts = orthonormalise(out);
        head.fault = facts.fault;
        head.rank = facts.rank;
        head.conditionNumber = facts.conditionNumber;
        head.participation = facts.rank;
        return;
    }
    const auto m = static_cast<int>(x.cols);
    if (pairs) {
        const std::vector<double> factor = gramFactor(gramOf(y), m);
        MatrixF f = MatrixF::uninitialised(m, m);
        for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(m) * m; ++i) f.data()[i] = static_cast<float>(factor[static_cast<std::size_t>(i)]);
        gemm(false, false, 1.0f, x, std::as_const(f).view(), 0.0f, out);
    } else {
        copy();
        if (columns == HeadColumns::Centred) centreColumns(out);
    }
    const double scale = describe(columns, squareOf(gramOf(out), m), static_cast<int>(x.rows), head);
    for (std::ptrdiff_t r = 0; r < out.rows; ++r)
        for (std::ptrdiff_t c = 0; c < out.cols; ++c) out(r, c) = static_cast<float>(static_cast<double>(out(r, c)) * scale);
}

std::vector<double> exactColumns(HeadColumns columns, ViewF x, ViewF y, AxisHead& head)
{
    const bool pairs = columns == HeadColumns::Partnered;
    if (!finite(x) || (pairs && !finite(y))) {
        head.fault = NoValue::NotFinite;
        return {};
    }
    const auto d = static_cast<int>(x.rows), m = static_cast<int>(x.cols);
    std::vector<double> out(static_cast<std::size_t>(d) * static_cast<std::size_t>(m), 0.0);
    Eigen::Map<RowMajor> made(out.data(), d, m);
    if (columns == HeadColumns::Basis) {
        const Subspace space = subspaceOf(x);
        head.fault = space.fault;
        head.rank = space.rank;
        head.conditionNumber = space.conditionNumber;
        head.participation = space.rank;
        if (space.fault != NoValue::None) return {};
        made.leftCols(space.rank) = Eigen::Map<const RowMajor>(space.basis.data(), d, space.rank);
        return out;
    }
    Matrix z = toDouble(x);
    if (pairs) {
        const Matrix partner = toDouble(y);
        const Matrix gram = partner.transpose() * partner;
        const std::vector<double> flat(gram.data(), gram.data() + gram.size());
        z *= squareOf(gramFactor(flat, m), m);
    }
    if (columns == HeadColumns::Centred) z.rowwise() -= z.colwise().mean().eval();
    const double scale = describe(columns, z.transpose() * z, d, head);
    if (head.fault != NoValue::None) return {};
    made = z * scale;
    return out;
}

double exactSquares(const std::vector<double>& a, const std::vector<double>& b, int d, int m)
{
    const Eigen::Map<const RowMajor> x(a.data(), d, m), y(b.data(), d, m);
    return (x.transpose() * y).squaredNorm();
}

double exactNuclear(const std::vector<double>& a, const std::vector<double>& b, int d, int m)
{
    const Eigen::Map<const RowMajor> x(a.data(), d, m), y(b.data(), d, m);
    const Matrix product = x.transpose() * y;
    return Eigen::JacobiSVD<Matrix>(product).singularValues().sum();
}

double nuclearNorm(ViewF product)
{
    const Matrix p = toDouble(product);
    return Eigen::SelfAdjointEigenSolver<Matrix>(p.transpose() * p, Eigen::EigenvaluesOnly).eigenvalues().cwiseMax(0.0).cwiseSqrt().sum();
}

}  // namespace hs
