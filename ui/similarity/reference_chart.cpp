// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/reference_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/kit/chart_axis.h"
#include "ui/kit/numbers.h"
#include "ui/theme/paint.h"

namespace hs::ui {

ReferenceScene referenceScene(const PairingReference& reference, const std::vector<double>& percents)
{
    ReferenceScene scene;
    scene.histogram = reference.histogram;
    scene.pairs = reference.pairs;
    scene.mean = reference.mean;
    scene.nullMean = reference.nullMean;
    scene.nullSd = reference.nullSd;
    for (std::size_t i = 0; i < percents.size() && i < reference.thresholds.size(); ++i)
        scene.thresholds.emplace_back(percents[i], reference.thresholds[i]);
    return scene;
}

double ReferenceFrame::y(double share) const
{
    const double t = log ? (share <= least ? 0.0 : (std::log(share) - std::log(least)) / (std::log(most) - std::log(least))) : share / most;
    return plot.bottom() - std::clamp(t, 0.0, 1.0) * plot.height();
}

ReferenceFrame fitReference(const ReferenceScene& scene, const QRectF& area, double unit)
{
    ReferenceFrame frame;
    frame.plot = area.adjusted(44 * unit, 40 * unit, -10 * unit, -34 * unit);
    frame.log = scene.logScale;
    const auto& h = scene.histogram;
    frame.low = h.low;
    frame.high = h.low + h.width * double(std::max<std::size_t>(1, h.counts.size()));
    double most = 0;
    for (std::size_t k = 0; k < h.counts.size(); ++k)
        most = std::max({most, double(h.counts[k]) / double(std::max<qint64>(1, scene.pairs)), h.reference[k]});
    frame.most = most > 0 ? most * 1.02 : 1;
    frame.least = 0.5 / double(std::max<qint64>(1, scene.pairs));
    return frame;
}

namespace {

/// One painting: what each of its steps needs. The steps leave pen and font as they come out of the one before.
struct ReferencePicture {
    QPainter& painter;
    const ReferenceScene& scene;
    const QRectF& area;
    double unit;
    bool dark;
    ReferenceFrame f = fitReference(scene, area, unit);
    QRectF plot = f.plot;
    const ReferenceHistogram& h = scene.histogram;
    QFont small = chartFont(Type::AxisSmall, unit), caption = chartFont(Type::Caption, unit);

