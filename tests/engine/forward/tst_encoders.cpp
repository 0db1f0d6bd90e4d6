// SPDX-License-Identifier: GPL-3.0-or-later
// Encoders against the numbers of their own code (shared data/families), the output's transform against the double-precision pass, and
// what of their settings is refused.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "engine/analysis/causes/logit_attribution.h"
#include "engine/forward/forward.h"
#include "engine/forward/sweep/sweep.h"
#include "engine/forward/unembedding.h"
#include "engine/io/open.h"
#include "engine/io/write/write.h"
#include "engine/model/prune.h"
#include "engine/model/score_places.h"
#include "tests/support/backward_setup.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

QString said(const Error& e) { return QString::fromStdString(e.item + ": " + e.found + " / " + e.expected); }

std::shared_ptr<const Prompt> typed(const std::vector<int>& ids, const std::vector<int>& types)
{
    auto prompt = std::make_shared<Prompt>(*promptOfIds(ids));
    prompt->types = types;
    return prompt;
}

std::vector<int> ints(const Numbers& numbers) { return {numbers.values.begin(), numbers.values.end()}; }

Result<std::shared_ptr<const Model>> opened(const QString& path)
{
    OpenOptions options;
    options.probe = false;  // the files are our own
    return openModel(path.toStdString(), options);
}

/// Largest difference in attention, and in logits or hidden states as a share of the largest.
struct Off {
    double attention = 1e9, output = 1e9;
    QString error;
};

double worst(const MatrixF& got, const Numbers& expected)
{
    if (static_cast<std::size_t>(got.rows() * got.cols()) != expected.size()) return 1e9;
    double largest = 0, wrong = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        largest = std::max(largest, std::abs(expected.values[i]));
        wrong = std::max(wrong, std::abs(static_cast<double>(got.data()[i]) - expected.values[i]));
    }
    return wrong / largest;
}

Off offBy(const std::shared_ptr<const Model>& model, const QString& reference, const std::string& at)
{
    Off off;
    const Numbers types = readNumbers(reference, at + "token_types");
    const auto run = forward(model, typed(ints(readNumbers(reference, at + "tokens")), ints(types)), {});
    if (!run) return off.error = said(run.error()), off;
    const int n = (*run)->queries();
    const Numbers attention = readNumbers(reference, at + "attention"), logits = readNumbers(reference, at + "logits");
    std::size_t cell = 0;
    double a = 0;
    for (int l = 0; l < (*run)->layers(); ++l)
        for (int h = 0; h < (*run)->heads(l); ++h) {
            const auto map = (*run)->tile({l, h}, MapKind::Weights, 0, n, 0, n);
            if (!map) return off.error = said(map.error()), off;
            for (int i = 0; i < n * n && cell < attention.size(); ++i)
                a = std::max(a, std::abs(static_cast<double>(map->data()[i]) - attention.values[cell++]));
        }
    if (cell != attention.size()) return off.error = QStringLiteral("another number of maps"), off;
    off.attention = a;
    if (logits.size() > 0) return off.output = worst((*run)->logits, logits), off;
    const auto output = model->output();
    if (!output) return off.error = said(output.error()), off;
    off.output = worst(onlyFinalNorm(*model, **output, (*run)->residFinal.view()), readNumbers(reference, at + "hidden"));
    return off;
}

void compareAll(const std::shared_ptr<const Model>& model, const QString& reference, double tolerance = 2e-5)
{
    int prompts = 0;
    for (;; ++prompts) {
        const std::string at = "prompt_" + std::to_string(prompts) + "/";
        if (readNumbers(reference, at + "tokens").size() == 0) break;
        const Off off = offBy(model, reference, at);
        QVERIFY2(off.error.isEmpty(), qPrintable(off.error));
        QVERIFY2(off.attention < tolerance, qPrintable(QString("attention off by %1").arg(off.attention)));
        QVERIFY2(off.output < 10 * tolerance, qPrintable(QString("output off by %1").arg(off.output)));
    }
    QVERIFY(prompts > 0);
}

