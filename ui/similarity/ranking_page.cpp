// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/ranking_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>
#include <cmath>

#include "engine/session/jobs/behaviour.h"
#include "ui/bridge/error_text.h"
#include "ui/kit/figure_drawing.h"
#include "ui/kit/index_chart.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/similarity/identity_store.h"
#include "ui/similarity/ranking_model.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_words.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QLabel* wrapped()
{
    QLabel* label = makeLabel({}, Ink::Muted, Type::Caption, false);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

RankingPage::RankingPage(const ViewContext& context, SwapStore* swaps, QWidget* parent)
    : QWidget(parent), m_c(context), m_store(new IdentityStore(context.bridge, context.project, this)), m_swaps(swaps),
      m_model(new RankingModel(this)), m_sorted(new RankingOrder(this))
{
    setObjectName(QStringLiteral("rankingPage"));
    m_sorted->setSourceModel(m_model);
    buildTable();
    QLayout* bar = buildBar();
    m_words = wrapped();
    m_words->setObjectName(QStringLiteral("rankingWords"));
    m_swapWords = wrapped();
    m_swapWords->setObjectName(QStringLiteral("rankingSwapWords"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kViewMargin, 2, measure::kViewMargin, 4);
    column->setSpacing(4);
    column->addLayout(bar);
    column->addWidget(m_words);
    column->addWidget(m_swapWords);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
    m_soon.setSingleShot(true);
    m_soon.setInterval(60);
    connectStores();
    connectControls();
    sortBy(RankingModel::SelfColumn, Qt::DescendingOrder);
    refresh();
}

void RankingPage::buildTable()
{
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("rankingTable"));
    m_table->setAccessibleName(tr("All heads by identity"));
    m_table->setModel(m_sorted);
    dressTable(*m_table);
    m_table->setWordWrap(false);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const QFontMetrics metrics(Theme::instance().font(Type::Base));
    const QString widest[RankingModel::ColumnCount] = {QStringLiteral("L00H00"),
                                                       QStringLiteral("0.000"),
                                                       QStringLiteral("−0.000 ± 0.000"),
                                                       QStringLiteral("L00H00"),
                                                       QStringLiteral("−0.0000 (−0.0000 to −0.0000)"),
                                                       QStringLiteral("0000"),
                                                       {}};
    for (int c = 0; c + 1 < RankingModel::ColumnCount; ++c)  // a title also needs room for the arrow of the order
        m_table->setColumnWidth(c, std::max(metrics.horizontalAdvance(widest[c]) + 18,
                                            metrics.horizontalAdvance(RankingModel::title(c)) + 26));
}

/// The list of orders.
void RankingPage::buildOrder()
{
    m_order = new QComboBox;
    m_order->setAccessibleName(tr("Order of the heads"));
    for (const auto& [words, column, order] :
         {std::tuple{tr("Most attention on itself"), int(RankingModel::SelfColumn), Qt::DescendingOrder},
          {tr("Largest OV identity"), int(RankingModel::IdentityColumn), Qt::DescendingOrder},
          {tr("Most replaceable: smallest loss change"), int(RankingModel::LossColumn), Qt::AscendingOrder},
          {tr("Least replaceable: largest loss change"), int(RankingModel::LossColumn), Qt::DescendingOrder},
          {tr("Layer and head"), int(RankingModel::HeadColumn), Qt::AscendingOrder}})
        m_order->addItem(words, QPoint(column, int(order)));
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_order->setMinimumContentsLength(22);
    m_order->setPlaceholderText(tr("By a column"));
}

/// Order at the left, the swap test at the right.
QLayout* RankingPage::buildBar()
{
    buildOrder();
    m_kind = new QComboBox;
    m_kind->setAccessibleName(tr("What is replaced"));
    m_kind->addItem(tr("attention pattern"), int(SwapKind::Pattern));
    m_kind->addItem(tr("output"), int(SwapKind::Output));
    m_swap = new QPushButton;
    m_swap->setProperty("small", true);
    // Where it was started, it is cancelled: the button keeps its place.
    m_swap->setMinimumWidth(QFontMetrics(Theme::instance().font(Type::Base)).horizontalAdvance(tr("Swap test of all heads")) + 20);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setProperty("small", true);
    auto* top = new QHBoxLayout;
    top->setSpacing(measure::kControlGap);
    top->addWidget(m_order);
    top->addWidget(m_cancel);
    top->addStretch();
    top->addWidget(makeLabel(tr("Replace by nearest:"), Ink::Muted, Type::Base, false));
    top->addWidget(m_kind);
    top->addWidget(m_swap);
    return top;
}

void RankingPage::connectStores()
{
    connect(&m_soon, &QTimer::timeout, this, &RankingPage::refresh);
    connect(m_store, &IdentityStore::changed, this, [this] {
        if (isVisible() && !m_store->job()->busy() && !m_store->job()->error()) ask();  // forgotten: another run or model
        refreshSoon();
    });
    connect(m_swaps, &SwapStore::changed, this, &RankingPage::refreshSoon);
    connect(m_swaps->job(), &OneAsk::progress, this, [this](double, const QString& text) { m_swapWords->setText(text); });
    connect(m_c.similarity, &SimilarityStore::changed, this, [this] {
        ask();
        refreshSoon();
    });
    connect(m_c.project, &Project::modelChanged, this, [this] {
        // A file that cannot run text has no attention to rank by.
        const auto& model = m_c.project->model();
        sortBy(model && !model->canRun() ? RankingModel::IdentityColumn : RankingModel::SelfColumn, Qt::DescendingOrder);
        refreshSoon();
    });
    connect(m_c.selection, &Selection::headChanged, this, &RankingPage::showHead);
    connect(&Theme::instance(), &Theme::changed, this, &RankingPage::refreshSoon);
}

void RankingPage::connectControls()
{
    connect(m_kind, &QComboBox::activated, this, &RankingPage::refresh);
    connect(m_order, &QComboBox::activated, this, [this] {
        const QPoint choice = m_order->currentData().toPoint();
        sortBy(choice.x(), Qt::SortOrder(choice.y()));
    });
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int by, Qt::SortOrder order) {
        m_order->setCurrentIndex(m_order->findData(QPoint(by, int(order))));  // none of the list: empty
        QTimer::singleShot(0, m_table, &QTableView::scrollToTop);             // who comes first is the question
    });
    connect(m_swap, &QPushButton::clicked, this, &RankingPage::swapAll);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_store->job()->busy()) m_store->job()->cancel();
        else m_store->again(m_c.similarity->settings().weights);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!m_following && now.isValid())
            m_c.selection->setHead(m_model->rows()[std::size_t(now.data(RankingModel::HeadRole).toInt())].head);
    });
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& at) { Q_EMIT opened(m_model->rows()[std::size_t(at.data(RankingModel::HeadRole).toInt())].head); });
}

