// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_tables.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/kit/numbers.h"
#include "ui/kit/plain_edit.h"
#include "ui/labels/label_measures.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/labels/score_scatter.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QPushButton* closeButton(QDialog* dialog)
{
    auto* button = new QPushButton(ScoresDialog::tr("Close"));
    QObject::connect(button, &QPushButton::clicked, dialog, &QDialog::reject);
    return button;
}

}  // namespace

ScoresDialog::ScoresDialog(const ViewContext& context, QWidget* parent) : QDialog(parent), m_c(context)
{
    setObjectName(QStringLiteral("scoresDialog"));
    setWindowTitle(tr("All scores of a head"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_title = new QLabel;
    m_title->setFont(Theme::instance().font(Type::ViewTitle, true));
    m_model = new QStandardItemModel(this);
    m_model->setHorizontalHeaderLabels({tr("Label"), tr("Status"), tr("Data"), tr("View"), tr("Score"), tr("Needed"), tr("Null"),
                                        tr("95 % of the excess"), tr("p"), tr("q"), tr("Passages"), tr("Rows"), tr("Share on content")});
    m_numbers = new QStandardItemModel(this);
    m_numbers->setHorizontalHeaderLabels({tr("Number"), tr("View"), tr("Value")});
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("All labels that were tested"));
    m_numbersTable = new QTableView;
    m_numbersTable->setModel(m_numbers);
    m_numbersTable->setAccessibleName(tr("Other numbers of this head"));
    for (QTableView* table : {m_table, m_numbersTable}) {
        table->verticalHeader()->hide();
        table->verticalHeader()->setDefaultSectionSize(measure::kTableRow);
        table->setFrameShape(QFrame::NoFrame);
        table->setShowGrid(false);
        table->setWordWrap(false);
        table->setEditTriggers(QAbstractItemView::NoEditTriggers);
        table->setSelectionBehavior(QAbstractItemView::SelectRows);
        table->setTabKeyNavigation(false);
        table->horizontalHeader()->setHighlightSections(false);
    }
    m_more = new QLabel;
    m_more->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_more->setMargin(12);
    m_more->setWordWrap(true);
    m_more->setForegroundRole(QPalette::PlaceholderText);
    m_more->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_lacking = new QCheckBox;
    connect(m_lacking, &QCheckBox::toggled, this, &ScoresDialog::refresh);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(closeButton(this));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(8);
    all->addWidget(m_title);
    auto* labels = new QWidget;
    auto* column = new QVBoxLayout(labels);
    column->setContentsMargins(0, 0, 0, 4);
    column->addWidget(m_table, 1);
    column->addWidget(m_lacking);
    auto* remarks = new QScrollArea;
    remarks->setWidget(m_more);
    remarks->setWidgetResizable(true);
    remarks->setFrameShape(QFrame::NoFrame);
    auto* tabs = new QTabWidget;
    tabs->setUsesScrollButtons(false);
    tabs->addTab(labels, tr("Labels"));
    tabs->addTab(m_numbersTable, tr("Other numbers"));
    tabs->addTab(remarks, tr("Remarks"));
    all->addWidget(tabs, 1);
    all->addLayout(buttons);
    resize(1180, 560);
    connect(m_c.labels, &LabelStore::changed, this, &ScoresDialog::refresh);
    connect(m_c.selection, &Selection::headChanged, this, &ScoresDialog::refresh);
    refresh();
}

void ScoresDialog::refresh()
{
    const HeadId head = m_c.selection->head();
    const HeadReport* report = m_c.labels->head(head);
    m_title->setText(tr("L%1 H%2: all scores").arg(head.layer).arg(head.head));
    m_model->removeRows(0, m_model->rowCount());
    m_numbers->removeRows(0, m_numbers->rowCount());
    if (!report) {
        m_more->setText(tr("Not labelled yet."));
        m_lacking->hide();
        return;
    }
    const auto lacking = std::count_if(report->labels.begin(), report->labels.end(),
                                       [](const HeadLabel& l) { return l.status == LabelStatus::Insufficient; });
    m_lacking->setVisible(lacking > 0);
    m_lacking->setText(tr("Also those with too little evidence (%1)").arg(lacking));
    for (const HeadLabel& label : report->labels) {
        if (label.status == LabelStatus::Insufficient && !m_lacking->isChecked()) continue;
        QList<QStandardItem*> row;
        const bool interval = label.high > label.low;
        // A score above its threshold and still no label: the reason stands beside it, not in a tip.
        QString status = statusTitle(label.status);
        if (label.status == LabelStatus::Candidate) status = tr("%1: %2").arg(status, candidateReason(label));
        else if (const QString missing = missingSentence(label);
                 label.status == LabelStatus::None && label.score >= label.threshold && !missing.isEmpty())
            status = tr("%1: %2").arg(status, missing);
        const bool weights = label.data == DataKind::Weights;
        const QString texts[] = {labelTitle(label.id),
                                 status,
                                 dataTitle(label.data),
                                 viewTitle(label.view),
                                 labelNumber(label.score),
                                 labelNumber(label.threshold),
                                 labelNumber(label.null),
                                 interval ? tr("%1 to %2").arg(labelNumber(label.low), labelNumber(label.high)) : QStringLiteral("–"),
                                 probabilityText(label.p),
                                 probabilityText(label.q),
                                 weights ? QStringLiteral("–") : countText(label.documents),
                                 weights ? QStringLiteral("–") : countText(label.events),
                                 weights ? QStringLiteral("–") : labelNumber(label.gate)};
        QStringList criteria;
        for (const LabelCriterion& c : label.criteria)
            criteria << tr("%1: %2, %3 %4")
                            .arg(numberTitle(c.name), labelNumber(c.value, 3), c.atMost ? tr("at most") : tr("at least"),
                                 labelNumber(c.threshold, 3));
        criteria << tr("held against %1").arg(nullTitle(label.nullKind));
        if (label.status == LabelStatus::Awarded)
            criteria << causeTitle(label, !m_c.project->model() || m_c.project->model()->canPredict());
        for (int c = 0; c < int(std::size(texts)); ++c) {
            auto* item = new QStandardItem(texts[c]);
            item->setToolTip(criteria.join(QLatin1Char('\n')));
            if (c >= 4) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (label.status != LabelStatus::Awarded) item->setForeground(ink(Ink::Muted));
            row << item;
        }
        m_model->appendRow(row);
    }
    m_table->resizeColumnsToContents();
    for (int c = 0; c < m_model->columnCount(); ++c) m_table->setColumnWidth(c, m_table->columnWidth(c) + 16);  // the style's own margins
    for (const hs::HeadScore& score : report->scores) {
        QString title = numberTitle(score.key);
        if (!title.isEmpty()) title[0] = title[0].toUpper();
        QString number = labelNumber(score.value, 3);
        if (score.null) number = tr("%1 (%2 %3)").arg(number, nullTitle(score.null->kind), labelNumber(score.null->value, 3));
        auto* value = new QStandardItem(number);
        value->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_numbers->appendRow({new QStandardItem(title), new QStandardItem(viewTitle(score.view)), value});
    }
    m_numbersTable->setColumnWidth(0, 340);
    QStringList lines;
    lines << noteSentences(report->notes);
    if (const QStringList model = noteSentences(m_c.labels->report()->notes); !model.isEmpty()) lines << tr("About this model:") << model;
    m_more->setText(lines.isEmpty() ? tr("No remarks.") : lines.join(QLatin1Char('\n')));
}

QString ScoresDialog::remarks() const { return m_more->text(); }

ScatterDialog::ScatterDialog(const ViewContext& context, QWidget* parent) : QDialog(parent), m_c(context)
{
    setObjectName(QStringLiteral("scatterDialog"));
    setWindowTitle(tr("Two scores of all heads"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_x = new QComboBox;
    m_x->setAccessibleName(tr("Across"));
    m_y = new QComboBox;
    m_y->setAccessibleName(tr("Upward"));
    m_scatter = new ScoreScatter;
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(8);
    bar->addWidget(new QLabel(tr("Across")));
    bar->addWidget(m_x, 1);
    bar->addSpacing(8);
    bar->addWidget(new QLabel(tr("Upward")));
    bar->addWidget(m_y, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_note, 1);
    foot->addWidget(closeButton(this));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(8);
    all->addLayout(bar);
    all->addWidget(m_scatter, 1);
    all->addLayout(foot);
    resize(720, 600);
    connect(m_scatter, &ScoreScatter::chosen, m_c.selection, &Selection::setHead);
    connect(m_c.selection, &Selection::headChanged, this, [this](HeadId head) { m_scatter->setSelected(head); });
    connect(m_c.labels, &LabelStore::changed, this, &ScatterDialog::fill);
    connect(m_c.labels, &LabelStore::filterChanged, this, &ScatterDialog::refresh);
    for (QComboBox* box : {m_x, m_y}) connect(box, &QComboBox::activated, this, &ScatterDialog::refresh);
    fill();
    m_scatter->setFocus();
}

void ScatterDialog::fill()
{
    const QString x = m_x->currentData().toString(), y = m_y->currentData().toString();
    m_x->clear();
    m_y->clear();
    const auto report = m_c.labels->report();
    if (report)
        for (const LabelMeasure& measure : labelMeasures(*report))
            for (QComboBox* box : {m_x, m_y}) box->addItem(measure.title, measure.key);
    const auto choose = [](QComboBox* box, const QString& before, const QString& wanted, int fallback) {
        int at = box->findData(before.isEmpty() ? wanted : before);
        box->setCurrentIndex(at >= 0 ? at : std::min(fallback, box->count() - 1));
    };
    choose(m_x, x, QStringLiteral("label:previous-token"), 0);
    choose(m_y, y, QStringLiteral("label:induction"), 1);
    refresh();
}

void ScatterDialog::refresh()
{
    const auto report = m_c.labels->report();
    std::vector<ScoreScatter::Point> points;
    int without = 0;
    if (report)
        for (const HeadReport& head : report->heads) {
            if (!m_c.labels->passes(head.head)) continue;
            const auto x = measureOf(m_x->currentData().toString(), head), y = measureOf(m_y->currentData().toString(), head);
            if (x && y) points.push_back({head.head, *x, *y, m_c.labels->mark(head.head)});
            else ++without;
        }
    QStringList words{tr("%1 heads").arg(points.size())};
    if (without > 0) words << tr("%1 without both numbers").arg(without);
    words << tr("click or arrow keys choose a head");
    m_note->setText(words.join(QStringLiteral(", ")));
    m_scatter->setPoints(std::move(points), m_x->currentText(), m_y->currentText());
    m_scatter->setSelected(m_c.selection->head());
}

NoteDialog::NoteDialog(const ViewContext& context, HeadId head, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("noteDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Your label and note for L%1 H%2").arg(head.layer).arg(head.head));
    const HeadNote note = context.labels->note(head);
    m_label = new QLineEdit(note.label);
    m_label->setMaxLength(60);
    m_label->setPlaceholderText(tr("a few words"));
    m_text = new PlainEdit(note.text);
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(110);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->addRow(tr("Label"), m_label);
    form->addRow(tr("Note"), m_text);
    auto* hint = new QLabel(tr("Kept in the project file; measured labels stay as they are."));
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto* save = new QPushButton(tr("Keep"));
    save->setProperty("primary", true);
    save->setDefault(true);
    auto* cancel = new QPushButton(tr("Cancel"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(8);
    all->addLayout(form);
    all->addWidget(hint);
    all->addLayout(buttons);
    resize(420, 240);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, [this, labels = context.labels, head] {
        labels->setNote(head, {m_label->text(), m_text->toPlainText()});
        accept();
    });
}

}  // namespace hs::ui
