// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <limits>
#include <map>
#include <random>

#include "engine/text/models/byte_alphabet.h"
#include "engine/text/tokenizer.h"
#include "engine/text/utf8.h"
#include "tests/support/h5_fixture.h"
#include "tests/support/tokens.h"

using namespace hs::test;

namespace {

/// <unk>, <s>, </s>, 256 byte pieces, then the given pieces with falling scores.
struct Pieces {
    std::vector<std::string> pieces{"<unk>", "<s>", "</s>"};
    std::vector<float> scores{0, 0, 0};
    explicit Pieces(bool bytes, const std::vector<std::string>& more)
    {
        for (unsigned b = 0; bytes && b < 256; ++b) add(hs::fallbackPiece(static_cast<std::uint8_t>(b)));
        for (const std::string& piece : more) add(piece);
    }
    void add(const std::string& piece)
    {
        scores.push_back(-static_cast<float>(pieces.size()));
        pieces.push_back(piece);
    }
};

hs::SpecialIds llamaIds()
{
    hs::SpecialIds special;
    special.unk = 0;
    special.bos = 1;
    special.eos = 2;
    special.addBos = true;
    return special;
}

const std::vector<std::string> storyPieces = {" t", "he", " the", "ll", " he", "o", " ", "h", "e", "l", "t", "a", "aa", "é"};

}  // namespace

class TestSentencePieceBpe : public QObject {
    Q_OBJECT
private slots:
    void joinsByScore();
    void agreesWithAPlainLoop_data();
    void agreesWithAPlainLoop();
    void byteFallback();
    void unknownsFuse();
    void spellingASpecialIsNotOne();
    void byteRangesAndRoundTrip();
    void markedPiecesGiveTheSameTokens();
    void vocabularyOfAModel_data();
    void vocabularyOfAModel();
    void vocabularyRoundTrip_data();
    void vocabularyRoundTrip();
    void badInput_data();
    void badInput();
    void badJson_data();
    void badJson();
};

void TestSentencePieceBpe::joinsByScore()
{
    const Pieces p(true, storyPieces);
    const auto tokenizer = hs::makeSentencePieceBpe(p.pieces, p.scores, true, true, llamaIds(), true);
    QVERIFY(tokenizer.ok());
    const auto prompt = hs::makePrompt(**tokenizer, "the hello");
    QVERIFY(prompt.ok());
    // " t"+"he" is the better " the"; in " hello", "he" was made before " he" could be.
    QCOMPARE(joined(prompt->tokens), std::string("<s>| the| he|ll|o"));
    QCOMPARE(prompt->tokens[1].byteBegin, 0);  // the space before the text is not in it
    QCOMPARE(prompt->tokens[1].byteEnd, 3);
    QCOMPARE(prompt->tokens[2].byteBegin, 3);
    QCOMPARE(joinedWords(*prompt), std::string("the| hello"));
    QCOMPARE((*tokenizer)->kind(), hs::TokenizerKind::SentencePieceBpe);
}

void TestSentencePieceBpe::agreesWithAPlainLoop_data()
{
    QTest::addColumn<bool>("acrossSpaces");
    QTest::newRow("pieces end at spaces") << false;
    QTest::newRow("a piece continues behind a space") << true;
}

void TestSentencePieceBpe::agreesWithAPlainLoop()
{
    // Oracle: join the best pair of the whole text, again and again (llama2.c does the same).
    QFETCH(bool, acrossSpaces);
    Pieces p(true, storyPieces);
    if (acrossSpaces) p.add("e h");
    if (acrossSpaces) p.scores.back() = 5.0F;
    p.scores[p.pieces.size() - 3] = p.scores[p.pieces.size() - 4];  // a tie
    const auto tokenizer = hs::makeSentencePieceBpe(p.pieces, p.scores, true, true, llamaIds(), true);
    QVERIFY(tokenizer.ok());
    std::map<std::string, int> ids;
    for (std::size_t i = 259; i < p.pieces.size(); ++i) ids[p.pieces[i]] = static_cast<int>(i);
    std::mt19937 random(11);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        const std::size_t length = 1 + random() % 60;
        const std::string alphabet[] = {" ", "h", "e", "l", "o", "t", "a", "é", "z"};
        for (std::size_t i = 0; i < length; ++i) text += alphabet[random() % 9];
        std::vector<std::string> symbols{" "};
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t n = hs::utf8::decodeAt(text, at).length;
            symbols.push_back(text.substr(at, n));
            at += n;
        }
        for (;;) {
            int best = -1;
            float bestScore = -std::numeric_limits<float>::infinity();
            for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
                const auto it = ids.find(symbols[i] + symbols[i + 1]);
                if (it != ids.end() && p.scores[static_cast<std::size_t>(it->second)] > bestScore) {
                    bestScore = p.scores[static_cast<std::size_t>(it->second)];
                    best = static_cast<int>(i);
                }
            }
            if (best < 0) break;
            symbols[static_cast<std::size_t>(best)] += symbols[static_cast<std::size_t>(best) + 1];
            symbols.erase(symbols.begin() + best + 1);
        }
        std::vector<int> expected;
        for (const std::string& s : symbols) {
            const auto it = ids.find(s);
            if (it != ids.end()) expected.push_back(it->second);
            else
                for (const char c : s) expected.push_back(3 + static_cast<unsigned char>(c));
        }
        const auto tokens = (*tokenizer)->encode(text);
        QVERIFY(tokens.ok());
        QCOMPARE(qList(idsOf(*tokens)), qList(expected));
    }
}

