// SPDX-License-Identifier: GPL-3.0-or-later
// Configuration keys, their contradictions, and the weight cache.
#include <QTest>

#include <atomic>
#include <thread>

#include "engine/model/model.h"
#include "tests/support/forward_cases.h"

using namespace hs;

namespace {

/// Counts what is read.
class CountingSource final : public WeightSource {
public:
    Result<std::shared_ptr<const LayerWeights>> layer(int index, const Progress&) override
    {
        ++reads;
        if (busy.exchange(true)) overlapped = true;
        auto w = std::make_shared<LayerWeights>();
        w->layer = index;
        w->wQ = MatrixF(10, 25);  // 1000 bytes
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        busy = false;
        return std::shared_ptr<const LayerWeights>(w);
    }
    Result<std::shared_ptr<const EmbeddingWeights>> embedding(const Progress&) override
    {
        return std::make_shared<const EmbeddingWeights>();
    }
    Result<std::shared_ptr<const OutputWeights>> output(const Progress&) override { return Error::of(ErrorCode::NotFinite, "unembed/W_U"); }
    std::atomic<int> reads{0};
    std::atomic<bool> busy{false}, overlapped{false};
};

std::pair<Model, std::shared_ptr<CountingSource>> countingModel(int layers)
{
    auto source = std::make_shared<CountingSource>();
    Model::Parts parts;
    parts.config = test::smallConfig(layers);
    parts.source = source;
    return {Model(std::move(parts)), source};
}

}  // namespace

