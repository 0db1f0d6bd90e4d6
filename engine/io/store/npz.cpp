// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/npz.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/io/bytes/zip_file.h"
#include "engine/io/store/npy_header.h"
#include "engine/io/store/strided.h"
#include "engine/tensor/convert.h"

namespace hs {

namespace {

struct Array {
    const ZipMember* member = nullptr;
    NpyHeader header;
};

class NpzStore final : public TensorStore {
public:
    NpzStore(std::shared_ptr<const ZipFile> zip, std::vector<StoredTensor> tensors, std::vector<Array> arrays)
        : m_path(zip->file().path()), m_zip(std::move(zip)), m_tensors(std::move(tensors)), m_arrays(std::move(arrays))
    {}
    const std::string& path() const override { return m_path; }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    Status streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const override
    {
        const StoredTensor& t = m_tensors[index];
        const auto& [member, header] = m_arrays[index];
        if (widthOf(t.dtype) == 0) return Error::in(m_path, ErrorCode::DtypeUnsupported, t.name, t.dtypeName);
        if (!header.fortran || t.shape.size() < 2) return streamRows(m_arrays[index], sink, progress);
        auto all = m_zip->read(*member, member->size, progress);
        if (!all) return all.error();
        all->erase(0, static_cast<std::size_t>(header.offset));
        if (swaps(header)) swapBytes(all->data(), header.width, all->size() / header.width);
        std::vector<std::int64_t> strides;
        std::int64_t run = 1;
        for (const std::int64_t n : t.shape) strides.push_back(run), run *= n;
        return streamStrided(reinterpret_cast<const unsigned char*>(all->data()), t.shape, strides, header.width, m_path, sink, progress);
    }

private:
    static bool swaps(const NpyHeader& header) { return header.bigEndian != (std::endian::native == std::endian::big); }

    /// Values as they come out of the archive; pieces end between values.
    Status streamRows(const Array& array, const RawSink& sink, const Progress& progress) const
    {
        const NpyHeader& header = array.header;
        std::uint64_t skip = header.offset;
        std::int64_t first = 0;
        std::vector<std::uint64_t> aligned;
        std::string rest;  // of a value that the last piece cut
        return m_zip->stream(
            *array.member,
            [&](const unsigned char* data, std::size_t size) -> Status {
                const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(skip, size));
                skip -= skipped;
                const std::size_t all = rest.size() + size - skipped, count = all / header.width;
                aligned.resize((all + 7) / 8);
                auto* bytes = reinterpret_cast<char*>(aligned.data());
                std::copy(rest.begin(), rest.end(), bytes);
                if (size > skipped) std::memcpy(bytes + rest.size(), data + skipped, size - skipped);
                rest.assign(bytes + count * header.width, all - count * header.width);
                if (count == 0) return {};
                if (swaps(header)) swapBytes(bytes, header.width, count);
                const std::int64_t at = first;
                first += static_cast<std::int64_t>(count);
                return sink(at, bytes, count);
            },
            progress);
    }

    std::string m_path;
    std::shared_ptr<const ZipFile> m_zip;
    std::vector<StoredTensor> m_tensors;
    std::vector<Array> m_arrays;
};

/// Reads from the front of a member, inflating no more than is asked for.
Status readFront(const ZipFile& zip, const ZipMember& member, std::uint64_t offset, void* out, std::size_t size)
{
    const std::uint64_t end = offset + size;
    if (end > member.size)
        return Error::in(zip.file().path(), ErrorCode::FileTruncated, member.name, std::to_string(member.size) + " bytes",
                         std::to_string(end) + " bytes");
    if (!member.deflated) return zip.file().read(member.offset + offset, out, size);
    std::string front;
    const Status s = zip.stream(member, [&](const unsigned char* data, std::size_t now) -> Status {
        front.append(reinterpret_cast<const char*>(data), now);
        if (front.size() < end) return {};
        return Error::cancelled();  // enough
    });
    if (front.size() < end) return s ? Status(Error::in(zip.file().path(), ErrorCode::FileTruncated, member.name)) : s;
    if (size > 0) std::memcpy(out, front.data() + offset, size);
    return {};
}

std::string typeName(const NpyHeader& header)
{
    const std::string bits = std::to_string(header.width * 8);
    if (header.dtype == Dtype::Other) return header.type;
    if (header.type == "b1") return "bool";
    return (header.type[0] == 'f' ? "float" : header.type[0] == 'i' ? "int" : "uint") + bits;
}

}  // namespace

Result<std::shared_ptr<const TensorStore>> npzFile(const std::string& path, const Progress& progress)
{
    auto file = FileRegion::open(path);
    if (!file) return file.error();
    const auto zip = ZipFile::open(*file);
    if (!zip) return zip.error();
    std::vector<StoredTensor> tensors;
    std::vector<Array> arrays;
    for (const ZipMember& member : (*zip)->members()) {
        constexpr std::string_view ending = ".npy";
        if (!member.name.ends_with(ending)) continue;
        if (progress.stopped()) return Error::cancelled(path);
        auto header =
            readNpyHeader([&](std::uint64_t offset, void* out, std::size_t size) { return readFront(**zip, member, offset, out, size); },
                          path, ErrorCode::FileDamaged, member.name);
        if (!header) return header.error();
        if (header->type.starts_with("O")) return Error::in(path, ErrorCode::FileUnsafe, member.name, "pickled objects");
        const std::uint64_t wanted = header->offset + header->bytes;
        if (header->width > 0 && wanted != member.size)
            return Error::in(path, ErrorCode::FileDamaged, member.name, std::to_string(member.size) + " bytes",
                             std::to_string(wanted) + " bytes");
        StoredTensor t;
        t.name = member.name.substr(0, member.name.size() - ending.size());
        t.shape = header->shape;
        t.dtype = header->dtype;
        t.dtypeName = typeName(*header);
        tensors.push_back(std::move(t));
        arrays.push_back({&member, std::move(*header)});
    }
    if (tensors.empty()) return Error::in(path, ErrorCode::UnknownFileKind, {}, "zip", "NPZ");
    return std::shared_ptr<const TensorStore>(std::make_shared<NpzStore>(*zip, std::move(tensors), std::move(arrays)));
}

}  // namespace hs
