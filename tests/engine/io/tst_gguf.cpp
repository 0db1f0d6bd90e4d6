// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF: the kinds of blocks against their formulas in double precision, models as llama.cpp's converter leaves them, tokenisers, refusals.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "engine/forward/forward.h"
#include "engine/io/gguf/gguf_model.h"
#include "engine/io/open.h"
#include "engine/text/tokenizer.h"
#include "tests/support/gguf_build.h"
#include "tests/support/gguf_oracle.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/model_compare.h"
#include "tests/support/must.h"
#include "tests/support/random_model.h"
#include "tests/support/safetensors_build.h"
#include "tests/support/shared_data.h"

namespace hs {
extern const Layout kHfLlama, kNanoGpt;
}

using namespace hs;
using namespace hs::test;

namespace {

std::string why(const Error& e) { return std::to_string(static_cast<int>(e.code)) + " " + e.item + ": " + e.found + " / " + e.expected; }

struct Folder {
    QTemporaryDir dir;
    std::string write(const std::string& name, const std::string& text) const
    {
        const std::string path = dir.filePath(QString::fromStdString(name)).toStdString();
        writeText(path, text);
        return path;
    }
};

// ---- models ----
ModelConfig llamaConfig()
{
    ModelConfig c = smallConfig();
    c.nKvHeads = 2;
    c.norm = NormKind::RmsNorm;
    c.position = PositionKind::Rotary;
    c.rotaryDim = c.dHead;
    c.gatedMlp = true;
    c.activation = Activation::Silu;
    c.nCtx = 128;
    return c;
}
std::shared_ptr<const Model> llama()
{
    RandomModelOptions o;
    o.attentionBiases = o.mlpBiases = o.normBiases = false;
    return randomModel(llamaConfig(), o);
}

std::string renamed(std::string name, const std::vector<std::pair<std::string, std::string>>& names)
{
    for (const auto& [from, to] : names)
        if (const std::size_t at = name.find(from); at != std::string::npos) name.replace(at, from.size(), to);
    return name;
}

/// What the converter does to q and k: rows (head, b, a) go to (head, a, b), b the half and a the pair.
std::string neighbours(const SafeTensor& t, int dHead)
{
    const auto rows = static_cast<std::size_t>(t.shape[0]), width = t.bytes.size() / rows, d = static_cast<std::size_t>(dHead);
    std::string out(t.bytes.size(), '\0');
    for (std::size_t r = 0; r < rows; ++r) {
        const std::size_t head = r / d, b = r % d / (d / 2), a = r % (d / 2);
        t.bytes.copy(out.data() + (head * d + 2 * a + b) * width, width, r * width);
    }
    return out;
}

std::vector<GgufPart> llamaParts(bool move)
{
    std::vector<GgufPart> out;
    for (const SafeTensor& t : tensorsAs(kHfLlama, *llama())) {
        const std::string name = renamed(t.name, {{"embed_tokens", "token_embd"},
                                                  {"input_layernorm", "attn_norm"},
                                                  {"post_attention_layernorm", "ffn_norm"},
                                                  {"self_attn.q_proj", "attn_q"},
                                                  {"self_attn.k_proj", "attn_k"},
                                                  {"self_attn.v_proj", "attn_v"},
                                                  {"self_attn.o_proj", "attn_output"},
                                                  {"mlp.gate_proj", "ffn_gate"},
                                                  {"mlp.up_proj", "ffn_up"},
                                                  {"mlp.down_proj", "ffn_down"},
                                                  {"layers.", "blk."}});
        const bool moved = move && (name.find("attn_q") != std::string::npos || name.find("attn_k") != std::string::npos);
        out.push_back(
            {name == "norm.weight" ? "output_norm.weight" : name, t.shape, 0, moved ? neighbours(t, llamaConfig().dHead) : t.bytes});
    }
    return out;
}

std::vector<std::string> llamaPairs(const std::string& architecture = "llama")
{
    const std::string p = architecture + ".";
    return {ggufString("general.architecture", architecture),
            ggufString("general.name", "a model"),
            ggufWhole(p + "block_count", 2),
            ggufWhole(p + "context_length", 128),
            ggufWhole(p + "embedding_length", 32),
            ggufWhole(p + "feed_forward_length", 128),
            ggufWhole(p + "attention.head_count", 4),
            ggufWhole(p + "attention.head_count_kv", 2),
            ggufReal(p + "attention.layer_norm_rms_epsilon", 1e-5F),
            ggufWhole(p + "rope.dimension_count", 8),
            ggufReal(p + "rope.freq_base", 50000.0F)};
}

}  // namespace
Q_DECLARE_METATYPE(ErrorCode)

