// SPDX-License-Identifier: GPL-3.0-or-later
// Models whose outputs are not tokens (classifiers, sorters): they open, their logits are right, and what needs a next token says why not.
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "engine/forward/backward/backward.h"
#include "engine/forward/forward.h"
#include "engine/forward/metric.h"
#include "engine/forward/sweep/sweep.h"
#include "engine/io/open.h"
#include "engine/io/write/write.h"
#include "tests/support/model_compare.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"

namespace hs {
extern const Layout kTeaching;
}

using namespace hs;
using namespace hs::test;

namespace {

constexpr int kTokens = 50;

std::shared_ptr<const Model> classifier(int outputs)
{
    ModelConfig c = smallConfig();
    c.output = OutputKind::Untied;
    c.dVocabOut = outputs;
    RandomModelOptions options;
    options.unembeddingBias = true;
    return randomModel(c, options);
}

std::string why(const Result<std::shared_ptr<const Model>>& model)
{
    return model ? std::string() : model.error().item + ": " + model.error().found + " / " + model.error().expected;
}

Metric difference(int answer, int wrong)
{
    Metric m;
    m.kind = MetricKind::LogitDifference;
    m.answer = answer;
    m.wrong = wrong;
    return m;
}

bool saysNoNextToken(const Error& e)
{
    return e.code == ErrorCode::InvalidArgument && e.item == "d_vocab_out" && e.found == "5" && e.expected == std::to_string(kTokens);
}

}  // namespace

class tst_outputs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opens_data();
    void opens();
    void saidOtherwise();
    void logits();
    void metrics();
    void refuses();
};

void tst_outputs::opens_data()
{
    QTest::addColumn<int>("outputs");
    QTest::newRow("fewer than tokens") << 5;
    QTest::newRow("more than tokens") << 70;
}

void tst_outputs::opens()
{
    QFETCH(int, outputs);
    const auto source = classifier(outputs);
    auto tensors = tensorsAs(kTeaching, *source);
    std::erase_if(tensors, [](const SafeTensor& t) {
        return t.name.find(".qkv.") != std::string::npos || t.name.find("att.proj") != std::string::npos;
    });
    QTemporaryDir folder;
    const std::string path = folder.filePath("model.safetensors").toStdString();
    writeText(path, safetensorsText(tensors));
    OpenOptions options;
    options.config = {{"n_heads", "4"}};
    const auto model = openModel(path, options);
    QVERIFY2(model.ok(), why(model).c_str());
    QCOMPARE((*model)->config().dVocab, kTokens);
    QCOMPARE((*model)->config().outputs(), outputs);
    QCOMPARE((*model)->origins().at("d_vocab_out").origin, Origin::Shapes);
    QVERIFY((*model)->canPredict());
    QVERIFY(!(*model)->canPredictTokens());
    QCOMPARE(worstModel(**model, *source), std::string());
    // Our own file says it too.
    const std::string native = folder.filePath("native.h5").toStdString();
    const Status written = writeNativeModel(native, **model);
    QVERIFY2(written.ok(), written.ok() ? "" : (written.error().item + ": " + written.error().found).c_str());
    const auto back = openModel(native);
    QVERIFY2(back.ok(), why(back).c_str());
    QCOMPARE((*back)->config().outputs(), outputs);
    QCOMPARE(worstModel(**back, *source), std::string());
}

void tst_outputs::saidOtherwise()
{
    const auto source = classifier(5);
    QTemporaryDir folder;
    const std::string path = folder.filePath("model.safetensors").toStdString();
    auto tensors = tensorsAs(kTeaching, *source);
    std::erase_if(tensors, [](const SafeTensor& t) {
        return t.name.find(".qkv.") != std::string::npos || t.name.find("att.proj") != std::string::npos;
    });
    writeText(path, safetensorsText(tensors));
    OpenOptions options;
    options.config = {{"n_heads", "4"}, {"d_vocab_out", "6"}};
    const auto model = openModel(path, options);
    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::ConfigContradiction);
    QCOMPARE(model.error().item, std::string("d_vocab_out"));
    options.config["d_vocab_out"] = "5";
    QVERIFY(openModel(path, options).ok());
}

