// SPDX-License-Identifier: GPL-3.0-or-later
// A dock as a value: what a feature hands to the window.
#pragma once

#include <QKeySequence>
#include <QString>
#include <Qt>

class QWidget;

namespace hs::ui {

class DockTitle;

struct DockPage {
    QString title;
    QWidget* content = nullptr;
    DockTitle* bar = nullptr;
};

struct DockSpec {
    QString id;  ///< in saved layouts: never another one
    DockPage page;
    Qt::DockWidgetArea area = Qt::BottomDockWidgetArea;
    QKeySequence key = {};
    bool shown = false;  ///< in a fresh window
};

}  // namespace hs::ui
