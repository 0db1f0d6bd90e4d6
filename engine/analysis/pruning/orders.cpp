// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/pruning/orders.h"

#include <algorithm>
#include <numeric>

#include "engine/analysis/importance/parts.h"
#include "engine/analysis/pruning/hard_concrete.h"
#include "engine/base/random.h"

namespace hs::pruning {
namespace {

HeadCuts cutsOf(const std::vector<HeadId>& heads)
{
    HeadCuts cuts;
    for (const HeadId head : heads) cuts.push_back({head, 0.0f, -1});
    return cuts;
}

/// Heads by value, ties by place: the same on every machine.
std::vector<HeadId> sorted(const std::vector<HeadId>& heads, const std::vector<double>& values, bool highestFirst)
{
    std::vector<std::size_t> order(heads.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return highestFirst ? values[a] > values[b] : values[a] < values[b]; });
    std::vector<HeadId> out;
    for (const std::size_t i : order) out.push_back(heads[i]);
    return out;
}

}  // namespace

Orders::Orders(std::shared_ptr<const Model> model, const ImportanceText& calibration, const PruningSpec& spec,
               std::shared_ptr<const AblationValues> values)
    : m_model(std::move(model)), m_calibration(calibration), m_spec(spec), m_values(std::move(values)),
      m_heads(importance::headsOf(m_model->config()))
{}

bool Orders::isFixed(OrderKind order) const
{
    if (order == OrderKind::Greedy) return false;
    // What weights say does not change when heads go.
    return (order != OrderKind::Score && order != OrderKind::Reverse) || !m_spec.recompute || !needsText(m_spec.score);
}

Result<ImportanceTablePtr> Orders::score(const Progress& progress)
{
    if (m_score) return m_score;
    ImportanceOptions options;
    options.kind = m_spec.score;
    options.seed = m_spec.seed;
    options.draws = m_spec.draws;
    options.resamples = m_spec.resamples;
    // A score by another ablation than the experiment's has replacements of its own.
    const auto own = ablationOf(m_spec.score);
    const bool shared = !own || *own == m_values->kind;
    auto table = measureImportance(m_model, m_calibration, m_calibration, options, progress, {}, shared ? m_values : nullptr);
    if (!table) return table;
    m_score = *table;
    m_scoreValues = m_score->values();
    return m_score;
}

Result<std::vector<double>> Orders::fixedScores(OrderKind order, const Progress& progress)
{
    if (order == OrderKind::Magnitude) {
        ImportanceOptions options;
        options.kind = ImportanceKind::WeightOut;
        const auto table = measureImportance(m_model, {}, {}, options, progress);
        if (!table) return table.error();
        return (*table)->values();
    }
    if (order == OrderKind::HardConcrete) {
        if (m_open.empty()) {
            HardConcreteOptions options;
            options.seed = m_spec.seed;
            // Gates slide between a head and nothing or its mean; resampled and uniform heads have no such slide, zero stands in.
            AblationValues zero;
            const bool mean = m_values->kind == AblationKind::Mean;
            options.ablation = mean ? AblationKind::Mean : AblationKind::Zero;
            const auto trained = trainHardConcrete(m_model, m_calibration, mean ? *m_values : zero, options, progress);
            if (!trained) return trained.error();
            m_open = (*trained)->open;
        }
        return m_open;
    }
    if (m_scoreValues.empty()) {
        const auto table = score(progress);
        if (!table) return table.error();
    }
    return m_scoreValues;
}

Result<std::vector<HeadId>> Orders::fixedOrder(OrderKind order, std::uint64_t seed, const Progress& progress)
{
    if (order == OrderKind::Random) {
        std::vector<HeadId> out = m_heads;
        SeededRandom(seed).shuffle(out);
        return out;
    }
    auto values = fixedScores(order, progress);
    if (!values) return values.error();
    if (order == OrderKind::LayerDrop) {
        std::vector<double> sums(static_cast<std::size_t>(m_model->config().nLayers), 0.0);
        for (std::size_t i = 0; i < m_heads.size(); ++i) sums[static_cast<std::size_t>(m_heads[i].layer)] += (*values)[i];
        std::vector<HeadId> inside = sorted(m_heads, *values, false);
        std::stable_sort(inside.begin(), inside.end(), [&](HeadId a, HeadId b) {
            const double x = sums[static_cast<std::size_t>(a.layer)], y = sums[static_cast<std::size_t>(b.layer)];
            return x != y ? x < y : a.layer < b.layer;
        });
        return inside;
    }
    return sorted(m_heads, *values, order == OrderKind::Reverse);
}

Status Orders::extend(OrderKind order, std::uint64_t seed, std::vector<HeadId>& cut, std::size_t count, const Progress& progress)
{
    if (cut.size() >= count) return {};
    if (isFixed(order)) {
        auto whole = fixedOrder(order, seed, progress);
        if (!whole) return whole.error();
        whole->resize(std::min(count, whole->size()));
        cut = std::move(*whole);
        return {};
    }
    std::vector<double> values;
    if (cut.empty() && order != OrderKind::Greedy) {
        auto first = fixedScores(order, progress);
        if (!first) return first.error();
        values = std::move(*first);
    } else {
        ImportanceOptions options;
        options.kind = order == OrderKind::Greedy ? exactKind(m_values->kind) : m_spec.score;
        options.seed = m_spec.seed;
        options.draws = m_spec.draws;
        options.resamples = 0;
        options.cut = cutsOf(cut);
        const auto own = ablationOf(options.kind);
        const bool shared = !own || *own == m_values->kind;
        const auto table = measureImportance(m_model, m_calibration, m_calibration, options, progress, {}, shared ? m_values : nullptr);
        if (!table) return table.error();
        values = (*table)->values();
    }
    std::vector<HeadId> left;
    std::vector<double> leftValues;
    for (std::size_t i = 0; i < m_heads.size(); ++i) {
        if (std::find(cut.begin(), cut.end(), m_heads[i]) != cut.end()) continue;
        left.push_back(m_heads[i]);
        leftValues.push_back(values[i]);
    }
    for (const HeadId head : sorted(left, leftValues, order == OrderKind::Reverse)) {
        if (cut.size() >= count) break;
        cut.push_back(head);
    }
    return {};
}

}  // namespace hs::pruning
