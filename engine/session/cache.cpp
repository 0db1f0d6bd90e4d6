// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/cache.h"

#include <utility>

namespace hs::session {
namespace {

constexpr std::size_t kEntryOverhead = 256;      // list node, index node, control blocks: about
constexpr std::size_t kInsertionsPerSweep = 64;  // dead entries are looked for only now and then

}  // namespace

std::weak_ptr<const void> pictureOwner(const std::shared_ptr<const AttentionSource>& source, int layer)
{
    std::shared_ptr<const void> owner = source ? source->cellsOwner(layer) : nullptr;
    return owner ? owner : source;
}

std::shared_ptr<const MatrixF> PictureCache::tile(const CacheKey& key)
{
    const std::lock_guard lock(m_mutex);
    const Entry* entry = touch(key);
    return entry ? entry->cells : nullptr;
}

std::shared_ptr<const MapOverview> PictureCache::overview(const CacheKey& key)
{
    const std::lock_guard lock(m_mutex);
    const Entry* entry = touch(key);
    return entry ? entry->map : nullptr;
}

void PictureCache::put(const CacheKey& key, std::shared_ptr<const MatrixF> cells)
{
    const std::size_t bytes = cells->bytes() + kEntryOverhead;
    insert({key, std::move(cells), nullptr, bytes});
}

void PictureCache::put(const CacheKey& key, std::shared_ptr<const MapOverview> map)
{
    const std::size_t bytes = map->maximum.bytes() + map->mean.bytes() + kEntryOverhead;
    insert({key, nullptr, std::move(map), bytes});
}

void PictureCache::setBudget(std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_budget = bytes;
    shrink();
}

std::size_t PictureCache::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

const PictureCache::Entry* PictureCache::touch(const CacheKey& key)
{
    const auto found = m_index.find(key);
    if (found == m_index.end()) return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return &m_entries.front();
}

void PictureCache::insert(Entry entry)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_index.find(entry.key); found != m_index.end()) erase(found->second);
    if (++m_insertions % kInsertionsPerSweep == 0) dropDead();
    if (entry.bytes > m_budget) return;
    m_bytes += entry.bytes;
    m_entries.push_front(std::move(entry));
    m_index.emplace(m_entries.front().key, m_entries.begin());
    shrink();
}

void PictureCache::erase(Entries::iterator entry)
{
    m_bytes -= entry->bytes;
    m_index.erase(entry->key);
    m_entries.erase(entry);
}

void PictureCache::dropDead()
{
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        const auto next = std::next(it);
        if (it->key.owner.expired()) erase(it);
        it = next;
    }
}

void PictureCache::shrink()
{
    if (m_bytes > m_budget) dropDead();
    while (m_bytes > m_budget && !m_entries.empty()) erase(std::prev(m_entries.end()));
}

}  // namespace hs::session
