// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/safetensors.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <set>

#include "engine/io/bytes/file_region.h"
#include "engine/io/store/region_stream.h"
#include "engine/io/store/shards.h"
#include "engine/text/json_read.h"

namespace hs {

namespace {

using nlohmann::json;

struct Type {
    const char* name;
    std::int64_t bits;
    Dtype dtype;
    const char* shown;
};
constexpr Type types[] = {
    {"F16", 16, Dtype::F16, "float16"},
    {"BF16", 16, Dtype::BF16, "bfloat16"},
    {"F32", 32, Dtype::F32, "float32"},
    {"F64", 64, Dtype::F64, "float64"},
    {"BOOL", 8, Dtype::Int, "bool"},
    {"U8", 8, Dtype::Int, "uint8"},
    {"I8", 8, Dtype::Int, "int8"},
    {"U16", 16, Dtype::Int, "uint16"},
    {"I16", 16, Dtype::Int, "int16"},
    {"U32", 32, Dtype::Int, "uint32"},
    {"I32", 32, Dtype::Int, "int32"},
    {"U64", 64, Dtype::Int, "uint64"},
    {"I64", 64, Dtype::Int, "int64"},
    {"C64", 64, Dtype::Other, "complex64"},
    {"F8_E5M2", 8, Dtype::Other, "float8"},
    {"F8_E4M3", 8, Dtype::Other, "float8"},
    {"F8_E8M0", 8, Dtype::Other, "float8"},
    {"F8_E5M2FNUZ", 8, Dtype::Other, "float8"},
    {"F8_E4M3FNUZ", 8, Dtype::Other, "float8"},
    {"F6_E2M3", 6, Dtype::Other, "float6"},
    {"F6_E3M2", 6, Dtype::Other, "float6"},
    {"F4", 4, Dtype::Other, "float4"},
};

struct Entry {
    StoredTensor tensor;
    std::uint64_t begin = 0, end = 0;  ///< in the value buffer
};

Error damaged(const std::string& path, const std::string& item, const std::string& found, const std::string& expected = {})
{
    return Error::in(path, ErrorCode::FileDamaged, item, found, expected);
}

/// The header as JSON; its top level names every tensor once.
Result<json> parseHeader(const std::string& text, const std::string& path, const Progress& progress)
{
    auto header = readJson(text, path, {.depth = 8, .uniqueNames = true}, progress);
    if (header && !header->is_object()) return Error::in(path, ErrorCode::JsonInvalid, "header", header->type_name(), "object");
    return header;
}

/// Counts and offsets are whole numbers of at most 62 bits; JSON readers turn larger ones into fractions.
std::optional<Error> oversized(const std::string& name, const char* key, const json& numbers, const std::string& path)
{
    for (const json& n : numbers)
        if (n.is_number_float() || (n.is_number_unsigned() && n.get<std::uint64_t>() > (std::uint64_t(1) << 62)))
            return Error::in(path, ErrorCode::NumberOutOfRange, name + ": " + key, n.dump(), "0 .. 4611686018427387904");
    return std::nullopt;
}

Result<Entry> entryFrom(const std::string& name, const json& value, const std::string& path)
{
    Entry out;
    out.tensor.name = name;
    for (const char* key : {"shape", "data_offsets"})
        if (value.is_object() && value.contains(key) && value[key].is_array())
            if (const auto wrong = oversized(name, key, value[key], path)) return *wrong;
    const bool shaped = value.is_object() && value.contains("dtype") && value["dtype"].is_string() && value.contains("shape")
                        && value["shape"].is_array() && value.contains("data_offsets") && value["data_offsets"].is_array()
                        && value["data_offsets"].size() == 2 && value["data_offsets"][0].is_number_unsigned()
                        && value["data_offsets"][1].is_number_unsigned();
    if (!shaped) return damaged(path, name, value.dump().substr(0, 120), "dtype, shape, data_offsets");
    for (const json& extent : value["shape"]) {
        if (!extent.is_number_unsigned()) return damaged(path, name, value["shape"].dump());
        out.tensor.shape.push_back(extent.get<std::int64_t>());
    }
    const std::string dtype = value["dtype"].get<std::string>();
    const auto type = std::find_if(std::begin(types), std::end(types), [&](const Type& t) { return dtype == t.name; });
    if (type == std::end(types)) return Error::in(path, ErrorCode::DtypeUnsupported, name, dtype);
    out.tensor.dtype = type->dtype;
    out.tensor.dtypeName = type->shown;
    out.begin = value["data_offsets"][0].get<std::uint64_t>();
    out.end = value["data_offsets"][1].get<std::uint64_t>();
    const auto bits = checkedBytes(out.tensor.shape, static_cast<std::size_t>(type->bits));
    if (!bits || *bits % 8 != 0 || out.end < out.begin || out.end - out.begin != static_cast<std::uint64_t>(*bits) / 8)
        return damaged(path, name, std::to_string(out.end - out.begin) + " bytes",
                       bits ? std::to_string(*bits / 8) + " bytes" : shapeText(out.tensor.shape));
    return out;
}

class SafetensorsStore final : public TensorStore {
public:
    struct Place {
        std::shared_ptr<const FileRegion> file;
        std::uint64_t offset = 0;
    };
    SafetensorsStore(std::string path, std::vector<StoredTensor> tensors, std::vector<Place> places)
        : m_path(std::move(path)), m_tensors(std::move(tensors)), m_places(std::move(places))
    {}
    const std::string& path() const override { return m_path; }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    Status streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const override
    {
        const std::size_t width = widthOf(m_tensors[index].dtype);
        if (width == 0) return Error::in(m_path, ErrorCode::DtypeUnsupported, m_tensors[index].name, m_tensors[index].dtypeName);
        return streamRegion(*m_places[index].file, m_places[index].offset, m_tensors[index].count(), width,
                            std::endian::native == std::endian::big, sink, progress);
    }

private:
    std::string m_path;
    std::vector<StoredTensor> m_tensors;
    std::vector<Place> m_places;
};

/// Reads and checks one file's header; appends its tensors.
Status readHeader(const std::string& path, std::vector<StoredTensor>& tensors, std::vector<SafetensorsStore::Place>& places,
                  const Progress& progress)
{
    const auto file = FileRegion::open(path);
    if (!file) return file.error();
    const std::uint64_t size = (*file)->size();
    unsigned char head[8];
    if (const Status s = (*file)->read(0, head, sizeof head); !s) return s;
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i) length = (length << 8) | head[i];
    if (length > 100000000) return damaged(path, "header", std::to_string(length) + " bytes", "<= 100000000");
    if (length > size - 8)
        return Error::in(path, ErrorCode::FileTruncated, "header", std::to_string(size) + " bytes", std::to_string(length + 8) + " bytes");
    std::string text(static_cast<std::size_t>(length), '\0');
    if (const Status s = (*file)->read(8, text.data(), text.size()); !s) return s;
    const auto header = parseHeader(text, path, progress);
    if (!header) return header.error();

