// SPDX-License-Identifier: GPL-3.0-or-later
// The context that the texts of figures are translated in.
#pragma once

#include <QCoreApplication>

namespace hs::ui {

struct FigureTr {
    Q_DECLARE_TR_FUNCTIONS(Figure)
};

}  // namespace hs::ui
