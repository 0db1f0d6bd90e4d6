// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/dendrogram_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/kit/chart_axis.h"
#include "ui/kit/numbers.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr double kRow = 14, kAxis = 34, kNames = 74, kFoot = 8;

std::vector<int> positionsOf(const Dendrogram& tree)
{
    std::vector<int> at(std::size_t(tree.leaves), 0);
    for (int p = 0; p < int(tree.order.size()); ++p) at[std::size_t(tree.order[std::size_t(p)])] = p;
    return at;
}
}  // namespace

double cutHeight(const Dendrogram& tree, int clusters)
{
    const int n = tree.leaves, k = std::clamp(clusters, 1, std::max(1, n));
    const auto height = [&](int merge) { return tree.merges[std::size_t(merge)].height; };
    if (tree.merges.empty()) return 0;
    // n - k merges are done.
    if (k == 1) return height(n - 2) * 1.03;
    if (k == n) return height(0) / 2;
    return (height(n - k - 1) + height(n - k)) / 2;
}

int clustersAt(const Dendrogram& tree, double height)
{
    int done = 0;
    for (const Merge& m : tree.merges) done += m.height <= height;
    return std::max(1, tree.leaves - done);
}

DendrogramFrame fitDendrogram(const DendrogramScene& scene, const QRectF& area, double unit)
{
    DendrogramFrame f;
    f.plot = area.adjusted(8 * unit, kAxis * unit, -kNames * unit, -kFoot * unit);
    if (scene.empty()) return f;
    f.row = f.plot.height() / scene.tree->leaves;
    f.top = scene.tree->merges.empty() ? 1 : std::max(1e-12, scene.tree->merges.back().height * 1.06);
    return f;
}

void paintDendrogram(QPainter& painter, const DendrogramScene& scene, const QRectF& area, double unit, bool dark, bool selection)
{
    if (scene.empty()) return;
    painter.save();
    const auto colour = [dark](Ink ink) { return Theme::color(ink, dark); };
    const DendrogramFrame f = fitDendrogram(scene, area, unit);
    const Dendrogram& tree = *scene.tree;
    const std::vector<int> at = positionsOf(tree);
    const auto y = [&](double position) { return f.plot.top() + (position + 0.5) * f.row; };
    const QFont small = chartFont(Type::AxisSmall, unit), caption = chartFont(Type::Caption, unit),
                bold = chartFont(Type::Caption, unit, true);
    // Axis above: distance from right (0) to left.
    painter.setFont(small);
    painter.setPen(colour(Ink::Muted));
    painter.drawText(QRectF(f.plot.left(), area.top(), f.plot.width() + 60 * unit, 14 * unit), Qt::AlignLeft | Qt::AlignVCenter,
                     scene.axis);
    const auto ticks = axisTicks(0, f.top, std::max(2, int(f.plot.width() / (44 * unit))));
    const int decimals = tickDecimals(ticks);
    for (const double t : ticks) {
        hairline(painter, QPointF(f.x(t), f.plot.top() - 4 * unit), QPointF(f.x(t), f.plot.bottom()), colour(Ink::Hair));
        painter.drawText(QRectF(f.x(t) - 30 * unit, f.plot.top() - 19 * unit, 60 * unit, 14 * unit), Qt::AlignCenter,
                         numberText(t, decimals));
    }
    std::vector<QPointF> node(std::size_t(tree.leaves) + tree.merges.size());
    for (int i = 0; i < tree.leaves; ++i) node[std::size_t(i)] = {f.plot.right(), y(at[std::size_t(i)])};
    for (std::size_t k = 0; k < tree.merges.size(); ++k) {
        const Merge& m = tree.merges[k];
        const QPointF a = node[std::size_t(m.left)], b = node[std::size_t(m.right)];
        const double x = f.x(m.height);
        // Merges that the cut undoes are pale.
        painter.setPen(QPen(colour(scene.cut >= 0 && m.height > scene.cut ? Ink::Hair2 : Ink::Text), unit));
        painter.drawPolyline(QPolygonF{a, QPointF(x, a.y()), QPointF(x, b.y()), b});
        node[std::size_t(tree.leaves) + k] = {x, (a.y() + b.y()) / 2};
    }
    if (scene.cut >= 0) {
        QPen pen(colour(Ink::Accent), 1.5 * unit);
        pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(f.x(scene.cut), f.plot.top() - 4 * unit), QPointF(f.x(scene.cut), f.plot.bottom()));
    }
    // Names where there is room, medoids bold; a bracket with its number for each group.
    const int step = std::max(1, int(std::ceil(11 * unit / std::max(0.01, f.row))));
    for (int p = 0; p < tree.leaves; ++p) {
        const int leaf = tree.order[std::size_t(p)];
        const bool chosen = selection && leaf == scene.selected,
                   medoid = leaf < int(scene.medoids.size()) && scene.medoids[std::size_t(leaf)];
        if (p % step != 0 && !chosen) continue;
        painter.setFont(medoid ? bold : caption);
        painter.setPen(colour(chosen ? Ink::Select : medoid ? Ink::Text : Ink::Muted));
        painter.drawText(QRectF(f.plot.right() + 5 * unit, y(p) - 8 * unit, 46 * unit, 16 * unit), Qt::AlignLeft | Qt::AlignVCenter,
                         scene.names.value(leaf));
    }
    painter.setFont(small);
    for (int p = 0; p < tree.leaves && !scene.groups.empty();) {
        const int group = scene.groups[std::size_t(tree.order[std::size_t(p)])];
        int end = p + 1;
        while (end < tree.leaves && scene.groups[std::size_t(tree.order[std::size_t(end)])] == group) ++end;
        if (group >= 0) {
            const double x = f.plot.right() + 52 * unit, from = y(p) - f.row * 0.35, to = y(end - 1) + f.row * 0.35;
            painter.setPen(QPen(colour(Ink::Text), unit));
            painter.drawPolyline(QPolygonF{QPointF(x - 3 * unit, from), QPointF(x, from), QPointF(x, to), QPointF(x - 3 * unit, to)});
            painter.drawText(QRectF(x + 3 * unit, (from + to) / 2 - 7 * unit, 18 * unit, 14 * unit), Qt::AlignLeft | Qt::AlignVCenter,
                             QString::number(group + 1));
        }
        p = end;
    }
    painter.restore();
}

