// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/mini_chart.h"

#include <QGraphicsLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>
#include <QtCharts/QBarSeries>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kTitle = 20, kAxis = 14;

}  // namespace

MiniChart::MiniChart(Kind kind, const QString& title, QWidget* parent)
    : QWidget(parent), m_kind(kind), m_title(title), m_chart(new QChart), m_view(new QChartView(m_chart, this)), m_x(new QValueAxis),
      m_y(new QValueAxis)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
    m_chart->legend()->hide();
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_view->setRenderHint(QPainter::Antialiasing, kind == Kind::Curve);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setMouseTracking(true);
    m_view->viewport()->installEventFilter(this);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->viewport()->setAutoFillBackground(false);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    // Numbers are painted by this widget (two of them, in the frame's type): Qt Charts reserves too much room for its own.
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setLabelsVisible(false);
        axis->setGridLineVisible(false);
        axis->setMinorGridLineVisible(false);
        axis->setLineVisible(false);
        axis->setTickCount(2);
    }
    if (kind == Kind::Bars) {
        m_bars = new QBarSeries;
        m_set = new QBarSet(title);
        m_bars->append(m_set);
        m_bars->setBarWidth(0.82);
        m_chart->addSeries(m_bars);
        m_bars->attachAxis(m_x);
        m_bars->attachAxis(m_y);
    } else {
        m_line = new QLineSeries;
        m_mark = new QScatterSeries;
        m_mark->setMarkerSize(7);
        for (QXYSeries* series : {static_cast<QXYSeries*>(m_line), static_cast<QXYSeries*>(m_mark)}) {
            m_chart->addSeries(series);
            series->attachAxis(m_x);
            series->attachAxis(m_y);
        }
    }
    connect(&Theme::instance(), &Theme::changed, this, &MiniChart::applyTheme);
    applyTheme();
}

void MiniChart::setTitleText(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
    update();
}

void MiniChart::applyTheme()
{
    if (m_set) {
        m_set->setColor(ink(Ink::Bar2));
        m_set->setBorderColor(Qt::transparent);
        m_set->setPen(Qt::NoPen);
        m_set->setSelectedColor(ink(Ink::Bar));
    }
    if (m_line) m_line->setPen(QPen(ink(Ink::Bar), 1.5));
    if (m_mark) {
        m_mark->setColor(ink(Ink::Select));
        m_mark->setBorderColor(ink(Ink::Paper));
    }
    update();
}

void MiniChart::setValues(const std::vector<double>& values, int first, double top, int marked, const QString& absent, int decimals)
{
    m_absent = absent;
    m_first = first;
    m_marked = marked;
    m_decimals = decimals;
    const bool same = values == m_values;
    m_values = values;
    m_view->setVisible(!values.empty());
    const int n = int(values.size());
    double largest = 0;
    for (const double v : values)
        if (std::isfinite(v)) largest = std::max(largest, v);
    m_top = top > 0 ? top : largest > 0 ? largest : 1;
    m_y->setRange(0, m_top);
    if (m_set) {
        m_x->setRange(-0.5, std::max(1, n) - 0.5);
        if (!same) {
            m_set->remove(0, m_set->count());
            QList<qreal> list;
            for (const double v : values) list << (std::isfinite(v) ? v : 0.0);
            m_set->append(list);
        }
        m_set->deselectAllBars();
        // The tallest bar is the one the eye should find.
        const auto it = std::max_element(values.begin(), values.end());
        if (it != values.end()) m_set->selectBar(int(it - values.begin()));
    } else {
        m_x->setRange(0, std::max(1, n - 1));
        if (!same) {
            QList<QPointF> points;
            for (int i = 0; i < n; ++i)
                if (std::isfinite(values[std::size_t(i)])) points << QPointF(i, values[std::size_t(i)]);
            m_line->replace(points);
        }
        QList<QPointF> mark;
        if (marked >= 0 && marked < n && std::isfinite(values[std::size_t(marked)])) mark << QPointF(marked, values[std::size_t(marked)]);
        m_mark->replace(mark);
    }
    setAccessibleDescription(values.empty() ? absent : tr("%1 values, largest %2").arg(n).arg(QString::number(largest, 'f', decimals)));
    update();
}

void MiniChart::resizeEvent(QResizeEvent*)
{
    m_view->setGeometry(0, kTitle, width(), std::max(10, height() - kTitle - kAxis));
    m_chart->setPlotArea(QRectF(1, 2, width() - 2, m_view->height() - 3));
}

int MiniChart::indexAt(double x) const
{
    const int n = int(m_values.size());
    if (n == 0) return -1;
    const double w = width() - 2;
    const double at = m_set ? (x - 1) / w * n : (x - 1) / w * std::max(1, n - 1) + 0.5;
    return std::clamp(int(std::floor(at)), 0, n - 1);
}

bool MiniChart::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view->viewport() && !m_values.empty()) {
        if (event->type() == QEvent::MouseMove || event->type() == QEvent::MouseButtonPress) {
            const auto* mouse = static_cast<QMouseEvent*>(event);
            const int i = indexAt(mouse->position().x());
            if (event->type() == QEvent::MouseMove) {
                QToolTip::showText(
                    mouse->globalPosition().toPoint(),
                    QStringLiteral("%1: %2").arg(i + m_first).arg(QString::number(m_values[std::size_t(i)], 'f', m_decimals)), this);
            } else Q_EMIT clicked(i);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void MiniChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(Type::Caption, true));
    painter.setPen(ink(Ink::Muted));
    painter.drawText(QRect(0, 0, width(), kTitle - 4), Qt::AlignLeft | Qt::AlignVCenter, m_title);
    if (m_values.empty()) {
        painter.setFont(theme.font(Type::Caption));
        painter.drawText(QRect(0, kTitle, width(), height() - kTitle), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_absent);
        return;
    }
    const double base = height() - kAxis;
    hairline(painter, QPointF(0, base), QPointF(width(), base), ink(Ink::Hair2));
    painter.setFont(theme.font(Type::AxisSmall));
    painter.setPen(ink(Ink::Muted));
    const QRectF numbers(0, base + 1, width(), kAxis - 1);
    painter.drawText(numbers, Qt::AlignLeft | Qt::AlignVCenter, QString::number(m_first));
    painter.drawText(numbers, Qt::AlignRight | Qt::AlignVCenter, QString::number(m_first + int(m_values.size()) - 1));
    painter.drawText(numbers, Qt::AlignCenter, tr("top %1").arg(QString::number(m_top, 'f', m_decimals)));
}

}  // namespace hs::ui
