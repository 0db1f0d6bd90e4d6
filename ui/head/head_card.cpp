// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/head/head_card.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "engine/forward/row_place.h"
#include "engine/forward/row_stats.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/graph/graph_card.h"
#include "ui/kit/dock_title.h"
#include "ui/kit/label.h"
#include "ui/kit/mini_chart.h"
#include "ui/kit/numbers.h"
#include "ui/kit/token_bars.h"
#include "ui/labels/label_sections.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QLabel* label(Ink token, Type type, bool bold = false) { return makeLabel({}, token, type, bold); }

/// A section with the card's margins; sections are divided by hairlines.
QVBoxLayout* section(QWidget* widget)
{
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(measure::kWindowMargin, 8, measure::kWindowMargin, 10);
    column->setSpacing(4);
    return column;
}

}  // namespace

HeadCard::HeadCard(const ViewContext& context, SessionController* controller, RepeatScores* repeats, QWidget* parent)
    : QScrollArea(parent), m_c(context), m_controller(controller), m_repeats(repeats)
{
    setObjectName(QStringLiteral("headCard"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);  // no stop of its own for Tab: it would show none; its controls scroll into view
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_title = new DockTitle(tr("Head card"));
    m_pin = new QPushButton(tr("Pin (Space)"));
    m_pin->setProperty("quiet", true);
    m_pin->setProperty("small", true);
    m_pin->setFont(Theme::instance().font(Type::Caption));
    m_pin->setFixedHeight(22);
    m_pin->setToolTip(tr("Keep this head as B of Compare"));
    connect(m_pin, &QPushButton::clicked, this, [this] {
        const HeadId head = m_c.selection->head();
        m_c.selection->setPinned(m_c.selection->pinned() == head ? std::nullopt : std::optional(head));
    });
    m_title->addControl(m_pin);

    auto* body = new QWidget;
    body->setAutoFillBackground(true);
    body->setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(makeHairline());
    m_switchSection = buildSwitch();
    column->addWidget(m_switchSection);
    column->addWidget(makeHairline());
    m_examples = new LabelExamples(m_c);
    column->addWidget(m_examples);
    m_nextSection = buildNext();
    column->addWidget(m_nextSection);
    m_chartSection = buildCharts();
    column->addWidget(m_chartSection);
    if (m_c.graph) {
        m_graph = new GraphCard(m_c, m_c.graph);
        column->addWidget(m_graph);
        m_graph->hide();
    }
    column->addStretch(1);
    setWidget(body);

    connect(m_c.project, &Project::sourceChanged, this, &HeadCard::refresh);
    connect(m_c.project, &Project::interventionsChanged, this, &HeadCard::refresh);
    connect(m_c.project, &Project::modelChanged, this, &HeadCard::refresh);
    connect(m_c.selection, &Selection::headChanged, this, &HeadCard::refresh);
    connect(m_c.selection, &Selection::pinnedChanged, this, &HeadCard::refresh);
    connect(m_c.selection, &Selection::pairChanged, this, [this] {
        refreshNext();
        refreshCharts();
    });
    connect(m_controller, &SessionController::previewChanged, this, &HeadCard::refreshPreview);
    connect(m_controller, &SessionController::runStateChanged, this, &HeadCard::refresh);
    connect(m_repeats, &RepeatScores::changed, this, &HeadCard::refreshSentence);
    refresh();
}

void HeadCard::showGraph(bool on)
{
    if (!m_graph) return;
    m_graph->setVisible(on);
    m_examples->setWanted(!on);
    refresh();
}

QWidget* HeadCard::buildHead()
{
    auto* widget = new QWidget;
    auto* column = section(widget);
    auto* row = new QHBoxLayout;
    m_name = label(Ink::Text, Type::HeadName, true);
    m_name->setObjectName(QStringLiteral("headName"));
    m_shares = label(Ink::Muted, Type::Caption);
    m_shares->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_name);
    row->addWidget(m_shares, 1);
    column->addLayout(row);
    m_summary = new LabelSummary(m_c);
    m_sentence = label(Ink::Text, Type::Base);
    m_sentence->setObjectName(QStringLiteral("insight"));
    m_sentence->setWordWrap(true);
    column->addWidget(m_sentence);
    m_facts = label(Ink::Muted, Type::Caption);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_summary);
    column->addWidget(m_facts);
    connect(m_summary, &LabelSummary::refreshed, this, &HeadCard::refreshSentence);
    return widget;
}

