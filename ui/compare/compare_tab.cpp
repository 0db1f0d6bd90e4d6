// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_tab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/compare/compare_view.h"
#include "ui/compare/differences_table.h"
#include "ui/compare/row_chart.h"
#include "ui/feature/obstacle.h"
#include "ui/kit/adapter_question.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kTableRows = 12, kOneRow = 1100;
constexpr int kLargestCompared = 2048;  // tokens: both maps are held whole for the numbers below them

QLabel* mutedLabel(Type size)
{
    auto* label = new QLabel;
    label->setFont(Theme::instance().font(size));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

CompareTab::CompareTab(const ViewContext& context, QWidget* parent)
    : CentreTab(parent), m_c(context), m_sources(new CompareSources(context, this)), m_a(new MapModel(context.bridge, this)),
      m_b(new MapModel(context.bridge, this)), m_collector(context.bridge)
{
    m_pool.setMaxThreadCount(1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 6, 0, 0);
    all->setSpacing(8);
    buildBar();
    all->addLayout(m_bar);
    all->addWidget(buildContent(), 1);
    setFocusProxy(m_view);
    connectControls();
    connectSources();
    refresh();
}

void CompareTab::buildBar()
{
    m_title = new QLabel;
    m_title->setFont(Theme::instance().font(Type::ViewTitle, true));
    m_tokens = mutedLabel(Type::Caption);
    m_tokens->setWordWrap(true);  // whole sentences stand here; they must not widen the window
    m_prompts = new QComboBox;
    m_prompts->setAccessibleName(tr("Prompt B"));
    m_prompts->setMaximumWidth(220);
    m_openModel = new QPushButton(tr("Open a second model …"));
    m_swap = new QPushButton(tr("Swap A and B"));
    m_export = new QPushButton(tr("Export …"));
    m_mode = new Segment({tr("Heads"), tr("Prompts"), tr("Models"), tr("Before and after cuts")});
    m_sameView = new QCheckBox(tr("Same view"));
    m_sameScale = new QCheckBox(tr("Same scale"));
    m_sameView->setChecked(true);
    m_sameScale->setChecked(true);

    // One row where there is room (ui/look.md section 5.4), else two.
    auto* first = new QHBoxLayout;
    first->setSpacing(measure::kGroupGap);
    first->addWidget(m_title);
    first->addWidget(m_tokens, 1);
    first->addWidget(m_prompts);
    first->addWidget(m_openModel);
    first->addWidget(m_swap);
    first->addWidget(m_export);
    auto* second = new QHBoxLayout;
    second->setSpacing(measure::kGroupGap);
    second->addWidget(m_mode);
    second->addWidget(m_sameView);
    second->addWidget(m_sameScale);
    second->addStretch();
    m_bar = new QBoxLayout(QBoxLayout::TopToBottom);
    m_bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    m_bar->setSpacing(measure::kControlGap);
    m_bar->addLayout(first, 1);
    m_bar->addLayout(second);
}

QWidget* CompareTab::buildContent()
{
    m_view = new CompareView(m_a, m_b, m_c.selection);
    m_state = new StatePanel;
    auto* maps = new QWidget;
    auto* mapsLayout = new QVBoxLayout(maps);
    mapsLayout->setContentsMargins(0, 0, 0, 0);
    mapsLayout->setSpacing(0);
    mapsLayout->addWidget(m_view, 3);
    mapsLayout->addWidget(buildBelow(), 2);
    auto* content = new QWidget;
    m_stack = new QStackedLayout(content);
    m_stack->addWidget(maps);
    m_stack->addWidget(m_state);
    return content;
}

QWidget* CompareTab::buildBelow()
{
    m_chart = new RowChart;
    auto* below = new QWidget;
    auto* layout = new QHBoxLayout(below);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_chart, 2);
    layout->addWidget(buildTableSide(), 1);
    below->setMinimumHeight(170);
    return below;
}

QWidget* CompareTab::buildTableSide()
{
    m_table = new DifferencesTable;
    m_numbers = mutedLabel(Type::Caption);
    m_numbers->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_numbers->setToolTip(
        tr("JS distance: square root of the mean Jensen–Shannon divergence of the rows (natural logarithm) over ln 2, 0 to 1.\n"
           "Moved: half the sum of |A − B| of a row, mean over rows: the weight that has to move to turn one into the other."));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(4, 0, 0, 0);
    auto* title = new QLabel(tr("Largest differences"));
    title->setFont(Theme::instance().font(Type::Base, true));
    head->addWidget(title);
    head->addSpacing(measure::kGroupGap);
    head->addWidget(m_numbers, 1);
    auto* side = new QWidget;
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 4, 16, 4);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_table, 1);
    return side;
}

