// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure_jobs.h"

#include <algorithm>

namespace hs::ui {

FigureCollector::FigureCollector(EngineBridge* bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_askTiles(bridge, tr("Attention map")), m_askOverviews(bridge, tr("Map overviews"))
{
    m_pool.setMaxThreadCount(1);
    m_askTiles.onAnswer([this](JobId job, const TileResult& result) { takeTile(job, result); });
    m_askOverviews.onAnswer([this](JobId job, const OverviewResult& result) { takeOverview(job, result); });
    m_askTiles.onEnd([this](const JobEnded& ended) { takeEnd(ended); });
    m_askOverviews.onEnd([this](const JobEnded& ended) { takeEnd(ended); });
}

FigureCollector::~FigureCollector() { m_pool.waitForDone(); }

void FigureCollector::start(const FigureSpec& spec, std::shared_ptr<const AttentionSource> a, std::shared_ptr<const AttentionSource> b,
                            const Provenance& origin)
{
    cancel();
    m_spec = spec;
    m_a = std::move(a);
    m_b = b ? std::move(b) : m_a;
    m_running = true;
    if (spec.kind == FigureKind::Drawing) {
        // Nothing to ask for: the view has its numbers already.
        m_requests.clear();
        m_data = {};
        m_data.origin = origin;
        if (spec.drawing) m_data.table = spec.drawing->table;
        m_arrived = 0;
        QMetaObject::invokeMethod(
            this,
            [this, generation = m_generation] {
                if (generation != m_generation || !m_running) return;
                m_running = false;
                Q_EMIT ready(m_data);
            },
            Qt::QueuedConnection);
        return;
    }
    if (!m_a) return fail(Error::argument("source", "none"));
    auto requests = figureRequests(spec, *m_a, *m_b);
    if (!requests) return fail(requests.error());
    auto data = emptyFigure(spec, *m_a, *m_b, origin);
    if (!data) return fail(data.error());
    m_requests = std::move(*requests);
    m_data = std::move(*data);
    m_tiles.assign(m_requests.size(), nullptr);
    m_overviews.assign(m_requests.size(), nullptr);
    m_arrived = 0;

    OverviewJob overviews;  // thumbnails of all heads are one job
    overviews.source = m_a;
    overviews.kind = spec.look.kind;
    std::size_t firstOverview = 0;
    for (std::size_t i = 0; i < m_requests.size(); ++i) {
        const FigureRequest& r = m_requests[i];
        const auto& source = r.second ? m_b : m_a;
        if (r.maxSide > 0) {
            if (overviews.heads.empty()) firstOverview = i;
            overviews.heads.push_back(r.head);
            overviews.maxSide = r.maxSide;
            continue;
        }
        TileJob tile;
        tile.source = source;
        tile.head = r.head;
        tile.kind = r.firstKey ? MapKind::Weights : spec.look.kind;
        tile.nq = source->queries();
        tile.nk = r.firstKey ? 1 : source->keys();
        m_jobs[m_askTiles.start(std::move(tile))] = i;
    }
    if (!overviews.heads.empty()) m_jobs[m_askOverviews.start(std::move(overviews))] = firstOverview;
    assembleWhenComplete();
}

void FigureCollector::cancel()
{
    const auto jobs = std::move(m_jobs);
    m_jobs.clear();
    for (const auto& [job, index] : jobs) m_bridge->cancel(job);
    ++m_generation;
    m_running = false;
}

void FigureCollector::takeTile(JobId job, const TileResult& result)
{
    const auto it = m_jobs.find(job);
    if (it == m_jobs.end()) return;
    m_tiles[it->second] = result.cells;
    m_jobs.erase(it);
    ++m_arrived;
    Q_EMIT progress(m_arrived, static_cast<int>(m_requests.size()));
    assembleWhenComplete();
}

void FigureCollector::takeOverview(JobId job, const OverviewResult& result)
{
    const auto it = m_jobs.find(job);
    if (it == m_jobs.end()) return;
    for (std::size_t i = it->second; i < m_requests.size(); ++i) {
        if (m_requests[i].maxSide == 0 || !(m_requests[i].head == result.head) || m_overviews[i]) continue;
        m_overviews[i] = result.map;
        ++m_arrived;
        break;
    }
    Q_EMIT progress(m_arrived, static_cast<int>(m_requests.size()));
    assembleWhenComplete();
}

void FigureCollector::takeEnd(const JobEnded& ended)
{
    const auto it = m_jobs.find(ended.job);
    if (it == m_jobs.end()) return;
    m_jobs.erase(it);
    if (ended.state != JobState::Done) fail(ended.error ? *ended.error : Error::cancelled());
}

void FigureCollector::fail(const Error& error)
{
    cancel();
    Q_EMIT failed(error);
}

void FigureCollector::assembleWhenComplete()
{
    if (!m_running || m_arrived < static_cast<int>(m_requests.size())) return;
    // Words of a long prompt are sums over millions of cells: not in the window's thread.
    m_pool.start([this, generation = m_generation, spec = m_spec, data = m_data, requests = m_requests, tiles = m_tiles,
                  overviews = m_overviews, a = m_a, b = m_b]() mutable {
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const FigureRequest& r = requests[i];
            if (r.firstKey) continue;
            const AttentionSource& source = r.second ? *b : *a;
            const MatrixF* firstKey = i > 0 && requests[i - 1].firstKey ? tiles[i - 1].get() : nullptr;
            data.maps.push_back(r.maxSide > 0 ? figureMap(spec, source, r.head, *overviews[i])
                                              : figureMap(spec, source, r.head, *tiles[i], firstKey));
        }
        if (spec.kind == FigureKind::Compare) trimToCommon(data);
        QMetaObject::invokeMethod(
            this,
            [this, generation, data = std::move(data)] {
                if (generation != m_generation || !m_running) return;
                m_running = false;
                Q_EMIT ready(data);
            },
            Qt::QueuedConnection);
    });
}

FigureWriter::FigureWriter(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(1); }

FigureWriter::~FigureWriter() { m_pool.waitForDone(); }

void FigureWriter::start(const std::vector<FigureFile>& files, const FigureSpec& spec, const FigureData& data)
{
    m_running = true;
    m_pool.start([this, files, spec, data] {
        QStringList done;
        std::optional<Error> error;
        for (const FigureFile& file : files) {
            const Status status = writeFigure(file.path, file.format, spec, data);
            if (!status) {
                error = status.error();
                break;
            }
            done << file.path;
        }
        QMetaObject::invokeMethod(
            this,
            [this, done, error] {
                m_running = false;
                if (error) Q_EMIT failed(*error, done);
                else Q_EMIT written(done);
            },
            Qt::QueuedConnection);
    });
}

BatchExport::BatchExport(EngineBridge* bridge, QObject* parent) : QObject(parent), m_collector(bridge)
{
    connect(&m_collector, &FigureCollector::ready, this, [this](const FigureData& data) {
        m_writer.start(filesOf(m_spec, m_spec.heads.front(), m_folder, m_formats, m_origin), m_spec, data);
    });
    const auto stop = [this](const Error& error) {
        m_running = false;
        Q_EMIT failed(error, static_cast<int>(m_done));
    };
    connect(&m_collector, &FigureCollector::failed, this, stop);
    connect(&m_writer, &FigureWriter::failed, this, stop);
    connect(&m_writer, &FigureWriter::written, this, [this] {
        ++m_done;
        next();
    });
}

std::vector<FigureFile> BatchExport::filesOf(FigureSpec spec, HeadId head, const QString& folder, const std::vector<FigureFormat>& formats,
                                             const Provenance& origin)
{
    spec.heads = {head};
    spec.titleText.clear();
    const QString base = folder + QLatin1Char('/') + suggestedName(spec, origin);
    std::vector<FigureFile> files;
    for (const FigureFormat f : formats) files.push_back({base + QLatin1Char('.') + extensionOf(f), f});
    return files;
}

void BatchExport::start(const FigureSpec& spec, const std::vector<HeadId>& heads, const QString& folder,
                        const std::vector<FigureFormat>& formats, std::shared_ptr<const AttentionSource> source, const Provenance& origin)
{
    m_spec = spec;
    m_heads = heads;
    m_folder = folder;
    m_formats = formats;
    m_source = std::move(source);
    m_origin = origin;
    m_done = 0;
    m_running = true;
    m_cancelled = false;
    next();
}

void BatchExport::cancel()
{
    if (!m_running) return;
    m_cancelled = true;
    if (m_collector.running()) {
        m_collector.cancel();
        next();
    }  // else the file being written is finished first
}

void BatchExport::next()
{
    if (m_cancelled || m_done == m_heads.size()) {
        m_running = false;
        Q_EMIT finished(static_cast<int>(m_done), m_cancelled);
        return;
    }
    m_spec.heads = {m_heads[m_done]};
    m_spec.titleText.clear();
    Q_EMIT progress(static_cast<int>(m_done), static_cast<int>(m_heads.size()), QString::fromStdString(headName(m_heads[m_done])));
    m_collector.start(m_spec, m_source, nullptr, m_origin);
}

std::optional<std::vector<HeadId>> parseHeadList(const QString& text, const AttentionSource& source, QString* wrong)
{
    std::vector<HeadId> out;
    const auto add = [&out](HeadId head) {
        if (std::find(out.begin(), out.end(), head) == out.end()) out.push_back(head);
    };
    const auto addLayer = [&](int layer) {
        for (int h = 0; h < source.heads(layer); ++h) add({layer, h});
    };
    const QStringList parts = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        const QString p = part.trimmed();
        bool number = false;
        const int layer = p.startsWith(QLatin1Char('L'), Qt::CaseInsensitive) ? p.mid(1).toInt(&number) : -1;
        if (p.compare(QStringLiteral("all"), Qt::CaseInsensitive) == 0) {
            for (int l = 0; l < source.layers(); ++l) addLayer(l);
        } else if (number && layer >= 0 && layer < source.layers()) {
            addLayer(layer);
        } else if (const auto head = parseHeadName(p.toStdString());
                   head && head->layer >= 0 && head->layer < source.layers() && head->head >= 0 && head->head < source.heads(head->layer)) {
            add(*head);
        } else {
            if (wrong) *wrong = p;
            return std::nullopt;
        }
    }
    if (out.empty()) {
        if (wrong) *wrong = text.trimmed();
        return std::nullopt;
    }
    return out;
}

}  // namespace hs::ui
