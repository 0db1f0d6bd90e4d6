// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tensor/nn.h"

#include <cmath>

#include "engine/tensor/simd.h"

namespace hs {

using simd::F16;
using simd::kLanes;

HS_CLONES bool allFinite(const float* x, std::ptrdiff_t n)
{
    // x * 0 is 0 for finite numbers and NaN otherwise; NaN sticks to the sum.
    F16 acc = {};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 v;
        simd::load(v, x + i);
        acc += v * 0.0f;
    }
    float rest = simd::sum(acc);
    for (; i < n; ++i) rest += x[i] * 0.0f;
    return rest == 0.0f;
}

HS_CLONES void addTo(float* y, const float* x, std::ptrdiff_t n)
{
    for (std::ptrdiff_t i = 0; i < n; ++i) y[i] += x[i];
}

HS_CLONES void scaleInto(float* y, const float* x, float scale, std::ptrdiff_t n)
{
    for (std::ptrdiff_t i = 0; i < n; ++i) y[i] = scale * x[i];
}

HS_CLONES void multiplyBy(float* y, const float* x, std::ptrdiff_t n)
{
    for (std::ptrdiff_t i = 0; i < n; ++i) y[i] *= x[i];
}

namespace {

/// Sum of x and of squared distances from `centre`, in float lanes: d is at most some thousands.
HS_INLINE float sumOf(const float* x, std::ptrdiff_t n)
{
    F16 acc = {};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 v;
        simd::load(v, x + i);
        acc += v;
    }
    float total = simd::sum(acc);
    for (; i < n; ++i) total += x[i];
    return total;
}

HS_INLINE float squaresAround(const float* x, std::ptrdiff_t n, float centre)
{
    F16 acc = {};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 v;
        simd::load(v, x + i);
        v = v - centre;
        acc += v * v;
    }
    float total = simd::sum(acc);
    for (; i < n; ++i) total += (x[i] - centre) * (x[i] - centre);
    return total;
}

HS_INLINE void normalise(float* out, const float* x, const float* w, const float* b, std::ptrdiff_t n, float centre, float factor)
{
    if (w && b)
        for (std::ptrdiff_t i = 0; i < n; ++i) out[i] = (x[i] - centre) * factor * w[i] + b[i];
    else if (w)
        for (std::ptrdiff_t i = 0; i < n; ++i) out[i] = (x[i] - centre) * factor * w[i];
    else if (b)
        for (std::ptrdiff_t i = 0; i < n; ++i) out[i] = (x[i] - centre) * factor + b[i];
    else
        for (std::ptrdiff_t i = 0; i < n; ++i) out[i] = (x[i] - centre) * factor;
}

}  // namespace

HS_CLONES float normOf(const float* x, std::ptrdiff_t n) { return std::sqrt(squaresAround(x, n, 0.0f)); }

HS_CLONES void layerNorm(float* out, const float* x, const float* w, const float* b, std::ptrdiff_t n, double eps)
{
    if (n == 0) return;
    const float mean = sumOf(x, n) / static_cast<float>(n);
    const double variance = static_cast<double>(squaresAround(x, n, mean)) / static_cast<double>(n);
    normalise(out, x, w, b, n, mean, static_cast<float>(1.0 / std::sqrt(variance + eps)));
}

HS_CLONES void rmsNorm(float* out, const float* x, const float* w, const float* b, std::ptrdiff_t n, double eps)
{
    if (n == 0) return;
    const double meanSquare = static_cast<double>(squaresAround(x, n, 0.0f)) / static_cast<double>(n);
    normalise(out, x, w, b, n, 0.0f, static_cast<float>(1.0 / std::sqrt(meanSquare + eps)));
}

RotaryTable::RotaryTable(int positions, const std::vector<double>& frequencies, bool adjacentPairs, double scale)
    : m_dim(2 * static_cast<int>(frequencies.size())), m_adjacent(adjacentPairs),
      m_cos(positions, static_cast<std::ptrdiff_t>(frequencies.size())), m_sin(positions, m_cos.cols())
{
    for (std::ptrdiff_t i = 0; i < m_cos.cols(); ++i) {
        const double frequency = frequencies[static_cast<std::size_t>(i)];
        for (int p = 0; p < positions; ++p) {
            m_cos(p, i) = static_cast<float>(scale * std::cos(p * frequency));
            m_sin(p, i) = static_cast<float>(scale * std::sin(p * frequency));
        }
    }
}

void RotaryTable::rotate(float* x, int position) const
{
    const float* c = m_cos.row(position);
    const float* s = m_sin.row(position);
    const int half = m_dim / 2;
    const int step = m_adjacent ? 2 : 1, apart = m_adjacent ? 1 : half;
    for (int i = 0; i < half; ++i) {
        const float first = x[i * step], second = x[i * step + apart];
        x[i * step] = first * c[i] - second * s[i];
        x[i * step + apart] = second * c[i] + first * s[i];
    }
}

void RotaryTable::rotateBack(float* x, int position) const
{
    const float* c = m_cos.row(position);
    const float* s = m_sin.row(position);
    const int half = m_dim / 2;
    const int step = m_adjacent ? 2 : 1, apart = m_adjacent ? 1 : half;
    for (int i = 0; i < half; ++i) {
        const float first = x[i * step], second = x[i * step + apart];
        x[i * step] = first * c[i] + second * s[i];
        x[i * step + apart] = second * c[i] - first * s[i];
    }
}

MatrixF sinusoidalPositions(int positions, int d)
{
    MatrixF out(positions, d);
    for (int i = 0; i < d; ++i) {
        const int pair = i / 2;
        const double frequency = std::pow(10000.0, -2.0 * pair / d);
        for (int p = 0; p < positions; ++p) out(p, i) = static_cast<float>(i % 2 == 0 ? std::sin(p * frequency) : std::cos(p * frequency));
    }
    return out;
}

}  // namespace hs
