// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cmath>
#include <limits>

#include "engine/analysis/importance/parts.h"
#include "engine/forward/backward/backward.h"

namespace hs {
namespace importance {

std::vector<HeadId> headsOf(const ModelConfig& config)
{
    std::vector<HeadId> heads;
    for (int l = 0; l < config.nLayers; ++l)
        for (int h = 0; h < config.heads(l); ++h) heads.push_back({l, h});
    return heads;
}

Result<std::shared_ptr<ImportanceTable>> emptyTable(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                                    const ImportanceOptions& options, const Progress& progress)
{
    auto table = std::make_shared<ImportanceTable>();
    table->kind = options.kind;
    table->normalise = options.normalise;
    const ModelConfig& config = model->config();
    for (int l = 0; l < config.nLayers; ++l) {
        // Original numbers stand with the weights; only pruned models have any, so others need not be read.
        std::shared_ptr<const LayerWeights> weights;
        if (model->headsRenamed()) {
            const auto read = model->layer(l, progress);
            if (!read) return read.error();
            weights = *read;
        }
        for (int h = 0; h < config.heads(l); ++h) {
            ImportanceEntry e;
            e.head = {l, h};
            e.originalHead =
                weights && static_cast<std::size_t>(h) < weights->headIds.size() ? weights->headIds[static_cast<std::size_t>(h)] : h;
            table->heads.push_back(e);
        }
    }
    table->data.modelName = model->identity().name;
    table->data.modelPath = model->identity().path;
    table->data.modelHash = options.modelHash;
    table->data.textName = text.name;
    table->data.textHash = text.hash;
    table->data.targetsName = text.targetsName;
    table->data.targetsHash = text.targetsHash;
    table->data.adapter = model->identity().adapter;
    table->data.paddingToken = config.paddingToken;
    table->data.prompts = static_cast<int>(text.prompts.size());
    for (const auto& prompt : text.prompts) table->data.tokens += prompt->size();
    table->data.seed = options.seed;
    return table;
}

void summarise(ImportanceTable& table, const std::vector<int>& document, const ImportanceOptions& options, bool intervals)
{
    const bool absolute = table.kind == ImportanceKind::Gate;
    std::vector<HeadId> heads;
    std::vector<double> values;
    bool anyInterval = false;
    for (std::size_t i = 0; i < table.heads.size(); ++i) {
        ImportanceEntry& e = table.heads[i];
        std::vector<double> known;
        std::vector<int> from;
        double signedSum = 0;
        for (std::size_t p = 0; p < table.perPrompt.size(); ++p) {
            const double x = table.perPrompt[p][i];
            if (std::isnan(x)) continue;
            known.push_back(absolute ? std::abs(x) : x);
            from.push_back(document.empty() ? static_cast<int>(p) : document[p]);
            signedSum += x;
        }
        e.known = !known.empty();
        e.value = e.signedValue = 0;
        e.interval.reset();
        if (e.known) {
            for (const double x : known) e.value += x / static_cast<double>(known.size());
            e.signedValue = signedSum / static_cast<double>(known.size());
            if (intervals) e.interval = bootstrapMean(known, from, options.resamples, options.seed);
        }
        anyInterval = anyInterval || e.interval;
        heads.push_back(e.head);
        values.push_back(e.value);
    }
    table.data.resamples = anyInterval ? options.resamples : 0;
    if (options.normalise == ImportanceNormalisation::None) return;
    const std::vector<double> raw = values;
    normaliseByLayer(values, heads);
    for (std::size_t i = 0; i < values.size(); ++i) {
        // The interval is scaled like the value; that the layer's norm varies too is left out, and the same for all its heads.
        const double factor = raw[i] != 0 ? values[i] / raw[i] : 0.0;
        table.heads[i].value = values[i];
        if (table.heads[i].interval)
            table.heads[i].interval = Interval{table.heads[i].interval->low * factor, table.heads[i].interval->high * factor};
    }
}

Result<ImportanceTablePtr> byGate(const std::shared_ptr<const Model>& model, const ImportanceText& text, const AblationValues& values,
                                  const ImportanceOptions& options, const Progress& progress, const ImportanceStage& onStage)
{
    auto made = emptyTable(model, text, options, progress);
    if (!made) return made.error();
    ImportanceTable& table = **made;
    for (std::size_t p = 0; p < text.prompts.size(); ++p) {
        progress.report(Stage::Gates, static_cast<std::int64_t>(p), static_cast<std::int64_t>(text.prompts.size()));
        if (!progress.checkpoint()) return Error::cancelled();
        const Prompt& prompt = *text.prompts[p];
        const int donor = values.donorFor(p, 0, prompt.ids());
        const Interventions cut =
            cutInterventions(options.cut, values, model->config(), prompt.size(), donor, hiddenPositions(model->config(), prompt.ids()));
        const auto gradients = gradientsOf(model, text.prompts[p], cut, Metric{}, {}, Progress(progress.token(), {}));
        if (!gradients) return gradients.error();
        std::vector<double>& row = table.perPrompt.emplace_back();
        for (const auto& layer : gradients->gates) row.insert(row.end(), layer.begin(), layer.end());
        if (!onStage || p + 1 == text.prompts.size()) continue;
        auto stage = std::make_shared<ImportanceTable>(table);
        summarise(*stage, text.document, options, false);
        onStage(std::move(stage));
    }
    // A head that is gone has no gate any more; what replaced it is not the head.
    for (const HeadCut& cut : options.cut)
        for (std::size_t i = 0; i < table.heads.size(); ++i)
            if (table.heads[i].head == cut.head && cut.position < 0)
                for (auto& row : table.perPrompt) row[i] = 0.0;
    summarise(table, text.document, options, true);
    table.complete = true;
    return ImportanceTablePtr(std::move(*made));
}

}  // namespace importance

Result<ImportanceTablePtr> measureImportance(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                             const ImportanceText& calibration, const ImportanceOptions& options, const Progress& progress,
                                             const ImportanceStage& onStage, std::shared_ptr<const AblationValues> values)
{
    const auto start = std::chrono::steady_clock::now();
    const auto finish = [&](Result<ImportanceTablePtr> made) -> Result<ImportanceTablePtr> {
        if (!made) return made;
        auto table = std::make_shared<ImportanceTable>(**made);
        table->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (onStage) onStage(table);
        return ImportanceTablePtr(std::move(table));
    };
    if (!needsText(options.kind)) return finish(importance::byWeights(model, options, progress));
    if (text.prompts.empty()) return Error::of(ErrorCode::TextEmpty);
    if (options.kind == ImportanceKind::Confidence) return finish(importance::byConfidence(model, text, options, progress));

    if (!values) {
        const ImportanceText& from = calibration.prompts.empty() ? text : calibration;
        AblationCollectOptions collect;
        collect.draws = options.draws;
        collect.seed = options.seed;
        collect.dataName = from.name;
        auto collected =
            collectAblationValues(model, from.prompts, ablationOf(options.kind).value_or(AblationKind::Zero), collect, progress);
        if (!collected) return collected.error();
        values = *collected;
    }
    if (options.kind == ImportanceKind::Gate) return finish(importance::byGate(model, text, *values, options, progress, onStage));
    return finish(importance::byAblation(model, text, *values, options, progress, onStage));
}

}  // namespace hs