class TestModel : public QObject {
    Q_OBJECT
private slots:
    void everyKeySurvivesText_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < test::forwardCases().size(); ++i)
            QTest::newRow(test::forwardCases()[i].name.c_str()) << static_cast<int>(i);
    }
    void everyKeySurvivesText()
    {
        QFETCH(int, index);
        const ModelConfig config = test::forwardCases()[static_cast<std::size_t>(index)].config;
        QVERIFY(checkConfig(config).ok());
        ModelConfig back;
        for (const std::string& key : configKeys()) {
            const std::string text = configValue(config, key);
            QVERIFY2(setConfigValue(back, key, text).ok(), key.c_str());
            QCOMPARE(configValue(back, key), text);
        }
        QCOMPARE(back.nHeads, config.nHeads);
        QCOMPARE(back.eps, config.eps);
        QCOMPARE(back.position, config.position);
        QCOMPARE(back.output, config.output);
    }

    void headLists()
    {
        ModelConfig c = test::smallConfig(3);
        QVERIFY(setConfigValue(c, "n_heads", "4,2,0").ok());
        QVERIFY(setConfigValue(c, "n_kv_heads", "4,2,0").ok());
        QCOMPARE(c.nHeads, 4);
        QCOMPARE(c.heads(2), 0);
        QVERIFY(checkConfig(c).ok());
        QCOMPARE(configValue(c, "n_heads"), std::string("4,2,0"));
        QVERIFY(setConfigValue(c, "n_heads", "4,4,4").ok());
        QVERIFY(c.headsPerLayer.empty());
        QVERIFY(!checkConfig(c).ok());  // layer 2 has queries without keys
    }

    void refusedTexts_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char* key, const char* text, ErrorCode code) {
            QTest::addRow("%s=%s", key, text) << key << text << static_cast<int>(code);
        };
        row("n_hedas", "4", ErrorCode::ConfigUnknownKey);
        row("n_heads", "four", ErrorCode::ConfigInvalid);
        row("n_heads", "-4", ErrorCode::ConfigInvalid);
        row("n_heads", "", ErrorCode::ConfigInvalid);
        row("n_heads", "4,", ErrorCode::ConfigInvalid);
        row("n_layers", "99999999999", ErrorCode::ConfigInvalid);
        row("eps", "nan", ErrorCode::ConfigInvalid);
        row("eps", "-1e-5", ErrorCode::ConfigInvalid);
        row("act_fn", "prelu", ErrorCode::ConfigInvalid);
        row("positional_embedding_type", "relative", ErrorCode::ConfigInvalid);
        row("alibi_slopes", "bloom", ErrorCode::ConfigInvalid);
        row("alibi_slopes", "0.5,-0.25", ErrorCode::ConfigInvalid);
        row("qkv_clip", "-1", ErrorCode::ConfigInvalid);
        row("attn_only", "maybe", ErrorCode::ConfigInvalid);
    }
    void refusedTexts()
    {
        QFETCH(QString, key);
        QFETCH(QString, text);
        QFETCH(int, code);
        ModelConfig c = test::smallConfig();
        const std::string before = configValue(c, key.toStdString());
        const Status s = setConfigValue(c, key.toStdString(), text.toStdString());
        QVERIFY(!s);
        QCOMPARE(static_cast<int>(s.error().code), code);
        QCOMPARE(configValue(c, key.toStdString()), before);
    }

    void contradictions_data()
    {
        QTest::addColumn<QString>("changes");
        QTest::addColumn<QString>("item");
        QTest::newRow("no layers") << "n_layers=0"
                                   << "n_layers";
        QTest::newRow("heads and kv heads") << "n_heads=4 n_kv_heads=3"
                                            << "n_heads";
        QTest::newRow("odd rotary") << "positional_embedding_type=rotary rotary_dim=3"
                                    << "rotary_dim";
        QTest::newRow("rotary wider than a head") << "positional_embedding_type=rotary rotary_dim=64"
                                                  << "rotary_dim";
        QTest::newRow("eps of nothing") << "eps=0"
                                        << "eps";
        QTest::newRow("parallel post-norm") << "parallel_attn_mlp=true norm_position=post"
                                            << "parallel_attn_mlp";
        QTest::newRow("slopes of other heads") << "positional_embedding_type=alibi alibi_slopes=0.5,0.25,0.125"
                                               << "alibi_slopes";
        QTest::newRow("slopes of a pruned model by rule") << "n_layers=2 positional_embedding_type=alibi n_heads=4,2 n_kv_heads=4,2"
                                                          << "alibi_slopes";
        QTest::newRow("slopes without a past") << "positional_embedding_type=alibi attention_dir=bidirectional"
                                               << "positional_embedding_type";
        QTest::newRow("too many lists") << "n_heads=4,4,2"
                                        << "n_heads";
    }
    void contradictions()
    {
        QFETCH(QString, changes);
        QFETCH(QString, item);
        ModelConfig c = test::smallConfig();
        for (const QString& change : changes.split(' '))
            QVERIFY(setConfigValue(c, change.section('=', 0, 0).toStdString(), change.section('=', 1).toStdString()).ok());
        const Status s = checkConfig(c);
        QVERIFY(!s);
        QCOMPARE(QString::fromStdString(s.error().item), item);
    }

    void cacheKeepsWhatFits()
    {
        auto [model, source] = countingModel(5);
        model.setCacheBudget(2500);
        for (int round = 0; round < 2; ++round)
            for (const int layer : {0, 1}) QVERIFY(model.layer(layer).ok());
        QCOMPARE(source->reads.load(), 2);
        QCOMPARE(model.cachedBytes(), std::size_t(2000));
        QVERIFY(model.layer(0).ok());  // now 1 is the oldest
        QVERIFY(model.layer(2).ok());
        QCOMPARE(model.cachedBytes(), std::size_t(2000));
        QVERIFY(model.layer(0).ok());
        QCOMPARE(source->reads.load(), 3);
        QVERIFY(model.layer(1).ok());
        QCOMPARE(source->reads.load(), 4);
        model.setCacheBudget(0);
        QCOMPARE(model.cachedBytes(), std::size_t(0));
        QVERIFY(model.layer(0).ok());  // read, not kept
        QCOMPARE(model.cachedBytes(), std::size_t(0));
    }

    void readsAreSerialised()
    {
        auto [model, source] = countingModel(4);
        std::vector<std::jthread> threads;
        const Model& m = model;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&m] {
                for (int i = 0; i < 4; ++i) (void)m.layer(i);
            });
        threads.clear();
        QVERIFY(!source->overlapped);
        QCOMPARE(source->reads.load(), 4);
    }

    void errorsAreNotRemembered()
    {
        auto [model, source] = countingModel(2);
        QVERIFY(!model.output());
        QVERIFY(!model.output());
        QVERIFY(!model.layer(2));
        QVERIFY(!model.layer(-1));
    }

    void whatAPartialModelCanDo()
    {
        Model::Parts parts;
        parts.config = test::smallConfig();
        const auto can = [&](std::vector<Part> missing) {
            parts.missing = std::move(missing);
            const Model m(parts);
            return std::pair(m.canRun(), m.canPredict());
        };
        QCOMPARE(can({}), std::pair(true, true));
        QCOMPARE(can({Part::Tokenizer}), std::pair(true, true));
        QCOMPARE(can({Part::Unembedding}), std::pair(true, false));
        QCOMPARE(can({Part::FinalNorm}), std::pair(true, false));
        QCOMPARE(can({Part::Mlp}), std::pair(false, false));
        QCOMPARE(can({Part::TokenEmbedding}), std::pair(false, false));
        parts.config.attnOnly = true;
        QCOMPARE(can({Part::Mlp}), std::pair(true, true));
        parts.config.output = OutputKind::None;
        QCOMPARE(can({}), std::pair(true, false));
    }
};

QTEST_APPLESS_MAIN(TestModel)
#include "tst_model.moc"
