// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure_preview.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr double kPxPerMm = 96 / 25.4;
constexpr int kSide = 30, kRuler = 44, kBottom = 12;
constexpr double kLargestZoom = 4;
}  // namespace

FigurePreview::FigurePreview(QWidget* parent) : QWidget(parent)
{
    setMinimumSize(420, 320);
    setAccessibleName(tr("Preview of the figure"));
}

void FigurePreview::setFigure(const FigureSpec& spec, const FigureData& figure)
{
    m_spec = spec;
    m_data = figure;
    m_has = true;
    m_words.clear();
    render();
}

void FigurePreview::setWords(const QString& words)
{
    m_words = words;
    update();
}

void FigurePreview::resizeEvent(QResizeEvent*) { render(); }

void FigurePreview::render()
{
    if (!m_has) return;
    m_mm = measureFigure(m_spec, m_data).sizeMm;
    const double zoom = std::min(
        {(width() - 2.0 * kSide) / (m_mm.width() * kPxPerMm), (height() - kRuler - kBottom) / (m_mm.height() * kPxPerMm), kLargestZoom});
    const double ratio = devicePixelRatioF();
    const QSize pixels(static_cast<int>(std::lround(m_mm.width() * kPxPerMm * zoom * ratio)),
                       static_cast<int>(std::lround(m_mm.height() * kPxPerMm * zoom * ratio)));
    if (pixels.isEmpty()) return;
    m_page = QPixmap(pixels);
    m_page.setDevicePixelRatio(ratio);
    m_page.fill(Qt::white);
    QPainter painter(&m_page);
    painter.scale(kPxPerMm * zoom, kPxPerMm * zoom);
    paintFigure(painter, m_spec, m_data);
    painter.end();
    if (zoom != m_zoom) {
        m_zoom = zoom;
        Q_EMIT zoomChanged();
    }
    update();
}

void FigurePreview::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), ink(Ink::Hover));
    p.setFont(Theme::instance().font(Type::Caption));
    if (!m_has || !m_words.isEmpty()) {
        p.setPen(ink(Ink::Muted));
        p.drawText(rect().adjusted(kSide, kRuler, -kSide, -kBottom), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_words);
        if (!m_has) return;
    }
    const double w = m_page.width() / m_page.devicePixelRatio();
    const double left = std::round((width() - w) / 2);
    if (m_words.isEmpty()) {
        p.drawPixmap(QPointF(left, kRuler), m_page);
        p.setPen(QPen(ink(Ink::Hair2), 0));
        p.drawRect(QRectF(left - 0.5, kRuler - 0.5, w + 1, m_page.height() / m_page.devicePixelRatio() + 1));
    }
    // Ruler: a number every 10, 20 or 50 mm, whichever leaves room.
    const double perMm = kPxPerMm * m_zoom;
    const int step = perMm * 10 >= 34 ? 10 : perMm * 20 >= 34 ? 20 : 50;
    p.setPen(ink(Ink::Muted));
    double lastNumber = left;
    for (int mm = 0; mm <= static_cast<int>(m_mm.width() + 1e-6); mm += step / 2) {
        const double x = std::floor(left + mm * perMm) + 0.5;
        const bool whole = mm % step == 0;
        p.drawLine(QPointF(x, kRuler - (whole ? 14 : 11)), QPointF(x, kRuler - 8));
        if (whole) {
            p.drawText(QRectF(x - 20, kRuler - 34, 40, 16), Qt::AlignCenter, QString::number(mm));
            lastNumber = x;
        }
    }
    const double unit = std::max(left + w - 18, lastNumber + 16);
    p.drawText(QRectF(unit, kRuler - 34, 30, 16), Qt::AlignLeft | Qt::AlignVCenter, tr("mm"));
}

}  // namespace hs::ui
