// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/synthetic/repeats.h"

#include <algorithm>
#include <cmath>

#include "engine/analysis/labels/evidence.h"
#include "engine/analysis/synthetic/rows.h"

namespace hs {
namespace {

/// Rows with fewer visible content keys hit their target for free (engine/methods/patterns.md section 0).
constexpr int kLeastVisible = 3;
/// Run-time copying reads so many rows of so many documents.
constexpr int kCopyingRows = 8, kCopyingDocuments = 8, kCopyingVocabulary = 4096;

using Prompts = std::vector<std::shared_ptr<const Prompt>>;

/// Mean weight on the tokens of copy 1 that are not the target of the row: the same pattern, moved.
double shifted(ViewF map, Visibility mask, const TargetList& targets, int begin, int n)
{
    double sum = 0;
    long rows = 0;
    for (const RowTargets& row : targets) {
        double mass = 0;
        int count = 0;
        for (int j = begin; j < begin + n; ++j) {
            if (j == row.keys.front() || !mask.sees(row.query, j)) continue;
            mass += static_cast<double>(map(row.query, j));
            ++count;
        }
        if (count == 0) continue;
        sum += mass / count;
        ++rows;
    }
    return rows > 0 ? sum / static_cast<double>(rows) : kNoValue;
}

std::vector<float> rowValues(ViewF map, const TargetList& targets)
{
    std::vector<float> out;
    for (const RowTargets& row : targets) {
        double sum = 0;
        for (const int key : row.keys) sum += static_cast<double>(map(row.query, key));
        out.push_back(static_cast<float>(sum));
    }
    return out;
}

/// Everything that one pass over one kind of documents needs; places of document s are its own.
struct Pass {
    const std::shared_ptr<const Model>& model;
    RepeatMeasures& m;
    const Progress& progress;
    bool ahead;  ///< queries see what comes after them

    Visibility maskOf(std::size_t head) const { return model->config().visibility(m.heads[head].layer); }

