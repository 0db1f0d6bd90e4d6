// SPDX-License-Identifier: GPL-3.0-or-later
// Controls of the Graph tab: measure and weights, neighbourhood, look, export; the pages below the graph; the menu of a head.
#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <algorithm>
#include <functional>

#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/graph/class_panel.h"
#include "ui/graph/class_store.h"
#include "ui/graph/edge_table.h"
#include "ui/graph/edges_model.h"
#include "ui/graph/graph_choice.h"
#include "ui/graph/graph_store.h"
#include "ui/graph/graph_tab.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/node_table.h"
#include "ui/graph/nodes_model.h"
#include "ui/kit/label.h"
#include "ui/kit/segment.h"
#include "ui/similarity/measure_words.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

void GraphTab::buildCommands()
{
    m_nearAction = new QAction(tr("Only the selected head and its neighbours"), this);
    m_nearAction->setIconText(tr("Neighbours"));  // on its button
    m_nearAction->setCheckable(true);
    m_nearAction->setShortcut(QKeySequence(Qt::ALT | Qt::Key_N));
    m_nearAction->setToolTip(tr("Only the selected head and its neighbours (Alt+N); Esc shows all again"));
    connect(m_nearAction, &QAction::triggered, this, [this](bool on) { setNeighbourhood(on, m_store->settings().steps); });
    auto* reach = new QActionGroup(this);
    m_nearOne = new QAction(tr("Neighbours: 1 step"), reach);
    m_nearTwo = new QAction(tr("Neighbours: 2 steps"), reach);
    for (QAction* action : {m_nearOne, m_nearTwo}) {
        action->setCheckable(true);
        const int steps = action == m_nearOne ? 1 : 2;
        connect(action, &QAction::triggered, this, [this, steps] { setNeighbourhood(true, steps); });
    }
    m_nearOne->setChecked(true);
    m_dataAction = new QAction(tr("Graph as data …"), this);
    m_dataAction->setToolTip(tr("GraphML, DOT, CSV or JSON, for other programs"));
    connect(m_dataAction, &QAction::triggered, this, &GraphTab::exportData);
    m_commands = {m_nearAction, m_nearOne, m_nearTwo, m_dataAction};
}

void GraphTab::addCommands(CommandList& commands, Desk& desk)
{
    const QString menu = id();
    commands.addMenu({menu, tr("&Graph of heads"), 150, QStringLiteral("view")});
    constexpr const char* ids[] = {"graph.near", "graph.oneStep", "graph.twoSteps", "graph.data"};
    for (int i = 0; i < m_commands.size(); ++i) {
        commands.adopt(m_commands[i], QString::fromLatin1(ids[i]), menu, 100 + i);
        connect(m_commands[i], &QAction::triggered, &desk, [this, &desk] { desk.showView(id()); });
    }
}

void GraphTab::buildBar(QHBoxLayout* bar)
{
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kControlGap);
    m_measure = new QComboBox;
    m_measure->setAccessibleName(tr("Measure"));
    m_measure->setToolTip(tr("What one head writes against what a later head reads"));
    for (const MeasureInfo& m : measures())
        if (!m.needsCorpus()) m_measure->addItem(measureTitle(m.id), int(m.id));
    m_weights = new QComboBox;
    m_weights->setAccessibleName(tr("Weights"));
    m_weights->addItem(tr("Weights as stored"), int(WeightProcessing::Raw));
    m_weights->addItem(tr("Norm folded in"), int(WeightProcessing::Folded));
    m_weights->addItem(tr("Norm folded in, centred"), int(WeightProcessing::FoldedCentred));
    m_busy = makeLabel({}, Ink::Muted, Type::Caption, false);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setProperty("small", true);
    m_cancel->hide();
    m_near = new QToolButton;
    m_near->setObjectName(QStringLiteral("neighbours"));
    m_near->setDefaultAction(m_nearAction);
    m_near->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_near->setPopupMode(QToolButton::MenuButtonPopup);
    auto* reach = new QMenu(m_near);
    reach->addActions({m_nearOne, m_nearTwo});
    m_near->setMenu(reach);
    auto* look = new QPushButton(tr("Look"));
    look->setMenu(buildLook());
    auto* exporting = new QPushButton(tr("Export"));
    exporting->setObjectName(QStringLiteral("graphExport"));
    auto* formats = new QMenu(exporting);
    formats->addAction(tr("Figure …"), this, &GraphTab::exportRequested);
    formats->addAction(m_dataAction);
    exporting->setMenu(formats);
    m_near->setFixedHeight(measure::kButton);
    bar->addWidget(m_measure);
    bar->addWidget(m_weights);
    bar->addStretch(1);
    bar->addWidget(m_busy);
    bar->addWidget(m_cancel);
    bar->addWidget(m_near);
    bar->addWidget(look);
    bar->addWidget(exporting);
    connect(m_cancel, &QPushButton::clicked, m_store, &GraphStore::cancel);
    connect(m_measure, &QComboBox::activated, this, [this] {
        GraphSettings s = m_store->settings();
        s.measure = HeadMeasure(m_measure->currentData().toInt());
        m_store->setSettings(s);
    });
    connect(m_weights, &QComboBox::activated, this, [this] {
        GraphSettings s = m_store->settings();
        s.weights = WeightProcessing(m_weights->currentData().toInt());
        m_store->setSettings(s);
    });
}

