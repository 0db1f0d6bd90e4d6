// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints that lost the same number of heads in every layer, with the settings of the whole model beside them.
#include <QTemporaryDir>
#include <QTest>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "engine/model/prune.h"
#include "tests/support/model_compare.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"

namespace hs {
extern const Layout kHfGpt2, kHfLlama;
}

using namespace hs;
using namespace hs::test;

namespace {

constexpr const char* gpt2Settings = R"("model_type":"gpt2","n_embd":32,"n_head":4,"n_layer":2,"activation_function":"gelu_new")";
constexpr const char* llamaSettings =
    R"("model_type":"llama","hidden_size":32,"num_attention_heads":4,"num_hidden_layers":2,"hidden_act":"silu","rms_norm_eps":1e-5)";

std::shared_ptr<const Model> gpt2() { return randomModel(smallConfig()); }

std::shared_ptr<const Model> llama(int kvHeads)
{
    ModelConfig c = smallConfig();
    c.nKvHeads = kvHeads;
    c.norm = NormKind::RmsNorm;
    c.activation = Activation::Silu;
    c.gatedMlp = true;
    c.position = PositionKind::Rotary;
    c.rotaryDim = c.dHead;
    c.output = OutputKind::Untied;
    RandomModelOptions options;
    options.attentionBiases = options.mlpBiases = options.normBiases = false;
    return randomModel(c, options);
}

/// Writes the model that is left under a family's names, with settings, and opens it.
Result<std::shared_ptr<const Model>> reopened(const QTemporaryDir& folder, const Layout& layout, const Model& left,
                                              const std::string& settings, const OpenOptions& options = {})
{
    writeText(folder.filePath("config.json").toStdString(), "{" + settings + "}");
    writeText(folder.filePath("model.safetensors").toStdString(), safetensorsText(tensorsAs(layout, left)));
    return openModel(folder.path().toStdString(), options);
}

std::string why(const Result<std::shared_ptr<const Model>>& model)
{
    return model ? std::string() : model.error().item + ": " + model.error().found + " / " + model.error().expected;
}

std::vector<int> names(const Model& model, int layer)
{
    const auto w = *model.layer(layer);
    if (!w->headIds.empty()) return w->headIds;
    std::vector<int> out;
    for (int h = 0; h < w->nHeads; ++h) out.push_back(h);
    return out;
}

}  // namespace

class tst_pruned_alike : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gpt2LosesOneHeadALayer_data();
    void gpt2LosesOneHeadALayer();
    void llamaLosesHeads_data();
    void llamaLosesHeads();
    void namesWhereOneLayerIsWhole();
    void whatTheUserSaysCountsTheFile();
    void namesThatDoNotFit_data();
    void namesThatDoNotFit();
};

void tst_pruned_alike::gpt2LosesOneHeadALayer_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<bool>("named");
    QTest::newRow("settings kept") << "" << false;
    QTest::newRow("nothing pruned, they say") << R"(,"pruned_heads":{})" << false;
    QTest::newRow("with the heads' numbers") << R"(,"pruned_heads":{"0":[1],"1":[2]})" << true;
}

void tst_pruned_alike::gpt2LosesOneHeadALayer()
{
    QFETCH(QString, more);
    QFETCH(bool, named);
    const auto whole = gpt2();
    const auto left = *withoutHeads(whole, {{{0, 1}, {1, 2}}, {}});
    QTemporaryDir folder;
    const auto model = reopened(folder, kHfGpt2, *left, gpt2Settings + more.toStdString());
    QVERIFY2(model.ok(), why(model).c_str());
    QCOMPARE((*model)->config().dHead, 8);
    QCOMPARE((*model)->config().nHeads, 3);
    QVERIFY((*model)->config().headsPerLayer.empty());
    QCOMPARE((*model)->origins().at("n_heads").origin, Origin::Shapes);
    const std::string difference = worstModel(**model, *left);
    QVERIFY2(difference.empty(), difference.c_str());
    QCOMPARE(names(**model, 0), named ? (std::vector<int>{0, 2, 3}) : (std::vector<int>{0, 1, 2}));
    QCOMPARE(names(**model, 1), named ? (std::vector<int>{0, 1, 3}) : (std::vector<int>{0, 1, 2}));
    // The maps are those of the whole model with these heads off.
    const auto prompt = randomPrompt(12, 50);
    ForwardOptions off;
    off.interventions = {zeroHead({0, 1}), zeroHead({1, 2})};
    const auto expected = forward(whole, prompt, off), got = forward(*model, prompt, {});
    QVERIFY(expected.ok() && got.ok());
    for (int h = 0; h < 3; ++h) {
        const int original = h + (h >= 2 ? 1 : 0);
        if (named) QCOMPARE((*got)->originalHead(1, h), original);
        const auto a = (*expected)->tile({1, original}, MapKind::Weights, 0, 12, 0, 12);
        const auto b = (*got)->tile({1, h}, MapKind::Weights, 0, 12, 0, 12);
        QVERIFY(a.ok() && b.ok());
        QCOMPARE(worst(*b, *a, 1e-5), std::string());
    }
}

