// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/tensor/nn.h"
#include "engine/tensor/simd.h"

namespace hs {

using simd::F16;
using simd::kLanes;

HS_CLONES void reluInPlace(float* x, std::ptrdiff_t n)
{
    // Written so that NaN stays NaN and can be reported.
    for (std::ptrdiff_t i = 0; i < n; ++i) x[i] = x[i] < 0.0f ? 0.0f : x[i];
}

void geluExactInPlace(float* x, std::ptrdiff_t n)
{
    const float inverseRoot2 = 0.70710678118654752f;
    for (std::ptrdiff_t i = 0; i < n; ++i) x[i] = 0.5f * x[i] * std::erfc(-x[i] * inverseRoot2);
}

namespace {

/// x / (1 + e^-g) for 16 values: SiLU with g = x; tanh GELU with g = 2 sqrt(2/pi) (x + 0.044715 x^3).
HS_INLINE void gate(F16& x, F16 g)
{
    g = -g;
    g = g > 87.0f ? F16{} + 87.0f : g;  // keeps x / (1 + e^87) a number instead of x / infinity
    simd::exp(g);
    x = x / (g + 1.0f);
}

HS_INLINE void geluTanh16(F16& x)
{
    const F16 g = x * (1.5957691216057308f + 0.07135481282636f * x * x);
    gate(x, g);
}

HS_INLINE void silu16(F16& x) { gate(x, x); }

}  // namespace

#define HS_MAP(body)                                                   \
    std::ptrdiff_t i = 0;                                              \
    for (; i + kLanes <= n; i += kLanes) {                             \
        F16 v;                                                         \
        simd::load(v, x + i);                                          \
        body(v);                                                       \
        simd::store(x + i, v);                                         \
    }                                                                  \
    if (i < n) {                                                       \
        float tail[kLanes] = {};                                       \
        for (std::ptrdiff_t k = 0; i + k < n; ++k) tail[k] = x[i + k]; \
        F16 v;                                                         \
        simd::load(v, tail);                                           \
        body(v);                                                       \
        simd::store(tail, v);                                          \
        for (std::ptrdiff_t k = 0; i + k < n; ++k) x[i + k] = tail[k]; \
    }

HS_CLONES void geluTanhInPlace(float* x, std::ptrdiff_t n){HS_MAP(geluTanh16)}

HS_CLONES void siluInPlace(float* x, std::ptrdiff_t n)
{
    HS_MAP(silu16)
}

namespace {

/// tanh, relative error below 3e-7: an odd polynomial near 0, where 1 - 2 / (e^2u + 1) would cancel.
HS_INLINE void tanh16(F16& u)
{
    const F16 size = u < 0.0f ? -u : u, z = u * u;
    F16 p = F16{} - 6.0967142e-3f;
    p = p * z + 2.0997179e-2f;
    p = p * z - 5.3850910e-2f;
    p = p * z + 1.3332770e-1f;
    p = p * z - 3.3333329e-1f;
    const F16 near = u + u * z * p;
    F16 far = size + size;
    far = far > 40.0f ? F16{} + 40.0f : far;
    simd::exp(far);
    far = 1.0f - 2.0f / (far + 1.0f);
    u = size < 0.625f ? near : (u < 0.0f ? -far : far);
}

}  // namespace

HS_CLONES void softCapInPlace(float* x, std::ptrdiff_t n, float cap)
{
    const float inverse = 1.0f / cap;
    const auto capped = [&](F16 & v) __attribute__((always_inline))
    {
        v = v * inverse;
        tanh16(v);
        v = v * cap;
    };
    HS_MAP(capped)
}

#undef HS_MAP

HS_CLONES void softCapSlope(float* slope, const float* y, std::ptrdiff_t n, float cap)
{
    const float inverse = 1.0f / cap;
    for (std::ptrdiff_t i = 0; i < n; ++i) {
        const float t = y[i] * inverse, s = 1.0f - t * t;
        slope[i] = s < 0.0f ? 0.0f : s;
    }
}

}  // namespace hs