void CompareTab::connectControls()
{
    connect(m_mode, &Segment::chosen, this, [this](int index) { setMode(static_cast<CompareMode>(index)); });
    connect(m_prompts, &QComboBox::activated, this, [this](int index) { m_sources->setPromptB(m_prompts->itemData(index).toInt()); });
    connect(m_openModel, &QPushButton::clicked, this, &CompareTab::chooseModel);
    connect(m_sources, &CompareSources::asksAdapter, this, [this](const QString& folder) {
        askAdapter(
            this, folder, [this](const std::string& adapter) { m_sources->answerAdapter(adapter); }, [] {});
    });
    connect(m_sameView, &QCheckBox::toggled, m_view, &CompareView::setSameView);
    connect(m_sameScale, &QCheckBox::toggled, m_view, &CompareView::setSameScale);
    connect(m_swap, &QPushButton::clicked, m_sources, &CompareSources::swap);
    connect(m_export, &QPushButton::clicked, this, &CompareTab::exportRequested);
    connect(m_state, &StatePanel::triggered, this, [this](const QString& id) {
        if (id == QStringLiteral("open")) chooseModel();
        if (id == QStringLiteral("alone")) m_sources->openModel(m_c.project->path(), "none");
    });
    connect(m_state, &StatePanel::cancelled, this, [this] {
        m_sources->cancel();
        refresh();
    });
}

void CompareTab::connectSources()
{
    connect(m_sources, &CompareSources::changed, this, &CompareTab::refresh);
    connect(m_c.settings, &ViewSettings::changed, this, &CompareTab::refresh);
    connect(m_c.selection, &Selection::pairChanged, this, &CompareTab::refreshRow);
    for (MapModel* model : {m_a, m_b}) connect(model, &MapModel::changed, this, &CompareTab::refreshRow);
    connect(m_view, &CompareView::readoutChanged, this, &CompareTab::statusChanged);
    connect(m_table, &DifferencesTable::chosen, m_c.selection, &Selection::lock);
    connect(&m_collector, &FigureCollector::ready, this, &CompareTab::computeNumbers);
}

CompareTab::~CompareTab() { m_pool.waitForDone(); }

void CompareTab::setMode(CompareMode mode)
{
    m_mode->setCurrent(static_cast<int>(mode));
    m_sources->setMode(mode);
}

QString CompareTab::obstacle() const { return noAttentionBecause(*m_c.project); }

namespace {

constexpr const char* kModes[] = {"heads", "prompts", "models", "cuts"};  // in the order of CompareMode

}  // namespace

void CompareTab::save(QJsonObject& state) const
{
    // The second model is not kept, so neither is the wish to compare with it.
    if (const CompareMode mode = m_sources->mode(); mode != CompareMode::Models)
        state[QStringLiteral("mode")] = QString::fromLatin1(kModes[int(mode)]);
}

void CompareTab::restore(const QJsonObject& state)
{
    for (const CompareMode mode : {CompareMode::Heads, CompareMode::Prompts, CompareMode::Cuts})
        if (state.value(QStringLiteral("mode")).toString() == QLatin1String(kModes[int(mode)])) setMode(mode);
}

QString CompareTab::statusText() const { return m_view->readout(); }

FigureSubject CompareTab::figureSubject() const
{
    FigureSubject s = headSubject(m_c);
    s.spec.kind = FigureKind::Compare;
    s.spec.heads = {m_now.headA, m_now.headB};
    s.spec.compare = m_sources->mode();
    s.spec.nameA = m_now.nameA;
    s.spec.nameB = m_now.nameB;
    s.spec.titleText = m_now.title;
    s.a = m_now.a;
    s.b = m_now.b;
    s.promptB = m_now.promptB;
    s.modelPathB = m_now.modelPathB;
    s.screen = m_view->size();
    return s;
}

void CompareTab::chooseModel()
{
    auto* dialog = new QFileDialog(this, tr("Open a second model"), m_c.project->path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_sources, [this](const QString& path) { m_sources->openModel(path); });
    dialog->open();
}

