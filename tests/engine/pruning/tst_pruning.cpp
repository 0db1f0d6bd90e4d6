// SPDX-License-Identifier: GPL-3.0-or-later
// Pruning experiments: gates' golden numbers, orders, curves against one pass for each point, budget, bands, saving and resuming.
#include <QList>
#include <QTest>

#include <set>

#include "engine/analysis/pruning/hard_concrete.h"
#include "engine/analysis/pruning/pruning.h"
#include "engine/session/pruning_file.h"
#include "tests/support/oracle_forward.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

ImportanceText textOf(std::initializer_list<int> lengths, std::uint64_t seed, const char* name)
{
    ImportanceText text;
    for (const int n : lengths) text.prompts.push_back(randomPrompt(n, 50, seed++));
    text.name = name;
    text.hash = std::string(name) + " hash";
    return text;
}

std::shared_ptr<const Model> model()
{
    static const auto m = randomModel(smallConfig(2, 4));
    return m;
}

PruningSpec quickSpec()
{
    PruningSpec spec;
    spec.score = ImportanceKind::AblationZero;
    spec.ablation = AblationKind::Zero;
    spec.orders = {OrderKind::Score, OrderKind::Random, OrderKind::Magnitude, OrderKind::LayerDrop, OrderKind::Reverse};
    spec.randomSeeds = 4;
    spec.stepHeads = 3;
    spec.resamples = 50;
    return spec;
}

Result<PruningCurvePtr> run(const PruningSpec& spec, const PruningCurvePtr& resume = {}, const Progress& progress = {},
                            const PruningStage& onStage = {})
{
    return runPruning(model(), textOf({8, 13}, 3, "calibration"), textOf({9, 11, 6}, 30, "test"), spec, "model hash", resume, progress,
                      onStage);
}

double oracleLoss(const ImportanceText& text, const std::vector<HeadId>& cut)
{
    Interventions list;
    for (const HeadId h : cut) list.push_back(zeroHead(h));
    double sum = 0;
    for (const auto& prompt : text.prompts)
        sum += OracleForward(*model(), list).run(prompt->ids()).loss / static_cast<double>(text.prompts.size());
    return sum;
}

/// A curve made by hand: losses at 8, 6, 4, 2, 0 heads.
PruningSeries handSeries(OrderKind order, std::uint64_t seed, std::vector<double> losses)
{
    PruningSeries s;
    s.order = order;
    s.seed = seed;
    s.complete = true;
    for (int h = 0; h < 8; ++h) s.cut.push_back({h / 4, h % 4});
    for (std::size_t i = 0; i < losses.size(); ++i) {
        PruningPoint p;
        p.step = static_cast<int>(i);
        p.headsLeft = 8 - 2 * static_cast<int>(i);
        p.loss = losses[i];
        s.points.push_back(p);
    }
    return s;
}

}  // namespace

class tst_pruning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hardConcreteGoldens_data();
    void hardConcreteGoldens();
    void hardConcreteSamples();
    void gatesCloseUselessHeads_data();
    void gatesCloseUselessHeads();
    void curveEqualsOnePassPerPoint();
    void greedyTakesTheCheapest();
    void recomputedScores();
    void layerDropTakesWholeLayers();
    void budgets_data();
    void budgets();
    void bands();
    void csv();
    void savedAndResumed();
    void cancelledKeepsWhatIsDone();
    void refuses_data();
    void refuses();
};

void tst_pruning::hardConcreteGoldens_data()
{
    QTest::addColumn<double>("logA");
    QTest::addColumn<double>("open");
    QTest::addColumn<double>("gate");
    // engine/methods/patterns.md section 8
    QTest::newRow("0") << 0.0 << .6881 << .5;
    QTest::newRow("2") << 2.0 << .9422 << .9570;
    QTest::newRow("-2") << -2.0 << .2299 << .0430;
    QTest::newRow("-4") << -4.0 << .0388 << .0;
}

void tst_pruning::hardConcreteGoldens()
{
    QFETCH(double, logA);
    QFETCH(double, open);
    QFETCH(double, gate);
    QVERIFY2(std::abs(hardConcreteOpen(logA) - open) < 5e-5, qPrintable(QString::number(hardConcreteOpen(logA), 'g', 8)));
    QVERIFY2(std::abs(hardConcreteGate(logA) - gate) < 5e-5, qPrintable(QString::number(hardConcreteGate(logA), 'g', 8)));
}

