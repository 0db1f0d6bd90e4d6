// SPDX-License-Identifier: GPL-3.0-or-later
// What lies beside a vocabulary: BOS and EOS, the space in front, special and added tokens, as transformers' classes have them.
#include <QFile>
#include <QFileInfo>
#include <QList>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/io/h5/writer.h"
#include "engine/io/tokenizer/tokenizer_lookup.h"
#include "tests/support/must.h"
#include "tests/support/shared_data.h"

using namespace hs;
using nlohmann::json;

namespace {

using Files = std::map<std::string, std::string>;

/// A folder with a vocabulary, its usual names, and what lies beside it.
struct Folder {
    QTemporaryDir dir;

    Folder(const QString& vocabulary, const Files& files)
    {
        if (QFileInfo(vocabulary).isDir()) {
            QFile::copy(vocabulary + "/encoder.json", dir.filePath("vocab.json"));
            QFile::copy(vocabulary + "/vocab.bpe", dir.filePath("merges.txt"));
        } else {
            QFile::copy(vocabulary, dir.filePath("tokenizer.model"));
        }
        for (const auto& [name, text] : files) write(name, text);
    }
    Folder() = default;
    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream(dir.filePath(QString::fromStdString(name)).toStdString(), std::ios::binary) << text;
    }
    Result<FoundTokenizer> find(const std::string& modelType) const
    {
        return findTokenizer(nullptr, "/nowhere/model.h5", {dir.path().toStdString(), {}}, 0, modelType);
    }
};

std::vector<int> idsOf(const Tokenizer& tokenizer, const std::string& text)
{
    const auto prompt = makePrompt(tokenizer, text);
    return prompt ? prompt->ids() : std::vector<int>{};
}

/// Through `/tokenizer` of the native schema and back.
std::shared_ptr<const Tokenizer> throughTheFile(const TokenizerRecord& record)
{
    QTemporaryDir folder;
    const std::string path = folder.filePath("t.h5").toStdString();
    h5::Writer out(path);
    writeTokenizerRecord(out, record);
    if (!out.finish()) return nullptr;
    const auto file = h5::File::open(path);
    if (!file) return nullptr;
    const auto back = readTokenizerRecord(**file);
    if (!back || !*back) return nullptr;
    const auto made = makeTokenizer(**back);
    return made ? *made : nullptr;
}

QString sentencePiece() { return test::fixture("tokenizers/sentencepiece/unigram.model"); }
QString pair() { return test::fixture("tokenizers/byte_level"); }

}  // namespace

