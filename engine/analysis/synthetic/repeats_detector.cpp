// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/detector.h"
#include "engine/analysis/labels/work.h"
#include "engine/analysis/synthetic/evidence_parts.h"
#include "engine/analysis/synthetic/repeats.h"
#include "engine/analysis/synthetic/rows.h"

namespace hs {
namespace {

using namespace synthetic;

std::vector<AnalysisEntry> makeEntries()
{
    const std::vector<AnalysisInput> inputs{AnalysisInput::Synthetic};
    const char* cost = "one forward pass of 32 to 40 sequences of at most 101 tokens, twice for the null, once for the twin";
    return {
        {"random-positional",
         "Previous and next token on random tokens",
         "Elhage et al. 2021; Voita et al. 2019, arXiv:1905.09418, section 5.2",
         inputs,
         cost,
         {LabelKind::PreviousToken, LabelKind::NextToken},
         {{"random-positional.kappa-uniform", 0.5, 0, 1, "least kappa of the mean weight on the neighbour, content view",
           "Clark et al. 2019"},
          {"random-positional.documents", 32, 20, 400, "sequences of repeated random tokens, shared by this family", "own"}},
         "attention from ids; next-token: bidirectional models",
         {{"random-previous", "previous token on random tokens"}, {"random-previous-deviation", "its deviation over sequences"}}},
        {"duplicate-token",
         "Duplicate token",
         "Wang et al. 2022, arXiv:2211.00593, section 3",
         inputs,
         cost,
         {LabelKind::DuplicateToken},
         {{"duplicate-token.mass", 0.4, 0, 1, "least mean weight on the earlier equal token", "own; McDougall, ARENA"}},
         "attention from ids",
         {{"random-duplicate", "duplicate token on random tokens"}}},
        {"induction",
         "Induction",
         "Olsson et al. 2022, arXiv:2209.11895",
         inputs,
         cost,
         {LabelKind::Induction},
         {{"induction.mass", 0.4, 0, 1, "least mean weight on the token after the earlier equal one", "own; McDougall, ARENA"}},
         "causal attention",
         {{"random-induction", "induction on random tokens"}}},
        {"prefix-matching",
         "Prefix matching over four copies",
         "Olsson et al. 2022, arXiv:2209.11895; Crosbie and Shutova 2024, arXiv:2407.07011",
         inputs,
         "one forward pass of 32 sequences of at most 201 tokens",
         {},
         {},
         "causal attention",
         {{"prefix-matching", "prefix matching"}}},
        {"pointer-mass",
         "Pointer mass",
         "Gu et al. 2016, arXiv:1603.06393",
         inputs,
         cost,
         {},
         {},
         "causal attention",
         {{"pointer-mass", "pointer mass"}}},
        {"copying-runtime",
         "Copying at run time",
         "Olsson et al. 2022, arXiv:2209.11895",
         inputs,
         "one product with at most 4096 ids for 8 rows of 8 sequences and each head",
         {},
         {},
         "output weights",
         {{"copying-runtime", "copying at run time"}, {"copying-runtime-seen", "copying at run time, seen tokens"}}},
        {"lag-crp",
         "Lag curve and CMR distance",
         "Ji-An et al. 2024, arXiv:2405.14992",
         inputs,
         "a fit on a grid of 4620 curves for each head and sequence",
         {LabelKind::CmrLike},
         {{"lag-crp.cmr-distance", 0.5, 0, 2, "largest distance to the best curve of the memory model", "Ji-An et al. 2024"},
          {"lag-crp.kappa-control", 0.3, 0, 1, "least fit 1 - distance over that of sequences in which nothing repeats", "own"},
          {"lag-crp.asymmetry", 0, -1e3, 1e3, "score at lag +1 minus lag -1: duplicate-token heads fit too, but are even", "own"}},
         "causal attention",
         {{"cmr-distance", "distance from the CMR curve"},
          {"asymmetry", "forward over backward"},
          {"lag-asymmetry", "lag asymmetry"},
          {"lag-peak", "lag of the peak"}}},
    };
}

class RepeatedTokens final : public Detector {
public:
    const std::vector<AnalysisEntry>& entries() const override
    {
        static const std::vector<AnalysisEntry> all = makeEntries();
        return all;
    }
    std::optional<Inapplicable> applicability(const DetectorInput& input) const override
    {
        if (!input.model->canRun()) return Inapplicable{"cannot-run", {}};
        const int copy = copyLength(syntheticVocabulary(*input.model), syntheticContext(input.model->config()), 2);
        if (copy < kLeastCopy) return Inapplicable{"context-too-short", {std::to_string(copy), std::to_string(kLeastCopy)}};
        return std::nullopt;
    }
    Result<DetectorOutput> run(const DetectorInput& input, const Progress& progress) const override
    {
        RepeatOptions options;
        const MadeCounts counts = madeCounts(*input.model, *input.preset);
        options.documents = counts.repeats;
        options.copies = counts.copies;
        options.seed = input.seed;
        auto measured = measureRepeats(input.model, input.twin, options, progress);
        if (!measured) return measured.error();
        if (!prepareCmrFits(progress)) return Error::cancelled();
        return report(input, *measured);
    }

private:
    static long events(const std::vector<TargetList>& lists)
    {
        long n = 0;
        for (const TargetList& t : lists) n += static_cast<long>(t.size());
        return n;
    }

