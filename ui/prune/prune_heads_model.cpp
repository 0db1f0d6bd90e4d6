// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_heads_model.h"

#include <QCoreApplication>
#include <QPoint>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/kit/numbers.h"
#include "ui/labels/label_store.h"
#include "ui/state/prune_text.h"

namespace hs::ui {

namespace {

struct ImportanceTr {
    Q_DECLARE_TR_FUNCTIONS(Importance)
};

}  // namespace

QString importanceTitle(ImportanceKind kind)
{
    switch (kind) {
    case ImportanceKind::Gate: return ImportanceTr::tr("Gate");
    case ImportanceKind::AblationZero: return ImportanceTr::tr("Alone off");
    case ImportanceKind::AblationMean: return ImportanceTr::tr("Alone off");
    case ImportanceKind::AblationResample: return ImportanceTr::tr("Alone off");
    case ImportanceKind::AblationUniform: return ImportanceTr::tr("Alone off");
    case ImportanceKind::WeightOut: return ImportanceTr::tr("Output norm");
    case ImportanceKind::WeightValueOut: return ImportanceTr::tr("OV norm");
    case ImportanceKind::WeightQueryKey: return ImportanceTr::tr("QK norm");
    case ImportanceKind::Confidence: return ImportanceTr::tr("Confidence");
    case ImportanceKind::Depth: return ImportanceTr::tr("Depth");
    }
    return {};
}

QString importanceSentence(ImportanceKind kind)
{
    switch (kind) {
    case ImportanceKind::Gate:
        return ImportanceTr::tr("Mean over passages of |dL/dξ|, the derivative of the loss by a gate on the head (Michel et al. 2019)");
    case ImportanceKind::AblationZero: return ImportanceTr::tr("Exact change of the loss when only this head is off and writes zero, nats");
    case ImportanceKind::AblationMean:
        return ImportanceTr::tr("Exact change of the loss when only this head is off and writes its mean, nats");
    case ImportanceKind::AblationResample:
        return ImportanceTr::tr("Exact change of the loss when only this head is off and writes what it wrote elsewhere, nats");
    case ImportanceKind::AblationUniform:
        return ImportanceTr::tr("Exact change of the loss when only this head is off and looks at all tokens alike, nats");
    case ImportanceKind::WeightOut: return ImportanceTr::tr("Frobenius norm of the head's W_O: no text is looked at");
    case ImportanceKind::WeightValueOut: return ImportanceTr::tr("Frobenius norm of W_V W_O: how much it can write, whatever it looks at");
    case ImportanceKind::WeightQueryKey: return ImportanceTr::tr("Frobenius norm of W_Q W_Kᵀ");
    case ImportanceKind::Confidence: return ImportanceTr::tr("Mean largest weight of a row (Voita et al. 2019)");
    case ImportanceKind::Depth: return ImportanceTr::tr("Number of the layer: the baseline that looks at nothing");
    }
    return {};
}

PruneHeadsModel::PruneHeadsModel(PruneBench* bench, const LabelStore* labels, bool allScores, QObject* parent)
    : QAbstractTableModel(parent), m_bench(bench), m_labels(labels), m_all(allScores)
{
    const auto refresh = [this] {
        m_off = m_bench->cuts();
        if (!m_heads.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    };
    connect(bench, &PruneBench::cutsChanged, this, [this, refresh] {
        if (m_bench->allHeads() != m_heads) rebuild();
        refresh();
    });
    connect(bench, &PruneBench::settingsChanged, this, &PruneHeadsModel::rebuild);
    connect(bench, &PruneBench::scoresChanged, this, [this, refresh] {
        refresh();
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    });
    if (labels) connect(labels, &LabelStore::changed, this, refresh);
    rebuild();
}

void PruneHeadsModel::rebuild()
{
    beginResetModel();
    m_heads = m_bench->allHeads();
    m_off = m_bench->cuts();
    m_kinds = {exactKind(m_bench->settings().ablation)};
    if (m_all)
        for (const ImportanceKind kind : importanceKinds())
            if (!ablationOf(kind)) m_kinds.push_back(kind);
    endResetModel();
}

ImportanceTablePtr PruneHeadsModel::table(ImportanceKind kind) const
{
    const auto it = m_bench->scores().find(kind);
    return it == m_bench->scores().end() ? nullptr : it->second;
}

double PruneHeadsModel::correlation(ImportanceKind kind) const
{
    const auto a = table(kind), exact = table(m_kinds.front());
    if (!a || !exact || !a->complete || !exact->complete) return std::numeric_limits<double>::quiet_NaN();
    return spearman(*a, *exact);
}

int PruneHeadsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_heads.size()); }
int PruneHeadsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : FirstScore + int(m_kinds.size()); }

