// SPDX-License-Identifier: GPL-3.0-or-later
// LoRA adapters merged into a model's weights: W + alpha/r B A, by numbers made by hand, and all that is refused.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "engine/io/store/adapter.h"
#include "engine/io/write/write.h"
#include "tests/support/adapter_files.h"
#include "tests/support/model_compare.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"

namespace hs {
extern const Layout kHfGpt2, kHfLlama;
}

using namespace hs;
using namespace hs::test;

namespace {

std::shared_ptr<const Model> gpt2() { return randomModel(smallConfig()); }

std::shared_ptr<const Model> llama()
{
    ModelConfig c = smallConfig();
    c.norm = NormKind::RmsNorm;
    c.position = PositionKind::Rotary;
    c.rotaryDim = c.dHead;
    c.gatedMlp = true;
    c.activation = Activation::Silu;
    c.output = OutputKind::Untied;
    c.nKvHeads = 2;
    RandomModelOptions options;
    options.normBiases = options.mlpBiases = options.attentionBiases = false;
    return randomModel(c, options);
}

struct Folder {
    QTemporaryDir dir;
    std::string path(const char* name) const { return dir.filePath(QString::fromLatin1(name)).toStdString(); }
    /// The model under its family's names (behind a prefix), and an adapter in a folder beside it.
    Folder(const Layout& layout, const Model& model, const std::string& prefix = "transformer.")
    {
        QDir(dir.path()).mkpath(QStringLiteral("model"));
        QDir(dir.path()).mkpath(QStringLiteral("tuned"));
        writeText(path("model/model.safetensors"), safetensorsText(tensorsAs(layout, model, prefix)));
        std::string config = R"({"num_attention_heads":4,"num_key_value_heads":2,"rms_norm_eps":1e-5})";
        if (&layout == &kHfGpt2) config = R"({"n_head":4})";
        writeText(path("model/config.json"), config);
    }
    void adapter(const std::vector<SafeTensor>& tensors, const std::string& config) const
    {
        writeText(path("tuned/adapter_model.safetensors"), safetensorsText(tensors));
        writeText(path("tuned/adapter_config.json"), config);
    }
    Result<std::shared_ptr<const Model>> open(const char* folder = "tuned") const
    {
        OpenOptions options;
        options.adapter = folder == std::string("none") ? folder : path(folder);
        return openModel(path("model"), options);
    }
};

std::string why(const Result<std::shared_ptr<const Model>>& model)
{
    return model ? std::string() : model.error().item + ": " + model.error().found + " / " + model.error().expected;
}

}  // namespace

class tst_adapter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fused();
    void scales_data();
    void scales();
    void linear();
    void embeddingAndSaved();
    void targets_data();
    void targets();
    void refused_data();
    void refused();
    void chosen();
    void converts();
};

/// c_attn is [in, 3 out]: what is added to output d + 5 is added to output 5 of the keys.
void tst_adapter::fused()
{
    const auto base = gpt2();
    const int d = base->config().dModel;
    for (const char* prefix : {"transformer.", ""}) {
        const Folder folder(kHfGpt2, *base, prefix);
        folder.adapter(adapterFactors("transformer.h.1.attn.c_attn", d, 3 * d, 1, d + 5), adapterSettings());
        const auto model = folder.open();
        QVERIFY2(model.ok(), why(model).c_str());
        const auto before = *base->layer(1), after = *(*model)->layer(1);
        // alpha / r = 4 / 2 = 2: 2 * 3 * 1 = 6, and 2 * -2 * 0.5 = -2.
        for (int i = 0; i < d; ++i)
            for (int o = 0; o < d; ++o) {
                QVERIFY(std::abs(after->wQ(i, o) - before->wQ(i, o) - (i == 0 && o == 1 ? 6.0f : 0.0f)) < 1e-6f);
                QVERIFY(std::abs(after->wK(i, o) - before->wK(i, o) - (i == 3 && o == 5 ? -2.0f : 0.0f)) < 1e-6f);
                QCOMPARE(after->wV(i, o), before->wV(i, o));
            }
        QCOMPARE((*(*model)->layer(0))->wQ(0, 1), (*base->layer(0))->wQ(0, 1));
        QCOMPARE((*model)->identity().name, std::string("model + tuned"));
        QVERIFY((*model)->saidValues().back().starts_with("adapter=tuned "));
    }
}

