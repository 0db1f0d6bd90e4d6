// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QLatin1Char>
#include <QTest>

#include "engine/analysis/corpus/corpus.h"
#include "engine/analysis/corpus/sentences.h"
#include "engine/analysis/labels/preset_json.h"
#include "tests/support/paths.h"

using namespace hs;

namespace {

std::shared_ptr<const Tokenizer> characters()
{
    std::vector<std::string> all{"<s>"};
    for (int c = 32; c < 127; ++c) all.emplace_back(1, static_cast<char>(c));
    all.emplace_back("\n");
    SpecialIds special;
    special.bos = 0;
    special.addBos = true;
    auto made = makeCharacterLevel(all, special);
    return made ? *made : nullptr;
}

TextCorpus texts(const std::vector<std::string>& all)
{
    TextCorpus out;
    out.name = "made";
    out.dataHash = "00";
    for (const std::string& text : all) out.documents.push_back({text, "made.txt", static_cast<int>(out.documents.size())});
    return out;
}

/// Numbers of the bytes, written as letters: "aaabb".
QString letters(const std::vector<int>& segments)
{
    QString out;
    for (const int s : segments) out += s < 0 ? QLatin1Char('-') : QLatin1Char(static_cast<char>('a' + s));
    return out;
}

}  // namespace

class TstLabelCorpus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sentences_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("two") << QByteArray("Hi. Bo.") << "aaabbbb";
        QTest::newRow("title") << QByteArray("Mr. X sat.") << "aaaaaaaaaa";
        QTest::newRow("initial") << QByteArray("J. Doe") << "aaaaaa";
        QTest::newRow("quotes") << QByteArray("\"A!\" B") << "aaaabb";
        QTest::newRow("goes on") << QByteArray("\"A!\" he") << "aaaaaaa";
        QTest::newRow("number") << QByteArray("3.14 x") << "aaaaaa";
        QTest::newRow("line") << QByteArray("A\nB") << "aab";
        QTest::newRow("empty") << QByteArray() << "";
    }
    void sentences()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(letters(sentenceOfBytes(text.toStdString())), expected);
    }

    void otherSegments()
    {
        QCOMPARE(letters(paragraphOfBytes("a\nb\n\nc")), QStringLiteral("aaaaab"));
        QCOMPARE(letters(paragraphOfBytes("a\nb")), QStringLiteral("aab"));
        QCOMPARE(letters(lineOfBytes("a\nb\n\nc")), QStringLiteral("aabbcd"));
        QCOMPARE(letters(lineOfBytes("a\nb")), QStringLiteral("---"));
        QCOMPARE(letters(quotationOfBytes("a \"b\" c")), QStringLiteral("aabbbcc"));
    }

    void chunks()
    {
        const auto tokenizer = characters();
        QVERIFY(tokenizer);
        ChunkOptions options;
        options.length = 20;
        options.shortest = 8;
        const auto corpus = Corpus::make(texts({"one two three four five six seven", "short"}), *tokenizer, 0, true, options);
        QVERIFY(corpus.ok());
        const Corpus& c = **corpus;
        QVERIFY(c.size() >= 2);
        std::string joined;
        for (int d = 0; d < c.size(); ++d) {
            const AnnotatedDocument document = c.document(d);
            QVERIFY(document.size() <= 20);
            QCOMPARE(document.prompt.tokens.front().id, 0);
            QVERIFY(document.isReference.front());
            QCOMPARE(document.references, std::vector<int>{0});
            joined += document.prompt.text;
            for (std::size_t i = 1; i < document.prompt.tokens.size(); ++i) {  // ranges are those of the piece's own text
                const Token& token = document.prompt.tokens[i];
                QCOMPARE(document.prompt.text.substr(static_cast<std::size_t>(token.byteBegin), 1), tokenizer->displayText(token.id));
                QVERIFY(document.frequency[i] > 0);
            }
        }
        QVERIFY(std::string("one two three four five six seven").starts_with(joined));
        QCOMPARE(c.longest() <= 20, true);
    }

    void classes()
    {
        const auto tokenizer = characters();
        ChunkOptions options;
        options.shortest = 4;
        const auto corpus = Corpus::make(texts({"ab 1,\nc"}), *tokenizer, 0, true, options);
        QVERIFY(corpus.ok());
        const AnnotatedDocument document = (*corpus)->document(0);
        const TokenClass expected[] = {TokenClass::Special, TokenClass::Word,        TokenClass::Continuation, TokenClass::Space,
                                       TokenClass::Digit,   TokenClass::Punctuation, TokenClass::Newline,      TokenClass::Word};
        QCOMPARE(document.size(), 8);
        for (std::size_t i = 0; i < 8; ++i) QVERIFY2(document.classes[i] == expected[i], tokenClassName(document.classes[i]));
    }

    void thinned()
    {
        const auto tokenizer = characters();
        std::vector<std::string> all;
        for (int k = 0; k < 50; ++k) all.push_back("document number " + std::to_string(k) + " of fifty");
        ChunkOptions options;
        options.maxDocuments = 10;
        const auto corpus = Corpus::make(texts(all), *tokenizer, 0, true, options);
        QVERIFY(corpus.ok());
        QCOMPARE((*corpus)->size(), 10);
        QVERIFY((*corpus)->document(9).prompt.text.find("45") != std::string::npos);
    }

    void refused()
    {
        const auto tokenizer = characters();
        const auto none = Corpus::make(texts({"short"}), *tokenizer, 0, true, {});
        QVERIFY(!none.ok());
        QCOMPARE(none.error().code, ErrorCode::TextEmpty);
        const auto narrow = Corpus::make(texts({"long enough for the rule of length"}), *tokenizer, 8, true, {});
        QVERIFY(!narrow.ok());
        QCOMPARE(narrow.error().code, ErrorCode::InvalidArgument);
    }

    void presets_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty object") << QByteArray("{}") << true;
        QTest::newRow("value") << QByteArray(R"({"id":"x","title":"X","values":{"local.kappa-uniform":0.4}})") << true;
        QTest::newRow("not JSON") << QByteArray("{") << false;
        QTest::newRow("array") << QByteArray("[]") << false;
        QTest::newRow("unknown key") << QByteArray(R"({"values":{"local.kappa":0.4}})") << false;
        QTest::newRow("too large") << QByteArray(R"({"values":{"local.kappa-uniform":1.4}})") << false;
        QTest::newRow("text for number") << QByteArray(R"({"values":{"local.kappa-uniform":"0.4"}})") << false;
        QTest::newRow("unknown part") << QByteArray(R"({"name":"x"})") << false;
    }
    void presets()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, good);
        const auto preset = presetFromJson(json.toStdString());
        QCOMPARE(preset.ok(), good);
        if (!good) return;
        const auto again = presetFromJson(presetToJson(*preset));
        QVERIFY(again.ok());
        QVERIFY(again->values() == preset->values());
    }

    void shippedPresets()
    {
        for (const char* name : {"default", "clark", "strict"}) {
            QFile file(test::sourceFile("resources/label_presets/%1.json").arg(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto preset = presetFromJson(file.readAll().toStdString());
            QVERIFY2(preset.ok(), name);
            QCOMPARE(preset->id, std::string(name));
        }
    }
};

QTEST_APPLESS_MAIN(TstLabelCorpus)
#include "tst_label_corpus.moc"
