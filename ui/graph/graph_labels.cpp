// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_labels.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kHigh = 13, kPad = 3, kNear = 3;   // px: of a name's box; from the rim to a name without a line
constexpr double kGaps[] = {kNear, 9, 16, 25, 36};  // how far a name may go
constexpr int kDirections = 16, kMostEvicted = 2, kRounds = 3;

QFont figureFont(double unit)
{
    QFont font = Theme::instance().font(Type::Caption);
    font.setPixelSize(std::max(1, int(std::lround(kGraphFigureText * unit))));
    return font;
}

struct Spot {
    QRectF box;
    double cost;
    bool away;
};

/// One name: what it may say, longest first, and where each may stand, best first.
struct Name {
    int node;
    QPointF centre;
    double radius;
    QStringList texts;
    std::vector<std::vector<Spot>> spots;  ///< [texts]
    int text = -1;                         ///< chosen; -1: no place
    Spot at{};
};

class Solver {
public:
    Solver(const GraphScene& scene, const GraphFrame& frame, const QRectF& area)
        : m_scene(scene), m_frame(frame), m_area(area), m_metrics(figureFont(frame.unit))
    {
        collect();
        block();
        for (Name& name : m_names)
            for (const QString& text : name.texts) name.spots.push_back(spotsOf(name, text));
    }

    GraphLabels solve();

private:
    void collect();
    void block();
    std::vector<Spot> spotsOf(const Name& name, const QString& text) const;
    bool blocked(const QRectF& box) const;
    std::vector<int> under(const QRectF& box, int but) const;
    bool placeFreely(int i, int longest, int shortest);
    bool placeByMoving(int i, int text, int shortest);

    const GraphScene& m_scene;
    const GraphFrame& m_frame;
    QRectF m_area;
    QFontMetricsF m_metrics;
    std::vector<Name> m_names;
    std::vector<QRectF> m_axis;
};

void Solver::collect()
{
    const double u = m_frame.unit;
    const bool layered = m_scene.layout->kind == LayoutKind::Layered;
    for (int n = 0; n < int(m_scene.graph->nodes.size()); ++n) {
        const auto& place = m_scene.layout->points[std::size_t(n)];
        if (!place) continue;
        Name name{n, m_frame.toCanvas(*place), nodeRadius(m_scene, n, u), {}, {}, -1, {}};
        const GraphNode& node = m_scene.graph->nodes[std::size_t(n)];
        const QString letters = n < int(m_scene.letters.size()) ? m_scene.letters[std::size_t(n)] : QString();
        const bool inside = m_metrics.horizontalAdvance(letters) <= 2 * name.radius - 4 * u;
        if (!letters.isEmpty() && !inside) name.texts << nodeName(node) + QLatin1Char(' ') + letters;
        name.texts << nodeName(node);
        if (layered) name.texts << QStringLiteral(".%1").arg(node.id.head);
        m_names.push_back(std::move(name));
    }
}

/// Numbers of the layers and of heads without an edge are where paintGraph puts them.
void Solver::block()
{
    const GraphLayout& layout = *m_scene.layout;
    if (layout.kind != LayoutKind::Layered) return;
    const double u = m_frame.unit;
    const QRectF& plot = m_frame.plot;
    double top = plot.bottom();
    bool any = false;
    for (int l = 0; l < int(layout.layerY.size()); ++l) {
        const double y = m_frame.toCanvas({0, layout.layerY[std::size_t(l)]}).y();
        m_axis.emplace_back(plot.left() - 52 * u, y - 7 * u, 34 * u, 14 * u);
        top = std::min(top, y);
        if (l >= int(layout.hidden.size()) || layout.hidden[std::size_t(l)] == 0) continue;
        m_axis.emplace_back(plot.right() + 16 * u, y - 7 * u, 42 * u, 14 * u);
        any = true;
    }
    if (any) m_axis.emplace_back(plot.right() - 20 * u, top - 24 * u, 76 * u, 14 * u);
}

bool Solver::blocked(const QRectF& box) const
{
    if (!m_area.contains(box)) return true;
    for (const QRectF& axis : m_axis)
        if (axis.intersects(box)) return true;
    for (const Name& other : m_names) {
        const QPointF nearest(std::clamp(other.centre.x(), box.left(), box.right()), std::clamp(other.centre.y(), box.top(), box.bottom()));
        const QPointF off = nearest - other.centre;
        if (std::hypot(off.x(), off.y()) < other.radius + m_frame.unit) return true;
    }
    return false;
}

