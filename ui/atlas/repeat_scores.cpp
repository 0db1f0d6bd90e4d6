// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/atlas/repeat_scores.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace hs::ui {

std::vector<RepeatPair> repeatPairs(const std::vector<Token>& tokens)
{
    std::vector<RepeatPair> pairs;
    std::map<int, int> last;
    for (int i = 0; i < int(tokens.size()); ++i) {
        const Token& token = tokens[std::size_t(i)];
        if (token.special) continue;
        const auto it = last.find(token.id);
        if (it != last.end() && it->second + 1 < i) pairs.push_back({i, it->second + 1});
        last[token.id] = i;
    }
    return pairs;
}

std::optional<RepeatScore> repeatScore(const MatrixF& weights, const std::vector<RepeatPair>& pairs)
{
    if (pairs.empty()) return std::nullopt;
    RepeatScore out;
    double elsewhere = 0;
    std::int64_t others = 0;
    std::vector<bool> repeats(static_cast<std::size_t>(weights.rows()), false);
    for (const RepeatPair& p : pairs) repeats[std::size_t(p.query)] = true;
    for (const RepeatPair& p : pairs) {
        const double w = static_cast<double>(weights(p.query, p.key));
        out.after += w;
        if (w > out.bestWeight) {
            out.bestWeight = w;
            out.best = p;
        }
        const int distance = p.query - p.key;
        for (int row = distance; row < int(weights.rows()); ++row)
            if (!repeats[std::size_t(row)]) {
                elsewhere += static_cast<double>(weights(row, row - distance));
                ++others;
            }
    }
    out.after /= double(pairs.size());
    out.elsewhere = others ? elsewhere / double(others) : 0;
    return out;
}

RepeatScores::RepeatScores(EngineBridge* bridge, QObject* parent) : QObject(parent), m_tiles(bridge, tr("Attention map"))
{
    // One head more every time one came: a long list would stand in the way of a click.
    m_tiles.onAnswer([this](JobId, const TileResult& result) {
        if (result.request.source != m_source) return;
        if (result.cells) {
            // A window hides far repeats: what a head cannot see says nothing about it.
            const Visibility mask = m_source->visibility(result.request.head.layer);
            std::vector<RepeatPair> seen;
            std::copy_if(m_pairs.begin(), m_pairs.end(), std::back_inserter(seen),
                         [&](const RepeatPair& p) { return mask.sees(p.query, p.key); });
            if (const auto score = repeatScore(*result.cells, seen)) m_scores[result.request.head] = *score;
        }
        if (m_waiting > 0 && --m_waiting == 0) {
            Q_EMIT changed();
            Q_EMIT finished();
        }
    });
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, [this] {
        if (!m_source || m_asked || m_pairs.empty()) return;
        for (int l = 0; l < m_source->layers(); ++l) m_waiting += m_source->heads(l);
        for (int l = 0; l < m_source->layers(); ++l)
            for (int h = 0; h < m_source->heads(l); ++h, ++m_asked)
                m_tiles.start(TileJob{m_source, {l, h}, MapKind::Weights, 0, m_source->queries(), 0, m_source->keys(), 0});
    });
}

void RepeatScores::setSource(std::shared_ptr<const AttentionSource> source)
{
    // Only finished square causal maps of a sensible size are asked for.
    if (source && (source->readyLayers() < source->layers() || source->queries() != source->keys() || source->queries() > kLongest))
        source.reset();
    if (source == m_source) return;
    m_source = std::move(source);
    m_scores.clear();
    m_pairs.clear();
    m_asked = m_waiting = 0;
    if (m_source) m_pairs = repeatPairs(m_source->queryTokens());
    Q_EMIT changed();
    m_later.start();
}

std::optional<RepeatScore> RepeatScores::score(HeadId head) const
{
    const auto it = m_scores.find(head);
    return it == m_scores.end() ? std::nullopt : std::optional(it->second);
}

std::optional<HeadId> RepeatScores::strongest() const
{
    std::optional<HeadId> best;
    double most = 0;
    for (const auto& [head, score] : m_scores)
        if (m_waiting == 0 && score.after - score.elsewhere > most) {
            most = score.after - score.elsewhere;
            best = head;
        }
    return best;
}

}  // namespace hs::ui
