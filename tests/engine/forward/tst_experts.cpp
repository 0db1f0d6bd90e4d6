// SPDX-License-Identifier: GPL-3.0-or-later
// Mixtures of experts, latent attention and sinks: the router by hand and its slopes; files of ours, whole and with heads taken out; the
// order of experts in files.
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "engine/forward/forward.h"
#include "engine/forward/router.h"
#include "engine/io/open.h"
#include "engine/io/write/write.h"
#include "engine/model/prune.h"
#include "tests/support/forward_cases.h"
#include "tests/support/must.h"
#include "tests/support/safetensors_build.h"

using namespace hs;
using namespace hs::test;

namespace {

OpenOptions ours()
{
    OpenOptions options;
    options.probe = false;  // the files are our own
    options.tokenizerPath = "none";
    return options;
}

Routing routing(int count, int chosen)
{
    Routing out;
    out.count = count;
    out.chosen = chosen;
    return out;
}

/// The case of the forward pass's tests whose name begins so.
ForwardCase named(const char* begin)
{
    for (const ForwardCase& c : forwardCases())
        if (c.name.starts_with(begin)) return c;
    return {};
}

double largestDifference(const MatrixF& a, const MatrixF& b)
{
    if (a.rows() != b.rows() || a.cols() != b.cols()) return 1e9;
    double out = 0;
    for (std::ptrdiff_t i = 0; i < a.rows() * a.cols(); ++i)
        out = std::max(out, std::abs(static_cast<double>(a.data()[i]) - static_cast<double>(b.data()[i])));
    return out;
}

}  // namespace

class tst_experts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void routerByHand();
    void slopesOfTheRouter_data();
    void slopesOfTheRouter();
    void filesOfOurs_data();
    void filesOfOurs();
    void stacksAndSingleTensors();
};

void tst_experts::routerByHand()
{
    // e^0 : e^ln 2 : e^ln 5 = 1 : 2 : 5, and 2 more of the last
    const float logits[] = {0.0f, std::log(2.0f), std::log(5.0f), std::log(2.0f)};
    const auto of = [&](const Routing& r, const float* bias = nullptr) { return chooseExperts(r, logits, bias); };
    const auto plain = of(routing(4, 2));
    QCOMPARE(plain.size(), std::size_t(2));
    QCOMPARE(plain[0].expert, 1);  // of equal ones the first
    QCOMPARE(plain[1].expert, 2);
    QVERIFY(std::abs(plain[0].weight - 0.2) < 1e-7 && std::abs(plain[1].weight - 0.5) < 1e-7);

    Routing r = routing(4, 2);
    r.normalised = true;
    r.scale = 3;
    QVERIFY(std::abs(of(r)[1].weight - 3 * 5.0 / 7) < 1e-6);
    r = routing(4, 2);
    r.scores = RouterScores::SoftmaxOfChosen;
    QVERIFY(std::abs(of(r)[1].weight - 5.0 / 7) < 1e-7);
    r = routing(4, 1);
    r.scores = RouterScores::Sigmoid;
    QVERIFY(std::abs(of(r)[0].weight - 5.0 / 6) < 1e-7);
    const float bias[] = {2.0f, 0.0f, 0.0f, 0.0f};  // chooses expert 0 and leaves its weight
    QCOMPARE(of(r, bias)[0].expert, 0);
    QVERIFY(std::abs(of(r, bias)[0].weight - 0.5) < 1e-7);
    r = routing(4, 2);
    r.groups = 2;
    r.keptGroups = 1;
    QCOMPARE(of(r)[0].expert, 2);  // the best expert's group, and its neighbour rather than expert 1
    QCOMPARE(of(r)[1].expert, 3);
    const float pairs[] = {std::log(3.0f), std::log(3.0f), std::log(4.0f), std::log(0.5f)};
    QCOMPARE(chooseExperts(r, pairs, nullptr)[0].expert, 2);
    r.groupsByTwo = true;
    QCOMPARE(chooseExperts(r, pairs, nullptr)[0].expert, 0);  // 3 + 3 against 4 + 0.5
}

