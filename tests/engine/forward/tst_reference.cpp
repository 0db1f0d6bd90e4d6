// SPDX-License-Identifier: GPL-3.0-or-later
// Really trained models against numbers computed elsewhere: logits, attention, z, losses, ablations, head scores.
#include <QTest>

#include <numeric>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "tests/support/compare.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/random_model.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

std::shared_ptr<const Model> mustOpen(const QString& relative, std::map<std::string, std::string> config = {})
{
    OpenOptions options;
    options.probe = false;  // the files are our own
    options.config = std::move(config);
    const auto model = openModel(sharedData(relative).toStdString(), options);
    if (!model) qFatal("%s: %s %s %s", qPrintable(relative), model.error().item.c_str(), model.error().found.c_str(), model.error().expected.c_str());
    return *model;
}

std::shared_ptr<const Run> mustRun(const Result<std::shared_ptr<const Run>>& r)
{
    if (!r) qFatal("forward failed: %s %s", r.error().item.c_str(), r.error().found.c_str());
    return *r;
}

std::shared_ptr<const Prompt> promptOf(const Numbers& tokens)
{
    std::vector<int> ids;
    for (double t : tokens.values) ids.push_back(static_cast<int>(t));
    return promptOfIds(ids);
}

/// All maps [L, H, n, n] of a run, in the order of the reference files.
std::vector<float> allMaps(const Run& run)
{
    std::vector<float> out;
    const int n = run.queries();
    for (int l = 0; l < run.layers(); ++l)
        for (int h = 0; h < run.heads(l); ++h) {
            const MatrixF map = *run.tile({l, h}, MapKind::Weights, 0, n, 0, n);
            out.insert(out.end(), map.data(), map.data() + map.rows() * map.cols());
        }
    return out;
}

std::vector<float> flat(const MatrixF& m) { return {m.data(), m.data() + m.rows() * m.cols()}; }

const QString kStories = QStringLiteral("models/stories260k/model.h5");
const QString kReference = QStringLiteral("models/stories260k/reference.h5");

}  // namespace

class tst_reference : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stories_data();
    void stories();
    void storiesAblations_data() { stories_data(); }
    void storiesAblations();
    void storiesHeadScores();
    void gpt2Layouts_data();
    void gpt2Layouts();
    void inductionModel();
};

void tst_reference::stories_data()
{
    QTest::addColumn<int>("prompt");
    for (int i = 0; i < 3; ++i) QTest::addRow("prompt %d", i) << i;
}

void tst_reference::stories()
{
    HS_NEED_SHARED("models/stories260k/reference.h5");
    QFETCH(int, prompt);
    const std::string group = "prompt_" + std::to_string(prompt);
    const QString file = sharedData(kReference);
    const auto run = mustRun(forward(mustOpen(kStories), promptOf(readNumbers(file, group + "/tokens")), {}));
    HS_COMPARE_ARRAYS(flat(run->logits), readNumbers(file, group + "/logits"), (Tolerance{1e-4, 0}));
    HS_COMPARE_ARRAYS(allMaps(*run), readNumbers(file, group + "/attention"), (Tolerance{1e-5, 0}));
    std::vector<float> z;
    for (int l = 0; l < run->layers(); ++l) {
        const MatrixF layer = *run->activation("blocks." + std::to_string(l) + ".attn.hook_z");
        z.insert(z.end(), layer.data(), layer.data() + layer.rows() * layer.cols());
    }
    HS_COMPARE_ARRAYS(z, readNumbers(file, group + "/z"), (Tolerance{1e-4, 0}));
    const double expected = readNumberAttribute(file, group, "loss");
    QVERIFY2(std::abs(run->loss - expected) < 1e-5, qPrintable(QStringLiteral("%1 %2").arg(run->loss).arg(expected)));
}

void tst_reference::storiesAblations()
{
    HS_NEED_SHARED("models/stories260k/reference.h5");
    QFETCH(int, prompt);
    const std::string group = "prompt_" + std::to_string(prompt);
    const QString file = sharedData(kReference);
    const Numbers expected = readNumbers(file, group + "/zero_ablation_loss_change");
    const auto base = mustRun(forward(mustOpen(kStories), promptOf(readNumbers(file, group + "/tokens")), {}));
    std::vector<double> changes;
    for (int l = 0; l < base->layers(); ++l)
        for (int h = 0; h < base->heads(l); ++h) {
            ForwardOptions options;
            options.stats = false;
            options.interventions = {zeroHead({l, h})};
            changes.push_back(mustRun(forwardFrom(base, options))->loss - base->loss);
        }
    HS_COMPARE_ARRAYS(changes, expected, (Tolerance{1e-4, 0}));
}

