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

/// Bytes that stages may make of a text. A normal form makes at most 13 of one; replacements in a row can double a text each time.
constexpr std::size_t mostChangedBytes(std::size_t typed) { return 16 * typed + 4096; }

inline Error grown(std::size_t most)
{
    const std::string bytes = std::to_string(most) + " bytes";
    return Error::of(ErrorCode::TokenizerInvalid, "normalizer, pre_tokenizer", "> " + bytes, "<= " + bytes);
}

/// A view: whoever makes a chunk keeps the bytes alive while its sink runs.
struct Chunk {
    std::string_view text;
    const SourceSpan* map = nullptr;  ///< one span for each byte of text; null: text is the original from `base` on
    std::size_t base = 0;
    std::size_t most = 0;  ///< bytes that a text made of it may have

    /// The text as typed.
    static Chunk typed(std::string_view text) { return {text, nullptr, 0, mostChangedBytes(text.size())}; }
    Chunk part(std::size_t begin, std::size_t end) const
    {
        return {text.substr(begin, end - begin), map ? map + begin : nullptr, base + begin, most};
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

using ChunkSink = std::function<Status(const Chunk&)>;

/// Owned text that a chunk is changed into, with its spans.
class ChangedText {
public:
    explicit ChangedText(const Chunk& from) : m_from(from) {}

    void add(std::string_view bytes, SourceSpan from)
    {
        if (!fits(bytes.size())) return;
        m_text.append(bytes);
        m_map.insert(m_map.end(), bytes.size(), from);
    }
    /// Copies bytes [begin, end) of the chunk with their own spans.
    void copy(std::size_t begin, std::size_t end)
    {
        if (!fits(end - begin)) return;
        m_text.append(m_from.text.substr(begin, end - begin));
        for (std::size_t i = begin; i < end; ++i) m_map.push_back(m_from.spanOf(i));
    }
    /// Gives the changed chunk to the sink; TokenizerInvalid when it has grown beyond all measure.
    Status pass(const ChunkSink& sink) const
    {
        if (m_tooLong) return grown(m_from.most);
        return sink({m_text, m_map.data(), m_from.base, m_from.most});
    }

private:
    bool fits(std::size_t bytes)
    {
        m_tooLong = m_tooLong || m_text.size() + bytes > m_from.most;
        return !m_tooLong;
    }

    const Chunk m_from;
    std::string m_text;
    std::vector<SourceSpan> m_map;
    bool m_tooLong = false;
};

/// One normaliser or pre-tokeniser: calls the sink for each piece it makes of a chunk, in order. Immutable.
class ChunkStage {
public:
    virtual ~ChunkStage() = default;
    virtual Status apply(const Chunk& chunk, const ChunkSink& sink) const = 0;
};

}  // namespace hs