QWidget* HeadCard::buildSwitch()
{
    auto* widget = new QWidget;
    auto* column = section(widget);
    auto* row = new QHBoxLayout;
    m_switch = new QPushButton(tr("Switch this head off"));
    m_switch->setObjectName(QStringLiteral("switchHead"));
    m_switch->setProperty("outlined", true);
    m_loss = label(Ink::Muted, Type::Caption);
    m_loss->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_switch);
    row->addWidget(m_loss, 1);
    column->addLayout(row);
    connect(m_switch, &QPushButton::clicked, this, [this] {
        const HeadId head = m_c.selection->head();
        m_c.project->switchHead(head, !m_c.project->isOff(head));
    });
    column->addSpacing(4);
    auto* titles = new QHBoxLayout;
    m_previewTitle = label(Ink::Muted, Type::Caption);
    m_onOff = label(Ink::Muted, Type::Caption);
    titles->addWidget(m_previewTitle, 1);
    titles->addWidget(m_onOff);
    column->addLayout(titles);
    m_preview = new TokenBars;
    m_preview->setAccessibleName(tr("Next token with this head on and off"));
    column->addWidget(m_preview);
    m_previewNote = label(Ink::Muted, Type::Caption);
    m_previewNote->setWordWrap(true);
    column->addWidget(m_previewNote);
    m_offNote = label(Ink::Muted, Type::Caption);
    m_offNote->setObjectName(QStringLiteral("offNote"));
    m_offNote->setWordWrap(true);
    m_offNote->hide();
    column->addWidget(m_offNote);
    return widget;
}

void HeadCard::setOffNote(const QString& text)
{
    m_offNote->setText(text);
    m_offNote->setVisible(!text.isEmpty());
}

QWidget* HeadCard::buildNext()
{
    auto* widget = new QWidget;
    auto* column = section(widget);
    m_nextTitle = label(Ink::Muted, Type::Caption, true);
    column->addWidget(m_nextTitle);
    m_next = new TokenBars;
    m_next->setChoosable(true);
    m_next->setObjectName(QStringLiteral("nextTokens"));
    m_next->setAccessibleName(tr("What comes next; Enter appends the token"));
    connect(m_next, &TokenBars::chosen, this, [this](int row) {
        if (row < int(m_nextIds.size())) m_controller->takeToken(m_nextIds[std::size_t(row)], m_next->rows()[std::size_t(row)].text);
    });
    column->addWidget(m_next);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    m_continue = new QPushButton(tr("Continue by"));
    m_continue->setProperty("small", true);
    m_count = new QSpinBox;
    m_count->setRange(1, 200);
    m_count->setValue(8);
    m_count->setAccessibleName(tr("Tokens to add"));
    m_count->setToolTip(tr("Tokens to add"));
    m_temperature = new QDoubleSpinBox;
    m_temperature->setRange(0, 2);
    m_temperature->setSingleStep(0.1);
    m_temperature->setDecimals(1);
    m_temperature->setSpecialValueText(tr("greedy"));
    m_temperature->setToolTip(tr("Temperature; greedy always takes the most probable token"));
    m_temperature->setAccessibleName(tr("Temperature"));
    m_seed = new QSpinBox;
    m_seed->setRange(0, 9999);
    m_seed->setPrefix(tr("seed "));
    m_seed->setToolTip(tr("The same seed gives the same text"));
    m_seed->setAccessibleName(tr("Seed"));
    // The row must fit the dock's least width; greedy text has no seed anyway.
    m_count->setFixedWidth(52);
    m_temperature->setFixedWidth(74);
    m_seed->setFixedWidth(88);
    m_seed->hide();
    connect(m_temperature, &QDoubleSpinBox::valueChanged, this, [this](double t) { m_seed->setVisible(t > 0); });
    connect(m_continue, &QPushButton::clicked, this,
            [this] { m_controller->continueText(m_count->value(), m_temperature->value(), quint64(m_seed->value())); });
    row->addWidget(m_continue);
    row->addWidget(m_count);
    row->addWidget(m_temperature);
    row->addWidget(m_seed);
    row->addStretch();
    column->addSpacing(2);
    column->addLayout(row);
    auto* all = new QWidget;  // with its hairline, so that both go when nothing can be predicted
    auto* stack = new QVBoxLayout(all);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(0);
    stack->addWidget(widget);
    stack->addWidget(makeHairline());
    return all;
}

