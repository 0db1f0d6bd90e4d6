// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors: a small LLaMA as one file and as shards, and headers that lie (resources/manual/formats.md section 2.1).
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <fstream>
#include <functional>
#include <map>

#include "engine/io/open.h"
#include "engine/io/store/safetensors.h"
#include "tests/support/safetensors_build.h"
#include "tests/support/slowness.h"

using namespace hs;
using namespace hs::test;

namespace {

std::string inside(const QTemporaryDir& folder, const char* name) { return folder.filePath(name).toStdString(); }

using Tensor = SafeTensor;

std::string bfloats(std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        const auto bits = static_cast<std::uint16_t>(0x3f80 + i % 100);
        out.append(reinterpret_cast<const char*>(&bits), 2);
    }
    return out;
}

std::vector<Tensor> llama()
{
    std::vector<Tensor> out;
    const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
        std::size_t count = 1;
        for (const std::int64_t n : shape) count *= static_cast<std::size_t>(n);
        out.push_back({name, "BF16", std::move(shape), bfloats(count)});
    };
    add("model.embed_tokens.weight", {11, 8});
    add("model.norm.weight", {8});
    const std::string p = "model.layers.0.";
    for (const char* n : {"input_layernorm.weight", "post_attention_layernorm.weight"}) add(p + n, {8});
    add(p + "self_attn.q_proj.weight", {8, 8});
    add(p + "self_attn.k_proj.weight", {4, 8});
    add(p + "self_attn.v_proj.weight", {4, 8});
    add(p + "self_attn.o_proj.weight", {8, 8});
    add(p + "self_attn.q_proj.bias", {8});
    for (const char* n : {"self_attn.k_proj.bias", "self_attn.v_proj.bias"}) add(p + n, {4});
    add(p + "mlp.gate_proj.weight", {12, 8});
    add(p + "mlp.up_proj.weight", {12, 8});
    add(p + "mlp.down_proj.weight", {8, 12});
    return out;
}

std::string fileOf(const std::string& header, const std::string& data) { return safetensorsText(header, data); }
std::string entry(const Tensor& t, std::size_t begin) { return headerEntry(t, begin); }
std::string safetensors(const std::vector<Tensor>& tensors) { return safetensorsText(tensors); }

constexpr const char* config =
    R"({"model_type":"qwen2","num_attention_heads":4,"num_key_value_heads":2,"rms_norm_eps":1e-6,"rope_theta":1000000.0,
    "hidden_act":"silu","tie_word_embeddings":true,"rope_scaling":null,"max_position_embeddings":64})";

}  // namespace
Q_DECLARE_METATYPE(ErrorCode)

