// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.json: every part of it that is read, golden ids, and what is refused by name.
#include <QLatin1Char>
#include <QList>
#include <QStringList>
#include <QTest>

#include <map>
#include <nlohmann/json.hpp>

#include "engine/text/tokenizer.h"
#include "tests/support/hf_json.h"
#include "tests/support/tokens.h"

using namespace hs::test;
using Json = nlohmann::json;

class TestHfTokenizer : public QObject {
    Q_OBJECT
private slots:
    void byteLevelEqualsGpt2();
    void mergesAsPairs();
    void ignoreMerges();
    void addedTokensAreCutOut();
    void addedTokenFlags();
    void llamaShape();
    void llamaRoundTrip();
    void metaspace();
    void unigram();
    void preTokenizers_data();
    void preTokenizers();
    void normalizers_data();
    void normalizers();
    void bertTemplate();
    void llama3Pattern();
    void goldenGpt2_data();
    void goldenGpt2();
    void goldenBert_data();
    void goldenBert();
    void refusedByName_data();
    void refusedByName();
    void badInput_data();
    void badInput();
};

void TestHfTokenizer::byteLevelEqualsGpt2()
{
    const SmallBpe bpe = smallBpe();
    const auto own = hs::makeGpt2Bpe(bpe.vocab, bpe.merges, {});
    const auto tokenizer = madeTokenizer(byteLevelJson(bpe));
    QVERIFY(tokenizer);
    QCOMPARE(tokenizer->kind(), hs::TokenizerKind::Gpt2Bpe);
    QVERIFY(!tokenizer->addsBos());
    for (const std::string& text : nastyStrings()) {
        const auto tokens = tokenizer->encode(text);
        QVERIFY(tokens.ok());
        QCOMPARE(qList(idsOf(*tokens)), qList(idsOf(*(*own)->encode(text))));
        QCOMPARE(tilingFault(*tokens, text), std::string());
        QCOMPARE(tokenizer->decode(idsOf(*tokens)), text);
    }
}

void TestHfTokenizer::mergesAsPairs()
{
    const SmallBpe bpe = smallBpe();
    Json json = byteLevelJson(bpe);
    Json pairs = Json::array();
    for (const std::string& merge : bpe.merges) {
        const auto space = merge.find(' ');
        pairs.push_back({merge.substr(0, space), merge.substr(space + 1)});
    }
    json["model"]["merges"] = pairs;
    const auto tokenizer = madeTokenizer(json);
    QVERIFY(tokenizer);
    QCOMPARE(joined(*tokenizer->encode("hello the little")), std::string("he|llo| the| little"));
}

void TestHfTokenizer::ignoreMerges()
{
    SmallBpe bpe = smallBpe();
    bpe.vocab.push_back("Ġhello");
    Json json = byteLevelJson(bpe);
    QCOMPARE(joined(*madeTokenizer(json)->encode("a hello")), std::string("a| |he|llo"));
    json["model"]["ignore_merges"] = true;
    QCOMPARE(joined(*madeTokenizer(json)->encode("a hello")), std::string("a| hello"));
}

void TestHfTokenizer::addedTokensAreCutOut()
{
    const SmallBpe bpe = smallBpe();
    const int id = static_cast<int>(bpe.vocab.size());
    Json json = byteLevelJson(bpe);
    json["added_tokens"] = Json::array({{{"id", id}, {"content", "<|end|>"}, {"special", true}, {"normalized", false}},
                                        {{"id", id + 1}, {"content", "<|end|>more"}, {"special", true}, {"normalized", false}}});
    const auto tokenizer = madeTokenizer(json);
    QVERIFY(tokenizer);
    QCOMPARE(tokenizer->vocabSize(), id + 2);
    const std::string text = "the<|end|> the<|end|>more<|end";
    const auto prompt = hs::makePrompt(*tokenizer, text);
    QVERIFY(prompt.ok());
    QCOMPARE(joined({prompt->tokens.begin(), prompt->tokens.begin() + 5}), std::string("t|he|<|end|>| the|<|end|>more"));
    QVERIFY(prompt->tokens[2].special);
    QCOMPARE(prompt->tokens[2].word, -1);
    QCOMPARE(prompt->tokens[2].byteBegin, 3);
    QCOMPARE(tilingFault(prompt->tokens, text), std::string());
    QCOMPARE(tokenizer->decode(prompt->ids()), std::string("the the<|end"));
}

