// SPDX-License-Identifier: GPL-3.0-or-later
// Pure scores on maps: every small number of engine/methods/circuits.md sections 3 and 9, and obvious counting beside the fast routines.
#include <QTest>

#include <cmath>
#include <set>

#include "engine/analysis/synthetic/head_detector.h"
#include "engine/analysis/synthetic/lag_crp.h"
#include "engine/analysis/synthetic/rows.h"
#include "engine/forward/forward.h"
#include "tests/support/induction_model.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

const std::vector<int> kTwice{5, 7, 9, 5, 7, 9};

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

/// Rows 0-2 on column 0, rows 3-5 on the induction target.
MatrixF perfectOnCopyTwo()
{
    MatrixF a(6, 6);
    for (int i = 0; i < 3; ++i) a(i, 0) = 1;
    for (int i = 3; i < 6; ++i) a(i, i - 2) = 1;
    return a;
}

MatrixF uniformCausal(int n)
{
    MatrixF a(n, n);
    for (int i = 0; i < n; ++i)
        for (int j = 0; j <= i; ++j) a(i, j) = 1.0f / static_cast<float>(i + 1);
    return a;
}

LagCurve curveOf(std::initializer_list<double> ahead)
{
    LagCurve c{};
    std::size_t i = kLagReach + 1;
    for (const double x : ahead) c[i++] = x;
    return c;
}

}  // namespace

class tst_synthetic_scores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headDetector();
    void headDetectorRefuses();
    void targetLists();
    void uniformIsTheChanceLevel();
    void diagonalShortcutIsBiased();
    void contentView();
    void lagCurves();
    void cmr();
    void retrieval();
    void markov();
    void iteration();
    void copying();
    void documents();
    void needles();
    void controlHasNoRepeat();
    void compiledInductionModel_data();
    void compiledInductionModel();
};

void tst_synthetic_scores::headDetector()
{
    const MatrixF induction = detectionPattern(DetectionPattern::Induction, kTwice), a = perfectOnCopyTwo();
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j) QCOMPARE(induction(i, j), (i == 3 && j == 1) || (i == 4 && j == 2) || (i == 5 && j == 3) ? 1.0f : 0.0f);
    QCOMPARE(*detectHead(a.view(), induction.view()), 0.5);
    QCOMPARE(*detectHead(a.view(), induction.view(), {DetectionError::Abs}), 0.5);
    QCOMPARE(*detectHead(a.view(), induction.view(), {DetectionError::Mul, true}), 1.0);
    QCOMPARE(*detectHead(a.view(), induction.view(), {DetectionError::Abs, true}), 1.0);
    const auto uniform = [](DetectionPattern p) { return *detectUniform(detectionPattern(p, kTwice).view()); };
    QVERIFY(near(uniform(DetectionPattern::PreviousToken), 0.2417, 5e-5));
    QVERIFY(near(uniform(DetectionPattern::DuplicateToken), 0.1028, 5e-5));
    QVERIFY(near(uniform(DetectionPattern::Induction), 0.1028, 5e-5));
    // Golden G1 of engine/methods/patterns.md section 2.
    MatrixF g(4, 4);
    const float rows[4][4] = {{1, 0, 0, 0}, {.9f, .1f, 0, 0}, {.1f, .8f, .1f, 0}, {.05f, .05f, .85f, .05f}};
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) g(i, j) = rows[i][j];
    const MatrixF previous = detectionPattern(DetectionPattern::PreviousToken, {1, 2, 3, 4});
    QVERIFY(near(*detectHead(g.view(), previous.view()), 0.6375, 1e-6));
    QVERIFY(near(*detectHead(g.view(), previous.view(), {DetectionError::Abs}), 0.525, 1e-6));
    DetectionOptions rounded{DetectionError::Abs};
    rounded.roundAbs = true;
    QCOMPARE(*detectHead(g.view(), previous.view(), rounded), 0.525);
    DetectionOptions everything;
    everything.excludeBos = everything.excludeCurrentToken = true;
    MatrixF self(2, 2);
    self(0, 0) = self(1, 1) = 1;
    QVERIFY(std::isnan(*detectHead(self.view(), detectionPattern(DetectionPattern::PreviousToken, {1, 2}).view(), everything)));
}

