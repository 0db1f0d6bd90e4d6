// SPDX-License-Identifier: GPL-3.0-or-later
// Decoders against the numbers of their own code (fixtures/families and shared data/families): opened, run, written in our schema and run again;
// and with heads taken out, where ALiBi must leave each head its slope.
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <initializer_list>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "engine/io/write/write.h"
#include "engine/model/prune.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/random_model.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

namespace {

struct Prompts {
    std::vector<std::vector<int>> ids;
    std::vector<Numbers> attention, logits;
};

Prompts promptsOf(const QString& reference)
{
    Prompts out;
    for (int k = 0;; ++k) {
        const std::string at = "prompt_" + std::to_string(k) + "/";
        const Numbers tokens = readNumbers(reference, at + "tokens");
        if (tokens.size() == 0) return out;
        out.ids.emplace_back(tokens.values.begin(), tokens.values.end());
        out.attention.push_back(readNumbers(reference, at + "attention"));
        out.logits.push_back(readNumbers(reference, at + "logits"));
    }
}

QString said(const Error& e) { return QString::fromStdString(e.item + ": " + e.found + " / " + e.expected); }

struct Off {
    double attention = 1e9, logits = 1e9;  ///< largest difference; of the largest logit
    QString error;
};

Off offBy(const std::shared_ptr<const Model>& model, const std::vector<int>& ids, const Numbers& attention, const Numbers& logits)
{
    Off off;
    const auto run = forward(model, promptOfIds(ids), {});
    if (!run) return off.error = said(run.error()), off;
    const int n = (*run)->queries();
    std::size_t cell = 0;
    double a = 0, wrong = 0, largest = 0;
    for (int l = 0; l < (*run)->layers(); ++l)
        for (int h = 0; h < (*run)->heads(l); ++h) {
            const auto map = (*run)->tile({l, h}, MapKind::Weights, 0, n, 0, n);
            if (!map) return off.error = said(map.error()), off;
            for (int i = 0; i < n * n && cell < attention.size(); ++i)
                a = std::max(a, std::abs(static_cast<double>(map->data()[i]) - attention[cell++]));
            const auto stats = (*run)->stats({l, h});
            if (!stats) return off.error = QStringLiteral("no statistics"), off;
        }
    if (cell != attention.size() || logits.size() != static_cast<std::size_t>((*run)->logits.rows() * (*run)->logits.cols()))
        return off.error = QStringLiteral("other sizes"), off;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        largest = std::max(largest, std::abs(logits[i]));
        wrong = std::max(wrong, std::abs(static_cast<double>((*run)->logits.data()[i]) - logits[i]));
    }
    off.attention = a;
    off.logits = wrong / largest;
    return off;
}

OpenOptions ours()
{
    OpenOptions options;
    options.probe = false;  // the files are our own
    options.tokenizerPath = "none";
    return options;
}

}  // namespace

class tst_family_numbers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAgree_data();
    void numbersAgree();
    void whatTheFileDoesNotSayIsAsked();
    void missingKeysAreTheFamilys();
    void otherSettingsAreRefused_data();
    void otherSettingsAreRefused();
    void normOfTokensAlone();
    void prunedHeadsKeepTheirSlopes();
};

