// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_workspace.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>

#include "ui/feature/obstacle.h"
#include "ui/kit/centre_tabs.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_curve_chart.h"
#include "ui/prune/prune_cuts_panel.h"
#include "ui/prune/prune_dialogs.h"
#include "ui/prune/prune_heads_list.h"
#include "ui/prune/prune_heads_model.h"
#include "ui/prune/prune_next_panel.h"
#include "ui/prune/prune_pairs_page.h"
#include "ui/state/project.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr AblationKind kKinds[] = {AblationKind::Zero, AblationKind::Mean, AblationKind::Resample};

QString number(double v, int decimals = 4) { return std::isfinite(v) ? numberText(v, decimals) : QStringLiteral("–"); }

}  // namespace

PruneWorkspace::PruneWorkspace(const ViewContext& context, PruneController* controller, PruneCutsPanel* cuts, QWidget* parent)
    : CentreTab(parent), m_c(context), m_controller(controller), m_cuts(cuts)
{
    m_tabs = new CentreTabs;
    m_tabs->setObjectName(QStringLiteral("pruneTabs"));
    m_tabs->addTab(buildCurve(), tr("Loss curve"));
    m_tabs->addTab(buildHeads(), tr("Heads"));
    m_pairs = new PrunePairsPage(m_c, controller);
    m_tabs->addTab(m_pairs, tr("Pairs"));
    m_tabs->addTab(buildTable(), tr("Table"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_tabs);
    PruneBench* bench = controller->bench();
    for (const auto signal : {&PruneBench::cutsChanged, &PruneBench::stepsChanged, &PruneBench::curveChanged, &PruneBench::settingsChanged,
                              &PruneBench::liveChanged})
        connect(bench, signal, this, &PruneWorkspace::refresh);
    connect(bench, &PruneBench::curveChanged, this, &PruneWorkspace::refreshTable);
    connect(bench, &PruneBench::scoresChanged, this, &PruneWorkspace::refreshHeads);
    connect(controller, &PruneController::stateChanged, this, &PruneWorkspace::refresh);
    connect(controller, &PruneController::progress, this, [this](const QString& words, double fraction) {
        m_progress = fraction < 0 ? words : tr("%1, %2 %").arg(words).arg(int(100 * fraction));
        if (!m_controller->measuringCurve()) return;
        if (m_chartStack->currentIndex() == 1) m_state->setProgress(fraction, words);
        else m_where->setText(curveWords());
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        if (tab == 1) m_controller->measureScores();
        if (tab == 3) refreshTable();
    });
    refresh();
    refreshTable();
    refreshHeads();
}

QWidget* PruneWorkspace::buildCurve()
{
    auto* page = new QWidget;
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kControlGap);
    m_title = makeLabel(tr("Loss as heads are switched off"), Ink::Text, Type::ViewTitle, true);
    m_ablation = new Segment({tr("Zero"), tr("Mean"), tr("Resample")});
    m_ablation->setObjectName(QStringLiteral("ablationKind"));
    m_ablation->setToolTip(tr("What a head that is off leaves in its place"));
    m_text = new QPushButton;
    m_text->setObjectName(QStringLiteral("pruneText"));
    m_measure = new QPushButton(tr("Measure"));
    m_measure->setObjectName(QStringLiteral("measureCurve"));
    bar->addWidget(m_title, 1);
    bar->addWidget(m_ablation);
    bar->addWidget(m_text);
    bar->addWidget(m_measure);
    connect(m_ablation, &Segment::chosen, this, [this](int index) {
        PruneSettings s = m_controller->bench()->settings();
        s.ablation = kKinds[std::clamp(index, 0, 2)];
        m_controller->bench()->setSettings(s);
    });
    connect(m_text, &QPushButton::clicked, this, &PruneWorkspace::openTextDialog);
    connect(m_measure, &QPushButton::clicked, this, [this] {
        if (m_controller->measuringCurve()) m_controller->cancel();
        else m_controller->measureCurve();
    });

    m_where = makeLabel({}, Ink::Muted, Type::Caption);
    m_where->setObjectName(QStringLiteral("againstRandom"));
    m_where->setWordWrap(true);
    m_value = new Segment({tr("Loss"), tr("Accuracy"), tr("KL")});
    m_value->setObjectName(QStringLiteral("curveValue"));
    m_value->button(0)->setToolTip(tr("Mean loss of the test text, nats per token"));
    m_value->button(1)->setToolTip(tr("Share of the test text's tokens that the model would have said"));
    m_value->button(2)->setToolTip(tr("How far the predictions move from those with all heads on, nats per token"));
    connect(m_value, &Segment::chosen, this, [this] {
        refreshTable();
        refresh();
    });
    auto* under = new QHBoxLayout;
    under->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    under->setSpacing(measure::kGroupGap);
    under->addWidget(m_where, 1);
    under->addWidget(m_value);
    m_chart = new PruneCurveChart;
    connect(m_chart, &PruneCurveChart::cursorMoved, this, [this](int off, bool last) {
        if (m_gesture < 0) m_gesture = m_c.project->newGesture();
        m_controller->cutTo(off, m_gesture);
        if (last) m_gesture = -1;
    });
    m_state = new StatePanel;
    connect(m_state, &StatePanel::triggered, this, [this](const QString& id) {
        if (id == QLatin1String("measure")) m_controller->measureCurve();
        else openTextDialog();
    });
    connect(m_state, &StatePanel::cancelled, m_controller, &PruneController::cancel);
    auto* chartHost = new QWidget;
    m_chartStack = new QStackedLayout(chartHost);
    m_chartStack->addWidget(m_chart);
    m_chartStack->addWidget(m_state);
    m_next = new PruneNextPanel(m_c, m_controller);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    column->addLayout(bar);
    column->addLayout(under);
    column->addWidget(chartHost, 1);
    column->addWidget(makeHairline());
    column->addWidget(m_next);
    return page;
}

