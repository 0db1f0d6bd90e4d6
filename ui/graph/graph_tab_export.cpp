// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the Graph tab: the figure, and the graph as data for other programs.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <cmath>
#include <map>

#include "engine/session/jobs/graph.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/graph/class_store.h"
#include "ui/graph/graph_painter.h"
#include "ui/graph/graph_store.h"
#include "ui/graph/graph_tab.h"
#include "ui/graph/graph_view.h"
#include "ui/kit/figure_drawing.h"
#include "ui/kit/numbers.h"
#include "ui/kit/save_dialog.h"
#include "ui/similarity/measure_words.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {

GraphFormat formatOf(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QLatin1String("json")) return GraphFormat::Json;
    if (suffix == QLatin1String("dot") || suffix == QLatin1String("gv")) return GraphFormat::Dot;
    if (suffix == QLatin1String("csv")) return GraphFormat::Csv;
    return GraphFormat::GraphMl;
}

}  // namespace

QString GraphTab::ruleWords() const
{
    const auto& graph = m_store->graph();
    const EdgeChoice& choice = graph ? graph->choice : m_store->settings().edges;
    switch (choice.rule) {
    case EdgeChoice::Rule::Top: return tr("top %1 of each type").arg(choice.top);
    case EdgeChoice::Rule::Threshold:
        return tr("values of at least %1").arg(numberText(choice.threshold, measureDecimals(m_store->settings().measure)));
    default: return tr("strongest %1 % of each type").arg(numberText(choice.percent, 2));
    }
}

QString GraphTab::dataName() const
{
    const auto& model = m_c.project->model();
    QString name = model ? QString::fromStdString(model->identity().name) : QString();
    if (name.isEmpty()) name = QStringLiteral("model");
    for (QChar& c : name)
        if (!c.isLetterOrNumber() && c != QLatin1Char('-') && c != QLatin1Char('_') && c != QLatin1Char('.')) c = QLatin1Char('-');
    const GraphSettings& s = m_store->settings();
    name += QStringLiteral("-graph-") + QLatin1String(measureName(s.measure));
    switch (s.edges.rule) {
    case EdgeChoice::Rule::Top: name += QStringLiteral("-top%1").arg(s.edges.top); break;
    case EdgeChoice::Rule::Threshold: name += QStringLiteral("-from%1").arg(s.edges.threshold); break;
    default: name += QStringLiteral("-percent%1").arg(s.edges.percent);
    }
    if (s.neighbourhood) name += QStringLiteral("-near");
    return name;
}

void GraphTab::exportData()
{
    if (!m_store->graph()) return;
    auto* dialog = new SaveDialog(window(), tr("Export graph as data"), openInputs());
    dialog->setObjectName(QStringLiteral("graphDataDialog"));
    const std::pair<QString, QString> formats[] = {{tr("GraphML, for graph programs (*.graphml)"), QStringLiteral("graphml")},
                                                   {tr("Graphviz DOT (*.dot)"), QStringLiteral("dot")},
                                                   {tr("Table of edges (*.csv)"), QStringLiteral("csv")},
                                                   {tr("JSON, edges and heads with every measure (*.json)"), QStringLiteral("json")}};
    QStringList filters;
    std::map<QString, QString> suffixes;
    for (const auto& [filter, suffix] : formats) {
        filters << filter;
        suffixes[filter] = suffix;
    }
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QStringLiteral("graphml"));
    dialog->selectFile(dataName() + QStringLiteral(".graphml"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, suffixes, name = dataName()](const QString& filter) {
        const QString& suffix = suffixes.at(filter);
        dialog->setDefaultSuffix(suffix);
        const QStringList chosen = dialog->selectedFiles();
        const QString base = chosen.isEmpty() ? name : QFileInfo(chosen.front()).completeBaseName();
        dialog->selectFile(base + QLatin1Char('.') + suffix);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &GraphTab::writeData);
    dialog->open();
}

void GraphTab::writeData(const QString& path)
{
    const auto& graph = m_store->graph();
    if (!graph) return;
    m_writeWords = tr("Wrote %1: %2 edges among %3 heads")
                       .arg(QFileInfo(path).fileName(), countText(qint64(graph->edges.size())), countText(qint64(graph->nodes.size())));
    m_write.start(WriteGraphJob{path.toStdString(), formatOf(path), graph, m_store->layout()});
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
    drawing->title = QStringLiteral("%1, %2").arg(measureTitle(measure), ruleWords());
    if (m_store->settings().neighbourhood)
        drawing->title = tr("%1, around %2").arg(drawing->title, QString::fromStdString(headName(m_c.selection->head())));
    QStringList types;
    for (const EdgeType& t : g.types) types << QStringLiteral("%1 %2").arg(edgeTypeWord(t)).arg(t.edges);
    drawing->caption = tr("Head graph by %1: %2; what one head writes against what a later head reads")
                           .arg(drawing->title, types.join(QStringLiteral(", ")));
    drawing->facts << drawing->title << types.join(QStringLiteral(", "))
                   << tr("weights: %1").arg(QLatin1String(weightProcessingName(g.weights)));
    drawing->aspect = double(m_view->height()) / std::max(1, m_view->width());
    drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) { paintGraphFigure(painter, scene, area, dark); };
    drawing->smallestPx = kGraphFigureText;
    drawing->names = [scene](const QRectF& area) {
        GraphLabels labels = graphFigureLabels(scene, area);
        return DrawnNames{labels.wanted, std::move(labels.shortened), std::move(labels.leftOut)};
    };
    drawing->table.push_back({tr("source"), tr("target"), tr("type"), measureBrief(measure), tr("chance-corrected"), tr("rank")});
    for (const GraphEdge& e : g.edges)
        drawing->table.push_back({QString::fromStdString(g.sourceName(e)), QString::fromStdString(g.targetName(e)),
                                  QString::fromStdString(g.types[std::size_t(e.type)].name), QString::number(e.value, 'g', 9),
                                  std::isfinite(e.corrected) ? QString::number(e.corrected, 'g', 9) : QString(), QString::number(e.rank)});
    s.spec.kind = FigureKind::Drawing;
    s.spec.drawing = std::move(drawing);
    return s;
}

}  // namespace hs::ui
