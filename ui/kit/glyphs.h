// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a text can be painted at all: a character that no font here has becomes an empty box.
#pragma once

#include <QFont>
#include <QString>

namespace hs::ui {

/// The characters of `text` that neither `font` nor any font that stands in for it has a picture of, each once, in their order. Spaces,
/// control and format characters need none. From any thread.
QString withoutGlyphs(const QFont& font, const QString& text);

}  // namespace hs::ui