QWidget* HeadCard::buildCharts()
{
    auto* widget = new QWidget;
    auto* column = section(widget);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    m_offsets = new MiniChart(MiniChart::Kind::Bars, tr("Distance looked back"));
    m_offsets->setObjectName(QStringLiteral("distances"));
    m_entropy = new MiniChart(MiniChart::Kind::Curve, tr("Entropy by position"));
    row->addWidget(m_offsets);
    row->addWidget(m_entropy);
    column->addLayout(row);
    connect(m_entropy, &MiniChart::clicked, this, [this](int position) { m_c.selection->lock(position, -1); });
    column->addSpacing(8);
    m_topTitle = makeLabel(tr("Most attended tokens, mean weight"), Ink::Muted, Type::Caption, true);
    column->addWidget(m_topTitle);
    m_top = new TokenBars;
    m_top->setAccessibleName(tr("Most attended tokens"));
    column->addWidget(m_top);
    return widget;
}

void HeadCard::refresh()
{
    const auto source = m_c.project->source();
    const auto& model = m_c.project->model();
    const HeadId head = m_c.selection->head();
    const bool known = (source && head.layer < source->layers()) || model;
    m_name->setText(known ? tr("L%1 H%2").arg(head.layer).arg(head.head) : tr("No head"));
    QString shares;
    if (model && head.layer < model->config().nLayers) {
        const ModelConfig& config = model->config();
        QStringList others;
        if (config.kvHeads(head.layer) > 0 && config.kvHeads(head.layer) < config.heads(head.layer))
            for (int h = 0; h < config.heads(head.layer); ++h)
                if (h != head.head && config.kvHeadOf(head.layer, h) == config.kvHeadOf(head.layer, head.head))
                    others << QStringLiteral("H%1").arg(h);
        if (!others.isEmpty())
            shares = tr("shares keys and values with %1")
                         .arg(others.size() <= 3 ? others.join(QStringLiteral(", ")) : tr("%1 other heads").arg(others.size()));
    }
    m_shares->setText(shares);
    const bool pinned = m_c.selection->pinned() == head;
    m_pin->setText(pinned ? tr("Unpin (Space)") : tr("Pin (Space)"));
    m_pin->setEnabled(known);

    const bool off = m_c.project->isOff(head);
    const bool canRun = model && model->canRun();
    // A file that cannot run text has nothing to switch and no maps to chart: the sentence above says so once.
    const bool graph = m_graph && m_graph->isVisibleTo(this), weightsOnly = model && !canRun;
    m_switchSection->setVisible(!graph && !weightsOnly);
    m_chartSection->setVisible(!graph && !weightsOnly);
    m_switch->setText(off ? tr("Switch this head on") : tr("Switch this head off"));
    m_switch->setEnabled(canRun && source);
    m_switch->setToolTip(canRun                ? tr("Key X. One undo step; everything runs again from layer %1 on.").arg(head.layer)
                         : m_c.project->dump() ? tr("This file holds attention only; switching needs the weights.")
                                               : tr("Needs a model that can run text."));
    refreshSentence();
    refreshPreview();
    refreshNext();
    refreshCharts();
}

