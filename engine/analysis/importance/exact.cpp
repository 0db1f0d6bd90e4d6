// SPDX-License-Identifier: GPL-3.0-or-later
// Exact ablation of every head, by the batched sweep.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "engine/analysis/importance/parts.h"

namespace hs::importance {
namespace {

/// Bases of prompts kept at once; more prompts are taken in groups.
constexpr std::size_t kBaseBytes = std::size_t(384) << 20;
constexpr double kStageSeconds = 0.2;

}  // namespace

Result<SetChanges> changesOf(const std::shared_ptr<const Model>& model, const std::vector<std::shared_ptr<const Prompt>>& prompts,
                             const std::vector<HeadCuts>& sets, const HeadCuts& already, const AblationValues& values,
                             const Progress& progress, const SetDone& onDone, const std::function<void()>& onBatch)
{
    SetChanges out;
    out.loss.assign(prompts.size(), 0.0);
    out.change.assign(prompts.size(), std::vector<double>(sets.size(), 0.0));
    const int draws = values.kind == AblationKind::Resample ? std::max(1, values.draws) : 1;
    const std::int64_t total = static_cast<std::int64_t>(prompts.size()) * static_cast<std::int64_t>(sets.size()) * draws;
    std::int64_t before = 0;
    for (std::size_t at = 0; at < prompts.size();) {
        struct Place {
            std::size_t prompt, set;
        };
        std::vector<SweepLane> lanes;
        std::vector<Place> places;
        std::size_t bytes = 0;
        for (; at < prompts.size() && bytes < kBaseBytes; ++at) {
            progress.report(Stage::Ablation, before, total);
            if (!progress.checkpoint()) return Error::cancelled();
            std::shared_ptr<const SweepBase> base;
            for (int draw = 0; draw < draws; ++draw) {
                const int donor = values.donorFor(at, draw, prompts[at]->ids());
                // Draws differ in what replaces heads that are cut already; without such heads the base is one.
                if (!base || !already.empty()) {
                    auto made = sweepBase(model, *prompts[at], values, already, donor, {}, Progress(progress.token(), {}));
                    if (!made) return made.error();
                    base = *made;
                    bytes += base->bytes();
                    out.loss[at] += base->score.loss / (already.empty() ? 1 : draws);
                }
                for (std::size_t s = 0; s < sets.size(); ++s) {
                    lanes.push_back({base, sets[s], donor});
                    places.push_back({at, s});
                }
            }
        }
        std::vector<int> left(prompts.size() * sets.size(), draws);
        const Progress shifted(
            progress.token(),
            [&](const ProgressReport& r) {
                progress.report(Stage::Ablation, before + r.done, total);
                if (onBatch) onBatch();
            },
            [&] { progress.checkpoint(); });
        const auto scores = sweepLanes(lanes, values, {}, shifted, [&](std::size_t lane, const SweepScore& score) {
            const Place place = places[lane];
            out.change[place.prompt][place.set] += (score.loss - lanes[lane].base->score.loss) / draws;
            if (--left[place.prompt * sets.size() + place.set] == 0 && onDone)
                onDone(place.prompt, place.set, out.change[place.prompt][place.set]);
        });
        if (!scores) return scores.error();
        before += static_cast<std::int64_t>(lanes.size());
    }
    return out;
}

Result<ImportanceTablePtr> byAblation(const std::shared_ptr<const Model>& model, const ImportanceText& text, const AblationValues& values,
                                      const ImportanceOptions& options, const Progress& progress, const ImportanceStage& onStage)
{
    auto made = emptyTable(model, text, options, progress);
    if (!made) return made.error();
    ImportanceTable& table = **made;
    table.data.draws = values.kind == AblationKind::Resample ? values.draws : 0;
    table.data.calibration = values.dataName;
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    table.perPrompt.assign(text.prompts.size(), std::vector<double>(table.heads.size(), unknown));

    // Heads that are cut already stay as they are: their change is 0.
    std::vector<HeadCuts> sets;
    std::vector<std::size_t> column;
    for (std::size_t i = 0; i < table.heads.size(); ++i) {
        const HeadId head = table.heads[i].head;
        const bool gone =
            std::any_of(options.cut.begin(), options.cut.end(), [&](const HeadCut& c) { return c.head == head && c.position < 0; });
        if (gone) {
            for (auto& row : table.perPrompt) row[i] = 0.0;
            continue;
        }
        sets.push_back({{head, 0.0f, -1}});
        column.push_back(i);
    }
    auto last = std::chrono::steady_clock::now();
    bool news = false;
    const auto publish = [&] {
        const auto now = std::chrono::steady_clock::now();
        if (!onStage || !news || std::chrono::duration<double>(now - last).count() < kStageSeconds) return;
        last = now;
        news = false;
        auto stage = std::make_shared<ImportanceTable>(table);
        summarise(*stage, text.document, options, false);
        onStage(std::move(stage));
    };
    const auto changes = changesOf(
        model, text.prompts, sets, options.cut, values, progress,
        [&](std::size_t prompt, std::size_t set, double change) {
            table.perPrompt[prompt][column[set]] = change;
            news = true;
        },
        publish);
    if (!changes) return changes.error();
    for (const double loss : changes->loss) table.loss += loss / static_cast<double>(text.prompts.size());
    summarise(table, text.document, options, true);
    table.complete = true;
    return ImportanceTablePtr(std::move(*made));
}

}  // namespace hs::importance
