// SPDX-License-Identifier: GPL-3.0-or-later
// Left of the pruning bench, under the atlas: Restore all, Invert, and the heads with check boxes, sorted by what each does alone.
#pragma once

#include <QTableView>
#include <QWidget>

#include "ui/state/view_context.h"

class QLabel;
class QPushButton;
class QSortFilterProxyModel;

namespace hs::ui {

class PruneController;
class PruneHeadsModel;

/// The table of heads with check boxes: left list and Heads tab.
class PruneHeadsTable : public QTableView {
    Q_OBJECT
public:
    PruneHeadsTable(PruneHeadsModel* model, const ViewContext& context, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showHead();
    void fitColumns();
    PruneHeadsModel* m_model;
    QSortFilterProxyModel* m_sorted;
    ViewContext m_c;
    bool m_following = false;
};

class PruneHeadsList : public QWidget {
    Q_OBJECT
public:
    PruneHeadsList(const ViewContext& context, PruneController* controller, QWidget* parent = nullptr);
    PruneHeadsModel* model() const { return m_model; }

private:
    void refresh();
    ViewContext m_c;
    PruneController* m_controller;
    PruneHeadsModel* m_model;
    QPushButton *m_restore, *m_invert;
    QLabel* m_count;
};

}  // namespace hs::ui
