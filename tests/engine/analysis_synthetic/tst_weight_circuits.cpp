// SPDX-License-Identifier: GPL-3.0-or-later
// Weight detectors against the small numbers of engine/methods/circuits.md sections 4 and 9.1, V x V products in double precision beside the
// factored forms, and a real model's Q, K, V, O alone.
#include <QTest>

#include <algorithm>
#include <cmath>

#include <Eigen/Eigenvalues>

#include "engine/analysis/twin.h"
#include "engine/analysis/weights/eigen_score.h"
#include "engine/analysis/weights/ordinals.h"
#include "engine/analysis/weights/weight_scores.h"
#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "tests/support/induction_model.h"
#include "tests/support/must.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

MatrixF identity(int n, float value = 1)
{
    MatrixF m(n, n);
    for (int i = 0; i < n; ++i) m(i, i) = value;
    return m;
}

MatrixF randomMatrix(int rows, int cols, std::uint64_t seed)
{
    Random r(seed);
    MatrixF m(rows, cols);
    for (std::ptrdiff_t i = 0; i < m.rows() * m.cols(); ++i) m.data()[i] = r.symmetric();
    return m;
}

Eigen::MatrixXd wide(ViewF v)
{
    Eigen::MatrixXd m(v.rows, v.cols);
    for (std::ptrdiff_t i = 0; i < v.rows; ++i)
        for (std::ptrdiff_t j = 0; j < v.cols; ++j) m(i, j) = static_cast<double>(v(i, j));
    return m;
}

double slowEigenScore(const Eigen::MatrixXd& m)
{
    const Eigen::VectorXcd values = Eigen::EigenSolver<Eigen::MatrixXd>(m, false).eigenvalues();
    double real = 0, all = 0;
    for (const auto& v : values) {
        real += v.real();
        all += std::abs(v);
    }
    return real / all;
}

std::vector<int> iota(int n)
{
    std::vector<int> out(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) out[static_cast<std::size_t>(i)] = i;
    return out;
}

OrdinalClass classOf(int n, bool cyclic) { return {"class", iota(n), cyclic}; }

}  // namespace

class tst_weight_circuits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eigenScores();
    void factoredFormsAreTheWholeProduct();
    void ownRanks();
    void ownRanksAgainstWholeProduct();
    void successor();
    void copySuppression();
    void positions();
    void compiledModel();
    void effectiveEmbedding();
    void ordinals();
    void nullOfShuffledWeights();
    void gpt2WithoutEmbedding_data();
    void gpt2WithoutEmbedding();
    void sampleModel();
};

void tst_weight_circuits::eigenScores()
{
    QCOMPARE(eigenScore(identity(4).view()), 1.0);
    QCOMPARE(eigenScore(identity(4, -1).view()), -1.0);
    MatrixF rotation(2, 2);
    rotation(0, 1) = 1;
    rotation(1, 0) = -1;
    QVERIFY(near(eigenScore(rotation.view()), 0.0, 1e-12));
    QVERIFY(std::isnan(eigenScore(MatrixF(3, 3).view())));
    QVERIFY(std::isnan(eigenScore(MatrixF(3, 2).view())));
    QVERIFY(std::isnan(eigenScore(MatrixF().view())));
}

void tst_weight_circuits::factoredFormsAreTheWholeProduct()
{
    const MatrixF e = randomMatrix(20, 12, 1), u = randomMatrix(20, 12, 2), q = randomMatrix(12, 4, 3), k = randomMatrix(12, 4, 4),
                  v = randomMatrix(12, 4, 5), o = randomMatrix(4, 12, 6);
    const Eigen::MatrixXd E = wide(e.view()), U = wide(u.view()).transpose();
    // V x V here, which the library never makes.
    QVERIFY(near(ovEigenScore(v.view(), o.view(), productOverRows(u.view(), e.view()).view()),
                 slowEigenScore(E * wide(v.view()) * wide(o.view()) * U), 1e-5));
    QVERIFY(near(ovEigenScore(v.view(), o.view()), slowEigenScore(wide(v.view()) * wide(o.view())), 1e-5));
    QVERIFY(near(qkEigenScore(q.view(), k.view(), productOverRows(e.view(), e.view()).view()),
                 slowEigenScore(E * wide(q.view()) * wide(k.view()).transpose() * E.transpose()), 1e-5));
    // Columns of a centred matrix sum to nothing.
    const MatrixF c = centredColumns(e.view());
    for (std::ptrdiff_t j = 0; j < c.cols(); ++j) {
        double sum = 0;
        for (std::ptrdiff_t i = 0; i < c.rows(); ++i) sum += static_cast<double>(c(i, j));
        QVERIFY(std::abs(sum) < 1e-5);
    }
}

