// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/graph/edge_bars.h"
#include "ui/graph/graph_store.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/pair_histogram.h"
#include "ui/similarity/measure_words.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr int kRows = 7, kBins = 36;
}

GraphCard::GraphCard(const ViewContext& context, GraphStore* store, QWidget* parent) : QWidget(parent), m_c(context), m_store(store)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kWindowMargin, 8, measure::kWindowMargin, 10);
    column->setSpacing(4);
    const auto titled = [&](QLabel*& left, QLabel*& right) {
        auto* row = new QHBoxLayout;
        left = makeLabel({}, Ink::Text, Type::Base, true);
        right = makeLabel({}, Ink::Muted, Type::Caption, false);
        row->addWidget(left, 1);
        row->addWidget(right);
        column->addLayout(row);
    };
    titled(m_count, m_of);
    m_table = makeLabel({}, Ink::Text, Type::Base, false);
    m_table->setTextFormat(Qt::RichText);
    column->addWidget(m_table);
    column->addSpacing(6);
    titled(m_barsTitle, m_unit);
    m_bars = new EdgeBars;
    column->addWidget(m_bars);
    column->addSpacing(6);
    m_pairsTitle = makeLabel({}, Ink::Text, Type::Base, true);
    column->addWidget(m_pairsTitle);
    m_pairs = new PairHistogram;
    column->addWidget(m_pairs);
    m_random = makeLabel({}, Ink::Muted, Type::Caption, false);
    m_random->setWordWrap(true);
    column->addWidget(m_random);
    connect(m_bars, &EdgeBars::chosen, m_store, &GraphStore::selectEdge);
    connect(m_store, &GraphStore::changed, this, &GraphCard::refresh);
    connect(m_store, &GraphStore::edgeSelected, this, &GraphCard::refresh);
    connect(m_c.selection, &Selection::headChanged, this, &GraphCard::refresh);
    refresh();
}

void GraphCard::refresh()
{
    const auto& graph = m_store->graph();
    const int node = graph ? graph->nodeOf(m_c.selection->head()) : -1;
    const bool any = node >= 0 && !graph->types.empty();
    for (QWidget* w : std::initializer_list<QWidget*>{m_of, m_table, m_barsTitle, m_unit, m_bars, m_pairsTitle, m_pairs, m_random})
        w->setVisible(any);
    if (!any) {
        m_count->setText(tr("No graph yet"));
        return;
    }
    const GraphNode& n = graph->nodes[std::size_t(node)];
    m_count->setText(n.edges() == 1 ? tr("1 edge") : tr("%1 edges").arg(n.edges()));
    m_of->setText(tr("of %1 drawn").arg(countText(qint64(graph->edges.size()))));
    QString rows =
        QStringLiteral(
            "<table width='100%' cellspacing='2'><tr><td width='60%'></td><td align='right'>%1</td><td align='right'>%2</td></tr>")
            .arg(tr("In"), tr("Out"));
    for (std::size_t t = 0; t < graph->types.size(); ++t)
        rows += QStringLiteral("<tr><td>%1</td><td align='right'>%2</td><td align='right'>%3</td></tr>")
                    .arg(edgeTypeWord(graph->types[t]).toHtmlEscaped())
                    .arg(n.in[t])
                    .arg(n.out[t]);
    m_table->setText(rows + QStringLiteral("</table>"));

    const HeadMeasure measure = graph->types.front().measure;
    const int decimals = fewMeasureDecimals(measure);
    m_barsTitle->setText(tr("Strongest edges of this head"));
    m_unit->setText(measureBrief(measure));
    std::vector<EdgeBar> bars;
    double most = 0;
    for (const GraphEdge& e : graph->edges) most = std::max(most, e.value);
    for (const int i : m_store->edgesOf(m_c.selection->head())) {
        if (int(bars.size()) == kRows) break;
        const GraphEdge& e = graph->edges[std::size_t(i)];
        EdgeBar bar;
        bar.edge = i;
        bar.type = graph->types[std::size_t(e.type)];
        bar.out = node >= e.source && node <= std::max(e.source, e.sourceLast);
        bar.other = QString::fromStdString(bar.out ? graph->targetName(e) : graph->sourceName(e));
        bar.value = e.value;
        bar.text = numberText(e.value, decimals);
        bars.push_back(std::move(bar));
    }
    m_bars->setRows(std::move(bars), most, m_store->selectedEdge());

    // The histogram is of the selected edge's type, else of the type that gives this head most edges.
    int type = m_store->selectedEdge() >= 0 ? graph->edges[std::size_t(m_store->selectedEdge())].type : 0;
    if (m_store->selectedEdge() < 0)
        for (int t = 0; t < int(graph->types.size()); ++t)
            if (n.in[std::size_t(t)] + n.out[std::size_t(t)] > n.in[std::size_t(type)] + n.out[std::size_t(type)]) type = t;
    const EdgeType& chosen = graph->types[std::size_t(type)];
    const auto matrix = chosen.pairing ? m_store->matrix(*chosen.pairing) : nullptr;
    m_pairsTitle->setText(tr("All %1 pairs through %2").arg(countText(chosen.pairs), edgeTypeWord(chosen)));
    if (matrix)
        m_pairs->setData(countPairs(matrix->values, kBins), chosen.chance ? std::optional(chosen.chance->mean) : std::nullopt,
                         chosen.edges > 0 ? std::optional(chosen.weakest) : std::nullopt, chosen.edges, measureBrief(measure), decimals);
    m_random->setText(
        chosen.chance
            ? tr("Random subspaces of %1 dimensions: %2 ± %3, exact. Trained heads are far from random, so this is a level, not a test.")
                  .arg(matrix ? matrix->dNull : 0)
                  .arg(numberText(chosen.chance->mean, decimals + 1), numberText(chosen.chance->sd, decimals + 2))
            : tr("This measure has no chance level of its own."));
}

}  // namespace hs::ui
