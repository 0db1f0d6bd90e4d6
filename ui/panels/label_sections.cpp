// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/label_sections.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/label_words.h"
#include "ui/panels/dock_title.h"
#include "ui/state/label_store.h"
#include "ui/state/selection.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/views/example_rows.h"
#include "ui/views/label_code.h"
#include "ui/views/null_bar.h"

namespace hs::ui {

namespace {

QLabel* words(Ink token, Type type, bool bold = false)
{
    QLabel* label = makeLabel({}, int(token), int(type), bold);
    label->setWordWrap(true);
    return label;
}

void say(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QPushButton* quietButton(const QString& text)
{
    auto* button = new QPushButton(text);
    button->setProperty("link", true);
    button->setProperty("small", true);
    button->setFont(Theme::instance().font(Type::Caption));
    return button;
}

QString nullTip(const HeadLabel& label)
{
    QStringList lines;
    lines << LabelSummary::tr("Mean %1, held against %2: %3").arg(labelNumber(label.observed, 3), nullTitle(label.nullKind), labelNumber(label.null, 3));
    for (const NullValue& null : label.nulls)
        if (null.kind != label.nullKind) lines << LabelSummary::tr("%1: %2").arg(nullTitle(null.kind), labelNumber(null.value, 3));
    lines << LabelSummary::tr("p = %1, q = %2 after correction").arg(probabilityText(label.p), probabilityText(label.q));
    lines << LabelSummary::tr("odd passages %1, even passages %2").arg(labelNumber(label.scoreOdd), labelNumber(label.scoreEven));
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

LabelChipLine::LabelChipLine(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

void LabelChipLine::setLabel(const HeadLabel& label, bool primary)
{
    m_primary = primary;
    m_mark = LabelMark{label.status == LabelStatus::Candidate ? LabelMark::State::Candidate : LabelMark::State::Awarded, label.id.kind, labelFamily(label.id.kind), labelCode(label.id.kind), label.score};
    m_title = labelTitle(label.id);
    if (label.status == LabelStatus::Candidate) m_title = tr("%1, candidate").arg(m_title);
    m_score = labelNumber(label.score);
    setAccessibleName(tr("%1, score %2").arg(m_title, m_score));
    setToolTip(nullTip(label));
    updateGeometry();
    update();
}

QSize LabelChipLine::sizeHint() const { return {200, m_primary ? 22 : 20}; }

void LabelChipLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const double middle = height() / 2.0;
    paintLabelCode(painter, QRectF(0, middle - 7.5, 22, 15), m_mark);
    painter.setFont(Theme::instance().font(m_primary ? Type::Base : Type::Caption, m_primary));
    painter.setPen(ink(m_primary ? Ink::Text : Ink::Muted));
    const QFontMetrics metrics(painter.font());
    const int score = metrics.horizontalAdvance(m_score);
    painter.drawText(QRect(30, 0, width() - 30 - score - 8, height()), Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(m_title, Qt::ElideRight, width() - 30 - score - 8));
    painter.drawText(QRect(0, 0, width(), height()), Qt::AlignRight | Qt::AlignVCenter, m_score);
}

LabelSummary::LabelSummary(const ViewContext& context, QWidget* parent) : QWidget(parent), m_c(context)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_chipColumn = new QVBoxLayout;
    m_chipColumn->setSpacing(0);
    column->addLayout(m_chipColumn);
    m_bar = new NullBar;
    m_sentence = words(Ink::Text, Type::Base);
    m_sentence->setObjectName(QStringLiteral("labelSentence"));
    m_nearest = words(Ink::Muted, Type::Caption);
    m_sample = words(Ink::Muted, Type::Caption);
    m_cause = words(Ink::Muted, Type::Caption);
    m_attributes = words(Ink::Muted, Type::Caption);
    m_note = words(Ink::Text, Type::Caption);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_bar);
    for (QLabel* label : {m_sentence, m_nearest, m_sample, m_cause, m_attributes, m_note}) column->addWidget(label);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    m_all = quietButton(tr("All scores …"));
    m_all->setObjectName(QStringLiteral("allScores"));
    m_edit = quietButton(tr("Your label and note …"));
    m_edit->setObjectName(QStringLiteral("editNote"));
    row->addWidget(m_all);
    row->addWidget(m_edit);
    row->addStretch();
    column->addLayout(row);
    connect(m_all, &QPushButton::clicked, this, &LabelSummary::allScoresRequested);
    connect(m_edit, &QPushButton::clicked, this, &LabelSummary::noteRequested);
    if (m_c.labels) {
        connect(m_c.labels, &LabelStore::changed, this, &LabelSummary::refresh);
        connect(m_c.labels, &LabelStore::notesChanged, this, &LabelSummary::refresh);
    }
    connect(m_c.selection, &Selection::headChanged, this, &LabelSummary::refresh);
    refresh();
}

QString LabelSummary::sentence() const { return m_sentence->text(); }
QString LabelSummary::evidence() const { return m_sample->text(); }

void LabelSummary::refresh()
{
    const HeadId head = m_c.selection->head();
    const HeadReport* report = m_c.labels ? m_c.labels->head(head) : nullptr;
    const HeadNote note = m_c.labels ? m_c.labels->note(head) : HeadNote{};
    m_has = report != nullptr;
    std::vector<std::pair<const HeadLabel*, bool>> shown;
    QStringList attributes;
    if (report) {
        if (const HeadLabel* first = shownLabel(*report)) shown.emplace_back(first, true);
        for (const HeadLabel& label : report->labels) {
            if (label.status != LabelStatus::Awarded) continue;
            if (labelCode(label.id.kind).isEmpty()) attributes << labelTitle(label.id).toLower() + QLatin1Char(' ') + labelNumber(label.score);
            else if (shown.empty() || shown.front().first != &label) shown.emplace_back(&label, false);
        }
    }
    while (m_chips.size() > shown.size()) {
        delete m_chips.back();
        m_chips.pop_back();
    }
    while (m_chips.size() < shown.size()) {
        m_chips.push_back(new LabelChipLine);
        m_chipColumn->addWidget(m_chips.back());
    }
    for (std::size_t i = 0; i < shown.size(); ++i) m_chips[i]->setLabel(*shown[i].first, shown[i].second);

    const HeadLabel* label = report ? shownLabel(*report) : nullptr;
    const HeadLabel* measured = label ? label : report ? nearestLabel(*report) : nullptr;
    m_bar->setValues(measured ? nullBarValues(*measured) : NullBarValues{}, measured ? nullTip(*measured) : QString());
    if (report) {
        const auto whole = m_c.labels->report();
        say(m_sentence, headSentence(*report, whole->complete, whole->provenance.parameters));
        say(m_nearest, nearestSentence(*report));
        QString sample = measured ? sampleSentence(*measured, whole->provenance) : QString();
        if (label && report->explained > 0) sample += QLatin1Char('\n') + tr("Labels explain %1 % of its attention.").arg(qRound(100 * report->explained));
        say(m_sample, sample);
        say(m_cause, label && label->status == LabelStatus::Awarded ? causeTitle(*label) : QString());
        say(m_attributes, attributes.isEmpty() ? QString() : tr("Also: %1").arg(attributes.join(QStringLiteral(", "))));
    } else {
        for (QLabel* l : {m_sentence, m_nearest, m_sample, m_cause, m_attributes}) say(l, {});
    }
    QString own = note.label.isEmpty() ? QString() : tr("Your label: %1").arg(note.label);
    if (!note.text.isEmpty()) own += (own.isEmpty() ? QString() : QStringLiteral("\n")) + note.text;
    say(m_note, own);
    m_all->setVisible(report != nullptr);
    m_edit->setEnabled(m_c.labels != nullptr);
    Q_EMIT refreshed();
}

LabelExamples::LabelExamples(const ViewContext& context, QWidget* parent) : QWidget(parent), m_c(context)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kWindowMargin, 8, measure::kWindowMargin, 10);
    column->setSpacing(2);
    m_bestTitle = makeLabel(tr("Strongest rows"), int(Ink::Muted), int(Type::Caption), true);
    m_worstTitle = makeLabel(tr("Counter-examples"), int(Ink::Muted), int(Type::Caption), true);
    m_best = new ExampleRows;
    m_best->setObjectName(QStringLiteral("strongestRows"));
    m_best->setAccessibleName(m_bestTitle->text());
    m_worst = new ExampleRows;
    m_worst->setObjectName(QStringLiteral("counterRows"));
    m_worst->setAccessibleName(m_worstTitle->text());
    m_more = quietButton(tr("More in the corpus …"));
    for (QWidget* w : {static_cast<QWidget*>(m_bestTitle), static_cast<QWidget*>(m_best), static_cast<QWidget*>(m_worstTitle), static_cast<QWidget*>(m_worst)}) column->addWidget(w);
    auto* row = new QHBoxLayout;
    row->addWidget(m_more);
    row->addStretch();
    column->addLayout(row);
    for (ExampleRows* rows : {m_best, m_worst}) connect(rows, &ExampleRows::opened, this, &LabelExamples::open);
    connect(m_more, &QPushButton::clicked, this, &LabelExamples::corpusRequested);
    if (m_c.labels) connect(m_c.labels, &LabelStore::changed, this, &LabelExamples::refresh);
    connect(m_c.selection, &Selection::headChanged, this, &LabelExamples::refresh);
    refresh();
}

