// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace hs {

/// Which token a pair of tokens merges into, and how early. Open addressing: looked up millions of times a second.
class PairTable {
public:
    struct Merge {
        std::int32_t rank = std::numeric_limits<std::int32_t>::max();  ///< largest value: no such merge
        std::int32_t id = -1;
        bool exists() const { return id >= 0; }
    };

    void reserve(std::size_t pairs)
    {
        m_slots.assign(std::bit_ceil(pairs * 2 + 16), Slot{});
        m_shift = 64 - std::countr_zero(m_slots.size());
    }
    /// False when the pair is there already. At most as many pairs as were reserved.
    bool insert(int left, int right, Merge merge)
    {
        Slot& slot = m_slots[place(key(left, right))];
        if (slot.key != emptyKey) return false;
        slot = {key(left, right), merge};
        return true;
    }
    Merge find(int left, int right) const
    {
        if (m_slots.empty()) return {};
        const Slot& slot = m_slots[place(key(left, right))];
        return slot.key == emptyKey ? Merge{} : slot.merge;
    }

private:
    static constexpr std::uint64_t emptyKey = ~std::uint64_t{0};
    struct Slot {
        std::uint64_t key = emptyKey;
        Merge merge;
    };

    static std::uint64_t key(int left, int right)
    {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 | static_cast<std::uint32_t>(right);
    }
    std::size_t place(std::uint64_t k) const
    {
        std::size_t at = static_cast<std::size_t>((k * 0x9E3779B97F4A7C15ULL) >> m_shift);
        while (m_slots[at].key != emptyKey && m_slots[at].key != k) at = (at + 1) & (m_slots.size() - 1);
        return at;
    }

    std::vector<Slot> m_slots;
    int m_shift = 63;
};

}  // namespace hs
