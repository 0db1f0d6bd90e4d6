// SPDX-License-Identifier: GPL-3.0-or-later
// Golden numbers of the causal analyses: compiled induction model, small cases worked out by hand, really trained models.
#include <numeric>

#include <QTest>

#include "engine/analysis/causes/attribution_patching.h"
#include "engine/analysis/causes/edges.h"
#include "engine/analysis/causes/flow_routes.h"
#include "engine/analysis/causes/logit_attribution.h"
#include "engine/analysis/causes/path_patching.h"
#include "engine/analysis/importance/importance.h"
#include "engine/analysis/trust/order.h"
#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "tests/support/compare.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/induction_model.h"
#include "tests/support/must.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

std::shared_ptr<const Run> runOf(const std::shared_ptr<const Model>& model, const std::vector<int>& ids, Interventions list = {})
{
    ForwardOptions options;
    options.interventions = std::move(list);
    return must(forward(model, promptOfIds(ids), options));
}

Metric lossAt(std::vector<int> positions)
{
    Metric m;
    m.positions = std::move(positions);
    return m;
}

Metric difference(int position, int answer, int wrong)
{
    Metric m;
    m.kind = MetricKind::LogitDifference;
    m.positions = {position};
    m.answer = answer;
    m.wrong = wrong;
    return m;
}

/// A model whose metric is the square of its head's output: z -> resid -> relu(z) * z -> logit 1.
class SquareSource final : public WeightSource {
public:
    Result<std::shared_ptr<const LayerWeights>> layer(int, const Progress&) override
    {
        auto w = std::make_shared<LayerWeights>();
        w->nHeads = w->nKvHeads = 1;
        w->dHead = 1;
        w->wQ = w->wK = w->wV = MatrixF(4, 1);
        w->wO = MatrixF(1, 4);
        w->wV(0, 0) = 1;  // the token's number
        w->wO(0, 1) = 1;
        w->wIn = w->wGate = MatrixF(4, 1);
        w->wIn(1, 0) = w->wGate(1, 0) = 1;
        w->wOut = MatrixF(1, 4);
        w->wOut(0, 2) = 1;
        return std::shared_ptr<const LayerWeights>(w);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress&) override
    {
        auto w = std::make_shared<EmbeddingWeights>();
        w->wE = MatrixF(3, 4);
        for (int t = 0; t < 3; ++t) w->wE(t, 0) = static_cast<float>(t);
        return std::shared_ptr<const EmbeddingWeights>(w);
    }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress&) override
    {
        auto w = std::make_shared<OutputWeights>();
        w->wU = MatrixF(4, 3);
        w->wU(2, 1) = 1;
        return std::shared_ptr<const OutputWeights>(w);
    }
};

std::shared_ptr<const Model> squareModel()
{
    Model::Parts parts;
    parts.config = smallConfig(1, 1, 4, 3, 4);
    parts.config.dHead = 1;
    parts.config.dMlp = 1;
    parts.config.gatedMlp = true;
    parts.config.activation = Activation::Relu;
    parts.config.norm = NormKind::None;
    parts.config.position = PositionKind::None;
    parts.config.output = OutputKind::Untied;
    parts.source = std::make_shared<SquareSource>();
    return std::make_shared<const Model>(std::move(parts));
}

bool close(double a, double b, double tolerance)
{
    if (std::abs(a - b) <= tolerance) return true;
    qWarning("got %.9g expected %.9g", a, b);
    return false;
}

}  // namespace

class tst_causes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inductionLosses();
    void inductionAttribution();
    void inductionPaths_data();
    void inductionPaths();
    void inductionPatches();
    void squareOfAHead();
    void influenceOfEdges();
    void sharesOfFlow();
    void gateNormalisation();
    void rankCorrelation();
    void gates_data();
    void gates();
    void answersOfAVocabulary_data();
    void answersOfAVocabulary();
    void inductionUsesKeys_data();
    void inductionUsesKeys();
};

