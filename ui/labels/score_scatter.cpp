// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/score_scatter.h"

#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/labels/label_words.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

/// 1, 2 or 5 times a power of ten, at least `step`.
double niceStep(double step)
{
    const double power = std::pow(10.0, std::floor(std::log10(step)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= step * 0.999) return factor * power;
    return 10 * power;
}

/// The two letters beside each point: colour never stands alone.
class Letters : public QWidget {
public:
    explicit Letters(ScoreScatter* scatter) : QWidget(scatter), m_scatter(scatter) { setAttribute(Qt::WA_TransparentForMouseEvents); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setFont(Theme::instance().font(Type::AxisSmall));
        painter.setPen(ink(Ink::Text));
        std::vector<QRectF> taken;  // where points crowd, letters on letters would be unreadable: the tip has them
        for (const ScoreScatter::Point& p : m_scatter->points()) {  // nor letters on other points
            const QPointF at = m_scatter->place(p);
            taken.emplace_back(at.x() - 5, at.y() - 5, 10, 10);
        }
        for (const ScoreScatter::Point& p : m_scatter->points()) {
            const QPointF at = m_scatter->place(p);
            const QRectF box(at.x() + 7, at.y() - 6, 14, 12);
            if (std::any_of(taken.begin(), taken.end(), [&](const QRectF& other) { return other.intersects(box); })) continue;
            taken.push_back(box);
            painter.drawText(box.adjusted(0, -1, 10, 1), Qt::AlignLeft | Qt::AlignVCenter, p.mark.code);
        }
    }

private:
    ScoreScatter* m_scatter;
};

}  // namespace

ScoreScatter::ScoreScatter(QWidget* parent)
    : QWidget(parent), m_chart(new QChart), m_view(new QChartView(m_chart, this)), m_x(new QValueAxis), m_y(new QValueAxis)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Two scores of all heads"));
    m_chart->legend()->hide();
    m_chart->setMargins({4, 8, 12, 4});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->setBackgroundVisible(false);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setMouseTracking(true);
    m_view->viewport()->installEventFilter(this);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    for (int i = 0; i <= kLabelFamilies; ++i) {
        auto* series = new QScatterSeries;
        series->setMarkerSize(i == kLabelFamilies ? 17 : 10);
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
        m_series.push_back(series);
    }
    m_letters = new Letters(this);
    connect(&Theme::instance(), &Theme::changed, this, &ScoreScatter::applyTheme);
    applyTheme();
}

void ScoreScatter::applyTheme()
{
    const Theme& theme = Theme::instance();
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setLabelsFont(theme.font(Type::Caption));
        axis->setTitleFont(theme.font(Type::Caption));
        axis->setLabelsColor(ink(Ink::Muted));
        axis->setTitleBrush(ink(Ink::Muted));
        axis->setLinePen(QPen(ink(Ink::Hair2), 1));
        axis->setGridLinePen(QPen(ink(Ink::Hair), 1));
    }
    for (int i = 0; i < kLabelFamilies; ++i) {
        const QColor color = familyColour(static_cast<LabelFamily>(i));
        m_series[std::size_t(i)]->setColor(color.isValid() ? color : ink(Ink::Paper));
        m_series[std::size_t(i)]->setBorderColor(color.isValid() ? ink(Ink::Paper) : ink(Ink::Muted));
        m_series[std::size_t(i)]->setMarkerShape(color.isValid() ? QScatterSeries::MarkerShapeRectangle
                                                                 : QScatterSeries::MarkerShapeCircle);
    }
    m_series.back()->setColor(Qt::transparent);
    m_series.back()->setBorderColor(ink(Ink::Select));
    m_series.back()->setPen(QPen(ink(Ink::Select), 2));
    update();
}

