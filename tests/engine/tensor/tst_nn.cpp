// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>

#include "engine/tensor/nn.h"
#include "engine/tensor/reduce.h"
#include "tests/support/compare.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

const float kInf = std::numeric_limits<float>::infinity();
const float kNan = std::numeric_limits<float>::quiet_NaN();

std::vector<float> numbers(int n, float spread, std::uint64_t seed)
{
    Random r(seed);
    std::vector<float> v(static_cast<std::size_t>(n));
    for (float& x : v) x = spread * r.symmetric();
    return v;
}

void addLengths()
{
    QTest::addColumn<int>("n");
    for (int n : {1, 2, 15, 16, 17, 31, 32, 33, 64, 100, 1000, 4096}) QTest::addRow("%d", n) << n;
}

}  // namespace

class tst_nn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void softmax_data() { addLengths(); }
    void softmax();
    void softmaxMasked();
    void exponential();
    void norms_data() { addLengths(); }
    void norms();
    void activations();
    void softCap();
    void activationsKeepNan();
    void rotary();
    void sinusoidal();
    void finite_data() { addLengths(); }
    void finite();
    void sums_data() { addLengths(); }
    void sums();
};

void tst_nn::softmax()
{
    QFETCH(int, n);
    for (float spread : {0.1f, 5.0f, 60.0f, 3000.0f}) {
        const std::vector<float> scores = numbers(n, spread, static_cast<std::uint64_t>(n));
        std::vector<float> got = scores;
        const SoftmaxRow row = softmaxRow(got.data(), n);
        double top = -1e300, sum = 0, entropy = 0;
        for (float s : scores) top = std::max(top, static_cast<double>(s));
        for (float s : scores) sum += std::exp(static_cast<double>(s) - top);
        std::vector<double> expected;
        for (float s : scores) expected.push_back(std::exp(static_cast<double>(s) - top) / sum);
        for (double p : expected)
            if (p > 0) entropy -= p * std::log(p);
        // A score of some thousands has a last bit of 1e-4: the tolerance follows it.
        HS_COMPARE_ARRAYS(got, expected, floatTranscendental);
        QVERIFY(std::abs(static_cast<double>(row.logSumExp) - (top + std::log(sum))) < 1e-6 * (10.0 + static_cast<double>(spread)));
        QVERIFY(std::abs(static_cast<double>(row.entropy) - entropy) < 2e-5);
        QVERIFY(std::abs(static_cast<double>(row.max) - 1.0 / sum) < 1e-6);
        double total = 0;
        for (float p : got) total += static_cast<double>(p);
        QVERIFY(std::abs(total - 1.0) < 1e-5);
    }
}

void tst_nn::softmaxMasked()
{
    std::vector<float> row(40, -kInf);
    SoftmaxRow r = softmaxRow(row.data(), 40);
    QCOMPARE(r.logSumExp, -kInf);
    QCOMPARE(row, std::vector<float>(40, 0.0f));

    row.assign(40, -kInf);
    row[3] = row[39] = 1.5f;
    r = softmaxRow(row.data(), 40);
    QCOMPARE(row[3], 0.5f);
    QCOMPARE(row[39], 0.5f);
    QCOMPARE(row[0], 0.0f);
    QVERIFY(std::abs(r.entropy - std::log(2.0f)) < 1e-6f);

    row.assign(20, 0.0f);
    row[7] = kNan;
    r = softmaxRow(row.data(), 20);
    QVERIFY(std::isnan(r.logSumExp));
    QVERIFY(std::isnan(row[0]));
    row.assign(20, kNan);
    QVERIFY(std::isnan(softmaxRow(row.data(), 20).logSumExp));
}

void tst_nn::exponential()
{
    std::vector<float> x;
    for (float v = -90.0f; v < 88.7f; v += 0.0137f) x.push_back(v);
    const std::vector<float> given = x;
    const float sum = expInPlace(x.data(), static_cast<std::ptrdiff_t>(x.size()), 0.0f);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double expected = std::exp(static_cast<double>(given[i]));
        if (given[i] < -87.3f) QCOMPARE(x[i], 0.0f);
        else
            QVERIFY2(std::abs(static_cast<double>(x[i]) - expected) <= 2.5e-7 * expected,
                     qPrintable(QString::number(static_cast<double>(given[i]))));
    }
    QVERIFY(std::isfinite(sum) || sum == kInf);
    std::vector<float> special{-kInf, kInf, kNan, 0.0f, 89.0f};
    expInPlace(special.data(), 5, 0.0f);
    QCOMPARE(special[0], 0.0f);
    QCOMPARE(special[1], kInf);
    QVERIFY(std::isnan(special[2]));
    QCOMPARE(special[3], 1.0f);
    QCOMPARE(special[4], kInf);
    std::vector<float> y = numbers(77, 3.0f, 5);
    y[7] = -200.0f;
    y[8] = -kInf;
    const float top = *std::max_element(y.begin(), y.end());
    double expected = 0;
    for (float v : y) expected += std::exp(static_cast<double>(v) - static_cast<double>(top));
    QVERIFY(std::abs(static_cast<double>(sumExp(y.data(), 77, top)) - expected) < 1e-6 * expected);
    for (const std::size_t at : {std::size_t{3}, std::size_t{76}}) {
        std::vector<float> broken = y;
        broken[at] = kNan;
        QVERIFY(std::isnan(sumExp(broken.data(), 77, top)));
    }
}