void RankingPage::refreshSoon()
{
    if (!m_soon.isActive()) m_soon.start();
}

void RankingPage::sortBy(int column, Qt::SortOrder order) { m_table->sortByColumn(column, order); }

SwapKind RankingPage::kind() const { return SwapKind(m_kind->currentData().toInt()); }
QString RankingPage::words() const { return m_words->text(); }

void RankingPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
    refresh();
    QTimer::singleShot(0, m_table, &QTableView::scrollToTop);
}

void RankingPage::ask()
{
    const auto& model = m_c.project->model();
    if (isVisible() && model && hasSomeAttention(*model)) m_store->need(m_c.similarity->settings().weights);
}

std::vector<SwapRequest> RankingPage::requests() const
{
    std::vector<SwapRequest> out;
    const auto& matrix = m_c.similarity->matrix();
    if (!matrix || !m_c.similarity->symmetric()) return out;
    for (int i = 0; i < int(matrix->rows.size()); ++i) {
        const std::vector<int> near = nearestHeads(*matrix, i, 1);
        if (near.empty()) continue;
        const AxisHead &head = matrix->rows.heads[std::size_t(i)], &other = matrix->rows.heads[std::size_t(near.front())];
        out.push_back({{head.id.layer, head.firstHead}, {other.id.layer, other.firstHead}, kind()});
    }
    return out;
}