QWidget* PruneWorkspace::buildHeads()
{
    auto* page = new QWidget;
    m_heads = new PruneHeadsModel(m_controller->bench(), m_c.labels, true, this);
    auto* table = new PruneHeadsTable(m_heads, m_c);
    table->setObjectName(QStringLiteral("pruneScores"));
    connect(m_heads, &PruneHeadsModel::toggled, m_c.project, &Project::switchHead);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->addWidget(makeLabel(tr("What each head is worth"), Ink::Text, Type::ViewTitle, true), 1);
    m_scores = new QPushButton(tr("Measure"));
    bar->addWidget(m_scores);
    connect(m_scores, &QPushButton::clicked, m_controller, &PruneController::measureScores);
    m_correlations = makeLabel({}, Ink::Muted, Type::Caption);
    m_correlations->setObjectName(QStringLiteral("correlations"));
    m_correlations->setWordWrap(true);
    m_correlations->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 4);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    column->addLayout(bar);
    column->addWidget(m_correlations);
    column->addWidget(makeHairline());
    column->addWidget(table, 1);
    return page;
}

QWidget* PruneWorkspace::buildTable()
{
    auto* page = new QWidget;
    m_table = new QTableWidget;
    m_table->setObjectName(QStringLiteral("curveTable"));
    m_table->setAccessibleName(tr("Numbers of the curve"));
    dressTable(*m_table);
    connect(m_table, &QTableWidget::cellActivated, this,
            [this](int row, int) { m_controller->cutTo(m_table->item(row, 0)->data(Qt::UserRole).toInt()); });
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->addWidget(makeLabel(tr("Numbers of the curve"), Ink::Text, Type::ViewTitle, true), 1);
    bar->addWidget(makeLabel(tr("Return sets the cut of that row"), Ink::Muted, Type::Caption));
    m_tableWhere = makeLabel({}, Ink::Muted, Type::Caption);
    m_tableWhere->setWordWrap(true);
    m_tableWhere->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 4);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    column->addLayout(bar);
    column->addWidget(m_tableWhere);
    column->addWidget(makeHairline());
    column->addWidget(m_table, 1);
    return page;
}

std::vector<int> PruneWorkspace::stops() const
{
    std::vector<int> out;
    const auto& curve = m_controller->bench()->curve();
    const PruningSeries* series = m_controller->bench()->leading();
    if (curve && series)
        for (const PruningPoint& p : series->points) out.push_back(curve->heads - p.headsLeft);
    return out;
}

