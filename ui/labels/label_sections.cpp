// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_sections.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/kit/label.h"
#include "ui/labels/example_maps.h"
#include "ui/labels/example_rows.h"
#include "ui/labels/label_code.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/labels/null_bar.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QLabel* words(Ink token, Type type, bool bold = false)
{
    QLabel* label = makeLabel({}, token, type, bold);
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
    lines << LabelSummary::tr("Mean %1, held against %2: %3")
                 .arg(labelNumber(label.observed, 3), nullTitle(label.nullKind), labelNumber(label.null, 3));
    for (const NullValue& null : label.nulls)
        if (null.kind != label.nullKind) lines << LabelSummary::tr("%1: %2").arg(nullTitle(null.kind), labelNumber(null.value, 3));
    lines << LabelSummary::tr("p = %1, q = %2 after correction").arg(probabilityText(label.p), probabilityText(label.q));
    lines << LabelSummary::tr("odd passages %1, even passages %2").arg(labelNumber(label.scoreOdd), labelNumber(label.scoreEven));
    return lines.join(QLatin1Char('\n'));
}

/// As many lines as are to be shown, made and dropped at the end of the column.
void setLines(std::vector<LabelChipLine*>& lines, QVBoxLayout* column, std::size_t count)
{
    while (lines.size() > count) {
        delete lines.back();
        lines.pop_back();
    }
    while (lines.size() < count) {
        lines.push_back(new LabelChipLine);
        column->addWidget(lines.back());
    }
}

constexpr std::size_t kNear = 3;  // tested labels that a head without one shows unasked
constexpr int kCodeRoom = 30;

}  // namespace

