// SPDX-License-Identifier: GPL-3.0-or-later
// Dock "Interventions": everything that is changed in the run, visible, editable, each step undoable, saved with the project.
#pragma once

#include <QWidget>

#include "ui/state/view_context.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace hs::ui {

class DockTitle;

class InterventionPanel : public QWidget {
    Q_OBJECT
public:
    explicit InterventionPanel(const ViewContext& context, QWidget* parent = nullptr);
    DockTitle* title() const { return m_title; }
    QTableWidget* table() const { return m_table; }
    QString problem() const;
    QSize sizeHint() const override { return {600, 200}; }

public Q_SLOTS:
    void add();  ///< what the fields say, or changes the chosen line
    void removeChosen();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void refreshForm();
    void take(int row);
    int m_editing = -1;  ///< line that Add changes; -1: a new one
    ViewContext m_c;
    DockTitle* m_title;
    QTableWidget* m_table;
    QComboBox* m_kind;
    QLineEdit *m_head, *m_details;
    QDoubleSpinBox* m_value;
    QPushButton *m_add, *m_remove, *m_clear;
    QLabel* m_problem;
};

}  // namespace hs::ui
