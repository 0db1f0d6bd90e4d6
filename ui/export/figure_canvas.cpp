// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure_canvas.h"

#include <QFontMetricsF>
#include <QPaintEngine>
#include <cmath>

#include "ui/kit/glyphs.h"
#include "ui/kit/token_paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kUnits = FigureCanvas::kUnits;
constexpr double kDotsPerMm = 24;  ///< about 600 dpi

QColor grey(const QColor& c)
{
    const int g = qGray(c.rgb());
    return QColor(g, g, g);
}

}  // namespace

FigureInks figureInks(const FigureSpec& spec)
{
    const bool dark = spec.colours == FigureColours::Screen && spec.darkScreen;
    FigureInks k;
    k.dark = dark;
    k.grey = spec.colours == FigureColours::Grey;
    const auto c = [&](Ink ink) {
        const QColor color = Theme::color(ink, dark);
        return k.grey ? grey(color) : color;
    };
    k.paper = c(Ink::Paper);
    k.ink = c(Ink::Text);
    k.muted = c(Ink::Muted);
    k.faint = c(Ink::Faint);
    k.hair = c(Ink::Hair);
    k.hair2 = c(Ink::Hair2);
    k.hatch = dark ? c(Ink::Hatch) : c(Ink::Hair);  // thin lines on paper need more than a screen's pixel
    k.bar = c(Ink::Bar);
    k.bar2 = c(Ink::Bar2);
    k.select = c(Ink::Select);
    return k;
}

FigureCanvas::FigureCanvas(QPainter* painter, const FigureSpec& spec)
    : m_painter(painter), m_inks(figureInks(spec)), m_family(spec.fontFamily.isEmpty() ? Theme::sansFamily() : spec.fontFamily),
      m_pt(spec.fontPt)
{
    if (!m_painter) return;
    m_painter->save();
    m_painter->scale(1 / kUnits, 1 / kUnits);
    m_painter->setRenderHint(QPainter::Antialiasing, true);
    m_painter->setRenderHint(QPainter::TextAntialiasing, true);
    m_painter->setRenderHint(QPainter::SmoothPixmapTransform, false);
    m_painter->setRenderHint(QPainter::LosslessImageRendering, true);
}

FigureCanvas::~FigureCanvas()
{
    if (m_painter) m_painter->restore();
}

QFont FigureCanvas::font(double points, bool bold) const
{
    QFont f(m_family);
    f.setPixelSize(std::max(1, static_cast<int>(std::lround(mm(points > 0 ? points : m_pt) * kUnits))));
    f.setBold(bold);
    f.setHintingPreference(QFont::PreferNoHinting);
    f.setKerning(true);
    return f;
}

void FigureCanvas::note(const QString& words)
{
    for (const QChar c : words)
        if (c.unicode() >= 0x0250) {
            m_words += words;
            return;
        }
}

QString FigureCanvas::missingGlyphs() const { return withoutGlyphs(font(0, false), m_words); }

double FigureCanvas::ascent() const { return QFontMetricsF(font(0, false)).ascent() / kUnits; }
double FigureCanvas::capHeight() const { return QFontMetricsF(font(0, false)).capHeight() / kUnits; }

double FigureCanvas::width(const QString& text, double points, bool bold) const
{
    return QFontMetricsF(font(points, bold)).horizontalAdvance(text) / kUnits;
}

double FigureCanvas::text(const QPointF& baseline, const QString& words, const QColor& color, Align align, double points, bool bold)
{
    const double size = points > 0 ? points : m_pt;
    note(words);
    if (!words.isEmpty()) m_smallest = m_smallest > 0 ? std::min(m_smallest, size) : size;
    const double w = width(words, points, bold);
    if (m_painter && !words.isEmpty()) {
        m_painter->setFont(font(points, bold));
        m_painter->setPen(color);
        const double x = baseline.x() - (align == Align::Right ? w : align == Align::Centre ? w / 2 : 0);
        m_painter->drawText(QPointF(x * kUnits, baseline.y() * kUnits), words);
    }
    return w;
}

double FigureCanvas::textUp(const QPointF& baseline, const QString& words, const QColor& color, Align align, double points)
{
    if (m_painter) {
        m_painter->save();
        m_painter->translate(baseline.x() * kUnits, baseline.y() * kUnits);
        m_painter->rotate(-90);
    }
    const double w = text({0, 0}, words, color, align, points);
    if (m_painter) m_painter->restore();
    return w;
}