void tst_family_numbers::numbersAgree_data()
{
    QTest::addColumn<QString>("layout");
    const auto row = [](const char* folder, const char* layout) { QTest::newRow(folder) << QString::fromLatin1(layout); };
    for (const char* neox : {"gpt-neox-partial-rotary", "gpt-neox-partial-rotary-hub", "gpt-neox-sequential"}) row(neox, "hf-gpt-neox");
    row("gptj", "hf-gptj");
    row("codegen", "hf-codegen");
    row("bloom-alibi", "hf-bloom");
    row("bloom-alibi-6-heads", "hf-bloom");
    for (const char* falcon : {"falcon-mqa", "falcon-new", "falcon-rw-alibi"}) row(falcon, "hf-falcon");
    row("mpt-alibi", "hf-mpt");
    row("opt", "hf-opt");
    row("opt-350m-style", "hf-opt");
    row("gpt-neo-local", "hf-gpt-neo");
    row("gpt-bigcode-mqa", "hf-gpt-bigcode");
    row("biogpt", "hf-biogpt");
    row("xglm", "hf-xglm");
    row("ctrl", "hf-ctrl");
    row("openai-gpt", "hf-openai-gpt");
    const auto rows = [&](std::initializer_list<const char*> folders, const char* layout) {
        for (const char* folder : folders) row(folder, layout);
    };
    rows({"llama-bias-head-dim", "llama-rope-dynamic", "llama-rope-dynamic-hub", "llama-rope-linear", "llama-rope-linear-hub",
          "llama-rope-yarn", "llama-rope-yarn-hub", "llama3-rope", "llama3-rope-hub"},
         "hf-llama");
    rows({"qwen3", "qwen3-hub"}, "hf-qwen3");
    row("gemma", "hf-gemma");
    rows({"gemma2", "gemma2-hub"}, "hf-gemma2");
    rows({"gemma3", "gemma3-hub"}, "hf-gemma3");
    row("olmo", "hf-olmo");
    row("olmo2", "hf-olmo2");
    row("olmo3", "hf-olmo3");
    row("exaone4", "hf-exaone4");
    row("cohere", "hf-cohere");
    row("cohere2", "hf-cohere2");
    row("granite", "hf-granite");
    rows({"stablelm", "stablelm-12b-style"}, "hf-stablelm");
    row("starcoder2", "hf-starcoder2");
    row("nemotron", "hf-nemotron");
    row("phi", "hf-phi");
    rows({"phi3-longrope", "phi3-longrope-hub"}, "hf-phi3");
    row("glm4", "hf-glm4");
    row("ernie4_5", "hf-ernie4_5");
    row("smollm3-nope", "hf-smollm3");
    row("eurobert", "hf-eurobert");
    row("gpt2-inverse-layer-scale", "hf-gpt2");
    rows({"tl-inverse-layer-scale", "tl-norm-before-and-after", "tl-qk-norm", "tl-rope-by-parts", "tl-solu"}, "transformer-lens");
    row("mixtral", "hf-mixtral");
    row("qwen2-moe", "hf-qwen2-moe");
    row("qwen3-moe", "hf-qwen3-moe");
    row("olmoe", "hf-olmoe");
    row("tl-experts", "transformer-lens");
    row("gpt-oss-sinks", "gpt-oss");
    row("llama4-chunked", "llama4");
    row("deepseek-v2-mla", "deepseek-v2");
    rows({"deepseek-v3-mla", "deepseek-v3-mla-hub"}, "deepseek-v3");
    row("tl-alibi", "transformer-lens");
    row("tl-shortformer", "transformer-lens");
}

void tst_family_numbers::numbersAgree()
{
    QFETCH(QString, layout);
    const QString folder = familyFolder(QString::fromLatin1(QTest::currentDataTag()));
    HS_NEED_SHARED(folder + QStringLiteral("/reference.h5"));
    const QString file = folder + (layout == QStringLiteral("transformer-lens") ? "/model.h5" : "/model.safetensors");
    const auto model = openModel(file.toStdString(), ours());
    QVERIFY2(model.ok(), model.ok() ? "" : qPrintable(said(model.error())));
    QCOMPARE(QString::fromStdString((*model)->identity().layout), layout);
    QVERIFY2((*model)->missingTensors().empty(), "a whole file");

    QTemporaryDir written;
    const std::string native = written.filePath(QStringLiteral("native.h5")).toStdString();
    const Status s = writeNativeModel(native, **model);
    QVERIFY2(s.ok(), s.ok() ? "" : qPrintable(said(s.error())));
    const auto again = openModel(native, ours());
    QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(said(again.error())));

    const Prompts prompts = promptsOf(folder + QStringLiteral("/reference.h5"));
    QVERIFY(prompts.ids.size() >= 2);
    for (const auto& m : {*model, *again})
        for (std::size_t k = 0; k < prompts.ids.size(); ++k) {
            const Off off = offBy(m, prompts.ids[k], prompts.attention[k], prompts.logits[k]);
            QVERIFY2(off.error.isEmpty(), qPrintable(off.error));
            // Their own references are in single precision.
            const QStringList single{QStringLiteral("xglm"), QStringLiteral("tl-experts")};
            const double tolerance = single.contains(QString::fromLatin1(QTest::currentDataTag())) ? 1e-4 : 2e-5;
            QVERIFY2(off.attention < tolerance, qPrintable(QString("attention off by %1").arg(off.attention)));
            QVERIFY2(off.logits < 10 * tolerance, qPrintable(QString("logits off by %1").arg(off.logits)));
        }
}