void tst_experts::slopesOfTheRouter_data()
{
    QTest::addColumn<int>("scores");
    QTest::addColumn<bool>("normalised");
    QTest::newRow("softmax") << int(RouterScores::Softmax) << false;
    QTest::newRow("softmax, divided") << int(RouterScores::Softmax) << true;
    QTest::newRow("sigmoid") << int(RouterScores::Sigmoid) << false;
    QTest::newRow("sigmoid, divided") << int(RouterScores::Sigmoid) << true;
    QTest::newRow("softmax of the chosen") << int(RouterScores::SoftmaxOfChosen) << false;
}

void tst_experts::slopesOfTheRouter()
{
    QFETCH(int, scores);
    QFETCH(bool, normalised);
    Routing r = routing(5, 3);
    r.scores = static_cast<RouterScores>(scores);
    r.normalised = normalised;
    r.scale = 1.7;
    const std::vector<float> logits{0.3f, -1.1f, 0.9f, 0.2f, -0.4f};
    const std::vector<double> dWeights{0.7, -1.3, 0.4};
    const auto chosen = chooseExperts(r, logits.data(), nullptr);
    std::vector<float> got(5);
    routerBack(r, logits.data(), chosen, dWeights, got.data());
    for (std::size_t e = 0; e < 5; ++e) {
        const auto value = [&](float by) {
            std::vector<float> moved = logits;
            moved[e] += by;
            const auto now = chooseExperts(r, moved.data(), nullptr);
            double sum = 0;
            for (std::size_t i = 0; i < now.size(); ++i) sum += now[i].expert == chosen[i].expert ? dWeights[i] * now[i].weight : 1e9;
            return sum;
        };
        constexpr float step = 1.0f / 1024;
        const double slope = (value(step) - value(-step)) / (2 * static_cast<double>(step));
        QVERIFY2(std::abs(slope - static_cast<double>(got[e])) < 2e-6, qPrintable(QString("%1: %2 not %3").arg(e).arg(got[e]).arg(slope)));
    }
}

void tst_experts::filesOfOurs_data()
{
    QTest::addColumn<QString>("begin");
    for (const char* begin : {"Mixtral", "Qwen-MoE", "DeepSeek V3: sigmoids", "GPT-OSS: softmax", "Llama 4: the weight",
                              "DeepSeek V2: latent", "DeepSeek V3: latent", "GPT-OSS: sinks", "Llama 4: chunks"})
        QTest::newRow(begin) << QString::fromLatin1(begin);
}

/// Written and read again: the same numbers. With heads taken out: those of a pass with the heads switched off.
void tst_experts::filesOfOurs()
{
    QFETCH(QString, begin);
    ForwardCase c = named(begin.toLatin1().constData());
    QVERIFY(c.config.nLayers > 0);
    // Files hold W_Q, W_K and W_V of latent attention as products; here they are any numbers, and read by nobody.
    const auto model = randomModel(c.config, c.options);
    const auto prompt = randomPrompt(17, c.config.dVocab);
    const auto run = must(forward(model, prompt, {}));
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("m.h5")).toStdString();
    const Status s = writeNativeModel(path, *model);
    QVERIFY2(s.ok(), s.ok() ? "" : s.error().item.c_str());
    const auto again = openModel(path, ours());
    QVERIFY2(again.ok(), again.ok() ? "" : again.error().item.c_str());
    QVERIFY((*again)->canRun());
    QVERIFY(largestDifference(must(forward(*again, prompt, {}))->logits, run->logits) < 1e-6);

    if (c.config.nKvHeads != c.config.nHeads) return;  // cut by groups: tst_prune
    const auto cut = withoutHeads(model, {{{0, 1}, {1, 0}}, {}});
    QVERIFY2(cut.ok(), cut.ok() ? "" : cut.error().item.c_str());
    const std::string less = folder.filePath(QStringLiteral("less.h5")).toStdString();
    QVERIFY(writeNativeModel(less, **cut).ok());
    const auto pruned = openModel(less, ours());
    QVERIFY2(pruned.ok(), pruned.ok() ? "" : pruned.error().item.c_str());
    ForwardOptions off;
    for (const HeadId h : {HeadId{0, 1}, HeadId{1, 0}}) {
        Intervention zero;
        zero.kind = InterventionKind::ZeroHead;
        zero.head = h;
        off.interventions.push_back(zero);
    }
    QVERIFY(largestDifference(must(forward(*pruned, prompt, {}))->logits, must(forward(model, prompt, off))->logits) < 2e-5);
}

