// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Graph": which heads read what others wrote (ui/look.md section 5.3). Graph above; its edges, its heads and class lists below.
#pragma once

#include <QWidget>
#include <memory>
#include "engine/model/model.h"
#include "engine/session/jobs/graph.h"
#include "ui/bridge/ask.h"
#include "ui/export/figure_subject.h"
#include "ui/feature/centre_tab.h"
#include "ui/graph/graph_scene.h"

class QAction;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QStackedWidget;
class QToolButton;

namespace hs::ui {

class ClassPanel;
class EdgeTable;
class GraphChoice;
class GraphStore;
class GraphView;
class NodeTable;
class Segment;
class StatePanel;

class GraphTab : public CentreTab {
    Q_OBJECT
public:
    static constexpr QLatin1String kId{"graph"};
    explicit GraphTab(const ViewContext& context, QWidget* parent = nullptr);
    QString id() const override { return kId; }
    QString title() const override { return tr("Graph"); }
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    QString obstacle() const override;
    void addCommands(CommandList& commands, Desk& desk) override;
    const GraphScene& scene() const;
    GraphView* view() const { return m_view; }
    EdgeTable* table() const { return m_table; }
    NodeTable* nodeTable() const { return m_nodes; }
    ClassPanel* classPanel() const { return m_classPanel; }
    GraphChoice* choice() const { return m_choice; }
    /// For the window's menus: neighbourhood, its reach, export of the graph as data.
    QList<QAction*> commands() const { return m_commands; }
    /// Asks for a name, then writes GraphML, DOT, CSV or JSON.
    void exportData();
    /// The same without a question; the format follows the ending.
    void writeData(const QString& path);
    /// "gpt2-small-attention-graph-pk-top20"
    QString dataName() const;

Q_SIGNALS:
    void paletteChanged(hs::ui::EdgePalette palette);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Letters { Labels, Classes, None };

    // graph_tab.cpp
    void connectStore();
    void connectView();
    void refresh();
    void refreshFoot();
    void refreshState();
    void introduce();
    void refreshMarks();
    void hover(int node, int edge);
    void setNeighbourhood(bool on, int steps);
    std::pair<QString, QString> mark(HeadId head) const;
    GraphScene makeScene() const;
    void updateLook();
    // graph_tab_bar.cpp
    void buildBar(QHBoxLayout* bar);
    QWidget* buildLower();
    QMenu* buildLook();
    void buildCommands();
    void showMenu(int node, const QPoint& at);
    // graph_tab_export.cpp
    QString ruleWords() const;

    ViewContext m_c;
    GraphStore* m_store;
    GraphView* m_view;
    EdgeTable* m_table;
    NodeTable* m_nodes;
    ClassPanel* m_classPanel;
    GraphChoice* m_choice;
    StatePanel* m_state;
    QStackedLayout* m_stack;
    QSplitter* m_split;
    QStackedWidget* m_pages;
    Segment* m_pageSwitch;
    QComboBox* m_measure;
    QComboBox* m_weights;
    QToolButton* m_near;
    QAction *m_nearAction, *m_nearOne, *m_nearTwo, *m_dataAction;
    QList<QAction*> m_commands;
    QList<QAction*> m_letterActions;
    QLabel* m_foot;
    QLabel* m_busy;
    QPushButton* m_cancel;
    GraphScene m_look;  ///< node size, palette and scale as chosen
    Letters m_letters = Letters::Labels;
    bool m_hadClasses = false;
    std::weak_ptr<const Model> m_introduced;  ///< whose hub was shown first
    QString m_hoverText;
    Ask<WriteGraphJob> m_write;
    QString m_writeWords;
};

}  // namespace hs::ui
