// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_choice.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/graph/edge_table.h"
#include "ui/graph/graph_store.h"
#include "ui/kit/label.h"
#include "ui/kit/level_slider.h"
#include "ui/kit/numbers.h"
#include "ui/similarity/measure_words.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

using Rule = EdgeChoice::Rule;
constexpr int kSteps = 200;
constexpr double kMostTop = 500, kLeastPercent = 0.01;
const RolePair kPairs[] = {{HeadRole::O, HeadRole::Q}, {HeadRole::O, HeadRole::K}, {HeadRole::O, HeadRole::V}};

}  // namespace

GraphChoice::GraphChoice(GraphStore* store, QWidget* parent) : QWidget(parent), m_store(store)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kControlGap);
    for (const RolePair pair : kPairs) {
        auto* chip = new QPushButton;
        chip->setCheckable(true);
        chip->setChecked(std::find(m_store->settings().pairings.begin(), m_store->settings().pairings.end(), pair)
                         != m_store->settings().pairings.end());
        chip->setProperty("chip", true);
        chip->setObjectName(QString::fromStdString(rolePairName(pair)));
        connect(chip, &QPushButton::toggled, this, [this] {
            GraphSettings s = m_store->settings();
            s.pairings.clear();
            for (std::size_t i = 0; i < m_chips.size(); ++i)
                if (m_chips[i]->isChecked()) s.pairings.push_back(kPairs[i]);
            m_store->setSettings(s);
        });
        m_chips.push_back(chip);
        row->addWidget(chip);
    }
    row->addStretch();
    m_random = makeLabel({}, Ink::Muted, Type::Caption, false);
    m_rule = new QComboBox;
    m_rule->setObjectName(QStringLiteral("edgeRule"));
    m_rule->setAccessibleName(tr("Rule for edges"));
    m_rule->setToolTip(tr("Which pairs of heads are drawn, for each type of edge"));
    m_rule->addItem(tr("Top"), int(Rule::Top));
    m_rule->addItem(tr("At least"), int(Rule::Threshold));
    m_rule->addItem(tr("Strongest"), int(Rule::Percent));
    m_slider = new LevelSlider;
    m_slider->setRange(0, kSteps);
    m_slider->setFixedWidth(128);
    m_slider->setAccessibleName(tr("Edges of each type"));
    m_amount = new QDoubleSpinBox;
    m_amount->setLocale(QLocale::c());  // as all numbers of the window are written
    m_amount->setAccessibleName(tr("Edges of each type"));
    m_amount->setKeyboardTracking(false);
    m_amount->setFixedWidth(92);
    row->addWidget(m_random);
    row->addWidget(m_rule);
    row->addWidget(m_slider);
    row->addWidget(m_amount);
    connect(m_rule, &QComboBox::activated, this, [this] { chooseRule(Rule(m_rule->currentData().toInt())); });
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) { setAmount(amountAt(position)); });
    connect(m_amount, &QDoubleSpinBox::valueChanged, this, &GraphChoice::setAmount);
    connect(m_store, &GraphStore::changed, this, &GraphChoice::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &GraphChoice::refreshChips);
    refresh();
}

void GraphChoice::setEdgePalette(EdgePalette palette)
{
    m_palette = palette;
    refreshChips();
}

/// Few edges matter most: counts and shares are fine at their left end. Values are even.
double GraphChoice::amountAt(int position) const
{
    const double t = double(position) / kSteps;
    switch (m_store->settings().edges.rule) {
    case Rule::Top: return std::max(1.0, std::round(std::pow(kMostTop, t)));
    case Rule::Threshold: return t * m_largest;
    default: return kLeastPercent * std::pow(100 / kLeastPercent, t);
    }
}

double GraphChoice::positionOf(double amount) const
{
    switch (m_store->settings().edges.rule) {
    case Rule::Top: return kSteps * std::log(std::max(1.0, amount)) / std::log(kMostTop);
    case Rule::Threshold: return kSteps * amount / m_largest;
    default: return kSteps * std::log(std::max(kLeastPercent, amount) / kLeastPercent) / std::log(100 / kLeastPercent);
    }
}

void GraphChoice::setAmount(double amount)
{
    GraphSettings s = m_store->settings();
    switch (s.edges.rule) {
    case Rule::Top: s.edges.top = std::max(1, int(std::lround(amount))); break;
    case Rule::Threshold: s.edges.threshold = amount; break;
    default: s.edges.percent = std::clamp(amount, kLeastPercent, 100.0);
    }
    const QSignalBlocker a(m_amount), b(m_slider);
    m_amount->setValue(amount);
    if (!m_slider->isSliderDown() && sender() != m_slider) m_slider->setValue(int(std::lround(positionOf(amount))));
    m_store->setSettings(s);
}

void GraphChoice::chooseRule(Rule rule)
{
    GraphSettings s = m_store->settings();
    if (rule == s.edges.rule) return;
    // Start from what is drawn now, so that the picture stays.
    if (const auto& graph = m_store->graph(); graph && !graph->edges.empty()) {
        double weakest = std::numeric_limits<double>::infinity(), share = 0;
        int most = 1;
        for (const EdgeType& t : graph->types) {
            if (t.edges == 0) continue;
            weakest = std::min(weakest, t.weakest);
            share = std::max(share, 100.0 * t.edges / double(std::max<std::int64_t>(1, t.pairs)));
            most = std::max(most, t.edges);
        }
        const double step = std::pow(10.0, measureDecimals(s.measure));
        s.edges.threshold = std::floor(weakest * step) / step;  // rounded down: the weakest edge stays
        s.edges.percent = std::clamp(std::round(share * 100) / 100, kLeastPercent, 100.0);
        s.edges.top = most;
    }
    s.edges.rule = rule;
    m_store->setSettings(s);
    refreshRule();
}

