// SPDX-License-Identifier: GPL-3.0-or-later
// Attention backwards in row panels: the pattern of some rows is made again from q, k and each row's log-sum-exp, used, and dropped.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/parallel.h"
#include "engine/forward/backward/parts.h"
#include "engine/tensor/gemm.h"

namespace hs::back {
namespace {

constexpr int kPanelRows = 128;

/// Sum of a[j] * b[j], in sixteen running sums so that it vectorises and never depends on who runs it.
float dot(const float* a, const float* b, int n)
{
    float part[16] = {};
    int j = 0;
    for (; j + 16 <= n; j += 16)
        for (int k = 0; k < 16; ++k) part[k] += a[j + k] * b[j + k];
    float sum = 0;
    for (const float p : part) sum += p;
    for (; j < n; ++j) sum += a[j] * b[j];
    return sum;
}

/// One head's share of the work, panel by panel.
class HeadBack {
public:
    HeadBack(const block::Context& context, const LayerRun& layer, const MatrixF& v, const MatrixF& dMix, int head, bool stream,
             const GradientRequest& request)
        : m_context(context), m_layer(layer), m_v(v), m_dMix(dMix), m_head(head), m_stream(stream), m_request(request)
    {}

    /// dk and dv are [n, dh] of zeros that this head fills; dq [n, dh] is written. False when stopped.
    bool run(MutViewF dq, MutViewF dk, MutViewF dv)
    {
        const int n = static_cast<int>(m_layer.q.rows());
        for (int q0 = 0; q0 < n; q0 += kPanelRows) {
            if (m_context.progress.stopped()) return false;
            const int nq = std::min(kPanelRows, n - q0);
            panel(q0, nq, m_context.visibility().keysOf(q0, nq, n), dq, dk, dv);
        }
        return true;
    }

private:
    void panel(int q0, int nq, KeyRange range, MutViewF dq, MutViewF dk, MutViewF dv)
    {
        const int dh = m_context.config.dHead, kv = m_context.kvHeadOf(m_head) * dh, k0 = range.first, keys = range.size();
        const auto size = static_cast<std::ptrdiff_t>(nq) * keys;
        thread_local std::vector<float> buffer;
        const bool capped = m_context.config.attnSoftcap > 0;
        const auto cells = static_cast<std::size_t>((capped ? 4 : 3) * size);
        if (buffer.size() < cells) buffer.resize(cells);
        const MutViewF a{buffer.data(), nq, keys, keys}, g{buffer.data() + size, nq, keys, keys},
            s{buffer.data() + 2 * size, nq, keys, keys};

        block::scorePanel(m_context, m_head, m_layer.q, m_layer.k, q0, k0, a);
        const MutViewF slopes{buffer.data() + 3 * size, capped ? nq : 0, keys, keys};
        if (capped) block::capSlopes(m_context, m_head, q0, k0, a, slopes);
        const ViewF dMix = m_dMix.view().block(q0, m_head * dh, nq, dh);
        gemm(false, true, 1.0f, dMix, m_v.view().block(k0, kv, keys, dh), 0.0f, g);
        for (int i = 0; i < nq; ++i) row(q0 + i, range, a.row(i), g.row(i), s.row(i));
        if (m_stream) m_request.onPanel({{m_context.layer, m_head}, q0, k0, a, g, s});

        // Through the soft cap, to the scaled product itself.
        for (int i = 0; i < nq && capped; ++i) multiplyBy(s.row(i), slopes.row(i), keys);
        const auto scale = static_cast<float>(m_context.config.effectiveScale(m_context.layer));
        gemm(true, false, 1.0f, a, dMix, 1.0f, dv.block(k0, 0, keys, dh));
        gemm(false, false, scale, s, m_layer.k.view().block(k0, kv, keys, dh), 0.0f, dq.block(q0, 0, nq, dh));
        gemm(true, false, scale, s, m_layer.q.view().block(q0, m_head * dh, nq, dh), 1.0f, dk.block(k0, 0, keys, dh));
        block::placeProductsBack(m_context, m_head, q0, k0, s, dq.block(q0, 0, nq, dh), dk.block(k0, 0, keys, dh));
    }

