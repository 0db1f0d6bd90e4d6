// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_tab.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/graph/class_panel.h"
#include "ui/graph/class_store.h"
#include "ui/graph/edge_table.h"
#include "ui/graph/graph_choice.h"
#include "ui/graph/graph_store.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/node_table.h"
#include "ui/graph/nodes_model.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/state_panel.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/similarity/measure_words.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

GraphTab::GraphTab(const ViewContext& context, QWidget* parent)
    : CentreTab(parent), m_c(context), m_store(context.graph), m_write(context.bridge, tr("Write graph"), {})
{
    setObjectName(QStringLiteral("graphTab"));
    m_view = new GraphView;
    m_table = new EdgeTable(m_store);
    m_nodes = new NodeTable(m_c);
    m_classPanel = new ClassPanel(m_c);
    m_choice = new GraphChoice(m_store);
    m_state = new StatePanel;
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    auto* bar = new QHBoxLayout;
    buildCommands();
    buildBar(bar);
    column->addLayout(bar);
    m_choice->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    column->addWidget(m_choice);
    auto* upper = new QWidget;
    auto* graph = new QVBoxLayout(upper);
    graph->setContentsMargins(0, 0, 0, 0);
    graph->setSpacing(0);
    graph->addWidget(m_view, 1);
    m_foot = makeLabel({}, Ink::Muted, Type::Caption, false);
    m_foot->setContentsMargins(measure::kViewMargin, 2, measure::kViewMargin, 4);
    m_foot->setTextFormat(Qt::PlainText);
    m_foot->setWordWrap(true);
    graph->addWidget(m_foot);
    m_split = new QSplitter(Qt::Vertical);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(upper);
    m_split->addWidget(buildLower());
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 0);
    column->addWidget(m_split, 1);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(page);
    m_stack->addWidget(m_state);
    setFocusProxy(m_view);
    connectStore();
    connectView();
    refreshMarks();
    refresh();
}

namespace {

QString needsModel()
{
    return GraphTab::tr("The graph compares what heads write and read, so it needs a model file. Attention dumps hold no weights.");
}

}  // namespace

QString GraphTab::obstacle() const
{
    if (m_c.project->empty() || m_store->possible()) return {};
    return m_c.project->model() ? tr("The graph needs W_Q, W_K, W_V and W_O.") : needsModel();
}

void GraphTab::connectStore()
{
    connect(m_store, &GraphStore::changed, this, &GraphTab::refresh);
    connect(m_store, &GraphStore::edgeSelected, this, [this] {
        updateLook();
        Q_EMIT statusChanged(statusText());
    });
    connect(m_store, &GraphStore::progress, this, [this](double fraction, const QString& words) {
        if (m_store->graph()) m_busy->setText(words);
        else m_state->setProgress(fraction, words);
    });
    connect(m_state, &StatePanel::cancelled, m_store, &GraphStore::cancel);
    connect(m_state, &StatePanel::triggered, this, [this](const QString& id) {
        if (id == QLatin1String("again")) m_store->need();
    });
    connect(m_c.selection, &Selection::headChanged, this, [this](HeadId head) {
        m_store->setFocus(head);
        updateLook();
        if (m_store->graph()) m_view->reveal(m_store->nodeOf(head));
        Q_EMIT statusChanged(statusText());
    });
    connect(m_c.selection, &Selection::pinnedChanged, this, &GraphTab::updateLook);
    if (m_c.labels) {
        connect(m_c.labels, &LabelStore::changed, this, &GraphTab::refreshMarks);
        connect(m_c.labels, &LabelStore::notesChanged, this, &GraphTab::refreshMarks);
    }
    ClassStore* classes = m_store->classes();
    connect(classes, &ClassStore::changed, this, [this, classes] {
        // A list that was just opened is what one wants to see; without one the letters are the labels again.
        const bool has = classes->list() != nullptr;
        if (has != m_hadClasses) {
            m_hadClasses = has;
            m_letters = has ? Letters::Classes : Letters::Labels;
            m_letterActions[int(m_letters)]->setChecked(true);
        }
        refreshMarks();
    });
    connect(classes, &ClassStore::message, this, &GraphTab::message);
    connect(classes, &ClassStore::failed, this, &GraphTab::failed);
    connect(&m_write, &OneAsk::ended, this, [this](const JobEnded& ended) {
        if (ended.state == JobState::Failed && ended.error) Q_EMIT failed(*ended.error);
        else if (ended.state == JobState::Done) Q_EMIT message(m_writeWords);
    });
}