void tst_synthetic_scores::headDetectorRefuses()
{
    MatrixF a = uniformCausal(4), upper(4, 4), small(3, 3), one(1, 1);
    upper(1, 2) = 1;
    QCOMPARE(detectHead(a.view(), upper.view()).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(detectHead(a.view(), small.view()).error().code, ErrorCode::ShapeMismatch);
    QCOMPARE(detectHead(one.view(), one.view()).error().code, ErrorCode::InvalidArgument);
}

void tst_synthetic_scores::targetLists()
{
    // BOS 9 is no token: its double at 4 has no earlier occurrence.
    const std::vector<int> ids{9, 1, 2, 1, 9, 1};
    const TargetList duplicate = duplicateTargets(ids, 1), induction = inductionTargets(ids, 1), pointer = pointerTargets(ids, 1);
    QCOMPARE(duplicate.size(), std::size_t(2));
    QCOMPARE(duplicate[0].query, 3);
    QCOMPARE(duplicate[0].keys, std::vector<int>{1});
    QCOMPARE(duplicate[1].keys, (std::vector<int>{1, 3}));
    QCOMPARE(induction[0].keys, std::vector<int>{2});
    QCOMPARE(induction[1].keys, (std::vector<int>{2, 4}));
    QCOMPARE(pointer.size(), std::size_t(2));  // rows 2 and 4 are followed by a token seen before
    QCOMPARE(pointer[0].query, 2);
    QCOMPARE(pointer[1].keys, (std::vector<int>{1, 3}));
    const TargetList both = duplicateTargets(ids, 0, MaskKind::Bidirectional);
    QCOMPARE(both.size(), std::size_t(5));
    QCOMPARE(both[0].keys, std::vector<int>{4});
    QCOMPARE(offsetTargets(4, -1).size(), std::size_t(3));
    QCOMPARE(offsetTargets(4, 1).back().query, 2);
}

void tst_synthetic_scores::uniformIsTheChanceLevel()
{
    const MatrixF u = uniformCausal(6);
    for (const TargetList& t : {duplicateTargets(kTwice, 0), inductionTargets(kTwice, 0), offsetTargets(6, -1)})
        for (const std::vector<int>& references : {std::vector<int>{}, std::vector<int>{0}}) {
            const TargetMass m = targetMass(u.view(), t, {MaskKind::Causal, references});
            QVERIFY(m.rows > 0);
            QVERIFY(near(m.mass, m.uniform, 1e-7));
        }
    QVERIFY(near(targetMass(u.view(), offsetTargets(6, -1), {}).mass, (1 / 2. + 1 / 3. + 1 / 4. + 1 / 5. + 1 / 6.) / 5, 1e-7));
}

void tst_synthetic_scores::diagonalShortcutIsBiased()
{
    // Perfect on copy 2 but self-attending in the last row of copy 1.
    MatrixF a = perfectOnCopyTwo();
    a(2, 0) = 0;
    a(2, 2) = 1;
    double diagonal = 0;
    for (int i = 2; i < 6; ++i) diagonal += static_cast<double>(a(i, i - 2)) / 4;
    QCOMPARE(diagonal, 0.75);
    QCOMPARE(targetMass(a.view(), inductionTargets(kTwice, 0), {}).mass, 1.0);
}

void tst_synthetic_scores::contentView()
{
    // Golden G1: content previous mass of rows 2-3 is .8918 against .4167, gate .9 and .95; row 1 has one content key only.
    MatrixF g(4, 4);
    const float rows[4][4] = {{1, 0, 0, 0}, {.9f, .1f, 0, 0}, {.1f, .8f, .1f, 0}, {.05f, .05f, .85f, .05f}};
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) g(i, j) = rows[i][j];
    const TargetMass m = targetMass(g.view(), offsetTargets(4, -1, 2), {MaskKind::Causal, {0}});
    QCOMPARE(m.rows, 2L);
    QVERIFY(near(m.mass, 0.8918, 5e-5));
    QVERIFY(near(m.uniform, 0.4167, 5e-5));
    QVERIFY(near(m.gate, 0.925, 1e-6));
    // A row with less than .05 outside the references says nothing, but counts in the gate.
    g(3, 0) = 0.96f;
    g(3, 1) = 0;
    g(3, 2) = 0.04f;
    g(3, 3) = 0;
    const TargetMass dropped = targetMass(g.view(), offsetTargets(4, -1, 2), {MaskKind::Causal, {0}});
    QCOMPARE(dropped.rows, 1L);
    QVERIFY(near(dropped.gate, (0.9 + 0.04) / 2, 1e-6));
}

