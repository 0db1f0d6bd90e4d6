// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QColor mixed(const QColor& colour, const QColor& paper, double share)
{
    const auto part = [share](int a, int b) { return int(std::lround(a * share + b * (1 - share))); };
    return QColor(part(colour.red(), paper.red()), part(colour.green(), paper.green()), part(colour.blue(), paper.blue()));
}

std::optional<QPointF> middle(const GraphScene& scene, const GraphFrame& frame, int first, int last)
{
    // A shared key/value head stands for all its query heads: the edge ends at the middle of those drawn.
    QPointF sum;
    int count = 0;
    for (int i = first; i <= std::max(first, last); ++i)
        if (const auto& p = scene.layout->points[std::size_t(i)]) {
            sum += frame.toCanvas(*p);
            ++count;
        }
    if (count == 0) return std::nullopt;
    return sum / count;
}

/// How far the curve bows, in shares of its length: types part from each other, so that parallel edges stay apart.
double bow(int type)
{
    static constexpr double kBows[] = {-0.07, 0.05, 0.10, -0.12, 0.15, -0.02, 0.02, -0.17};
    return kBows[std::size_t(type) % std::size(kBows)];
}

bool touches(const GraphEdge& edge, int node)
{
    return node >= 0
           && ((node >= edge.source && node <= std::max(edge.source, edge.sourceLast))
               || (node >= edge.target && node <= std::max(edge.target, edge.targetLast)));
}

void paintAxes(QPainter& painter, const GraphScene& scene, const GraphFrame& frame, bool dark)
{
    const GraphLayout& layout = *scene.layout;
    if (layout.kind != LayoutKind::Layered) return;
    const double u = frame.unit;
    QFont font = Theme::instance().font(Type::Caption);
    font.setPixelSize(std::max(1, int(std::lround(11 * u))));
    painter.setFont(font);
    const QRectF plot = frame.plot;
    bool anyHidden = false;
    double topY = 0;
    for (int l = 0; l < int(layout.layerY.size()); ++l) {
        const double y = frame.toCanvas({0, layout.layerY[std::size_t(l)]}).y();
        painter.setPen(QPen(Theme::color(Ink::Hair, dark), 0));
        painter.drawLine(QPointF(plot.left() - 14 * u, y), QPointF(plot.right() + 14 * u, y));
        painter.setPen(Theme::color(Ink::Muted, dark));
        painter.drawText(QRectF(plot.left() - 52 * u, y - 8 * u, 32 * u, 16 * u), Qt::AlignRight | Qt::AlignVCenter,
                         QStringLiteral("L%1").arg(l));
        const int hidden = l < int(layout.hidden.size()) ? layout.hidden[std::size_t(l)] : 0;
        if (hidden > 0) {
            painter.drawText(QRectF(plot.right() + 18 * u, y - 8 * u, 40 * u, 16 * u), Qt::AlignLeft | Qt::AlignVCenter,
                             QStringLiteral("+%1").arg(hidden));
            anyHidden = true;
        }
        topY = l == 0 ? y : std::min(topY, y);
    }
    if (anyHidden)
        painter.drawText(QRectF(plot.right() - 60 * u, topY - 24 * u, 116 * u, 14 * u), Qt::AlignRight | Qt::AlignVCenter,
                         QCoreApplication::translate("Graph", "no edge"));
}

/// Whether some stretch of the curve may lie in the box.
bool crosses(const QPainterPath& path, const QRectF& box)
{
    if (!path.controlPointRect().intersects(box)) return false;
    // One quadratic curve, from the outside: cut in eight, each as its own box.
    const QPointF a = path.elementAt(0), d = path.elementAt(path.elementCount() - 1);
    const QPointF b = path.elementAt(1), c = path.elementAt(2);
    QPointF before = a;
    for (int i = 1; i <= 8; ++i) {
        const double t = i / 8.0, s = 1 - t;
        const QPointF here = s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
        // A chord lies beside its arc by less than a sixteenth of its length, as flat as these curves are.
        const QPointF along = here - before;
        const double slack = 1 + (std::abs(along.x()) + std::abs(along.y())) / 16;
        const QRectF part = QRectF(before, here).normalized().adjusted(-slack, -slack, slack, slack);
        if (part.intersects(box)) return true;
        before = here;
    }
    return false;
}