void tst_pruning::hardConcreteSamples()
{
    for (const double logA : {-3.0, 0.0, 1.5}) {
        int open = 0;
        const int trials = 20000;
        for (int i = 0; i < trials; ++i) {
            const double u = (i + 0.5) / trials;
            const HardConcreteSample s = hardConcreteSample(logA, u);
            QVERIFY(s.gate >= 0 && s.gate <= 1);
            open += s.gate > 0;
            const double step = 1e-6,
                         numeric = (hardConcreteSample(logA + step, u).gate - hardConcreteSample(logA - step, u).gate) / (2 * step);
            // At the corners one side is clipped.
            if (s.gate > 1e-4 && s.gate < 1 - 1e-4) QVERIFY(std::abs(s.slope - numeric) < 1e-6);
        }
        QVERIFY(std::abs(open / static_cast<double>(trials) - hardConcreteOpen(logA)) < 1e-3);
    }
}

void tst_pruning::gatesCloseUselessHeads_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("zero") << static_cast<int>(AblationKind::Zero);
    QTest::newRow("mean") << static_cast<int>(AblationKind::Mean);
}

void tst_pruning::gatesCloseUselessHeads()
{
    QFETCH(int, kind);
    const ImportanceText text = textOf({12, 16, 9}, 5, "text");
    AblationCollectOptions collect;
    const auto values = collectAblationValues(model(), text.prompts, static_cast<AblationKind>(kind), collect);
    QVERIFY(values.ok());
    HardConcreteOptions options;
    options.ablation = static_cast<AblationKind>(kind);
    options.steps = 60;
    options.rate = 0.2;
    options.promptsPerStep = 2;
    options.lambda = 10;  // no head is worth that
    const auto all = trainHardConcrete(model(), text, **values, options);
    QVERIFY(all.ok() && (*all)->complete);
    for (const double open : (*all)->open) QVERIFY2(open < 0.1, qPrintable(QString::number(open)));

    // Without a price the loss alone decides: it must not end higher than it began.
    options.lambda = 0;
    options.steps = 150;
    const auto free = trainHardConcrete(model(), text, **values, options);
    QVERIFY(free.ok());
    const auto lossUnder = [&](const std::vector<double>& gates) {
        HeadCuts cuts;
        for (std::size_t i = 0; i < gates.size(); ++i) cuts.push_back({(*free)->heads[i], static_cast<float>(gates[i]), -1});
        double sum = 0;
        for (const auto& prompt : text.prompts) {
            const auto base = sweepBase(model(), *prompt, **values, cuts, 0, {});
            sum += (*base)->score.loss;
        }
        return sum;
    };
    QVERIFY(lossUnder((*free)->gate) < lossUnder(std::vector<double>(8, 1.0)));
    // The same seed gives the same gates.
    const auto again = trainHardConcrete(model(), text, **values, options);
    QCOMPARE((*again)->logA, (*free)->logA);
}

