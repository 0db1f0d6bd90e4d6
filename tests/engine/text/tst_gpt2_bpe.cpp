// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QTest>

#include <map>
#include <random>

#include "engine/text/regex.h"
#include "engine/text/tokenizer.h"
#include "tests/support/must.h"
#include "tests/support/tokens.h"

using namespace hs::test;

class TestGpt2Bpe : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void mergesByRank();
    void longPiecesAgreeWithAPlainLoop();
    void rangesTileAndRoundTrip();
    void halfCharacters();
    void wordsOfGpt2_data();
    void wordsOfGpt2();
    void golden_data();
    void golden();
    void longText_data();
    void longText();
    void goldenTextsTileAndRoundTrip_data() { vocabularies(); }
    void goldenTextsTileAndRoundTrip();
    void specialTokensAreRecognised_data() { vocabularies(); }
    void specialTokensAreRecognised();
    void badInput_data();
    void badInput();
    void textThatIsNotUtf8();
    void cancelAndProgress();
    void missingByteIsAnError();

private:
    static void vocabularies();
    std::shared_ptr<const hs::Tokenizer> m_small;
};

namespace {

/// encoder.json and vocab.bpe of a folder, read once.
std::shared_ptr<const hs::Tokenizer> fromFolder(const QString& folder)
{
    static std::map<QString, std::shared_ptr<const hs::Tokenizer>> made;
    auto& tokenizer = made[folder];
    if (!tokenizer)
        tokenizer = must(hs::makeGpt2BpeFromFiles(fileBytes(folder + QStringLiteral("/encoder.json")),
                                                  fileBytes(folder + QStringLiteral("/vocab.bpe"))));
    return tokenizer;
}

}  // namespace

void TestGpt2Bpe::vocabularies()
{
    QTest::addColumn<QString>("vocabulary");
    QTest::newRow("small") << fixture("tokenizers/byte_level");
    QTest::newRow("published") << sharedData("tokenizers/gpt2");
}

void TestGpt2Bpe::initTestCase()
{
    const SmallBpe bpe = smallBpe();
    auto small = hs::makeGpt2Bpe(bpe.vocab, bpe.merges, {});
    QVERIFY(small.ok());
    m_small = *small;
}

void TestGpt2Bpe::mergesByRank()
{
    const auto tokens = m_small->encode("hello the little the");
    QVERIFY(tokens.ok());
    QCOMPARE(joined(*tokens), std::string("he|llo| the| little| the"));
    QCOMPARE((*tokens)[2].piece, std::string("Ġthe"));
    QCOMPARE((*tokens)[2].byteBegin, 5);
    QCOMPARE((*tokens)[2].byteEnd, 9);
    QCOMPARE(m_small->displayText((*tokens)[2].id), std::string(" the"));
    QVERIFY(!m_small->addsBos());
}

void TestGpt2Bpe::longPiecesAgreeWithAPlainLoop()
{
    // Oracle: scan for the best pair in the whole list each time. Short and long pieces take different code.
    const SmallBpe bpe = smallBpe();
    std::map<std::pair<std::string, std::string>, int> ranks;
    for (std::size_t i = 0; i < bpe.merges.size(); ++i) {
        const auto space = bpe.merges[i].find(' ');
        ranks[{bpe.merges[i].substr(0, space), bpe.merges[i].substr(space + 1)}] = static_cast<int>(i);
    }
    std::mt19937 random(7);
    for (const std::size_t length : {1, 2, 5, 40, 47, 48, 49, 50, 120, 700}) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) text += "aehilot"[random() % 7];
        std::vector<std::string> symbols;
        for (const char c : text) symbols.emplace_back(1, c);
        for (;;) {
            int best = -1;
            std::size_t where = 0;
            for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
                const auto it = ranks.find({symbols[i], symbols[i + 1]});
                if (it != ranks.end() && (best < 0 || it->second < best)) {
                    best = it->second;
                    where = i;
                }
            }
            if (best < 0) break;
            symbols[where] += symbols[where + 1];
            symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(where) + 1);
        }
        std::string expected;
        for (const std::string& s : symbols) expected += (expected.empty() ? "" : "|") + s;
        const auto tokens = m_small->encode(text);
        QVERIFY(tokens.ok());
        QCOMPARE(joined(*tokens), expected);
    }
}

