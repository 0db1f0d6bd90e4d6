// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tensor/buffer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <new>
#include <vector>

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define HS_BUFFER_STORE 1
#include <sys/mman.h>
#endif

namespace hs {
namespace {

constexpr std::align_val_t kAlign{64};

#ifdef HS_BUFFER_STORE

constexpr std::size_t kLarge = std::size_t(256) << 10;  // smaller blocks are malloc's business
constexpr std::size_t kRound = std::size_t(64) << 10;
constexpr std::size_t kHugePage = std::size_t(2) << 20;
/// A block of at most kModest bytes that is not there pushes others out only beyond kKeep: threads that are not in step take turns with the same few
/// sizes, and what they need together is little.
constexpr std::size_t kModest = std::size_t(4) << 20, kKeep = std::size_t(32) << 20;
constexpr std::size_t kStoreLimit = std::size_t(256) << 20;

std::size_t roundedBytes(std::size_t bytes) { return (bytes + kRound - 1) / kRound * kRound; }

void* map(std::size_t bytes)
{
    // Aligned to huge pages, so that the kernel can give them in one piece each.
    const std::size_t slack = bytes >= kHugePage ? kHugePage : 0;
    void* raw = mmap(nullptr, bytes + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw == MAP_FAILED) throw std::bad_alloc();
    if (slack == 0) return raw;
    const std::size_t before = (kHugePage - reinterpret_cast<std::uintptr_t>(raw) % kHugePage) % kHugePage;
    std::byte* const aligned = static_cast<std::byte*>(raw) + before;
    if (before > 0) munmap(raw, before);
    if (before < slack) munmap(aligned + bytes, slack - before);
    madvise(aligned, bytes, MADV_HUGEPAGE);  // only advice: failure costs nothing
    return aligned;
}

/// Free large blocks, oldest first.
class Store {
public:
    static Store& instance()
    {
        static Store* store = new Store;  // never destroyed: matrices may be freed by other statics
        return *store;
    }

    /// A block of exactly this rounded size, or null. After a miss, as much as is about to be taken is given back first.
    void* take(std::size_t bytes)
    {
        const std::lock_guard lock(m_mutex);
        for (auto it = m_blocks.rbegin(); it != m_blocks.rend(); ++it) {
            if (it->bytes != bytes) continue;
            void* data = it->data;
            m_bytes -= bytes;
            m_blocks.erase(std::next(it).base());
            return data;
        }
        shrink(std::max(bytes <= kModest ? kKeep : 0, m_bytes > bytes ? m_bytes - bytes : 0));
        return nullptr;
    }

    void give(void* data, std::size_t bytes)
    {
        const std::lock_guard lock(m_mutex);
        m_blocks.push_back({data, bytes});
        m_bytes += bytes;
        shrink(kStoreLimit);
    }

private:
    struct Block {
        void* data;
        std::size_t bytes;
    };

    void shrink(std::size_t limit)
    {
        std::size_t gone = 0;
        while (m_bytes > limit && gone < m_blocks.size()) {
            munmap(m_blocks[gone].data, m_blocks[gone].bytes);
            m_bytes -= m_blocks[gone].bytes;
            ++gone;
        }
        m_blocks.erase(m_blocks.begin(), m_blocks.begin() + static_cast<std::ptrdiff_t>(gone));
    }

    std::mutex m_mutex;
    std::vector<Block> m_blocks;
    std::size_t m_bytes = 0;
};

#endif

float* allocate(std::size_t size, bool zero)
{
    const std::size_t bytes = size * sizeof(float);
#ifdef HS_BUFFER_STORE
    if (bytes >= kLarge) {
        const std::size_t rounded = roundedBytes(bytes);
        void* warm = Store::instance().take(rounded);
        if (!warm) return static_cast<float*>(map(rounded));  // fresh pages are zero
        if (zero) std::memset(warm, 0, bytes);
        return static_cast<float*>(warm);
    }
#endif
    void* data = ::operator new(bytes, kAlign);
    if (zero) std::memset(data, 0, bytes);
    return static_cast<float*>(data);
}

void release(float* data, [[maybe_unused]] std::size_t size)
{
    if (!data) return;
#ifdef HS_BUFFER_STORE
    if (size * sizeof(float) >= kLarge) {
        Store::instance().give(data, roundedBytes(size * sizeof(float)));
        return;
    }
#endif
    ::operator delete(data, kAlign);
}

}  // namespace

FloatBuffer::FloatBuffer(std::size_t size, bool zero) : m_data(size > 0 ? allocate(size, zero) : nullptr), m_size(size) {}

FloatBuffer::FloatBuffer(const FloatBuffer& other) : FloatBuffer(other.m_size, false)
{
    if (m_size > 0) std::memcpy(m_data, other.m_data, m_size * sizeof(float));
}

FloatBuffer::~FloatBuffer() { release(m_data, m_size); }

}  // namespace hs
