// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/jobs_model.h"

#include <algorithm>

#include "ui/bridge/error_text.h"
#include "ui/kit/numbers.h"

namespace hs::ui {

int JobsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int JobsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

int JobsModel::rowOf(JobId id) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [id](const Row& r) { return r.id == id; });
    return it == m_rows.end() ? -1 : int(it - m_rows.begin());
}

QVariant JobsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = m_rows[std::size_t(index.row())];
    const bool runs = row.state == JobState::Running;
    if (role == JobRole) return QVariant::fromValue(qulonglong(row.id));
    if (role == RunningRole) return runs;
    if (role == FractionRole) return row.report.total > 0 ? QVariant(double(row.report.done) / double(row.report.total)) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return QVariant(int((index.column() == TimeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (index.column()) {
    case WhatColumn: return row.what;
    case ProgressColumn:
        switch (row.state) {
        case JobState::Queued: return tr("waiting");
        case JobState::Running: return row.report.total > 0 || row.report.done > 0 ? progressText(row.report) : tr("started");
        case JobState::Done: return tr("done");
        case JobState::Failed: return row.problem;
        case JobState::Cancelled: return tr("cancelled");
        case JobState::Stale: return tr("replaced by a newer one");
        }
        return {};
    default:
        if (runs) return row.secondsLeft >= 0 ? tr("%1 left").arg(durationText(row.secondsLeft)) : QString();
        return durationText(row.seconds);
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(int((section == TimeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole) return {};
    return section == WhatColumn ? tr("Job") : section == ProgressColumn ? tr("Progress") : tr("Time");
}

int JobsModel::running() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(), [](const Row& r) { return r.state == JobState::Running; }));
}

QString JobsModel::summary() const
{
    for (const Row& row : m_rows)
        if (row.state == JobState::Running) return row.report.total > 0 ? progressText(row.report) : row.what;
    return tr("No jobs running");
}

void JobsModel::started(const JobStarted& job, const QString& title)
{
    if (job.interactive) {
        m_quick[job.job] = title;  // too short for a row; named if it fails
        return;
    }
    Row row;
    row.id = job.job;
    row.what = title;
    if (!job.subject.empty()) row.what = QStringLiteral("%1: %2").arg(row.what, QString::fromStdString(job.subject).simplified());
    beginInsertRows({}, 0, 0);
    m_rows.insert(m_rows.begin(), std::move(row));
    endInsertRows();
    while (int(m_rows.size()) > kKept && m_rows.back().state != JobState::Running) {
        beginRemoveRows({}, int(m_rows.size()) - 1, int(m_rows.size()) - 1);
        m_rows.pop_back();
        endRemoveRows();
    }
}

void JobsModel::progressed(const JobProgress& progress)
{
    const int row = rowOf(progress.job);
    if (row < 0) return;
    m_rows[std::size_t(row)].report = progress.report;
    m_rows[std::size_t(row)].secondsLeft = progress.secondsLeft;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void JobsModel::ended(const JobEnded& end)
{
    const QString problem = end.error ? errorLine(*end.error) : QString();
    const int row = rowOf(end.job);
    QString what;
    if (const auto quick = m_quick.find(end.job); quick != m_quick.end()) {
        what = quick->second;
        m_quick.erase(quick);
    }
    if (row >= 0) {
        Row& r = m_rows[std::size_t(row)];
        what = r.what;
        r.state = end.state;
        r.seconds = end.seconds;
        if (end.error) r.problem = problem;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
    if (end.state == JobState::Failed) Q_EMIT missed(tr("%1: failed: %2").arg(what, problem));
}

void JobsModel::clearFinished()
{
    beginResetModel();
    std::erase_if(m_rows, [](const Row& r) { return r.state != JobState::Running; });
    endResetModel();
}

}  // namespace hs::ui
