// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_cuts_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <map>

#include "ui/kit/dock_title.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_code.h"
#include "ui/labels/label_store.h"
#include "ui/prune/curve_cuts_list.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_curve.h"
#include "ui/state/project.h"
#include "ui/state/prune_text.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

/// One label's letters with the number of cut heads that carry it.
class Chip : public QWidget {
public:
    Chip(const LabelMark& mark, int count) : m_mark(mark), m_count(count)
    {
        setFixedSize(26 + QFontMetrics(Theme::instance().font(Type::Base)).horizontalAdvance(QString::number(count)) + 6, 20);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter p(this);
        paintLabelCode(p, QRectF(0, 2, 22, 15), m_mark);
        p.setFont(Theme::instance().font(Type::Base));
        p.setPen(ink(Ink::Text));
        p.drawText(QRect(26, 0, width() - 26, 20), Qt::AlignLeft | Qt::AlignVCenter, QString::number(m_count));
    }

private:
    LabelMark m_mark;
    int m_count;
};

/// As many as a dock of its least width holds.
constexpr int kChipsInARow = 5;

void clear(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

}  // namespace

PruneCutsPanel::PruneCutsPanel(const ViewContext& context, PruneController* controller, QWidget* parent)
    : QScrollArea(parent), m_c(context), m_controller(controller)
{
    setObjectName(QStringLiteral("cutsPanel"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_title = new DockTitle(tr("Cuts"));
    m_title->addControl(makeLabel(tr("Undo Ctrl+Z"), Ink::Muted, Type::Caption));

    auto* body = new QWidget;
    body->setAutoFillBackground(true);
    body->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_list = new CutsList(m_c.labels);
    column->addWidget(m_list);

    auto* buttons = new QWidget;
    auto* row = new QVBoxLayout(buttons);
    row->setContentsMargins(measure::kWindowMargin, 12, measure::kWindowMargin, 12);
    auto* line = new QHBoxLayout;
    line->setSpacing(measure::kControlGap);
    m_next = new QPushButton(tr("Cut next best"));
    m_next->setObjectName(QStringLiteral("cutNext"));
    m_next->setProperty("primary", true);
    m_budget = new QPushButton(tr("Run to loss …"));
    m_budget->setToolTip(tr("Cut along the greedy order while the loss stays within a budget"));
    line->addWidget(m_next);
    line->addWidget(m_budget);
    line->addStretch();
    row->addLayout(line);
    m_state = makeLabel({}, Ink::Muted, Type::Caption);
    m_state->setWordWrap(true);
    row->addWidget(m_state);
    column->addWidget(buttons);

    auto* chance = new QWidget;
    auto* chanceColumn = new QVBoxLayout(chance);
    chanceColumn->setContentsMargins(0, 0, 0, 0);
    m_chance = new QGridLayout;
    m_chance->setVerticalSpacing(5);
    m_chance->setColumnStretch(0, 1);
    chanceColumn->addLayout(m_chance);
    m_noChance = makeLabel(tr("Measure the curve: it runs random orders as well."), Ink::Muted, Type::Caption);
    m_noChance->setWordWrap(true);
    chanceColumn->addWidget(m_noChance);
    column->addWidget(section(tr("Is this better than chance?"), chance));

    auto* what = new QWidget;
    m_what = new QGridLayout(what);
    m_what->setContentsMargins(0, 0, 0, 0);
    m_what->setSpacing(8);
    m_what->setColumnStretch(kChipsInARow, 1);
    m_whatSection = section(tr("What was cut"), what);
    column->addWidget(m_whatSection);

    m_facts = makeLabel({}, Ink::Muted, Type::Caption);
    m_facts->setObjectName(QStringLiteral("howMeasured"));
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(section(tr("How it was measured"), m_facts));
    column->addStretch(1);

    auto* foot = new QVBoxLayout;  // one under the other: side by side they are wider than a dock behind the atlas, which would be clipped
    foot->setContentsMargins(measure::kWindowMargin, 8, measure::kWindowMargin, 12);
    foot->setSpacing(measure::kControlGap);
    m_export = new QPushButton(tr("Export curve …"));
    m_save = new QPushButton(tr("Save pruned model …"));
    m_save->setObjectName(QStringLiteral("savePruned"));
    foot->addWidget(m_export, 0, Qt::AlignLeft);
    foot->addWidget(m_save, 0, Qt::AlignLeft);
    column->addLayout(foot);
    setWidget(body);

    connect(m_next, &QPushButton::clicked, controller, &PruneController::cutNextBest);
    connect(m_budget, &QPushButton::clicked, this, &PruneCutsPanel::budgetRequested);
    connect(m_export, &QPushButton::clicked, this, &PruneCutsPanel::exportRequested);
    connect(m_save, &QPushButton::clicked, this, &PruneCutsPanel::saveModelRequested);
    connect(m_list, &CutsList::chosen, m_c.selection, &Selection::setHead);
    connect(m_list, &CutsList::undoRequested, this, [this](HeadId head) { m_c.project->switchHead(head, false); });
    connect(m_list, &CutsList::cutRequested, this, [this](HeadId head) { m_c.project->switchHead(head, true); });
    PruneBench* bench = controller->bench();
    for (const auto signal : {&PruneBench::cutsChanged, &PruneBench::stepsChanged, &PruneBench::curveChanged, &PruneBench::settingsChanged,
                              &PruneBench::aloneChanged})
        connect(bench, signal, this, &PruneCutsPanel::refresh);
    connect(controller, &PruneController::stateChanged, this, &PruneCutsPanel::refresh);
    if (m_c.labels) connect(m_c.labels, &LabelStore::changed, this, &PruneCutsPanel::refreshWhat);
    refresh();
}

QWidget* PruneCutsPanel::section(const QString& title, QWidget* content)
{
    auto* all = new QWidget;
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHairline());
    auto* inside = new QVBoxLayout;
    inside->setContentsMargins(measure::kWindowMargin, 8, measure::kWindowMargin, 12);
    inside->setSpacing(6);
    inside->addWidget(makeLabel(title, Ink::Text, Type::Base, true));
    inside->addWidget(content);
    column->addLayout(inside);
    return all;
}

void PruneCutsPanel::refresh()
{
    const PruneBench& bench = *m_controller->bench();
    const QString obstacle = m_controller->obstacle();
    m_title->setNote(bench.cuts().empty() ? QString() : QString::number(bench.cuts().size()));
    const auto next = bench.nextBest();
    m_list->setRows(bench.rows(), next, m_controller->busy());
    m_list->setFixedHeight(std::min(m_list->preferredHeight(), 24 * 12 + 2));
    m_next->setEnabled(next.has_value());
    m_next->setToolTip(next                  ? tr("Cuts %1; one undo step").arg(QString::fromStdString(headName(next->head)))
                       : !obstacle.isEmpty() ? obstacle
                       : int(bench.cuts().size()) == bench.headCount() ? tr("Every head is off.")
                                                                       : tr("Every head that is on is being tried."));
    m_budget->setEnabled(obstacle.isEmpty());
    m_state->setText(
        !obstacle.isEmpty()                       ? obstacle
        : m_controller->measuringCurve() && !next ? tr("The next best is looked for when the curve is measured.")
        : m_controller->busy() && !next           ? tr("Trying every head that is on …")
        : !sameText(bench.settings().test, bench.settings().calibration)
            ? tr("“Next best” and “Alone off” are changes on the calibration text (%1), “Step” and “Total” on the test text (%2).")
                  .arg(pruneTextName(bench.settings().calibration), pruneTextName(bench.settings().test))
            : QString());
    m_state->setVisible(!m_state->text().isEmpty());
    m_export->setEnabled(bench.curve() || !bench.cuts().empty());
    m_save->setEnabled(!bench.cuts().empty() && !m_controller->writing());
    m_save->setToolTip(bench.cuts().empty() ? tr("No head is off: the file would be the same model.")
                                            : tr("Writes a model file without these heads and compares it with this one"));

    clear(m_chance);
    int line = 0;
    for (const ChanceRow& r : chanceRows(bench)) {
        m_chance->addWidget(makeLabel(r.what, Ink::Text, Type::Base), line, 0);
        auto* value = makeLabel(numberText(r.loss, 3), Ink::Text, Type::Base, r.strong);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_chance->addWidget(value, line++, 1);
    }
    m_noChance->setVisible(!bench.curve() || bench.cuts().empty());
    m_noChance->setText(!obstacle.isEmpty() ? tr("Needs a text to measure on.")
                        : !bench.curve()    ? tr("Measure the curve: it runs random orders as well.")
                                            : tr("Cut a head, or move the curve's cursor."));
    m_facts->setText(obstacle.isEmpty() ? pruneFacts(bench).join(QLatin1Char(' '))
                                        : ablationSentence(bench.settings().ablation) + QLatin1Char(' ')
                                              + tr("Nothing but the prompt's own loss is measured."));
    refreshWhat();
}

void PruneCutsPanel::refreshWhat()
{
    clear(m_what);
    std::vector<std::pair<LabelMark, int>> counts;
    for (const HeadId head : m_controller->bench()->cuts()) {
        const LabelMark mark = m_c.labels ? m_c.labels->mark(head) : LabelMark{};
        if (mark.code.isEmpty()) continue;
        const auto it = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.first.code == mark.code; });
        if (it == counts.end()) counts.emplace_back(mark, 1);
        else ++it->second;
    }
    int place = 0;
    for (const auto& [mark, count] : counts) {
        m_what->addWidget(new Chip(mark, count), place / kChipsInARow, place % kChipsInARow, Qt::AlignLeft);
        ++place;
    }
    m_whatSection->setVisible(!counts.empty());
}

}  // namespace hs::ui
