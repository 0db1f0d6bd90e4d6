// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/graph_tab.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/bridge/error_text.h"
#include "ui/models/edges_model.h"
#include "ui/models/graph_store.h"
#include "ui/models/head_scores.h"
#include "ui/panels/dock_title.h"
#include "ui/panels/edge_table.h"
#include "ui/state/label_store.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"
#include "ui/views/graph_view.h"
#include "ui/views/state_panel.h"

namespace hs::ui {

namespace {

constexpr int kMostTop = 500;
const RolePair kPairs[] = {{HeadRole::O, HeadRole::Q}, {HeadRole::O, HeadRole::K}, {HeadRole::O, HeadRole::V}};

/// Few edges matter most: the slider is fine at its left end.
int topAt(int position) { return std::max(1, int(std::lround(std::pow(double(kMostTop), position / 100.0)))); }
int positionOf(int top) { return int(std::lround(100 * std::log(double(std::max(1, top))) / std::log(double(kMostTop)))); }

}  // namespace

GraphTab::GraphTab(const ViewContext& context, QWidget* parent) : QWidget(parent), m_c(context), m_store(context.graph)
{
    setObjectName(QStringLiteral("graphTab"));
    m_view = new GraphView;
    m_table = new EdgeTable(m_store);
    m_state = new StatePanel;
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    auto* bar = new QHBoxLayout;
    buildBar(bar);
    column->addLayout(bar);
    auto* types = new QHBoxLayout;
    buildTypes(types);
    column->addLayout(types);
    auto* upper = new QWidget;
    auto* graph = new QVBoxLayout(upper);
    graph->setContentsMargins(0, 0, 0, 0);
    graph->setSpacing(0);
    graph->addWidget(m_view, 1);
    m_foot = makeLabel({}, int(Ink::Muted), int(Type::Caption), false);
    m_foot->setContentsMargins(measure::kViewMargin, 2, measure::kViewMargin, 4);
    m_foot->setTextFormat(Qt::PlainText);
    graph->addWidget(m_foot);
    m_split = new QSplitter(Qt::Vertical);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(upper);
    m_split->addWidget(m_table);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 0);
    column->addWidget(m_split, 1);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(page);
    m_stack->addWidget(m_state);
    setFocusProxy(m_view);

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
    if (m_c.labels) connect(m_c.labels, &LabelStore::changed, this, &GraphTab::updateLook);
    connect(&Theme::instance(), &Theme::changed, this, &GraphTab::refreshChips);
    const auto headOf = [this](int node) { return m_store->graph()->nodes[std::size_t(node)].id; };
    connect(m_view, &GraphView::nodeChosen, this, [this, headOf](int node) { m_c.selection->setHead(headOf(node)); });
    connect(m_view, &GraphView::nodePinned, this, [this, headOf](int node) {
        m_c.selection->setPinned(m_c.selection->pinned() == headOf(node) ? std::nullopt : std::optional(headOf(node)));
    });
    connect(m_view, &GraphView::nodeOpened, this, [this, headOf](int node) { Q_EMIT openRequested(headOf(node)); });
    connect(m_view, &GraphView::edgeChosen, m_store, &GraphStore::selectEdge);
    connect(m_view, &GraphView::movedByUser, this, [this] { m_store->setPlaced(m_view->moved()); });
    connect(m_view, &GraphView::hovered, this, [this](int node, int edge) {
        m_hoverText.clear();
        if (const auto& g = m_store->graph()) {
            if (node >= 0) {
                const GraphNode& n = g->nodes[std::size_t(node)];
                m_hoverText = tr("L%1 H%2 | %3 in, %4 out | strength above chance %5 in, %6 out | PageRank %7, reversed %8 | betweenness %9")
                                  .arg(n.id.layer).arg(n.id.head).arg(n.inEdges).arg(n.outEdges)
                                  .arg(numberText(n.inStrength, 1), numberText(n.outStrength, 1), numberText(n.pageRank, 4), numberText(n.reversePageRank, 4), numberText(n.betweenness, 1));
            } else if (edge >= 0) {
                const GraphEdge& e = g->edges[std::size_t(edge)];
                const EdgeType& t = g->types[std::size_t(e.type)];
                m_hoverText = tr("%1 → %2 | %3 | %4 %5 | rank %6 of %7")
                                  .arg(QString::fromStdString(g->sourceName(e)), QString::fromStdString(g->targetName(e)), edgeTypeWord(t), measureBrief(t.measure),
                                       numberText(e.value, measureDecimals(t.measure)), countText(e.rank), countText(t.pairs));
            }
        }
        Q_EMIT statusChanged(statusText());
    });
    connect(m_table, &EdgeTable::opened, this, [this](int edge) { m_c.selection->setHead(m_store->graph()->nodes[std::size_t(m_store->graph()->edges[std::size_t(edge)].target)].id); });
    refresh();
}

