// SPDX-License-Identifier: GPL-3.0-or-later
// Head matrices from weights against slow formulas in double precision, hand-checkable cases and what has no number.
#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

#include <Eigen/Dense>

#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/io/open.h"
#include "engine/similarity/weights/weight_measures.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/matrix_model.h"
#include "tests/support/must.h"
#include "tests/support/random_model.h"
#include "tests/support/shared_data.h"

using namespace hs;
using Matrix = Eigen::MatrixXd;

namespace {

constexpr RolePair kOq{HeadRole::O, HeadRole::Q}, kOk{HeadRole::O, HeadRole::K}, kOv{HeadRole::O, HeadRole::V};

using MatrixPtr = std::shared_ptr<const HeadMatrix>;

std::vector<MatrixPtr> measured(const Model& model, HeadMeasure measure, std::vector<RolePair> pairs, Precision precision = Precision::Auto,
                                WeightProcessing weights = WeightProcessing::Raw)
{
    const auto r = weightMeasures(model, {measure, std::move(pairs), weights, precision});
    if (!r) qFatal("weightMeasures failed: %s %s", r.error().item.c_str(), r.error().found.c_str());
    return *r;
}

MatrixPtr measuredOne(const Model& model, HeadMeasure measure, RolePair pair, Precision precision = Precision::Auto,
                      WeightProcessing weights = WeightProcessing::Raw)
{
    return measured(model, measure, {pair}, precision, weights).front();
}

Matrix cut(ViewF v)
{
    Matrix m(v.rows, v.cols);
    for (std::ptrdiff_t r = 0; r < v.rows; ++r)
        for (std::ptrdiff_t c = 0; c < v.cols; ++c) m(r, c) = double(v(r, c));
    return m;
}

/// d x m columns of a head's role, straight from the layer.
Matrix columns(const Model& model, HeadRole role, HeadId id)
{
    const auto layer = *model.layer(id.layer);
    switch (role) {
    case HeadRole::Q: return cut(layer->headQ(id.head));
    case HeadRole::K: return cut(layer->headK(id.head));
    case HeadRole::V: return cut(layer->headV(id.head));
    case HeadRole::O: return cut(layer->headO(id.head)).transpose();
    }
    return {};
}

/// tr[(X'X)^-1 X'Y (Y'Y)^-1 Y'X]: no basis at all.
double pkOracle(const Matrix& x, const Matrix& y)
{
    const Matrix cross = x.transpose() * y;
    return ((x.transpose() * x).inverse() * cross * (y.transpose() * y).inverse() * cross.transpose()).trace();
}

double nuclear(const Matrix& m) { return Eigen::JacobiSVD<Matrix>(m).singularValues().sum(); }

double csOracle(const Model& model, HeadRole target, HeadId h1, HeadId h2)
{
    const ModelConfig& c = model.config();
    const HeadId kv1{h1.layer, c.kvHeadOf(h1.layer, h1.head)}, kv2{h2.layer, c.kvHeadOf(h2.layer, h2.head)};
    const Matrix ov1 = columns(model, HeadRole::O, h1) * columns(model, HeadRole::V, kv1).transpose();
    const Matrix qk2 = columns(model, HeadRole::Q, h2) * columns(model, HeadRole::K, kv2).transpose();
    const Matrix ov2 = columns(model, HeadRole::O, h2) * columns(model, HeadRole::V, kv2).transpose();
    const Matrix second = target == HeadRole::Q ? Matrix(qk2.transpose()) : target == HeadRole::K ? qk2 : ov2;
    return (second * ov1).norm() / (second.norm() * ov1.norm());
}

double oracle(const Model& model, HeadMeasure measure, RolePair pair, HeadId a, HeadId b)
{
    if (measure == HeadMeasure::CompositionScore) return csOracle(model, pair.target, a, b);
    Matrix x = columns(model, pair.source, a), y = columns(model, pair.target, b);
    switch (measure) {
    case HeadMeasure::ProjectionKernel: return pkOracle(x, y);
    case HeadMeasure::SimpleCs: return (y.transpose() * x).norm() / (x.norm() * y.norm());
    case HeadMeasure::Procrustes: return nuclear(y.transpose() * x) / (x.norm() * y.norm());
    default: break;
    }
    x.rowwise() -= x.colwise().mean().eval();
    y.rowwise() -= y.colwise().mean().eval();
    return (y.transpose() * x).squaredNorm() / ((x.transpose() * x).norm() * (y.transpose() * y).norm());
}

ModelConfig grouped()
{
    ModelConfig c = test::smallConfig(3, 4, 40);
    c.dHead = 5;
    c.nKvHeads = 2;
    return c;
}

double worstDifference(const HeadMatrix& a, const HeadMatrix& b)
{
    double worst = a.values.size() == b.values.size() ? 0.0 : 1e9;
    for (std::size_t i = 0; i < std::min(a.values.size(), b.values.size()); ++i) {
        if (std::isnan(a.values[i]) != std::isnan(b.values[i])) return 1e9;
        if (!std::isnan(a.values[i])) worst = std::max(worst, std::abs(a.values[i] - b.values[i]));
    }
    return worst;
}

/// Layers of one head: columns of W_Q, W_K, W_V (d x m) and of W_O (d x m too; stored transposed).
LayerWeights layerOf(const Matrix& q, const Matrix& k, const Matrix& v, const Matrix& o)
{
    const auto put = [](const Matrix& m) {
        MatrixF out(m.rows(), m.cols());
        for (Eigen::Index r = 0; r < m.rows(); ++r)
            for (Eigen::Index c = 0; c < m.cols(); ++c) out(r, c) = static_cast<float>(m(r, c));
        return out;
    };
    LayerWeights w;
    w.wQ = put(q);
    w.wK = put(k);
    w.wV = put(v);
    w.wO = put(o.transpose());
    return w;
}

Matrix unit(int d, std::initializer_list<int> axes)
{
    Matrix m = Matrix::Zero(d, static_cast<Eigen::Index>(axes.size()));
    Eigen::Index c = 0;
    for (const int axis : axes) m(axis, c++) = 1;
    return m;
}

}  // namespace

