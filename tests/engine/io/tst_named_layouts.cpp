// SPDX-License-Identifier: GPL-3.0-or-later
// Files told by their tensors' names: tied models with one matrix, the teaching layout, and files that only resemble a family.
#include <QTemporaryDir>
#include <QTest>

#include "engine/io/open.h"
#include "tests/support/model_compare.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"

namespace hs {
extern const Layout kHfGpt2, kHfLlama, kTeaching;
}

using namespace hs;
using namespace hs::test;

namespace {

std::string why(const Result<std::shared_ptr<const Model>>& model)
{
    return model ? std::string() : model.error().item + ": " + model.error().found + " / " + model.error().expected;
}

Result<std::shared_ptr<const Model>> opened(const QTemporaryDir& folder, const std::vector<SafeTensor>& tensors,
                                            const std::string& settings = {})
{
    if (!settings.empty()) writeText(folder.filePath("config.json").toStdString(), settings);
    writeText(folder.filePath("model.safetensors").toStdString(), safetensorsText(tensors));
    return openModel(folder.path().toStdString());
}

std::vector<SafeTensor> renamed(std::vector<SafeTensor> tensors, const std::string& from, const std::string& to)
{
    for (SafeTensor& t : tensors)
        if (const std::size_t at = t.name.find(from); at != std::string::npos) t.name.replace(at, from.size(), to);
    return tensors;
}

std::vector<SafeTensor> without(std::vector<SafeTensor> tensors, const std::string& part)
{
    std::erase_if(tensors, [&](const SafeTensor& t) { return t.name.find(part) != std::string::npos; });
    return tensors;
}

std::shared_ptr<const Model> llama()
{
    ModelConfig c = smallConfig();
    c.norm = NormKind::RmsNorm;
    c.activation = Activation::Silu;
    c.gatedMlp = true;
    c.position = PositionKind::Rotary;
    c.rotaryDim = c.dHead;
    RandomModelOptions options;
    options.attentionBiases = options.mlpBiases = options.normBiases = false;
    return randomModel(c, options);
}

constexpr const char* llamaSettings =
    R"("model_type":"llama","hidden_size":32,"num_attention_heads":4,"num_hidden_layers":2,"hidden_act":"silu","rms_norm_eps":1e-5)";

}  // namespace

class tst_named_layouts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tiedByItsOutput_data();
    void tiedByItsOutput();
    void notTied();
    void teaching_data();
    void teaching();
    void onlyResembles_data();
    void onlyResembles();
    void partsMayBeMissing();
};

void tst_named_layouts::tiedByItsOutput_data()
{
    QTest::addColumn<bool>("gpt2");
    QTest::addColumn<QString>("settings");
    QTest::newRow("GPT-2, as its family is") << true << R"({"n_head":4})";
    QTest::newRow("GPT-2, said") << true << R"({"n_head":4,"tie_word_embeddings":true})";
    QTest::newRow("LLaMA, said") << false << QString("{") + llamaSettings + R"(,"tie_word_embeddings":true})";
}

void tst_named_layouts::tiedByItsOutput()
{
    QFETCH(bool, gpt2);
    QFETCH(QString, settings);
    const auto expected = gpt2 ? randomModel(smallConfig()) : llama();
    auto tensors = tensorsAs(gpt2 ? kHfGpt2 : kHfLlama, *expected);
    tensors = renamed(tensors, gpt2 ? "wte.weight" : "embed_tokens.weight", "lm_head.weight");
    QTemporaryDir folder;
    const auto model = opened(folder, tensors, settings.toStdString());
    QVERIFY2(model.ok(), why(model).c_str());
    QCOMPARE((*model)->config().output, OutputKind::Tied);
    QVERIFY((*model)->canPredict());
    QVERIFY((*model)->missingTensors().empty());
    QCOMPARE(worstModel(**model, *expected), std::string());
}

void tst_named_layouts::notTied()
{
    QTemporaryDir folder;
    const auto tensors = renamed(tensorsAs(kHfGpt2, *randomModel(smallConfig())), "wte.weight", "lm_head.weight");
    const auto model = opened(folder, tensors, R"({"n_head":4,"tie_word_embeddings":false})");
    QVERIFY2(model.ok(), why(model).c_str());
    QVERIFY((*model)->lacks(Part::TokenEmbedding));
    QVERIFY(!(*model)->canRun());
}