void LabelExamples::refresh()
{
    const HeadReport* report = m_c.labels ? m_c.labels->head(m_c.selection->head()) : nullptr;
    const HeadLabel* label = report ? shownLabel(*report) : nullptr;
    if (report && !label) label = nearestLabel(*report);
    std::vector<ExampleLine> best, worst;
    if (label) {
        const auto& model = m_c.project->model();
        const Tokenizer* tokenizer = model && model->tokenizer() ? model->tokenizer().get() : nullptr;
        const auto& documents = m_c.labels->report()->documents;
        best = exampleLines(label->best, documents, tokenizer, 5, 4);
        worst = exampleLines(label->worst, documents, tokenizer, 5, 4);
        m_bestTitle->setText(shownLabel(*report) ? tr("Strongest rows") : tr("Strongest rows for %1").arg(labelTitle(label->id).toLower()));
    }
    m_bestTitle->setVisible(!best.empty());
    m_worstTitle->setVisible(!worst.empty());
    m_best->setLines(std::move(best));
    m_worst->setLines(std::move(worst));
    m_more->setVisible(label != nullptr);
    setVisible(label != nullptr);
}

void LabelExamples::open(const ExampleLine& line) { showExample(m_c, line); }

void showExample(const ViewContext& context, const ExampleLine& line)
{
    context.selection->release();
    openPassage(*context.project, line.document);
    context.selection->lock(line.row.query, line.row.keys.empty() ? -1 : line.row.keys.front());
}

}  // namespace hs::ui
