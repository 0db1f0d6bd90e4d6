// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_model.h"

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "engine/forward/run.h"
#include "ui/map/map_geometry.h"
#include "ui/map/map_store.h"

namespace hs::ui {

namespace {

constexpr int kWholeSide = 512, kTileSide = 512, kOverviewSide = 1024;
constexpr std::size_t kBudget = std::size_t{128} << 20;   // holds every tile of one 4096 x 4096 map with its pyramid
constexpr int kInFlight = 4;                              // few, so that a pan leaves little stale work behind
constexpr int kSurveySignalMs = 100;
constexpr int kSurveyDelayMs = 120;                       // flicking through heads starts no surveys
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

enum RequestKind { Tile, SurveyTile, FirstKey, RowStrip, ColumnStrip, Overview };

struct Strip { int index = -1; std::vector<float> values; };

}  // namespace

struct MapModel::Impl {
    struct Pending { RequestKind kind; int a = 0, b = 0; };

    MapGeometry geometry;
    std::unique_ptr<MapStore> store, previous;
    MapCells engineOverview, previousOverview;
    float overviewLargest = kNan, overviewLeast = kNan;
    std::vector<double> rest;          // per query: weight beyond the first key; empty: not here
    Strip row, column;
    int wantedRow = -1, wantedColumn = -1;
    QRect visible;
    double pixels = 1;
    std::map<JobId, Pending> pending;
    std::uint64_t generation = 1;
    QString key;
    QTimer keep, surveyDelay;
    QElapsedTimer lastSignal;
    bool surveyAllowed = false, failed = false;