QWidget* GraphTab::buildLower()
{
    auto* lower = new QWidget;
    auto* column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    m_pageSwitch = new Segment({tr("Edges"), tr("Heads"), tr("Classes")});
    m_pageSwitch->setObjectName(QStringLiteral("graphPages"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    row->addWidget(m_pageSwitch);
    row->addStretch();
    column->addLayout(row);
    m_pages = new QStackedWidget;
    for (QWidget* page : std::initializer_list<QWidget*>{m_table, m_nodes, m_classPanel}) m_pages->addWidget(page);
    column->addWidget(m_pages, 1);
    connect(m_pageSwitch, &Segment::chosen, m_pages, &QStackedWidget::setCurrentIndex);
    const HeadMarks marks = [this](HeadId head) { return mark(head); };
    m_table->edges()->setMarks(marks);
    m_nodes->nodes()->setMarks(marks);
    return lower;
}

QMenu* GraphTab::buildLook()
{
    auto* menu = new QMenu(this);
    const auto group = [](QMenu* in, const QStringList& words, int chosen, const std::function<void(int)>& apply) {
        QList<QAction*> out;
        auto* actions = new QActionGroup(in);
        for (int i = 0; i < words.size(); ++i) {
            QAction* action = in->addAction(words[i], in, [apply, i] { apply(i); });
            action->setCheckable(true);
            action->setChecked(i == chosen);
            actions->addAction(action);
            out << action;
        }
        return out;
    };
    QMenu* place = menu->addMenu(tr("Place heads"));
    group(place, {tr("By layer"), tr("Freely, by force")}, 0, [this](int i) {
        GraphSettings s = m_store->settings();
        s.layout = i == 0 ? LayoutKind::Layered : LayoutKind::Force;
        m_store->setSettings(s);
    });
    place->addSeparator();
    place->addAction(tr("Forget moved heads"), this, [this] {
        m_view->forgetMoved();
        m_store->setPlaced({});
        m_view->setScene(makeScene());
    });
    QMenu* size = menu->addMenu(tr("Size of a head"));
    group(size,
          {tr("Number of edges"), tr("Edges in"), tr("Edges out"), tr("Strength in, above chance"), tr("Strength out, above chance"),
           tr("PageRank"), tr("PageRank, reversed"), tr("Betweenness"), tr("All the same")},
          0, [this](int i) {
              m_look.nodeSize = NodeSize(i);
              updateLook();
              refreshFoot();
          });
    QMenu* letters = menu->addMenu(tr("Letters on heads"));
    m_letterActions = group(letters, {tr("Labels"), tr("Class list"), tr("None")}, 0, [this](int i) {
        m_letters = Letters(i);
        refreshMarks();
    });
    QMenu* line = menu->addMenu(tr("Width of a line"));
    group(line, {tr("By value"), tr("By rank among those drawn")}, 0, [this](int i) {
        m_look.scale = EdgeScale(i);
        updateLook();
        refreshFoot();
    });
    QMenu* colours = menu->addMenu(tr("Colours of edges"));
    group(colours, {tr("HeadScope"), tr("As in the paper (red, green, blue)")}, 0, [this](int i) {
        m_look.palette = EdgePalette(i);
        m_table->setEdgePalette(m_look.palette);
        m_choice->setEdgePalette(m_look.palette);
        updateLook();
        Q_EMIT paletteChanged(m_look.palette);
    });
    menu->addSeparator();
    menu->addAction(tr("Fit to the window"), m_view, &GraphView::fit);
    return menu;
}

void GraphTab::showMenu(int node, const QPoint& at)
{
    if (!m_store->graph() || node < 0) return;
    const HeadId head = m_store->graph()->nodes[std::size_t(node)].id;
    m_c.selection->setHead(head);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString name = tr("L%1 H%2").arg(head.layer).arg(head.head);
    menu->addAction(tr("Open %1 in the Head tab").arg(name), this, [this, head] { Q_EMIT openRequested(head); });
    const bool pinned = m_c.selection->pinned() == head;
    menu->addAction(pinned ? tr("Unpin %1").arg(name) : tr("Pin %1 for comparison").arg(name), this,
                    [this, head, pinned] { m_c.selection->setPinned(pinned ? std::nullopt : std::optional(head)); });
    menu->addSeparator();
    menu->addActions({m_nearAction, m_nearOne, m_nearTwo});
    if (const auto& list = m_store->classes()->list(); list && !list->classes.empty()) {
        menu->addSeparator();
        QMenu* classes = menu->addMenu(tr("Classes of %1").arg(name));
        for (int i = 0; i < int(list->classes.size()); ++i) {
            const auto& heads = list->classes[std::size_t(i)].heads;
            QAction* action = classes->addAction(
                QStringLiteral("%1 (%2)").arg(QString::fromStdString(list->classes[std::size_t(i)].name), m_store->classes()->code(i)));
            action->setCheckable(true);
            action->setChecked(std::binary_search(heads.begin(), heads.end(), head));
            connect(action, &QAction::toggled, this, [this, i, head](bool on) { m_store->classes()->setMember(i, head, on); });
        }
    }
    menu->popup(at);
}

}  // namespace hs::ui
