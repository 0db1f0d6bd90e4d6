// SPDX-License-Identifier: GPL-3.0-or-later
// The context that the words for labels are translated in.
#pragma once

#include <QCoreApplication>

namespace hs::ui {

struct LabelWordsTr {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::LabelWords)
};

}  // namespace hs::ui