class tst_gguf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void blocks_data();
    void blocks();
    void llamaModels_data();
    void llamaModels();
    void gpt2Model();
    void quantisedRowsAreMovedWhole();
    void byteLevelTokenizer();
    void sentencePieceTokenizer();
    void refused_data();
    void refused();
    void everyCutIsSaid();
    void aRealModel();
};

void tst_gguf::blocks_data()
{
    QTest::addColumn<int>("number");
    for (const int number : {2, 3, 6, 7, 8, 10, 11, 12, 13, 14, 15})
        QTest::newRow(blockType(static_cast<std::uint32_t>(number))->name) << number;
}

void tst_gguf::blocks()
{
    QFETCH(int, number);
    const BlockType& type = *blockType(static_cast<std::uint32_t>(number));
    constexpr int count = 40;
    const std::string raw = randomBlocks(type, count, static_cast<std::uint64_t>(number));
    std::vector<float> got(static_cast<std::size_t>(type.values) * count);
    type.decode(reinterpret_cast<const unsigned char*>(raw.data()), count, got.data());
    double largest = 0, worst = 0;
    for (int b = 0; b < count; ++b)
        for (int e = 0; e < type.values; ++e) {
            const double expected =
                blockOracle(type.name, reinterpret_cast<const unsigned char*>(raw.data()) + static_cast<std::size_t>(b) * type.bytes, e);
            const double off = std::abs(static_cast<double>(got[static_cast<std::size_t>(b * type.values + e)]) - expected);
            largest = std::max(largest, std::abs(expected));
            worst = std::max(worst, off);
        }
    QVERIFY(largest > 0);
    QVERIFY2(worst <= 2e-7 * largest, qPrintable(QString("%1 of %2").arg(worst).arg(largest)));
}

void tst_gguf::llamaModels_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("version");
    QTest::newRow("llama") << "llama" << 3;
    QTest::newRow("llama, version 2") << "llama" << 2;
    QTest::newRow("qwen2: rows were not moved") << "qwen2" << 3;
}

void tst_gguf::llamaModels()
{
    QFETCH(QString, architecture);
    QFETCH(int, version);
    const Folder folder;
    const std::string name = architecture.toStdString();
    const auto model =
        openModel(folder.write("a.gguf", ggufBytes(llamaPairs(name), llamaParts(name == "llama"), static_cast<std::uint32_t>(version))));
    QVERIFY2(model.ok(), model.ok() ? "" : why(model.error()).c_str());
    QCOMPARE(worstModel(**model, *llama()), std::string());
    const ModelConfig& c = (*model)->config();
    QCOMPARE(c.modelType, name);
    QCOMPARE(c.nHeads, 4);
    QCOMPARE(c.nKvHeads, 2);
    QCOMPARE(c.nCtx, 0);  // how long its training went is no limit of rotary positions
    QCOMPARE(c.rotaryBase, 50000.0);
    QCOMPARE(c.eps, 1e-5);
    QVERIFY(!c.rotaryAdjacentPairs);
    QCOMPARE((*model)->identity().container, std::string("gguf"));
}

