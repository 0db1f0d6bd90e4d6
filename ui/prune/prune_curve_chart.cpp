// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_curve_chart.h"

#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kLeft = 48, kRight = 20, kTop = 28, kBottom = 40;

QList<QPointF> listOf(const CurvePoints& line)
{
    QList<QPointF> out;
    out.reserve(qsizetype(line.size()));
    for (const auto& [x, y] : line)
        if (std::isfinite(y)) out << QPointF(x, y);
    return out;
}

}  // namespace

/// Axis numbers, legend, cursor and its words: over the chart, in the frame's type.
class PruneCurveChart::Overlay : public QWidget {
public:
    explicit Overlay(PruneCurveChart* chart) : QWidget(chart), m_chart(chart) { setAttribute(Qt::WA_TransparentForMouseEvents); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        axes(painter);
        if (m_chart->m_lines.empty()) return;
        legend(painter);
        cursor(painter);
        if (showsFocus(*m_chart)) ring(painter, QRectF(rect()).adjusted(1, 1, -1, -1), ink(Ink::Accent), 2, 0);
    }

private:
    void axes(QPainter& painter)
    {
        const Theme& theme = Theme::instance();
        const QRectF plot = m_chart->plot();
        painter.setFont(theme.font(Type::Caption));
        painter.setPen(ink(Ink::Muted));
        painter.drawText(QRectF(8, 0, 320, kTop - 8), Qt::AlignLeft | Qt::AlignVCenter, curveValueTitle(m_chart->m_lines.value));
        painter.drawText(QRectF(plot.left(), plot.bottom() + 20, plot.width(), 16), Qt::AlignCenter, PruneCurveChart::tr("heads off"));
        const int decimals = tickDecimals(m_chart->m_step);
        for (double y = m_chart->m_low; y <= m_chart->m_high + 1e-9; y += m_chart->m_step) {
            const double at = m_chart->place(0, y).y();
            painter.drawText(QRectF(0, at - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter, numberText(y, decimals));
        }
        const int heads = std::max(1, m_chart->m_lines.heads);
        const int every = int(std::max(1.0, tickStep(heads, 10)));
        for (int x = 0; x <= heads; x += every) {
            if (x != heads && heads - x < every / 2.0) continue;  // the last number has its room
            const double at = m_chart->place(x, 0).x();
            painter.drawText(QRectF(at - 24, plot.bottom() + 4, 48, 16), Qt::AlignCenter, QString::number(x));
        }
        if (heads % every)
            painter.drawText(QRectF(m_chart->place(heads, 0).x() - 24, plot.bottom() + 4, 48, 16), Qt::AlignCenter, QString::number(heads));
        const double all = m_chart->m_lines.allOn;
        if (std::isfinite(all) && !m_chart->m_lines.empty()) {
            painter.setPen(ink(Ink::Text));
            const double y = m_chart->place(0, all).y();
            painter.drawText(QRectF(plot.right() - 200, y - 19, 200, 16), Qt::AlignRight | Qt::AlignVCenter,
                             PruneCurveChart::tr("all heads on, %1").arg(numberText(all, 3)));
        }
    }

    void legend(QPainter& painter)
    {
        struct Line {
            QString words;
            QPen pen;
            bool band;
        };
        std::vector<Line> rows;
        const PruneCurveLines& l = m_chart->m_lines;
        if (l.done.size() > 1)
            rows.push_back({PruneCurveChart::tr("heads that are off now, in their order"), QPen(ink(Ink::Bar), 3), false});
        if (!l.greedy.empty())
            rows.push_back({PruneCurveChart::tr("greedy, measured again at each step"), QPen(ink(Ink::Bar), 1.5), false});
        if (!l.byEffect.empty()) rows.push_back({l.byEffectWords, QPen(ink(Ink::Muted), 1.5), false});
        if (!l.median.empty())
            rows.push_back({l.seeds == 1 ? PruneCurveChart::tr("one random order so far")
                                         : PruneCurveChart::tr("median of %1 random orders; band 5 to 95 %").arg(l.seeds),
                            QPen(ink(Ink::Muted), 1, Qt::DashLine), true});
        for (const CurveOrder& order : l.more)
            if (!order.points.empty()) rows.push_back({order.words, curveStyle(order, Theme::instance().dark()), false});
        m_legendBottom = m_legendWidth = 0;
        if (rows.size() == 1 && l.done.size() > 1) return;  // one line needs no legend, and would run into it
        painter.setFont(Theme::instance().font(Type::Caption));
        const QRectF plot = m_chart->plot();
        const int pitch = rows.size() > 4 ? 16 : 20;
        double y = plot.top() + (rows.size() > 4 ? 4 : 12);
        const QFontMetricsF metrics(painter.font());
        painter.setRenderHint(QPainter::Antialiasing);
        for (const Line& row : rows) {
            const QRectF mark(plot.left() + 16, y, 28, 16);
            if (row.band) painter.fillRect(mark.adjusted(0, 2, 0, -2), ink(Ink::Hover));
            painter.setPen(row.pen);
            painter.drawLine(QPointF(mark.left(), mark.center().y()), QPointF(mark.right(), mark.center().y()));
            painter.setPen(ink(Ink::Text));
            const QString words = metrics.elidedText(row.words, Qt::ElideRight, plot.width() - 64);
            painter.drawText(QRectF(mark.right() + 8, y, plot.width(), 16), Qt::AlignLeft | Qt::AlignVCenter, words);
            m_legendWidth = std::max(m_legendWidth, 56 + metrics.horizontalAdvance(words));
            y += pitch;
        }
        m_legendBottom = y;
    }

    void cursor(QPainter& painter)
    {
        const PruneCurveLines& l = m_chart->m_lines;
        const int x = m_chart->m_cut;
        double y = valueAt(l.done, x);
        if (!std::isfinite(y)) y = valueAt(l.greedy, x);
        if (!std::isfinite(y)) y = valueAt(l.byEffect, x);
        if (!std::isfinite(y)) y = l.allOn;
        if (!std::isfinite(y)) return;
        const QPointF at = m_chart->place(x, y);
        const QRectF plot = m_chart->plot();
        const QString name = l.value == CurveValue::Loss       ? PruneCurveChart::tr("loss")
                             : l.value == CurveValue::Accuracy ? PruneCurveChart::tr("accuracy")
                                                               : PruneCurveChart::tr("KL");
        const QString strong = PruneCurveChart::tr("%1 off: %2 %3").arg(x).arg(name, numberText(y, 3));
        const double low = valueAt(l.low, x), high = valueAt(l.high, x);
        const int digits = std::max(2, tickDecimals(m_chart->m_step));
        const QString plain = std::isfinite(low)
                                  ? PruneCurveChart::tr("random order %1–%2").arg(numberText(low, digits), numberText(high, digits))
                                  : QString();
        const Theme& theme = Theme::instance();
        const QFontMetricsF bold(theme.font(Type::Caption, true)), base(theme.font(Type::Caption));
        const double w = std::max(bold.horizontalAdvance(strong), base.horizontalAdvance(plain)) + 16, h = plain.isEmpty() ? 24 : 40;
        double left = std::clamp(at.x() - w / 4, plot.left() + 4, plot.right() - w - 4);
        // Above the lines, below the legend; where there is no room, beside the cursor at the bottom.
        double highest = at.y();
        for (const CurvePoints* line : {&l.high, &l.byEffect, &l.greedy}) {
            for (const auto& [px, py] : *line) {
                const double sx = m_chart->place(px, 0).x();
                if (sx >= left - 4 && sx <= left + w + 4) highest = std::min(highest, m_chart->place(px, py).y());
            }
        }
        double top = highest - h - 20;
        if (top < plot.top() + 4 || (left < plot.left() + m_legendWidth && top < m_legendBottom)) {
            top = plot.top() + 4;
            left = std::max(at.x() - w - 12, plot.left() + m_legendWidth + 8);
            if (at.x() < plot.left() + m_legendWidth + 20) left = plot.left() + m_legendWidth + 20;
            left = std::min(left, plot.right() - w - 4);
        }
        const QRectF box(left, top, w, h);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(QRectF(std::round(at.x()), box.bottom(), 1, std::max(0.0, at.y() - box.bottom())), ink(Ink::Select));
        hairBox(painter, box, ink(Ink::Paper), ink(Ink::Hair2), 0);
        painter.setPen(ink(Ink::Text));
        painter.setFont(theme.font(Type::Caption, true));
        painter.drawText(box.adjusted(8, 4, -8, 0), Qt::AlignLeft | Qt::AlignTop, strong);
        painter.setFont(theme.font(Type::Caption));
        painter.setPen(ink(Ink::Muted));
        painter.drawText(box.adjusted(8, 20, -8, 0), Qt::AlignLeft | Qt::AlignTop, plain);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(ink(Ink::Select), 2.5));
        painter.setBrush(ink(Ink::Paper));
        painter.drawEllipse(at, 5, 5);
        painter.setBrush(Qt::NoBrush);
    }

