// SPDX-License-Identifier: GPL-3.0-or-later
// All heads with how much each is an identity and, where a swap test ran, how replaceable it is. Sort through RankingOrder.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <optional>
#include <vector>

#include "engine/similarity/behaviour/swap_test.h"
#include "engine/similarity/weights/single_head.h"

namespace hs::ui {

struct RankingRow {
    HeadId head;
    std::shared_ptr<const HeadSpectra> spectra;  ///< null: not there yet
    std::optional<SwapResult> swap;              ///< what was measured last; none: not tested
    bool partial = false;                        ///< the swap has seen less text than was asked for
};

class RankingModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { HeadColumn, SelfColumn, IdentityColumn, ReplacementColumn, LossColumn, DocumentsColumn, VerdictColumn, ColumnCount };
    enum Role { SortRole = Qt::UserRole, HeadRole };  ///< SortRole: invalid where there is no number
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    static QString title(int column);
    static QString tip(int column);

    /// The same heads in the same order keep their rows: only numbers change.
    void setRows(std::vector<RankingRow> rows);
    const std::vector<RankingRow>& rows() const { return m_rows; }
    int rowOf(HeadId head) const;

private:
    std::vector<RankingRow> m_rows;
};

/// Rows without a number come last, whichever way the others go.
class RankingOrder : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit RankingOrder(QObject* parent = nullptr) : QSortFilterProxyModel(parent) { setSortRole(RankingModel::SortRole); }

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

}  // namespace hs::ui
