// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/labeller.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "engine/analysis/causal_check/icl_score.h"
#include "engine/analysis/labels/label_kinds.h"
#include "engine/analysis/labels/text_detector.h"
#include "engine/analysis/labels/work.h"
#include "engine/analysis/patterns/target_set.h"
#include "engine/analysis/synthetic/run_documents.h"
#include "engine/analysis/trust/decide.h"
#include "engine/analysis/twin.h"
#include "engine/base/version.h"

namespace hs {
namespace {

/// Labels that nobody will look at keep no examples: they would be most of a report.
constexpr double kExampleScore = 0.1;
/// Reports between stages are tested with fewer sign flips and ask for fewer documents; the last one does as the preset says.
constexpr double kPartialFlips = 5000, kPartialDocuments = 8;

bool wanted(const Detector& detector, const LabelOptions& options)
{
    return std::any_of(detector.entries().begin(), detector.entries().end(), [&](const AnalysisEntry& entry) {
        return std::any_of(entry.inputs.begin(), entry.inputs.end(), [&](AnalysisInput input) {
            return input == AnalysisInput::Text ? options.text : input == AnalysisInput::Synthetic ? options.synthetic : options.weights;
        });
    });
}

LabelNote notApplicable(const AnalysisEntry& entry, const Inapplicable& reason)
{
    LabelNote note{"not-applicable", entry.id, {reason.code}};
    note.facts.insert(note.facts.end(), reason.facts.begin(), reason.facts.end());
    return note;
}

/// Examples of all outputs point to documents numbered within their output: one numbering for the report.
void joinDocuments(std::vector<DetectorOutput>& outputs, std::size_t output, std::vector<ExampleDocument>& all)
{
    DetectorOutput& out = outputs[output];
    std::map<int, int> places;
    for (const ExampleDocument& document : out.documents) {
        const int place = static_cast<int>(all.size());
        places[document.document] = place;
        all.push_back(document);
        all.back().document = place;
    }
    for (HeadEvidence& e : out.evidence)
        for (std::vector<ExampleRow>* rows : {&e.best, &e.worst, &e.typical})
            for (ExampleRow& row : *rows)
                if (const auto found = places.find(row.document); found != places.end()) row.document = found->second;
}

void thinExamples(LabelReport& report)
{
    std::vector<bool> used(report.documents.size(), false);
    for (HeadReport& head : report.heads)
        for (HeadLabel& label : head.labels) {
            if (label.status == LabelStatus::None && label.score < kExampleScore) {
                label.best.clear();
                label.worst.clear();
                label.typical.clear();
            }
            for (const std::vector<ExampleRow>* rows : {&label.best, &label.worst, &label.typical})
                for (const ExampleRow& row : *rows)
                    if (static_cast<std::size_t>(row.document) < used.size()) used[static_cast<std::size_t>(row.document)] = true;
        }
    std::vector<int> place(used.size(), 0);
    std::vector<ExampleDocument> kept;
    for (std::size_t d = 0; d < used.size(); ++d) {
        if (!used[d]) continue;
        place[d] = static_cast<int>(kept.size());
        kept.push_back(std::move(report.documents[d]));
        kept.back().document = place[d];
    }
    report.documents = std::move(kept);
    for (HeadReport& head : report.heads)
        for (HeadLabel& label : head.labels)
            for (std::vector<ExampleRow>* rows : {&label.best, &label.worst, &label.typical})
                for (ExampleRow& row : *rows) row.document = place[static_cast<std::size_t>(row.document)];
}

/// Awarded attention labels, head by head, as requests of the causal check and of explained mass.
template <typename Use>
void forAwarded(LabelReport& report, const Use& use)
{
    for (HeadReport& head : report.heads)
        for (std::size_t k = 0; k < head.labels.size(); ++k)
            if (head.labels[k].status == LabelStatus::Awarded) use(head, k);
}

Status checkCauses(LabelReport& report, const LabelOptions& options, const DetectorInput& input, const Progress& progress)
{
    std::vector<CauseRequest> requests;
    std::vector<HeadLabel*> labels;
    forAwarded(report, [&](HeadReport& head, std::size_t k) {
        HeadLabel& label = head.labels[k];
        if (isAttribute(label.id.kind)) return;
        requests.push_back({head.head, label.id, label.variant, label.data, label.score});
        labels.push_back(&label);
    });
    if (requests.empty()) return {};
    auto outcomes = options.causes(input, requests, progress);
    if (!outcomes) return outcomes.error();
    for (std::size_t k = 0; k < labels.size() && k < outcomes->size(); ++k) {
        const CauseOutcome& outcome = (*outcomes)[k];
        labels[k]->cause = outcome.cause;
        labels[k]->causeEffect = outcome.effect;
        labels[k]->causeLow = outcome.low;
        labels[k]->causeHigh = outcome.high;
        labels[k]->causeMethod = outcome.method;
    }
    const auto checked = [](const CauseOutcome& o) { return o.documents > 0; };
    const auto left = std::count_if(outcomes->begin(), outcomes->end(), [](const CauseOutcome& o) { return o.left; });
    const auto done = std::count_if(outcomes->begin(), outcomes->end(), checked);
    int documents = 0;
    for (const CauseOutcome& o : *outcomes) documents = std::max(documents, o.documents);
    const double wanted = input.parameter("attention-knockout.documents");
    if (left > 0 || (done > 0 && documents < std::min<double>(wanted, input.corpus ? input.corpus->size() : wanted)))
        report.notes.push_back(
            {"checks-budget",
             "attention-knockout",
             {std::to_string(done), std::to_string(done + left), std::to_string(documents), std::to_string(static_cast<int>(wanted))}});
    return {};
}

/// Heads with a label that reads earlier context, the best first: what the in-context score is measured without.
std::vector<HeadId> recallingHeads(const LabelReport& report)
{
    std::vector<std::pair<double, HeadId>> found;
    for (const HeadReport& head : report.heads) {
        double best = -1;
        for (const HeadLabel& label : head.labels)
            if (label.status == LabelStatus::Awarded && labelKind(label.id.kind).recalls) best = std::max(best, label.score);
        if (best >= 0) found.emplace_back(best, head.head);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<HeadId> heads;
    for (const auto& [score, head] : found) heads.push_back(head);
    return heads;
}

Status addInContext(LabelReport& report, const LabelOptions& options, const DetectorInput& input, const Progress& progress)
{
    if (!options.text) return {};
    if (const auto reason = iclInapplicable(input)) {
        report.notes.push_back(notApplicable(iclEntry(), *reason));
        return {};
    }
    const auto found = scoreInContext(input, options.causes ? recallingHeads(report) : std::vector<HeadId>(), progress);
    if (!found) return found.error();
    report.model.insert(report.model.end(), found->model.begin(), found->model.end());
    report.notes.insert(report.notes.end(), found->notes.begin(), found->notes.end());
    for (const DetectorOutput::Score& score : found->scores)
        for (HeadReport& head : report.heads)
            if (head.head == score.head) head.scores.push_back(score.score);
    return {};
}

Status explain(LabelReport& report, const DetectorInput& input, const Progress& progress)
{
    std::vector<ExplainedRequest> requests;
    std::vector<std::pair<HeadReport*, std::vector<std::size_t>>> owners;
    for (HeadReport& head : report.heads) {
        ExplainedRequest request{head.head, {}};
        std::vector<std::size_t> labels;
        for (std::size_t k = 0; k < head.labels.size(); ++k) {
            if (head.labels[k].status != LabelStatus::Awarded || !hasTargetSet(head.labels[k].id)) continue;
            request.targets.push_back({head.labels[k].id, head.labels[k].variant});
            labels.push_back(k);
        }
        if (labels.empty()) continue;
        requests.push_back(std::move(request));
        owners.emplace_back(&head, std::move(labels));
    }
    auto mass = explainedMass(textPassInput(input), requests, explainedDocuments(*input.model, *input.corpus, *input.preset), progress);
    if (!mass) return mass.error();
    for (std::size_t r = 0; r < owners.size(); ++r) {
        HeadReport& head = *owners[r].first;
        head.explained = 0;
        for (std::size_t t = 0; t < owners[r].second.size(); ++t) {
            head.explainedBy[owners[r].second[t]] = (*mass)[r][t];
            head.explained += (*mass)[r][t];
        }
        head.unexplained = std::max(0.0, 1.0 - head.explained);
    }
    return {};
}

class Labelling {
public:
    Labelling(const LabelOptions& options, const Progress& progress, const LabelStage& onStage)
        : m_options(options), m_progress(progress), m_onStage(onStage)
    {
        const Model& model = *options.model;
        m_heads = allHeads(model.config());
        m_input.model = options.model;
        m_input.corpus = m_input.wholeCorpus = options.corpus;
        if (model.canRun()) m_input.twin = makeTwin(options.model, options.seed);
        m_input.preset = &options.preset;
        m_input.seed = options.seed;
        m_input.mass = options.mass;
        m_input.weighting = options.weighting;
        describe();
    }

    Result<std::shared_ptr<const LabelReport>> run()
    {
        if (const Status status = detect(); !status) return status.error();
        auto report = decide(false, m_base.provenance.documents);
        if (!report) return report.error();
        const bool reads = m_options.corpus && m_options.text && m_options.model->canRun();
        if (m_onStage && (m_options.causes || reads)) m_onStage(std::make_shared<const LabelReport>(*report));
        if (reads)
            if (const Status status = explain(*report, m_input, m_progress); !status) return status.error();
        if (m_options.causes)
            if (const Status status = checkCauses(*report, m_options, m_input, m_progress); !status) return status.error();
        if (const Status status = addInContext(*report, m_options, m_input, m_progress); !status) return status.error();
        report->complete = true;
        report->provenance.seconds = seconds();
        return std::make_shared<const LabelReport>(std::move(*report));
    }

private:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count(); }

    /// Where the report comes from, and how much of the text is read: fixed before the first document.
    void describe()
    {
        LabelProvenance& p = m_base.provenance;
        p.program = kVersion;
        p.modelName = m_options.model->identity().name;
        p.modelHash = m_options.modelHash;
        p.said = m_options.model->saidValues();
        p.seed = m_options.seed;
        p.preset = m_options.preset.id;
        p.parameters = m_options.preset.values();
        if (!m_options.corpus) return;
        const Model& model = *m_options.model;
        const int offered = m_options.corpus->size();
        const int used = m_options.everyDocument || !model.canRun() ? offered : textDocuments(model, *m_options.corpus, m_options.preset);
        if (used < offered) {
            m_input.corpus = m_options.corpus->thinned(used);
            if (m_options.text) m_base.notes.push_back({"documents-budget", "", {std::to_string(used), std::to_string(offered)}});
        }
        p.dataName = m_options.corpus->name();
        p.dataHash = m_options.corpus->hash();
        p.documents = used;
        p.documentsOffered = offered;
        p.tokens = static_cast<int>(m_input.corpus->tokens());
        p.length = m_input.corpus->longest();
        if (!m_options.synthetic || !model.canRun()) return;
        if (const MadeCounts made = madeCounts(model, m_options.preset); made.all() < made.wanted)
            m_base.notes.push_back({"made-budget", "", {std::to_string(made.all()), std::to_string(made.wanted)}});
    }

    Status detect()
    {
        bool publish = false;
        for (const Detector* detector : detectors()) {
            if (!wanted(*detector, m_options)) continue;
            if (!m_progress.checkpoint()) return Error::cancelled();
            if (const auto reason = detector->applicability(m_input)) {
                for (const AnalysisEntry& entry : detector->entries()) m_base.notes.push_back(notApplicable(entry, *reason));
                continue;
            }
            if (publish)
                if (const Status status = tell(m_base.provenance.documents); !status) return status.error();
            if (m_onStage) m_input.onStage = [this](DetectorOutput sofar, int documents) { return tellSoFar(std::move(sofar), documents); };
            auto output = detector->run(m_input, m_progress);
            if (!output) return output.error();
            m_outputs.push_back(std::move(*output));
            joinDocuments(m_outputs, m_outputs.size() - 1, m_documents);
            publish = !m_outputs.back().evidence.empty();
        }
        return {};
    }

    /// What the stages before found, while this one works.
    Status tell(int documents)
    {
        if (!m_onStage) return {};
        auto report = decide(true, documents);
        if (!report) return report.error();
        m_onStage(std::make_shared<const LabelReport>(std::move(*report)));
        return {};
    }

    /// The same with what a detector has so far.
    Status tellSoFar(DetectorOutput sofar, int documents)
    {
        const std::size_t known = m_documents.size();
        m_outputs.push_back(std::move(sofar));
        joinDocuments(m_outputs, m_outputs.size() - 1, m_documents);
        const Status status = tell(documents);
        m_outputs.pop_back();
        m_documents.resize(known);
        return status;
    }

    Result<LabelReport> decide(bool partial, int documents)
    {
        LabelReport report = m_base;
        report.provenance.documents = documents;
        LabelPreset preset = m_options.preset;
        if (partial) {
            (void)preset.set("trust.flips", std::min(kPartialFlips, preset.value("trust.flips")));
            (void)preset.set("trust.documents", std::min(kPartialDocuments, preset.value("trust.documents")));
        }
        auto decided = decideLabels(m_heads, m_outputs, preset, m_options.seed, report.provenance.tests, m_progress);
        if (!decided) return decided.error();
        report.heads = std::move(*decided);
        report.documents = m_documents;
        for (const DetectorOutput& output : m_outputs) {
            report.model.insert(report.model.end(), output.model.begin(), output.model.end());
            report.notes.insert(report.notes.end(), output.notes.begin(), output.notes.end());
        }
        thinExamples(report);
        report.provenance.seconds = seconds();
        return report;
    }

    const LabelOptions& m_options;
    const Progress& m_progress;
    const LabelStage& m_onStage;
    const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
    DetectorInput m_input;
    std::vector<HeadId> m_heads;
    LabelReport m_base;
    std::vector<DetectorOutput> m_outputs;
    std::vector<ExampleDocument> m_documents;
};

}  // namespace

Result<std::shared_ptr<const LabelReport>> labelModel(const LabelOptions& options, const Progress& progress, const LabelStage& onStage)
{
    const Model& model = *options.model;
    if (model.lacks(Part::AttentionWeights)) return Error::in(model.identity().path, ErrorCode::ModelPartial, "attention");
    return Labelling(options, progress, onStage).run();
}

}  // namespace hs
