// SPDX-License-Identifier: GPL-3.0-or-later
// The map as a table of numbers: the plain way in for keyboards and screen readers.
#pragma once

#include <QAbstractTableModel>

#include "ui/map/map_model.h"

namespace hs::ui {

class MapTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit MapTableModel(MapModel* map, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole: "0.9554", "" for masked cells, "…" while not here. AccessibleTextRole and ToolTipRole: the sentence of the cell.
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    MapModel* m_map;
    int m_rows = 0, m_columns = 0;  // what views were told last
};

}  // namespace hs::ui
