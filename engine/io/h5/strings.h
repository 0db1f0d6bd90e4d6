// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/io/h5/handle.h"

namespace hs::h5 {

/// One fixed-length string: padding (NUL or space) is not part of it.
inline std::string trimFixed(const char* data, std::size_t size, H5T_str_t padding)
{
    std::size_t length = strnlen(data, size);
    if (padding == H5T_STR_SPACEPAD)
        while (length > 0 && data[length - 1] == ' ') --length;
    return std::string(data, length);
}

/// Strings of a dataset or attribute of class H5T_STRING; `read(memoryType, buffer)` is H5Dread or H5Aread.
template <typename Read>
Result<std::vector<std::string>> readStrings(hid_t type, hid_t space, std::size_t count, const std::string& file, const std::string& name,
                                             Read read)
{
    constexpr std::size_t maxBytes = std::size_t(256) << 20;
    std::vector<std::string> out;
    out.reserve(count);
    if (count == 0) return out;
    if (H5Tis_variable_str(type) > 0) {
        Handle memory(H5Tcopy(H5T_C_S1), H5Tclose);
        H5Tset_size(memory.id(), H5T_VARIABLE);
        H5Tset_cset(memory.id(), H5Tget_cset(type));
        std::vector<char*> pointers(count, nullptr);
        if (read(memory.id(), pointers.data()) < 0) return Error::in(file, ErrorCode::FileDamaged, name, takeError());
        for (const char* text : pointers) out.emplace_back(text ? text : "");
        H5Dvlen_reclaim(memory.id(), space, H5P_DEFAULT, pointers.data());
        return out;
    }
    const std::size_t size = H5Tget_size(type);
    if (size == 0 || size > maxBytes / count) return Error::in(file, ErrorCode::FileUnsafe, name, std::to_string(size));
    std::vector<char> data(size * count);
    if (read(type, data.data()) < 0) return Error::in(file, ErrorCode::FileDamaged, name, takeError());
    for (std::size_t i = 0; i < count; ++i) out.push_back(trimFixed(data.data() + i * size, size, H5Tget_strpad(type)));
    return out;
}

}  // namespace hs::h5
