// SPDX-License-Identifier: GPL-3.0-or-later
// Batched ablation against one slow double-precision pass for each cut, for every architecture and kind of ablation.
#include <QTest>

#include <stop_token>

#include "engine/base/parallel.h"
#include "engine/forward/sweep/sweep.h"
#include "tests/support/compare.h"
#include "tests/support/forward_cases.h"
#include "tests/support/oracle_forward.h"

using namespace hs;
using namespace hs::test;

namespace {

constexpr Tolerance kLoss{2e-5, 2e-5};

std::vector<ForwardCase> predicting()
{
    std::vector<ForwardCase> out;
    for (const ForwardCase& c : forwardCases())
        if (c.config.output != OutputKind::None) out.push_back(c);
    return out;
}

/// The same cuts written as what the oracle knows: single rows set, rows of the pattern forced.
Interventions oracleCuts(const HeadCuts& cuts, const AblationValues& values, const ModelConfig& config, int n, int donor)
{
    Interventions out;
    for (const HeadCut& cut : cuts)
        for (int i = 0; i < n; ++i) {
            if (cut.position >= 0 && cut.position != i) continue;
            const auto layer = static_cast<std::size_t>(cut.head.layer);
            const float* from = nullptr;
            std::vector<float> zero(static_cast<std::size_t>(config.dHead));
            if (values.kind == AblationKind::Uniform) {
                std::vector<float> even(static_cast<std::size_t>(n), 0.0f);
                float seen = 0;
                for (int j = 0; j < n; ++j) seen += oracleSees(config, cut.head.layer, i, j) ? 1.0f : 0.0f;
                for (int j = 0; j < n; ++j)
                    even[static_cast<std::size_t>(j)] = oracleSees(config, cut.head.layer, i, j) ? 1.0f / seen : 0.0f;
                out.push_back(forceRow(cut.head, i, even));
                continue;
            }
            if (values.kind == AblationKind::Zero) from = zero.data();
            if (values.kind == AblationKind::Mean) from = values.means[layer].data() + cut.head.head * config.dHead;
            if (values.kind == AblationKind::Resample) {
                const AblationDonor& d = *values.donors[static_cast<std::size_t>(donor)];
                from = d.z[layer]->row(d.rowFor(i)) + cut.head.head * config.dHead;
            }
            std::vector<float> rest;
            for (int c = 0; c < config.dHead; ++c) rest.push_back((1.0f - cut.keep) * from[c]);
            out.push_back(scaleHead(cut.head, cut.keep, {i}));
            out.push_back(addToHead(cut.head, rest, {i}));
        }
    return out;
}

std::vector<std::shared_ptr<const Prompt>> calibration(int vocabulary)
{
    return {randomPrompt(9, vocabulary, 21), randomPrompt(17, vocabulary, 22), randomPrompt(12, vocabulary, 23)};
}

std::shared_ptr<const AblationValues> valuesFor(const std::shared_ptr<const Model>& model, AblationKind kind)
{
    AblationCollectOptions options;
    options.draws = 2;
    auto values = collectAblationValues(model, calibration(model->config().dVocab), kind, options);
    return values.ok() ? *values : nullptr;
}

double oracleKl(const OracleRun& base, const OracleRun& cut)
{
    double total = 0;
    for (std::size_t i = 0; i < base.logits.size(); ++i) {
        const auto lse = [](const std::vector<double>& row) {
            double sum = 0;
            for (const double x : row) sum += std::exp(x);
            return std::log(sum);
        };
        const double a = lse(base.logits[i]), b = lse(cut.logits[i]);
        for (std::size_t t = 0; t < base.logits[i].size(); ++t)
            total += std::exp(base.logits[i][t] - a) * ((base.logits[i][t] - a) - (cut.logits[i][t] - b));
    }
    return total / static_cast<double>(base.logits.size());
}

double oracleAccuracy(const OracleRun& run, const std::vector<int>& ids)
{
    int right = 0;
    for (std::size_t i = 0; i + 1 < ids.size(); ++i)
        right += std::max_element(run.logits[i].begin(), run.logits[i].end()) - run.logits[i].begin() == ids[i + 1];
    return right / static_cast<double>(ids.size() - 1);
}

}  // namespace