void tst_reference::storiesHeadScores()
{
    HS_NEED_SHARED("models/stories260k/reference.h5");
    const QString file = sharedData(kReference);
    const auto run = mustRun(forward(mustOpen(kStories), promptOf(readNumbers(file, "repeated_random_tokens/tokens")), {}));
    const Numbers first = readNumbers(file, "repeated_random_tokens/first_token_score");
    const Numbers previous = readNumbers(file, "repeated_random_tokens/previous_token_score");
    // BOS has no earlier token and can only look at itself: its row is left out of both means.
    std::vector<double> gotFirst, gotPrevious;
    for (int l = 0; l < run->layers(); ++l)
        for (int h = 0; h < run->heads(l); ++h) {
            const auto stats = run->stats({l, h});
            gotFirst.push_back(std::accumulate(stats->rowFirst.begin() + 1, stats->rowFirst.end(), 0.0) / (run->queries() - 1));
            gotPrevious.push_back(static_cast<double>(stats->previousMass));
        }
    HS_COMPARE_ARRAYS(gotPrevious, previous, (Tolerance{1e-4, 0}));
    HS_COMPARE_ARRAYS(gotFirst, first, (Tolerance{1e-4, 0}));
}

void tst_reference::gpt2Layouts_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("attention");
    QTest::addColumn<double>("logits");
    for (const char* name : {"gpt2_hf_pt.h5", "gpt2_nanogpt.h5", "gpt2_tf_model.h5", "gpt2_tf_model_chunked_names.h5", "gpt2_transformerlens.h5"})
        QTest::newRow(name) << QString::fromLatin1(name) << 1e-5 << 1e-5;
    QTest::newRow("gpt2_transformerlens_f16.h5") << QStringLiteral("gpt2_transformerlens_f16.h5") << 5e-4 << 5e-3;
}

void tst_reference::gpt2Layouts()
{
    HS_NEED_SHARED("layouts/gpt2_golden_attention.h5");
    QFETCH(QString, name);
    QFETCH(double, attention);
    QFETCH(double, logits);
    const QString golden = sharedData(QStringLiteral("layouts/gpt2_golden_attention.h5"));
    const auto model = mustOpen(QStringLiteral("layouts/") + name, {{"n_heads", "4"}, {"act_fn", "gelu_new"}});
    const auto run = mustRun(forward(model, promptOf(readNumbers(golden, "samples/0/ids")), {}));
    HS_COMPARE_ARRAYS(allMaps(*run), readNumbers(golden, "samples/0/attentions"), (Tolerance{attention, 0}));
    HS_COMPARE_ARRAYS(flat(run->logits), readNumbers(golden, "samples/0/logits"), (Tolerance{logits, 0}));
}

void tst_reference::inductionModel()
{
    HS_NEED_SHARED("models/induction-2l1h/model.h5");
    const auto model = mustOpen(QStringLiteral("models/induction-2l1h/model.h5"));
    Random random(5);
    const int trials = 2000;
    int right = 0;
    double previous = 0, induction = 0;
    for (int t = 0; t < trials; ++t) {
        // Seven distinct letters, then one of the first six again: the letter after its first place must follow.
        std::vector<int> letters(26);
        std::iota(letters.begin(), letters.end(), 0);
        for (int i = 0; i < 7; ++i) std::swap(letters[static_cast<std::size_t>(i)], letters[static_cast<std::size_t>(i + random.below(26 - i))]);
        letters.resize(8);
        const int repeated = random.below(6);
        letters[7] = letters[static_cast<std::size_t>(repeated)];
        const auto run = mustRun(forward(model, promptOfIds(letters), {}));
        right += topNext(*run, 7, 1)[0].id == letters[static_cast<std::size_t>(repeated) + 1];
        previous += static_cast<double>(run->stats({0, 0})->previousMass) / trials;
        induction += static_cast<double>((*run->tile({1, 0}, MapKind::Weights, 7, 1, repeated + 1, 1))(0, 0)) / trials;
    }
    const double accuracy = static_cast<double>(right) / trials;
    QVERIFY2(std::abs(accuracy - 0.91) <= 0.02, qPrintable(QString::number(accuracy)));
    QVERIFY2(previous > 0.99, qPrintable(QString::number(previous)));
    QVERIFY2(std::abs(induction - 0.92) <= 0.02, qPrintable(QString::number(induction)));
}

QTEST_APPLESS_MAIN(tst_reference)
#include "tst_reference.moc"