void PruneWorkspace::refresh()
{
    const PruneBench& bench = *m_controller->bench();
    const QString obstacle = m_controller->obstacle();
    for (int i = 0; i < 3; ++i)
        if (kKinds[i] == bench.settings().ablation) m_ablation->setCurrent(i);
    m_text->setText(tr("Text: %1 …").arg(pruneTextSource(bench.settings().test)));
    m_text->setToolTip(tr("Measured on: %1\nChosen on: %2\nClick to choose texts, orders, score, steps and seed")
                           .arg(pruneTextName(bench.settings().test), pruneTextName(bench.settings().calibration)));
    const bool complete = bench.curve() && bench.curve()->complete;
    m_measure->setText(m_controller->measuringCurve() ? tr("Stop")
                       : complete                     ? tr("Measured")
                       : bench.curve()                ? tr("Go on")
                                                      : tr("Measure"));
    m_measure->setEnabled(m_controller->measuringCurve() || (!complete && obstacle.isEmpty()));
    m_measure->setToolTip(m_controller->measuringCurve() ? tr("Stop; what is measured stays")
                          : complete                     ? tr("The curve is complete for this text and this kind of ablation.")
                                                         : obstacle);

    const CurveValue value = static_cast<CurveValue>(std::clamp(m_value->current(), 0, 2));
    m_title->setText(value == CurveValue::Loss       ? tr("Loss as heads are switched off")
                     : value == CurveValue::Accuracy ? tr("Accuracy as heads are switched off")
                                                     : tr("KL as heads are switched off"));
    const PruneCurveLines lines = pruneCurveLines(bench, value);
    m_chart->setLines(lines, int(bench.cuts().size()), stops());
    StateContent content;
    if (!obstacle.isEmpty()) {
        content.title = tr("Nothing can be measured");
        content.sentence = obstacle;
        content.bad = false;
        if (const auto& model = m_c.project->model(); model && model->canRun() && model->canPredict())
            content.buttons << StateButton{QStringLiteral("text"),
                                           model->tokenizer() ? tr("Choose a text …") : tr("Choose token ids …"),
                                           true,
                                           {}};
    } else if (lines.empty()) {
        content.title = m_controller->measuringCurve() ? tr("Measuring the curve") : tr("What does cutting heads do?");
        const double cost = m_controller->curveCost();
        PruningSpec asked;
        asked.score = bench.settings().score.value_or(exactKind(bench.settings().ablation));
        QStringList orders;
        for (const OrderKind order : bench.settings().orders) orders << orderTitle(order, asked);
        content.sentence = m_controller->measuringCurve()
                               ? tr("The first lines appear as soon as they are known.")
                               : tr("%1: %2 heads, against %3 random orders; about %4. Or switch heads off in the atlas, one by one.")
                                     .arg(orders.join(QStringLiteral(", ")))
                                     .arg(bench.headCount())
                                     .arg(bench.settings().randomOrders)
                                     .arg(durationText(std::max(1.0, std::ceil(cost))));
        if (!m_controller->measuringCurve()) content.buttons << StateButton{QStringLiteral("measure"), tr("Measure the curve"), true, {}};
    }
    if (content.title.isEmpty()) m_chartStack->setCurrentIndex(0);
    else {
        if (!(m_state->content() == content)) m_state->setContent(content);
        if (!m_controller->measuringCurve()) m_state->clearProgress();
        m_chartStack->setCurrentIndex(1);
    }
    m_value->setEnabled(!lines.empty());
    m_where->setText(curveWords());
    Q_EMIT statusChanged(statusText());
}

QString PruneWorkspace::curveWords() const
{
    const PruneBench& bench = *m_controller->bench();
    QStringList words;
    if (m_controller->measuringCurve()) words << (m_progress.isEmpty() ? tr("Measuring …") : m_progress);
    else if (bench.curve() && !bench.curve()->complete) words << tr("Not finished: Go on measures the rest.");
    for (const QString& part : {m_controller->measuringCurve() ? QString() : againstRandomWords(bench), comparisonWords(bench)})
        if (!part.isEmpty()) words << part;
    return words.join(QLatin1Char(' '));
}

void PruneWorkspace::refreshHeads()
{
    QStringList parts;
    bool missing = false;
    for (const ImportanceKind kind : m_heads->kinds()) {
        if (kind == m_heads->kinds().front()) continue;
        const double rho = m_heads->correlation(kind);
        if (std::isfinite(rho)) parts << QStringLiteral("%1 %2").arg(importanceTitle(kind), numberText(rho, 2));
        missing |= !m_heads->table(kind) || !m_heads->table(kind)->complete;
    }
    const auto exact = m_heads->table(m_heads->kinds().front());
    QString words = parts.isEmpty() ? tr("Each score is compared with the exact effect of the head alone (Spearman's rank correlation).")
                                    : tr("Spearman's rank correlation with the exact effect: %1.").arg(parts.join(QStringLiteral(", ")));
    if (exact && exact->data.prompts > 0)
        words += QLatin1Char(' ')
                 + tr("%1 Measured on %2 passages, %3 tokens of the calibration text; intervals in the tooltips.")
                       .arg(ablationSentence(m_controller->bench()->settings().ablation))
                       .arg(exact->data.prompts)
                       .arg(countText(exact->data.tokens));
    m_correlations->setText(words);
    m_scores->setEnabled(missing && m_controller->obstacle().isEmpty());
}