    PruneCurveChart* m_chart;
    double m_legendBottom = 0, m_legendWidth = 0;
};

PruneCurveChart::PruneCurveChart(QWidget* parent)
    : QWidget(parent), m_chart(new QChart), m_view(new QChartView(m_chart, this)), m_x(new QValueAxis), m_y(new QValueAxis)
{
    setObjectName(QStringLiteral("pruneCurve"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Loss as heads are switched off"));
    setToolTip(
        tr("Press, drag or use the arrow keys: as many heads of the leading order are off (greedy, where it was run). Shift: four steps"));
    m_chart->legend()->hide();
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->viewport()->setMouseTracking(true);
    m_view->viewport()->installEventFilter(this);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setLabelsVisible(false);
        axis->setMinorGridLineVisible(false);
    }
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setGridLineVisible(false);  // painted below the view: Qt's lag behind when the plot area changes
        axis->setLineVisible(false);
    }
    m_bandLow = new QLineSeries(this);
    m_bandHigh = new QLineSeries(this);
    m_band = new QAreaSeries(m_bandHigh, m_bandLow);
    m_median = new QLineSeries;
    m_byEffect = new QLineSeries;
    m_greedy = new QLineSeries;
    m_done = new QLineSeries;
    m_allOn = new QLineSeries;
    m_dots = new QScatterSeries;
    for (QAbstractSeries* series :
         {static_cast<QAbstractSeries*>(m_band), static_cast<QAbstractSeries*>(m_median), static_cast<QAbstractSeries*>(m_allOn),
          static_cast<QAbstractSeries*>(m_byEffect), static_cast<QAbstractSeries*>(m_greedy), static_cast<QAbstractSeries*>(m_done),
          static_cast<QAbstractSeries*>(m_dots)}) {
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
    }
    m_dots->setMarkerSize(6);
    m_overlay = new Overlay(this);
    m_overlay->raise();
    connect(&Theme::instance(), &Theme::changed, this, &PruneCurveChart::applyTheme);
    applyTheme();
    applyRange();
}

