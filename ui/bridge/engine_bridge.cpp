// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/engine_bridge.h"

#include <QPointer>
#include <deque>
#include <utility>

namespace hs::ui {

struct EngineBridge::Impl {
    EngineSession session;
    std::deque<Event> waiting;               // drained, not yet signalled
    std::unordered_map<QString, JobId> newest;
};

namespace {

/// Turns a payload into its signal.
struct Announce {
    EngineBridge& bridge;
    JobId job;

    void operator()(const OpenedResult& r) const { Q_EMIT bridge.opened(job, r); }
    void operator()(const RunResult& r) const { Q_EMIT bridge.runUpdated(job, r); }
    void operator()(const TileResult& r) const { Q_EMIT bridge.tileReady(job, r); }
    void operator()(const OverviewResult& r) const { Q_EMIT bridge.overviewReady(job, r); }
    void operator()(const AblationResult& r) const { Q_EMIT bridge.ablationReady(job, r); }
    void operator()(const ContinueResult& r) const { Q_EMIT bridge.continued(job, r); }
    void operator()(const ParityResult& r) const { Q_EMIT bridge.parityReady(job, r); }
    void operator()(const HashResult& r) const { Q_EMIT bridge.hashReady(job, r); }
    void operator()(const TokeniseResult& r) const { Q_EMIT bridge.tokenised(job, r); }
    void operator()(const WrittenResult& r) const { Q_EMIT bridge.written(job, r); }
    void operator()(const GraphResult& r) const { Q_EMIT bridge.graphReady(job, r); }
    void operator()(const ClusterResult& r) const { Q_EMIT bridge.clustersReady(job, r); }
    void operator()(const HeadMapResult& r) const { Q_EMIT bridge.headMapReady(job, r); }
    void operator()(const BehaviourAnswer& r) const { Q_EMIT bridge.behaviourReady(job, r); }
    void operator()(const SwapAnswer& r) const { Q_EMIT bridge.swapReady(job, r); }
    void operator()(const ClassListResult& r) const { Q_EMIT bridge.classListReady(job, r); }
    void operator()(const LabelResult& r) const { Q_EMIT bridge.labelsReady(job, r); }
    void operator()(const LabelExamplesResult& r) const { Q_EMIT bridge.labelExamplesReady(job, r); }
    void operator()(const SimilarityResult& r) const { Q_EMIT bridge.similarityReady(job, r); }
    void operator()(const ReferenceResult& r) const { Q_EMIT bridge.referenceReady(job, r); }
    void operator()(const SpectraResult& r) const { Q_EMIT bridge.spectraReady(job, r); }
    void operator()(const PairAnglesResult& r) const { Q_EMIT bridge.pairAnglesReady(job, r); }
    void operator()(const ImportanceResult& r) const { Q_EMIT bridge.importanceReady(job, r); }
    void operator()(const SetAblationResult& r) const { Q_EMIT bridge.setAblationReady(job, r); }
    void operator()(const AblationValuesResult& r) const { Q_EMIT bridge.ablationValuesReady(job, r); }
    void operator()(const LiveSwitchResult& r) const { Q_EMIT bridge.switched(job, r); }
    void operator()(const PruningCurveResult& r) const { Q_EMIT bridge.pruningCurveReady(job, r); }
    void operator()(const WritePrunedResult& r) const { Q_EMIT bridge.prunedWritten(job, r); }
    void operator()(const LogitAttributionResult& r) const { Q_EMIT bridge.logitAttributionReady(job, r); }
    void operator()(const EdgeKnockOutResult& r) const { Q_EMIT bridge.edgeKnockedOut(job, r); }
    void operator()(const EdgeInfluenceResult& r) const { Q_EMIT bridge.edgeInfluenceReady(job, r); }
    void operator()(const PatchResult& r) const { Q_EMIT bridge.patchReady(job, r); }
    void operator()(const PathPatchResult& r) const { Q_EMIT bridge.pathPatchReady(job, r); }
    void operator()(const FlowRoutesResult& r) const { Q_EMIT bridge.flowRoutesReady(job, r); }
};

struct AnnounceEvent {
    EngineBridge& bridge;

    void operator()(const JobStarted& e) const { Q_EMIT bridge.jobStarted(e); }
    void operator()(const JobProgress& e) const { Q_EMIT bridge.jobProgress(e); }
    void operator()(const JobResult& e) const { std::visit(Announce{bridge, e.job}, e.payload); }
    void operator()(const JobEnded& e) const { Q_EMIT bridge.jobEnded(e); }
};

bool tellsOf(const Event& event, JobId job)
{
    if (const auto* result = std::get_if<JobResult>(&event)) return result->job == job;
    if (const auto* progress = std::get_if<JobProgress>(&event)) return progress->job == job;
    return false;
}

}  // namespace

EngineBridge::EngineBridge(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>())
{
    // Only "look into the mailbox" crosses the threads; Qt drops the call when the bridge is gone by then.
    m_impl->session.setWake([this] { QMetaObject::invokeMethod(this, &EngineBridge::deliver, Qt::QueuedConnection); });
}

EngineBridge::~EngineBridge()
{
    m_impl->session.setWake({});
}

JobId EngineBridge::submit(JobWork work, const QString& key)
{
    const JobId id = m_impl->session.submit({std::move(work), key.toStdString()});
    if (!key.isEmpty()) {
        const JobId older = std::exchange(m_impl->newest[key], id);
        // Its results may have been drained already, with a slot on the way to them asking for something newer.
        if (older != 0) std::erase_if(m_impl->waiting, [&](const Event& event) { return tellsOf(event, older); });
    }
    return id;
}

void EngineBridge::cancel(JobId job) { m_impl->session.cancel(job); }

void EngineBridge::cancelAll() { m_impl->session.cancelAll(); }

bool EngineBridge::idle() const { return m_impl->session.idle() && m_impl->waiting.empty(); }

EngineSession& EngineBridge::session() { return m_impl->session; }

void EngineBridge::deliver()
{
    for (Event& event : m_impl->session.drain()) m_impl->waiting.push_back(std::move(event));
    // A slot may run an event loop (this function is entered again and goes on with the same row) or delete the bridge.
    const QPointer<EngineBridge> self(this);
    while (self && !m_impl->waiting.empty()) {
        const Event event = std::move(m_impl->waiting.front());
        m_impl->waiting.pop_front();
        std::visit(AnnounceEvent{*this}, event);
    }
}

}  // namespace hs::ui
