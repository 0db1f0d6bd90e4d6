// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/grid_tab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/feature/obstacle.h"
#include "ui/grid/grid_view.h"
#include "ui/kit/ramp_legend.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

namespace hs::ui {

GridTab::GridTab(const ViewContext& context, QWidget* parent) : CentreTab(parent), m_c(context)
{
    m_title = new QLabel;
    m_title->setFont(Theme::instance().font(Type::ViewTitle, true));
    m_scope = new Segment({tr("This layer"), tr("All heads")});
    m_score = new QComboBox;
    m_score->setAccessibleName(tr("Score under each map"));
    for (const HeadScoreInfo& info : headScores())
        if (info.score != ShownScore::Thumbnail && info.score != ShownScore::LossOff && info.score != ShownScore::AfterRepeat
            && info.score != ShownScore::Label && info.score != ShownScore::Edges)
            m_score->addItem(scoreTitle(info.score), static_cast<int>(info.score));
    m_legend = new RampLegend;
    auto* exportButton = new QPushButton(tr("Export …"));
    m_view = new GridView(context);
    m_state = new StatePanel;

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kGroupGap);
    bar->addWidget(m_title);
    bar->addStretch();
    bar->addWidget(m_score);
    bar->addWidget(m_scope);
    bar->addWidget(exportButton);
    auto* page = new QWidget;
    auto* pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 6, 0, 0);
    pageLayout->setSpacing(4);
    pageLayout->addLayout(bar);
    pageLayout->addWidget(m_view, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 8);
    foot->addWidget(m_legend, 1);
    pageLayout->addLayout(foot);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(page);
    m_stack->addWidget(m_state);
    setFocusProxy(m_view);

    m_score->setCurrentIndex(std::max(0, m_score->findData(static_cast<int>(ShownScore::Previous))));
    m_view->setLayer(m_c.selection->head().layer);
    connect(m_scope, &Segment::chosen, this, &GridTab::setScope);
    connect(m_score, &QComboBox::currentIndexChanged, this,
            [this] { m_view->setScore(static_cast<ShownScore>(m_score->currentData().toInt())); });
    connect(exportButton, &QPushButton::clicked, this, &GridTab::exportRequested);
    connect(m_view, &GridView::readoutChanged, this, &GridTab::statusChanged);
    connect(m_view, &GridView::opened, this, &GridTab::openRequested);
    connect(m_c.project, &Project::sourceChanged, this, &GridTab::refresh);
    connect(m_c.project, &Project::modelChanged, this, &GridTab::refresh);
    connect(m_c.settings, &ViewSettings::changed, this, &GridTab::refresh);
    connect(m_c.selection, &Selection::headChanged, this, &GridTab::refresh);
    refresh();
}

void GridTab::setScope(int scope)
{
    m_view->setLayer(scope == 0 ? m_c.selection->head().layer : -1);
    refresh();
}

QString GridTab::obstacle() const { return noAttentionBecause(*m_c.project); }

void GridTab::addCommands(CommandList& commands, Desk& desk)
{
    commands.add({QStringLiteral("grid.swap"),
                  tr("All heads or one &head"),
                  QStringLiteral("view"),
                  170,
                  [this, &desk] {
                      if (desk.view() == id()) desk.showViewBefore();
                      else desk.showView(id());
                  },
                  {QKeySequence(QStringLiteral("Ctrl+G"))}});
}

void GridTab::save(QJsonObject& state) const
{
    if (m_scope->current() == 1) state[QStringLiteral("all")] = true;
}

void GridTab::restore(const QJsonObject& state)
{
    const int scope = state.value(QStringLiteral("all")).toBool() ? 1 : 0;
    m_scope->setCurrent(scope);
    setScope(scope);
}

QString GridTab::statusText() const { return m_view->readout(); }

FigureSubject GridTab::figureSubject() const
{
    FigureSubject s = headSubject(m_c);
    s.spec.kind = m_view->layer() < 0 ? FigureKind::Atlas : FigureKind::Grid;
    s.spec.look.kind = MapKind::Weights;
    s.spec.heads.clear();
    if (s.spec.kind == FigureKind::Grid) s.spec.heads = m_view->heads();
    s.spec.columns = m_view->columns();
    s.screen = m_view->size();
    return s;
}

void GridTab::refresh()
{
    const auto source = m_c.project->source();
    if (!source) {
        StateContent content;
        content.title = tr("No attention to show");
        content.sentence = tr("Heads stand here side by side once a prompt has run.");
        m_state->setContent(content);
        m_stack->setCurrentIndex(1);
        return;
    }
    m_stack->setCurrentIndex(0);
    const int layer = m_view->layer();
    m_title->setText(layer < 0 ? tr("All heads") : tr("Layer %1").arg(layer));
    m_legend->setRamp(
        m_c.settings->look().colourMap, QStringLiteral("0"), QStringLiteral("1"),
        tr("attention weight, one scale for all heads; colours follow its power 0.7, so that small weights show; each pixel is the "
           "largest weight under it"));
}

}  // namespace hs::ui
