// SPDX-License-Identifier: GPL-3.0-or-later
// Golden pictures of charts and small painted widgets: bars, curves, patching, routes, labels, tokens.
#include <limits>

#include "tests/ui/golden/golden_stage.h"
#include "ui/cause/flow_view.h"
#include "ui/compare/row_chart.h"
#include "ui/kit/index_chart.h"
#include "ui/kit/mini_chart.h"
#include "ui/kit/pair_histogram.h"
#include "ui/kit/ramp_legend.h"
#include "ui/kit/token_bars.h"
#include "ui/kit/token_paint.h"
#include "ui/labels/label_code.h"
#include "ui/labels/null_bar.h"
#include "ui/labels/score_scatter.h"
#include "ui/map/colour_bar.h"
#include "ui/map/patch_view.h"
#include "ui/prune/prune_curve_chart.h"

using namespace hs;
using namespace hs::ui;
using namespace hs::test;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

QImage tokenBars(bool)
{
    TokenBars bars;
    bars.setRows({{QStringLiteral(" time"), 0.82, 0.4, QStringLiteral("0.820"), QStringLiteral("0.400"), {}},
                  {QStringLiteral(" day"), 0.1, std::nullopt, QStringLiteral("0.100"), {}, {}},
                  {QStringLiteral("\n"), 0.02, 0.2, QStringLiteral("0.020"), QStringLiteral("0.200"), {}}});
    return grabbed(bars, {280, bars.sizeHint().height()});
}

QImage nullBar(bool)
{
    NullBar bar;
    bar.setValues({true, 0.68, 0.2, 0.4, 0.6, 0.75, true}, {});
    return grabbed(bar, bar.sizeHint());
}

QImage patch(bool dark)
{
    PatchCells c;
    c.rows = {QStringLiteral("2"), QStringLiteral("1"), QStringLiteral("0")};
    c.columns = {QStringLiteral("<s>"), QStringLiteral(" When"), QStringLiteral(" Mary"), QStringLiteral(" and"), QStringLiteral(" John")};
    c.tokenColumns = true;
    c.rowTitle = QStringLiteral("layer");
    c.columnTitle = QStringLiteral("token");
    for (int i = 0; i < 15; ++i) c.values.push_back(i == 7 ? kNaN : std::sin(i * 1.7) * (i % 5 + 1) / 5);
    c.quantity = QStringLiteral("logit difference");
    return painted({250, 150}, dark, [&](QPainter& p, const QRectF& area) { paintPatchCells(p, area, c, {1, 3}, dark); });
}

QImage flow(bool dark)
{
    using Kind = FlowNode::Kind;
    auto routes = std::make_shared<FlowRoutes>();
    routes->options.position = 3;
    routes->nodes = {{Kind::Post, 1, 3}, {Kind::Mlp, 1, 3}, {Kind::Mid, 1, 3},   {Kind::Post, 0, 3},  {Kind::Post, 0, 1},
                     {Kind::Mid, 0, 3},  {Kind::Mid, 0, 1}, {Kind::Embed, 0, 3}, {Kind::Embed, 0, 1}, {Kind::Embed, 0, 0}};
    routes->edges = {{0, 1, 0.3, -1, 0},    {0, 2, 0.7, -1, 0}, {1, 2, 1, -1, 0},   {2, 3, 0.55, -1, 0},
                     {2, 4, 0.35, 2, 0.3},  {3, 5, 1, -1, 0},   {4, 6, 1, -1, 0},   {5, 7, 0.8, -1, 0},
                     {5, 8, 0.15, 1, 0.12}, {6, 8, 0.6, -1, 0}, {6, 9, 0.4, 0, 0.4}};
    FlowScene s;
    s.routes = routes;
    s.tokens = {QStringLiteral("<s>"), QStringLiteral(" Mary"), QStringLiteral(" gave"), QStringLiteral(" to")};
    s.layers = 2;
    return painted({250, 190}, dark, [&](QPainter& p, const QRectF& area) { paintFlow(p, area, s, 4, dark); });
}