void tst_outputs::logits()
{
    const auto model = classifier(5);
    const auto run = forward(model, randomPrompt(9, kTokens), {});
    QVERIFY(run.ok());
    QCOMPARE((*run)->logits.cols(), std::ptrdiff_t(5));
    QVERIFY((*run)->tokenLoss.empty());
    QVERIFY(std::isnan((*run)->loss));
    // The same model with a matrix that has a column for each token: its first five logits are these.
    ModelConfig wide = model->config();
    const auto u = *model->output();
    const MatrixF& x = (*run)->residFinal;
    for (int p = 0; p < 9; ++p) {
        double mean = 0, square = 0;
        for (int i = 0; i < wide.dModel; ++i) mean += static_cast<double>(x(p, i)) / wide.dModel;
        for (int i = 0; i < wide.dModel; ++i) square += std::pow(static_cast<double>(x(p, i)) - mean, 2) / wide.dModel;
        for (int o = 0; o < 5; ++o) {
            double sum = static_cast<double>(u->bU[static_cast<std::size_t>(o)]);
            for (int i = 0; i < wide.dModel; ++i) {
                const auto at = static_cast<std::size_t>(i);
                const double normed = (static_cast<double>(x(p, i)) - mean) / std::sqrt(square + wide.eps);
                sum += (normed * static_cast<double>(u->lnFinal.w[at]) + static_cast<double>(u->lnFinal.b[at]))
                       * static_cast<double>(u->wU(i, o));
            }
            QVERIFY(std::abs(sum - static_cast<double>((*run)->logits(p, o))) < 1e-4);
        }
    }
    const auto top = topNext(**run, -1, 99);
    QCOMPARE(top.size(), std::size_t(5));
    QCOMPARE(top.front().text, std::to_string(top.front().id));
}

void tst_outputs::metrics()
{
    const auto model = classifier(5);
    const auto run = forward(model, randomPrompt(9, kTokens), {});
    QVERIFY(run.ok());
    const auto value = metricValue(**run, difference(4, 0));
    QVERIFY(value.ok());
    QVERIFY(std::abs(*value - static_cast<double>((*run)->logits(8, 4) - (*run)->logits(8, 0))) < 1e-5);
    GradientRequest request;
    const auto gradients = backward(**run, difference(4, 0), request);
    QVERIFY(gradients.ok());
    QVERIFY(std::abs(gradients->value - *value) < 1e-5);
    Metric probability = difference(4, -1);
    probability.kind = MetricKind::LogProb;
    QVERIFY(metricValue(**run, probability).ok());
    QVERIFY(backward(**run, probability, request).ok());
    QCOMPARE(metricValue(**run, difference(5, 0)).error().code, ErrorCode::TokenOutOfRange);
    QCOMPARE(*singleToken(*model, "#4", "answer"), 4);
    QCOMPARE(singleToken(*model, "#5", "answer").error().code, ErrorCode::TokenOutOfRange);
}

void tst_outputs::refuses()
{
    const auto model = classifier(5);
    const auto prompt = randomPrompt(9, 4);  // ids that are outputs too: still no next token
    const auto run = forward(model, prompt, {});
    QVERIFY(run.ok());
    QVERIFY(saysNoNextToken(metricValue(**run, {}).error()));
    Metric own;
    own.kind = MetricKind::LogProb;
    QVERIFY(saysNoNextToken(metricValue(**run, own).error()));
    QVERIFY(saysNoNextToken(backward(**run, {}, {}).error()));
    QVERIFY(saysNoNextToken(singleToken(*model, "a", "answer").error()));
    QVERIFY(saysNoNextToken(sweepBase(model, *prompt, {}, {}, -1, {}).error()));
}

QTEST_APPLESS_MAIN(tst_outputs)
#include "tst_outputs.moc"