const char* const kFamilies[] = {"bert",          "bert-gamma-beta", "bert-no-head", "electra",    "roberta",   "distilbert",
                                 "mpnet-no-head", "albert",          "modernbert",   "deberta-v2", "tl-encoder"};

QString fileOf(const QString& folder)
{
    return folder
           + (QFile::exists(folder + QStringLiteral("/model.h5")) ? QStringLiteral("/model.h5") : QStringLiteral("/model.safetensors"));
}

/// A masked language model of random weights with targets and token types.
Setup masked(bool post)
{
    ForwardCase c{"masked", smallConfig(), {}};
    c.config.mask = MaskKind::Bidirectional;
    c.config.normPlace = post ? NormPlace::Post : NormPlace::Pre;
    c.config.outputTransform = true;
    c.config.outputActivation = post ? Activation::GeluExact : Activation::GeluTanh;
    c.options.finalNorm = !post;
    c.options.embeddingNorm = true;
    c.options.types = 3;
    c.options.narrow = 12;
    c.options.unembeddingBias = true;
    Setup s = setup(c);
    auto prompt = std::make_shared<Prompt>(*s.prompt);
    prompt->targets = {{0, 4}, {3, 0}, {kTokens - 1, 2}};
    prompt->types = {0, 0, 1, 1, 2, 2, 0};
    s.prompt = prompt;
    return s;
}

double oracleValue(const Setup& s, const Interventions& cuts = {})
{
    OracleForward pass(*s.model, cuts);
    pass.types = s.prompt->types;
    return oracleMetric(pass.run(s.prompt->ids()), s.metric, *s.prompt, {});
}

}  // namespace

class tst_encoders : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAgree_data();
    void numbersAgree();
    void sentenceEncoder();
    void writtenAndPruned_data();
    void writtenAndPruned();
    void transform_data();
    void transform();
    void noNextToken();
    void typesFit();
    void paddingMovesPositions();
    void distances();
    void settingsRefused_data();
    void settingsRefused();
};

void tst_encoders::numbersAgree_data()
{
    QTest::addColumn<QString>("folder");
    for (const char* name : kFamilies) QTest::newRow(name) << familyFolder(QLatin1String(name));
}

void tst_encoders::numbersAgree()
{
    QFETCH(QString, folder);
    HS_NEED_SHARED(folder + QStringLiteral("/reference.h5"));
    const auto model = opened(fileOf(folder));
    QVERIFY2(model.ok(), model.ok() ? "" : qPrintable(said(model.error())));
    compareAll(*model, folder + QStringLiteral("/reference.h5"));
}

void tst_encoders::sentenceEncoder()
{
    const QString folder = sharedData("models/minilm-l6");
    HS_NEED_SHARED(folder + QStringLiteral("/reference.h5"));
    const auto model = opened(fileOf(folder));
    QVERIFY2(model.ok(), model.ok() ? "" : qPrintable(said(model.error())));
    QVERIFY((*model)->tokenizer() && !(*model)->canPredict());
    const QString reference = folder + QStringLiteral("/reference.h5");
    int prompts = 0;
    for (const char* group : {"prompt_0/", "prompt_1/", "prompt_2/", "samples/0/", "samples/1/", "samples/2/"}) {
        if (readNumbers(reference, std::string(group) + "tokens").size() == 0) continue;
        const Off off = offBy(*model, reference, group);
        QVERIFY2(off.error.isEmpty(), qPrintable(off.error));
        QVERIFY2(off.attention < 2e-5 && off.output < 2e-4, qPrintable(QString("%1, %2").arg(off.attention).arg(off.output)));
        ++prompts;
    }
    QCOMPARE(prompts, 3);
}

void tst_encoders::writtenAndPruned_data() { numbersAgree_data(); }