void tst_nn::norms()
{
    QFETCH(int, n);
    std::vector<float> x = numbers(n, 4.0f, 8), w = numbers(n, 1.0f, 9), b = numbers(n, 1.0f, 10);
    for (float& v : x) v += 100.0f;  // a large common part must not spoil the variance
    for (int kind = 0; kind < 4; ++kind) {
        const float* gain = kind & 1 ? w.data() : nullptr;
        const float* bias = kind & 2 ? b.data() : nullptr;
        double mean = 0, variance = 0, square = 0;
        for (float v : x) mean += static_cast<double>(v) / n;
        for (float v : x) variance += (static_cast<double>(v) - mean) * (static_cast<double>(v) - mean) / n;
        for (float v : x) square += static_cast<double>(v) * static_cast<double>(v) / n;
        std::vector<double> layer, rms;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double g = gain ? static_cast<double>(gain[i]) : 1.0, a = bias ? static_cast<double>(bias[i]) : 0.0;
            layer.push_back((static_cast<double>(x[i]) - mean) / std::sqrt(variance + 1e-5) * g + a);
            rms.push_back(static_cast<double>(x[i]) / std::sqrt(square + 1e-6) * g + a);
        }
        std::vector<float> got(x.size());
        // 100 + 4: the mean's rounding (1e-5) divided by the deviation; a single value has variance 0 and the factor 1/sqrt(eps).
        layerNorm(got.data(), x.data(), gain, bias, n, 1e-5);
        HS_COMPARE_ARRAYS(got, layer, (Tolerance{2e-4, 2e-4}));
        rmsNorm(got.data(), x.data(), gain, bias, n, 1e-6);
        HS_COMPARE_ARRAYS(got, rms, floatTranscendental);
        std::vector<float> inPlace = x;
        rmsNorm(inPlace.data(), inPlace.data(), gain, bias, n, 1e-6);
        QCOMPARE(inPlace, got);
    }
}

void tst_nn::activations()
{
    std::vector<float> x;
    for (float v = -30.0f; v <= 30.0f; v += 0.0173f) x.push_back(v);
    x.insert(x.end(), {-1000.0f, 1000.0f, 0.0f, -1e-20f});
    const auto check = [&](auto function, auto expected, double tolerance) {
        std::vector<float> got = x;
        function(got.data(), static_cast<std::ptrdiff_t>(got.size()));
        std::vector<double> want;
        for (float v : x) want.push_back(expected(static_cast<double>(v)));
        HS_COMPARE_ARRAYS(got, want, (Tolerance{tolerance, tolerance}));
    };
    check(
        reluInPlace, [](double v) { return std::max(0.0, v); }, 0.0);
    check(
        geluExactInPlace, [](double v) { return 0.5 * v * std::erfc(-v / std::sqrt(2.0)); }, 2e-6);
    check(
        geluTanhInPlace, [](double v) { return 0.5 * v * (1.0 + std::tanh(std::sqrt(2.0 / M_PI) * (v + 0.044715 * v * v * v))); }, 2e-6);
    check(
        siluInPlace, [](double v) { return v / (1.0 + std::exp(-v)); }, 2e-6);
}

void tst_nn::softCap()
{
    std::vector<float> x;
    for (float v = -30.0f; v <= 30.0f; v += 0.0173f) x.push_back(v);
    x.insert(x.end(), {-1000.0f, 1000.0f, kInf, -kInf, 0.0f, -1e-20f, 1e-6f});
    for (const float cap : {0.5f, 7.0f, 50.0f}) {
        std::vector<float> got = x, slope(x.size());
        softCapInPlace(got.data(), static_cast<std::ptrdiff_t>(got.size()), cap);
        softCapSlope(slope.data(), got.data(), static_cast<std::ptrdiff_t>(got.size()), cap);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double t = std::tanh(static_cast<double>(x[i]) / static_cast<double>(cap));
            // Relative: small scores keep their digits.
            QVERIFY2(std::abs(static_cast<double>(got[i]) - static_cast<double>(cap) * t) <= 6e-7 * std::abs(static_cast<double>(cap) * t),
                     qPrintable(QString("%1 under %2").arg(static_cast<double>(x[i])).arg(static_cast<double>(cap))));
            QVERIFY(std::abs(static_cast<double>(slope[i]) - (1.0 - t * t)) < 1e-6);
        }
    }
    std::vector<float> bad{kNan, 1.0f};
    softCapInPlace(bad.data(), 2, 1.0f);
    QVERIFY(std::isnan(bad[0]) && !std::isnan(bad[1]));
    const float masked = -kInf;
    float slope = 1.0f;
    softCapSlope(&slope, &masked, 1, 1.0f);
    QCOMPARE(slope, 0.0f);  // no derivative goes through a masked cell
}

