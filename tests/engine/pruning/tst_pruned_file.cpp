// SPDX-License-Identifier: GPL-3.0-or-later
// Heads removed physically: what the file computes equals what the masked model computes.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QList>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include "engine/forward/forward.h"
#include "engine/forward/sweep/ablation.h"
#include "engine/io/h5/file.h"
#include "engine/io/open.h"
#include "engine/io/write/write.h"
#include "tests/support/compare.h"
#include "tests/support/forward_cases.h"
#include "tests/support/paths.h"
#include "tests/support/shared_data.h"
#include "tests/support/small_disk.h"

using namespace hs;
using namespace hs::test;

namespace {

ForwardOptions under(Interventions interventions)
{
    ForwardOptions options;
    options.interventions = std::move(interventions);
    return options;
}

std::vector<float> outputOf(const Run& run)
{
    const MatrixF& m = run.model->canPredict() ? run.logits : run.residFinal;
    return {m.data(), m.data() + m.rows() * m.cols()};
}

HeadCuts cutsOf(const std::vector<HeadId>& heads)
{
    HeadCuts cuts;
    for (const HeadId h : heads) cuts.push_back({h, 0.0f, -1});
    return cuts;
}

std::shared_ptr<const AblationValues> meansOf(const std::shared_ptr<const Model>& model)
{
    return *collectAblationValues(model, {randomPrompt(12, model->config().dVocab, 4)}, AblationKind::Mean, {});
}

}  // namespace

class tst_pruned_file : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalsTheMaskedModel_data();
    void equalsTheMaskedModel();
    void groupedHeads();
    void allButOneHead();
    void prunedTwice();
    void shortNumbers();
    void sampleModel();
    void groupedModels_data();
    void groupedModels();
    void fullDisk();
    void refuses();
};

void tst_pruned_file::equalsTheMaskedModel_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("mean");
    const auto cases = forwardCases();
    for (std::size_t i = 0; i < cases.size(); ++i)
        for (const bool mean : {false, true})
            QTest::addRow("%s, %s", cases[i].name.c_str(), mean ? "mean" : "zero") << static_cast<int>(i) << mean;
}

void tst_pruned_file::equalsTheMaskedModel()
{
    QFETCH(int, index);
    QFETCH(bool, mean);
    const ForwardCase c = forwardCases()[static_cast<std::size_t>(index)];
    const auto model = randomModel(c.config, c.options);
    const auto prompt = randomPrompt(17, c.config.dVocab, 2);
    const AblationValues zero;
    const auto means = mean ? meansOf(model) : nullptr;
    const AblationValues& values = means ? *means : zero;
    std::vector<HeadId> all;
    for (int h = 0; h < c.config.heads(1); ++h) all.push_back({1, h});
    const int last = c.config.heads(0) - 1;
    for (std::vector<HeadId> heads : {std::vector<HeadId>{{0, 0}}, std::vector<HeadId>{{0, last}, {1, 0}}, all, std::vector<HeadId>{}}) {
        const auto pruned = withoutHeads(model, {heads, values.means});
        if (c.config.qkNorm == QkNorm::RmsWidth && !heads.empty()) {  // the others' queries and keys would change
            QVERIFY(!pruned.ok());
            QCOMPARE(pruned.error().item, std::string("qk_norm"));
            continue;
        }
        QVERIFY(pruned.ok());
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("pruned.h5")).toStdString();
        PruningRecord record;
        for (const HeadId h : heads) record.heads.push_back(headName(h));
        record.ablation = mean ? "mean" : "zero";
        record.score = "by hand";
        const Status written = writePrunedModel(path, **pruned, record);
        if (c.options.placeBias || c.options.placeVectors) {  // a file of ours has no place for them
            QVERIFY(!written);
            QCOMPARE(written.error().item, std::string("position scores"));
            continue;
        }
        QVERIFY2(written.ok(),
                 written.ok() ? "" : (written.error().item + ": " + written.error().found + " / " + written.error().expected).c_str());
        const auto opened = openModel(path);
        QVERIFY2(opened.ok(), opened.ok() ? "" : (opened.error().item + ": " + opened.error().found).c_str());
        QVERIFY((*opened)->missingTensors().empty());
        const auto expected = forward(model, prompt, under(cutInterventions(cutsOf(heads), values, c.config, prompt->size())));
        const auto got = forward(*opened, prompt, {});
        QVERIFY2(got.ok(), got.ok() ? "" : (got.error().item + ": " + got.error().found + " / " + got.error().expected).c_str());
        HS_COMPARE_ARRAYS(outputOf(**got), outputOf(**expected), (Tolerance{1e-4, 1e-5}));
        // Heads keep the numbers they had.
        std::vector<int> names, left;
        for (int h = 0; h < (*opened)->config().heads(0); ++h) names.push_back((*got)->originalHead(0, h));
        for (int h = 0; h < c.config.heads(0); ++h)
            if (std::find(heads.begin(), heads.end(), HeadId{0, h}) == heads.end()) left.push_back(h);
        QCOMPARE(names, left);
        if (heads == all) QCOMPARE((*opened)->config().heads(1), 0);
    }
}

