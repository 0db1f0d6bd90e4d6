// SPDX-License-Identifier: GPL-3.0-or-later
// Information flow routes to one prediction (Ferrando & Voita 2024).
#pragma once

#include "engine/session/jobs/flow_routes.h"
#include "ui/bridge/ask.h"
#include "ui/cause/cause_page.h"

class QDoubleSpinBox;

namespace hs::ui {

class FlowView;

class CauseFlowPage : public CausePage {
    Q_OBJECT
public:
    CauseFlowPage(const ViewContext& context, CauseQuestion* question, QWidget* parent = nullptr);
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    FlowView* view() const { return m_view; }
    QDoubleSpinBox* threshold() const { return m_threshold; }

protected:
    void refresh() override;

private:
    void take(const FlowRoutesResult& result);
    Ask<FlowRoutesJob> m_ask;
    FlowView* m_view;
    QDoubleSpinBox* m_threshold;
};

}  // namespace hs::ui