void tst_synthetic_scores::lagCurves()
{
    // Two copies of 6 behind one token; the weight is the lag itself plus ten.
    MatrixF a(13, 13);
    for (int p = 0; p < 6; ++p)
        for (int q = 0; q < 6; ++q) a(7 + p, 1 + q) = static_cast<float>(10 + q - p);
    const LagCurve c = lagCurve(a.view(), 1, 6);
    for (int lag = -5; lag <= 5; ++lag) QVERIFY(near(c[static_cast<std::size_t>(lag + 5)], 10 + lag, 1e-6));
    QCOMPARE(peakLag(c), 5);
    QVERIFY(near(lagAsymmetry(c), 2.0, 1e-6));
    QVERIFY(std::isnan(lagCurve(a.view(), 1, 4)[0]));  // no such lag in copies of 4
}

void tst_synthetic_scores::cmr()
{
    const LagCurve closed = cmrCurve({0.5, 1.0, 0.0});
    const double golden[] = {.5161, .2581, .1290, .0645, .0323};
    for (std::size_t d = 0; d < 5; ++d) QVERIFY(near(closed[6 + d], golden[d], 5e-5));
    for (std::size_t d = 0; d < 6; ++d) QCOMPARE(closed[d], 0.0);
    const LagCurve half = curveOf({1, .5, .25, .125, .0625}), flat = curveOf({1, 1, 1, 1, 1});
    QVERIFY(near(cmrDistance(half, closed), 0.0, 1e-12));
    QVERIFY(near(cmrDistance(flat, closed), 0.901, 5e-4));
    QVERIFY(std::isnan(cmrDistance(LagCurve{}, closed)));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!prepareCmrFits(Progress(stop.get_token(), {})));  // the grid is a second's work: it can be stopped, and goes on later
    QVERIFY(prepareCmrFits({}));
    const CmrFit fit = fitCmr(half);
    QVERIFY(fit.distance < 1e-12);
    QCOMPARE(fit.parameters.encoding, 0.5);
    QVERIFY(near(fit.parameters.recall, 1.0, 1e-12));
    // The head 5.1 of GPT-2 small (engine/methods/circuits.md section 3.7: raw scores -4.2, .7, 8.2, -1.0 at lags -1 .. 2) is close to the model;
    // one that looks far back is not.
    const LagCurve real{-5, -5, -4.8, -4.6, -4.2, .7, 8.2, -1.0, -3, -4, -4.5};
    QVERIFY2(fitCmr(real).distance < 0.1, qPrintable(QString::number(fitCmr(real).distance)));
    LagCurve odd{};
    odd[1] = 1;  // five tokens too early
    QVERIFY(fitCmr(odd).distance > 0.5);
    // Simulated curves sum to one, lean ahead without gamma and back with it, and are the same each time.
    const LagCurve ahead = cmrCurve({0.6, 0.75, 0.0}), back = cmrCurve({0.6, 0.75, 0.9});
    double sum = 0;
    for (const double x : ahead) sum += x;
    QVERIFY(near(sum, 1.0, 1e-12));
    QVERIFY(lagAsymmetry(ahead) > lagAsymmetry(back));
    QCOMPARE(cmrCurve({0.6, 0.75, 0.9}), back);
    // Recall that never moves is even on both sides.
    QVERIFY(near(lagAsymmetry(cmrCurve({0.5, 0.0, 0.3})), 0.0, 1e-12));
    // The simulation beside the closed form it must meet.
    const LagCurve simulated = cmrCurve({0.5, 0.999999, 0.0});
    for (std::size_t i = 0; i < closed.size(); ++i)
        QVERIFY2(near(simulated[i], closed[i], 0.03), qPrintable(QString::number(simulated[i])));
}

