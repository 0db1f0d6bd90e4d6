// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cmath>

#include "engine/analysis/pruning/orders.h"

namespace hs {
namespace {

/// Bases of test prompts that stay between points; others are computed again when they are needed.
constexpr std::size_t kKeptBytes = std::size_t(512) << 20;

using Clock = std::chrono::steady_clock;

class Experiment {
public:
    Experiment(const std::shared_ptr<const Model>& model, const ImportanceText& calibration, const ImportanceText& test,
               std::shared_ptr<PruningCurve> curve, std::shared_ptr<const AblationValues> values, const Progress& progress,
               const PruningStage& onStage)
        : m_model(model), m_test(test), m_curve(std::move(curve)), m_values(std::move(values)), m_progress(progress), m_onStage(onStage),
          m_orders(model, calibration, m_curve->spec, m_values), m_bases(test.prompts.size()), m_start(Clock::now()),
          m_before(m_curve->seconds)
    {
        const PruningSpec& spec = m_curve->spec;
        const int heads = m_curve->heads,
                  step = spec.stepHeads > 0 ? spec.stepHeads : std::max(1, static_cast<int>(std::lround(spec.stepShare * heads)));
        for (int gone = 0; gone < heads - spec.keepAtLeast; gone += step) m_cutCounts.push_back(gone);
        m_cutCounts.push_back(std::max(0, heads - spec.keepAtLeast));
        if (!m_curve->scoreValues.empty()) m_orders.setScore(m_curve->scoreValues);
    }

    Status run()
    {
        plan();
        m_total = static_cast<std::int64_t>(m_curve->series.size() * m_cutCounts.size());
        for (PruningSeries& series : m_curve->series) {
            if (series.complete) continue;
            if (Status status = runSeries(series); !status) return status;
        }
        m_curve->complete = true;
        publish();
        return {};
    }

private:
    /// Series that the spec asks for, in its order; those of a state to resume stand there already.
    void plan()
    {
        for (const OrderKind order : m_curve->spec.orders) {
            const int count = order == OrderKind::Random ? m_curve->spec.randomSeeds : 1;
            for (int i = 0; i < count; ++i) {
                PruningSeries series;
                series.order = order;
                series.seed = order == OrderKind::Random ? m_curve->spec.seed + static_cast<std::uint64_t>(i) : 0;
                if (!m_curve->find(order, series.seed)) m_curve->series.push_back(series);
            }
        }
    }

    Status runSeries(PruningSeries& series)
    {
        report();
        if (!m_progress.checkpoint()) return Error::cancelled();
        const Progress quiet(m_progress.token(), {}, [this] { m_progress.checkpoint(); });
        if (m_orders.isFixed(series.order)) {
            const auto all = static_cast<std::size_t>(m_cutCounts.back());
            const bool knewScore = !m_curve->scoreValues.empty();
            if (Status status = m_orders.extend(series.order, series.seed, series.cut, all, quiet); !status) return status;
            if (!knewScore) takeScore(quiet);
            if (Status status = measure(series, series.points.size(), m_cutCounts.size(), quiet); !status) return status;
        } else {
            while (series.points.size() < m_cutCounts.size()) {
                report();
                if (!m_progress.checkpoint()) return Error::cancelled();
                const std::size_t point = series.points.size();
                if (Status status =
                        m_orders.extend(series.order, series.seed, series.cut, static_cast<std::size_t>(m_cutCounts[point]), quiet);
                    !status)
                    return status;
                if (m_curve->scoreValues.empty()) takeScore(quiet);
                if (Status status = measure(series, point, point + 1, quiet); !status) return status;
            }
        }
        series.complete = true;
        if (series.order == OrderKind::Random) spreadBand();
        publish();
        return {};
    }

    /// Keeps the scores once an order has asked for them; orders that need none do not make them measured.
    void takeScore(const Progress& quiet)
    {
        if (!m_orders.hasScore()) return;
        const auto table = m_orders.score(quiet);
        if (!table) return;
        m_curve->score = *table;
        m_curve->scoreValues = (*table)->values();
    }

