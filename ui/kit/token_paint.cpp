// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/token_paint.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>
#include <vector>

namespace hs::ui {

namespace {

enum class PieceKind { Text, Space, Newline, Tab };
struct Piece {
    PieceKind kind;
    QString text;
};

/// Nearly every token, in every frame: characters below the first right-to-left script, none of them a format character.
bool isPlain(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x0590 && c.unicode() != 0x00AD; });
}

/// Format characters by their numbers ("<U+202E>"): they have no picture, and some turn what stands beside them around. A joiner
/// between two characters stays: it makes one picture of them.
QString withFormatNames(const QString& text)
{
    if (isPlain(text)) return text;
    const QList<uint> characters = text.toUcs4();
    QString out;
    const auto isFormat = [&](qsizetype i) { return QChar::category(characters[i]) == QChar::Other_Format; };
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const uint c = characters[i];
        const bool joins = (c == 0x200C || c == 0x200D) && i > 0 && i + 1 < characters.size() && !isFormat(i - 1) && !isFormat(i + 1);
        if (isFormat(i) && !joins) out += QStringLiteral("<U+%1>").arg(c, 4, 16, QLatin1Char('0')).toUpper();
        else out += QString::fromUcs4(reinterpret_cast<const char32_t*>(&characters[i]), 1);
    }
    return out;
}

/// Right-to-left text between isolates, so that it does not turn the words around it.
QString isolated(const QString& text)
{
    if (isPlain(text)) return text;
    const QList<uint> characters = text.toUcs4();
    const bool turns = std::any_of(characters.begin(), characters.end(), [](uint c) {
        const QChar::Direction d = QChar::direction(c);
        return d == QChar::DirR || d == QChar::DirAL || d == QChar::DirAN;
    });
    return turns ? QChar(0x2068) + text + QChar(0x2069) : text;
}

// Control characters have no picture of their own; a token of them must still be seen.
std::vector<Piece> piecesOf(const QString& token)
{
    std::vector<Piece> out;
    for (const QChar c : withFormatNames(token)) {
        if (c == QLatin1Char(' ') || c == QChar(0xA0)) out.push_back({PieceKind::Space, {}});
        else if (c == QLatin1Char('\n') || c == QLatin1Char('\r')) out.push_back({PieceKind::Newline, {}});
        else if (c == QLatin1Char('\t')) out.push_back({PieceKind::Tab, {}});
        else {
            if (out.empty() || out.back().kind != PieceKind::Text) out.push_back({PieceKind::Text, {}});
            if (c.category() == QChar::Other_Control) out.back().text += QStringLiteral("<0x%1>").arg(c.unicode(), 2, 16, QLatin1Char('0'));
            else if (c.unicode() >= 0xFFFE) out.back().text += QStringLiteral("<U+%1>").arg(QString::number(c.unicode(), 16).toUpper());
            else out.back().text += c;
        }
    }
    return out;
}

// ui/look.md section 2: the mark is 5 x 3 px at the caption size (11 px, whose ascent is 11.76 px in the token face).
struct MarkSize {
    double width, height, advance;
};
MarkSize markSize(const QFontMetricsF& metrics)
{
    const double unit = std::max(metrics.ascent() / 11.76, 0.02);
    double width = 5 * unit, height = 3 * unit;
    if (unit >= 0.9 && unit < 2.5) {  // whole pixels on screen
        width = std::round(width);
        height = std::round(height);
    }
    return {width, height, std::max(metrics.horizontalAdvance(QLatin1Char(' ')), width + 1.5 * unit)};
}

void paintMark(QPainter& painter, PieceKind kind, double x, double baseline, const MarkSize& size, const QColor& color)
{
    const double pen = std::max(size.height / 3, 0.01);
    const double left = x + (size.advance - size.width) / 2;
    painter.setPen(QPen(color, pen, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    const auto snap = [pen](double v) { return std::floor(v / pen) * pen + pen / 2; };
    QPolygonF line;
    if (kind == PieceKind::Space) {
        const double l = snap(left), r = l + size.width - pen, b = snap(baseline + size.height * 0.67), t = b - size.height + pen / 2;
        line << QPointF(l, t) << QPointF(l, b) << QPointF(r, b) << QPointF(r, t);
        painter.drawPolyline(line);
    } else if (kind == PieceKind::Newline) {  // a hook to the left
        const double r = snap(left + size.width), l = snap(left), y = snap(baseline - size.height * 0.67);
        line << QPointF(r, y - 1.5 * size.height) << QPointF(r, y) << QPointF(l, y);
        painter.drawPolyline(line);
        painter.drawLine(QPointF(l, y), QPointF(l + size.width * 0.4, y - size.width * 0.4));
        painter.drawLine(QPointF(l, y), QPointF(l + size.width * 0.4, y + size.width * 0.4));
    } else {  // tab: an arrow to a wall
        const double r = snap(left + size.width), l = snap(left), y = snap(baseline - size.height);
        painter.drawLine(QPointF(l, y), QPointF(r, y));
        painter.drawLine(QPointF(r, y - size.height * 0.8), QPointF(r, y + size.height * 0.8));
    }
}

}  // namespace

QString visibleToken(const QString& text)
{
    QString out = withFormatNames(text);
    out.replace(QLatin1Char(' '), QChar(0x2423)).replace(QLatin1Char('\n'), QChar(0x21B5)).replace(QLatin1Char('\t'), QChar(0x21E5));
    return isolated(out);
}

double tokenWidth(const QFontMetricsF& metrics, const QString& text)
{
    const MarkSize mark = markSize(metrics);
    double width = 0;
    for (const Piece& piece : piecesOf(text)) width += piece.kind == PieceKind::Text ? metrics.horizontalAdvance(piece.text) : mark.advance;
    return width;
}

QString elideToken(const QFontMetricsF& metrics, const QString& text, double width)
{
    if (tokenWidth(metrics, text) <= width) return text;
    const QString dots = QStringLiteral("…");
    QString cut = text;
    while (!cut.isEmpty() && tokenWidth(metrics, cut + dots) > width) {
        const bool pair = cut.size() > 1 && cut.back().isLowSurrogate();
        cut.chop(pair ? 2 : 1);
    }
    return cut + dots;
}

double paintToken(QPainter& painter, const QPointF& baseline, const QString& text, const QColor& ink, const QColor& mark, bool rightAligned)
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const MarkSize size = markSize(metrics);
    const double width = tokenWidth(metrics, text);
    double x = rightAligned ? baseline.x() - width : baseline.x();
    painter.save();
    for (const Piece& piece : piecesOf(text)) {
        if (piece.kind == PieceKind::Text) {
            painter.setPen(ink);
            painter.drawText(QPointF(x, baseline.y()), piece.text);
            x += metrics.horizontalAdvance(piece.text);
        } else {
            paintMark(painter, piece.kind, x, baseline.y(), size, mark);
            x += size.advance;
        }
    }
    painter.restore();
    return width;
}

}  // namespace hs::ui
