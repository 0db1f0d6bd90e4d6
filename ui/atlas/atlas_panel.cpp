// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/atlas/atlas_panel.h"

#include <QActionGroup>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/atlas/atlas.h"
#include "ui/atlas/heads_model.h"
#include "ui/atlas/heads_table.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/bridge/session_controller.h"
#include "ui/graph/graph_store.h"
#include "ui/kit/dock_title.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_filter_bar.h"
#include "ui/labels/label_measures.h"
#include "ui/labels/label_store.h"
#include "ui/state/head_losses.h"
#include "ui/state/project.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kTableRoom = 260;  // chips, title row, five heads and the button

}  // namespace

AtlasPanel::AtlasPanel(const ViewContext& context, SessionController* controller, RepeatScores* repeats, QWidget* parent)
    : QWidget(parent), m_c(context), m_controller(controller), m_repeats(repeats)
{
    m_title = new DockTitle(tr("Atlas"));
    buildShowMenu();
    m_title->addControl(m_show);
    m_atlas = new AtlasView(m_c);
    m_atlas->setScoreSources(m_controller->losses(), m_repeats);
    m_model = new HeadsModel(this);
    m_model->setSources(m_controller->losses(), m_repeats, m_c.labels, m_c.graph);
    m_table = new HeadsTable(m_model, m_c);
    m_lower = buildLower();
    m_split = new QSplitter(Qt::Vertical);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_atlas);
    m_split->addWidget(m_lower);
    m_split->setStretchFactor(1, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_split);
    connectAll();
    for (QAction* action : m_measures)
        if (action) action->setEnabled(false);
    setScore(ShownScore::Thumbnail);
    refresh();
}

void AtlasPanel::buildShowMenu()
{
    m_show = new QToolButton;
    m_show->setProperty("quiet", true);
    m_show->setFont(Theme::instance().font(Type::Caption));
    m_show->setPopupMode(QToolButton::InstantPopup);
    m_show->setFixedHeight(22);
    auto* menu = new QMenu(m_show);
    auto* group = new QActionGroup(menu);
    for (const HeadScoreInfo& info : headScores()) {
        QAction* action = menu->addAction(scoreTitle(info.score), this, [this, score = info.score] {
            m_scoreChosen = score != ShownScore::Thumbnail;
            setScore(score);
        });
        action->setCheckable(true);
        action->setChecked(info.score == ShownScore::Thumbnail);
        action->setData(QString::fromLatin1(info.key));
        group->addAction(action);
    }
    // Every number of the label report, by the same names as in the scatter.
    if (m_c.labels)
        for (const bool scores : {true, false}) {
            auto* more = new QMenu(scores ? tr("One label's score") : tr("Other measures"), menu);
            m_measures[scores ? 0 : 1] = menu->addMenu(more);
            connect(more, &QMenu::aboutToShow, this, [this, more, scores] { fillMeasures(more, scores); });
        }
    menu->addSeparator();
    QAction* sorted = menu->addAction(tr("Sort by score"));
    sorted->setCheckable(true);
    sorted->setObjectName(QStringLiteral("sortAtlas"));
    connect(sorted, &QAction::toggled, this, [this](bool on) {
        if (on && m_atlas->score() == ShownScore::Thumbnail) setScore(m_model->score());
        m_atlas->setSorted(on);
    });
    m_show->setMenu(menu);
}

void AtlasPanel::fillMeasures(QMenu* menu, bool scores)
{
    menu->clear();
    const auto report = m_c.labels->report();
    if (!report) return;
    for (const LabelMeasure& measure : labelMeasures(*report)) {
        if (measure.key.startsWith(QLatin1String("label:")) != scores) continue;
        QAction* action = menu->addAction(measure.title, this, [this, key = measure.key] {
            m_scoreChosen = true;
            m_c.labels->setMeasure(key);
            setScore(ShownScore::Measure);
        });
        action->setCheckable(true);
        action->setChecked(m_atlas->score() == ShownScore::Measure && m_c.labels->measure().key == measure.key);
    }
}