class tst_sweep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyHead_data();
    void everyHead();
    void setsPositionsAndSoftGates_data();
    void setsPositionsAndSoftGates();
    void lanesOfBaseUnderCuts_data();
    void lanesOfBaseUnderCuts();
    void severalPromptsInOneStack();
    void panelsAgreeWithLanesAlone_data();
    void panelsAgreeWithLanesAlone();
    void threadsDoNotMatter();
    void lateLayersFirst();
    void cancels();
    void bounds();
    void meansAreOverAllPositions();
    void donorIsNeverTheOwnText();
    void refuses_data();
    void refuses();
};

void tst_sweep::everyHead_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("kind");
    const auto cases = predicting();
    for (std::size_t i = 0; i < cases.size(); ++i)
        for (int kind = 0; kind < 4; ++kind)
            QTest::addRow("%s, %s", cases[i].name.c_str(), ablationName(static_cast<AblationKind>(kind))) << static_cast<int>(i) << kind;
}

void tst_sweep::everyHead()
{
    QFETCH(int, index);
    QFETCH(int, kind);
    const ForwardCase c = predicting()[static_cast<std::size_t>(index)];
    const auto model = randomModel(c.config, c.options);
    const auto values = valuesFor(model, static_cast<AblationKind>(kind));
    QVERIFY(values);
    const auto prompt = randomPrompt(14, c.config.dVocab, 3);
    SweepOptions options;
    options.kl = true;
    const auto base = sweepBase(model, *prompt, *values, {}, 0, options);
    QVERIFY(base.ok());
    const OracleRun plain = OracleForward(*model).run(prompt->ids());
    HS_COMPARE_ARRAYS((*base)->score.tokenLoss, plain.tokenLoss, kLoss);
    QVERIFY((*base)->score.kl < 1e-5);

    std::vector<SweepLane> lanes;
    for (int l = 0; l < c.config.nLayers; ++l)
        for (int h = 0; h < c.config.heads(l); ++h) lanes.push_back({*base, {{{l, h}, 0.0f, -1}}, values->donorFor(0, h, prompt->ids())});
    const auto scores = sweepLanes(lanes, *values, options);
    QVERIFY(scores.ok());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const OracleRun cut =
            OracleForward(*model, oracleCuts(lanes[i].cuts, *values, c.config, prompt->size(), lanes[i].donor)).run(prompt->ids());
        HS_COMPARE_ARRAYS((*scores)[i].tokenLoss, cut.tokenLoss, kLoss);
        QVERIFY(std::abs((*scores)[i].loss - cut.loss) < 1e-5);
        const double kl = oracleKl(plain, cut);
        QVERIFY2(std::abs((*scores)[i].kl - kl) < 2e-5, qPrintable(QStringLiteral("%1 %2").arg((*scores)[i].kl).arg(kl)));
        QCOMPARE((*scores)[i].accuracy, oracleAccuracy(cut, prompt->ids()));
    }
}

void tst_sweep::setsPositionsAndSoftGates_data() { everyHead_data(); }

void tst_sweep::setsPositionsAndSoftGates()
{
    QFETCH(int, index);
    QFETCH(int, kind);
    const ForwardCase c = predicting()[static_cast<std::size_t>(index)];
    const auto model = randomModel(c.config, c.options);
    const auto values = valuesFor(model, static_cast<AblationKind>(kind));
    const auto prompt = randomPrompt(11, c.config.dVocab, 5);
    const auto base = sweepBase(model, *prompt, *values, {}, 0, {});
    QVERIFY(base.ok());
    const int last = c.config.nLayers - 1;
    const bool soft = values->kind == AblationKind::Zero || values->kind == AblationKind::Mean || values->kind == AblationKind::Resample;
    const std::vector<HeadCuts> sets{
        {{{0, 0}, 0.0f, -1}, {{last, c.config.heads(last) - 1}, 0.0f, -1}},
        {{{0, c.config.heads(0) - 1}, 0.0f, 4}, {{last, 0}, 0.0f, 10}},
        {{{0, 0}, soft ? 0.25f : 0.0f, -1}, {{last, 0}, soft ? 0.75f : 0.0f, -1}, {{1, 0}, 0.0f, -1}},
        {{{last, 0}, 0.0f, 0}, {{last, 0}, 0.0f, 7}},
    };
    std::vector<SweepLane> lanes;
    for (const HeadCuts& cuts : sets) lanes.push_back({*base, cuts, values->donorFor(0, 1, prompt->ids())});
    const auto scores = sweepLanes(lanes, *values, {});
    QVERIFY(scores.ok());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const OracleRun cut =
            OracleForward(*model, oracleCuts(sets[i], *values, c.config, prompt->size(), lanes[i].donor)).run(prompt->ids());
        HS_COMPARE_ARRAYS((*scores)[i].tokenLoss, cut.tokenLoss, kLoss);
    }
}

