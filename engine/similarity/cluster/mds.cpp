// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/cluster/mds.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include "engine/base/at.h"
#include "engine/base/parallel.h"
#include "engine/base/random.h"

namespace hs {
namespace {

using Eigen::MatrixXd, Eigen::VectorXd;

constexpr int kMostSteps = 600;
constexpr double kTolerance = 1e-9;  // change of both eigenvalues, relative to the larger

/// An orthonormal basis of what the columns of x span, in its shape; columns that depend on others become directions of their own.
MatrixXd orthonormal(const MatrixXd& x)
{
    return Eigen::HouseholderQR<MatrixXd>(x).householderQ() * MatrixXd::Identity(x.rows(), x.cols());
}

/// B = -J d^2 J / 2, J the centring matrix.
MatrixXd doubleCentred(const DistanceMatrix& d)
{
    const int n = d.n;
    MatrixXd b(n, n);
    VectorXd mean = VectorXd::Zero(n);
    double all = 0;
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < n; ++j) mean[i] += d(i, j) * d(i, j) / n;
        all += mean[i] / n;
    }
    for (int j = 0; j < n; ++j)
        for (int i = 0; i < n; ++i) b(i, j) = -0.5 * (d(i, j) * d(i, j) - mean[i] - mean[j] + all);
    return b;
}

/// The two largest eigenvalues with their vectors: subspace iteration with Rayleigh-Ritz, looked at for cancellation at every step.
/// Small matrices get a subspace of their own size, so that is one exact step.
struct TopTwo {
    std::array<double, 2> values{};
    std::array<VectorXd, 2> vectors;
    double positive = 0;  ///< sum of the positive Ritz values
};

Result<TopTwo> topTwo(const MatrixXd& b, const Progress& progress)
{
    const auto n = b.rows(), k = std::min<Eigen::Index>(n, 24);
    MatrixXd x(n, k), y(n, k);
    SeededRandom random(0x6d6473);
    for (Eigen::Index c = 0; c < k; ++c)
        for (Eigen::Index i = 0; i < n; ++i) x(i, c) = random.uniform() - 0.5;
    x = orthonormal(x);
    TopTwo out;
    std::array<double, 2> last{std::numeric_limits<double>::infinity(), 0};
    int settled = 0;
    for (int step = 0; step < kMostSteps; ++step) {
        if (progress.stopped()) return Error::cancelled();
        progress.report(Stage::MapLayout, step, kMostSteps);
        parallelFor(static_cast<std::size_t>(k), [&](std::size_t c) {
            const auto column = static_cast<Eigen::Index>(c);
            y.col(column).noalias() = b * x.col(column);
        });
        const MatrixXd small = x.transpose() * y;
        const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(0.5 * (small + small.transpose()));  // values rise
        out.positive = solver.eigenvalues().cwiseMax(0.0).sum();
        for (Eigen::Index c = 0; c < std::min<Eigen::Index>(2, k); ++c) {
            out.values[static_cast<std::size_t>(c)] = solver.eigenvalues()[k - 1 - c];
            out.vectors[static_cast<std::size_t>(c)] = x * solver.eigenvectors().col(k - 1 - c);
        }
        const double scale = std::max(std::abs(out.values[0]), 1e-300);
        const bool same =
            std::abs(out.values[0] - last[0]) <= kTolerance * scale && std::abs(out.values[1] - last[1]) <= kTolerance * scale;
        settled = same ? settled + 1 : 0;
        last = out.values;
        if (k == n || settled >= 3) break;
        x = orthonormal(y);
    }
    return out;
}

}  // namespace

Result<HeadMap> classicalMds(const DistanceMatrix& distances, const Progress& progress)
{
    if (Status status = checkDistances(distances); !status) return status.error();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<int> items = distances.present();
    HeadMap out;
    out.points.assign(at(distances.n), {nan, nan});
    const DistanceMatrix d = distances.restrictedTo(items);
    const int n = d.n;
    if (n == 0) return out;
    const MatrixXd b = doubleCentred(d);
    const auto top = topTwo(b, progress);
    if (!top) return top.error();
    const double trace = b.trace();
    for (const int item : items) out.points[at(item)] = {0, 0};
    for (std::size_t axis = 0; axis < 2 && top->vectors[axis].size() > 0; ++axis) {
        const VectorXd& v = top->vectors[axis];
        out.eigenvalues[axis] = top->values[axis];
        // Below rounding of the whole there is no axis, only noise.
        if (!(top->values[axis] > 1e-12 * std::max(trace, 0.0))) continue;
        Eigen::Index largest = 0;
        for (Eigen::Index i = 1; i < v.size(); ++i)
            if (std::abs(v[i]) > std::abs(v[largest]) * (1 + 1e-9)) largest = i;
        const double scale = std::sqrt(top->values[axis]) * (v[largest] < 0 ? -1 : 1);
        for (int i = 0; i < n; ++i) out.points[at(items[at(i)])][axis] = scale * v[i];
    }
    // The trace is the sum of all eigenvalues: with negative ones it falls short of the positive part, which is at least the Ritz values found.
    const double positive = std::max(trace, top->positive);
    if (positive > 0) out.explained = (std::max(0.0, out.eigenvalues[0]) + std::max(0.0, out.eigenvalues[1])) / positive;
    double wrong = 0, all = 0;
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < i; ++j) {
            const auto &p = out.points[at(items[at(i)])], &q = out.points[at(items[at(j)])];
            const double plane = std::hypot(p[0] - q[0], p[1] - q[1]);
            wrong += (d(i, j) - plane) * (d(i, j) - plane);
            all += d(i, j) * d(i, j);
        }
    }
    out.stress = all > 0 ? std::sqrt(wrong / all) : 0;
    return out;
}

}  // namespace hs
