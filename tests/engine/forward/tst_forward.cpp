// SPDX-License-Identifier: GPL-3.0-or-later
// The forward pass against loops in double precision, for every architecture.
#include <QTest>

#include <numeric>

#include "engine/forward/forward.h"
#include "tests/support/compare.h"
#include "tests/support/flat.h"
#include "tests/support/forward_cases.h"
#include "tests/support/must.h"
#include "tests/support/oracle_forward.h"

using namespace hs;
using namespace hs::test;

namespace {

constexpr Tolerance kTolerance{1e-4, 1e-4};  // logits and residuals: sums of thousands of float terms
constexpr Tolerance kMapTolerance{1e-5, 1e-5};

void addCaseRows()
{
    QTest::addColumn<int>("index");
    int i = 0;
    for (const ForwardCase& c : forwardCases()) QTest::newRow(c.name.c_str()) << i++;
}

}  // namespace

class tst_forward : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithOracle_data() { addCaseRows(); }
    void agreesWithOracle();
    void droppedPartsComeBack_data() { addCaseRows(); }
    void droppedPartsComeBack();
    void longPromptAgrees();
    void oneToken();
    void permutedHeads();
    void padding();
    void nextTokens();
    void badInput_data();
    void badInput();
    void notFiniteNamesTheLayer();
    void stagesArriveInOrder();
    void costGrowsWithLength();
};

void tst_forward::agreesWithOracle()
{
    QFETCH(int, index);
    const ForwardCase c = forwardCases()[static_cast<std::size_t>(index)];
    const auto model = randomModel(c.config, c.options);
    const auto prompt = randomPrompt(23, c.config.dVocab);
    const auto run = must(forward(model, prompt, {}));
    const OracleRun oracle = OracleForward(*model).run(prompt->ids());

    for (int l = 0; l < c.config.nLayers; ++l) {
        const auto i = static_cast<std::size_t>(l);
        const std::string at = "blocks." + std::to_string(l) + ".";
        const auto compare = [&](const std::string& name, const Rows& expected, Tolerance tolerance) {
            const auto got = run->activation(at + name);
            QVERIFY2(got.ok(), name.c_str());
            HS_COMPARE_ARRAYS(flat(*got), flat(expected), tolerance);
        };
        compare("attn.hook_q", oracle.q[i], kTolerance);
        compare("attn.hook_k", oracle.k[i], kTolerance);
        compare("attn.hook_v", oracle.v[i], kTolerance);
        compare("attn.hook_z", oracle.z[i], kTolerance);
        compare("hook_resid_pre", oracle.residPre[i], kTolerance);
        compare("hook_resid_mid", oracle.residMid[i], kTolerance);
        compare("hook_resid_post", l + 1 < c.config.nLayers ? oracle.residPre[i + 1] : oracle.residFinal, kTolerance);
        Rows patterns;
        for (const Rows& map : oracle.pattern[i]) patterns.insert(patterns.end(), map.begin(), map.end());
        compare("attn.hook_pattern", patterns, kMapTolerance);
        const MatrixF pattern = *run->activation(at + "attn.hook_pattern");
        for (std::ptrdiff_t r = 0; r < pattern.rows(); ++r) {
            const int query = static_cast<int>(r % 23);
            const double sum = std::accumulate(pattern.row(r), pattern.row(r) + 23, 0.0);
            QVERIFY(c.config.sinks ? sum < 1 - 1e-3 : std::abs(sum - 1.0) < 1e-5);
            for (int key = 0; key < 23; ++key)
                if (!oracleSees(c.config, l, query, key)) QCOMPARE(pattern(r, key), 0.0f);
        }
    }
    if (c.config.output == OutputKind::None) {
        QVERIFY(run->logits.empty());
        QVERIFY(run->tokenLoss.empty());
        QVERIFY(std::isnan(run->loss));
    } else {
        HS_COMPARE_ARRAYS(flat(run->logits), flat(oracle.logits), kTolerance);
        HS_COMPARE_ARRAYS(run->tokenLoss, oracle.tokenLoss, kTolerance);
        QVERIFY(std::abs(run->loss - oracle.loss) < 1e-4);
    }
}