void TestGpt2Bpe::rangesTileAndRoundTrip()
{
    for (const std::string& text : nastyStrings()) {
        const auto tokens = m_small->encode(text);
        QVERIFY(tokens.ok());
        QCOMPARE(tilingFault(*tokens, text), std::string());
        QCOMPARE(m_small->decode(idsOf(*tokens)), text);
    }
    QCOMPARE(m_small->encode("")->size(), std::size_t{0});
}

void TestGpt2Bpe::halfCharacters()
{
    const auto tokens = m_small->encode("é\a");
    QVERIFY(tokens.ok());
    QCOMPARE(joined(*tokens), std::string("<0xC3>|<0xA9>|<0x07>"));
    const int half[] = {(*tokens)[0].id};
    QCOMPARE(m_small->decode(half), std::string("\ufffd"));
    const auto prompt = hs::makePrompt(*m_small, "é é");
    QVERIFY(prompt.ok());
    QCOMPARE(prompt->tokens[0].word, prompt->tokens[1].word);
    QCOMPARE(joinedWords(*prompt), std::string("é| é"));
}

void TestGpt2Bpe::wordsOfGpt2_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("pieces");
    QTest::newRow("contractions") << QByteArray("don't we'll I'LL") << QByteArray("don|'t| we|'ll| I|'|LL");
    QTest::newRow("spaces go to the next word") << QByteArray("a  b   c ") << QByteArray("a| | b|  | c| ");
    QTest::newRow("numbers and marks") << QByteArray("x1.5, (y)") << QByteArray("x|1|.|5|,| (|y|)");
    QTest::newRow("NBSP is space") << QByteArray("a\u00a0b") << QByteArray("a|\u00a0|b");
    QTest::newRow("U+180E is not") << QByteArray("a\u180e b") << QByteArray("a|\u180e| b");
    QTest::newRow("U+180E after a space") << QByteArray("a \u180eb") << QByteArray("a| \u180e|b");
    QTest::newRow("line breaks") << QByteArray("a\n\n b") << QByteArray("a|\n\n| b");
    QTest::newRow("U+001C is no space") << QByteArray("a \x1c") << QByteArray("a| \x1c");
}

void TestGpt2Bpe::wordsOfGpt2()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, pieces);
    const auto regex = hs::Regex::compile(hs::gpt2Pattern());
    QVERIFY(regex.ok());
    QByteArray found;
    const hs::Status s =
        regex->forEach(std::string_view(text.constData(), static_cast<std::size_t>(text.size())), [&](hs::Regex::Match m) -> hs::Status {
            if (!found.isEmpty()) found += '|';
            found += text.mid(static_cast<int>(m.begin), static_cast<int>(m.end - m.begin));
            return {};
        });
    QVERIFY(s.ok());
    QCOMPARE(found, pieces);
}

void TestGpt2Bpe::golden_data()
{
    addGoldenColumns();
    addGoldenRows("small", fixture("tokenizers/byte_level"), fixture("tokenizers/golden/byte_level.json"));
    addGoldenRows("published", sharedData("tokenizers/gpt2"), sharedData("tokenizers/golden/gpt2.json"));
}

void TestGpt2Bpe::golden()
{
    QFETCH(QString, vocabulary);
    QFETCH(QByteArray, text);
    QFETCH(QList<int>, ids);
    HS_NEED_SHARED(vocabulary);
    // The encoders of these rows know no special tokens.
    const auto tokens = fromFolder(vocabulary)->encode(text.toStdString(), {}, hs::SpecialText::Spell);
    QVERIFY(tokens.ok());
    QCOMPARE(qList(idsOf(*tokens)), ids);
}

void TestGpt2Bpe::longText_data()
{
    QTest::addColumn<QString>("vocabulary");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("count");
    QTest::newRow("small") << fixture("tokenizers/byte_level") << 600 << 811;
    QTest::newRow("published") << sharedData("tokenizers/gpt2") << 50257 << 221;
}

