// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/analysis/labels/detector.h"
#include "engine/analysis/labels/work.h"
#include "engine/analysis/synthetic/evidence_parts.h"
#include "engine/analysis/synthetic/rows.h"
#include "engine/analysis/synthetic/run_documents.h"

namespace hs {
namespace {

using namespace synthetic;

constexpr int kLength = 100, kLeastLength = 16;

int chainLength(const Model& model) { return std::min(kLength, syntheticContext(model.config())); }

/// What the last rows of a chain say about how the model predicts: by what followed the same state, or by how often states come.
struct Behaviour {
    double bigram = 0, unigram = 0;  ///< mean KL(Bayes || model restricted to the states)
};

Result<Behaviour> behaviour(const Run& run, const MarkovDocument& d)
{
    std::vector<int> states(d.ids.begin() + d.begin, d.ids.end());
    std::sort(states.begin(), states.end());
    states.erase(std::unique(states.begin(), states.end()), states.end());
    const auto k = states.size();
    const auto stateOf = [&](int id) {
        return static_cast<std::size_t>(std::lower_bound(states.begin(), states.end(), id) - states.begin());
    };
    Behaviour out;
    int rows = 0;
    const int n = static_cast<int>(d.ids.size());
    for (int i = n / 2; i < n; ++i) {
        const auto logits = run.logitsRow(i);
        if (!logits) return logits.error();
        std::vector<double> model(k), followed(k), seen(k);
        double sum = 0, highest = -1e300, after = 0, all = 0;
        for (std::size_t s = 0; s < k; ++s)
            highest = std::max(highest, static_cast<double>((*logits)[static_cast<std::size_t>(states[s])]));
        for (std::size_t s = 0; s < k; ++s)
            sum += model[s] = std::exp(static_cast<double>((*logits)[static_cast<std::size_t>(states[s])]) - highest);
        const int now = d.ids[static_cast<std::size_t>(i)];
        for (int j = d.begin; j <= i; ++j) {
            ++seen[stateOf(d.ids[static_cast<std::size_t>(j)])];
            ++all;
            if (j == d.begin || d.ids[static_cast<std::size_t>(j - 1)] != now) continue;
            ++followed[stateOf(d.ids[static_cast<std::size_t>(j)])];
            ++after;
        }
        for (std::size_t s = 0; s < k; ++s) {
            const double p = model[s] / sum, b = (followed[s] + 1) / (after + static_cast<double>(k)),
                         u = (seen[s] + 1) / (all + static_cast<double>(k));
            out.bigram += b * std::log(b / std::max(p, 1e-12));
            out.unigram += u * std::log(u / std::max(p, 1e-12));
        }
        ++rows;
    }
    out.bigram /= rows;
    out.unigram /= rows;
    return out;
}

class Markov final : public Detector {
public:
    const std::vector<AnalysisEntry>& entries() const override
    {
        static const std::vector<AnalysisEntry> all{
            {"statistical-induction",
             "Statistical induction",
             "Edelman et al. 2024, arXiv:2402.11004",
             {AnalysisInput::Synthetic},
             "one forward pass of 32 Markov chains of 100 tokens",
             {LabelKind::StatisticalInduction},
             {{"statistical-induction.kappa-uniform", 0.3, 0, 1, "least kappa of the weight on what followed the same state", "own"},
              {"statistical-induction.evenness", 0.5, 0, 1, "least evenness of that weight over its places", "own"},
              {"statistical-induction.documents", 32, 20, 400, "Markov chains", "own"}},
             "causal attention",
             {{"statistical-induction", "statistical induction"}, {"evenness", "evenness"}}}};
        return all;
    }
    std::optional<Inapplicable> applicability(const DetectorInput& input) const override
    {
        if (!input.model->canRun()) return Inapplicable{"cannot-run", {}};
        if (input.model->config().looksAhead()) return Inapplicable{"bidirectional", {}};
        if (const int n = chainLength(*input.model); n < kLeastLength)
            return Inapplicable{"context-too-short", {std::to_string(n), std::to_string(kLeastLength)}};
        if (syntheticVocabulary(*input.model).size() < 8)
            return Inapplicable{"vocabulary-too-small", {std::to_string(syntheticVocabulary(*input.model).size()), "8"}};
        return std::nullopt;
    }
    Result<DetectorOutput> run(const DetectorInput& input, const Progress& progress) const override
    {
        const SyntheticVocabulary vocabulary = syntheticVocabulary(*input.model);
        const std::vector<HeadId> heads = allHeads(input.model->config());
        const auto count = static_cast<std::size_t>(madeCounts(*input.model, *input.preset).chains);
        std::vector<MarkovDocument> documents;
        std::vector<std::shared_ptr<const Prompt>> prompts;
        for (std::size_t s = 0; s < count; ++s) {
            documents.push_back(markovChain(vocabulary, chainLength(*input.model), input.seed, static_cast<int>(s)));
            prompts.push_back(promptOf(documents.back(), nullptr));
        }
        std::vector<std::vector<MarkovScore>> scores(heads.size(), std::vector<MarkovScore>(count));
        std::vector<Behaviour> predicted(count);
        ForwardOptions options = attentionOnly();
        options.logits = input.model->canPredictTokens();
        const Status status = runDocuments(input.model, prompts, options, progress, [&](std::size_t s, const Run& run) -> Status {
            for (std::size_t h = 0; h < heads.size(); ++h) {
                const auto map = run.tile(heads[h], MapKind::Weights, 0, run.queries(), 0, run.queries());
                if (!map) return map.error();
                scores[h][s] = markovScore(map->view(), documents[s].ids, documents[s].begin, run.visibility(heads[h].layer));
            }
            if (!options.logits) return {};
            const auto b = behaviour(run, documents[s]);
            if (!b) return b.error();
            predicted[s] = *b;
            return {};
        });
        if (!status) return status.error();

        DetectorOutput out;
        for (std::size_t s = 0; s < count; ++s) out.documents.push_back(exampleDocument(documents[s], static_cast<int>(s)));
        for (std::size_t h = 0; h < heads.size(); ++h) {
            HeadEvidence e = evidenceFor(heads[h], {LabelKind::StatisticalInduction, 0, {}}, "statistical-induction", "markov");
            PerDocument uniform, other, evenness;
            for (const MarkovScore& m : scores[h]) {
                e.x.push_back(m.mass);
                uniform.push_back(m.uniform);
                other.push_back(m.other);
                evenness.push_back(m.evenness);
                e.events += m.rows;
            }
            addNull(e, NullKind::Uniform, uniform);
            addNull(e, NullKind::AnnotationShuffle, other);
            e.criteria = {{"kappa-uniform", e.x, uniform, input.parameter("statistical-induction.kappa-uniform"), false, false},
                          {"evenness", evenness, {}, input.parameter("statistical-induction.evenness"), false, false}};
            out.scores.push_back({heads[h], {"statistical-induction", meanOf(e.x) - meanOf(uniform), AttentionView::Raw}});
            out.evidence.push_back(std::move(e));
        }
        if (options.logits) {
            double bigram = 0, unigram = 0;
            for (const Behaviour& b : predicted) {
                bigram += b.bigram / static_cast<double>(count);
                unigram += b.unigram / static_cast<double>(count);
            }
            out.model.push_back({"markov-kl-bigram", bigram, bigram, bigram, {bigram < unigram ? "bigram" : "unigram"}});
            out.model.push_back({"markov-kl-unigram", unigram, unigram, unigram, {bigram < unigram ? "bigram" : "unigram"}});
        }
        return out;
    }
};

}  // namespace

const Detector& markovDetector()
{
    static const Markov detector;
    return detector;
}

}  // namespace hs