class tst_weight_measures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithOracle_data();
    void agreesWithOracle();
    void compositionGoldens();
    void gauge();
    void groupedHeads();
    void folding();
    void nothingToCompare();
    void oneLayer();
    void badRequests();
    void rows();
    void cancelled();
    void threadsDoNotMatter();
    void partialFile();
    void gpt2Small();
};

/// Every row is complete for what it reads, and its name leads back to it.
void tst_weight_measures::rows()
{
    for (const MeasureInfo& m : measures()) {
        QVERIFY2(parseMeasure(m.name) == m.id && &measureInfo(m.id) == &m, m.name);
        int pairs = 0;
        for (const RolePair pair : allRolePairs()) pairs += m.takes(pair);
        QVERIFY2(m.needsCorpus() ? pairs == 0 && !m.finish : pairs > 0 && m.finish, m.name);
        QVERIFY2(pairs == (m.needsCorpus() ? 0 : m.id == HeadMeasure::CompositionScore ? 3 : 16), m.name);
        QVERIFY2(!m.chanceByRanks || m.chance, m.name);
    }
    QVERIFY(!parseMeasure("") && !parseMeasure("PK"));
    QCOMPARE(measureNames().size(), measures().size());
    QCOMPARE(measureNames(MeasureInput::Weights).front(), std::string("pk"));
    QCOMPARE(measureNames(MeasureInput::Patterns), std::vector<std::string>{"js"});
}

void tst_weight_measures::agreesWithOracle_data()
{
    QTest::addColumn<int>("measure");
    QTest::addColumn<bool>("single");
    for (const HeadMeasure m : {HeadMeasure::ProjectionKernel, HeadMeasure::CompositionScore, HeadMeasure::SimpleCs, HeadMeasure::LinearCka,
                                HeadMeasure::Procrustes})
        for (const bool single : {false, true})
            QTest::addRow("%s %s", measureName(m), single ? "float" : "double") << static_cast<int>(m) << single;
}

