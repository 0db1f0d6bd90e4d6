// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_table_model.h"

#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/map/cell_readout.h"
#include "ui/theme/theme.h"

namespace hs::ui {

MapTableModel::MapTableModel(MapModel* map, QObject* parent)
    : QAbstractTableModel(parent), m_map(map), m_rows(map->rows()), m_columns(map->columns())
{
    connect(map, &MapModel::reset, this, [this] {
        beginResetModel();
        m_rows = m_map->rows();
        m_columns = m_map->columns();
        endResetModel();
    });
    connect(map, &MapModel::changed, this, [this] {
        if (m_rows > 0 && m_columns > 0) Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, m_columns - 1));
    });
}

int MapTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }
int MapTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_columns; }

QVariant MapTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_map->rows() || index.column() >= m_map->columns()) return {};
    switch (role) {
    case Qt::DisplayRole: {
        if (m_map->masked(index.row(), index.column())) return QString();
        const auto value = m_map->value(index.row(), index.column());
        return value ? valueText(static_cast<double>(*value)) : QStringLiteral("…");
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: return cellSentence(readCell(*m_map, index.row(), index.column()));
    case Qt::TextAlignmentRole: return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    default: return {};
    }
}

QVariant MapTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto& labels = orientation == Qt::Horizontal ? m_map->columnLabels() : m_map->rowLabels();
    if (section < 0 || section >= static_cast<int>(labels.size())) return {};
    if (role == Qt::DisplayRole)
        return QStringLiteral("%1 %2").arg(QString::number(section), visibleToken(labels[static_cast<std::size_t>(section)].text));
    if (role == Qt::FontRole) return Theme::instance().tokenFont(Type::Caption);
    return {};
}

}  // namespace hs::ui