void tst_synthetic_scores::retrieval()
{
    std::vector<int> ids{1, 2, 3, 40, 41, 42, 7};
    QVERIFY(near(retrievalScore({3, 4, 0}, {40, 41, 42}, ids, 3, 6), 2.0 / 3, 1e-12));
    // The set form never exceeds 1: the same token emitted twice counts once.
    QVERIFY(near(retrievalScore({3, 3, 3}, {40, 40, 40}, ids, 3, 6), 1.0 / 3, 1e-12));
    // Looking at the right place while another token comes out is no copy.
    QCOMPARE(retrievalScore({3, 4, 5}, {41, 42, 40}, ids, 3, 6), 0.0);
    MatrixF a(7, 7);
    a(4, 3) = a(5, 4) = 1;
    a(6, 0) = 1;
    QVERIFY(near(retrievalScore(a.view(), {4, 5, 6}, {40, 41, 42}, ids, 3, 6), 2.0 / 3, 1e-12));
}

void tst_synthetic_scores::markov()
{
    const std::vector<int> ids{0, 1, 1, 0, 1};
    MatrixF last(5, 5);
    for (int j = 0; j < 5; ++j) last(4, j) = 0.2f;
    // All rows of the uniform map score 0, and spread evenly over their targets.
    const MatrixF u = uniformCausal(5);
    const MarkovScore even = markovScore(u.view(), ids, 0);
    QVERIFY(near(even.score(), 0.0, 1e-7));
    QVERIFY(near(even.evenness, 1.0, 1e-6));
    // Row 4 alone: targets 2 and 3, .4 - .4.
    MatrixF one(5, 5);
    for (int j = 0; j < 5; ++j) one(4, j) = 0.2f;
    one(4, 2) = one(4, 3) = 0.2f;
    const MarkovScore m = markovScore(one.view(), ids, 0);
    // Rows 2, 3 and 4 have targets ({2}, {1}, {2, 3}); only row 4 has weight here.
    QCOMPARE(m.rows, 3L);
    QVERIFY(near(m.mass, 0.4 / 3, 1e-7));
    QVERIFY(near(m.uniform, (1 / 3. + 1 / 4. + 0.4) / 3, 1e-7));
    one(4, 2) = 1;
    for (int j : {0, 1, 3, 4}) one(4, j) = 0;
    QVERIFY(near(markovScore(one.view(), ids, 0).evenness, 0.0, 1e-12));
}

void tst_synthetic_scores::iteration()
{
    SyntheticVocabulary vocabulary;
    for (int i = 0; i < 30; ++i) vocabulary.ids.push_back(i);
    vocabulary.bos = 29;
    vocabulary.ids.pop_back();
    for (int document : {0, 1}) {
        const IterationDocument d = iterationTask(vocabulary, 40, 3, document);
        const auto n = static_cast<std::ptrdiff_t>(d.ids.size());
        QCOMPARE(n, 2L + 2 * d.n);
        MatrixF first(n, n), second(n, n);
        for (int t = 0; t <= d.n; ++t) first(d.separator + t, d.separator) = 1;
        for (int t = 0; t < d.n; ++t) second(d.separator + t, 1 + t) = 1;
        QVERIFY(near(iterationScore(first.view(), d).onSeparator, 1.0, 1e-12));
        QVERIFY(near(iterationScore(first.view(), d).onInput, 0.0, 1e-12));
        QVERIFY(near(iterationScore(second.view(), d).onInput, 1.0, 1e-12));
        // The chain is what the task says: parity of 0 and 1, or the polynomial.
        if (document == 0) {
            std::set<int> symbols(d.ids.begin() + 1, d.ids.begin() + 1 + d.n);
            QVERIFY(symbols.size() <= 2);
        }
    }
}

