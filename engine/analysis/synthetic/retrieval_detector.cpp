// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/analysis/labels/detector.h"
#include "engine/analysis/labels/work.h"
#include "engine/analysis/synthetic/evidence_parts.h"
#include "engine/analysis/synthetic/rows.h"
#include "engine/analysis/synthetic/run_documents.h"
#include "engine/tensor/nn.h"

namespace hs {
namespace {

using namespace synthetic;

/// Runs whose answer the model does not give say nothing about copying (Wu et al. 2024: ROUGE-1 recall > 0.5).
constexpr double kLeastRecall = 0.5;

struct NeedleScores {
    PerDocument score, control, shift;
    std::vector<std::vector<float>> rows;
};

class Retrieval final : public Detector {
public:
    const std::vector<AnalysisEntry>& entries() const override
    {
        static const std::vector<AnalysisEntry> all{
            {"retrieval",
             "Retrieval of key and value",
             "Wu et al. 2024, arXiv:2404.15574, section 2",
             {AnalysisInput::Synthetic},
             "one forward pass of 60 sequences of at most 256 tokens, once more for the null",
             {LabelKind::Retrieval},
             {{"retrieval.copy-score", 0.1, 0, 1, "least mean share of the needle that is copied", "Wu et al. 2024"},
              {"retrieval.documents", 60, 20, 400, "key-value sequences of different length and depth", "own"}},
             "causal attention, output weights, a context of at least 41 tokens",
             {{"copy-score", "share copied"}, {"retrieval-frequency", "retrieval frequency"}}}};
        return all;
    }
    std::optional<Inapplicable> applicability(const DetectorInput& input) const override
    {
        const Model& model = *input.model;
        if (!model.canRun()) return Inapplicable{"cannot-run", {}};
        if (model.config().looksAhead()) return Inapplicable{"bidirectional", {}};
        if (!model.canPredictTokens()) return Inapplicable{"no-output-weights", {}};
        const int context = syntheticContext(model.config()), ids = syntheticVocabulary(model).size();
        if (context < leastNeedleContext())
            return Inapplicable{"context-too-short", {std::to_string(context), std::to_string(leastNeedleContext())}};
        if (ids < leastNeedleContext())
            return Inapplicable{"vocabulary-too-small", {std::to_string(ids), std::to_string(leastNeedleContext())}};
        return std::nullopt;
    }

    Result<DetectorOutput> run(const DetectorInput& input, const Progress& progress) const override
    {
        const Model& model = *input.model;
        const std::vector<HeadId> heads = allHeads(model.config());
        const SyntheticVocabulary vocabulary = syntheticVocabulary(model);
        const int count = madeCounts(model, *input.preset).needles, context = syntheticContext(model.config());
        std::vector<NeedleDocument> documents, controls;
        std::vector<std::shared_ptr<const Prompt>> prompts, controlPrompts;
        for (int s = 0; s < count; ++s) {
            documents.push_back(keyValueNeedle(vocabulary, context, input.seed, s, count, true));
            controls.push_back(keyValueNeedle(vocabulary, context, input.seed, s, count, false));
            prompts.push_back(promptOf(documents.back(), nullptr));
            controlPrompts.push_back(promptOf(controls.back(), nullptr));
        }
        const auto size = static_cast<std::size_t>(count);
        std::vector<NeedleScores> scores(heads.size());
        for (NeedleScores& s : scores) {
            s.score = s.control = s.shift = PerDocument(size, kNoValue);
            s.rows.resize(size);
        }
        PerDocument recall(size, kNoValue);

        // Logits of the three answering rows alone: logitsRow() makes them.
        Status status = runDocuments(input.model, prompts, attentionOnly(), progress, [&](std::size_t s, const Run& run) -> Status {
            const NeedleDocument& d = documents[s];
            const std::vector<int> rows = d.emitting(), emitted = values(d);
            int right = 0;
            for (std::size_t t = 0; t < rows.size(); ++t) {
                const auto logits = run.logitsRow(rows[t]);
                if (!logits) return logits.error();
                if (argmaxOf(logits->data(), static_cast<std::ptrdiff_t>(logits->size())) == emitted[t]) ++right;
            }
            recall[s] = static_cast<double>(right) / d.values;
            for (std::size_t h = 0; h < heads.size(); ++h) {
                const auto map = run.tile(heads[h], MapKind::Weights, rows.front(), d.values, 0, run.queries());
                if (!map) return map.error();
                score(d, *map, rows, emitted, scores[h], s);
                if (!(recall[s] > kLeastRecall)) scores[h].score[s] = kNoValue;
            }
            return {};
        });
        if (!status) return status.error();
        // What a document without its needle shows counts only where the model answered the one with it.
        std::vector<std::size_t> answered;
        for (std::size_t s = 0; s < size; ++s)
            if (recall[s] > kLeastRecall) answered.push_back(s);
        if (static_cast<double>(answered.size()) < input.parameter("trust.documents")) answered.clear();  // no evidence: see report()
        std::vector<std::shared_ptr<const Prompt>> asked;
        for (const std::size_t s : answered) asked.push_back(controlPrompts[s]);
        status = runDocuments(input.model, asked, attentionOnly(), progress, [&](std::size_t k, const Run& run) -> Status {
            const std::size_t s = answered[k];
            // The needle is not there: whoever still looks at its place does so for the place.
            const NeedleDocument& d = documents[s];
            const std::vector<int> rows = d.emitting();
            for (std::size_t h = 0; h < heads.size(); ++h) {
                const auto map = run.tile(heads[h], MapKind::Weights, rows.front(), d.values, 0, run.queries());
                if (!map) return map.error();
                int hits = 0;
                for (int t = 0; t < d.values; ++t)
                    if (argmaxOf(map->row(t), rows[static_cast<std::size_t>(t)] + 1) == d.needle + 1 + t) ++hits;
                scores[h].control[s] = static_cast<double>(hits) / d.values;
            }
            return {};
        });
        if (!status) return status.error();
        return report(input, heads, documents, scores, recall);
    }

private:
    static std::vector<int> values(const NeedleDocument& d)
    {
        const auto first = d.ids.begin() + d.needle + 1;
        return {first, first + d.values};
    }
    /// `map` holds the emitting rows only. The needle span is v1 v2 v3:
    /// K is what is asked with, not what is copied.
    static void score(const NeedleDocument& d, const MatrixF& map, const std::vector<int>& rows, const std::vector<int>& emitted,
                      NeedleScores& out, std::size_t s)
    {
        std::vector<int> argmax;
        int beside = 0;
        for (int t = 0; t < d.values; ++t) {
            const int key = static_cast<int>(argmaxOf(map.row(t), rows[static_cast<std::size_t>(t)] + 1));
            argmax.push_back(key);
            if (key >= d.needle && key <= d.needle + d.values && key != d.needle + 1 + t) ++beside;
            out.rows[s].push_back(map(t, d.needle + 1 + t));
        }
        out.score[s] = retrievalScore(argmax, emitted, d.ids, d.needle + 1, d.needle + 1 + d.values);
        // Looking anywhere else in the needle: three places of four.
        out.shift[s] = static_cast<double>(beside) / (3.0 * d.values);
    }

