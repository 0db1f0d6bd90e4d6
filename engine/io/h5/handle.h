// SPDX-License-Identifier: GPL-3.0-or-later
// RAII for HDF5 identifiers, and one lock around the library: distributions differ in whether theirs is thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <utility>

#include <hdf5.h>

namespace hs::h5 {

std::recursive_mutex& libraryMutex();
using LibraryLock = std::lock_guard<std::recursive_mutex>;

/// Once a process: no plug-ins are ever loaded. Once a thread: errors are not printed.
void prepareThread();
/// Innermost description of the calling thread's error stack; clears it.
std::string takeError();

/// Owns one hid_t. `Handle(H5Dopen2(...), H5Dclose)`.
class Handle {
public:
    using Close = herr_t (*)(hid_t);
    Handle() = default;
    Handle(hid_t id, Close close) : m_id(id), m_close(close) {}
    Handle(Handle&& other) noexcept : m_id(std::exchange(other.m_id, -1)), m_close(other.m_close) {}
    Handle& operator=(Handle&& other) noexcept
    {
        std::swap(m_id, other.m_id);
        std::swap(m_close, other.m_close);
        return *this;
    }
    ~Handle() { reset(); }
    void reset()
    {
        if (m_id < 0) return;
        const LibraryLock lock(libraryMutex());
        m_close(std::exchange(m_id, -1));
    }
    explicit operator bool() const { return m_id >= 0; }
    hid_t id() const { return m_id; }

private:
    hid_t m_id = -1;
    Close m_close = nullptr;
};

}  // namespace hs::h5
