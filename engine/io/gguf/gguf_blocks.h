// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of numbers in GGUF: a block of values shares its scales. Formulas: ggml/src/ggml-quants.c (dequantize_row_*), written out in
// resources/manual/formats.md section 2.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/model/weights.h"

namespace hs {

struct BlockType {
    std::uint32_t number = 0;
    const char* name = "";
    std::int64_t values = 1;   ///< of one block
    std::size_t bytes = 0;     ///< of one block; 0: not read
    Dtype dtype = Dtype::F32;  ///< of the values that are handed on; Other: not read
    /// `count` blocks to floats, exactly as ggml computes them; null where the values stand as they are (F32, F16, BF16, F64).
    void (*decode)(const unsigned char* blocks, std::size_t count, float* out) = nullptr;
};

/// Null for a number that no published version of the format has.
const BlockType* blockType(std::uint32_t number);

}  // namespace hs