    std::vector<Entry> entries;
    for (const auto& [name, value] : header->items()) {
        if (name == "__metadata__") continue;
        if (progress.stopped()) return Error::cancelled(path);
        auto entry = entryFrom(name, value, path);
        if (!entry) return entry.error();
        entries.push_back(std::move(*entry));
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
    std::uint64_t at = 0;
    for (const Entry& e : entries) {
        if (e.begin != at) return damaged(path, e.tensor.name, "begins at " + std::to_string(e.begin), std::to_string(at));
        at = e.end;
    }
    const std::uint64_t buffer = size - 8 - length;
    if (at > buffer)
        return Error::in(path, ErrorCode::FileTruncated, {}, std::to_string(size) + " bytes", std::to_string(at + 8 + length) + " bytes");
    if (at < buffer) return damaged(path, {}, std::to_string(buffer) + " bytes of values", std::to_string(at));
    for (Entry& e : entries) {
        tensors.push_back(std::move(e.tensor));
        places.push_back({*file, 8 + length + e.begin});
    }
    return {};
}

}  // namespace

Result<std::shared_ptr<const TensorStore>> safetensorsFile(const std::string& path, const Progress& progress)
{
    std::vector<StoredTensor> tensors;
    std::vector<SafetensorsStore::Place> places;
    if (const Status s = readHeader(path, tensors, places, progress); !s) return s.error();
    return std::shared_ptr<const TensorStore>(std::make_shared<SafetensorsStore>(path, std::move(tensors), std::move(places)));
}

Result<std::shared_ptr<const TensorStore>> safetensorsParts(const std::string& path, const std::vector<std::string>& files,
                                                            const Progress& progress)
{
    std::vector<StoredTensor> tensors;
    std::vector<SafetensorsStore::Place> places;
    std::set<std::string> names;
    for (const std::string& file : files) {
        const std::size_t before = tensors.size();
        if (const Status s = readHeader(file, tensors, places, progress); !s) return s.error();
        for (std::size_t t = before; t < tensors.size(); ++t)
            if (!names.insert(tensors[t].name).second) return damaged(file, tensors[t].name, "duplicate name");
    }
    return std::shared_ptr<const TensorStore>(std::make_shared<SafetensorsStore>(path, std::move(tensors), std::move(places)));
}

Result<std::shared_ptr<const TensorStore>> safetensorsShards(const std::string& indexPath, const Progress& progress)
{
    const auto shards = shardsOfIndex(indexPath, progress);
    if (!shards) return shards.error();
    std::vector<StoredTensor> tensors;
    std::vector<SafetensorsStore::Place> places;
    for (const auto& [path, names] : *shards) {
        const std::size_t before = tensors.size();
        if (const Status s = readHeader(path, tensors, places, progress); !s) return s.error();
        std::set<std::string> there;
        for (std::size_t t = before; t < tensors.size(); ++t) there.insert(tensors[t].name);
        for (const std::string& tensor : names)
            if (!there.contains(tensor)) return Error::in(path, ErrorCode::TensorMissing, tensor);
    }
    return std::shared_ptr<const TensorStore>(std::make_shared<SafetensorsStore>(indexPath, std::move(tensors), std::move(places)));
}

}  // namespace hs