void tst_synthetic_scores::copying()
{
    QVERIFY(near(raiseShare({.2f, .1f, .9f, 0}, 2), 1.0, 1e-7));
    QVERIFY(near(copyScore(raiseShare({.2f, .1f, .9f, 0}, 2)), 1.0, 1e-7));
    QVERIFY(near(raiseShare({.5f, .1f, .3f, 0}, 2), 0.2143, 5e-5));
    QVERIFY(near(copyScore(raiseShare({.5f, .1f, .3f, 0}, 2)), -0.571, 5e-4));
    QVERIFY(std::isnan(raiseShare({1, 1, 1}, 0)));
}

void tst_synthetic_scores::documents()
{
    SyntheticVocabulary vocabulary;
    for (int i = 3; i < 60; ++i) vocabulary.ids.push_back(i);
    vocabulary.bos = 1;
    QCOMPARE(copyLength(vocabulary, 256, 2), 50);
    QCOMPARE(copyLength(vocabulary, 64, 2), 31);
    QCOMPARE(copyLength(vocabulary, 8, 2), 3);
    const SyntheticDocument d = repeatedTokens(vocabulary, 20, 4, 7, 2);
    QCOMPARE(d.ids.size(), std::size_t(81));
    QCOMPARE(d.ids[0], 1);
    QCOMPARE(d.references(), std::vector<int>{0});
    std::set<int> first(d.ids.begin() + 1, d.ids.begin() + 21);
    QCOMPARE(first.size(), std::size_t(20));
    QVERIFY(!first.count(1));
    for (std::size_t i = 21; i < d.ids.size(); ++i) QCOMPARE(d.ids[i], d.ids[i - 20]);
    QCOMPARE(repeatedTokens(vocabulary, 20, 4, 7, 2).ids, d.ids);
    QVERIFY(repeatedTokens(vocabulary, 20, 4, 7, 3).ids != d.ids);
    QVERIFY(repeatedTokens(vocabulary, 20, 4, 8, 2).ids != d.ids);
    const MarkovDocument m = markovChain(vocabulary, 100, 7, 0);
    QCOMPARE(m.ids.size(), std::size_t(100));
    QVERIFY(m.states >= 2 && m.states <= 8);
    QVERIFY(std::set<int>(m.ids.begin() + 1, m.ids.end()).size() <= static_cast<std::size_t>(m.states));
    // No tokeniser: every id takes part and nothing is put before.
    const SyntheticVocabulary plain = syntheticVocabulary(*randomModel(smallConfig(1, 1, 8, 300)));
    QCOMPARE(plain.size(), 300);
    QVERIFY(!plain.bos);
}

void tst_synthetic_scores::needles()
{
    SyntheticVocabulary vocabulary;
    for (int i = 0; i < 400; ++i) vocabulary.ids.push_back(i);
    std::set<std::size_t> lengths;
    for (int i = 0; i < 10; ++i) {
        const NeedleDocument d = keyValueNeedle(vocabulary, 128, 7, i, 10, true), c = keyValueNeedle(vocabulary, 128, 7, i, 10, false);
        lengths.insert(d.ids.size());
        QVERIFY(d.ids.size() <= 128);
        QCOMPARE(d.ids.size(), c.ids.size());
        const std::vector<int> rows = d.emitting();
        QCOMPARE(rows.size(), std::size_t(3));
        QCOMPARE(rows.back(), static_cast<int>(d.ids.size()) - 1);
        for (int t = 0; t < 3; ++t)
            QCOMPARE(d.ids[static_cast<std::size_t>(rows[static_cast<std::size_t>(t)])], d.ids[static_cast<std::size_t>(d.needle + t)]);
        // Nothing but the question repeats, and in the control nothing at all.
        QCOMPARE(std::set<int>(d.ids.begin(), d.ids.end()).size(), d.ids.size() - 3);
        QCOMPARE(std::set<int>(c.ids.begin(), c.ids.end()).size(), c.ids.size());
        QVERIFY(d.needle + 4 + 16 <= rows.front());
    }
    QVERIFY(lengths.size() > 3);
    QCOMPARE(keyValueNeedle(vocabulary, 128, 7, 0, 10, true).needle, 0);
}

