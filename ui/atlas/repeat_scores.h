// SPDX-License-Identifier: GPL-3.0-or-later
// How strongly each head looks at what followed the previous occurrence of the current token (the induction stripe), on the
// current prompt. Maps come through the engine's queue; nothing is computed from weights here.
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/forward/attention_source.h"
#include "engine/session/jobs/pictures.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

/// Query i whose token occurred before, last at key - 1; `key` is the token after that occurrence.
struct RepeatPair {
    int query = 0, key = 0;
    bool operator==(const RepeatPair&) const = default;
};
/// All such pairs of a prompt, special tokens left out, key < query (so a token is never its own continuation).
std::vector<RepeatPair> repeatPairs(const std::vector<Token>& tokens);

struct RepeatScore {
    double after = 0;      ///< mean weight on the token after the previous occurrence
    double elsewhere = 0;  ///< mean weight at the same distances in rows whose token did not occur before
    RepeatPair best;       ///< the pair with the largest weight
    double bestWeight = 0;
};
/// From one head's whole map. Nothing when there are no pairs.
std::optional<RepeatScore> repeatScore(const MatrixF& weights, const std::vector<RepeatPair>& pairs);

class RepeatScores : public QObject {
    Q_OBJECT
public:
    explicit RepeatScores(EngineBridge* bridge, QObject* parent = nullptr);
    /// Longer prompts are left alone: whole maps of all heads would be asked for.
    static constexpr int kLongest = 512;

    void setSource(std::shared_ptr<const AttentionSource> source);
    std::optional<RepeatScore> score(HeadId head) const;
    bool complete() const { return m_source && m_waiting == 0; }
    const std::vector<RepeatPair>& pairs() const { return m_pairs; }
    /// Head with the largest difference of after and elsewhere; nothing until complete.
    std::optional<HeadId> strongest() const;

Q_SIGNALS:
    void changed();
    void finished();

private:
    AskMany<TileJob> m_tiles;
    std::shared_ptr<const AttentionSource> m_source;
    std::vector<RepeatPair> m_pairs;
    std::map<HeadId, RepeatScore> m_scores;
    int m_asked = 0, m_waiting = 0;
    QTimer m_later;
};

}  // namespace hs::ui