double FigureCanvas::labelWidth(const AxisLabel& label) const { return tokenWidth(QFontMetricsF(font(0, false)), label.text) / kUnits; }

void FigureCanvas::label(const QPointF& baseline, const AxisLabel& label, const QColor& color, Align align, bool up)
{
    m_smallest = m_smallest > 0 ? std::min(m_smallest, m_pt) : m_pt;
    note(label.text);
    if (!m_painter) return;
    const double w = labelWidth(label) * kUnits;
    m_painter->save();
    m_painter->translate(baseline * kUnits);
    if (up) m_painter->rotate(-90);
    m_painter->setFont(font(0, false));
    paintToken(*m_painter, {align == Align::Right ? -w : align == Align::Centre ? -w / 2 : 0, 0}, label.text, color, m_inks.faint);
    m_painter->restore();
}

void FigureCanvas::line(const QPointF& a, const QPointF& b, const QColor& color, double widthMm)
{
    if (!m_painter) return;
    m_painter->setPen(QPen(color, widthMm * kUnits, Qt::SolidLine, Qt::FlatCap));
    m_painter->drawLine(a * kUnits, b * kUnits);
}

void FigureCanvas::fill(const QRectF& r, const QColor& color)
{
    if (!m_painter) return;
    m_painter->fillRect(QRectF(r.topLeft() * kUnits, r.size() * kUnits), color);
}

void FigureCanvas::frame(const QRectF& r, const QColor& color, double widthMm, bool dashed)
{
    if (!m_painter) return;
    QPen pen(color, widthMm * kUnits);
    pen.setJoinStyle(Qt::MiterJoin);
    if (dashed) pen.setDashPattern({4, 3});
    m_painter->setPen(pen);
    m_painter->setBrush(Qt::NoBrush);
    m_painter->drawRect(QRectF(r.topLeft() * kUnits, r.size() * kUnits));
}

QSize FigureCanvas::pixels(const QRectF& r) const
{
    const bool raster = m_painter && m_painter->paintEngine() && m_painter->paintEngine()->type() == QPaintEngine::Raster;
    const QSizeF size =
        raster ? m_painter->combinedTransform().mapRect(QRectF(QPointF(0, 0), r.size() * kUnits)).size() : r.size() * kDotsPerMm;
    return {std::max(1, static_cast<int>(size.width())), std::max(1, static_cast<int>(size.height()))};
}

void FigureCanvas::image(const QRectF& r, const QImage& image)
{
    if (!m_painter || image.isNull() || r.isEmpty()) return;
    const auto enlarge = [](double sideMm, int cells) { return std::max(1, static_cast<int>(std::ceil(sideMm * kDotsPerMm / cells))); };
    const QSize big(image.width() * enlarge(r.width(), image.width()), image.height() * enlarge(r.height(), image.height()));
    m_painter->drawImage(QRectF(r.topLeft() * kUnits, r.size() * kUnits), image.scaled(big, Qt::IgnoreAspectRatio, Qt::FastTransformation));
}

void FigureCanvas::hatch(const QRectF& r)
{
    // Lines x + y = c inside the rectangle, cut by hand: SVG written by Qt has no clipping.
    constexpr double kStep = 1.0 * M_SQRT2;
    for (double c = r.left() + r.top() + kStep; c < r.right() + r.bottom(); c += kStep) {
        const double x0 = std::max(r.left(), c - r.bottom()), x1 = std::min(r.right(), c - r.top());
        line({x0, c - x0}, {x1, c - x1}, m_inks.hatch, 0.08);
    }
}

void FigureCanvas::paper(const QSizeF& size) { fill(QRectF(QPointF(0, 0), size), m_inks.paper); }

QString shownLabel(const QString& text)
{
    QString s = text.trimmed().isEmpty() ? text : text.trimmed();
    s.replace(QLatin1Char('\n'), QStringLiteral("\\n"))
        .replace(QLatin1Char('\t'), QStringLiteral("\\t"))
        .replace(QLatin1Char('\r'), QStringLiteral("\\r"));
    return s;
}

QString shortened(const QString& text, int characters)
{
    return text.size() <= characters ? text : text.left(characters - 1) + QChar(0x2026);
}

}  // namespace hs::ui
