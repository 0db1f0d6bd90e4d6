// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Grid": small multiples of a layer or of all heads.
#pragma once

#include "ui/feature/centre_tab.h"

class QComboBox;
class QLabel;
class QStackedLayout;

namespace hs::ui {

class GridView;
class RampLegend;
class Segment;
class StatePanel;

class GridTab : public CentreTab {
    Q_OBJECT
public:
    explicit GridTab(const ViewContext& context, QWidget* parent = nullptr);
    QString id() const override { return QStringLiteral("grid"); }
    QString title() const override { return tr("Grid"); }
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    QString obstacle() const override;
    void addCommands(CommandList& commands, Desk& desk) override;
    void save(QJsonObject& state) const override;
    void restore(const QJsonObject& state) override;
    GridView* view() const { return m_view; }

private:
    void refresh();
    void setScope(int scope);
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
