// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "engine/text/tokenizer.h"
#include "engine/text/words.h"
#include "tests/support/tokens.h"

using namespace hs::test;

class TestPrompt : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void words_data();
    void words();
    void wordsNeverDecrease();
    void byteOrderMark();
    void bosComesFirst();
    void emptyText();
    void fromIdsDecodes();
    void fromIdsWithHalfCharacters();
    void fromIdsWithoutTokenizer();
    void fromIdsOutOfRange_data();
    void fromIdsOutOfRange();
    void idTokenizer();
    void idTokenizerBadInput_data();
    void idTokenizerBadInput();

private:
    std::shared_ptr<const hs::Tokenizer> m_bpe;
    std::shared_ptr<const hs::Tokenizer> m_withBos;
};

void TestPrompt::initTestCase()
{
    SmallBpe bpe = smallBpe();
    m_bpe = *hs::makeGpt2Bpe(bpe.vocab, bpe.merges, {});
    bpe.vocab.push_back("<s>");
    hs::SpecialIds special;
    special.bos = static_cast<int>(bpe.vocab.size()) - 1;
    special.addBos = true;
    m_withBos = *hs::makeGpt2Bpe(bpe.vocab, bpe.merges, special);
}

void TestPrompt::words_data()
{
    // Tokens are cut at '|'; words as expected are cut at '|'.
    QTest::addColumn<QByteArray>("tokens");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("pieces of a word") << QByteArray(" little| gir|l| sat") << QByteArray(" little| girl| sat");
    QTest::newRow("full stop") << QByteArray("Lily|.| She") << QByteArray("Lily|.| She");
    QTest::newRow("apostrophe alone") << QByteArray("don|'|t| go") << QByteArray("don't| go");
    QTest::newRow("apostrophe with letters") << QByteArray("don|'t| go") << QByteArray("don't| go");
    QTest::newRow("quotation is no apostrophe") << QByteArray("'|Go|'| he") << QByteArray("'|Go|'| he");
    QTest::newRow("hyphen") << QByteArray("well|-|known|-| x") << QByteArray("well-known|-| x");
    QTest::newRow("decimal point") << QByteArray("3|.|14|.") << QByteArray("3.14|.");
    QTest::newRow("thousands") << QByteArray("1|,|000|,|x") << QByteArray("1,000|,|x");
    QTest::newRow("dot between letters") << QByteArray("a|.|b") << QByteArray("a|.|b");
    QTest::newRow("underscores") << QByteArray("snake|_|case") << QByteArray("snake_case");
    QTest::newRow("several marks") << QByteArray("What|?|!|\"| No") << QByteArray("What|?!\"| No");
    QTest::newRow("blank before a word") << QByteArray("a| | b") << QByteArray("a|  b");
    QTest::newRow("blank mark and pieces") << QByteArray(" |j|um|p") << QByteArray(" jump");
    QTest::newRow("blank at the end") << QByteArray("a| ") << QByteArray("a| ");
    QTest::newRow("line breaks") << QByteArray("a|\n|\n|b") << QByteArray("a|\n\n|b");
    QTest::newRow("Han and Kana") << QByteArray("日本|語|の|x|y") << QByteArray("日本|語|の|xy");
    QTest::newRow("Cyrillic pieces") << QByteArray("При|вет|,| мир") << QByteArray("Привет|,| мир");
    QTest::newRow("typographic apostrophe") << QByteArray("don|’|t") << QByteArray("don’t");
}

void TestPrompt::words()
{
    QFETCH(QByteArray, tokens);
    QFETCH(QByteArray, words);
    hs::Prompt prompt;
    for (const QByteArray& piece : tokens.split('|')) {
        hs::Token t;
        t.byteBegin = static_cast<int>(prompt.text.size());
        prompt.text += piece.toStdString();
        t.byteEnd = static_cast<int>(prompt.text.size());
        prompt.tokens.push_back(t);
    }
    hs::assignWords(prompt.tokens, prompt.text);
    QCOMPARE(QByteArray::fromStdString(joinedWords(prompt)), words);
}