void tst_weight_measures::agreesWithOracle()
{
    QFETCH(int, measure);
    QFETCH(bool, single);
    const auto which = static_cast<HeadMeasure>(measure);
    const auto model = test::randomModel(grouped());
    const std::vector<RolePair> pairs = which == HeadMeasure::CompositionScore ? std::vector<RolePair>{kOq, kOk, kOv} : allRolePairs();
    const auto matrices = measured(*model, which, pairs, single ? Precision::Single : Precision::Double);
    QCOMPARE(matrices.size(), pairs.size());
    const double tolerance = single ? 2e-5 : 1e-10;
    int compared = 0;
    for (std::size_t n = 0; n < pairs.size(); ++n) {
        const HeadMatrix& m = *matrices[n];
        QCOMPARE(rolePairName(*m.pairing), rolePairName(pairs[n]));
        QCOMPARE(m.doublePrecision, !single);
        for (std::size_t row = 0; row < m.rows.size(); ++row)
            for (std::size_t col = 0; col < m.cols.size(); ++col) {
                const HeadId a = m.rows.heads[row].id, b = m.cols.heads[col].id;
                if (!pairs[n].sameRole() && a.layer >= b.layer) {
                    QVERIFY(std::isnan(m.value(row, col)));
                    QCOMPARE(m.reason(row, col), NoValue::LayerOrder);
                    continue;
                }
                const double expected = oracle(*model, which, pairs[n], a, b);
                QVERIFY2(std::abs(m.value(row, col) - expected) < tolerance, qPrintable(QStringLiteral("%1 %2 %3: %4, not %5")
                                                                                            .arg(rolePairName(pairs[n]).c_str())
                                                                                            .arg(row)
                                                                                            .arg(col)
                                                                                            .arg(m.value(row, col), 0, 'g', 15)
                                                                                            .arg(expected, 0, 'g', 15)));
                ++compared;
            }
    }
    QVERIFY(compared > 100);
}

void tst_weight_measures::compositionGoldens()
{
    const double c = 0.5, s = std::sqrt(0.75);
    {  // m = 1: CS_Q = |q.u| / (|q| |u|), and PK is its square. q, k, v of the later head, u of the earlier one.
        const Matrix any = unit(3, {2});
        Matrix q = Matrix::Zero(3, 1);
        q(0) = q(1) = 1;
        const auto model = test::matrixModel({layerOf(any, any, any, unit(3, {0})), layerOf(q, any, any, any)}, 1, 1, 3, 1);
        QVERIFY(std::abs(measuredOne(*model, HeadMeasure::CompositionScore, kOq)->value(0, 1) - std::sqrt(0.5)) < 1e-7);
        QVERIFY(std::abs(measuredOne(*model, HeadMeasure::ProjectionKernel, kOq)->value(0, 1) - 0.5) < 1e-7);
    }
    {  // A swap of Q and K, or of W_QK and its transpose, would show: q = u, k orthogonal to it.
        const auto model = test::matrixModel({layerOf(unit(3, {2}), unit(3, {2}), unit(3, {2}), unit(3, {0})),
                                              layerOf(unit(3, {0}), unit(3, {1}), unit(3, {2}), unit(3, {2}))},
                                             1, 1, 3, 1);
        QVERIFY(std::abs(measuredOne(*model, HeadMeasure::CompositionScore, kOq)->value(0, 1) - 1.0) < 1e-7);
        QVERIFY(std::abs(measuredOne(*model, HeadMeasure::CompositionScore, kOk)->value(0, 1)) < 1e-7);
    }
    {  // Orthonormal factors, planes at 60 degrees.
        Matrix tilted = Matrix::Zero(4, 2);
        tilted(0, 0) = 1;
        tilted(1, 1) = c;
        tilted(2, 1) = s;
        const Matrix e = unit(4, {0, 1});
        const auto model = test::matrixModel({layerOf(e, e, e, e), layerOf(tilted, e, e, e)}, 1, 1, 4, 2);
        QVERIFY(std::abs(measuredOne(*model, HeadMeasure::CompositionScore, kOq)->value(0, 1) - 0.559017) < 1e-6);
    }
}

