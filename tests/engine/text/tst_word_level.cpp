// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "engine/text/tokenizer.h"
#include "tests/support/tokens.h"

using namespace hs::test;

class TestWordLevel : public QObject {
    Q_OBJECT
private slots:
    void words();
    void unknownWord();
    void wordsFromIds();
    void characters();
    void unknownCharacter();
    void fromJson();
    void specialsCanBeSpelled();
};

void TestWordLevel::words()
{
    const auto tokenizer = hs::makeWordLevel({"the", "cat", "sat", "größe"}, {});
    QVERIFY(tokenizer.ok());
    const auto prompt = hs::makePrompt(**tokenizer, "the  cat\u00a0größe\nthe ");
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->ids(), (std::vector<int>{0, 1, 3, 0}));
    QCOMPARE(joinedWords(*prompt), std::string("the|cat|größe|the"));
    QCOMPARE(prompt->tokens[1].byteBegin, 5);
    QCOMPARE(prompt->tokens[1].byteEnd, 8);
    QCOMPARE(prompt->tokens[1].text, std::string("cat"));
    QCOMPARE((*tokenizer)->decode(prompt->ids()), std::string("the cat größe the"));
    QCOMPARE((*tokenizer)->kind(), hs::TokenizerKind::Word);
}

void TestWordLevel::unknownWord()
{
    const auto strict = hs::makeWordLevel({"the", "cat"}, {});
    const auto bad = (*strict)->encode("the dog");
    QVERIFY(!bad.ok());
    QCOMPARE(bad.error().code, hs::ErrorCode::VocabularyMismatch);
    QCOMPARE(bad.error().item, std::string("4"));
    QCOMPARE(bad.error().found, std::string("dog"));

    hs::SpecialIds special;
    special.unk = 0;
    const auto lenient = hs::makeWordLevel({"[UNK]", "the"}, special);
    QCOMPARE(idsOf(*(*lenient)->encode("the dog the")), (std::vector<int>{1, 0, 1}));
}

void TestWordLevel::wordsFromIds()
{
    const auto tokenizer = hs::makeWordLevel({"the", "cat", "sat"}, {});
    const int ids[] = {1, 2, 0};
    const auto prompt = hs::makePromptFromIds(tokenizer->get(), ids, 3);
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->text, std::string("cat sat the"));
    QCOMPARE(joinedWords(*prompt), std::string("cat| sat| the"));
}

void TestWordLevel::characters()
{
    const auto tokenizer = hs::makeCharacterLevel({"a", "b", " ", "é", "\n"}, {});
    QVERIFY(tokenizer.ok());
    const std::string text = "ab é\na";
    const auto prompt = hs::makePrompt(**tokenizer, text);
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->ids(), (std::vector<int>{0, 1, 2, 3, 4, 0}));
    QCOMPARE(tilingFault(prompt->tokens, text), std::string());
    QCOMPARE(joinedWords(*prompt), std::string("ab| é|\n|a"));
    QCOMPARE((*tokenizer)->decode(prompt->ids()), text);
    QCOMPARE(prompt->tokens[4].text, std::string("\n"));
}

void TestWordLevel::unknownCharacter()
{
    const auto tokenizer = hs::makeCharacterLevel({"a", "b"}, {});
    const auto bad = (*tokenizer)->encode("abé");
    QVERIFY(!bad.ok());
    QCOMPARE(bad.error().code, hs::ErrorCode::VocabularyMismatch);
    QCOMPARE(bad.error().found, std::string("é"));
}

void TestWordLevel::fromJson()
{
    const auto words = hs::makeVocabularyJson(R"({"type": "word", "pieces": ["<s>", "a", "b"], "bos_id": 0})");
    QVERIFY(words.ok());
    QCOMPARE(hs::makePrompt(**words, "b a")->ids(), (std::vector<int>{0, 2, 1}));
    const auto characters = hs::makeVocabularyJson(R"({"type": "char", "pieces": ["a", "b"]})");
    QVERIFY(characters.ok());
    QVERIFY(!(*characters)->addsBos());
    QCOMPARE(hs::makePrompt(**characters, "ba")->ids(), (std::vector<int>{1, 0}));
}

void TestWordLevel::specialsCanBeSpelled()
{
    hs::SpecialIds special;
    special.bos = 0;
    special.unk = 1;
    const auto tokenizer = hs::makeWordLevel({"<s>", "<unk>", "a"}, special);
    QCOMPARE(idsOf(*(*tokenizer)->encode("<s> a")), (std::vector<int>{0, 2}));
    QCOMPARE(idsOf(*(*tokenizer)->encode("<s> a", {}, hs::SpecialText::Spell)), (std::vector<int>{1, 2}));
}

QTEST_APPLESS_MAIN(TestWordLevel)
#include "tst_word_level.moc"