/// The cheap question before the path is made: the box of both ends, with room for the bow.
bool mayCross(const GraphScene& scene, const GraphFrame& frame, const GraphEdge& edge, const QRectF& box)
{
    if (edge.sourceLast > edge.source || edge.targetLast > edge.target) return true;
    const auto& from = scene.layout->points[std::size_t(edge.source)];
    const auto& to = scene.layout->points[std::size_t(edge.target)];
    if (!from || !to) return false;
    const QRectF ends = QRectF(frame.toCanvas(*from), frame.toCanvas(*to)).normalized();
    const double room = 2 * std::abs(bow(edge.type)) * (ends.width() + ends.height()) + 8 * frame.unit;
    return ends.adjusted(-room, -room, room, room).intersects(box);
}

constexpr int kDraftPieces = 8;

void paintEdge(QPainter& painter, const GraphScene& scene, const GraphFrame& frame, int index, const QColor& colour, bool cased,
               const GraphPaintOptions& options)
{
    const GraphEdge& edge = scene.graph->edges[std::size_t(index)];
    const bool dark = options.dark;
    const QRectF& clip = options.clip;
    if (!clip.isNull() && !mayCross(scene, frame, edge, clip)) return;
    const QPainterPath path = edgePath(scene, frame, edge);
    if (path.isEmpty()) return;
    const double width = (1 + 3 * edgeStrength(scene, edge)) * frame.unit;
    if (!clip.isNull()) {
        const double room = width + 4 * frame.unit;
        if (!crosses(path, clip.adjusted(-room, -room, room, room))) return;
    }
    if (options.draft) {
        const QPointF a = path.elementAt(0), b = path.elementAt(1), c = path.elementAt(2), d = path.elementAt(path.elementCount() - 1);
        QPolygonF line;
        for (int k = 0; k <= kDraftPieces; ++k) {
            const double t = double(k) / kDraftPieces, r = 1 - t;
            line << r * r * r * a + 3 * r * r * t * b + 3 * r * t * t * c + t * t * t * d;
        }
        painter.setPen(QPen(colour, 0));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(line);
        return;
    }
    if (cased) {
        painter.strokePath(path, QPen(Theme::color(Ink::Select, dark), width + 4 * frame.unit, Qt::SolidLine, Qt::FlatCap));
        painter.strokePath(path, QPen(Theme::color(Ink::Paper, dark), width + 2 * frame.unit, Qt::SolidLine, Qt::FlatCap));
    }
    QPen pen(colour, width, Qt::SolidLine, Qt::FlatCap);
    if (auto dashes = edgeDashes(scene.graph->types[std::size_t(edge.type)]); !dashes.isEmpty()) {
        for (qreal& d : dashes) d = d * frame.unit / width * std::max(1.0, width / frame.unit * 0.6);
        pen.setDashPattern(dashes);
    }
    painter.strokePath(path, pen);
    if (scene.layout->kind == LayoutKind::Force) {
        // Height says nothing here, so the direction needs an arrow head.
        const QPointF tip = path.pointAtPercent(1),
                      back = path.pointAtPercent(std::max(0.0, 1 - 8 * frame.unit / std::max(9 * frame.unit, path.length())));
        const QPointF along = tip - back;
        const double length = std::hypot(along.x(), along.y());
        if (length > 0) {
            const QPointF across = QPointF(-along.y(), along.x()) / length * (1.5 * frame.unit + width / 2 + 1 * frame.unit);
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            painter.drawPolygon(QPolygonF{tip, back + across, back - across});
        }
    }
}

/// What stands beside a node: its name, with its letters where they have no room inside.
enum class NodeText { None, Name, Letters };

QString nodeText(const GraphScene& scene, int node, bool letters)
{
    QString name = nodeName(scene.graph->nodes[std::size_t(node)]);
    if (letters && node < int(scene.letters.size()) && !scene.letters[std::size_t(node)].isEmpty())
        name += QLatin1Char(' ') + scene.letters[std::size_t(node)];
    return name;
}

bool fitsInside(const QString& letters, double radius, double unit, const QFontMetricsF& small)
{
    return !letters.isEmpty() && small.horizontalAdvance(letters) * unit <= 2 * radius - 4 * unit;
}

