// SPDX-License-Identifier: GPL-3.0-or-later
// Tabs of the centre: the paper under the tab bar's right end is chrome with a hairline, as in the top bar.
#pragma once

#include <QPainter>
#include <QTabBar>
#include <QTabWidget>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

class CentreTabs : public QTabWidget {
public:
    explicit CentreTabs(QWidget* parent = nullptr) : QTabWidget(parent)
    {
        setDocumentMode(true);
        tabBar()->setExpanding(false);
        tabBar()->setDrawBase(false);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), ink(Ink::Paper));
        const QRect bar(0, 0, width(), measure::kTabBar);
        painter.fillRect(bar, ink(Ink::Chrome));
        hairline(painter, QPointF(0, bar.bottom()), QPointF(width(), bar.bottom()), ink(Ink::Hair));
    }
};

}  // namespace hs::ui