void TestSentencePieceBpe::byteFallback()
{
    const Pieces p(true, storyPieces);
    const auto tokenizer = hs::makeSentencePieceBpe(p.pieces, p.scores, true, true, llamaIds(), true);
    QVERIFY(tokenizer.ok());
    const auto tokens = (*tokenizer)->encode("€é");
    QVERIFY(tokens.ok());
    QCOMPARE(joined(*tokens), std::string(" |<0xE2>|<0x82>|<0xAC>|é"));
    QCOMPARE((*tokens)[1].byteBegin, 0);
    QCOMPARE((*tokens)[1].byteEnd, 1);
    QCOMPARE((*tokens)[3].byteEnd, 3);
    QCOMPARE((*tokenizer)->decode(idsOf(*tokens)), std::string("€é"));
}

void TestSentencePieceBpe::unknownsFuse()
{
    const Pieces p(false, storyPieces);
    const auto tokenizer = hs::makeSentencePieceBpe(p.pieces, p.scores, false, true, llamaIds(), true);
    QVERIFY(tokenizer.ok());
    const auto tokens = (*tokenizer)->encode("a€€b a");
    QVERIFY(tokens.ok());
    QCOMPARE(joined(*tokens), std::string(" |a|<unk>| |a"));
    QCOMPARE((*tokens)[2].byteBegin, 1);
    QCOMPARE((*tokens)[2].byteEnd, 8);

    hs::SpecialIds noUnk = llamaIds();
    noUnk.unk.reset();
    const auto strict = hs::makeSentencePieceBpe(p.pieces, p.scores, false, true, noUnk, true);
    QVERIFY(strict.ok());
    const auto bad = (*strict)->encode("a €");
    QVERIFY(!bad.ok());
    QCOMPARE(bad.error().code, hs::ErrorCode::VocabularyMismatch);
    QCOMPARE(bad.error().found, std::string("€"));
}

void TestSentencePieceBpe::spellingASpecialIsNotOne()
{
    Pieces p(true, {"<", "s", ">", "s>", " ", "<s"});
    const auto tokenizer = hs::makeSentencePieceBpe(p.pieces, p.scores, true, false, llamaIds(), true);
    QVERIFY(tokenizer.ok());
    QCOMPARE((*tokenizer)->encode("<s> <0x41>")->front().id, 1);
    const auto tokens = (*tokenizer)->encode("<s> <0x41>", {}, hs::SpecialText::Spell);
    QVERIFY(tokens.ok());
    for (const hs::Token& t : *tokens) QVERIFY(!t.special);
    QCOMPARE((*tokenizer)->decode(idsOf(*tokens)), std::string("<s> <0x41>"));
    QVERIFY(std::none_of(tokens->begin(), tokens->end(), [](const hs::Token& t) { return t.id == 3 + 0x41; }));
}

void TestSentencePieceBpe::byteRangesAndRoundTrip()
{
    const Pieces p(true, storyPieces);
    const auto tokenizer = hs::makeSentencePieceBpe(p.pieces, p.scores, true, true, llamaIds(), true);
    QVERIFY(tokenizer.ok());
    for (const std::string& text : nastyStrings()) {
        const auto prompt = hs::makePrompt(**tokenizer, text, {}, hs::SpecialText::Spell);
        QVERIFY(prompt.ok());
        const std::vector<hs::Token> tokens(prompt->tokens.begin() + 1, prompt->tokens.end());
        QCOMPARE(tilingFault(tokens, text), std::string());
        QCOMPARE((*tokenizer)->decode(prompt->ids()), text);
        const auto back = hs::makePromptFromIds(tokenizer->get(), prompt->ids(), (*tokenizer)->vocabSize());
        QVERIFY(back.ok());
        QCOMPARE(back->text, text);
        for (std::size_t i = 0; i < back->tokens.size(); ++i) {
            QCOMPARE(back->tokens[i].byteBegin, prompt->tokens[i].byteBegin);
            QCOMPARE(back->tokens[i].byteEnd, prompt->tokens[i].byteEnd);
        }
    }
}

