// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/flow_view.h"

#include <QKeyEvent>
#include <QLineF>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/export/figure.h"
#include "ui/kit/figure_drawing.h"
#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kMostNames = 24;
constexpr double kLeft = 44, kRight = 16, kTop = 14, kLabels = 76;

QString nodeName(const FlowScene& scene, const FlowNode& node)
{
    const QString token = visibleToken(scene.tokens.value(node.token));
    switch (node.kind) {
    case FlowNode::Kind::Embed: return FlowView::tr("token %1 “%2”").arg(node.token).arg(token);
    case FlowNode::Kind::Mid: return FlowView::tr("“%2” after attention %1").arg(node.layer).arg(token);
    case FlowNode::Kind::Mlp: return FlowView::tr("MLP %1 at “%2”").arg(node.layer).arg(token);
    case FlowNode::Kind::Post: return FlowView::tr("“%2” after layer %1").arg(node.layer).arg(token);
    }
    return {};
}

bool isAttention(const FlowScene& s, const FlowEdge& e)
{
    return e.head >= 0 && s.routes->nodes[std::size_t(e.to)].kind == FlowNode::Kind::Mid;
}

}  // namespace

QPointF flowPlace(const FlowScene& scene, const QRectF& area, const FlowNode& node)
{
    // Each layer has three levels: after attention, MLP (half a step to the right), after the block.
    const double levels = std::max(1, scene.layers) * 2.0;
    double level = 0, shift = 0;
    switch (node.kind) {
    case FlowNode::Kind::Embed: level = 0; break;
    case FlowNode::Kind::Mid: level = node.layer * 2 + 1; break;
    case FlowNode::Kind::Mlp:
        level = node.layer * 2 + 1.5;
        shift = 0.28;
        break;
    case FlowNode::Kind::Post: level = node.layer * 2 + 2; break;
    }
    const double step = (area.width() - kLeft - kRight) / double(std::max<qsizetype>(1, scene.tokens.size()));
    const double h = area.height() - kTop - kLabels;
    return {area.left() + kLeft + (node.token + 0.5 + shift) * step, area.bottom() - kLabels - h * level / levels};
}

