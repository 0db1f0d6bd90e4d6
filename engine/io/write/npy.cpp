// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/write/npy.h"

#include <bit>

namespace hs {

std::string npyHeader(const char* type, const std::vector<std::int64_t>& shape)
{
    std::string dict = "{'descr': '";
    dict += std::endian::native == std::endian::little ? '<' : '>';
    dict += type;
    dict += "', 'fortran_order': False, 'shape': (";
    for (const std::int64_t n : shape) {
        dict += std::to_string(n);
        dict += ", ";
    }
    if (shape.size() > 1) dict.resize(dict.size() - 2);
    dict += "), }";
    const std::size_t unpadded = 10 + dict.size() + 1;
    dict.append((64 - unpadded % 64) % 64, ' ');
    dict += '\n';
    std::string out("\x93NUMPY\x01\x00", 8);
    out += static_cast<char>(dict.size() & 0xff);
    out += static_cast<char>(dict.size() >> 8);
    return out + dict;
}

}  // namespace hs