/// The experts of a layer in one tensor, as a running model of the library has them, and each in tensors of its own.
void tst_experts::stacksAndSingleTensors()
{
    constexpr int d = 8, f = 6, count = 3, vocabulary = 11;
    Random random(3);
    const auto values = [&](std::size_t n) {
        std::vector<float> out(n);
        for (float& x : out) x = random.symmetric() / 2;
        return out;
    };
    std::vector<SafeTensor> common, single, stacked;
    const auto add = [&](std::vector<SafeTensor>& to, const std::string& name, std::vector<std::int64_t> shape,
                         const std::vector<float>& v) { to.push_back(floatTensor(name, std::move(shape), v)); };
    for (const char* norm :
         {"model.norm.weight", "model.layers.0.input_layernorm.weight", "model.layers.0.post_attention_layernorm.weight"})
        add(common, norm, {d}, values(d));
    for (const char* part : {"q_proj", "k_proj", "v_proj", "o_proj"})
        add(common, std::string("model.layers.0.self_attn.") + part + ".weight", {d, d}, values(d * d));
    for (const char* part : {"q_norm", "k_norm"}) add(common, std::string("model.layers.0.self_attn.") + part + ".weight", {4}, values(4));
    add(common, "model.embed_tokens.weight", {vocabulary, d}, values(vocabulary * d));
    add(common, "lm_head.weight", {vocabulary, d}, values(vocabulary * d));
    add(common, "model.layers.0.mlp.gate.weight", {count, d}, values(count * d));
    std::vector<float> both, down;
    for (int e = 0; e < count; ++e) {
        const std::string at = "model.layers.0.mlp.experts." + std::to_string(e) + ".";
        for (const char* part : {"gate_proj", "up_proj"}) {
            const auto v = values(f * d);
            add(single, at + part + ".weight", {f, d}, v);
            both.insert(both.end(), v.begin(), v.end());
        }
        const auto v = values(d * f);
        add(single, at + "down_proj.weight", {d, f}, v);
        down.insert(down.end(), v.begin(), v.end());
    }
    add(stacked, "model.layers.0.mlp.experts.gate_up_proj", {count, 2 * f, d}, both);
    add(stacked, "model.layers.0.mlp.experts.down_proj", {count, d, f}, down);
    const QTemporaryDir folder;
    writeText(folder.filePath(QStringLiteral("config.json")).toStdString(),
              R"({"model_type": "qwen3_moe", "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 2,)"
              R"( "num_experts": 3, "num_experts_per_tok": 2, "moe_intermediate_size": 6, "vocab_size": 11, "norm_topk_prob": true})");
    std::vector<MatrixF> logits;
    for (const auto* kind : {&single, &stacked}) {
        std::vector<SafeTensor> all = common;
        all.insert(all.end(), kind->begin(), kind->end());
        const std::string path = folder.filePath(QStringLiteral("model.safetensors")).toStdString();
        writeText(path, safetensorsText(all));
        const auto model = openModel(path, ours());
        QVERIFY2(model.ok(), model.ok() ? "" : qPrintable(QString::fromStdString(model.error().item + " " + model.error().found)));
        QVERIFY((*model)->missingTensors().empty());
        QCOMPARE((*model)->config().routing.count, count);
        logits.push_back(must(forward(*model, promptOfIds({1, 4, 7, 2, 9}), {}))->logits);
    }
    QCOMPARE(largestDifference(logits[0], logits[1]), 0.0);

    // A file that lacks one expert is whole no more.
    std::vector<SafeTensor> all = common;
    all.insert(all.end(), single.begin(), single.end() - 1);
    const std::string path = folder.filePath(QStringLiteral("model.safetensors")).toStdString();
    writeText(path, safetensorsText(all));
    const auto model = openModel(path, ours());
    QVERIFY(model.ok());
    QVERIFY(!(*model)->canRun());
    QCOMPARE((*model)->missingTensors().front(), std::string("layers/0/experts/2/W_out"));
}

QTEST_GUILESS_MAIN(tst_experts)
#include "tst_experts.moc"
