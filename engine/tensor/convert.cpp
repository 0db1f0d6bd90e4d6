// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tensor/convert.h"

#include <algorithm>
#include <bit>

#include <Eigen/Core>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace hs {

namespace {

#if defined(__x86_64__)
bool hasF16c()
{
    // __builtin_cpu_supports answers for "avx" (and asks whether the system keeps its registers); "f16c" not every compiler knows.
    static const bool has = [] {
        unsigned a = 0, b = 0, c = 0, d = 0;
        return __builtin_cpu_supports("avx") && __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
    }();
    return has;
}

__attribute__((target("avx,f16c"))) std::size_t halfToFloatF16c(const std::uint16_t* in, float* out, std::size_t count)
{
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) _mm256_storeu_ps(out + i, _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(in + i))));
    return i;
}

__attribute__((target("avx,f16c"))) std::size_t floatToHalfF16c(const float* in, std::uint16_t* out, std::size_t count)
{
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), _mm256_cvtps_ph(_mm256_loadu_ps(in + i), _MM_FROUND_TO_NEAREST_INT));
    return i;
}
#endif

template <typename T>
void swapEach(T* data, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        if constexpr (sizeof(T) == 2) data[i] = static_cast<T>(__builtin_bswap16(data[i]));
        if constexpr (sizeof(T) == 4) data[i] = static_cast<T>(__builtin_bswap32(data[i]));
        if constexpr (sizeof(T) == 8) data[i] = static_cast<T>(__builtin_bswap64(data[i]));
    }
}

}  // namespace

void convertHalfToFloat(const std::uint16_t* in, float* out, std::size_t count)
{
    std::size_t i = 0;
#if defined(__x86_64__)
    if (hasF16c()) i = halfToFloatF16c(in, out, count);
#endif
    for (; i < count; ++i) out[i] = static_cast<float>(std::bit_cast<Eigen::half>(in[i]));
}

void convertFloatToHalf(const float* in, std::uint16_t* out, std::size_t count)
{
    std::size_t i = 0;
#if defined(__x86_64__)
    if (hasF16c()) i = floatToHalfF16c(in, out, count);
#endif
    for (; i < count; ++i) out[i] = std::bit_cast<std::uint16_t>(Eigen::half(in[i]));
}

void convertBf16ToFloat(const std::uint16_t* in, float* out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) out[i] = std::bit_cast<float>(static_cast<std::uint32_t>(in[i]) << 16);
}

void convertFloatToBf16(const float* in, std::uint16_t* out, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) out[i] = std::bit_cast<std::uint16_t>(Eigen::bfloat16(in[i]));
}

void convertDoubleToFloat(const double* in, float* out, std::size_t count)
{
    std::transform(in, in + count, out, [](double v) { return static_cast<float>(v); });
}

void swapBytes(void* data, std::size_t width, std::size_t count)
{
    if (width == 2) swapEach(static_cast<std::uint16_t*>(data), count);
    if (width == 4) swapEach(static_cast<std::uint32_t*>(data), count);
    if (width == 8) swapEach(static_cast<std::uint64_t*>(data), count);
}

std::size_t firstNotFinite(const float* data, std::size_t count)
{
    constexpr std::size_t step = 4096;  // a block is tested without branches, so that the compiler vectorises it
    for (std::size_t begin = 0; begin < count; begin += step) {
        const std::size_t end = std::min(count, begin + step);
        std::uint32_t bad = 0;
        for (std::size_t i = begin; i < end; ++i) bad |= (std::bit_cast<std::uint32_t>(data[i]) & 0x7f800000u) == 0x7f800000u ? 1u : 0u;
        if (bad == 0) continue;
        for (std::size_t i = begin; i < end; ++i)
            if ((std::bit_cast<std::uint32_t>(data[i]) & 0x7f800000u) == 0x7f800000u) return i;
    }
    return count;
}

}  // namespace hs
