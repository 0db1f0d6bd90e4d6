// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/groups_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "engine/session/jobs/behaviour.h"
#include "ui/kit/figure_drawing.h"
#include "ui/kit/index_chart.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/similarity/measure_words.h"
#include "ui/similarity/similarity_store.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

enum Column { HeadColumn, DistanceColumn, LossColumn, VerdictColumn, ColumnCount };

double distanceOf(const HeadMatrix& m, int a, int b)
{
    return isDistance(m.measure) ? m.value(std::size_t(a), std::size_t(b)) : 1 - m.normalised(std::size_t(a), std::size_t(b));
}

QString axisName(const HeadMatrix& m)
{
    if (isDistance(m.measure)) return measureBrief(m.measure);
    return (measureInfo(m.measure).normalised ? GroupsPage::tr("1 − normalised %1") : GroupsPage::tr("1 − %1"))
        .arg(measureBrief(m.measure));
}

}  // namespace

GroupsPage::GroupsPage(const ViewContext& context, QWidget* parent)
    : QWidget(parent), m_c(context), m_swaps(new SwapStore(context.bridge, context.project, this))
{
    setObjectName(QStringLiteral("groupsPage"));
    m_tree = new DendrogramView;
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_tree);
    m_silhouettes = new IndexChart(tr("Mean silhouette of each number of groups"));
    m_silhouettes->setChoosing(true);
    m_silhouettes->setFixedHeight(112);
    m_silhouettes->setToolTip(tr("Mean silhouette of each number of groups; click to cut there"));
    m_count = new QSpinBox;
    m_count->setRange(0, 0);
    m_count->setSpecialValueText(tr("automatic"));
    m_count->setKeyboardTracking(false);
    m_count->setMinimumWidth(116);
    m_count->setAccessibleName(tr("Number of groups"));
    m_count->setToolTip(tr("Automatic: the cut with the largest mean silhouette"));
    m_words = makeLabel({}, Ink::Text, Type::Base, false);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_kind = new QComboBox;
    m_kind->setAccessibleName(tr("What is replaced"));
    m_kind->addItem(tr("attention pattern"), int(SwapKind::Pattern));
    m_kind->addItem(tr("output"), int(SwapKind::Output));
    m_swap = new QPushButton(tr("Swap test"));
    m_swap->setProperty("small", true);
    m_swapWords = makeLabel({}, Ink::Muted, Type::Caption, false);
    m_swapWords->setWordWrap(true);
    m_swapWords->setObjectName(QStringLiteral("swapWords"));
    m_table = new QTableWidget(0, ColumnCount);
    m_table->setObjectName(QStringLiteral("groupTable"));
    m_table->setAccessibleName(tr("Groups of like heads"));
    m_table->setHorizontalHeaderLabels({tr("Head"), tr("distance"), tr("loss change (95 %)"), tr("what it says")});
    for (int c = 0; c < ColumnCount; ++c)
        m_table->horizontalHeaderItem(c)->setTextAlignment((c == DistanceColumn || c == LossColumn ? Qt::AlignRight : Qt::AlignLeft)
                                                           | Qt::AlignVCenter);
    dressTable(*m_table);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setColumnWidth(HeadColumn, 70);
    m_table->setColumnWidth(DistanceColumn, 66);
    // Four decimals and both limits: what the largest of them needs.
    m_table->setColumnWidth(
        LossColumn,
        QFontMetrics(Theme::instance().font(Type::Base)).horizontalAdvance(QStringLiteral("−0.0000 (−0.0000 to −0.0000)")) + 22);
    m_table->setWordWrap(false);

    auto* left = new QVBoxLayout;
    left->setSpacing(2);
    left->addWidget(scroll, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    auto* choose = new QHBoxLayout;
    choose->setSpacing(measure::kControlGap);
    choose->addWidget(makeLabel(tr("Groups"), Ink::Muted, Type::Base, false));
    choose->addWidget(m_count);
    choose->addStretch();
    right->addLayout(choose);
    right->addWidget(m_words);
    right->addWidget(m_silhouettes);
    auto* swap = new QHBoxLayout;
    swap->setSpacing(measure::kControlGap);
    swap->addWidget(makeLabel(tr("Replace each by the bold head:"), Ink::Muted, Type::Base, false));
    swap->addWidget(m_kind);
    swap->addWidget(m_swap);
    swap->addStretch();
    right->addLayout(swap);
    right->addWidget(m_swapWords);
    right->addWidget(m_table, 1);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(measure::kViewMargin, 2, measure::kViewMargin, 4);
    columns->setSpacing(12);
    columns->addLayout(left, 2);
    columns->addLayout(right, 3);
    setFocusProxy(m_tree);

    SimilarityStore* store = m_c.similarity;
    connect(store, &SimilarityStore::changed, this, &GroupsPage::refresh);
    connect(m_swaps, &SwapStore::changed, this, &GroupsPage::refresh);
    connect(m_swaps->job(), &OneAsk::progress, this, [this](double, const QString& words) { m_swapWords->setText(words); });
    connect(m_c.selection, &Selection::headChanged, this, &GroupsPage::refresh);
    connect(m_tree, &DendrogramView::cutChosen, store, &SimilarityStore::setGroupCount);
    connect(m_tree, &DendrogramView::leafChosen, this,
            [this](int leaf) { m_c.selection->setHead(headOfRow(m_c.similarity->clusters()->items[std::size_t(leaf)])); });
    connect(m_silhouettes, &IndexChart::chosen, this,
            [this](int index) { m_c.similarity->setGroupCount(index + m_silhouettes->scene().first); });
    connect(m_count, &QSpinBox::valueChanged, store, &SimilarityStore::setGroupCount);
    connect(m_kind, &QComboBox::activated, this, &GroupsPage::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &GroupsPage::refresh);
    connect(m_swap, &QPushButton::clicked, this, &GroupsPage::swapAll);
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (!m_filling && row >= 0 && row < int(m_rows.size()) && m_rows[std::size_t(row)] >= 0)
            m_c.selection->setHead(headOfRow(m_rows[std::size_t(row)]));
    });
    refresh();
}

