// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causes/attribution_patching.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "engine/analysis/trust/order.h"
#include "engine/forward/forward.h"
#include "engine/forward/scores.h"

namespace hs {
namespace {

/// a + share * (b - a).
std::shared_ptr<const MatrixF> between(const MatrixF& a, const MatrixF& b, double share)
{
    auto out = std::make_shared<MatrixF>(a);
    for (std::ptrdiff_t i = 0; i < a.rows() * a.cols(); ++i)
        out->data()[i] += static_cast<float>(share * (static_cast<double>(b.data()[i]) - static_cast<double>(a.data()[i])));
    return out;
}

Result<std::shared_ptr<const Run>> runWith(const Run& base, const Interventions& added, const Metric& metric, const Progress& progress)
{
    ForwardOptions options;
    options.interventions = base.interventions;
    options.interventions.insert(options.interventions.end(), added.begin(), added.end());
    options.padding = base.padding;
    options.stats = false;
    options.logits = metric.kind == MetricKind::Loss;
    return forward(base.model, base.prompt, options, progress);
}

/// First-order effects [L][heads][n] of one gradient: the site's heads (1 for sites of a layer) at each position.
using Effects = std::vector<std::vector<std::vector<double>>>;

class Estimate {
public:
    Estimate(const PatchPair& pair, const AttributionOptions& options, const Progress& progress)
        : m_pair(pair), m_options(options), m_progress(progress),
          m_base(options.patch.direction == PatchDirection::Denoise ? pair.corrupt : pair.clean),
          m_source(options.patch.direction == PatchDirection::Denoise ? pair.clean : pair.corrupt), m_config(m_base->model->config())
    {
        for (int l = 0; l < m_config.nLayers; ++l)
            m_effects.emplace_back(static_cast<std::size_t>(siteHeads(m_config, site(), l)),
                                   std::vector<double>(static_cast<std::size_t>(m_base->queries()), 0.0));
    }

    Status make()
    {
        const int steps = std::max(1, m_options.steps);
        for (int k = 0; k < steps; ++k) {
            std::shared_ptr<const Run> at = m_base;
            if (steps > 1) {
                auto point = between(m_base->layerRuns[0]->residPre, m_source->layerRuns[0]->residPre, (k + 0.5) / steps);
                const auto run = runWith(*m_base, {patchIn(Site::ResidPre, {0, -1}, std::move(point))}, m_pair.metric, m_progress);
                if (!run) return run.error();
                at = *run;
            }
            if (Status s = add(*at, 1.0 / steps); !s) return s;
        }
        return {};
    }

    const Effects& effects() const { return m_effects; }

private:
    Site site() const { return m_options.patch.site; }
    bool byMaps() const { return site() == Site::Pattern || (m_options.exactSoftmax && (site() == Site::Q || site() == Site::K)); }

    Status add(const Run& run, double weight)
    {
        GradientRequest request;
        request.gates = false;
        if (byMaps()) {
            for (int l = 0; l < m_config.nLayers; ++l)
                for (int h = 0; h < m_config.heads(l); ++h) request.panelHeads.push_back({l, h});
            request.onPanel = [&](const AttentionPanel& panel) { addPanel(panel, weight); };
        } else {
            request.sites = {site()};
        }
        const auto g = backward(run, m_pair.metric, request, m_progress);
        if (!g) return g.error();
        if (m_failed) return *m_failed;
        if (byMaps()) return {};
        for (int l = 0; l < m_config.nLayers; ++l) {
            const auto own = storedActivation(m_base, site(), l, -1), other = storedActivation(m_source, site(), l, -1);
            if (!own) return own.error();
            if (!other) return other.error();
            const MatrixF& slope = g->layers[static_cast<std::size_t>(l)].at(site());
            auto& layer = m_effects[static_cast<std::size_t>(l)];
            const std::ptrdiff_t width = slope.cols() / static_cast<std::ptrdiff_t>(layer.size());
            for (std::size_t h = 0; h < layer.size(); ++h)
                for (std::ptrdiff_t p = 0; p < slope.rows(); ++p)
                    for (std::ptrdiff_t c = static_cast<std::ptrdiff_t>(h) * width; c < static_cast<std::ptrdiff_t>(h + 1) * width; ++c)
                        layer[h][static_cast<std::size_t>(p)] +=
                            weight * static_cast<double>(slope(p, c))
                            * (static_cast<double>((**other)(p, c)) - static_cast<double>((**own)(p, c)));
        }
        return {};
    }