void GraphTab::connectView()
{
    const auto headOf = [this](int node) { return m_store->graph()->nodes[std::size_t(node)].id; };
    connect(m_view, &GraphView::nodeChosen, this, [this, headOf](int node) { m_c.selection->setHead(headOf(node)); });
    connect(m_view, &GraphView::nodePinned, this, [this, headOf](int node) {
        m_c.selection->setPinned(m_c.selection->pinned() == headOf(node) ? std::nullopt : std::optional(headOf(node)));
    });
    connect(m_view, &GraphView::nodeOpened, this, [this, headOf](int node) { Q_EMIT openRequested(headOf(node)); });
    connect(m_view, &GraphView::menuRequested, this, &GraphTab::showMenu);
    connect(m_view, &GraphView::edgeChosen, m_store, &GraphStore::selectEdge);
    connect(m_view, &GraphView::movedByUser, this, [this] { m_store->setPlaced(m_view->moved()); });
    connect(m_view, &GraphView::resized, this, [this](double width) { m_store->setPlotWidth(width); });
    connect(m_view, &GraphView::hovered, this, &GraphTab::hover);
    connect(m_table, &EdgeTable::opened, this, [this](int edge) {
        const HeadGraph& g = *m_store->graph();
        m_c.selection->setHead(g.nodes[std::size_t(g.edges[std::size_t(edge)].target)].id);
    });
    connect(m_nodes, &NodeTable::opened, this, [this, headOf](int node) { Q_EMIT openRequested(headOf(node)); });
}

void GraphTab::hover(int node, int edge)
{
    m_hoverText.clear();
    if (const auto& g = m_store->graph()) {
        if (node >= 0) {
            const GraphNode& n = g->nodes[std::size_t(node)];
            const QString words = mark(n.id).second;
            m_hoverText = tr("L%1 H%2 | %3 in, %4 out | strength above chance %5 in, %6 out | PageRank %7, reversed %8 | betweenness %9")
                              .arg(n.id.layer)
                              .arg(n.id.head)
                              .arg(n.inEdges)
                              .arg(n.outEdges)
                              .arg(numberText(n.inStrength, 1), numberText(n.outStrength, 1), numberText(n.pageRank, 4),
                                   numberText(n.reversePageRank, 4), numberText(n.betweenness, 1));
            if (!words.isEmpty()) m_hoverText += QStringLiteral(" | ") + words;
        } else if (edge >= 0) {
            const GraphEdge& e = g->edges[std::size_t(edge)];
            const EdgeType& t = g->types[std::size_t(e.type)];
            m_hoverText =
                tr("%1 → %2 | %3 | %4 %5 | rank %6 of %7")
                    .arg(QString::fromStdString(g->sourceName(e)), QString::fromStdString(g->targetName(e)), edgeTypeWord(t),
                         measureBrief(t.measure), numberText(e.value, measureDecimals(t.measure)), countText(e.rank), countText(t.pairs));
        }
    }
    Q_EMIT statusChanged(statusText());
}

std::pair<QString, QString> GraphTab::mark(HeadId head) const
{
    if (m_letters == Letters::Classes) return {m_store->classes()->codes(head), m_store->classes()->names(head)};
    if (m_letters == Letters::Labels && m_c.labels)
        if (const LabelMark label = m_c.labels->mark(head); label.hasLabel()) return {label.code, kindTitle(label.kind)};
    return {};
}

GraphScene GraphTab::makeScene() const
{
    GraphScene scene = m_look;
    scene.graph = m_store->graph();
    scene.layout = m_store->layout();
    if (!scene.graph) return scene;
    scene.selectedNode = scene.graph->nodeOf(m_c.selection->head());
    scene.pinnedNode = m_c.selection->pinned() ? scene.graph->nodeOf(*m_c.selection->pinned()) : -1;
    scene.selectedEdge = m_store->selectedEdge();
    for (const GraphNode& n : scene.graph->nodes) scene.letters.push_back(mark(n.id).first);
    return scene;
}