HeadId GroupsPage::headOfRow(int row) const
{
    const AxisHead& head = m_c.similarity->matrix()->rows.heads[std::size_t(row)];
    return {head.id.layer, head.firstHead};
}

SwapKind GroupsPage::kind() const { return SwapKind(m_kind->currentData().toInt()); }

std::vector<SwapRequest> GroupsPage::requests() const
{
    std::vector<SwapRequest> out;
    const auto& clusters = m_c.similarity->clusters();
    if (!clusters) return out;
    for (const HeadGroup& group : clusters->groups)
        for (const int member : group.members)
            if (member != group.medoid) out.push_back({headOfRow(member), headOfRow(group.medoid), kind()});
    return out;
}

QString GroupsPage::swapImpossible() const
{
    const auto& model = m_c.project->model();
    const auto& matrix = m_c.similarity->matrix();
    if (!model || !matrix) return tr("There are no groups yet.");
    if (!model->canRun()) return tr("The swap test runs text, and this file cannot: its parts for that are missing.");
    if (matrix->rows.sharedKeyValue)
        return tr(
            "The rows are key/value heads that several heads share; the swap test replaces single heads. Choose QQ, OO or a measure of "
            "behaviour.");
    const BehaviourText text = m_c.similarity->text();
    if (text.prompts.empty() && text.corpusPaths.empty()) return tr("The swap test needs text: run a prompt, or choose a text file.");
    if (requests().empty()) return tr("No group has two heads.");
    return {};
}