void paintFlow(QPainter& p, const QRectF& area, const FlowScene& scene, int selectedEdge, bool dark)
{
    if (scene.empty()) return;
    const auto c = [dark](Ink token) { return Theme::color(token, dark); };
    const FlowRoutes& routes = *scene.routes;
    p.setRenderHint(QPainter::Antialiasing);
    p.setFont(Theme::instance().font(Type::Caption));
    for (int l = 0; l < scene.layers; ++l) {
        const double y = flowPlace(scene, area, {FlowNode::Kind::Post, l, 0}).y();
        p.setPen(QPen(c(Ink::Hair), 1));
        p.drawLine(QPointF(area.left() + kLeft - 6, y), QPointF(area.right() - kRight, y));
        p.setPen(c(Ink::Muted));
        p.drawText(QRectF(area.left(), y - 8, kLeft - 12, 16), Qt::AlignRight | Qt::AlignVCenter, FlowView::tr("L%1").arg(l));
    }
    const QFontMetricsF metrics(Theme::instance().tokenFont(Type::Caption));
    const double step = (area.width() - kLeft - kRight) / double(std::max<qsizetype>(1, scene.tokens.size()));
    int every = 1;
    while (step * every < 12) every *= 2;
    std::vector<bool> used(std::size_t(scene.tokens.size()), false);
    for (const FlowNode& n : routes.nodes)
        if (n.kind == FlowNode::Kind::Embed && n.token < int(used.size())) used[std::size_t(n.token)] = true;
    p.setFont(Theme::instance().tokenFont(Type::Caption));
    for (int t = 0; t < int(scene.tokens.size()); ++t) {
        if (t % every) continue;
        const QPointF at = flowPlace(scene, area, {FlowNode::Kind::Embed, 0, t});
        const QString text = elideToken(metrics, scene.tokens[t], kLabels - 12);
        p.save();
        p.translate(at.x() + (metrics.ascent() - metrics.descent()) / 2, at.y() + 8 + tokenWidth(metrics, text));
        p.rotate(-90);
        paintToken(p, QPointF(0, 0), text, c(used[std::size_t(t)] ? Ink::Text : Ink::Muted), c(Ink::Faint));
        p.restore();
    }
    // Weak edges first, so that strong ones lie on top.
    std::vector<int> order(routes.edges.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return routes.edges[std::size_t(a)].weight < routes.edges[std::size_t(b)].weight; });
    const auto draw = [&](int i, bool marked) {
        const FlowEdge& e = routes.edges[std::size_t(i)];
        const QPointF a = flowPlace(scene, area, routes.nodes[std::size_t(e.from)]),
                      b = flowPlace(scene, area, routes.nodes[std::size_t(e.to)]);
        const Ink token = marked ? Ink::Select : isAttention(scene, e) ? Ink::Bar : Ink::Hair2;
        QPen pen(c(token), std::max(0.8, 5.0 * e.weight));
        pen.setCapStyle(Qt::FlatCap);
        p.setPen(pen);
        p.drawLine(a, b);
    };
    for (const int i : order)
        if (i != selectedEdge) draw(i, false);
    if (selectedEdge >= 0 && selectedEdge < int(routes.edges.size())) draw(selectedEdge, true);
    // The head that carries most of an attention edge, strongest edges first, where there is room for its name.
    p.setFont(Theme::instance().font(Type::Caption));
    const QFontMetricsF small(p.font());
    std::vector<QRectF> taken;
    for (auto it = order.rbegin(); it != order.rend() && int(taken.size()) < kMostNames; ++it) {
        const FlowEdge& e = routes.edges[std::size_t(*it)];
        const FlowNode &from = routes.nodes[std::size_t(e.from)], &to = routes.nodes[std::size_t(e.to)];
        if (!isAttention(scene, e) || from.token == to.token) continue;
        const QString name = QStringLiteral("L%1H%2").arg(to.layer).arg(e.head);
        const QPointF a = flowPlace(scene, area, from), b = flowPlace(scene, area, to), middle = a + 0.5 * (b - a);
        const QRectF box(middle.x() - small.horizontalAdvance(name) / 2 - 2, middle.y() - 8, small.horizontalAdvance(name) + 4, 16);
        if (std::any_of(taken.begin(), taken.end(), [&](const QRectF& other) { return other.intersects(box); })) continue;
        taken.push_back(box);
        p.fillRect(box, c(Ink::Paper));
        p.setPen(c(*it == selectedEdge ? Ink::Select : Ink::Text));
        p.drawText(box, Qt::AlignCenter, name);
    }
    for (const FlowNode& n : routes.nodes) {
        const QPointF at = flowPlace(scene, area, n);
        p.setPen(QPen(c(Ink::Hair2), 1));
        p.setBrush(c(&n == &routes.nodes.front() ? Ink::Select : Ink::Chrome));
        if (n.kind == FlowNode::Kind::Mlp) p.drawRect(QRectF(at.x() - 3, at.y() - 3, 6, 6));
        else p.drawEllipse(at, 3.5, 3.5);
    }
    p.setBrush(Qt::NoBrush);
}

QString flowSentence(const FlowScene& scene, int edge)
{
    if (scene.empty() || edge < 0 || edge >= int(scene.routes->edges.size())) return {};
    const FlowEdge& e = scene.routes->edges[std::size_t(edge)];
    const FlowNode &from = scene.routes->nodes[std::size_t(e.from)], &to = scene.routes->nodes[std::size_t(e.to)];
    const QString share = numberText(e.weight, 3);
    if (isAttention(scene, e))
        return FlowView::tr("%1 → %2: attention carries %3 of it; L%4H%5 most, %6")
            .arg(nodeName(scene, from), nodeName(scene, to), share)
            .arg(to.layer)
            .arg(e.head)
            .arg(numberText(e.headWeight, 3));
    return FlowView::tr("%1 → %2: %3 of it").arg(nodeName(scene, from), nodeName(scene, to), share);
}

std::shared_ptr<FigureDrawing> flowDrawing(const FlowScene& scene, const QStringList& facts)
{
    auto d = std::make_shared<FigureDrawing>();
    d->name = QStringLiteral("flow-routes");
    d->title = FlowView::tr("Information flow routes");
    d->caption = d->title;
    d->facts = facts;
    d->usesPrompt = true;
    d->aspect = 0.62;
    d->paint = [scene, facts](QPainter& p, const QRectF& area, bool dark) {
        p.setFont(Theme::instance().font(Type::Caption));
        const QString words = facts.join(QLatin1Char(' '));
        const QRectF wanted = QFontMetricsF(p.font()).boundingRect(QRectF(0, 0, area.width(), 1e4), Qt::TextWordWrap, words);
        paintFlow(p, area.adjusted(0, 0, 0, -wanted.height() - 4), scene, -1, dark);
        p.setFont(Theme::instance().font(Type::Caption));
        p.setPen(Theme::color(Ink::Muted, dark));
        p.drawText(QRectF(area.left(), area.bottom() - wanted.height() - 2, area.width(), wanted.height() + 2), Qt::TextWordWrap, words);
    };
    static const char* kinds[] = {"embed", "mid", "mlp", "post"};
    d->table.push_back({QStringLiteral("from"), QStringLiteral("from_layer"), QStringLiteral("from_token"), QStringLiteral("to"),
                        QStringLiteral("to_layer"), QStringLiteral("to_token"), QStringLiteral("weight"), QStringLiteral("head"),
                        QStringLiteral("head_weight")});
    if (!scene.empty())
        for (const FlowEdge& e : scene.routes->edges) {
            const FlowNode &from = scene.routes->nodes[std::size_t(e.from)], &to = scene.routes->nodes[std::size_t(e.to)];
            d->table.push_back({QString::fromLatin1(kinds[int(from.kind)]), QString::number(from.layer), QString::number(from.token),
                                QString::fromLatin1(kinds[int(to.kind)]), QString::number(to.layer), QString::number(to.token),
                                QString::number(e.weight, 'g', 9), e.head >= 0 ? QString::number(e.head) : QString(),
                                e.head >= 0 ? QString::number(e.headWeight, 'g', 9) : QString()});
        }
    return d;
}

