// SPDX-License-Identifier: GPL-3.0-or-later
#include <QList>
#include <QTest>

#include <cmath>
#include <cstring>
#include <map>
#include <random>

#include "engine/text/models/byte_alphabet.h"
#include "engine/text/tokenizer.h"
#include "tests/support/must.h"
#include "tests/support/tokens.h"

using namespace hs::test;

namespace {

// A protobuf writer as small as the messages need: enough to make models in memory.
std::string varint(std::uint64_t value)
{
    std::string out;
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7F));
    out += static_cast<char>(value);
    return out;
}
std::string bytesField(unsigned number, const std::string& bytes) { return varint(number << 3 | 2) + varint(bytes.size()) + bytes; }
std::string intField(unsigned number, std::uint64_t value) { return varint(number << 3) + varint(value); }
std::string pieceField(const std::string& piece, float score, int type)
{
    std::string raw(4, '\0');
    std::memcpy(raw.data(), &score, 4);
    return bytesField(1, bytesField(1, piece) + varint(2 << 3 | 5) + raw + intField(3, static_cast<std::uint64_t>(type)));
}

/// modelType 1 Unigram, 2 BPE; identity normalisation with dummy prefix, spaces kept.
std::string smallModel(int modelType, bool bytes)
{
    std::string out = pieceField("<unk>", 0, 2) + pieceField("<s>", 0, 3) + pieceField("</s>", 0, 3);
    for (unsigned b = 0; bytes && b < 256; ++b) out += pieceField(hs::fallbackPiece(static_cast<std::uint8_t>(b)), 0, 6);
    float score = -1;
    for (const char* piece : {"▁the", "he", "▁t", "ll", "llo", "▁", "h", "e", "l", "o", "t"}) out += pieceField(piece, score--, 1);
    out += bytesField(2, intField(3, static_cast<std::uint64_t>(modelType)) + intField(35, bytes ? 1 : 0));
    out += bytesField(3, bytesField(1, "identity") + intField(3, 1) + intField(4, 0) + intField(5, 1));
    return out;
}

/// A model file, read once.
std::shared_ptr<const hs::Tokenizer> fromFile(const QString& file)
{
    static std::map<QString, std::shared_ptr<const hs::Tokenizer>> made;
    auto& tokenizer = made[file];
    if (!tokenizer) tokenizer = must(hs::makeSentencePieceModel(fileBytes(file)), file);
    return tokenizer;
}

}  // namespace

class TestSentencePieceModel : public QObject {
    Q_OBJECT
private slots:
    void golden_data();
    void golden();
    void rangesAreOrdered_data() { modelRows(); }
    void rangesAreOrdered();
    void rangesPointAtTheText_data();
    void rangesPointAtTheText();
    void smallBpeModel();
    void smallUnigramModel();
    void byteRangesOfFallback();
    void agreesWithOwnBpe();
    void bosWhenAsked();
    void badInput_data();
    void badInput();
    void damagedModelsNeverCrash();

private:
    static void modelRows();
};

void TestSentencePieceModel::modelRows()
{
    QTest::addColumn<QString>("vocabulary");
    QTest::newRow("small") << fixture("tokenizers/sentencepiece/unigram.model");
    QTest::newRow("small, Japanese") << fixture("tokenizers/sentencepiece/unigram_ja.model");
    QTest::newRow("published") << sharedData("tokenizers/sentencepiece/test_model.model");
    QTest::newRow("published, Japanese") << sharedData("tokenizers/sentencepiece/test_ja_model.model");
}

void TestSentencePieceModel::golden_data()
{
    addGoldenColumns();
    addGoldenRows("small", fixture("tokenizers/sentencepiece/unigram.model"), fixture("tokenizers/golden/unigram.json"));
    addGoldenRows("small, Japanese", fixture("tokenizers/sentencepiece/unigram_ja.model"), fixture("tokenizers/golden/unigram_ja.json"));
    addGoldenRows("published", sharedData("tokenizers/sentencepiece/test_model.model"),
                  sharedData("tokenizers/golden/sp_unigram_test_model.json"));
    addGoldenRows("published, Japanese", sharedData("tokenizers/sentencepiece/test_ja_model.model"),
                  sharedData("tokenizers/golden/sp_test_ja.json"));
}

void TestSentencePieceModel::golden()
{
    QFETCH(QString, vocabulary);
    QFETCH(QByteArray, text);
    QFETCH(QList<int>, ids);
    HS_NEED_SHARED(vocabulary);
    const auto tokenizer = fromFile(vocabulary);
    // The library that made these rows knows no special tokens.
    const auto tokens = tokenizer->encode(text.toStdString(), {}, hs::SpecialText::Spell);
    QVERIFY(tokens.ok());
    QCOMPARE(qList(idsOf(*tokens)), ids);
    QCOMPARE(tokenizer->kind(), hs::TokenizerKind::SentencePieceUnigram);
    if (vocabulary.endsWith(QLatin1String("/unigram.model"))) QCOMPARE(tokenizer->vocabSize(), 400);
    if (vocabulary.endsWith(QLatin1String("/test_model.model"))) QCOMPARE(tokenizer->vocabSize(), 1000);
}

