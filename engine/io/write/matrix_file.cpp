// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/write/matrix_file.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/bytes/file_region.h"
#include "engine/io/bytes/output_file.h"
#include "engine/io/h5/writer.h"
#include "engine/io/write/npy.h"

namespace hs {

namespace {

Status checkSize(const std::string& path, std::uint64_t expected)
{
    const auto back = FileRegion::open(path);
    if (!back) return back.error();
    if ((*back)->size() != expected)
        return Error::in(path, ErrorCode::VerifyFailed, {}, std::to_string((*back)->size()), std::to_string(expected));
    return {};
}

Status writeBytes(const std::string& path, const std::string& bytes)
{
    const auto make = [&](const std::string& temporary) -> Status {
        OutputFile out(temporary);
        out.write(bytes);
        return out.close();
    };
    return writeThroughTemporary(path, make, [&](const std::string& temporary) { return checkSize(temporary, bytes.size()); });
}

}  // namespace

Status writeMatrixH5(const std::string& path, const MatrixFile& matrix)
{
    const auto make = [&](const std::string& temporary) -> Status {
        h5::Writer out(temporary);
        out.attribute("", "format", std::string("headscope-matrix"));  // first: who wrote it stands at the beginning
        const h5::Shape shape{static_cast<std::int64_t>(matrix.rowLabels.size()), static_cast<std::int64_t>(matrix.colLabels.size())};
        out.dataset("S", shape, Dtype::F64, matrix.values.data());
        if (!matrix.corrected.empty()) out.dataset("corrected", shape, Dtype::F64, matrix.corrected.data());
        for (const char* object : {"", "S"}) {
            for (const auto& [name, text] : matrix.texts) out.attribute(object, name.c_str(), text);
            for (const auto& [name, number] : matrix.numbers) out.attribute(object, name.c_str(), number);
            out.attribute(object, "source_labels", matrix.rowLabels);
            out.attribute(object, "target_labels", matrix.colLabels);
            if (!matrix.rowRanks.empty()) out.attribute(object, "source_ranks", matrix.rowRanks);
            if (!matrix.colRanks.empty()) out.attribute(object, "target_ranks", matrix.colRanks);
        }
        return out.finish();
    };
    return writeThroughTemporary(path, make);
}

Status writeMatrixNpy(const std::string& path, const MatrixFile& matrix)
{
    std::string bytes =
        npyHeader("f8", {static_cast<std::int64_t>(matrix.rowLabels.size()), static_cast<std::int64_t>(matrix.colLabels.size())});
    bytes.append(reinterpret_cast<const char*>(matrix.values.data()), matrix.values.size() * sizeof(double));
    return writeBytes(path, bytes);
}

Status writeMatrixCsv(const std::string& path, const MatrixFile& matrix)
{
    std::string text = "source \\ target";
    for (const std::string& label : matrix.colLabels) {
        text += ',';
        text += csvField(label);
    }
    text += "\r\n";
    const std::size_t cols = matrix.colLabels.size();
    for (std::size_t row = 0; row < matrix.rowLabels.size(); ++row) {
        text += csvField(matrix.rowLabels[row]);
        for (std::size_t col = 0; col < cols; ++col) {
            text += ',';
            const double value = matrix.values[row * cols + col];
            text += std::isnan(value) ? "nan" : shortestText(value);  // no sign on what is no number
        }
        text += "\r\n";
    }
    return writeBytes(path, text);
}

Result<MatrixFormat> matrixFormatOf(const std::string& path)
{
    std::string ending = std::filesystem::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    if (ending == ".h5" || ending == ".hdf5") return MatrixFormat::H5;
    if (ending == ".npy") return MatrixFormat::Npy;
    if (ending == ".csv") return MatrixFormat::Csv;
    return Error::in(path, ErrorCode::InvalidArgument, "format", ending, ".h5, .npy, .csv");
}

Status writeMatrix(const std::string& path, const MatrixFile& matrix)
{
    const auto format = matrixFormatOf(path);
    if (!format) return format.error();
    switch (*format) {
    case MatrixFormat::H5: return writeMatrixH5(path, matrix);
    case MatrixFormat::Npy: return writeMatrixNpy(path, matrix);
    case MatrixFormat::Csv: return writeMatrixCsv(path, matrix);
    }
    return {};
}

}  // namespace hs
