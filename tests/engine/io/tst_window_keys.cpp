// SPDX-License-Identifier: GPL-3.0-or-later
// What configurations of other programs say of windows and soft caps: the table of families, and what is not certain.
#include <QTest>

#include "engine/io/config/config_sources.h"

using namespace hs;

class tst_window_keys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void said_data();
    void said();
    void refused_data();
    void refused();
    void checked();
};

void tst_window_keys::said_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");  // of the first candidate; empty: nothing is said
    const auto row = [](const char* name, const char* json, const char* key, const char* value) {
        QTest::newRow(name) << QString::fromLatin1(json) << QString::fromLatin1(key) << QString::fromLatin1(value);
    };
    const char *window = "window", *limit = "window_limit";
    row("mistral", R"({"model_type":"mistral","num_hidden_layers":2,"sliding_window":8})", window, "8");
    row("mistral without", R"({"model_type":"mistral","num_hidden_layers":2,"sliding_window":null})", window, "");
    row("mistral by default", R"({"model_type":"mistral","num_hidden_layers":2})", window, "4096");
    row("gemma2, every second layer", R"({"model_type":"gemma2","num_hidden_layers":4,"sliding_window":8})", window, "8,0,8,0");
    row("gemma3, five of six", R"({"model_type":"gemma3_text","num_hidden_layers":7,"sliding_window":8})", window, "8,8,8,8,8,0,8");
    row("gemma3, their base", R"({"model_type":"gemma3_text","num_hidden_layers":7,"sliding_window":8})", "rotary_layers", "2,2,2,2,2,1,2");
    row("cohere2, another pattern", R"({"model_type":"cohere2","num_hidden_layers":4,"sliding_window":8,"sliding_window_pattern":2})",
        window, "8,0,8,0");
    row("cohere2, full layers have no positions",
        R"({"model_type":"cohere2","num_hidden_layers":4,"sliding_window":8,"sliding_window_pattern":2})", "rotary_layers", "1,0,1,0");
    row("smollm3, every fourth without", R"({"model_type":"smollm3","num_hidden_layers":5})", "rotary_layers", "1,1,1,0,1");
    row("smollm3, its list", R"({"model_type":"smollm3","num_hidden_layers":3,"no_rope_layers":[0,1,1]})", "rotary_layers", "0,1,1");
    row("ministral", R"({"model_type":"ministral","sliding_window":8,"layer_types":["sliding_attention","full_attention"]})", window,
        "8,0");
    row("ministral, all layers", R"({"model_type":"ministral","sliding_window":8})", window, "8");
    row("qwen2, off unless asked for", R"({"model_type":"qwen2","num_hidden_layers":3,"sliding_window":8,"max_window_layers":1})", window,
        "");
    row("qwen2, off", R"({"model_type":"qwen2","num_hidden_layers":3,"sliding_window":8,"use_sliding_window":false})", limit, "");
    row("qwen2, upper layers",
        R"({"model_type":"qwen2","num_hidden_layers":3,"sliding_window":8,"max_window_layers":1,"use_sliding_window":true})", window,
        "0,8,8");
    row("qwen2, layer types",
        R"({"model_type":"qwen2","sliding_window":8,"use_sliding_window":true,"layer_types":["sliding_attention","full_attention"]})",
        window, "8,0");
    row("qwen2, no layer has it",
        R"({"model_type":"qwen2","sliding_window":8,"use_sliding_window":false,"layer_types":["full_attention"]})", window, "0");
    row("another family", R"({"model_type":"llama","sliding_window":8})", limit, "8");
    row("another family, certain of nothing", R"({"model_type":"llama","sliding_window":8})", window, "");
    row("no family", R"({"window_size":16})", limit, "16");
    row("switched off", R"({"sliding_window":8,"use_sliding_window":false})", limit, "");
    row("our own", R"({"model_type":"mistral","window":"8,0","sliding_window":4})", window, "8,0");
    row("TransformerLens", R"({"use_local_attn":true,"window_size":8,"attn_types":["global","local"],"attention_dir":"causal"})", window,
        "0,8");
    row("TransformerLens, off", R"({"use_local_attn":false,"window_size":8,"attn_types":["global","local"]})", window, "");
    row("TransformerLens, bidirectional",
        R"({"use_local_attn":true,"window_size":8,"attn_types":["local"],"attention_dir":"bidirectional"})", window, "");
    row("caps of transformers", R"({"attn_logit_softcapping":50.0,"final_logit_softcapping":30.0})", "attn_softcap", "50");
    row("caps of transformers, logits", R"({"attn_logit_softcapping":50.0,"final_logit_softcapping":30.0})", "final_softcap", "30");
    row("caps that are off", R"({"attn_logit_softcapping":null})", "attn_softcap", "");
    row("caps of TransformerLens", R"({"attn_scores_soft_cap":1.5,"output_logits_soft_cap":-1.0})", "attn_softcap", "1.5");
    row("caps of TransformerLens, off", R"({"attn_scores_soft_cap":1.5,"output_logits_soft_cap":-1.0})", "final_softcap", "");
}