const GraphScene& GraphTab::scene() const { return m_view->scene(); }

void GraphTab::updateLook()
{
    if (m_store->graph() && m_store->graph() == m_view->scene().graph) {
        GraphScene scene = makeScene();
        scene.hoverNode = m_view->scene().hoverNode;
        scene.hoverEdge = m_view->scene().hoverEdge;
        m_view->updateLook(scene);
    }
}

void GraphTab::refreshMarks()
{
    m_letterActions[int(Letters::Classes)]->setEnabled(m_store->classes()->list() != nullptr);
    m_table->edges()->refreshMarks();
    m_nodes->nodes()->refreshMarks();
    updateLook();
    refreshFoot();
}

void GraphTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_store->need();
}

void GraphTab::keyPressEvent(QKeyEvent* event)
{
    // Nearest first: a selected edge, then the neighbourhood; what neither wants is the window's.
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        if (m_store->selectedEdge() >= 0) return m_store->selectEdge(-1);
        if (m_store->settings().neighbourhood) return setNeighbourhood(false, m_store->settings().steps);
    }
    QWidget::keyPressEvent(event);
}

void GraphTab::setNeighbourhood(bool on, int steps)
{
    GraphSettings s = m_store->settings();
    s.neighbourhood = on;
    s.steps = steps;
    m_store->setFocus(m_c.selection->head());
    m_store->setSettings(s);
    m_nearAction->setChecked(on);
    (steps == 1 ? m_nearOne : m_nearTwo)->setChecked(true);
    if (on) m_view->fit();
    refreshFoot();
}

void GraphTab::refresh()
{
    if (m_store->graph() != m_view->scene().graph || m_store->layout() != m_view->scene().layout) m_view->setScene(makeScene());
    m_busy->setText(m_store->busy() ? tr("Computing …") : QString());
    m_cancel->setVisible(m_store->busy() && m_store->graph());
    m_dataAction->setEnabled(m_store->graph() != nullptr);
    introduce();
    refreshFoot();
    refreshState();
    Q_EMIT statusChanged(statusText());
}

/// The first graph of a model opens at its hub, unless somebody chose a head before.
void GraphTab::introduce()
{
    const auto& graph = m_store->graph();
    const auto& model = m_c.project->model();
    if (!graph || graph->edges.empty() || !isVisible() || m_introduced.lock() == model) return;
    m_introduced = model;
    const int now = graph->nodeOf(m_c.selection->head());
    if (m_c.selection->head() != HeadId{0, 0} || now < 0 || graph->nodes[std::size_t(now)].edges() > 0) return;
    const auto hub = std::max_element(graph->nodes.begin(), graph->nodes.end(),
                                      [](const GraphNode& a, const GraphNode& b) { return a.edges() < b.edges(); });
    m_c.selection->setHead(hub->id);
}

void GraphTab::refreshFoot()
{
    const auto& graph = m_store->graph();
    QStringList parts;
    if (m_store->settings().neighbourhood) {
        const QString who = QString::fromStdString(headName(m_c.selection->head()));
        parts << (m_store->settings().steps == 1 ? tr("only %1 and its neighbours, Esc shows all").arg(who)
                                                 : tr("only %1 and what lies within 2 steps, Esc shows all").arg(who));
    } else {
        parts << tr("wheel zooms") << tr("drag moves") << tr("Ctrl+click pins");
    }
    if (graph && !graph->edges.empty()) {
        static const char* const sizes[] = {QT_TR_NOOP("number of edges"),   QT_TR_NOOP("edges in"),     QT_TR_NOOP("edges out"),
                                            QT_TR_NOOP("strength in"),       QT_TR_NOOP("strength out"), QT_TR_NOOP("PageRank"),
                                            QT_TR_NOOP("reversed PageRank"), QT_TR_NOOP("betweenness"),  QT_TR_NOOP("all the same")};
        parts << tr("size of a head: %1").arg(tr(sizes[int(m_look.nodeSize)]));
        double low = 1e300, high = -1e300;
        std::int64_t left = 0;
        for (const EdgeType& t : graph->types) left += t.leftOut;
        for (const GraphEdge& e : graph->edges) {
            low = std::min(low, e.value);
            high = std::max(high, e.value);
        }
        const HeadMeasure measure = graph->types.front().measure;
        const int decimals = fewMeasureDecimals(measure);
        if (m_look.scale == EdgeScale::Value)
            parts << tr("line width: %1 %2 to %3").arg(measureBrief(measure), numberText(low, decimals), numberText(high, decimals));
        else parts << tr("line width: rank");
        if (const auto& chance = graph->types.front().chance)
            parts << tr("random %1").arg(numberText(chance->mean, measureDecimals(measure)));
        if (left > 0) parts << tr("%1 weaker edges that the rule allows are not drawn").arg(countText(left));
    }
    QString text = parts.join(QStringLiteral(" · "));
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    // What the letters mean, as far as they are drawn.
    if (graph && m_letters == Letters::Classes && m_store->classes()->list()) {
        const ClassList& list = *m_store->classes()->list();
        QStringList names;
        for (int i = 0; i < int(list.classes.size()); ++i) {
            const auto& heads = list.classes[std::size_t(i)].heads;
            const bool drawn = std::any_of(heads.begin(), heads.end(), [&](HeadId h) { return m_store->edgeCount(h).value_or(0) > 0; });
            if (drawn)
                names << QStringLiteral("%1 %2").arg(m_store->classes()->code(i),
                                                     QString::fromStdString(list.classes[std::size_t(i)].name));
        }
        if (!names.isEmpty()) text += QLatin1Char('\n') + tr("Letters: %1").arg(names.join(QStringLiteral(", ")));
    }
    m_foot->setText(text);
}