class TestSafetensors : public QObject {
    Q_OBJECT
private slots:
    void opens_data()
    {
        QTest::addColumn<bool>("shards");
        QTest::newRow("one file") << false;
        QTest::newRow("shards") << true;
    }
    void opens()
    {
        QFETCH(bool, shards);
        QTemporaryDir folder;
        writeText(inside(folder, "config.json"), config);
        std::vector<Tensor> all = llama();
        if (shards) {
            const std::vector<Tensor> first(all.begin(), all.begin() + 5), second(all.begin() + 5, all.end());
            writeText(inside(folder, "a.safetensors"), safetensors(first));
            writeText(inside(folder, "b.safetensors"), safetensors(second));
            std::string map;
            for (const auto* part : {&first, &second})
                for (const Tensor& t : *part)
                    map.append(map.empty() ? "" : ",")
                        .append("\"")
                        .append(t.name)
                        .append(part == &first ? "\":\"a.safetensors\"" : "\":\"b.safetensors\"");
            writeText(inside(folder, "model.safetensors.index.json"), R"({"metadata":{},"weight_map":{)" + map + "}}");
        } else {
            writeText(inside(folder, "model.safetensors"), safetensors(all));
        }
        const auto model = openModel(folder.path().toStdString());
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        QCOMPARE(QString::fromStdString((*model)->identity().container), QStringLiteral("safetensors"));
        QCOMPARE(QString::fromStdString((*model)->identity().layout), QStringLiteral("hf-qwen2"));
        QCOMPARE(QString::fromStdString((*model)->identity().weightDtype), QStringLiteral("bf16"));
        QCOMPARE((*model)->config().nKvHeads, 2);
        QCOMPARE((*model)->config().dHead, 2);
        QCOMPARE((*model)->config().rotaryBase, 1e6);
        QCOMPARE((*model)->config().output, OutputKind::Tied);
        QVERIFY((*model)->canPredict());
        const auto layer = (*model)->layer(0);
        QVERIFY(layer.ok());
        QCOMPARE((*layer)->bQ.size(), std::size_t(8));
        // q_proj is (out, in): its value 10 = row 1, column 2 stands at (2, 1).
        QCOMPARE((*layer)->wQ(2, 1), 1.0f + 10.0f / 128.0f);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char* name, const std::string& bytes, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << code;
        };
        const std::string good = safetensors(llama());
        row("cut in the values", good.substr(0, good.size() - 5), ErrorCode::FileTruncated);
        row("cut in the header", good.substr(0, 60), ErrorCode::FileTruncated);
        row("values left over", good + "x", ErrorCode::FileDamaged);
        row("header is no JSON", fileOf("{\"a\":", ""), ErrorCode::JsonInvalid);
        const Tensor a{"a", "F32", {2}, std::string(8, '\0')};
        row("duplicate name", fileOf("{" + entry(a, 0) + "," + entry(a, 8) + "}", std::string(16, '\0')), ErrorCode::FileDamaged);
        row("overlap", fileOf("{" + entry(a, 0) + "," + entry({"b", "F32", {2}, std::string(8, '\0')}, 4) + "}", std::string(12, '\0')),
            ErrorCode::FileDamaged);
        row("hole", fileOf("{" + entry(a, 4) + "}", std::string(12, '\0')), ErrorCode::FileDamaged);
        row("shape and bytes disagree", fileOf("{" + entry({"a", "F32", {3}, std::string(8, '\0')}, 0) + "}", std::string(8, '\0')),
            ErrorCode::FileDamaged);
        row("overflowing shape",
            fileOf(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,8]}})", std::string(8, '\0')),
            ErrorCode::FileDamaged);
        row("unknown dtype", fileOf("{" + entry({"a", "Q7", {2}, std::string(8, '\0')}, 0) + "}", std::string(8, '\0')),
            ErrorCode::DtypeUnsupported);
        row("negative offsets", fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}})", ""), ErrorCode::FileDamaged);
        row("no model in it", fileOf("{" + entry(a, 0) + "}", std::string(8, '\0')), ErrorCode::UnknownLayout);
        auto gemma = llama();
        gemma.push_back({"model.layers.0.pre_feedforward_layernorm.weight", "BF16", {8}, bfloats(8)});
        row("other blocks under LLaMA's names", safetensors(gemma), ErrorCode::UnknownLayout);
        auto eight = llama();
        eight[4].dtype = "F8_E4M3";
        eight[4].bytes.resize(eight[4].bytes.size() / 2);
        row("weights of eight bits", safetensors(eight), ErrorCode::DtypeUnsupported);
    }
    void refused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        QTemporaryDir folder;
        writeText(inside(folder, "m.safetensors"), bytes.toStdString());
        const auto model = openModel(inside(folder, "m.safetensors"));
        QVERIFY(!model);
        QCOMPARE(static_cast<int>(model.error().code), static_cast<int>(code));
    }

    void numbersOutOfRange_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("item");
        QTest::addColumn<QString>("found");
        QTest::newRow("no double") << R"({"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,8]}})"
                                   << "shape"
                                   << "1e999";
        QTest::newRow("negative") << R"({"a":{"dtype":"F32","shape":[-1e999],"data_offsets":[0,8]}})"
                                  << "shape"
                                  << "-1e999";
        QTest::newRow("Infinity") << R"({"a":{"dtype":"F32","shape":[Infinity],"data_offsets":[0,8]}})"
                                  << "shape"
                                  << "Infinity";
        QTest::newRow("65 bits") << R"({"a":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,8]}})"
                                 << "a: shape"
                                 << "1.8446744073709552e+19";
        QTest::newRow("63 bits") << R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}})"
                                 << "a: data_offsets"
                                 << "9223372036854775808";
    }
    void numbersOutOfRange()
    {
        QFETCH(QString, header);
        QFETCH(QString, item);
        QFETCH(QString, found);
        QTemporaryDir folder;
        writeText(inside(folder, "m.safetensors"), fileOf(header.toStdString(), std::string(8, '\0')));
        const auto model = openModel(inside(folder, "m.safetensors"));
        QVERIFY(!model);
        QCOMPARE(static_cast<int>(model.error().code), static_cast<int>(ErrorCode::NumberOutOfRange));
        QCOMPARE(QString::fromStdString(model.error().item), item);
        QCOMPARE(QString::fromStdString(model.error().found), found);
        QVERIFY(!model.error().expected.empty());
        QCOMPARE(model.error().file, inside(folder, "m.safetensors"));
    }

    /// Numbers of the settings: each has a sentence with key, value and range.
    void settingsOutOfRange_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("item");
        for (const char* number : {"1e999", "Infinity", "-Infinity", "NaN"})
            QTest::newRow(number) << QStringLiteral(R"({"num_attention_heads":4,"rope_theta":%1})").arg(QLatin1String(number))
                                  << "rope_theta";
        QTest::newRow("65 bits") << R"({"num_attention_heads":18446744073709551616})"
                                 << "n_heads";
        QTest::newRow("33 bits") << R"({"num_attention_heads":4294967296})"
                                 << "n_heads";
        QTest::newRow("a fraction") << R"({"num_attention_heads":4.5})"
                                    << "n_heads";
    }
    void settingsOutOfRange()
    {
        QFETCH(QString, json);
        QFETCH(QString, item);
        QTemporaryDir folder;
        writeText(inside(folder, "config.json"), json.toStdString());
        writeText(inside(folder, "model.safetensors"), safetensors(llama()));
        const auto model = openModel(inside(folder, "model.safetensors"));
        QVERIFY(!model);
        QVERIFY(model.error().code == ErrorCode::NumberOutOfRange || model.error().code == ErrorCode::ConfigInvalid);
        QCOMPARE(QString::fromStdString(model.error().item), item);
        QVERIFY(!model.error().found.empty() && !model.error().expected.empty());
    }

    /// A header of many names is read in time linear in it, and a cancel is heard on the way.
    void manyTensors()
    {
        constexpr int count = 100'000;
        std::string header = "{", data(std::size_t(count) * 2, '\0');
        for (int i = 0; i < count; ++i) {
            if (i > 0) header += ',';
            header += headerEntry({"model.layers." + std::to_string(i / 10) + ".t" + std::to_string(i % 10), "F16", {1}, "ab"},
                                  std::size_t(i) * 2);
        }
        QTemporaryDir folder;
        writeText(inside(folder, "m.safetensors"), fileOf(header + "}", data));
        constexpr int patience = kSlowness;
        const std::clock_t start = std::clock();  // of this program: the machine may have other work
        const auto store = safetensorsFile(inside(folder, "m.safetensors"));
        QVERIFY(store.ok());
        QCOMPARE((*store)->tensors().size(), std::size_t(count));
        const auto model = openModel(inside(folder, "m.safetensors"));
        QVERIFY(!model);
        QCOMPARE(static_cast<int>(model.error().code), static_cast<int>(ErrorCode::UnknownLayout));
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 2.0 * patience, qPrintable(QString::number(seconds)));
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = safetensorsFile(inside(folder, "m.safetensors"), Progress(stop.get_token(), {}));
        QVERIFY(!stopped);
        QCOMPARE(static_cast<int>(stopped.error().code), static_cast<int>(ErrorCode::Cancelled));
    }

    void arithmeticWeCannotDoIsRefused_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("item");
        QTest::newRow("rope scaling") << R"({"num_attention_heads":4,"rope_scaling":{"rope_type":"llama3","factor":8}})"
                                      << "rope_scaling.low_freq_factor";
        QTest::newRow("Gemma without its width") << R"({"num_attention_heads":4,"model_type":"gemma"})"
                                                 << "hidden_size";
        QTest::newRow("a family that nobody knows") << R"({"num_attention_heads":4,"model_type":"two-softmaxes"})"
                                                    << "model_type";
        QTest::newRow("four norms") << R"({"num_attention_heads":4,"use_normalization_before_and_after":true})"
                                    << "use_normalization_before_and_after";
        QTest::newRow("rotation by parts") << R"({"num_attention_heads":4,"use_NTK_by_parts_rope":true})"
                                           << "use_NTK_by_parts_rope";
        QTest::newRow("rotation of YaRN") << R"({"num_attention_heads":4,"use_yarn_rope":true})"
                                          << "use_yarn_rope";
        QTest::newRow("rope parameters") << R"({"num_attention_heads":4,"rope_parameters":{"rope_type":"yarn"}})"
                                         << "rotary_scaling";
        QTest::newRow("rope of axes") << R"({"num_attention_heads":4,"rope_scaling":{"rope_type":"axial"}})"
                                      << "rope_scaling.rope_type";
        QTest::newRow("rope of a key too many")
            << R"({"num_attention_heads":4,"rope_scaling":{"type":"linear","factor":2,"mrope_section":[2]}})"
            << "rope_scaling.mrope_section";
    }
    void arithmeticWeCannotDoIsRefused()
    {
        QFETCH(QString, json);
        QFETCH(QString, item);
        QTemporaryDir folder;
        writeText(inside(folder, "config.json"), json.toStdString());
        writeText(inside(folder, "model.safetensors"), safetensors(llama()));
        const auto model = openModel(inside(folder, "model.safetensors"));
        QVERIFY(!model);
        QCOMPARE(QString::fromStdString(model.error().item), item);
    }

    /// Weights with an adapter beside them are another model than the weights alone: one of the two has to be chosen.
    void adapterBesideIsAskedFor()
    {
        QTemporaryDir folder;
        writeText(inside(folder, "config.json"), config);
        writeText(inside(folder, "model.safetensors"), safetensors(llama()));
        writeText(inside(folder, "adapter_config.json"), R"({"peft_type":"LORA","r":4})");
        OpenOptions none;
        none.adapter = "none";
        for (const std::string& path : {folder.path().toStdString(), inside(folder, "model.safetensors")}) {
            const auto model = openModel(path);
            QVERIFY(!model);
            QCOMPARE(model.error().code, ErrorCode::UnknownLayout);
            QCOMPARE(QString::fromStdString(model.error().item), QStringLiteral("adapter_config.json"));
            QVERIFY(openModel(path, none).ok());
        }
        QVERIFY(QFile::remove(folder.filePath("adapter_config.json")));
        QVERIFY(openModel(folder.path().toStdString()).ok());
    }

    void partialRotary()
    {
        QTemporaryDir folder;
        writeText(inside(folder, "config.json"),
                  R"({"num_attention_heads":2,"rope_parameters":{"rope_type":"default","rope_theta":500.0,"partial_rotary_factor":0.5}})");
        writeText(inside(folder, "model.safetensors"), safetensors(llama()));
        const auto model = openModel(inside(folder, "model.safetensors"));
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        QCOMPARE((*model)->config().dHead, 4);
        QCOMPARE((*model)->config().rotaryDim, 2);
        QCOMPARE((*model)->config().rotaryBase, 500.0);
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