void TestSentencePieceModel::rangesAreOrdered()
{
    QFETCH(QString, vocabulary);
    HS_NEED_SHARED(vocabulary);
    const auto tokenizer = fromFile(vocabulary);
    for (const std::string& text : nastyStrings()) {
        const auto tokens = tokenizer->encode(text);
        QVERIFY(tokens.ok());
        QCOMPARE(orderFault(*tokens, text), std::string());
    }
}

void TestSentencePieceModel::rangesPointAtTheText_data()
{
    QTest::addColumn<QString>("vocabulary");
    QTest::newRow("small") << fixture("tokenizers/sentencepiece/unigram.model");
    QTest::newRow("published") << sharedData("tokenizers/sentencepiece/test_model.model");
}

void TestSentencePieceModel::rangesPointAtTheText()
{
    QFETCH(QString, vocabulary);
    HS_NEED_SHARED(vocabulary);
    const auto tokenizer = fromFile(vocabulary);
    // Normalisation drops the doubled and the leading space; ranges still refer to the text as typed.
    const std::string text = "  Hello  world.";
    const auto prompt = hs::makePrompt(*tokenizer, text);
    QVERIFY(prompt.ok());
    QCOMPARE(joined(prompt->tokens), std::string(" He|ll|o| world|."));
    const hs::Token& ll = prompt->tokens[1];
    QCOMPARE(text.substr(static_cast<std::size_t>(ll.byteBegin), static_cast<std::size_t>(ll.byteEnd - ll.byteBegin)), std::string("ll"));
    QCOMPARE(prompt->tokens[3].byteEnd, 14);
    QCOMPARE(prompt->tokens[0].word, prompt->tokens[2].word);
    QCOMPARE(prompt->tokens[3].word, prompt->tokens[2].word + 1);
    QCOMPARE(prompt->tokens[4].word, prompt->tokens[3].word + 1);
    QCOMPARE(tokenizer->decode(prompt->ids()), std::string("Hello world."));
}

void TestSentencePieceModel::smallBpeModel()
{
    const auto tokenizer = hs::makeSentencePieceModel(smallModel(2, true));
    QVERIFY(tokenizer.ok());
    QCOMPARE((*tokenizer)->kind(), hs::TokenizerKind::SentencePieceBpe);
    QCOMPARE(joined(*(*tokenizer)->encode("the hello")), std::string(" the| |he|llo"));
    QVERIFY((*tokenizer)->isSpecial(1));
    QVERIFY(!(*tokenizer)->isSpecial(259));
    for (const std::string& text : nastyStrings()) {
        if (text.find("▁") != std::string::npos || text.find('\0') != std::string::npos) continue;  // the library turns ▁ into a space
        const auto tokens = (*tokenizer)->encode(text, {}, hs::SpecialText::Spell);
        QVERIFY(tokens.ok());
        QCOMPARE(tilingFault(*tokens, text), std::string());
        QCOMPARE((*tokenizer)->decode(idsOf(*tokens)), text);
    }
}

void TestSentencePieceModel::smallUnigramModel()
{
    const auto tokenizer = hs::makeSentencePieceModel(smallModel(1, false));
    QVERIFY(tokenizer.ok());
    // Scores: "▁the" -1; "▁hello" is best as "▁" -6, "he" -2, "llo" -5.
    const auto tokens = (*tokenizer)->encode("the hello zz");
    QVERIFY(tokens.ok());
    QCOMPARE(joined(*tokens), std::string(" the| |he|llo| |<unk>"));
    QCOMPARE(tokens->back().byteBegin, 10);
    QCOMPARE(tokens->back().byteEnd, 12);
}

void TestSentencePieceModel::byteRangesOfFallback()
{
    const auto tokenizer = hs::makeSentencePieceModel(smallModel(2, true));
    const auto tokens = (*tokenizer)->encode("h€é");
    QVERIFY(tokens.ok());
    QCOMPARE(joined(*tokens), std::string(" |h|<0xE2>|<0x82>|<0xAC>|<0xC3>|<0xA9>"));
    for (int i = 0; i < 5; ++i) {
        QCOMPARE((*tokens)[static_cast<std::size_t>(i) + 2].byteBegin, 1 + i);
        QCOMPARE((*tokens)[static_cast<std::size_t>(i) + 2].byteEnd, 2 + i);
    }
}