    /// Sum of g (A' - A) for rows of one head; runs on pool threads. Column j of a panel is key panel.k0 + j.
    void addPanel(const AttentionPanel& panel, double weight)
    {
        const int rows = static_cast<int>(panel.pattern.rows), keys = static_cast<int>(panel.pattern.cols);
        const bool kSide = site() == Site::K;
        const int slot = kSide ? m_config.kvHeadOf(panel.head.layer, panel.head.head) : panel.head.head;
        std::vector<double> change(static_cast<std::size_t>(m_base->queries()));
        if (site() == Site::Pattern) {
            const auto theirs = m_source->tile(panel.head, MapKind::Weights, panel.q0, rows, panel.k0, keys);
            const auto mine = m_base->tile(panel.head, MapKind::Weights, panel.q0, rows, panel.k0, keys);
            if (!theirs || !mine) return fail(theirs ? mine.error() : theirs.error());
            for (int i = 0; i < rows; ++i)
                for (int j = 0; j < keys; ++j)
                    change[static_cast<std::size_t>(panel.q0 + i)] +=
                        static_cast<double>(panel.dPattern(i, j))
                        * (static_cast<double>((*theirs)(i, j)) - static_cast<double>((*mine)(i, j)));
        } else {
            const auto scores = m_base->tile(panel.head, MapKind::Scores, panel.q0, rows, panel.k0, keys);
            if (!scores) return fail(scores.error());
            const LayerRun &own = layerOf(*m_base, panel.head), &other = layerOf(*m_source, panel.head);
            MatrixF now = MatrixF::uninitialised(rows, keys);
            headScores(m_config, panel.head, own.places, (kSide ? own : other).q, (kSide ? other : own).k, panel.q0, panel.k0, now.view());
            for (int i = 0; i < rows; ++i) exchangedRow(panel, *scores, now.row(i), i, change);
        }
        const std::lock_guard lock(m_mutex);
        auto& out = m_effects[static_cast<std::size_t>(panel.head.layer)][static_cast<std::size_t>(slot)];
        for (std::size_t p = 0; p < change.size(); ++p) out[p] += weight * change[p];
    }

    static const LayerRun& layerOf(const Run& run, HeadId head) { return *run.layerRuns[static_cast<std::size_t>(head.layer)]; }

    /// One row: with the other run's query, or with one key at a time. now: [keys] the row's scores with what was exchanged.
    void exchangedRow(const AttentionPanel& panel, const MatrixF& scores, const float* now, int i, std::vector<double>& change) const
    {
        const int keys = static_cast<int>(scores.cols()), query = panel.q0 + i;
        std::vector<double> a(static_cast<std::size_t>(keys));
        double top = -HUGE_VAL, sum = 0, before = 0;
        // The base's own row, in double from its scores; cells out of sight are NaN.
        for (int j = 0; j < keys; ++j)
            if (!std::isnan(scores(i, j))) top = std::max(top, static_cast<double>(scores(i, j)));
        for (int j = 0; j < keys; ++j) {
            a[static_cast<std::size_t>(j)] = std::isnan(scores(i, j)) ? 0.0 : std::exp(static_cast<double>(scores(i, j)) - top);
            sum += a[static_cast<std::size_t>(j)];
        }
        if (!(sum > 0)) return;
        for (int j = 0; j < keys; ++j) before += (a[static_cast<std::size_t>(j)] /= sum) * static_cast<double>(panel.dPattern(i, j));
        if (site() == Site::Q) {
            double most = -HUGE_VAL, total = 0, after = 0;
            for (int j = 0; j < keys; ++j)
                if (!std::isnan(scores(i, j))) most = std::max(most, static_cast<double>(now[j]));
            for (int j = 0; j < keys; ++j) {
                const double e = std::isnan(scores(i, j)) ? 0.0 : std::exp(static_cast<double>(now[j]) - most);
                total += e;
                after += e * static_cast<double>(panel.dPattern(i, j));
            }
            change[static_cast<std::size_t>(query)] += after / total - before;
            return;
        }
        for (int j = 0; j < keys; ++j) {
            if (std::isnan(scores(i, j))) continue;
            // Only key j changes: its weight is multiplied by e^(S' - S) and the row renormalised.
            const double share = a[static_cast<std::size_t>(j)], g = static_cast<double>(panel.dPattern(i, j));
            const double grown = share * std::exp(std::min(700.0, static_cast<double>(now[j]) - static_cast<double>(scores(i, j))));
            change[static_cast<std::size_t>(panel.k0 + j)] += (before - share * g + grown * g) / (1 - share + grown) - before;
        }
    }

    void fail(const Error& error)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_failed) m_failed = error;
    }

