// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs dock: what runs, how far, how long yet, and Cancel.
#pragma once

#include <QTableView>
#include <QWidget>

namespace hs::ui {

class DockTitle;
class EngineBridge;
class JobsModel;

class JobsPanel : public QWidget {
    Q_OBJECT
public:
    JobsPanel(EngineBridge* bridge, JobsModel* model, QWidget* parent = nullptr);
    DockTitle* title() const { return m_title; }
    QSize sizeHint() const override { return {600, 140}; }

private:
    EngineBridge* m_bridge;
    JobsModel* m_model;
    DockTitle* m_title;
    QTableView* m_table;
};

}  // namespace hs::ui