void tst_sweep::lanesOfBaseUnderCuts_data() { everyHead_data(); }

void tst_sweep::lanesOfBaseUnderCuts()
{
    QFETCH(int, index);
    QFETCH(int, kind);
    const ForwardCase c = predicting()[static_cast<std::size_t>(index)];
    const auto model = randomModel(c.config, c.options);
    const auto values = valuesFor(model, static_cast<AblationKind>(kind));
    const auto prompt = randomPrompt(10, c.config.dVocab, 6);
    const int last = c.config.nLayers - 1, donor = values->donorFor(2, 0, prompt->ids());
    const HeadCuts already{{{0, 0}, 0.0f, -1}, {{last, 0}, 0.0f, -1}};
    SweepOptions options;
    options.kl = true;
    const auto base = sweepBase(model, *prompt, *values, already, donor, options);
    QVERIFY(base.ok());
    const OracleRun plain = OracleForward(*model).run(prompt->ids());
    const OracleRun under = OracleForward(*model, oracleCuts(already, *values, c.config, prompt->size(), donor)).run(prompt->ids());
    HS_COMPARE_ARRAYS((*base)->score.tokenLoss, under.tokenLoss, kLoss);
    QVERIFY(std::abs((*base)->score.kl - oracleKl(plain, under)) < 2e-5);

    std::vector<SweepLane> lanes;
    for (int l = 0; l < c.config.nLayers; ++l) lanes.push_back({*base, {{{l, c.config.heads(l) - 1}, 0.0f, -1}}, donor});
    const auto scores = sweepLanes(lanes, *values, options);
    QVERIFY(scores.ok());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        HeadCuts both = already;
        if (lanes[i].cuts[0].head != already[0].head && lanes[i].cuts[0].head != already[1].head) both.push_back(lanes[i].cuts[0]);
        const OracleRun cut = OracleForward(*model, oracleCuts(both, *values, c.config, prompt->size(), donor)).run(prompt->ids());
        HS_COMPARE_ARRAYS((*scores)[i].tokenLoss, cut.tokenLoss, kLoss);
        QVERIFY(std::abs((*scores)[i].kl - oracleKl(plain, cut)) < 2e-5);
    }
}

void tst_sweep::severalPromptsInOneStack()
{
    const auto model = randomModel(smallConfig(3, 4));
    const auto values = valuesFor(model, AblationKind::Mean);
    std::vector<SweepLane> lanes;
    for (const int n : {2, 40, 7, 64}) {
        const auto base = sweepBase(model, *randomPrompt(n, 50, static_cast<std::uint64_t>(n)), *values, {}, 0, {});
        QVERIFY(base.ok());
        lanes.push_back({*base, {{{n % 3, 1}, 0.0f, -1}}, 0});
        lanes.push_back({*base, {}, 0});
        lanes.push_back({*base, {{{2, 2}, 0.0f, -1}}, 0});
    }
    const auto together = sweepLanes(lanes, *values, {});
    QVERIFY(together.ok());
    SweepOptions tight;
    tight.workBytes = 1;  // one lane at a time
    const auto alone = sweepLanes(lanes, *values, tight);
    QVERIFY(alone.ok());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        HS_COMPARE_ARRAYS((*together)[i].tokenLoss, (*alone)[i].tokenLoss, floatTranscendental);
        const OracleRun cut =
            OracleForward(*model, oracleCuts(lanes[i].cuts, *values, model->config(), static_cast<int>(lanes[i].base->ids.size()), 0))
                .run(lanes[i].base->ids);
        HS_COMPARE_ARRAYS((*together)[i].tokenLoss, cut.tokenLoss, kLoss);
    }
}

void tst_sweep::panelsAgreeWithLanesAlone_data()
{
    QTest::addColumn<int>("index");
    const auto cases = predicting();
    for (std::size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i].name.c_str()) << static_cast<int>(i);
}

