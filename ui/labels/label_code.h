// SPDX-License-Identifier: GPL-3.0-or-later
// Two letters on their family's colour: the same box in atlas, table, chips, card and export.
#pragma once

#include <QPainter>
#include <QRectF>

#include "ui/labels/label_mark.h"

namespace hs::ui {

/// Awarded: full colour. Candidate: hatched in the colour, letters in ink. "–", "?", "…" and broad: border only. `strength` below 1
/// mixes it into paper (heads switched off). Nothing for an empty code.
void paintLabelCode(QPainter& painter, const QRectF& rect, const LabelMark& mark, double strength = 1.0, double radius = 2.0);

}  // namespace hs::ui