void tst_gguf::gpt2Model()
{
    const auto original = randomModel(smallConfig());
    std::vector<GgufPart> parts;
    for (const SafeTensor& t : tensorsAs(kNanoGpt, *original)) {
        const std::string name = renamed(t.name, {{"wte", "token_embd"},
                                                  {"wpe", "position_embd"},
                                                  {"ln_f", "output_norm"},
                                                  {"h.", "blk."},
                                                  {"ln_1", "attn_norm"},
                                                  {"ln_2", "ffn_norm"},
                                                  {"attn.c_attn", "attn_qkv"},
                                                  {"attn.c_proj", "attn_output"},
                                                  {"mlp.c_fc", "ffn_up"},
                                                  {"mlp.c_proj", "ffn_down"}});
        parts.push_back({name, t.shape, 0, t.bytes});
    }
    const Folder folder;
    const auto model =
        openModel(folder.write("a.gguf", ggufBytes({ggufString("general.architecture", "gpt2"), ggufWhole("gpt2.attention.head_count", 4),
                                                    ggufReal("gpt2.attention.layer_norm_epsilon", 1e-5F)},
                                                   parts)));
    QVERIFY2(model.ok(), model.ok() ? "" : why(model.error()).c_str());
    QCOMPARE(worstModel(**model, *original), std::string());
    QCOMPARE(static_cast<int>((*model)->config().activation), static_cast<int>(Activation::GeluTanh));
    QCOMPARE(static_cast<int>((*model)->origins().at("act_fn").origin), static_cast<int>(Origin::FileAttribute));
}

/// Rows of q move as whole rows of blocks; other tensors keep their order.
void tst_gguf::quantisedRowsAreMovedWhole()
{
    std::vector<GgufPart> parts = llamaParts(true);
    const BlockType& type = *blockType(8);
    for (GgufPart& part : parts)
        if (part.name.ends_with("attn_q.weight") || part.name.ends_with("attn_output.weight")) {
            part.type = 8;
            part.bytes = randomBlocks(type, 32, part.name.size() + static_cast<std::uint64_t>(part.name[4]));
        }
    const Folder folder;
    const auto model = openModel(folder.write("a.gguf", ggufBytes(llamaPairs(), parts)));
    QVERIFY2(model.ok(), model.ok() ? "" : why(model.error()).c_str());
    const auto layer = must((*model)->layer(1));
    for (const GgufPart& part : parts) {
        if (part.type != 8 || !part.name.starts_with("blk.1.")) continue;
        const bool q = part.name.ends_with("attn_q.weight");
        const MatrixF& got = q ? layer->wQ : layer->wO;  // (in, out)
        for (int r = 0; r < 32; ++r) {
            const int head = r / 8, b = r % 8 / 4, a = r % 4, from = q ? head * 8 + 2 * a + b : r;
            for (int e = 0; e < 32; ++e)
                QCOMPARE(static_cast<double>(got(e, r)),
                         blockOracle("Q8_0", reinterpret_cast<const unsigned char*>(part.bytes.data()) + 34 * from, e));
        }
    }
}

void tst_gguf::byteLevelTokenizer()
{
    // "\u0120" is the space of GPT-2's alphabet.
    std::vector<std::string> pieces{"<|end|>",
                                    "a",
                                    "b",
                                    "\xC4\xA0",
                                    "ab",
                                    "\xC4\xA0"
                                    "ab",
                                    "1",
                                    "2",
                                    "12",
                                    "<user>"};
    std::string types;
    for (std::size_t i = 0; i < pieces.size(); ++i) types += littleBytes(i == 0 ? 3 : i == 9 ? 4 : 1, 4);
    const auto pairs = [&](const std::string& pre, bool bos) {
        std::vector<std::string> out = llamaPairs();
        out.insert(out.end(),
                   {ggufString("tokenizer.ggml.model", "gpt2"), ggufString("tokenizer.ggml.pre", pre),
                    ggufStrings("tokenizer.ggml.tokens", pieces), ggufArray("tokenizer.ggml.token_type", 5, pieces.size(), types),
                    ggufStrings("tokenizer.ggml.merges", {"a b", "\xC4\xA0 ab", "1 2"}), ggufWhole("tokenizer.ggml.bos_token_id", 0),
                    ggufBool("tokenizer.ggml.add_bos_token", bos)});
        return out;
    };
    const Folder folder;
    const auto idsOf = [&](const std::string& pre, bool bos, const char* text) {
        const auto model = must(openModel(folder.write("a.gguf", ggufBytes(pairs(pre, bos), llamaParts(true)))));
        if (!model->tokenizer()) return QList<int>{-1};
        QList<int> out;
        for (const Token& t : must(makePrompt(*model->tokenizer(), text)).tokens) out.append(t.id);
        return out;
    };
    QCOMPARE(idsOf("gpt-2", false, "ab ab 12"), (QList<int>{4, 5, 3, 8}));
    QCOMPARE(idsOf("smollm", false, "ab12"), (QList<int>{4, 6, 7}));  // digits are pieces of their own
    QCOMPARE(idsOf("gpt-2", true, "ab<user>b<|end|>"), (QList<int>{0, 4, 9, 2, 0}));
    QCOMPARE(idsOf("a new one", false, "ab"), QList<int>{-1});
    const auto unknown = must(openModel(folder.write("a.gguf", ggufBytes(pairs("a new one", false), llamaParts(true)))));
    QVERIFY(unknown->tokenizerProblem().has_value());
    QCOMPARE(unknown->tokenizerProblem()->code, ErrorCode::TokenizerUnsupported);
    QCOMPARE(unknown->tokenizerProblem()->found, std::string("a new one"));
}