PruneCurveLines curveLines()
{
    PruneCurveLines l;
    l.heads = 12;
    l.allOn = 2.1;
    for (int x = 0; x <= 12; ++x) {
        l.greedy.emplace_back(x, 2.1 + 0.012 * x * x);
        l.median.emplace_back(x, 2.1 + 0.2 * x);
        l.low.emplace_back(x, 2.1 + 0.13 * x);
        l.high.emplace_back(x, 2.1 + 0.28 * x);
        if (x < 4) l.done.emplace_back(x, 2.1 + 0.03 * x);
    }
    l.seeds = 24;
    CurveOrder reverse;
    reverse.title = QStringLiteral("Reverse");
    reverse.words = QStringLiteral("reverse of gate");
    for (int x = 0; x <= 12; x += 3) reverse.points.emplace_back(x, 2.1 + 0.35 * x);
    l.more = {reverse};
    return l;
}

QImage pruneCurve(bool)
{
    PruneCurveChart chart;
    chart.setLines(curveLines(), 3, {0, 3, 6, 9, 12});
    return grabbed(chart, {400, 200});
}

QImage indexChart(bool dark)
{
    IndexChartScene s;
    s.series = {{QStringLiteral("L1H2"), {4.1, 3.2, 2.5, 1.1, 0.6, 0.2}, Ink::Bar, false},
                {QStringLiteral("random"), {2.6, 2.3, 2.0, 1.7, 1.4, 1.2}, Ink::RoleK, true}};
    s.level = 1.5;
    s.levelName = QStringLiteral("noise");
    s.marked = 2;
    s.xTitle = QStringLiteral("singular value");
    return painted({290, 120}, dark, [&](QPainter& p, const QRectF& area) { paintIndexChart(p, s, area, 1, dark, 3); });
}

QImage miniBars(bool)
{
    MiniChart chart(MiniChart::Kind::Bars, QStringLiteral("Distance"));
    chart.setValues({0.1, 0.55, 0.2, 0.08, 0.04, 0.02, 0.01}, 0, 0, 1, {});
    return grabbed(chart, {150, 108});
}

QImage miniCurve(bool)
{
    MiniChart chart(MiniChart::Kind::Curve, QStringLiteral("Entropy"));
    chart.setValues({0, 0.4, 0.9, 1.2, 0.8, 1.5, 1.7, 1.6}, 0, 2, 5, {});
    return grabbed(chart, {150, 108});
}

QImage pairHistogram(bool)
{
    PairHistogram chart;
    chart.setData({0, 4, {3, 20, 90, 240, 110, 30, 9, 4, 2, 1}, 509}, 1.25, 2.8, 7, QStringLiteral("PK"), 1);
    return grabbed(chart, {260, 112});
}

QImage scoreScatter(bool)
{
    ScoreScatter chart;
    std::vector<ScoreScatter::Point> points;
    for (int i = 0; i < 8; ++i) {
        ScoreScatter::Point p;
        p.head = {i / 4, i % 4};
        p.x = 0.12 * i;
        p.y = 0.5 + 0.45 * std::sin(i * 1.9);
        p.mark.state = i % 3 == 0 ? LabelMark::State::Awarded : i % 3 == 1 ? LabelMark::State::Candidate : LabelMark::State::None;
        p.mark.family = p.mark.hasLabel() ? LabelFamily(i % 6) : LabelFamily::None;
        p.mark.code = p.mark.hasLabel() ? QStringLiteral("Pr") : QStringLiteral("–");
        points.push_back(p);
    }
    chart.setPoints(points, QStringLiteral("previous token"), QStringLiteral("induction"));
    chart.setSelected({1, 0});
    return grabbed(chart, {300, 220});
}

QImage rowChart(bool)
{
    RowChart chart;
    RowChart::Row row;
    row.token = 5;
    row.label = QStringLiteral(" gave");
    const char* keys[] = {"<s>", " When", " Mary", " and", " John", " gave"};
    for (int i = 0; i < 6; ++i) row.keys.push_back({QString::fromLatin1(keys[i]), i, 1, i == 0});
    row.a = {0.5f, 0.0004f, 0.2f, 0.1f, 0.15f, 0.05f};
    row.b = {0.1f, 0.0002f, 0.6f, 0.05f, 0.2f, 0.05f};
    row.column = 2;
    row.nameA = QStringLiteral("L0 H1");
    row.nameB = QStringLiteral("L1 H2");
    chart.setRow(row);
    return grabbed(chart, {340, 150});
}

