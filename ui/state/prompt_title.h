// SPDX-License-Identifier: GPL-3.0-or-later
// What a prompt is called until somebody names it: the beginning of its text.
#pragma once

#include <QString>

namespace hs::ui {

inline QString shortTitle(const QString& text)
{
    const QString line = text.simplified();
    return line.size() <= 42 ? line : line.left(40).trimmed() + QStringLiteral(" …");
}

}  // namespace hs::ui