void TestHfTokenizer::addedTokenFlags()
{
    const SmallBpe bpe = smallBpe();
    const int id = static_cast<int>(bpe.vocab.size());
    Json json = byteLevelJson(bpe);
    json["added_tokens"] =
        Json::array({{{"id", id}, {"content", "MASK"}, {"special", true}, {"lstrip", true}, {"rstrip", true}, {"normalized", false}},
                     {{"id", id + 1}, {"content", "xy"}, {"single_word", true}, {"normalized", false}}});
    const auto tokenizer = madeTokenizer(json);
    QVERIFY(tokenizer);
    QCOMPARE(joined(*tokenizer->encode("a  MASK \n b")), std::string("a|MASK|b"));
    QCOMPARE((*tokenizer->encode("a  MASK \n b"))[1].byteBegin, 1);
    QCOMPARE((*tokenizer->encode("a  MASK \n b"))[1].byteEnd, 10);
    QCOMPARE(joined(*tokenizer->encode("xy,xyz axy")), std::string("xy|,|x|y|z| |a|x|y"));
}

void TestHfTokenizer::llamaShape()
{
    const auto tokenizer = madeTokenizer(llamaJson());
    QVERIFY(tokenizer);
    QVERIFY(tokenizer->addsBos());
    QCOMPARE(tokenizer->kind(), hs::TokenizerKind::SentencePieceBpe);
    const auto prompt = hs::makePrompt(*tokenizer, "the hello €");
    QVERIFY(prompt.ok());
    QCOMPARE(joined(prompt->tokens), std::string("<s>| the| |he|llo| |<0xE2>|<0x82>|<0xAC>"));
    QCOMPARE(prompt->tokens[1].piece, std::string("▁the"));
    QCOMPARE(prompt->tokens[1].byteBegin, 0);
    QCOMPARE(prompt->tokens[2].byteBegin, 3);
    QCOMPARE(joinedWords(*prompt), std::string("the| hello| €"));
    QCOMPARE(tokenizer->eosId().value_or(-1), 2);
}

void TestHfTokenizer::llamaRoundTrip()
{
    const auto tokenizer = madeTokenizer(llamaJson());
    for (const std::string& text : nastyStrings()) {
        if (text.find("▁") != std::string::npos || text.find("</s>") != std::string::npos) continue;  // marks and specials change
        const auto tokens = tokenizer->encode(text);
        QVERIFY(tokens.ok());
        QCOMPARE(tilingFault(*tokens, text), std::string());
        QCOMPARE(tokenizer->decode(idsOf(*tokens)), text);
    }
}

void TestHfTokenizer::metaspace()
{
    Json json = llamaJson();
    json["normalizer"] = nullptr;
    for (const auto& [scheme, expected] : {std::pair("always", " the| the|</s>| the"), std::pair("first", " the| the|</s>|t|he"),
                                           std::pair("never", "t|he| the|</s>|t|he")}) {
        json["pre_tokenizer"] = {{"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", scheme}, {"split", true}};
        const auto tokenizer = madeTokenizer(json);
        QVERIFY(tokenizer);
        QCOMPARE(joined(*tokenizer->encode("the the</s>the")), std::string(expected));
    }
}

void TestHfTokenizer::unigram()
{
    const Json json = Json::parse(R"({"pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": true},
        "decoder": {"type": "Metaspace", "replacement": "▁"},
        "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["▁a", -1.0], ["b", -2.0], ["▁ab", -2.5],
          ["▁", -3.0], ["a", -3.0], ["bc", -2.2], ["c", -4.0]]}})");
    const auto tokenizer = madeTokenizer(json);
    QVERIFY(tokenizer);
    QCOMPARE(tokenizer->kind(), hs::TokenizerKind::SentencePieceUnigram);
    // "▁ab" -2.5 beats "▁a"+"b" -3.0; "▁a"+"bc" -3.2 beats "▁ab"+"c" -6.5.
    QCOMPARE(joined(*tokenizer->encode("ab")), std::string(" ab"));
    QCOMPARE(joined(*tokenizer->encode("abc a")), std::string(" a|bc| a"));
    const auto unknown = tokenizer->encode("aéüb");
    QCOMPARE(joined(*unknown), std::string(" a|<unk>|b"));
    QCOMPARE((*unknown)[1].byteBegin, 1);
    QCOMPARE((*unknown)[1].byteEnd, 5);
    QCOMPARE(tokenizer->decode(idsOf(*tokenizer->encode("abc ab"))), std::string("abc ab"));
}