void tst_pruning::curveEqualsOnePassPerPoint()
{
    const PruningSpec spec = quickSpec();
    int stages = 0;
    const auto curve = run(spec, {}, {}, [&](const PruningCurvePtr&) { ++stages; });
    QVERIFY(curve.ok());
    QVERIFY((*curve)->complete);
    QVERIFY(stages > 8);
    QCOMPARE((*curve)->series.size(), std::size_t{8});
    const ImportanceText test = textOf({9, 11, 6}, 30, "test");
    std::set<std::vector<int>> randomOrders;
    for (const PruningSeries& s : (*curve)->series) {
        QVERIFY(s.complete);
        std::vector<int> left;
        for (const PruningPoint& p : s.points) left.push_back(p.headsLeft);
        QCOMPARE(left, (std::vector<int>{8, 5, 2, 0}));
        std::set<std::pair<int, int>> once;
        for (const HeadId h : s.cut) once.insert({h.layer, h.head});
        QCOMPARE(once.size(), std::size_t{8});
        for (std::size_t i = 0; i < s.points.size(); ++i) {
            const double expected = oracleLoss(test, s.cutAt(i));
            QVERIFY2(std::abs(s.points[i].loss - expected) < 2e-5, qPrintable(QStringLiteral("%1 %2").arg(s.points[i].loss).arg(expected)));
            QVERIFY(s.points[i].low <= s.points[i].high);
            QCOMPARE(s.points[i].losses.size(), std::size_t{3});
        }
        QVERIFY(s.points[0].kl < 1e-5 && s.points[3].kl > 0);
        // With everything cut, order does not matter.
        QVERIFY(std::abs(s.points[3].loss - (*curve)->series[0].points[3].loss) < 1e-6);
        if (s.order == OrderKind::Random) {
            std::vector<int> order;
            for (const HeadId h : s.cut) order.push_back(4 * h.layer + h.head);
            randomOrders.insert(order);
        }
    }
    QCOMPARE(randomOrders.size(), std::size_t{4});
    // The first step of score and reverse are the cheapest and the dearest heads of the calibration text.
    const auto& values = (*curve)->scoreValues;
    QCOMPARE(values.size(), std::size_t{8});
    const HeadId first = (*curve)->find(OrderKind::Score)->cut[0], last = (*curve)->find(OrderKind::Reverse)->cut[0];
    QCOMPARE(values[static_cast<std::size_t>(4 * first.layer + first.head)], *std::min_element(values.begin(), values.end()));
    QCOMPARE(values[static_cast<std::size_t>(4 * last.layer + last.head)], *std::max_element(values.begin(), values.end()));
}

void tst_pruning::greedyTakesTheCheapest()
{
    PruningSpec spec = quickSpec();
    spec.orders = {OrderKind::Greedy};
    spec.stepHeads = 1;
    spec.keepAtLeast = 4;
    const auto curve = run(spec);
    QVERIFY(curve.ok());
    const ImportanceText calibration = textOf({8, 13}, 3, "calibration");
    const PruningSeries& s = (*curve)->series[0];
    QCOMPARE(s.points.back().headsLeft, 4);
    std::vector<HeadId> cut;
    for (const HeadId chosen : s.cut) {
        double best = 1e9;
        for (int l = 0; l < 2; ++l)
            for (int h = 0; h < 4; ++h) {
                if (std::find(cut.begin(), cut.end(), HeadId{l, h}) != cut.end()) continue;
                std::vector<HeadId> next = cut;
                next.push_back({l, h});
                best = std::min(best, oracleLoss(calibration, next));
            }
        cut.push_back(chosen);
        QVERIFY(std::abs(oracleLoss(calibration, cut) - best) < 1e-5);
    }
}

void tst_pruning::recomputedScores()
{
    // Two steps of one-shot and recomputed scores start alike; recomputed ones look again at what is left.
    PruningSpec spec = quickSpec();
    spec.orders = {OrderKind::Score};
    spec.recompute = false;
    const auto once = run(spec);
    spec.recompute = true;
    const auto again = run(spec);
    QVERIFY(once.ok() && again.ok());
    QVERIFY(std::equal((*once)->series[0].cut.begin(), (*once)->series[0].cut.begin() + 3, (*again)->series[0].cut.begin()));
    ImportanceOptions options;
    options.kind = ImportanceKind::AblationZero;
    for (int i = 0; i < 3; ++i) options.cut.push_back({(*again)->series[0].cut[static_cast<std::size_t>(i)], 0.0f, -1});
    const auto table = measureImportance(model(), textOf({8, 13}, 3, "calibration"), {}, options);
    double cheapest = 1e9;
    HeadId expected;
    for (const ImportanceEntry& e : (*table)->heads) {
        const bool gone = std::any_of(options.cut.begin(), options.cut.end(), [&](const HeadCut& c) { return c.head == e.head; });
        if (gone || e.value >= cheapest) continue;
        cheapest = e.value;
        expected = e.head;
    }
    QCOMPARE((*again)->series[0].cut[3], expected);
}