/// What has room before the next node of the layer. A free layout keeps its nodes apart by itself.
std::vector<NodeText> roomBeside(const GraphScene& scene, const GraphFrame& frame, const QRectF& clip)
{
    const std::size_t count = scene.graph->nodes.size();
    std::vector<NodeText> out(count, NodeText::Letters);
    if (scene.layout->kind != LayoutKind::Layered) return out;
    QFont font = Theme::instance().font(Type::Caption);
    font.setPixelSize(11);
    const QFontMetricsF metrics(font);
    font.setPixelSize(10);
    const QFontMetricsF small(font);
    std::vector<std::vector<std::pair<double, int>>> layers(std::size_t(std::max(0, scene.graph->layers)));
    for (int n = 0; n < int(count); ++n)
        if (const auto& place = scene.layout->points[std::size_t(n)])
            layers[std::size_t(scene.graph->nodes[std::size_t(n)].id.layer)].emplace_back(frame.toCanvas(*place).x(), n);
    for (auto& layer : layers) {
        std::sort(layer.begin(), layer.end());
        for (std::size_t i = 0; i + 1 < layer.size(); ++i) {
            const auto [x, node] = layer[i];
            const auto [nextX, next] = layer[i + 1];
            if (!clip.isNull() && (x > clip.right() + 40 * frame.unit || x < clip.left() - 160 * frame.unit)) continue;  // not painted
            const double r = nodeRadius(scene, node, frame.unit),
                         room = nextX - nodeRadius(scene, next, frame.unit) - x - r - 5 * frame.unit;
            const bool beside = node < int(scene.letters.size()) && !fitsInside(scene.letters[std::size_t(node)], r, frame.unit, small);
            if (metrics.horizontalAdvance(nodeText(scene, node, beside)) * frame.unit <= room) continue;
            out[std::size_t(node)] =
                metrics.horizontalAdvance(nodeText(scene, node, false)) * frame.unit <= room ? NodeText::Name : NodeText::None;
        }
    }
    return out;
}

void paintNode(QPainter& painter, const GraphScene& scene, const GraphFrame& frame, int node, const GraphPaintOptions& options, bool faded,
               NodeText beside = NodeText::Letters)
{
    const auto& place = scene.layout->points[std::size_t(node)];
    if (!place) return;
    const double u = frame.unit;
    const QPointF centre = frame.toCanvas(*place);
    const double r = nodeRadius(scene, node, u);
    if (!options.clip.isNull()
        && !options.clip.intersects(QRectF(centre.x() - r - 4 * u, centre.y() - r - 4 * u, 2 * r + 120 * u, 2 * r + 8 * u)))
        return;
    const bool selected = options.selection && node == scene.selectedNode, pinned = options.selection && node == scene.pinnedNode;
    const bool hovered = options.selection && node == scene.hoverNode;
    painter.setBrush(Theme::color(Ink::Chrome, options.dark));
    if (selected || pinned) {
        QPen pen(Theme::color(Ink::Select, options.dark), 2.5 * u);
        if (!selected) pen.setDashPattern({2.2, 1.4});
        painter.setPen(pen);
    } else {
        painter.setPen(QPen(Theme::color(hovered ? Ink::Text : faded ? Ink::Hair2 : Ink::Muted, options.dark), (hovered ? 1.8 : 1.2) * u));
    }
    painter.drawEllipse(centre, r, r);

    const QString letters = node < int(scene.letters.size()) ? scene.letters[std::size_t(node)] : QString();
    QFont font = Theme::instance().font(Type::Caption, selected);
    font.setPixelSize(std::max(1, int(std::lround(11 * u))));
    QFont small = font;
    small.setPixelSize(std::max(1, int(std::lround((options.labels ? kGraphFigureText : 10) * u))));
    const QColor textColour = Theme::color(faded && !selected && !hovered ? Ink::Muted : Ink::Text, options.dark);
    const bool inside =
        !letters.isEmpty() && QFontMetricsF(small).horizontalAdvance(letters) <= 2 * r - 4 * u;  // the font is scaled already
    painter.setPen(textColour);
    if (inside) {
        painter.setFont(small);
        painter.drawText(QRectF(centre.x() - r, centre.y() - r, 2 * r, 2 * r), Qt::AlignCenter, letters);
    }
    if (beside == NodeText::None && !selected && !pinned && !hovered) return;
    const QString name = nodeText(scene, node, !inside && beside != NodeText::Name);
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(name);
    const QRectF box(centre.x() + r + 3 * u, centre.y() - 7 * u, width + 3 * u, 14 * u);
    painter.fillRect(box, Theme::color(Ink::Paper, options.dark));
    painter.setFont(font);
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, name);
}

}  // namespace

