// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_tab.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/cause/cause_edge_page.h"
#include "ui/cause/cause_flow_page.h"
#include "ui/cause/cause_logit_page.h"
#include "ui/cause/cause_patch_page.h"
#include "ui/cause/cause_question.h"
#include "ui/cause/cause_words.h"
#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/feature/obstacle.h"
#include "ui/kit/label.h"
#include "ui/kit/segment.h"
#include "ui/kit/token_paint.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr const char* kWays[] = {"logit", "edges", "patching", "routes"};  // in the order of Way

}  // namespace

QStringList CauseTab::wayNames() { return {tr("Logit"), tr("Edges"), tr("Patching"), tr("Routes")}; }

CauseTab::CauseTab(const ViewContext& context, QWidget* parent) : CentreTab(parent), m_c(context)
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
    m_question = new CauseQuestion;
    m_question->setObjectName(QStringLiteral("causeQuestion"));
    m_stack = new QStackedWidget;
    m_logit = new CauseLogitPage(context, m_question);
    m_edges = new CauseEdgePage(context, m_question);
    m_patching = new CausePatchPage(context, m_question);
    m_routes = new CauseFlowPage(context, m_question);
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
    column->addWidget(m_question);
    column->addWidget(m_stack, 1);
    for (const auto signal : {&Project::sourceChanged, &Project::modelChanged}) connect(m_c.project, signal, this, &CauseTab::refreshClean);
    connect(m_c.selection, &Selection::pairChanged, this, &CauseTab::refreshClean);
    refreshClean();
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

/// What the question is about: the prompt as it has run, and the place in it.
void CauseTab::refreshClean()
{
    const PromptEntry* entry = m_c.project->current();
    const auto run = entry ? entry->run : nullptr;
    if (!run || !run->prompt || run->queries() == 0) return m_question->setClean({}, {});
    const int last = run->queries() - 1;
    const int place = m_c.selection->locked() && m_c.selection->query() >= 0 ? std::min(m_c.selection->query(), last) : last;
    m_question->setClean(QString::fromStdString(run->prompt->text),
                         visibleToken(QString::fromStdString(run->queryTokens()[std::size_t(place)].text)));
}

CausePage* CauseTab::current() const { return static_cast<CausePage*>(m_stack->currentWidget()); }
QString CauseTab::statusText() const { return current()->statusText(); }
FigureSubject CauseTab::figureSubject() const { return current()->figureSubject(); }

QString CauseTab::obstacle() const { return noPredictionBecause(*m_c.project, causesNeedWeights(), causesNeedOutput()); }

/// Ways to ask, by their names and by what the field calls them.
void CauseTab::addCommands(CommandList& commands, Desk& desk)
{
    const QString menu = id();
    commands.addMenu({menu, tr("Wh&y this answer"), 152, QStringLiteral("view")});
    const QStringList names = wayNames();
    const QStringList alsoCalled{tr("direct logit attribution"), tr("knock-out of attention edges"),
                                 tr("activation patching, attribution patching, path patching, causal tracing"),
                                 tr("information flow routes")};
    for (int i = 0; i < names.size(); ++i)
        commands.add({QStringLiteral("cause.") + QLatin1String(kWays[i]),
                      tr("Cause: %1").arg(names[i]),
                      menu,
                      100 + i,
                      [this, &desk, i] {
                          desk.showView(id());
                          setWay(Way(i));
                      },
                      {},
                      {},
                      {},
                      alsoCalled.value(i)});
}

bool CauseTab::draws(const QString& figure) const
{
    return figure == QLatin1String("flow-routes") || figure.startsWith(QLatin1String("logit-by-"))
           || figure.startsWith(QLatin1String("edges-")) || figure.startsWith(QLatin1String("patching-"))
           || figure.startsWith(QLatin1String("path-patching-"));
}

void CauseTab::save(QJsonObject& state) const
{
    state[QStringLiteral("way")] = QString::fromLatin1(kWays[m_stack->currentIndex()]);
    QJsonObject question, patching;
    m_question->save(question);
    m_patching->save(patching);
    state[QStringLiteral("question")] = question;
    state[QStringLiteral("patching")] = patching;
    state[QStringLiteral("bySource")] = m_logit->mode()->current() == 1;
    state[QStringLiteral("threshold")] = m_routes->threshold()->value();
}

void CauseTab::restore(const QJsonObject& state)
{
    for (int i = 0; i < int(std::size(kWays)); ++i)
        if (state.value(QStringLiteral("way")).toString() == QLatin1String(kWays[i])) setWay(Way(i));
    // Older projects know the page only.
    if (state.contains(QStringLiteral("question"))) m_question->restore(state.value(QStringLiteral("question")).toObject());
    if (const QJsonValue patching = state.value(QStringLiteral("patching")); patching.isObject()) m_patching->restore(patching.toObject());
    if (const QJsonValue bySource = state.value(QStringLiteral("bySource")); bySource.isBool()) m_logit->setMode(bySource.toBool() ? 1 : 0);
    if (const QJsonValue threshold = state.value(QStringLiteral("threshold")); threshold.isDouble())
        m_routes->threshold()->setValue(threshold.toDouble());
}

void CauseTab::setWay(Way way)
{
    m_way->setCurrent(way);
    m_stack->setCurrentIndex(way);
}

}  // namespace hs::ui
