// SPDX-License-Identifier: GPL-3.0-or-later
// Where a tokeniser is found, in which order, and what overrides it.
#include <QList>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <functional>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "engine/io/tokenizer/tokenizer_lookup.h"
#include "tests/support/h5_build.h"
#include "tests/support/shared_data.h"

using namespace hs;

namespace {

std::string inside(const QTemporaryDir& folder, const char* name) { return folder.filePath(name).toStdString(); }
void writeText(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

constexpr const char* characters = R"({"type":"char","unk_id":0,"pieces":["?","a","b","c"]})";
constexpr const char* words = R"({"type":"word","unk_id":0,"pieces":["<unk>","cat","sat"]})";
constexpr const char* gpt2Vocab = R"({"a":0,"b":1,"ab":2,"\u0120":3,"<|endoftext|>":4})";
constexpr const char* gpt2Merges = "#version: 0.2\na b\n";
constexpr const char* wordLevel =
    R"({"version":"1.0","added_tokens":[],"normalizer":null,"pre_tokenizer":{"type":"Whitespace"},"post_processor":null,
    "decoder":null,"model":{"type":"WordLevel","vocab":{"[UNK]":0,"cat":1,"sat":2},"unk_token":"[UNK]"}})";

/// A TransformerLens model of 12 ids; `fill` may add a /tokenizer group.
std::string makeModel(const QTemporaryDir& folder, const std::function<void(test::H5Build&)>& fill = {})
{
    const std::string path = inside(folder, "model.h5");
    test::H5Build out(path);
    const auto put = [&](const char* name, const std::vector<hsize_t>& shape) {
        std::size_t count = 1;
        for (const hsize_t n : shape) count *= n;
        out.floats(name, shape, std::vector<float>(count, 0.5f));
    };
    for (const char* w : {"blocks.0.attn.W_Q", "blocks.0.attn.W_K", "blocks.0.attn.W_V"}) put(w, {2, 8, 4});
    put("blocks.0.attn.W_O", {2, 4, 8});
    put("embed.W_E", {12, 8});
    put("pos_embed.W_pos", {6, 8});
    put("unembed.W_U", {8, 12});
    if (fill) fill(out);
    return path;
}

std::vector<int> idsOf(const Model& model, const char* text)
{
    if (!model.tokenizer()) return {};
    const auto prompt = makePrompt(*model.tokenizer(), text);
    return prompt ? prompt->ids() : std::vector<int>{};
}

}  // namespace

class TestTokenizerLookup : public QObject {
    Q_OBJECT
private slots:
    void besideInOrder()
    {
        QTemporaryDir folder;
        const std::string path = makeModel(folder);
        const auto origin = [&](const OpenOptions& options = {}) {
            const auto model = openModel(path, options);
            return model ? QString::fromStdString((*model)->tokenizerOrigin()) : QString("error");
        };
        QCOMPARE(origin(), QString());
        writeText(inside(folder, "vocabulary.json"), characters);
        QCOMPARE(origin(), QStringLiteral("vocabulary.json"));
        writeText(inside(folder, "encoder.json"), gpt2Vocab);
        QCOMPARE(origin(), QStringLiteral("vocabulary.json"));  // without merges it is only half
        writeText(inside(folder, "vocab.bpe"), gpt2Merges);
        QCOMPARE(origin(), QStringLiteral("encoder.json"));
        writeText(inside(folder, "vocab.json"), gpt2Vocab);
        QCOMPARE(origin(), QStringLiteral("vocab.json"));
        writeText(inside(folder, "tokenizer.json"), wordLevel);
        QCOMPARE(origin(), QStringLiteral("tokenizer.json"));
        const auto model = openModel(path);
        QVERIFY(model.ok());
        QCOMPARE(idsOf(**model, "cat sat"), (std::vector<int>{1, 2}));
        OpenOptions options;
        options.tokenizerPath = "none";
        QCOMPARE(origin(options), QString());
        options.tokenizerPath = inside(folder, "vocabulary.json");
        QCOMPARE(origin(options), QStringLiteral("vocabulary.json"));
        options.tokenizerPath = inside(folder, "vocab.bpe");
        const auto byMerges = openModel(path, options);
        QVERIFY(byMerges.ok());
        QCOMPARE(idsOf(**byMerges, "abb"), (std::vector<int>{2, 1}));
    }

