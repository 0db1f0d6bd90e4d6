// SPDX-License-Identifier: GPL-3.0-or-later
// Right dock of the pruning bench: the cuts, what to cut next, how it compares with chance, what was cut and how it was measured.
#pragma once

#include <QScrollArea>

#include "ui/state/view_context.h"

class QGridLayout;
class QLabel;
class QPushButton;

namespace hs::ui {

class CutsList;
class DockTitle;
class PruneController;

class PruneCutsPanel : public QScrollArea {
    Q_OBJECT
public:
    PruneCutsPanel(const ViewContext& context, PruneController* controller, QWidget* parent = nullptr);
    DockTitle* title() const { return m_title; }
    CutsList* list() const { return m_list; }
    QPushButton* nextButton() const { return m_next; }

Q_SIGNALS:
    void budgetRequested();
    void exportRequested();
    void saveModelRequested();

private:
    void refresh();
    void refreshWhat();
    QWidget* section(const QString& title, QWidget* content);

    ViewContext m_c;
    PruneController* m_controller;
    DockTitle* m_title;
    CutsList* m_list;
    QPushButton *m_next, *m_budget, *m_export, *m_save;
    QLabel *m_state, *m_facts, *m_noChance;
    QGridLayout* m_chance;
    QGridLayout* m_what;
    QWidget* m_whatSection;
};

}  // namespace hs::ui