void GraphChoice::refresh()
{
    surveyValues();
    refreshChips();
    refreshRule();
}

void GraphChoice::refreshChips()
{
    const auto& graph = m_store->graph();
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        EdgeType type;
        type.pairing = kPairs[i];
        type.name = rolePairName(kPairs[i]);
        int edges = -1;
        if (graph)
            for (const EdgeType& t : graph->types)
                if (t.pairing == kPairs[i]) {
                    type = t;
                    edges = t.edges;
                }
        m_chips[i]->setIcon(QIcon(edgeSample(type, m_palette, Theme::instance().dark(), devicePixelRatioF())));
        m_chips[i]->setIconSize({24, 12});
        m_chips[i]->setText(edges >= 0 ? QStringLiteral("%1 %2").arg(edgeTypeWord(type), countText(edges)) : edgeTypeWord(type));
        m_chips[i]->setToolTip(tr("Edges from what a head writes (O) to what a later head reads through its %1").arg(edgeTypeWord(type)));
    }
}

void GraphChoice::refreshRule()
{
    const GraphSettings& s = m_store->settings();
    const Rule rule = s.edges.rule;
    const QSignalBlocker a(m_rule), b(m_slider), c(m_amount);
    m_rule->setCurrentIndex(m_rule->findData(int(rule)));
    double amount = s.edges.top;
    std::optional<double> mark;
    switch (rule) {
    case Rule::Top:
        m_amount->setDecimals(0);
        m_amount->setRange(1, 5000);
        m_amount->setSingleStep(1);
        m_amount->setSuffix({});
        m_amount->setToolTip(tr("Strongest edges of each type"));
        if (m_chance) mark = m_pairsAbove;
        break;
    case Rule::Threshold:
        amount = s.edges.threshold;
        m_amount->setDecimals(measureDecimals(s.measure));
        m_amount->setRange(0, std::max(m_largest, amount));
        m_amount->setSingleStep(m_largest / 100);
        m_amount->setSuffix({});
        m_amount->setToolTip(tr("Edges with at least this value"));
        mark = m_chance;
        break;
    default:
        amount = s.edges.percent;
        m_amount->setDecimals(2);
        m_amount->setRange(kLeastPercent, 100);
        m_amount->setSingleStep(0.1);
        m_amount->setSuffix(QStringLiteral(" %"));
        m_amount->setToolTip(tr("Strongest share of the pairs of each type"));
        if (m_chance) mark = m_percentAbove;
    }
    m_amount->setValue(amount);
    if (!m_slider->isSliderDown()) m_slider->setValue(int(std::lround(positionOf(amount))));
    std::optional<double> place;
    if (mark)
        if (const double p = positionOf(*mark); p >= 0 && p <= kSteps) place = p;
    m_slider->setMark(place);
    const int decimals = measureDecimals(s.measure);
    const QString level = m_chance ? numberText(*m_chance, decimals) : QString();
    m_random->setText(place ? tr("tick: random %1").arg(level) : QString());
    m_slider->setToolTip(!m_chance ? tr("This measure has no random level")
                         : place   ? tr("The tick is the random level, %1").arg(level)
                                   : tr("The random level, %1, lies beyond the slider's end").arg(level));
}

void GraphChoice::surveyValues()
{
    std::vector<std::shared_ptr<const HeadMatrix>> matrices;
    for (const RolePair pair : m_store->settings().pairings)
        if (const auto m = m_store->matrix(pair)) matrices.push_back(m);
    const auto& graph = m_store->graph();
    if (!graph || matrices.empty() || matrices == m_surveyed) return;
    // The random levels are the graph's: it has to be about the same matrices.
    const auto known = [&](const std::shared_ptr<const HeadMatrix>& m) {
        return std::any_of(graph->types.begin(), graph->types.end(), [&](const EdgeType& t) {
            return t.pairing == m->pairing && t.measure == m->measure && graph->weights == m->weights;
        });
    };
    if (!std::all_of(matrices.begin(), matrices.end(), known)) return;
    m_surveyed = matrices;
    double largest = 0, level = 0;
    int levels = 0;
    m_pairsAbove = std::numeric_limits<double>::infinity();
    for (const auto& m : matrices) {
        std::optional<double> chance;
        for (const EdgeType& t : graph->types)
            if (t.pairing == m->pairing && t.measure == m->measure && t.chance) chance = t.chance->mean;
        double above = 0, pairs = 0;
        for (const double v : m->values) {
            if (std::isnan(v)) continue;
            largest = std::max(largest, v);
            pairs += 1;
            above += chance && v > *chance;
        }
        if (!chance) continue;
        level += *chance;
        ++levels;
        if (above < m_pairsAbove) {
            m_pairsAbove = above;
            m_percentAbove = pairs > 0 ? 100 * above / pairs : 0;
        }
    }
    m_largest = largest > 0 ? largest : 1;
    m_chance = levels > 0 ? std::optional(level / levels) : std::nullopt;
}

}  // namespace hs::ui