void tst_weight_measures::gauge()
{
    const auto plain = test::randomModel(grouped());
    std::vector<LayerWeights> layers;
    SeededRandom random(3);
    for (int l = 0; l < 3; ++l) {
        LayerWeights w = **plain->layer(l);
        // W_Q -> G W_Q for all heads of a group, W_K -> G^-T W_K.
        for (int g = 0; g < 2; ++g) {
            Matrix G(5, 5);
            for (Eigen::Index i = 0; i < G.size(); ++i) G.data()[i] = random.normal() + (i % 6 == 0 ? 3.0 : 0.0);
            const auto change = [&](MatrixF& all, int head, const Matrix& t) {
                const Matrix x = cut(all.view().block(0, head * 5, all.rows(), 5)) * t.transpose();
                for (Eigen::Index r = 0; r < x.rows(); ++r)
                    for (Eigen::Index k = 0; k < 5; ++k) all(r, head * 5 + k) = static_cast<float>(x(r, k));
            };
            change(w.wQ, 2 * g, G);
            change(w.wQ, 2 * g + 1, G);
            change(w.wK, g, G.inverse().transpose());
        }
        layers.push_back(std::move(w));
    }
    const auto changed = test::matrixModel(std::move(layers), 4, 2, 40, 5);
    for (const RolePair pair : {kOq, kOk}) {
        QVERIFY(worstDifference(*measuredOne(*plain, HeadMeasure::ProjectionKernel, pair),
                                *measuredOne(*changed, HeadMeasure::ProjectionKernel, pair))
                < 1e-5);
        QVERIFY(worstDifference(*measuredOne(*plain, HeadMeasure::CompositionScore, pair),
                                *measuredOne(*changed, HeadMeasure::CompositionScore, pair))
                < 1e-5);
        const auto simple = measuredOne(*changed, HeadMeasure::SimpleCs, pair);
        QVERIFY(worstDifference(*measuredOne(*plain, HeadMeasure::SimpleCs, pair), *simple) > 1e-3);
        QVERIFY(std::count(simple->notes.begin(), simple->notes.end(), HeadMatrixNote::GaugeDependent) == 1);
    }
}

void tst_weight_measures::groupedHeads()
{
    const auto model = test::randomModel(grouped());
    const auto ok = measuredOne(*model, HeadMeasure::ProjectionKernel, kOk);
    QCOMPARE(ok->rows.size(), std::size_t(12));
    QCOMPARE(ok->cols.size(), std::size_t(6));
    QVERIFY(ok->cols.sharedKeyValue && !ok->rows.sharedKeyValue);
    QCOMPARE(ok->cols.heads[3].label, std::string("L1KV1"));
    QCOMPARE(ok->cols.heads[3].firstHead, 2);
    QCOMPARE(ok->cols.heads[3].lastHead, 3);
    QCOMPARE(ok->rows.heads[5].label, std::string("L1H1"));
    // Within a layer one pair of key/value heads, and it is not the same head twice.
    const auto kk = measuredOne(*model, HeadMeasure::ProjectionKernel, {HeadRole::K, HeadRole::K});
    QVERIFY(std::abs(kk->value(0, 0) - 5.0) < 1e-9);
    QVERIFY(kk->value(0, 1) < 4.9);
    QCOMPARE(measuredOne(*model, HeadMeasure::CompositionScore, kOk)->cols.size(), std::size_t(12));
}

void tst_weight_measures::folding()
{
    const auto model = test::randomModel(grouped());
    const auto gain = [&](const Matrix& x, HeadId id) -> Matrix {
        const auto layer = *model->layer(id.layer);
        Matrix y = x;
        for (Eigen::Index r = 0; r < y.rows(); ++r) y.row(r) *= double(layer->ln1.w[static_cast<std::size_t>(r)]);
        return y;
    };
    const HeadId a{0, 1}, b{2, 3};
    const Matrix o = columns(*model, HeadRole::O, a), q = gain(columns(*model, HeadRole::Q, b), b);
    const auto folded = measuredOne(*model, HeadMeasure::ProjectionKernel, kOq, Precision::Double, WeightProcessing::Folded);
    QVERIFY(std::abs(folded->value(1, 11) - pkOracle(o, q)) < 1e-5);  // the gain is applied in float
    const Matrix oc = o.rowwise() - o.colwise().mean(), qc = q.rowwise() - q.colwise().mean();
    const auto centred = measuredOne(*model, HeadMeasure::ProjectionKernel, kOq, Precision::Double, WeightProcessing::FoldedCentred);
    QVERIFY(std::abs(centred->value(1, 11) - pkOracle(oc, qc)) < 1e-5);
    QCOMPARE(centred->dNull, 39);
    QCOMPARE(folded->dNull, 40);

    ModelConfig rms = grouped();
    rms.norm = NormKind::RmsNorm;
    const auto notCentred =
        measuredOne(*test::randomModel(rms), HeadMeasure::ProjectionKernel, kOq, Precision::Auto, WeightProcessing::FoldedCentred);
    QCOMPARE(notCentred->weights, WeightProcessing::Folded);
    QVERIFY(std::count(notCentred->notes.begin(), notCentred->notes.end(), HeadMatrixNote::CentringNotApplicable) == 1);
    rms.norm = NormKind::None;
    const auto raw = measuredOne(*test::randomModel(rms), HeadMeasure::ProjectionKernel, kOq, Precision::Auto, WeightProcessing::Folded);
    QCOMPARE(raw->weights, WeightProcessing::Raw);
    QVERIFY(std::count(raw->notes.begin(), raw->notes.end(), HeadMatrixNote::FoldingNotApplicable) == 1);
}