void tst_weight_circuits::ownRanks()
{
    const MatrixF eye = identity(40), minus = identity(40, -1), zero(40, 40);
    const LogitReader reader{eye.view(), nullptr, false, false, 0};
    const OwnRank copies = ownRank(eye.view(), iota(40), eye.view(), eye.view(), reader);
    QCOMPARE(copies.top1, 1.0);
    QCOMPARE(copies.top5, 1.0);
    QCOMPARE(copies.lowest, 0.0);
    const OwnRank nothing = ownRank(eye.view(), iota(40), zero.view(), eye.view(), reader);
    QCOMPARE(nothing.top1, 0.0);
    QCOMPARE(nothing.lowest, 0.0);
    const OwnRank suppresses = ownRank(eye.view(), iota(40), minus.view(), eye.view(), reader);
    QCOMPARE(suppresses.top5, 0.0);
    QCOMPARE(suppresses.lowest, 1.0);
}

void tst_weight_circuits::ownRanksAgainstWholeProduct()
{
    // With final norm and bias: rank of each token's own logit, counted in double precision.
    const int V = 30, d = 16;
    const MatrixF e = randomMatrix(V, d, 1), u = randomMatrix(V, d, 2), v = randomMatrix(d, 4, 3), o = randomMatrix(4, d, 4);
    std::vector<float> bias(V);
    Random r(9);
    for (float& b : bias) b = r.symmetric();
    MatrixF centred = u;
    for (int i = 0; i < V; ++i) {
        double mean = 0;
        for (int k = 0; k < d; ++k) mean += static_cast<double>(u(i, k)) / d;
        for (int k = 0; k < d; ++k) centred(i, k) -= static_cast<float>(mean);
    }
    const OwnRank got = ownRank(e.view(), iota(V), v.view(), o.view(), {centred.view(), &bias, true, true, 1e-5});
    const Eigen::MatrixXd written = wide(e.view()) * wide(v.view()) * wide(o.view());
    double top1 = 0, top5 = 0, lowest = 0;
    for (int i = 0; i < V; ++i) {
        Eigen::VectorXd x = written.row(i);
        x.array() -= x.mean();
        x /= std::sqrt(x.squaredNorm() / d + 1e-5);
        Eigen::VectorXd logits = wide(u.view()) * x;
        for (int t = 0; t < V; ++t) logits[t] += static_cast<double>(bias[static_cast<std::size_t>(t)]);
        const auto above = (logits.array() > logits[i]).count(), below = (logits.array() < logits[i]).count();
        top1 += above < 1;
        top5 += above < 5;
        lowest += below < 2;  // 5 % of 30, upwards
    }
    QVERIFY(near(got.top1, top1 / V, 1e-12));
    QVERIFY(near(got.top5, top5 / V, 1e-12));
    QVERIFY(near(got.lowest, lowest / V, 1e-12));
}

void tst_weight_circuits::successor()
{
    const MatrixF eye = identity(7);
    MatrixF shift(7, 7);
    for (int i = 0; i < 7; ++i) shift(i, (i + 1) % 7) = 1;
    const LogitReader reader{eye.view(), nullptr, false, false, 0};
    const SuccessorScore next = successorScore(eye.view(), {classOf(7, true)}, shift.view(), eye.view(), reader);
    QCOMPARE(next.share, 1.0);
    QCOMPARE(next.items, 7);
    QVERIFY(near(next.chance, 1.0 / 7, 1e-12));
    QVERIFY(near(next.margin, 1.0, 1e-12));
    QCOMPARE(successorScore(eye.view(), {classOf(7, true)}, eye.view(), eye.view(), reader).share, 0.0);
    QCOMPARE(successorScore(eye.view(), {classOf(7, false)}, shift.view(), eye.view(), reader).items, 6);
    // A gap in a class: what comes before it has no next item, and rows of later classes stay in step.
    OrdinalClass gap{"gap", {0, 1, -1, 2}, false}, after{"after", {3, 4, 5, 6}, false};
    const SuccessorScore both = successorScore(eye.view(), {gap, after}, shift.view(), eye.view(), reader);
    QCOMPARE(both.items, 4);
    QCOMPARE(both.share, 1.0);
}

