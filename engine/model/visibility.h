// SPDX-License-Identifier: GPL-3.0-or-later
// Which keys a query sees. The one place that knows: everything else asks for a range.
#pragma once

#include <algorithm>

namespace hs {

enum class MaskKind { Causal, Bidirectional };

/// Keys (or queries) [first, end) of a prompt; empty: first == end.
struct KeyRange {
    int first = 0, end = 0;
    constexpr int size() const { return end - first; }
    constexpr bool empty() const { return end <= first; }
    constexpr bool has(int key) const { return key >= first && key < end; }
    /// What of it lies in [from, to).
    constexpr KeyRange within(int from, int to) const
    {
        const int begin = std::clamp(first, from, std::max(from, to));
        return {begin, std::clamp(end, begin, std::max(begin, to))};
    }
    constexpr bool operator==(const KeyRange&) const = default;
};

/// The rule of one layer. Every rule so far gives each query one range whose ends never move back from query to query, so the keys
/// that some neighbouring queries see are a range too; scores are computed for such ranges only. Padding comes on top
/// (hiddenPositions of engine/model/config.h, ForwardOptions::padding): what it hides lies anywhere, and is hidden from all queries.
class Visibility {
public:
    /// A mask alone has no window. window: a query sees itself and the window - 1 keys before it, and, where it sees what comes after
    /// it, as many there; 0: all of them. chunk, of causal masks: and of those only the ones in its own chunk of so many; 0: no chunks.
    constexpr Visibility(MaskKind mask = MaskKind::Causal, int window = 0, int chunk = 0)
        : m_ahead(mask == MaskKind::Bidirectional), m_window(window), m_chunk(m_ahead ? 0 : chunk)
    {}

    /// Keys that a query sees, of n.
    constexpr KeyRange keys(int query, int n) const { return keysOf(query, 1, n); }
    /// Keys that at least one of the queries [q0, q0 + nq) sees.
    constexpr KeyRange keysOf(int q0, int nq, int n) const
    {
        if (m_ahead && m_window == 0) return {0, n};
        const int last = std::clamp(q0 + nq, 0, n), end = m_ahead && n - last >= m_window ? last + m_window - 1 : m_ahead ? n : last;
        const int first = m_window > 0 ? std::clamp(q0 - m_window + 1, 0, end) : 0;
        return {m_chunk > 0 ? std::clamp(q0 / m_chunk * m_chunk, first, std::max(first, end)) : first, end};
    }
    /// Queries that see a key, of n.
    constexpr KeyRange queries(int key, int n) const
    {
        if (m_ahead && m_window == 0) return {0, n};
        const int first = std::clamp(m_ahead ? key - m_window + 1 : key, 0, n);
        const int end = m_window > 0 && key < n - m_window ? key + m_window : n;
        const int next = m_chunk > 0 && key / m_chunk < (n - 1) / m_chunk ? (key / m_chunk + 1) * m_chunk : n;  // chunk
        return {first, std::max(first, std::min(end, next))};
    }
    constexpr bool sees(int query, int key) const
    {
        if (!m_ahead && key > query) return false;
        if (m_chunk > 0 && query / m_chunk != key / m_chunk) return false;
        return m_window == 0 || (key <= query ? query - key : key - query) < m_window;
    }
    /// Cells of an n x n map that are not masked.
    constexpr double cells(int n) const
    {
        if (m_chunk > 0 && m_chunk < n) {
            const Visibility inside(MaskKind::Causal, m_window);
            return inside.cells(m_chunk) * (n / m_chunk) + inside.cells(n % m_chunk);
        }
        const double all = n, wide = m_window > 0 ? std::min(m_window, n) : n;
        const double behind = wide * (wide + 1) / 2 + (all - wide) * wide;  // the diagonal with it
        return m_ahead ? 2 * behind - all : behind;
    }
    /// Queries see what comes after them.
    constexpr bool looksAhead() const { return m_ahead; }
    constexpr int window() const { return m_window; }
    constexpr int chunk() const { return m_chunk; }
    constexpr Visibility withoutWindow() const { return m_ahead ? MaskKind::Bidirectional : MaskKind::Causal; }
    constexpr bool operator==(const Visibility&) const = default;

private:
    bool m_ahead = false;
    int m_window = 0;
    int m_chunk = 0;
};

}  // namespace hs
