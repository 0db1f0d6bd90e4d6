// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles and overviews already made, least recently used out first.
#pragma once

#include <array>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <tuple>

#include "engine/forward/attention_source.h"

namespace hs::session {

/// What a cached picture was made from. The owner is held weakly: a closed run's entries die with it.
struct CacheKey {
    std::weak_ptr<const void> owner;
    HeadId head;
    MapKind kind = MapKind::Weights;
    std::array<int, 4> area{};  ///< q0, nq, k0, nk of a tile; {maxSide, -1, -1, -1} of an overview

    bool operator<(const CacheKey& other) const
    {
        const std::owner_less<> before;
        if (before(owner, other.owner)) return true;
        if (before(other.owner, owner)) return false;
        return std::tie(head, kind, area) < std::tie(other.head, other.kind, other.area);
    }
};

/// Owner of one layer's pictures: whom its cells belong to, else the source.
std::weak_ptr<const void> pictureOwner(const std::shared_ptr<const AttentionSource>& source, int layer);

/// All functions are safe from any thread.
class PictureCache {
public:
    explicit PictureCache(std::size_t budget) : m_budget(budget) {}

    std::shared_ptr<const MatrixF> tile(const CacheKey& key);
    std::shared_ptr<const MapOverview> overview(const CacheKey& key);
    void put(const CacheKey& key, std::shared_ptr<const MatrixF> cells);
    void put(const CacheKey& key, std::shared_ptr<const MapOverview> map);

    void setBudget(std::size_t bytes);
    std::size_t bytes() const;

private:
    struct Entry {
        CacheKey key;
        std::shared_ptr<const MatrixF> cells;
        std::shared_ptr<const MapOverview> map;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>;  // most recently used first

    const Entry* touch(const CacheKey& key);
    void insert(Entry entry);
    void erase(Entries::iterator entry);
    void dropDead();
    void shrink();

    mutable std::mutex m_mutex;
    std::size_t m_budget;
    std::size_t m_bytes = 0;
    std::size_t m_insertions = 0;
    Entries m_entries;
    std::map<CacheKey, Entries::iterator> m_index;
};

}  // namespace hs::session
