// SPDX-License-Identifier: GPL-3.0-or-later
// One tiny GPT-2 in many layouts: every reader must give the same canonical weights; and whole, partial and attention-only models.
#include <QTest>

#include <set>

#include "engine/io/layouts/layout.h"
#include "engine/io/open.h"
#include "tests/support/model_compare.h"
#include "tests/support/shared_data.h"

using namespace hs;
using test::worst;
using test::worstLayer;

namespace {

std::shared_ptr<const Model> open(const QString& path, OpenOptions options = {})
{
    const auto model = openModel(path.toStdString(), options);
    if (!model)
        qWarning("%s: error %d item %s found %s expected %s", qPrintable(path), static_cast<int>(model.error().code),
                 model.error().item.c_str(), model.error().found.c_str(), model.error().expected.c_str());
    return model ? *model : nullptr;
}

std::shared_ptr<const Model> openLayout(const char* name, OpenOptions options = {})
{
    return open(test::fixture("layouts/") + QLatin1String(name), std::move(options));
}

}  // namespace

class TestLayouts : public QObject {
    Q_OBJECT
private slots:
    /// Every family is listed once, and each of its rows leads to a role of our own schema.
    void tablesAreWhole()
    {
        std::set<std::string> roles, names;
        for (const Rule& rule : kNative.rules) roles.insert(rule.role);
        for (const Layout* layout : allLayouts()) {
            QVERIFY2(names.insert(layout->name).second, layout->name);
            std::set<std::pair<std::string, std::string>> rows;
            for (const Rule& rule : layout->rules) {
                // Tables of distances are made for each layer when it is read; our own schema has no place for them.
                std::string role = rule.role;
                if (const std::size_t piece = role.find("{e}/"); piece != std::string::npos) role.erase(piece, 4);
                // DeepSeek's own order of keys, values and outputs becomes ours.
                if (role.ends_with("/latent/kv_up") || role.ends_with("/latent/W_O")) continue;
                QVERIFY2(roles.contains(role) || role.starts_with("rel/") || role.find("_rel") != std::string::npos, rule.role);
                QVERIFY2(rule.part >= 0 && rule.part < rule.parts, rule.source);
                QVERIFY2(rows.insert({rule.source, rule.role}).second, rule.source);
            }
            for (const KeyDefault& d : layout->defaults) QVERIFY2(*d.key && *d.value, layout->name);
        }
        QCOMPARE(names.size(), allLayouts().size());
        QVERIFY(names.contains("native"));
    }

