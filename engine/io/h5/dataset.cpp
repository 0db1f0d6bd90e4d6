// SPDX-License-Identifier: GPL-3.0-or-later
// Values of datasets. Contiguous ones are read past the library; the others in boxes of at most 64 MiB.
#include <algorithm>

#include "engine/io/h5/file.h"
#include "engine/io/h5/strings.h"
#include "engine/io/store/region_stream.h"
#include "engine/tensor/convert.h"

namespace hs::h5 {

namespace {

constexpr std::int64_t boxBytes = std::int64_t(64) << 20;

Error damaged(const File& file, const std::string& item) { return Error::in(file.path(), ErrorCode::FileDamaged, item, takeError()); }

/// Opens a dataset of the inventory for reading small values; `accepted` is the class the caller wants.
struct Opened {
    Handle dataset, type, space;
    std::size_t count = 0;
};

Result<Opened> openDataset(const File& file, hid_t id, const std::string& name, std::size_t maxCount)
{
    const DatasetInfo* info = file.inventory().find(name);
    if (!info) return Error::in(file.path(), ErrorCode::TensorMissing, name);
    if (info->tensor.problem) return *info->tensor.problem;
    if (static_cast<std::uint64_t>(info->tensor.count()) > maxCount)
        return Error::in(file.path(), ErrorCode::FileTooLarge, name, std::to_string(info->tensor.count()),
                         "<= " + std::to_string(maxCount));
    prepareThread();
    Opened out;
    out.dataset = Handle(H5Dopen2(id, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!out.dataset) return damaged(file, name);
    out.type = Handle(H5Dget_type(out.dataset.id()), H5Tclose);
    out.space = Handle(H5Dget_space(out.dataset.id()), H5Sclose);
    if (!out.type || !out.space) return damaged(file, name);
    out.count = static_cast<std::size_t>(info->tensor.count());
    return out;
}

template <typename T>
Result<std::vector<T>> numbers(const File& file, hid_t id, const std::string& name, std::size_t maxCount, hid_t memory)
{
    const LibraryLock lock(libraryMutex());
    auto opened = openDataset(file, id, name, maxCount);
    if (!opened) return opened.error();
    const H5T_class_t kind = H5Tget_class(opened->type.id());
    if (kind != H5T_INTEGER && kind != H5T_FLOAT)
        return Error::in(file.path(), ErrorCode::DtypeUnsupported, name, file.inventory().find(name)->tensor.dtypeName, "int, float");
    std::vector<T> out(opened->count);
    if (!out.empty() && H5Dread(opened->dataset.id(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.data()) < 0) return damaged(file, name);
    return out;
}

}  // namespace

Result<std::vector<std::int64_t>> File::integers(const std::string& dataset, std::size_t maxCount) const
{
    return numbers<std::int64_t>(*this, m_id.id(), dataset, maxCount, H5T_NATIVE_INT64);
}

Result<std::vector<double>> File::reals(const std::string& dataset, std::size_t maxCount) const
{
    return numbers<double>(*this, m_id.id(), dataset, maxCount, H5T_NATIVE_DOUBLE);
}

Result<std::vector<std::string>> File::strings(const std::string& dataset, std::size_t maxCount) const
{
    const LibraryLock lock(libraryMutex());
    auto opened = openDataset(*this, m_id.id(), dataset, maxCount);
    if (!opened) return opened.error();
    if (H5Tget_class(opened->type.id()) != H5T_STRING)
        return Error::in(path(), ErrorCode::DtypeUnsupported, dataset, m_inventory.find(dataset)->tensor.dtypeName, "string");
    return readStrings(opened->type.id(), opened->space.id(), opened->count, path(), dataset, [&](hid_t memory, void* data) {
        return H5Dread(opened->dataset.id(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
    });
}

Result<std::string> File::bytes(const std::string& dataset, std::size_t maxCount) const
{
    const LibraryLock lock(libraryMutex());
    auto opened = openDataset(*this, m_id.id(), dataset, maxCount);
    if (!opened) return opened.error();
    if (H5Tget_size(opened->type.id()) != 1)
        return Error::in(path(), ErrorCode::DtypeUnsupported, dataset, m_inventory.find(dataset)->tensor.dtypeName, "uint8");
    std::string out(opened->count, '\0');
    if (!out.empty() && H5Dread(opened->dataset.id(), opened->type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, out.data()) < 0)
        return damaged(*this, dataset);
    return out;
}

Status File::readBox(std::size_t dataset, const std::vector<std::int64_t>& start, const std::vector<std::int64_t>& count, void* out) const
{
    const DatasetInfo& info = m_inventory.datasets[dataset];
    if (info.tensor.problem) return *info.tensor.problem;
    const LibraryLock lock(libraryMutex());
    prepareThread();
    const Handle id(H5Dopen2(m_id.id(), info.tensor.name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!id) return damaged(*this, info.tensor.name);
    // The file's own type as memory type: libhdf5 then copies without converting (its half conversion is 60 times slower).
    const Handle type(H5Dget_type(id.id()), H5Tclose), space(H5Dget_space(id.id()), H5Sclose);
    if (!type || !space) return damaged(*this, info.tensor.name);
    std::size_t elements = 1;
    Handle memory;
    if (!start.empty()) {
        const std::vector<hsize_t> from(start.begin(), start.end()), extent(count.begin(), count.end());
        for (const hsize_t e : extent) elements *= static_cast<std::size_t>(e);
        if (H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, from.data(), nullptr, extent.data(), nullptr) < 0)
            return damaged(*this, info.tensor.name);
        memory = Handle(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose);
    } else {
        memory = Handle(H5Screate(H5S_SCALAR), H5Sclose);
    }
    if (elements == 0) return {};
    if (H5Dread(id.id(), type.id(), memory.id(), space.id(), H5P_DEFAULT, out) < 0) return damaged(*this, info.tensor.name);
    if (info.bigEndian) swapBytes(out, widthOf(info.tensor.dtype), elements);
    return {};
}

Status File::streamRaw(std::size_t dataset, const TensorStore::RawSink& sink, const Progress& progress) const
{
    const DatasetInfo& info = m_inventory.datasets[dataset];
    if (info.tensor.problem) return *info.tensor.problem;
    const std::size_t width = widthOf(info.tensor.dtype);
    const std::int64_t total = info.tensor.count();
    if (width == 0) return Error::in(path(), ErrorCode::DtypeUnsupported, info.tensor.name, info.tensor.dtypeName);
    if (total == 0) return {};
    if (info.offset >= 0)
        return streamRegion(*m_region, static_cast<std::uint64_t>(info.offset), total, width, info.bigEndian, sink, progress);
    // Boxes: whole trailing axes that fit, some steps of the axis before them, one index of the axes in front.
    const std::vector<std::int64_t>& shape = info.tensor.shape;
    std::size_t axis = shape.size();
    std::int64_t inner = 1;
    while (axis > 0 && inner * shape[axis - 1] * static_cast<std::int64_t>(width) <= boxBytes) inner *= shape[--axis];
    std::vector<std::int64_t> start(shape.size(), 0), count = shape;
    std::int64_t steps = 1;
    if (axis > 0) {
        steps = std::clamp<std::int64_t>(boxBytes / (inner * static_cast<std::int64_t>(width)), 1, shape[axis - 1]);
        for (std::size_t a = 0; a + 1 < axis; ++a) count[a] = 1;
    }
    std::vector<std::uint64_t> buffer((static_cast<std::size_t>(inner * steps) * width + 7) / 8);
    for (std::int64_t first = 0; first < total;) {
        if (progress.stopped()) return Error::cancelled(path());
        std::int64_t now = inner;
        if (axis > 0) {
            std::int64_t rest = first / inner;
            for (std::size_t a = axis; a-- > 0; rest /= shape[a]) start[a] = rest % shape[a];
            count[axis - 1] = std::min(steps, shape[axis - 1] - start[axis - 1]);
            now = inner * count[axis - 1];
        }
        if (const Status s = readBox(dataset, start, count, buffer.data()); !s) return s;
        if (const Status s = sink(first, buffer.data(), static_cast<std::size_t>(now)); !s) return s;
        first += now;
    }
    return {};
}

}  // namespace hs::h5