class TestTokenizerSettings : public QObject {
    Q_OBJECT
private slots:
    /// Rows made by transformers (tests/fixtures/make_tokenizers.py).
    void asTransformersHasIt_data()
    {
        QTest::addColumn<int>("at");
        const json cases = json::parse(test::fileBytes(test::fixture("tokenizers/golden/slow_classes.json")));
        for (std::size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i]["name"].get<std::string>().c_str()) << static_cast<int>(i);
    }
    void asTransformersHasIt()
    {
        QFETCH(int, at);
        const json cases = json::parse(test::fileBytes(test::fixture("tokenizers/golden/slow_classes.json")));
        const json& one = cases[static_cast<std::size_t>(at)];
        const auto type = one["model_type"].get<std::string>();
        Files files;
        for (const auto& [name, content] : one["files"].items()) files[name] = content.dump();
        const Folder folder(type == "gpt2" ? pair() : sentencePiece(), files);
        const auto found = folder.find(type);
        QVERIFY2(found.ok(), found.ok() ? "" : found.error().item.c_str());
        const auto again = throughTheFile(*found->record);
        QVERIFY(again);
        for (const json& row : one["rows"]) {
            const auto text = row["text"].get<std::string>();
            const auto prompt = makePrompt(*found->tokenizer, text);
            const std::vector<int> got = prompt ? prompt->ids() : std::vector<int>{};
            // A text that is nothing but dropped spaces leaves BOS and EOS alone: there is no prompt in it.
            if (!prompt && prompt.error().code == ErrorCode::TextEmpty) continue;
            QVERIFY2(got == row["ids"].get<std::vector<int>>(), qPrintable(QString::fromStdString(text)));
            QCOMPARE(idsOf(*again, text), got);
            int last = 0;
            for (const Token& token : prompt->tokens) {
                if (token.byteBegin < 0) continue;
                QVERIFY(token.byteBegin >= last && token.byteEnd >= token.byteBegin && token.byteEnd <= static_cast<int>(text.size()));
                last = token.byteBegin;
            }
        }
    }

    /// A tokenizer.json beside its settings: some classes put BOS and EOS around a text whatever its post-processor says. Rows by
    /// transformers, as above.
    void asFastClassesHaveIt()
    {
        for (const json& one : json::parse(test::fileBytes(test::fixture("tokenizers/golden/fast_classes.json")))) {
            const Folder folder;
            for (const auto& [name, content] : one["files"].items()) folder.write(name, content.dump());
            const auto found = folder.find("");
            const auto name = one["name"].get<std::string>();
            QVERIFY2(found.ok(), name.c_str());
            const auto again = throughTheFile(*found->record);
            QVERIFY2(again, name.c_str());
            for (const json& row : one["rows"]) {
                const auto text = row["text"].get<std::string>();
                QVERIFY2(idsOf(*found->tokenizer, text) == row["ids"].get<std::vector<int>>(), (name + ": " + text).c_str());
                QCOMPARE(idsOf(*again, text), idsOf(*found->tokenizer, text));
            }
        }
    }
    void endsThatAreNotThere()
    {
        const std::string words = R"({"model": {"type": "WordLevel", "vocab": {"a": 0, "?": 1}, "unk_token": "?"}})";
        const Folder guessed, said, broken;
        for (const Folder* folder : {&guessed, &said, &broken}) folder->write("tokenizer.json", words);
        QVERIFY(guessed.find("llama").ok());  // a class by the model's type alone, and a vocabulary that lacks its usual names
        said.write("tokenizer_config.json", R"({"tokenizer_class": "LlamaTokenizer", "bos_token": "<x>"})");
        const auto none = said.find("");
        QVERIFY(!none);
        QCOMPARE(static_cast<int>(none.error().code), static_cast<int>(ErrorCode::TokenizerInvalid));
        QCOMPARE(none.error().item, std::string("bos_token"));
        broken.write("tokenizer_config.json", "{");
        const auto text = broken.find("");
        QVERIFY(!text);
        QCOMPARE(static_cast<int>(text.error().code), static_cast<int>(ErrorCode::JsonInvalid));
        QVERIFY(QString::fromStdString(text.error().file).endsWith("tokenizer_config.json"));
    }

    void publishedVocabularies_data()
    {
        QTest::addColumn<QString>("vocabulary");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("ids");
        const QString spm = test::sharedData("tokenizers/sentencepiece/test_model.model"), gpt2 = test::sharedData("tokenizers/gpt2");
        const QString config = "tokenizer_config.json", girl = "I saw a girl";
        QTest::newRow("no file") << spm << "none.json"
                                 << "{}" << girl << QList<int>{1, 9, 459, 11, 939};
        QTest::newRow("no BOS") << spm << config << R"({"add_bos_token": false})" << girl << QList<int>{9, 459, 11, 939};
        QTest::newRow("both") << spm << config << R"({"add_bos_token": true, "add_eos_token": true})" << girl
                              << QList<int>{1, 9, 459, 11, 939, 2};
        QTest::newRow("prefix space") << gpt2 << config << R"({"add_prefix_space": true})"
                                      << "hello" << QList<int>{23748};
        QTest::newRow("BOS for GPT-2") << gpt2 << config << R"({"add_bos_token": true})"
                                       << "hello" << QList<int>{50256, 31373};
        QTest::newRow("special of a pair") << gpt2 << "none.json"
                                           << "{}"
                                           << "a<|endoftext|>b" << QList<int>{64, 50256, 65};
        QTest::newRow("added to a pair") << gpt2 << "added_tokens.json"
                                         << R"({"<|user|>": 50257})"
                                         << "<|user|>hello" << QList<int>{50257, 31373};
        QTest::newRow("added to pieces") << spm << "added_tokens.json"
                                         << R"({"<|user|>": 1001})"
                                         << "<|user|>hello" << QList<int>{1, 1001, 39, 88, 21};
    }
    void publishedVocabularies()
    {
        QFETCH(QString, vocabulary);
        QFETCH(QString, file);
        QFETCH(QString, content);
        QFETCH(QString, text);
        QFETCH(QList<int>, ids);
        HS_NEED_SHARED(QFileInfo(vocabulary).isDir() ? vocabulary + "/vocab.bpe" : vocabulary);
        const Folder folder(vocabulary, {{file.toStdString(), content.toStdString()}});
        const auto found = folder.find(vocabulary.endsWith(".model") ? "llama" : "gpt2");
        QVERIFY2(found.ok(), found.ok() ? "" : found.error().item.c_str());
        const std::vector<int> got = idsOf(*found->tokenizer, text.toStdString());
        QCOMPARE(QList<int>(got.begin(), got.end()), ids);
    }

    /// Who says the class: the settings, else config.json beside them, else the model.
    void whoDecides()
    {
        const auto bos = [](const Files& files, const char* type) {
            const auto found = Folder(sentencePiece(), files).find(type);
            return found && found->tokenizer->addsBos();
        };
        QVERIFY(!bos({}, ""));
        QVERIFY(bos({}, "llama"));
        QVERIFY(bos({{"config.json", R"({"model_type":"mistral"})"}}, ""));
        QVERIFY(!bos({{"config.json", R"({"model_type":"t5"})"}}, "llama"));
        QVERIFY(
            bos({{"config.json", R"({"model_type":"t5"})"}, {"tokenizer_config.json", R"({"tokenizer_class":"LlamaTokenizerFast"})"}}, ""));
    }

    void specialTokensCanBeSpelled()
    {
        const auto found = Folder(pair(), {{"added_tokens.json", R"({"<|user|>": 600})"}}).find("gpt2");
        QVERIFY(found.ok());
        const auto read = makePrompt(*found->tokenizer, "<|endoftext|><|user|>");
        QVERIFY(read.ok());
        QCOMPARE(read->ids(), (std::vector<int>{599, 600}));
        QVERIFY(read->tokens[0].special && !read->tokens[1].special);
        QCOMPARE(read->tokens[1].text, std::string("<|user|>"));
        const auto spelled = makePrompt(*found->tokenizer, "<|endoftext|><|user|>", {}, SpecialText::Spell);
        QVERIFY(spelled.ok());
        QVERIFY(spelled->tokens.size() > 4);
        QCOMPARE(spelled->tokens.back().id, 600);  // an added token that is not special is a word of the vocabulary
        std::string text;
        for (const Token& token : spelled->tokens) text += token.text;
        QCOMPARE(text, std::string("<|endoftext|><|user|>"));
    }

    void badInput_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("content");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("item");
        const QString config = "tokenizer_config.json";
        const int invalid = static_cast<int>(ErrorCode::TokenizerInvalid);
        QTest::newRow("no JSON") << config << "{" << static_cast<int>(ErrorCode::JsonInvalid) << "";
        QTest::newRow("no object") << config << "[]" << invalid << config;
        QTest::newRow("flag") << config << R"({"add_bos_token": 1})" << invalid << "add_bos_token";
        QTest::newRow("token") << config << R"({"bos_token": 1})" << invalid << "bos_token";
        QTest::newRow("id") << "added_tokens.json"
                            << R"({"x": "y"})" << invalid << "x";
        QTest::newRow("id too large") << "added_tokens.json"
                                      << R"({"x": 99999999})" << invalid << "x";
        QTest::newRow("negative id") << "added_tokens.json"
                                     << R"({"x": -1})" << invalid << "x";
        QTest::newRow("key") << config << R"({"added_tokens_decoder": {"1x": {"content": "a"}}})" << invalid
                             << "added_tokens_decoder[\"1x\"]";
        QTest::newRow("class") << config << R"({"tokenizer_class": "XLMRobertaTokenizer"})"
                               << static_cast<int>(ErrorCode::TokenizerUnsupported) << "tokenizer_class";
    }
    void badInput()
    {
        QFETCH(QString, file);
        QFETCH(QString, content);
        QFETCH(int, code);
        QFETCH(QString, item);
        const auto found = Folder(sentencePiece(), {{file.toStdString(), content.toStdString()}}).find("llama");
        QVERIFY(!found);
        QCOMPARE(static_cast<int>(found.error().code), code);
        if (!item.isEmpty()) QCOMPARE(QString::fromStdString(found.error().item), item);
        QVERIFY(QString::fromStdString(found.error().file).endsWith(file));
    }
};

QTEST_APPLESS_MAIN(TestTokenizerSettings)
#include "tst_tokenizer_settings.moc"
