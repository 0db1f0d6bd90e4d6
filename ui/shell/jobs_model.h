// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs of this session, newest first: what it is, how far, how long yet. Interactive jobs (tiles, thumbnails) are not listed.
#pragma once

#include <QAbstractTableModel>
#include <map>
#include <vector>

#include "engine/session/events.h"

namespace hs::ui {

class JobsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { WhatColumn, ProgressColumn, TimeColumn, ColumnCount };
    enum Role { JobRole = Qt::UserRole, RunningRole, FractionRole };
    static constexpr int kKept = 60;  ///< finished jobs stay listed up to this many rows
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    int running() const;
    /// Words for the status bar: "No jobs running", or what runs now.
    QString summary() const;

public Q_SLOTS:
    void started(const hs::JobStarted& started, const QString& title);
    void progressed(const hs::JobProgress& progress);
    void ended(const hs::JobEnded& ended);
    void clearFinished();

Q_SIGNALS:
    /// A job failed, whoever asked and with or without a row here: "Map overviews: failed: ...".
    void missed(const QString& words);

private:
    struct Row {
        JobId id = 0;
        QString what;
        ProgressReport report;
        double secondsLeft = -1;
        JobState state = JobState::Running;
        double seconds = 0;
        QString problem;
    };
    int rowOf(JobId id) const;
    std::vector<Row> m_rows;
    std::map<JobId, QString> m_quick;  ///< titles of those that are too short for a row
};

}  // namespace hs::ui
