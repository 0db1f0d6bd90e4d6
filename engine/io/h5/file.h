// SPDX-License-Identifier: GPL-3.0-or-later
// A read-only HDF5 file: opened carefully, walked once with limits (resources/manual/formats.md section 6).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/bytes/file_region.h"
#include "engine/io/h5/attribute.h"
#include "engine/io/store/tensor_store.h"

namespace hs::h5 {

/// A dataset as the walk found it.
struct DatasetInfo {
    StoredTensor tensor;
    bool bigEndian = false;
    bool isString = false;
    bool isInteger = false;
    std::int64_t offset = -1;  ///< byte position of contiguous data, -1: only the library can read it
    std::uint64_t storageBytes = 0;
    std::uint64_t address = 0;  ///< object address: equal for two links to one dataset
};

/// Everything the walk saw. Paths have no leading '/'; the root group is "".
struct Inventory {
    std::vector<DatasetInfo> datasets;             ///< in order of path
    std::map<std::string, Attributes> attributes;  ///< groups and datasets that have any
    std::vector<std::string> groups;

    const Attributes& attributesOf(const std::string& path) const;
    const DatasetInfo* find(const std::string& path) const;
    std::size_t indexOf(const std::string& path) const;  ///< datasets.size() when absent
    bool hasGroup(const std::string& path) const;
};

class File {
public:
    /// Errors: those of FileRegion, NotHdf5, FileTruncated, FileDamaged, FileUnsafe (external links or storage, virtual
    /// datasets, too deep, too many objects).
    static Result<std::shared_ptr<const File>> open(const std::string& path);
    ~File();

    const std::string& path() const { return m_region->path(); }
    const FileRegion& region() const { return *m_region; }
    const Inventory& inventory() const { return m_inventory; }

    /// Numbers of a dataset as doubles or integers, strings of a string dataset. At most `maxCount` elements.
    Result<std::vector<std::int64_t>> integers(const std::string& dataset, std::size_t maxCount = std::size_t(1) << 24) const;
    Result<std::vector<double>> reals(const std::string& dataset, std::size_t maxCount = std::size_t(1) << 24) const;
    Result<std::vector<std::string>> strings(const std::string& dataset, std::size_t maxCount = std::size_t(1) << 24) const;
    /// Bytes of a one-byte integer or opaque dataset.
    Result<std::string> bytes(const std::string& dataset, std::size_t maxCount = std::size_t(1) << 28) const;

    /// Streams a floating dataset in its stored width and this machine's byte order.
    Status streamRaw(std::size_t dataset, const TensorStore::RawSink& sink, const Progress& progress) const;
    /// A box of a floating dataset, [start, start + count) along each axis, into `out` in stored width.
    Status readBox(std::size_t dataset, const std::vector<std::int64_t>& start, const std::vector<std::int64_t>& count, void* out) const;

private:
    File() = default;
    std::shared_ptr<const FileRegion> m_region;
    Handle m_id;
    Inventory m_inventory;
};

/// The walk alone (h5/inventory.cpp).
Result<Inventory> walk(hid_t file, const FileRegion& region);
/// What a dataset's type, shape and storage are (h5/describe.cpp).
Result<DatasetInfo> describe(hid_t dataset, const std::string& path, const FileRegion& region);

/// A model's datasets as a TensorStore.
class Store final : public TensorStore {
public:
    explicit Store(std::shared_ptr<const File> file);
    const std::string& path() const override { return m_file->path(); }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    Status streamRaw(std::size_t index, const RawSink& sink, const Progress& progress) const override;

private:
    std::shared_ptr<const File> m_file;
    std::vector<StoredTensor> m_tensors;
};

}  // namespace hs::h5
