// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/index_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/kit/chart_axis.h"
#include "ui/kit/numbers.h"
#include "ui/theme/paint.h"

namespace hs::ui {

int IndexChartScene::count() const
{
    std::size_t n = 0;
    for (const IndexSeries& s : series) n = std::max(n, s.values.size());
    return int(n);
}

IndexChartFrame fitIndexChart(const IndexChartScene& scene, const QRectF& area, double unit)
{
    IndexChartFrame frame;
    double low = 0, high = scene.top.value_or(0);
    for (const IndexSeries& s : scene.series)
        for (const double v : s.values)
            if (std::isfinite(v)) {
                low = std::min(low, v);
                if (!scene.top) high = std::max(high, v);
            }
    if (!(high > low)) high = low + 1;
    frame.low = low;
    frame.high = high;
    frame.plot = area.adjusted(36 * unit, 20 * unit, -8 * unit, -30 * unit);
    return frame;
}

void paintIndexChart(QPainter& painter, const IndexChartScene& scene, const QRectF& area, double unit, bool dark, int hover)
{
    const auto colour = [dark](Ink ink) { return Theme::color(ink, dark); };
    painter.save();
    if (scene.empty()) {
        painter.setFont(chartFont(Type::Caption, unit));
        painter.setPen(colour(Ink::Muted));
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, scene.absent);
        painter.restore();
        return;
    }
    const IndexChartFrame frame = fitIndexChart(scene, area, unit);
    const QRectF& plot = frame.plot;
    const QFont small = chartFont(Type::AxisSmall, unit), caption = chartFont(Type::Caption, unit);
    painter.setFont(small);
    const auto ticks = axisTicks(frame.low, frame.high, std::max(2, int(plot.height() / (28 * unit))));
    const int decimals = tickDecimals(ticks);
    for (const double t : ticks) {
        hairline(painter, QPointF(plot.left(), frame.y(t)), QPointF(plot.right(), frame.y(t)), colour(t == 0 ? Ink::Hair2 : Ink::Hair));
        painter.setPen(colour(Ink::Muted));
        painter.drawText(QRectF(area.left(), frame.y(t) - 7 * unit, plot.left() - area.left() - 5 * unit, 14 * unit),
                         Qt::AlignRight | Qt::AlignVCenter, numberText(t, decimals));
    }
    const int n = scene.count();
    painter.setPen(colour(Ink::Muted));
    std::vector<int> numbers;
    for (const double t : axisTicks(scene.first, scene.first + std::max(1, n - 1), std::max(2, int(plot.width() / (44 * unit)))))
        if (t == std::round(t)) numbers.push_back(int(t));
    if (numbers.empty() || numbers.front() != scene.first) numbers.insert(numbers.begin(), scene.first);
    double free = -1e9;
    for (const int t : numbers) {
        const double x = frame.x(scene, t - scene.first);
        if (x - free < 24 * unit) continue;
        free = x;
        painter.drawText(QRectF(x - 30 * unit, plot.bottom() + 2 * unit, 60 * unit, 14 * unit), Qt::AlignHCenter | Qt::AlignVCenter,
                         QString::number(t));
    }
    painter.drawText(QRectF(plot.left(), plot.bottom() + 15 * unit, plot.width(), 14 * unit), Qt::AlignRight | Qt::AlignVCenter,
                     scene.xTitle);