void TestGpt2Bpe::longText()
{
    QFETCH(QString, vocabulary);
    QFETCH(int, size);
    QFETCH(int, count);
    HS_NEED_SHARED(vocabulary);
    const auto tokenizer = fromFolder(vocabulary);
    const QByteArray bytes = QByteArray::fromStdString(fileBytes(vocabulary + QStringLiteral("/encoded_tokens.json")));
    const QJsonObject vector = QJsonDocument::fromJson(bytes).object();
    QList<int> ids;
    for (const QJsonValue& id : vector[QStringLiteral("token_ids")].toArray()) ids.append(id.toInt());
    QCOMPARE(ids.size(), count);
    const auto tokens = tokenizer->encode(vector[QStringLiteral("text")].toString().toStdString());
    QVERIFY(tokens.ok());
    QCOMPARE(qList(idsOf(*tokens)), ids);
    QCOMPARE(tokenizer->vocabSize(), size);
    QCOMPARE(tokenizer->eosId().value_or(-1), size - 1);
    QVERIFY(tokenizer->isSpecial(size - 1));
    QVERIFY(!tokenizer->addsBos());
}

void TestGpt2Bpe::goldenTextsTileAndRoundTrip()
{
    QFETCH(QString, vocabulary);
    HS_NEED_SHARED(vocabulary);
    const auto tokenizer = fromFolder(vocabulary);
    for (const std::string& text : nastyStrings()) {
        const auto tokens = tokenizer->encode(text, {}, hs::SpecialText::Spell);
        QVERIFY(tokens.ok());
        QCOMPARE(tilingFault(*tokens, text), std::string());
        QCOMPARE(tokenizer->decode(idsOf(*tokens)), text);
    }
}

void TestGpt2Bpe::specialTokensAreRecognised()
{
    QFETCH(QString, vocabulary);
    HS_NEED_SHARED(vocabulary);
    const auto tokenizer = fromFolder(vocabulary);
    const auto tokens = tokenizer->encode("a<|endoftext|>b");
    QVERIFY(tokens.ok());
    QCOMPARE(joined(*tokens), std::string("a|<|endoftext|>|b"));
    QCOMPARE((*tokens)[1].id, tokenizer->vocabSize() - 1);
    QVERIFY((*tokens)[1].special);
    QCOMPARE(tilingFault(*tokens, "a<|endoftext|>b"), std::string());
}

void TestGpt2Bpe::badInput_data()
{
    QTest::addColumn<QByteArray>("vocab");
    QTest::addColumn<QByteArray>("merges");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("item");
    const int invalid = static_cast<int>(hs::ErrorCode::TokenizerInvalid);
    const int json = static_cast<int>(hs::ErrorCode::JsonInvalid);
    QTest::newRow("not JSON") << QByteArray("{\"a\": 0,") << QByteArray() << json << QByteArray("9");
    QTest::newRow("nothing") << QByteArray() << QByteArray() << json << QByteArray("1");
    QTest::newRow("a list") << QByteArray("[\"a\"]") << QByteArray() << invalid << QByteArray("vocab");
    QTest::newRow("empty vocabulary") << QByteArray("{}") << QByteArray() << invalid << QByteArray("vocab");
    QTest::newRow("id twice") << QByteArray("{\"a\": 0, \"b\": 0}") << QByteArray() << invalid << QByteArray("vocab[\"b\"]");
    QTest::newRow("negative id") << QByteArray("{\"a\": -1}") << QByteArray() << invalid << QByteArray("vocab[\"a\"]");
    QTest::newRow("huge id") << QByteArray("{\"a\": 2000000000}") << QByteArray() << invalid << QByteArray("vocab[\"a\"]");
    QTest::newRow("id beyond 64 bits") << QByteArray("{\"a\": 18446744073709551615}") << QByteArray() << invalid
                                       << QByteArray("vocab[\"a\"]");
    QTest::newRow("id is text") << QByteArray("{\"a\": \"0\"}") << QByteArray() << invalid << QByteArray("vocab[\"a\"]");
    QTest::newRow("id is a fraction") << QByteArray("{\"a\": 0.5}") << QByteArray() << invalid << QByteArray("vocab[\"a\"]");
    QTest::newRow("merge of unknown pieces") << QByteArray("{\"a\": 0, \"b\": 1, \"ab\": 2}") << QByteArray("#version: 0.2\na b\na c\n")
                                             << invalid << QByteArray("merges[1]");
    QTest::newRow("merge into an unknown piece")
        << QByteArray("{\"a\": 0, \"b\": 1}") << QByteArray("a b\n") << invalid << QByteArray("merges[0]");
    QTest::newRow("merge of one piece") << QByteArray("{\"a\": 0}") << QByteArray("a\n") << invalid << QByteArray("merges[0]");
    QTest::newRow("merge of three pieces") << QByteArray("{\"a\": 0}") << QByteArray("a a a\n") << invalid << QByteArray("merges[0]");
    QTest::newRow("'#' line later is a merge") << QByteArray("{\"a\": 0}") << QByteArray("#version: 0.2\n#version: 0.2\n") << invalid
                                               << QByteArray("merges[0]");
}