void GraphTab::buildBar(QHBoxLayout* bar)
{
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kControlGap);
    m_measure = new QComboBox;
    m_measure->setAccessibleName(tr("Measure"));
    for (const HeadMeasure m : {HeadMeasure::ProjectionKernel, HeadMeasure::CompositionScore, HeadMeasure::SimpleCs, HeadMeasure::LinearCka, HeadMeasure::Procrustes})
        m_measure->addItem(measureTitle(m), int(m));
    m_weights = new QComboBox;
    m_weights->setAccessibleName(tr("Weights"));
    m_weights->addItem(tr("Weights as stored"), int(WeightProcessing::Raw));
    m_weights->addItem(tr("Norm folded in"), int(WeightProcessing::Folded));
    m_weights->addItem(tr("Norm folded in, centred"), int(WeightProcessing::FoldedCentred));
    m_title = makeLabel(tr("output of one head into a later head"), int(Ink::Muted), int(Type::Caption), false);
    m_busy = makeLabel({}, int(Ink::Muted), int(Type::Caption), false);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setProperty("small", true);
    m_cancel->hide();
    m_options = new QToolButton;
    m_options->setText(tr("Look"));
    m_options->setPopupMode(QToolButton::InstantPopup);
    m_options->setMenu(buildOptions());
    auto* exportButton = new QPushButton(tr("Export …"));
    bar->addWidget(m_measure);
    bar->addWidget(m_weights);
    bar->addWidget(m_title, 1);
    bar->addWidget(m_busy);
    bar->addWidget(m_cancel);
    bar->addWidget(m_options);
    bar->addWidget(exportButton);
    connect(exportButton, &QPushButton::clicked, this, &GraphTab::exportRequested);
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

void GraphTab::buildTypes(QHBoxLayout* row)
{
    row->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    row->setSpacing(measure::kControlGap);
    for (const RolePair pair : kPairs) {
        auto* chip = new QPushButton;
        chip->setCheckable(true);
        chip->setChecked(true);
        chip->setProperty("chip", true);
        chip->setObjectName(QString::fromStdString(rolePairName(pair)));
        connect(chip, &QPushButton::toggled, this, [this] {
            GraphSettings s = m_store->settings();
            s.pairings.clear();
            for (std::size_t i = 0; i < m_chips.size(); ++i)
                if (m_chips[i]->isChecked()) s.pairings.push_back(kPairs[i]);
            m_store->setSettings(s);
        });
        m_chips.push_back(chip);
        row->addWidget(chip);
    }
    row->addStretch();
    auto* word = makeLabel(tr("Top"), int(Ink::Muted), int(Type::Base), false);
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setRange(0, 100);
    m_slider->setFixedWidth(120);
    m_slider->setAccessibleName(tr("Edges of each type"));
    m_top = new QSpinBox;
    m_top->setRange(1, 20000);
    m_top->setAccessibleName(tr("Edges of each type"));
    m_top->setToolTip(tr("Strongest edges of each type"));
    m_top->setKeyboardTracking(false);
    row->addWidget(word);
    row->addWidget(m_slider);
    row->addWidget(m_top);
    m_top->setValue(m_store->settings().edges.top);
    m_slider->setValue(positionOf(m_top->value()));
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
        if (m_slider->hasFocus() || m_slider->isSliderDown()) setTop(topAt(position));
    });
    connect(m_top, &QSpinBox::valueChanged, this, &GraphTab::setTop);
}