void HeadCard::refreshSentence()
{
    const auto source = m_c.project->source();
    const HeadId head = m_c.selection->head();
    const auto stats = source && head.layer < source->layers() ? source->stats(head) : nullptr;
    QString sentence, facts;
    if (stats) {
        const auto number = [](float v) { return QString::number(static_cast<double>(v), 'f', 2); };
        const auto place = rowOffset(*source);
        const auto repeat = place == 0 ? m_repeats->score(head) : std::nullopt;
        if (repeat && repeat->after > 0.3 && repeat->after > 3 * repeat->elsewhere)
            sentence = tr("When a token comes again, this head looks at what followed it last time: weight %1 there, %2 at the same "
                          "distances elsewhere.")
                           .arg(QString::number(repeat->after, 'f', 2), QString::number(repeat->elsewhere, 'f', 2));
        else if (stats->previousMass > 0.5f)
            sentence = tr("Mostly looks at the token just before: mean weight %1.").arg(number(stats->previousMass));
        else if (stats->firstMass > 0.5f)
            sentence =
                (place ? tr("Mostly looks at the first token: mean weight %1.") : tr("Mostly looks at the first column: mean weight %1."))
                    .arg(number(stats->firstMass));
        else if (stats->selfMass > 0.5f) sentence = tr("Mostly looks at the token itself: mean weight %1.").arg(number(stats->selfMass));
        else sentence = tr("Spreads its weight: the largest of a row is %1 on average.").arg(number(stats->meanMax));
        if (m_c.project->isOff(head)) sentence = tr("Switched off. ") + sentence;
        if (place)
            facts = tr("entropy %1 nats · distance %2 tokens · previous %3 · itself %4 · first %5")
                        .arg(number(stats->meanEntropy), QString::number(static_cast<double>(stats->meanDistance), 'f', 1),
                             number(stats->previousMass), number(stats->selfMass), number(stats->firstMass));
        else  // rows and columns are different texts: nothing is before, itself or far
            facts = tr("entropy %1 nats · largest %2 · first column %3")
                        .arg(number(stats->meanEntropy), number(stats->meanMax), number(stats->firstMass));
        if (source->hasSinks()) facts += tr(" · sink %1").arg(number(sinkShare(*source, head.layer, *stats)));
        if (repeat) facts += tr(" · after a repeat %1").arg(QString::number(repeat->after, 'f', 2));
        facts += QLatin1Char('\n') + tr("this prompt, rows: %1").arg(source->queries());
    } else if (m_c.project->empty()) facts = tr("Open a model to see its heads.");
    else if (m_c.project->model() && !m_c.project->model()->canRun()) facts = tr("No attention to describe: this file cannot run text.");
    else facts = tr("Not computed yet: run the prompt.");
    // A label says it for the whole corpus; the prompt's own sentence would say it twice.
    if (m_summary->hasSentence()) sentence = m_c.project->isOff(head) ? tr("Switched off.") : QString();
    m_sentence->setVisible(!sentence.isEmpty());
    m_sentence->setText(sentence);
    m_facts->setText(facts);
}

QString HeadCard::whyNoPreview() const
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || !entry->run) return tr("Not computed yet: run the prompt.");
    if (!entry->run->complete || m_controller->running()) return tr("Computed when the prompt has run to its end.");
    if (m_controller->previewing()) return tr("Computing: the prompt runs once more without this head.");
    const auto& error = m_controller->previewError();
    if (error && error->code == ErrorCode::Cancelled)
        return tr("Cancelled. Choose this head again to run the prompt once more without it.");
    if (error) return errorText(*error).what;
    return tr("Not computed yet.");
}

void HeadCard::refreshPreview()
{
    const auto preview = m_controller->preview();
    const HeadId head = m_c.selection->head();
    const bool fits = preview && preview->head == head;
    const auto& model = m_c.project->model();
    if (!fits) {
        m_loss->clear();
        m_preview->setRows({});
        m_previewTitle->clear();
        m_onOff->clear();
        m_previewNote->setVisible(true);
        m_previewNote->setText(m_c.project->dump() ? tr("Needs the weights: this file holds attention only.")
                               : model && model->canRun() && !model->canPredict()
                                   ? tr("This file has no output matrix, so nothing is predicted.")
                               : model && model->canPredict() && model->config().outputTransform
                                   ? tr("This model fills in the word at each place: there is no next word that a head could change.")
                                   : whyNoPreview());
        return;
    }
    const PromptEntry* entry = m_c.project->current();
    QString after;
    if (entry && entry->run && preview->position >= 0) {
        const auto& tokens = entry->run->queryTokens();
        for (int i = std::max(0, preview->position - 1); i <= preview->position && i < int(tokens.size()); ++i)
            if (!tokens[std::size_t(i)].special) after += QString::fromStdString(tokens[std::size_t(i)].text);
    }
    m_onOff->setText(tr("on → off"));
    m_previewTitle->setText(tr("Next token after “%1”").arg(after.trimmed()));
    std::vector<TokenBars::Row> rows;
    for (const SwitchPreview::Row& r : preview->rows) {
        TokenBars::Row row;
        row.text = r.text;
        row.before = static_cast<double>(r.on);
        row.value = static_cast<double>(r.off);
        row.numbersBefore = percentText(static_cast<double>(r.on));
        row.numbers = percentText(static_cast<double>(r.off));
        row.tip = tr("Token %1: %2 with the head on, %3 with it off").arg(r.id).arg(row.numbersBefore, row.numbers);
        rows.push_back(std::move(row));
    }
    m_preview->setRows(std::move(rows));
    m_previewNote->setVisible(false);
    const double change = preview->lossOff - preview->lossOn;
    m_loss->setText(std::isfinite(change) ? tr("loss %1 nats").arg(numberText(change, 3, true)) : QString());
    m_loss->setToolTip(std::isfinite(change) ? tr("Loss of this prompt: %1 with the head on, %2 with it off")
                                                   .arg(QString::number(preview->lossOn, 'f', 4), QString::number(preview->lossOff, 'f', 4))
                                             : QString());
}

