// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/write/npy.h"

#include <bit>

namespace hs {
namespace {

/// What comes before the text: magic, version, length.
constexpr std::size_t kFront = 10;
/// No other writer pads by a whole line more than it needs.
constexpr std::size_t kMark = 64;

std::size_t padding(std::size_t dict) { return (64 - (kFront + dict + 1) % 64) % 64 + kMark; }

}  // namespace

bool isMarkedNpy(std::string_view head)
{
    if (head.size() < kFront || !head.starts_with(std::string_view("\x93NUMPY\x01\x00", 8))) return false;
    const std::size_t length = static_cast<unsigned char>(head[8]) | std::size_t(static_cast<unsigned char>(head[9])) << 8;
    if (head.size() < kFront + length) return false;
    const std::string_view text = head.substr(kFront, length);
    const std::size_t last = text.find_last_not_of(" \n");
    return last != std::string_view::npos && length == last + 1 + padding(last + 1) + 1;
}

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
    dict.append(padding(dict.size()), ' ');
    dict += '\n';
    std::string out("\x93NUMPY\x01\x00", 8);
    out += static_cast<char>(dict.size() & 0xff);
    out += static_cast<char>(dict.size() >> 8);
    return out + dict;
}

}  // namespace hs