QWidget* AtlasPanel::buildLower()
{
    auto* lower = new QWidget;
    lower->setAutoFillBackground(true);
    lower->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_labels = new LabelFilterBar(m_c);
    column->addWidget(m_labels);
    column->addWidget(makeHairline());
    column->addWidget(m_table, 1);
    m_measure = new QPushButton(tr("Measure loss if off"));
    m_measure->setObjectName(QStringLiteral("measure"));
    m_measure->setProperty("small", true);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 6, 12, 8);
    foot->addWidget(m_measure);
    foot->addStretch();
    column->addLayout(foot);
    return lower;
}

void AtlasPanel::connectAll()
{
    connect(m_measure, &QPushButton::clicked, m_controller, &SessionController::measureLosses);
    connect(m_split, &QSplitter::splitterMoved, this, [this] {
        m_userSplit = true;
        fitAtlas();
    });
    connect(m_c.project, &Project::sourceChanged, this, &AtlasPanel::refresh);
    connect(m_c.project, &Project::interventionsChanged, this, &AtlasPanel::refresh);
    connect(m_controller, &SessionController::runStateChanged, this, &AtlasPanel::refresh);
    connect(m_controller->losses(), &HeadLosses::changed, m_model, &HeadsModel::refresh);
    connect(m_repeats, &RepeatScores::changed, m_model, &HeadsModel::refresh);
    if (m_c.graph)
        connect(m_c.graph, &GraphStore::changed, this, [this] {
            m_model->refresh();
            if (m_atlas->score() == ShownScore::Edges) m_atlas->setScore(ShownScore::Edges);  // its colours anew
        });
    if (m_c.labels) {
        connect(m_c.labels, &LabelStore::notesChanged, m_model, &HeadsModel::refresh);
        connect(m_c.labels, &LabelStore::changed, this, &AtlasPanel::takeLabels);
    }
}

void AtlasPanel::takeLabels()
{
    const bool labelled = m_c.labels->report() != nullptr;
    for (QAction* action : m_measures)
        if (action) action->setEnabled(labelled);
    // The table's number is the label's score as soon as there is one, unless the user asked for another.
    if (!m_scoreChosen) m_model->setScore(labelled ? ShownScore::Label : ShownScore::Previous);
    // Small cells have no strip for the letters: they show them instead of a picture.
    if (!m_scoreChosen && m_atlas->smallCells()) setScore(labelled ? ShownScore::Label : ShownScore::Thumbnail);
    else if (m_atlas->score() == ShownScore::Measure) setScore(ShownScore::Measure);  // its title may have come only now
    m_model->refresh();
    fitAtlas();
}

QString AtlasPanel::scoreKey() const
{
    // Edges that came with the Graph tab were nobody's choice.
    const ShownScore score = m_atlas->score() == ShownScore::Edges && !m_scoreChosen ? ShownScore::Thumbnail : m_atlas->score();
    const QString key = QString::fromLatin1(headScoreInfo(score).key);
    return score == ShownScore::Measure ? QStringLiteral("%1:%2").arg(key, m_c.labels->measure().key) : key;
}
bool AtlasPanel::sorted() const { return m_atlas->sorted(); }

void AtlasPanel::setScoreKey(const QString& key, bool sorted)
{
    if (const QString measure = QStringLiteral("measure:"); m_c.labels && key.startsWith(measure)) {
        m_scoreChosen = true;
        m_c.labels->setMeasure(key.mid(measure.size()));
        setScore(ShownScore::Measure);
    }
    for (const HeadScoreInfo& info : headScores())
        if (key == QLatin1String(info.key)) {
            m_scoreChosen = info.score != ShownScore::Thumbnail;
            setScore(info.score);
        }
    if (auto* action = m_show->menu()->findChild<QAction*>(QStringLiteral("sortAtlas"))) action->setChecked(sorted);
    m_atlas->setSorted(sorted);
}

