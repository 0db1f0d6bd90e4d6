// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_tab.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/cause/cause_edge_page.h"
#include "ui/cause/cause_flow_page.h"
#include "ui/cause/cause_logit_page.h"
#include "ui/cause/cause_patch_page.h"
#include "ui/kit/label.h"
#include "ui/kit/segment.h"
#include "ui/theme/theme.h"

namespace hs::ui {

QStringList CauseTab::wayNames() { return {tr("Logit"), tr("Edges"), tr("Patching"), tr("Routes")}; }

CauseTab::CauseTab(const ViewContext& context, QWidget* parent) : QWidget(parent)
{
    m_way = new Segment(wayNames());
    m_way->setObjectName(QStringLiteral("causeWay"));
    m_way->button(Logit)->setToolTip(tr("Which parts wrote the answer's logit"));
    m_way->button(Edges)->setToolTip(tr("What removing single attention edges does"));
    m_way->button(Patching)->setToolTip(tr("What exchanging activations with another prompt does"));
    m_way->button(Routes)->setToolTip(tr("Along which tokens and layers the prediction was built"));
    m_export = new QPushButton(tr("Export …"));
    m_export->setObjectName(QStringLiteral("causeExport"));
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kGroupGap);
    bar->addWidget(makeLabel(tr("Why this answer"), Ink::Text, Type::ViewTitle, true), 1);
    bar->addWidget(m_way);
    bar->addWidget(m_export);
    m_stack = new QStackedWidget;
    m_logit = new CauseLogitPage(context);
    m_edges = new CauseEdgePage(context);
    m_patching = new CausePatchPage(context);
    m_routes = new CauseFlowPage(context);
    for (CausePage* page : std::initializer_list<CausePage*>{m_logit, m_edges, m_patching, m_routes}) {
        m_stack->addWidget(page);
        connect(page, &CausePage::statusChanged, this, [this, page](const QString& text) {
            if (page == current()) Q_EMIT statusChanged(text);
        });
        connect(page, &CausePage::factsChanged, this, &CauseTab::refreshExport);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(2);
    column->addLayout(bar);
    column->addWidget(m_stack, 1);
    connect(m_way, &Segment::chosen, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_stack, &QStackedWidget::currentChanged, this, &CauseTab::refreshExport);
    refreshExport();
    connect(m_export, &QPushButton::clicked, this, &CauseTab::exportRequested);
}

void CauseTab::refreshExport()
{
    m_export->setEnabled(!current()->facts().isEmpty());
    m_export->setToolTip(m_export->isEnabled() ? QString() : tr("There is no picture yet."));
}

CausePage* CauseTab::current() const { return static_cast<CausePage*>(m_stack->currentWidget()); }
QString CauseTab::statusText() const { return current()->statusText(); }
FigureSubject CauseTab::figureSubject() const { return current()->figureSubject(); }

void CauseTab::setWay(Way way)
{
    m_way->setCurrent(way);
    m_stack->setCurrentIndex(way);
}

}  // namespace hs::ui