void PruneCurveChart::applyTheme()
{
    m_band->setBrush(ink(Ink::Hover));
    m_band->setPen(Qt::NoPen);
    m_median->setPen(QPen(ink(Ink::Muted), 1, Qt::DashLine));
    m_byEffect->setPen(QPen(ink(Ink::Muted), 1.5));
    m_greedy->setPen(QPen(ink(Ink::Bar), 1.5));
    m_done->setPen(QPen(ink(Ink::Bar), 3));
    m_allOn->setPen(QPen(ink(Ink::Text), 1, Qt::DotLine));
    m_dots->setColor(ink(Ink::Bar));
    m_dots->setBorderColor(ink(Ink::Bar));
    applyMore();
    update();
    m_overlay->update();
}

void PruneCurveChart::applyMore()
{
    for (std::size_t i = 0; i < m_more.size(); ++i) {
        const bool used = i < m_lines.more.size();
        m_more[i]->replace(used ? listOf(m_lines.more[i].points) : QList<QPointF>());
        if (used) m_more[i]->setPen(curveStyle(m_lines.more[i], Theme::instance().dark()));
    }
}

QRectF PruneCurveChart::plot() const
{
    return QRectF(kLeft, kTop, std::max(10, width() - kLeft - kRight), std::max(10, height() - kTop - kBottom));
}

QPointF PruneCurveChart::place(double x, double y) const
{
    const QRectF p = plot();
    return {p.left() + p.width() * x / std::max(1, m_lines.heads), p.bottom() - p.height() * (y - m_low) / std::max(1e-12, m_high - m_low)};
}

void PruneCurveChart::applyRange()
{
    const CurveRange range = curveRange(m_lines);
    m_step = range.step;
    m_low = range.low;
    m_high = range.high;
    m_x->setRange(0, std::max(1, m_lines.heads));
    m_y->setRange(m_low, m_high);
    update();
}