    const PatchPair& m_pair;
    const AttributionOptions& m_options;
    const Progress& m_progress;
    std::shared_ptr<const Run> m_base, m_source;
    const ModelConfig& m_config;
    Effects m_effects;
    std::mutex m_mutex;
    std::optional<Error> m_failed;
};

}  // namespace

Result<PatchMap> attributePatches(const PatchPair& pair, const AttributionOptions& options, const Progress& progress)
{
    if (Status s = checkPatch(pair, options.patch); !s) return s.error();
    if (options.steps < 1 || options.steps > 1000) return Error::argument("steps", std::to_string(options.steps), "1 .. 1000");
    Estimate estimate(pair, options, progress);
    if (Status s = estimate.make(); !s) return s.error();

    const ModelConfig& config = pair.clean->model->config();
    const Effects& effects = estimate.effects();
    const int n = pair.clean->queries();
    auto empty = emptyPatchMap(pair, options.patch, progress);
    if (!empty) return empty.error();
    PatchMap map = *std::move(empty);
    const bool byHead = options.patch.axes != PatchAxes::LayerPosition, byPosition = options.patch.axes != PatchAxes::LayerHead;
    const double base = options.patch.direction == PatchDirection::Denoise ? map.corrupt : map.clean;
    std::vector<int> positions = options.patch.positions;
    if (positions.empty())
        for (int p = 0; p < n; ++p) positions.push_back(p);
    for (int l = 0; l < config.nLayers; ++l) {
        const auto& layer = effects[static_cast<std::size_t>(l)];
        for (std::size_t h = 0; h < layer.size(); ++h)
            for (const int p : positions) {
                double& cell = map.at(l, byHead ? static_cast<int>(h) : 0, byPosition ? p : 0);
                if (std::isnan(cell)) {
                    cell = base;
                    ++map.done;
                }
                cell += layer[h][static_cast<std::size_t>(p)];
            }
    }
    map.total = map.done;
    return map;
}

Result<double> integratedPatch(const PatchPair& pair, const PatchOptions& options, int layer, int head, const std::vector<int>& positions,
                               int steps, const Progress& progress)
{
    if (Status s = checkPatch(pair, options); !s) return s.error();
    if (options.site == Site::Pattern) return Error::argument("site", siteName(options.site));
    if (steps < 1 || steps > 1000) return Error::argument("steps", std::to_string(steps), "1 .. 1000");
    const bool denoise = options.direction == PatchDirection::Denoise;
    const std::shared_ptr<const Run>&base = denoise ? pair.corrupt : pair.clean, &source = denoise ? pair.clean : pair.corrupt;
    const auto own = storedActivation(base, options.site, layer, head), other = storedActivation(source, options.site, layer, head);
    if (!own) return own.error();
    if (!other) return other.error();
    const int heads = siteHeads(base->model->config(), options.site, layer);
    if (head < -1 || head >= heads) return Error::of(ErrorCode::HeadOutOfRange, headName({layer, head}));
    const std::ptrdiff_t width = (*own)->cols() / heads, first = head < 0 ? 0 : head * width,
                         end = head < 0 ? (*own)->cols() : first + width;
    std::vector<int> rows = positions;
    if (rows.empty())
        for (int p = 0; p < base->queries(); ++p) rows.push_back(p);
    double sum = 0;
    for (int k = 0; k < steps; ++k) {
        auto point = between(**own, **other, (k + 0.5) / steps);
        const auto run = runWith(*base, {patchIn(options.site, {layer, head}, std::move(point), positions)}, pair.metric, progress);
        if (!run) return run.error();
        GradientRequest request;
        request.gates = false;
        request.sites = {options.site};
        request.firstLayer = layer;
        const auto g = backward(**run, pair.metric, request, progress);
        if (!g) return g.error();
        const MatrixF& slope = g->layers[static_cast<std::size_t>(layer)].at(options.site);
        for (const int p : rows)
            for (std::ptrdiff_t c = first; c < end; ++c)
                sum +=
                    static_cast<double>(slope(p, c)) * (static_cast<double>((**other)(p, c)) - static_cast<double>((**own)(p, c))) / steps;
    }
    return sum;
}

AttributionCheck compareMaps(const PatchMap& estimate, const PatchMap& exact)
{
    AttributionCheck out;
    for (std::size_t i = 0; i < std::min(estimate.value.size(), exact.value.size()); ++i) {
        if (std::isnan(estimate.value[i]) || std::isnan(exact.value[i])) continue;
        ++out.cells;
        out.largestError = std::max(out.largestError, std::abs(estimate.value[i] - exact.value[i]));
    }
    out.spearman = spearman(estimate.value, exact.value);
    return out;
}

}  // namespace hs
