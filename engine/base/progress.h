// SPDX-License-Identifier: GPL-3.0-or-later
// Progress and cancellation travel together: whoever reports also learns whether to stop.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <utility>

namespace hs {

/// What a job is doing now; ui/bridge has the words for it.
enum class Stage {
    Probing,
    ReadingNames,
    ReadingWeights,
    Tokenising,
    Attention,
    Logits,
    Statistics,
    Thumbnails,
    Overview,
    Ablation,
    Continuing,
    Parity,
    Hashing,
    Writing,
    Checking,
    Backward,
    Gates,
    Patching,
    PathPatching,
    Edges,
    FlowRoutes,
    LabelCorpus,
    LabelProfiles,
    LabelTwin,
    LabelSynthetic,
    LabelWeights,
    LabelTests,
    LabelCauses,
    LabelExplained,
    Clustering,
    MapLayout,
    GraphLayout,
    Behaviour,
    SwapTest,
    HeadBases,
    HeadPairs,
    ReferenceDraws,
};
constexpr int kStages = static_cast<int>(Stage::ReferenceDraws) + 1;  ///< counted to the last one above

struct ProgressReport {
    Stage stage = Stage::Attention;
    std::int64_t done = 0;   ///< steps finished, of `total`
    std::int64_t total = 0;  ///< 0: not known
};

/// Handed to every routine that can take longer than a frame. Cheap to copy; the default never stops and tells nobody.
class Progress {
public:
    using Sink = std::function<void(const ProgressReport&)>;
    /// `breathe` is called at every checkpoint: the session lets interactive jobs overtake there.
    Progress() = default;
    Progress(std::stop_token stop, Sink sink, std::function<void()> breathe = {})
        : m_stop(std::move(stop)), m_sink(std::move(sink)), m_breathe(std::move(breathe))
    {}

    /// True when the work should end now. Look at it at least once per head or row block (cancel within 100 ms).
    bool stopped() const { return m_stop.stop_requested(); }
    const std::stop_token& token() const { return m_stop; }
    void report(Stage stage, std::int64_t done, std::int64_t total) const
    {
        if (m_sink) m_sink({stage, done, total});
    }
    /// Engine thread only, between steps, when no lock is held and no pool loop runs.
    bool checkpoint() const
    {
        if (m_breathe && !stopped()) m_breathe();
        return !stopped();
    }

private:
    std::stop_token m_stop;
    Sink m_sink;
    std::function<void()> m_breathe;
};

}  // namespace hs
