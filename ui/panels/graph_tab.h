// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Graph": which heads read what others wrote (look.md picture 3). Graph above, table of its edges below.
#pragma once

#include <QWidget>

#include "ui/dialogs/figure_subject.h"
#include "ui/views/graph_scene.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QSlider;
class QSpinBox;
class QSplitter;
class QStackedLayout;
class QToolButton;

namespace hs::ui {

class EdgeTable;
class GraphStore;
class GraphView;
class StatePanel;

class GraphTab : public QWidget {
    Q_OBJECT
public:
    explicit GraphTab(const ViewContext& context, QWidget* parent = nullptr);
    QString statusText() const;
    FigureSubject figureSubject() const;
    const GraphScene& scene() const;
    GraphView* view() const { return m_view; }
    EdgeTable* table() const { return m_table; }

Q_SIGNALS:
    void statusChanged(const QString& text);
    void exportRequested();
    void openRequested(hs::HeadId head);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildBar(QHBoxLayout* bar);
    void buildTypes(QHBoxLayout* row);
    QMenu* buildOptions();
    void refresh();
    void refreshChips();
    void refreshFoot();
    void refreshState();
    void setTop(int top);
    GraphScene makeScene() const;
    void updateLook();

    ViewContext m_c;
    GraphStore* m_store;
    GraphView* m_view;
    EdgeTable* m_table;
    StatePanel* m_state;
    QStackedLayout* m_stack;
    QSplitter* m_split;
    QComboBox* m_measure;
    QComboBox* m_weights;
    QToolButton* m_options;
    std::vector<QPushButton*> m_chips;
    QSlider* m_slider;
    QSpinBox* m_top;
    QLabel* m_title;
    QLabel* m_foot;
    QLabel* m_busy;
    QPushButton* m_cancel;
    GraphScene m_look;           ///< node size, palette and scale as chosen
    QString m_hoverText;
};

}  // namespace hs::ui