void TestSentencePieceBpe::markedPiecesGiveTheSameTokens()
{
    Pieces plain(true, storyPieces);
    Pieces marked = plain;
    for (std::string& piece : marked.pieces)
        for (std::size_t at = 0; (at = piece.find(' ', at)) != std::string::npos;) piece.replace(at, 1, "▁");
    const auto a = hs::makeSentencePieceBpe(plain.pieces, plain.scores, true, true, llamaIds(), true);
    const auto b = hs::makeSentencePieceBpe(marked.pieces, marked.scores, true, true, llamaIds(), false);
    QVERIFY(a.ok());
    QVERIFY(b.ok());
    const std::string text = "hello the  theé x";
    QCOMPARE(idsOf(*(*a)->encode(text)), idsOf(*(*b)->encode(text)));
    QCOMPARE(joined(*(*b)->encode(text)), joined(*(*a)->encode(text)));
    QCOMPARE((*b)->encode("the")->front().piece, std::string("▁the"));
    QCOMPARE((*b)->decode(idsOf(*(*b)->encode(text))), text);
}

void TestSentencePieceBpe::vocabularyOfAModel_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("prompt");
    for (int i = 0; i < 3; ++i) {
        QTest::addRow("tiny llama %d", i) << fixture("models/tiny-llama") << i;
        QTest::addRow("stories260k %d", i) << sharedData("models/stories260k") << i;
    }
}

void TestSentencePieceBpe::vocabularyOfAModel()
{
    QFETCH(QString, folder);
    QFETCH(int, prompt);
    HS_NEED_SHARED(folder);
    const auto tokenizer = hs::makeVocabularyJson(fileBytes(folder + QStringLiteral("/vocabulary.json")));
    QVERIFY(tokenizer.ok());
    QCOMPARE((*tokenizer)->vocabSize(), 512);
    QVERIFY((*tokenizer)->addsBos());
    const H5Fixture reference(folder + QStringLiteral("/reference.h5"));
    QVERIFY(reference.ok());
    const std::string group = "prompt_" + std::to_string(prompt);
    const std::string text = reference.text(group, "text");
    QVERIFY(!text.empty());
    const auto made = hs::makePrompt(**tokenizer, text);
    QVERIFY(made.ok());
    QCOMPARE(qList(made->ids()), qList(reference.ints(group + "/tokens")));
    QCOMPARE(made->tokens[0].text, std::string("<s>"));
    QCOMPARE((*tokenizer)->decode(made->ids()), text);
    if (prompt == 0)
        QCOMPARE(joinedWords(*made), std::string("Once| upon| a| time|,| there| was| a| little| girl| named| Lily|.| She| loved| to| "
                                                 "play| with| her| red| ball| in| the| park|."));
}

void TestSentencePieceBpe::vocabularyRoundTrip_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("tiny llama") << fixture("models/tiny-llama");
    QTest::newRow("stories260k") << sharedData("models/stories260k");
}

void TestSentencePieceBpe::vocabularyRoundTrip()
{
    QFETCH(QString, folder);
    HS_NEED_SHARED(folder);
    const auto tokenizer = hs::makeVocabularyJson(fileBytes(folder + QStringLiteral("/vocabulary.json")));
    QVERIFY(tokenizer.ok());
    for (const std::string& text : nastyStrings()) {
        const auto tokens = (*tokenizer)->encode(text, {}, hs::SpecialText::Spell);
        QVERIFY(tokens.ok());
        QCOMPARE(tilingFault(*tokens, text), std::string());
        QCOMPARE((*tokenizer)->decode(idsOf(*tokens)), text);
    }
}

void TestSentencePieceBpe::badInput_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("item");
    QTest::newRow("fewer scores than pieces") << 0 << QByteArray("scores");
    QTest::newRow("a score is NaN") << 1 << QByteArray("scores[4]");
    QTest::newRow("a score is infinite") << 2 << QByteArray("scores[4]");
    QTest::newRow("a piece twice") << 3 << QByteArray("vocab[5]");
    QTest::newRow("BOS outside") << 4 << QByteArray("bos_id");
    QTest::newRow("unk negative") << 5 << QByteArray("unk_id");
    QTest::newRow("byte pieces missing") << 6 << QByteArray("byte_fallback");
    QTest::newRow("nothing") << 7 << QByteArray("vocab");
    QTest::newRow("a piece of a megabyte") << 8 << QByteArray("vocab[5]");
}