void tst_causes::inductionLosses()
{
    const auto model = inductionModel();
    const Metric metric = lossAt({5, 6, 7});
    QVERIFY(close(must(metricValue(*runOf(model, inductionTokens()), metric)), 0.00027, 0.00001));
    QVERIFY(close(must(metricValue(*runOf(model, inductionTokens(), {zeroHead({0, 0})}), metric)), 2.4359, 0.00005));
    QVERIFY(close(must(metricValue(*runOf(model, inductionTokens(), {zeroHead({1, 0})}), metric)), std::log(7.0), 1e-5));
    // All heads of a layer cut: the model still answers.
    QVERIFY(close(must(metricValue(*runOf(model, inductionTokens(), {zeroHead({0, 0}), zeroHead({1, 0})}), metric)), std::log(7.0), 1e-5));
}

void tst_causes::inductionAttribution()
{
    const auto run = runOf(inductionModel(), inductionTokens());
    const LogitAttribution a = must(logitAttribution(*run, {5, 2, 4}));
    QVERIFY(close(a.heads[1][0], 10, 1e-5));
    QVERIFY(close(a.heads[0][0], 0, 1e-6));
    QVERIFY(close(a.total, a.exact, 1e-5));
    // All of it comes from token 2, which followed the first 1.
    const SourceAttribution s = must(sourceAttribution(*run, {5, 2, 4}));
    QVERIFY(close(static_cast<double>(s.heads[1](0, 2)), 10, 1e-5));
    const LogitLens lens = must(logitLens(*run, {5, 2, 4}));
    QVERIFY(close(lens.value[0], 0, 1e-6) && close(lens.value[1], 0, 1e-6) && close(lens.value[2], 10, 1e-5));
    QCOMPARE(lens.rank[2], 0);
    QCOMPARE(lens.top[2].id, 2);
}

void tst_causes::inductionPaths_data()
{
    QTest::addColumn<int>("site");
    QTest::addColumn<double>("expected");
    QTest::newRow("keys") << int(Site::K) << 0.0;
    QTest::newRow("queries") << int(Site::Q) << -10.0;
    QTest::newRow("values") << int(Site::V) << -10.0;
}

void tst_causes::inductionPaths()
{
    QFETCH(int, site);
    QFETCH(double, expected);
    const auto model = inductionModel();
    const PatchPair pair{runOf(model, inductionTokens()), runOf(model, corruptedTokens()), difference(5, 2, 4)};
    PathOptions options;
    options.receivers = {{{1, 0}, static_cast<Site>(site)}};
    const PathMap map = must(patchPaths(pair, options));
    QVERIFY(close(map.clean, 10, 1e-4) && close(map.corrupt, -10, 1e-4));
    QVERIFY(close(map.at(0, 0), expected, 1e-4));
    QVERIFY(std::isnan(map.at(1, 0)));  // not before the receiver
    QCOMPARE(map.done, std::size_t(1));
    // Straight to the end of the residual stream the previous-token head says nothing, the induction head everything.
    options.receivers.clear();
    const PathMap end = must(patchPaths(pair, options));
    QVERIFY(close(end.at(0, 0), -10, 1e-4));
    QVERIFY(close(end.at(1, 0), 10, 1e-4));
}

void tst_causes::inductionPatches()
{
    const auto model = inductionModel();
    const PatchPair pair{runOf(model, inductionTokens()), runOf(model, corruptedTokens()), difference(5, 2, 4)};
    const PatchMap z = must(patchActivations(pair, {}));
    QVERIFY(close(z.at(1, 0, 0), 10, 1e-4));
    const std::vector<double> share = must(z.normalised());
    QVERIFY(close(share[1], 1, 1e-5));
    QCOMPARE(z.done, z.total);
    // The same prompt twice: nothing differs, and nothing is divided by it.
    const PatchPair same{pair.clean, pair.clean, pair.metric};
    const PatchMap nothing = must(patchActivations(same, {}));
    QVERIFY(close(nothing.change(1, 0, 0), 0, 1e-9));
    const auto refused = nothing.normalised();
    QVERIFY(!refused.ok());
    QCOMPARE(int(refused.error().code), int(ErrorCode::InvalidArgument));
    QCOMPARE(refused.error().item, std::string("metric difference"));
}