void TestHfTokenizer::preTokenizers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("pieces");
    const auto row = [](const char* name, const char* json, const char* text, const char* pieces) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(text) << QByteArray(pieces);
    };
    row("Whitespace", R"({"type": "Whitespace"})", "Hey you, e\u0301!? x_1", "Hey|you|,|e\u0301|!?|x_1");
    row("WhitespaceSplit", R"({"type": "WhitespaceSplit"})", " a,b\u3000c ", "a,b|c");
    row("Bert", R"({"type": "BertPreTokenizer"})", "a,b -c", "a|,|b|-|c");
    row("Punctuation", R"({"type": "Punctuation"})", "a!!b", "a|!|!|b");
    row("Punctuation contiguous", R"({"type": "Punctuation", "behavior": "Contiguous"})", "a!!b", "a|!!|b");
    row("Digits", R"({"type": "Digits", "individual_digits": false})", "a12b", "a|12|b");
    row("Digits one by one", R"({"type": "Digits", "individual_digits": true})", "a12b", "a|1|2|b");
    row("Split removed", R"({"type": "Split", "pattern": {"String": "-"}, "behavior": "Removed", "invert": false})", "the-final--x",
        "the|final|x");
    row("Split isolated", R"({"type": "Split", "pattern": {"String": "-"}, "behavior": "Isolated"})", "the-final--x", "the|-|final|-|-|x");
    row("Split with previous", R"({"type": "Split", "pattern": {"String": "-"}, "behavior": "MergedWithPrevious"})", "the-final--x",
        "the-|final-|-|x");
    row("Split with next", R"({"type": "Split", "pattern": {"String": "-"}, "behavior": "MergedWithNext"})", "the-final--x",
        "the|-final|-|-x");
    row("Split contiguous", R"({"type": "Split", "pattern": {"String": "-"}, "behavior": "Contiguous"})", "the-final--x",
        "the|-|final|--|x");
    row("Split inverted", R"({"type": "Split", "pattern": {"Regex": "\\w+"}, "behavior": "Removed", "invert": true})", "a, b", "a|b");
    row("Sequence",
        R"({"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Digits", "individual_digits": true}]})", "a1 b",
        "a|1|b");
    row("pattern is text", R"({"type": "Split", "pattern": {"String": ".*"}, "behavior": "Removed"})", "a.*b..c", "a|b..c");
}

void TestHfTokenizer::preTokenizers()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, pieces);
    // The ranges of the tokens show where the text was cut, whatever the vocabulary knows.
    const auto tokenizer = madeTokenizer(wordJson(json.constData(), {"a"}));
    QVERIFY(tokenizer);
    const auto tokens = tokenizer->encode(text.toStdString());
    QVERIFY(tokens.ok());
    QByteArray found;
    for (const hs::Token& t : *tokens) {
        if (!found.isEmpty()) found += '|';
        found += text.mid(t.byteBegin, t.byteEnd - t.byteBegin);
    }
    QCOMPARE(found, pieces);
}