void tst_gguf::sentencePieceTokenizer()
{
    const std::string mark = "\xE2\x96\x81";
    std::vector<std::string> pieces{"<unk>", "<s>", "</s>", mark, "a", "b", "ab", mark + "ab"};
    for (int byte = 0; byte < 256; ++byte) pieces.push_back(QString::asprintf("<0x%02X>", byte).toStdString());
    std::string types, scores;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        types += littleBytes(i == 0 ? 2 : i < 3 ? 3 : i >= 8 ? 6 : 1, 4);
        scores += floatBytes(i < 6 || i >= 8 ? -10.0F : -static_cast<float>(i));
    }
    std::vector<std::string> pairs = llamaPairs();
    pairs.insert(pairs.end(), {ggufString("tokenizer.ggml.model", "llama"), ggufStrings("tokenizer.ggml.tokens", pieces),
                               ggufArray("tokenizer.ggml.token_type", 5, pieces.size(), types),
                               ggufArray("tokenizer.ggml.scores", 6, pieces.size(), scores), ggufWhole("tokenizer.ggml.bos_token_id", 1),
                               ggufWhole("tokenizer.ggml.eos_token_id", 2), ggufWhole("tokenizer.ggml.unknown_token_id", 0)});
    std::vector<GgufPart> parts = llamaParts(true);
    for (GgufPart& part : parts)
        if (part.name == "token_embd.weight") part.shape[0] = 300, part.bytes.resize(300 * 32 * 4, '\0');
    const Folder folder;
    const auto model = must(openModel(folder.write("a.gguf", ggufBytes(pairs, parts))));
    QVERIFY2(model->tokenizer() != nullptr, model->tokenizerProblem() ? why(*model->tokenizerProblem()).c_str() : "none");
    QCOMPARE(model->tokenizerOrigin(), std::string("in the file"));
    QList<int> ids;
    for (const Token& t : must(makePrompt(*model->tokenizer(), "ab abb")).tokens) ids.append(t.id);
    QCOMPARE(ids, (QList<int>{1, 7, 7, 5}));
    ids.clear();
    for (const Token& t : must(makePrompt(*model->tokenizer(), "abc")).tokens) ids.append(t.id);
    QCOMPARE(ids, (QList<int>{1, 7, 8 + 'c'}));  // what the vocabulary lacks is its bytes
}

