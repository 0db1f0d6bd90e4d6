// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>
#include <QList>
#include <QTest>

#include <algorithm>
#include <map>

#include "engine/text/tokenizer.h"
#include "tests/support/must.h"
#include "tests/support/tokens.h"

using namespace hs::test;

class TestWordPiece : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void longestMatch();
    void cleaning_data();
    void cleaning();
    void rangesPointAtTheTextAsTyped();
    void specialsAroundText();
    void golden_data();
    void golden();
    void publishedQuestions();
    void badInput();

private:
    std::shared_ptr<const hs::Tokenizer> m_small;
};

namespace {

/// BERT's vocabulary file, a piece a line; read once.
std::shared_ptr<const hs::Tokenizer> fromFile(const QString& file)
{
    static std::map<QString, std::shared_ptr<const hs::Tokenizer>> made;
    auto& tokenizer = made[file];
    if (tokenizer) return tokenizer;
    const std::string lines = fileBytes(file);
    std::vector<std::string> vocab;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        vocab.push_back(lines.substr(at, end - at));
        at = end + 1;
    }
    const auto id = [&](const char* piece) { return static_cast<int>(std::find(vocab.begin(), vocab.end(), piece) - vocab.begin()); };
    hs::SpecialIds bert;
    bert.unk = id("[UNK]");
    bert.bos = id("[CLS]");
    bert.eos = id("[SEP]");
    return tokenizer = must(hs::makeWordPiece(vocab, true, bert));
}

}  // namespace

void TestWordPiece::initTestCase()
{
    hs::SpecialIds special;
    special.unk = 0;
    special.bos = 1;
    special.eos = 2;
    special.addBos = true;
    const auto made = hs::makeWordPiece({"[UNK]", "[CLS]", "[SEP]", "un", "##aff", "##able", "cafe", "!", "日", "本", "run", "##ning", "i"},
                                        true, special);
    QVERIFY(made.ok());
    m_small = *made;
}

void TestWordPiece::longestMatch()
{
    const auto tokens = m_small->encode("unaffable running unable? xyz");
    QVERIFY(tokens.ok());
    QCOMPARE(joined(*tokens), std::string("un|aff|able|run|ning|un|able|[UNK]|[UNK]"));
    QCOMPARE((*tokens)[1].piece, std::string("##aff"));
    const int ids[] = {3, 4, 5, 10, 11};
    QCOMPARE(m_small->decode(ids), std::string("unaffable running"));
    QCOMPARE(joined(*m_small->encode(std::string(100, 'i'))), std::string("[UNK]"));
}

void TestWordPiece::cleaning_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tokens");
    QTest::newRow("case and accents") << QByteArray("CAFÉ café cafe\u0301") << QByteArray("cafe|cafe|cafe");
    QTest::newRow("punctuation alone") << QByteArray("cafe!!run") << QByteArray("cafe|!|!|run");
    QTest::newRow("ideographs alone") << QByteArray("日本run") << QByteArray("日|本|run");
    QTest::newRow("controls go") << QByteArray("ca\u0007f\u200be\ufffd") << QByteArray("cafe");
    QTest::newRow("all white space separates") << QByteArray("run\u00a0run\u3000run\trun\u2028run") << QByteArray("run|run|run|run|run");
    QTest::newRow("dotted capital I") << QByteArray("\u0130") << QByteArray("i");
    QTest::newRow("nothing left") << QByteArray("\u0007 \u200b") << QByteArray("");
}

void TestWordPiece::cleaning()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, tokens);
    const auto encoded = m_small->encode(text.toStdString());
    QVERIFY(encoded.ok());
    QCOMPARE(QByteArray::fromStdString(joined(*encoded)), tokens);
}