void GraphTab::setTop(int top)
{
    const QSignalBlocker a(m_top), b(m_slider);
    m_top->setValue(top);
    if (!m_slider->isSliderDown()) m_slider->setValue(positionOf(top));
    GraphSettings s = m_store->settings();
    s.edges.rule = EdgeChoice::Rule::Top;
    s.edges.top = top;
    m_store->setSettings(s);
}

QMenu* GraphTab::buildOptions()
{
    auto* menu = new QMenu(this);
    const auto group = [&](QMenu* in, const QStringList& words, int chosen, const std::function<void(int)>& apply) {
        auto* actions = new QActionGroup(in);
        for (int i = 0; i < words.size(); ++i) {
            QAction* action = in->addAction(words[i], this, [apply, i] { apply(i); });
            action->setCheckable(true);
            action->setChecked(i == chosen);
            actions->addAction(action);
        }
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
    group(size, {tr("Number of edges"), tr("Edges in"), tr("Edges out"), tr("Strength in, above chance"), tr("Strength out, above chance"), tr("PageRank"), tr("PageRank, reversed"), tr("Betweenness"), tr("All the same")}, 0,
          [this](int i) {
              m_look.nodeSize = NodeSize(i);
              updateLook();
              refreshFoot();
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
        updateLook();
        refreshChips();
    });
    menu->addSeparator();
    QAction* near = menu->addAction(tr("Only the selected head and its neighbours"));
    near->setCheckable(true);
    near->setShortcut(QKeySequence(Qt::ALT | Qt::Key_N));
    connect(near, &QAction::toggled, this, [this](bool on) {
        GraphSettings s = m_store->settings();
        s.neighbourhood = on;
        m_store->setFocus(m_c.selection->head());
        m_store->setSettings(s);
    });
    addAction(near);
    menu->addAction(tr("Fit to the window"), m_view, &GraphView::fit);
    return menu;
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
    if (m_c.labels)
        for (const GraphNode& n : scene.graph->nodes) {
            const LabelMark mark = m_c.labels->mark(n.id);
            scene.letters.push_back(mark.hasLabel() ? mark.code : QString());
        }
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

void GraphTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_store->need();
}

void GraphTab::refresh()
{
    if (m_store->graph() != m_view->scene().graph || m_store->layout() != m_view->scene().layout) m_view->setScene(makeScene());
    m_busy->setText(m_store->busy() ? tr("Computing …") : QString());
    m_cancel->setVisible(m_store->busy() && m_store->graph());
    refreshChips();
    refreshFoot();
    refreshState();
    Q_EMIT statusChanged(statusText());
}

void GraphTab::refreshChips()
{
    const auto& graph = m_store->graph();
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        EdgeType type;
        type.pairing = kPairs[i];
        type.name = rolePairName(kPairs[i]);
        int edges = -1;
        if (graph)
            for (const EdgeType& t : graph->types)
                if (t.pairing == kPairs[i]) {
                    type = t;
                    edges = t.edges;
                }
        m_chips[i]->setIcon(QIcon(edgeSample(type, m_look.palette, Theme::instance().dark(), devicePixelRatioF())));
        m_chips[i]->setIconSize({24, 12});
        m_chips[i]->setText(edges >= 0 ? QStringLiteral("%1 %2").arg(edgeTypeWord(type)).arg(edges) : edgeTypeWord(type));
        m_chips[i]->setToolTip(tr("Edges from what a head writes (O) to what a later head reads through its %1").arg(edgeTypeWord(type)));
    }
}

