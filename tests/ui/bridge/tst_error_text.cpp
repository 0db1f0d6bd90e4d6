// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLatin1Char>
#include <QTest>

#include <QSet>

#include "engine/io/probe/probe.h"
#include "ui/bridge/error_text.h"

using namespace hs;
using namespace hs::ui;

namespace {

constexpr int kCodes = static_cast<int>(ErrorCode::Internal) + 1;
constexpr int kParts = static_cast<int>(Part::Tokenizer) + 1;
constexpr int kOrigins = static_cast<int>(Origin::Guess) + 1;

void eachCode()
{
    QTest::addColumn<int>("code");
    for (int code = 0; code < kCodes; ++code) QTest::addRow("code %d", code) << code;
}

/// What the system says of a missing file is that it is missing: left out.
bool saysFound(int code) { return static_cast<ErrorCode>(code) != ErrorCode::FileNotFound; }

bool mentions(const QString& text, const char* fact) { return text.contains(QLatin1String(fact)); }

}  // namespace

class TestErrorText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFactIsSaid_data() { eachCode(); }
    void everyFactIsSaid();
    void factsMayBeMissing_data() { eachCode(); }
    void factsMayBeMissing();
    void sentencesAreDistinct();
    void shapesReadWell();
    void factsFromFilesStayPlain();
    void lineIsOneLine_data() { eachCode(); }
    void lineIsOneLine();
    void everyStageHasWords();
    void stagesCountFromOne();
    void partsAndOriginsHaveNames();
};

void TestErrorText::everyFactIsSaid()
{
    QFETCH(int, code);
    const ErrorText text = errorText({static_cast<ErrorCode>(code), "/some/file.h5", "ITEM-a", "FOUND-b", "EXPECTED-c"});
    for (const char* fact : {"/some/file.h5", "ITEM-a", "EXPECTED-c"}) QVERIFY2(mentions(text.what, fact), qPrintable(text.what));
    QCOMPARE(mentions(text.what, "FOUND-b"), saysFound(code));
    QVERIFY(!text.title.isEmpty() && !text.next.isEmpty());
    QVERIFY2(!text.what.contains(QLatin1Char('%')), qPrintable(text.what));
    QVERIFY(!text.title.endsWith(QLatin1Char('.')));
    QVERIFY(text.next.endsWith(QLatin1Char('.')));
}

void TestErrorText::factsMayBeMissing()
{
    QFETCH(int, code);
    for (int present = 0; present < 8; ++present) {
        Error error{static_cast<ErrorCode>(code), {}, {}, {}, {}};
        if (present & 1) error.item = "ITEM-a";
        if (present & 2) error.found = "FOUND-b";
        if (present & 4) error.expected = "EXPECTED-c";
        const QString what = errorText(error).what;
        QVERIFY(what.size() > 10);
        QVERIFY2(what.endsWith(QLatin1Char('.')), qPrintable(what));
        QVERIFY2(!what.contains(QLatin1Char('%')) && !what.contains(QStringLiteral("()")) && !what.contains(QStringLiteral("  ")),
                 qPrintable(what));
        QCOMPARE(mentions(what, "ITEM-a"), (present & 1) != 0);
        QCOMPARE(mentions(what, "FOUND-b"), (present & 2) != 0 && saysFound(code));
        QCOMPARE(mentions(what, "EXPECTED-c"), (present & 4) != 0);
    }
}

void TestErrorText::sentencesAreDistinct()
{
    QSet<QString> titles, sentences;
    for (int code = 0; code < kCodes; ++code) {
        const ErrorText text = errorText({static_cast<ErrorCode>(code), {}, {}, {}, {}});
        titles.insert(text.title);
        sentences.insert(text.what);
    }
    QCOMPARE(titles.size(), kCodes);
    QCOMPARE(sentences.size(), kCodes);
}

void TestErrorText::shapesReadWell()
{
    const ErrorText text = errorText(Error::shape("h.3.attn.c_attn.weight", "768 x 2301", "768 x 2304"));
    QCOMPARE(text.what, QStringLiteral("h.3.attn.c_attn.weight has 768 × 2301 numbers; 768 × 2304 were expected."));
    const QString limit = errorLine(Error::in("/x", ErrorCode::FileUnsafe, kProbeLimitItem, "5 s", "1"));
    QVERIFY2(limit.startsWith(QStringLiteral("The check of this HDF5 file was stopped after 5 s; ")), qPrintable(limit));
    QVERIFY(limit.contains(QStringLiteral("--probe-limit")));
    QCOMPARE(errorLine(Error::in("/x", ErrorCode::FileNotFound)),
             QStringLiteral("There is no such file; check the path, or choose another file"));
}

void TestErrorText::factsFromFilesStayPlain()
{
    Error error = Error::of(ErrorCode::TensorMissing, "a%2b\nc\td<b>x</b>");
    QString what = errorText(error).what;
    QVERIFY2(what.contains(QStringLiteral("a%2b c d<b>x</b>")), qPrintable(what));
    error.item = std::string(100'000, 'x');
    QVERIFY(errorText(error).what.size() < 400);
    error.item = "\xff\xfe broken";  // not UTF-8
    QVERIFY(errorText(error).what.contains(QStringLiteral("broken")));
}

void TestErrorText::lineIsOneLine()
{
    QFETCH(int, code);
    const QString line = errorLine({static_cast<ErrorCode>(code), "/some/file.h5", "IT\nEM", "FOUND-b", "EXPECTED-c"});
    QVERIFY(!line.contains(QLatin1Char('\n')));
    QVERIFY(line.contains(QStringLiteral("; ")));
    QVERIFY(!line.endsWith(QLatin1Char('.')));
    QVERIFY2(!line.contains(QStringLiteral("/some/file.h5")), qPrintable(line));  // the caller puts it in front
}

void TestErrorText::everyStageHasWords()
{
    QSet<QString> unknown;
    for (int stage = 0; stage < kStages; ++stage) {
        unknown.insert(progressText({static_cast<Stage>(stage), 0, 0}));
        for (const int done : {0, 1, 2}) {
            const QString text = progressText({static_cast<Stage>(stage), done, 2});
            QVERIFY(!text.isEmpty());
            QVERIFY2(!text.contains(QStringLiteral("%1")) && !text.contains(QStringLiteral("%2")), qPrintable(text));
        }
    }
    QVERIFY(!unknown.contains(QString()));
    QCOMPARE(unknown.size(), kStages);
}

void TestErrorText::stagesCountFromOne()
{
    QCOMPARE(progressText({Stage::Attention, 0, 5}), QStringLiteral("Computing attention, layer 1 of 5"));
    QCOMPARE(progressText({Stage::Attention, 5, 5}), QStringLiteral("Computing attention, layer 5 of 5"));
    QCOMPARE(progressText({Stage::Writing, 3, 4}), QStringLiteral("Writing, 75 %"));
}

void TestErrorText::partsAndOriginsHaveNames()
{
    QSet<QString> names;
    for (int part = 0; part < kParts; ++part) names.insert(partName(static_cast<Part>(part)));
    for (int origin = 0; origin < kOrigins; ++origin) names.insert(originName(static_cast<Origin>(origin)));
    QVERIFY(!names.contains(QString()));
    QCOMPARE(names.size(), kParts + kOrigins);
}

QTEST_APPLESS_MAIN(TestErrorText)
#include "tst_error_text.moc"