void CompareTab::refresh()
{
    m_now = m_sources->state();
    const CompareMode mode = m_sources->mode();
    m_title->setText(m_now.title.isEmpty() ? tr("Compare") : m_now.title);
    m_tokens->setText(m_now.tokenNote);
    m_tokens->setToolTip(m_now.tokenNote);
    m_prompts->setVisible(mode == CompareMode::Prompts && m_c.project->prompts().size() > 1);
    m_openModel->setVisible(mode == CompareMode::Models && m_sources->secondModel());
    if (mode == CompareMode::Prompts) {
        m_prompts->clear();
        const auto& prompts = m_c.project->prompts();
        for (int i = 0; i < static_cast<int>(prompts.size()); ++i) {
            if (i == m_c.project->currentIndex()) continue;
            const PromptEntry& entry = prompts[static_cast<std::size_t>(i)];
            m_prompts->addItem(tr("B: %1").arg(entry.title.isEmpty() ? entry.text.simplified().left(40) : entry.title), i);
            if (i == m_sources->promptB()) m_prompts->setCurrentIndex(m_prompts->count() - 1);
        }
    }
    if (m_now.busy && m_now.missing) m_state->setProgress(-1, m_now.busyWords);
    else m_state->clearProgress();
    m_swap->setEnabled(!m_now.missing);
    m_export->setEnabled(!m_now.missing && m_now.whyApart.isEmpty());
    m_export->setToolTip(m_now.whyApart);
    if (m_now.missing) {
        m_state->setContent(*m_now.missing);
        m_stack->setCurrentIndex(1);
        m_a->setSource(nullptr);
        m_b->setSource(nullptr);
        return;
    }
    m_stack->setCurrentIndex(0);
    const MapLook& look = m_c.settings->look();
    m_a->setLook(look);
    m_b->setLook(look);
    m_a->setSource(m_now.a);
    m_b->setSource(m_now.b);
    m_a->setHead(m_now.headA);
    m_b->setHead(m_now.headB);
    CompareSetup setup;
    setup.nameA = m_now.nameA;
    setup.nameB = m_now.nameB;
    setup.noteA = m_now.noteA;
    setup.noteB = m_now.noteB;
    setup.comparable = m_now.whyApart.isEmpty();
    setup.whyNot = m_now.whyApart;
    setup.inB = m_now.inB;
    if (setup.comparable && m_now.tokens.common > 0) {
        setup.rows = std::min(m_a->rows(), m_b->rows());
        setup.columns = std::min(m_a->columns(), m_b->columns());
    }
    m_view->setColourMap(look.colourMap);
    m_view->setCrosshair(look.crosshair);
    m_view->setSetup(setup);
    m_sameView->setEnabled(setup.comparable);
    m_sameView->setToolTip(setup.comparable ? QString() : tr("Maps of different tokens have views of their own."));
    askNumbers();
    refreshRow();
}

void CompareTab::askNumbers()
{
    ++m_generation;
    m_collector.cancel();
    m_comparison = {};
    m_table->setRowCount(0);
    m_numbers->clear();
    m_numbersDirty = !isVisible();
    if (m_numbersDirty || m_now.missing || !m_now.whyApart.isEmpty()) return;
    if (std::max(m_now.a->queries(), m_now.b->queries()) > kLargestCompared) {
        m_numbers->setText(tr("computed up to %1 tokens").arg(countText(kLargestCompared)));
        return;
    }
    FigureSpec spec;
    spec.kind = FigureKind::Compare;
    spec.heads = {m_now.headA, m_now.headB};
    spec.look = m_c.settings->look();
    m_collector.start(spec, m_now.a, m_now.b, {});
}

void CompareTab::computeNumbers(const FigureData& figure)
{
    m_pool.start([this, generation = m_generation, a = figure.maps[0].cells, b = figure.maps[1].cells, rows = figure.maps[0].rows,
                  columns = figure.maps[0].columns] {
        const MapComparison numbers = compareMaps(*a, *b);
        const auto largest = largestDifferences(*a, *b, kTableRows);
        QMetaObject::invokeMethod(
            this,
            [=, this] {
                if (generation != m_generation) return;
                m_comparison = numbers;
                m_table->setDifferences(largest, rows, columns);
                const bool weights = m_a->look().kind == MapKind::Weights;
                m_numbers->setText(
                    weights
                        ? tr("JS distance %1, moved %2 per row").arg(numberText(numbers.jsDistance, 3), numberText(numbers.movedPerRow, 2))
                        : QString());
            },
            Qt::QueuedConnection);
    });
}

void CompareTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_numbersDirty) askNumbers();
}

void CompareTab::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_bar->setDirection(width() >= kOneRow ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_view->setMaximumHeight(m_view->heightAt(width()));  // what the maps do not need goes to chart and table
}

void CompareTab::refreshRow()
{
    RowChart::Row row;
    const int r = m_view->row();
    if (!m_now.missing && m_now.whyApart.isEmpty() && r >= 0 && r < m_a->rows() && r < m_b->rows()) {
        row.a = m_a->rowValues(r);
        row.b = m_b->rowValues(r);
        row.keys = m_a->columnLabels();
        row.column = m_view->column();
        row.label = m_a->rowLabels()[static_cast<std::size_t>(r)].text;
        row.nameA = m_now.nameA;
        row.nameB = m_now.nameB;
        if (!row.a.empty() && !row.b.empty()) row.token = m_c.selection->query();
    }
    m_chart->setRow(row);
}

}  // namespace hs::ui