void tst_synthetic_scores::controlHasNoRepeat()
{
    for (int size : {40, 7}) {
        SyntheticVocabulary vocabulary;
        for (int i = 0; i < size; ++i) vocabulary.ids.push_back(i);
        const int n = size == 40 ? 12 : 4;
        for (int i = 0; i < 20; ++i) {
            const SyntheticDocument real = repeatedTokens(vocabulary, n, 2, 5, i), control = unrepeatedTokens(vocabulary, n, 5, i);
            QCOMPARE(control.ids.size(), real.ids.size());
            for (int p = 0; p < n; ++p) {
                QCOMPARE(control.ids[static_cast<std::size_t>(p)], real.ids[static_cast<std::size_t>(p)]);
                QVERIFY(control.ids[static_cast<std::size_t>(n + p)] != real.ids[static_cast<std::size_t>(n + p)]);
            }
        }
    }
}

void tst_synthetic_scores::compiledInductionModel_data()
{
    QTest::addColumn<bool>("grouped");
    QTest::newRow("one head") << false;
    QTest::newRow("two query heads on one key head") << true;
}

void tst_synthetic_scores::compiledInductionModel()
{
    QFETCH(bool, grouped);
    const auto model = inductionModel(grouped);
    const auto run = forward(model, promptOfIds(inductionTokens()), {});
    QVERIFY(run.ok());
    const auto map = [&](HeadId h) { return *(*run)->tile(h, MapKind::Weights, 0, 9, 0, 9); };
    const auto mass = [&](HeadId h, const TargetList& t) { return targetMass(map(h).view(), t, {}).mass; };
    const TargetList previous = offsetTargets(9, -1), prefix = inductionTargets(inductionTokens(), 1),
                     duplicate = duplicateTargets(inductionTokens(), 1);
    QCOMPARE(prefix.size(), std::size_t(4));
    QCOMPARE(prefix.front().query, 5);
    QVERIFY(near(mass({0, 0}, previous), 1.0, 1e-6));
    QVERIFY(near(mass({1, 0}, prefix), 1.0, 1e-6));
    QVERIFY(mass({0, 0}, prefix) < 1e-6);
    QVERIFY(mass({1, 0}, duplicate) < 1e-6);
    // Row 1 has no match: its two keys are alike, so a mean over all rows is below 1.
    const MatrixF second = map({1, 0});
    QVERIFY(near(static_cast<double>(second(1, 0)), 0.5, 1e-6) && near(static_cast<double>(second(1, 1)), 0.5, 1e-6));
    const auto loss = [](const Run& r) { return static_cast<double>(r.tokenLoss[5] + r.tokenLoss[6] + r.tokenLoss[7]) / 3; };
    QVERIFY(near(loss(**run), 0.00027, 2e-5));
    const auto without = [&](HeadId h) {
        ForwardOptions options;
        options.interventions = {zeroHead(h)};
        return loss(**forwardFrom(*run, options));
    };
    QVERIFY(near(without({0, 0}), 2.4359, 1e-3));
    QVERIFY(near(without({1, 0}), std::log(7.0), 1e-5));
    QVERIFY(near(static_cast<double>((*run)->logits(5, 2) - (*run)->logits(5, 4)), 10.0, 1e-4));
}

QTEST_APPLESS_MAIN(tst_synthetic_scores)
#include "tst_synthetic_scores.moc"
