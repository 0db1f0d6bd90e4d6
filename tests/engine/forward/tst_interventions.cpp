// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions against the oracle, prefix recomputation bit by bit, cancellation in time.
#include <QTest>

#include <chrono>
#include <thread>

#include "engine/forward/forward.h"
#include "tests/support/compare.h"
#include "tests/support/flat.h"
#include "tests/support/forward_cases.h"
#include "tests/support/must.h"
#include "tests/support/oracle_forward.h"
#include "tests/support/slowness.h"

using namespace hs;
using namespace hs::test;

namespace {

constexpr Tolerance kTolerance{1e-4, 1e-4};

struct NamedList {
    const char* name;
    Interventions list;
};

std::vector<NamedList> lists()
{
    const std::vector<float> add{0.1f, -0.2f, 0.3f, 0.4f, -0.5f, 0.6f, 0.7f, -0.8f};
    std::vector<float> row(20);
    row[0] = 0.5f;
    row[11] = 0.5f;
    return {{"scale", {scaleHead({1, 2}, -1.5f)}},
            {"zero", {zeroHead({0, 0})}},
            {"zero at positions", {zeroHead({0, 3}, {2, 19})}},
            {"mean over the prompt", {meanHead({1, 1})}},
            {"mean given", {meanHead({0, 1}, add)}},
            {"add", {addToHead({0, 2}, add)}},
            {"add at a position", {addToHead({1, 0}, add, {7})}},
            {"knock out", {knockOut({1, 3}, {{5, 5}, {5, 4}, {19, 0}, {0, 0}})}},
            {"force a row", {forceRow({0, 1}, 11, row)}},
            {"several", {zeroHead({0, 0}), scaleHead({0, 0}, 2.0f), scaleHead({1, 1}, 0.5f), forceRow({1, 1}, 12, row)}}};
}

void sameBits(const Run& a, const Run& b)
{
    QCOMPARE(flat(a.residFinal), flat(b.residFinal));
    QCOMPARE(flat(a.logits), flat(b.logits));
    QCOMPARE(a.tokenLoss, b.tokenLoss);
    QCOMPARE(a.layerRuns.size(), b.layerRuns.size());
    for (std::size_t l = 0; l < a.layerRuns.size(); ++l) {
        QCOMPARE(flat(a.layerRuns[l]->q), flat(b.layerRuns[l]->q));
        QCOMPARE(flat(a.layerRuns[l]->z), flat(b.layerRuns[l]->z));
        QCOMPARE(a.layerRuns[l]->lse, b.layerRuns[l]->lse);
        for (std::size_t h = 0; h < a.layerRuns[l]->stats.size(); ++h) {
            QCOMPARE(a.layerRuns[l]->stats[h]->rowEntropy, b.layerRuns[l]->stats[h]->rowEntropy);
            QCOMPARE(a.layerRuns[l]->stats[h]->columnMean, b.layerRuns[l]->stats[h]->columnMean);
        }
    }
}

}  // namespace

class tst_interventions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithOracle_data();
    void agreesWithOracle();
    void prefixIsBitEqual_data();
    void prefixIsBitEqual();
    void prefixWithoutResiduals();
    void prefixFromAStage();
    void prefixAddsStatisticsAndLogits();
    void bad_data();
    void bad();
    void outOfTheWindow();
    void firstLayerOfList();
    void cancelInTime_data();
    void cancelInTime();
};

void tst_interventions::agreesWithOracle_data()
{
    QTest::addColumn<int>("index");
    int i = 0;
    for (const NamedList& l : lists()) QTest::newRow(l.name) << i++;
}

void tst_interventions::agreesWithOracle()
{
    QFETCH(int, index);
    const Interventions list = lists()[static_cast<std::size_t>(index)].list;
    const auto model = randomModel(smallConfig());
    const auto prompt = randomPrompt(20, 50);
    ForwardOptions options;
    options.interventions = list;
    const auto run = must(forward(model, prompt, options));
    const OracleRun oracle = OracleForward(*model, list).run(prompt->ids());
    HS_COMPARE_ARRAYS(flat(run->logits), flat(oracle.logits), kTolerance);
    for (std::size_t l = 0; l < 2; ++l) HS_COMPARE_ARRAYS(flat(run->layerRuns[l]->z), flat(oracle.z[l]), kTolerance);
    // And it does something.
    const auto plain = must(forward(model, prompt, {}));
    QVERIFY(std::abs(plain->loss - run->loss) > 1e-6);
}