    void aFolderCanBeGiven()
    {
        QTemporaryDir folder, other;
        const std::string path = makeModel(folder);
        writeText(inside(folder, "vocabulary.json"), characters);
        writeText(inside(other, "vocabulary.json"), words);
        OpenOptions options;
        options.tokenizerPath = other.path().toStdString();
        const auto model = openModel(path, options);
        QVERIFY(model.ok());
        QCOMPARE(idsOf(**model, "cat"), (std::vector<int>{1}));
        QTemporaryDir empty;
        options.tokenizerPath = empty.path().toStdString();
        const auto none = openModel(path, options);
        QVERIFY(!none);
        QCOMPARE(static_cast<int>(none.error().code), static_cast<int>(ErrorCode::TokenizerMissing));
    }

    void oneThatDoesNotWorkIsReportedAndTheModelOpens()
    {
        QTemporaryDir folder;
        const std::string path = makeModel(folder);
        writeText(inside(folder, "tokenizer.json"), R"({"model":{"type":"Quantum","vocab":{}}})");
        const auto model = openModel(path);
        QVERIFY(model.ok());
        QVERIFY(!(*model)->tokenizer());
        QVERIFY((*model)->lacks(Part::Tokenizer));
        QVERIFY((*model)->tokenizerProblem().has_value());
        QVERIFY((*model)->tokenizerProblem()->file.ends_with("tokenizer.json"));
        OpenOptions options;
        options.tokenizerPath = inside(folder, "tokenizer.json");
        QVERIFY(!openModel(path, options));  // asked for by name it must work
    }

    /// The model opens; only a prompt that holds a token without an embedding is refused.
    void moreTokensThanTheEmbeddingHasRows()
    {
        QTemporaryDir folder;
        const std::string path = makeModel(folder);
        writeText(inside(folder, "vocabulary.json"), R"({"type":"char","pieces":["a","b","c","d","e","f","g","h","i","j","k","l","m"]})");
        const auto model = openModel(path);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        QVERIFY((*model)->tokenizer() && !(*model)->lacks(Part::Tokenizer));
        const auto& problem = (*model)->tokenizerProblem();
        QVERIFY(problem.has_value());
        QCOMPARE(static_cast<int>(problem->code), static_cast<int>(ErrorCode::VocabularyMismatch));
        QCOMPARE(problem->found + "/" + problem->expected, std::string("13/12"));
        const auto run = [&](const char* text) {
            return forward(*model, std::make_shared<const Prompt>(*makePrompt(*(*model)->tokenizer(), text)), {});
        };
        const auto fine = run("abl");
        QVERIFY2(fine.ok(), fine.ok() ? "" : fine.error().item.c_str());
        const auto refused = run("abm");
        QVERIFY(!refused);
        QCOMPARE(static_cast<int>(refused.error().code), static_cast<int>(ErrorCode::TokenOutOfRange));
        QCOMPARE(refused.error().item + "/" + refused.error().found + "/" + refused.error().expected, std::string("m/12/12 rows"));
    }

    /// Whoever asks for text hears why the tokeniser that lies there is not used.
    void whyThereIsNone()
    {
        QTemporaryDir folder;
        const std::string path = makeModel(folder);
        const auto bare = openModel(path);
        QVERIFY(bare.ok());
        QCOMPARE(static_cast<int>((*bare)->withoutTokenizer("x").code), static_cast<int>(ErrorCode::TokenizerMissing));
        QCOMPARE((*bare)->withoutTokenizer("x").item, std::string("x"));
        writeText(inside(folder, "tokenizer.json"), R"({"model":{"type":"Quantum","vocab":{}}})");
        const auto model = openModel(path);
        QVERIFY(model.ok());
        const Error error = (*model)->withoutTokenizer();
        QCOMPARE(static_cast<int>(error.code), static_cast<int>(ErrorCode::TokenizerUnsupported));
        QVERIFY(error.file.ends_with("tokenizer.json"));
    }