void TestWordPiece::rangesPointAtTheTextAsTyped()
{
    const std::string text = " CAFÉ\u200b! RUNNING";
    const auto prompt = hs::makePrompt(*m_small, text);
    QVERIFY(prompt.ok());
    QCOMPARE(joined(prompt->tokens), std::string("[CLS]|cafe|!|run|ning|[SEP]"));
    QCOMPARE(prompt->tokens[1].byteBegin, 1);
    QCOMPARE(prompt->tokens[1].byteEnd, 6);
    QCOMPARE(prompt->tokens[2].byteBegin, 9);
    QCOMPARE(prompt->tokens[3].byteBegin, 11);
    QCOMPARE(prompt->tokens[4].byteEnd, 18);
    QCOMPARE(joinedWords(*prompt), std::string("CAFÉ|!|RUNNING"));
    for (const std::string& nasty : nastyStrings()) QCOMPARE(orderFault(*m_small->encode(nasty), nasty), std::string());
}

void TestWordPiece::specialsAroundText()
{
    const auto prompt = hs::makePrompt(*m_small, "run");
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->ids(), (std::vector<int>{1, 10, 2}));
    QVERIFY(prompt->tokens[2].special);
    QCOMPARE(idsOf(*m_small->encode("[SEP]")), (std::vector<int>{2}));
    QCOMPARE(idsOf(*m_small->encode("[SEP]", {}, hs::SpecialText::Spell)), (std::vector<int>{0, 0, 0}));  // three unknown words
}

void TestWordPiece::golden_data()
{
    addGoldenColumns();
    addGoldenRows("small", fixture("tokenizers/word_piece/vocab.txt"), fixture("tokenizers/golden/word_piece.json"));
    addGoldenRows("small, running text", fixture("tokenizers/word_piece/vocab.txt"), fixture("tokenizers/golden/word_piece_lines.json"));
    addGoldenRows("published", sharedData("tokenizers/bert/bert-base-uncased-vocab.txt"),
                  sharedData("tokenizers/golden/bert_uncased.json"));
}

void TestWordPiece::golden()
{
    QFETCH(QString, vocabulary);
    QFETCH(QByteArray, text);
    QFETCH(QList<int>, ids);
    HS_NEED_SHARED(vocabulary);
    const auto tokens = fromFile(vocabulary)->encode(text.toStdString());
    QVERIFY(tokens.ok());
    QCOMPARE(qList(idsOf(*tokens)), ids);
}

void TestWordPiece::publishedQuestions()
{
    HS_NEED_SHARED("tokenizers/bert/question_tokens.json");
    const auto read = [](const char* name) {
        return QJsonDocument::fromJson(QByteArray::fromStdString(fileBytes(sharedData(QLatin1String(name))))).array();
    };
    const QJsonArray questions = read("tokenizers/bert/question_tokens.json");
    const QJsonArray expected = read("tokenizers/bert/tokenized_questions.json");
    QCOMPARE(questions.size(), 10570);
    QCOMPARE(expected.size(), questions.size());
    const auto bert = fromFile(sharedData("tokenizers/bert/bert-base-uncased-vocab.txt"));
    for (qsizetype i = 0; i < questions.size(); ++i) {
        const auto tokens = bert->encode(questions[i][QStringLiteral("original")].toString().toStdString());
        QVERIFY(tokens.ok());
        QList<int> ids;
        for (const QJsonValue& id : expected[i].toArray()) ids.append(id.toInt());
        QCOMPARE(qList(idsOf(*tokens)), ids);
    }
}

void TestWordPiece::badInput()
{
    const auto noUnknown = hs::makeWordPiece({"a"}, true, {});
    QVERIFY(!noUnknown.ok());
    QCOMPARE(noUnknown.error().item, std::string("unk_id"));
    hs::SpecialIds special;
    special.unk = 7;
    const auto outside = hs::makeWordPiece({"a"}, true, special);
    QVERIFY(!outside.ok());
    QCOMPARE(outside.error().code, hs::ErrorCode::TokenizerInvalid);
    QCOMPARE(outside.error().item, std::string("unk_id"));
}

QTEST_APPLESS_MAIN(TestWordPiece)
#include "tst_wordpiece.moc"
