// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include <unistd.h>

#include "engine/io/h5/file.h"

namespace hs::h5 {

namespace {

struct FloatFormat {
    std::size_t size, sign, exponentAt, exponentBits, mantissaBits, bias;
    Dtype dtype;
};
// Sign position, exponent and bias say which format it is; bfloat16 is a custom type to HDF5.
constexpr FloatFormat floatFormats[] = {
    {2, 15, 10, 5, 10, 15, Dtype::F16},
    {2, 15, 7, 8, 7, 127, Dtype::BF16},
    {4, 31, 23, 8, 23, 127, Dtype::F32},
    {8, 63, 52, 11, 52, 1023, Dtype::F64},
};

Dtype floatDtype(hid_t type)
{
    std::size_t sign = 0, exponentAt = 0, exponentBits = 0, mantissaAt = 0, mantissaBits = 0;
    H5Tget_fields(type, &sign, &exponentAt, &exponentBits, &mantissaAt, &mantissaBits);
    for (const FloatFormat& f : floatFormats)
        if (H5Tget_size(type) == f.size && sign == f.sign && exponentAt == f.exponentAt && exponentBits == f.exponentBits && mantissaAt == 0
            && mantissaBits == f.mantissaBits && H5Tget_ebias(type) == f.bias)
            return f.dtype;
    return Dtype::Other;
}

const char* floatName(Dtype dtype)
{
    switch (dtype) {
    case Dtype::F16: return "float16";
    case Dtype::BF16: return "bfloat16";
    case Dtype::F32: return "float32";
    case Dtype::F64: return "float64";
    default: return "float";
    }
}

void describeType(hid_t type, DatasetInfo& out)
{
    const std::string bits = std::to_string(H5Tget_size(type) * 8);
    out.bigEndian = H5Tget_order(type) == H5T_ORDER_BE;
    switch (H5Tget_class(type)) {
    case H5T_FLOAT:
        out.tensor.dtype = floatDtype(type);
        out.tensor.dtypeName = out.tensor.dtype == Dtype::Other ? "float" + bits : floatName(out.tensor.dtype);
        break;
    case H5T_INTEGER:
        out.tensor.dtype = Dtype::Int;
        out.isInteger = true;
        out.tensor.dtypeName = std::string(H5Tget_sign(type) == H5T_SGN_NONE ? "uint" : "int") + bits;
        break;
    case H5T_ENUM: out.tensor.dtypeName = "enum"; break;
    case H5T_STRING:
        out.isString = true;
        out.tensor.dtypeName = "string";
        break;
    case H5T_COMPOUND: out.tensor.dtypeName = "compound"; break;
    case H5T_OPAQUE: out.tensor.dtypeName = "opaque" + bits; break;
    default: out.tensor.dtypeName = "other"; break;
    }
}

std::uint64_t physicalMemory()
{
    const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGE_SIZE);
    return pages > 0 && size > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size) : std::uint64_t(4) << 30;
}

/// Filters that this library cannot undo: the error names the first.
std::optional<Error> missingFilter(hid_t plist, const std::string& file, const std::string& path)
{
    const int filters = H5Pget_nfilters(plist);
    for (int i = 0; i < filters; ++i) {
        unsigned flags = 0, config = 0;
        std::size_t values = 0;
        std::array<char, 128> name{};
        const H5Z_filter_t id =
            H5Pget_filter2(plist, static_cast<unsigned>(i), &flags, &values, nullptr, name.size(), name.data(), &config);
        if (id < 0) return Error::in(file, ErrorCode::FileDamaged, path, takeError());
        if (H5Zfilter_avail(id) > 0) continue;
        takeError();
        name.back() = '\0';
        const std::string known = id == 307 ? "bzip2" : id == 32001 ? "blosc" : id == 32004 ? "lz4" : id == 32015 ? "zstd" : "";
        const std::string shown = !known.empty() ? known : std::string(name.data());
        return Error::in(file, ErrorCode::FilterMissing, path, shown + " (" + std::to_string(id) + ")");
    }
    return std::nullopt;
}

