// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_next_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/token_bars.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_curve.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kRows = 6;

/// The last few tokens before a place, as running text.
QString contextOf(const Run& run, int position)
{
    QString text;
    const auto& tokens = run.queryTokens();
    for (int i = std::max(0, position - 2); i <= position && i < int(tokens.size()); ++i) {
        if (!run.model->tokenizer() && !text.isEmpty()) text += QLatin1Char(' ');  // ids
        text += QString::fromStdString(tokens[std::size_t(i)].text);
    }
    return (position > 2 ? QStringLiteral("…") : QString()) + text.trimmed();
}

}  // namespace

PruneNextPanel::PruneNextPanel(const ViewContext& context, PruneController* controller, QWidget* parent)
    : QWidget(parent), m_c(context), m_controller(controller)
{
    auto* titles = new QHBoxLayout;
    titles->setSpacing(measure::kControlGap);
    titles->addWidget(makeLabel(tr("Next token"), Ink::Text, Type::Base, true));
    m_note = makeLabel({}, Ink::Muted, Type::Caption);
    titles->addWidget(m_note, 1);
    m_loss = makeLabel({}, Ink::Muted, Type::Caption);
    m_loss->setObjectName(QStringLiteral("promptLoss"));
    titles->addWidget(m_loss);
    auto* row = new QHBoxLayout;
    row->setSpacing(24);
    for (Place& place : m_places) {
        place.box = new QWidget;
        auto* column = new QVBoxLayout(place.box);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2);
        place.title = makeLabel({}, Ink::Muted, Type::Token);
        place.title->setFont(Theme::instance().tokenFont());
        place.title->setTextFormat(Qt::PlainText);
        place.bars = new TokenBars;
        place.bars->setAccessibleName(tr("Next token with all heads on and with the cut"));
        column->addWidget(place.title);
        column->addWidget(place.bars);
        column->addStretch();
        row->addWidget(place.box, 1);
    }
    m_remark = makeLabel({}, Ink::Muted, Type::Caption);
    m_remark->setObjectName(QStringLiteral("pruneRemark"));
    m_remark->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kViewMargin, 8, measure::kViewMargin, 8);
    column->setSpacing(6);
    column->addLayout(titles);
    column->addLayout(row);
    column->addWidget(m_remark);
    PruneBench* bench = controller->bench();
    connect(bench, &PruneBench::liveChanged, this, &PruneNextPanel::refresh);
    connect(bench, &PruneBench::stepsChanged, this, [this] { m_remark->setText(disagreement(*m_controller->bench())); });
    connect(m_c.selection, &Selection::pairChanged, this, [this] {
        if (m_c.selection->locked()) refresh();
    });
    refresh();
}

QString PruneNextPanel::remark() const { return m_remark->text(); }
QString PruneNextPanel::lossText() const { return m_loss->text(); }

void PruneNextPanel::choosePositions()
{
    const auto& live = m_controller->bench()->live();
    if (!live || !live->base) {
        m_positions.clear();
        m_positionsOf = nullptr;
        return;
    }
    const int n = live->base->queries();
    const int locked = m_c.selection->locked() ? std::min(m_c.selection->query(), n - 1) : -1;
    const auto& before = live->base->tokenLoss;
    const auto& after = live->run->tokenLoss;
    std::vector<int> byChange(std::min(before.size(), after.size()));
    std::iota(byChange.begin(), byChange.end(), 0);
    const auto change = [&](int i) {
        const float d = after[std::size_t(i)] - before[std::size_t(i)];
        return std::isfinite(d) ? std::abs(d) : 0.0f;
    };
    std::stable_sort(byChange.begin(), byChange.end(), [&](int a, int b) { return change(a) > change(b); });
    // Places stay where they are while they are among those that moved most: bars that jump cannot be followed.
    std::vector<int> chosen;
    const auto add = [&](int position) {
        if (position >= 0 && position < n && chosen.size() < 3 && std::find(chosen.begin(), chosen.end(), position) == chosen.end())
            chosen.push_back(position);
    };
    add(locked >= 0 ? locked : n - 1);
    if (m_positionsOf == live->base.get())
        for (const int p : m_positions)
            if (std::find(byChange.begin(), byChange.begin() + std::min<std::ptrdiff_t>(5, std::ptrdiff_t(byChange.size())), p)
                != byChange.begin() + std::min<std::ptrdiff_t>(5, std::ptrdiff_t(byChange.size())))
                add(p);
    if (byChange.empty() || !(change(byChange.front()) > 0))
        for (const int p : {n - 1, n / 3, 2 * n / 3}) add(p);  // nothing has moved yet: places all over the prompt
    for (const int p : byChange) add(p);
    std::sort(chosen.begin(), chosen.end());
    m_positions = std::move(chosen);
    m_positionsOf = live->base.get();
}

