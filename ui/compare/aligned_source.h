// SPDX-License-Identifier: GPL-3.0-or-later
// B's attention at A's tokens: what two prompts of different length have in common stands in the same cell. Cells of a token without a
// counterpart are NaN; nothing is scaled up for what is left out.
#pragma once

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/forward/attention_source.h"

namespace hs::ui {

class AlignedSource final : public AttentionSource {
public:
    /// `match`: for each token of `frame` the one of `of` that stands for it, increasing; -1: none.
    AlignedSource(std::shared_ptr<const AttentionSource> of, std::shared_ptr<const AttentionSource> frame, std::vector<int> match)
        : m_of(std::move(of)), m_frame(std::move(frame)), m_match(std::move(match))
    {}
    int layers() const override { return m_of->layers(); }
    int heads(int layer) const override { return m_of->heads(layer); }
    int queries() const override { return m_frame->queries(); }
    int keys() const override { return m_frame->keys(); }
    Visibility visibility(int layer) const override { return m_frame->visibility(layer); }
    const std::vector<Token>& queryTokens() const override { return m_frame->queryTokens(); }
    const std::vector<Token>& keyTokens() const override { return m_frame->keyTokens(); }
    int readyLayers() const override { return m_of->readyLayers(); }
    bool has(MapKind kind) const override { return m_of->has(kind); }
    std::shared_ptr<const HeadStats> stats(HeadId) const override { return nullptr; }  // those of B are about other rows
    int originalHead(int layer, int head) const override { return m_of->originalHead(layer, head); }

    Result<MatrixF> tile(HeadId head, MapKind kind, int q0, int nq, int k0, int nk) const override
    {
        constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
        MatrixF out(nq, nk);
        const Visibility mask = visibility(head.layer);
        for (int q = 0; q < nq; ++q)
            for (int k = 0; k < nk; ++k) out(q, k) = kind != MapKind::Scores && !mask.sees(q0 + q, k0 + k) ? 0 : kNone;
        const auto [rowFirst, rowLast] = span(q0, nq);
        const auto [keyFirst, keyLast] = span(k0, nk);
        if (rowFirst < 0 || keyFirst < 0) return out;
        const auto cells = m_of->tile(head, kind, rowFirst, rowLast - rowFirst + 1, keyFirst, keyLast - keyFirst + 1);
        if (!cells) return cells.error();
        for (int q = 0; q < nq; ++q)
            for (int k = 0; k < nk; ++k) {
                const int row = m_match[std::size_t(q0 + q)], key = m_match[std::size_t(k0 + k)];
                if (row >= 0 && key >= 0) out(q, k) = (*cells)(row - rowFirst, key - keyFirst);
            }
        return out;
    }

private:
    /// First and last token of B among those of A; -1: none.
    std::pair<int, int> span(int from, int count) const
    {
        std::pair<int, int> out{-1, -1};
        for (int i = from; i < from + count; ++i)
            if (const int at = m_match[std::size_t(i)]; at >= 0) {
                if (out.first < 0) out.first = at;
                out.second = at;
            }
        return out;
    }

    std::shared_ptr<const AttentionSource> m_of, m_frame;
    std::vector<int> m_match;
};

}  // namespace hs::ui