int PruneHeadsModel::rowOf(HeadId head) const
{
    const auto it = std::find(m_heads.begin(), m_heads.end(), head);
    return it == m_heads.end() ? -1 : int(it - m_heads.begin());
}

QVariant PruneHeadsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const HeadId id = head(index.row());
    const QString name = QString::fromStdString(headName(id));
    const bool off = std::find(m_off.begin(), m_off.end(), id) != m_off.end();
    if (role == HeadRole) return QPoint(id.layer, id.head);
    if (role == OffRole) return off;
    if (role == Qt::TextAlignmentRole) return int((index.column() < FirstScore ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (index.column() == HeadColumn) {
        if (role == Qt::DisplayRole) return name;
        if (role == SortRole) return id.layer * 10000 + id.head;
        if (role == Qt::CheckStateRole) return off ? Qt::Unchecked : Qt::Checked;
        if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) return off ? tr("%1 is off").arg(name) : tr("%1 is on").arg(name);
        return {};
    }
    if (index.column() == LabelColumn) {
        const QString code = m_labels ? m_labels->mark(id).code : QString();
        if (role == MarkRole || role == SortRole || role == Qt::AccessibleTextRole) return code;
        return {};
    }
    const ImportanceKind kind = m_kinds[std::size_t(index.column() - FirstScore)];
    const auto values = table(kind);
    const ImportanceEntry* entry = values ? values->find(id) : nullptr;
    const bool known = entry && entry->known;
    switch (role) {
    case Qt::DisplayRole:
        return !known             ? QStringLiteral("–")
               : ablationOf(kind) ? numberText(entry->value, 4, true)
                                  : numberText(entry->value, kind == ImportanceKind::Depth ? 0 : 4);
    case SortRole: return known ? entry->value : 1e300;
    case Qt::ToolTipRole:
        if (!known) return tr("%1: not measured yet").arg(name);
        return entry->interval ? tr("%1: %2, 95 % interval %3 to %4")
                                     .arg(name, numberText(entry->value, 5, true), numberText(entry->interval->low, 5, true),
                                          numberText(entry->interval->high, 5, true))
                               : QStringLiteral("%1: %2").arg(name, numberText(entry->value, 6));
    default: return {};
    }
}

QVariant PruneHeadsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section < FirstScore ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (section >= FirstScore) {
        const ImportanceKind kind = m_kinds[std::size_t(section - FirstScore)];
        if (role == Qt::DisplayRole) return importanceTitle(kind);
        if (role == Qt::ToolTipRole) {
            const double rho = section > FirstScore ? correlation(kind) : std::numeric_limits<double>::quiet_NaN();
            const QString where =
                needsText(kind)
                    ? QLatin1Char('\n') + tr("Measured on the calibration text: %1").arg(pruneTextName(m_bench->settings().calibration))
                    : QString();
            return importanceSentence(kind) + where
                   + (std::isfinite(rho)
                          ? QLatin1Char('\n') + tr("Spearman's rank correlation with the exact effect: %1").arg(numberText(rho, 2))
                          : QString());
        }
        return {};
    }
    if (role != Qt::DisplayRole) return {};
    return section == HeadColumn ? tr("Head") : tr("Label");
}

Qt::ItemFlags PruneHeadsModel::flags(const QModelIndex& index) const
{
    return QAbstractTableModel::flags(index) | (index.column() == HeadColumn ? Qt::ItemIsUserCheckable : Qt::NoItemFlags);
}

bool PruneHeadsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != HeadColumn || !checkIndex(index, CheckIndexOption::IndexIsValid)) return false;
    Q_EMIT toggled(head(index.row()), value.toInt() != Qt::Checked);
    return true;
}

}  // namespace hs::ui
