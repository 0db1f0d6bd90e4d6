// SPDX-License-Identifier: GPL-3.0-or-later
// One function for each kind of job. All run on the engine thread.
#pragma once

#include "engine/session/cache.h"
#include "engine/session/outbox.h"

namespace hs::session {

/// What a job may use: its ticket's progress and stop, the mailbox and the cache.
struct JobContext {
    const Ticket& ticket;
    Progress progress;
    Outbox& outbox;
    PictureCache& cache;

    void publish(ResultPayload payload) const { outbox.result(ticket, std::move(payload)); }
    /// Stops and lets others overtake like `progress`, but reports nothing: for the inner steps of a sweep.
    Progress quiet() const
    {
        return Progress(progress.token(), {}, [outer = progress] { outer.checkpoint(); });
    }
};

Status runJob(const OpenJob& job, const JobContext& context);
Status runJob(const RunJob& job, const JobContext& context);
Status runJob(const TileJob& job, const JobContext& context);
Status runJob(const OverviewJob& job, const JobContext& context);
Status runJob(const AblationJob& job, const JobContext& context);
Status runJob(const ContinueJob& job, const JobContext& context);
Status runJob(const ParityJob& job, const JobContext& context);
Status runJob(const HashJob& job, const JobContext& context);
Status runJob(const TokeniseJob& job, const JobContext& context);
Status runJob(const WriteRunJob& job, const JobContext& context);
Status runJob(const WriteModelJob& job, const JobContext& context);
Status runJob(const WriteMapJob& job, const JobContext& context);
Status runJob(const GraphJob& job, const JobContext& context);
Status runJob(const WriteGraphJob& job, const JobContext& context);
Status runJob(const ClusterJob& job, const JobContext& context);
Status runJob(const HeadMapJob& job, const JobContext& context);
Status runJob(const BehaviourJob& job, const JobContext& context);
Status runJob(const SwapJob& job, const JobContext& context);
Status runJob(const ClassListJob& job, const JobContext& context);
Status runJob(const WriteClassListJob& job, const JobContext& context);
Status runJob(const LabelJob& job, const JobContext& context);
Status runJob(const LabelExamplesJob& job, const JobContext& context);
Status runJob(const SimilarityJob& job, const JobContext& context);
Status runJob(const WriteHeadMatrixJob& job, const JobContext& context);
Status runJob(const ReferenceJob& job, const JobContext& context);
Status runJob(const SpectraJob& job, const JobContext& context);
Status runJob(const PairAnglesJob& job, const JobContext& context);
Status runJob(const ImportanceJob& job, const JobContext& context);
Status runJob(const SetAblationJob& job, const JobContext& context);
Status runJob(const AblationValuesJob& job, const JobContext& context);
Status runJob(const LiveSwitchJob& job, const JobContext& context);
Status runJob(const PruningCurveJob& job, const JobContext& context);
Status runJob(const WritePrunedJob& job, const JobContext& context);
Status runJob(const LogitAttributionJob& job, const JobContext& context);
Status runJob(const EdgeKnockOutJob& job, const JobContext& context);
Status runJob(const EdgeInfluenceJob& job, const JobContext& context);
Status runJob(const PatchJob& job, const JobContext& context);
Status runJob(const PathPatchJob& job, const JobContext& context);
Status runJob(const FlowRoutesJob& job, const JobContext& context);
Status runJob(const WritePatchJob& job, const JobContext& context);

// ---- shared steps ---------------------------------------------------------------------------------------------------
/// Prompt from text, or from ids when there are any. TokenizerMissing when text is given and the model has none.
Result<std::shared_ptr<const Prompt>> promptFor(const Model& model, const std::string& text, const std::vector<int>& ids,
                                                const Progress& progress);
/// The base's prompt with other interventions: only what differs is recomputed when the base kept its residuals.
Result<std::shared_ptr<const Run>> rerun(const std::shared_ptr<const Run>& base, const ForwardOptions& options,
                                         const Progress& progress, const RunStage& onStage = {});
/// The k tokens most probable before or after a cut, by the larger of both: the same rows whichever side is on now. Appends
/// probabilities after it to `next`, before it to `baseProbabilities`; nothing without logits.
void fillNext(std::vector<NextToken>& next, std::vector<float>& baseProbabilities, const Run& before, const Run& after, int position, int k);
/// Error of a request that lacks something it needs (a null pointer from the caller).
Error missingArgument(const char* what);

}  // namespace hs::session