/// PyTorch's nn.TransformerEncoder: nothing runs before heads, activation and mask are said, and then it is exact.
void tst_family_numbers::whatTheFileDoesNotSayIsAsked()
{
    const QString folder = familyFolder(u"nn-language");
    HS_NEED_SHARED(folder + QStringLiteral("/reference.h5"));
    const std::string file = (folder + QStringLiteral("/model.pt")).toStdString();
    OpenOptions options = ours();
    const auto asked = [&]() -> std::string {
        const auto model = openModel(file, options);
        if (!model) return model.error().item;
        if (const Status known = (*model)->headsKnown(); !known) return known.error().item;
        const auto run = forward(*model, promptOfIds({5, 6, 7}), {});
        return run ? std::string() : run.error().item;
    };
    QCOMPARE(asked(), std::string("n_heads"));
    options.config["n_heads"] = "4";
    QCOMPARE(asked(), std::string("act_fn"));
    options.config["act_fn"] = "relu";
    QCOMPARE(asked(), std::string("attention_dir"));
    options.config["attention_dir"] = "causal";
    QCOMPARE(asked(), std::string());
    const auto model = openModel(file, options);
    QVERIFY(model.ok());
    QCOMPARE((*model)->identity().layout, std::string("nn-transformer"));
    const Prompts prompts = promptsOf(folder + QStringLiteral("/reference.h5"));
    QVERIFY(prompts.ids.size() >= 2);
    for (std::size_t k = 0; k < prompts.ids.size(); ++k) {
        const Off off = offBy(*model, prompts.ids[k], prompts.attention[k], prompts.logits[k]);
        QVERIFY2(off.error.isEmpty(), qPrintable(off.error));
        QVERIFY(off.attention < 2e-5);
        QVERIFY(off.logits < 2e-4);
    }
}

/// What a key that is missing means is the family's own: bases of rotary positions, windows, factors.
void tst_family_numbers::missingKeysAreTheFamilys()
{
    HS_NEED_SHARED("families");
    const auto without = [](const char* folder, const QStringList& keys, const char* key) {
        const QString from = sharedData(u"families/") + QString::fromLatin1(folder);
        const QTemporaryDir to;
        if (!QFile::copy(from + QStringLiteral("/model.safetensors"), to.filePath(QStringLiteral("model.safetensors")))) return QString();
        QJsonObject config = QJsonDocument::fromJson(QByteArray::fromStdString(fileBytes(from + QStringLiteral("/config.json")))).object();
        for (const QString& name : keys) config.remove(name);
        QFile file(to.filePath(QStringLiteral("config.json")));
        if (!file.open(QIODevice::WriteOnly)) return QString();
        file.write(QJsonDocument(config).toJson());
        file.close();
        const auto model = openModel(to.filePath(QStringLiteral("model.safetensors")).toStdString(), ours());
        return model ? QString::fromStdString(configValue((*model)->config(), key)) : said(model.error());
    };
    const auto text = [](const char* s) { return QString::fromLatin1(s); };
    const QString theta = QStringLiteral("rope_theta");
    QCOMPARE(without("gemma3-hub", {theta, QStringLiteral("rope_scaling")}, "rotary_base"), text("1e+06"));
    QCOMPARE(without("gemma3-hub", {QStringLiteral("rope_local_base_freq")}, "rotary_base_local"), text("10000"));
    QCOMPARE(without("gemma2-hub", {QStringLiteral("sliding_window")}, "window"), text("4096,0,4096,0"));
    QCOMPARE(without("gemma2-hub", {QStringLiteral("attn_logit_softcapping")}, "attn_softcap"), text("50"));
    QCOMPARE(without("llama-hub", {theta}, "rotary_base"), text("10000"));
    QCOMPARE(without("llama-hub", {QStringLiteral("rms_norm_eps")}, "eps"), text("1e-06"));
    QCOMPARE(without("granite", {QStringLiteral("attention_multiplier")}, "attn_scale"), text("1"));
    QCOMPARE(without("cohere", {QStringLiteral("logit_scale")}, "logit_scale"), text("0.0625"));
    QCOMPARE(without("mixtral", {QStringLiteral("rope_parameters")}, "rotary_base"), text("1e+06"));
    QCOMPARE(without("qwen3-moe", {QStringLiteral("norm_topk_prob")}, "router_normalised"), QString());
    QCOMPARE(without("gpt-oss-sinks", {QStringLiteral("rope_parameters")}, "rotary_base"), text("150000"));
    QCOMPARE(without("gpt-oss-sinks", {QStringLiteral("layer_types")}, "window"), text("8,0,8,0"));
    QCOMPARE(without("llama4-chunked", {QStringLiteral("no_rope_layers")}, "rotary_layers"), text("1,1,1,0"));
    QCOMPARE(without("llama4-chunked", {QStringLiteral("layer_types")}, "attention_chunk"), text("8,8,8,0"));
    QCOMPARE(without("deepseek-v3-mla", {QStringLiteral("routed_scaling_factor")}, "router_scale"), text("2.5"));
}