void tst_nn::activationsKeepNan()
{
    for (auto function : {reluInPlace, geluExactInPlace, geluTanhInPlace, siluInPlace}) {
        std::vector<float> x(20, kNan);
        function(x.data(), 20);
        for (float v : x) QVERIFY(std::isnan(v));
    }
}

void tst_nn::rotary()
{
    const int dh = 12, dim = 8;
    for (bool adjacent : {false, true}) {
        std::vector<double> frequencies;
        for (int i = 0; i < dim / 2; ++i) frequencies.push_back(std::pow(10000.0, -2.0 * i / dim));
        const RotaryTable table(50, frequencies, adjacent);
        for (int p : {0, 1, 49}) {
            const std::vector<float> x = numbers(dh, 1.0f, 3);
            std::vector<float> got = x;
            table.rotate(got.data(), p);
            std::vector<double> expected(x.begin(), x.end());
            for (int i = 0; i < dim / 2; ++i) {
                const auto a = static_cast<std::size_t>(adjacent ? 2 * i : i),
                           b = static_cast<std::size_t>(adjacent ? 2 * i + 1 : i + dim / 2);
                const double angle = p * std::pow(10000.0, -2.0 * i / dim);
                expected[a] = static_cast<double>(x[a]) * std::cos(angle) - static_cast<double>(x[b]) * std::sin(angle);
                expected[b] = static_cast<double>(x[a]) * std::sin(angle) + static_cast<double>(x[b]) * std::cos(angle);
            }
            HS_COMPARE_ARRAYS(got, expected, floatArithmetic);
        }
    }
}

void tst_nn::sinusoidal()
{
    const MatrixF m = sinusoidalPositions(9, 7);
    for (int p = 0; p < 9; ++p)
        for (int i = 0; i < 7; ++i) {
            const double angle = p / std::pow(10000.0, (i - i % 2) / 7.0);
            QVERIFY(std::abs(static_cast<double>(m(p, i)) - (i % 2 ? std::cos(angle) : std::sin(angle))) < 1e-6);
        }
}

void tst_nn::finite()
{
    QFETCH(int, n);
    std::vector<float> x = numbers(n, 1e30f, 2);
    QVERIFY(allFinite(x.data(), n));
    for (float bad : {kNan, kInf, -kInf})
        for (int at : {0, n / 2, n - 1}) {
            std::vector<float> y = x;
            y[static_cast<std::size_t>(at)] = bad;
            QVERIFY(!allFinite(y.data(), n));
        }
}

void tst_nn::sums()
{
    QFETCH(int, n);
    std::vector<float> p = numbers(n, 1.0f, 6);
    for (float& v : p) v = std::abs(v);
    const auto at = static_cast<std::ptrdiff_t>(n / 3);
    double distance = 0, entropy = 0, largest = -1;
    std::ptrdiff_t argmax = 0;
    for (int j = 0; j < n; ++j) {
        const double v = static_cast<double>(p[static_cast<std::size_t>(j)]);
        distance += v * std::abs(static_cast<double>(at) - j);
        entropy -= v > 0 ? v * std::log(v) : 0.0;
        if (v > largest) {
            largest = v;
            argmax = j;
        }
    }
    QVERIFY(std::abs(static_cast<double>(meanDistance(p.data(), n, at)) - distance) <= 1e-5 * (1.0 + distance));
    QVERIFY(std::abs(static_cast<double>(entropyOf(p.data(), n)) - std::max(0.0, entropy)) <= 1e-5 * (1.0 + std::abs(entropy)));
    QCOMPARE(static_cast<double>(maxOf(p.data(), n)), largest);
    double squares = 0;
    for (float v : p) squares += static_cast<double>(v) * static_cast<double>(v);
    QVERIFY(std::abs(static_cast<double>(normOf(p.data(), n)) - std::sqrt(squares)) <= 1e-6 * std::sqrt(squares));
    QCOMPARE(argmaxOf(p.data(), n), argmax);
    std::vector<float> column(p.size(), 1.0f), offset(p.size(), 2.0f);
    QCOMPARE(accumulateRow(column.data(), offset.data(), p.data(), n, at), meanDistance(p.data(), n, at));
    for (std::size_t j = 0; j < p.size(); ++j) {
        QCOMPARE(column[j], 1.0f + p[j]);
        QCOMPARE(offset[j], 2.0f + p[j]);
    }
    QCOMPARE(maxOf(p.data(), 0), -kInf);
}

QTEST_APPLESS_MAIN(tst_nn)
#include "tst_nn.moc"