    /// Scores in `a` become the pattern; `g` is dM/dA, cells out of sight become 0; `s` gets dM/dS. Columns are keys of `range`.
    void row(int query, KeyRange range, float* a, float* g, float* s) const
    {
        const KeyRange seen = m_context.visibility().keys(query, static_cast<int>(m_layer.q.rows()));
        const int visible = seen.size(), before = seen.first - range.first;
        for (float** part : {&a, &g, &s}) {
            std::fill_n(*part, before, 0.0f);
            *part += before;
            std::fill(*part + visible, *part + (range.size() - before), 0.0f);
        }
        const float lse =
            m_layer.lse[static_cast<std::size_t>(m_head) * static_cast<std::size_t>(m_layer.q.rows()) + static_cast<std::size_t>(query)];
        if (const float* forced = block::forcedRow(m_context, m_head, query)) {
            std::copy_n(forced + seen.first, visible, a);
            std::fill_n(s, visible, 0.0f);
            return;
        }
        if (lse == -std::numeric_limits<float>::infinity()) std::fill_n(a, visible, 0.0f);
        else expInPlace(a, visible, lse);
        // With clamped cells the softmax runs over the others alone, and its result is scaled by what they leave.
        const float mean = dot(a, g, visible), share = block::unclampedShare(m_context, m_head, query);
        for (int j = 0; j < visible; ++j) s[j] = share * a[j] * (g[j] - mean);
        block::applyClamps(m_context, m_head, query, a, seen);
    }

    const block::Context& m_context;
    const LayerRun& m_layer;
    const MatrixF& m_v;
    const MatrixF& m_dMix;
    int m_head;
    bool m_stream;
    const GradientRequest& m_request;
};

/// Sums the query heads of each group: [n, H*dh] to [n, G*dh].
MatrixF sumGroups(const block::Context& c, MatrixF perHead)
{
    const int heads = c.heads(), groups = c.kvHeads(), dh = c.config.dHead;
    if (heads == groups) return perHead;
    MatrixF out(perHead.rows(), static_cast<std::ptrdiff_t>(groups) * dh);
    for (std::ptrdiff_t r = 0; r < out.rows(); ++r)
        for (int h = 0; h < heads; ++h) addTo(out.row(r) + c.kvHeadOf(h) * dh, perHead.row(r) + h * dh, dh);
    return out;
}

}  // namespace

bool attentionBack(const block::Context& c, const LayerRun& layer, const MatrixF& v, const MatrixF& dMix, const GradientRequest& request,
                   AttentionGradients& out)
{
    const std::ptrdiff_t n = layer.q.rows();
    const int heads = c.heads(), dh = c.config.dHead;
    out.q = MatrixF::uninitialised(n, layer.q.cols());
    MatrixF k(n, layer.q.cols()), values(n, layer.q.cols());
    parallelFor(static_cast<std::size_t>(heads), [&](std::size_t index) {
        const int head = static_cast<int>(index);
        const bool stream =
            request.onPanel
            && std::find(request.panelHeads.begin(), request.panelHeads.end(), HeadId{c.layer, head}) != request.panelHeads.end();
        HeadBack(c, layer, v, dMix, head, stream, request)
            .run(out.q.view().block(0, head * dh, n, dh), k.view().block(0, head * dh, n, dh), values.view().block(0, head * dh, n, dh));
    });
    if (c.progress.stopped()) return false;
    out.k = sumGroups(c, std::move(k));
    out.v = sumGroups(c, std::move(values));
    return true;
}

void rotateBack(const block::Context& c, MutViewF x)
{
    if (!c.rotary || c.rotary->dim() == 0) return;
    for (std::ptrdiff_t r = 0; r < x.rows; ++r)
        for (std::ptrdiff_t h = 0; h < x.cols; h += c.config.dHead) c.rotary->rotateBack(x.row(r) + h, static_cast<int>(r));
}

}  // namespace hs::back