/// f = z^2 from 1 to 2: attribution 2, exact 3, integrated gradients 3.
void tst_causes::squareOfAHead()
{
    const auto model = squareModel();
    const PatchPair pair{runOf(model, {2}), runOf(model, {1}), difference(0, 1, -1)};
    QVERIFY(close(must(patchActivations(pair, {})).change(0, 0, 0), 3, 1e-5));
    QVERIFY(close(must(attributePatches(pair, {})).change(0, 0, 0), 2, 1e-5));
    QVERIFY(close(must(integratedPatch(pair, {}, 0, 0, {}, 5)), 3, 1e-5));
    AttributionOptions steps;
    steps.steps = 5;
    QVERIFY(close(must(attributePatches(pair, steps)).change(0, 0, 0), 3, 1e-5));
}

void tst_causes::influenceOfEdges()
{
    const float a[] = {0.5f, 0.5f}, g[] = {1, 3};
    float out[2];
    edgeInfluenceRow(a, g, 2, out);
    QVERIFY(close(static_cast<double>(out[0]), 1, 1e-6) && close(static_cast<double>(out[1]), -1, 1e-6));
    const float whole[] = {1, 0}, slopes[] = {4, 3};
    edgeInfluenceRow(whole, slopes, 2, out);
    QVERIFY(close(static_cast<double>(out[0]), -4, 1e-6) && close(static_cast<double>(out[1]), 0, 1e-6));

    // Knocked out, the edge that completes the induction takes the logit difference with it.
    const auto run = runOf(inductionModel(), inductionTokens());
    std::vector<double> seen;
    const auto change = must(
        knockOutEdges(run, difference(5, 2, 4), {{{1, 0}, 5, 2}, {{1, 0}, 5, 3}}, {}, [&](std::size_t, double x) { seen.push_back(x); }));
    // The row spreads over BOS, 1, 3, 4 and 1: the difference becomes -2.
    QVERIFY(close(change[0], -12, 1e-4));
    QVERIFY(close(change[1], 0, 1e-4));
    QCOMPARE(seen.size(), std::size_t(2));
    QCOMPARE(int(knockOutEdges(run, difference(5, 2, 4), {{{1, 0}, 2, 5}}).error().code), int(ErrorCode::InvalidArgument));
    QCOMPARE(int(knockOutEdges(run, difference(5, 2, 4), {{{1, 1}, 5, 2}}).error().code), int(ErrorCode::HeadOutOfRange));
}

void tst_causes::sharesOfFlow()
{
    const auto shares = [](std::vector<std::vector<float>> rows) {
        MatrixF parts(static_cast<std::ptrdiff_t>(rows.size()), 2);
        std::vector<float> sum(2);
        for (std::size_t r = 0; r < rows.size(); ++r)
            for (std::size_t c = 0; c < 2; ++c) {
                parts(static_cast<std::ptrdiff_t>(r), static_cast<std::ptrdiff_t>(c)) = rows[r][c];
                sum[c] += rows[r][c];
            }
        return flowShares(parts, sum);
    };
    const Tolerance eps{3e-5, 0};
    HS_COMPARE_ARRAYS(shares({{1, 0}, {0, 1}}), (std::vector<double>{.5, .5}), eps);
    HS_COMPARE_ARRAYS(shares({{1, 0}, {0, 1}, {-1, 0}}), (std::vector<double>{0, 1, 0}), eps);
    HS_COMPARE_ARRAYS(shares({{2, 0}, {.5f, .5f}, {0, -.25f}}), (std::vector<double>{.8, .2, 0}), eps);

    // The induction model at row 5: token 2 wrote the answer, and its own token is in the stream.
    FlowOptions options;
    options.position = 5;
    const FlowRoutes routes = must(flowRoutes(*runOf(inductionModel(), inductionTokens()), options));
    const bool answered = std::any_of(routes.edges.begin(), routes.edges.end(), [&](const FlowEdge& e) {
        const FlowNode &from = routes.nodes[static_cast<std::size_t>(e.from)], &to = routes.nodes[static_cast<std::size_t>(e.to)];
        return to.layer == 1 && to.token == 5 && from.token == 2 && e.head == 0 && e.weight > 0.2;
    });
    QVERIFY(answered);
    QCOMPARE(int(flowRoutes(*runOf(inductionModel(), inductionTokens()), {12, .04, false}).error().code), int(ErrorCode::InvalidArgument));
}