void TestGpt2Bpe::badInput()
{
    QFETCH(QByteArray, vocab);
    QFETCH(QByteArray, merges);
    QFETCH(int, code);
    QFETCH(QByteArray, item);
    const auto made = hs::makeGpt2BpeFromFiles(vocab.toStdString(), merges.toStdString());
    QVERIFY(!made.ok());
    QCOMPARE(static_cast<int>(made.error().code), code);
    QCOMPARE(made.error().item, item.toStdString());
}

void TestGpt2Bpe::textThatIsNotUtf8()
{
    for (const auto& [text, at] :
         {std::pair(std::string("abc\xff"), 3), std::pair(std::string("\xc3"), 0), std::pair(std::string("12345678\xed\xa0\x80"), 8),
          std::pair(std::string("a\xc0\x80"), 1), std::pair(std::string("ok\xf4\x90\x80\x80"), 2)}) {
        const auto prompt = hs::makePrompt(*m_small, text);
        QVERIFY(!prompt.ok());
        QCOMPARE(prompt.error().code, hs::ErrorCode::TextNotUtf8);
        QCOMPARE(prompt.error().item, std::to_string(at));
    }
}

void TestGpt2Bpe::cancelAndProgress()
{
    std::string text;
    for (int i = 0; i < 200000; ++i) text += " word";
    std::stop_source stop;
    std::int64_t last = -1;
    const hs::Progress progress(stop.get_token(), [&](const hs::ProgressReport& r) {
        QCOMPARE(r.stage, hs::Stage::Tokenising);
        QVERIFY(r.done >= last);
        last = r.done;
        if (r.done > 300000) stop.request_stop();
    });
    const auto tokens = m_small->encode(text, progress);
    QVERIFY(!tokens.ok());
    QCOMPARE(tokens.error().code, hs::ErrorCode::Cancelled);
    QVERIFY(last < 600000);

    // One piece without any boundary: the merge loop itself listens.
    std::stop_source stopped;
    stopped.request_stop();
    const auto one = m_small->encode(std::string(500000, 'a'), hs::Progress(stopped.get_token(), {}));
    QVERIFY(!one.ok());
    QCOMPARE(one.error().code, hs::ErrorCode::Cancelled);
}

void TestGpt2Bpe::missingByteIsAnError()
{
    const auto made = hs::makeGpt2Bpe({"a", "b", "ab"}, {"a b"}, {});
    QVERIFY(made.ok());
    QCOMPARE(idsOf(*(*made)->encode("abab")), (std::vector<int>{2, 2}));
    const auto bad = (*made)->encode("ab c");
    QVERIFY(!bad.ok());
    QCOMPARE(bad.error().code, hs::ErrorCode::VocabularyMismatch);
    QCOMPARE(bad.error().item, std::string("2"));
}

QTEST_APPLESS_MAIN(TestGpt2Bpe)
#include "tst_gpt2_bpe.moc"
