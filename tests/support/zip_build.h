// SPDX-License-Identifier: GPL-3.0-or-later
// Zip archives written for tests, from the format's description: stored or deflated members, whose headers may lie.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <vector>

namespace hs::test {

/// A whole number of `width` bytes, the least significant first.
inline std::string littleBytes(std::uint64_t value, int width)
{
    std::string out;
    for (int i = 0; i < width; ++i) out += i < 8 ? static_cast<char>((value >> (8 * i)) & 0xff) : '\0';
    return out;
}

struct ZipPart {
    std::string name, bytes;
    bool deflated = false;
    std::string packed = {};  ///< what stands in the archive
    std::uint32_t crc = 0;    ///< of `bytes`
    std::uint64_t size = 0;   ///< as the directory says
    std::uint64_t place = 0;  ///< of the local header
    int method = 0, flags = 0;
};

inline std::string deflatedBytes(const std::string& bytes)
{
    std::vector<Bytef> out(compressBound(static_cast<uLong>(bytes.size())) + 64);
    z_stream z{};
    deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string in = bytes;
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    z.next_out = out.data();
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    deflateEnd(&z);
    return {out.begin(), out.end() - static_cast<std::ptrdiff_t>(z.avail_out)};
}

/// The archive; `change` (may be empty) sees the finished parts before the directory is written.
template <typename Change>
std::string zipText(std::vector<ZipPart> parts, Change change, bool zip64 = false)
{
    std::string out;
    for (ZipPart& p : parts) {
        p.packed = p.deflated ? deflatedBytes(p.bytes) : p.bytes;
        p.method = p.deflated ? 8 : 0;
        p.size = p.bytes.size();
        p.crc = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(p.bytes.data()), static_cast<uInt>(p.bytes.size())));
        p.place = out.size();
        // As PyTorch does: sizes behind the data (flag 8), so that only the directory tells them; padding in the extra field.
        out += "PK\x03\x04" + littleBytes(20, 2) + littleBytes(8, 2) + littleBytes(p.method, 2) + littleBytes(0, 16);
        out += littleBytes(p.name.size(), 2) + littleBytes(8, 2) + p.name + "FB" + littleBytes(4, 2) + "ZZZZ" + p.packed;
        out += "PK\x07\x08" + littleBytes(p.crc, 4) + littleBytes(p.packed.size(), 4) + littleBytes(p.bytes.size(), 4);
    }
    const std::uint64_t begin = out.size();
    change(parts);
    for (const ZipPart& p : parts) {
        const std::string extra = zip64 ? littleBytes(1, 2) + littleBytes(24, 2) + littleBytes(p.size, 8) + littleBytes(p.packed.size(), 8)
                                              + littleBytes(p.place, 8)
                                        : std::string();
        const std::uint64_t none = 0xffffffff;
        out +=
            "PK\x01\x02" + littleBytes(20, 2) + littleBytes(20, 2) + littleBytes(p.flags, 2) + littleBytes(p.method, 2) + littleBytes(0, 4);
        out += littleBytes(p.crc, 4) + littleBytes(zip64 ? none : p.packed.size(), 4) + littleBytes(zip64 ? none : p.size, 4);
        out += littleBytes(p.name.size(), 2) + littleBytes(extra.size(), 2) + littleBytes(0, 2 + 2 + 2 + 4);
        out += littleBytes(zip64 ? none : p.place, 4) + p.name + extra;
    }
    const std::uint64_t size = out.size() - begin;
    if (zip64) {
        const std::uint64_t place = out.size();
        out += "PK\x06\x06" + littleBytes(44, 8) + littleBytes(45, 2) + littleBytes(45, 2) + littleBytes(0, 8);
        out += littleBytes(parts.size(), 8) + littleBytes(parts.size(), 8) + littleBytes(size, 8) + littleBytes(begin, 8);
        out += "PK\x06\x07" + littleBytes(0, 4) + littleBytes(place, 8) + littleBytes(1, 4);
    }
    out += "PK\x05\x06" + littleBytes(0, 4) + littleBytes(zip64 ? 0xffff : parts.size(), 2) + littleBytes(zip64 ? 0xffff : parts.size(), 2);
    return out + littleBytes(zip64 ? 0xffffffff : size, 4) + littleBytes(zip64 ? 0xffffffff : begin, 4) + littleBytes(0, 2);
}
inline std::string zipText(std::vector<ZipPart> parts, bool zip64 = false)
{
    return zipText(
        std::move(parts), [](std::vector<ZipPart>&) {}, zip64);
}

}  // namespace hs::test