FlowView::FlowView(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Information flow routes"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FlowView::setScene(FlowScene scene)
{
    m_scene = std::move(scene);
    m_byWeight.clear();
    if (!m_scene.empty()) {
        m_byWeight.resize(m_scene.routes->edges.size());
        std::iota(m_byWeight.begin(), m_byWeight.end(), 0);
        std::stable_sort(m_byWeight.begin(), m_byWeight.end(), [&](int a, int b) {
            return m_scene.routes->edges[std::size_t(a)].weight > m_scene.routes->edges[std::size_t(b)].weight;
        });
        setAccessibleDescription(tr("%1 nodes, %2 edges").arg(m_scene.routes->nodes.size()).arg(m_scene.routes->edges.size()));
    }
    setEdge(-1);
}

void FlowView::setEdge(int edge)
{
    m_edge = edge;
    update();
    Q_EMIT readoutChanged(readout());
}

int FlowView::edgeAt(const QPointF& point) const
{
    int best = -1;
    double nearest = 6;
    if (m_scene.empty()) return best;
    for (int i = 0; i < int(m_scene.routes->edges.size()); ++i) {
        const FlowEdge& e = m_scene.routes->edges[std::size_t(i)];
        const QPointF a = flowPlace(m_scene, rect(), m_scene.routes->nodes[std::size_t(e.from)]),
                      b = flowPlace(m_scene, rect(), m_scene.routes->nodes[std::size_t(e.to)]);
        const QPointF ab = b - a, ap = point - a;
        const double length = QPointF::dotProduct(ab, ab), t = length > 0 ? std::clamp(QPointF::dotProduct(ap, ab) / length, 0.0, 1.0) : 0;
        const double distance = QLineF(point, a + t * ab).length();
        if (distance < nearest) {
            nearest = distance;
            best = i;
        }
    }
    return best;
}

void FlowView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    paintFlow(painter, rect(), m_scene, m_edge, Theme::instance().dark());
    if (showsFocus(*this)) ring(painter, QRectF(rect()).adjusted(1, 1, -1, -1), ink(Ink::Accent), 2, 0);
}

void FlowView::mouseMoveEvent(QMouseEvent* event)
{
    const int edge = edgeAt(event->position());
    if (edge != m_edge) setEdge(edge);
}

void FlowView::mousePressEvent(QMouseEvent* event)
{
    const int edge = edgeAt(event->position());
    if (edge < 0 || event->button() != Qt::LeftButton) return;
    setEdge(edge);
    const FlowEdge& e = m_scene.routes->edges[std::size_t(edge)];
    if (isAttention(m_scene, e)) Q_EMIT headChosen({m_scene.routes->nodes[std::size_t(e.to)].layer, e.head});
}

void FlowView::keyPressEvent(QKeyEvent* event)
{
    // Through the edges, strongest first: the keyboard's way in.
    const int by = event->key() == Qt::Key_Down || event->key() == Qt::Key_Right ? 1
                   : event->key() == Qt::Key_Up || event->key() == Qt::Key_Left  ? -1
                                                                                 : 0;
    if (!by || m_byWeight.empty()) return QWidget::keyPressEvent(event);
    const auto it = std::find(m_byWeight.begin(), m_byWeight.end(), m_edge);
    const int place = it == m_byWeight.end() ? (by > 0 ? 0 : int(m_byWeight.size()) - 1)
                                             : std::clamp(int(it - m_byWeight.begin()) + by, 0, int(m_byWeight.size()) - 1);
    setEdge(m_byWeight[std::size_t(place)]);
}

}  // namespace hs::ui