std::vector<Spot> Solver::spotsOf(const Name& name, const QString& text) const
{
    const double u = m_frame.unit, w = m_metrics.horizontalAdvance(text) + kPad * u, h = kHigh * u;
    std::vector<Spot> out;
    for (const double gap : kGaps)
        for (int d = 0; d < kDirections; ++d) {
            const double angle = 2 * std::numbers::pi * d / kDirections, x = std::cos(angle), y = std::sin(angle);
            const QPointF edge = name.centre + QPointF(x, y) * (name.radius + gap * u);
            const QRectF box(edge.x() + (x - 1) * w / 2, edge.y() + (y - 1) * h / 2, w, h);
            if (blocked(box)) continue;
            // At the right as on screen, else at the left, else above or below; near before far.
            out.push_back({box, gap / 3 + (1 - x) * 0.8 + std::abs(y) * 0.9 + (y > 0 ? 0.1 : 0), gap > kNear});
        }
    std::stable_sort(out.begin(), out.end(), [](const Spot& a, const Spot& b) { return a.cost < b.cost; });
    return out;
}

std::vector<int> Solver::under(const QRectF& box, int but) const
{
    std::vector<int> out;
    for (int i = 0; i < int(m_names.size()); ++i)
        if (i != but && m_names[std::size_t(i)].text >= 0 && m_names[std::size_t(i)].at.box.intersects(box)) out.push_back(i);
    return out;
}

bool Solver::placeFreely(int i, int longest, int shortest)
{
    Name& name = m_names[std::size_t(i)];
    for (int text = longest; text <= std::min(shortest, int(name.texts.size()) - 1); ++text)
        for (const Spot& spot : name.spots[std::size_t(text)])
            if (under(spot.box, i).empty()) {
                name.text = text;
                name.at = spot;
                return true;
            }
    return false;
}

/// Takes a place from one or two others that find another one, if need be with fewer letters.
bool Solver::placeByMoving(int i, int text, int shortest)
{
    Name& name = m_names[std::size_t(i)];
    for (const Spot& spot : name.spots[std::size_t(text)]) {
        const std::vector<int> others = under(spot.box, i);
        if (int(others.size()) > kMostEvicted) continue;
        std::vector<Name> before;
        for (const int o : others) {
            before.push_back(m_names[std::size_t(o)]);
            m_names[std::size_t(o)].text = -1;
        }
        name.text = text;
        name.at = spot;
        bool all = true;
        for (std::size_t k = 0; k < others.size() && all; ++k)
            all = placeFreely(others[k], before[k].text, std::max(before[k].text, shortest));
        if (all) return true;
        for (std::size_t k = 0; k < others.size(); ++k) m_names[std::size_t(others[k])] = before[k];
        name.text = -1;
    }
    return false;
}

GraphLabels Solver::solve()
{
    GraphLabels out;
    out.wanted = int(m_names.size());
    // Who has the least choice goes first.
    std::vector<int> order(m_names.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
        return m_names[std::size_t(a)].spots.front().size() < m_names[std::size_t(b)].spots.front().size();
    });
    int most = 0;
    for (const Name& name : m_names) most = std::max(most, int(name.texts.size()));
    for (int shorter = 0; shorter < most; ++shorter)  // all as they are, then one step shorter where it must be
        for (int round = 0; round < kRounds; ++round)
            for (const int i : order) {
                const int last = int(m_names[std::size_t(i)].texts.size()) - 1, text = std::min(shorter, last);
                if (m_names[std::size_t(i)].text >= 0) continue;
                if (!placeFreely(i, 0, text)) placeByMoving(i, text, shorter);
            }
    for (const Name& name : m_names) {
        const QString whole = nodeName(m_scene.graph->nodes[std::size_t(name.node)]);
        if (name.text < 0) out.leftOut << whole;
        else {
            out.placed.push_back({name.node, name.texts[name.text], name.at.box, name.at.away});
            if (name.text > 0) out.shortened << whole;
        }
    }
    return out;
}

}  // namespace

GraphLabels placeGraphLabels(const GraphScene& scene, const GraphFrame& frame, const QRectF& area)
{
    return scene.empty() ? GraphLabels{} : Solver(scene, frame, area).solve();
}

void paintGraphLabels(QPainter& painter, const GraphScene& scene, const GraphFrame& frame, const GraphLabels& labels, bool dark)
{
    painter.setFont(figureFont(frame.unit));
    for (const GraphLabels::Placed& label : labels.placed) {
        if (!label.away) continue;
        const QPointF centre = frame.toCanvas(*scene.layout->points[std::size_t(label.node)]);
        const QPointF to(std::clamp(centre.x(), label.box.left(), label.box.right()),
                         std::clamp(centre.y(), label.box.top() + frame.unit, label.box.bottom() - frame.unit));
        const QPointF along = to - centre;
        const double length = std::hypot(along.x(), along.y()), radius = nodeRadius(scene, label.node, frame.unit);
        if (length <= radius) continue;
        painter.setPen(QPen(Theme::color(Ink::Muted, dark), 0.6 * frame.unit));
        painter.drawLine(centre + along / length * radius, to);
    }
    for (const GraphLabels::Placed& label : labels.placed) {
        painter.fillRect(label.box, Theme::color(Ink::Paper, dark));
        painter.setPen(Theme::color(Ink::Text, dark));
        painter.drawText(label.box, Qt::AlignCenter, label.text);
    }
}

}  // namespace hs::ui
