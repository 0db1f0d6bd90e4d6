// SPDX-License-Identifier: GPL-3.0-or-later
// Plain reading of byte ranges: contiguous tensors need no library, and pread is as fast as the page cache.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/result.h"

namespace hs {

/// An open, readable, regular file. Thread-safe: reads carry their own position.
class FileRegion {
public:
    /// FileNotFound, FileUnreadable, FileIsFolder, FileEmpty.
    static Result<std::shared_ptr<const FileRegion>> open(const std::string& path);
    ~FileRegion();
    FileRegion(const FileRegion&) = delete;
    FileRegion& operator=(const FileRegion&) = delete;

    const std::string& path() const { return m_path; }
    std::uint64_t size() const { return m_size; }
    std::int64_t modifiedNs() const { return m_modifiedNs; }
    /// Fills `out` completely or fails with FileTruncated / FileUnreadable.
    Status read(std::uint64_t offset, void* out, std::size_t size) const;

private:
    FileRegion() = default;
    std::string m_path;
    int m_fd = -1;
    std::uint64_t m_size = 0;
    std::int64_t m_modifiedNs = 0;
};

/// A small text file as a whole; FileTooLarge above `limit` bytes.
Result<std::string> readTextFile(const std::string& path, std::uint64_t limit);

}  // namespace hs