void tst_pruning::layerDropTakesWholeLayers()
{
    PruningSpec spec = quickSpec();
    spec.orders = {OrderKind::LayerDrop};
    const auto curve = run(spec);
    QVERIFY(curve.ok());
    const auto& cut = (*curve)->series[0].cut;
    for (int i = 1; i < 4; ++i) QCOMPARE(cut[static_cast<std::size_t>(i)].layer, cut[0].layer);
    for (int i = 4; i < 8; ++i) QCOMPARE(cut[static_cast<std::size_t>(i)].layer, 1 - cut[0].layer);
}

void tst_pruning::budgets_data()
{
    QTest::addColumn<QList<double>>("losses");
    QTest::addColumn<double>("percent");
    QTest::addColumn<int>("headsLeft");
    const QList<double> rising{2.0, 2.01, 2.03, 2.5, 4.0};
    QTest::newRow("1 %") << rising << 1.0 << 6;
    QTest::newRow("2 %") << rising << 2.0 << 4;
    QTest::newRow("nothing") << rising << 0.0 << 8;
    QTest::newRow("everything") << rising << 100.0 << 0;
    QTest::newRow("negative: only what improves") << QList<double>{2.0, 1.9, 1.99, 2.5, 4.0} << -1.0 << 6;
    QTest::newRow("a hump on the way ends it") << QList<double>{2.0, 2.5, 2.0, 2.0, 4.0} << 5.0 << 8;
}

void tst_pruning::budgets()
{
    QFETCH(QList<double>, losses);
    QFETCH(double, percent);
    QFETCH(int, headsLeft);
    const auto choice = withinBudget(handSeries(OrderKind::Score, 0, {losses.begin(), losses.end()}), percent);
    QVERIFY(choice);
    QCOMPARE(choice->headsLeft, headsLeft);
    QCOMPARE(static_cast<int>(choice->cut.size()), 8 - headsLeft);
    QVERIFY(!withinBudget(PruningSeries{}, 5));
}

void tst_pruning::bands()
{
    PruningCurve curve;
    curve.heads = 8;
    curve.series.push_back(handSeries(OrderKind::Score, 0, {2.0, 2.1, 2.5, 5.0, 6.0}));
    for (int seed = 0; seed < 21; ++seed) {
        const double x = seed * 0.05;  // 0 .. 1 in equal steps: quantiles are exact
        curve.series.push_back(handSeries(OrderKind::Random, static_cast<std::uint64_t>(seed + 1), {2.0, 2.2 + x, 2.4 + x, 3.0 + x, 6.0}));
    }
    const auto band = curve.randomBand();
    QCOMPARE(band.size(), std::size_t{5});
    QCOMPARE(band[1].headsLeft, 6);
    QVERIFY(std::abs(band[1].low - 2.25) < 1e-12 && std::abs(band[1].median - 2.7) < 1e-12 && std::abs(band[1].high - 3.15) < 1e-12);
    QCOMPARE(band[1].seeds, 21);
    const BandReport report = againstRandom(curve, curve.series[0]);
    QCOMPARE(report.below, 1);
    QCOMPARE(report.inside, 1);
    QCOMPARE(report.above, 1);
    QCOMPARE(report.notBelow, (std::vector<int>{4, 2}));
    // An order that is not finished does not count.
    curve.series[1].complete = false;
    QCOMPARE(curve.randomBand()[1].seeds, 20);
}

void tst_pruning::csv()
{
    PruningCurve curve;
    curve.heads = 8;
    curve.series.push_back(handSeries(OrderKind::LayerDrop, 0, {2.5, 0.1}));
    curve.series[0].points[1].accuracy = 0.25;
    curve.series[0].points[1].kl = 1e-9;
    QCOMPARE(QString::fromStdString(pruningCsv(curve)),
             QStringLiteral(
                 "step,heads_left,order,seed,loss,accuracy,kl,lo,hi\n0,8,layer-drop,0,2.5,0,0,0,0\n1,6,layer-drop,0,0.1,0.25,1e-09,0,0\n"));
}

