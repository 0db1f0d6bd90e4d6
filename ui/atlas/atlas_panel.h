// SPDX-License-Identifier: GPL-3.0-or-later
// Left dock: atlas above, heads table below, one "Show:" menu for both.
#pragma once

#include <QWidget>

#include "ui/atlas/head_scores.h"
#include "ui/state/view_context.h"

class QMenu;
class QPushButton;
class QSplitter;
class QToolButton;

namespace hs::ui {

class AtlasView;
class DockTitle;
class HeadsModel;
class HeadsTable;
class LabelFilterBar;
class RepeatScores;
class SessionController;

class AtlasPanel : public QWidget {
    Q_OBJECT
public:
    AtlasPanel(const ViewContext& context, SessionController* controller, RepeatScores* repeats, QWidget* parent = nullptr);
    AtlasView* atlas() const { return m_atlas; }
    LabelFilterBar* labelBar() const { return m_labels; }
    HeadsTable* table() const { return m_table; }
    DockTitle* title() const { return m_title; }
    QSize sizeHint() const override { return {280, 600}; }
    QSize minimumSizeHint() const override { return {240, 200}; }
    QString scoreKey() const;  ///< "entropy", "label", or "measure:label:induction"
    void setScoreKey(const QString& key, bool sorted);
    bool sorted() const;

    /// The Graph tab is in front: edges in the table, and in the cells unless the user chose what they show.
    void showGraph(bool on);
    /// What stands under the atlas in the pruning bench, and its control in the title.
    void addBench(QWidget* list, QWidget* control);
    void showBench(bool on);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildShowMenu();
    void fillMeasures(QMenu* menu, bool scores);  ///< the report's numbers: scores of one label each, or all others
    QWidget* buildLower();                        ///< what stands under the atlas: label filter, table, button
    void connectAll();
    void takeLabels();  ///< a report has come or gone
    void fitAtlas();
    void setScore(ShownScore score);
    void refresh();

    ViewContext m_c;
    SessionController* m_controller;
    RepeatScores* m_repeats;
    DockTitle* m_title;
    QToolButton* m_show;
    QAction* m_measures[2] = {nullptr, nullptr};  ///< menus of the report's numbers
    AtlasView* m_atlas;
    HeadsModel* m_model;
    HeadsTable* m_table;
    LabelFilterBar* m_labels;
    QPushButton* m_measure;
    QSplitter* m_split;
    QWidget* m_lower = nullptr;
    QWidget* m_benchList = nullptr;
    bool m_userSplit = false;
    bool m_graph = false;
    bool m_scoreChosen = false;  ///< by the user: labels that arrive do not take its place
};

}  // namespace hs::ui
