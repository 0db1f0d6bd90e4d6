// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_edge_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/map/patch_view.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kChecked = 8;

}  // namespace

CauseEdgePage::CauseEdgePage(const ViewContext& context, CauseQuestion* question, QWidget* parent)
    : CausePage(context, question, tr("Attention edges"), Asks::Answer, parent),
      m_estimate(context.bridge, tr("Influence of edges"), QStringLiteral("cause-edges")),
      m_knockOut(context.bridge, tr("Knock out edges"), QStringLiteral("cause-edge"))
{
    m_check = new QPushButton(tr("Check the %1 strongest").arg(kChecked));
    m_check->setToolTip(tr("Knocks each of them out by itself, exactly, and compares the estimate"));
    m_bar->addWidget(m_check);
    m_map = new PatchView;
    m_map->setObjectName(QStringLiteral("edgeMap"));
    m_map->setAccessibleName(tr("Effect of removing each attention edge"));
    m_words = makeLabel({}, Ink::Text, Type::Base);
    m_words->setObjectName(QStringLiteral("edgeWords"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_cut = new QPushButton(tr("Keep this edge cut"));
    m_cut->setProperty("small", true);
    m_cut->setToolTip(tr("Adds a knock-out to the interventions; one undo step"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_words, 1);
    row->addWidget(m_cut);
    m_body->addLayout(row);
    m_body->addWidget(m_map, 1);
    setPicture(m_map);
    connect(m_map, &PatchView::readoutChanged, this, &CausePage::statusChanged);
    connect(m_map, &PatchView::chosen, this, [this](int q, int k) {
        if (m_influence && seen(q, k)) knockOut({{m_head, q, k}});
    });
    connect(m_check, &QPushButton::clicked, this, [this] {
        if (!m_influence) return;
        const MatrixF& map = m_influence->influence.front();
        std::vector<AttentionEdge> edges;
        for (int q = 0; q < int(map.rows()); ++q)
            for (int k = 0; k < int(map.cols()); ++k)
                if (seen(q, k)) edges.push_back({m_head, q, k});
        const auto size = [&](const AttentionEdge& e) { return std::abs(map(e.query, e.key)); };
        std::partial_sort(edges.begin(), edges.begin() + std::min<std::ptrdiff_t>(kChecked, std::ptrdiff_t(edges.size())), edges.end(),
                          [&](const auto& a, const auto& b) { return size(a) > size(b); });
        if (edges.size() > kChecked) edges.resize(kChecked);
        knockOut(edges);
    });
    connect(m_cut, &QPushButton::clicked, this, [this] {
        const auto [q, k] = m_map->selected();
        if (q < 0 || k < 0) return;
        Interventions list = m_c.project->interventions();
        list.push_back(hs::knockOut(m_head, {{q, k}}));
        m_c.project->changeInterventions(list, tr("knock out an edge of %1").arg(QString::fromStdString(headName(m_head))));
    });
    connect(m_c.selection, &Selection::headChanged, this, [this] {
        m_dirty = true;
        if (isVisible()) refresh();
    });
    m_estimate.onAnswer([this](const EdgeInfluenceResult& result) {
        if (result.influence->heads.empty()) return;
        m_influence = result.influence;
        m_head = result.influence->heads.front();
        show();
    });
    m_knockOut.onAnswer([this](const EdgeKnockOutResult& result) {
        if (result.run != m_run) return;
        std::erase_if(m_exact, [&](const Exact& e) { return e.edge == result.edge; });
        m_exact.push_back({result.edge, result.change});
        show();
    });
    follow(&m_estimate);
    follow(&m_knockOut);
}

void CauseEdgePage::refresh()
{
    m_dirty = false;
    const auto run = subject();
    const auto asked = run ? target(*run) : std::nullopt;
    if (!asked && run && run == m_run && m_influence && m_head == m_c.selection->head()) return;  // the picture of the last question stays
    m_influence.reset();
    m_exact.clear();
    m_run = run;
    if (!asked) return show();
    m_metric = {};
    m_metric.kind = MetricKind::LogitDifference;
    m_metric.positions = {asked->position};
    m_metric.answer = asked->answer;
    m_metric.wrong = asked->wrong;
    const auto& tokens = m_run->queryTokens();
    const QString place = visibleToken(QString::fromStdString(tokens[std::size_t(asked->position)].text));
    m_question = asked->wrong >= 0 ? tr("logit of “%1” minus “%2” after “%3”").arg(tokenText(asked->answer), tokenText(asked->wrong), place)
                                   : tr("logit of “%1” after “%2”").arg(tokenText(asked->answer), place);
    setBusy(true, tr("One backward pass for all edges"));
    m_estimate.start(EdgeInfluenceJob{m_run, m_metric, {m_c.selection->head()}});
    show();
}

bool CauseEdgePage::seen(int query, int key) const { return m_run && m_run->visibility(m_head.layer).sees(query, key); }

void CauseEdgePage::knockOut(const std::vector<AttentionEdge>& edges)
{
    if (!m_run) return;
    setBusy(true, tr("Knocking edges out"));
    m_knockOut.start(EdgeKnockOutJob{m_run, m_metric, edges});
}

QString CauseEdgePage::statusText() const { return m_map->readout(); }

void CauseEdgePage::show()
{
    const HeadId head = m_c.selection->head();
    m_title->setText(tr("Edges of L%1 H%2").arg(head.layer).arg(head.head));
    m_check->setEnabled(m_influence != nullptr);
    m_cut->setEnabled(m_influence && m_map->selected().first >= 0);
    if (!m_influence || !m_run) {
        m_map->setCells({});
        m_words->clear();
        setFacts({});
        setShown({});
        return;
    }
    const MatrixF& influence = m_influence->influence.front();
    PatchCells cells;
    cells.tokenRows = cells.tokenColumns = true;
    cells.rowTitle = tr("query");
    cells.columnTitle = tr("key");
    cells.quantity = tr("change of the logit when the edge is removed, estimate");
    for (const Token& t : m_run->queryTokens()) cells.rows << QString::fromStdString(t.text);
    cells.columns = cells.rows;
    for (int q = 0; q < int(influence.rows()); ++q)
        for (int k = 0; k < int(influence.cols()); ++k)
            cells.values.push_back(seen(q, k) ? static_cast<double>(influence(q, k)) : std::numeric_limits<double>::quiet_NaN());
    const auto selected = m_map->selected();
    const bool same = m_map->cells().rows == cells.rows;
    m_map->setCells(std::move(cells));
    if (same && selected.first >= 0) m_map->select(selected.first, selected.second);
    m_cut->setEnabled(m_map->selected().first >= 0);
    QString words = tr("Click an edge: it is knocked out exactly.");
    if (!m_exact.empty()) {
        // The chosen edge, else the strongest of those that were checked.
        const auto chosen = std::find_if(m_exact.begin(), m_exact.end(),
                                         [&](const Exact& e) { return std::pair(e.edge.query, e.edge.key) == m_map->selected(); });
        const Exact& last =
            chosen != m_exact.end() ? *chosen : *std::max_element(m_exact.begin(), m_exact.end(), [](const Exact& a, const Exact& b) {
                return std::abs(a.change) < std::abs(b.change);
            });
        const auto name = [&](int t) { return visibleToken(QString::fromStdString(m_run->queryTokens()[std::size_t(t)].text)); };
        words = tr("“%1” → “%2”: exact %3, estimate %4.")
                    .arg(name(last.edge.query), name(last.edge.key), numberText(last.change, 4, true),
                         numberText(static_cast<double>(influence(last.edge.query, last.edge.key)), 4, true));
    }
    m_words->setText(words);
    QStringList facts{tr("Measured: %1, now %2.").arg(m_question, numberText(m_influence->value, 3)),
                      tr("An edge is removed by knocking out its score; the row is normalised again. The map is a first-order estimate "
                         "from one backward pass (Fu et al. 2024).")};
    double worst = 0;
    for (const Exact& e : m_exact) worst = std::max(worst, std::abs(e.change - static_cast<double>(influence(e.edge.query, e.edge.key))));
    facts << (m_exact.empty()       ? tr("No edge is checked yet.")
              : m_exact.size() == 1 ? tr("1 edge checked exactly, error %1.").arg(numberText(worst, 4))
                                    : tr("%1 edges checked exactly, largest error %2.").arg(m_exact.size()).arg(numberText(worst, 4)));
    facts << tr("This prompt only: no interval.") << conditions(*m_run);
    setFacts(facts);
    setShown(CauseAsked{m_run, {m_metric.positions.front(), m_metric.answer, m_metric.wrong}, {}});
}

FigureSubject CauseEdgePage::figureSubject() const
{
    FigureSubject s;
    s.spec.kind = FigureKind::Drawing;
    s.spec.drawing =
        patchDrawing(m_map->cells(), QStringLiteral("edges-%1").arg(QString::fromStdString(headName(m_head))), m_title->text(), m_factList);
    s.screen = m_map->size();
    return s;
}

}  // namespace hs::ui
