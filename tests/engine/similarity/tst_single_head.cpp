// SPDX-License-Identifier: GPL-3.0-or-later
// What one head's weights say about it alone, against dense matrices and hand-checkable cases.
#include <QTest>

#include <cmath>
#include <limits>

#include <Eigen/Dense>

#include "engine/base/random.h"
#include "engine/forward/forward.h"
#include "engine/similarity/weights/head_numbers.h"
#include "engine/similarity/weights/single_head.h"
#include "tests/support/fake_source.h"
#include "tests/support/matrix_model.h"
#include "tests/support/random_model.h"

using namespace hs;
using Matrix = Eigen::MatrixXd;

namespace {

HeadSpectra described(const Matrix& o, const Matrix& v)
{
    const auto flat = [](const Matrix& m) {
        std::vector<double> out;
        for (Eigen::Index r = 0; r < m.rows(); ++r)
            for (Eigen::Index c = 0; c < m.cols(); ++c) out.push_back(m(r, c));
        return out;
    };
    HeadSpectra s;
    describeOv(flat(o), flat(v), int(o.rows()), int(o.cols()), s);
    return s;
}

Matrix randomMatrix(int rows, int cols, std::uint64_t seed)
{
    SeededRandom random(seed);
    Matrix m(rows, cols);
    for (Eigen::Index i = 0; i < m.size(); ++i) m.data()[i] = random.normal();
    return m;
}

Matrix axes(int d, std::initializer_list<int> which)
{
    Matrix m = Matrix::Zero(d, Eigen::Index(which.size()));
    Eigen::Index c = 0;
    for (const int axis : which) m(axis, c++) = 1;
    return m;
}

}  // namespace

class tst_single_head : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void identityGoldens();
    void effectiveRank();
    void idempotence();
    void againstDense();
    void identityOfRandomHeads();
    void noValue();
    void wholeHead();
    void diagonal();
};

void tst_single_head::identityGoldens()
{
    const Matrix low = axes(4, {0, 1}), high = axes(4, {2, 3});
    QVERIFY(std::abs(*described(low, low).identity - 1) < 1e-12);
    QVERIFY(std::abs(*described(high, low).identity) < 1e-12);
    QVERIFY(std::abs(*described(-low, low).identity + 1) < 1e-12);
    QVERIFY(std::abs(described(low, low).identityNullSd - 1 / std::sqrt(8.0)) < 1e-12);
    QVERIFY(std::abs(*described(low, low).selfOverlap - 2) < 1e-12);
    QVERIFY(std::abs(*described(high, low).selfOverlap) < 1e-12);
}

/// Roy and Vetterli 2007: the rank where all singular values are equal; for shares 3/4 and 1/4 exp(0.5623); a small third one adds little.
void tst_single_head::effectiveRank()
{
    const auto found = std::find_if(headNumbers().begin(), headNumbers().end(),
                                    [](const HeadNumber& n) { return std::string_view(n.id) == "ov-effective-rank"; });
    QVERIFY(found != headNumbers().end());
    const Matrix read = axes(5, {0, 1, 2}), written = axes(5, {2, 3, 4});
    const auto rank = [&](double a, double b, double c) {
        return *found->value(described(written * Eigen::Vector3d(a, b, c).asDiagonal(), read));
    };
    QVERIFY(std::abs(rank(2, 2, 2) - 3) < 1e-12);
    QVERIFY(std::abs(rank(7, 0, 0) - 1) < 1e-12);
    QVERIFY(std::abs(rank(3, 1, 0) - 1.754765350603323) < 1e-12);
    QVERIFY(rank(3, 1, 1e-3) > rank(3, 1, 0) && rank(3, 1, 1e-3) < rank(3, 1, 0) + 0.01);
    QVERIFY(std::abs(rank(30, 10, 0) - rank(3, 1, 0)) < 1e-12);  // of no unit
    // Against the shares of the singular values of the dense product, and between 1 and the rank.
    const Matrix o = randomMatrix(12, 4, 3), v = randomMatrix(12, 4, 4);
    const Eigen::VectorXd sigma = Eigen::JacobiSVD<Matrix>(o * v.transpose()).singularValues().head(4);
    const Eigen::ArrayXd p = sigma.array() / sigma.sum();
    const HeadSpectra s = described(o, v);
    QVERIFY(std::abs(*found->value(s) - std::exp(-(p * p.log()).sum())) < 1e-10);
    QVERIFY(*found->value(s) > 1 && *found->value(s) < s.ovRank);
    QVERIFY(!found->value(described(Matrix::Zero(5, 3), read)));  // a pruned head has none
}

void tst_single_head::idempotence()
{
    const Matrix low = axes(4, {0, 1}), high = axes(4, {2, 3});
    QVERIFY(std::abs(*described(3 * low, low).idempotence - 1) < 1e-12);
    QVERIFY(!described(high, low).idempotence.has_value());  // T^2 = 0
    // An oblique projector: T = x y', y'x = 1.
    Matrix x = axes(4, {0}), y = axes(4, {0});
    y(1) = 5;
    QVERIFY(std::abs(*described(x, y).idempotence - 1) < 1e-12);
}

void tst_single_head::againstDense()
{
    const Matrix o = randomMatrix(20, 4, 1), v = randomMatrix(20, 4, 2);
    const HeadSpectra s = described(o, v);
    const Matrix t = o * v.transpose(), tt = t * t;
    const Eigen::VectorXd sigma = Eigen::JacobiSVD<Matrix>(t).singularValues();
    QCOMPARE(s.ov.size(), std::size_t(4));
    for (std::size_t i = 0; i < 4; ++i) QVERIFY(std::abs(s.ov[i] - sigma[Eigen::Index(i)]) < 1e-11);
    QVERIFY(std::abs(*s.identity - t.trace() / (2 * t.norm())) < 1e-12);
    const double inner = tt.cwiseProduct(t).sum();
    QVERIFY(std::abs(*s.idempotence - inner * inner / (tt.squaredNorm() * t.squaredNorm())) < 1e-12);
    QCOMPARE(s.ovRank, 4);
}