    void sameWeights_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("layout");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("nanoGPT") << "gpt2_nanogpt.h5"
                                 << "nanogpt" << 0.0;
        QTest::newRow("tf_model.h5") << "gpt2_tf_model.h5"
                                     << "hf-gpt2-tf" << 0.0;
        QTest::newRow("tf_model.h5, names in chunks") << "gpt2_tf_model_chunked_names.h5"
                                                      << "hf-gpt2-tf" << 0.0;
        QTest::newRow("TransformerLens") << "gpt2_transformerlens.h5"
                                         << "transformer-lens" << 0.0;
        QTest::newRow("TransformerLens fp16") << "gpt2_transformerlens_f16.h5"
                                              << "transformer-lens" << 1e-3;
    }
    void sameWeights()
    {
        QFETCH(QString, file);
        QFETCH(QString, layout);
        QFETCH(double, tolerance);
        const auto reference = openLayout("gpt2_hf_pt.h5");
        QVERIFY(reference);
        QCOMPARE(QString::fromStdString(reference->identity().layout), QStringLiteral("hf-gpt2"));
        OpenOptions options;
        options.config["n_heads"] = "4";
        const auto model = openLayout(qPrintable(file), options);
        QVERIFY(model);
        QCOMPARE(QString::fromStdString(model->identity().layout), layout);
        QCOMPARE(model->config().nLayers, 2);
        QCOMPARE(model->config().dHead, 8);
        QCOMPARE(model->config().dVocab, 50);
        QCOMPARE(model->config().nCtx, 16);
        for (int l = 0; l < 2; ++l) {
            const auto expected = reference->layer(l), got = model->layer(l);
            QVERIFY(expected && got);
            const std::string difference = worstLayer(**got, **expected, tolerance);
            QVERIFY2(difference.empty(), difference.c_str());
        }
        const auto e1 = reference->embedding(), e2 = model->embedding();
        QVERIFY(e1 && e2);
        QVERIFY(worst((*e2)->wE, (*e1)->wE, tolerance).empty());
        QVERIFY(worst((*e2)->wPos, (*e1)->wPos, tolerance).empty());
        const auto o1 = reference->output(), o2 = model->output();
        QVERIFY(o1 && o2);
        QVERIFY((*o2)->hasLnFinal);
        QVERIFY(worst((*o2)->lnFinal.w, (*o1)->lnFinal.w, tolerance).empty());
        QVERIFY(worst((*o2)->lnFinal.b, (*o1)->lnFinal.b, tolerance).empty());
        if (layout == "transformer-lens") {  // W_U is stored: the transposed embedding
            const MatrixF& wE = (*e2)->wE;
            QCOMPARE((*o2)->wU.cols(), wE.rows());
            for (std::ptrdiff_t v = 0; v < wE.rows(); ++v)
                for (std::ptrdiff_t c = 0; c < wE.cols(); ++c) QCOMPARE((*o2)->wU(c, v), wE(v, c));
        }
        QVERIFY(model->canPredict());
        QVERIFY(model->missingTensors().empty());
    }

    void groupedLlamaOpensWithoutConfiguration()
    {
        const auto guessed = openLayout("llama_gqa_pt.h5");  // a head that fits queries and the narrower keys, marked as a guess
        QVERIFY(guessed);
        QCOMPARE(guessed->config().dHead, 16);
        QCOMPARE(guessed->config().nKvHeads, 1);
        QVERIFY(guessed->guessedKeys().find("n_heads") != std::string::npos);
        OpenOptions options;
        options.config["n_kv_heads"] = "2";  // says the width of a head, so the query heads can be counted
        const auto counted = openLayout("llama_gqa_pt.h5", options);
        QVERIFY(counted);
        QCOMPARE(counted->config().nHeads, 4);
        QCOMPARE(counted->config().dHead, 8);
        QVERIFY(counted->guessedKeys().find("n_heads") == std::string::npos);
    }

    void groupedLlama()
    {
        OpenOptions options;
        options.config["n_heads"] = "4";
        const auto llama = openLayout("llama_gqa_pt.h5", options);
        const auto gpt2 = openLayout("gpt2_hf_pt.h5");
        QVERIFY(llama && gpt2);
        QCOMPARE(QString::fromStdString(llama->identity().layout), QStringLiteral("hf-llama"));
        QCOMPARE(llama->config().nKvHeads, 2);
        QCOMPARE(llama->config().output, OutputKind::Untied);
        QVERIFY(llama->config().gatedMlp);
        const auto a = llama->layer(1), b = gpt2->layer(1);
        QVERIFY(a && b);
        QVERIFY(worst((*a)->wQ, (*b)->wQ, 0).empty());
        QVERIFY(worst((*a)->wO, (*b)->wO, 0).empty());
        QVERIFY(worst((*a)->wIn, (*b)->wIn, 0).empty());
        QVERIFY(worst((*a)->wGate, (*b)->wIn, 0).empty());
        QVERIFY(worst((*a)->wOut, (*b)->wOut, 0).empty());
        QCOMPARE((*a)->wK.cols(), std::ptrdiff_t(16));
        for (std::ptrdiff_t r = 0; r < 32; ++r)
            for (std::ptrdiff_t c = 0; c < 16; ++c) QCOMPARE((*a)->wK(r, c), (*b)->wK(r, c));
        QVERIFY((*a)->bQ.empty());
    }

    void llamaWithVocabulary_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("heads");
        QTest::newRow("tiny llama") << test::fixture("models/tiny-llama") << "tiny-llama" << 3 << 4;
        QTest::newRow("stories260k") << test::sharedData("models/stories260k") << "stories260k" << 5 << 8;
    }
    void llamaWithVocabulary()
    {
        QFETCH(QString, folder);
        QFETCH(QString, name);
        QFETCH(int, layers);
        QFETCH(int, heads);
        HS_NEED_SHARED(folder);
        const auto model = open(folder + "/model.h5");
        QVERIFY(model);
        QCOMPARE(QString::fromStdString(model->identity().name), name);
        QCOMPARE(QString::fromStdString(model->identity().weightDtype), QStringLiteral("fp32"));
        const ModelConfig& c = model->config();
        QCOMPARE(c.nLayers, layers);
        QCOMPARE(c.nHeads, heads);
        QCOMPARE(c.nKvHeads, heads / 2);
        QCOMPARE(c.dHead, 8);
        QCOMPARE(c.rotaryDim, 8);
        QCOMPARE(c.output, OutputKind::Tied);
        QCOMPARE(c.norm, NormKind::RmsNorm);
        QCOMPARE(model->origins().at("n_heads").origin, Origin::ConfigJsonBeside);
        QCOMPARE(model->origins().at("rotary_base").origin, Origin::ConfigJsonBeside);
        QCOMPARE(model->origins().at("d_head").origin, Origin::Shapes);
        QVERIFY(model->guessedKeys().empty());
        QVERIFY(model->canPredict());
        QVERIFY(model->tokenizer());
        QCOMPARE(QString::fromStdString(model->tokenizerOrigin()), QStringLiteral("vocabulary.json"));
        QCOMPARE(model->tokenizer()->vocabSize(), 512);
        QCOMPARE(model->tensors().size(), std::size_t(9 * layers + 2));
        // A folder opens the model inside it.
        QVERIFY(open(folder));
    }

    void partialGpt2_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("hidden");
        QTest::addColumn<int>("vocabulary");
        QTest::newRow("partial GPT-2") << test::fixture("models/partial-gpt2") << 4 << 64 << 128 << 300;
        QTest::newRow("gpt2-small-attention") << test::sharedData("models/gpt2-small-attention") << 12 << 768 << 3072 << 50257;
    }
    void partialGpt2()
    {
        QFETCH(QString, folder);
        QFETCH(int, layers);
        QFETCH(int, width);
        QFETCH(int, hidden);
        QFETCH(int, vocabulary);
        HS_NEED_SHARED(folder);
        const auto model = open(folder + "/model.h5");
        QVERIFY(model);
        QVERIFY(model->lacks(Part::TokenEmbedding));
        QVERIFY(model->lacks(Part::Mlp));
        QVERIFY(model->lacks(Part::Unembedding));
        QVERIFY(model->lacks(Part::Tokenizer));
        QVERIFY(!model->lacks(Part::AttentionWeights));
        QVERIFY(!model->lacks(Part::PositionEmbedding));
        QVERIFY(!model->canRun());
        QVERIFY(!model->config().attnOnly);
        QCOMPARE(model->config().dMlp, hidden);
        QCOMPARE(model->config().dVocab, vocabulary);
        QCOMPARE(QString::fromStdString(model->identity().weightDtype), QStringLiteral("fp16"));
        QCOMPARE(model->missingTensors().size(), std::size_t(1 + 2 * layers));  // embedding, W_in and W_out of every layer
        const auto layer = model->layer(layers - 1);
        QVERIFY(layer);
        QCOMPARE((*layer)->wQ.rows(), std::ptrdiff_t(width));
        QCOMPARE((*layer)->wQ.cols(), std::ptrdiff_t(width));
        QVERIFY((*layer)->wIn.empty());
    }

    void attentionOnly_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("by hand") << test::fixture("models/induction/model.h5");
        QTest::newRow("trained") << test::sharedData("models/induction-2l1h/model.h5");
    }
    void attentionOnly()
    {
        QFETCH(QString, file);
        HS_NEED_SHARED(file);
        const auto model = open(file);
        QVERIFY(model);
        const ModelConfig& c = model->config();
        QVERIFY(c.attnOnly);
        QCOMPARE(c.norm, NormKind::None);
        QCOMPARE(c.nHeads, 1);
        QCOMPARE(c.dHead, 64);
        QCOMPARE(c.nCtx, 8);
        QCOMPARE(c.position, PositionKind::Learned);
        QCOMPARE(c.output, OutputKind::Untied);
        QVERIFY(model->canPredict());
        const auto out = model->output();
        QVERIFY(out);
        QVERIFY(!(*out)->hasLnFinal);
        QCOMPARE((*out)->bU.size(), std::size_t(26));
    }

    void unknownLayouts_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("near");  // some layout has words of its names
        QTest::newRow("Keras 3") << "gpt2_keras3.weights.h5" << false;
        QTest::newRow("BERT") << "bert_pt.h5" << true;
        QTest::newRow("Pythia") << "pythia_pt.h5" << true;
    }
    void unknownLayouts()
    {
        QFETCH(QString, file);
        QFETCH(bool, near);
        const auto model = openModel((test::fixture("layouts/") + file).toStdString());
        QVERIFY(!model);
        QCOMPARE(model.error().code, ErrorCode::UnknownLayout);
        QVERIFY(!model.error().item.empty());             // the first names
        QCOMPARE(!model.error().found.empty(), near);     // the nearest family
        QCOMPARE(!model.error().expected.empty(), near);  // and what it lacks
    }
};

QTEST_APPLESS_MAIN(TestLayouts)
#include "tst_layouts.moc"