    /// Mean weight on the targets of attention that is even over what a row sees.
    static double chanceOf(const TargetList& targets, Visibility mask, int n)
    {
        double chance = 0;
        for (const RowTargets& row : targets)
            if (mask.sees(row.query, row.keys.front()))
                chance += 1.0 / mask.keys(row.query, n).size() / static_cast<double>(targets.size());
        return chance;
    }

    static DetectorOutput report(const DetectorInput& input, const std::vector<HeadId>& heads, const std::vector<NeedleDocument>& documents,
                                 std::vector<NeedleScores>& scores, const PerDocument& recall)
    {
        DetectorOutput out;
        std::vector<TargetList> targets;
        std::vector<int> lengths;
        long events = 0;
        for (std::size_t s = 0; s < documents.size(); ++s) {
            const NeedleDocument& d = documents[s];
            TargetList list;
            for (int t = 0; t < d.values; ++t) list.push_back({d.emitting()[static_cast<std::size_t>(t)], {d.needle + 1 + t}});
            events += recall[s] > kLeastRecall ? d.values : 0;
            targets.push_back(std::move(list));
            lengths.push_back(static_cast<int>(d.ids.size()));
            out.documents.push_back(exampleDocument(d, static_cast<int>(s)));
        }
        out.model.push_back({"retrieval-recall", meanOf(recall), 0, 1, {std::to_string(documents.size())}});
        // A model that does not give the answers says nothing about who copies them (engine/methods/circuits.md section 11.1).
        const auto answered = std::count_if(recall.begin(), recall.end(), [](double r) { return r > kLeastRecall; });
        if (static_cast<double>(answered) < input.parameter("trust.documents")) {
            out.notes.push_back({"task-failed", "retrieval", {std::to_string(answered), std::to_string(documents.size())}});
            return out;
        }
        for (std::size_t h = 0; h < heads.size(); ++h) {
            HeadEvidence e = evidenceFor(heads[h], {LabelKind::Retrieval, 0, {}}, "retrieval", "key-value");
            for (std::size_t s = 0; s < documents.size(); ++s)
                if (std::isnan(scores[h].score[s])) scores[h].shift[s] = kNoValue;
            e.x = scores[h].score;
            PerDocument uniform;
            for (std::size_t s = 0; s < documents.size(); ++s)
                uniform.push_back(recall[s] > kLeastRecall
                                      ? chanceOf(targets[s], input.model->config().visibility(heads[h].layer), lengths[s])
                                      : kNoValue);
            addNull(e, NullKind::Uniform, uniform);
            addNull(e, NullKind::AnnotationShuffle, scores[h].shift);
            addNull(e, NullKind::RandomTokens, scores[h].control);
            e.criteria = {{"copy-score", scores[h].score, {}, input.parameter("retrieval.copy-score"), false, false}};
            e.events = events;
            addExamples(e, scores[h].rows, targets, lengths);
            if (const double mean = meanOf(scores[h].score); !std::isnan(mean)) {
                int active = 0, counted = 0;
                for (const double x : scores[h].score) {
                    counted += !std::isnan(x);
                    active += x > 0;
                }
                out.scores.push_back({heads[h], {"retrieval-frequency", static_cast<double>(active) / counted, AttentionView::Raw}});
            }
            out.evidence.push_back(std::move(e));
        }
        return out;
    }
};

}  // namespace

const Detector& retrievalDetector()
{
    static const Retrieval detector;
    return detector;
}

}  // namespace hs