    static DetectorOutput report(const DetectorInput& input, const RepeatMeasures& m)
    {
        DetectorOutput out;
        const bool causal = !input.model->config().looksAhead();
        std::vector<TargetList> previous, duplicate, induction, next;
        std::vector<int> lengths;
        for (const SyntheticDocument& d : m.documents) {
            const int n = static_cast<int>(d.ids.size());
            previous.push_back(offsetTargets(n, -1, d.begin + 2));
            next.push_back(offsetTargets(n, 1, d.begin));
            duplicate.push_back(duplicateTargets(d.ids, d.begin, input.model->config().visibility(0)));
            induction.push_back(inductionTargets(d.ids, d.begin));
            lengths.push_back(n);
            out.documents.push_back(exampleDocument(d, static_cast<int>(out.documents.size())));
        }
        for (std::size_t h = 0; h < m.heads.size(); ++h) {
            const RepeatScores& s = m.scores[h];
            HeadEvidence p = evidenceFor(m.heads[h], {LabelKind::PreviousToken, 0, {}}, "random-positional", "random-tokens");
            p.view = AttentionView::Content;
            p.x = s.previousContent;
            addNull(p, NullKind::Uniform, s.previousUniformContent);
            p.criteria = {{"kappa-uniform", s.previousContent, s.previousUniformContent, input.parameter("random-positional.kappa-uniform"),
                           false, false}};
            p.events = events(previous);
            p.gate = meanOf(s.previousGate);
            addExamples(p, s.previousRows, previous, lengths);
            out.evidence.push_back(std::move(p));
            if (!causal) {
                HeadEvidence e = evidenceFor(m.heads[h], {LabelKind::NextToken, 0, {}}, "random-positional", "random-tokens");
                e.view = AttentionView::Content;
                e.x = s.next;
                addNull(e, NullKind::Uniform, s.nextUniform);
                e.criteria = {{"kappa-uniform", s.next, s.nextUniform, input.parameter("random-positional.kappa-uniform"), false, false}};
                e.events = events(next);
                out.evidence.push_back(std::move(e));
            }
            HeadEvidence d = evidenceFor(m.heads[h], {LabelKind::DuplicateToken, 0, {}}, "duplicate-token", "two-copies");
            d.x = s.duplicate;
            addNull(d, NullKind::Uniform, s.duplicateUniform);
            addNull(d, NullKind::AnnotationShuffle, s.duplicateShift);
            addNull(d, NullKind::RandomTokens, s.duplicateControl);
            addNull(d, NullKind::RandomWeights, s.duplicateTwin);
            d.criteria = {{"mass", s.duplicate, {}, input.parameter("duplicate-token.mass"), false, false}};
            d.events = events(duplicate);
            d.gate = meanOf(s.gate);
            addExamples(d, s.duplicateRows, duplicate, lengths);
            out.evidence.push_back(std::move(d));
            addScores(out, m.heads[h], s, causal);
            if (!causal) continue;
            HeadEvidence i = evidenceFor(m.heads[h], {LabelKind::Induction, 0, {}}, "induction", "two-copies");
            i.x = s.induction;
            addNull(i, NullKind::Uniform, s.inductionUniform);
            addNull(i, NullKind::AnnotationShuffle, s.inductionShift);
            addNull(i, NullKind::RandomTokens, s.inductionControl);
            addNull(i, NullKind::RandomWeights, s.inductionTwin);
            i.criteria = {{"mass", s.induction, {}, input.parameter("induction.mass"), false, false}};
            i.events = events(induction);
            i.gate = meanOf(s.gate);
            addExamples(i, s.inductionRows, induction, lengths);
            out.evidence.push_back(std::move(i));
            if (m.copy > kLagReach) addCmr(out, input, m, h);
        }
        if (!causal)
            for (const char* id : {"induction", "prefix-matching", "pointer-mass", "lag-crp"})
                out.notes.push_back({"not-applicable", id, {"bidirectional"}});
        else {
            out.notes.push_back({"not-applicable", "random-positional", {"next-token", "causal"}});
            if (m.copy <= kLagReach)
                out.notes.push_back(
                    {"not-applicable", "lag-crp", {"context-too-short", std::to_string(m.copy), std::to_string(kLagReach + 1)}});
            if (m.copyOfFour < kLeastCopy)
                out.notes.push_back(
                    {"not-applicable", "prefix-matching", {"context-too-short", std::to_string(m.copyOfFour), std::to_string(kLeastCopy)}});
        }
        if (m.copyingVocabulary == 0)
            out.notes.push_back(
                {"not-applicable", "copying-runtime", {input.model->config().outputTransform ? "output-transform" : "no-output-weights"}});
        else if (m.copyingVocabulary < m.vocabulary.size())
            out.notes.push_back(
                {"sampled-vocabulary", "copying-runtime", {std::to_string(m.copyingVocabulary), std::to_string(m.vocabulary.size())}});
        return out;
    }

