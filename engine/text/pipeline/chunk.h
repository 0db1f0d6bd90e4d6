// SPDX-License-Identifier: GPL-3.0-or-later
// A piece of text on its way through normalisers and pre-tokenisers. It remembers where each of its bytes came from, so
// that tokens can be traced back to the text as typed however it was changed in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace hs {

/// Range of bytes in the text as typed; begin == end for something inserted before `begin`.
struct SourceSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// A view: whoever makes a chunk keeps the bytes alive while its sink runs.
struct Chunk {
    std::string_view text;
    const SourceSpan* map = nullptr;  ///< one span for each byte of text; null: text is the original from `base` on
    std::size_t base = 0;

    Chunk part(std::size_t begin, std::size_t end) const
    {
        return {text.substr(begin, end - begin), map ? map + begin : nullptr, base + begin};
    }
    SourceSpan spanOf(std::size_t byte) const
    {
        if (map) return map[byte];
        return {static_cast<std::uint32_t>(base + byte), static_cast<std::uint32_t>(base + byte + 1)};
    }
    /// Original range of text[begin, end), begin < end.
    SourceSpan sourceOf(std::size_t begin, std::size_t end) const { return {spanOf(begin).begin, spanOf(end - 1).end}; }
    /// Original position where text begins; `base` when it is empty.
    std::uint32_t sourceBegin() const { return text.empty() ? static_cast<std::uint32_t>(base) : spanOf(0).begin; }
};

/// Owned, changed text with its spans; `chunk()` is valid while this lives.
struct ChangedText {
    std::string text;
    std::vector<SourceSpan> map;

    void add(std::string_view bytes, SourceSpan from)
    {
        text.append(bytes);
        map.insert(map.end(), bytes.size(), from);
    }
    /// Copies bytes [begin, end) of a chunk with their own spans.
    void copy(const Chunk& from, std::size_t begin, std::size_t end)
    {
        text.append(from.text.substr(begin, end - begin));
        for (std::size_t i = begin; i < end; ++i) map.push_back(from.spanOf(i));
    }
    Chunk chunk(std::size_t base) const { return {text, map.data(), base}; }
};

using ChunkSink = std::function<Status(const Chunk&)>;

/// One normaliser or pre-tokeniser: calls the sink for each piece it makes of a chunk, in order. Immutable.
class ChunkStage {
public:
    virtual ~ChunkStage() = default;
    virtual Status apply(const Chunk& chunk, const ChunkSink& sink) const = 0;
};

}  // namespace hs
