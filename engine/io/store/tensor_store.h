// SPDX-License-Identifier: GPL-3.0-or-later
// A container of named tensors, whatever the file format. Layout tables and the weight reader see only this.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/weights.h"

namespace hs {

struct StoredTensor {
    std::string name;                 ///< as in the file, without a leading '/'
    std::vector<std::int64_t> shape;  ///< empty: a scalar
    Dtype dtype = Dtype::Other;
    std::string dtypeName;         ///< "float16", "int64" ... as a person would say it
    std::optional<Error> problem;  ///< why its values cannot be read (missing filter, size rule ...)
    std::int64_t count() const;    ///< product of the shape (checked when the tensor was listed)
};

/// Bytes of one value; 0 for Int and Other, which are no weights.
std::size_t widthOf(Dtype dtype);
/// "fp16", "bf16", "fp32", "fp64".
const char* shortName(Dtype dtype);
/// "32 x 96"; "scalar" for an empty shape.
std::string shapeText(const std::vector<std::int64_t>& shape);
/// Product of a shape and a width, or nothing when it does not fit into 63 bits or an extent is negative.
std::optional<std::int64_t> checkedBytes(const std::vector<std::int64_t>& shape, std::size_t width);

class TensorStore {
public:
    /// Values [first, first + count) as stored, in this machine's byte order. Blocks come in order, at most 64 MiB each.
    using RawSink = std::function<Status(std::int64_t first, const void* data, std::size_t count)>;

    virtual ~TensorStore() = default;
    virtual const std::string& path() const = 0;
    virtual const std::vector<StoredTensor>& tensors() const = 0;
    /// Streams a floating tensor. Looks at `progress` between blocks (Cancelled).
    virtual Status streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const = 0;
};

/// The same as floats or doubles, with NotFinite (item = tensor, found = "nan at 17") for NaN and infinities.
using FloatSink = std::function<void(std::int64_t first, const float* data, std::size_t count)>;
using DoubleSink = std::function<void(std::int64_t first, const double* data, std::size_t count)>;
Status streamFloats(const TensorStore& store, std::size_t index, const FloatSink& sink, const Progress& progress);
Status streamDoubles(const TensorStore& store, std::size_t index, const DoubleSink& sink, const Progress& progress);

}  // namespace hs