/// Our own file holds the same model, or says that it cannot; with all heads of a layer but one taken out, the rest runs as under cuts.
void tst_encoders::writtenAndPruned()
{
    QFETCH(QString, folder);
    HS_NEED_SHARED(folder + QStringLiteral("/reference.h5"));
    const auto model = opened(fileOf(folder));
    QVERIFY(model.ok());
    QTemporaryDir place;
    const QString path = place.filePath(QStringLiteral("model.h5"));
    const Status written = writeNativeModel(path.toStdString(), **model);
    if ((*(*model)->layer(0))->places) {
        QVERIFY(!written);
        QCOMPARE(written.error().item, std::string("position scores"));
    } else {
        QVERIFY2(written.ok(), written.ok() ? "" : qPrintable(said(written.error())));
        const auto again = opened(path);
        QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(said(again.error())));
        compareAll(*again, folder + QStringLiteral("/reference.h5"));
    }
    const std::vector<int> ids = ints(readNumbers(folder + QStringLiteral("/reference.h5"), "prompt_0/tokens"));
    const std::vector<HeadId> cut{{1, 0}, {1, 2}, {2, 3}};
    const auto pruned = withoutHeads(*model, {cut, {}});
    QVERIFY2(pruned.ok(), pruned.ok() ? "" : qPrintable(said(pruned.error())));
    ForwardOptions options;
    for (const HeadId head : cut) options.interventions.push_back(zeroHead(head));
    const auto whole = forward(*model, promptOfIds(ids), options), rest = forward(*pruned, promptOfIds(ids), {});
    QVERIFY2(whole.ok() && rest.ok(), rest.ok() ? "" : qPrintable(said(rest.error())));
    for (std::ptrdiff_t i = 0; i < (*whole)->residFinal.rows() * (*whole)->residFinal.cols(); ++i)
        QVERIFY(std::abs((*whole)->residFinal.data()[i] - (*rest)->residFinal.data()[i]) < 1e-4f);
}

void tst_encoders::transform_data()
{
    QTest::addColumn<bool>("post");
    QTest::newRow("post-norm") << true;
    QTest::newRow("pre-norm, behind the final norm") << false;
}

/// Logits, loss, gates and lanes through the output's transform.
void tst_encoders::transform()
{
    QFETCH(bool, post);
    Setup s = masked(post);
    s.forwardPass();
    OracleForward pass(*s.model);
    pass.types = s.prompt->types;
    const OracleRun oracle = pass.run(s.prompt->ids());
    for (int p = 0; p < kTokens; ++p) {
        const auto row = s.run->logitsRow(p);
        QVERIFY(row.ok());
        for (std::size_t i = 0; i < row->size(); ++i)
            QVERIFY(std::abs(static_cast<double>((*row)[i]) - oracle.logits[static_cast<std::size_t>(p)][i]) < 1e-4);
    }
    const double expected = oracleValue(s);
    const auto gradients = gradientsOf(s.model, s.prompt, {}, {}, {});
    QVERIFY2(gradients.ok(), gradients.ok() ? "" : qPrintable(said(gradients.error())));
    QVERIFY(std::abs(gradients->value - expected) < 1e-5);
    const AblationValues zero;
    const auto base = sweepBase(s.model, *s.prompt, zero, {}, 0, {.kl = true});
    QVERIFY2(base.ok(), base.ok() ? "" : qPrintable(said(base.error())));
    QVERIFY(std::abs((*base)->score.loss - expected) < 1e-5);
    std::vector<SweepLane> lanes;
    std::vector<double> cutLosses;
    for (int l = 0; l < s.model->config().nLayers; ++l)
        for (int h = 0; h < s.model->config().heads(l); ++h) {
            const double slope = s.slope([&](OracleForward& f, double by) {
                f.types = s.prompt->types;
                f.touch = [=, &s](Site site, int layer, int, Rows& x) {
                    if (site != Site::Z || layer != l) return;
                    for (auto& row : x)
                        for (int i = 0; i < s.model->config().dHead; ++i)
                            row[static_cast<std::size_t>(h * s.model->config().dHead + i)] *= 1 + by;
                };
            });
            QVERIFY(near(gradients->gates[static_cast<std::size_t>(l)][static_cast<std::size_t>(h)], slope));
            lanes.push_back({*base, {{{l, h}}}, 0});
            cutLosses.push_back(oracleValue(s, {zeroHead({l, h})}));
        }
    const auto scores = sweepLanes(lanes, zero, {.kl = true});
    QVERIFY(scores.ok());
    for (std::size_t i = 0; i < scores->size(); ++i) {
        QVERIFY(std::abs((*scores)[i].loss - cutLosses[i]) < 1e-5);
        QVERIFY((*scores)[i].kl > 0);
    }
    const Metric difference{MetricKind::LogitDifference, {3}, 4, 7, nullptr};
    const auto logit = gradientsOf(s.model, s.prompt, {}, difference, {});
    QVERIFY(logit.ok());
    QVERIFY(std::abs(logit->value - (oracle.logits[3][4] - oracle.logits[3][7])) < 1e-4);
}

