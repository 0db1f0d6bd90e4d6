// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/ranking_model.h"

#include <algorithm>

#include "ui/kit/numbers.h"
#include "ui/similarity/similarity_words.h"
#include "ui/similarity/swap_store.h"

namespace hs::ui {

namespace {

std::optional<double> valueOf(const RankingRow& row, int column)
{
    switch (column) {
    case RankingModel::SelfColumn: return row.spectra ? row.spectra->attentionDiagonal : std::nullopt;
    case RankingModel::IdentityColumn: return row.spectra ? row.spectra->identity : std::nullopt;
    case RankingModel::LossColumn: return row.swap ? std::optional(row.swap->mean) : std::nullopt;
    case RankingModel::DocumentsColumn: return row.swap ? std::optional(double(row.swap->change.size())) : std::nullopt;
    default: return std::nullopt;
    }
}

}  // namespace

int RankingModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int RankingModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(ColumnCount); }

QString RankingModel::title(int column)
{
    switch (column) {
    case HeadColumn: return tr("Head");
    case SelfColumn: return tr("on itself");
    case IdentityColumn: return tr("OV identity");
    case ReplacementColumn: return tr("stand-in");
    case LossColumn: return tr("loss change (95 %)");
    case DocumentsColumn: return tr("docs");
    case VerdictColumn: return tr("what it says");
    default: return {};
    }
}

QString RankingModel::tip(int column)
{
    switch (column) {
    case SelfColumn: return tr("Identity head score: mean attention of a query on itself, over the open prompt");
    case IdentityColumn:
        return tr(
            "tr(W_OV) / (√r ‖W_OV‖), −1 to 1; 1: what is read is written back unchanged, up to a factor. Behind ±: its spread for a random "
            "rotation.");
    case ReplacementColumn: return tr("The head that stood in for this one in the swap test");
    case LossColumn:
        return tr("Change of the loss with the other head in its place, nats per token, with the 95 % interval over documents");
    case DocumentsColumn: return tr("Documents that the loss change was measured on");
    default: return {};
    }
}

QVariant RankingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::DisplayRole) return title(section);
    if (role == Qt::ToolTipRole) return tip(section);
    if (role == Qt::TextAlignmentRole)
        return int((section == HeadColumn || section == ReplacementColumn || section == VerdictColumn ? Qt::AlignLeft : Qt::AlignRight)
                   | Qt::AlignVCenter);
    return {};
}

QVariant RankingModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size())) return {};
    const RankingRow& row = m_rows[std::size_t(index.row())];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole) return headerData(column, Qt::Horizontal, role);
    if (role == HeadRole) return index.row();
    if (role == SortRole) {
        if (column == HeadColumn) return row.head.layer * 100000 + row.head.head;
        if (column == ReplacementColumn)
            return row.swap ? QVariant(row.swap->request.replacement.layer * 100000 + row.swap->request.replacement.head) : QVariant();
        if (column == VerdictColumn) return row.swap ? QVariant(swapVerdict(*row.swap, row.partial)) : QVariant();
        const auto value = valueOf(row, column);
        return value ? QVariant(*value) : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const auto value = valueOf(row, column);
    const QString none = row.spectra ? tr("n/a") : QString();
    switch (column) {
    case HeadColumn: return QString::fromStdString(headName(row.head));
    case SelfColumn: return value ? numberText(*value, 3) : none;
    case IdentityColumn:
        if (value) return tr("%1 ± %2").arg(numberText(*value, 3, true), numberText(row.spectra->identityNullSd, 3));
        return role == Qt::ToolTipRole && row.spectra ? tr("n/a: %1").arg(reasonWord(row.spectra->ovFault)) : none;
    case ReplacementColumn: return row.swap ? QString::fromStdString(headName(row.swap->request.replacement)) : QString();
    case LossColumn: return row.swap ? swapNumbers(*row.swap) : QString();
    case DocumentsColumn: return row.swap ? QString::number(row.swap->change.size()) : QString();
    case VerdictColumn: return row.swap ? swapVerdict(*row.swap, row.partial) : role == Qt::DisplayRole ? tr("not tested") : QString();
    default: return {};
    }
}

void RankingModel::setRows(std::vector<RankingRow> rows)
{
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                 [](const RankingRow& a, const RankingRow& b) { return a.head == b.head; });
    if (!same) beginResetModel();
    m_rows = std::move(rows);
    if (!same) endResetModel();
    else if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

bool RankingOrder::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const bool has = left.data(RankingModel::SortRole).isValid(), other = right.data(RankingModel::SortRole).isValid();
    if (has && other) return QSortFilterProxyModel::lessThan(left, right);
    return sortOrder() == Qt::AscendingOrder ? has && !other : !has && other;
}

int RankingModel::rowOf(HeadId head) const
{
    for (int i = 0; i < int(m_rows.size()); ++i)
        if (m_rows[std::size_t(i)].head == head) return i;
    return -1;
}

}  // namespace hs::ui
