// SPDX-License-Identifier: GPL-3.0-or-later
// The one QObject that talks to EngineSession. Everything arrives as a signal in the window's thread.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <unordered_map>

#include "engine/session/engine_session.h"

namespace hs::ui {

class EngineBridge : public QObject {
    Q_OBJECT
public:
    explicit EngineBridge(QObject* parent = nullptr);
    ~EngineBridge() override;   ///< detaches the wake first, then the session stops

    JobId submit(JobWork work, const QString& key = {});
    void cancel(JobId job);
    void cancelAll();
    bool idle() const;
    EngineSession& session();

Q_SIGNALS:
    void jobStarted(const hs::JobStarted& started);
    void jobProgress(const hs::JobProgress& progress);
    void jobEnded(const hs::JobEnded& ended);   ///< after the job's last result

    void opened(hs::JobId job, const hs::OpenedResult& result);
    void runUpdated(hs::JobId job, const hs::RunResult& result);
    void tileReady(hs::JobId job, const hs::TileResult& result);
    void overviewReady(hs::JobId job, const hs::OverviewResult& result);
    void ablationReady(hs::JobId job, const hs::AblationResult& result);
    void continued(hs::JobId job, const hs::ContinueResult& result);
    void parityReady(hs::JobId job, const hs::ParityResult& result);
    void hashReady(hs::JobId job, const hs::HashResult& result);
    void tokenised(hs::JobId job, const hs::TokeniseResult& result);
    void written(hs::JobId job, const hs::WrittenResult& result);
    void graphReady(hs::JobId job, const hs::GraphResult& result);   ///< result.complete: the last state of the layout
    void clustersReady(hs::JobId job, const hs::ClusterResult& result);
    void headMapReady(hs::JobId job, const hs::HeadMapResult& result);
    void behaviourReady(hs::JobId job, const hs::BehaviourAnswer& result);   ///< partial until result.result->complete
    void swapReady(hs::JobId job, const hs::SwapAnswer& result);
    void classListReady(hs::JobId job, const hs::ClassListResult& result);
    void labelsReady(hs::JobId job, const hs::LabelResult& result);   ///< partial until result.report->complete
    void labelExamplesReady(hs::JobId job, const hs::LabelExamplesResult& result);
    void similarityReady(hs::JobId job, const hs::SimilarityResult& result);
    void referenceReady(hs::JobId job, const hs::ReferenceResult& result);
    void spectraReady(hs::JobId job, const hs::SpectraResult& result);
    void pairAnglesReady(hs::JobId job, const hs::PairAnglesResult& result);
    void importanceReady(hs::JobId job, const hs::ImportanceResult& result);           ///< partial until table->complete
    void setAblationReady(hs::JobId job, const hs::SetAblationResult& result);
    void ablationValuesReady(hs::JobId job, const hs::AblationValuesResult& result);
    void switched(hs::JobId job, const hs::LiveSwitchResult& result);
    void pruningCurveReady(hs::JobId job, const hs::PruningCurveResult& result);       ///< partial until curve->complete
    void prunedWritten(hs::JobId job, const hs::WritePrunedResult& result);
    void logitAttributionReady(hs::JobId job, const hs::LogitAttributionResult& result);   ///< first without sources and lens
    void edgeKnockedOut(hs::JobId job, const hs::EdgeKnockOutResult& result);
    void edgeInfluenceReady(hs::JobId job, const hs::EdgeInfluenceResult& result);
    void patchReady(hs::JobId job, const hs::PatchResult& result);   ///< layer by layer until result.complete
    void pathPatchReady(hs::JobId job, const hs::PathPatchResult& result);   ///< the same
    void flowRoutesReady(hs::JobId job, const hs::FlowRoutesResult& result);

private:
    void deliver();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace hs::ui