void ScoreScatter::setPoints(std::vector<Point> points, const QString& xTitle, const QString& yTitle)
{
    m_points = std::move(points);
    m_xTitle = xTitle;
    m_yTitle = yTitle;
    double low[2] = {0, 0}, high[2] = {1e-6, 1e-6};
    QList<QPointF> lists[kLabelFamilies];
    for (const Point& p : m_points) {
        const double v[2] = {p.x, p.y};
        for (int a = 0; a < 2; ++a) {
            low[a] = std::min(low[a], v[a]);
            high[a] = std::max(high[a], v[a]);
        }
        lists[int(p.mark.family)] << QPointF(p.x, p.y);
    }
    for (int i = 0; i < kLabelFamilies; ++i) m_series[std::size_t(i)]->replace(lists[i]);
    QValueAxis* axes[2] = {m_x, m_y};
    const QString titles[2] = {xTitle, yTitle};
    for (int a = 0; a < 2; ++a) {
        const double room = 0.04 * (high[a] - low[a]);
        axes[a]->setRange(low[a] - room, high[a] + room);
        axes[a]->setTickType(QValueAxis::TicksDynamic);
        axes[a]->setTickAnchor(0);
        axes[a]->setTickInterval(niceStep((high[a] - low[a]) / 5));
        axes[a]->setTitleText(titles[a]);
        axes[a]->setLabelFormat(high[a] - low[a] >= 10 ? QStringLiteral("%.0f") : QStringLiteral("%.2f"));
    }
    setSelected(m_selected);
}

void ScoreScatter::setSelected(HeadId head)
{
    m_selected = head;
    QList<QPointF> ring;
    for (const Point& p : m_points)
        if (p.head == head) {
            ring << QPointF(p.x, p.y);
            setAccessibleDescription(sentence(p));
        }
    m_series.back()->replace(ring);
    update();
}

QPointF ScoreScatter::place(const Point& point) const
{
    const QPointF scene = m_chart->mapToPosition(QPointF(point.x, point.y), m_series.front());
    return m_view->mapTo(this, m_view->mapFromScene(scene));
}

int ScoreScatter::nearest(const QPointF& at) const
{
    int best = -1;
    double least = 14 * 14;
    for (int i = 0; i < int(m_points.size()); ++i) {
        const QPointF d = place(m_points[std::size_t(i)]) - at;
        if (QPointF::dotProduct(d, d) < least) {
            least = QPointF::dotProduct(d, d);
            best = i;
        }
    }
    return best;
}

QString ScoreScatter::sentence(const Point& point) const
{
    QString label = point.mark.hasLabel() ? kindTitle(point.mark.kind) : codeTitle(point.mark.code);
    if (point.mark.state == LabelMark::State::Candidate) label = tr("candidate: %1").arg(label);
    return tr("L%1 H%2, %3: %4 %5, %6 %7")
        .arg(point.head.layer)
        .arg(point.head.head)
        .arg(label, m_xTitle, numberText(point.x, 3), m_yTitle, numberText(point.y, 3));
}

bool ScoreScatter::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view->viewport() && (event->type() == QEvent::MouseMove || event->type() == QEvent::MouseButtonPress)) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const int i = nearest(m_view->viewport()->mapTo(this, mouse->position().toPoint()));
        if (event->type() == QEvent::MouseMove) {
            if (i >= 0) QToolTip::showText(mouse->globalPosition().toPoint(), sentence(m_points[std::size_t(i)]), this);
            else QToolTip::hideText();
        } else {
            setFocus(Qt::MouseFocusReason);
            if (i >= 0) Q_EMIT chosen(m_points[std::size_t(i)].head);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ScoreScatter::resizeEvent(QResizeEvent*)
{
    m_view->setGeometry(rect().adjusted(3, 3, -3, -3));
    m_letters->setGeometry(rect());
    m_letters->raise();
}

void ScoreScatter::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    if (showsFocus(*this)) ring(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), ink(Ink::Accent), 2, 0);
}

void ScoreScatter::keyPressEvent(QKeyEvent* event)
{
    // Left and right go along x, up and down along y.
    const bool alongX = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    const bool alongY = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (m_points.empty() || (!alongX && !alongY)) return QWidget::keyPressEvent(event);
    std::vector<const Point*> order;
    for (const Point& p : m_points) order.push_back(&p);
    std::stable_sort(order.begin(), order.end(), [alongX](const Point* a, const Point* b) {
        const double va = alongX ? a->x : a->y, vb = alongX ? b->x : b->y;
        return va != vb ? va < vb : a->head < b->head;
    });
    const auto it = std::find_if(order.begin(), order.end(), [this](const Point* p) { return p->head == m_selected; });
    const int step = event->key() == Qt::Key_Right || event->key() == Qt::Key_Up ? 1 : -1;
    const int at = it == order.end() ? 0 : std::clamp(int(it - order.begin()) + step, 0, int(order.size()) - 1);
    Q_EMIT chosen(order[std::size_t(at)]->head);
}

void ScoreScatter::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void ScoreScatter::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