void TestHfTokenizer::normalizers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, const char* json, const char* text, const char* word) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(text) << QByteArray(word);
    };
    row("NFC", R"({"type": "NFC"})", "e\u0301", "\u00e9");
    row("NFD", R"({"type": "NFD"})", "\u00e9", "e\u0301");
    row("NFD orders marks", R"({"type": "NFD"})", "a\u0301\u0323", "a\u0323\u0301");
    row("NFKC", R"({"type": "NFKC"})", "ﬁ①", "fi1");
    row("NFKD", R"({"type": "NFKD"})", "ﬁ\u00e9", "fie\u0301");
    row("NFC joins Hangul", R"({"type": "NFC"})", "\u1112\u1161\u11ab", "\ud55c");
    row("Lowercase", R"({"type": "Lowercase"})", "ÄBC\u0130", "äbci\u0307");
    row("StripAccents", R"({"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "StripAccents"}]})", "crème", "creme");
    row("Strip", R"({"type": "Strip", "strip_left": true, "strip_right": true})", "\u3000 a b\n", "a b");
    row("Strip right", R"({"type": "Strip", "strip_left": false, "strip_right": true})", " a ", " a");
    row("Replace", R"({"type": "Replace", "pattern": {"Regex": "[0-9]+"}, "content": "#"})", "a12b3", "a#b#");
    row("Prepend", R"({"type": "Prepend", "prepend": "_"})", "a", "_a");
    row("Bert",
        R"({"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": false, "strip_accents": null, "lowercase": true})",
        "Cr\u00e8me\u0000", "creme");
}

void TestHfTokenizer::normalizers()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, word);
    Json root = wordJson("null", {word.toStdString()});
    root["normalizer"] = Json::parse(json.toStdString());
    const auto tokenizer = madeTokenizer(root);
    QVERIFY(tokenizer);
    const auto tokens = tokenizer->encode(text.toStdString());
    QVERIFY(tokens.ok());
    QCOMPARE(tokens->size(), std::size_t{1});
    QCOMPARE(tokens->front().id, 1);
    QVERIFY(tokens->front().byteEnd <= text.size());
}

void TestHfTokenizer::bertTemplate()
{
    const Json json =
        Json::parse(R"({"added_tokens": [{"id": 1, "content": "[CLS]", "special": true}, {"id": 2, "content": "[SEP]", "special": true},
          {"id": 0, "content": "[UNK]", "special": true}, {"id": 3, "content": "[MASK]", "special": true}],
        "normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": {"type": "WordPiece", "prefix": "##"},
        "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
          {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
          "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [1], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [2], "tokens": ["[SEP]"]}}},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
          "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "[MASK]": 3, "run": 4, "##ning": 5, ".": 6}}})");
    const auto tokenizer = madeTokenizer(json);
    QVERIFY(tokenizer);
    const auto prompt = hs::makePrompt(*tokenizer, "Running [MASK] run.");
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->ids(), (std::vector<int>{1, 4, 5, 3, 4, 6, 2}));
    QCOMPARE(tokenizer->decode(prompt->ids()), std::string("running run ."));
    QCOMPARE(prompt->tokens[3].byteBegin, 8);
}

void TestHfTokenizer::llama3Pattern()
{
    Json json = byteLevelJson(smallBpe());
    json["pre_tokenizer"] = Json::parse(R"({"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex":
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"},
        "behavior": "Isolated", "invert": false}, {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]})");
    json["model"]["ignore_merges"] = true;
    int id = static_cast<int>(json["model"]["vocab"].size());
    for (const char* piece : {"123", "45", "'LL", "ĊĊ", "(the", "!Ċ"}) json["model"]["vocab"][piece] = id++;
    const auto tokenizer = madeTokenizer(json);
    QVERIFY(tokenizer);
    QCOMPARE(joined(*tokenizer->encode("12345'LL(the\n\n the!\n")), std::string("123|45|'LL|(the|\n\n| the|!\n"));
}

void TestHfTokenizer::goldenGpt2_data()
{
    addGoldenColumns();
    addGoldenRows("small", fixture("tokenizers/byte_level"), fixture("tokenizers/golden/byte_level.json"));
    addGoldenRows("published", sharedData("tokenizers/gpt2"), sharedData("tokenizers/golden/gpt2.json"));
}

