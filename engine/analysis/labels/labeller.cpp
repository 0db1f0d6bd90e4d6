// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/labeller.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "engine/analysis/labels/text_detector.h"
#include "engine/analysis/patterns/target_set.h"
#include "engine/analysis/trust/decide.h"
#include "engine/analysis/twin.h"
#include "engine/base/version.h"

namespace hs {
namespace {

/// Explained mass is a description, not a test: this many documents are enough for it.
constexpr int kExplainedDocuments = 64;
/// Labels that nobody will look at keep no examples: they would be most of a report.
constexpr double kExampleScore = 0.1;
/// Reports between stages are tested with fewer sign flips; the last one as the preset says.
constexpr double kPartialFlips = 5000;

bool wanted(const Detector& detector, const LabelOptions& options)
{
    return std::any_of(detector.entries().begin(), detector.entries().end(), [&](const AnalysisEntry& entry) {
        return std::any_of(entry.inputs.begin(), entry.inputs.end(), [&](AnalysisInput input) {
            return input == AnalysisInput::Text ? options.text : input == AnalysisInput::Synthetic ? options.synthetic : options.weights;
        });
    });
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
        requests.push_back({head.head, label.id, label.variant, label.data});
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
    auto mass = explainedMass(textPassInput(input), requests, kExplainedDocuments, progress);
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

}  // namespace

Result<std::shared_ptr<const LabelReport>> labelModel(const LabelOptions& options, const Progress& progress, const LabelStage& onStage)
{
    const auto begin = std::chrono::steady_clock::now();
    const Model& model = *options.model;
    if (model.lacks(Part::AttentionWeights)) return Error::in(model.identity().path, ErrorCode::ModelPartial, "attention");
    DetectorInput input;
    input.model = options.model;
    input.corpus = options.corpus;
    if (model.canRun()) input.twin = makeTwin(options.model, options.seed);
    input.preset = &options.preset;
    input.seed = options.seed;
    input.mass = options.mass;
    input.weighting = options.weighting;

    std::vector<HeadId> heads;
    for (int layer = 0; layer < model.config().nLayers; ++layer)
        for (int head = 0; head < model.config().heads(layer); ++head) heads.push_back({layer, head});

    LabelReport base;
    base.provenance.program = kVersion;
    base.provenance.modelName = model.identity().name;
    base.provenance.modelHash = options.modelHash;
    base.provenance.said = model.saidValues();
    if (options.corpus) {
        base.provenance.dataName = options.corpus->name();
        base.provenance.dataHash = options.corpus->hash();
        base.provenance.documents = options.corpus->size();
        base.provenance.tokens = static_cast<int>(options.corpus->tokens());
        base.provenance.length = options.corpus->longest();
    }
    base.provenance.seed = options.seed;
    base.provenance.preset = options.preset.id;
    base.provenance.parameters = options.preset.values();

    std::vector<DetectorOutput> outputs;
    std::vector<ExampleDocument> documents;
    const auto decide = [&](bool partial) -> Result<LabelReport> {
        LabelReport report = base;
        LabelPreset preset = options.preset;
        if (partial) (void)preset.set("trust.flips", std::min(kPartialFlips, preset.value("trust.flips")));
        auto decided = decideLabels(heads, outputs, preset, options.seed, report.provenance.tests, progress);
        if (!decided) return decided.error();
        report.heads = std::move(*decided);
        report.documents = documents;
        for (const DetectorOutput& output : outputs) {
            report.model.insert(report.model.end(), output.model.begin(), output.model.end());
            report.notes.insert(report.notes.end(), output.notes.begin(), output.notes.end());
        }
        thinExamples(report);
        report.provenance.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return report;
    };

    const std::vector<const Detector*>& all = detectors();
    bool publish = false;
    for (std::size_t k = 0; k < all.size(); ++k) {
        const Detector& detector = *all[k];
        if (!wanted(detector, options)) continue;
        if (!progress.checkpoint()) return Error::cancelled();
        if (const auto reason = detector.applicability(input)) {
            for (const AnalysisEntry& entry : detector.entries()) {
                LabelNote note{"not-applicable", entry.id, {reason->code}};
                note.facts.insert(note.facts.end(), reason->facts.begin(), reason->facts.end());
                base.notes.push_back(std::move(note));
            }
            continue;
        }
        if (publish && onStage) {  // what the stages before found, while this one works
            auto report = decide(true);
            if (!report) return report.error();
            onStage(std::make_shared<const LabelReport>(std::move(*report)));
            publish = false;
        }
        auto output = detector.run(input, progress);
        if (!output) return output.error();
        outputs.push_back(std::move(*output));
        joinDocuments(outputs, outputs.size() - 1, documents);
        publish = !outputs.back().evidence.empty();
    }
    auto report = decide(false);
    if (!report) return report.error();
    if (options.causes) {
        if (onStage) onStage(std::make_shared<const LabelReport>(*report));
        if (const Status status = checkCauses(*report, options, input, progress); !status) return status.error();
    }
    if (options.corpus && options.text && model.canRun())
        if (const Status status = explain(*report, input, progress); !status) return status.error();
    report->complete = true;
    report->provenance.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return std::make_shared<const LabelReport>(std::move(*report));
}

}  // namespace hs
