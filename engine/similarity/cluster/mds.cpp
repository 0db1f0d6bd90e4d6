// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/cluster/mds.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

#include "engine/base/parallel.h"

namespace hs {
namespace {

constexpr int kMostSteps = 600;
constexpr double kTolerance = 1e-9;   // change of both eigenvalues, relative to the larger

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Column-major block of k vectors of length n.
struct Block {
    int n = 0, k = 0;
    std::vector<double> values;
    Block(int rows, int cols) : n(rows), k(cols), values(at(rows) * at(cols)) {}
    double* column(int c) { return values.data() + at(c) * at(n); }
    const double* column(int c) const { return values.data() + at(c) * at(n); }
};

double dot(const double* x, const double* y, int n)
{
    double sum = 0;
    for (int i = 0; i < n; ++i) sum += x[i] * y[i];
    return sum;
}

/// Gram-Schmidt, twice; a column that vanishes becomes 0.
void orthonormalise(Block& x)
{
    for (int c = 0; c < x.k; ++c) {
        double* v = x.column(c);
        const double before = std::sqrt(dot(v, v, x.n));
        for (int pass = 0; pass < 2; ++pass) {
            for (int b = 0; b < c; ++b) {
                const double* u = x.column(b);
                const double s = dot(u, v, x.n);
                for (int i = 0; i < x.n; ++i) v[i] -= s * u[i];
            }
        }
        const double norm = std::sqrt(dot(v, v, x.n));
        const double scale = norm > 1e-12 * before && norm > 0 ? 1.0 / norm : 0.0;
        for (int i = 0; i < x.n; ++i) v[i] *= scale;
    }
}

/// Eigenvalues and vectors of a small symmetric matrix [k, k] by Jacobi rotations; falling order, vectors in the columns.
void jacobi(std::vector<double>& a, std::vector<double>& vectors, int k)
{
    const auto A = [&](int i, int j) -> double& { return a[at(i) * at(k) + at(j)]; };
    const auto V = [&](int i, int j) -> double& { return vectors[at(i) * at(k) + at(j)]; };
    vectors.assign(at(k) * at(k), 0.0);
    for (int i = 0; i < k; ++i) V(i, i) = 1;
    for (int sweep = 0; sweep < 60; ++sweep) {
        double off = 0, all = 0;
        for (int i = 0; i < k; ++i)
            for (int j = 0; j < k; ++j) (i == j ? all : off) += A(i, j) * A(i, j);
        if (off <= 1e-30 * (all + off)) break;
        for (int p = 0; p < k; ++p) {
            for (int q = p + 1; q < k; ++q) {
                if (A(p, q) == 0) continue;
                const double theta = (A(q, q) - A(p, p)) / (2 * A(p, q));
                const double t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
                const double c = 1 / std::sqrt(t * t + 1), s = t * c;
                for (int i = 0; i < k; ++i) {
                    const double x = A(i, p), y = A(i, q);
                    A(i, p) = c * x - s * y;
                    A(i, q) = s * x + c * y;
                }
                for (int i = 0; i < k; ++i) {
                    const double x = A(p, i), y = A(q, i);
                    A(p, i) = c * x - s * y;
                    A(q, i) = s * x + c * y;
                }
                for (int i = 0; i < k; ++i) {
                    const double x = V(i, p), y = V(i, q);
                    V(i, p) = c * x - s * y;
                    V(i, q) = s * x + c * y;
                }
            }
        }
    }
    std::vector<int> order(at(k));
    for (int i = 0; i < k; ++i) order[at(i)] = i;
    std::stable_sort(order.begin(), order.end(), [&](int x, int y) { return A(x, x) > A(y, y); });
    std::vector<double> sorted(at(k) * at(k)), diagonal(at(k) * at(k));
    for (int c = 0; c < k; ++c) {
        for (int i = 0; i < k; ++i) sorted[at(i) * at(k) + at(c)] = V(i, order[at(c)]);
        diagonal[at(c) * at(k) + at(c)] = A(order[at(c)], order[at(c)]);
    }
    vectors = std::move(sorted);
    a = std::move(diagonal);
}

/// B = -J d^2 J / 2, J the centring matrix.
std::vector<double> doubleCentred(const DistanceMatrix& d)
{
    const int n = d.n;
    std::vector<double> b(at(n) * at(n)), mean(at(n));
    double all = 0;
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < n; ++j) mean[at(i)] += d(i, j) * d(i, j) / n;
        all += mean[at(i)] / n;
    }
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) b[at(i) * at(n) + at(j)] = -0.5 * (d(i, j) * d(i, j) - mean[at(i)] - mean[at(j)] + all);
    return b;
}