QString RankingPage::swapImpossible() const
{
    const auto& model = m_c.project->model();
    const auto& matrix = m_c.similarity->matrix();
    if (!model || !matrix) return tr("There is no matrix of heads to find the nearest in.");
    if (!model->canRun()) return tr("The swap test runs text, and this file cannot: its parts for that are missing.");
    if (!m_c.similarity->symmetric()) return tr("The nearest head is that of the matrix: choose QQ, OO or a measure of behaviour.");
    if (matrix->rows.sharedKeyValue)
        return tr(
            "The rows are key/value heads that several heads share; the swap test replaces single heads. Choose QQ, OO or a measure of "
            "behaviour.");
    if (m_c.similarity->partial()) return tr("The heads are still being compared.");
    const BehaviourText text = m_c.similarity->text();
    if (text.prompts.empty() && text.corpusPaths.empty()) return tr("The swap test needs text: run a prompt, or choose a text file.");
    if (requests().empty()) return tr("No head has another one near it.");
    return {};
}

void RankingPage::swapAll()
{
    if (m_swaps->job()->busy()) return m_swaps->job()->cancel();
    if (swapImpossible().isEmpty()) m_swaps->start(requests(), m_c.similarity->text(), m_c.similarity->textName());
}

void RankingPage::refresh()
{
    std::vector<RankingRow> rows;
    if (const auto& model = m_c.project->model(); model && hasSomeAttention(*model))
        for (int l = 0; l < model->config().nLayers; ++l)
            for (int h = 0; h < model->config().heads(l); ++h) {
                RankingRow row{{l, h}, m_store->spectra({l, h}), std::nullopt, false};
                if (const SwapResult* r = m_swaps->newest(row.head, kind())) {
                    row.swap = *r;
                    row.partial = m_swaps->partial(*r);
                }
                rows.push_back(std::move(row));
            }
    const bool top = m_table->verticalScrollBar()->value() == 0;
    m_following = true;
    m_model->setRows(std::move(rows));
    m_following = false;
    refreshWords();
    if (!m_table->currentIndex().isValid()) showHead();
    if (top) m_table->scrollToTop();  // rows that change places take the current one with them, not the view
}

void RankingPage::refreshWords()
{
    const auto& model = m_c.project->model();
    const int heads = int(m_model->rows().size());
    QStringList words;
    if (!model) words << tr("Comparing heads needs a model file; attention dumps hold no weights.");
    else if (heads == 0) words << tr("This file holds no attention weights.");
    else {
        if (m_store->queries() == 1) words << tr("Attention on itself over one query.");
        else if (m_store->queries() > 1)
            words << tr("Attention on itself: mean over %1 queries of %2.")
                         .arg(countText(m_store->queries()),
                              m_store->promptTitle().isEmpty() ? tr("the open prompt") : tr("“%1”").arg(m_store->promptTitle()));
        else words << tr("Attention on itself needs a prompt that has run.");
        words << tr("OV identity from the weights alone, %1.").arg(weightsWord(m_c.similarity->settings().weights));
        const auto& error = m_store->job()->error();
        if (error && error->code == ErrorCode::Cancelled)
            words << tr("Cancelled: %1 of %2 heads are there.").arg(m_store->known()).arg(heads);
        else if (error) words << errorText(*error).what;
        else if (m_store->job()->busy()) words << tr("%1 of %2 heads so far.").arg(m_store->known()).arg(heads);
    }
    m_words->setText(words.join(QLatin1Char(' ')));
    const bool stopped = m_store->job()->error().has_value();
    m_cancel->setVisible(m_store->job()->busy() || stopped);
    m_cancel->setText(stopped && !m_store->job()->busy() ? tr("Compute again") : tr("Cancel"));

    const bool busy = m_swaps->job()->busy();
    const QString why = swapImpossible();
    m_swap->setText(busy ? tr("Cancel") : tr("Swap test of all heads"));
    m_swap->setEnabled(busy || why.isEmpty());
    m_swap->setToolTip(why.isEmpty() ? tr("Runs the text once for each head, with the head nearest to it in its place") : why);
    if (busy) return;  // progress speaks
    if (const QString left = swapStopped(*m_swaps); !left.isEmpty()) m_swapWords->setText(left);
    else if (m_swaps->measured() > 0)
        m_swapWords->setText(
            tr("Swap test on %1 (%2): change of the loss in nats per token, 95 % interval over documents. Few documents say little.")
                .arg(m_swaps->textName(), swapDocuments(m_swaps->documents())));
    else
        m_swapWords->setText(
            why.isEmpty()
                ? tr("How replaceable heads are is not measured yet: the swap test would run on %1.").arg(m_c.similarity->textName())
                : why);
}

