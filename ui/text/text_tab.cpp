// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/text_tab.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <cmath>

#include "ui/export/figure_data.h"
#include "ui/feature/obstacle.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/ramp_legend.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/kit/token_paint.h"
#include "ui/state/cut_values.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/text/patch_text_view.h"
#include "ui/text/text_rows.h"
#include "ui/text/text_view.h"
#include "ui/theme/theme.h"

namespace hs::ui {

TextTab::TextTab(const ViewContext& context, QWidget* parent) : CentreTab(parent), m_c(context), m_model(new MapModel(context.bridge, this))
{
    m_title = new QLabel;
    m_title->setFont(Theme::instance().font(Type::ViewTitle, true));
    m_words = new QLabel;
    m_words->setForegroundRole(QPalette::PlaceholderText);
    m_direction = new Segment({tr("Where it looks"), tr("Who looks at it"), tr("Loss change")});
    m_direction->button(2)->setToolTip(tr("How switched-off heads and other interventions change the loss of each token"));
    m_legend = new RampLegend;
    auto* exportButton = new QPushButton(tr("Export …"));
    m_view = new TextView(m_model, m_c.selection);
    m_state = new StatePanel;

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kGroupGap);
    bar->addWidget(m_title);
    bar->addWidget(m_words, 1);
    bar->addWidget(m_direction);
    bar->addWidget(exportButton);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 8);
    foot->addWidget(m_legend, 1);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    m_rows = new TextRows(m_model, m_c.selection);
    m_rowScroll = new QScrollArea;
    m_rowScroll->setFrameShape(QFrame::NoFrame);
    m_rowScroll->setWidgetResizable(true);
    m_rowScroll->setFocusPolicy(Qt::NoFocus);  // the words above take the keys, and both follow one selection
    m_rowScroll->setWidget(m_rows);
    m_rowScroll->hide();
    layout->addWidget(m_rowScroll, 1);
    m_losses = new LossTextView;
    m_lossPage = new QWidget;
    auto* lossColumn = new QVBoxLayout(m_lossPage);
    lossColumn->setContentsMargins(0, 0, 0, 0);
    m_lossWords = makeLabel({}, Ink::Muted, Type::Caption);
    m_lossWords->setObjectName(QStringLiteral("lossWords"));
    m_lossWords->setWordWrap(true);
    m_lossWords->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_losses);
    lossColumn->addWidget(m_lossWords);
    lossColumn->addWidget(scroll, 1);
    m_lossPage->hide();
    layout->addWidget(m_lossPage, 1);
    layout->addLayout(foot);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(page);
    m_stack->addWidget(m_state);
    setFocusProxy(m_view);

    connect(m_direction, &Segment::chosen, this, &TextTab::showWay);
    connect(m_losses, &LossTextView::readoutChanged, this, &TextTab::statusChanged);
    connect(exportButton, &QPushButton::clicked, this, &TextTab::exportRequested);
    connect(m_view, &TextView::readoutChanged, this, &TextTab::statusChanged);
    connect(m_view, &TextView::readoutChanged, this, &TextTab::refreshWords);
    connect(m_view, &TextView::laidOut, this, &TextTab::placeRows);
    connect(m_c.project, &Project::sourceChanged, this, &TextTab::refresh);
    connect(m_c.project, &Project::modelChanged, this, &TextTab::refresh);
    connect(m_c.settings, &ViewSettings::changed, this, &TextTab::refresh);
    connect(m_c.selection, &Selection::headChanged, this, &TextTab::refresh);
    connect(m_model, &MapModel::changed, this, &TextTab::refreshWords);
    refresh();
}

void TextTab::showWay(int index)
{
    m_direction->setCurrent(index);
    showLosses(index == 2);
    m_lossPage->setVisible(index == 2);
    m_view->setVisible(index != 2);
    m_legend->setVisible(index != 2);
    placeRows();
    if (index != 2) setIncoming(index == 1);
}

void TextTab::setIncoming(bool incoming)
{
    m_direction->setCurrent(incoming ? 1 : 0);
    m_view->setIncoming(incoming);
    m_rows->setIncoming(incoming);
    refreshWords();
}

void TextTab::showLosses(bool on)
{
    m_showsLosses = on;
    refresh();
}

void TextTab::refreshLosses()
{
    const PromptEntry* entry = m_c.project->current();
    const auto run = entry ? entry->run : nullptr;
    const auto base = entry ? entry->baseRun : nullptr;
    m_words->clear();
    if (!run || !base || !run->complete || run->tokenLoss.empty() || base->tokenLoss.size() != run->tokenLoss.size()) {
        m_losses->setLosses({}, {}, {});
        m_lossWords->setText(tr("Needs a finished run of a model that predicts tokens."));
        return;
    }
    QStringList tokens;
    for (const Token& t : run->queryTokens()) tokens << QString::fromStdString(t.text);
    std::vector<double> before{std::nan("")}, after{std::nan("")};  // nothing predicts the first token
    int harder = 0, easier = 0;
    for (std::size_t i = 0; i < run->tokenLoss.size(); ++i) {
        before.push_back(static_cast<double>(base->tokenLoss[i]));
        after.push_back(static_cast<double>(run->tokenLoss[i]));
        const double change = after.back() - before.back();
        harder += change > 0.001;
        easier += change < -0.001;
    }
    m_losses->setLosses(tokens, before, after);
    if (m_c.project->interventions().empty()) {
        m_lossWords->setText(tr("No head is off and nothing else is changed: the losses are those of the original model, mean %1.")
                                 .arg(numberText(base->loss, 3)));
        return;
    }
    const CutValues& values = *m_c.project->cuts();
    QStringList words{tr("Original against interventions (%1): loss %2 → %3; %4 tokens harder (orange), %5 easier (blue); range ±%6 nats.")
                          .arg(m_c.project->interventions().size())
                          .arg(numberText(base->loss, 3), numberText(run->loss, 3))
                          .arg(harder)
                          .arg(easier)
                          .arg(numberText(m_losses->range(), 2))};
    if (!values.inForce(*run)) words = QStringList{tr("The prompt runs again; these are still the numbers from before.")};
    else if (!m_c.project->offHeads().empty()) words << values.sentence();
    m_lossWords->setText(words.join(QLatin1Char(' ')) + QLatin1Char(' ') + tr("This prompt only: no interval."));
}

