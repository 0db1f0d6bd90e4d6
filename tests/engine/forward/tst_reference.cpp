// SPDX-License-Identifier: GPL-3.0-or-later
// Models in files against numbers computed elsewhere: logits, attention, z, losses, ablations, head scores.
#include <QTest>

#include <numeric>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "tests/support/compare.h"
#include "tests/support/flat.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/must.h"
#include "tests/support/random_model.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

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

/// Rows of models with numbers from an independent pass in double precision: column "reference" is its file, "model" what it is about.
void addReference(const char* name, const QString& model, const QString& reference, int prompts)
{
    for (int i = 0; i < prompts; ++i) QTest::addRow("%s %d", name, i) << model << reference << i;
}

void addColumns()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("reference");
    QTest::addColumn<int>("prompt");
}

/// A grouped LLaMA of random weights that ships with the project, and a trained one.
void addLlamas(int prompts)
{
    addReference("tiny llama", fixture("models/tiny-llama/model.h5"), fixture("models/tiny-llama/reference.h5"), prompts);
    addReference("stories260k", sharedData("models/stories260k/model.h5"), sharedData("models/stories260k/reference.h5"), prompts);
}

}  // namespace

class tst_reference : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void llamas_data();
    void llamas();
    void ablations_data();
    void ablations();
    void headScores_data();
    void headScores();
    void gpt2Layouts_data();
    void gpt2Layouts();
    void inductionModel_data();
    void inductionModel();
};

void tst_reference::llamas_data()
{
    addColumns();
    addLlamas(3);
}

void tst_reference::llamas()
{
    QFETCH(QString, model);
    QFETCH(QString, reference);
    QFETCH(int, prompt);
    HS_NEED_SHARED(reference);
    const std::string group = "prompt_" + std::to_string(prompt);
    const auto run = must(forward(mustOpen(model), promptOf(readNumbers(reference, group + "/tokens")), {}));
    QVERIFY(run->queries() > 1);
    HS_COMPARE_ARRAYS(flat(run->logits), readNumbers(reference, group + "/logits"), (Tolerance{1e-4, 0}));
    HS_COMPARE_ARRAYS(allMaps(*run), readNumbers(reference, group + "/attention"), (Tolerance{1e-5, 0}));
    std::vector<float> z;
    for (int l = 0; l < run->layers(); ++l) {
        const MatrixF layer = *run->activation("blocks." + std::to_string(l) + ".attn.hook_z");
        z.insert(z.end(), layer.data(), layer.data() + layer.rows() * layer.cols());
    }
    HS_COMPARE_ARRAYS(z, readNumbers(reference, group + "/z"), (Tolerance{1e-4, 0}));
    const double expected = readNumberAttribute(reference, group, "loss");
    QVERIFY2(std::abs(run->loss - expected) < 1e-5, qPrintable(QStringLiteral("%1 %2").arg(run->loss).arg(expected)));
}

void tst_reference::ablations_data()
{
    addColumns();
    addLlamas(3);
    addReference("sample", sampleFile(), fixture("models/sample/reference.h5"), 3);
}

void tst_reference::ablations()
{
    QFETCH(QString, model);
    QFETCH(QString, reference);
    QFETCH(int, prompt);
    HS_NEED_SHARED(reference);
    const std::string group = "prompt_" + std::to_string(prompt);
    const Numbers expected = readNumbers(reference, group + "/zero_ablation_loss_change");
    QVERIFY(expected.size() > 0);
    const auto base = must(forward(mustOpen(model), promptOf(readNumbers(reference, group + "/tokens")), {}));
    std::vector<double> changes;
    for (int l = 0; l < base->layers(); ++l)
        for (int h = 0; h < base->heads(l); ++h) {
            ForwardOptions options;
            options.stats = false;
            options.interventions = {zeroHead({l, h})};
            changes.push_back(must(forwardFrom(base, options))->loss - base->loss);
        }
    HS_COMPARE_ARRAYS(changes, expected, (Tolerance{1e-4, 0}));
}