/// What speaks of next tokens, or of logits as sums, says that it cannot.
void tst_encoders::noNextToken()
{
    Setup s = masked(true);
    auto prompt = std::make_shared<Prompt>(*s.prompt);
    prompt->targets.clear();
    const auto run = forward(s.model, prompt, {});
    QVERIFY(run.ok());
    QVERIFY((*run)->tokenLoss.empty() && std::isnan((*run)->loss) && !(*run)->logits.empty());
    QVERIFY(s.model->config().predictsTokens() && !s.model->config().predictsNext());
    const auto loss = metricValue(**run, {});
    QVERIFY(!loss.ok());
    QCOMPARE(loss.error().item, std::string("output_transform"));
    const auto base = sweepBase(s.model, *prompt, {}, {}, 0, {});
    QVERIFY(!base.ok());
    QCOMPARE(base.error().item, std::string("output_transform"));
    const auto parts = logitAttribution(**run, {3, 4, -1});
    QVERIFY(!parts.ok());
    QCOMPARE(parts.error().item, std::string("output_transform"));
    QVERIFY(!sourceAttribution(**run, {3, 4, -1}).ok());
    const auto lens = logitLens(**run, {3, 4, -1});  // through the transform, as the output is
    QVERIFY(lens.ok());
    QVERIFY(std::abs(lens->value.back() - static_cast<double>((*run)->logits(3, 4))) < 1e-5);
}

void tst_encoders::typesFit()
{
    Setup s = masked(true);
    const std::vector<int> ids = s.prompt->ids();
    const auto whole = forward(s.model, typed(ids, {}), {}), zeros = forward(s.model, typed(ids, std::vector<int>(ids.size(), 0)), {}),
               other = forward(s.model, s.prompt, {});
    QVERIFY(whole.ok() && zeros.ok() && other.ok());
    QVERIFY((*whole)->residFinal(0, 0) == (*zeros)->residFinal(0, 0));
    QVERIFY((*whole)->residFinal(0, 0) != (*other)->residFinal(0, 0));
    QCOMPARE(forward(s.model, typed(ids, {0, 1}), {}).error().item, std::string("token_types"));
    std::vector<int> outside(ids.size(), 0);
    outside[2] = 3;
    QVERIFY(forward(s.model, typed(ids, outside), {}).error().code == ErrorCode::TokenOutOfRange);
    const auto none = randomModel(smallConfig());
    QVERIFY(forward(none, typed(ids, std::vector<int>(ids.size(), 0)), {}).ok());
    QCOMPARE(forward(none, typed(ids, std::vector<int>(ids.size(), 1)), {}).error().item, std::string("token_types"));
}

/// A padding token stands at its own number and is not counted.
void tst_encoders::paddingMovesPositions()
{
    ModelConfig config = smallConfig();
    config.mask = MaskKind::Bidirectional;
    config.positionPadding = 3;
    config.output = OutputKind::None;
    const auto model = randomModel(config);
    const std::vector<int> ids{7, 3, 8, 9, 3, 3, 10};
    QCOMPARE(config.tablePositions(ids), (std::vector<int>{4, 3, 5, 6, 3, 3, 7}));
    const auto run = forward(model, promptOfIds(ids), {});
    QVERIFY(run.ok());
    const OracleRun oracle = OracleForward(*model).run(ids);
    for (std::size_t p = 0; p < ids.size(); ++p)
        for (std::size_t i = 0; i < 32; ++i)
            QVERIFY(std::abs(static_cast<double>((*run)->residFinal(static_cast<std::ptrdiff_t>(p), static_cast<std::ptrdiff_t>(i)))
                             - oracle.residFinal[p][i])
                    < 1e-4);
}