void PruneWorkspace::refreshTable()
{
    const PruneBench& bench = *m_controller->bench();
    const CurveValue value = static_cast<CurveValue>(std::clamp(m_value->current(), 0, 2));
    const PruneCurveLines lines = pruneCurveLines(bench, value);
    std::vector<std::pair<QString, const CurvePoints*>> columns;
    const auto& curve = bench.curve();
    if (!lines.greedy.empty()) columns.emplace_back(tr("Greedy"), &lines.greedy);
    if (!lines.byEffect.empty()) columns.emplace_back(curve ? orderTitle(OrderKind::Score, curve->spec) : tr("By effect"), &lines.byEffect);
    for (const CurveOrder& order : lines.more) columns.emplace_back(order.title, &order.points);
    if (!lines.median.empty()) {
        columns.emplace_back(tr("Random 5 %"), &lines.low);
        columns.emplace_back(tr("Random median"), &lines.median);
        columns.emplace_back(tr("Random 95 %"), &lines.high);
    }
    QStringList titles{tr("Heads off"), tr("Cut last")};
    for (const auto& [title, points] : columns) titles << title;
    m_table->setColumnCount(int(titles.size()));
    m_table->setHorizontalHeaderLabels(titles);
    const CurvePoints* longest = nullptr;
    for (const auto& [title, points] : columns)
        if (!longest || points->size() > longest->size()) longest = points;
    const PruningSeries* leading = bench.leading();
    m_table->setRowCount(longest ? int(longest->size()) : 0);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const double off = (*longest)[std::size_t(row)].first;
        QString last;
        if (const int point = curve && leading ? PruneBench::pointAt(*curve, *leading, int(off)) : -1; point >= 0) {
            const auto cut = leading->cutAt(std::size_t(point));
            if (!cut.empty()) last = QString::fromStdString(headName(cut.back()));
        }
        QStringList cells{QString::number(int(off)), last};
        for (const auto& [title, points] : columns) cells << number(valueAt(*points, off));
        for (int c = 0; c < int(cells.size()); ++c) {
            auto* item = new QTableWidgetItem(cells[c]);
            item->setTextAlignment((c == 1 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            item->setData(Qt::UserRole, int(off));
            m_table->setItem(row, c, item);
        }
    }
    for (int c = 0; c < m_table->columnCount(); ++c)
        if (auto* item = m_table->horizontalHeaderItem(c)) {
            item->setTextAlignment((c == 1 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            item->setToolTip(titles[c]);
        }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    const QString where = againstRandomWords(bench);
    m_tableWhere->setText(columns.empty() ? tr("The curve is not measured yet.") : curveValueTitle(value) + QStringLiteral(". ") + where);
}

QString PruneWorkspace::obstacle() const
{
    return noPredictionBecause(*m_c.project, PruneController::needsWeights(), PruneController::needsOutput());
}

std::optional<DockPage> PruneWorkspace::sidePage() const { return DockPage{tr("Cuts"), m_cuts, m_cuts->title()}; }

QString PruneWorkspace::statusText() const
{
    const PruneBench& bench = *m_controller->bench();
    QStringList parts{tr("%1 of %2 heads off").arg(bench.cuts().size()).arg(bench.headCount())};
    const auto loss = bench.textLoss(), change = bench.textChange();
    if (loss && change)
        parts << tr("loss %1, all heads %2").arg(numberText(*loss + *change, 4), numberText(*loss, 4))
              << tr("change %1 nats").arg(numberText(*change, 4, true));
    parts << tr("ablation: %1").arg(ablationWord(bench.settings().ablation));
    if (m_controller->lastSwitchSeconds() >= 0 && bench.live())
        parts << tr("last switch %1 ms").arg(qRound(m_controller->lastSwitchSeconds() * 1000));
    return parts.join(QStringLiteral("   |   "));
}

FigureSubject PruneWorkspace::figureSubject() const
{
    if (m_tabs->currentWidget() == m_pairs && !m_controller->bench()->pairs().empty()) return m_pairs->figureSubject();
    return curveSubject();
}

FigureSubject PruneWorkspace::curveSubject() const
{
    FigureSubject s;
    s.spec.kind = FigureKind::Drawing;
    s.spec.drawing = curveDrawing(*m_controller->bench(), m_chart->lines());
    s.screen = m_chart->size();
    return s;
}

void PruneWorkspace::openTextDialog()
{
    auto* dialog = new PruneTextDialog(m_controller->bench()->settings(), !m_c.project->model() || m_c.project->model()->tokenizer(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PruneTextDialog::chosen, m_controller->bench(), &PruneBench::setSettings);
    dialog->open();
}

void PruneWorkspace::openBudgetDialog()
{
    auto* dialog = new PruneBudgetDialog(*m_controller->bench(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PruneBudgetDialog::chosen, m_controller, &PruneController::cutWithin);
    dialog->open();
}

void PruneWorkspace::openSaveDialog()
{
    auto* dialog = new PruneSaveDialog(m_c, m_controller, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PruneSaveDialog::compareRequested, this, &PruneWorkspace::compareRequested);
    dialog->open();
}

}  // namespace hs::ui