void TestPrompt::wordsNeverDecrease()
{
    for (const std::string& text : nastyStrings()) {
        const auto prompt = hs::makePrompt(*m_withBos, text);
        QVERIFY(prompt.ok());
        int last = -1;
        for (const hs::Token& t : prompt->tokens) {
            if (t.special) {
                QCOMPARE(t.word, -1);
                continue;
            }
            QVERIFY(t.word == last || t.word == last + 1);
            last = t.word;
        }
    }
}

/// A byte order mark in front belongs to the file; elsewhere it is a character of the text.
void TestPrompt::byteOrderMark()
{
    const auto marked = hs::makePrompt(*m_withBos, "\uFEFFthe little"), plain = hs::makePrompt(*m_withBos, "the little");
    QVERIFY(marked.ok() && plain.ok());
    QCOMPARE(marked->ids(), plain->ids());
    QCOMPARE(marked->text, std::string("the little"));
    QCOMPARE(marked->tokens[1].byteBegin, 0);
    QVERIFY(hs::makePrompt(*m_withBos, "the \uFEFFlittle")->ids() != plain->ids());
    const auto nothing = hs::makePrompt(*m_withBos, "\uFEFF");
    QVERIFY(!nothing.ok());
    QCOMPARE(nothing.error().code, hs::ErrorCode::TextEmpty);
}

void TestPrompt::bosComesFirst()
{
    const auto prompt = hs::makePrompt(*m_withBos, "the little");
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->tokens[0].id, *m_withBos->bosId());
    QVERIFY(prompt->tokens[0].special);
    QCOMPARE(prompt->tokens[0].text, std::string("<s>"));
    QCOMPARE(prompt->tokens[0].byteBegin, -1);
    QCOMPARE(prompt->tokens[0].word, -1);
    QCOMPARE(prompt->tokens[1].word, 0);
    const auto ids = hs::makePromptFromIds(m_withBos.get(), prompt->ids(), m_withBos->vocabSize());
    QVERIFY(ids.ok());
    QCOMPARE(ids->ids(), prompt->ids());  // ids are taken as they are: no second BOS
    QVERIFY(ids->fromIds);
    QCOMPARE(ids->text, std::string("the little"));
    for (std::size_t i = 0; i < ids->tokens.size(); ++i) {
        QCOMPARE(ids->tokens[i].byteBegin, prompt->tokens[i].byteBegin);
        QCOMPARE(ids->tokens[i].byteEnd, prompt->tokens[i].byteEnd);
        QCOMPARE(ids->tokens[i].word, prompt->tokens[i].word);
    }
}

void TestPrompt::emptyText()
{
    const auto prompt = hs::makePrompt(*m_bpe, "");
    QVERIFY(!prompt.ok());
    QCOMPARE(prompt.error().code, hs::ErrorCode::TextEmpty);
    const auto ids = hs::makePromptFromIds(m_bpe.get(), {}, 10);
    QVERIFY(!ids.ok());
    QCOMPARE(ids.error().code, hs::ErrorCode::TextEmpty);
    const auto blank = hs::makePrompt(*hs::makeIdTokenizer(5), "  ");
    QVERIFY(!blank.ok());
    QCOMPARE(blank.error().code, hs::ErrorCode::TextEmpty);
}

void TestPrompt::fromIdsDecodes()
{
    for (const std::string& text : nastyStrings()) {
        const auto prompt = hs::makePrompt(*m_bpe, text);
        QVERIFY(prompt.ok());
        const auto back = hs::makePromptFromIds(m_bpe.get(), prompt->ids(), m_bpe->vocabSize());
        QVERIFY(back.ok());
        QCOMPARE(back->text, text);
        QCOMPARE(tilingFault(back->tokens, text), std::string());
    }
}