void tst_weight_circuits::copySuppression()
{
    const MatrixF eye = identity(40), minus = identity(40, -1);
    // OV = -I on one-hot tokens: own logit lowest for all, eigen score -1, and the QK circuit finds the token from its unembedding.
    QCOMPARE(ownRank(eye.view(), iota(40), eye.view(), minus.view(), {eye.view(), nullptr, false, false, 0}).lowest, 1.0);
    QCOMPARE(ovEigenScore(eye.view(), minus.view(), productOverRows(eye.view(), eye.view()).view()), -1.0);
    const KeyRank match = keyRank(eye.view(), iota(40), eye.view(), eye.view(), eye.view());
    QCOMPARE(match.top1, 1.0);
    QCOMPARE(match.top10, 1.0);
    const KeyRank none = keyRank(eye.view(), iota(40), eye.view(), MatrixF(40, 40).view(), eye.view());
    QCOMPARE(none.top10, 0.0);
}

void tst_weight_circuits::positions()
{
    const MatrixF eye = identity(9);
    MatrixF back(9, 9);
    for (int i = 0; i + 1 < 9; ++i) back(i, i + 1) = 1;
    QCOMPARE(positionalRecall(eye.view(), eye.view(), back.view(), MaskKind::Causal), 1.0);
    QCOMPARE(positionalRecall(eye.view(), eye.view(), eye.view(), MaskKind::Causal), 0.0);
    QVERIFY(std::isnan(positionalRecall(MatrixF().view(), eye.view(), eye.view(), MaskKind::Causal)));
}

void tst_weight_circuits::compiledModel()
{
    const auto m = measureWeights(inductionModel(), {}, {});
    QVERIFY(m.ok());
    QCOMPARE(m->sample, 7);
    const WeightScores &first = m->scores[0], &second = m->scores[1];
    // Birth probes (Bietti et al. 2023): output, previous and matching recall 1, 1, 1.
    QCOMPARE(second.top1Raw, 1.0);
    QCOMPARE(first.positional, 1.0);
    QCOMPARE(second.matching, 1.0);
    QVERIFY((second.matchingThrough == HeadId{0, 0}));
    QVERIFY(near(second.ovEigenRaw, 1.0, 1e-6));
    QVERIFY(near(second.ovEigen, 1.0, 1e-6));
    QVERIFY(std::isnan(first.ovEigenRaw));  // writes nothing that the unembedding reads
    QCOMPARE(first.top5, 0.0);
    // Two query heads on one key and value head: the second, zero, shows nothing.
    const auto grouped = measureWeights(inductionModel(true), {}, {});
    QVERIFY(grouped.ok());
    QCOMPARE(grouped->heads.size(), std::size_t(4));
    QVERIFY(near(grouped->scores[2].ovEigen, 1.0, 1e-6));
    QCOMPARE(grouped->scores[3].top1Raw, 0.0);
    QCOMPARE(grouped->scores[3].matching, 0.0);
}

void tst_weight_circuits::effectiveEmbedding()
{
    // E + MLP0(LN2(E)) is what the residual stream holds after layer 0 when its attention writes nothing and positions are none.
    ModelConfig config = smallConfig(2, 4, 32, 50, 64);
    config.position = PositionKind::None;
    RandomModelOptions options;
    const auto model = randomModel(config, options);
    const auto rows = tokenRows(*model, 4096, 1, {});
    QVERIFY(rows.ok());
    QVERIFY(rows->hasMlp);
    QCOMPARE(rows->ids, iota(50));
    ForwardOptions silent;
    for (int h = 0; h < 4; ++h) silent.interventions.push_back(zeroHead({0, h}));
    const auto run = forward(model, promptOfIds({7}), silent);
    QVERIFY(run.ok());
    // Zeroed heads still leave b_O: take it off before the MLP by asking a model without it.
    options.attentionBiases = false;
    const auto plain = randomModel(config, options);
    const auto plainRows = tokenRows(*plain, 4096, 1, {});
    const auto plainRun = forward(plain, promptOfIds({7}), silent);
    QVERIFY(plainRows.ok() && plainRun.ok());
    const MatrixF post = *(*plainRun)->activation("blocks.0.hook_resid_post");
    for (int k = 0; k < 32; ++k) QVERIFY(near(static_cast<double>(plainRows->effective(7, k)), static_cast<double>(post(0, k)), 2e-5));
    // Rows of the reader give true logits of the final norm up to its divisor.
    const auto output = model->output();
    QVERIFY(output.ok());
    const MatrixF& x = (*run)->residFinal;
    double mean = 0, square = 0;
    for (int k = 0; k < 32; ++k) mean += static_cast<double>(x(0, k)) / 32;
    for (int k = 0; k < 32; ++k) square += (static_cast<double>(x(0, k)) - mean) * (static_cast<double>(x(0, k)) - mean) / 32;
    for (int t : {0, 13, 49}) {
        double logit = static_cast<double>(rows->bias[static_cast<std::size_t>(t)]);
        for (int k = 0; k < 32; ++k)
            logit += static_cast<double>(x(0, k)) / std::sqrt(square + config.eps) * static_cast<double>(rows->logit(t, k));
        QVERIFY(near(logit, static_cast<double>((*run)->logits(0, t)), 1e-4));
    }
}