void TestHfTokenizer::goldenGpt2()
{
    QFETCH(QString, vocabulary);
    HS_NEED_SHARED(vocabulary);
    static std::map<QString, std::shared_ptr<const hs::Tokenizer>> all;
    auto& tokenizer = all[vocabulary];
    if (!tokenizer) {
        Json json = byteLevelJson({});
        json["model"]["vocab"] = Json::parse(fileBytes(vocabulary + QStringLiteral("/encoder.json")));
        const QStringList lines = QString::fromStdString(fileBytes(vocabulary + QStringLiteral("/vocab.bpe"))).split(QLatin1Char('\n'));
        json["model"]["merges"] = Json::array();
        for (qsizetype i = 1; i < lines.size(); ++i)
            if (!lines[i].isEmpty()) json["model"]["merges"].push_back(lines[i].toStdString());
        tokenizer = madeTokenizer(json);
    }
    QVERIFY(tokenizer);
    QFETCH(QByteArray, text);
    QFETCH(QList<int>, ids);
    QCOMPARE(qList(idsOf(*tokenizer->encode(text.toStdString()))), ids);
}

void TestHfTokenizer::goldenBert_data()
{
    addGoldenColumns();
    addGoldenRows("small", fixture("tokenizers/word_piece/vocab.txt"), fixture("tokenizers/golden/word_piece.json"));
    addGoldenRows("published", sharedData("tokenizers/bert/bert-base-uncased-vocab.txt"),
                  sharedData("tokenizers/golden/bert_uncased.json"));
}

void TestHfTokenizer::goldenBert()
{
    QFETCH(QString, vocabulary);
    HS_NEED_SHARED(vocabulary);
    static std::map<QString, std::shared_ptr<const hs::Tokenizer>> all;
    auto& tokenizer = all[vocabulary];
    if (!tokenizer) {
        Json json =
            Json::parse(R"({"normalizer": {"type": "BertNormalizer", "lowercase": true}, "pre_tokenizer": {"type": "BertPreTokenizer"},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {}}})");
        const QStringList lines = QString::fromStdString(fileBytes(vocabulary)).split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i)
            if (!lines[i].isEmpty()) json["model"]["vocab"][lines[i].toStdString()] = i;
        tokenizer = madeTokenizer(json);
    }
    QVERIFY(tokenizer);
    QFETCH(QByteArray, text);
    QFETCH(QList<int>, ids);
    QCOMPARE(qList(idsOf(*tokenizer->encode(text.toStdString()))), ids);
}

void TestHfTokenizer::refusedByName_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char* name, const char* patch, const char* item, const char* found) {
        QTest::newRow(name) << QByteArray(patch) << QByteArray(item) << QByteArray(found);
    };
    row("normalizer", R"({"normalizer": {"type": "Precompiled", "precompiled_charsmap": ""}})", "normalizer", "Precompiled");
    row("normalizer within", R"({"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Rot13"}]}})", "normalizer",
        "Rot13");
    row("pre-tokenizer", R"({"pre_tokenizer": {"type": "UnicodeScripts"}})", "pre_tokenizer", "UnicodeScripts");
    row("post-processor", R"({"post_processor": {"type": "Choir"}})", "post_processor", "Choir");
    row("decoder", R"({"decoder": {"type": "CTC"}})", "decoder", "CTC");
    row("model", R"({"model": {"type": "Oracle"}})", "model", "ByteLevel with Oracle");
    row("dropout", R"({"model": {"dropout": 0.1}})", "model.dropout", "0.1");
    row("behaviour", R"({"pre_tokenizer": {"type": "Split", "pattern": {"String": "a"}, "behavior": "Shuffled"}})",
        "pre_tokenizer.behavior", "Shuffled");
    row("splitter behind ByteLevel",
        R"({"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "ByteLevel"}, {"type": "Digits"}]}})", "pre_tokenizer",
        "ByteLevel, Digits");
    row("pattern that matches nothing", R"({"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "a*"}, "behavior": "Isolated"}})",
        "pre_tokenizer.Split", "a*");
}

void TestHfTokenizer::refusedByName()
{
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, item);
    QFETCH(QByteArray, found);
    Json json = byteLevelJson(smallBpe());
    json.update(Json::parse(patch.toStdString()), true);
    const auto tokenizer = hs::makeHfTokenizer(json.dump());
    QVERIFY(!tokenizer.ok());
    QCOMPARE(tokenizer.error().code, hs::ErrorCode::TokenizerUnsupported);
    QCOMPARE(QByteArray::fromStdString(tokenizer.error().item), item);
    QCOMPARE(QByteArray::fromStdString(tokenizer.error().found), found);
}

