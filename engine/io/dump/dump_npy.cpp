// SPDX-License-Identifier: GPL-3.0-or-later
// NumPy .npy: magic, version, a Python dictionary as text, then the values.
#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>
#include <mutex>

#include "engine/io/bytes/file_region.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/dump/dump_open.h"
#include "engine/io/store/npy_header.h"
#include "engine/io/store/region_stream.h"
#include "engine/tensor/convert.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

Result<NpyHeader> readHeader(const FileRegion& file)
{
    auto out = readNpyHeader([&](std::uint64_t offset, void* into, std::size_t size) { return file.read(offset, into, size); }, file.path(),
                             ErrorCode::DumpInvalid);
    if (!out) return out;
    if (widthOf(out->dtype) == 0) return Error::in(file.path(), ErrorCode::DtypeUnsupported, {}, out->type, "f2, f4, f8");
    if (out->offset + out->bytes > file.size())
        return Error::in(file.path(), ErrorCode::FileTruncated, {}, std::to_string(file.size()) + " bytes",
                         std::to_string(out->offset + out->bytes) + " bytes");
    return out;
}

Result<std::vector<std::string>> readTokens(const std::string& path)
{
    const auto text = readTextFile(path, std::uint64_t(64) << 20);
    if (!text) return text.error();
    std::vector<std::string> out;
    const std::size_t first = text->find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (*text)[first] == '[') {
        const auto list = parseJson(*text, path);
        if (!list) return list.error();
        for (const auto& e : *list) {
            if (!e.is_string() && !e.is_number())
                return Error::in(path, ErrorCode::JsonInvalid, std::to_string(out.size()), e.type_name(), "string");
            out.push_back(e.is_string() ? e.get<std::string>() : e.dump());
        }
        return out;
    }
    for (std::size_t at = 0; at < text->size();) {
        const std::size_t end = std::min(text->find('\n', at), text->size());
        std::string line = text->substr(at, end - at);
        if (line.ends_with('\r')) line.pop_back();
        out.push_back(std::move(line));
        at = end + 1;
    }
    return out;
}

/// The numbers behind the header.
struct Values {
    std::shared_ptr<const FileRegion> file;
    NpyHeader header;
    int heads, queries, keys;

    /// `count` numbers from number `first` on, as floats, in pieces: take(position from `first`, values, how many).
    Status stream(std::int64_t first, std::int64_t count, const std::function<void(std::int64_t, const float*, std::size_t)>& take) const
    {
        const std::size_t width = widthOf(header.dtype);
        const bool swap = header.bigEndian != (std::endian::native == std::endian::big);
        std::vector<float> floats;
        return streamRegion(*file, header.offset + static_cast<std::uint64_t>(first) * width, count, width, swap,
                            [&](std::int64_t at, const void* raw, std::size_t now) -> Status {
                                floats.resize(now);
                                if (header.dtype == Dtype::F16)
                                    convertHalfToFloat(static_cast<const std::uint16_t*>(raw), floats.data(), now);
                                if (header.dtype == Dtype::F32) std::copy_n(static_cast<const float*>(raw), now, floats.data());
                                if (header.dtype == Dtype::F64) convertDoubleToFloat(static_cast<const double*>(raw), floats.data(), now);
                                take(at, floats.data(), now);
                                return {};
                            },
                            {});
    }
};

/// Where the first axis runs fastest, the cells of one head lie all over the file: one pass reads all heads of a layer, and the maps of
/// the layer asked for last are kept.
class FortranLayers {
public:
    FortranLayers(Values values, int layers) : m_values(std::move(values)), m_layers(layers) {}

