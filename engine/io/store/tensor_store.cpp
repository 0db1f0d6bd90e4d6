// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/tensor_store.h"

#include <cmath>

#include "engine/tensor/convert.h"

namespace hs {

namespace {

Error notFinite(const TensorStore& store, std::size_t index, std::int64_t at, double value)
{
    return Error::in(store.path(), ErrorCode::NotFinite, store.tensors()[index].name,
                     std::string(std::isnan(value) ? "nan" : "inf") + " at " + std::to_string(at), "finite");
}

Error unsupported(const TensorStore& store, std::size_t index)
{
    const StoredTensor& t = store.tensors()[index];
    return Error::in(store.path(), ErrorCode::DtypeUnsupported, t.name, t.dtypeName, "float16, bfloat16, float32, float64");
}

Status checkReadable(const TensorStore& store, std::size_t index)
{
    const StoredTensor& t = store.tensors()[index];
    if (t.problem) return *t.problem;
    if (widthOf(t.dtype) == 0) return unsupported(store, index);
    return {};
}

}  // namespace

std::int64_t StoredTensor::count() const
{
    std::int64_t n = 1;
    for (const std::int64_t extent : shape) n *= extent;
    return n;
}

std::size_t widthOf(Dtype dtype)
{
    switch (dtype) {
    case Dtype::F16:
    case Dtype::BF16: return 2;
    case Dtype::F32: return 4;
    case Dtype::F64: return 8;
    case Dtype::Int:
    case Dtype::Other: break;
    }
    return 0;
}

const char* shortName(Dtype dtype)
{
    switch (dtype) {
    case Dtype::F16: return "fp16";
    case Dtype::BF16: return "bf16";
    case Dtype::F32: return "fp32";
    case Dtype::F64: return "fp64";
    case Dtype::Int: return "int";
    case Dtype::Other: break;
    }
    return "other";
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    if (shape.empty()) return "scalar";
    std::string out;
    for (const std::int64_t n : shape) {
        if (!out.empty()) out += " x ";
        out += std::to_string(n);
    }
    return out;
}

std::optional<std::int64_t> checkedBytes(const std::vector<std::int64_t>& shape, std::size_t width)
{
    std::int64_t bytes = static_cast<std::int64_t>(width);
    for (const std::int64_t n : shape) {
        if (n < 0 || __builtin_mul_overflow(bytes, n, &bytes)) return std::nullopt;
    }
    return bytes;
}

Status streamFloats(const TensorStore& store, std::size_t index, const FloatSink& sink, const Progress& progress)
{
    if (const Status s = checkReadable(store, index); !s) return s;
    const Dtype dtype = store.tensors()[index].dtype;
    std::vector<float> floats;
    return store.streamRaw(
        index,
        [&](std::int64_t first, const void* data, std::size_t count) -> Status {
            const float* values = static_cast<const float*>(data);
            if (dtype != Dtype::F32) {
                floats.resize(count);
                if (dtype == Dtype::F16) convertHalfToFloat(static_cast<const std::uint16_t*>(data), floats.data(), count);
                if (dtype == Dtype::BF16) convertBf16ToFloat(static_cast<const std::uint16_t*>(data), floats.data(), count);
                if (dtype == Dtype::F64) convertDoubleToFloat(static_cast<const double*>(data), floats.data(), count);
                values = floats.data();
            }
            if (const std::size_t bad = firstNotFinite(values, count); bad < count)
                return notFinite(store, index, first + static_cast<std::int64_t>(bad), static_cast<double>(values[bad]));
            sink(first, values, count);
            return {};
        },
        progress);
}

Status streamDoubles(const TensorStore& store, std::size_t index, const DoubleSink& sink, const Progress& progress)
{
    std::vector<double> doubles;
    if (store.tensors()[index].dtype != Dtype::F64) {
        return streamFloats(
            store, index,
            [&](std::int64_t first, const float* data, std::size_t count) {
                doubles.assign(data, data + count);
                sink(first, doubles.data(), count);
            },
            progress);
    }
    if (const Status s = checkReadable(store, index); !s) return s;
    return store.streamRaw(
        index,
        [&](std::int64_t first, const void* data, std::size_t count) -> Status {
            const auto* values = static_cast<const double*>(data);
            for (std::size_t i = 0; i < count; ++i)
                if (!std::isfinite(values[i])) return notFinite(store, index, first + static_cast<std::int64_t>(i), values[i]);
            sink(first, values, count);
            return {};
        },
        progress);
}

}  // namespace hs