    QColor colour(Ink ink) const { return Theme::color(ink, dark); }
    void paintShares() const;
    void paintPairs(int hover) const;
    void paintRandom() const;
    void paintMark(double value, const QString& text, Ink ink, const QVector<qreal>& dashes, int line, bool toLeft) const;
    void paintMeans() const;
    void paintThresholds() const;
    void paintAxis() const;
};

/// Shares: percent, or powers of ten.
void ReferencePicture::paintShares() const
{
    painter.setFont(small);
    std::vector<double> shares;
    if (f.log)
        for (double s = 1; s >= f.least; s /= 10) shares.push_back(s);
    else shares = axisTicks(0, f.most, std::max(2, int(plot.height() / (32 * unit))));
    for (const double s : shares) {
        if (s > f.most) continue;
        hairline(painter, QPointF(plot.left(), f.y(s)), QPointF(plot.right(), f.y(s)), colour(s == 0 ? Ink::Hair2 : Ink::Hair));
        painter.setPen(colour(Ink::Muted));
        const double percent = 100 * s;
        painter.drawText(QRectF(area.left(), f.y(s) - 7 * unit, plot.left() - area.left() - 5 * unit, 14 * unit),
                         Qt::AlignRight | Qt::AlignVCenter,
                         ReferenceChart::tr("%1 %").arg(numberText(percent, percent >= 1 || percent == 0 ? 0
                                                                            : percent >= 0.1             ? 1
                                                                            : percent >= 0.01            ? 2
                                                                                                         : 3)));
    }
}

/// The model's pairs: filled.
void ReferencePicture::paintPairs(int hover) const
{
    const double count = double(scene.pairs);
    for (std::size_t k = 0; k < h.counts.size(); ++k) {
        if (h.counts[k] == 0) continue;
        const double left = f.x(h.low + double(k) * h.width), right = f.x(h.low + double(k + 1) * h.width),
                     top = f.y(double(h.counts[k]) / count);
        painter.fillRect(QRectF(left, top, std::max(unit, right - left - (right - left > 4 * unit ? unit : 0)), plot.bottom() - top),
                         colour(int(k) == hover ? Ink::Bar : Ink::Bar2));
        if (int(k) != hover)
            painter.fillRect(QRectF(left, top, std::max(unit, right - left - (right - left > 4 * unit ? unit : 0)),
                                    std::min(2 * unit, plot.bottom() - top)),
                             colour(Ink::Bar));
    }
}

/// Random ones: an outline, so that both are seen where they overlap, and without colour.
void ReferencePicture::paintRandom() const
{
    QPolygonF steps;
    for (std::size_t k = 0; k < h.reference.size(); ++k) {
        const double y = h.reference[k] > (f.log ? f.least : f.most / (plot.height() * 4)) ? f.y(h.reference[k]) : plot.bottom();
        steps << QPointF(f.x(h.low + double(k) * h.width), y) << QPointF(f.x(h.low + double(k + 1) * h.width), y);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QPen outline(colour(Ink::RoleK), 1.5 * unit);
    outline.setJoinStyle(Qt::MiterJoin);
    painter.setPen(outline);
    int from = -1;
    for (int i = 0; i <= steps.size(); ++i) {  // only where there is something: no line along the axis
        const bool up = i < steps.size() && steps[i].y() < plot.bottom() - 0.25 * unit;
        if (up && from < 0) from = i;
        if (!up && from >= 0) {
            QPolygonF part;
            part << QPointF(steps[from].x(), plot.bottom());
            for (int j = from; j < i; ++j) part << steps[j];
            part << QPointF(steps[i - 1].x(), plot.bottom());
            painter.drawPolyline(part);
            from = -1;
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    hairline(painter, plot.bottomLeft(), plot.bottomRight(), colour(Ink::Hair2));
}

/// A line down to the axis, its name above the plot, moved aside where it would leave the picture.
void ReferencePicture::paintMark(double value, const QString& text, Ink ink, const QVector<qreal>& dashes, int line, bool toLeft) const
{
    if (!std::isfinite(value)) return;
    QPen pen(colour(ink), 1.5 * unit, Qt::SolidLine, Qt::FlatCap);
    if (!dashes.isEmpty()) pen.setDashPattern(dashes);
    painter.setPen(pen);
    const double x = f.x(value), base = area.top() + (6 + 16 * line) * unit;
    painter.drawLine(QPointF(x, base + 4 * unit), QPointF(x, plot.bottom()));
    const double w = QFontMetricsF(caption).horizontalAdvance(text);
    const bool fitsLeft = x - 5 * unit - w >= area.left(), fitsRight = x + 5 * unit + w <= area.right();
    const double left = (toLeft && fitsLeft) || !fitsRight ? std::max(area.left(), x - 5 * unit - w) : x + 5 * unit;
    painter.drawText(QRectF(left, base - 6 * unit, w + 2 * unit, 16 * unit), Qt::AlignLeft | Qt::AlignVCenter, text);
}

/// Where the means lie.
void ReferencePicture::paintMeans() const
{
    painter.setFont(caption);
    const bool above = scene.mean >= scene.nullMean;  // the lower one's name stands left of its line where there is room
    paintMark(scene.nullMean, ReferenceChart::tr("random %1").arg(numberText(scene.nullMean, 3)), Ink::RoleK, {1.2, 1.6}, 1, above);
    paintMark(scene.mean, ReferenceChart::tr("these heads %1").arg(numberText(scene.mean, 3)), Ink::Text, {4, 2.4}, 0, !above);
}

/// Where the top percents begin; names that would meet are left out.
void ReferencePicture::paintThresholds() const
{
    painter.setFont(small);
    double taken = -1e9;
    std::vector<std::pair<double, double>> cuts = scene.thresholds;
    std::sort(cuts.begin(), cuts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    const QFontMetricsF tiny(small);
    for (const auto& [percent, value] : cuts) {
        if (!std::isfinite(value)) continue;
        const double x = f.x(value);
        painter.fillRect(QRectF(x - 0.5 * unit, plot.bottom() - 5 * unit, unit, 5 * unit), colour(Ink::Text));
        const QString text = ReferenceChart::tr("top %1 %").arg(numberText(percent, percent == std::round(percent) ? 0 : 1));
        const double w = tiny.horizontalAdvance(text);
        if (x - w / 2 < taken + 4 * unit) continue;
        painter.fillRect(QRectF(x - w / 2 - unit, plot.bottom() - 18 * unit, w + 2 * unit, 11 * unit), colour(Ink::Paper));
        painter.setPen(colour(Ink::Text));
        painter.drawText(QRectF(x - w / 2, plot.bottom() - 19 * unit, w + 2 * unit, 13 * unit), Qt::AlignLeft | Qt::AlignVCenter, text);
        taken = x + w / 2;
    }
}

/// Values along the bottom, and what the picture counts.
void ReferencePicture::paintAxis() const
{
    painter.setPen(colour(Ink::Muted));
    const auto ticks = axisTicks(f.low, f.high, std::max(2, int(plot.width() / (52 * unit))));
    const int decimals = tickDecimals(ticks);
    for (const double t : ticks) {
        hairline(painter, QPointF(f.x(t), plot.bottom()), QPointF(f.x(t), plot.bottom() + 3 * unit), colour(Ink::Hair2));
        painter.drawText(QRectF(f.x(t) - 40 * unit, plot.bottom() + 4 * unit, 80 * unit, 14 * unit), Qt::AlignCenter,
                         numberText(t, decimals));
    }
    painter.drawText(QRectF(plot.left(), plot.bottom() + 18 * unit, plot.width(), 14 * unit), Qt::AlignRight | Qt::AlignVCenter,
                     ReferenceChart::tr("%1; share of pairs in bins of %2%3")
                         .arg(scene.unit, numberText(h.width, h.width < 0.095 ? 3 : 2),
                              scene.logScale ? ReferenceChart::tr(", log") : QString()));
}

}  // namespace

void paintReference(QPainter& painter, const ReferenceScene& scene, const QRectF& area, double unit, bool dark, int hover)
{
    if (scene.empty()) return;
    painter.save();
    const ReferencePicture picture{painter, scene, area, unit, dark};
    picture.paintShares();
    picture.paintPairs(hover);
    picture.paintRandom();
    picture.paintMeans();
    picture.paintThresholds();
    picture.paintAxis();
    painter.restore();
}

ReferenceChart::ReferenceChart(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("referenceChart"));
    setAccessibleName(tr("Pairs of heads against random subspaces"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ReferenceChart::setScene(ReferenceScene scene)
{
    m_scene = std::move(scene);
    m_hover = -1;
    setAccessibleDescription(m_scene.empty()
                                 ? QString()
                                 : tr("%1 pairs, mean %2, random %3")
                                       .arg(countText(m_scene.pairs), numberText(m_scene.mean, 3), numberText(m_scene.nullMean, 3)));
    update();
}

QString ReferenceChart::binText(int bin) const
{
    const auto& h = m_scene.histogram;
    if (bin < 0 || bin >= int(h.counts.size())) return {};
    const double left = h.low + bin * h.width;
    const int decimals = h.width < 0.095 ? 3 : 2;
    return tr("%1 to %2 | %3 of %4 pairs, %5 % | random %6 %")
        .arg(numberText(left, decimals), numberText(left + h.width, decimals), countText(h.counts[std::size_t(bin)]),
             countText(m_scene.pairs), numberText(100.0 * double(h.counts[std::size_t(bin)]) / double(m_scene.pairs), 2),
             numberText(100 * h.reference[std::size_t(bin)], 2));
}

void ReferenceChart::setHover(int bin)
{
    if (bin == m_hover) return;
    m_hover = bin;
    update();
    Q_EMIT hovered(binText(bin));
}

void ReferenceChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintReference(painter, m_scene, QRectF(rect()), 1, Theme::instance().dark(), m_hover);
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void ReferenceChart::mouseMoveEvent(QMouseEvent* event)
{
    if (m_scene.empty()) return;
    const ReferenceFrame f = fitReference(m_scene, QRectF(rect()), 1);
    const double t = (event->position().x() - f.plot.left()) / std::max(1.0, f.plot.width());
    setHover(t < 0 || t >= 1 ? -1 : int(t * double(m_scene.histogram.counts.size())));
}

void ReferenceChart::leaveEvent(QEvent*) { setHover(-1); }

void ReferenceChart::keyPressEvent(QKeyEvent* event)
{
    const int n = int(m_scene.histogram.counts.size()), by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (by == 0 || n == 0 || event->modifiers() & Qt::ControlModifier) return QWidget::keyPressEvent(event);
    setHover(std::clamp(m_hover < 0 ? 0 : m_hover + by, 0, n - 1));
}

void ReferenceChart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void ReferenceChart::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    setHover(-1);
    update();
}

}  // namespace hs::ui
