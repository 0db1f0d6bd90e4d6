// SPDX-License-Identifier: GPL-3.0-or-later
// Paper in millimetres for the figures. Without a painter it only measures, so that layout and painting are one routine.
#pragma once

#include <QFont>
#include <QImage>
#include <QPainter>
#include <QRectF>
#include <QString>

#include "ui/export/figure.h"
#include "ui/map/map_painter.h"

namespace hs::ui {

/// Colours of a figure, by FigureColours.
struct FigureInks {
    QColor paper, ink, muted, faint, hair, hair2, hatch, bar, bar2, select;
    bool dark = false;
    bool grey = false;
};
FigureInks figureInks(const FigureSpec& spec);

enum class Align { Left, Centre, Right };

class FigureCanvas {
public:
    /// `painter` may be null: nothing is painted. Its unit is 1 mm.
    FigureCanvas(QPainter* painter, const FigureSpec& spec);
    ~FigureCanvas();
    FigureCanvas(const FigureCanvas&) = delete;
    FigureCanvas& operator=(const FigureCanvas&) = delete;

    const FigureInks& inks() const { return m_inks; }
    double pt() const { return m_pt; }
    static double mm(double points) { return points * 25.4 / 72.0; }
    double em() const { return mm(m_pt); }
    double ascent() const;  ///< of the base size, mm
    double capHeight() const;

    double width(const QString& text, double points = 0, bool bold = false) const;
    /// Text as text. `points` 0: base size. Returns its width.
    double text(const QPointF& baseline, const QString& words, const QColor& color, Align align = Align::Left, double points = 0,
                bool bold = false);
    /// The same, turned a quarter to the left (reads upward); `baseline` is where the text starts (its lower end).
    double textUp(const QPointF& baseline, const QString& words, const QColor& color, Align align = Align::Left, double points = 0);
    /// An axis label: words as they are, tokens with the painted space mark.
    double labelWidth(const AxisLabel& label) const;
    void label(const QPointF& baseline, const AxisLabel& label, const QColor& color, Align align, bool up = false);

    void line(const QPointF& a, const QPointF& b, const QColor& color, double widthMm);
    void fill(const QRectF& rect, const QColor& color);
    void frame(const QRectF& rect, const QColor& color, double widthMm, bool dashed = false);
    /// Cells stay crisp in every viewer: enlarged by a whole number before they are handed over, because viewers smooth small images.
    void image(const QRectF& rect, const QImage& image);
    /// Pixels that fit into `rect` on this device; on paper and in vector files, and while only measuring, dots of about 600 dpi.
    QSize pixels(const QRectF& rect) const;
    void hatch(const QRectF& rect);
    /// Background of the whole figure.
    void paper(const QSizeF& size);

    /// Text that is drawn or measured smaller than anything before lowers this.
    double smallestPt() const { return m_smallest; }
    /// Characters of what was drawn or measured that no font here has.
    QString missingGlyphs() const;
    /// Text that others paint at this size counts too.
    void noteText(double points) { m_smallest = m_smallest > 0 ? std::min(m_smallest, points) : points; }
    /// For paint code of views; null while only measuring. `kUnits` of its units are 1 mm.
    QPainter* painter() const { return m_painter; }
    static constexpr double kUnits = 100;  ///< whole-number font sizes stay exact to a hundredth of a millimetre

private:
    QFont font(double points, bool bold) const;
    void note(const QString& words);
    QPainter* m_painter;
    FigureInks m_inks;
    QString m_family;
    double m_pt;
    double m_smallest = 0;
    QString m_words;  ///< all that was drawn and is not plain Latin
};

/// A token or word inside a sentence: no spaces around it, line breaks and tabs visible.
QString shownLabel(const QString& text);
/// At most `characters`, with an ellipsis.
QString shortened(const QString& text, int characters);

/// Range, stretch and colours of the maps of a figure.
struct FigureScale {
    ValueScale scale;
    const ColourMap* map = nullptr;
    QString quantity;  ///< "attention weight"
    double power = 1;  ///< thumbnails: a value's colour is its power
};
FigureScale figureScale(const FigureSpec& spec, const FigureData& data);
/// Scale of A - B.
FigureScale differenceScale(const FigureSpec& spec, const FigureData& data);
/// Vertical bar with ticks and, turned below it, its words. Returns the width taken to the right of `topLeft.x`.
double paintColourBar(FigureCanvas& canvas, const QPointF& topLeft, double height, const FigureScale& scale, double wordsRoom);
double colourBarWidth(const FigureCanvas& canvas, const FigureScale& scale);
/// Horizontal bar with ticks below. Returns the height taken.
double paintColourBarFlat(FigureCanvas& canvas, const QPointF& topLeft, double width, const FigureScale& scale, const QString& words);

/// Ticks of a bar: position in [0, 1] and text.
std::vector<std::pair<double, QString>> barTicks(const ValueScale& scale);

}  // namespace hs::ui