void TestSentencePieceBpe::badInput()
{
    QFETCH(int, fault);
    QFETCH(QByteArray, item);
    Pieces p(false, {"a", "b", "c"});
    hs::SpecialIds special = llamaIds();
    if (fault == 0) p.scores.pop_back();
    if (fault == 1) p.scores[4] = std::nanf("");
    if (fault == 2) p.scores[4] = -std::numeric_limits<float>::infinity();
    if (fault == 3) p.pieces[5] = p.pieces[3];
    if (fault == 4) special.bos = 6;
    if (fault == 5) special.unk = -1;
    if (fault == 7) p.pieces.clear();
    if (fault == 7) p.scores.clear();
    if (fault == 8) p.pieces[5] = std::string(1 << 20, 'x');
    const auto made = hs::makeSentencePieceBpe(p.pieces, p.scores, fault == 6, true, special, true);
    QVERIFY(!made.ok());
    QCOMPARE(made.error().code, hs::ErrorCode::TokenizerInvalid);
    QCOMPARE(made.error().item, item.toStdString());
}

void TestSentencePieceBpe::badJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("item");
    const int invalid = static_cast<int>(hs::ErrorCode::TokenizerInvalid);
    const int unsupported = static_cast<int>(hs::ErrorCode::TokenizerUnsupported);
    QTest::newRow("cut off") << QByteArray("{\"type\":") << static_cast<int>(hs::ErrorCode::JsonInvalid) << QByteArray("9");
    QTest::newRow("a list") << QByteArray("[]") << invalid << QByteArray("vocabulary.json");
    QTest::newRow("no type") << QByteArray("{}") << invalid << QByteArray("type");
    QTest::newRow("unknown type") << QByteArray("{\"type\":\"morse\"}") << unsupported << QByteArray("type");
    QTest::newRow("no pieces") << QByteArray("{\"type\":\"word\"}") << invalid << QByteArray("pieces");
    QTest::newRow("empty pieces") << QByteArray("{\"type\":\"word\",\"pieces\":[]}") << invalid << QByteArray("vocab");
    QTest::newRow("piece is a number") << QByteArray("{\"type\":\"char\",\"pieces\":[\"a\",7]}") << invalid << QByteArray("pieces[1]");
    QTest::newRow("id is text") << QByteArray("{\"type\":\"char\",\"pieces\":[\"a\"],\"bos_id\":\"a\"}") << invalid << QByteArray("bos_id");
    QTest::newRow("id outside") << QByteArray("{\"type\":\"char\",\"pieces\":[\"a\"],\"bos_id\":1}") << invalid << QByteArray("bos_id");
    QTest::newRow("huge id") << QByteArray("{\"type\":\"char\",\"pieces\":[\"a\"],\"unk_id\":99999999999}") << invalid
                             << QByteArray("unk_id");
    QTest::newRow("no scores") << QByteArray("{\"type\":\"sentencepiece-bpe\",\"pieces\":[\"a\"]}") << invalid << QByteArray("scores");
    QTest::newRow("score is text") << QByteArray("{\"type\":\"sentencepiece-bpe\",\"pieces\":[\"a\"],\"scores\":[\"1\"]}") << invalid
                                   << QByteArray("scores[0]");
    QTest::newRow("score too large for a float")
        << QByteArray("{\"type\":\"sentencepiece-bpe\",\"pieces\":[\"a\"],\"scores\":[1e300]}") << invalid << QByteArray("scores[0]");
    QTest::newRow("flag is a number") << QByteArray(
        "{\"type\":\"sentencepiece-bpe\",\"byte_fallback\":1,\"pieces\":[\"a\"],\"scores\":[1]}")
                                      << invalid << QByteArray("byte_fallback");
}

void TestSentencePieceBpe::badJson()
{
    QFETCH(QByteArray, json);
    QFETCH(int, code);
    QFETCH(QByteArray, item);
    const auto made = hs::makeVocabularyJson(json.toStdString());
    QVERIFY(!made.ok());
    QCOMPARE(static_cast<int>(made.error().code), code);
    QCOMPARE(made.error().item, item.toStdString());
}

QTEST_APPLESS_MAIN(TestSentencePieceBpe)
#include "tst_sentencepiece_bpe.moc"
