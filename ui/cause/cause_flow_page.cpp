// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_flow_page.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/cause/flow_view.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

CauseFlowPage::CauseFlowPage(const ViewContext& context, CauseQuestion* question, QWidget* parent)
    : CausePage(context, question, tr("Information flow routes"), Asks::PlaceOnly, parent),
      m_ask(context.bridge, tr("Information flow routes"), QStringLiteral("cause-flow"))
{
    m_threshold = new QDoubleSpinBox;
    m_threshold->setRange(0.005, 0.5);
    m_threshold->setSingleStep(0.01);
    m_threshold->setDecimals(3);
    m_threshold->setMinimumWidth(84);
    m_threshold->setValue(0.04);
    m_threshold->setAccessibleName(tr("Smallest share of an edge"));
    m_threshold->setToolTip(tr("Edges with a smaller share of their sum are left out"));
    m_bar->addWidget(makeLabel(tr("share above"), Ink::Muted, Type::Caption));
    m_bar->addWidget(m_threshold);
    m_view = new FlowView;
    m_view->setObjectName(QStringLiteral("flowView"));
    m_body->addWidget(m_view, 1);
    setPicture(m_view);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, [this] { refresh(); });
    connect(m_view, &FlowView::readoutChanged, this, &CausePage::statusChanged);
    connect(m_view, &FlowView::headChosen, m_c.selection, &Selection::setHead);
    m_ask.onAnswer([this](const FlowRoutesResult& result) { take(result); });
    follow(&m_ask);
}

void CauseFlowPage::take(const FlowRoutesResult& result)
{
    FlowScene scene;
    scene.routes = result.routes;
    scene.layers = result.run->layers();
    for (int i = 0; i <= result.routes->options.position; ++i)
        scene.tokens << QString::fromStdString(result.run->queryTokens()[std::size_t(i)].text);
    const QString place = visibleToken(scene.tokens.last());
    m_title->setText(tr("Routes to what follows “%1”").arg(place));
    HeadId best;
    double most = 0;
    for (std::size_t l = 0; l < result.routes->headWeight.size(); ++l)
        for (std::size_t h = 0; h < result.routes->headWeight[l].size(); ++h)
            if (result.routes->headWeight[l][h] > most) {
                most = result.routes->headWeight[l][h];
                best = {int(l), int(h)};
            }
    setFacts({tr("%1 states, %2 edges with a share above %3; blue: attention, named by the head that carries most of it; grey: residual "
                 "and MLP; squares: MLPs.")
                  .arg(result.routes->nodes.size())
                  .arg(result.routes->edges.size())
                  .arg(numberText(result.routes->options.threshold, 3)),
              most > 0 ? tr("Largest part of a head: %1, %2 of what attention adds on the route, on average.")
                             .arg(QString::fromStdString(headName(best)), numberText(most, 3))
                       : QString(),
              tr("Shares are l1 proximities of each part to the sum (Ferrando & Voita 2024): one forward pass, nothing is ablated, so they "
                 "are no exact causes; check a head in the Logit or Edges view."),
              tr("Routes lead to the place, whatever the answer is."), tr("This prompt only: no interval."), conditions(*result.run)});
    m_view->setScene(std::move(scene));
    setShown(CauseAsked{result.run, {result.routes->options.position, -1, -1}, {}});
}

void CauseFlowPage::refresh()
{
    const auto run = subject();
    if (!run) {
        m_title->setText(tr("Information flow routes"));
        m_view->setScene({});
        setShown({});
        return setFacts({});
    }
    FlowOptions options;
    options.threshold = m_threshold->value();
    options.position = place(*run);
    setBusy(true, tr("Following the routes"));
    m_ask.start(FlowRoutesJob{run, options});
}

QString CauseFlowPage::statusText() const { return m_view->readout(); }

FigureSubject CauseFlowPage::figureSubject() const
{
    FigureSubject s;
    s.spec.kind = FigureKind::Drawing;
    s.spec.drawing = flowDrawing(m_view->scene(), m_factList);
    s.screen = m_view->size();
    return s;
}

}  // namespace hs::ui