void GraphTab::refreshFoot()
{
    const auto& graph = m_store->graph();
    QStringList parts{tr("Wheel zooms"), tr("drag moves"), tr("Ctrl+click pins")};
    if (graph && !graph->edges.empty()) {
        static const char* const sizes[] = {QT_TR_NOOP("number of edges"), QT_TR_NOOP("edges in"), QT_TR_NOOP("edges out"), QT_TR_NOOP("strength in"), QT_TR_NOOP("strength out"),
                                            QT_TR_NOOP("PageRank"), QT_TR_NOOP("reversed PageRank"), QT_TR_NOOP("betweenness"), QT_TR_NOOP("all the same")};
        parts << tr("size of a head: %1").arg(tr(sizes[int(m_look.nodeSize)]));
        double low = 1e300, high = -1e300;
        for (const GraphEdge& e : graph->edges) {
            low = std::min(low, e.value);
            high = std::max(high, e.value);
        }
        const HeadMeasure measure = graph->types.front().measure;
        const int decimals = measure == HeadMeasure::ProjectionKernel ? 1 : 3;
        if (m_look.scale == EdgeScale::Value) parts << tr("line width: %1 %2 to %3").arg(measureBrief(measure), numberText(low, decimals), numberText(high, decimals));
        else parts << tr("line width: rank");
        if (const auto& chance = graph->types.front().chance) parts << tr("random %1").arg(numberText(chance->mean, measure == HeadMeasure::ProjectionKernel ? 2 : 4));
    }
    m_foot->setText(parts.join(QStringLiteral(" · ")));
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
        content.sentence = tr("The graph compares what heads write and read, so it needs a model file. Attention dumps hold no weights.");
    } else if (!m_store->possible()) {
        content.title = tr("No attention weights in this file");
        content.sentence = tr("The graph needs W_Q, W_K, W_V and W_O.");
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
                           .arg(QString::fromStdString(g->sourceName(e)), QString::fromStdString(g->targetName(e)), edgeTypeWord(t), measureBrief(t.measure),
                                numberText(e.value, measureDecimals(t.measure)));
        if (t.chance) text += tr(" | random %1 ± %2").arg(numberText(t.chance->mean, measureDecimals(t.measure)), numberText(t.chance->sd, measureDecimals(t.measure)));
        return text + tr(" | rank %1 of %2").arg(countText(e.rank), countText(t.pairs));
    }
    return tr("%1 edges among %2 heads").arg(countText(qint64(g->edges.size())), countText(qint64(g->nodes.size())));
}

FigureSubject GraphTab::figureSubject() const
{
    FigureSubject s = headSubject(m_c);
    GraphScene scene = m_view->scene();
    if (scene.empty()) return s;
    scene.hoverNode = scene.hoverEdge = -1;
    s.screen = m_view->size();
    auto drawing = std::make_shared<FigureDrawing>();
    drawing->name = QStringLiteral("graph");
    const HeadGraph& g = *scene.graph;
    const HeadMeasure measure = g.types.empty() ? m_store->settings().measure : g.types.front().measure;
    drawing->title = tr("%1, top %2 of each type").arg(measureTitle(measure)).arg(g.choice.top);
    QStringList types;
    for (const EdgeType& t : g.types) types << QStringLiteral("%1 %2").arg(edgeTypeWord(t)).arg(t.edges);
    drawing->caption = tr("Head graph by %1: %2; what one head writes against what a later head reads").arg(drawing->title, types.join(QStringLiteral(", ")));
    drawing->facts << drawing->title << types.join(QStringLiteral(", ")) << tr("weights: %1").arg(QLatin1String(weightProcessingName(g.weights)));
    drawing->aspect = double(m_view->height()) / std::max(1, m_view->width());
    drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) {
        GraphPaintOptions options;
        options.dark = dark;
        options.selection = false;
        paintGraph(painter, scene, fitGraph(*scene.layout, area, 1), options);
    };
    drawing->table.push_back({tr("source"), tr("target"), tr("type"), measureBrief(measure), tr("chance-corrected"), tr("rank")});
    for (const GraphEdge& e : g.edges)
        drawing->table.push_back({QString::fromStdString(g.sourceName(e)), QString::fromStdString(g.targetName(e)), QString::fromStdString(g.types[std::size_t(e.type)].name),
                                  QString::number(e.value, 'g', 9), std::isfinite(e.corrected) ? QString::number(e.corrected, 'g', 9) : QString(), QString::number(e.rank)});
    s.spec.kind = FigureKind::Drawing;
    s.spec.drawing = std::move(drawing);
    return s;
}

}  // namespace hs::ui