void tst_pruned_alike::llamaLosesHeads_data()
{
    QTest::addColumn<int>("kvHeads");
    QTest::addColumn<QString>("more");
    QTest::newRow("every head its own keys") << 4 << "";
    QTest::newRow("keys counted in the settings") << 4 << R"(,"num_key_value_heads":4)";
    QTest::newRow("the width said too") << 4 << R"(,"num_key_value_heads":4,"head_dim":8)";
    QTest::newRow("a whole group") << 2 << R"(,"num_key_value_heads":2)";
}

void tst_pruned_alike::llamaLosesHeads()
{
    QFETCH(int, kvHeads);
    QFETCH(QString, more);
    std::vector<HeadId> cut{{0, 0}, {1, 3}};
    if (kvHeads == 2) cut = {{0, 0}, {0, 1}, {1, 2}, {1, 3}};
    const auto left = *withoutHeads(llama(kvHeads), {cut, {}});
    QTemporaryDir folder;
    const auto model = reopened(folder, kHfLlama, *left, llamaSettings + more.toStdString());
    QVERIFY2(model.ok(), why(model).c_str());
    QCOMPARE((*model)->config().dHead, 8);
    QCOMPARE((*model)->config().nHeads, kvHeads == 2 ? 2 : 3);
    QCOMPARE((*model)->config().nKvHeads, kvHeads == 2 ? 1 : 3);
    const std::string difference = worstModel(**model, *left);
    QVERIFY2(difference.empty(), difference.c_str());
}

void tst_pruned_alike::namesWhereOneLayerIsWhole()
{
    const auto left = *withoutHeads(gpt2(), {{{1, 0}, {1, 2}}, {}});
    QTemporaryDir folder;
    const auto model = reopened(folder, kHfGpt2, *left, gpt2Settings + std::string(R"(,"pruned_heads":{"1":[2,0]})"));
    QVERIFY2(model.ok(), why(model).c_str());
    QCOMPARE((*model)->config().headsPerLayer, (std::vector<int>{4, 2}));
    QCOMPARE(names(**model, 0), (std::vector<int>{0, 1, 2, 3}));
    QCOMPARE(names(**model, 1), (std::vector<int>{1, 3}));
}

void tst_pruned_alike::whatTheUserSaysCountsTheFile()
{
    const auto left = *withoutHeads(gpt2(), {{{0, 1}, {0, 2}, {1, 0}, {1, 1}}, {}});
    QTemporaryDir folder;
    OpenOptions options;
    options.config["n_heads"] = "2";
    const auto said = reopened(folder, kHfGpt2, *left, gpt2Settings, options);
    QVERIFY2(said.ok(), why(said).c_str());
    QCOMPARE((*said)->config().nHeads, 2);
    QCOMPARE((*said)->config().dHead, 8);
    QCOMPARE((*said)->origins().at("n_heads").origin, Origin::User);
    const auto named = reopened(folder, kHfGpt2, *left, gpt2Settings + std::string(R"(,"pruned_heads":{"0":[1,2],"1":[0,1]})"), options);
    QVERIFY2(named.ok(), why(named).c_str());
    QCOMPARE(names(**named, 0), (std::vector<int>{0, 3}));
    QCOMPARE(names(**named, 1), (std::vector<int>{2, 3}));
}

void tst_pruned_alike::namesThatDoNotFit_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<int>("code");
    const auto row = [](const char* list, ErrorCode code) { QTest::newRow(list) << list << static_cast<int>(code); };
    row(R"({"0":[1,2],"1":[1]})", ErrorCode::ConfigContradiction);
    row(R"({"7":[1]})", ErrorCode::ConfigContradiction);
    row(R"({"0":[9]})", ErrorCode::ConfigContradiction);
    row(R"({"0":[-1]})", ErrorCode::ConfigInvalid);
    row(R"({"first":[1]})", ErrorCode::ConfigInvalid);
    row(R"({"0":"1"})", ErrorCode::ConfigInvalid);
    row(R"([[1],[1]])", ErrorCode::ConfigInvalid);
    row(R"({"0":[18446744073709551616]})", ErrorCode::ConfigInvalid);
}

void tst_pruned_alike::namesThatDoNotFit()
{
    QFETCH(QString, list);
    QFETCH(int, code);
    const auto left = *withoutHeads(gpt2(), {{{0, 1}, {1, 1}}, {}});
    QTemporaryDir folder;
    const auto model = reopened(folder, kHfGpt2, *left, gpt2Settings + (R"(,"pruned_heads":)" + list.toStdString()));
    QVERIFY(!model);
    QCOMPARE(static_cast<int>(model.error().code), code);
    QCOMPARE(QString::fromStdString(model.error().item), QStringLiteral("pruned_heads"));
}

QTEST_APPLESS_MAIN(tst_pruned_alike)
#include "tst_pruned_alike.moc"
