// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of other widths to float and back. Ours, because libhdf5's own half conversion is about sixty times slower.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hs {

/// IEEE binary16 bits to float, exact. Uses F16C where the processor has it.
void convertHalfToFloat(const std::uint16_t* in, float* out, std::size_t count);
/// bfloat16 bits to float, exact.
void convertBf16ToFloat(const std::uint16_t* in, float* out, std::size_t count);
/// Float to IEEE binary16, round to nearest even; too large becomes infinity.
void convertFloatToHalf(const float* in, std::uint16_t* out, std::size_t count);
/// Float to bfloat16, round to nearest even.
void convertFloatToBf16(const float* in, std::uint16_t* out, std::size_t count);
/// Double to float, round to nearest.
void convertDoubleToFloat(const double* in, float* out, std::size_t count);

/// Reverses the bytes of each `width`-byte element in place; width 1, 2, 4 or 8.
void swapBytes(void* data, std::size_t width, std::size_t count);

/// Index of the first NaN or infinity, or `count`.
std::size_t firstNotFinite(const float* data, std::size_t count);

}  // namespace hs