QPainterPath edgePath(const GraphScene& scene, const GraphFrame& frame, const GraphEdge& edge)
{
    const auto from = middle(scene, frame, edge.source, edge.sourceLast), to = middle(scene, frame, edge.target, edge.targetLast);
    if (!from || !to) return {};
    const QPointF along = *to - *from;
    const double length = std::hypot(along.x(), along.y());
    if (length < 1e-9) return {};
    const QPointF across(-along.y() / length, along.x() / length);
    const QPointF control = (*from + *to) / 2 + across * (2 * bow(edge.type) * length);
    // Both ends stop at the rim of their node, on the line towards the control point.
    const auto rim = [&](const QPointF& centre, int node, bool single) {
        if (!single) return centre;
        const QPointF out = control - centre;
        const double d = std::hypot(out.x(), out.y()), r = nodeRadius(scene, node, frame.unit) + frame.unit;
        return d > r ? centre + out / d * r : centre;
    };
    QPainterPath path(rim(*from, edge.source, edge.sourceLast <= edge.source));
    path.quadTo(control, rim(*to, edge.target, edge.targetLast <= edge.target));
    return path;
}

void paintGraph(QPainter& painter, const GraphScene& scene, const GraphFrame& frame, const GraphPaintOptions& options)
{
    if (scene.empty()) return;
    const HeadGraph& graph = *scene.graph;
    const QColor paper = Theme::color(Ink::Paper, options.dark);
    painter.setRenderHint(QPainter::Antialiasing, !options.draft);
    using Part = GraphPaintOptions::Part;
    if (options.axes && options.part != Part::Hover) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        paintAxes(painter, scene, frame, options.dark);
        painter.setRenderHint(QPainter::Antialiasing, !options.draft);
    }

    const int hover = options.part == Part::Kept ? -1 : scene.hoverNode;
    const int focus = !options.selection ? -1 : options.part == Part::Hover ? hover : hover >= 0 ? hover : scene.selectedNode;
    const auto drawnNode = [&](int n) { return n >= 0 && scene.layout->points[std::size_t(n)].has_value(); };
    const bool dim = drawnNode(focus);
    const auto colourOf = [&](int i) {
        return edgeColour(graph.types[std::size_t(graph.edges[std::size_t(i)].type)], scene.palette, options.dark);
    };
    std::vector<bool> lit(graph.nodes.size(), !dim);
    std::vector<std::pair<double, int>> behind, front;  // strength, edge
    for (int i = 0; i < int(graph.edges.size()); ++i) {
        const GraphEdge& edge = graph.edges[std::size_t(i)];
        if (!scene.shows(edge)) continue;
        const bool at = dim && touches(edge, focus);
        (at ? front : behind).emplace_back(edgeStrength(scene, edge), i);
        if (!at) continue;
        for (int n = edge.source; n <= std::max(edge.source, edge.sourceLast); ++n) lit[std::size_t(n)] = true;
        for (int n = edge.target; n <= std::max(edge.target, edge.targetLast); ++n) lit[std::size_t(n)] = true;
    }
    if (dim) lit[std::size_t(focus)] = true;
    // Weak ones first: the strongest lie on top.
    const auto weaker = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::stable_sort(behind.begin(), behind.end(), weaker);
    std::stable_sort(front.begin(), front.end(), weaker);
    if (options.part != Part::Hover)
        for (const auto& [strength, i] : behind) {
            const double share = dim ? 0.5 : 0.55 + 0.45 * strength;  // paler where weaker; half of it while others are in focus
            paintEdge(painter, scene, frame, i, mixed(colourOf(i), paper, share), false, options);
        }
    for (const auto& [strength, i] : front) paintEdge(painter, scene, frame, i, colourOf(i), false, options);
    if (options.selection) {
        const int edges[] = {options.part == Part::Kept ? -1 : scene.hoverEdge, scene.selectedEdge};
        for (const int i : edges)
            if (i >= 0 && i < int(graph.edges.size()) && scene.shows(graph.edges[std::size_t(i)]))
                paintEdge(painter, scene, frame, i, colourOf(i), i == scene.selectedEdge, options);
    }

    if (options.part == Part::Hover && !dim) return;
    const std::vector<NodeText> room = options.draft || options.labels ? std::vector<NodeText>(graph.nodes.size(), NodeText::None)
                                                                       : roomBeside(scene, frame, options.clip);
    for (int n = 0; n < int(graph.nodes.size()); ++n)
        if (n != focus && (options.part != Part::Hover || lit[std::size_t(n)]))
            paintNode(painter, scene, frame, n, options, dim && !lit[std::size_t(n)], room[std::size_t(n)]);
    if (drawnNode(focus)) paintNode(painter, scene, frame, focus, options, false);
    if (options.labels) paintGraphLabels(painter, scene, frame, *options.labels, options.dark);
}

