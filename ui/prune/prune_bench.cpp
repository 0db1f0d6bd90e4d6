// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_bench.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/state/project.h"

namespace hs::ui {

namespace {

std::vector<HeadId> sorted(std::vector<HeadId> heads)
{
    std::sort(heads.begin(), heads.end());
    return heads;
}

}  // namespace

PruneBench::PruneBench(Project* project, QObject* parent) : QObject(parent), m_project(project)
{
    connect(project, &Project::modelChanged, this, [this] {
        m_heads.clear();
        if (const auto& model = m_project->model())
            for (int l = 0; l < model->config().nLayers; ++l)
                for (int h = 0; h < model->config().heads(l); ++h) m_heads.push_back({l, h});
        m_cuts = m_project->offHeads();
        m_live.reset();
        m_other.reset();
        m_otherName.clear();
        forget();
        Q_EMIT cutsChanged();
        Q_EMIT liveChanged();
    });
    connect(project, &Project::interventionsChanged, this, [this] {
        const auto now = m_project->offHeads();
        if (now == m_cuts) return;
        m_cuts = now;
        Q_EMIT cutsChanged();
        Q_EMIT stepsChanged();
    });
}

void PruneBench::setSettings(const PruneSettings& settings)
{
    if (settings == m_settings) return;
    const bool same = settings.sameMeasure(m_settings);
    m_settings = settings;
    if (same) {
        // Other orders: what heads and sets do stays known.
        m_curve.reset();
        m_curveSets.clear();
        Q_EMIT settingsChanged();
        Q_EMIT curveChanged();
        Q_EMIT stepsChanged();
        return;
    }
    forget();
    m_live.reset();
    Q_EMIT settingsChanged();
    Q_EMIT liveChanged();
}

void PruneBench::forget()
{
    m_alone.reset();
    m_next.reset();
    m_nextCuts.clear();
    m_sets.clear();
    m_curveSets.clear();
    m_curve.reset();
    m_scores.clear();
    m_pairs.clear();
    m_pairHeads = 0;
    Q_EMIT pairsChanged();
    Q_EMIT aloneChanged();
    Q_EMIT stepsChanged();
    Q_EMIT curveChanged();
    Q_EMIT scoresChanged();
}

std::vector<HeadId> PruneBench::cuts() const { return m_project->offHeads(); }
int PruneBench::headCount() const { return int(m_heads.size()); }

void PruneBench::setAlone(ImportanceTablePtr table)
{
    m_alone = std::move(table);
    if (m_alone) m_scores[m_alone->kind] = m_alone;
    Q_EMIT aloneChanged();
    Q_EMIT scoresChanged();
    if (cuts().empty()) Q_EMIT stepsChanged();  // with nothing cut it is also the list of next cuts
}

void PruneBench::setNext(std::vector<HeadId> cuts, ImportanceTablePtr table)
{
    m_nextCuts = sorted(std::move(cuts));
    m_next = std::move(table);
    Q_EMIT stepsChanged();
}

void PruneBench::addSets(const std::vector<SetEffect>& sets)
{
    for (const SetEffect& set : sets) m_sets[sorted(set.heads)] = set;
    if (!sets.empty()) Q_EMIT stepsChanged();
}

void PruneBench::setCurve(PruningCurvePtr curve)
{
    m_curve = std::move(curve);
    m_curveSets.clear();
    if (m_curve)
        for (const PruningSeries& series : m_curve->series) {
            if (series.order == OrderKind::Random) continue;
            for (std::size_t i = 1; i < series.points.size(); ++i) {
                const double base = series.points.front().loss;
                m_curveSets.try_emplace(sorted(series.cutAt(i)),
                                        SetEffect{series.cutAt(i), base, series.points[i].loss - base, std::nullopt});
            }
        }
    Q_EMIT curveChanged();
    Q_EMIT stepsChanged();
}

void PruneBench::setScore(const ImportanceTablePtr& table)
{
    if (table) m_scores[table->kind] = table;
    Q_EMIT scoresChanged();
}

void PruneBench::setOther(PruningCurvePtr curve, const QString& name)
{
    m_other = std::move(curve);
    m_otherName = m_other ? name : QString();
    Q_EMIT curveChanged();
    Q_EMIT stepsChanged();
}

void PruneBench::setPairs(std::vector<PairEffect> pairs, int heads)
{
    m_pairs = std::move(pairs);
    m_pairHeads = heads;
    Q_EMIT pairsChanged();
}

void PruneBench::setLive(const LiveSwitchResult& result)
{
    m_live = result;
    Q_EMIT liveChanged();
}

void PruneBench::forgetLive()
{
    if (!m_live) return;
    m_live.reset();
    Q_EMIT liveChanged();
}

std::optional<SetEffect> PruneBench::effect(const std::vector<HeadId>& heads) const
{
    const auto key = sorted(heads);
    for (const auto* from : {&m_sets, &m_curveSets})
        if (const auto it = from->find(key); it != from->end()) return it->second;
    return std::nullopt;
}

std::vector<CutRow> PruneBench::rows() const
{
    std::vector<CutRow> out;
    std::vector<HeadId> prefix;
    std::optional<double> before = 0.0;
    for (const HeadId head : cuts()) {
        prefix.push_back(head);
        CutRow row;
        row.head = head;
        if (const auto e = effect(prefix)) {
            row.total = e->change;
            row.totalInterval = e->interval;
            if (before) row.step = e->change - *before;
        }
        before = row.total;
        out.push_back(row);
    }
    return out;
}

std::vector<std::vector<HeadId>> PruneBench::missingSets() const
{
    std::vector<std::vector<HeadId>> out;
    std::vector<HeadId> prefix;
    for (const HeadId head : cuts()) {
        prefix.push_back(head);
        if (!m_sets.contains(sorted(prefix))) out.push_back(prefix);  // the curve's points have no interval for the change
    }
    return out;
}

std::optional<NextCut> PruneBench::nextBest() const
{
    const auto now = sorted(cuts());
    const ImportanceTablePtr& table = now.empty() ? m_alone : m_next;
    if (!table || !table->complete || (!now.empty() && m_nextCuts != now)) return std::nullopt;
    std::optional<NextCut> best;
    for (const ImportanceEntry& e : table->heads) {
        if (!e.known || std::binary_search(now.begin(), now.end(), e.head)) continue;
        if (!best || e.value < best->change) best = NextCut{e.head, e.value};
    }
    return best;
}

std::optional<double> PruneBench::textLoss() const
{
    if (m_curve && std::isfinite(m_curve->baseLoss())) return m_curve->baseLoss();
    for (const auto& [heads, effect] : m_sets)
        if (effect.loss > 0) return effect.loss;
    return std::nullopt;
}

std::optional<double> PruneBench::textChange() const
{
    const auto now = cuts();
    if (now.empty()) return 0.0;
    const auto e = effect(now);
    return e ? std::optional<double>(e->change) : std::nullopt;
}

double PruneBench::promptChange() const
{
    if (!m_live || !m_live->run || !m_live->base) return std::numeric_limits<double>::quiet_NaN();
    return m_live->run->loss - m_live->base->loss;
}

int PruneBench::pointAt(const PruningCurve& curve, const PruningSeries& series, int headsOff)
{
    for (std::size_t i = 0; i < series.points.size(); ++i)
        if (curve.heads - series.points[i].headsLeft == headsOff) return int(i);
    return -1;
}

const PruningSeries* PruneBench::greedy() const { return m_curve ? m_curve->find(OrderKind::Greedy) : nullptr; }
const PruningSeries* PruneBench::byEffect() const { return m_curve ? m_curve->find(OrderKind::Score) : nullptr; }

const PruningSeries* PruneBench::leadingOf(const PruningCurvePtr& curve)
{
    if (!curve) return nullptr;
    for (const OrderKind order : {OrderKind::Greedy, OrderKind::Score})
        if (const PruningSeries* found = curve->find(order)) return found;
    for (const PruningSeries& s : curve->series)
        if (s.order != OrderKind::Random) return &s;
    return nullptr;
}

}  // namespace hs::ui