    /// Points [from, to) of a series on all test prompts, published when all are there.
    Status measure(PruningSeries& series, std::size_t from, std::size_t to, const Progress& quiet)
    {
        if (from >= to) return {};
        const auto start = Clock::now();
        const std::size_t points = to - from, prompts = m_test.prompts.size();
        const int draws = m_values->kind == AblationKind::Resample ? std::max(1, m_values->draws) : 1;
        std::vector<PruningPoint> fresh(points);
        for (PruningPoint& p : fresh) p.losses.assign(prompts, 0.0f);
        SweepOptions options;
        options.kl = true;
        for (std::size_t prompt = 0; prompt < prompts;) {
            // As many prompts at once as make tall products; each with all points.
            std::vector<SweepLane> lanes;
            std::vector<std::pair<std::size_t, std::size_t>> places;  // prompt, point
            std::ptrdiff_t rows = 0;
            for (; prompt < prompts && rows < 4096; ++prompt) {
                if (!m_progress.checkpoint()) return Error::cancelled();
                const auto base = baseOf(prompt, options, quiet);
                if (!base) return base.error();
                for (std::size_t k = 0; k < points; ++k) {
                    HeadCuts cuts;
                    for (int i = 0; i < m_cutCounts[from + k]; ++i) cuts.push_back({series.cut[static_cast<std::size_t>(i)], 0.0f, -1});
                    const int tries = cuts.empty() ? 1 : draws;
                    for (int draw = 0; draw < tries; ++draw) {
                        lanes.push_back({*base, cuts, m_values->donorFor(prompt, draw, (*base)->ids)});
                        places.emplace_back(prompt, k);
                    }
                    rows += tries * static_cast<std::ptrdiff_t>((*base)->ids.size());
                }
            }
            const auto scores = sweepLanes(lanes, *m_values, options, quiet);
            if (!scores) return scores.error();
            for (std::size_t i = 0; i < lanes.size(); ++i) {
                const SweepScore& s = (*scores)[i];
                PruningPoint& p = fresh[places[i].second];
                const double weight = 1.0 / (lanes[i].cuts.empty() ? 1 : draws), share = weight / static_cast<double>(prompts);
                p.losses[places[i].first] += static_cast<float>(s.loss * weight);
                p.loss += s.loss * share;
                p.accuracy += s.accuracy * share;
                p.kl += s.kl * share;
            }
        }
        for (std::size_t k = 0; k < points; ++k) {
            PruningPoint& p = fresh[k];
            p.step = static_cast<int>(from + k);
            p.headsLeft = m_curve->heads - m_cutCounts[from + k];
            p.low = p.high = p.loss;
            p.seconds = std::chrono::duration<double>(Clock::now() - start).count() / static_cast<double>(points);
            const std::vector<double> losses(p.losses.begin(), p.losses.end());
            if (const auto band = bootstrapMean(losses, m_test.document, m_curve->spec.resamples, m_curve->spec.seed, 0.9)) {
                p.low = band->low;
                p.high = band->high;
            }
            series.points.push_back(std::move(p));
        }
        publish();
        return {};
    }

    Result<std::shared_ptr<const SweepBase>> baseOf(std::size_t prompt, const SweepOptions& options, const Progress& quiet)
    {
        if (m_bases[prompt]) return m_bases[prompt];
        auto base = sweepBase(m_model, *m_test.prompts[prompt], *m_values, {}, 0, options, quiet);
        if (base && m_keptBytes + (*base)->bytes() <= kKeptBytes) {
            m_keptBytes += (*base)->bytes();
            m_bases[prompt] = *base;
        }
        return base;
    }

    /// 5 and 95 % over the finished random orders, into each of them.
    void spreadBand()
    {
        const std::vector<PruningBand> bands = m_curve->randomBand();
        for (PruningSeries& s : m_curve->series) {
            if (s.order != OrderKind::Random || !s.complete) continue;
            for (PruningPoint& p : s.points)
                for (const PruningBand& band : bands)
                    if (band.headsLeft == p.headsLeft) {
                        p.low = band.low;
                        p.high = band.high;
                    }
        }
    }

    void report() const
    {
        std::int64_t done = 0;
        for (const PruningSeries& s : m_curve->series) done += static_cast<std::int64_t>(s.points.size());
        m_progress.report(Stage::Ablation, done, m_total);
    }

    void publish()
    {
        report();
        m_curve->seconds = m_before + std::chrono::duration<double>(Clock::now() - m_start).count();
        if (m_onStage) m_onStage(std::make_shared<const PruningCurve>(*m_curve));
    }