/// The two largest eigenvalues with their vectors: subspace iteration with Rayleigh-Ritz, looked at for cancellation at every step.
/// Small matrices get a subspace of their own size, so that is one exact step.
struct TopTwo {
    std::array<double, 2> values{};
    std::array<std::vector<double>, 2> vectors;
    double positive = 0;   ///< sum of the positive Ritz values
};

Result<TopTwo> topTwo(const std::vector<double>& b, int n, const Progress& progress)
{
    const int k = std::min(n, 24);
    Block x(n, k), y(n, k);
    std::mt19937_64 random(0x6d6473);
    for (double& v : x.values) v = static_cast<double>(random() >> 11) * 0x1p-53 - 0.5;
    orthonormalise(x);
    TopTwo out;
    std::array<double, 2> last{std::numeric_limits<double>::infinity(), 0};
    int settled = 0;
    for (int step = 0; step < kMostSteps; ++step) {
        if (progress.stopped()) return Error::cancelled();
        progress.report(Stage::MapLayout, step, kMostSteps);
        parallelFor(at(k), [&](std::size_t c) {
            double* to = y.column(static_cast<int>(c));
            const double* from = x.column(static_cast<int>(c));
            for (int i = 0; i < n; ++i) to[i] = dot(b.data() + at(i) * at(n), from, n);
        });
        std::vector<double> small(at(k) * at(k)), turn;
        for (int i = 0; i < k; ++i)
            for (int j = 0; j < k; ++j) small[at(i) * at(k) + at(j)] = 0.5 * (dot(x.column(i), y.column(j), n) + dot(x.column(j), y.column(i), n));
        jacobi(small, turn, k);
        out.positive = 0;
        for (int c = 0; c < k; ++c) out.positive += std::max(0.0, small[at(c) * at(k) + at(c)]);
        for (int c = 0; c < 2 && c < k; ++c) {
            out.values[at(c)] = small[at(c) * at(k) + at(c)];
            out.vectors[at(c)].assign(at(n), 0.0);
            for (int m = 0; m < k; ++m)
                for (int i = 0; i < n; ++i) out.vectors[at(c)][at(i)] += turn[at(m) * at(k) + at(c)] * x.column(m)[i];
        }
        const double scale = std::max(std::abs(out.values[0]), 1e-300);
        const bool same = std::abs(out.values[0] - last[0]) <= kTolerance * scale && std::abs(out.values[1] - last[1]) <= kTolerance * scale;
        settled = same ? settled + 1 : 0;
        last = out.values;
        if (k == n || settled >= 3) break;
        std::swap(x.values, y.values);
        orthonormalise(x);
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
    const std::vector<double> b = doubleCentred(d);
    auto top = topTwo(b, n, progress);
    if (!top) return top.error();
    double trace = 0;
    for (int i = 0; i < n; ++i) trace += b[at(i) * at(n) + at(i)];
    for (const int item : items) out.points[at(item)] = {0, 0};
    for (std::size_t axis = 0; axis < 2 && !top->vectors[axis].empty(); ++axis) {
        std::vector<double>& v = top->vectors[axis];
        out.eigenvalues[axis] = top->values[axis];
        // Below rounding of the whole there is no axis, only noise.
        if (!(top->values[axis] > 1e-12 * std::max(trace, 0.0))) continue;
        std::size_t largest = 0;
        for (std::size_t i = 1; i < v.size(); ++i)
            if (std::abs(v[i]) > std::abs(v[largest]) * (1 + 1e-9)) largest = i;
        const double scale = std::sqrt(top->values[axis]) * (v[largest] < 0 ? -1 : 1);
        for (std::size_t i = 0; i < v.size(); ++i) out.points[at(items[i])][axis] = scale * v[i];
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