void tst_sweep::panelsAgreeWithLanesAlone()
{
    // Enough rows that each thread takes panels of lanes through whole layers, and that W_U is packed for all of them.
    QFETCH(int, index);
    ForwardCase c = predicting()[static_cast<std::size_t>(index)];
    const int longest = c.config.nCtx > 0 ? std::min(c.config.nCtx, 150) : 150;
    const auto model = randomModel(c.config, c.options);
    const auto values = valuesFor(model, AblationKind::Zero);
    const int before = threadCount();
    setThreadCount(2);
    std::vector<SweepLane> lanes;
    std::ptrdiff_t rows = 0;
    for (int i = 0; rows < 1700; ++i) {
        const int n = std::max(2, longest - i % 7);
        const auto base = sweepBase(model, *randomPrompt(n, c.config.dVocab, static_cast<std::uint64_t>(i + 1)), *values, {}, 0, {});
        QVERIFY(base.ok());
        lanes.push_back({*base, {{{i % c.config.nLayers, i % std::max(1, c.config.heads(i % c.config.nLayers))}, 0.0f, -1}}, 0});
        rows += n;
    }
    const auto together = sweepLanes(lanes, *values, {});
    SweepOptions tight;
    tight.workBytes = 1;  // one lane at a time
    const auto alone = sweepLanes(lanes, *values, tight);
    setThreadCount(before);
    QVERIFY(together.ok() && alone.ok());
    for (std::size_t i = 0; i < lanes.size(); ++i) HS_COMPARE_ARRAYS((*together)[i].tokenLoss, (*alone)[i].tokenLoss, kLoss);
}

void tst_sweep::threadsDoNotMatter()
{
    const auto model = randomModel(smallConfig(3, 4, 64, 3000, 160));
    const auto values = valuesFor(model, AblationKind::Zero);
    const int before = threadCount();
    std::vector<std::vector<float>> losses;
    for (const int threads : {1, 2, 3}) {
        setThreadCount(threads);
        const auto base = sweepBase(model, *randomPrompt(150, 3000), *values, {}, 0, {});
        QVERIFY(base.ok());
        std::vector<SweepLane> lanes;
        for (int h = 0; h < 12; ++h) lanes.push_back({*base, {{{h / 4, h % 4}, 0.0f, -1}}, 0});
        const auto scores = sweepLanes(lanes, *values, {});
        QVERIFY(scores.ok());
        losses.emplace_back();
        for (const SweepScore& s : *scores) losses.back().push_back(static_cast<float>(s.loss));
    }
    setThreadCount(before);
    HS_COMPARE_ARRAYS(losses[1], losses[0], floatArithmetic);
    HS_COMPARE_ARRAYS(losses[2], losses[0], floatArithmetic);
}

void tst_sweep::lateLayersFirst()
{
    const auto model = randomModel(smallConfig(4, 2));
    const auto values = valuesFor(model, AblationKind::Zero);
    const auto base = sweepBase(model, *randomPrompt(20, 50), *values, {}, 0, {});
    std::vector<SweepLane> lanes;
    for (int l = 0; l < 4; ++l) lanes.push_back({*base, {{{l, 0}, 0.0f, -1}}, 0});
    SweepOptions options;
    options.workBytes = 1;
    std::vector<std::size_t> order;
    QVERIFY(sweepLanes(lanes, *values, options, {}, [&](std::size_t lane, const SweepScore& s) {
                order.push_back(lane);
                QVERIFY(s.loss > 0);
            }).ok());
    QCOMPARE(order, (std::vector<std::size_t>{3, 2, 1, 0}));
}

void tst_sweep::cancels()
{
    const auto model = randomModel(smallConfig(4, 2));
    const auto values = valuesFor(model, AblationKind::Zero);
    const auto base = sweepBase(model, *randomPrompt(20, 50), *values, {}, 0, {});
    std::vector<SweepLane> lanes;
    for (int l = 0; l < 4; ++l) lanes.push_back({*base, {{{l, 0}, 0.0f, -1}}, 0});
    SweepOptions options;
    options.workBytes = 1;
    std::stop_source stop;
    int done = 0;
    const auto scores = sweepLanes(lanes, *values, options, Progress(stop.get_token(), {}), [&](std::size_t, const SweepScore&) {
        if (++done == 2) stop.request_stop();
    });
    QVERIFY(!scores.ok());
    QCOMPARE(scores.error().code, ErrorCode::Cancelled);
    QCOMPARE(done, 2);
}

void tst_sweep::bounds()
{
    // Written out: MLP and output for the layer of the cut, whole blocks after it.
    const auto model = randomModel(smallConfig(2, 4));
    const auto values = valuesFor(model, AblationKind::Zero);
    const auto base = sweepBase(model, *randomPrompt(10, 50), *values, {}, 0, {});
    const double d = 32, n = 10, mlp = 2 * n * d * 128 * 2, block = 2 * n * d * 4 * d + 4 * (n * (n + 1) / 2) * d, out = 2 * n * d * 50;
    QCOMPARE(sweepFlops({{*base, {{{1, 0}, 0.0f, -1}}, 0}}), mlp + out);
    QCOMPARE(sweepFlops({{*base, {{{0, 0}, 0.0f, -1}, {{1, 2}, 0.0f, -1}}, 0}}), mlp + block + mlp + out);
    QCOMPARE(sweepFlops({{*base, {}, 0}}), 0.0);
}

