// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/models/subword_model.h"

namespace hs {

/// Tokens of pieces of text already seen, while one text is encoded. One flat table: a lookup touches one slot and the
/// piece's own bytes, where a node-based map spent a third of the time of tokenising on cache misses.
class PieceCache {
public:
    PieceCache() : m_slots(1 << 12) {}

    struct Entry {
        bool found = false;
        std::span<const Hit> hits;
    };
    Entry find(std::string_view piece) const
    {
        const Slot& slot = m_slots[place(piece, hashOf(piece))];
        if (slot.length == 0) return {};
        return {true, std::span(m_hits).subspan(slot.firstHit, slot.hitCount)};
    }
    /// `piece` is not empty and not there yet. Nothing is kept once the table is full.
    void insert(std::string_view piece, std::span<const Hit> hits)
    {
        if (m_used >= mostPieces) return;
        if (m_used * 2 >= m_slots.size()) grow();
        const std::uint64_t hash = hashOf(piece);
        m_slots[place(piece, hash)] = {hash, static_cast<std::uint32_t>(m_text.size()), static_cast<std::uint32_t>(piece.size()),
                                       static_cast<std::uint32_t>(m_hits.size()), static_cast<std::uint32_t>(hits.size())};
        m_text += piece;
        m_hits.insert(m_hits.end(), hits.begin(), hits.end());
        ++m_used;
    }

private:
    static constexpr std::size_t mostPieces = 500'000;
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t begin = 0;
        std::uint32_t length = 0;  ///< 0: empty
        std::uint32_t firstHit = 0;
        std::uint32_t hitCount = 0;
    };

    static std::uint64_t hashOf(std::string_view piece) { return std::hash<std::string_view>{}(piece); }
    std::size_t place(std::string_view piece, std::uint64_t hash) const
    {
        std::size_t at = static_cast<std::size_t>(hash) & (m_slots.size() - 1);
        for (;; at = (at + 1) & (m_slots.size() - 1)) {
            const Slot& slot = m_slots[at];
            if (slot.length == 0) return at;
            if (slot.hash == hash && std::string_view(m_text).substr(slot.begin, slot.length) == piece) return at;
        }
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.length == 0) continue;
            std::size_t at = static_cast<std::size_t>(slot.hash) & (m_slots.size() - 1);
            while (m_slots[at].length != 0) at = (at + 1) & (m_slots.size() - 1);
            m_slots[at] = slot;
        }
    }

    std::vector<Slot> m_slots;
    std::string m_text;
    std::vector<Hit> m_hits;
    std::size_t m_used = 0;
};

}  // namespace hs