namespace {

constexpr double kLegend = 18;  // px: the line under a figure

QRectF figureArea(const QRectF& area) { return area.adjusted(0, 0, 0, -kLegend); }

}  // namespace

GraphLabels graphFigureLabels(const GraphScene& scene, const QRectF& area)
{
    return scene.empty() ? GraphLabels{} : placeGraphLabels(scene, fitGraph(*scene.layout, figureArea(area), 1), figureArea(area));
}

void paintGraphFigure(QPainter& painter, const GraphScene& scene, const QRectF& area, bool dark)
{
    if (scene.empty()) return;
    const GraphLabels labels = graphFigureLabels(scene, area);
    GraphPaintOptions options;
    options.labels = &labels;
    options.dark = dark;
    options.selection = false;
    paintGraph(painter, scene, fitGraph(*scene.layout, figureArea(area), 1), options);
    QFont font = Theme::instance().font(Type::Caption);
    font.setPixelSize(11);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    double x = area.left() + 52;
    const double y = area.bottom() - kLegend / 2;
    for (const EdgeType& type : scene.graph->types) {
        QPen pen(edgeColour(type, scene.palette, dark), 2.5, Qt::SolidLine, Qt::FlatCap);
        if (auto dashes = edgeDashes(type); !dashes.isEmpty()) {
            for (qreal& d : dashes) d /= 2.5;
            pen.setDashPattern(dashes);
        }
        painter.setPen(pen);
        painter.drawLine(QPointF(x, y), QPointF(x + 24, y));
        const QString words = QStringLiteral("%1 %2").arg(edgeTypeWord(type)).arg(type.edges);
        painter.setPen(Theme::color(Ink::Text, dark));
        painter.drawText(QRectF(x + 30, y - 8, metrics.horizontalAdvance(words) + 4, 16), Qt::AlignLeft | Qt::AlignVCenter, words);
        x += 30 + metrics.horizontalAdvance(words) + 20;
    }
}

std::optional<int> nodeAt(const GraphScene& scene, const GraphFrame& frame, const QPointF& point)
{
    if (scene.empty()) return std::nullopt;
    std::optional<int> best;
    double nearest = 1e300;
    for (int n = 0; n < int(scene.graph->nodes.size()); ++n) {
        const auto& place = scene.layout->points[std::size_t(n)];
        if (!place) continue;
        const QPointF d = frame.toCanvas(*place) - point;
        const double distance = std::hypot(d.x(), d.y());
        if (distance <= nodeRadius(scene, n, frame.unit) + 4 * frame.unit && distance < nearest) {
            nearest = distance;
            best = n;
        }
    }
    return best;
}

std::optional<int> edgeAt(const GraphScene& scene, const GraphFrame& frame, const QPointF& point)
{
    if (scene.empty()) return std::nullopt;
    std::optional<int> best;
    double nearest = 5 * frame.unit;
    for (int i = 0; i < int(scene.graph->edges.size()); ++i) {
        const GraphEdge& edge = scene.graph->edges[std::size_t(i)];
        if (!scene.shows(edge)) continue;
        const QPainterPath path = edgePath(scene, frame, edge);
        const double room = nearest;
        if (path.isEmpty() || !path.controlPointRect().adjusted(-room, -room, room, room).contains(point)) continue;
        const QList<QPolygonF> lines = path.toSubpathPolygons();
        if (lines.isEmpty()) continue;
        const QPolygonF& line = lines.front();
        for (qsizetype k = 1; k < line.size(); ++k) {
            const QPointF along = line[k] - line[k - 1], rel = point - line[k - 1];
            const double square = QPointF::dotProduct(along, along);
            const double t = square > 0 ? std::clamp(QPointF::dotProduct(rel, along) / square, 0.0, 1.0) : 0;
            const QPointF off = rel - along * t;
            if (const double d = std::hypot(off.x(), off.y()); d < nearest) {
                nearest = d;
                best = i;
            }
        }
    }
    return best;
}

}  // namespace hs::ui
