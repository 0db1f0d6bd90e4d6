// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/job.h"

namespace hs::session {
namespace {

std::string pathOf(const std::shared_ptr<const Model>& model)
{
    return model ? model->identity().path : std::string();
}

struct Subject {
    std::string operator()(const OpenJob& job) const { return job.path; }
    std::string operator()(const RunJob& job) const
    {
        if (!job.text.empty() || !job.ids.empty() || !job.base) return job.text;
        return job.base->prompt->text;
    }
    std::string operator()(const TileJob& job) const { return headName(job.head); }
    std::string operator()(const OverviewJob& job) const { return job.heads.size() == 1 ? headName(job.heads.front()) : std::string(); }
    std::string operator()(const AblationJob& job) const { return job.base ? job.base->prompt->text : std::string(); }
    std::string operator()(const ContinueJob& job) const { return job.prompt ? job.prompt->text : std::string(); }
    std::string operator()(const ParityJob& job) const { return pathOf(job.model); }
    std::string operator()(const HashJob& job) const { return job.path; }
    std::string operator()(const TokeniseJob& job) const { return job.text; }
    std::string operator()(const WriteRunJob& job) const { return job.path; }
    std::string operator()(const WriteModelJob& job) const { return job.path; }
    std::string operator()(const WriteMapJob& job) const { return job.path; }
    std::string operator()(const GraphJob& job) const { return !job.matrices.empty() && job.matrices.front() ? job.matrices.front()->model : std::string(); }
    std::string operator()(const WriteGraphJob& job) const { return job.path; }
    std::string operator()(const ClusterJob& job) const { return job.matrix ? job.matrix->model : std::string(); }
    std::string operator()(const HeadMapJob& job) const { return job.matrix ? job.matrix->model : std::string(); }
    std::string operator()(const BehaviourJob& job) const { return job.text.corpusPaths.empty() ? job.text.name : job.text.corpusPaths.front(); }
    std::string operator()(const SwapJob& job) const { return job.requests.size() == 1 ? headName(job.requests.front().head) : job.text.name; }
    std::string operator()(const ClassListJob& job) const { return job.list ? job.list->name : job.path; }
    std::string operator()(const WriteClassListJob& job) const { return job.path; }
    std::string operator()(const LabelJob& job) const { return pathOf(job.model); }
    std::string operator()(const LabelExamplesJob& job) const { return headName(job.head) + " " + labelName(job.label); }
    std::string operator()(const SimilarityJob& job) const
    {
        std::string out = measureName(job.measure);
        for (const RolePair pair : job.pairings) {
            out += ' ';
            out += rolePairName(pair);
        }
        return out;
    }
    std::string operator()(const WriteHeadMatrixJob& job) const { return job.path; }
    std::string operator()(const ReferenceJob& job) const { return pathOf(job.model); }
    std::string operator()(const SpectraJob& job) const { return job.heads.size() == 1 ? headName(job.heads.front()) : std::string(); }
    std::string operator()(const PairAnglesJob& job) const { return headName(job.source) + " " + headName(job.target); }
    std::string operator()(const ImportanceJob& job) const { return importanceName(job.options.kind); }
    std::string operator()(const SetAblationJob& job) const { return pathOf(job.model); }
    std::string operator()(const AblationValuesJob& job) const { return pathOf(job.model); }
    std::string operator()(const PruningCurveJob& job) const { return importanceName(job.spec.score); }
    std::string operator()(const WritePrunedJob& job) const { return job.path; }
    std::string operator()(const LiveSwitchJob& job) const { return job.base ? job.base->prompt->text : std::string(); }
    std::string operator()(const LogitAttributionJob& job) const { return job.run ? job.run->prompt->text : std::string(); }
    std::string operator()(const EdgeKnockOutJob& job) const { return job.edges.size() == 1 ? headName(job.edges.front().head) : std::string(); }
    std::string operator()(const EdgeInfluenceJob& job) const { return job.heads.size() == 1 ? headName(job.heads.front()) : std::string(); }
    std::string operator()(const PatchJob& job) const { return job.prompts.clean ? job.prompts.clean->prompt->text : job.prompts.cleanText; }
    std::string operator()(const PathPatchJob& job) const { return job.prompts.clean ? job.prompts.clean->prompt->text : job.prompts.cleanText; }
    std::string operator()(const FlowRoutesJob& job) const { return job.run ? job.run->prompt->text : std::string(); }
    std::string operator()(const WritePatchJob& job) const { return job.path; }
};

}  // namespace

namespace {

constexpr int kShortPrompt = 256;   // tokens; bytes of a text that is not cut into tokens yet

}  // namespace

bool isInteractive(const JobWork& work)
{
    // Prompts of a screen or two run in a blink: a head switched, or a text typed, does not wait for a sweep.
    const auto isShort = [](const std::shared_ptr<const Run>& run) { return run && run->queries() <= kShortPrompt; };
    if (const auto* run = std::get_if<RunJob>(&work))
        return run->base ? isShort(run->base) : run->text.size() <= kShortPrompt && run->ids.size() <= kShortPrompt;
    if (const auto* preview = std::get_if<AblationJob>(&work)) return preview->variants.size() <= 1 && isShort(preview->base);
    if (const auto* logit = std::get_if<LogitAttributionJob>(&work)) return isShort(logit->run);
    if (const auto* overview = std::get_if<OverviewJob>(&work)) return overview->heads.size() <= 1;
    return std::holds_alternative<TileJob>(work) || std::holds_alternative<TokeniseJob>(work) || std::holds_alternative<LiveSwitchJob>(work);
}

std::string subjectOf(const JobWork& work)
{
    return std::visit(Subject{}, work);
}

}  // namespace hs::session