void tst_interventions::prefixIsBitEqual_data()
{
    QTest::addColumn<int>("index");
    int i = 0;
    for (const ForwardCase& c : forwardCases()) QTest::newRow(c.name.c_str()) << i++;
}

void tst_interventions::prefixIsBitEqual()
{
    QFETCH(int, index);
    const ForwardCase c = forwardCases()[static_cast<std::size_t>(index)];
    const auto model = randomModel(c.config, c.options);
    const auto prompt = randomPrompt(33, c.config.dVocab);
    const auto base = must(forward(model, prompt, {}));
    ForwardOptions changed;
    changed.interventions = {scaleHead({1, 0}, 0.25f)};
    const auto full = must(forward(model, prompt, changed));
    const auto quick = must(forwardFrom(base, changed));
    sameBits(*full, *quick);
    QVERIFY(quick->layerRuns[0] == base->layerRuns[0]);
    QVERIFY(quick->layerRuns[1] != base->layerRuns[1]);
    // And back again, from the changed run.
    const auto back = must(forwardFrom(quick, {}));
    sameBits(*base, *back);
}

void tst_interventions::prefixWithoutResiduals()
{
    const auto model = randomModel(smallConfig());
    ForwardOptions options;
    options.keepResiduals = false;
    const auto base = must(forward(model, randomPrompt(12, 50), options));
    options.interventions = {zeroHead({1, 1})};
    sameBits(*must(forward(model, base->prompt, options)), *must(forwardFrom(base, options)));
}

void tst_interventions::prefixFromAStage()
{
    const auto model = randomModel(smallConfig(4));
    const auto prompt = randomPrompt(12, 50);
    std::vector<std::shared_ptr<const Run>> stages;
    must(forward(model, prompt, {}, {}, [&](std::shared_ptr<const Run> stage) { stages.push_back(stage); }));
    ForwardOptions options;
    options.interventions = {zeroHead({3, 1})};
    const auto full = must(forward(model, prompt, options));
    for (const auto& stage : stages) sameBits(*full, *must(forwardFrom(stage, options)));
}

void tst_interventions::prefixAddsStatisticsAndLogits()
{
    const auto model = randomModel(smallConfig());
    ForwardOptions bare;
    bare.stats = bare.logits = false;
    const auto base = must(forward(model, randomPrompt(12, 50), bare));
    QVERIFY(base->logits.empty() && !base->stats({0, 0}));
    const auto full = must(forwardFrom(base, {}));
    sameBits(*must(forward(model, base->prompt, {})), *full);
    QVERIFY(full->stats({0, 0}) && full->stats({1, 3}));
}

void tst_interventions::bad_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("code");
    QTest::newRow("layer too large") << 0 << static_cast<int>(ErrorCode::HeadOutOfRange);
    QTest::newRow("head too large") << 1 << static_cast<int>(ErrorCode::HeadOutOfRange);
    QTest::newRow("negative head") << 2 << static_cast<int>(ErrorCode::HeadOutOfRange);
    QTest::newRow("vector of another length") << 3 << static_cast<int>(ErrorCode::ShapeMismatch);
    QTest::newRow("no vector") << 4 << static_cast<int>(ErrorCode::ShapeMismatch);
    QTest::newRow("position outside") << 5 << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("edge outside") << 6 << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("row of another length") << 7 << static_cast<int>(ErrorCode::ShapeMismatch);
    QTest::newRow("row into the future") << 8 << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("two rows at once") << 9 << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("not a number") << 10 << static_cast<int>(ErrorCode::NotFinite);
}