void RankingPage::showHead()
{
    const int row = m_model->rowOf(m_c.selection->head());
    if (row < 0) return;
    const QModelIndex at = m_sorted->mapFromSource(m_model->index(row, 0));
    m_following = true;
    m_table->setCurrentIndex(at);
    m_table->scrollTo(at);
    m_following = false;
}

void RankingPage::fillFigure(FigureSubject& subject) const
{
    if (m_store->job()->busy() || m_soon.isActive() || m_store->known() == 0) return;  // not all heads stand in the table yet
    auto drawing = std::make_shared<FigureDrawing>();
    drawing->name = QStringLiteral("similarity");
    drawing->title = tr("Heads by identity");
    drawing->caption = tr("All heads in order of attention on themselves and of the identity score of their OV circuit");
    drawing->facts << tr("weights: %1").arg(QLatin1String(weightProcessingName(m_c.similarity->settings().weights))) << m_words->text()
                   << m_swapWords->text();
    drawing->aspect = 1.8;
    IndexChartScene chart;
    chart.first = 1;
    chart.decimals = 3;
    chart.xTitle = tr("rank");
    std::vector<double> self, identity;
    for (const RankingRow& row : m_model->rows()) {
        if (row.spectra && row.spectra->attentionDiagonal) self.push_back(*row.spectra->attentionDiagonal);
        if (row.spectra && row.spectra->identity) identity.push_back(std::abs(*row.spectra->identity));
    }
    std::sort(self.rbegin(), self.rend());
    std::sort(identity.rbegin(), identity.rend());
    if (!self.empty()) chart.series.push_back({RankingModel::title(RankingModel::SelfColumn), self, Ink::RoleQ, false});
    if (!identity.empty()) chart.series.push_back({tr("OV identity, absolute"), identity, Ink::RoleV, !self.empty()});
    if (chart.series.empty()) chart.absent = tr("n/a");
    drawing->paint = [chart](QPainter& painter, const QRectF& area, bool dark) { paintIndexChart(painter, chart, area, 1, dark); };
    drawing->table.push_back({QStringLiteral("head"), QStringLiteral("attention_on_itself"), QStringLiteral("queries"),
                              QStringLiteral("ov_identity"), QStringLiteral("random_sd"), QStringLiteral("idempotence"),
                              QStringLiteral("replaced_by"), QStringLiteral("loss_change"), QStringLiteral("low"), QStringLiteral("high"),
                              QStringLiteral("documents"), QStringLiteral("partial")});
    const auto text = [](const std::optional<double>& v) { return v && std::isfinite(*v) ? QString::number(*v, 'g', 9) : QString(); };
    for (int i = 0; i < m_sorted->rowCount(); ++i) {  // as shown
        const RankingRow& row = m_model->rows()[std::size_t(m_sorted->mapToSource(m_sorted->index(i, 0)).row())];
        QStringList cells{QString::fromStdString(headName(row.head))};
        if (row.spectra)
            cells << text(row.spectra->attentionDiagonal)
                  << (row.spectra->attentionDiagonal ? QString::number(m_store->queries()) : QString()) << text(row.spectra->identity)
                  << text(row.spectra->identity ? std::optional(row.spectra->identityNullSd) : std::nullopt)
                  << text(row.spectra->idempotence);
        else cells << QString() << QString() << QString() << QString() << QString();
        if (row.swap)
            cells << QString::fromStdString(headName(row.swap->request.replacement)) << text(row.swap->mean) << text(row.swap->low)
                  << text(row.swap->high) << QString::number(row.swap->change.size()) << QString::number(row.partial);
        else cells << QString() << QString() << QString() << QString() << QString() << QString();
        drawing->table.push_back(cells);
    }
    subject.screen = size();
    subject.spec.kind = FigureKind::Drawing;
    subject.spec.drawing = std::move(drawing);
}

}  // namespace hs::ui