void tst_weight_measures::nothingToCompare()
{
    const auto base = test::randomModel(test::smallConfig(3, 2, 16));  // d_head 8
    std::vector<LayerWeights> layers;
    for (int l = 0; l < 3; ++l) layers.push_back(**base->layer(l));
    for (int r = 0; r < 16; ++r) {
        for (int c = 0; c < 8; ++c) layers[1].wQ(r, c) = 0;  // L1H0: zero query
        layers[2].wQ(r, 1) = layers[2].wQ(r, 0);             // L2H0: rank 7
    }
    layers[2].wQ(3, 12) = std::numeric_limits<float>::quiet_NaN();  // L2H1
    layers[1].wO = {};                                              // layer 1 has no W_O
    const auto model = test::matrixModel(std::move(layers), 2, 2, 16, 8);
    for (const Precision precision : {Precision::Double, Precision::Single}) {
        const auto m = measuredOne(*model, HeadMeasure::ProjectionKernel, kOq, precision);
        QCOMPARE(m->reason(0, 2), NoValue::ZeroWeight);
        QCOMPARE(m->reason(0, 5), NoValue::NotFinite);
        QCOMPARE(m->reason(2, 4), NoValue::MissingMatrix);
        QCOMPARE(m->reason(4, 0), NoValue::LayerOrder);
        QVERIFY(std::isnan(m->value(0, 2)) && std::isnan(m->value(0, 5)) && std::isnan(m->value(2, 4)));
        QVERIFY(std::isnan(m->corrected[m->at(0, 2)]));
        QCOMPARE(m->reason(0, 3), NoValue::None);
        QCOMPARE(m->cols.heads[4].rank, 7);
        QVERIFY(!std::isnan(m->value(0, 4)) && m->value(0, 4) <= 7.0);
        const auto null = nullMoments(*m, 0, 4);
        QVERIFY(null && std::abs(null->mean - 8.0 * 7 / 16) < 1e-12);
        QVERIFY(std::abs(m->normalised(0, 4) - m->value(0, 4) / std::sqrt(56.0)) < 1e-12);
        QVERIFY(std::abs(m->corrected[m->at(0, 4)] - (m->value(0, 4) - 3.5) / 3.5) < 1e-12);
        QVERIFY(std::count(m->notes.begin(), m->notes.end(), HeadMatrixNote::RankDeficient) == 1);
        QVERIFY(std::count(m->notes.begin(), m->notes.end(), HeadMatrixNote::SomeHeadsMissing) == 1);
        const auto cs = measuredOne(*model, HeadMeasure::CompositionScore, kOq, precision);
        QCOMPARE(cs->reason(0, 2), NoValue::ZeroWeight);
        QCOMPARE(cs->reason(0, 5), NoValue::NotFinite);
        QCOMPARE(cs->reason(2, 4), NoValue::MissingMatrix);
    }
}

void tst_weight_measures::oneLayer()
{
    const auto one = test::randomModel(test::smallConfig(1, 1, 8));
    const auto oq = measuredOne(*one, HeadMeasure::ProjectionKernel, kOq);
    QCOMPARE(oq->values.size(), std::size_t(1));
    QVERIFY(std::isnan(oq->value(0, 0)));
    QCOMPARE(oq->reason(0, 0), NoValue::LayerOrder);
    // d_head = d: the whole space, and no room above chance.
    const auto qq = measuredOne(*one, HeadMeasure::ProjectionKernel, {HeadRole::Q, HeadRole::Q});
    QVERIFY(std::abs(qq->value(0, 0) - 8.0) < 1e-9);
    QVERIFY(std::isnan(qq->corrected[0]));
}

void tst_weight_measures::badRequests()
{
    const auto model = test::randomModel(test::smallConfig());
    const WeightMeasureRequest bad[] = {{HeadMeasure::CompositionScore, {{HeadRole::Q, HeadRole::Q}}, {}, {}},
                                        {HeadMeasure::ProjectionKernel, {}, {}, {}},
                                        {HeadMeasure::PatternDistance, {kOq}, {}, {}}};
    for (const WeightMeasureRequest& request : bad) {
        const auto r = weightMeasures(*model, request);
        QVERIFY(!r);
        QCOMPARE(r.error().code, ErrorCode::InvalidArgument);
    }
}