void tst_forward::droppedPartsComeBack()
{
    QFETCH(int, index);
    const ForwardCase c = forwardCases()[static_cast<std::size_t>(index)];
    const auto model = randomModel(c.config, c.options);
    const auto prompt = randomPrompt(40, c.config.dVocab);
    ForwardOptions options;
    options.interventions = {scaleHead({0, 1}, 0.5f)};
    const auto all = must(forward(model, prompt, options));
    for (bool resid : {true, false}) {
        options.keepBytes = 0;
        options.keepResiduals = resid;
        const auto small = must(forward(model, prompt, options));
        QVERIFY(small->bytes() < all->bytes());
        QVERIFY(small->logits.empty());
        QVERIFY(small->layerRuns[0]->z.empty());
        QCOMPARE(small->layerRuns[0]->v.empty(), resid);
        for (const char* name : {"blocks.1.attn.hook_v", "blocks.0.attn.hook_z", "blocks.1.hook_attn_out", "blocks.0.attn.hook_pattern"})
            HS_COMPARE_ARRAYS(flat(*small->activation(name)), flat(*all->activation(name)), floatArithmetic);
        for (int h = 0; h < c.config.heads(1); ++h)
            HS_COMPARE_ARRAYS(**small->valueNorms({1, h}), **all->valueNorms({1, h}), floatTranscendental);
        QCOMPARE(small->activation("blocks.1.hook_resid_mid").ok(), resid);
        if (c.config.output == OutputKind::None) continue;
        HS_COMPARE_ARRAYS(small->tokenLoss, all->tokenLoss, floatArithmetic);
        const auto row = small->logitsRow(17);
        QVERIFY(row.ok());
        HS_COMPARE_ARRAYS(*row, std::vector<float>(all->logits.row(17), all->logits.row(17) + all->logits.cols()), floatTranscendental);
    }
}

void tst_forward::longPromptAgrees()
{
    // Many row panels, several tasks per head, several blocks of vocabulary and of positions.
    ModelConfig config = smallConfig(2, 2, 16, 2500, 700);
    const auto model = randomModel(config);
    const auto prompt = randomPrompt(650, config.dVocab);
    const auto run = must(forward(model, prompt, {}));
    const OracleRun oracle = OracleForward(*model).run(prompt->ids());
    HS_COMPARE_ARRAYS(flat(run->residFinal), flat(oracle.residFinal), kTolerance);
    HS_COMPARE_ARRAYS(run->tokenLoss, oracle.tokenLoss, kTolerance);
    HS_COMPARE_ARRAYS(flat(*run->tile({1, 1}, MapKind::Weights, 0, 650, 0, 650)), flat(oracle.pattern[1][1]), kMapTolerance);
}

void tst_forward::oneToken()
{
    const auto model = randomModel(smallConfig());
    const auto run = must(forward(model, promptOfIds({3}), {}));
    QCOMPARE((*run->tile({0, 0}, MapKind::Weights, 0, 1, 0, 1))(0, 0), 1.0f);
    QVERIFY(run->tokenLoss.empty());
    QVERIFY(std::isnan(run->loss));
    QCOMPARE(run->logits.rows(), std::ptrdiff_t(1));
    QCOMPARE(run->stats({0, 0})->rowEntropy[0], 0.0f);
}

namespace {

/// A model's weights with the heads of one layer in another order.
class PermutedSource final : public WeightSource {
public:
    PermutedSource(std::shared_ptr<const Model> base, std::vector<int> order) : m_base(std::move(base)), m_order(std::move(order)) {}
    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress&) override
    {
        const auto given = *m_base->layer(index);
        auto w = std::make_shared<LayerWeights>(*given);
        const int dh = w->dHead;
        for (std::size_t to = 0; to < m_order.size(); ++to)
            for (int i = 0; i < dh; ++i) {
                const int source = m_order[to] * dh + i, target = static_cast<int>(to) * dh + i;
                for (std::ptrdiff_t r = 0; r < w->wQ.rows(); ++r) {
                    w->wQ(r, target) = given->wQ(r, source);
                    w->wK(r, target) = given->wK(r, source);
                    w->wV(r, target) = given->wV(r, source);
                    w->wO(target, r) = given->wO(source, r);
                }
                w->bQ[static_cast<std::size_t>(target)] = given->bQ[static_cast<std::size_t>(source)];
                w->bK[static_cast<std::size_t>(target)] = given->bK[static_cast<std::size_t>(source)];
                w->bV[static_cast<std::size_t>(target)] = given->bV[static_cast<std::size_t>(source)];
            }
        return std::shared_ptr<const LayerWeights>(w);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress& p) override { return m_base->embedding(p); }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress& p) override { return m_base->output(p); }

