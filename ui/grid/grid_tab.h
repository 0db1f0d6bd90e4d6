// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Grid": small multiples of a layer or of all heads.
#pragma once

#include <QWidget>

#include "engine/base/ids.h"
#include "ui/export/figure_subject.h"

class QComboBox;
class QLabel;
class QStackedLayout;

namespace hs::ui {

class GridView;
class RampLegend;
class Segment;
class StatePanel;

class GridTab : public QWidget {
    Q_OBJECT
public:
    explicit GridTab(const ViewContext& context, QWidget* parent = nullptr);
    QString statusText() const;
    FigureSubject figureSubject() const;
    GridView* view() const { return m_view; }

Q_SIGNALS:
    void statusChanged(const QString& text);
    void exportRequested();
    void openRequested(hs::HeadId head);   ///< Enter or double click: show it in the Head tab

private:
    void refresh();
    ViewContext m_c;
    GridView* m_view;
    QLabel* m_title;
    QComboBox* m_score;
    Segment* m_scope;
    RampLegend* m_legend;
    StatePanel* m_state;
    QStackedLayout* m_stack;
};

}  // namespace hs::ui