void tst_gguf::refused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("item");
    const auto row = [](const char* name, const std::string& file, ErrorCode code, const char* item) {
        QTest::newRow(name) << QByteArray::fromStdString(file) << code << item;
    };
    const auto with = [](const std::string& pair) {
        std::vector<std::string> out = llamaPairs();
        out.push_back(pair);
        return ggufBytes(out, llamaParts(true));
    };
    const auto changed = [](auto change) {
        std::vector<GgufPart> parts = llamaParts(true);
        change(parts);
        return ggufBytes(llamaPairs(), parts);
    };
    const ErrorCode damaged = ErrorCode::FileDamaged, layout = ErrorCode::UnknownLayout, config = ErrorCode::ConfigInvalid;
    row("version 1", ggufBytes(llamaPairs(), llamaParts(true), 1), ErrorCode::FormatTooNew, "GGUF");
    row("version 4", ggufBytes(llamaPairs(), llamaParts(true), 4), ErrorCode::FormatTooNew, "GGUF");
    row("big-endian", ggufBytes(llamaPairs(), llamaParts(true), 0x03000000), ErrorCode::UnknownFileKind, "");
    row("another architecture", ggufBytes(llamaPairs("gemma"), llamaParts(false)), layout, "general.architecture");
    row("a setting nobody knows", with(ggufWhole("llama.attention.sinks", 4)), config, "llama.attention.sinks");
    row("experts", with(ggufWhole("llama.expert_count", 8)), config, "llama.expert_count");
    row("no experts are fine, another value width is not", with(ggufWhole("llama.attention.value_length", 16)), config,
        "llama.attention.value_length");
    row("yarn", with(ggufString("llama.rope.scaling.type", "yarn")), config, "llama.rope.scaling.type");
    row("one key twice", with(ggufWhole("llama.block_count", 2)), damaged, "llama.block_count");
    row("a type nobody knows", with(ggufPair("x", 13, "")), damaged, "x");
    row("an array of arrays", with(ggufArray("x", 9, 1, littleBytes(0, 12))), damaged, "x");
    row("an array past the end", with(ggufArray("x", 4, std::size_t(1) << 60, "")), damaged, "x");
    row("no truth", with(ggufPair("x", 7, "\x02")), damaged, "");
    row("an alignment of three", with(ggufWhole("general.alignment", 3)), damaged, "general.alignment");
    row("a tensor nobody knows", changed([](auto& all) { all[1].name = "blk.0.attn_sinks.weight"; }), layout, "blk.0.attn_sinks.weight");
    row("one tensor twice", changed([](auto& all) { all[1].name = all[0].name; }), damaged, "token_embd.weight");
    row("past the end", changed([](auto& all) { all[0].offset = 1 << 30; }), ErrorCode::FileTruncated, "token_embd.weight");
    row("over another", changed([](auto& all) { all[1].offset = 32; }), damaged, "");
    row("between two places", changed([](auto& all) { all[1].offset = 8; }), damaged, "output_norm.weight");
    row("a row that ends in a block", changed([](auto& all) { all[0].type = 8, all[0].shape = {32, 50}; }), damaged, "token_embd.weight");
    row("five axes", changed([](auto& all) { all[0].shape = {1, 1, 1, 50, 32}; }), damaged, "token_embd.weight");
    row("past all numbers", changed([](auto& all) {
            all[0].shape = {std::int64_t(1) << 40, std::int64_t(1) << 40};
        }),
        damaged, "token_embd.weight");
    for (const int number : {9, 16, 17, 18, 19, 20, 21, 22, 23, 29, 34, 35, 39})
        row(blockType(static_cast<std::uint32_t>(number))->name,
            changed([&](auto& all) { all[0].type = static_cast<std::uint32_t>(number); }), ErrorCode::DtypeUnsupported,
            "token_embd.weight");
    row("no such kind", changed([](auto& all) { all[0].type = 77; }), ErrorCode::DtypeUnsupported, "token_embd.weight");
    row("frequencies of no rule", changed([](auto& all) {
            all.push_back({"rope_freqs.weight", {4}, 0, floatBytes(1) + floatBytes(2) + floatBytes(3) + floatBytes(8)});
        }),
        layout, "rope_freqs.weight");
}