void tst_adapter::scales_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<double>("scale");
    const char* target = R"("target_modules":["c_attn"],)";
    QTest::newRow("rank-stabilised: 4 / sqrt 2") << QString("%1\"use_rslora\":true").arg(target) << 2.8284271247461903;
    QTest::newRow("alpha of its own: 1 / 2") << QString("%1\"alpha_pattern\":{\"h.1.attn.c_attn\":1}").arg(target) << 0.5;
    QTest::newRow("alpha of another module") << QString("%1\"alpha_pattern\":{\"h.11.attn.c_attn\":1}").arg(target) << 2.0;
    QTest::newRow("rank of its own, r 8 elsewhere: 4 / 2") << QString("%1\"r\":8,\"rank_pattern\":{\"c_attn\":2}").arg(target) << 2.0;
    QTest::newRow("the first pattern counts: 6 / 2")
        << QString("%1\"alpha_pattern\":{\"h.1.attn.c_attn\":6,\"c_attn\":1}").arg(target) << 3.0;
    QTest::newRow("a pattern with a choice: 8 / 2") << QString("%1\"alpha_pattern\":{\"h\\\\.(0|1)\\\\..*\":8}").arg(target) << 4.0;
}

void tst_adapter::scales()
{
    QFETCH(QString, more);
    QFETCH(double, scale);
    const auto base = gpt2();
    const int d = base->config().dModel;
    const Folder folder(kHfGpt2, *base);
    folder.adapter(adapterFactors("transformer.h.1.attn.c_attn", d, 3 * d, 1, 2), adapterSettings(more.toStdString()));
    const auto model = folder.open();
    QVERIFY2(model.ok(), why(model).c_str());
    const double added = static_cast<double>((*(*model)->layer(1))->wQ(0, 1) - (*base->layer(1))->wQ(0, 1));
    QVERIFY2(std::abs(added - 3 * scale) < 1e-5, qPrintable(QString::number(added)));
}

/// nn.Linear stands as (out, in), which is not what fan_in_fan_out says here: the names of the family do. Keys are narrower than queries.
void tst_adapter::linear()
{
    const auto base = llama();
    const ModelConfig& c = base->config();
    const Folder folder(kHfLlama, *base, "model.");
    auto tensors = adapterFactors("model.layers.0.self_attn.q_proj", c.dModel, c.nHeads * c.dHead, 1, 2);
    for (const auto& t : adapterFactors("model.layers.1.self_attn.k_proj", c.dModel, c.nKvHeads * c.dHead, 7, 4)) tensors.push_back(t);
    folder.adapter(tensors, adapterSettings(R"("target_modules":".*\\.self_attn\\.(q|k)_proj")"));
    const auto model = folder.open();
    QVERIFY2(model.ok(), why(model).c_str());
    const auto q = *(*model)->layer(0), k = *(*model)->layer(1), q0 = *base->layer(0), k0 = *base->layer(1);
    QVERIFY(std::abs(q->wQ(0, 1) - q0->wQ(0, 1) - 6.0f) < 1e-6f && std::abs(q->wQ(3, 2) - q0->wQ(3, 2) + 2.0f) < 1e-6f);
    QVERIFY(std::abs(k->wK(0, 7) - k0->wK(0, 7) - 6.0f) < 1e-6f && std::abs(k->wK(3, 4) - k0->wK(3, 4) + 2.0f) < 1e-6f);
    QCOMPARE(q->wQ(1, 0), q0->wQ(1, 0));
    QCOMPARE(q->wK(0, 1), q0->wK(0, 1));
}

