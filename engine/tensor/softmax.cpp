// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/tensor/nn.h"
#include "engine/tensor/simd.h"

namespace hs {

using simd::F16;
using simd::kLanes;

namespace {

/// Four running maxima: one alone would wait for itself.
HS_INLINE float largest(const float* x, std::ptrdiff_t n)
{
    const float lowest = -std::numeric_limits<float>::infinity();
    float best = lowest;
    std::ptrdiff_t i = 0;
    if (n >= kLanes) {
        F16 m0, m1, m2, m3, v0, v1, v2, v3;
        simd::fill(m0, lowest);
        m1 = m2 = m3 = m0;
        for (; i + 4 * kLanes <= n; i += 4 * kLanes) {
            simd::load(v0, x + i);
            simd::load(v1, x + i + kLanes);
            simd::load(v2, x + i + 2 * kLanes);
            simd::load(v3, x + i + 3 * kLanes);
            m0 = v0 > m0 ? v0 : m0;
            m1 = v1 > m1 ? v1 : m1;
            m2 = v2 > m2 ? v2 : m2;
            m3 = v3 > m3 ? v3 : m3;
        }
        for (; i + kLanes <= n; i += kLanes) {
            simd::load(v0, x + i);
            m0 = v0 > m0 ? v0 : m0;
        }
        m0 = m1 > m0 ? m1 : m0;
        m2 = m3 > m2 ? m3 : m2;
        m0 = m2 > m0 ? m2 : m0;
        best = simd::max(m0);
    }
    for (; i < n; ++i) best = x[i] > best ? x[i] : best;
    return best;
}

}  // namespace

HS_CLONES float maxOf(const float* x, std::ptrdiff_t n) { return largest(x, n); }

namespace {

/// Largest value and its first index in one pass. Indices are counted in blocks of lanes: an int is enough.
HS_INLINE float maxAndIndex(const float* x, std::ptrdiff_t n, std::ptrdiff_t& index)
{
    float best = -std::numeric_limits<float>::infinity();
    index = 0;
    std::ptrdiff_t i = 0;
    if (n >= kLanes) {
        F16 m;
        simd::fill(m, best);
        simd::I16 at = {}, block = {};
        for (; i + kLanes <= n; i += kLanes) {
            F16 v;
            simd::load(v, x + i);
            const simd::I16 larger = v > m;
            m = larger ? v : m;
            at = larger ? block : at;
            block += 1;
        }
        for (int lane = 0; lane < kLanes; ++lane) {
            const std::ptrdiff_t where = static_cast<std::ptrdiff_t>(at[lane]) * kLanes + lane;
            if (m[lane] > best || (m[lane] == best && where < index)) {
                best = m[lane];
                index = where;
            }
        }
    }
    for (; i < n; ++i)
        if (x[i] > best) {
            best = x[i];
            index = i;
        }
    return best;
}

}  // namespace

HS_CLONES std::ptrdiff_t argmaxOf(const float* x, std::ptrdiff_t n)
{
    std::ptrdiff_t index = 0;
    maxAndIndex(x, n, index);
    return index;
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
        F16 v, clamped;
        simd::load(v, x + i);
        v = v - shift;
        simd::expOfNonPositive(v, clamped);
        total += v;
    }
    float rest = 0.0f;
    for (; i < n; ++i) rest += std::exp(x[i] - shift);
    return simd::sum(total) + rest;
}

HS_CLONES SoftmaxRow softmaxRow(float* x, std::ptrdiff_t n)
{
    const float inf = std::numeric_limits<float>::infinity();
    const float top = largest(x, n);
    if (top == -inf) {
        // Nothing visible, or nothing but NaN: the latter must not pass for a masked row.
        bool masked = true;
        for (std::ptrdiff_t i = 0; i < n; ++i) masked = masked && x[i] == -inf;
        const float value = masked ? 0.0f : std::numeric_limits<float>::quiet_NaN();
        for (std::ptrdiff_t i = 0; i < n; ++i) x[i] = value;
        return {masked ? -inf : value, value, 0, value};
    }
    // Scores relative to the largest: t = x - top. One pass gives sum e^t, sum e^t * t (a cell at -infinity adds 0) and, in blocks
    // of lanes, where t is 0 first.
    constexpr int kNowhere = std::numeric_limits<int>::max();
    F16 total = {}, weighted = {}, clamped;
    simd::I16 at = simd::I16{} + kNowhere, block = {};
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        F16 t;
        simd::load(t, x + i);
        t = t - top;
        const simd::I16 here = t == 0.0f ? block : simd::I16{} + kNowhere;
        at = here < at ? here : at;
        block += 1;
        simd::expOfNonPositive(t, clamped);
        simd::store(x + i, t);
        total += t;
        weighted += t * clamped;
    }
    if (i < n) {
        float tail[kLanes];
        for (std::ptrdiff_t k = 0; k < kLanes; ++k) tail[k] = i + k < n ? x[i + k] - top : -inf;
        F16 t;
        simd::load(t, tail);
        const simd::I16 here = t == 0.0f ? block : simd::I16{} + kNowhere;
        at = here < at ? here : at;
        simd::expOfNonPositive(t, clamped);
        total += t;
        weighted += t * clamped;
        simd::store(tail, t);
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
    std::ptrdiff_t argmax = n - 1;
    for (int lane = 0; lane < kLanes; ++lane)
        if (at[lane] != kNowhere) argmax = std::min(argmax, static_cast<std::ptrdiff_t>(at[lane]) * kLanes + lane);
    const float entropy = logSum - simd::sum(weighted) * inverse;
    return {top + logSum, inverse, argmax, entropy > 0.0f ? entropy : (entropy == entropy ? 0.0f : entropy)};
}

}  // namespace hs
