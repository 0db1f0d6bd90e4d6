// SPDX-License-Identifier: GPL-3.0-or-later
// Row-major float matrices and views. No Eigen in headers: it stays in the .cpp files of engine/tensor.
#pragma once

#include <cassert>
#include <cstddef>

#include "engine/tensor/buffer.h"

namespace hs {

/// Read-only row-major window: element (r, c) is data[r * stride + c].
struct ViewF {
    const float* data = nullptr;
    std::ptrdiff_t rows = 0;
    std::ptrdiff_t cols = 0;
    std::ptrdiff_t stride = 0;

    const float* row(std::ptrdiff_t r) const { return data + r * stride; }
    float operator()(std::ptrdiff_t r, std::ptrdiff_t c) const { return data[r * stride + c]; }
    ViewF block(std::ptrdiff_t r0, std::ptrdiff_t c0, std::ptrdiff_t nr, std::ptrdiff_t nc) const
    {
        assert(r0 >= 0 && c0 >= 0 && r0 + nr <= rows && c0 + nc <= cols);
        return {data + r0 * stride + c0, nr, nc, stride};
    }
    bool empty() const { return rows == 0 || cols == 0; }
};

/// Writable row-major window.
struct MutViewF {
    float* data = nullptr;
    std::ptrdiff_t rows = 0;
    std::ptrdiff_t cols = 0;
    std::ptrdiff_t stride = 0;

    float* row(std::ptrdiff_t r) const { return data + r * stride; }
    float& operator()(std::ptrdiff_t r, std::ptrdiff_t c) const { return data[r * stride + c]; }
    MutViewF block(std::ptrdiff_t r0, std::ptrdiff_t c0, std::ptrdiff_t nr, std::ptrdiff_t nc) const
    {
        assert(r0 >= 0 && c0 >= 0 && r0 + nr <= rows && c0 + nc <= cols);
        return {data + r0 * stride + c0, nr, nc, stride};
    }
    bool empty() const { return rows == 0 || cols == 0; }
    operator ViewF() const { return {data, rows, cols, stride}; }
};

/// Owning row-major matrix, zero-initialised. A moved-from matrix is empty.
class MatrixF {
public:
    MatrixF() = default;
    MatrixF(std::ptrdiff_t rows, std::ptrdiff_t cols) : MatrixF(rows, cols, true) {}
    /// Contents are anything: for results that are written whole.
    static MatrixF uninitialised(std::ptrdiff_t rows, std::ptrdiff_t cols) { return MatrixF(rows, cols, false); }
    MatrixF(const MatrixF&) = default;
    MatrixF& operator=(const MatrixF&) = default;
    MatrixF(MatrixF&& other) noexcept
        : m_rows(std::exchange(other.m_rows, 0)), m_cols(std::exchange(other.m_cols, 0)), m_data(std::move(other.m_data))
    {}
    MatrixF& operator=(MatrixF&& other) noexcept
    {
        m_rows = std::exchange(other.m_rows, 0);
        m_cols = std::exchange(other.m_cols, 0);
        m_data = std::move(other.m_data);
        return *this;
    }

    std::ptrdiff_t rows() const { return m_rows; }
    std::ptrdiff_t cols() const { return m_cols; }
    bool empty() const { return m_data.empty(); }
    std::size_t bytes() const { return m_data.size() * sizeof(float); }
    float* data() { return m_data.data(); }
    const float* data() const { return m_data.data(); }
    float* row(std::ptrdiff_t r) { return m_data.data() + r * m_cols; }
    const float* row(std::ptrdiff_t r) const { return m_data.data() + r * m_cols; }
    float& operator()(std::ptrdiff_t r, std::ptrdiff_t c) { return m_data.data()[r * m_cols + c]; }
    float operator()(std::ptrdiff_t r, std::ptrdiff_t c) const { return m_data.data()[r * m_cols + c]; }
    ViewF view() const { return {m_data.data(), m_rows, m_cols, m_cols}; }
    MutViewF view() { return {m_data.data(), m_rows, m_cols, m_cols}; }

private:
    MatrixF(std::ptrdiff_t rows, std::ptrdiff_t cols, bool zero)
        : m_rows(rows), m_cols(cols), m_data(static_cast<std::size_t>(rows * cols), zero)
    {}

    std::ptrdiff_t m_rows = 0;
    std::ptrdiff_t m_cols = 0;
    FloatBuffer m_data;
};

}  // namespace hs
