// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/head_matrices.h"

#include "engine/session/jobs/behaviour.h"
#include "engine/session/jobs/similarity.h"

namespace hs::app {
namespace {

using Matrices = std::vector<std::shared_ptr<const HeadMatrix>>;

Result<Matrices> fromBehaviour(Batch& batch, const Arguments& arguments, const std::shared_ptr<const Model>& model, const std::string& modelHash)
{
    BehaviourJob job;
    job.model = model;
    job.text.corpusPaths = arguments.corpus;
    job.request = BehaviourRequest::of(*arguments.measure);
    if (arguments.seed) job.request.pattern.seed = job.request.output.seed = *arguments.seed;
    job.modelHash = modelHash;
    const auto answer = batch.get<BehaviourAnswer>(std::move(job));
    if (!answer) return answer.error();
    return Matrices{answer->result->of(*arguments.measure)};
}

}  // namespace

Result<Matrices> headMatrices(Batch& batch, const Arguments& arguments, const std::shared_ptr<const Model>& model, const std::string& modelHash)
{
    if (needsCorpus(*arguments.measure)) return fromBehaviour(batch, arguments, model, modelHash);
    SimilarityJob job;
    job.model = model;
    job.measure = *arguments.measure;
    job.pairings = arguments.pairings;
    job.weights = arguments.weights;
    job.seed = arguments.seed.value_or(0);
    job.modelHash = modelHash;
    const auto results = batch.all<SimilarityResult>(std::move(job));
    if (!results) return results.error();
    Matrices out;
    for (const SimilarityResult& r : *results) out.push_back(r.matrix);
    return out;
}

}  // namespace hs::app
