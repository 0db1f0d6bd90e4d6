// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/corpus_tab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/feature/obstacle.h"
#include "ui/kit/label.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/labels/example_maps.h"
#include "ui/labels/example_rows.h"
#include "ui/labels/label_sections.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

CorpusTab::CorpusTab(const ViewContext& context, QWidget* parent) : CentreTab(parent), m_c(context)
{
    m_feed = new ExampleMapFeed(m_c.bridge, this);
    m_state = new StatePanel;
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(buildBar());
    layout->addLayout(buildSentences());
    layout->addLayout(buildRowsAndMap(), 1);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(page);
    m_stack->addWidget(m_state);
    setFocusProxy(m_rows);
    connectAll();
    refresh();
}

/// Head, label, which rows, and the way to the passage.
QLayout* CorpusTab::buildBar()
{
    m_title = new QLabel;
    m_title->setFont(Theme::instance().font(Type::ViewTitle, true));
    m_label = new QComboBox;
    m_label->setAccessibleName(tr("Label whose rows are shown"));
    m_which = new Segment({tr("Most"), tr("Typical"), tr("Least")});
    m_open = new QPushButton(tr("Open passage"));
    m_open->setToolTip(tr("The passage becomes the prompt and the row is selected (Enter)"));
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kGroupGap);
    bar->addWidget(m_title);
    bar->addStretch(1);
    bar->addWidget(m_label);
    bar->addWidget(m_which);
    bar->addWidget(m_open);
    return bar;
}

QLayout* CorpusTab::buildSentences()
{
    m_sentence = makeLabel({}, Ink::Text, Type::Base);
    m_sentence->setWordWrap(true);
    m_note = makeLabel({}, Ink::Muted, Type::Caption);
    m_note->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    words->setSpacing(2);
    words->addWidget(m_sentence);
    words->addWidget(m_note);
    return words;
}

/// Rows at the left, the map of the chosen one beside them.
QLayout* CorpusTab::buildRowsAndMap()
{
    m_rows = new ExampleRows;
    m_rows->setObjectName(QStringLiteral("corpusRows"));
    m_rows->setAccessibleName(tr("Rows of the corpus"));
    m_rows->setDetailed(true);
    auto* body = new QWidget;
    body->setAutoFillBackground(true);
    body->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(measure::kViewMargin, 4, measure::kViewMargin, 12);
    column->addWidget(m_rows);
    column->addStretch(1);
    m_scroll = new QScrollArea;
    m_scroll->setWidget(body);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    m_map = new ExampleMaps(220);
    m_map->setObjectName(QStringLiteral("corpusMap"));
    m_map->setAccessibleName(tr("Map around the chosen row"));
    m_mapNote = makeLabel({}, Ink::Muted, Type::Caption);
    m_mapNote->setWordWrap(true);
    auto* side = new QVBoxLayout;
    side->setContentsMargins(0, 4, measure::kViewMargin, 12);
    side->addWidget(m_map);
    side->addWidget(m_mapNote);
    side->addStretch(1);
    m_map->setFixedWidth(m_map->sizeHint().width());
    m_mapNote->setFixedWidth(m_map->sizeHint().width());
    auto* lower = new QHBoxLayout;
    lower->setSpacing(0);
    lower->addWidget(m_scroll, 1);
    lower->addLayout(side);
    return lower;
}

void CorpusTab::connectAll()
{
    connect(m_rows, &ExampleRows::opened, this, &CorpusTab::openPassage);
    connect(m_map, &ExampleMaps::opened, this, &CorpusTab::openPassage);
    connect(m_feed, &ExampleMapFeed::arrived, this,
            [this](int, const std::shared_ptr<const MatrixF>& cells) { m_map->setCells(0, cells); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_rows->current() >= int(m_rows->lines().size())) return;
        const ExampleLine line = m_rows->lines()[std::size_t(m_rows->current())];
        openPassage(line);
    });
    connect(m_rows, &ExampleRows::currentChanged, this, [this](int line) {
        m_scroll->ensureVisible(0, m_rows->y() + line * 24 + 12, 0, 24);
        showMap();
        Q_EMIT statusChanged(statusText());
    });
    connect(m_which, &Segment::chosen, this, &CorpusTab::showRows);
    connect(m_label, &QComboBox::activated, this, [this] {
        m_asked = false;
        refresh();
    });
    connect(m_state, &StatePanel::triggered, this, [this](const QString& id) {
        if (id == QLatin1String("label")) Q_EMIT labelRequested();
    });
    if (m_c.labels)
        connect(m_c.labels, &LabelStore::changed, this, [this] {
            m_head = {-1, -1};
            refresh();
        });
    connect(m_c.selection, &Selection::headChanged, this, &CorpusTab::refresh);
}

void CorpusTab::openPassage(const ExampleLine& line)
{
    showExample(m_c, line);
    Q_EMIT openRequested(m_c.selection->head());
}

FigureSubject CorpusTab::figureSubject() const { return headSubject(m_c); }

QString CorpusTab::obstacle() const
{
    if (m_c.project->dump()) return tr("This file holds attention only; labels need the weights.");
    return noAttentionBecause(*m_c.project);
}

QString CorpusTab::statusText() const { return m_rows->isVisible() ? m_rows->sentence(m_rows->current()) : QString(); }