DendrogramView::DendrogramView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("dendrogram"));
    setAccessibleName(tr("Tree of like heads"));
    setFocusPolicy(Qt::StrongFocus);
    setToolTip(tr("Click into the tree to cut it there; Left and Right change the number of groups"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DendrogramView::setScene(DendrogramScene scene)
{
    const int before = m_scene.empty() ? 0 : m_scene.tree->leaves;
    m_scene = std::move(scene);
    if ((m_scene.empty() ? 0 : m_scene.tree->leaves) != before) {
        setMinimumHeight(sizeHint().height());
        updateGeometry();
    }
    setAccessibleDescription(
        m_scene.empty() ? QString() : tr("%1 heads, %2 groups").arg(m_scene.tree->leaves).arg(clustersAt(*m_scene.tree, m_scene.cut)));
    update();
}

QSize DendrogramView::sizeHint() const { return {280, int(kAxis + kFoot + kRow * (m_scene.empty() ? 4 : m_scene.tree->leaves))}; }

QRectF DendrogramView::leafRect(int leaf) const
{
    const DendrogramFrame f = fitDendrogram(m_scene, QRectF(rect()), 1);
    const int p = positionsOf(*m_scene.tree)[std::size_t(leaf)];
    return QRectF(f.plot.right() + 2, f.plot.top() + p * f.row, kNames - 24, f.row);
}

void DendrogramView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    paintDendrogram(painter, m_scene, QRectF(rect()), 1, Theme::instance().dark(), true);
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void DendrogramView::mousePressEvent(QMouseEvent* event)
{
    if (m_scene.empty() || event->button() != Qt::LeftButton) return;
    const DendrogramFrame f = fitDendrogram(m_scene, QRectF(rect()), 1);
    const QPointF p = event->position();
    if (p.x() < f.plot.right() - 2) return Q_EMIT cutChosen(clustersAt(*m_scene.tree, std::max(0.0, f.height(p.x()))));
    const int row = int((p.y() - f.plot.top()) / f.row);
    if (row >= 0 && row < m_scene.tree->leaves) Q_EMIT leafChosen(m_scene.tree->order[std::size_t(row)]);
}

void DendrogramView::keyPressEvent(QKeyEvent* event)
{
    if (m_scene.empty() || event->modifiers() & Qt::ControlModifier) return QWidget::keyPressEvent(event);
    const int n = m_scene.tree->leaves, clusters = clustersAt(*m_scene.tree, m_scene.cut);
    const auto leaf = [&](int by) {
        const int at = m_scene.selected < 0 ? (by > 0 ? -1 : n) : positionsOf(*m_scene.tree)[std::size_t(m_scene.selected)];
        Q_EMIT leafChosen(m_scene.tree->order[std::size_t(std::clamp(at + by, 0, n - 1))]);
    };
    switch (event->key()) {
    case Qt::Key_Right: return Q_EMIT cutChosen(std::min(n, clusters + 1));
    case Qt::Key_Left: return Q_EMIT cutChosen(std::max(1, clusters - 1));
    case Qt::Key_Down: return leaf(1);
    case Qt::Key_Up: return leaf(-1);
    default: return QWidget::keyPressEvent(event);
    }
}

void DendrogramView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void DendrogramView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