void tst_family_numbers::otherSettingsAreRefused_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("changes");  // merged into config.json
    QTest::addColumn<QString>("item");
    const auto row = [](const char* name, const char* folder, const char* changes, const char* item) {
        QTest::newRow(name) << QString::fromLatin1(folder) << QString::fromLatin1(changes) << QString::fromLatin1(item);
    };
    row("residual after the norm", "bloom-alibi", R"({"apply_residual_connection_post_layernorm": true})",
        "apply_residual_connection_post_layernorm");
    row("key of nobody", "bloom-alibi", R"({"attention_twist": 2})", "attention_twist");
    row("head of another task", "bloom-alibi", R"({"architectures": ["BloomForTokenClassification"]})", "architectures");
    row("steeper slopes", "mpt-alibi", R"({"attn_config": {"alibi": true, "alibi_bias_max": 16}})", "attn_config.alibi_bias_max");
    row("no ALiBi", "mpt-alibi", R"({"attn_config": {"alibi": false}})", "attn_config.alibi");
    row("norms of q and k", "mpt-alibi", R"({"attn_config": {"qk_ln": true}})", "attn_config.qk_ln");
    row("scaled logits", "mpt-alibi", R"({"logit_scale": 0.5})", "logit_scale");
    row("groups one after the other", "falcon-new", R"({"parallel_attn": false})", "parallel_attn");
    row("one norm where two stand", "falcon-new", R"({"num_ln_in_parallel_attn": 1})", "parallel_shared_norm");
    row("two norms where one stands", "falcon-mqa", R"({"num_ln_in_parallel_attn": 2})", "num_ln_in_parallel_attn");
    row("heads of its own where one is shared", "falcon-mqa", R"({"multi_query": false, "num_kv_heads": 4})", "n_kv_heads");
    row("no rotary width", "gptj", R"({"rotary_dim": null})", "rotary_dim");
    row("shards that cut heads", "codegen", R"({"n_head": 2})", "n_head");
    row("rotary base under another name", "gpt-neox-partial-rotary-hub", R"({"rope_theta": 500})", "rope_theta");
    row("layers that do not agree", "gpt-neo-local", R"({"attention_layers": ["local", "local", "local", "local"]})", "attention_layers");
    row("layers that are too few", "gpt-neo-local", R"({"attention_types": [[["global"], 3]], "attention_layers": null})",
        "attention_types");
    row("a blank position", "xglm", R"({"pad_token_id": 7})", "pad_token_id");
    row("biases that its key denies", "gpt-neox-partial-rotary", R"({"attention_bias": false})", "attention_bias");
    row("biases that its key wants", "falcon-mqa", R"({"bias": true})", "bias");
    row("biases of LLaMA, denied", "llama-bias-head-dim", R"({"attention_bias": false})", "attention_bias");
    row("biases of the MLP, denied", "llama-bias-head-dim", R"({"mlp_bias": false})", "mlp_bias");
    row("in sequence without a second norm", "falcon-mqa", R"({"parallel_attn": false})", "parallel_attn_mlp");
    row("a cap that its code passes over", "gemma3", R"({"attn_logit_softcapping": 30.0})", "attn_logit_softcapping");
    row("half of a head turned", "qwen3-hub", R"({"partial_rotary_factor": 0.5})", "partial_rotary_factor");
    row("more than a head turned", "phi", R"({"rope_parameters": {"rope_theta": 10000.0, "partial_rotary_factor": 1.5}})",
        "rotary_fraction");
    row("logits times nothing", "cohere", R"({"logit_scale": null})", "logit_scale");
    row("a key of LLaMA that nobody knows", "llama-hub", R"({"residual_twist": 0.5})", "residual_twist");
    row("a key of GPT-2 that nobody knows", "gpt2", R"({"head_gate": true})", "head_gate");
    row("a field of TransformerLens that nobody knows", "tl-standard", R"({"use_head_gate": true})", "use_head_gate");
    row("norms of LayerNorm models around both branches", "tl-standard", R"({"use_normalization_before_and_after": true})",
        "use_normalization_before_and_after");
    row("another last norm", "ctrl", R"({"layer_norm_epsilon": 1e-3})", "layer_norm_epsilon");
    row("another activation", "openai-gpt", R"({"afn": "tanh"})", "afn");
    row("norms of heads, denied", "stablelm-12b-style", R"({"qk_layernorm": false})", "qk_layernorm");
    row("norms of heads where there are none", "stablelm", R"({"qk_layernorm": true})", "qk_layernorm");
    row("more experts than the file has", "mixtral", R"({"num_local_experts": 8})", "n_experts");
    row("two numbers of experts", "olmoe", R"({"num_local_experts": 8})", "num_local_experts");
    row("more experts a token than there are", "mixtral", R"({"num_experts_per_tok": 9})", "experts_per_token");
    row("experts of another width", "qwen3-moe", R"({"moe_intermediate_size": 20})", "d_expert");
    row("a dense layer where experts are", "qwen2-moe", R"({"mlp_only_layers": [1]})", "expert_layers");
    row("experts in every second layer", "qwen3-moe", R"({"decoder_sparse_step": 2})", "expert_layers");
    row("a window whose layers are not named", "qwen2-moe", R"({"use_sliding_window": true, "sliding_window": 4, "layer_types": null})",
        "use_sliding_window");
    row("a shared MLP of another width", "qwen2-moe", R"({"shared_expert_intermediate_size": 40})", "d_mlp");
    row("another slope of gates", "gpt-oss-sinks", R"({"swiglu_alpha": 1.5})", "swiglu_alpha");
    row("a temperature that is no yes or no", "llama4-chunked", R"({"attn_temperature_tuning": 4})", "attn_temperature_tuning");
    row("experts in other layers", "llama4-chunked", R"({"moe_layers": [0]})", "expert_layers");
    row("weights of the chosen divided", "deepseek-v2-mla", R"({"norm_topk_prob": true})", "norm_topk_prob");
    row("another rule for groups", "deepseek-v2-mla", R"({"topk_method": "noaux_tc"})", "topk_method");
    row("no latent queries where they are", "deepseek-v3-mla", R"({"q_lora_rank": null})", "latent_q");
    row("a wider latent", "deepseek-v3-mla", R"({"kv_lora_rank": 20})", "latent_kv");
    row("more turned entries", "deepseek-v3-mla", R"({"qk_rope_head_dim": 6, "qk_nope_head_dim": 6})", "rotary_dim");
    row("narrower values", "deepseek-v3-mla", R"({"v_head_dim": 4})", "d_value");
    row("groups that do not divide", "deepseek-v3-mla", R"({"n_group": 3})", "router_groups");
    row("no experts at the start", "deepseek-v3-mla", R"({"first_k_dense_replace": 2})", "expert_layers");
    row("encoder and decoder", "opt", R"({"is_encoder_decoder": true})", "is_encoder_decoder");
}