    Status each(const std::vector<SyntheticDocument>& documents, const std::shared_ptr<const Model>& which, const ForwardOptions& options,
                const std::function<Status(std::size_t, const Run&)>& body) const
    {
        Prompts prompts;
        for (const SyntheticDocument& d : documents) prompts.push_back(promptOf(d, nullptr));
        return runDocuments(which, prompts, options, progress, body);
    }
    /// body(head index, map) for every head of a run.
    Status maps(const Run& run, MapKind kind, const std::function<void(std::size_t, const MatrixF&)>& body) const
    {
        const int n = run.queries();
        for (std::size_t h = 0; h < m.heads.size(); ++h) {
            if (progress.stopped()) return Error::cancelled();
            const auto map = run.tile(m.heads[h], kind, 0, n, 0, n);
            if (!map) return map.error();
            body(h, *map);
        }
        return {};
    }
};

void resize(RepeatScores& s, std::size_t documents)
{
    for (auto part : {&RepeatScores::previous,         &RepeatScores::previousContent,
                      &RepeatScores::previousUniform,  &RepeatScores::previousUniformContent,
                      &RepeatScores::previousGate,     &RepeatScores::next,
                      &RepeatScores::nextUniform,      &RepeatScores::duplicate,
                      &RepeatScores::duplicateContent, &RepeatScores::duplicateUniform,
                      &RepeatScores::duplicateShift,   &RepeatScores::duplicateControl,
                      &RepeatScores::duplicateTwin,    &RepeatScores::induction,
                      &RepeatScores::inductionContent, &RepeatScores::inductionUniform,
                      &RepeatScores::inductionShift,   &RepeatScores::inductionControl,
                      &RepeatScores::inductionTwin,    &RepeatScores::gate,
                      &RepeatScores::prefix,           &RepeatScores::prefixUniform,
                      &RepeatScores::pointer,          &RepeatScores::pointerUniform,
                      &RepeatScores::copying,          &RepeatScores::copyingSeen})
        (s.*part).assign(documents, kNoValue);
    LagCurve none;
    none.fill(kNoValue);
    s.lagScores.assign(documents, none);
    s.lagControl.assign(documents, none);
    for (auto part : {&RepeatScores::previousRows, &RepeatScores::duplicateRows, &RepeatScores::inductionRows}) (s.*part).resize(documents);
}

/// Two copies: the scores themselves.
void scoreRepeated(const SyntheticDocument& d, Visibility mask, ViewF map, RepeatScores& s, std::size_t at)
{
    const int n = static_cast<int>(d.ids.size());
    const bool causal = !mask.looksAhead();
    const MapReading raw{mask, {}}, content{mask, d.references()};
    const TargetList previous = offsetTargets(n, -1, 1), duplicate = duplicateTargets(d.ids, d.begin, mask);
    const TargetList eligible = offsetTargets(n, -1, d.begin + kLeastVisible - 1);
    s.previous[at] = targetMass(map, previous, raw).mass;
    s.previousUniform[at] = targetMass(map, previous, raw).uniform;
    const TargetMass p = targetMass(map, eligible, content);
    s.previousContent[at] = p.mass;
    s.previousUniformContent[at] = p.uniform;
    s.previousGate[at] = p.gate;
    s.previousRows[at] = rowValues(map, eligible);
    if (!causal) {
        const TargetMass next = targetMass(map, offsetTargets(n, 1, d.begin), content);
        s.next[at] = next.mass;
        s.nextUniform[at] = next.uniform;
    }
    const TargetMass dup = targetMass(map, duplicate, raw), dupContent = targetMass(map, duplicate, content);
    s.duplicate[at] = dup.mass;
    s.duplicateUniform[at] = dup.uniform;
    s.duplicateContent[at] = dupContent.mass;
    s.gate[at] = dupContent.gate;
    s.duplicateRows[at] = rowValues(map, duplicate);
    if (!causal) return;
    s.duplicateShift[at] = shifted(map, mask, duplicate, d.begin, d.period);
    const TargetList induction = inductionTargets(d.ids, d.begin), pointer = pointerTargets(d.ids, d.begin);
    const TargetMass ind = targetMass(map, induction, raw), point = targetMass(map, pointer, raw);
    s.induction[at] = ind.mass;
    s.inductionUniform[at] = ind.uniform;
    s.inductionContent[at] = targetMass(map, induction, content).mass;
    s.inductionShift[at] = shifted(map, mask, induction, d.begin, d.period);
    s.inductionRows[at] = rowValues(map, induction);
    s.pointer[at] = point.mass;
    s.pointerUniform[at] = point.uniform;
}

Status measureTwoCopies(const Pass& pass, const RepeatOptions& options, const std::vector<int>& sample)
{
    RepeatMeasures& m = pass.m;
    ForwardOptions forward = attentionOnly();
    return pass.each(m.documents, pass.model, forward, [&](std::size_t s, const Run& run) -> Status {
        const SyntheticDocument& d = m.documents[s];
        if (Status status =
                pass.maps(run, MapKind::Weights,
                          [&](std::size_t h, const MatrixF& map) { scoreRepeated(d, pass.maskOf(h), map.view(), m.scores[h], s); });
            !status)
            return status;
        if (options.curves && !pass.ahead)
            if (Status status = pass.maps(run, MapKind::Scores,
                                          [&](std::size_t h, const MatrixF& map) {
                                              m.scores[h].lagScores[s] = lagCurve(map.view(), d.begin, d.period);
                                          });
                !status)
                return status;
        if (sample.empty() || s >= static_cast<std::size_t>(kCopyingDocuments)) return {};
        std::vector<int> rows;
        for (int k = 0; k < std::min(kCopyingRows, d.period); ++k)
            rows.push_back(d.begin + d.period + k * d.period / std::min(kCopyingRows, d.period));
        const std::vector<int> seen(d.ids.begin() + d.begin, d.ids.begin() + d.begin + d.period);
        for (const bool all : {true, false}) {
            const auto shares = runtimeCopying(run, m.heads, rows, d.references(), all ? sample : seen);
            if (!shares) return shares.error();
            for (std::size_t h = 0; h < m.heads.size(); ++h) (all ? m.scores[h].copying : m.scores[h].copyingSeen)[s] = (*shares)[h];
        }
        return {};
    });
}

/// Nothing repeats: what heads give the same positions because of where they are.
Status measureControl(const Pass& pass, const RepeatOptions& options)
{
    RepeatMeasures& m = pass.m;
    std::vector<SyntheticDocument> control;
    for (std::size_t s = 0; s < m.documents.size(); ++s)
        control.push_back(unrepeatedTokens(m.vocabulary, m.copy, options.seed, static_cast<int>(s)));
    return pass.each(control, pass.model, attentionOnly(), [&](std::size_t s, const Run& run) -> Status {
        const SyntheticDocument& d = m.documents[s];
        const TargetList duplicate = duplicateTargets(d.ids, d.begin, pass.maskOf(0)), induction = inductionTargets(d.ids, d.begin);
        if (Status status = pass.maps(run, MapKind::Weights,
                                      [&](std::size_t h, const MatrixF& map) {
                                          const MapReading raw{pass.maskOf(h), {}};
                                          m.scores[h].duplicateControl[s] = targetMass(map.view(), duplicate, raw).mass;
                                          if (!pass.ahead) m.scores[h].inductionControl[s] = targetMass(map.view(), induction, raw).mass;
                                      });
            !status)
            return status;
        if (!options.curves || pass.ahead) return {};
        return pass.maps(run, MapKind::Scores,
                         [&](std::size_t h, const MatrixF& map) { m.scores[h].lagControl[s] = lagCurve(map.view(), d.begin, d.period); });
    });
}

Status measureTwin(const Pass& pass, const std::shared_ptr<const Model>& twin)
{
    RepeatMeasures& m = pass.m;
    return pass.each(m.documents, twin, attentionOnly(), [&](std::size_t s, const Run& run) -> Status {
        const SyntheticDocument& d = m.documents[s];
        const TargetList duplicate = duplicateTargets(d.ids, d.begin, pass.maskOf(0)), induction = inductionTargets(d.ids, d.begin);
        return pass.maps(run, MapKind::Weights, [&](std::size_t h, const MatrixF& map) {
            const MapReading raw{pass.maskOf(h), {}};
            m.scores[h].duplicateTwin[s] = targetMass(map.view(), duplicate, raw).mass;
            if (!pass.ahead) m.scores[h].inductionTwin[s] = targetMass(map.view(), induction, raw).mass;
        });
    });
}

Status measureFourCopies(const Pass& pass, const RepeatOptions& options)
{
    RepeatMeasures& m = pass.m;
    std::vector<SyntheticDocument> four;
    for (std::size_t s = 0; s < std::min(m.documents.size(), static_cast<std::size_t>(options.copies)); ++s)
        four.push_back(repeatedTokens(m.vocabulary, m.copyOfFour, 4, options.seed, static_cast<int>(s)));
    return pass.each(four, pass.model, attentionOnly(), [&](std::size_t s, const Run& run) -> Status {
        const TargetList targets = inductionTargets(four[s].ids, four[s].begin);
        return pass.maps(run, MapKind::Weights, [&](std::size_t h, const MatrixF& map) {
            const TargetMass t = targetMass(map.view(), targets, {pass.maskOf(h), {}});
            m.scores[h].prefix[s] = t.mass;
            m.scores[h].prefixUniform[s] = t.uniform;
        });
    });
}

}  // namespace

Result<RepeatMeasures> measureRepeats(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Model>& twin,
                                      const RepeatOptions& options, const Progress& progress)
{
    RepeatMeasures m;
    const ModelConfig& config = model->config();
    const int context = syntheticContext(config);
    m.vocabulary = syntheticVocabulary(*model);
    m.copy = copyLength(m.vocabulary, context, 2);
    m.copyOfFour = copyLength(m.vocabulary, context, 4);
    if (m.copy < kLeastCopy) return Error::argument("n_ctx", std::to_string(m.copy), std::to_string(kLeastCopy));
    m.heads = allHeads(config);
    for (int s = 0; s < options.documents; ++s) m.documents.push_back(repeatedTokens(m.vocabulary, m.copy, 2, options.seed, s));
    m.scores.resize(m.heads.size());
    for (RepeatScores& s : m.scores) resize(s, m.documents.size());

    std::vector<int> sample;
    if (options.copying && model->canPredictNext()) {
        SeededRandom random(options.seed, 0x636f7079);
        sample = drawDistinct(m.vocabulary, kCopyingVocabulary, random);
        m.copyingVocabulary = static_cast<int>(sample.size());
    }
    const Pass pass{model, m, progress, config.looksAhead()};
    if (Status status = measureTwoCopies(pass, options, sample); !status) return status.error();
    if (Status status = measureControl(pass, options); !status) return status.error();
    if (twin)
        if (Status status = measureTwin(pass, twin); !status) return status.error();
    if (m.copyOfFour >= kLeastCopy && !config.looksAhead())
        if (Status status = measureFourCopies(pass, options); !status) return status.error();
    return m;
}

}  // namespace hs