ColourBar::Content barContent()
{
    ColourBar::Content c;
    c.quantity = QStringLiteral("Weight");
    c.colourMap = QStringLiteral("attention");
    for (int i = 0; i < ColourBar::kBins; ++i) c.counts.push_back(std::round(400 * std::exp(-0.3 * i)) + (i > 17 ? 30 : 0));
    c.clipped = {3, true, true};
    return c;
}

QImage colourBar(bool)
{
    ColourBar bar;
    ColourBar::Content c = barContent();
    c.automatic = false;
    c.scale.low = 0.1;
    c.scale.high = 0.7;
    bar.setContent(c);
    return grabbed(bar, {150, 380});
}

QImage colourBarLog(bool)
{
    ColourBar bar;
    ColourBar::Content c = barContent();
    c.scale.stretch = Stretch::Log;
    c.colourMap = QStringLiteral("viridis");
    c.notes = {QStringLiteral("first token left out")};
    bar.setContent(c);
    return grabbed(bar, {150, 380});
}

QImage rampLegend(bool)
{
    RampLegend legend;
    legend.setRamp(QStringLiteral("attention"), QStringLiteral("0"), QStringLiteral("0.82"), QStringLiteral("weight"));
    return grabbed(legend, legend.sizeHint());
}

/// Every family once awarded, once a candidate, the last one switched off; then what stands for no label.
QImage labelCodes(bool dark)
{
    const char* codes[] = {"Pr", "Nb", "Sw", "In", "Sy", "Bo", "Ve"};
    return painted({296, 76}, dark, [&](QPainter& p, const QRectF&) {
        p.setFont(Theme::instance().font(Type::AxisSmall, true));
        for (int family = 0; family < kLabelFamilies - 1; ++family)
            for (int row = 0; row < 2; ++row) {
                LabelMark mark;
                mark.state = row == 1 ? LabelMark::State::Candidate : LabelMark::State::Awarded;
                mark.family = LabelFamily(family);
                mark.code = QString::fromLatin1(codes[family]);
                paintLabelCode(p, QRectF(10 + 40 * family, 8 + 22 * row, 30, 16), mark, family == 6 ? 0.4 : 1.0);
            }
        using State = LabelMark::State;
        const std::pair<State, const char*> others[] = {{State::None, "–"},
                                                        {State::Insufficient, "?"},
                                                        {State::Open, "…"},
                                                        {State::NotRun, ""}};
        for (int i = 0; i < 4; ++i) {
            LabelMark mark;
            mark.state = others[i].first;
            mark.code = QString::fromUtf8(others[i].second);
            paintLabelCode(p, QRectF(10 + 40 * i, 52, 30, 16), mark);
        }
    });
}

QImage tokens(bool dark)
{
    return painted({220, 110}, dark, [](QPainter& p, const QRectF&) {
        p.setFont(Theme::instance().tokenFont());
        const char* texts[] = {" time", "na\u00efve", "\n", "a\tb", "  two", "ends "};
        for (int i = 0; i < 6; ++i) {
            const QString text = QString::fromUtf8(texts[i]);
            paintToken(p, QPointF(10, 18 + 16 * i), text, ink(Ink::Text), ink(Ink::Faint));
            paintToken(p, QPointF(210, 18 + 16 * i), elideToken(QFontMetricsF(p.font()), text + text + text, 70), ink(Ink::Select),
                       ink(Ink::Muted), true);
        }
    });
}

constexpr GoldenPicture kPictures[] = {
    {"token-bars", tokenBars},
    {"null-bar", nullBar},
    {"patch", patch},
    {"flow", flow},
    {"prune-curve", pruneCurve},
    {"index-chart", indexChart},
    {"mini-bars", miniBars},
    {"mini-curve", miniCurve},
    {"pair-histogram", pairHistogram},
    {"score-scatter", scoreScatter},
    {"row-chart", rowChart},
    {"colour-bar", colourBar},
    {"colour-bar-log", colourBarLog},
    {"ramp-legend", rampLegend},
    {"label-codes", labelCodes},
    {"tokens", tokens},
};

}  // namespace

class tst_golden_charts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picture_data() { goldenRows(kPictures); }
    void picture() { goldenTest(kPictures); }
};

HS_GOLDEN_MAIN(tst_golden_charts)
#include "tst_golden_charts.moc"