void tst_sweep::meansAreOverAllPositions()
{
    const auto model = randomModel(smallConfig(2, 4));
    const auto values = valuesFor(model, AblationKind::Mean);
    std::vector<double> expected(32);
    long tokens = 0;
    for (const auto& prompt : calibration(50)) {
        const OracleRun run = OracleForward(*model).run(prompt->ids());
        for (const auto& row : run.z[1])
            for (std::size_t c = 0; c < row.size(); ++c) expected[c] += row[c];
        tokens += prompt->size();
    }
    for (double& x : expected) x /= static_cast<double>(tokens);
    QCOMPARE(values->tokens, tokens);
    HS_COMPARE_ARRAYS(values->means[1], expected, floatTranscendental);
}

void tst_sweep::donorIsNeverTheOwnText()
{
    const auto model = randomModel(smallConfig());
    const auto values = valuesFor(model, AblationKind::Resample);
    const auto prompts = calibration(50);
    for (std::size_t p = 0; p < prompts.size(); ++p) {
        const int a = values->donorFor(p, 0, prompts[p]->ids()), b = values->donorFor(p, 1, prompts[p]->ids());
        QVERIFY(values->donors[static_cast<std::size_t>(a)]->ids != prompts[p]->ids());
        QVERIFY(values->donors[static_cast<std::size_t>(b)]->ids != prompts[p]->ids());
        QVERIFY(a != b);  // two others are there
    }
    const AblationDonor& donor = *values->donors[0];
    const int n = static_cast<int>(donor.ids.size());
    QCOMPARE(donor.rowFor(0), 0);
    QCOMPARE(donor.rowFor(n - 1), n - 1);
    QCOMPARE(donor.rowFor(n), 1);  // BOS's row does not come again
}

void tst_sweep::refuses_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<int>("code");
    QTest::newRow("no output layer") << 0 << static_cast<int>(ErrorCode::ModelPartial);
    QTest::newRow("one token") << 1 << static_cast<int>(ErrorCode::TextEmpty);
    QTest::newRow("longer than the context") << 2 << static_cast<int>(ErrorCode::TextTooLong);
    QTest::newRow("head out of range") << 3 << static_cast<int>(ErrorCode::HeadOutOfRange);
    QTest::newRow("means of another model") << 4 << static_cast<int>(ErrorCode::ShapeMismatch);
    QTest::newRow("mean without a text") << 5 << static_cast<int>(ErrorCode::TextEmpty);
    QTest::newRow("one donor") << 6 << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("no such donor") << 7 << static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("position out of range") << 8 << static_cast<int>(ErrorCode::InvalidArgument);
}

void tst_sweep::refuses()
{
    QFETCH(int, what);
    QFETCH(int, code);
    ModelConfig config = smallConfig();
    if (what == 0) config.output = OutputKind::None;
    const auto model = randomModel(config);
    std::optional<Error> error;
    const auto keep = [&](const auto& result) {
        if (!result.ok()) error = result.error();
    };
    const auto prompt = randomPrompt(what == 1 ? 1 : what == 2 ? 65 : 8, 50);
    if (what == 5) {
        keep(collectAblationValues(model, {}, AblationKind::Mean, {}));
    } else if (what == 6) {
        keep(collectAblationValues(model, {prompt, prompt}, AblationKind::Resample, {}));
    } else {
        auto values = std::make_shared<AblationValues>();
        if (what == 4) values->kind = AblationKind::Mean;
        if (what == 7) values->kind = AblationKind::Resample;
        const auto base = sweepBase(model, *prompt, *values, {}, 0, {});
        if (!base.ok()) keep(base);
        else keep(sweepLanes({{*base, {{{what == 3 ? 2 : 0, 0}, 0.0f, what == 8 ? 8 : -1}}, what == 7 ? 3 : 0}}, *values, {}));
    }
    QVERIFY(error.has_value());
    QCOMPARE(static_cast<int>(error->code), code);
}

QTEST_APPLESS_MAIN(tst_sweep)
#include "tst_sweep.moc"
