// SPDX-License-Identifier: GPL-3.0-or-later
// Zip archives (PKWARE's APPNOTE 6.3) as PyTorch and NumPy write them: members stored or deflated, with 64-bit sizes. Ours, because
// tensors are read from several threads by their place in the file, which the libraries of Debian do not tell; zlib inflates.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/bytes/file_region.h"

namespace hs {

struct ZipMember {
    std::string name;
    std::uint64_t offset = 0;  ///< of its bytes in the archive
    std::uint64_t packed = 0;  ///< bytes in the archive
    std::uint64_t size = 0;    ///< bytes of the member
    std::uint32_t crc = 0;     ///< CRC-32 of the member
    bool deflated = false;     ///< else stored: packed == size
};

class ZipFile {
public:
    /// The bytes of a member in order, in pieces of at most 512 KiB.
    using Sink = std::function<Status(const unsigned char* data, std::size_t size)>;

    /// Reads the central directory. FileTruncated without its end; FileDamaged (item = member or "byte N") where sizes, names or places
    /// disagree or members overlap; FileUnsafe for encrypted members and unknown compressions.
    static Result<std::shared_ptr<const ZipFile>> open(std::shared_ptr<const FileRegion> file);

    const FileRegion& file() const { return *m_file; }
    const std::vector<ZipMember>& members() const { return m_members; }
    /// Null when there is none of this name.
    const ZipMember* find(const std::string& name) const;
    /// Inflates what is deflated, never more than `size` says. FileDamaged when size or checksum are others; Cancelled.
    Status stream(const ZipMember& member, const Sink& sink, const Progress& progress = {}) const;
    /// A member as a whole; FileTooLarge above `limit`.
    Result<std::string> read(const ZipMember& member, std::uint64_t limit, const Progress& progress = {}) const;

private:
    ZipFile() = default;
    std::shared_ptr<const FileRegion> m_file;
    std::vector<ZipMember> m_members;  ///< by name
};

/// CRC-32 (of zip and zlib) of more bytes; begin with 0.
std::uint32_t crc32More(std::uint32_t crc, const void* data, std::size_t size);

}  // namespace hs
