// SPDX-License-Identifier: GPL-3.0-or-later
// Heads with a check box, their label and what they are worth: one column of effect at the left of the bench, one column for each
// importance score in its Heads tab. Sort through QSortFilterProxyModel with SortRole.
#pragma once

#include <QAbstractTableModel>

#include "ui/prune/prune_bench.h"

namespace hs::ui {

class LabelStore;

/// "gate", "exact, zero" ...: for a column heading.
QString importanceTitle(ImportanceKind kind);
/// What a score says, in a sentence: for the heading's tooltip.
QString importanceSentence(ImportanceKind kind);

class PruneHeadsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { HeadColumn, LabelColumn, FirstScore };
    enum Role { SortRole = Qt::UserRole, HeadRole, OffRole, MarkRole };
    PruneHeadsModel(PruneBench* bench, const LabelStore* labels, bool allScores, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    const LabelStore* labels() const { return m_labels; }
    HeadId head(int row) const { return m_heads[std::size_t(row)]; }
    int rowOf(HeadId head) const;
    /// The exact effect's table and the others, in columns; a kind not measured yet is null.
    const std::vector<ImportanceKind>& kinds() const { return m_kinds; }
    ImportanceTablePtr table(ImportanceKind kind) const;
    /// Spearman's rank correlation of a score with the exact one; NaN while one is not complete.
    double correlation(ImportanceKind kind) const;

Q_SIGNALS:
    void toggled(hs::HeadId head, bool off);  ///< by the check box

private:
    void rebuild();
    PruneBench* m_bench;
    const LabelStore* m_labels;
    bool m_all;
    std::vector<HeadId> m_heads, m_off;
    std::vector<ImportanceKind> m_kinds;
};

}  // namespace hs::ui