void tst_interventions::bad()
{
    QFETCH(int, index);
    QFETCH(int, code);
    const std::vector<float> future{0, 0, 0, 0, 1};
    const std::vector<Intervention> rows{zeroHead({2, 0}),
                                         zeroHead({0, 4}),
                                         zeroHead({0, -1}),
                                         addToHead({0, 0}, {1.0f, 2.0f}),
                                         addToHead({0, 0}, {}),
                                         zeroHead({0, 0}, {5}),
                                         knockOut({0, 0}, {{4, -1}}),
                                         forceRow({0, 0}, 0, {1.0f}),
                                         forceRow({0, 0}, 2, future),
                                         {InterventionKind::ForceRow, {0, 0}, 0.0f, future, {2, 3}, {}},
                                         scaleHead({0, 0}, std::numeric_limits<float>::quiet_NaN())};
    ForwardOptions options;
    options.interventions = {rows[static_cast<std::size_t>(index)]};
    const auto run = forward(randomModel(smallConfig()), randomPrompt(5, 50), options);
    QVERIFY(!run.ok());
    QCOMPARE(static_cast<int>(run.error().code), code);
    QVERIFY(!checkInterventions(options.interventions, smallConfig(), 5).ok());
}

/// What is put into a row must lie where the query sees; an edge that nobody sees can be knocked out: nothing changes.
void tst_interventions::outOfTheWindow()
{
    ModelConfig config = smallConfig();
    config.window = 3;
    config.windowPerLayer = {0, 3};
    const auto clamp = [](int layer, int query, int key) {
        return Intervention{InterventionKind::ClampEdges, {layer, 0}, 0.5f, {}, {}, {{query, key}}};
    };
    const auto force = [](int layer, std::size_t key) {
        Intervention v{InterventionKind::ForceRow, {layer, 0}, 0.0f, std::vector<float>(8), {6}, {}};
        v.vector[key] = 1.0f;
        return v;
    };
    QVERIFY(checkInterventions({clamp(0, 5, 2), force(0, 1)}, config, 8).ok());
    QVERIFY(checkInterventions({clamp(1, 5, 3), force(1, 4)}, config, 8).ok());
    QCOMPARE(static_cast<int>(checkInterventions({clamp(1, 5, 2)}, config, 8).error().code), static_cast<int>(ErrorCode::InvalidArgument));
    QCOMPARE(static_cast<int>(checkInterventions({force(1, 3)}, config, 8).error().code), static_cast<int>(ErrorCode::InvalidArgument));
    const auto model = randomModel(config);
    const auto base = must(forward(model, randomPrompt(8, 50), {}));
    ForwardOptions options;
    options.interventions = {{InterventionKind::KnockOutEdges, {1, 0}, 0.0f, {}, {}, {{5, 2}, {7, 0}}}};
    sameBits(*base, *must(forward(model, base->prompt, options)));
}

void tst_interventions::firstLayerOfList()
{
    QCOMPARE(firstLayer({}, 6), 6);
    QCOMPARE(firstLayer({zeroHead({4, 0}), zeroHead({2, 1})}, 6), 2);
}

void tst_interventions::cancelInTime_data()
{
    QTest::addColumn<int>("afterMs");
    for (int ms : {0, 30, 120, 300, 700}) QTest::addRow("after %d ms", ms) << ms;
}

void tst_interventions::cancelInTime()
{
    QFETCH(int, afterMs);
    // One wide model, weights made once: reading them is not what is timed.
    static const std::shared_ptr<const Model> model = [] {
        ModelConfig config = smallConfig(3, 16, 2048, 30000, 2048);
        auto m = randomModel(config);
        for (int l = 0; l < 3; ++l) (void)m->layer(l);
        (void)m->embedding();
        (void)m->output();
        return m;
    }();
    constexpr double limit = 100.0 * kSlowness;
    // Other programs may hold the cores: the best of some attempts is what the engine itself needs.
    double best = 1e9;
    for (int attempt = 0; attempt < 8 && best >= limit; ++attempt) {
        std::stop_source stop;
        using Clock = std::chrono::steady_clock;
        Clock::time_point asked;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(afterMs));
            asked = Clock::now();
            stop.request_stop();
        });
        const auto run = forward(model, randomPrompt(2048, 30000), {}, Progress(stop.get_token(), {}));
        const auto ended = Clock::now();
        canceller.join();
        QVERIFY(!run.ok());
        QVERIFY(run.error().code == ErrorCode::Cancelled);
        best = std::min(best, std::chrono::duration<double, std::milli>(ended - asked).count());
    }
    QVERIFY2(best < limit, qPrintable(QStringLiteral("%1 ms").arg(best)));
}

QTEST_APPLESS_MAIN(tst_interventions)
#include "tst_interventions.moc"