void GraphTab::refreshState()
{
    if (m_store->graph() && m_store->layout() && !m_store->error()) {
        m_stack->setCurrentIndex(0);
        m_state->clearProgress();
        return;
    }
    StateContent content;
    if (!m_c.project->model()) {
        content.title = tr("No weights to compare");
        content.sentence = needsModel();
    } else if (!m_store->possible()) {
        content.title = tr("No attention weights in this file");
        content.sentence = obstacle();
    } else if (m_store->settings().pairings.empty()) {
        content.title = tr("No edges chosen");
        content.sentence = tr("Switch on queries, keys or values above.");
    } else if (m_store->error() && m_store->error()->code == ErrorCode::Cancelled) {
        content.title = tr("Cancelled");
        content.sentence = tr("The head graph was not computed.");
        content.buttons << StateButton{QStringLiteral("again"), tr("Compute it"), true, {}};
    } else if (m_store->error()) {
        const ErrorText text = errorText(*m_store->error());
        content.bad = true;
        content.title = text.title;
        content.sentence = text.what;
        content.note = text.next;
    } else {
        content.title = tr("Comparing all heads");
    }
    // Chips stay reachable when they are what emptied the graph.
    if (m_store->settings().pairings.empty()) {
        m_stack->setCurrentIndex(0);
        return;
    }
    if (!(m_state->content() == content)) m_state->setContent(content);
    if (!m_store->busy()) m_state->clearProgress();
    m_stack->setCurrentIndex(1);
}

QString GraphTab::statusText() const
{
    if (!m_hoverText.isEmpty()) return m_hoverText;
    const auto& g = m_store->graph();
    if (!g) return {};
    if (m_store->selectedEdge() >= 0) {
        const GraphEdge& e = g->edges[std::size_t(m_store->selectedEdge())];
        const EdgeType& t = g->types[std::size_t(e.type)];
        QString text = tr("Selected edge %1 → %2 | %3 | %4 %5")
                           .arg(QString::fromStdString(g->sourceName(e)), QString::fromStdString(g->targetName(e)), edgeTypeWord(t),
                                measureBrief(t.measure), numberText(e.value, measureDecimals(t.measure)));
        if (t.chance)
            text += tr(" | random %1 ± %2")
                        .arg(numberText(t.chance->mean, measureDecimals(t.measure)), numberText(t.chance->sd, measureDecimals(t.measure)));
        return text + tr(" | rank %1 of %2").arg(countText(e.rank), countText(t.pairs));
    }
    const auto heads = std::count_if(g->nodes.begin(), g->nodes.end(), [](const GraphNode& n) { return n.edges() > 0; });
    return tr("%1 edges among %2 of %3 heads")
        .arg(countText(qint64(g->edges.size())), countText(heads), countText(qint64(g->nodes.size())));
}

}  // namespace hs::ui