    static void addScores(DetectorOutput& out, HeadId head, const RepeatScores& s, bool causal)
    {
        const auto add = [&](const char* key, const PerDocument& column, AttentionView view = AttentionView::Raw) {
            if (const double mean = meanOf(column); !std::isnan(mean)) out.scores.push_back({head, {key, mean, view}});
        };
        add("random-previous", s.previous);
        add("random-previous", s.previousContent, AttentionView::Content);
        out.scores.push_back({head, {"random-previous-deviation", deviationOf(s.previous), AttentionView::Raw}});
        add("random-next", s.next, AttentionView::Content);
        add("random-duplicate", s.duplicate);
        add("random-duplicate", s.duplicateContent, AttentionView::Content);
        if (causal) {
            add("random-induction", s.induction);
            add("random-induction", s.inductionContent, AttentionView::Content);
            add("prefix-matching", s.prefix);
            add("pointer-mass", s.pointer);
        }
        if (const double share = meanOf(s.copying); !std::isnan(share))
            out.scores.push_back({head, {"copying-runtime", copyScore(share), AttentionView::Raw}});
        if (const double share = meanOf(s.copyingSeen); !std::isnan(share))
            out.scores.push_back({head, {"copying-runtime-seen", copyScore(share), AttentionView::Raw}});
    }

    /// Goodness of fit 1 - D, at least 0, against that of the curve of documents in which nothing repeats: positional decay fits too.
    static void addCmr(DetectorOutput& out, const DetectorInput& input, const RepeatMeasures& m, std::size_t h)
    {
        const RepeatScores& s = m.scores[h];
        PerDocument distance, fit, control, asymmetry;
        LagCurve mean{};
        for (std::size_t k = 0; k < s.lagScores.size(); ++k) {
            const double d = fitCmr(s.lagScores[k]).distance, c = fitCmr(s.lagControl[k]).distance;
            distance.push_back(d);
            asymmetry.push_back(lagAsymmetry(s.lagScores[k]));
            fit.push_back(std::isnan(d) ? kNoValue : std::max(0.0, 1.0 - d));
            control.push_back(std::isnan(c) ? kNoValue : std::max(0.0, 1.0 - c));
            for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += s.lagScores[k][i] / static_cast<double>(s.lagScores.size());
        }
        HeadEvidence e = evidenceFor(m.heads[h], {LabelKind::CmrLike, 0, {}}, "lag-crp", "two-copies");
        e.x = fit;
        addNull(e, NullKind::RandomTokens, control);
        e.criteria = {{"cmr-distance", distance, {}, input.parameter("lag-crp.cmr-distance"), true, false},
                      {"kappa-control", fit, control, input.parameter("lag-crp.kappa-control"), false, false},
                      {"asymmetry", asymmetry, {}, input.parameter("lag-crp.asymmetry"), false, true}};
        e.scoreFrom = -1;
        e.events = static_cast<long>(m.documents.size()) * m.copy;
        out.evidence.push_back(std::move(e));
        const CmrFit whole = fitCmr(mean);
        out.scores.push_back({m.heads[h], {"cmr-distance", whole.distance, AttentionView::Raw}});
        out.scores.push_back({m.heads[h], {"lag-asymmetry", lagAsymmetry(mean), AttentionView::Raw}});
        out.scores.push_back({m.heads[h], {"lag-peak", static_cast<double>(peakLag(mean)), AttentionView::Raw}});
    }
};

}  // namespace

const Detector& repeatedTokensDetector()
{
    static const RepeatedTokens detector;
    return detector;
}

}  // namespace hs
