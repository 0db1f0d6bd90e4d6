// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/analysis/labels/detector.h"
#include "engine/analysis/weights/weight_scores.h"

namespace hs {
namespace {

std::vector<AnalysisEntry> makeEntries()
{
    const std::vector<AnalysisInput> inputs{AnalysisInput::Weights};
    const char* elhage = "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits";
    return {
        {"ov-copying",
         "Copying by the OV circuit",
         elhage,
         inputs,
         "a product with at most 4096 ids for each head, 200 draws in all",
         {LabelKind::Copying},
         {{"ov-copying.eigen", 0.5, -1, 1, "least eigenvalue score of the OV circuit, effective embedding", "own"},
          {"ov-copying.top-5", 0.5, 0, 1, "least share of tokens that raise themselves among the first five",
           "Wang et al. 2022, arXiv:2211.00593"}},
         "token embedding and output weights",
         {{"eigen", "positive eigenvalues, share"},
          {"top-5", "own token in the top 5"},
          {"ov-eigen", "OV eigenvalues"},
          {"ov-eigen-raw", "OV eigenvalues, raw embedding"},
          {"ov-eigen-residual", "OV eigenvalues, residual"},
          {"ov-top-1", "OV copying, top 1"},
          {"ov-top-5", "OV copying, top 5"},
          {"ov-top-1-raw", "OV copying, top 1, raw embedding"},
          {"ov-top-5-raw", "OV copying, top 5, raw embedding"}}},
        {"qk-matching",
         "Same-token matching by the QK circuit",
         elhage,
         inputs,
         "a product of d_model x d_model for each head",
         {LabelKind::QkMatching},
         {{"qk-matching.eigen", 0.5, -1, 1, "least eigenvalue score of the QK circuit, effective embedding", "own"}},
         "token embedding; rotary models at distance 0",
         {{"qk-eigen", "QK eigenvalues"}, {"qk-eigen-raw", "QK eigenvalues, raw embedding"}}},
        {"successor",
         "Successor",
         "Gould et al. 2023, arXiv:2312.09230",
         inputs,
         "a product with the ordinal tokens for each head",
         {LabelKind::Successor},
         {{"successor.share", 0.5, 0, 1, "least share of items whose best item of the class is the next", "Gould et al. 2023; own"},
          {"successor.over-chance", 3, 1, 100, "least ratio of that share to chance", "own"}},
         "a tokeniser with days, months, numbers or letters as single tokens; output weights",
         {{"over-chance", "times chance"},
          {"successor", "successor score"},
          {"successor-classes", "successor classes"},
          {"successor-margin", "successor margin"}}},
        {"copy-suppression",
         "Copy suppression",
         "McDougall et al. 2023, arXiv:2310.04625",
         inputs,
         "shares the product of ov-copying",
         {LabelKind::CopySuppression},
         {{"copy-suppression.share", 0.5, 0, 1, "least share of tokens that lower themselves into the lowest 5 %",
           "own; McDougall et al. 2023"}},
         "token embedding and output weights",
         {{"share", "share suppressed"},
          {"ov-lowest", "OV suppression, lowest"},
          {"ov-lowest-10", "OV suppression, lowest 10"},
          {"suppression-qk-1", "suppression, QK rank 1"},
          {"suppression-qk-10", "suppression, QK rank 10"}}},
        {"positional-qk",
         "Previous-token recall of positions",
         "Bietti et al. 2023, arXiv:2306.00802",
         inputs,
         "one product of positions for each head",
         {},
         {},
         "learned positions"},
        {"matching-recall",
         "Matching recall through an earlier head",
         "Bietti et al. 2023, arXiv:2306.00802",
         inputs,
         "one product of 256 tokens for each pair of heads",
         {},
         {},
         "token embedding; rotary models at distance 0",
         {{"matching-recall", "matching recall"}}},
    };
}

WeightEvidence against(double value, const std::vector<double>& null)
{
    WeightEvidence e;
    e.value = value;
    double sum = 0, square = 0;
    for (const double x : null)
        if (!std::isnan(x)) {
            sum += x;
            ++e.draws;
        }
    if (e.draws < 2) return e;
    e.nullMean = sum / e.draws;
    for (const double x : null)
        if (!std::isnan(x)) square += (x - e.nullMean) * (x - e.nullMean);
    // Shares cannot be known better than one token: without it, a null that never hits would have no spread at all.
    e.nullSd = std::max(std::sqrt(square / (e.draws - 1)), 1e-6);
    return e;
}

class WeightCircuits final : public Detector {
public:
    const std::vector<AnalysisEntry>& entries() const override
    {
        static const std::vector<AnalysisEntry> all = makeEntries();
        return all;
    }
    std::optional<Inapplicable> applicability(const DetectorInput& input) const override
    {
        if (input.model->lacks(Part::AttentionWeights)) return Inapplicable{"no-attention-weights", {}};
        return std::nullopt;
    }
    Result<DetectorOutput> run(const DetectorInput& input, const Progress& progress) const override
    {
        WeightOptions options;
        options.seed = input.seed;
        const auto measured = measureWeights(input.model, options, progress);
        if (!measured) return measured.error();
        return report(input, *measured);
    }

private:
    static DetectorOutput report(const DetectorInput& input, const WeightMeasures& m)
    {
        DetectorOutput out;
        const auto evidence = [&](std::size_t h, LabelKind kind, const char* id, double value, const std::vector<double>& null,
                                  std::vector<Criterion> criteria) {
            if (std::isnan(value)) return;
            HeadEvidence e;
            e.head = m.heads[h];
            e.label = {kind, 0, {}};
            e.analysis = id;
            e.data = DataKind::Weights;
            e.view = AttentionView::Raw;
            e.weights = against(value, null);
            e.criteria = std::move(criteria);
            out.evidence.push_back(std::move(e));
        };
        const auto least = [&](const char* name, double value, const char* key) {
            return Criterion{name, {value}, {}, input.parameter(key), false, false};
        };
        for (std::size_t h = 0; h < m.heads.size(); ++h) {
            const WeightScores& s = m.scores[h];
            evidence(h, LabelKind::Copying, "ov-copying", s.ovEigen, m.nullOvEigen,
                     {least("eigen", s.ovEigen, "ov-copying.eigen"), least("top-5", s.top5, "ov-copying.top-5")});
            evidence(h, LabelKind::QkMatching, "qk-matching", s.qkEigen, m.nullQkEigen, {least("eigen", s.qkEigen, "qk-matching.eigen")});
            evidence(h, LabelKind::CopySuppression, "copy-suppression", s.lowest, m.nullLowest,
                     {least("share", s.lowest, "copy-suppression.share")});
            if (m.ordinalItems > 0) {
                const double ratio = s.successor.share / s.successor.chance;
                evidence(h, LabelKind::Successor, "successor", s.successor.share, m.nullSuccessor,
                         {least("share", s.successor.share, "successor.share"), least("over-chance", ratio, "successor.over-chance")});
            }
            addScores(out, m.heads[h], s, m);
        }
        addNotes(out, input, m);
        return out;
    }

