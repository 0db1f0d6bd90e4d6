// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/analysis/labels/detector.h"
#include "engine/analysis/labels/work.h"
#include "engine/analysis/synthetic/evidence_parts.h"
#include "engine/analysis/synthetic/rows.h"
#include "engine/analysis/synthetic/run_documents.h"

namespace hs {
namespace {

using namespace synthetic;

constexpr int kLeastContext = 16;
/// Separator, two symbols and some to choose from.
constexpr int kLeastIds = 4;

class Iteration final : public Detector {
public:
    const std::vector<AnalysisEntry>& entries() const override
    {
        static const std::vector<AnalysisEntry> all{
            {"iteration",
             "Iteration heads",
             "Cabannes et al. 2024, arXiv:2406.02128",
             {AnalysisInput::Synthetic},
             "one forward pass of 32 sequences of at most 66 tokens",
             {LabelKind::Iteration},
             {{"iteration.mass", 0.5, 0, 1, "least mean weight of the head's part of the pattern", "Cabannes et al. 2024"},
              {"iteration.partner", 0.5, 0, 1, "least mean weight of the other part, in a head of another layer", "Cabannes et al. 2024"},
              {"iteration.documents", 32, 20, 400, "sequences of parity and polynomial tasks", "own"}},
             "causal attention, at least two layers",
             {{"partner", "weight on the partner"},
              {"iteration-input", "iteration, input"},
              {"iteration-separator", "iteration, separator"}}}};
        return all;
    }
    std::optional<Inapplicable> applicability(const DetectorInput& input) const override
    {
        const ModelConfig& config = input.model->config();
        if (!input.model->canRun()) return Inapplicable{"cannot-run", {}};
        if (config.looksAhead()) return Inapplicable{"bidirectional", {}};
        if (config.nLayers < 2) return Inapplicable{"one-layer", {}};
        if (const int n = syntheticContext(config); n < kLeastContext)
            return Inapplicable{"context-too-short", {std::to_string(n), std::to_string(kLeastContext)}};
        if (const int n = syntheticVocabulary(*input.model).size(); n < kLeastIds)
            return Inapplicable{"vocabulary-too-small", {std::to_string(n), std::to_string(kLeastIds)}};
        return std::nullopt;
    }
    Result<DetectorOutput> run(const DetectorInput& input, const Progress& progress) const override
    {
        const SyntheticVocabulary vocabulary = syntheticVocabulary(*input.model);
        const std::vector<HeadId> heads = allHeads(input.model->config());
        const auto count = static_cast<std::size_t>(madeCounts(*input.model, *input.preset).tasks);
        std::vector<IterationDocument> documents;
        std::vector<std::shared_ptr<const Prompt>> prompts;
        long events = 0;
        for (std::size_t s = 0; s < count; ++s) {
            documents.push_back(iterationTask(vocabulary, syntheticContext(input.model->config()), input.seed, static_cast<int>(s)));
            const IterationDocument& d = documents.back();
            prompts.push_back(promptOf(d, nullptr));
            events += d.n;
        }
        std::vector<std::vector<IterationScore>> scores(heads.size(), std::vector<IterationScore>(count));
        const Status status = runDocuments(input.model, prompts, attentionOnly(), progress, [&](std::size_t s, const Run& run) -> Status {
            for (std::size_t h = 0; h < heads.size(); ++h) {
                const auto map = run.tile(heads[h], MapKind::Weights, 0, run.queries(), 0, run.queries());
                if (!map) return map.error();
                scores[h][s] = iterationScore(map->view(), documents[s]);
            }
            return {};
        });
        if (!status) return status.error();
        return report(input, heads, documents, scores, events);
    }

private:
    /// The score of attention that is even over what a row sees.
    static double chanceOf(const IterationDocument& d, bool reads, Visibility mask)
    {
        double sum = 0;
        for (int t = reads ? 0 : 1; t < (reads ? d.n : d.n + 1); ++t) {
            const int query = d.separator + t, key = reads ? d.begin + t : d.separator;
            if (mask.sees(query, key)) sum += 1.0 / mask.keys(query, static_cast<int>(d.ids.size())).size() / d.n;
        }
        return sum;
    }
    static PerDocument column(const std::vector<IterationScore>& scores, double IterationScore::*part)
    {
        PerDocument out;
        for (const IterationScore& s : scores) out.push_back(s.*part);
        return out;
    }
    /// A head has the pattern only together with a head that has the other part: the one on the separator comes first.
    static DetectorOutput report(const DetectorInput& input, const std::vector<HeadId>& heads,
                                 const std::vector<IterationDocument>& documents, const std::vector<std::vector<IterationScore>>& scores,
                                 long events)
    {
        DetectorOutput out;
        for (std::size_t s = 0; s < documents.size(); ++s) out.documents.push_back(exampleDocument(documents[s], static_cast<int>(s)));
        for (std::size_t h = 0; h < heads.size(); ++h) {
            const PerDocument separator = column(scores[h], &IterationScore::onSeparator),
                              inputs = column(scores[h], &IterationScore::onInput);
            out.scores.push_back({heads[h], {"iteration-separator", meanOf(separator), AttentionView::Raw}});
            out.scores.push_back({heads[h], {"iteration-input", meanOf(inputs), AttentionView::Raw}});
            const bool reads = meanOf(inputs) >= meanOf(separator);
            PerDocument partner(documents.size(), 0.0);
            for (std::size_t k = 0; k < heads.size(); ++k) {
                if (reads ? heads[k].layer >= heads[h].layer : heads[k].layer <= heads[h].layer) continue;
                const PerDocument other = column(scores[k], reads ? &IterationScore::onSeparator : &IterationScore::onInput);
                if (meanOf(other) > meanOf(partner)) partner = other;
            }
            HeadEvidence e = evidenceFor(heads[h], {LabelKind::Iteration, 0, {}}, "iteration", reads ? "reads-input" : "reads-separator");
            e.x = reads ? inputs : separator;
            PerDocument uniform;
            for (const IterationDocument& d : documents)
                uniform.push_back(chanceOf(d, reads, input.model->config().visibility(heads[h].layer)));
            addNull(e, NullKind::Uniform, uniform);
            e.criteria = {{"mass", e.x, {}, input.parameter("iteration.mass"), false, false},
                          {"partner", partner, {}, input.parameter("iteration.partner"), false, false}};
            e.events = events;
            out.evidence.push_back(std::move(e));
        }
        return out;
    }
};

}  // namespace

const Detector& iterationDetector()
{
    static const Iteration detector;
    return detector;
}

}  // namespace hs
