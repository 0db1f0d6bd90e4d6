// SPDX-License-Identifier: GPL-3.0-or-later
// Requests go in as JobSpec, everything comes back as Event. Both are plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "engine/io/parity.h"
#include "engine/io/write/write.h"
#include "engine/session/cause_events.h"
#include "engine/session/graph_events.h"
#include "engine/session/importance_events.h"
#include "engine/session/label_events.h"
#include "engine/session/pruning_events.h"
#include "engine/session/similarity_events.h"

namespace hs {

using JobId = std::uint64_t;

// ---- requests -------------------------------------------------------------------------------------------------------
struct OpenJob { std::string path; OpenOptions options; };
/// Text, or ids when `ids` is not empty. Publishes RunUpdated after each layer.
struct RunJob {
    std::shared_ptr<const Model> model;
    std::string text;
    std::vector<int> ids;
    ForwardOptions options;
    std::shared_ptr<const Run> base;   ///< same model and prompt: only what differs is recomputed
};
/// One rectangle of one map. Interactive. `tag` comes back untouched.
struct TileJob {
    std::shared_ptr<const AttentionSource> source;
    HeadId head;
    MapKind kind = MapKind::Weights;
    int q0 = 0, nq = 0, k0 = 0, nk = 0;
    std::uint64_t tag = 0;
};
/// Reduced maps of several heads (thumbnails, overview), published one head at a time. Interactive when it is one head.
struct OverviewJob {
    std::shared_ptr<const AttentionSource> source;
    std::vector<HeadId> heads;
    MapKind kind = MapKind::Weights;
    int maxSide = 64;
    std::uint64_t tag = 0;
};
/// Next-token probabilities and loss with each listed set of interventions added to the run's own.
struct AblationJob {
    std::shared_ptr<const Run> base;
    std::vector<Interventions> variants;
    int position = -1;
    int topK = 8;
};
/// Continues the prompt by n tokens: greedy when temperature is 0.
struct ContinueJob {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Prompt> prompt;
    Interventions interventions;
    int tokens = 20;
    double temperature = 0;
    std::uint64_t seed = 0;
};
struct ParityJob { std::shared_ptr<const Model> model; };
struct HashJob { std::string path; };
struct TokeniseJob { std::shared_ptr<const Model> model; std::string text; };
struct WriteRunJob { std::string path; std::vector<std::shared_ptr<const Run>> runs; RunWriteOptions options; };
struct WriteModelJob { std::string path; std::shared_ptr<const Model> model; };
/// CSV or NPY of one map.
struct WriteMapJob { std::string path; std::shared_ptr<const AttentionSource> source; HeadId head; MapKind kind = MapKind::Weights; bool npy = false; };

using JobWork = std::variant<OpenJob, RunJob, TileJob, OverviewJob, AblationJob, ContinueJob, ParityJob, HashJob, TokeniseJob,
                             WriteRunJob, WriteModelJob, WriteMapJob,
                             GraphJob, WriteGraphJob, ClusterJob, HeadMapJob, BehaviourJob, SwapJob, ClassListJob, WriteClassListJob,
                             LabelJob, LabelExamplesJob,
                             SimilarityJob, WriteHeadMatrixJob, ReferenceJob, SpectraJob, PairAnglesJob,
                             ImportanceJob, SetAblationJob, AblationValuesJob, LiveSwitchJob, PruningCurveJob, WritePrunedJob,
                             LogitAttributionJob, EdgeKnockOutJob, EdgeInfluenceJob, PatchJob, PathPatchJob, FlowRoutesJob, WritePatchJob>;

struct JobSpec {
    JobWork work;
    /// A newer job with the same non-empty key makes the older one stale: it is cancelled and none of its results arrive any more.
    std::string key;
};

// ---- answers --------------------------------------------------------------------------------------------------------
struct OpenedResult { Opened opened; };
struct RunResult { std::shared_ptr<const Run> run; };        ///< partial until run->complete
struct TileResult { TileJob request; std::shared_ptr<const MatrixF> cells; };
struct OverviewResult { std::shared_ptr<const AttentionSource> source; HeadId head; MapKind kind; int maxSide; std::uint64_t tag; std::shared_ptr<const MapOverview> map; };
struct AblationOutcome { Interventions interventions; double loss = 0; std::vector<NextToken> next; std::vector<float> baseProbabilities; };
/// Published variant by variant. `next`: the topK tokens most probable before or after the cut, by the larger of both, with their
/// probability after it; `baseProbabilities[i]` is that of next[i] before it.
struct AblationResult { std::shared_ptr<const Run> base; std::size_t index = 0; AblationOutcome outcome; };
struct ContinueResult { std::shared_ptr<const Prompt> prompt; std::vector<int> newIds; std::vector<float> probabilities; };
struct ParityResult { std::shared_ptr<const Model> model; ParityReport report; };
struct HashResult { std::string path; std::string sha256; };
struct TokeniseResult { std::string text; std::shared_ptr<const Prompt> prompt; };
struct WrittenResult { std::string path; };

using ResultPayload = std::variant<OpenedResult, RunResult, TileResult, OverviewResult, AblationResult, ContinueResult, ParityResult,
                                   HashResult, TokeniseResult, WrittenResult,
                                   GraphResult, ClusterResult, HeadMapResult, BehaviourAnswer, SwapAnswer, ClassListResult,
                                   LabelResult, LabelExamplesResult,
                                   SimilarityResult, ReferenceResult, SpectraResult, PairAnglesResult,
                                   ImportanceResult, SetAblationResult, AblationValuesResult, LiveSwitchResult,
                                   PruningCurveResult, WritePrunedResult,
                                   LogitAttributionResult, EdgeKnockOutResult, EdgeInfluenceResult, PatchResult, PathPatchResult, FlowRoutesResult>;

enum class JobState { Queued, Running, Done, Failed, Cancelled, Stale };

struct JobStarted { JobId job = 0; std::size_t workIndex = 0; bool interactive = false; std::string subject; };
struct JobProgress { JobId job = 0; ProgressReport report; double secondsLeft = -1; };  ///< -1: not known
struct JobResult { JobId job = 0; ResultPayload payload; };
struct JobEnded { JobId job = 0; JobState state = JobState::Done; std::optional<Error> error; double seconds = 0; };

using Event = std::variant<JobStarted, JobProgress, JobResult, JobEnded>;

}  // namespace hs