private:
    std::shared_ptr<const Model> m_base;
    std::vector<int> m_order;
};

}  // namespace

void tst_forward::permutedHeads()
{
    const std::vector<int> order{2, 0, 3, 1};
    const auto model = randomModel(smallConfig());
    Model::Parts parts;
    parts.config = model->config();
    parts.source = std::make_shared<PermutedSource>(model, order);
    const auto permuted = std::make_shared<const Model>(std::move(parts));
    const auto prompt = randomPrompt(30, 50);
    const auto a = must(forward(model, prompt, {})), b = must(forward(permuted, prompt, {}));
    HS_COMPARE_ARRAYS(flat(b->logits), flat(a->logits), kTolerance);
    for (int h = 0; h < 4; ++h)
        HS_COMPARE_ARRAYS(flat(*b->tile({1, h}, MapKind::Weights, 0, 30, 0, 30)),
                          flat(*a->tile({1, order[static_cast<std::size_t>(h)]}, MapKind::Weights, 0, 30, 0, 30)), kMapTolerance);
}

void tst_forward::padding()
{
    for (const char* kind : {"right", "left"}) {
        for (const ForwardCase& c : forwardCases()) {
            const auto model = randomModel(c.config, c.options);
            const auto prompt = randomPrompt(19, c.config.dVocab);
            ForwardOptions options;
            options.padding.assign(19, false);
            for (std::size_t i = 0; i < 5; ++i) options.padding[std::string(kind) == "right" ? 18 - i : i] = true;
            const auto run = must(forward(model, prompt, options));
            const OracleRun oracle = OracleForward(*model, {}, options.padding).run(prompt->ids());
            for (std::size_t h = 0; h < oracle.pattern[1].size(); ++h) {
                const auto map = *run->tile({1, static_cast<int>(h)}, MapKind::Weights, 0, 19, 0, 19);
                HS_COMPARE_ARRAYS(flat(map), flat(oracle.pattern[1][h]), kMapTolerance);
                for (int q = 0; q < 19; ++q)
                    for (int k = 0; k < 19; ++k)
                        if (options.padding[static_cast<std::size_t>(k)]) QCOMPARE(map(q, k), 0.0f);
            }
            HS_COMPARE_ARRAYS(flat(run->residFinal), flat(oracle.residFinal), kTolerance);
            if (c.config.output != OutputKind::None) QVERIFY(std::abs(run->loss - oracle.loss) < 1e-4);
        }
    }
    // Right padding of a causal model changes nothing before it: the loss is that of the shorter prompt.
    const auto model = randomModel(smallConfig());
    const auto whole = randomPrompt(12, 50);
    ForwardOptions options;
    options.padding.assign(12, false);
    options.padding[10] = options.padding[11] = true;
    std::vector<int> ids = whole->ids();
    ids.resize(10);
    const auto padded = must(forward(model, whole, options)), plain = must(forward(model, promptOfIds(ids), {}));
    QVERIFY(std::abs(padded->loss - plain->loss) < 1e-5);
    QVERIFY(std::abs(padded->stats({1, 2})->meanEntropy - plain->stats({1, 2})->meanEntropy) < 1e-5f);
}

void tst_forward::nextTokens()
{
    const auto model = randomModel(smallConfig());
    const auto run = must(forward(model, randomPrompt(9, 50), {}));
    const auto top = topNext(*run, -1, 50);
    QCOMPARE(top.size(), std::size_t(50));
    double sum = 0;
    std::vector<int> ids;
    std::vector<float> probabilities;
    for (std::size_t i = 0; i < top.size(); ++i) {
        sum += static_cast<double>(top[i].probability);
        if (i > 0) QVERIFY(top[i].probability <= top[i - 1].probability);
        ids.push_back(top[i].id);
        probabilities.push_back(top[i].probability);
    }
    QVERIFY(std::abs(sum - 1.0) < 1e-5);
    QCOMPARE(nextProbabilities(*run, 8, ids), probabilities);
    QVERIFY(topNext(*run, 9, 3).empty());
    ModelConfig headless = smallConfig();
    headless.output = OutputKind::None;
    QVERIFY(topNext(*must(forward(randomModel(headless), randomPrompt(9, 50), {})), -1, 3).empty());
}