void GroupsPage::swapAll()
{
    if (m_swaps->job()->busy()) return m_swaps->job()->cancel();
    if (swapImpossible().isEmpty()) m_swaps->start(requests(), m_c.similarity->text(), m_c.similarity->textName());
}

DendrogramScene GroupsPage::treeScene() const
{
    DendrogramScene scene;
    const auto& clusters = m_c.similarity->clusters();
    const auto& matrix = m_c.similarity->matrix();
    if (!clusters || !matrix || clusters->matrix != matrix || !clusters->tree) return scene;
    scene.tree = clusters->tree;
    scene.axis = axisName(*matrix);
    scene.groups.assign(clusters->items.size(), -1);
    scene.medoids.assign(clusters->items.size(), false);
    for (std::size_t i = 0; i < clusters->items.size(); ++i) {
        const AxisHead& head = matrix->rows.heads[std::size_t(clusters->items[i])];
        scene.names << QString::fromStdString(head.label);
        const HeadId selected = m_c.selection->head();
        if (head.id.layer == selected.layer && selected.head >= head.firstHead && selected.head <= head.lastHead) scene.selected = int(i);
    }
    int number = 0, clusterCount = 0;
    for (const HeadGroup& group : clusters->groups) {
        ++clusterCount;
        if (group.members.size() < 2) continue;
        for (const int member : group.members) {
            const auto at = std::lower_bound(clusters->items.begin(), clusters->items.end(), member) - clusters->items.begin();
            scene.groups[std::size_t(at)] = number;
            if (member == group.medoid) scene.medoids[std::size_t(at)] = true;
        }
        ++number;
    }
    scene.cut = cutHeight(*clusters->tree, clusterCount);
    return scene;
}

void GroupsPage::refresh()
{
    const auto& clusters = m_c.similarity->clusters();
    const auto& matrix = m_c.similarity->matrix();
    const bool any = clusters && matrix && clusters->matrix == matrix;
    m_tree->setScene(treeScene());
    const QSignalBlocker block(m_count);
    const int n = any ? int(clusters->items.size()) : 0;
    m_count->setRange(0, n);
    m_count->setValue(m_c.similarity->groupCount());
    IndexChartScene chart;
    chart.absent = any ? tr("Fewer than three heads: no silhouette.") : QString();
    if (any && n > 3 && int(clusters->best.meanByClusters.size()) >= n) {
        chart.first = 2;
        chart.decimals = 3;
        chart.xTitle = tr("number of groups");
        chart.series.push_back({tr("mean silhouette"),
                                std::vector<double>(clusters->best.meanByClusters.begin() + 2, clusters->best.meanByClusters.begin() + n),
                                Ink::Bar, false});
        chart.marked = int(clusters->groups.size()) - 2;
    }
    m_silhouettes->setScene(std::move(chart));
    if (any) {
        int real = 0, alone = 0, sinks = 0;
        for (const HeadGroup& g : clusters->groups) {
            (g.members.size() > 1 ? real : alone) += 1;
            sinks += g.allSinks;
        }
        QStringList words{(real == 1 ? tr("One group of two or more heads") : tr("%1 groups of two or more heads").arg(real))
                          + (alone == 1 ? tr(", one head alone.") : tr(", %1 heads alone.").arg(alone))};
        const std::size_t k = clusters->groups.size();
        const double mean = k < clusters->best.meanByClusters.size() ? clusters->best.meanByClusters[k] : 0;
        if (clusters->best.mean > 0)
            words << (k == std::size_t(clusters->best.clusters)
                          ? tr("Mean silhouette %1, the largest of all cuts.").arg(numberText(mean, 3))
                          : tr("Mean silhouette %1; the largest is %2 at %3 groups.")
                                .arg(numberText(mean, 3), numberText(clusters->best.mean, 3))
                                .arg(clusters->best.clusters));
        else words << tr("No cut into groups has a positive silhouette.");
        if (m_c.similarity->sinkMass().empty()) words << tr("Whether heads are sinks is not known: no prompt has run.");
        else if (sinks > 0)
            words << (sinks == 1 ? tr("One group consists of sinks (on %1): alike because idle, not because redundant.")
                                       .arg(m_c.similarity->sinkSource())
                                 : tr("%1 groups consist of sinks (on %2): alike because idle, not because redundant.")
                                       .arg(sinks)
                                       .arg(m_c.similarity->sinkSource()));
        if (int(matrix->rows.size()) > n) words << tr("%1 heads have no numbers and are left out.").arg(int(matrix->rows.size()) - n);
        m_words->setText(words.join(QLatin1Char(' ')));
    } else {
        m_words->setText(m_c.similarity->partial() ? tr("Groups are made when all text is read.") : QString());
    }
    const bool busy = m_swaps->job()->busy();
    const QString why = swapImpossible();
    m_swap->setText(busy ? tr("Cancel") : tr("Swap test"));
    m_swap->setEnabled(busy || why.isEmpty());
    m_swap->setToolTip(why.isEmpty() ? tr("Runs the text once for each head that is not bold, with that head replaced") : why);
    if (!busy) {
        if (!why.isEmpty()) m_swapWords->setText(why);
        else if (const QString stopped = swapStopped(*m_swaps); !stopped.isEmpty()) m_swapWords->setText(stopped);
        else if (m_swaps->measured() > 0)
            m_swapWords->setText(
                tr("Change of the loss in nats per token on %1 (%2), with the 95 % interval over documents. Few documents say little.")
                    .arg(m_swaps->textName(), swapDocuments(m_swaps->documents())));
        else
            m_swapWords->setText(
                tr("Would run on %1: %2 heads replaced one by one.").arg(m_c.similarity->textName()).arg(requests().size()));
    }
    fillTable();
}

