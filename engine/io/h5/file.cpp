// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/h5/file.h"

#include <algorithm>

namespace hs::h5 {

namespace {

Error openError(const std::string& path, const std::string& why)
{
    if (why.find("already open") != std::string::npos) return Error::in(path, ErrorCode::FileInUse, {}, why);
    if (why.find("truncated") != std::string::npos) return Error::in(path, ErrorCode::FileTruncated, {}, why);
    if (why.find("signature") != std::string::npos) return Error::in(path, ErrorCode::NotHdf5, {}, why);
    return Error::in(path, ErrorCode::FileDamaged, {}, why);
}

}  // namespace

const Attributes& Inventory::attributesOf(const std::string& path) const
{
    static const Attributes none;
    const auto it = attributes.find(path);
    return it == attributes.end() ? none : it->second;
}

std::size_t Inventory::indexOf(const std::string& path) const
{
    const auto less = [](const DatasetInfo& d, const std::string& p) { return d.tensor.name < p; };
    const auto it = std::lower_bound(datasets.begin(), datasets.end(), path, less);
    if (it == datasets.end() || it->tensor.name != path) return datasets.size();
    return static_cast<std::size_t>(it - datasets.begin());
}

const DatasetInfo* Inventory::find(const std::string& path) const
{
    const std::size_t index = indexOf(path);
    return index < datasets.size() ? &datasets[index] : nullptr;
}

bool Inventory::hasGroup(const std::string& path) const { return std::find(groups.begin(), groups.end(), path) != groups.end(); }

Result<std::shared_ptr<const File>> File::open(const std::string& path)
{
    auto region = FileRegion::open(path);
    if (!region) return region.error();
    const LibraryLock lock(libraryMutex());
    prepareThread();
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_fapl_sec2(access.id());  // whatever HDF5_DRIVER says
    H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG);
    H5Pset_file_locking(access.id(), false, true);
    std::shared_ptr<File> file(new File);
    file->m_region = *region;
    file->m_id = Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose);
    if (!file->m_id) return openError(path, takeError());
    auto inventory = walk(file->m_id.id(), **region);
    if (!inventory) return inventory.error();
    file->m_inventory = std::move(*inventory);
    return std::shared_ptr<const File>(file);
}

File::~File() = default;

Store::Store(std::shared_ptr<const File> file) : m_file(std::move(file))
{
    for (const DatasetInfo& d : m_file->inventory().datasets) m_tensors.push_back(d.tensor);
}

Status Store::streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const
{
    return m_file->streamRaw(index, sink, progress);
}

}  // namespace hs::h5
