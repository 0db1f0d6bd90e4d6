// SPDX-License-Identifier: GPL-3.0-or-later
// Page "Classes" of the Graph tab: a list of head classes to choose, edit and save, and how well the present measure finds its heads.
#pragma once

#include <QWidget>

#include "ui/state/view_context.h"

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTableWidget;
class QToolButton;

namespace hs::ui {

class ClassStore;

class ClassPanel : public QWidget {
    Q_OBJECT
public:
    explicit ClassPanel(const ViewContext& context, QWidget* parent = nullptr);
    QTableWidget* classes() const { return m_table; }
    QTableWidget* scores() const { return m_scores; }
    QLabel* words() const { return m_words; }
    QPushButton* memberButton() const { return m_member; }
    QSize sizeHint() const override { return {600, 172}; }

private:
    QWidget* buildEmpty();
    QWidget* buildList();
    void buildClasses();
    void buildScores();
    QWidget* buildSide();  ///< scores and the sentence below them
    void addButtons(QHBoxLayout* top);
    void connectTables();
    void fillMenu(QMenu* menu);
    void refresh();
    void refreshMember();
    void refreshScores();
    void refreshWords();
    void openFile();
    void saveFile();
    void addClass();
    int currentClass() const;

    ViewContext m_c;
    ClassStore* m_store;
    QStackedLayout* m_stack;
    QToolButton* m_list;
    QTableWidget* m_table;
    QTableWidget* m_scores;
    QLabel *m_words, *m_lost;
    QPushButton *m_member, *m_add, *m_rename, *m_remove;
    bool m_filling = false;
};

}  // namespace hs::ui