void tst_gguf::refused()
{
    QFETCH(QByteArray, file);
    QFETCH(ErrorCode, code);
    QFETCH(QString, item);
    const Folder folder;
    const auto model = openModel(folder.write("r.gguf", file.toStdString()));
    QVERIFY(!model.ok());
    if (!item.isEmpty()) QCOMPARE(QString::fromStdString(model.error().item), item);
    QCOMPARE(model.error().code, code);
    QVERIFY(model.error().file.ends_with("r.gguf"));
    if (code == ErrorCode::DtypeUnsupported && QByteArray(QTest::currentDataTag()) != "no such kind")
        QCOMPARE(QByteArray::fromStdString(model.error().found), QByteArray(QTest::currentDataTag()));
}

void tst_gguf::everyCutIsSaid()
{
    const Folder folder;
    const std::string text = ggufBytes(llamaPairs(), llamaParts(true));
    for (std::size_t size = 4; size < text.size(); size += size < 3000 ? 7 : 997) {
        const auto model = openModel(folder.write("cut.gguf", text.substr(0, size)));
        QVERIFY2(!model.ok(), qPrintable(QString::number(size)));
        QVERIFY(model.error().code == ErrorCode::FileTruncated || model.error().code == ErrorCode::FileDamaged);
    }
}

/// SmolLM2-135M as its makers publish it: Q4_1, against the numbers of Hugging Face's code.
void tst_gguf::aRealModel()
{
    const QString reference = sharedData(u"models/smollm2-135m/reference.h5");
    HS_NEED_SHARED(QStringLiteral("models/smollm2-135m/reference.h5"));
    const QDir folder(qEnvironmentVariable("HEADSCOPE_SMOLLM2"));
    const QStringList files = qEnvironmentVariableIsSet("HEADSCOPE_SMOLLM2") ? folder.entryList({QStringLiteral("*.gguf")}) : QStringList();
    if (files.isEmpty()) QSKIP("HEADSCOPE_SMOLLM2 names no folder with the model as GGUF");
    const auto model = must(openModel(folder.filePath(files.front()).toStdString()));
    QVERIFY2(model->tokenizer() != nullptr, model->tokenizerProblem() ? why(*model->tokenizerProblem()).c_str() : "none");
    const char* texts[] = {"When Mary and John went to the store, John gave a drink to",
                           "The Eiffel Tower is in the city of Paris. The Colosseum is in the city of", "one two three four five six seven",
                           "def add(a, b):\n    return a +"};
    for (int k = 0; k < 4; ++k) {
        const std::string at = "prompt_" + std::to_string(k) + "/";
        const Numbers tokens = readNumbers(reference, at + "tokens"), attention = readNumbers(reference, at + "attention"),
                      logits = readNumbers(reference, at + "logits_last");
        const auto prompt = std::make_shared<const Prompt>(must(makePrompt(*model->tokenizer(), texts[k])));
        QCOMPARE(prompt->tokens.size(), tokens.size());
        for (std::size_t i = 0; i < tokens.size(); ++i) QCOMPARE(prompt->tokens[i].id, static_cast<int>(tokens[i]));
        const auto run = must(forward(model, prompt, {}));
        const int n = run->queries();
        std::size_t cell = 0;
        double off = 0, largest = 0, wrong = 0;
        for (int l = 0; l < run->layers(); ++l)
            for (int h = 0; h < run->heads(l); ++h) {
                const auto map = must(run->tile({l, h}, MapKind::Weights, 0, n, 0, n));
                for (int i = 0; i < n * n; ++i) off = std::max(off, std::abs(static_cast<double>(map.data()[i]) - attention[cell++]));
            }
        const float* last = run->logits.data() + (run->logits.rows() - 1) * run->logits.cols();
        for (std::size_t i = 0; i < logits.size(); ++i) {
            largest = std::max(largest, std::abs(logits[i]));
            wrong = std::max(wrong, std::abs(static_cast<double>(last[i]) - logits[i]));
        }
        qInfo("prompt %d: attention within %.2g, logits within %.2g of %.3g", k, off, wrong, largest);
        QVERIFY(off < 2e-4 && wrong < 2e-4 * largest);
    }
}

QTEST_APPLESS_MAIN(tst_gguf)
#include "tst_gguf.moc"