    if (scene.level && *scene.level >= frame.low && *scene.level <= frame.high) {
        QPen pen(colour(Ink::Muted), unit);
        pen.setDashPattern({1.5, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(plot.left(), frame.y(*scene.level)), QPointF(plot.right(), frame.y(*scene.level)));
        painter.drawText(QRectF(plot.left(), frame.y(*scene.level) - 14 * unit, plot.width(), 13 * unit), Qt::AlignRight | Qt::AlignBottom,
                         scene.levelName);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    double legend = plot.left();
    painter.setFont(caption);
    const QFontMetricsF metrics(caption);
    for (const IndexSeries& s : scene.series) {
        QPen pen(colour(s.ink), 1.5 * unit);
        if (s.dashed) pen.setDashPattern({4, 2.5});
        painter.setPen(pen);
        QPolygonF line;
        const bool dots = s.values.size() <= 24;
        for (int i = 0; i < int(s.values.size()); ++i)
            if (std::isfinite(s.values[std::size_t(i)]))
                line << QPointF(frame.x(scene, i), frame.y(std::clamp(s.values[std::size_t(i)], frame.low, frame.high)));
        if (line.size() > 1) painter.drawPolyline(line);
        if (dots || line.size() == 1) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour(s.ink));
            for (const QPointF& p : line) painter.drawEllipse(p, 2 * unit, 2 * unit);
            painter.setBrush(Qt::NoBrush);
        }
        if (scene.marked >= 0 && scene.marked < int(s.values.size())) {
            painter.setPen(QPen(colour(Ink::Text), 1.5 * unit));
            painter.setBrush(colour(Ink::Paper));
            painter.drawEllipse(QPointF(frame.x(scene, scene.marked), frame.y(s.values[std::size_t(scene.marked)])), 4 * unit, 4 * unit);
            painter.setBrush(Qt::NoBrush);
        }
        if (!s.name.isEmpty()) {
            painter.setPen(pen);
            painter.drawLine(QPointF(legend, area.top() + 9 * unit), QPointF(legend + 18 * unit, area.top() + 9 * unit));
            painter.setPen(colour(Ink::Text));
            const double w = metrics.horizontalAdvance(s.name);
            painter.drawText(QRectF(legend + 22 * unit, area.top() + unit, w + 2 * unit, 16 * unit), Qt::AlignLeft | Qt::AlignVCenter,
                             s.name);
            legend += 22 * unit + w + 14 * unit;
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (hover >= 0 && hover < n) {
        hairline(painter, QPointF(frame.x(scene, hover), plot.top()), QPointF(frame.x(scene, hover), plot.bottom()), colour(Ink::Muted));
        QStringList words{QString::number(hover + scene.first)};
        for (const IndexSeries& s : scene.series)
            if (hover < int(s.values.size())) words << numberText(s.values[std::size_t(hover)], scene.decimals);
        const QString text = words.join(QStringLiteral(" · "));
        const double w = metrics.horizontalAdvance(text) + 6 * unit;
        const QRectF box(plot.right() - w, area.top(), w, 17 * unit);
        painter.fillRect(box, colour(Ink::Paper));
        painter.setPen(colour(Ink::Text));
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, text);
    }
    painter.restore();
}

IndexChart::IndexChart(const QString& name, QWidget* parent) : QWidget(parent)
{
    setAccessibleName(name);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void IndexChart::setScene(IndexChartScene scene)
{
    m_scene = std::move(scene);
    if (m_hover >= m_scene.count()) m_hover = -1;
    QStringList words;
    for (const IndexSeries& s : m_scene.series)
        if (!s.values.empty())
            words << tr("%1: %2 values from %3 to %4")
                         .arg(s.name.isEmpty() ? accessibleName() : s.name)
                         .arg(s.values.size())
                         .arg(numberText(s.values.front(), m_scene.decimals), numberText(s.values.back(), m_scene.decimals));
    setAccessibleDescription(words.isEmpty() ? m_scene.absent : words.join(QStringLiteral(", ")));
    update();
}

void IndexChart::setChoosing(bool on) { m_choosing = on; }

int IndexChart::indexAt(double x) const
{
    const int n = m_scene.count();
    if (n == 0) return -1;
    const QRectF plot = fitIndexChart(m_scene, QRectF(rect()), 1).plot;
    return std::clamp(int(std::lround((x - plot.left()) / std::max(1.0, plot.width()) * (n - 1))), 0, n - 1);
}

void IndexChart::setHover(int index)
{
    if (index == m_hover) return;
    m_hover = index;
    update();
}

void IndexChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintIndexChart(painter, m_scene, QRectF(rect()), 1, Theme::instance().dark(), m_hover);
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void IndexChart::mouseMoveEvent(QMouseEvent* event) { setHover(indexAt(event->position().x())); }
void IndexChart::leaveEvent(QEvent*) { setHover(-1); }

void IndexChart::mousePressEvent(QMouseEvent* event)
{
    const int at = indexAt(event->position().x());
    if (m_choosing && event->button() == Qt::LeftButton && at >= 0) Q_EMIT chosen(at);
}

void IndexChart::keyPressEvent(QKeyEvent* event)
{
    const int n = m_scene.count(), by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (n == 0 || by == 0 || event->modifiers() & Qt::ControlModifier) return QWidget::keyPressEvent(event);
    const int from = m_choosing ? m_scene.marked : m_hover;
    const int to = std::clamp(from < 0 ? 0 : from + by, 0, n - 1);
    setHover(to);
    if (m_choosing) Q_EMIT chosen(to);
}

void IndexChart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void IndexChart::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    setHover(-1);
    update();
}

}  // namespace hs::ui
