// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/bytes/output_file.h"

#include <cerrno>
#include <cstring>

namespace hs {

Error writeError(const std::string& path, int why)
{
    ErrorCode code = ErrorCode::WriteFailed;
    if (why == ENOSPC || why == EDQUOT || why == EFBIG) code = ErrorCode::DiskFull;
    if (why == EACCES || why == EROFS || why == EPERM) code = ErrorCode::FolderReadOnly;
    if (why == ENOENT || why == ENOTDIR) code = ErrorCode::FolderMissing;
    if (why == EISDIR) code = ErrorCode::FileIsFolder;
    return Error{code, path, {}, std::strerror(why), {}};
}

OutputFile::OutputFile(const std::string& path) : m_path(path), m_file(std::fopen(path.c_str(), "wbe"))
{
    if (!m_file) m_error = errno;
}

OutputFile::~OutputFile()
{
    if (m_file) std::fclose(m_file);
}

void OutputFile::write(const void* data, std::size_t size)
{
    if (m_error == 0 && size > 0 && std::fwrite(data, 1, size, m_file) != size) m_error = errno ? errno : EIO;
}

Status OutputFile::close()
{
    if (m_file && std::fclose(m_file) != 0 && m_error == 0) m_error = errno;
    m_file = nullptr;
    if (m_error != 0) return writeError(m_path, m_error);
    return {};
}

}  // namespace hs