    bool whole() const { return geometry.queries <= kWholeSide && geometry.keys <= kWholeSide; }
    bool has(RequestKind kind, int a = 0, int b = 0) const
    {
        return std::any_of(pending.begin(), pending.end(), [&](const auto& p) { return p.second.kind == kind && p.second.a == a && p.second.b == b; });
    }
    bool hasTile(int a, int b) const { return has(Tile, a, b) || has(SurveyTile, a, b); }
    int count(RequestKind kind) const
    {
        return static_cast<int>(std::count_if(pending.begin(), pending.end(), [&](const auto& p) { return p.second.kind == kind; }));
    }
};

MapModel::MapModel(EngineBridge* bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_tiles(bridge, tr("Attention map")), m_overviews(bridge, tr("Map overviews")), m_impl(std::make_shared<Impl>())
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
    if (unchanged) {   // requests under way are still right: same cells
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

int MapModel::rows() const { return static_cast<int>(m_rowLabels.size()); }
int MapModel::columns() const { return static_cast<int>(m_columnLabels.size()); }
Visibility MapModel::mask() const { return m_impl->geometry.cellMask(); }

int MapModel::rowOfToken(int token) const
{
    const auto& at = m_impl->geometry.rowOfQuery;
    return token >= 0 && token < static_cast<int>(at.size()) ? at[static_cast<std::size_t>(token)] : -1;
}

int MapModel::columnOfToken(int token) const
{
    const auto& at = m_impl->geometry.columnOfKey;
    return token >= 0 && token < static_cast<int>(at.size()) ? at[static_cast<std::size_t>(token)] : -1;
}

bool MapModel::available() const
{
    return m_source && m_head.layer >= 0 && m_head.layer < m_source->readyLayers() && m_head.head >= 0 &&
           m_head.head < m_source->heads(m_head.layer) && m_source->has(m_look.kind);
}

bool MapModel::current() const
{
    const Impl& d = *m_impl;
    return d.store && (d.store->surveyed() > 0 || d.engineOverview.cells);
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
    Impl& d = *m_impl;
    const auto what = static_cast<RequestKind>(kind);
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
    Impl& d = *m_impl;
    if (!m_bridge || !d.store || d.failed || !available()) return;
    if (m_look.hideSink && d.rest.empty()) {   // every other cell needs it
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
    if (d.wantedColumn >= 0 && d.column.index != d.wantedColumn && !d.has(ColumnStrip, d.wantedColumn)) submitTile(ColumnStrip, d.wantedColumn, 0);

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
    for (auto it = d.pending.begin(); it != d.pending.end();) {   // tiles that left the view before they came
        const bool wanted = it->second.kind != Tile || std::any_of(need.begin(), need.end(), [&](const auto& n) { return n.second == std::pair(it->second.a, it->second.b); });
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
    const QRect cells = what.kind == RowStrip ? QRect(0, what.a, columns(), 1) : what.kind == ColumnStrip ? QRect(what.a, 0, 1, rows()) : d.store->tileRect(what.a, what.b);
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
        if (what.kind == SurveyTile && d.engineOverview.cells && !d.store->complete() && d.lastSignal.isValid() && d.lastSignal.elapsed() < kSurveySignalMs) return pump();
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
        d.failed = true;   // asking again would fail again; a new source, head or look clears it
        Q_EMIT failed(*ended.error);
        return;
    }
    // Cancelled or made stale by someone else: what is still needed is asked for again, but not from inside this event.
    QTimer::singleShot(0, this, &MapModel::pump);
}

// ---- what is here ---------------------------------------------------------------------------------------------------

MapCells MapModel::cells(const QRect& visible, double pixelsPerCell) const
{
    const Impl& d = *m_impl;
    const bool old = !current() && d.previous;
    const MapStore* store = old ? d.previous.get() : d.store.get();
    if (!store) return {};
    if (const auto whole = store->whole()) return {whole, 0, 0, 1};
    if (d.whole()) return {};
    MapCells overview = old ? d.previousOverview : d.engineOverview;
    if (!overview.cells) overview = store->overview();
    const QRect inside = visible.intersected(QRect(0, 0, columns(), rows()));
    if (inside.isEmpty()) return {};
    if (overview.cells && pixelsPerCell * overview.factor <= 1.0001) return overview;
    int factor = 1;
    const int most = store->overview().factor;
    while (factor * 2 <= most && pixelsPerCell * factor * 2 <= 1.0001) factor *= 2;
    if (!overview.cells && store->surveyed() == 0) return {};
    return store->assemble(inside, factor, overview);
}

bool MapModel::masked(int row, int column) const
{
    if (!seen(row, column)) return true;
    if (!m_look.hideSink || column < 0 || column >= columns()) return false;
    const AxisLabel& label = m_columnLabels[static_cast<std::size_t>(column)];
    return label.token == 0 && label.tokens == 1;
}

bool MapModel::seen(int row, int column) const
{
    if (row < 0 || column < 0 || row >= rows() || column >= columns()) return mask().sees(row, column);
    return m_impl->geometry.sees(row, column);
}

std::optional<float> MapModel::value(int row, int column) const
{
    const Impl& d = *m_impl;
    if (!d.store || row < 0 || column < 0 || row >= rows() || column >= columns() || masked(row, column)) return {};
    float v = kNan;
    if (const float* cell = d.store->at(row, column)) v = *cell;
    else if (d.row.index == row && !d.row.values.empty()) v = d.row.values[static_cast<std::size_t>(column)];
    else if (d.column.index == column && !d.column.values.empty()) v = d.column.values[static_cast<std::size_t>(row)];
    if (!(v == v)) return {};
    return v;
}

std::vector<float> MapModel::rowValues(int row) const
{
    const Impl& d = *m_impl;
    if (!d.store || row < 0 || row >= rows()) return {};
    if (const auto whole = d.store->whole()) return std::vector<float>(whole->row(row), whole->row(row) + whole->cols());
    return d.row.index == row ? d.row.values : std::vector<float>{};
}

std::vector<float> MapModel::columnValues(int column) const
{
    const Impl& d = *m_impl;
    if (!d.store || column < 0 || column >= columns()) return {};
    if (const auto whole = d.store->whole()) {
        std::vector<float> out(static_cast<std::size_t>(whole->rows()));
        for (std::ptrdiff_t r = 0; r < whole->rows(); ++r) out[static_cast<std::size_t>(r)] = (*whole)(r, column);
        return out;
    }
    return d.column.index == column ? d.column.values : std::vector<float>{};
}

float MapModel::rowMaximum(int row) const
{
    const Impl& d = *m_impl;
    const MapStore* store = !current() && d.previous ? d.previous.get() : d.store.get();
    if (!store || row < 0 || row >= rows()) return kNan;
    const float seen = store->rowMaximum(row);
    if (seen == seen || store != d.store.get()) return seen;
    if (m_look.kind != MapKind::Weights || m_look.hideSink || m_look.grain != Grain::Tokens || !available()) return kNan;
    const auto stats = m_source->stats(m_head);
    return stats && row < static_cast<int>(stats->rowMax.size()) ? stats->rowMax[static_cast<std::size_t>(row)] : kNan;
}

std::optional<std::pair<float, float>> MapModel::dataRange() const
{
    const Impl& d = *m_impl;
    const MapStore* store = !current() && d.previous ? d.previous.get() : d.store.get();
    if (!store) return {};
    if (store->complete()) return store->range();
    // Until the survey is done: exact largest value, and for the other end the least mean of an overview pixel.
    if (!(d.overviewLargest == d.overviewLargest) || store != d.store.get()) return store->range();
    return std::pair(m_look.kind == MapKind::Scores ? d.overviewLeast : 0.0f, d.overviewLargest);
}

QStringList MapModel::legendNotes() const
{
    QStringList notes;
    if (m_look.hideSink) notes << (m_look.kind == MapKind::Scores ? tr("first key left out") : tr("first key left out, rows rescaled"));
    if (m_look.grain == Grain::Words) notes << (m_look.kind == MapKind::Scores ? tr("words: mean over their tokens") : tr("words: sum over keys, mean over queries"));
    return notes;
}

std::vector<double> MapModel::histogram(double low, double high, int bins, bool log) const
{
    const Impl& d = *m_impl;
    if (!d.store || d.store->surveyed() == 0) return {};
    return d.store->histogram().binned(low, high, bins, log);
}

double MapModel::surveyed() const { return m_impl->store ? m_impl->store->surveyed() : 0; }

int MapModel::finalRows() const
{
    const Impl& d = *m_impl;
    if (!d.store || d.engineOverview.cells || d.store->complete() || d.whole()) return rows();
    int row = 0;
    while (row < rows() && d.store->rowComplete(row)) row += d.store->tileSide();
    return std::min(row, rows());
}

MapModel::Clipped MapModel::clipped(double low, double high) const
{
    const Impl& d = *m_impl;
    Clipped out;
    if (!d.store || d.store->surveyed() == 0) return out;
    const auto whole = d.store->whole();
    if (!whole) {
        out = d.store->histogram().outside(low, high);
        out.exact = out.exact && d.store->complete();
        return out;
    }
    out.known = true;
    const auto from = static_cast<float>(low), to = static_cast<float>(high);
    for (int r = 0; r < rows(); ++r)
        for (int c = 0; c < columns(); ++c)
            if (!masked(r, c) && ((*whole)(r, c) < from || (*whole)(r, c) > to)) ++out.count;
    return out;
}

qint64 MapModel::maskedCells() const
{
    const Impl& d = *m_impl;
    const qint64 all = static_cast<qint64>(rows()) * columns();
    if (d.store && d.store->complete()) return all - d.store->unmaskedSeen();
    qint64 count = 0;
    for (int r = 0; r < rows(); ++r) {
        count += columns() - mask().keys(r, columns()).size();
        if (seen(r, 0) && masked(r, 0)) ++count;
    }
    return count;
}

}  // namespace hs::ui