/// An embedding is [tokens, width]; what modules_to_save names stands in the adapter whole.
void tst_adapter::embeddingAndSaved()
{
    const auto base = llama();
    const ModelConfig& c = base->config();
    const Folder folder(kHfLlama, *base, "model.");
    std::vector<float> norm(static_cast<std::size_t>(c.dModel), 0.25f);
    folder.adapter({sparse("model.embed_tokens.lora_embedding_A", 2, c.dVocab, {{0, 7, 1.0f}, {1, 9, 0.5f}}),
                    sparse("model.embed_tokens.lora_embedding_B", c.dModel, 2, {{3, 0, 3.0f}, {4, 1, -2.0f}}),
                    floatTensor(std::string(kAdapterPrefix) + "model.norm.weight", {c.dModel}, norm)},
                   adapterSettings(R"("target_modules":["embed_tokens"],"modules_to_save":["norm"])"));
    const auto model = folder.open();
    QVERIFY2(model.ok(), why(model).c_str());
    const auto after = *(*model)->embedding(), before = *base->embedding();
    QVERIFY(std::abs(after->wE(7, 3) - before->wE(7, 3) - 6.0f) < 1e-6f && std::abs(after->wE(9, 4) - before->wE(9, 4) + 2.0f) < 1e-6f);
    QCOMPARE(after->wE(7, 4), before->wE(7, 4));
    QCOMPARE((*(*model)->output())->lnFinal.w, norm);
}

void tst_adapter::targets_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<bool>("taken");
    QTest::newRow("whole name") << R"("target_modules":["transformer.h.1.attn.c_attn"])" << true;
    QTest::newRow("end of a name") << R"("target_modules":["attn.c_attn"])" << true;
    QTest::newRow("only at a dot") << R"("target_modules":["_attn"])" << false;
    QTest::newRow("pattern") << R"("target_modules":".*h\\.[1-3]\\.attn\\.c_attn")" << true;
    QTest::newRow("a pattern fits whole names") << R"("target_modules":"attn\\.c_attn")" << false;
    QTest::newRow("this layer") << R"("target_modules":["c_attn"],"layers_to_transform":[1])" << true;
    QTest::newRow("another layer") << R"("target_modules":["c_attn"],"layers_to_transform":[0,2])" << false;
    QTest::newRow("a layer by its pattern") << R"("target_modules":["c_attn"],"layers_to_transform":1,"layers_pattern":"h")" << true;
    QTest::newRow("another pattern") << R"("target_modules":["c_attn"],"layers_to_transform":1,"layers_pattern":"blocks")" << false;
    QTest::newRow("excluded") << R"("target_modules":["c_attn"],"exclude_modules":["h.1.attn.c_attn"])" << false;
    QTest::newRow("all linear") << R"("target_modules":"all-linear")" << true;
}

void tst_adapter::targets()
{
    QFETCH(QString, more);
    QFETCH(bool, taken);
    const auto base = gpt2();
    const int d = base->config().dModel;
    const Folder folder(kHfGpt2, *base);
    folder.adapter(adapterFactors("transformer.h.1.attn.c_attn", d, 3 * d, 1, 2), adapterSettings(more.toStdString()));
    const auto model = folder.open();
    QCOMPARE(model.ok(), taken);
    if (!taken) QCOMPARE(model.error().item, std::string("target_modules"));
}

void tst_adapter::refused_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<QString>("item");
    const QString target = R"("target_modules":["c_attn"],)";
    QTest::newRow("DoRA") << target + R"("use_dora":true)"
                          << ""
                          << "use_dora";
    QTest::newRow("another kind") << target + R"("peft_type":"IA3")"
                                  << ""
                                  << "peft_type";
    QTest::newRow("bias inside") << target + R"("lora_bias":true)"
                                 << ""
                                 << "lora_bias";
    QTest::newRow("a start that changes the base") << target + R"("init_lora_weights":"pissa")"
                                                   << ""
                                                   << "init_lora_weights";
    QTest::newRow("repeated layers") << target + R"("layer_replication":[[0,1]])"
                                     << ""
                                     << "layer_replication";
    QTest::newRow("what nobody knows") << target + R"("use_future":1)"
                                       << ""
                                       << "use_future";
    QTest::newRow("no rank") << target + R"("r":0)"
                             << ""
                             << "r";
    QTest::newRow("another rank") << target + R"("r":3)"
                                  << ""
                                  << "transformer.h.1.attn.c_attn";
    QTest::newRow("a pattern that is none") << R"("target_modules":"(")"
                                            << ""
                                            << "target_modules";
    QTest::newRow("no targets") << R"("target_modules":null)"
                                << ""
                                << "target_modules";
    QTest::newRow("not saved") << target + R"("modules_to_save":["lm_head"])"
                               << ""
                               << "modules_to_save";
    QTest::newRow("magnitudes") << ""
                                << "transformer.h.1.attn.c_attn.lora_magnitude_vector"
                                << "transformer.h.1.attn.c_attn.lora_magnitude_vector";
    QTest::newRow("one factor") << ""
                                << "transformer.h.0.attn.c_attn.lora_A.weight"
                                << "transformer.h.0.attn.c_attn";
    QTest::newRow("not of this model") << ""
                                       << "transformer.h.9.ln_1.weight"
                                       << "transformer.h.9.ln_1.weight";
}