LabelChipLine::LabelChipLine(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void LabelChipLine::setLabel(const HeadLabel& label, bool primary)
{
    m_primary = primary;
    m_mark = LabelMark{label.status == LabelStatus::Candidate ? LabelMark::State::Candidate : LabelMark::State::Awarded, label.id.kind,
                       labelFamily(label.id.kind), labelCode(label.id.kind), label.score};
    m_title = labelTitle(label.id);
    if (label.status == LabelStatus::Candidate) m_title = tr("%1, candidate").arg(m_title);
    m_score = labelNumber(label.score);
    m_why.clear();
    setAccessibleName(tr("%1, score %2").arg(m_title, m_score));
    setToolTip(nullTip(label));
    updateGeometry();
    update();
}

void LabelChipLine::setTested(const HeadLabel& label, const QString& why)
{
    m_primary = false;
    const QString code = labelCode(label.id.kind);
    m_mark = LabelMark{LabelMark::State::None, label.id.kind, LabelFamily::None, code.isEmpty() ? QStringLiteral("·") : code, label.score};
    m_title = labelTitle(label.id);
    // The null stands beside the score only where both have one scale; else the tooltip has it with what it belongs to.
    const NullBarValues bar = nullBarValues(label);
    m_score = bar.valid && std::abs(bar.score - label.score) < 1e-9 ? tr("%1, null %2").arg(labelNumber(label.score), labelNumber(bar.null))
                                                                    : labelNumber(label.score);
    m_why = why;
    setAccessibleName(tr("%1: %2, %3; %4").arg(m_title, statusTitle(label.status), m_score, why));
    setToolTip(QStringLiteral("%1: %2\n%3").arg(m_title, statusTitle(label.status), nullTip(label)));
    updateGeometry();
    update();
}

QSize LabelChipLine::sizeHint() const { return {200, heightForWidth(std::max(200, width()))}; }

int LabelChipLine::heightForWidth(int width) const
{
    if (m_why.isEmpty()) return lineHeight();
    const QFontMetrics metrics(Theme::instance().font(Type::Caption));
    return lineHeight() + metrics.boundingRect(QRect(0, 0, width - kCodeRoom, 1000), Qt::TextWordWrap, m_why).height() + 2;
}

/// The hint's height belongs to a width, and a layout takes it for the most that is wanted.
void LabelChipLine::resizeEvent(QResizeEvent* event)
{
    if (event->size().width() != event->oldSize().width() && !m_why.isEmpty()) updateGeometry();
}

void LabelChipLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int line = lineHeight();
    const double middle = line / 2.0;
    paintLabelCode(painter, QRectF(0, middle - 7.5, 22, 15), m_mark);
    painter.setFont(Theme::instance().font(m_primary ? Type::Base : Type::Caption, m_primary));
    painter.setPen(ink(m_primary ? Ink::Text : Ink::Muted));
    const QFontMetrics metrics(painter.font());
    const int score = metrics.horizontalAdvance(m_score);
    const int room = width() - kCodeRoom - score - 8;
    painter.drawText(QRect(kCodeRoom, 0, room, line), Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(m_title, Qt::ElideRight, room));
    painter.drawText(QRect(0, 0, width(), line), Qt::AlignRight | Qt::AlignVCenter, m_score);
    if (!m_why.isEmpty()) painter.drawText(QRect(kCodeRoom, line - 2, width() - kCodeRoom, height()), Qt::TextWordWrap, m_why);
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
    m_sample = words(Ink::Muted, Type::Caption);
    m_trust = words(Ink::Muted, Type::Caption);
    m_trust->setObjectName(QStringLiteral("labelTrust"));
    m_cause = words(Ink::Muted, Type::Caption);
    m_attributes = words(Ink::Muted, Type::Caption);
    m_note = words(Ink::Text, Type::Caption);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_bar);
    column->addWidget(m_sentence);
    m_nearColumn = new QVBoxLayout;
    m_nearColumn->setSpacing(0);
    column->addLayout(m_nearColumn);
    for (QLabel* label : {m_sample, m_trust, m_cause, m_attributes, m_note}) column->addWidget(label);
    m_rest = quietButton({});
    m_rest->setObjectName(QStringLiteral("restOfLabels"));
    m_rest->setCheckable(true);
    m_restBox = new QWidget;
    m_restColumn = new QVBoxLayout(m_restBox);
    m_restColumn->setContentsMargins(0, 0, 0, 4);
    m_restColumn->setSpacing(0);
    m_restBox->hide();
    auto* fold = new QHBoxLayout;
    fold->addWidget(m_rest);
    fold->addStretch();
    column->addLayout(fold);
    column->addWidget(m_restBox);
    connect(m_rest, &QPushButton::toggled, this, &LabelSummary::refreshRest);
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
            const bool coded = !labelCode(label.id.kind).isEmpty();
            if (label.status != LabelStatus::Awarded && !(coded && label.status == LabelStatus::Candidate)) continue;
            if (!coded) attributes << inSentence(labelTitle(label.id)) + QLatin1Char(' ') + labelNumber(label.score);
            else if (shown.empty() || shown.front().first != &label) shown.emplace_back(&label, false);
        }
    }
    setLines(m_chips, m_chipColumn, shown.size());
    for (std::size_t i = 0; i < shown.size(); ++i) m_chips[i]->setLabel(*shown[i].first, shown[i].second);

    const HeadLabel* label = report ? shownLabel(*report) : nullptr;
    const HeadLabel* measured = label ? label : report ? nearestLabel(*report) : nullptr;
    m_bar->setValues(measured ? nullBarValues(*measured) : NullBarValues{}, measured ? nullTip(*measured) : QString());
    if (report) {
        const auto whole = m_c.labels->report();
        say(m_sentence, headSentence(*report, whole->complete, whole->provenance.parameters));
        QString sample = measured ? sampleSentence(*measured, whole->provenance) : QString();
        if (label && report->explained > 0)
            sample += QLatin1Char('\n') + tr("Labels explain %1 % of its attention.").arg(qRound(100 * report->explained));
        say(m_sample, sample);
        say(m_trust, measured ? trustSentence(*measured) : QString());
        say(m_cause, label && label->status == LabelStatus::Awarded
                         ? causeTitle(*label, !m_c.project->model() || m_c.project->model()->canPredict())
                         : QString());
        say(m_attributes, attributes.isEmpty() ? QString() : tr("Also: %1").arg(attributes.join(QStringLiteral(", "))));
    } else {
        for (QLabel* l : {m_sentence, m_sample, m_trust, m_cause, m_attributes}) say(l, {});
    }
    QString own = note.label.isEmpty() ? QString() : tr("Your label: %1").arg(note.label);
    if (!note.text.isEmpty()) own += (own.isEmpty() ? QString() : QStringLiteral("\n")) + note.text;
    say(m_note, own);
    refreshRest();
    m_all->setVisible(report != nullptr);
    m_edit->setEnabled(m_c.labels != nullptr);
    Q_EMIT refreshed();
}

