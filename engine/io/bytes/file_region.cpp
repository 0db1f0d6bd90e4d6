// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/bytes/file_region.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hs {

Result<std::shared_ptr<const FileRegion>> FileRegion::open(const std::string& path)
{
    // O_NONBLOCK: a named pipe must not hang us; regular files ignore it.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        const int why = errno;
        const bool absent = why == ENOENT || why == ENOTDIR || why == ENAMETOOLONG;
        return Error{absent ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable, path, {}, std::strerror(why), {}};
    }
    std::shared_ptr<FileRegion> file(new FileRegion);
    file->m_path = path;
    file->m_fd = fd;
    struct stat info {};
    if (::fstat(fd, &info) != 0) return Error::in(path, ErrorCode::FileUnreadable, {}, std::strerror(errno));
    if (S_ISDIR(info.st_mode)) return Error::in(path, ErrorCode::FileIsFolder);
    if (!S_ISREG(info.st_mode)) return Error::in(path, ErrorCode::FileUnreadable, {}, "not a regular file");
    if (info.st_size == 0) return Error::in(path, ErrorCode::FileEmpty, {}, "0 bytes");
    file->m_size = static_cast<std::uint64_t>(info.st_size);
    file->m_modifiedNs = std::int64_t(info.st_mtim.tv_sec) * 1000000000 + info.st_mtim.tv_nsec;
    return std::shared_ptr<const FileRegion>(file);
}

FileRegion::~FileRegion()
{
    if (m_fd >= 0) ::close(m_fd);
}

Status FileRegion::read(std::uint64_t offset, void* out, std::size_t size) const
{
    auto* at = static_cast<char*>(out);
    const std::uint64_t wanted = offset + size;
    while (size > 0) {
        const ssize_t got = ::pread(m_fd, at, std::min<std::size_t>(size, std::size_t(1) << 30), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Error::in(m_path, ErrorCode::FileUnreadable, {}, std::strerror(errno));
        if (got == 0)
            return Error::in(m_path, ErrorCode::FileTruncated, {}, std::to_string(m_size) + " bytes", std::to_string(wanted) + " bytes");
        at += got;
        offset += static_cast<std::uint64_t>(got);
        size -= static_cast<std::size_t>(got);
    }
    return {};
}

Result<std::string> readTextFile(const std::string& path, std::uint64_t limit)
{
    const auto file = FileRegion::open(path);
    if (!file) return file.error();
    const std::uint64_t size = (*file)->size();
    if (size > limit)
        return Error::in(path, ErrorCode::FileTooLarge, {}, std::to_string(size) + " bytes", "<= " + std::to_string(limit) + " bytes");
    std::string text(static_cast<std::size_t>(size), '\0');
    if (const Status s = (*file)->read(0, text.data(), text.size()); !s) return s.error();
    return text;
}

}  // namespace hs