void tst_single_head::identityOfRandomHeads()
{
    double squares = 0;
    const int draws = 600;
    for (int i = 0; i < draws; ++i) {
        const HeadSpectra s = described(randomMatrix(24, 3, 100 + 2 * std::uint64_t(i)), randomMatrix(24, 3, 101 + 2 * std::uint64_t(i)));
        squares += *s.identity * *s.identity / (s.identityNullSd * s.identityNullSd);
    }
    // Chi-square with 600 degrees of freedom over 600: standard deviation 0.058.
    QVERIFY2(std::abs(squares / draws - 1) < 0.3, qPrintable(QString::number(squares / draws)));
}

void tst_single_head::noValue()
{
    Matrix o = axes(4, {0, 1}), zero = Matrix::Zero(4, 2), bad = o;
    bad(1, 1) = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(described(zero, o).ovFault, NoValue::ZeroWeight);
    QVERIFY(!described(zero, o).identity && !described(zero, o).selfOverlap);
    QCOMPARE(described(bad, o).ovFault, NoValue::NotFinite);

    const auto base = test::randomModel(test::smallConfig(1, 2, 16));
    LayerWeights w = **base->layer(0);
    w.wK = {};
    const auto model = test::matrixModel({w}, 2, 2, 16, 8);
    const auto s = headSpectra(*model, {0, 1}, {});
    QVERIFY(s.ok());
    QCOMPARE(s->qkFault, NoValue::MissingMatrix);
    QCOMPARE(s->ovFault, NoValue::None);
    const auto far = headSpectra(*model, {1, 0}, {});
    QVERIFY(!far && far.error().code == ErrorCode::HeadOutOfRange);
}

void tst_single_head::wholeHead()
{
    ModelConfig config = test::smallConfig(2, 4, 32, 50);
    config.nKvHeads = 2;
    const auto model = test::randomModel(config);
    SingleHeadOptions options;
    options.directions = 3;
    options.tokens = 5;
    const auto s = headSpectra(*model, {1, 3}, options);
    QVERIFY(s.ok());
    QVERIFY(s->hasEmbedding && s->hasUnembedding);
    QCOMPARE(s->directions.size(), std::size_t(3));

    const auto layer = *model->layer(1);
    Matrix o(32, 8), v(32, 8);
    for (int r = 0; r < 32; ++r)
        for (int c = 0; c < 8; ++c) {
            o(r, c) = double(layer->headO(3)(c, r));
            v(r, c) = double(layer->headV(1)(r, c));
        }
    const Eigen::JacobiSVD<Matrix> svd(o * v.transpose(), Eigen::ComputeThinU | Eigen::ComputeThinV);
    const auto embedding = *model->embedding();
    for (int i = 0; i < 3; ++i) {
        const OvDirection& direction = s->directions[std::size_t(i)];
        QVERIFY(std::abs(direction.sigma - svd.singularValues()[i]) < 1e-6);
        QCOMPARE(direction.writesPositive.size(), std::size_t(5));
        // Logits along the written direction, up to the arbitrary sign of the pair.
        Eigen::VectorXd logits(50), reads(50);
        for (int t = 0; t < 50; ++t) {
            logits[t] = reads[t] = 0;
            for (int r = 0; r < 32; ++r) {
                logits[t] += double(embedding->wE(t, r)) * svd.matrixU()(r, i);
                reads[t] += double(embedding->wE(t, r)) * svd.matrixV()(r, i);
            }
        }
        const int top = direction.writesPositive[0].id;
        const double sign = logits[top] > 0 ? 1 : -1;
        QVERIFY(std::abs(sign * logits[top] - direction.writesPositive[0].value) < 1e-4);
        QVERIFY(std::abs((sign * logits).maxCoeff() - direction.writesPositive[0].value) < 1e-4);
        QVERIFY(std::abs((sign * logits).minCoeff() - direction.writesNegative[0].value) < 1e-4);
        QVERIFY(std::abs((sign * reads).maxCoeff() - direction.readsPositive[0].value) < 1e-4);
    }
}

void tst_single_head::diagonal()
{
    // FakeSource has no statistics: tiles on the diagonal, over several panels.
    test::FakeSource source(test::FakeSource::plainTokens(300));
    source.cell = [](HeadId, int q, int k) { return q == k ? 0.25 + 0.5 * (q % 2) : 0.0; };
    const auto mean = attentionDiagonal(source, {1, 2});
    QVERIFY(mean && std::abs(*mean - 0.5) < 1e-7);
    QVERIFY(!attentionDiagonal(source, {2, 0}).ok());

    const auto model = test::randomModel(test::smallConfig(2, 2, 16));
    const auto run = forward(model, test::randomPrompt(12, 50), {});
    QVERIFY(run.ok());
    const auto s = headSpectra(*model, {1, 0}, {}, run->get());
    QVERIFY(s.ok() && s->attentionDiagonal);
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += double((*(*run)->tile({1, 0}, MapKind::Weights, i, 1, i, 1))(0, 0));
    QVERIFY(std::abs(*s->attentionDiagonal - sum / 12) < 1e-5);
}

QTEST_APPLESS_MAIN(tst_single_head)
#include "tst_single_head.moc"