void LabelSummary::refreshRest()
{
    const HeadReport* report = m_c.labels ? m_c.labels->head(m_c.selection->head()) : nullptr;
    std::vector<const HeadLabel*> tested, near;
    const HeadLabel* first = report ? shownLabel(*report) : nullptr;
    if (report)
        for (const HeadLabel& label : report->labels) {
            const bool shown = label.status == LabelStatus::Awarded || &label == first
                               || (label.status == LabelStatus::Candidate && !labelCode(label.id.kind).isEmpty());
            if (!shown) tested.push_back(&label);
        }
    if (report && !first) {  // no label: what came closest stands open, whatever can stand for a head before attributes
        std::stable_sort(tested.begin(), tested.end(), [](const HeadLabel* a, const HeadLabel* b) {
            const bool ca = !labelCode(a->id.kind).isEmpty(), cb = !labelCode(b->id.kind).isEmpty();
            return ca != cb ? ca : closeness(*a) > closeness(*b);
        });
        const auto end = tested.begin() + std::ptrdiff_t(std::min(kNear, tested.size()));
        near.assign(tested.begin(), end);
        tested.erase(tested.begin(), end);
    }
    const auto put = [&](const std::vector<const HeadLabel*>& from, std::vector<LabelChipLine*>& lines, QVBoxLayout* column) {
        setLines(lines, column, from.size());
        for (std::size_t i = 0; i < from.size(); ++i)
            lines[i]->setTested(*from[i], notAwardedBecause(*from[i], m_c.labels->report()->provenance.parameters));
    };
    put(near, m_nearLines, m_nearColumn);
    const int lacking =
        int(std::count_if(tested.begin(), tested.end(), [](const HeadLabel* l) { return l->status == LabelStatus::Insufficient; }));
    m_rest->setVisible(!tested.empty());
    m_restBox->setVisible(m_rest->isChecked() && !tested.empty());
    const int no = int(tested.size()) - lacking;
    m_rest->setText((m_rest->isChecked() ? QStringLiteral("▾ ") : QStringLiteral("▸ "))
                    + (lacking == 0 ? tr("Also tested: %1 no").arg(no)
                       : no == 0    ? tr("Also tested: %1 unclear").arg(lacking)
                                    : tr("Also tested: %1 no, %2 unclear").arg(no).arg(lacking)));
    m_rest->setToolTip(tr("%1 not found, %2 with too little evidence either way").arg(no).arg(lacking));
    if (!m_rest->isChecked()) tested.clear();  // lines that nobody sees are not made
    std::stable_sort(tested.begin(), tested.end(), [](const HeadLabel* a, const HeadLabel* b) {
        const bool la = a->status == LabelStatus::Insufficient, lb = b->status == LabelStatus::Insufficient;
        return la != lb ? lb : closeness(*a) > closeness(*b);
    });
    put(tested, m_restLines, m_restColumn);
}

