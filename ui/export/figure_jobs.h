// SPDX-License-Identifier: GPL-3.0-or-later
// Figures in the window: numbers come from the engine as jobs, files are written beside the window's thread.
#pragma once

#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <map>
#include <optional>
#include <vector>

#include "engine/session/jobs/pictures.h"
#include "ui/bridge/ask.h"
#include "ui/export/figure.h"
#include "ui/export/figure_data.h"

namespace hs::ui {

/// Gets the numbers of one figure. A new start() drops the one before.
class FigureCollector : public QObject {
    Q_OBJECT
public:
    explicit FigureCollector(EngineBridge* bridge, QObject* parent = nullptr);
    ~FigureCollector() override;

    void start(const FigureSpec& spec, std::shared_ptr<const AttentionSource> a, std::shared_ptr<const AttentionSource> b,
               const Provenance& origin);
    void cancel();
    bool running() const { return m_running; }

Q_SIGNALS:
    void ready(const hs::ui::FigureData& data);
    void failed(const hs::Error& error);
    void progress(int done, int total);

private:
    void takeTile(JobId job, const TileResult& result);
    void takeOverview(JobId job, const OverviewResult& result);
    void takeEnd(const JobEnded& ended);
    void fail(const Error& error);
    void assembleWhenComplete();

    EngineBridge* m_bridge;
    AskMany<TileJob> m_askTiles;
    AskMany<OverviewJob> m_askOverviews;
    FigureSpec m_spec;
    std::shared_ptr<const AttentionSource> m_a, m_b;
    FigureData m_data;
    std::vector<FigureRequest> m_requests;
    std::map<JobId, std::size_t> m_jobs;                  ///< first request that a job answers
    std::vector<std::shared_ptr<const MatrixF>> m_tiles;  ///< by request
    std::vector<std::shared_ptr<const MapOverview>> m_overviews;
    int m_arrived = 0;
    bool m_running = false;
    quint64 m_generation = 0;
    QThreadPool m_pool;
};

struct FigureFile {
    QString path;
    FigureFormat format = FigureFormat::Pdf;
};

/// Writes files of one figure, in order, on a thread of its own; ends at the first that fails.
class FigureWriter : public QObject {
    Q_OBJECT
public:
    explicit FigureWriter(QObject* parent = nullptr);
    ~FigureWriter() override;  ///< waits for the file being written
    void start(const std::vector<FigureFile>& files, const FigureSpec& spec, const FigureData& data);
    bool running() const { return m_running; }

Q_SIGNALS:
    void written(const QStringList& paths);  ///< all of them, checked
    void failed(const hs::Error& error, const QStringList& writtenBefore);

private:
    bool m_running = false;
    QThreadPool m_pool;
};

/// One file set for each of several heads.
class BatchExport : public QObject {
    Q_OBJECT
public:
    explicit BatchExport(EngineBridge* bridge, QObject* parent = nullptr);
    /// `spec.heads` and title are set for each head in turn. File names by suggestedName().
    void start(const FigureSpec& spec, const std::vector<HeadId>& heads, const QString& folder, const std::vector<FigureFormat>& formats,
               std::shared_ptr<const AttentionSource> source, const Provenance& origin);
    /// The files that one head's figure will be.
    static std::vector<FigureFile> filesOf(FigureSpec spec, HeadId head, const QString& folder, const std::vector<FigureFormat>& formats,
                                           const Provenance& origin);
    void cancel();  ///< finished files stay
    bool running() const { return m_running; }

Q_SIGNALS:
    void progress(int done, int total, const QString& head);
    void finished(int heads, bool cancelled);
    void failed(const hs::Error& error, int headsWritten);

private:
    void next();
    FigureCollector m_collector;
    FigureWriter m_writer;
    FigureSpec m_spec;
    std::vector<HeadId> m_heads;
    QString m_folder;
    std::vector<FigureFormat> m_formats;
    std::shared_ptr<const AttentionSource> m_source;
    Provenance m_origin;
    std::size_t m_done = 0;
    bool m_running = false, m_cancelled = false;
};

/// "L0H1, L2, 3.4" or "all": heads in the order typed, each once. Nothing (and the piece that is wrong) when a part is no head of the source.
std::optional<std::vector<HeadId>> parseHeadList(const QString& text, const AttentionSource& source, QString* wrong = nullptr);

}  // namespace hs::ui
