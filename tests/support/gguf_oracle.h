// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF's kinds of blocks bit by bit in double precision, from the tables of the format (ggml-common.h), and random blocks to read.
#pragma once

#include <cmath>
#include <cstring>
#include <string>

#include "engine/base/random.h"
#include "engine/io/gguf/gguf_blocks.h"
#include "tests/support/gguf_build.h"
#include "tests/support/random_model.h"

namespace hs::test {

inline double halfOf(const unsigned char* b)
{
    const int bits = b[0] | (b[1] << 8), exponent = (bits >> 10) & 31, fraction = bits & 1023;
    const double size = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
    return (bits & 0x8000) != 0 ? -size : size;
}
inline int bit(const unsigned char* b, int n) { return (b[n / 8] >> (n % 8)) & 1; }
inline int bits(const unsigned char* b, int first, int count)
{
    int out = 0;
    for (int i = 0; i < count; ++i) out |= bit(b, first + i) << i;
    return out;
}
inline int low(const unsigned char* q, int e) { return bits(q, e < 16 ? 8 * e : 8 * (e - 16) + 4, 4); }
/// Bits of number e where 32 numbers lie side by side in 32 bytes, `width` bits wide, group after group.
inline int plane(const unsigned char* q, int e, int width)
{
    const int perByte = 8 / width, group = e / 32, byte = 32 * (group / perByte) + e % 32;
    return bits(q, 8 * byte + width * (group % perByte), width);
}
/// Six bits: scale k of Q4_K and Q5_K (min: from its second half).
inline int six(const unsigned char* s, int k, bool min)
{
    const int at = k < 4 ? k + (min ? 4 : 0) : 0;
    if (k < 4) return bits(s, 8 * at, 6);
    return bits(s, 8 * (k + 4) + (min ? 4 : 0), 4) + 16 * bits(s, 8 * (min ? k : k - 4) + 6, 2);
}
/// Value number e of a block.
inline double blockOracle(const std::string& type, const unsigned char* b, int e)
{
    const auto byte = [&](int at) { return static_cast<double>(static_cast<signed char>(b[at])); };
    if (type == "Q8_0") return halfOf(b) * byte(2 + e);
    if (type == "Q4_0") return halfOf(b) * (low(b + 2, e) - 8);
    if (type == "Q4_1") return halfOf(b) * low(b + 4, e) + halfOf(b + 2);
    if (type == "Q5_0") return halfOf(b) * (low(b + 6, e) + 16 * bit(b + 2, e) - 16);
    if (type == "Q5_1") return halfOf(b) * (low(b + 8, e) + 16 * bit(b + 4, e)) + halfOf(b + 2);
    if (type == "Q2_K")
        return halfOf(b + 80) * bits(b, 8 * (e / 16), 4) * plane(b + 16, e, 2) - halfOf(b + 82) * bits(b, 8 * (e / 16) + 4, 4);
    if (type == "Q3_K") {
        const int g = e / 16;
        const int scale = bits(b + 96, g < 8 ? 8 * g : 8 * (g - 8) + 4, 4) + 16 * bits(b + 96, 8 * (8 + g % 4) + 2 * (g / 4), 2) - 32;
        return halfOf(b + 108) * scale * (plane(b + 32, e, 2) + 4 * bit(b, 8 * (e % 32) + e / 32) - 4);
    }
    if (type == "Q4_K") return halfOf(b) * six(b + 4, e / 32, false) * plane(b + 16, e, 4) - halfOf(b + 2) * six(b + 4, e / 32, true);
    if (type == "Q5_K")
        return halfOf(b) * six(b + 4, e / 32, false) * (plane(b + 48, e, 4) + 16 * bit(b + 16, 8 * (e % 32) + e / 32))
               - halfOf(b + 2) * six(b + 4, e / 32, true);
    if (type == "Q6_K") {
        const int h = e / 128, r = e % 128;
        const int value =
            bits(b, 8 * (64 * h + r % 64) + (r < 64 ? 0 : 4), 4) + 16 * bits(b + 128, 8 * (32 * h + r % 32) + 2 * (r / 32), 2) - 32;
        return halfOf(b + 208) * byte(192 + e / 16) * value;
    }
    float d = 0;  // Q8_K
    std::memcpy(&d, b, 4);
    return static_cast<double>(d) * byte(4 + e);
}

/// Random blocks whose scales are ordinary numbers.
inline std::string randomBlocks(const BlockType& type, int count, std::uint64_t seed)
{
    Random r(seed);
    std::string out;
    for (int b = 0; b < count; ++b) {
        std::string block;
        for (std::size_t i = 0; i < type.bytes; ++i) block += static_cast<char>(r.below(256));
        const std::string name = type.name;
        const auto scale = [&](std::size_t at) { block[at + 1] = static_cast<char>((r.below(2) << 7) | (0x20 + r.below(24))); };
        if (name == "Q2_K") scale(80), scale(82);
        else if (name == "Q3_K") scale(108);
        else if (name == "Q6_K") scale(208);
        else if (name == "Q8_K") block.replace(0, 4, floatBytes(0.01F * static_cast<float>(1 + r.below(50))));
        else scale(0);
        if (name == "Q4_1" || name == "Q5_1" || name == "Q4_K" || name == "Q5_K") scale(2);
        out += block;
    }
    return out;
}

}  // namespace hs::test
