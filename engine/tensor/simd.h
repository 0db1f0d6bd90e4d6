// SPDX-License-Identifier: GPL-3.0-or-later
// Only for .cpp files: one source, compiled for several processors and chosen at load time. No -march=native ever ships.
#pragma once

#include <cstddef>
#include <cstring>

// Function multiversioning needs ifunc, which the sanitizers' start-up does not survive.
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define HS_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define HS_CLONES
#endif

namespace hs::simd {

/// Sixteen floats; the compiler splits them where registers are narrower.
typedef float F16 __attribute__((vector_size(64)));
typedef int I16 __attribute__((vector_size(64)));
inline constexpr std::ptrdiff_t kLanes = 16;

// Macros of the form "load/store" would be functions, but a function returning a 64-byte vector has no portable ABI:
// everything here is forced inline.
#define HS_INLINE static inline __attribute__((always_inline))

HS_INLINE void load(F16& v, const float* p) { std::memcpy(&v, p, sizeof v); }
HS_INLINE void store(float* p, const F16& v) { std::memcpy(p, &v, sizeof v); }
HS_INLINE void fill(F16& v, float x) { v = F16{} + x; }

HS_INLINE float sum(const F16& v)
{
    float s = 0.0f;
    for (int i = 0; i < kLanes; ++i) s += v[i];
    return s;
}

HS_INLINE float max(const F16& v)
{
    float m = v[0];
    for (int i = 1; i < kLanes; ++i) m = v[i] > m ? v[i] : m;
    return m;
}

/// v <- e^v, relative error below 2e-7; below -87.3 the result is 0, above 88.7 infinite, NaN stays NaN.
/// Reduction by multiples of ln 2 in two parts, then a degree-6 polynomial on |r| <= ln2/2.
HS_INLINE void exp(F16& v)
{
    const F16 x = v;
    F16 clamped = x < -87.3f ? F16{} - 87.3f : x;
    clamped = clamped > 88.7f ? F16{} + 88.7f : clamped;
    const F16 magic = F16{} + 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
    const F16 shifted = clamped * 1.44269504088896341f + magic;
    const F16 k = shifted - magic;
    const F16 r = (clamped - k * 0.693359375f) - k * -2.12194440e-4f;
    F16 p = F16{} + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    I16 bits;
    std::memcpy(&bits, &shifted, sizeof bits);
    // k may be 128 at the upper end: 2^k in two halves, each a normal number.
    const I16 whole = bits - 0x4B400000;
    const I16 half = whole >> 1;
    const I16 lowBits = (half + 127) << 23, highBits = (whole - half + 127) << 23;
    F16 low, high;
    std::memcpy(&low, &lowBits, sizeof low);
    std::memcpy(&high, &highBits, sizeof high);
    F16 result = p * low * high;
    result = x < -87.3f ? F16{} : result;
    result = x > 88.7f ? F16{} + __builtin_inff() : result;
    v = x == x ? result : x;  // NOLINT(misc-redundant-expression): not so for NaN
}

/// v <- e^v for v <= 0 (or NaN): the softmax's case, with half the work of exp. `clamped` is v, at least -87.3.
HS_INLINE void expOfNonPositive(F16& v, F16& clamped)
{
    const F16 x = v;
    clamped = x < -87.3f ? F16{} - 87.3f : x;
    const F16 shifted = clamped * 1.44269504088896341f + 12582912.0f;
    const F16 k = shifted - 12582912.0f;
    const F16 r = (clamped - k * 0.693359375f) - k * -2.12194440e-4f;
    F16 p = F16{} + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    I16 bits;
    std::memcpy(&bits, &shifted, sizeof bits);
    bits = (bits << 23) + (127 << 23);  // the bits of 1.5 * 2^23 fall off at the top; k >= -126 leaves a normal number
    F16 scale;
    std::memcpy(&scale, &bits, sizeof scale);
    v = x < -87.3f ? F16{} : p * scale;
}

}  // namespace hs::simd
