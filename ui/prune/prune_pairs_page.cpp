// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_pairs_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/export/figure.h"
#include "ui/kit/label.h"
#include "ui/kit/numbers.h"
#include "ui/kit/segment.h"
#include "ui/map/patch_view.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_curve.h"
#include "ui/state/selection.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kStrongest = 12;
constexpr int kMostHeads = 64;  // 2016 pairs
constexpr int kDigits = 4;
enum Which { Strongest, Off, All };

QString name(HeadId head) { return QString::fromStdString(headName(head)); }

QString intervalText(const std::optional<Interval>& interval)
{
    return interval ? QStringLiteral("[%1, %2]").arg(numberText(interval->low, kDigits, true), numberText(interval->high, kDigits, true))
                    : QStringLiteral("–");
}

}  // namespace

QString pairWords(const PairEffect& pair)
{
    if (!pair.interval) return PrunePairsPage::tr("one document: no interval");
    if (pair.interval->low > 0) return PrunePairsPage::tr("back each other up");
    if (pair.interval->high < 0) return PrunePairsPage::tr("work together");
    return PrunePairsPage::tr("not told from independent");
}

PrunePairsPage::PrunePairsPage(const ViewContext& context, PruneController* controller, QWidget* parent)
    : QWidget(parent), m_c(context), m_controller(controller)
{
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 0);
    bar->setSpacing(measure::kControlGap);
    bar->addWidget(makeLabel(tr("Pairs of heads: is one the other's reserve?"), Ink::Text, Type::ViewTitle, true), 1);
    m_which = new QComboBox;
    m_which->setObjectName(QStringLiteral("pairHeads"));
    m_which->setAccessibleName(tr("Which heads are paired"));
    m_which->addItem(QString(), Strongest);
    m_which->addItem(QString(), Off);
    m_which->addItem(QString(), All);
    m_shape = new Segment({tr("List"), tr("Map")});
    m_measure = new QPushButton(tr("Measure"));
    m_measure->setObjectName(QStringLiteral("measurePairs"));
    bar->addWidget(m_which);
    bar->addWidget(m_shape);
    bar->addWidget(m_measure);
    m_words = makeLabel({}, Ink::Muted, Type::Caption);
    m_words->setObjectName(QStringLiteral("pairWords"));
    m_words->setWordWrap(true);
    m_words->setContentsMargins(measure::kViewMargin, 0, measure::kViewMargin, 4);
    m_table = new QTableWidget(0, 8);
    m_table->setObjectName(QStringLiteral("pairTable"));
    m_table->setAccessibleName(tr("Pairs of heads, strongest interaction first"));
    m_table->setHorizontalHeaderLabels({tr("First"), tr("Second"), tr("First alone"), tr("Second alone"), tr("Together"), tr("Excess"),
                                        tr("95 % interval"), tr("What it says")});
    dressTable(*m_table);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const int widths[] = {64, 64, 92, 100, 84, 84, 148};
    for (int c = 0; c < 7; ++c) m_table->setColumnWidth(c, widths[c]);
    for (int c = 0; c < 8; ++c)
        m_table->horizontalHeaderItem(c)->setTextAlignment((c >= 2 && c <= 6 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    m_map = new PatchView;
    m_map->setObjectName(QStringLiteral("pairMap"));
    m_map->setAccessibleName(tr("Excess of each pair over the sum of both"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_map);
    m_facts = makeLabel({}, Ink::Muted, Type::Caption);
    m_facts->setObjectName(QStringLiteral("pairFacts"));
    m_facts->setWordWrap(true);
    m_facts->setContentsMargins(measure::kViewMargin, 4, measure::kViewMargin, 8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    column->addLayout(bar);
    column->addWidget(m_words);
    column->addWidget(makeHairline());
    column->addWidget(m_stack, 1);
    column->addWidget(m_facts);

    connect(m_shape, &Segment::chosen, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_which, &QComboBox::currentIndexChanged, this, &PrunePairsPage::refresh);
    connect(m_measure, &QPushButton::clicked, this, [this] {
        if (m_controller->measuringPairs()) m_controller->cancelPairs();
        else m_controller->measurePairs(heads());
    });
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        const auto& pairs = m_controller->bench()->pairs();
        if (row < 0 || row >= int(pairs.size())) return;
        m_c.selection->setHead(pairs[std::size_t(row)].a);
        m_c.selection->setPinned(pairs[std::size_t(row)].b);
    });
    connect(m_map, &PatchView::chosen, this, [this](int r, int k) {
        if (r >= int(m_mapHeads.size()) || k >= int(m_mapHeads.size()) || r == k) return;
        m_c.selection->setHead(m_mapHeads[std::size_t(r)]);
        m_c.selection->setPinned(m_mapHeads[std::size_t(k)]);
    });
    connect(controller, &PruneController::progress, this, [this](const QString& words, double fraction) {
        if (!m_controller->measuringPairs()) return;
        if (m_controller->measuringCurve()) m_words->setText(tr("Waits until the curve is measured."));
        else m_words->setText(fraction < 0 ? words : tr("%1, %2 %").arg(words).arg(int(100 * fraction)));
    });
    PruneBench* bench = controller->bench();
    for (const auto signal : {&PruneBench::cutsChanged, &PruneBench::aloneChanged, &PruneBench::settingsChanged})
        connect(bench, signal, this, &PrunePairsPage::refresh);
    connect(bench, &PruneBench::pairsChanged, this, &PrunePairsPage::refreshPairs);
    connect(controller, &PruneController::stateChanged, this, &PrunePairsPage::refresh);
    refresh();
    refreshPairs();
}

std::vector<HeadId> PrunePairsPage::heads() const
{
    const PruneBench& bench = *m_controller->bench();
    switch (m_which->currentData().toInt()) {
    case Off: return bench.cuts();
    case All: return int(bench.allHeads().size()) <= kMostHeads ? bench.allHeads() : std::vector<HeadId>();
    default: break;
    }
    const auto& alone = bench.alone();
    if (!alone || !alone->complete) return {};
    std::vector<std::pair<double, HeadId>> order;
    for (const ImportanceEntry& e : alone->heads)
        if (e.known) order.emplace_back(std::abs(e.value), e.head);
    std::stable_sort(order.begin(), order.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
    if (order.size() > kStrongest) order.resize(kStrongest);
    std::vector<HeadId> out;
    for (const auto& [size, head] : order) out.push_back(head);
    std::sort(out.begin(), out.end());
    return out;
}

void PrunePairsPage::refresh()
{
    const PruneBench& bench = *m_controller->bench();
    m_which->setItemText(Strongest, tr("%1 strongest alone").arg(std::min(kStrongest, bench.headCount())));
    m_which->setItemText(Off, tr("heads that are off (%1)").arg(bench.cuts().size()));
    m_which->setItemText(All, tr("all %1 heads").arg(bench.headCount()));
    const int count = int(heads().size());
    const bool measuring = m_controller->measuringPairs();
    const QString obstacle = m_controller->obstacle();
    QString reason = obstacle;
    if (reason.isEmpty() && count < 2)
        reason = m_which->currentData().toInt() == Off   ? tr("Switch at least two heads off, or choose other heads.")
                 : m_which->currentData().toInt() == All ? tr("More than %1 heads make too many pairs: choose some.").arg(kMostHeads)
                                                         : tr("The effect of each head alone is being measured.");
    m_measure->setText(measuring ? tr("Stop") : tr("Measure"));
    m_measure->setEnabled(measuring || reason.isEmpty());
    m_measure->setToolTip(measuring ? QString() : reason);
    if (measuring && m_controller->measuringCurve()) m_words->setText(tr("Waits until the curve is measured."));
    if (!measuring)
        m_words->setText(!reason.isEmpty() ? reason
                                           : tr("%1 pairs of %2 heads: what both do together, minus what each does alone. More than the "
                                                "sum: each is the other's reserve. Less: they work in one circuit.")
                                                 .arg(count * (count - 1) / 2)
                                                 .arg(count));
}

QString PrunePairsPage::facts() const { return m_facts->text(); }

void PrunePairsPage::refreshPairs()
{
    const PruneBench& bench = *m_controller->bench();
    const auto& pairs = bench.pairs();
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(int(pairs.size()));
    int reserves = 0, circuits = 0;
    m_mapHeads.clear();
    for (const PairEffect& p : pairs)
        for (const HeadId head : {p.a, p.b})
            if (std::find(m_mapHeads.begin(), m_mapHeads.end(), head) == m_mapHeads.end()) m_mapHeads.push_back(head);
    std::sort(m_mapHeads.begin(), m_mapHeads.end());
    PatchCells cells;
    cells.rowTitle = tr("head");
    cells.columnTitle = tr("head");
    cells.quantity = tr("excess over the sum of both, nats");
    cells.decimals = kDigits;
    for (const HeadId head : m_mapHeads) cells.rows << name(head);
    cells.columns = cells.rows;
    cells.values.assign(m_mapHeads.size() * m_mapHeads.size(), std::numeric_limits<double>::quiet_NaN());
    for (int row = 0; row < int(pairs.size()); ++row) {
        const PairEffect& p = pairs[std::size_t(row)];
        const QStringList texts{name(p.a),
                                name(p.b),
                                numberText(p.alone[0], kDigits, true),
                                numberText(p.alone[1], kDigits, true),
                                numberText(p.together, kDigits, true),
                                numberText(p.excess, kDigits, true),
                                intervalText(p.interval),
                                pairWords(p)};
        for (int c = 0; c < int(texts.size()); ++c) {
            auto* item = new QTableWidgetItem(texts[c]);
            item->setTextAlignment((c >= 2 && c <= 6 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            m_table->setItem(row, c, item);
        }
        reserves += p.interval && p.interval->low > 0;
        circuits += p.interval && p.interval->high < 0;
        const auto place = [&](HeadId head) {
            return std::size_t(std::lower_bound(m_mapHeads.begin(), m_mapHeads.end(), head) - m_mapHeads.begin());
        };
        cells.values[place(p.a) * m_mapHeads.size() + place(p.b)] = cells.values[place(p.b) * m_mapHeads.size() + place(p.a)] = p.excess;
    }
    m_table->setCurrentCell(-1, -1);
    m_map->setCells(std::move(cells));
    m_facts->setText(
        pairs.empty()
            ? tr("No pair is measured yet.")
            : tr("%1 pairs: %2 back each other up, %3 work together; the rest is not told from independent (about %4 by chance alone). %5 "
                 "Loss changes in nats per token on the test text (%6); intervals 95 %, paired bootstrap over documents.")
                  .arg(pairs.size())
                  .arg(reserves)
                  .arg(circuits)
                  .arg(numberText(0.05 * double(pairs.size()), 0), ablationSentence(bench.settings().ablation),
                       pruneTextName(bench.settings().test)));
    refresh();
}

FigureSubject PrunePairsPage::figureSubject() const
{
    FigureSubject s;
    s.spec.kind = FigureKind::Drawing;
    const auto drawing =
        patchDrawing(m_map->cells(), QStringLiteral("head-pairs"), tr("Pairs of heads: excess over the sum of both"), {m_facts->text()});
    drawing->table = {{QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("first_alone"), QStringLiteral("second_alone"),
                       QStringLiteral("together"), QStringLiteral("excess"), QStringLiteral("lo"), QStringLiteral("hi")}};
    const auto exact = [](double v) { return QString::number(v, 'g', 9); };
    for (const PairEffect& p : m_controller->bench()->pairs())
        drawing->table.push_back({name(p.a), name(p.b), exact(p.alone[0]), exact(p.alone[1]), exact(p.together), exact(p.excess),
                                  p.interval ? exact(p.interval->low) : QString(), p.interval ? exact(p.interval->high) : QString()});
    s.spec.drawing = drawing;
    s.screen = m_map->size();
    return s;
}

}  // namespace hs::ui