void tst_pruned_file::groupedHeads()
{
    ModelConfig config = smallConfig(1, 8);
    config.nKvHeads = 4;  // two query heads share one
    const auto model = randomModel(config);
    const auto count = [&](std::vector<HeadId> cut) {
        const auto pruned = withoutHeads(model, {std::move(cut), {}});
        const auto w = *(*pruned)->layer(0);
        return std::make_pair((*pruned)->config().heads(0), w->kvHeadIds);
    };
    // A whole group: its key/value head goes.
    QCOMPARE(count({{0, 2}, {0, 3}}), std::make_pair(6, (std::vector<int>{0, 2, 3})));
    // One of each group: groups of one, nothing is repeated.
    QCOMPARE(count({{0, 0}, {0, 3}, {0, 4}, {0, 7}}), std::make_pair(4, (std::vector<int>{0, 1, 2, 3})));
    // Uneven: key/value heads are repeated, no query head reads another one's.
    QCOMPARE(count({{0, 0}}), std::make_pair(7, (std::vector<int>{0, 1, 1, 2, 2, 3, 3})));
    const auto prompt = randomPrompt(10, 50);
    for (const std::vector<HeadId>& cut : {std::vector<HeadId>{{0, 2}, {0, 3}}, std::vector<HeadId>{{0, 0}, {0, 3}, {0, 4}, {0, 7}},
                                           std::vector<HeadId>{{0, 0}}, std::vector<HeadId>{{0, 5}, {0, 6}, {0, 7}}}) {
        const auto pruned = withoutHeads(model, {cut, {}});
        const auto expected = forward(model, prompt, under(cutInterventions(cutsOf(cut), {}, config, 10)));
        const auto got = forward(*pruned, prompt, {});
        QVERIFY(got.ok());
        HS_COMPARE_ARRAYS(outputOf(**got), outputOf(**expected), (Tolerance{1e-5, 1e-5}));
    }
}

void tst_pruned_file::allButOneHead()
{
    const auto model = randomModel(smallConfig());
    std::vector<HeadId> cut;
    for (int i = 0; i < 8; ++i) cut.push_back({i / 4, i % 4});
    QCOMPARE(withoutHeads(model, {cut, {}}).error().code, ErrorCode::InvalidArgument);  // a model without any head is none
    cut.erase(cut.begin() + 6);
    const auto means = meansOf(model);
    const auto pruned = withoutHeads(model, {cut, means->means});
    QVERIFY(pruned.ok());
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("one.h5")).toStdString();
    QVERIFY(writePrunedModel(path, **pruned, {}).ok());
    const auto opened = openModel(path);
    QVERIFY2(opened.ok(), opened.ok() ? "" : (opened.error().item + " " + opened.error().found + " " + opened.error().expected).c_str());
    const auto prompt = randomPrompt(9, 50);
    const auto expected = forward(model, prompt, under(cutInterventions(cutsOf(cut), *means, model->config(), 9)));
    const auto got = forward(*opened, prompt, {});
    QVERIFY(got.ok());
    QCOMPARE((*got)->originalHead(1, 0), 2);
    HS_COMPARE_ARRAYS(outputOf(**got), outputOf(**expected), (Tolerance{1e-4, 1e-5}));
}

