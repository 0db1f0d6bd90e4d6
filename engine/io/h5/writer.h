// SPDX-License-Identifier: GPL-3.0-or-later
// Writing HDF5 that h5py and HDF5 1.8 read. Errors stick: the first one is what finish() reports.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/io/h5/handle.h"
#include "engine/model/weights.h"

namespace hs::h5 {

using Shape = std::vector<std::int64_t>;

class Writer {
public:
    /// Truncates `path`.
    explicit Writer(const std::string& path);

    bool ok();
    const Status& status()
    {
        (void)ok();
        return m_status;
    }

    void group(const std::string& path);
    void attribute(const std::string& object, const char* name, const std::string& text);
    void attribute(const std::string& object, const char* name, std::int64_t value);
    void attribute(const std::string& object, const char* name, double value);
    void attributeBool(const std::string& object, const char* name, bool value);  ///< h5py's enumeration
    void attribute(const std::string& object, const char* name, const std::vector<std::int64_t>& values);
    void attribute(const std::string& object, const char* name, const std::vector<std::string>& texts);

    /// A whole contiguous dataset; `raw` holds values of `dtype` in this machine's order. Groups are made on the way.
    void dataset(const std::string& path, const Shape& shape, Dtype dtype, const void* raw);
    void integers(const std::string& path, const Shape& shape, const std::vector<std::int64_t>& values);
    void floats(const std::string& path, const Shape& shape, std::span<const float> values);
    void strings(const std::string& path, const std::vector<std::string>& values);
    void string(const std::string& path, const std::string& value);  ///< scalar
    void bytes(const std::string& path, const std::string& value);   ///< uint8

    /// A dataset written box by box. Chunked with gzip-1 when `chunk` is not empty.
    void create(const std::string& path, const Shape& shape, Dtype dtype, const Shape& chunk);
    void box(const std::string& path, const Shape& start, const Shape& count, Dtype dtype, const void* raw);

    /// Flushes and closes; DiskFull, WriteFailed.
    Status finish();

private:
    void fail(const std::string& item);
    void attach(const std::string& object, const char* name, hid_t type, const Shape& shape, const void* data);

    std::string m_path;
    Status m_status;
    std::unique_ptr<int> m_error;  ///< errno of the first failed write
    Handle m_file, m_links;
};

/// HDF5 type of a float width in this machine's order; bfloat16 is a custom one.
Handle floatType(Dtype dtype);

}  // namespace hs::h5