QString TextTab::obstacle() const { return noAttentionBecause(*m_c.project); }

namespace {

constexpr const char* kWays[] = {"from", "to", "loss"};  // in the order of the switch

}  // namespace

void TextTab::save(QJsonObject& state) const
{
    state[QStringLiteral("way")] = QString::fromLatin1(kWays[std::clamp(m_direction->current(), 0, 2)]);
}

void TextTab::restore(const QJsonObject& state)
{
    for (int i = 0; i < 3; ++i)
        if (state.value(QStringLiteral("way")).toString() == QLatin1String(kWays[i])) showWay(i);
}

QString TextTab::statusText() const { return m_showsLosses ? m_losses->readout() : m_view->readout(); }

FigureSubject TextTab::figureSubject() const
{
    FigureSubject s = headSubject(m_c);
    s.spec.kind = FigureKind::Text;
    s.spec.incoming = m_view->incoming();
    const int word = m_view->word();
    if (word >= 0) {
        if (m_view->incoming()) s.spec.key = m_model->columnLabels()[static_cast<std::size_t>(word)].token;
        else s.spec.query = m_model->rowLabels()[static_cast<std::size_t>(word)].token;
    }
    s.screen = m_view->size();
    return s;
}

void TextTab::refresh()
{
    const auto source = m_c.project->source();
    const HeadId head = m_c.selection->head();
    const MapLook& look = m_c.settings->look();
    StateContent content;
    if (!source) {
        content.title = tr("No attention to show");
        content.sentence = tr("The words of the prompt stand here with one head's weights on them, once it has run.");
    } else if (!source->has(look.kind)) {
        content.title = tr("This needs the model's weights");
        content.sentence = tr("The open file holds attention patterns only. Choose Weights in the Head tab.");
    } else if (head.layer >= source->readyLayers()) {
        content.title = tr("Layer %1 is being computed").arg(head.layer);
        content.sentence = tr("Its weights appear here as soon as the layer is done.");
    }
    if (!content.title.isEmpty()) {
        m_state->setContent(content);
        m_stack->setCurrentIndex(1);
        m_model->setSource(nullptr);
        return;
    }
    m_stack->setCurrentIndex(0);
    m_model->setLook(look);
    m_model->setSource(source);
    m_model->setHead(head);
    m_view->setColourMap(look.colourMap);
    m_title->setText(headTitle(*source, head));
    if (m_showsLosses) {
        m_title->setText(tr("Loss of each token"));
        return refreshLosses();
    }
    refreshWords();
}

void TextTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    m_view->viewport()->update();
}

void TextTab::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeRows();
}

void TextTab::placeRows()
{
    constexpr int kLeast = 120;
    const bool room = !m_showsLosses && m_rows->fits(width()) && height() - m_view->contentHeight() - 90 >= kLeast;
    m_rowScroll->setVisible(room);
    m_view->setMaximumHeight(room ? m_view->contentHeight() : QWIDGETSIZE_MAX);
}

void TextTab::refreshWords()
{
    if (m_showsLosses) return;
    m_rows->setColours(m_model->look().colourMap, m_view->scale());
    placeRows();
    const int word = m_view->word();
    const auto& labels = m_view->incoming() ? m_model->columnLabels() : m_model->rowLabels();
    if (word >= 0 && word < static_cast<int>(labels.size())) {
        const QString token = QStringLiteral("<span style=\"color:%1\"><b>%2</b></span>")
                                  .arg(ink(Ink::Select).name(), visibleToken(labels[static_cast<std::size_t>(word)].text).toHtmlEscaped());
        m_words->setText(m_view->incoming() ? tr("who looks at %1").arg(token) : tr("where %1 looks").arg(token));
    } else {
        m_words->clear();
    }
    const ValueScale scale = m_view->scale();
    const bool perRow = scale.stretch == Stretch::PerRow;
    QString words = m_model->look().kind == MapKind::Weights  ? tr("weight")
                    : m_model->look().kind == MapKind::Scores ? tr("score before softmax")
                                                              : tr("value-weighted");
    words += QStringLiteral(", ") + scale.legend();
    for (const QString& note : m_model->legendNotes()) words += QStringLiteral("; ") + note;
    m_legend->setRamp(m_model->look().colourMap,
                      perRow ? QStringLiteral("0") : axisNumber(scale.logarithmic() ? scale.logLow() : scale.low),
                      perRow ? tr("largest") : axisNumber(scale.high), words);
}

}  // namespace hs::ui