void tst_window_keys::said()
{
    QFETCH(QString, json);
    QFETCH(QString, key);
    QFETCH(QString, value);
    ConfigCandidates found;
    QVERIFY(addJson(json.toStdString(), Origin::ConfigJsonBeside, "config.json", Layout{}, found).ok());
    QString first;
    for (auto it = found.rbegin(); it != found.rend(); ++it)
        if (it->key == key.toStdString()) first = QString::fromStdString(it->text);
    QCOMPARE(first, value);
}

void tst_window_keys::refused_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("item");
    QTest::newRow("mistral with layer types")
        << R"({"model_type":"mistral","sliding_window":8,"layer_types":["full_attention","sliding_attention"]})"
        << "layer_types";
    QTest::newRow("too few layer types") << R"({"model_type":"gemma2","num_hidden_layers":2,"layer_types":["full_attention"]})"
                                         << "layer_types";
    QTest::newRow("a pattern of letters")
        << R"({"model_type":"exaone4","num_hidden_layers":2,"sliding_window":8,"sliding_window_pattern":"LLG"})"
        << "sliding_window_pattern";
    QTest::newRow("a word we do not know")
        << R"({"model_type":"qwen2","use_sliding_window":true,"sliding_window":8,"layer_types":["chunked_attention"]})"
        << "layer_types";
    QTest::newRow("a window without a size") << R"({"model_type":"ministral","sliding_window":null,"layer_types":["sliding_attention"]})"
                                             << "layer_types";
    QTest::newRow("windows that are switched off") << R"({"model_type":"qwen2","sliding_window":8,"layer_types":["sliding_attention"]})"
                                                   << "layer_types";
    QTest::newRow("local layers nobody names") << R"({"use_local_attn":true,"window_size":8})"
                                               << "attn_types";
    QTest::newRow("local layers without a size") << R"({"use_local_attn":true,"window_size":null,"attn_types":["local"]})"
                                                 << "attn_types";
}

void tst_window_keys::refused()
{
    QFETCH(QString, json);
    QFETCH(QString, item);
    ConfigCandidates found;
    const Status s = addJson(json.toStdString(), Origin::ConfigJsonBeside, "config.json", Layout{}, found);
    QVERIFY(!s);
    QCOMPARE(static_cast<int>(s.error().code), static_cast<int>(ErrorCode::ConfigInvalid));
    QCOMPARE(QString::fromStdString(s.error().item), item);
}

void tst_window_keys::checked()
{
    ModelConfig c;
    c.nLayers = 2;
    c.nHeads = c.nKvHeads = 1;
    c.dModel = c.dHead = 4;
    c.dVocab = 5;
    c.dMlp = 8;
    QVERIFY(checkConfig(c).ok());
    QVERIFY(setConfigValue(c, "window", "8,0").ok());
    QVERIFY(checkConfig(c).ok());
    QCOMPARE(c.visibility(0).window(), 8);
    QCOMPARE(c.visibility(1).window(), 0);
    c.mask = MaskKind::Bidirectional;
    QVERIFY(checkConfig(c).ok());  // a window on both sides
    c.mask = MaskKind::Causal;
    QVERIFY(setConfigValue(c, "window", "8,0,8").ok());
    QCOMPARE(checkConfig(c).error().item, std::string("window"));
}

QTEST_APPLESS_MAIN(tst_window_keys)
#include "tst_window_keys.moc"
