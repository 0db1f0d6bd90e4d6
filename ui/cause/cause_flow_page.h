// SPDX-License-Identifier: GPL-3.0-or-later
// Information flow routes to one prediction (Ferrando & Voita 2024).
#pragma once

#include "ui/cause/cause_page.h"

class QDoubleSpinBox;

namespace hs::ui {

class FlowView;

class CauseFlowPage : public CausePage {
    Q_OBJECT
public:
    explicit CauseFlowPage(const ViewContext& context, QWidget* parent = nullptr);
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    FlowView* view() const { return m_view; }
    QDoubleSpinBox* threshold() const { return m_threshold; }

protected:
    void refresh() override;
    void cancelled() override;

private:
    JobId m_job = 0;
    FlowView* m_view;
    QDoubleSpinBox* m_threshold;
};

}  // namespace hs::ui
