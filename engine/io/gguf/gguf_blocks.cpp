// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/gguf/gguf_blocks.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "engine/tensor/convert.h"

namespace hs {

namespace {

using Bytes = const unsigned char*;

float halfAt(Bytes at)
{
    std::uint16_t bits = static_cast<std::uint16_t>(at[0] | (at[1] << 8));
    float out = 0;
    convertHalfToFloat(&bits, &out, 1);
    return out;
}
std::uint32_t wordAt(Bytes at) { return at[0] | (std::uint32_t(at[1]) << 8) | (std::uint32_t(at[2]) << 16) | (std::uint32_t(at[3]) << 24); }
int signedAt(Bytes at) { return static_cast<signed char>(*at); }

/// Blocks of `values` numbers in `bytes` bytes, one after another.
template <int values, int bytes, void (*decode)(Bytes, float*)>
void each(Bytes blocks, std::size_t count, float* out)
{
    for (std::size_t b = 0; b < count; ++b) decode(blocks + b * bytes, out + b * values);
}

/// Q4_0 and its kin: the low halves of 16 bytes, then the high ones; a fifth bit in `high`.
int nibble(Bytes q, int e) { return e < 16 ? q[e] & 15 : q[e - 16] >> 4; }
int fifth(std::uint32_t high, int e) { return static_cast<int>((high >> e) & 1) << 4; }

void q8_0(Bytes b, float* out)
{
    const float d = halfAt(b);
    for (int e = 0; e < 32; ++e) out[e] = static_cast<float>(signedAt(b + 2 + e)) * d;
}
void q4_0(Bytes b, float* out)
{
    const float d = halfAt(b);
    for (int e = 0; e < 32; ++e) out[e] = static_cast<float>(nibble(b + 2, e) - 8) * d;
}
void q4_1(Bytes b, float* out)
{
    const float d = halfAt(b), m = halfAt(b + 2);
    for (int e = 0; e < 32; ++e) out[e] = static_cast<float>(nibble(b + 4, e)) * d + m;
}
void q5_0(Bytes b, float* out)
{
    const float d = halfAt(b);
    const std::uint32_t high = wordAt(b + 2);
    for (int e = 0; e < 32; ++e) out[e] = static_cast<float>((nibble(b + 6, e) | fifth(high, e)) - 16) * d;
}
void q5_1(Bytes b, float* out)
{
    const float d = halfAt(b), m = halfAt(b + 2);
    const std::uint32_t high = wordAt(b + 4);
    for (int e = 0; e < 32; ++e) out[e] = static_cast<float>(nibble(b + 8, e) | fifth(high, e)) * d + m;
}

/// Two bits of 256: 128 numbers lie in 32 bytes, 32 of them in the same two bits.
int twoBits(Bytes q, int e) { return (q[32 * (e / 128) + e % 32] >> (2 * (e % 128 / 32))) & 3; }

void q2_K(Bytes b, float* out)
{
    const float d = halfAt(b + 80), dmin = halfAt(b + 82);
    for (int e = 0; e < 256; ++e) {
        const int scale = b[e / 16];
        out[e] = d * static_cast<float>(scale & 15) * static_cast<float>(twoBits(b + 16, e)) - dmin * static_cast<float>(scale >> 4);
    }
}
void q3_K(Bytes b, float* out)
{
    const Bytes high = b, q = b + 32, scales = b + 96;
    const float d = halfAt(b + 108);
    for (int e = 0; e < 256; ++e) {
        const int g = e / 16;
        const int low = g < 8 ? scales[g] & 15 : scales[g - 8] >> 4;
        const int scale = (low | (((scales[8 + g % 4] >> (2 * (g / 4))) & 3) << 4)) - 32;
        const int value = twoBits(q, e) - (((high[e % 32] >> (e / 32)) & 1) != 0 ? 0 : 4);
        out[e] = d * static_cast<float>(scale) * static_cast<float>(value);
    }
}

/// Scale and minimum of 32 numbers: eight of each, six bits wide, in twelve bytes.
void scaleAndMin(Bytes s, int k, int& scale, int& min)
{
    if (k < 4) {
        scale = s[k] & 63;
        min = s[k + 4] & 63;
    } else {
        scale = (s[k + 4] & 15) | ((s[k - 4] >> 6) << 4);
        min = (s[k + 4] >> 4) | ((s[k] >> 6) << 4);
    }
}
/// 64 numbers lie in 32 bytes: 32 in the low halves, 32 in the high ones.
int halfByte(Bytes q, int e) { return e / 32 % 2 == 0 ? q[32 * (e / 64) + e % 32] & 15 : q[32 * (e / 64) + e % 32] >> 4; }

/// Q4_K; Q5_K with a fifth bit in `high`.
void q45_K(Bytes b, Bytes high, Bytes q, float* out)
{
    const float d = halfAt(b), dmin = halfAt(b + 2);
    for (int k = 0; k < 8; ++k) {
        int scale = 0, min = 0;
        scaleAndMin(b + 4, k, scale, min);
        const float step = d * static_cast<float>(scale), floor = dmin * static_cast<float>(min);
        for (int e = 32 * k; e < 32 * k + 32; ++e) {
            const int more = high ? ((high[e % 32] >> k) & 1) << 4 : 0;
            out[e] = step * static_cast<float>(halfByte(q, e) + more) - floor;
        }
    }
}
void q4_K(Bytes b, float* out) { q45_K(b, nullptr, b + 16, out); }
void q5_K(Bytes b, float* out) { q45_K(b, b + 16, b + 48, out); }

void q6_K(Bytes b, float* out)
{
    const Bytes low = b, high = b + 128, scales = b + 192;
    const float d = halfAt(b + 208);
    for (int e = 0; e < 256; ++e) {
        const int half = e / 128, r = e % 128;
        const int byte = low[64 * half + r % 64];
        const int bits = (r < 64 ? byte & 15 : byte >> 4) | (((high[32 * half + r % 32] >> (2 * (r / 32))) & 3) << 4);
        out[e] = d * static_cast<float>(signedAt(scales + e / 16)) * static_cast<float>(bits - 32);
    }
}
void q8_K(Bytes b, float* out)  // d as a float, 256 numbers, 16 sums that are for products only
{
    const std::uint32_t bits = wordAt(b);
    float d = 0;
    std::memcpy(&d, &bits, sizeof d);
    for (int e = 0; e < 256; ++e) out[e] = d * static_cast<float>(signedAt(b + 4 + e));
}

constexpr BlockType kBlockTypes[] = {
    {0, "F32", 1, 4, Dtype::F32, nullptr},
    {1, "F16", 1, 2, Dtype::F16, nullptr},
    {2, "Q4_0", 32, 18, Dtype::F32, each<32, 18, q4_0>},
    {3, "Q4_1", 32, 20, Dtype::F32, each<32, 20, q4_1>},
    {6, "Q5_0", 32, 22, Dtype::F32, each<32, 22, q5_0>},
    {7, "Q5_1", 32, 24, Dtype::F32, each<32, 24, q5_1>},
    {8, "Q8_0", 32, 34, Dtype::F32, each<32, 34, q8_0>},
    {10, "Q2_K", 256, 84, Dtype::F32, each<256, 84, q2_K>},
    {11, "Q3_K", 256, 110, Dtype::F32, each<256, 110, q3_K>},
    {12, "Q4_K", 256, 144, Dtype::F32, each<256, 144, q4_K>},
    {13, "Q5_K", 256, 176, Dtype::F32, each<256, 176, q5_K>},
    {14, "Q6_K", 256, 210, Dtype::F32, each<256, 210, q6_K>},
    {15, "Q8_K", 256, 292, Dtype::F32, each<256, 292, q8_K>},
    {28, "F64", 1, 8, Dtype::F64, nullptr},
    {30, "BF16", 1, 2, Dtype::BF16, nullptr},
    {24, "I8", 1, 1, Dtype::Int, nullptr},
    {25, "I16", 1, 2, Dtype::Int, nullptr},
    {26, "I32", 1, 4, Dtype::Int, nullptr},
    {27, "I64", 1, 8, Dtype::Int, nullptr},
    // By codebooks or for products in ggml alone: not read, so that they are named.
    {9, "Q8_1", 32, 0, Dtype::Other, nullptr},
    {16, "IQ2_XXS", 256, 0, Dtype::Other, nullptr},
    {17, "IQ2_XS", 256, 0, Dtype::Other, nullptr},
    {18, "IQ3_XXS", 256, 0, Dtype::Other, nullptr},
    {19, "IQ1_S", 256, 0, Dtype::Other, nullptr},
    {20, "IQ4_NL", 32, 0, Dtype::Other, nullptr},
    {21, "IQ3_S", 256, 0, Dtype::Other, nullptr},
    {22, "IQ2_S", 256, 0, Dtype::Other, nullptr},
    {23, "IQ4_XS", 256, 0, Dtype::Other, nullptr},
    {29, "IQ1_M", 256, 0, Dtype::Other, nullptr},
    {34, "TQ1_0", 256, 0, Dtype::Other, nullptr},
    {35, "TQ2_0", 256, 0, Dtype::Other, nullptr},
    {39, "MXFP4", 32, 0, Dtype::Other, nullptr},
};

}  // namespace

const BlockType* blockType(std::uint32_t number)
{
    const auto at = std::find_if(std::begin(kBlockTypes), std::end(kBlockTypes), [&](const BlockType& t) { return t.number == number; });
    return at == std::end(kBlockTypes) ? nullptr : at;
}

}  // namespace hs