void tst_named_layouts::teaching_data()
{
    QTest::addColumn<bool>("together");
    QTest::addColumn<bool>("biases");
    QTest::addColumn<QString>("prefix");
    for (const bool together : {false, true})
        for (const bool biases : {false, true})
            for (const char* prefix : {"", "_orig_mod."})
                QTest::addRow("%s%s%s", together ? "qkv" : "three matrices", biases ? ", biases" : "", *prefix ? ", compiled" : "")
                    << together << biases << QString(prefix);
}

void tst_named_layouts::teaching()
{
    QFETCH(bool, together);
    QFETCH(bool, biases);
    QFETCH(QString, prefix);
    ModelConfig c = smallConfig();
    c.output = OutputKind::Untied;
    const auto source = randomModel(c);
    std::vector<SafeTensor> tensors = tensorsAs(kTeaching, *source, prefix.toStdString());
    tensors = without(tensors, ".att.proj.");  // out_proj's other name
    if (together) tensors = without(without(without(tensors, "W_query"), "W_key"), "W_value");
    else tensors = without(tensors, ".qkv.");
    if (!biases) tensors = without(without(without(without(tensors, "W_query.bias"), "W_key.bias"), "W_value.bias"), "qkv.bias");
    tensors.push_back(floatTensor(prefix.toStdString() + "trf_blocks.0.att.mask", {64, 64}, std::vector<float>(64 * 64, 1.0f)));
    QTemporaryDir folder;
    const auto model =
        opened(folder, tensors, R"({"vocab_size":50,"context_length":64,"emb_dim":32,"n_heads":4,"n_layers":2,"qkv_bias":false})");
    QVERIFY2(model.ok(), why(model).c_str());
    QCOMPARE((*model)->identity().layout, std::string("raschka-gpt"));
    QVERIFY((*model)->guessedKeys().empty());
    QVERIFY((*model)->missingTensors().empty());
    QVERIFY((*model)->canPredict());
    const ModelConfig& got = (*model)->config();
    QCOMPARE(got.nCtx, 64);
    QCOMPARE(got.dHead, 8);
    QCOMPARE(got.activation, Activation::GeluTanh);
    QCOMPARE(got.eps, 1e-5);
    QCOMPARE(got.output, OutputKind::Untied);
    if (biases) QCOMPARE(worstModel(**model, *source), std::string());
    else QVERIFY((*(*model)->layer(1))->bQ.empty());
    QCOMPARE(worst((*(*model)->layer(1))->wV, (*source->layer(1))->wV, 0), std::string());
}

void tst_named_layouts::onlyResembles_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("nearest");
    QTest::addColumn<QString>("first");
    // OPT: other norms, another MLP, learned positions.
    QTest::newRow("another MLP under LLaMA's attention") << ".mlp."
                                                         << ".fc."
                                                         << "hf-llama"
                                                         << "layers.0.fc.gate_proj.weight";
    QTest::newRow("other norms") << "input_layernorm"
                                 << "self_attn_layer_norm"
                                 << "hf-llama"
                                 << "layers.0.self_attn_layer_norm.weight";
    QTest::newRow("no attention that is known") << "self_attn"
                                                << "mixer"
                                                << "hf-llama"
                                                << "layers.0.mixer.q_proj.weight";
    QTest::newRow("nothing alike") << ""
                                   << ""
                                   << ""
                                   << "a0, a1, a2, a3 ...";
}

void tst_named_layouts::onlyResembles()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, nearest);
    QFETCH(QString, first);
    auto tensors = tensorsAs(kHfLlama, *llama());
    if (from.isEmpty())
        for (std::size_t t = 0; t < tensors.size(); ++t) tensors[t].name = "a" + std::to_string(t);
    else tensors = renamed(tensors, from.toStdString(), to.toStdString());
    QTemporaryDir folder;
    const auto model = opened(folder, tensors);
    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::UnknownLayout);
    QCOMPARE(QString::fromStdString(model.error().found), nearest);
    QVERIFY2(QString::fromStdString(model.error().item).startsWith(first), model.error().item.c_str());
}

/// A file that lacks parts and has nothing else in their place is a partial one, not another family.
void tst_named_layouts::partsMayBeMissing()
{
    QTemporaryDir folder;
    const auto model = opened(folder, without(tensorsAs(kHfLlama, *llama()), ".mlp."), std::string("{") + llamaSettings + "}");
    QVERIFY2(model.ok(), why(model).c_str());
    QVERIFY((*model)->lacks(Part::Mlp));
}

QTEST_APPLESS_MAIN(tst_named_layouts)
#include "tst_named_layouts.moc"