void PruneCurveChart::setLines(const PruneCurveLines& lines, int cut, const std::vector<int>& stops)
{
    m_lines = lines;
    m_cut = cut;
    m_stops = stops;
    m_bandLow->replace(listOf(lines.low));
    m_bandHigh->replace(listOf(lines.high));
    m_median->replace(listOf(lines.median));
    m_byEffect->replace(listOf(lines.byEffect));
    m_greedy->replace(listOf(lines.greedy));
    m_done->replace(listOf(lines.done));
    while (m_more.size() < lines.more.size()) {
        auto* series = new QLineSeries;
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
        m_more.push_back(series);
    }
    applyMore();
    m_dots->replace(lines.done.size() > 1 && lines.done.size() < 80 ? listOf(lines.done) : QList<QPointF>());
    QList<QPointF> level;
    if (std::isfinite(lines.allOn) && !lines.empty()) level << QPointF(0, lines.allOn) << QPointF(std::max(1, lines.heads), lines.allOn);
    m_allOn->replace(level);
    m_view->setVisible(!lines.empty());
    applyRange();
    const double now = valueAt(lines.done, cut);
    setAccessibleDescription(
        tr("%1 of %2 heads off").arg(cut).arg(lines.heads)
        + (std::isfinite(now) ? QStringLiteral(", %1 %2").arg(curveValueTitle(lines.value), numberText(now, 3)) : QString()));
    m_overlay->update();
}

int PruneCurveChart::stopNear(double x) const
{
    const double at = (x - plot().left()) / plot().width() * std::max(1, m_lines.heads);
    int best = -1;
    for (const int stop : m_stops)
        if (best < 0 || std::abs(stop - at) < std::abs(best - at)) best = stop;
    return best;
}

void PruneCurveChart::moveTo(int headsOff, bool last)
{
    if (headsOff < 0) return;
    m_cut = headsOff;
    m_overlay->update();
    Q_EMIT cursorMoved(headsOff, last);
}

bool PruneCurveChart::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    const bool ofMouse = type == QEvent::MouseButtonPress || type == QEvent::MouseMove || type == QEvent::MouseButtonRelease;
    if (watched != m_view->viewport() || !ofMouse) return QWidget::eventFilter(watched, event);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    switch (type) {
    case QEvent::MouseButtonPress:
        if (mouse->button() != Qt::LeftButton || m_stops.empty()) break;
        setFocus(Qt::MouseFocusReason);
        m_dragging = true;
        moveTo(stopNear(mouse->position().x()), false);
        return true;
    case QEvent::MouseMove:
        m_view->viewport()->setCursor(m_stops.empty() ? Qt::ArrowCursor : Qt::SizeHorCursor);
        if (m_dragging)
            if (const int stop = stopNear(mouse->position().x()); stop != m_cut) moveTo(stop, false);
        break;
    case QEvent::MouseButtonRelease:
        if (m_dragging) {
            m_dragging = false;
            moveTo(stopNear(mouse->position().x()), true);
            return true;
        }
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void PruneCurveChart::keyPressEvent(QKeyEvent* event)
{
    if (m_stops.empty()) return QWidget::keyPressEvent(event);
    const int step = event->modifiers() & Qt::ShiftModifier ? 4 : 1;
    // From the stop at or below the cursor: a cut made by hand may stand between two.
    const auto above = std::upper_bound(m_stops.begin(), m_stops.end(), m_cut);
    const int place = int(above - m_stops.begin()) - 1, last = int(m_stops.size()) - 1;
    int target = -1;
    switch (event->key()) {
    case Qt::Key_Left: target = place - step + (place >= 0 && m_stops[std::size_t(place)] < m_cut ? 1 : 0); break;
    case Qt::Key_Right: target = place + step; break;
    case Qt::Key_Home: target = 0; break;
    case Qt::Key_End: target = last; break;
    default: return QWidget::keyPressEvent(event);
    }
    moveTo(m_stops[std::size_t(std::clamp(target, 0, last))], true);
}

void PruneCurveChart::resizeEvent(QResizeEvent*)
{
    m_view->setGeometry(rect());
    m_overlay->setGeometry(rect());
    m_chart->setPlotArea(plot());
}

void PruneCurveChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_lines.empty()) return;
    for (double y = m_low; y <= m_high + 1e-9; y += m_step) {
        const double at = std::round(place(0, y).y()) + 0.5;
        painter.setPen(QPen(ink(y > m_low + m_step / 2 ? Ink::Hair : Ink::Hair2), 1));
        painter.drawLine(QPointF(plot().left(), at), QPointF(plot().right(), at));
    }
    painter.setPen(QPen(ink(Ink::Hair2), 1));
    const int heads = std::max(1, m_lines.heads), every = int(std::max(1.0, tickStep(heads, 10)));
    for (int x = 0; x <= heads; x += every) {
        const double at = std::round(place(x, 0).x()) + 0.5;
        painter.drawLine(QPointF(at, plot().bottom()), QPointF(at, plot().bottom() + 4));
    }
}

void PruneCurveChart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_overlay->update();
}

void PruneCurveChart::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_overlay->update();
}

}  // namespace hs::ui
