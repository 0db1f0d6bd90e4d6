// SPDX-License-Identifier: GPL-3.0-or-later
// NPY and CSV of what is on screen.
#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/bytes/file_region.h"
#include "engine/io/bytes/output_file.h"
#include "engine/io/write/npy.h"
#include "engine/io/write/write.h"
#include "engine/text/utf8.h"

namespace hs {

namespace {

void appendNumber(std::string& out, float value)
{
    if (std::isnan(value)) return;  // a masked cell is an empty field
    out += shortestText(value);
}

}  // namespace

Status writeNpy(const std::string& path, const MatrixF& values, std::vector<std::int64_t> shape)
{
    if (shape.empty()) shape = {values.rows(), values.cols()};
    std::int64_t count = 1;
    for (const std::int64_t n : shape) count *= n;
    if (count != values.rows() * values.cols())
        return Error::in(path, ErrorCode::InvalidArgument, "shape", std::to_string(count), std::to_string(values.rows() * values.cols()));
    const std::string header = npyHeader("f4", shape);
    const auto make = [&](const std::string& temporary) -> Status {
        OutputFile out(temporary);
        out.write(header);
        out.write(values.data(), values.bytes());
        return out.close();
    };
    const auto check = [&](const std::string& temporary) -> Status {
        const auto back = FileRegion::open(temporary);
        if (!back) return back.error();
        std::vector<float> row(static_cast<std::size_t>(values.cols()));
        for (std::ptrdiff_t r = 0; r < values.rows(); ++r) {
            const std::uint64_t at = header.size() + static_cast<std::uint64_t>(r) * row.size() * sizeof(float);
            if (const Status s = (*back)->read(at, row.data(), row.size() * sizeof(float)); !s) return s;
            for (std::size_t c = 0; c < row.size(); ++c)
                if (std::bit_cast<std::uint32_t>(row[c]) != std::bit_cast<std::uint32_t>(values.row(r)[c]))
                    return Error::in(temporary, ErrorCode::VerifyFailed, std::to_string(r));
        }
        return {};
    };
    return writeThroughTemporary(path, make, check);
}

Status writeMapCsv(const std::string& path, const AttentionSource& source, HeadId head, MapKind kind)
{
    std::uint64_t written = 0;
    const auto make = [&](const std::string& temporary) -> Status {
        OutputFile out(temporary);
        std::string text = "query \\ key";
        for (const Token& t : source.keyTokens()) {
            text += ',';
            text += csvField(utf8::repaired(t.text));
        }
        text += "\r\n";
        constexpr int panel = 128;
        for (int q0 = 0; q0 < source.queries(); q0 += panel) {
            const int rows = std::min(panel, source.queries() - q0);
            const auto tile = source.tile(head, kind, q0, rows, 0, source.keys());
            if (!tile) return tile.error();
            for (int q = 0; q < rows; ++q) {
                text += csvField(utf8::repaired(source.queryTokens()[static_cast<std::size_t>(q0 + q)].text));
                for (int k = 0; k < source.keys(); ++k) {
                    text += ',';
                    appendNumber(text, (*tile)(q, k));
                }
                text += "\r\n";
            }
            out.write(text);
            written += text.size();
            text.clear();
        }
        out.write(text);
        written += text.size();
        return out.close();
    };
    const auto check = [&](const std::string& temporary) -> Status {
        const auto back = FileRegion::open(temporary);
        if (!back) return back.error();
        if ((*back)->size() != written)
            return Error::in(temporary, ErrorCode::VerifyFailed, {}, std::to_string((*back)->size()), std::to_string(written));
        return {};
    };
    return writeThroughTemporary(path, make, check);
}

}  // namespace hs
