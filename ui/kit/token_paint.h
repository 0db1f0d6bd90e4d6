// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens as text and as paint: spaces, line ends and tabs are seen.
#pragma once

#include <QColor>
#include <QPointF>
#include <QString>

class QFontMetricsF;
class QPainter;

namespace hs::ui {

/// A label with visible spaces: ␣ and ↵. For plain text only; painters use paintToken.
QString visibleToken(const QString& text);
/// A token with its space mark (painted bracket, no glyph). Returns the width.
double paintToken(QPainter& painter, const QPointF& baseline, const QString& text, const QColor& ink, const QColor& mark,
                  bool rightAligned = false);
double tokenWidth(const QFontMetricsF& metrics, const QString& text);
/// The token cut at its end with "…" so that it fits `width`.
QString elideToken(const QFontMetricsF& metrics, const QString& text, double width);

}  // namespace hs::ui
