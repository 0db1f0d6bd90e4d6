// SPDX-License-Identifier: GPL-3.0-or-later
// Row-wise pieces of a transformer. All work on one row or one flat range, on the calling thread.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/tensor/matrix.h"

namespace hs {

/// Largest value of x[0, n); -infinity when n is 0 (NaN are skipped).
float maxOf(const float* x, std::ptrdiff_t n);
/// First index of the largest value; 0 when n is 0.
std::ptrdiff_t argmaxOf(const float* x, std::ptrdiff_t n);
/// True when no value is NaN or infinite.
bool allFinite(const float* x, std::ptrdiff_t n);
/// Euclidean norm.
float normOf(const float* x, std::ptrdiff_t n);
/// y += x.
void addTo(float* y, const float* x, std::ptrdiff_t n);
/// y = scale * x.
void scaleInto(float* y, const float* x, float scale, std::ptrdiff_t n);

/// What softmaxRow learns on its way.
struct SoftmaxRow {
    float logSumExp = 0;        ///< of the row as given; -infinity when every cell is -infinity
    float max = 0;              ///< largest weight
    std::ptrdiff_t argmax = 0;  ///< first index of the largest score
    float entropy = 0;          ///< nats: logSumExp - sum of weight * score
};
/// Softmax of x[0, n) in place, largest value subtracted first. A row of -infinity only becomes a row of 0.
SoftmaxRow softmaxRow(float* x, std::ptrdiff_t n);
/// x = exp(x - shift); returns the sum.
float expInPlace(float* x, std::ptrdiff_t n, float shift);
/// Sum of exp(x - shift) for a shift that no x exceeds: the largest of them; x is left alone.
float sumExp(const float* x, std::ptrdiff_t n, float shift);

/// out = (x - mean) / sqrt(variance + eps) * w + b; null w: 1, null b: 0. out may be x.
void layerNorm(float* out, const float* x, const float* w, const float* b, std::ptrdiff_t n, double eps);
/// out = x / sqrt(mean of squares + eps) * w + b (Zhang & Sennrich 2019). out may be x.
void rmsNorm(float* out, const float* x, const float* w, const float* b, std::ptrdiff_t n, double eps);

/// x = cap * tanh(x / cap), cap > 0: no value leaves (-cap, cap).
void softCapInPlace(float* x, std::ptrdiff_t n, float cap);
/// slope = the derivative of softCapInPlace where it gave y: 1 - (y / cap)^2; 0 for masked y (-infinity).
void softCapSlope(float* slope, const float* y, std::ptrdiff_t n, float cap);

void reluInPlace(float* x, std::ptrdiff_t n);
/// x * Phi(x), Phi the normal distribution function.
void geluExactInPlace(float* x, std::ptrdiff_t n);
/// 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), "gelu_new" (Hendrycks & Gimpel 2016).
void geluTanhInPlace(float* x, std::ptrdiff_t n);
/// x / (1 + e^-x).
void siluInPlace(float* x, std::ptrdiff_t n);
/// y *= x, element by element.
void multiplyBy(float* y, const float* x, std::ptrdiff_t n);

/// Cosines and sines of rotary positions (Su et al. 2021): angle of pair i at position p is p * frequencies[i].
class RotaryTable {
public:
    /// Rotates nothing.
    RotaryTable() = default;
    /// `scale` multiplies cosines and sines (the attention factor of YaRN and LongRoPE).
    RotaryTable(int positions, const std::vector<double>& frequencies, bool adjacentPairs, double scale = 1);
    /// Rotates the first dim values of x, a head's query or key at this position.
    void rotate(float* x, int position) const;
    /// The transposed map: the inverse rotation where scale is 1, and always the backward of rotate.
    void rotateBack(float* x, int position) const;
    int dim() const { return m_dim; }

private:
    int m_dim = 0;
    bool m_adjacent = false;
    MatrixF m_cos, m_sin;  ///< [positions, dim/2]
};

/// Position vectors of Vaswani et al. 2017: sin at even, cos at odd indices, wavelengths 10000^(2i/d). [positions, d]
MatrixF sinusoidalPositions(int positions, int d);

}  // namespace hs
