// SPDX-License-Identifier: GPL-3.0-or-later
// headscope graph: the strongest pairs of heads as a graph, for other programs or as a figure.
#include <algorithm>

#include <QFileInfo>

#include "app/batch.h"
#include "app/choices.h"
#include "app/command.h"
#include "app/head_matrices.h"
#include "app/picture.h"
#include "engine/session/class_list_file.h"
#include "engine/session/jobs/graph.h"
#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/written.h"
#include "ui/export/figure.h"
#include "ui/graph/graph_painter.h"
#include "ui/kit/figure_drawing.h"
#include "ui/similarity/measure_words.h"

namespace hs::app {
namespace {

struct GraphArguments : Arguments, MeasureChoice, FigureChoice {
    int top = 20;         ///< edges of each type
    std::string classes;  ///< class list, or empty
};

std::string missing(const GraphArguments& a)
{
    if (a.out.empty()) return "graph needs --out FILE";
    return missingOfMeasure(a, "graph", "OQ,OK,OV");
}

std::optional<GraphFormat> textFormatOf(const std::string& path)
{
    const QString suffix = QFileInfo(QString::fromStdString(path)).suffix().toLower();
    if (suffix == QLatin1String("json")) return GraphFormat::Json;
    if (suffix == QLatin1String("graphml")) return GraphFormat::GraphMl;
    if (suffix == QLatin1String("dot") || suffix == QLatin1String("gv")) return GraphFormat::Dot;
    if (suffix == QLatin1String("csv")) return GraphFormat::Csv;
    return std::nullopt;
}

/// svg, pdf or png.
std::optional<ui::FigureFormat> pictureFormatOf(const std::string& path)
{
    const auto format = ui::formatOfPath(QString::fromStdString(path));
    const bool picture =
        format && (*format == ui::FigureFormat::Svg || *format == ui::FigureFormat::Pdf || *format == ui::FigureFormat::Png);
    return picture ? format : std::nullopt;
}

/// The picture of the window's graph view, layered, on paper.
Status writeGraphPicture(const GraphArguments& arguments, const Model& model, const std::string& hash, const GraphResult& made,
                         ui::FigureFormat format)
{
    const HeadGraph& graph = *made.graph;
    ui::GraphScene scene;
    scene.graph = made.graph;
    scene.layout = made.layout;
    auto drawing = std::make_shared<ui::FigureDrawing>();
    drawing->name = QStringLiteral("graph");
    drawing->title = ui::measureTitle(*arguments.measure) + QStringLiteral(", ") + Words::tr("top %1 of each type").arg(arguments.top);
    drawing->caption = drawing->title;
    QStringList types;
    for (const EdgeType& t : graph.types) types += QString::fromStdString(t.name);
    drawing->facts = {QStringLiteral("measure %1").arg(QString::fromUtf8(measureName(*arguments.measure))),
                      QStringLiteral("types %1").arg(types.join(QLatin1Char(' '))), QStringLiteral("top %1").arg(arguments.top),
                      QStringLiteral("weights %1").arg(QString::fromUtf8(weightProcessingName(graph.weights)))};
    drawing->aspect = made.layout->width > 0 ? std::clamp((made.layout->height + 40) / (made.layout->width + 110), 0.3, 2.0) : 0.75;
    drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) { ui::paintGraphFigure(painter, scene, area, dark); };
    ui::FigureSpec spec;
    spec.kind = ui::FigureKind::Drawing;
    spec.drawing = drawing;
    spec.widthMm = arguments.widthMm.value_or(ui::preset::kTwoColumns);
    if (arguments.fontPt) spec.fontPt = *arguments.fontPt;
    if (arguments.dpi) spec.dpi = *arguments.dpi;
    ui::FigureData data;
    data.origin.modelName = QString::fromStdString(model.identity().name);
    data.origin.modelPath = QString::fromStdString(model.identity().path);
    data.origin.modelHash = QString::fromStdString(hash);
    data.origin.layout = QString::fromStdString(model.identity().layout);
    data.origin.weightDtype = QString::fromStdString(model.identity().weightDtype);
    data.origin.weightProcessing = QString::fromUtf8(weightProcessingName(graph.weights));
    return writePicture(arguments.out, format, spec, data, arguments.quiet);
}

QString name(const GraphNode& node) { return QString::fromStdString(headName(node.id)); }

/// What was written, the hubs, and how the class list fares.
void summarise(const GraphArguments& arguments, const HeadGraph& graph, const std::vector<std::shared_ptr<const HeadMatrix>>& matrices,
               const std::optional<ClassList>& classes)
{
    QString out =
        Words::tr("%1: %2 heads, %3 edges").arg(QString::fromStdString(arguments.out)).arg(graph.nodes.size()).arg(graph.edges.size())
        + QLatin1Char('\n');
    for (const EdgeType& t : graph.types) {
        out += QStringLiteral("  ") + Words::tr("%1: %2 of %3 pairs").arg(QString::fromStdString(t.name)).arg(t.edges).arg(t.pairs);
        if (t.edges > 0) out += QStringLiteral(", ") + Words::tr("%1 to %2").arg(t.strongest, 0, 'f', 3).arg(t.weakest, 0, 'f', 3);
        if (t.chance) out += QStringLiteral(", ") + Words::tr("random %1").arg(t.chance->mean, 0, 'f', 3);
        if (t.sharedSource || t.sharedTarget)
            out += QStringLiteral(", ") + Words::tr("key/value heads are shared: an edge stands for all query heads of its group");
        out += QLatin1Char('\n');
    }
    std::vector<const GraphNode*> nodes;
    for (const GraphNode& n : graph.nodes)
        if (n.edges() > 0) nodes.push_back(&n);
    std::stable_sort(nodes.begin(), nodes.end(), [](const GraphNode* a, const GraphNode* b) { return a->edges() > b->edges(); });
    QStringList hubs;
    for (std::size_t i = 0; i < std::min<std::size_t>(nodes.size(), 5); ++i)
        hubs += QStringLiteral("%1 %2").arg(name(*nodes[i])).arg(nodes[i]->edges());
    if (!hubs.isEmpty()) out += QStringLiteral("  ") + Words::tr("most edges: %1").arg(hubs.join(QStringLiteral(", "))) + QLatin1Char('\n');
    if (classes) {
        const auto [inside, outside] = headsByClass(graph, *classes);
        out += QStringLiteral("  ")
               + Words::tr("%1: %2 heads in a class, %3 in none").arg(QString::fromStdString(classes->name)).arg(inside).arg(outside)
               + QLatin1Char('\n');
        for (std::size_t i = 0; i < matrices.size(); ++i) {
            const ClassScore s = scoreClasses(*matrices[i], *classes, arguments.top);
            out += QStringLiteral("    ")
                   + Words::tr("%1: precision at %2 %3 (%4 hits), PR-AUC %5, random order %6")
                         .arg(QString::fromStdString(graph.types[i].name))
                         .arg(s.k)
                         .arg(s.precisionAtK, 0, 'f', 3)
                         .arg(s.hits)
                         .arg(s.averagePrecision, 0, 'f', 4)
                         .arg(s.chance, 0, 'f', 4)
                   + QLatin1Char('\n');
        }
    }
    printOut(out);
}

int graph(const GraphArguments& arguments)
{
    const std::string& path = arguments.files.front();
    const auto text = textFormatOf(arguments.out);
    const auto picture = pictureFormatOf(arguments.out);
    if (!text && !picture)
        return failUsage("--out " + arguments.out + ": a name ending in .json, .graphml, .dot, .csv, .svg, .pdf or .png expected", "graph");
    std::optional<ClassList> classes;
    if (!arguments.classes.empty()) {
        auto read = session::readClassList(arguments.classes);
        if (!read) return fail(read.error(), arguments.classes);
        classes = *std::move(read);
    }

    Batch batch(arguments);
    const auto opened = openForHeads(batch, arguments, path);
    if (!opened) return fail(opened.error(), path);
    const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened);
    if (!model) return fail({ErrorCode::NeedsWeights, path, "graph", {}, {}}, path);
    const auto hash = batch.get<HashResult>(HashJob{(*model)->identity().path});
    if (!hash) return fail(hash.error(), path);