void tst_weight_measures::cancelled()
{
    const auto model = test::randomModel(test::smallConfig(4, 4, 256));
    for (const Stage at : {Stage::HeadBases, Stage::HeadPairs}) {
        std::stop_source stop;
        const Progress progress(stop.get_token(), [&](const ProgressReport& report) {
            if (report.stage == at) stop.request_stop();
        });
        const auto r = weightMeasures(*model, {HeadMeasure::ProjectionKernel, {kOq}, WeightProcessing::Raw, Precision::Single}, progress);
        QVERIFY(!r);
        QCOMPARE(r.error().code, ErrorCode::Cancelled);
    }
}

void tst_weight_measures::threadsDoNotMatter()
{
    const auto model = test::randomModel(test::smallConfig(4, 4, 256));
    const int before = threadCount();
    std::vector<std::vector<double>> values;
    for (const int threads : {1, 3}) {
        setThreadCount(threads);
        values.push_back(measuredOne(*model, HeadMeasure::ProjectionKernel, {HeadRole::Q, HeadRole::Q}, Precision::Single)->values);
    }
    setThreadCount(before);
    QVERIFY(values[0] == values[1]);
}

/// Every pair of a file of attention weights alone, against bases and cosines computed elsewhere in double precision.
void tst_weight_measures::partialFile()
{
    const auto model = test::mustOpen(test::fixture("models/partial-gpt2/model.h5"));
    const auto matrices = measured(*model, HeadMeasure::ProjectionKernel, {kOq, kOk, kOv});
    const char* names[] = {"OQ", "OK", "OV"};
    for (std::size_t n = 0; n < 3; ++n) {
        const HeadMatrix& m = *matrices[n];
        const test::Numbers expected =
            test::readNumbers(test::fixture("models/partial-gpt2/reference.h5"), std::string("projection_kernel/") + names[n]);
        QCOMPARE(m.values.size(), std::size_t(32 * 32));
        QCOMPARE(expected.size(), m.values.size());
        std::size_t best = 32, count = 0;
        for (std::size_t i = 0; i < m.values.size(); ++i) {
            QCOMPARE(std::isnan(m.values[i]), std::isnan(expected[i]));
            if (std::isnan(expected[i])) continue;
            ++count;
            QVERIFY2(std::abs(m.values[i] - expected[i]) < 1e-4,
                     qPrintable(QString("%1 %2: %3 %4").arg(names[n]).arg(i).arg(m.values[i]).arg(expected[i])));
            if (std::isnan(m.values[best]) || m.values[i] > m.values[best]) best = i;
        }
        QCOMPARE(count, std::size_t(6 * 64));
        if (n != 1) continue;
        QCOMPARE(m.rows.heads[best / 32].label, std::string("L0H1"));  // made to be read by the keys of that head of layer 2
        QCOMPARE(m.cols.heads[best % 32].label, std::string("L2H1"));
    }
}

void tst_weight_measures::gpt2Small()
{
    HS_NEED_SHARED("models/gpt2-small-attention/model.h5");
    const auto model = openModel(test::sharedData("models/gpt2-small-attention/model.h5").toStdString());
    QVERIFY(model.ok());
    const auto matrices = measured(**model, HeadMeasure::ProjectionKernel, {kOq, kOk, kOv});
    // Largest values of the paper's figure 5, as recomputed from the published weights.
    const double largest[] = {26.39, 39.33, 22.33};
    for (std::size_t n = 0; n < 3; ++n) {
        const HeadMatrix& m = *matrices[n];
        std::size_t best = 0, count = 0;
        for (std::size_t i = 0; i < m.values.size(); ++i) {
            if (std::isnan(m.values[i])) continue;
            ++count;
            if (std::isnan(m.values[best]) || m.values[i] > m.values[best]) best = i;
        }
        QCOMPARE(count, std::size_t(9504));
        QVERIFY2(std::abs(m.values[best] - largest[n]) < 0.005, qPrintable(QString::number(m.values[best])));
        if (n == 1) {
            QCOMPARE(m.rows.heads[best / 144].label, std::string("L4H11"));
            QCOMPARE(m.cols.heads[best % 144].label, std::string("L5H1"));
        }
        for (const AxisHead& head : m.cols.heads) QCOMPARE(head.rank, 64);
    }
}

QTEST_APPLESS_MAIN(tst_weight_measures)
#include "tst_weight_measures.moc"