void TestPrompt::fromIdsWithHalfCharacters()
{
    const int ids[] = {'a', 0xC3, 'b'};
    const auto prompt = hs::makePromptFromIds(m_bpe.get(), ids, m_bpe->vocabSize());
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->text, std::string("a\ufffd"
                                       "b"));
    QCOMPARE(prompt->tokens[1].text, std::string("<0xC3>"));
    QCOMPARE(prompt->tokens[1].byteBegin, 1);
    QCOMPARE(prompt->tokens[1].byteEnd, 4);
    QCOMPARE(prompt->tokens[2].byteBegin, 4);
}

void TestPrompt::fromIdsWithoutTokenizer()
{
    const int ids[] = {3, 1, 4};
    const auto prompt = hs::makePromptFromIds(nullptr, ids, 5);
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->text, std::string());
    QCOMPARE(prompt->tokens[2].piece, std::string("4"));
    QCOMPARE(prompt->tokens[2].text, std::string("4"));
    QCOMPARE(prompt->tokens[2].byteBegin, -1);
    QCOMPARE(prompt->tokens[2].word, 2);
}

void TestPrompt::fromIdsOutOfRange_data()
{
    QTest::addColumn<int>("id");
    QTest::newRow("negative") << -1;
    QTest::newRow("one too large") << 5;
    QTest::newRow("far") << 2147483647;
}

void TestPrompt::fromIdsOutOfRange()
{
    QFETCH(int, id);
    const int ids[] = {0, 4, id};
    const auto prompt = hs::makePromptFromIds(nullptr, ids, 5);
    QVERIFY(!prompt.ok());
    QCOMPARE(prompt.error().code, hs::ErrorCode::TokenOutOfRange);
    QCOMPARE(prompt.error().item, std::string("2"));
    QCOMPARE(prompt.error().found, std::to_string(id));
}

void TestPrompt::idTokenizer()
{
    const auto tokenizer = hs::makeIdTokenizer(100);
    const auto prompt = hs::makePrompt(*tokenizer, " 1, 22\t[3,99]");
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->ids(), (std::vector<int>{1, 22, 3, 99}));
    QCOMPARE(prompt->tokens[1].byteBegin, 4);
    QCOMPARE(prompt->tokens[1].byteEnd, 6);
    QCOMPARE(joinedWords(*prompt), std::string("1|22|3|99"));
    QCOMPARE(tokenizer->decode(prompt->ids()), std::string("1 22 3 99"));
    const auto back = hs::makePromptFromIds(tokenizer.get(), prompt->ids(), 100);
    QVERIFY(back.ok());
    QCOMPARE(joinedWords(*back), std::string("1| 22| 3| 99"));
}

void TestPrompt::idTokenizerBadInput_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("item");
    const int argument = static_cast<int>(hs::ErrorCode::InvalidArgument);
    const int range = static_cast<int>(hs::ErrorCode::TokenOutOfRange);
    QTest::newRow("a word") << QByteArray("1 two") << argument << QByteArray("2");
    QTest::newRow("a fraction") << QByteArray("1.5") << argument << QByteArray("0");
    QTest::newRow("too large") << QByteArray("1 10") << range << QByteArray("1");
    QTest::newRow("negative") << QByteArray("-1") << range << QByteArray("0");
    QTest::newRow("beyond 64 bits") << QByteArray("99999999999999999999") << range << QByteArray("0");
    QTest::newRow("not UTF-8") << QByteArray("1 \xff") << static_cast<int>(hs::ErrorCode::TextNotUtf8) << QByteArray("2");
}

void TestPrompt::idTokenizerBadInput()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    QFETCH(QByteArray, item);
    const auto prompt = hs::makePrompt(*hs::makeIdTokenizer(10), text.toStdString());
    QVERIFY(!prompt.ok());
    QCOMPARE(static_cast<int>(prompt.error().code), code);
    QCOMPARE(prompt.error().item, item.toStdString());
}

QTEST_APPLESS_MAIN(TestPrompt)
#include "tst_prompt.moc"
