// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF (llama.cpp's file format, versions 2 and 3; the specification of the ggml project): settings as pairs, tensors as blocks of quantised numbers.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/bytes/file_region.h"
#include "engine/io/gguf/gguf_blocks.h"

namespace hs {

struct GgufValue {
    enum class Kind { Whole, Real, Bool, Text, Wholes, Reals, Texts };
    Kind kind = Kind::Whole;
    std::int64_t whole = 0;  ///< Whole, Bool; a number of 64 bits that does not fit is the largest one that does
    double real = 0;         ///< Real; a float as the double of its shortest spelling
    std::string text;
    std::vector<std::int64_t> wholes;  ///< arrays; bools too
    std::vector<double> reals;
    std::vector<std::string> texts;
};

struct GgufTensor {
    std::string name;
    std::vector<std::int64_t> shape;  ///< as C has it: the last axis runs fastest, the other way round than in the file
    const BlockType* type = nullptr;
    std::uint64_t offset = 0;  ///< in the file
};

struct GgufFile {
    std::shared_ptr<const FileRegion> file;
    std::map<std::string, GgufValue> values;
    std::vector<GgufTensor> tensors;

    const GgufValue* find(const std::string& key) const;
    /// A text, or "" where there is none of this key.
    std::string text(const std::string& key) const;
};

/// Reads and checks everything but the tensors' values. FileTruncated, FileDamaged (item = key, tensor or "byte N"): counts past the file,
/// two of one name, tensors outside of the file or over each other; FormatTooNew for other versions; UnknownFileKind for big-endian files;
/// DtypeUnsupported (item = tensor, found = "IQ2_XS") for kinds that are not read; FileTooLarge; Cancelled.
Result<GgufFile> readGguf(const std::string& path, const Progress& progress = {});

}  // namespace hs
