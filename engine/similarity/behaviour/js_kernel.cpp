// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/behaviour/js_kernel.h"

#include <cmath>
#include <cstring>

#include "engine/tensor/simd.h"

namespace hs {

using simd::F16;
using simd::I16;
using simd::kLanes;

namespace {

/// v <- ln v for v in [1e-30, 4]: exponent and mantissa in [sqrt(1/2), sqrt(2)), then the odd series of ln((1 + s)/(1 - s)) to s^11:
/// relative error below 2e-7 away from 1, absolute below 6e-8 near it (there the caller uses a series of its own).
HS_INLINE void logOf(F16& v)
{
    I16 bits;
    std::memcpy(&bits, &v, sizeof bits);
    const I16 raised = bits + (0x3F800000 - 0x3F3504F3);
    const I16 exponent = (raised >> 23) - 127;
    const I16 mantissaBits = (raised & 0x007FFFFF) + 0x3F3504F3;
    F16 m;
    std::memcpy(&m, &mantissaBits, sizeof m);
    const F16 e = __builtin_convertvector(exponent, F16);
    const F16 s = (m - 1.0f) / (m + 1.0f), z = s * s;
    F16 p = F16{} + 1.0f / 11.0f;
    p = p * z + 1.0f / 9.0f;
    p = p * z + 1.0f / 7.0f;
    p = p * z + 1.0f / 5.0f;
    p = p * z + 1.0f / 3.0f;
    v = e * 0.693147180559945f + (2.0f * s + 2.0f * s * z * p);
}

/// f of x in [-1, 1] (see the header).
HS_INLINE void shape(F16& x)
{
    const F16 t = x * x;
    F16 series = F16{} + 1.0f / 132.0f;
    series = series * t + 1.0f / 90.0f;
    series = series * t + 1.0f / 56.0f;
    series = series * t + 1.0f / 30.0f;
    series = series * t + 1.0f / 12.0f;
    series = (series * t + 0.5f) * t;
    F16 above = 1.0f + x, below = 1.0f - x;
    above = above < 1e-30f ? F16{} + 1e-30f : above;
    below = below < 1e-30f ? F16{} + 1e-30f : below;
    F16 logAbove = above, logBelow = below;
    logOf(logAbove);
    logOf(logBelow);
    const F16 direct = 0.5f * (above * logAbove + below * logBelow);
    x = t < 0.0625f ? series : direct;
}

HS_INLINE void term(F16& sum, const F16& p, const F16& q)
{
    const F16 both = p + q;
    const F16 safe = both > 0.0f ? both : F16{} + 1.0f;
    F16 x = (p - q) / safe;
    shape(x);
    sum += both * x;
}

}  // namespace

HS_CLONES float jsDivergence(const float* p, const float* q, std::ptrdiff_t n)
{
    F16 total = {};
    std::ptrdiff_t j = 0;
    for (; j + kLanes <= n; j += kLanes) {
        F16 a, b;
        simd::load(a, p + j);
        simd::load(b, q + j);
        term(total, a, b);
    }
    if (j < n) {
        F16 a = {}, b = {};
        std::memcpy(&a, p + j, static_cast<std::size_t>(n - j) * sizeof(float));
        std::memcpy(&b, q + j, static_cast<std::size_t>(n - j) * sizeof(float));
        term(total, a, b);
    }
    return 0.5f * simd::sum(total);
}

}  // namespace hs