LabelExamples::LabelExamples(const ViewContext& context, QWidget* parent)
    : QWidget(parent), m_c(context), m_feed(new ExampleMapFeed(context.bridge, this))
{
    auto* all = new QVBoxLayout(this);  // with its hairline, so that both go when there are no examples
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(measure::kWindowMargin, 8, measure::kWindowMargin, 10);
    column->setSpacing(2);
    all->addLayout(column);
    all->addWidget(makeHairline());
    m_bestTitle = makeLabel(tr("Strongest rows"), Ink::Muted, Type::Caption, true);
    m_worstTitle = makeLabel(tr("Counter-examples"), Ink::Muted, Type::Caption, true);
    m_best = new ExampleRows;
    m_best->setObjectName(QStringLiteral("strongestRows"));
    m_best->setAccessibleName(m_bestTitle->text());
    m_worst = new ExampleRows;
    m_worst->setObjectName(QStringLiteral("counterRows"));
    m_worst->setAccessibleName(m_worstTitle->text());
    m_bestMaps = new ExampleMaps;
    m_bestMaps->setAccessibleName(tr("Maps of the strongest rows"));
    m_worstMaps = new ExampleMaps;
    m_worstMaps->setAccessibleName(tr("Maps of the counter-examples"));
    m_more = quietButton(tr("More in the corpus …"));
    column->addWidget(m_bestTitle);
    column->addWidget(m_bestMaps);
    column->addWidget(m_best);
    column->addSpacing(4);
    column->addWidget(m_worstTitle);
    column->addWidget(m_worstMaps);
    column->addWidget(m_worst);
    auto* row = new QHBoxLayout;
    row->addWidget(m_more);
    row->addStretch();
    column->addLayout(row);
    for (ExampleRows* rows : {m_best, m_worst}) {
        rows->setOpensOnClick(true);
        connect(rows, &ExampleRows::opened, this, &LabelExamples::open);
    }
    for (ExampleMaps* maps : {m_bestMaps, m_worstMaps}) connect(maps, &ExampleMaps::opened, this, &LabelExamples::open);
    connect(m_feed, &ExampleMapFeed::arrived, this, [this](int line, const std::shared_ptr<const MatrixF>& cells) {
        const int best = int(m_bestMaps->maps().size());
        if (line < best) m_bestMaps->setCells(line, cells);
        else m_worstMaps->setCells(line - best, cells);
    });
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
        m_mass = label->mass;
        // Maps and numbers are what the label counted: by norms, shares of what is written. Synthetic sequences always count weights,
        // which is worth a word where the rest went by norms.
        const QString pattern = m_mass == RowMass::Norms                 ? tr("%1, by norms")
                                : labelledByNorms(*m_c.labels->report()) ? tr("%1, by weights")
                                                                         : QStringLiteral("%1");
        m_bestTitle->setText(
            pattern.arg(shownLabel(*report) ? tr("Strongest rows") : tr("Strongest rows for %1").arg(inSentence(labelTitle(label->id)))));
        m_worstTitle->setText(pattern.arg(tr("Counter-examples")));
    }
    m_bestTitle->setVisible(!best.empty());
    m_worstTitle->setVisible(!worst.empty());
    m_best->setLines(std::move(best));
    m_worst->setLines(std::move(worst));
    if (isVisible()) askMaps();
    else {
        m_asked = false;
        m_bestMaps->setMaps({});
        m_worstMaps->setMaps({});
    }
    m_more->setVisible(label != nullptr);
    m_has = label != nullptr;
    setVisible(m_wanted && m_has);
}

void LabelExamples::setWanted(bool wanted)
{
    m_wanted = wanted;
    setVisible(m_wanted && m_has);
}

void LabelExamples::askMaps()
{
    m_asked = true;
    const auto& model = m_c.project->model();
    std::vector<ExampleLine> all;
    for (const auto& [rows, maps] : {std::pair{m_best, m_bestMaps}, std::pair{m_worst, m_worstMaps}}) {
        std::vector<ExampleMap> list;
        if (model && model->canRun())
            for (const ExampleLine& line : rows->lines())
                list.push_back({line, exampleWindow(line), model->config().visibility(m_c.selection->head().layer), nullptr, m_mass});
        for (const ExampleMap& map : list) all.push_back(map.line);
        maps->setMaps(std::move(list));
    }
    m_feed->ask(model, m_c.selection->head(), all, m_mass);
}

void LabelExamples::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_asked) askMaps();
}

void LabelExamples::open(const ExampleLine& line)
{
    showExample(m_c, line);
    Q_EMIT passageOpened();
}

void showExample(const ViewContext& context, const ExampleLine& line)
{
    context.selection->release();
    openPassage(*context.project, line.document);
    context.selection->lock(line.row.query, line.row.keys.empty() ? -1 : line.row.keys.front());
}

}  // namespace hs::ui