void tst_adapter::refused()
{
    QFETCH(QString, more);
    QFETCH(QString, tensor);
    QFETCH(QString, item);
    const auto base = gpt2();
    const int d = base->config().dModel;
    const Folder folder(kHfGpt2, *base);
    auto tensors = adapterFactors("transformer.h.1.attn.c_attn", d, 3 * d, 1, 2);
    if (!tensor.isEmpty()) tensors.push_back(sparse(tensor.toStdString(), 2, d, {}));
    folder.adapter(tensors, adapterSettings(more.toStdString()));
    const auto model = folder.open();
    QVERIFY(!model.ok());
    QCOMPARE(QString::fromStdString(model.error().item), item);
    QCOMPARE(model.error().code, ErrorCode::ConfigInvalid);
    QVERIFY(asksForAdapter(model.error()));
    QVERIFY(folder.open("none").ok());
}

/// In the model's own folder it has to be chosen; a folder that holds none is no choice.
void tst_adapter::chosen()
{
    const auto base = gpt2();
    const int d = base->config().dModel;
    const Folder folder(kHfGpt2, *base);
    folder.adapter(adapterFactors("transformer.h.1.attn.c_attn", d, 3 * d, 1, 2), adapterSettings());
    QVERIFY(openModel(folder.path("model")).ok());
    QCOMPARE(folder.open("model").error().code, ErrorCode::FileNotFound);
    for (const char* name : {"adapter_config.json", "adapter_model.safetensors"})
        QVERIFY(QFile::copy(QString::fromStdString(folder.path("tuned/")) + name, QString::fromStdString(folder.path("model/")) + name));
    const auto unsaid = openModel(folder.path("model"));
    QVERIFY(!unsaid.ok() && asksForAdapter(unsaid.error()));
    QCOMPARE(QString::fromStdString(unsaid.error().found), QDir(QString::fromStdString(folder.path("model"))).absolutePath());
    const auto merged = folder.open("model"), alone = folder.open("none");
    QVERIFY(merged.ok() && alone.ok());
    QCOMPARE((*merged)->identity().name, std::string("model + adapter"));
    QCOMPARE((*alone)->identity().name, std::string("model"));
    QCOMPARE((*(*alone)->layer(1))->wQ(0, 1), (*base->layer(1))->wQ(0, 1));
}

/// Written in our own layout it stays merged and needs no adapter any more.
void tst_adapter::converts()
{
    const auto base = gpt2();
    const int d = base->config().dModel;
    const Folder folder(kHfGpt2, *base);
    folder.adapter(adapterFactors("transformer.h.1.attn.c_attn", d, 3 * d, 1, 2), adapterSettings());
    const auto merged = folder.open();
    QVERIFY(merged.ok());
    QVERIFY(writeNativeModel(folder.path("merged.h5"), **merged).ok());
    const auto back = openModel(folder.path("merged.h5"));
    QVERIFY2(back.ok(), why(back).c_str());
    QCOMPARE(worstModel(**back, **merged), std::string());
}

QTEST_APPLESS_MAIN(tst_adapter)
#include "tst_adapter.moc"
