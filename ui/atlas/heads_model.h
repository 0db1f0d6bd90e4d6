// SPDX-License-Identifier: GPL-3.0-or-later
// Heads table: one row per head. Sort through QSortFilterProxyModel with SortRole.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/atlas/head_scores.h"
#include "ui/labels/label_mark.h"

namespace hs::ui {

class HeadsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { HeadColumn, LabelColumn, ScoreColumn, LossColumn, EdgesColumn, InColumn, OutColumn, ColumnCount };
    enum Role { SortRole = Qt::UserRole, HeadRole, ValueRole, OffRole };
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Rows follow the source's heads. `off` in the same order as heads().
    /// `otherwise`: the rows while there is no source.
    void setHeads(std::shared_ptr<const AttentionSource> source, std::vector<HeadId> otherwise = {});
    void setScore(ShownScore score);
    ShownScore score() const { return m_score; }
    void setSources(const HeadLosses* losses, const RepeatScores* repeats, const LabelStore* labels = nullptr,
                    const GraphStore* graph = nullptr);
    LabelMark mark(HeadId head) const;
    void setOff(const std::vector<HeadId>& off);
    /// Titles of several words stand in two lines: where columns are narrow.
    void setTitlesBroken(bool broken);
    void refresh();  ///< numbers changed, heads did not
    const std::vector<HeadId>& heads() const { return m_heads; }
    int rowOf(HeadId head) const;
    /// What stands in the head column when the head is switched off.
    static QString offText(HeadId head);
    /// Largest |loss change|, for the bars; 0: none measured.
    double largestLoss() const { return m_largestLoss; }

private:
    ScoreSources sources() const;
    QVariant labelData(HeadId head, int role) const;
    QVariant edgeData(HeadId head, int column, int role) const;
    std::shared_ptr<const AttentionSource> m_source;
    const HeadLosses* m_losses = nullptr;
    const RepeatScores* m_repeats = nullptr;
    const LabelStore* m_labels = nullptr;
    const GraphStore* m_graph = nullptr;
    ShownScore m_score = ShownScore::Previous;
    std::vector<HeadId> m_heads, m_off;
    double m_largestLoss = 0;
    bool m_titlesBroken = false;
};

}  // namespace hs::ui
