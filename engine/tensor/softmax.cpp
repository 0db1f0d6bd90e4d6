// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "engine/tensor/nn.h"
#include "engine/tensor/simd.h"

namespace hs {

using simd::F16;
using simd::kLanes;

HS_CLONES float maxOf(const float* x, std::ptrdiff_t n)
{
    float best = -std::numeric_limits<float>::infinity();
    std::ptrdiff_t i = 0;
    if (n >= kLanes) {
        F16 m;
        simd::fill(m, best);
        for (; i + kLanes <= n; i += kLanes) {
            F16 v;
            simd::load(v, x + i);
            m = v > m ? v : m;
        }
        best = simd::max(m);
    }
    for (; i < n; ++i) best = x[i] > best ? x[i] : best;
    return best;
}

std::ptrdiff_t argmaxOf(const float* x, std::ptrdiff_t n)
{
    const float best = maxOf(x, n);
    for (std::ptrdiff_t i = 0; i < n; ++i)
        if (x[i] == best) return i;
    return 0;
}

HS_CLONES float expInPlace(float* x, std::ptrdiff_t n, float shift)
{
    F16 total = {};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 v;
        simd::load(v, x + i);
        v = v - shift;
        simd::exp(v);
        simd::store(x + i, v);
        total += v;
    }
    if (i < n) {
        float tail[kLanes];
        for (std::ptrdiff_t k = 0; k < kLanes; ++k) tail[k] = i + k < n ? x[i + k] : -std::numeric_limits<float>::infinity();
        F16 v;
        simd::load(v, tail);
        v = v - shift;
        simd::exp(v);
        simd::store(tail, v);
        for (std::ptrdiff_t k = 0; i + k < n; ++k) {
            x[i + k] = tail[k];
            total[0] += tail[k];
        }
    }
    return simd::sum(total);
}

HS_CLONES float sumExp(const float* x, std::ptrdiff_t n, float shift)
{
    F16 total = {};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 v;
        simd::load(v, x + i);
        v = v - shift;
        simd::exp(v);
        total += v;
    }
    float rest = 0.0f;
    for (; i < n; ++i) rest += std::exp(x[i] - shift);
    return simd::sum(total) + rest;
}

HS_CLONES SoftmaxRow softmaxRow(float* x, std::ptrdiff_t n)
{
    const float inf = std::numeric_limits<float>::infinity();
    const float top = maxOf(x, n);
    if (top == -inf) {
        // Nothing visible, or nothing but NaN: the latter must not pass for a masked row.
        bool masked = true;
        for (std::ptrdiff_t i = 0; i < n; ++i) masked = masked && x[i] == -inf;
        const float value = masked ? 0.0f : std::numeric_limits<float>::quiet_NaN();
        for (std::ptrdiff_t i = 0; i < n; ++i) x[i] = value;
        return {masked ? -inf : value, value, value};
    }
    // Scores relative to the largest: t = x - top; sum e^t and sum e^t * t in one pass (a cell at -infinity adds 0).
    F16 total = {}, weighted = {};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 t;
        simd::load(t, x + i);
        t = t - top;
        F16 e = t;
        simd::exp(e);
        simd::store(x + i, e);
        total += e;
        t = t < -100.0f ? F16{} - 100.0f : t;
        weighted += e * t;
    }
    if (i < n) {
        float tail[kLanes];
        for (std::ptrdiff_t k = 0; k < kLanes; ++k) tail[k] = i + k < n ? x[i + k] - top : -inf;
        F16 t;
        simd::load(t, tail);
        F16 e = t;
        simd::exp(e);
        total += e;
        t = t < -100.0f ? F16{} - 100.0f : t;
        weighted += e * t;
        simd::store(tail, e);
        for (std::ptrdiff_t k = 0; i + k < n; ++k) x[i + k] = tail[k];
    }
    const float sum = simd::sum(total);
    const float inverse = 1.0f / sum;
    const float logSum = std::log(sum);
    for (i = 0; i + kLanes <= n; i += kLanes) {
        F16 v;
        simd::load(v, x + i);
        v = v * inverse;
        simd::store(x + i, v);
    }
    for (; i < n; ++i) x[i] *= inverse;
    const float entropy = logSum - simd::sum(weighted) * inverse;
    return {top + logSum, inverse, entropy > 0.0f ? entropy : (entropy == entropy ? 0.0f : entropy)};
}

}  // namespace hs
