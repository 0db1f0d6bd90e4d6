// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/importance/sets.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/analysis/importance/parts.h"

namespace hs {
namespace {

HeadCuts cutsOf(const std::vector<HeadId>& heads)
{
    HeadCuts cuts;
    for (const HeadId head : heads) cuts.push_back({head, 0.0f, -1});
    return cuts;
}

double meanOf(const std::vector<double>& x)
{
    double sum = 0;
    for (const double v : x) sum += v;
    return sum / static_cast<double>(x.size());
}

std::vector<double> columnOf(const std::vector<std::vector<double>>& rows, std::size_t column)
{
    std::vector<double> out;
    for (const auto& row : rows) out.push_back(row[column]);
    return out;
}

}  // namespace

Result<std::vector<SetEffect>> ablateSets(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                          const std::vector<std::vector<HeadId>>& sets, const AblationValues& values,
                                          const ImportanceOptions& options, const Progress& progress)
{
    if (text.prompts.empty()) return Error::of(ErrorCode::TextEmpty);
    std::vector<HeadCuts> cuts;
    for (const std::vector<HeadId>& set : sets) cuts.push_back(cutsOf(set));
    const auto changes = importance::changesOf(model, text.prompts, cuts, options.cut, values, progress);
    if (!changes) return changes.error();
    std::vector<SetEffect> out;
    const double loss = meanOf(changes->loss);
    for (std::size_t s = 0; s < sets.size(); ++s) {
        const std::vector<double> each = columnOf(changes->change, s);
        out.push_back({sets[s], loss, meanOf(each), bootstrapMean(each, text.document, options.resamples, options.seed)});
    }
    return out;
}

Result<std::vector<PairEffect>> ablatePairs(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                            const std::vector<HeadId>& heads, const AblationValues& values,
                                            const ImportanceOptions& options, const Progress& progress)
{
    if (text.prompts.empty()) return Error::of(ErrorCode::TextEmpty);
    std::vector<HeadCuts> cuts;
    for (const HeadId head : heads) cuts.push_back(cutsOf({head}));
    for (std::size_t a = 0; a < heads.size(); ++a)
        for (std::size_t b = a + 1; b < heads.size(); ++b) cuts.push_back(cutsOf({heads[a], heads[b]}));
    const auto changes = importance::changesOf(model, text.prompts, cuts, options.cut, values, progress);
    if (!changes) return changes.error();
    std::vector<PairEffect> out;
    std::size_t column = heads.size();
    for (std::size_t a = 0; a < heads.size(); ++a)
        for (std::size_t b = a + 1; b < heads.size(); ++b, ++column) {
            PairEffect pair;
            pair.a = heads[a];
            pair.b = heads[b];
            std::vector<double> excess;
            for (const auto& row : changes->change) excess.push_back(row[column] - row[a] - row[b]);
            pair.alone[0] = meanOf(columnOf(changes->change, a));
            pair.alone[1] = meanOf(columnOf(changes->change, b));
            pair.together = meanOf(columnOf(changes->change, column));
            pair.excess = meanOf(excess);
            pair.interval = bootstrapMean(excess, text.document, options.resamples, options.seed);
            out.push_back(pair);
        }
    std::stable_sort(out.begin(), out.end(),
                     [](const PairEffect& x, const PairEffect& y) { return std::abs(x.excess) > std::abs(y.excess); });
    return out;
}

Result<std::shared_ptr<const PositionSweep>> ablatePositions(const std::shared_ptr<const Model>& model, const Prompt& prompt,
                                                             const std::vector<HeadId>& heads, const AblationValues& values,
                                                             const ImportanceOptions& options, const Progress& progress,
                                                             const PositionStage& onStage)
{
    auto sweep = std::make_shared<PositionSweep>();
    sweep->heads = heads;
    sweep->positions = prompt.size();
    sweep->change = MatrixF(static_cast<std::ptrdiff_t>(heads.size()), prompt.size());
    std::fill_n(sweep->change.data(), sweep->change.rows() * sweep->change.cols(), std::numeric_limits<float>::quiet_NaN());
    // Late layers first: row by row, so that a view fills while the rest computes.
    std::vector<std::size_t> order(heads.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return heads[a].layer > heads[b].layer; });
    const auto shared = std::make_shared<const Prompt>(prompt);
    for (std::size_t done = 0; done < order.size(); ++done) {
        progress.report(Stage::Ablation, static_cast<std::int64_t>(done), static_cast<std::int64_t>(order.size()));
        if (!progress.checkpoint()) return Error::cancelled();
        std::vector<HeadCuts> cuts;
        for (int p = 0; p < prompt.size(); ++p) cuts.push_back({{heads[order[done]], 0.0f, p}});
        const auto changes = importance::changesOf(model, {shared}, cuts, options.cut, values, Progress(progress.token(), {}));
        if (!changes) return changes.error();
        sweep->loss = changes->loss[0];
        float* row = sweep->change.row(static_cast<std::ptrdiff_t>(order[done]));
        for (std::size_t p = 0; p < cuts.size(); ++p) row[p] = static_cast<float>(changes->change[0][p]);
        if (onStage && done + 1 < order.size()) onStage(std::make_shared<const PositionSweep>(*sweep));
    }
    sweep->complete = true;
    if (onStage) onStage(std::make_shared<const PositionSweep>(*sweep));
    return std::shared_ptr<const PositionSweep>(std::move(sweep));
}

}  // namespace hs