    const std::shared_ptr<const Model>& m_model;
    const ImportanceText& m_test;
    std::shared_ptr<PruningCurve> m_curve;
    std::shared_ptr<const AblationValues> m_values;
    const Progress& m_progress;
    const PruningStage& m_onStage;
    pruning::Orders m_orders;
    std::vector<int> m_cutCounts;  ///< heads cut at each point
    std::vector<std::shared_ptr<const SweepBase>> m_bases;
    std::size_t m_keptBytes = 0;
    std::int64_t m_total = 0;
    Clock::time_point m_start;
    double m_before = 0;
};

Status mayResume(const PruningCurve& state, const PruningCurve& wanted, std::size_t testPrompts)
{
    if (!(state.spec == wanted.spec)) return Error::argument("settings");
    if (state.data.modelHash != wanted.data.modelHash) return Error::argument("model");
    if (state.data.adapter != wanted.data.adapter) return Error::argument("model");
    if (state.data.textHash != wanted.data.textHash) return Error::argument("test text");
    if (state.data.targetsHash != wanted.data.targetsHash || state.calibrationTargetsHash != wanted.calibrationTargetsHash)
        return Error::argument("targets");
    if (state.data.paddingToken != wanted.data.paddingToken) return Error::argument("mask_padding");
    if (state.calibrationHash != wanted.calibrationHash) return Error::argument("calibration text");
    if (state.heads != wanted.heads || state.layers != wanted.layers)
        return Error::argument("heads", std::to_string(state.heads), std::to_string(wanted.heads));
    for (const PruningSeries& s : state.series)
        for (const PruningPoint& p : s.points)
            if (p.losses.size() != testPrompts)
                return Error::argument("prompts", std::to_string(p.losses.size()), std::to_string(testPrompts));
    return {};
}

}  // namespace

Result<PruningCurvePtr> runPruning(const std::shared_ptr<const Model>& model, const ImportanceText& calibration, const ImportanceText& test,
                                   const PruningSpec& spec, const std::string& modelHash, const PruningCurvePtr& resume,
                                   const Progress& progress, const PruningStage& onStage)
{
    if (calibration.prompts.empty()) return Error::of(ErrorCode::TextEmpty, "calibration");
    if (test.prompts.empty()) return Error::of(ErrorCode::TextEmpty, "test");
    auto curve = std::make_shared<PruningCurve>();
    curve->spec = spec;
    curve->layers = model->config().nLayers;
    for (int l = 0; l < curve->layers; ++l) curve->heads += model->config().heads(l);
    if (spec.keepAtLeast < 0 || spec.keepAtLeast > curve->heads)
        return Error::argument("keep", std::to_string(spec.keepAtLeast), "0 .. " + std::to_string(curve->heads));
    curve->data.modelName = model->identity().name;
    curve->data.modelPath = model->identity().path;
    curve->data.modelHash = modelHash;
    curve->data.textName = test.name;
    curve->data.textHash = test.hash;
    curve->data.targetsName = test.targetsName;
    curve->data.targetsHash = test.targetsHash;
    curve->data.adapter = model->identity().adapter;
    curve->data.paddingToken = model->config().paddingToken;
    curve->calibrationTargetsHash = calibration.targetsHash;
    curve->data.calibration = calibration.name;
    curve->calibrationHash = calibration.hash;
    curve->data.prompts = static_cast<int>(test.prompts.size());
    for (const auto& prompt : test.prompts) curve->data.tokens += prompt->size();
    curve->data.seed = spec.seed;
    curve->data.draws = spec.ablation == AblationKind::Resample ? spec.draws : 0;
    curve->data.resamples = spec.resamples;
    if (resume) {
        if (Status status = mayResume(*resume, *curve, test.prompts.size()); !status) return status.error();
        curve->series = resume->series;
        curve->score = resume->score;
        curve->scoreValues = resume->scoreValues;
        curve->seconds = resume->seconds;
    }
    AblationCollectOptions collect;
    collect.draws = spec.draws;
    collect.seed = spec.seed;
    collect.dataName = calibration.name;
    auto values = collectAblationValues(model, calibration.prompts, spec.ablation, collect, progress);
    if (!values) return values.error();
    Experiment experiment(model, calibration, test, curve, *values, progress, onStage);
    if (Status status = experiment.run(); !status) return status.error();
    return PruningCurvePtr(std::move(curve));
}

}  // namespace hs
