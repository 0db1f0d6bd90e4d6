// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/head_matrices.h"

#include <algorithm>
#include "app/choices.h"
#include "engine/session/jobs/behaviour.h"
#include "engine/session/jobs/similarity.h"

namespace hs::app {
namespace {

using Matrices = std::vector<std::shared_ptr<const HeadMatrix>>;

/// "OQ" or "OQ,OK,OV".
std::optional<std::vector<RolePair>> rolePairs(std::string_view text)
{
    std::vector<RolePair> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const auto pair = parseRolePair(text.substr(at, end - at));
        if (!pair) return std::nullopt;
        if (std::find(out.begin(), out.end(), *pair) == out.end()) out.push_back(*pair);
        at = end + 1;
    }
    return out;
}

Result<Matrices> fromBehaviour(Batch& batch, const MeasureChoice& arguments, const std::shared_ptr<const Model>& model,
                               const std::string& modelHash)
{
    BehaviourJob job;
    job.model = model;
    job.text.corpusPaths = arguments.corpus;
    job.text.tokensFile = arguments.tokensFile;
    job.request = BehaviourRequest::of(*arguments.measure);
    if (arguments.seed) job.request.pattern.seed = job.request.output.seed = *arguments.seed;
    job.modelHash = modelHash;
    const auto answer = batch.get<BehaviourAnswer>(std::move(job));
    if (!answer) return answer.error();
    return Matrices{answer->result->of(*arguments.measure)};
}

}  // namespace

Options measureOptions(MeasureChoice& a)
{
    return {
        outOption(a.out),
        {"--corpus", reads("PATH"),
         QT_TRANSLATE_NOOP("CommandLine", "text to read: a file or a folder (repeatable); label: otherwise the corpus that ships"),
         texts(a.corpus)},
        tokensFileOption(a.tokensFile),
        {"--seed", "N", QT_TRANSLATE_NOOP("CommandLine", "seed of everything random, 0 by default"), seedOf(a.seed)},
        {"--measure", "NAME", QT_TRANSLATE_NOOP("CommandLine", "pk, cs, simple-cs, cka, procrustes (weights); js, output-cka (on a text)"),
         parsed(a.measure, parseMeasure, "pk, cs, simple-cs, cka, procrustes, js or output-cka")},
        {"--pairing", "XY", QT_TRANSLATE_NOOP("CommandLine", "what is compared with what, of Q, K, V, O: OQ, OK, OV, QQ ..."),
         parsed(a.pairings, rolePairs, "two of Q, K, V, O, like OK (several: OQ,OK,OV)")},
        {"--weights", "KIND", QT_TRANSLATE_NOOP("CommandLine", "raw (default), folded (norm gain inside) or folded-centred"),
         parsed(a.weights, parseWeightProcessing, "raw, folded or folded-centred")},
    };
}

std::string missingOfMeasure(const MeasureChoice& a, const std::string& command, const std::string& pairing)
{
    if (!a.measure) return command + " needs --measure, for example --measure pk";
    const std::string name = measureName(*a.measure);
    if (needsCorpus(*a.measure)) {
        if (!a.pairings.empty()) return "--measure " + name + " takes no --pairing";
        if (a.corpus.empty() && a.tokensFile.empty()) return "--measure " + name + " needs --corpus PATH or --tokens-file FILE";
        if (!a.corpus.empty() && !a.tokensFile.empty()) return "give either --corpus or --tokens-file";
        return {};
    }
    if (a.pairings.empty()) return "--measure " + name + " needs --pairing, for example --pairing " + pairing;
    return {};
}

Result<Matrices> headMatrices(Batch& batch, const MeasureChoice& arguments, const std::shared_ptr<const Model>& model,
                              const std::string& modelHash)
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
