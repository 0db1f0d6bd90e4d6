// SPDX-License-Identifier: GPL-3.0-or-later
// An attention source from a formula, of any size, that counts what is asked and can be held back: for tests of what views show while
// tiles are under way.
#pragma once

#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <thread>
#include <utility>

#include "engine/forward/attention_source.h"

namespace hs::test {

class FakeSource final : public AttentionSource {
public:
    /// Unmasked cell of a head's pattern. The default: 0.7 on the previous token, the rest even; each head scales by its number.
    using Cell = std::function<double(HeadId, int query, int key)>;

    explicit FakeSource(std::vector<Token> tokens, int layerCount = 2, int headCount = 4, Visibility maskKind = {})
        : m_tokens(std::move(tokens)), m_layers(layerCount), m_heads(headCount), m_mask(maskKind), m_ready(layerCount)
    {
        cell = [](HeadId h, int q, int k) {
            const double rest = q == 0 ? 1.0 : 0.7 - 0.1 * h.head;
            const double even = q == 0 ? 0.0 : (1 - rest) / q;
            return k == std::max(q - 1, 0) ? rest : even;
        };
    }
    /// n tokens " t0" " t1" ...; every `wordLength` tokens are one word.
    static std::vector<Token> plainTokens(int n, int wordLength = 1)
    {
        std::vector<Token> out(static_cast<std::size_t>(n));
        for (int i = 0; i < n; ++i) {
            Token& t = out[static_cast<std::size_t>(i)];
            t.id = i;
            t.word = i / wordLength;
            t.text = t.piece = (i % wordLength == 0 ? " t" : "+") + std::to_string(i);
        }
        return out;
    }

    Cell cell;
    std::atomic<int> milliseconds{0};  ///< each tile takes at least so long
    mutable std::atomic<int> tilesMade{0};
    bool hasScores = true;
    std::vector<Visibility> layerMasks;  ///< [L]; empty: all as the constructor was told
    void setReadyLayers(int layers) { m_ready = layers; }

    int layers() const override { return m_layers; }
    int heads(int) const override { return m_heads; }
    int queries() const override { return static_cast<int>(m_tokens.size()); }
    int keys() const override { return queries(); }
    Visibility visibility(int layer) const override
    {
        return static_cast<std::size_t>(layer) < layerMasks.size() ? layerMasks[static_cast<std::size_t>(layer)] : m_mask;
    }
    const std::vector<Token>& queryTokens() const override { return m_tokens; }
    const std::vector<Token>& keyTokens() const override { return m_tokens; }
    int readyLayers() const override { return m_ready; }
    bool has(MapKind kind) const override { return kind == MapKind::Weights || (kind == MapKind::Scores && hasScores); }
    std::shared_ptr<const HeadStats> stats(HeadId) const override { return nullptr; }

    double value(HeadId h, int q, int k) const { return visibility(h.layer).sees(q, k) ? cell(h, q, k) : 0.0; }

    Result<MatrixF> tile(HeadId h, MapKind kind, int q0, int nq, int k0, int nk) const override
    {
        if (!has(kind)) return Error::of(ErrorCode::NeedsWeights);
        ++tilesMade;
        if (milliseconds > 0) std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds.load()));
        MatrixF out(nq, nk);
        for (int q = 0; q < nq; ++q)
            for (int k = 0; k < nk; ++k) {
                const bool masked = !visibility(h.layer).sees(q0 + q, k0 + k);
                const double w = masked ? 0.0 : cell(h, q0 + q, k0 + k);
                out(q, k) = static_cast<float>(kind == MapKind::Weights ? w
                                               : masked                 ? std::numeric_limits<double>::quiet_NaN()
                                                                        : std::log(std::max(w, 1e-9)));
            }
        return out;
    }

private:
    std::vector<Token> m_tokens;
    int m_layers, m_heads;
    Visibility m_mask;
    std::atomic<int> m_ready;
};

}  // namespace hs::test