void tst_weight_circuits::ordinals()
{
    const auto tokenizer =
        makeWordLevel({"Monday", "Tuesday", "Wednesday", "x", "Thursday", "Friday", "Saturday", "Sunday", "one", "three"}, {});
    QVERIFY(tokenizer.ok());
    const std::vector<OrdinalClass> classes = ordinalClasses(**tokenizer);
    QCOMPARE(classes.size(), std::size_t(1));  // two number words are no order
    QCOMPARE(std::string(classes[0].name), std::string("days"));
    QVERIFY(classes[0].cyclic);
    QCOMPARE(classes[0].ids, (std::vector<int>{0, 1, 2, 4, 5, 6, 7}));
}

void tst_weight_circuits::nullOfShuffledWeights()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64));
    const auto a = measureWeights(model, {}, {}), b = measureWeights(model, {}, {});
    QVERIFY(a.ok() && b.ok());
    QCOMPARE(a->nullOvEigen.size(), std::size_t(200));
    QCOMPARE(a->nullOvEigen, b->nullOvEigen);
    WeightOptions other;
    other.seed = 5;
    QVERIFY(measureWeights(model, other, {})->nullOvEigen != a->nullOvEigen);
    double mean = 0;
    for (const double x : a->nullOvEigen) {
        QVERIFY(!std::isnan(x));
        mean += x / 200;
    }
    QVERIFY(std::abs(mean) < 0.1);
}

void tst_weight_circuits::gpt2WithoutEmbedding_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("partial GPT-2") << fixture("models/partial-gpt2/model.h5");
    QTest::newRow("gpt2-small-attention") << sharedData("models/gpt2-small-attention/model.h5");
}

void tst_weight_circuits::gpt2WithoutEmbedding()
{
    QFETCH(QString, file);
    HS_NEED_SHARED(file);
    const auto m = measureWeights(mustOpen(file), {}, {});
    QVERIFY(m.ok());
    QVERIFY(!m->hasTokens && !m->hasOutput && m->hasPositions);
    QVERIFY(std::isnan(m->scores[0].ovEigen) && std::isnan(m->scores[0].qkEigen));
    for (const WeightScores& w : m->scores) {
        QVERIFY(std::abs(w.ovEigenPlain) <= 1.0);
        QVERIFY(w.positional >= 0 && w.positional <= 1);
    }
}

void tst_weight_circuits::sampleModel()
{
    const auto model = mustOpen(sampleFile());
    const auto m = measureWeights(model, {}, {});
    QVERIFY(m.ok());
    const auto at = [&](int layer, int head) { return m->scores[static_cast<std::size_t>(layer * 8 + head)]; };
    // Its induction heads copy; the duplicate-token head matches a token with itself; L1H6 writes what they match.
    for (const auto& s : {at(2, 2), at(2, 6), at(3, 4)}) {
        QVERIFY(s.ovEigen > 0.9);
        QVERIFY(s.top5 > 0.5);
        QVERIFY((s.matchingThrough == HeadId{1, 6}));
    }
    QVERIFY(at(0, 2).qkEigen > 0.9);
    QVERIFY(at(2, 2).matching > 0.5);
    QVERIFY(std::isnan(at(0, 0).positional));  // rotary: positions are not in the weights
    // Twins copy nothing.
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        const auto twin = measureWeights(makeTwin(model, seed), {}, {});
        QVERIFY(twin.ok());
        for (const WeightScores& s : twin->scores) QVERIFY(s.top5 < 0.1 && s.lowest < 0.2 && std::abs(s.ovEigen) < 0.5 && s.qkEigen < 0.5);
    }
}

QTEST_APPLESS_MAIN(tst_weight_circuits)
#include "tst_weight_circuits.moc"