void CorpusTab::fillLabels()
{
    const HeadReport* report = m_c.labels ? m_c.labels->head(m_c.selection->head()) : nullptr;
    m_label->clear();
    if (!report) return;
    for (std::size_t i = 0; i < report->labels.size(); ++i) {
        const HeadLabel& label = report->labels[i];
        if (label.data == DataKind::Weights) continue;  // has no rows
        QString words = QStringLiteral("%1  %2").arg(labelTitle(label.id), labelNumber(label.score));
        if (label.status != LabelStatus::Awarded) words += QStringLiteral(" (%1)").arg(statusTitle(label.status));
        m_label->addItem(words, int(i));
    }
    if (const HeadLabel* shown = shownLabel(*report) ? shownLabel(*report) : nearestLabel(*report))
        m_label->setCurrentIndex(std::max(0, m_label->findData(int(shown - report->labels.data()))));
}

const HeadLabel* CorpusTab::chosen() const
{
    const HeadReport* report = m_c.labels ? m_c.labels->head(m_c.selection->head()) : nullptr;
    const int index = m_label->currentData().isValid() ? m_label->currentData().toInt() : -1;
    return report && index >= 0 && index < int(report->labels.size()) ? &report->labels[std::size_t(index)] : nullptr;
}

void CorpusTab::refresh()
{
    if (!isVisible()) return;  // asking the engine for every head that is passed by would be waste
    StateContent content;
    if (!m_c.project->model()) {
        content.title = tr("No model is open");
        content.sentence = tr("Where one head fires most, typically and least stands here.");
    } else if (!m_c.labels || !m_c.labels->report()) {
        content.title = tr("Not labelled yet");
        content.sentence = tr("Labelling the heads reads a text with the model and notes where each head fires most.");
        content.buttons << StateButton{QStringLiteral("label"), tr("Label heads …"), true, {}};
    }
    if (!content.title.isEmpty()) {
        m_state->setContent(content);
        m_stack->setCurrentIndex(1);
        return;
    }
    m_stack->setCurrentIndex(0);
    const HeadId head = m_c.selection->head();
    if (head != m_head) {
        m_head = head;
        m_asked = false;
        fillLabels();
    }
    m_title->setText(tr("L%1 H%2 over the corpus").arg(head.layer).arg(head.head));
    const HeadLabel* label = chosen();
    m_sentence->setText(label ? labelSentence(*label) : tr("No label of this head has rows to show."));
    if (!m_asked) {
        m_asked = true;
        m_waiting.clear();
        for (auto& list : m_lists) list.clear();
        if (label) {  // what the report keeps stands at once; the engine looks for more
            m_documents = m_c.labels->report()->documents;
            m_lists[0] = label->best;
            m_lists[1] = label->typical;
            m_lists[2] = label->worst;
            if (label->data == DataKind::Text && m_c.labels->complete()) {
                m_waiting = tr("looking through the corpus …");
                Q_EMIT examplesWanted(head, label->id, label->variant, kRows);
            }
        }
        showRows();
    }
}

void CorpusTab::setExamples(HeadId head, const LabelId& id, const std::string& variant, std::vector<ExampleRow> best,
                            std::vector<ExampleRow> worst, std::vector<ExampleRow> typical, std::vector<ExampleDocument> documents)
{
    const HeadLabel* label = chosen();
    if (!label || head != m_head || label->id != id || label->variant != variant) return;
    if (best.empty() && worst.empty() && typical.empty()) return;  // nothing new: what the report has stays
    m_lists[0] = std::move(best);
    m_lists[1] = std::move(typical);
    m_lists[2] = std::move(worst);
    m_documents = std::move(documents);
    showRows();
}

void CorpusTab::setWaiting(bool waiting, const QString& problem)
{
    m_waiting = waiting ? tr("looking through the corpus …") : problem;
    showRows();
}

void CorpusTab::showRows()
{
    const HeadLabel* label = chosen();
    const auto& model = m_c.project->model();
    const Tokenizer* tokenizer = model && model->tokenizer() ? model->tokenizer().get() : nullptr;
    const auto& list = m_lists[std::clamp(m_which->current(), 0, 2)];
    m_rows->setLines(exampleLines(list, m_documents, tokenizer, kRows, 24));
    QStringList note;
    if (label && m_c.labels->report()) note << sampleSentence(*label, m_c.labels->report()->provenance);
    note << (m_rows->lines().empty() ? tr("no such rows")
             : label && label->mass == RowMass::Norms
                 ? tr("by norms: number and map are shares of what the row writes; underlined: the query; coloured: what it looks at")
                 : tr("underlined: the query; coloured: what it looks at; number: its weight there"));
    if (!m_waiting.isEmpty()) note << m_waiting;
    m_note->setText(note.join(QStringLiteral(" · ")));
    m_open->setEnabled(!m_rows->lines().empty());
    showMap();
    Q_EMIT statusChanged(statusText());
}

void CorpusTab::showMap()
{
    const auto& model = m_c.project->model();
    std::vector<ExampleMap> maps;
    const HeadLabel* label = chosen();
    const RowMass mass = label ? label->mass : RowMass::Weights;
    if (model && model->canRun() && m_rows->current() < int(m_rows->lines().size())) {
        const ExampleLine& line = m_rows->lines()[std::size_t(m_rows->current())];
        maps.push_back({line, exampleWindow(line), model->config().visibility(m_c.selection->head().layer), nullptr, mass});
        m_mapNote->setText(tr("Tokens %1 to %2 of %3. Pink tick: the query; dark ticks: what the label expects.")
                               .arg(maps[0].window.from)
                               .arg(maps[0].window.to - 1)
                               .arg(QString::fromStdString(line.document.name)));
    }
    m_mapNote->setVisible(!maps.empty());
    std::vector<ExampleLine> lines;
    for (const ExampleMap& map : maps) lines.push_back(map.line);
    m_map->setMaps(std::move(maps));
    m_feed->ask(model, m_c.selection->head(), lines, mass);
}

void CorpusTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

}  // namespace hs::ui