/// Rows of distances where the rule can be read off by hand.
void tst_encoders::distances()
{
    const std::vector<int> t5 = t5Rows(32, 128);
    const auto bucket = [&](int d) { return t5[static_cast<std::size_t>(d + 128)]; };
    for (int d = 0; d < 8; ++d) QCOMPARE(bucket(d), d);
    QCOMPARE(bucket(11), 8);
    QCOMPARE(bucket(12), 9);
    QCOMPARE(bucket(16), 10);
    QCOMPARE(bucket(32), 12);
    QCOMPARE(bucket(64), 14);
    QCOMPARE(bucket(128), 15);
    for (int d = 1; d < 128; ++d) QCOMPARE(bucket(-d), bucket(d) + 16);
    const std::vector<int> far = debertaRows(8, 64);  // beta(d) + 8: m = 4, ceil(ln(d / 4) / ln(63 / 4) * 3) + 4
    const auto row = [&](int d) { return far[static_cast<std::size_t>(d + 64)]; };
    for (int d = -4; d <= 4; ++d) QCOMPARE(row(d), d + 8);
    QCOMPARE(row(5), 8 + 5);
    QCOMPARE(row(11), 8 + 6);
    QCOMPARE(row(-11), 8 - 6);
    QCOMPARE(row(63), 8 + 7);
    QCOMPARE(row(64), 15);
    QCOMPARE(row(-64), 0);
    const std::vector<int> plain = debertaRows(0, 5);
    QCOMPARE(plain, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9}));
}

void tst_encoders::settingsRefused_data()
{
    QTest::addColumn<QString>("family");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char* family, const char* key, const QJsonValue& value) {
        QTest::addRow("%s %s", family, key) << QString::fromLatin1(family) << QString::fromLatin1(key) << value;
    };
    row("bert", "position_embedding_type", QStringLiteral("relative_key"));
    row("bert", "is_decoder", true);
    row("bert", "add_cross_attention", true);
    row("bert", "a_key_of_tomorrow", 3);
    row("bert", "hidden_act", QStringLiteral("a function of tomorrow"));
    row("bert", "num_attention_heads", 5);
    row("bert", "tie_word_embeddings", false);
    row("bert", "model_type", QStringLiteral("bert-of-tomorrow"));
    row("electra", "position_embedding_type", QStringLiteral("relative_key"));
    row("roberta", "pad_token_id", QJsonValue());
    row("mpnet-no-head", "relative_attention_num_buckets", 16);
    row("albert", "num_hidden_groups", 2);
    row("albert", "inner_group_num", 2);
    row("modernbert", "mlp_bias", true);
    row("modernbert", "rope_parameters", 7);
    row("deberta-v2", "pos_att_type", QJsonArray{QStringLiteral("p2p")});
    row("deberta-v2", "conv_kernel_size", 3);
    row("deberta-v2", "embedding_size", 16);
    row("deberta-v2", "position_buckets", 1);
}

void tst_encoders::settingsRefused()
{
    QFETCH(QString, family);
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    const QString folder = familyFolder(family);
    HS_NEED_SHARED(folder + QStringLiteral("/model.safetensors"));
    QTemporaryDir place;
    QFile settings(folder + QStringLiteral("/config.json"));
    QVERIFY(settings.open(QIODevice::ReadOnly));
    QJsonObject config = QJsonDocument::fromJson(settings.readAll()).object();
    QVERIFY(QFile::copy(folder + QStringLiteral("/model.safetensors"), place.filePath(QStringLiteral("model.safetensors"))));
    config[key] = value;
    QFile changed(place.filePath(QStringLiteral("config.json")));
    QVERIFY(changed.open(QIODevice::WriteOnly));
    changed.write(QJsonDocument(config).toJson());
    changed.close();
    const auto model = opened(place.filePath(QStringLiteral("model.safetensors")));
    if (!model) return;  // refused when it is opened, or, what a layer needs, when that is read
    const auto run = forward(*model, promptOfIds({5, 6, 7}), {});
    QVERIFY2(!run.ok(), "runs");
}

QTEST_APPLESS_MAIN(tst_encoders)
#include "tst_encoders.moc"