void TestHfTokenizer::badInput_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("item");
    const auto row = [](const char* name, const QByteArray& json, hs::ErrorCode code, const char* item) {
        QTest::newRow(name) << json << static_cast<int>(code) << QByteArray(item);
    };
    const auto invalid = hs::ErrorCode::TokenizerInvalid;
    row("not JSON", "{", hs::ErrorCode::JsonInvalid, "2");
    row("not UTF-8", "{\"a\": \"\xff\"}", hs::ErrorCode::JsonInvalid, "8");
    row("a number", "7", invalid, "tokenizer.json");
    row("nothing inside", "{}", hs::ErrorCode::TokenizerUnsupported, "model");
    row("100 000 brackets", QByteArray(100000, '['), hs::ErrorCode::JsonInvalid, "65");  // the first beyond 64 levels
    row("no vocabulary", R"({"model": {"type": "BPE", "merges": []}})", invalid, "tokenizer.json");
    row("vocabulary is a list", R"({"model": {"type": "BPE", "vocab": ["a"], "merges": []}})", invalid, "vocab");
    row("empty vocabulary", R"({"model": {"type": "BPE", "vocab": {}, "merges": []}})", invalid, "vocab");
    row("merges are text", R"({"model": {"type": "BPE", "vocab": {"a": 0}, "merges": "a b"}})", invalid, "model.merges");
    row("merge of three", R"({"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [["a", "a", "a"]]}})", invalid, "merges[0]");
    row("merge of unknown pieces", R"({"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}})", invalid, "merges[0]");
    row("unknown unk", R"({"model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "?"}})", invalid, "model.unk_token");
    row("WordPiece without unk", R"({"model": {"type": "WordPiece", "vocab": {"a": 0}}})", invalid, "model.unk_token");
    row("Unigram score is text", R"({"model": {"type": "Unigram", "vocab": [["a", "b"]]}})", invalid, "vocab[0]");
    row("Unigram piece twice", R"({"model": {"type": "Unigram", "vocab": [["a", 0], ["a", 1]]}})", invalid, "vocab[1]");
    row("Unigram unk outside", R"({"model": {"type": "Unigram", "unk_id": 5, "vocab": [["a", 0]]}})", invalid, "model.unk_id");
    row("flag is text", R"({"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [], "byte_fallback": "yes"}})", invalid,
        "tokenizer.json");
    row("added token contradicts", R"({"model": {"type": "WordLevel", "vocab": {"a": 0}}, "added_tokens": [{"id": 0, "content": "b"}]})",
        invalid, "added_tokens[0]");
    row("added id is huge", R"({"model": {"type": "WordLevel", "vocab": {"a": 0}}, "added_tokens": [{"id": 4000000000, "content": "b"}]})",
        invalid, "added_tokens[\"b\"]");
    row("added token is empty", R"({"model": {"type": "WordLevel", "vocab": {"a": 0}}, "added_tokens": [{"id": 1, "content": ""}]})",
        invalid, "added_tokens[1]");
    row("broken pattern",
        R"({"model": {"type": "WordLevel", "vocab": {"a": 0}}, "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "("}}})", invalid,
        "pre_tokenizer.Split");
    row("template id outside",
        R"({"model": {"type": "WordLevel", "vocab": {"a": 0}}, "post_processor": {"type": "BertProcessing", "sep": ["s", 9], "cls": ["c", 8]}})",
        invalid, "bos_id");
}

void TestHfTokenizer::badInput()
{
    QFETCH(QByteArray, json);
    QFETCH(int, code);
    QFETCH(QByteArray, item);
    const auto tokenizer = hs::makeHfTokenizer(json.toStdString());
    QVERIFY(!tokenizer.ok());
    QCOMPARE(QByteArray::fromStdString(tokenizer.error().item), item);
    QCOMPARE(static_cast<int>(tokenizer.error().code), code);
}

QTEST_APPLESS_MAIN(TestHfTokenizer)
#include "tst_hf_tokenizer.moc"