    Result<MatrixF> map(HeadId id)
    {
        const std::lock_guard lock(m_mutex);
        if (id.layer != m_layer)
            if (const Status s = read(id.layer); !s) return s.error();
        return m_maps[static_cast<std::size_t>(id.head)];
    }

private:
    /// Number l + L (h + H (q + n k)) is cell (q, k) of head h of layer l.
    Status read(int layer)
    {
        m_layer = -1;
        m_maps.assign(static_cast<std::size_t>(m_values.heads), MatrixF(m_values.queries, m_values.keys));
        const std::int64_t L = m_layers, H = m_values.heads, n = m_values.queries, count = L * H * n * m_values.keys;
        const Status s = m_values.stream(0, count, [&](std::int64_t first, const float* from, std::size_t now) {
            const std::int64_t end = first + static_cast<std::int64_t>(now);
            for (std::int64_t at = first + (layer - first % L + L) % L; at < end; at += L) {
                const std::int64_t cell = at / L, place = cell / H;
                m_maps[static_cast<std::size_t>(cell % H)](place % n, place / n) = from[at - first];
            }
        });
        if (s) m_layer = layer;
        return s;
    }

    const Values m_values;
    const int m_layers;
    std::mutex m_mutex;
    int m_layer = -1;  ///< whose maps are there; -1: none
    std::vector<MatrixF> m_maps;
};

std::string findTokens(const std::string& array)
{
    const fs::path path(array);
    const fs::path folder = path.parent_path();
    const std::string stem = path.stem().string();
    std::error_code ignored;
    for (const std::string& name : {stem + ".tokens.json", stem + ".tokens.txt", std::string("tokens.json"), std::string("tokens.txt")})
        if (fs::is_regular_file(folder / name, ignored)) return (folder / name).string();
    return {};
}

}  // namespace

Result<std::shared_ptr<const AttentionDump>> openNpyDump(const std::string& path, const std::string& tokensFile)
{
    const auto opened = FileRegion::open(path);
    if (!opened) return opened.error();
    const std::shared_ptr<const FileRegion>& file = *opened;
    auto header = readHeader(*file);
    if (!header) return header.error();
    std::vector<std::int64_t> shape = header->shape;
    if (shape.size() < 2 || shape.size() > 4)
        return Error::in(path, ErrorCode::RankMismatch, {}, shapeText(shape), "L x H x n x m, H x n x n, n x n");
    while (shape.size() < 4) shape.insert(shape.begin(), 1);
    for (const std::int64_t extent : shape)
        if (extent < 1 || extent > (1 << 20)) return Error::in(path, ErrorCode::DumpInvalid, {}, shapeText(header->shape));
    const std::string list = tokensFile.empty() ? findTokens(path) : tokensFile;
    if (list.empty())
        return Error::in(path, ErrorCode::DumpInvalid, "tokens", {},
                         fs::path(path).stem().string() + ".tokens.json, tokens.json, tokens.txt");
    const auto pieces = readTokens(list);
    if (!pieces) return pieces.error();

    DumpSampleData data;
    data.file = path;
    data.layers = static_cast<int>(shape[0]);
    data.heads = static_cast<int>(shape[1]);
    data.queries = static_cast<int>(shape[2]);
    data.keys = static_cast<int>(shape[3]);
    data.queryTokens = tokensFromPieces(*pieces);
    data.keyTokens = data.queryTokens;
    if (shape[2] != shape[3]) data.causal = false;
    const Values values{file, *header, data.heads, data.queries, data.keys};
    if (header->fortran) {
        const auto layers = std::make_shared<FortranLayers>(values, data.layers);
        data.map = [layers](HeadId id) { return layers->map(id); };
    } else {
        data.map = [values](HeadId id) -> Result<MatrixF> {
            const std::int64_t count = std::int64_t(values.queries) * values.keys;
            MatrixF out(values.queries, values.keys);
            const Status s =
                values.stream((std::int64_t(id.layer) * values.heads + id.head) * count, count,
                              [&](std::int64_t first, const float* from, std::size_t now) { std::copy_n(from, now, out.data() + first); });
            if (!s) return s.error();
            return out;
        };
    }
    auto sample = makeDumpSample(std::move(data));
    if (!sample) return sample.error();
    auto dump = std::make_shared<AttentionDump>();
    dump->path = path;
    dump->samples.push_back(*sample);
    return std::shared_ptr<const AttentionDump>(dump);
}

}  // namespace hs