void GroupsPage::fillTable()
{
    m_filling = true;
    m_rows.clear();
    const auto& clusters = m_c.similarity->clusters();
    const auto& matrix = m_c.similarity->matrix();
    struct Line {
        int row, medoid, number;
        const HeadGroup* group;
    };
    std::vector<Line> lines;
    if (clusters && matrix && clusters->matrix == matrix) {
        int number = 0;
        for (const HeadGroup& group : clusters->groups) {
            if (group.members.size() < 2) continue;
            lines.push_back({-1, group.medoid, ++number, &group});
            lines.push_back({group.medoid, group.medoid, number, &group});
            for (const int member : group.members)
                if (member != group.medoid) lines.push_back({member, group.medoid, number, &group});
        }
    }
    m_table->clearSpans();
    m_table->setRowCount(int(lines.size()));
    int current = -1;
    const QFont bold = Theme::instance().font(Type::Base, true);
    for (int i = 0; i < int(lines.size()); ++i) {
        const Line& line = lines[std::size_t(i)];
        m_rows.push_back(line.row);
        QStringList cells{QString(), QString(), QString(), QString()};
        if (line.row < 0) {
            m_table->setSpan(i, 0, 1, ColumnCount);
            cells[HeadColumn] = tr("Group %1: %2 heads, mean distance %3")
                                    .arg(line.number)
                                    .arg(line.group->members.size())
                                    .arg(numberText(line.group->meanDistance, 3));
            if (line.group->allSinks) cells[HeadColumn] += line.group->members.size() == 2 ? tr(", both are sinks") : tr(", all are sinks");
        } else {
            cells[HeadColumn] = QString::fromStdString(matrix->rows.heads[std::size_t(line.row)].label);
            if (line.row == line.medoid) {
                cells[VerdictColumn] = tr("stands for them");
            } else {
                cells[DistanceColumn] = numberText(distanceOf(*matrix, line.row, line.medoid), 3);
                if (const SwapResult* r = m_swaps->result(headOfRow(line.row), headOfRow(line.medoid), kind())) {
                    cells[LossColumn] = swapNumbers(*r);
                    cells[VerdictColumn] = swapVerdict(*r, m_swaps->partial(*r));
                }
            }
            if (headOfRow(line.row) == m_c.selection->head()) current = i;
        }
        for (int c = 0; c < ColumnCount; ++c) {
            auto* item = new QTableWidgetItem(cells[c]);
            item->setTextAlignment((c == DistanceColumn || c == LossColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            if (line.row < 0) {
                item->setFlags(Qt::ItemIsEnabled);
                item->setForeground(ink(Ink::Muted));
            }
            if (line.row == line.medoid) item->setFont(bold);
            item->setToolTip(cells[c]);
            m_table->setItem(i, c, item);
        }
    }
    if (current >= 0) {
        m_table->setCurrentCell(current, 0);
        // Numbers that come in leave the list where the user scrolled it to.
        if (const HeadId head = m_c.selection->head(); head != m_reached) {
            m_table->scrollToItem(m_table->item(current, 0));
            m_reached = head;
        }
    } else {
        m_table->setCurrentItem(nullptr);
    }
    m_filling = false;
}

QString GroupsPage::words() const { return m_words->text(); }

void GroupsPage::fillFigure(FigureSubject& subject) const
{
    DendrogramScene scene = treeScene();
    const auto& clusters = m_c.similarity->clusters();
    const auto& matrix = m_c.similarity->matrix();
    if (scene.empty() || !clusters || !matrix) return;
    scene.selected = -1;
    auto drawing = std::make_shared<FigureDrawing>();
    drawing->name = QStringLiteral("similarity");
    const QString roles = matrix->pairing ? QStringLiteral(", ") + QString::fromStdString(rolePairName(*matrix->pairing)) : QString();
    drawing->title = tr("Groups of like heads: %1%2").arg(measureTitle(matrix->measure), roles);
    drawing->caption = tr("Average linkage of all heads by %1%2, cut into %3 groups")
                           .arg(measureTitle(matrix->measure), roles)
                           .arg(clusters->groups.size());
    drawing->facts << drawing->title << tr("weights: %1").arg(QLatin1String(weightProcessingName(matrix->weights))) << m_words->text();
    drawing->aspect = std::clamp(scene.tree->leaves * 12.0 / 400.0, 0.5, 2.4);
    drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) { paintDendrogram(painter, scene, area, 1, dark, false); };
    drawing->table.push_back({QStringLiteral("group"), QStringLiteral("head"), QStringLiteral("medoid"), QStringLiteral("distance"),
                              QStringLiteral("all_sinks"), QStringLiteral("loss_change"), QStringLiteral("low"), QStringLiteral("high"),
                              QStringLiteral("documents"), QStringLiteral("partial")});
    int number = 0;
    const auto text = [](double v) { return std::isfinite(v) ? QString::number(v, 'g', 9) : QString(); };
    for (const HeadGroup& group : clusters->groups) {
        ++number;
        for (const int member : group.members) {
            const SwapResult* r = member == group.medoid ? nullptr : m_swaps->result(headOfRow(member), headOfRow(group.medoid), kind());
            drawing->table.push_back({QString::number(number), QString::fromStdString(matrix->rows.heads[std::size_t(member)].label),
                                      QString::fromStdString(matrix->rows.heads[std::size_t(group.medoid)].label),
                                      member == group.medoid ? QStringLiteral("0") : text(distanceOf(*matrix, member, group.medoid)),
                                      QString::number(group.allSinks), r ? text(r->mean) : QString(), r ? text(r->low) : QString(),
                                      r ? text(r->high) : QString(), r ? QString::number(r->change.size()) : QString(),
                                      r ? QString::number(m_swaps->partial(*r)) : QString()});
        }
    }
    subject.screen = size();
    subject.spec.kind = FigureKind::Drawing;
    subject.spec.drawing = std::move(drawing);
}

}  // namespace hs::ui