void PruneNextPanel::refresh()
{
    choosePositions();
    const PruneBench& bench = *m_controller->bench();
    const auto& live = bench.live();
    const int cuts = live ? int(live->cut.size()) : 0;
    m_note->setText(!live       ? tr("runs with the prompt")
                    : cuts == 0 ? tr("all heads on; where a cut changes most comes first")
                                : tr("upper bar: all heads on, lower bar: %1 off").arg(cuts));
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        Place& place = m_places[i];
        if (!live || i >= m_positions.size()) {
            place.title->clear();
            place.bars->setRows({});
            continue;
        }
        const int position = m_positions[i];
        place.title->setText(contextOf(*live->base, position) + QStringLiteral(" ?"));
        // The likeliest before or after, in the order of before: rows keep their place while heads go on and off.
        std::vector<NextToken> before = topNext(*live->base, position, kRows), after = topNext(*live->run, position, kRows);
        std::vector<int> ids;
        std::vector<QString> texts;
        for (const auto* list : {&before, &after})
            for (const NextToken& t : *list)
                if (std::find(ids.begin(), ids.end(), t.id) == ids.end()) {
                    ids.push_back(t.id);
                    texts.push_back(QString::fromStdString(t.text));
                }
        const auto on = nextProbabilities(*live->base, position, ids), off = nextProbabilities(*live->run, position, ids);
        std::vector<std::size_t> order(std::min({ids.size(), on.size(), off.size()}));
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return std::max(on[a], off[a]) > std::max(on[b], off[b]); });
        if (order.size() > kRows) order.resize(kRows);
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return on[a] > on[b]; });
        std::vector<TokenBars::Row> rows;
        for (const std::size_t k : order) {
            TokenBars::Row row;
            row.text = texts[k];
            row.value = static_cast<double>(off[k]);
            row.numbers = percentText(static_cast<double>(off[k]));
            if (cuts > 0) {
                row.before = static_cast<double>(on[k]);
                row.numbersBefore = percentText(static_cast<double>(on[k]));
                row.tip = tr("Token %1: %2 with all heads on, %3 with the cut").arg(ids[k]).arg(row.numbersBefore, row.numbers);
            }
            rows.push_back(std::move(row));
        }
        place.bars->setRows(std::move(rows));
    }
    if (live && std::isfinite(live->base->loss) && std::isfinite(live->run->loss))
        m_loss->setText(cuts ? tr("prompt loss %1 → %2").arg(numberText(live->base->loss, 3), numberText(live->run->loss, 3))
                             : tr("prompt loss %1").arg(numberText(live->base->loss, 3)));
    else m_loss->clear();
    m_remark->setText(disagreement(bench));
}

void PruneNextPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Three columns of bars need room; fewer say more than squeezed ones.
    const int columns = width() >= 760 ? 3 : width() >= 520 ? 2 : 1;
    for (int i = 0; i < 3; ++i) m_places[std::size_t(i)].box->setVisible(i < columns);
}

}  // namespace hs::ui
