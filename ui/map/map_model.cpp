// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_model.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "engine/forward/run.h"
#include "ui/map/map_model_state.h"

namespace hs::ui {

namespace {

constexpr int kTileSide = 512;
constexpr std::size_t kBudget = std::size_t{128} << 20;  // holds every tile of one 4096 x 4096 map with its pyramid
constexpr int kInFlight = 4;                             // few, so that a pan leaves little stale work behind
constexpr int kSurveySignalMs = 100;
constexpr int kSurveyDelayMs = 120;  // flicking through heads starts no surveys

}  // namespace

MapModel::MapModel(EngineBridge* bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_tiles(bridge, tr("Attention map")), m_overviews(bridge, tr("Map overviews")),
      m_impl(std::make_shared<Impl>())
{
    static std::atomic<int> serial{0};
    m_impl->key = QStringLiteral("map%1.").arg(++serial);
    m_impl->keep.setSingleShot(true);
    m_impl->keep.setInterval(kKeepMs);
    m_impl->surveyDelay.setSingleShot(true);
    m_impl->surveyDelay.setInterval(kSurveyDelayMs);
    connect(&m_impl->keep, &QTimer::timeout, this, [this] {
        m_impl->previous.reset();
        m_impl->previousOverview = {};
        Q_EMIT changed();
    });
    connect(&m_impl->surveyDelay, &QTimer::timeout, this, [this] {
        m_impl->surveyAllowed = true;
        pump();
    });
    if (!m_bridge) return;
    connect(m_bridge, &QObject::destroyed, this, [this] { m_bridge = nullptr; });
    m_tiles.onAnswer([this](JobId job, const TileResult& result) { takeTile(job, result); });
    m_overviews.onAnswer([this](JobId job, const OverviewResult& result) { takeOverview(job, result); });
    m_tiles.onEnd([this](const JobEnded& ended) { takeEnd(ended); });
    m_overviews.onEnd([this](const JobEnded& ended) { takeEnd(ended); });
}

MapModel::~MapModel() { cancelPending(); }

void MapModel::cancelPending()
{
    for (const auto& [job, what] : m_impl->pending)
        if (m_bridge) m_bridge->cancel(job);
    m_impl->pending.clear();
}

void MapModel::setSource(std::shared_ptr<const AttentionSource> source)
{
    if (source == m_source) return;
    const bool unchanged = sameCells(source.get(), m_source.get(), m_head.layer) && !m_impl->failed;
    m_source = std::move(source);
    if (unchanged) {  // requests under way are still right: same cells
        Q_EMIT changed();
        pump();
        return;
    }
    MapGeometry geometry = m_source ? MapGeometry::of(*m_source, m_head.layer, m_look.grain) : MapGeometry{};
    const bool same = geometry.sameShape(m_impl->geometry);
    m_impl->geometry = std::move(geometry);
    m_rowLabels = m_impl->geometry.rows;
    m_columnLabels = m_impl->geometry.columns;
    restart(same);
    if (!same) Q_EMIT reset();
    Q_EMIT changed();
    pump();
}

void MapModel::setHead(HeadId head)
{
    if (head == m_head) return;
    m_head = head;
    if (m_source && m_impl->geometry.mask != m_source->visibility(head.layer)) rebuildGeometry();
    restart(true);
    Q_EMIT changed();
    pump();
}

void MapModel::setLook(const MapLook& look)
{
    const MapLook before = std::exchange(m_look, look);
    if (before.grain != look.grain && m_source) {
        rebuildGeometry();
        restart(false);
        Q_EMIT reset();
    } else if (before.kind != look.kind || before.hideSink != look.hideSink) {
        restart(false);
    } else if (before == look) {
        return;
    }
    Q_EMIT changed();
    pump();
}

void MapModel::rebuildGeometry()
{
    m_impl->geometry = MapGeometry::of(*m_source, m_head.layer, m_look.grain);
    m_rowLabels = m_impl->geometry.rows;
    m_columnLabels = m_impl->geometry.columns;
}

void MapModel::restart(bool sameGeometry)
{
    Impl& d = *m_impl;
    cancelPending();
    ++d.generation;
    d.failed = false;
    if (sameGeometry && d.store && (d.store->whole() || d.engineOverview.cells || d.store->surveyed() > 0)) {
        d.previous = std::move(d.store);
        d.previousOverview = d.engineOverview;
    } else if (!sameGeometry) {
        d.previous.reset();
        d.previousOverview = {};
    }
    if (d.previous && !available()) d.previous.reset();
    if (d.previous) d.keep.start();
    else d.keep.stop();
    d.store.reset();
    d.engineOverview = {};
    d.overviewLargest = d.overviewLeast = kNan;
    d.rest.clear();
    d.row = d.column = {};
    if (!sameGeometry) {
        d.wantedRow = d.wantedColumn = -1;
        d.visible = {};
    }
    d.surveyAllowed = false;
    if (m_source && rows() > 0 && columns() > 0) {
        d.store = std::make_unique<MapStore>(rows(), columns(), mask(), d.whole() ? std::max(rows(), columns()) : kTileSide, kBudget);
        d.surveyDelay.start();
    }
}

// ---- requests -------------------------------------------------------------------------------------------------------

void MapModel::request(const QRect& visible, double pixelsPerCell)
{
    m_impl->visible = visible.intersected(QRect(0, 0, columns(), rows()));
    m_impl->pixels = pixelsPerCell;
    pump();
}

void MapModel::requestProfiles(int row, int column)
{
    m_impl->wantedRow = row >= 0 && row < rows() ? row : -1;
    m_impl->wantedColumn = column >= 0 && column < columns() ? column : -1;
    pump();
}

void MapModel::submitTile(int kind, int a, int b)
{
    using enum Impl::Kind;
    Impl& d = *m_impl;
    const auto what = static_cast<Impl::Kind>(kind);
    TileJob job;
    job.source = m_source;
    job.head = m_head;
    job.kind = what == FirstKey ? MapKind::Weights : m_look.kind;
    job.tag = d.generation;
    QRect cells(0, 0, columns(), rows());
    QString key = d.key;
    if (what == RowStrip) {
        cells = QRect(0, a, columns(), 1);
        key += QStringLiteral("row");
    } else if (what == ColumnStrip) {
        cells = QRect(a, 0, 1, rows());
        key += QStringLiteral("column");
    } else if (what == FirstKey) {
        key += QStringLiteral("first");
    } else {
        cells = d.store->tileRect(a, b);
        key += QStringLiteral("%1.%2").arg(a).arg(b);
    }
    const QRect tokens = d.geometry.tokensOf(cells);
    job.q0 = tokens.top();
    job.nq = tokens.height();
    job.k0 = tokens.left();
    job.nk = what == FirstKey ? 1 : tokens.width();
    const JobId id = m_tiles.start(std::move(job), key);
    d.pending[id] = {what, a, b};
}

void MapModel::pump()
{
    using enum Impl::Kind;
    Impl& d = *m_impl;
    if (!m_bridge || !d.store || d.failed || !available()) return;
    if (m_look.hideSink && d.rest.empty()) {  // every other cell needs it
        if (!d.has(FirstKey)) submitTile(FirstKey, 0, 0);
        return;
    }
    if (d.whole()) {
        if (!d.store->has(0, 0) && !d.hasTile(0, 0)) submitTile(Tile, 0, 0);
        return;
    }
    const bool plain = m_look.grain == Grain::Tokens && !m_look.hideSink;
    if (plain && !d.engineOverview.cells && !d.has(Overview)) {
        OverviewJob job;
        job.source = m_source;
        job.heads = {m_head};
        job.kind = m_look.kind;
        job.maxSide = kOverviewSide;
        job.tag = d.generation;
        d.pending[m_overviews.start(std::move(job), d.key + QStringLiteral("overview"))] = {Overview, 0, 0};
    }
    if (d.wantedRow >= 0 && d.row.index != d.wantedRow && !d.has(RowStrip, d.wantedRow)) submitTile(RowStrip, d.wantedRow, 0);
    if (d.wantedColumn >= 0 && d.column.index != d.wantedColumn && !d.has(ColumnStrip, d.wantedColumn))
        submitTile(ColumnStrip, d.wantedColumn, 0);

    // Visible tiles, unless one pixel of the overview is at most one pixel of the screen; nearest to the middle first.
    const int overviewFactor = (std::max(rows(), columns()) + kOverviewSide - 1) / kOverviewSide;
    std::vector<std::pair<double, std::pair<int, int>>> need;
    if (!d.visible.isEmpty() && d.pixels * overviewFactor > 1.0001) {
        d.store->touch(d.visible);
        const int side = d.store->tileSide();
        for (int r = d.visible.top() / side; r <= d.visible.bottom() / side; ++r)
            for (int c = d.visible.left() / side; c <= d.visible.right() / side; ++c)
                if (!d.store->has(r, c) && !d.store->empty(r, c)) {
                    const QPointF away = QRectF(d.store->tileRect(r, c)).center() - QRectF(d.visible).center();
                    need.push_back({std::hypot(away.x(), away.y()), {r, c}});
                }
        std::sort(need.begin(), need.end());
    }
    for (auto it = d.pending.begin(); it != d.pending.end();) {  // tiles that left the view before they came
        const bool wanted = it->second.kind != Tile || std::any_of(need.begin(), need.end(), [&](const auto& n) {
                                return n.second == std::pair(it->second.a, it->second.b);
                            });
        if (!wanted) m_bridge->cancel(it->first);
        it = wanted ? std::next(it) : d.pending.erase(it);
    }
    for (const auto& [away, tile] : need) {
        if (d.count(Tile) >= kInFlight) break;
        if (!d.hasTile(tile.first, tile.second)) submitTile(Tile, tile.first, tile.second);
    }
    // The rest in the background, for range, histogram and row maxima; looks without an engine overview get theirs from it.
    if (!(d.surveyAllowed || !plain) || d.count(Tile) > 0 || d.count(SurveyTile) > 0 || d.store->complete()) return;
    for (int r = 0; r < d.store->tileRows(); ++r)
        for (int c = 0; c < d.store->tileColumns(); ++c)
            if (!d.store->seen(r, c) && !d.store->empty(r, c)) return submitTile(SurveyTile, r, c);
}

// ---- answers --------------------------------------------------------------------------------------------------------

void MapModel::takeTile(JobId job, const TileResult& result)
{
    using enum Impl::Kind;
    Impl& d = *m_impl;
    const auto it = d.pending.find(job);
    if (it == d.pending.end() || result.request.tag != d.generation || !result.cells || !d.store) return;
    const Impl::Pending what = it->second;
    d.pending.erase(it);
    if (what.kind == FirstKey) {
        d.rest.resize(static_cast<std::size_t>(result.cells->rows()));
        for (std::ptrdiff_t q = 0; q < result.cells->rows(); ++q)
            d.rest[static_cast<std::size_t>(q)] = 1.0 - static_cast<double>((*result.cells)(q, 0));
        return pump();
    }
    const QRect cells = what.kind == RowStrip      ? QRect(0, what.a, columns(), 1)
                        : what.kind == ColumnStrip ? QRect(what.a, 0, 1, rows())
                                                   : d.store->tileRect(what.a, what.b);
    std::shared_ptr<const MatrixF> ready = result.cells;
    if (m_look.hideSink || m_look.grain == Grain::Words || d.geometry.mask.window() > 0) {
        MatrixF own = *result.cells;
        if (m_look.hideSink) {
            std::vector<double> exact;
            const std::vector<double>* rest = &d.rest;
            if (result.request.k0 == 0 && result.request.nk == d.geometry.keys && m_look.kind == MapKind::Weights) {
                // With the whole row at hand the sum of the others is more exact than 1 - first, which cancels for strong sinks.
                exact = d.rest;
                for (std::ptrdiff_t r = 0; r < own.rows(); ++r) {
                    double sum = 0;
                    for (std::ptrdiff_t c = 1; c < own.cols(); ++c) sum += static_cast<double>(own(r, c));
                    exact[static_cast<std::size_t>(result.request.q0 + r)] = sum;
                }
                rest = &exact;
            }
            hideFirstKey(own, result.request.q0, result.request.k0, *rest, m_look.kind);
        }
        MatrixF shown = toGrain(own, cells, d.geometry, m_look.kind);
        hideUnseen(shown, cells, d.geometry);
        ready = std::make_shared<const MatrixF>(std::move(shown));
    }
    if (what.kind == RowStrip) {
        d.row = {what.a, std::vector<float>(ready->data(), ready->data() + ready->cols())};
    } else if (what.kind == ColumnStrip) {
        d.column = {what.a, std::vector<float>(ready->data(), ready->data() + ready->rows())};
    } else {
        d.store->insert(what.a, what.b, std::move(ready));
        d.previous.reset();
        d.previousOverview = {};
        d.keep.stop();
        // Survey tiles change counts, not the picture: a few signals a second are enough.
        if (what.kind == SurveyTile && d.engineOverview.cells && !d.store->complete() && d.lastSignal.isValid()
            && d.lastSignal.elapsed() < kSurveySignalMs)
            return pump();
        d.lastSignal.start();
    }
    Q_EMIT changed();
    pump();
}

void MapModel::takeOverview(JobId job, const OverviewResult& result)
{
    Impl& d = *m_impl;
    const auto it = d.pending.find(job);
    if (it == d.pending.end() || result.tag != d.generation || !result.map) return;
    d.pending.erase(it);
    const std::shared_ptr<const MapOverview> map = result.map;
    d.engineOverview = {std::shared_ptr<const MatrixF>(map, &map->maximum), 0, 0, map->factor};
    d.overviewLargest = map->largest;
    for (std::ptrdiff_t i = 0; i < map->mean.rows() * map->mean.cols(); ++i)
        if (const float v = map->mean.data()[i]; v == v && !(v >= d.overviewLeast)) d.overviewLeast = v;
    d.previous.reset();
    d.previousOverview = {};
    d.keep.stop();
    Q_EMIT changed();
    pump();
}

void MapModel::takeEnd(const JobEnded& ended)
{
    Impl& d = *m_impl;
    const auto it = d.pending.find(ended.job);
    if (it == d.pending.end()) return;
    d.pending.erase(it);
    if (ended.state == JobState::Failed && ended.error) {
        d.failed = true;  // asking again would fail again; a new source, head or look clears it
        Q_EMIT failed(*ended.error);
        return;
    }
    // Cancelled or made stale by someone else: what is still needed is asked for again, but not from inside this event.
    QTimer::singleShot(0, this, &MapModel::pump);
}

}  // namespace hs::ui