/// Michel's two heads (2, 0) and (0, 1) of L = |sum|^2 / 2: importances 4 and 1, normalised .9701 and .2425.
void tst_causes::gateNormalisation()
{
    const Tolerance four{5e-5, 0};
    const auto normalised = [](std::vector<double> values, const std::vector<HeadId>& heads) {
        normaliseByLayer(values, heads);
        return values;
    };
    HS_COMPARE_ARRAYS(normalised({4, 1}, {{0, 0}, {0, 1}}), (std::vector<double>{.9701, .2425}), four);
    HS_COMPARE_ARRAYS(normalised({4, 1, 3}, {{0, 0}, {0, 1}, {1, 0}}), (std::vector<double>{.9701, .2425, 1}), four);
    HS_COMPARE_ARRAYS(normalised({0, 0}, {{0, 0}, {0, 1}}), (std::vector<double>{0, 0}), four);

    const auto model = inductionModel();
    ImportanceText text;
    text.prompts = {promptOfIds(inductionTokens()), promptOfIds({0, 3, 1, 2, 3, 1, 2, 3, 1}), promptOfIds({0, 5, 6, 5, 6, 5, 6, 5, 6})};
    ImportanceOptions options;
    options.kind = ImportanceKind::Gate;
    int stages = 0;
    const ImportanceTablePtr i = must(measureImportance(model, text, {}, options, {}, [&](const ImportanceTablePtr&) { ++stages; }));
    QCOMPARE(stages, 3);
    for (std::size_t h = 0; h < 2; ++h) {
        double value = 0, mean = 0;
        for (const auto& prompt : text.prompts) {
            const double gate = must(gradientsOf(model, prompt, {}, {}, {})).gates[h][0];
            value += std::abs(gate) / 3;
            mean += gate / 3;
        }
        QVERIFY(close(i->heads[h].value, value, 1e-9) && close(i->heads[h].signedValue, mean, 1e-9));
        QVERIFY(i->heads[h].interval && i->heads[h].interval->low <= value && i->heads[h].interval->high >= value);
    }
    text.prompts = {promptOfIds(inductionTokens())};
    QVERIFY(!must(measureImportance(model, text, {}, options))->heads[0].interval);
    QCOMPARE(int(measureImportance(model, {}, {}, options).error().code), int(ErrorCode::TextEmpty));
    text.prompts.push_back(promptOfIds({0, 9}));
    QCOMPARE(int(measureImportance(model, text, {}, options).error().code), int(ErrorCode::TokenOutOfRange));
}

void tst_causes::rankCorrelation()
{
    const double nan = std::nan("");
    QVERIFY(close(spearman({1, 2, 3, 4}, {1, 4, 9, 16}), 1, 1e-12));
    QVERIFY(close(spearman({1, 2, 3, 4, nan}, {4, 3, 2, 1, 0}), -1, 1e-12));
    QVERIFY(close(spearman({1, 2, 2, 3}, {1, 2, 3, 4}), 0.9486833, 1e-6));
    QVERIFY(std::isnan(spearman({1, 1, 1}, {1, 2, 3})) && std::isnan(spearman({1, 2}, {1, 2})));
}

void tst_causes::gates_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("reference");
    QTest::addColumn<int>("prompt");
    for (int i = 0; i < 3; ++i) {
        QTest::addRow("tiny llama %d", i) << fixture("models/tiny-llama/model.h5") << fixture("models/tiny-llama/reference.h5") << i;
        QTest::addRow("sample %d", i) << sampleFile() << fixture("models/sample/reference.h5") << i;
        QTest::addRow("stories260k %d", i) << sharedData("models/stories260k/model.h5") << sharedData("models/stories260k/reference.h5")
                                           << i;
    }
}