void tst_family_numbers::otherSettingsAreRefused()
{
    QFETCH(QString, folder);
    QFETCH(QString, changes);
    QFETCH(QString, item);
    const QString from = familyFolder(folder);
    HS_NEED_SHARED(from + QStringLiteral("/config.json"));
    const QTemporaryDir to;
    const bool hdf5 = QFile::exists(from + QStringLiteral("/model.h5"));
    const QString weights = hdf5 ? QStringLiteral("model.h5") : QStringLiteral("model.safetensors");
    QVERIFY(QFile::copy(from + QLatin1Char('/') + weights, to.filePath(weights)));
    QJsonObject config = QJsonDocument::fromJson(QByteArray::fromStdString(fileBytes(from + QStringLiteral("/config.json")))).object();
    const QJsonObject change = QJsonDocument::fromJson(changes.toUtf8()).object();
    QVERIFY(!config.isEmpty() && !change.isEmpty());
    for (auto it = change.begin(); it != change.end(); ++it) config[it.key()] = it.value();
    QFile file(to.filePath(QStringLiteral("config.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(config).toJson());
    file.close();
    const auto model = openModel(to.filePath(weights).toStdString(), ours());
    QVERIFY(!model);
    QCOMPARE(QString::fromStdString(model.error().item), item);
    QVERIFY(!model.error().found.empty());
}

/// TransformerLens norms the token embedding before positions are added: here that is the same only where none are (tl-alibi has one).
void tst_family_numbers::normOfTokensAlone()
{
    HS_NEED_SHARED("families");
    const QTemporaryDir folder;
    for (const char* part : {"/model.h5", "/config.json"})
        QVERIFY(QFile::copy(sharedData(u"families/tl-standard") + QString::fromLatin1(part), folder.path() + QString::fromLatin1(part)));
    const QString path = folder.filePath(QStringLiteral("model.h5"));
    QVERIFY(QFile(path).setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    hsize_t d = 0;
    {
        const auto before = openModel(path.toStdString(), ours());  // closed again: the file is written to
        QVERIFY2(before.ok(), before.ok() ? "" : qPrintable(said(before.error())));
        QCOMPARE((*before)->config().position, PositionKind::Learned);
        d = static_cast<hsize_t>((*before)->config().dModel);
    }
    const std::vector<float> ones(d, 1.5f);
    const hid_t file = H5Fopen(path.toUtf8().constData(), H5F_ACC_RDWR, H5P_DEFAULT), space = H5Screate_simple(1, &d, nullptr);
    for (const char* tensor : {"embed.ln.w", "embed.ln.b"}) {
        const hid_t set = H5Dcreate2(file, tensor, H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        QVERIFY(H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, ones.data()) >= 0);
        H5Dclose(set);
    }
    H5Sclose(space);
    H5Fclose(file);
    const auto after = openModel(path.toStdString(), ours());
    QVERIFY(!after);
    QCOMPARE(after.error().item, std::string("positional_embedding_type"));
}

/// A pruned ALiBi model gives what the whole one gives with the same heads off, also when it has been written and read.
void tst_family_numbers::prunedHeadsKeepTheirSlopes()
{
    ModelConfig config = smallConfig(2, 6);
    config.position = PositionKind::Alibi;
    RandomModelOptions options;
    options.seed = 5;
    const auto whole = randomModel(config, options);
    const std::vector<std::vector<HeadId>> cuts{{{0, 0}, {0, 3}, {1, 5}}, {{0, 1}, {1, 4}}};
    for (const auto& heads : cuts) {
        const auto cut = withoutHeads(whole, {heads, {}});
        QVERIFY(cut.ok());
        QCOMPARE((*cut)->config().alibiSlopes.size(), 12 - heads.size());
        QVERIFY(checkConfig((*cut)->config()).ok());
        QTemporaryDir written;
        const std::string native = written.filePath(QStringLiteral("cut.h5")).toStdString();
        const Status s = writeNativeModel(native, **cut);
        QVERIFY2(s.ok(), s.ok() ? "" : qPrintable(said(s.error())));
        const auto again = openModel(native, ours());
        QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(said(again.error())));

        const auto prompt = randomPrompt(30, config.dVocab);
        ForwardOptions off;
        for (const HeadId h : heads) {
            Intervention zero;
            zero.kind = InterventionKind::ZeroHead;
            zero.head = h;
            off.interventions.push_back(zero);
        }
        const auto expected = forward(whole, prompt, off);
        QVERIFY(expected.ok());
        for (const auto& m : {*cut, *again}) {
            const auto got = forward(m, prompt, {});
            QVERIFY(got.ok());
            double wrong = 0;
            for (std::ptrdiff_t i = 0; i < (*got)->logits.rows() * (*got)->logits.cols(); ++i)
                wrong = std::max(wrong, std::abs(static_cast<double>((*got)->logits.data()[i] - (*expected)->logits.data()[i])));
            QVERIFY2(wrong < 2e-5, qPrintable(QString("off by %1").arg(wrong)));
        }
    }
}

QTEST_APPLESS_MAIN(tst_family_numbers)
#include "tst_family_numbers.moc"