    static void addScores(DetectorOutput& out, HeadId head, const WeightScores& s, const WeightMeasures& m)
    {
        const auto add = [&](const char* key, double value) {
            if (!std::isnan(value)) out.scores.push_back({head, {key, value, AttentionView::Raw}});
        };
        add("ov-eigen", s.ovEigen);
        add("ov-eigen-raw", s.ovEigenRaw);
        add("ov-eigen-residual", s.ovEigenPlain);
        add("ov-top-1", s.top1);
        add("ov-top-5", s.top5);
        add("ov-top-1-raw", s.top1Raw);
        add("ov-top-5-raw", s.top5Raw);
        add("ov-lowest", s.lowest);
        add("ov-lowest-10", s.lowest10);
        add("qk-eigen", s.qkEigen);
        add("qk-eigen-raw", s.qkEigenRaw);
        add("suppression-qk-1", s.suppressionTop1);
        add("suppression-qk-10", s.suppressionTop10);
        add("positional-qk", s.positional);
        add("matching-recall", s.matching);
        if (m.ordinalItems > 0) {
            add("successor", s.successor.share);
            add("successor-margin", s.successor.margin);
            add("successor-classes", s.successor.classMean);
        }
    }

    static void addNotes(DetectorOutput& out, const DetectorInput& input, const WeightMeasures& m)
    {
        const auto missing = [&](const char* id, std::vector<std::string> facts) {
            out.notes.push_back({"not-applicable", id, std::move(facts)});
        };
        const ModelConfig& config = input.model->config();
        const bool narrow = !input.model->lacks(Part::TokenEmbedding);  // yet its rows are no vectors of the stream
        const char* reason = !m.hasTokens             ? narrow ? "narrow-embedding" : "no-token-embedding"
                             : config.outputTransform ? "output-transform"
                                                      : "no-output-weights";
        if (!m.hasTokens)
            for (const char* id : {"qk-matching", "matching-recall"}) missing(id, {reason});
        if (!m.hasOutput)
            for (const char* id : {"ov-copying", "successor", "copy-suppression"}) missing(id, {reason});
        else if (!input.model->tokenizer()) missing("successor", {"no-tokenizer"});
        else if (m.ordinalItems == 0) missing("successor", {"no-ordinal-tokens"});
        else out.notes.push_back({"items", "successor", {std::to_string(m.ordinalItems)}});
        if (!m.hasPositions) missing("positional-qk", {config.position == PositionKind::Rotary ? "rotary" : "no-learned-positions"});
        if (config.nLayers < 2) missing("matching-recall", {"one-layer"});
        if (config.position == PositionKind::Rotary)
            for (const char* id : {"qk-matching", "matching-recall"}) out.notes.push_back({"delta-zero", id, {}});
        for (const char* id : {"qk-matching", "matching-recall"}) {
            if (const auto first = input.model->layer(0); first && (*first)->places) out.notes.push_back({"without-distances", id, {}});
            if (config.position == PositionKind::Alibi) out.notes.push_back({"without-alibi", id, {}});
            if (config.qkNorm != QkNorm::None) out.notes.push_back({"before-qk-norm", id, {}});
            if (config.qkvClip > 0) out.notes.push_back({"before-clip", id, {}});
        }
        if (config.latentKv > 0)
            for (const char* id : {"ov-copying", "successor", "qk-matching", "matching-recall"})
                out.notes.push_back({"before-latent-norm", id, {}});
        if (config.normsOutput())
            for (const char* id : {"ov-copying", "successor", "matching-recall"}) out.notes.push_back({"output-gain", id, {}});
        if (m.sample > 0 && m.sample < m.vocabulary)
            out.notes.push_back({"sampled-vocabulary", "ov-copying", {std::to_string(m.sample), std::to_string(m.vocabulary)}});
        if (m.hasTokens && !m.effective) out.notes.push_back({"raw-embedding", "ov-copying", {}});
    }
};

}  // namespace

const Detector& weightCircuitsDetector()
{
    static const WeightCircuits detector;
    return detector;
}

}  // namespace hs
