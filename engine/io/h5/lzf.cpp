// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/h5/lzf.h"

#include <algorithm>
#include <cstring>
#include <new>

#include <hdf5.h>

namespace hs::h5 {
namespace {

constexpr H5Z_filter_t kLzf = 32000;
/// Three bytes of input make 264 of output at the most.
constexpr std::size_t kGrowth = 88;

/// As the library calls it: returns the new size, 0 for failure; *buffer is exchanged. values[2] is the size of a whole chunk in bytes.
std::size_t undo(unsigned flags, std::size_t count, const unsigned* values, std::size_t bytes, std::size_t* size, void** buffer)
{
    if ((flags & H5Z_FLAG_REVERSE) == 0) return 0;
    try {
        const std::size_t possible = bytes * kGrowth, chunk = count >= 3 ? values[2] : 0;
        std::vector<unsigned char> out;
        out.reserve(std::min(possible, chunk > 0 ? chunk : bytes * 4));
        if (!decodeLzf({static_cast<const unsigned char*>(*buffer), bytes}, chunk > 0 ? std::min(possible, chunk) : possible, out))
            return 0;
        void* made = H5allocate_memory(std::max<std::size_t>(1, out.size()), 0);
        if (!made) return 0;
        std::memcpy(made, out.data(), out.size());
        H5free_memory(*buffer);
        *buffer = made;
        *size = out.size();
        return out.size();
    } catch (const std::bad_alloc&) {
        return 0;
    }
}

}  // namespace

bool decodeLzf(std::span<const unsigned char> in, std::size_t most, std::vector<unsigned char>& out)
{
    constexpr unsigned kLiterals = 32, kLong = 7;
    std::size_t at = 0;
    while (at < in.size()) {
        const unsigned control = in[at++];
        if (control < kLiterals) {
            const std::size_t run = control + 1;
            if (in.size() - at < run || most - out.size() < run) return false;
            out.insert(out.end(), in.begin() + static_cast<std::ptrdiff_t>(at), in.begin() + static_cast<std::ptrdiff_t>(at + run));
            at += run;
            continue;
        }
        std::size_t length = control >> 5;
        if (length == kLong) {
            if (at == in.size()) return false;
            length += in[at++];
        }
        if (at == in.size()) return false;
        const std::size_t back = (static_cast<std::size_t>(control & 31u) << 8 | in[at++]) + 1;
        length += 2;
        if (back > out.size() || most - out.size() < length) return false;
        for (std::size_t i = 0; i < length; ++i) out.push_back(out[out.size() - back]);  // byte by byte: it may copy what it just wrote
    }
    return true;
}

void registerLzf()
{
    const H5Z_class2_t filter{H5Z_CLASS_T_VERS, kLzf, 0, 1, "lzf", nullptr, nullptr, undo};
    H5Zregister(&filter);
}

}  // namespace hs::h5