/// A few kilobytes must not unfold into terabytes of fill values, and a tensor must fit into memory.
std::optional<Error> sizeProblem(const DatasetInfo& d, std::uint64_t bytes, const std::string& file)
{
    const bool inflated = bytes > (std::uint64_t(4) << 30) && bytes / 1000 > d.storageBytes;
    if (inflated)
        return Error::in(file, ErrorCode::FileUnsafe, d.tensor.name,
                         std::to_string(bytes) + " bytes from " + std::to_string(d.storageBytes));
    if (bytes > physicalMemory())
        return Error::in(file, ErrorCode::FileTooLarge, d.tensor.name, std::to_string(bytes) + " bytes",
                         "<= " + std::to_string(physicalMemory()) + " bytes");
    return std::nullopt;
}

Status describeShape(hid_t dataset, const std::string& file, DatasetInfo& out)
{
    const Handle space(H5Dget_space(dataset), H5Sclose);
    const int rank = space ? H5Sget_simple_extent_ndims(space.id()) : -1;
    if (rank < 0) return Error::in(file, ErrorCode::FileDamaged, out.tensor.name, takeError());
    std::array<hsize_t, H5S_MAX_RANK> dims{};
    H5Sget_simple_extent_dims(space.id(), dims.data(), nullptr);
    for (int i = 0; i < rank; ++i) out.tensor.shape.push_back(static_cast<std::int64_t>(dims[static_cast<std::size_t>(i)]));
    if (H5Sget_simple_extent_type(space.id()) == H5S_NULL) out.tensor.shape = {0};
    return {};
}

}  // namespace

Result<DatasetInfo> describe(hid_t dataset, const std::string& path, const FileRegion& region)
{
    const std::string& file = region.path();
    DatasetInfo out;
    out.tensor.name = path;
    const Handle type(H5Dget_type(dataset), H5Tclose);
    if (!type) return Error::in(file, ErrorCode::FileDamaged, path, takeError());
    describeType(type.id(), out);
    if (const Status s = describeShape(dataset, file, out); !s) return s.error();
    // Types that nothing reads are only named: for its list of settings the library converts the fill value, and of a compound type it
    // writes past the value's end (CVE-2024-33877).
    if (const H5T_class_t kind = H5Tget_class(type.id()); kind != H5T_FLOAT && kind != H5T_INTEGER && kind != H5T_STRING) return out;
    const Handle plist(H5Dget_create_plist(dataset), H5Pclose);
    if (!plist) return Error::in(file, ErrorCode::FileDamaged, path, takeError());
    const H5D_layout_t layout = H5Pget_layout(plist.id());
    if (layout == H5D_VIRTUAL) return Error::in(file, ErrorCode::FileUnsafe, path, "virtual dataset");
    if (H5Pget_external_count(plist.id()) > 0) return Error::in(file, ErrorCode::FileUnsafe, path, "external storage");
    out.storageBytes = H5Dget_storage_size(dataset);
    const std::size_t width = H5Tget_size(type.id());
    const auto bytes = checkedBytes(out.tensor.shape, width == 0 ? 1 : width);
    if (!bytes) return Error::in(file, ErrorCode::FileUnsafe, path, shapeText(out.tensor.shape));
    out.tensor.problem = sizeProblem(out, static_cast<std::uint64_t>(*bytes), file);
    if (!out.tensor.problem && out.tensor.shape.size() > 8)
        out.tensor.problem = Error::in(file, ErrorCode::RankMismatch, path, std::to_string(out.tensor.shape.size()), "<= 8");
    if (!out.tensor.problem) out.tensor.problem = missingFilter(plist.id(), file, path);
    if (layout == H5D_CONTIGUOUS && out.storageBytes > 0) {
        const haddr_t at = H5Dget_offset(dataset);
        if (at != HADDR_UNDEF) {
            const auto end = checkedBytes({static_cast<std::int64_t>(at)}, 1);
            if (!end || at + static_cast<std::uint64_t>(*bytes) < at || at + static_cast<std::uint64_t>(*bytes) > region.size())
                out.tensor.problem = Error::in(file, ErrorCode::FileTruncated, path, std::to_string(region.size()) + " bytes",
                                               std::to_string(at + static_cast<std::uint64_t>(*bytes)) + " bytes");
            else out.offset = static_cast<std::int64_t>(at);
        }
    }
    takeError();
    return out;
}

}  // namespace hs::h5
