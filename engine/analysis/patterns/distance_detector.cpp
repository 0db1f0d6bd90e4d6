// SPDX-License-Identifier: GPL-3.0-or-later
// How far away a head looks, beside what the same rows would give if they looked at all that they see alike.
#include <cstdlib>

#include "engine/analysis/labels/detector.h"
#include "engine/analysis/synthetic/run_documents.h"

namespace hs {
namespace {

/// Mean of |query - key| over the keys that the query sees.
double uniformDistance(int query, KeyRange seen)
{
    double sum = 0;
    for (int key = seen.first; key < seen.end; ++key) sum += std::abs(query - key);
    return sum / seen.size();
}

/// Rows of all documents: pooled, or first averaged within each.
struct Mean {
    double sum = 0, weight = 0;
    void add(double total, int rows, RowWeighting weighting)
    {
        sum += weighting == RowWeighting::Tokens ? total : total / rows;
        weight += weighting == RowWeighting::Tokens ? rows : 1;
    }
    double value() const { return weight > 0 ? sum / weight : kNoValue; }
};

class MeanDistance final : public Detector {
public:
    const std::vector<AnalysisEntry>& entries() const override
    {
        static const std::vector<AnalysisEntry> all{{"mean-distance",
                                                     "Attention distance against uniform attention",
                                                     "Vig and Belinkov 2019, arXiv:1906.04284, section 4; own null",
                                                     {AnalysisInput::Text},
                                                     "one forward pass per document",
                                                     {},
                                                     {},
                                                     "any model with a tokeniser",
                                                     {{"mean-distance", "mean distance, passage by passage"}}}};
        return all;
    }
    std::optional<Inapplicable> applicability(const DetectorInput& input) const override
    {
        if (!input.model->canRun()) return Inapplicable{"partial-model", {}};
        if (!input.corpus && !input.model->tokenizer()) return Inapplicable{"no-tokenizer", {}};
        if (!input.corpus || input.corpus->size() == 0) return Inapplicable{"no-text", {}};
        return std::nullopt;
    }
    Result<DetectorOutput> run(const DetectorInput& input, const Progress& progress) const override
    {
        const std::vector<HeadId> heads = allHeads(input.model->config());
        const ModelConfig& config = input.model->config();
        std::vector<std::shared_ptr<const Prompt>> prompts;
        for (int d = 0; d < input.corpus->size(); ++d) prompts.push_back(std::make_shared<const Prompt>(input.corpus->document(d).prompt));
        // [document, head], added up in order afterwards: the sum does not depend on which pass ends first.
        std::vector<std::vector<double>> totals(prompts.size(), std::vector<double>(heads.size(), 0.0));
        ForwardOptions options = attentionOnly();
        options.stats = true;
        const int least = 1;  // the first row of a causal map sees itself alone and has no choice
        const Status status = runDocuments(
            input.model, prompts, options, progress,
            [&](std::size_t d, const Run& run) -> Status {
                for (std::size_t h = 0; h < heads.size(); ++h) {
                    const auto stats = run.stats(heads[h]);
                    for (int query = least; query < run.queries(); ++query)
                        totals[d][h] += static_cast<double>(stats->rowDistance[static_cast<std::size_t>(query)]);
                }
                return {};
            },
            Stage::LabelCorpus);
        if (!status) return status.error();

        std::vector<Mean> measured(heads.size()), uniform(static_cast<std::size_t>(config.nLayers));  // layers may see different keys
        for (std::size_t d = 0; d < prompts.size(); ++d) {
            const int n = prompts[d]->size(), rows = n - least;
            if (rows < 1) continue;
            for (std::size_t layer = 0; layer < uniform.size(); ++layer) {
                const Visibility mask = config.visibility(static_cast<int>(layer));
                double chance = 0;
                for (int query = least; query < n; ++query) chance += uniformDistance(query, mask.keys(query, n));
                uniform[layer].add(chance, rows, input.weighting);
            }
            for (std::size_t h = 0; h < heads.size(); ++h) measured[h].add(totals[d][h], rows, input.weighting);
        }
        DetectorOutput out;
        for (std::size_t h = 0; h < heads.size(); ++h)
            out.scores.push_back({heads[h],
                                  {"mean-distance", measured[h].value(), AttentionView::Raw,
                                   NullValue{NullKind::Uniform, uniform[static_cast<std::size_t>(heads[h].layer)].value()}}});
        return out;
    }
};

}  // namespace

const Detector& distanceDetector()
{
    static const MeanDistance detector;
    return detector;
}

}  // namespace hs