void tst_reference::headScores_data()
{
    addColumns();
    addLlamas(1);
}

void tst_reference::headScores()
{
    QFETCH(QString, model);
    QFETCH(QString, reference);
    HS_NEED_SHARED(reference);
    const auto run = must(forward(mustOpen(model), promptOf(readNumbers(reference, "repeated_random_tokens/tokens")), {}));
    QCOMPARE(run->queries(), 129);
    const Numbers first = readNumbers(reference, "repeated_random_tokens/first_token_score");
    const Numbers previous = readNumbers(reference, "repeated_random_tokens/previous_token_score");
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
    for (const char* name :
         {"gpt2_hf_pt.h5", "gpt2_nanogpt.h5", "gpt2_tf_model.h5", "gpt2_tf_model_chunked_names.h5", "gpt2_transformerlens.h5"})
        QTest::newRow(name) << QString::fromLatin1(name) << 1e-5 << 1e-5;
    QTest::newRow("gpt2_transformerlens_f16.h5") << QStringLiteral("gpt2_transformerlens_f16.h5") << 5e-4 << 5e-3;
}

void tst_reference::gpt2Layouts()
{
    QFETCH(QString, name);
    QFETCH(double, attention);
    QFETCH(double, logits);
    const QString golden = fixture("layouts/gpt2_golden_attention.h5");
    const auto model = mustOpen(fixture("layouts/") + name, {{"n_heads", "4"}, {"act_fn", "gelu_new"}});
    const auto run = must(forward(model, promptOf(readNumbers(golden, "samples/0/ids")), {}));
    HS_COMPARE_ARRAYS(allMaps(*run), readNumbers(golden, "samples/0/attentions"), (Tolerance{attention, 0}));
    HS_COMPARE_ARRAYS(flat(run->logits), readNumbers(golden, "samples/0/logits"), (Tolerance{logits, 0}));
}

void tst_reference::inductionModel_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<double>("accuracyExpected");
    QTest::addColumn<double>("inductionExpected");
    QTest::newRow("by hand") << fixture("models/induction/model.h5") << 1.0 << 0.985;  // e^6 among six ones and next to nothing
    QTest::newRow("trained") << sharedData("models/induction-2l1h/model.h5") << 0.91 << 0.92;
}

void tst_reference::inductionModel()
{
    QFETCH(QString, file);
    QFETCH(double, accuracyExpected);
    QFETCH(double, inductionExpected);
    HS_NEED_SHARED(file);
    const auto model = mustOpen(file);
    Random random(5);
    const int trials = 2000;
    int right = 0;
    double previous = 0, induction = 0;
    for (int t = 0; t < trials; ++t) {
        // Seven distinct letters, then one of the first six again: the letter after its first place must follow.
        std::vector<int> letters(26);
        std::iota(letters.begin(), letters.end(), 0);
        for (int i = 0; i < 7; ++i)
            std::swap(letters[static_cast<std::size_t>(i)], letters[static_cast<std::size_t>(i + random.below(26 - i))]);
        letters.resize(8);
        const int repeated = random.below(6);
        letters[7] = letters[static_cast<std::size_t>(repeated)];
        const auto run = must(forward(model, promptOfIds(letters), {}));
        right += topNext(*run, 7, 1)[0].id == letters[static_cast<std::size_t>(repeated) + 1];
        previous += static_cast<double>(run->stats({0, 0})->previousMass) / trials;
        induction += static_cast<double>((*run->tile({1, 0}, MapKind::Weights, 7, 1, repeated + 1, 1))(0, 0)) / trials;
    }
    const double accuracy = static_cast<double>(right) / trials;
    QVERIFY2(std::abs(accuracy - accuracyExpected) <= 0.02, qPrintable(QString::number(accuracy)));
    QVERIFY2(previous > 0.99, qPrintable(QString::number(previous)));
    QVERIFY2(std::abs(induction - inductionExpected) <= 0.02, qPrintable(QString::number(induction)));
}

QTEST_APPLESS_MAIN(tst_reference)
#include "tst_reference.moc"
