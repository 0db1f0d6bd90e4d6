// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF files written for tests from the format's description (the specification of the ggml project).
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/zip_build.h"

namespace hs::test {

struct GgufPart {
    std::string name;
    std::vector<std::int64_t> shape;  ///< as C has it; the file turns it round
    std::uint32_t type = 0;
    std::string bytes;
    std::int64_t offset = -1;  ///< -1: behind the one before, aligned
};

inline std::string ggufText(const std::string& s) { return littleBytes(s.size(), 8) + s; }
inline std::string ggufPair(const std::string& key, std::uint32_t type, const std::string& value)
{
    return ggufText(key) + littleBytes(type, 4) + value;
}
inline std::string ggufWhole(const std::string& key, std::uint32_t n) { return ggufPair(key, 4, littleBytes(n, 4)); }
inline std::string ggufBool(const std::string& key, bool on) { return ggufPair(key, 7, littleBytes(on ? 1 : 0, 1)); }
inline std::string ggufString(const std::string& key, const std::string& s) { return ggufPair(key, 8, ggufText(s)); }
inline std::string floatBytes(float f)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, &f, 4);
    return littleBytes(bits, 4);
}
inline std::string ggufReal(const std::string& key, float f) { return ggufPair(key, 6, floatBytes(f)); }
inline std::string ggufArray(const std::string& key, std::uint32_t type, std::size_t count, const std::string& values)
{
    return ggufPair(key, 9, littleBytes(type, 4) + littleBytes(count, 8) + values);
}
inline std::string ggufStrings(const std::string& key, const std::vector<std::string>& all)
{
    std::string out;
    for (const std::string& s : all) out += ggufText(s);
    return ggufArray(key, 8, all.size(), out);
}

/// The file; `alignment` as the pairs say it.
inline std::string ggufBytes(const std::vector<std::string>& pairs, const std::vector<GgufPart>& tensors, std::uint32_t version = 3,
                             std::size_t alignment = 32)
{
    std::string out = "GGUF" + littleBytes(version, 4) + littleBytes(tensors.size(), 8) + littleBytes(pairs.size(), 8), data;
    for (const std::string& p : pairs) out += p;
    const auto pad = [&](std::string& text) { text.append((alignment - text.size() % alignment) % alignment, '\0'); };
    for (const GgufPart& t : tensors) {
        pad(data);
        out += ggufText(t.name) + littleBytes(t.shape.size(), 4);
        for (std::size_t axis = t.shape.size(); axis-- > 0;) out += littleBytes(static_cast<std::uint64_t>(t.shape[axis]), 8);
        out += littleBytes(t.type, 4) + littleBytes(t.offset >= 0 ? static_cast<std::uint64_t>(t.offset) : data.size(), 8);
        data += t.bytes;
    }
    pad(out);
    return out + data;
}

}  // namespace hs::test