void AtlasPanel::setScore(ShownScore score)
{
    m_atlas->setScore(score);
    if (score != ShownScore::Thumbnail && score != ShownScore::LossOff && score != ShownScore::Edges) m_model->setScore(score);
    // The button is narrow: the short name; the whole one is in the tooltip.
    m_show->setText(
        tr("Show: %1")
            .arg(QFontMetrics(m_show->font())
                     .elidedText(score == ShownScore::Thumbnail || score == ShownScore::Measure ? scoreInSentence(score, m_c.labels)
                                                                                                : scoreBrief(score),
                                 Qt::ElideRight, 130)));
    m_show->setToolTip(QStringLiteral("%1: %2").arg(tr("What the cells show"), scoreInSentence(score, m_c.labels)));
    const auto actions = m_show->menu()->actions();
    for (QAction* action : actions)
        if (action->data().isValid()) action->setChecked(action->data().toString() == QLatin1String(headScoreInfo(score).key));
    if (score == ShownScore::Thumbnail && m_atlas->sorted()) {
        if (auto* action = m_show->menu()->findChild<QAction*>(QStringLiteral("sortAtlas"))) action->setChecked(false);
    }
}

void AtlasPanel::showGraph(bool on)
{
    if (on == m_graph) return;
    m_graph = on;
    m_table->showGraph(on);
    // Edges take the place of thumbnails only: what the user asked for stays.
    if (on && m_atlas->score() == ShownScore::Thumbnail) setScore(ShownScore::Edges);
    else if (!on && m_atlas->score() == ShownScore::Edges && !m_scoreChosen) setScore(ShownScore::Thumbnail);
    refresh();
}

void AtlasPanel::addBench(QWidget* list, QWidget* control)
{
    m_benchList = list;
    list->setAutoFillBackground(true);
    list->setBackgroundRole(QPalette::Base);
    m_split->addWidget(list);
    m_split->setStretchFactor(2, 1);
    list->hide();
    m_title->addControl(control);
}

void AtlasPanel::showBench(bool on)
{
    m_lower->setVisible(!on);
    if (m_benchList) m_benchList->setVisible(on);
    m_show->setVisible(!on);
    fitAtlas();
}

void AtlasPanel::fitAtlas()
{
    if (height() < 100) return;
    if (m_userSplit) return m_atlas->setRoom(m_atlas->height());
    // All layers without scrolling while the table keeps a third and, in a low window, five rows.
    const int most = std::min(height() * 2 / 3, std::max(height() - kTableRoom, height() * 2 / 5));
    m_atlas->setRoom(most - 2);
    const int atlas = std::min(m_atlas->preferredHeight() + 2, most);
    m_split->setSizes({atlas, height() - atlas, height() - atlas});
}

void AtlasPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitAtlas();
}

void AtlasPanel::refresh()
{
    const auto source = m_c.project->source();
    std::vector<HeadId> heads;  // a file that cannot run has labels from its weights all the same
    if (const auto& model = m_c.project->model(); model && !source)
        for (int l = 0; l < model->config().nLayers; ++l)
            for (int h = 0; h < model->config().heads(l); ++h) heads.push_back({l, h});
    m_model->setHeads(source, std::move(heads));
    std::vector<HeadId> off;
    for (const HeadId head : m_model->heads())
        if (m_c.project->isOff(head)) off.push_back(head);
    m_model->setOff(off);
    const int count = m_atlas->headCount();
    QString note = count == 1 ? tr("1 head") : count ? tr("%1 heads").arg(count) : QString();
    if (!off.empty()) note += tr(", %1 off").arg(off.size());
    m_title->setNote(note);
    fitAtlas();

    const PromptEntry* entry = m_c.project->current();
    const bool can = entry && entry->run && entry->run->complete && !entry->run->tokenLoss.empty();
    m_measure->setVisible(m_c.project->model() != nullptr && !m_graph);
    m_measure->setEnabled(can && !m_controller->measuring());
    const double cost = can ? m_controller->measureCost() : 0;
    m_measure->setText(m_controller->measuring() ? tr("Measuring …")
                       : cost >= 1               ? tr("Measure loss if off (about %1)").arg(durationText(std::round(cost)))
                                                 : tr("Measure loss if off"));
    m_measure->setToolTip(can ? tr("Switches every head off once, on this prompt, and notes how the loss changes")
                              : tr("Needs a finished run of two tokens or more, of a model that predicts tokens"));
}

}  // namespace hs::ui