    void inTheFileComesFirst_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QList<int>>("ids");
        QTest::newRow("gpt2_bpe") << "gpt2_bpe" << QList<int>{4, 2, 1};
        QTest::newRow("char") << "char" << QList<int>{0, 1, 1};
        QTest::newRow("word") << "word" << QList<int>{5};
        QTest::newRow("hf_json") << "hf_json" << QList<int>{0};
    }
    void inTheFileComesFirst()
    {
        QFETCH(QString, kind);
        QFETCH(QList<int>, ids);
        QTemporaryDir folder;
        const std::string path = makeModel(folder, [&](test::H5Build& out) {
            out.group("tokenizer");
            out.attribute("tokenizer", "kind", kind.toStdString());
            if (kind == "hf_json") return out.strings("tokenizer/json", {wordLevel});
            out.strings("tokenizer/vocab", {"a", "b", "ab", "\u0120", "<|endoftext|>", "[UNK]"});
            out.attribute("tokenizer", "unk_id", std::int64_t(5));
            if (kind != "gpt2_bpe") return;
            out.attribute("tokenizer", "bos_id", std::int64_t(4));
            out.attribute("tokenizer", "add_bos", std::int64_t(1));
            out.strings("tokenizer/merges", {"a b"});
        });
        writeText(inside(folder, "vocabulary.json"), words);
        const auto model = openModel(path);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().item.c_str());
        QCOMPARE(QString::fromStdString((*model)->tokenizerOrigin()), QStringLiteral("in the file"));
        const std::vector<int> got = idsOf(**model, "abb");
        QCOMPARE(QList<int>(got.begin(), got.end()), ids);
    }

    void encoderAndMergesInAFolder_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("size");
        QTest::newRow("small") << test::fixture("tokenizers/byte_level") << 600;
        QTest::newRow("published") << test::sharedData("tokenizers/gpt2") << 50257;
    }
    void encoderAndMergesInAFolder()
    {
        QFETCH(QString, folder);
        QFETCH(int, size);
        HS_NEED_SHARED(folder);
        const auto found = findTokenizer(nullptr, "/nowhere/model.h5", {folder.toStdString(), {}}, size);
        QVERIFY2(found.ok(), found.ok() ? "" : found.error().item.c_str());
        QCOMPARE(found->tokenizer->vocabSize(), size);
        QVERIFY(!found->problem);
        const auto small = findTokenizer(nullptr, "/nowhere/model.h5", {folder.toStdString(), {}}, size - 1);
        QVERIFY(small.ok() && small->tokenizer && small->problem);
        QCOMPARE(static_cast<int>(small->problem->code), static_cast<int>(ErrorCode::VocabularyMismatch));
    }

    void sentencePieceModel_data()
    {
        QTest::addColumn<QString>("vocabulary");
        QTest::newRow("small") << test::fixture("tokenizers/sentencepiece/unigram.model");
        QTest::newRow("published") << test::sharedData("tokenizers/sentencepiece/test_model.model");
    }
    void sentencePieceModel()
    {
        QFETCH(QString, vocabulary);
        HS_NEED_SHARED(vocabulary);
        QTemporaryDir folder;
        const auto loaded = loadTokenizerFile(vocabulary.toStdString());
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().item.c_str());
        // Through the native schema and back it is the same tokeniser.
        const std::string path = inside(folder, "t.h5");
        {
            h5::Writer out(path);
            writeTokenizerRecord(out, *loaded->record);
            QVERIFY(out.finish().ok());
        }
        const auto file = h5::File::open(path);
        QVERIFY(file.ok());
        auto record = readTokenizerRecord(**file);
        QVERIFY(record.ok() && record->has_value());
        QCOMPARE((*record)->kind, std::string("spm_unigram"));
        const auto again = makeTokenizer(**record);
        QVERIFY(again.ok());
        const char* text = "I saw a girl with a telescope.";
        const auto a = makePrompt(*loaded->tokenizer, text), b = makePrompt(**again, text);
        QVERIFY(a.ok() && b.ok());
        QCOMPARE(b->ids(), a->ids());
    }

    /// "ids" without a size stands for all ids of the model.
    void plainIdsInTheFile()
    {
        QTemporaryDir folder;
        const std::string path = makeModel(folder, [](test::H5Build& out) {
            out.group("tokenizer");
            out.attribute("tokenizer", "kind", std::string("ids"));
        });
        const auto model = openModel(path);
        QVERIFY(model.ok());
        QCOMPARE((*model)->tokenizer()->vocabSize(), 12);
        QCOMPARE(idsOf(**model, "11, 0 3"), (std::vector<int>{11, 0, 3}));
        QVERIFY(!makePrompt(*(*model)->tokenizer(), "12").ok());
    }
};

QTEST_APPLESS_MAIN(TestTokenizerLookup)
#include "tst_tokenizer_lookup.moc"