void tst_pruning::savedAndResumed()
{
    PruningSpec spec = quickSpec();
    spec.orders.push_back(OrderKind::HardConcrete);
    const auto whole = run(spec);
    QVERIFY(whole.ok());
    // Stopped at every stage in turn, saved as text, read and gone on with: the same curve.
    for (const int stopAt : {1, 3, 6}) {
        std::stop_source stop;
        PruningCurvePtr state;
        int stages = 0;
        const auto stopped = run(spec, {}, Progress(stop.get_token(), {}), [&](const PruningCurvePtr& c) {
            state = c;
            if (++stages == stopAt) stop.request_stop();
        });
        QVERIFY(!stopped.ok());
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        const auto read = pruningFromJson(pruningJson(*state), "state.json");
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().item.c_str());
        QCOMPARE(pruningJson(**read), pruningJson(*state));
        const auto resumed = run(spec, *read);
        QVERIFY2(resumed.ok(), resumed.ok() ? "" : resumed.error().item.c_str());
        QCOMPARE(pruningCsv(**resumed), pruningCsv(**whole));
        QCOMPARE((*resumed)->scoreValues, (*whole)->scoreValues);
    }
}

void tst_pruning::cancelledKeepsWhatIsDone()
{
    std::stop_source stop;
    std::size_t points = 0;
    const auto stopped = run(quickSpec(), {}, Progress(stop.get_token(), {}), [&](const PruningCurvePtr& c) {
        points = 0;
        for (const PruningSeries& s : c->series) points += s.points.size();
        if (points >= 4) stop.request_stop();
    });
    QVERIFY(!stopped.ok());
    QVERIFY(points >= 4 && points < 32);
}

void tst_pruning::refuses_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("code");
    QTest::newRow("no calibration text") << QStringLiteral("calibration") << static_cast<int>(ErrorCode::TextEmpty);
    QTest::newRow("no test text") << QStringLiteral("test") << static_cast<int>(ErrorCode::TextEmpty);
    QTest::newRow("keeps more than there are") << QStringLiteral("keep") << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("resumes with other settings") << QStringLiteral("settings") << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("resumes with another model") << QStringLiteral("model") << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("resumes with another text") << QStringLiteral("test text") << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("no output layer") << QStringLiteral("output") << static_cast<int>(ErrorCode::ModelPartial);
    QTest::newRow("a file that is no experiment") << QStringLiteral("json") << static_cast<int>(ErrorCode::JsonInvalid);
    QTest::newRow("a later version") << QStringLiteral("version") << static_cast<int>(ErrorCode::FormatTooNew);
}

void tst_pruning::refuses()
{
    QFETCH(QString, what);
    QFETCH(int, code);
    PruningSpec spec = quickSpec();
    spec.orders = {OrderKind::Magnitude};
    const ImportanceText text = textOf({8}, 1, "text");
    auto used = model();
    PruningCurvePtr state;
    if (what == QLatin1String("settings") || what == QLatin1String("model") || what == QLatin1String("test text"))
        state = *runPruning(used, text, text, spec, "hash", {});
    std::optional<Error> error;
    const auto attempt = [&](const ImportanceText& calibration, const ImportanceText& test, const char* hash) {
        const auto curve = runPruning(used, calibration, test, spec, hash, state);
        if (!curve.ok()) error = curve.error();
    };
    if (what == QLatin1String("calibration")) attempt({}, text, "hash");
    if (what == QLatin1String("test")) attempt(text, {}, "hash");
    if (what == QLatin1String("keep")) {
        spec.keepAtLeast = 9;
        attempt(text, text, "hash");
    }
    if (what == QLatin1String("settings")) {
        spec.stepHeads = 2;
        attempt(text, text, "hash");
    }
    if (what == QLatin1String("model")) attempt(text, text, "other");
    if (what == QLatin1String("test text")) attempt(text, textOf({8}, 2, "other"), "hash");
    if (what == QLatin1String("output")) {
        ModelConfig config = smallConfig();
        config.output = OutputKind::None;
        used = randomModel(config);
        attempt(text, text, "hash");
    }
    if (what == QLatin1String("json")) {
        const auto read = pruningFromJson("{\"format\": \"something\"}", "x.json");
        if (!read.ok()) error = read.error();
    }
    if (what == QLatin1String("version")) {
        const auto read = pruningFromJson("{\"format\": \"headscope-pruning\", \"format_version\": 99}", "x.json");
        if (!read.ok()) error = read.error();
    }
    QVERIFY(error.has_value());
    QCOMPARE(static_cast<int>(error->code), code);
}

QTEST_APPLESS_MAIN(tst_pruning)
#include "tst_pruning.moc"