void tst_pruned_file::prunedTwice()
{
    const auto model = randomModel(smallConfig());
    QTemporaryDir folder;
    const std::string first = folder.filePath(QStringLiteral("1.h5")).toStdString(),
                      second = folder.filePath(QStringLiteral("2.h5")).toStdString();
    QVERIFY(writePrunedModel(first, **withoutHeads(model, {{{0, 1}}, {}}), {}).ok());
    const auto once = *openModel(first);
    // Head 1 of what is left was number 2.
    QVERIFY(writePrunedModel(second, **withoutHeads(once, {{{0, 1}}, {}}), {}).ok());
    const auto twice = *openModel(second);
    QCOMPARE((*twice->layer(0))->headIds, (std::vector<int>{0, 3}));
    const auto prompt = randomPrompt(9, 50);
    const auto expected = forward(model, prompt, under(cutInterventions(cutsOf({{0, 1}, {0, 2}}), {}, model->config(), 9)));
    HS_COMPARE_ARRAYS(outputOf(**forward(twice, prompt, {})), outputOf(**expected), (Tolerance{1e-4, 1e-5}));
}

void tst_pruned_file::shortNumbers()
{
    // A file of 16-bit numbers: what is folded into b_O keeps its digits.
    OpenOptions options;
    options.config = {{"n_heads", "4"}, {"act_fn", "gelu_new"}};
    const auto model = openModel(fixturePath("layouts/gpt2_transformerlens_f16.h5"), options);
    QVERIFY(model.ok());
    const auto means = meansOf(*model);
    const std::vector<HeadId> cut{{0, 1}, {0, 2}, {1, 3}};
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("half.h5")).toStdString();
    QVERIFY(writePrunedModel(path, **withoutHeads(*model, {cut, means->means}), {}).ok());
    const auto opened = openModel(path);
    QVERIFY(opened.ok());
    for (const TensorInfo& t : (*opened)->tensors()) {
        if (t.role == "layers/0/attn/b_O") QCOMPARE(t.dtype, Dtype::F32);
        if (t.role == "layers/0/attn/W_O") QCOMPARE(t.dtype, Dtype::F16);
    }
    const auto prompt = randomPrompt(9, (*model)->config().dVocab);
    const auto expected = forward(*model, prompt, under(cutInterventions(cutsOf(cut), *means, (*model)->config(), 9)));
    HS_COMPARE_ARRAYS(outputOf(**forward(*opened, prompt, {})), outputOf(**expected), (Tolerance{1e-4, 1e-5}));
}

void tst_pruned_file::sampleModel()
{
    const std::string source = samplePath();
    const auto model = openModel(source);
    QVERIFY(model.ok());
    const auto means = meansOf(*model);
    const std::vector<HeadId> cut{{0, 7}, {1, 1}, {1, 3}, {2, 3}, {3, 7}};
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("sample.h5")).toStdString();
    PruningRecord record;
    record.sourceFile = source;
    record.sourceHash = "0123";
    record.ablation = "mean";
    record.calibration = "text";
    for (const HeadId h : cut) record.heads.push_back(headName(h));
    QVERIFY(writePrunedModel(path, **withoutHeads(*model, {cut, means->means}), record).ok());
    const auto opened = openModel(path);
    QVERIFY(opened.ok());
    QVERIFY((*opened)->tokenizer());
    QVERIFY((*opened)->weightBytes() < (*model)->weightBytes());
    QVERIFY(QFileInfo(QString::fromStdString(path)).size() < QFileInfo(QString::fromStdString(source)).size());
    const auto prompt =
        std::make_shared<const Prompt>(*makePrompt(*(*opened)->tokenizer(), "The old house stood still and the old house blew open."));
    const auto expected = forward(*model, prompt, under(cutInterventions(cutsOf(cut), *means, (*model)->config(), prompt->size())));
    const auto got = forward(*opened, prompt, {});
    HS_COMPARE_ARRAYS(outputOf(**got), outputOf(**expected), (Tolerance{1e-4, 0}));
    QCOMPARE((*got)->originalHead(0, 6), 6);
    QCOMPARE((*got)->originalHead(1, 1), 2);

    const auto file = h5::File::open(path);
    QVERIFY(file.ok());
    const auto& attributes = (*file)->inventory().attributesOf("provenance");
    QCOMPARE(attributes.at("source_sha256").asText(), std::string("0123"));
    QCOMPARE(attributes.at("ablation").asText(), std::string("mean"));
    QCOMPARE(attributes.at("ablation_text").asText(), std::string("text"));
    QCOMPARE(std::get<std::vector<std::string>>(attributes.at("pruned_heads").value), record.heads);
}