void HeadCard::refreshNext()
{
    const PromptEntry* entry = m_c.project->current();
    const auto run = entry ? entry->run : nullptr;
    const bool can = run && run->complete && run->model->canPredict();
    m_nextSection->setVisible(can && !(m_graph && m_graph->isVisibleTo(this)));
    if (!can) return;
    const int last = run->queries() - 1;
    const int position = m_c.selection->locked() && m_c.selection->query() >= 0 ? std::min(m_c.selection->query(), last) : last;
    const bool fillsIn = run->model->config().outputTransform;  // logits are of the place itself
    m_nextTitle->setText(fillsIn            ? tr("The word at token %1, as the model fills it in").arg(position)
                         : position == last ? tr("What comes next (click to append)")
                                            : tr("After token %1 (prediction inside the prompt)").arg(position));
    m_continue->setEnabled(!fillsIn && !m_controller->running());
    if (m_nextRun.lock() == run && m_nextPosition == position) return;  // asked at every move of the mouse over a map
    m_nextRun = run;
    m_nextPosition = position;
    const std::vector<NextToken> list = topNext(*run, position, 5);
    std::vector<TokenBars::Row> rows;
    m_nextIds.clear();
    for (const NextToken& t : list) {
        TokenBars::Row row;
        row.text = QString::fromStdString(t.text);
        row.value = static_cast<double>(t.probability);
        row.numbers = percentText(row.value);
        row.tip = position == last && !fillsIn ? tr("Token %1. Click to append it to the prompt.").arg(t.id) : tr("Token %1").arg(t.id);
        rows.push_back(std::move(row));
        m_nextIds.push_back(t.id);
    }
    m_next->setChoosable(position == last && !fillsIn);
    m_next->setRows(std::move(rows));
}

void HeadCard::refreshCharts()
{
    const auto source = m_c.project->source();
    const HeadId head = m_c.selection->head();
    const auto stats = source && head.layer < source->layers() ? source->stats(head) : nullptr;
    const QString absent = tr("Not computed yet.");
    std::vector<double> entropy, offsets;
    std::vector<TokenBars::Row> top;
    int firstOffset = 0;
    if (stats) {
        for (const float v : stats->rowEntropy) entropy.push_back(static_cast<double>(v));
        // Far distances are empty in most heads: the histogram ends where the last visible bar stands.
        std::size_t end = stats->offsetMass.size();
        if (!source->looksAhead()) {
            float largest = 0;
            for (const float v : stats->offsetMass) largest = std::max(largest, v);
            while (end > 12 && stats->offsetMass[end - 1] < 0.01f * largest) --end;
            end = std::min<std::size_t>(end, 48);
        }
        firstOffset = stats->firstOffset;
        for (std::size_t i = 0; i < end; ++i) offsets.push_back(static_cast<double>(stats->offsetMass[i]));

        std::vector<int> order(stats->columnMean.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = int(i);
        const std::size_t shown = std::min<std::size_t>(5, order.size());
        std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(shown), order.end(),
                          [&](int a, int b) { return stats->columnMean[std::size_t(a)] > stats->columnMean[std::size_t(b)]; });
        const auto& tokens = source->keyTokens();
        for (std::size_t i = 0; i < shown; ++i) {
            const std::size_t k = std::size_t(order[i]);
            TokenBars::Row row;
            row.text = k < tokens.size() ? QString::fromStdString(tokens[k].text) : QString::number(k);
            row.value = static_cast<double>(stats->columnMean[k]);
            row.numbers = QString::number(row.value, 'f', 3);
            row.tip = tr("Token %1: mean weight from the queries that can see it").arg(k);
            top.push_back(std::move(row));
        }
    }
    m_entropy->setValues(entropy, 0, 0, m_c.selection->query(), absent);
    m_offsets->setTitleText(!stats || offsets.size() == stats->offsetMass.size() ? tr("Distance looked back")
                                                                                 : tr("Distance, first %1").arg(offsets.size()));
    m_offsets->setValues(offsets, firstOffset, 0, -1, absent);
    m_offsets->setVisible(!stats || !offsets.empty());  // between different texts there is no distance
    m_topTitle->setVisible(!top.empty());
    m_top->setRows(std::move(top));
}

}  // namespace hs::ui