    const auto matrices = headMatrices(batch, arguments, *model, hash->sha256);
    if (!matrices) return fail(matrices.error(), path);
    GraphJob job;
    job.matrices = *matrices;
    job.choice.top = arguments.top;
    const auto made = batch.get<GraphResult>(std::move(job));
    if (!made) return fail(made.error(), path);

    Status written;
    if (text) {
        const auto done = batch.get<WrittenResult>(WriteGraphJob{arguments.out, *text, made->graph, made->layout});
        if (!done) written = done.error();
    } else {
        written = writeGraphPicture(arguments, **model, hash->sha256, *made, *picture);
    }
    if (!written.ok()) return fail(written.error(), arguments.out);
    if (!arguments.quiet) summarise(arguments, *made->graph, *matrices, classes);
    return kDone;
}

}  // namespace

CommandSpec graphCommand()
{
    const auto a = std::make_shared<GraphArguments>();
    CommandSpec spec;
    spec.name = "graph";
    spec.usage = {
        "FILE --measure NAME [--pairing XY,... | --corpus PATH | --tokens-file FILE] --out G.(json|graphml|dot|csv|svg|pdf|png) "
        "[OPTION...]"};
    spec.call = "FILE ... --out G.json";
    spec.brief = QT_TRANSLATE_NOOP("CommandLine", "the strongest pairs of heads as a graph");
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "Writes the strongest pairs of heads under a measure as a directed graph, earlier heads into later ones: edges with value, "
        "chance-\n"
        "corrected value and rank; for every head the number of edges, strength above chance, PageRank both ways and betweenness.");
    spec.examples = {"model.h5 --measure pk --pairing OQ,OK,OV --top 20 --out graph.json",
                     "model.h5 --measure pk --pairing OK --out graph.pdf", "model.h5 --measure js --corpus texts --out alike.graphml"};
    spec.options = joined(measureOptions(*a),
                          Options{{"--top", "N", QT_TRANSLATE_NOOP("CommandLine", "edges of each type, the strongest; 20 by default"),
                                   whole(a->top, 0, kMostInt, "a number from 0 on")},
                                  {"--classes", reads("FILE"),
                                   QT_TRANSLATE_NOOP("CommandLine", "class list (JSON or CSV): say how well the measure finds its heads"),
                                   text(a->classes)}},
                          figureOptions(*a));
    spec.arguments = a;
    spec.check = [a] { return missing(*a); };
    spec.screen = [] { return Screen::Paper; };
    spec.run = [a] { return graph(*a); };
    return spec;
}

}  // namespace hs::app
