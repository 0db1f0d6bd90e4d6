// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/jobs_model.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/bridge/error_text.h"

namespace hs::ui {

namespace {

template <typename Job, std::size_t I = 0>
constexpr std::size_t workIndexOf()
{
    if constexpr (std::is_same_v<std::variant_alternative_t<I, JobWork>, Job>) return I;
    else return workIndexOf<Job, I + 1>();
}

QString tr2(const char* text) { return QCoreApplication::translate("hs::ui::JobsModel", text); }

QString duration(double seconds)
{
    if (seconds < 9.95) return JobsModel::tr("%1 s").arg(seconds, 0, 'f', 1);
    if (seconds < 90) return JobsModel::tr("%1 s").arg(std::lround(seconds));
    return JobsModel::tr("%1 min").arg(std::lround(seconds / 60));
}

}  // namespace

QString jobName(std::size_t workIndex)
{
    static const std::pair<std::size_t, const char*> names[] = {
        {workIndexOf<OpenJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Open file")},
        {workIndexOf<RunJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Run prompt")},
        {workIndexOf<TileJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Attention map")},
        {workIndexOf<OverviewJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Map overviews")},
        {workIndexOf<AblationJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Switch heads off, one by one")},
        {workIndexOf<ContinueJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Continue the text")},
        {workIndexOf<ParityJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Compare with the reference")},
        {workIndexOf<HashJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "SHA-256 of the file")},
        {workIndexOf<TokeniseJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Tokens of the text")},
        {workIndexOf<WriteRunJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Write run")},
        {workIndexOf<WriteModelJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Write model")},
        {workIndexOf<WriteMapJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Write numbers")},
        {workIndexOf<GraphJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Graph of heads")},
        {workIndexOf<WriteGraphJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Write graph")},
        {workIndexOf<ClusterJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Groups of heads")},
        {workIndexOf<HeadMapJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Map of heads")},
        {workIndexOf<BehaviourJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Compare heads on a text")},
        {workIndexOf<SwapJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Replace heads by others")},
        {workIndexOf<ClassListJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Class list of heads")},
        {workIndexOf<WriteClassListJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Write class list")},
        {workIndexOf<LabelJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Label the heads")},
        {workIndexOf<LabelExamplesJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Examples of a label")},
        {workIndexOf<SimilarityJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Compare heads")},
        {workIndexOf<ReferenceJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Compare with random subspaces")},
        {workIndexOf<SpectraJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Spectra of heads")},
        {workIndexOf<PairAnglesJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Principal angles")},
        {workIndexOf<WriteHeadMatrixJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Write comparison of heads")},
        {workIndexOf<ImportanceJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Importance of heads")},
        {workIndexOf<SetAblationJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Switch sets of heads off")},
        {workIndexOf<AblationValuesJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Mean outputs of heads")},
        {workIndexOf<LiveSwitchJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Switch heads")},
        {workIndexOf<PruningCurveJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Pruning experiment")},
        {workIndexOf<WritePrunedJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Write pruned model")},
        {workIndexOf<LogitAttributionJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Logit attribution")},
        {workIndexOf<EdgeKnockOutJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Knock out edges")},
        {workIndexOf<EdgeInfluenceJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Influence of edges")},
        {workIndexOf<PatchJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Activation patching")},
        {workIndexOf<PathPatchJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Path patching")},
        {workIndexOf<FlowRoutesJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Information flow routes")},
        {workIndexOf<WritePatchJob>(), QT_TRANSLATE_NOOP("hs::ui::JobsModel", "Write patching results")},
    };
    for (const auto& [index, name] : names)
        if (index == workIndex) return tr2(name);
    return {};
}

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
    if (role == Qt::TextAlignmentRole) return QVariant(int((index.column() == TimeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
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
        if (runs) return row.secondsLeft >= 0 ? tr("%1 left").arg(duration(row.secondsLeft)) : QString();
        return duration(row.seconds);
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

void JobsModel::started(const JobStarted& job)
{
    if (job.interactive) return;
    Row row;
    row.id = job.job;
    row.what = jobName(job.workIndex);
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
    const int row = rowOf(end.job);
    if (row < 0) return;
    Row& r = m_rows[std::size_t(row)];
    r.state = end.state;
    r.seconds = end.seconds;
    if (end.error) r.problem = errorLine(*end.error);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void JobsModel::clearFinished()
{
    beginResetModel();
    std::erase_if(m_rows, [](const Row& r) { return r.state != JobState::Running; });
    endResetModel();
}

}  // namespace hs::ui