void tst_causes::gates()
{
    QFETCH(QString, model);
    QFETCH(QString, reference);
    QFETCH(int, prompt);
    HS_NEED_SHARED(reference);
    const std::string group = "prompt_" + std::to_string(prompt) + "/";
    std::vector<int> ids;
    for (const double t : readNumbers(reference, group + "tokens").values) ids.push_back(static_cast<int>(t));
    QVERIFY(!ids.empty());
    const Numbers expected = readNumbers(reference, group + "gate_gradient");
    const Gradients g = must(gradientsOf(mustOpen(model), promptOfIds(ids), {}, {}, {}));
    std::vector<double> got;
    for (const auto& layer : g.gates) got.insert(got.end(), layer.begin(), layer.end());
    HS_COMPARE_ARRAYS(got, expected, (Tolerance{1e-4, 0}));
}

/// Spaces count, and a comma is the comma, not the byte the vocabulary falls back on.
void tst_causes::answersOfAVocabulary_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("tiny llama") << fixture("models/tiny-llama/model.h5");
    QTest::newRow("stories260k") << sharedData("models/stories260k/model.h5");
}

void tst_causes::answersOfAVocabulary()
{
    QFETCH(QString, file);
    HS_NEED_SHARED(file);
    const auto model = mustOpen(file);
    for (const std::string text : {",", " the", " was", "."}) {
        const auto id = singleToken(*model, text, "answer");
        QVERIFY2(id.ok(), text.c_str());
        QCOMPARE(model->tokenizer()->tokenBytes(*id), text);
    }
    QCOMPARE(int(singleToken(*model, " elephantine", "answer").error().code), int(ErrorCode::InvalidArgument));
}

/// The previous-token head reaches the induction head through its keys, next to nothing through queries and values.
void tst_causes::inductionUsesKeys_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("by hand") << fixture("models/induction/model.h5");
    QTest::newRow("trained") << sharedData("models/induction-2l1h/model.h5");
}

void tst_causes::inductionUsesKeys()
{
    QFETCH(QString, file);
    HS_NEED_SHARED(file);
    const auto model = mustOpen(file);
    Random random(3);
    std::map<Site, double> moved;
    double whole = 0;
    for (int t = 0; t < 40; ++t) {
        std::vector<int> clean(26);
        std::iota(clean.begin(), clean.end(), 0);
        for (int i = 0; i < 8; ++i)
            std::swap(clean[static_cast<std::size_t>(i)], clean[static_cast<std::size_t>(i + random.below(26 - i))]);
        clean.resize(8);
        clean[7] = clean[1];
        std::vector<int> corrupt = clean;
        std::swap(corrupt[1], corrupt[4]);  // another letter stands before the answer, and the repeated one before another
        const PatchPair pair{runOf(model, clean), runOf(model, corrupt), difference(7, clean[2], clean[5])};
        for (const Site site : {Site::Q, Site::K, Site::V}) {
            PathOptions options;
            options.receivers = {{{1, 0}, site}};
            const PathMap map = must(patchPaths(pair, options));
            moved[site] += (map.at(0, 0) - map.corrupt) / 40;
            whole += (map.clean - map.corrupt) / 120;
        }
    }
    QVERIFY2(whole > 5, qPrintable(QString::number(whole)));
    const QString numbers = QString("of %1: q %2 k %3 v %4").arg(whole).arg(moved[Site::Q]).arg(moved[Site::K]).arg(moved[Site::V]);
    QVERIFY2(moved[Site::K] > 0.8 * whole, qPrintable(numbers));
    QVERIFY2(std::abs(moved[Site::Q]) < 0.1 * whole && std::abs(moved[Site::V]) < 0.1 * whole, qPrintable(numbers));
}

QTEST_APPLESS_MAIN(tst_causes)
#include "tst_causes.moc"
