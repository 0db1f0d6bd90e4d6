// SPDX-License-Identifier: GPL-3.0-or-later
// A file that is being written.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>

#include "engine/base/result.h"

namespace hs {

/// DiskFull, FolderReadOnly, FolderMissing, FileIsFolder or WriteFailed from an errno.
Error writeError(const std::string& path, int why);

/// A buffered output file whose first error sticks until close().
class OutputFile {
public:
    explicit OutputFile(const std::string& path);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    void write(const void* data, std::size_t size);
    void write(const std::string& text) { write(text.data(), text.size()); }
    Status close();

private:
    std::string m_path;
    std::FILE* m_file = nullptr;
    int m_error = 0;
};

}  // namespace hs