void tst_forward::badInput_data()
{
    QTest::addColumn<std::vector<int>>("ids");
    QTest::addColumn<int>("paddingSize");
    QTest::addColumn<int>("code");
    QTest::newRow("no tokens") << std::vector<int>{} << 0 << static_cast<int>(ErrorCode::TextEmpty);
    QTest::newRow("id too large") << std::vector<int>{1, 50} << 0 << static_cast<int>(ErrorCode::TokenOutOfRange);
    QTest::newRow("negative id") << std::vector<int>{-1} << 0 << static_cast<int>(ErrorCode::TokenOutOfRange);
    QTest::newRow("longer than the context") << std::vector<int>(65, 1) << 0 << static_cast<int>(ErrorCode::TextTooLong);
    QTest::newRow("padding of another length") << std::vector<int>{1, 2} << 3 << static_cast<int>(ErrorCode::ShapeMismatch);
}

void tst_forward::badInput()
{
    QFETCH(std::vector<int>, ids);
    QFETCH(int, paddingSize);
    QFETCH(int, code);
    ForwardOptions options;
    options.padding.assign(static_cast<std::size_t>(paddingSize), false);
    const auto run = forward(randomModel(smallConfig()), promptOfIds(ids), options);
    QVERIFY(!run.ok());
    QCOMPARE(static_cast<int>(run.error().code), code);
}

namespace {

/// Weights with one entry of one layer spoilt.
class SpoiltSource final : public WeightSource {
public:
    SpoiltSource(const ModelConfig& config, int layer, float value) : m_source(config, {}), m_layer(layer), m_value(value) {}
    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress& p) override
    {
        auto w = std::make_shared<LayerWeights>(**m_source.layer(index, p));
        if (index == m_layer) w->bOut[3] = m_value;
        return std::shared_ptr<const LayerWeights>(w);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress& p) override { return m_source.embedding(p); }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress& p) override { return m_source.output(p); }

private:
    RandomSource m_source;
    int m_layer;
    float m_value;
};

}  // namespace

void tst_forward::notFiniteNamesTheLayer()
{
    for (float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        Model::Parts parts;
        parts.config = smallConfig();
        parts.source = std::make_shared<SpoiltSource>(parts.config, 1, value);
        const auto run = forward(std::make_shared<const Model>(std::move(parts)), randomPrompt(5, 50), {});
        QVERIFY(!run.ok());
        QVERIFY(run.error().code == ErrorCode::NotFinite);
        QCOMPARE(QString::fromStdString(run.error().item), QStringLiteral("blocks.1"));
        QCOMPARE(QString::fromStdString(run.error().found), QStringLiteral("position 0"));
    }
}

void tst_forward::stagesArriveInOrder()
{
    const auto model = randomModel(smallConfig(4));
    std::vector<int> ready;
    std::vector<std::shared_ptr<const Run>> stages;
    const auto run = must(forward(model, randomPrompt(6, 50), {}, {}, [&](std::shared_ptr<const Run> stage) {
        ready.push_back(stage->readyLayers());
        stages.push_back(stage);
    }));
    QCOMPARE(ready, (std::vector<int>{1, 2, 3, 4}));
    QVERIFY(!stages[0]->complete);
    QVERIFY(stages[3] == run);
    QVERIFY(stages[0]->layerRuns[0] == run->layerRuns[0]);  // shared, not copied
    QVERIFY(stages[0]->tile({0, 0}, MapKind::Weights, 0, 6, 0, 6).ok());
    QVERIFY(!stages[0]->tile({1, 0}, MapKind::Weights, 0, 6, 0, 6).ok());
    QVERIFY(!stages[0]->stats({1, 0}));
    QVERIFY(run->complete);
}

void tst_forward::costGrowsWithLength()
{
    const auto model = randomModel(gpt2SmallConfig(4096));
    ForwardOptions options;
    options.logits = false;
    // benchmarks/README.md section 2: 169.9 MFLOP n + 18.4 k n^2.
    for (int n : {64, 1024}) {
        const RunCost cost = estimateCost(*model, n, options);
        const double expected = 169.9e6 * n + 18.4e3 * n * n;
        QVERIFY2(std::abs(cost.flops / expected - 1.0) < 0.005, qPrintable(QString::number(cost.flops / expected)));
        QVERIFY(cost.seconds > 0.0);
    }
    QVERIFY(estimateCost(*model, 4096, options).bytes < (std::size_t(512) << 20));
}

QTEST_APPLESS_MAIN(tst_forward)
#include "tst_forward.moc"