void TestSentencePieceModel::agreesWithOwnBpe()
{
    // Our BPE from pieces and scores against the library, on random strings.
    std::vector<std::string> pieces{"<unk>", "<s>", "</s>"};
    std::vector<float> scores{0, 0, 0};
    for (unsigned b = 0; b < 256; ++b) {
        pieces.push_back(hs::fallbackPiece(static_cast<std::uint8_t>(b)));
        scores.push_back(0);
    }
    float score = -1;
    for (const char* piece : {"▁the", "he", "▁t", "ll", "llo", "▁", "h", "e", "l", "o", "t"}) {
        pieces.emplace_back(piece);
        scores.push_back(score--);
    }
    hs::SpecialIds special;
    special.unk = 0;
    const auto own = hs::makeSentencePieceBpe(pieces, scores, true, true, special, false);
    const auto library = hs::makeSentencePieceModel(smallModel(2, true));
    QVERIFY(own.ok());
    QVERIFY(library.ok());
    std::mt19937 random(3);
    for (int round = 0; round < 500; ++round) {
        std::string text;
        const std::size_t length = 1 + random() % 40;
        for (std::size_t i = 0; i < length; ++i) text += " thelo  z"[random() % 9];
        text += "é";
        QCOMPARE(qList(idsOf(*(*own)->encode(text))), qList(idsOf(*(*library)->encode(text))));
    }
}

void TestSentencePieceModel::bosWhenAsked()
{
    const auto without = hs::makeSentencePieceModel(smallModel(2, true));
    QVERIFY(!(*without)->addsBos());
    const auto with = hs::makeSentencePieceModel(smallModel(2, true), {.addBos = true});
    QCOMPARE(hs::makePrompt(**with, "the")->ids(), (std::vector<int>{1, 259}));
}

void TestSentencePieceModel::badInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const std::string& bytes, const char* item,
                        hs::ErrorCode code = hs::ErrorCode::TokenizerInvalid) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(item) << static_cast<int>(code);
    };
    const std::string unk = pieceField("<unk>", 0, 2);
    row("nothing", "", "pieces");
    row("text", "this is not a model", "model");
    row("cut off", smallModel(2, true).substr(0, 100), "model");
    row("no unknown token", pieceField("a", 0, 1), "pieces");
    row("two unknown tokens", unk + pieceField("<unk2>", 0, 2), "pieces");
    row("a piece twice", unk + pieceField("a", 0, 1) + pieceField("a", 0, 1), "pieces[2]");
    row("empty piece", unk + pieceField("", 0, 1), "pieces[1]");
    row("piece with a zero byte", unk + pieceField(std::string("a\0b", 3), 0, 1), "pieces[1]");
    row("piece that is not UTF-8", unk + pieceField("\xff", 0, 1), "pieces[1]");
    row("score is NaN", unk + pieceField("a", std::nanf(""), 1), "pieces[1]");
    row("score is infinite", unk + pieceField("a", -HUGE_VALF, 1), "pieces[1]");
    row("unknown model type", unk + bytesField(2, intField(3, 9)), "trainer_spec.model_type", hs::ErrorCode::TokenizerUnsupported);
    row("character map too short", unk + bytesField(3, bytesField(2, "abc")), "normalizer_spec.precompiled_charsmap");
    row("character map longer than the file",
        unk
            + bytesField(3, bytesField(2, std::string("\xff\xff\xff\x7f"
                                                      "abcdefgh"))),
        "normalizer_spec.precompiled_charsmap");
    row("character map points outside",
        unk
            + bytesField(3, bytesField(2, std::string("\x08\0\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f"
                                                      "a\0",
                                                      14))),
        "normalizer_spec.precompiled_charsmap");
}

void TestSentencePieceModel::badInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, item);
    QFETCH(int, code);
    const auto made = hs::makeSentencePieceModel(bytes.toStdString());
    QVERIFY(!made.ok());
    QCOMPARE(QByteArray::fromStdString(made.error().item), item);
    QCOMPARE(static_cast<int>(made.error().code), code);
}

void TestSentencePieceModel::damagedModelsNeverCrash()
{
    // Bytes changed at random: either refused, or still a tokeniser that keeps its ranges in order.
    const std::string original = fileBytes(fixture("tokenizers/sentencepiece/unigram.model"));
    QVERIFY(!original.empty());
    std::mt19937 random(5);
    int refused = 0;
    constexpr int rounds = 60;
    for (int round = 0; round < rounds; ++round) {
        std::string bytes = original;
        const std::size_t hits = round % 2 == 0 ? 3 : 300;
        for (std::size_t i = 0; i < hits; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto made = hs::makeSentencePieceModel(bytes);
        if (!made.ok()) {
            ++refused;
            continue;
        }
        for (const std::string& text : nastyStrings()) {
            const auto tokens = (*made)->encode(text);
            if (tokens.ok()) QCOMPARE(orderFault(*tokens, text), std::string());
        }
    }
    QVERIFY(refused >= rounds / 3);
}

QTEST_APPLESS_MAIN(TestSentencePieceModel)
#include "tst_sentencepiece_model.moc"