void tst_pruned_file::groupedModels_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QList<int>>("heads");   // layer, head, layer, head ...
    QTest::addColumn<QList<int>>("kvLeft");  // of layer 1: both query heads of one key and value head are gone
    QTest::newRow("tiny llama") << fixture("models/tiny-llama/model.h5") << QList<int>{0, 0, 1, 2, 1, 3, 2, 0, 2, 3} << QList<int>{0};
    QTest::newRow("stories260k") << sharedData("models/stories260k/model.h5") << QList<int>{0, 0, 1, 2, 1, 3, 4, 0, 4, 3, 4, 5, 4, 6}
                                 << QList<int>{0, 2, 3};
}

void tst_pruned_file::groupedModels()
{
    QFETCH(QString, file);
    QFETCH(QList<int>, heads);
    QFETCH(QList<int>, kvLeft);
    HS_NEED_SHARED(file);
    const auto model = openModel(file.toStdString());
    QVERIFY(model.ok());
    std::vector<HeadId> cut;
    for (qsizetype i = 0; i < heads.size(); i += 2) cut.push_back({heads[i], heads[i + 1]});
    const auto means = meansOf(*model);
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("grouped.h5")).toStdString();
    QVERIFY(writePrunedModel(path, **withoutHeads(*model, {cut, means->means}), {}).ok());
    const auto opened = openModel(path);
    QVERIFY(opened.ok());
    QCOMPARE((*(*opened)->layer(1))->kvHeadIds, std::vector<int>(kvLeft.begin(), kvLeft.end()));
    const auto prompt = randomPrompt(40, 512);
    const auto expected = forward(*model, prompt, under(cutInterventions(cutsOf(cut), *means, (*model)->config(), 40)));
    HS_COMPARE_ARRAYS(outputOf(**forward(*opened, prompt, {})), outputOf(**expected), (Tolerance{1e-4, 0}));
}

void tst_pruned_file::fullDisk()
{
    // No room for more than some bytes: what stands at the path before stays, nothing else is left behind.
    const auto model = randomModel(smallConfig());
    const auto pruned = *withoutHeads(model, {{{0, 1}}, {}});
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("kept.h5"));
    QFile before(path);
    QVERIFY(before.open(QIODevice::WriteOnly));
    before.write("precious");
    before.close();
    Status written;
    {
        const SmallDisk disk(4096);
        written = writePrunedModel(path.toStdString(), *pruned, {});
    }
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code, ErrorCode::DiskFull);
    QVERIFY(before.open(QIODevice::ReadOnly));
    QCOMPARE(before.readAll(), QByteArray("precious"));
    before.close();
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("kept.h5")});
}

void tst_pruned_file::refuses()
{
    const auto model = randomModel(smallConfig());
    QCOMPARE(withoutHeads(model, {{{2, 0}}, {}}).error().code, ErrorCode::HeadOutOfRange);
    QCOMPARE(withoutHeads(model, {{{0, 4}}, {}}).error().code, ErrorCode::HeadOutOfRange);
    QCOMPARE(withoutHeads(model, {{{0, 1}}, {{1.0f}}}).error().code, ErrorCode::ShapeMismatch);
    QCOMPARE(withoutHeads(model, {{{0, 1}}, {{1.0f}, {2.0f}}}).error().code, ErrorCode::ShapeMismatch);
    QTemporaryDir folder;
    const Status nowhere =
        writePrunedModel(folder.filePath(QStringLiteral("no/such/folder/x.h5")).toStdString(), **withoutHeads(model, {{{0, 1}}, {}}), {});
    QVERIFY(!nowhere.ok());
    QCOMPARE(nowhere.error().code, ErrorCode::FolderMissing);
}

QTEST_APPLESS_MAIN(tst_pruned_file)
#include "tst_pruned_file.moc"
