// SPDX-License-Identifier: GPL-3.0-or-later
// The heads as a table: sortable, selection linked to the window's head, loss bars from a visible zero line.
#pragma once

#include <QTableView>

#include "ui/state/view_context.h"

class QSortFilterProxyModel;

namespace hs::ui {

class HeadsModel;

class HeadsTable : public QTableView {
    Q_OBJECT
public:
    HeadsTable(HeadsModel* model, const ViewContext& context, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showHead();
    HeadsModel* m_model;
    QSortFilterProxyModel* m_sorted;
    ViewContext m_c;
    bool m_following = false;
};

}  // namespace hs::ui
