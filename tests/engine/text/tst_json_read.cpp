// SPDX-License-Identifier: GPL-3.0-or-later
// JSON of strangers: the same values as the library's own reader gives, in linear time, with a sentence for every number.
#include <QElapsedTimer>
#include <QTest>

#include "engine/text/json_read.h"
#include "engine/text/tokenizer.h"
#include "tests/support/slowness.h"

using namespace hs;

class tst_json_read : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameValues_data();
    void sameValues();
    void refused_data();
    void refused();
    void linear();
    void hearsCancel();
    void tokenizerNumbers();
};

void tst_json_read::sameValues_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"null", "true", "1", "-7", "18446744073709551615", "1.5e-3", R"("a\u00e4\n")", "[]", "{}",
                             R"({"a":{"b":[1,[2,{"c":null}]],"d":{}}})", R"([{"a":1},{"a":2,"b":[{}]}, [[]], "x"])", R"({"a":1,"a":2})",
                             R"({"a":{"x":1},"a":[]})", " \n[1 , 2]\t"})
        QTest::newRow(text) << text;
}

void tst_json_read::sameValues()
{
    QFETCH(QString, text);
    const auto got = readJson(text.toStdString(), "f");
    QVERIFY(got.ok());
    QVERIFY(*got == nlohmann::json::parse(text.toStdString()));
}

void tst_json_read::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("item");
    QTest::addColumn<QString>("found");
    const auto row = [](const char* text, ErrorCode code, const char* item, const char* found) {
        QTest::newRow(text) << text << static_cast<int>(code) << item << found;
    };
    row(R"({"a":1e999})", ErrorCode::NumberOutOfRange, "a", "1e999");
    row(R"({"a":[0,-1E400 ]})", ErrorCode::NumberOutOfRange, "a", "-1E400");
    row(R"({"a":1,"b":Infinity})", ErrorCode::NumberOutOfRange, "b", "Infinity");
    row(R"({"b":-inf})", ErrorCode::NumberOutOfRange, "b", "-inf");
    row(R"([NaN])", ErrorCode::NumberOutOfRange, "", "NaN");
    row(R"({"a":)", ErrorCode::JsonInvalid, "*", "");
    row(R"({"a":1,})", ErrorCode::JsonInvalid, "*", "");
    row(R"({"a":tru})", ErrorCode::JsonInvalid, "*", "");
    row(" ", ErrorCode::JsonInvalid, "*", "");
    row("[1] 2", ErrorCode::JsonInvalid, "*", "");
    row("[[[[[[[[[1]]]]]]]]]", ErrorCode::JsonInvalid, "9", "> 8 levels");
    row(R"({"a[\"[": [[[[[[[[1]]]]]]]]})", ErrorCode::JsonInvalid, "18", "> 8 levels");
    row(R"({"a":1,"b":{"x":1,"x":2},"a":3})", ErrorCode::FileDamaged, "a", "duplicate name");
}

void tst_json_read::refused()
{
    QFETCH(QString, text);
    QFETCH(int, code);
    QFETCH(QString, item);
    QFETCH(QString, found);
    const auto got = readJson(text.toStdString(), "f", {.depth = 8, .uniqueNames = true});
    QVERIFY(!got);
    QCOMPARE(static_cast<int>(got.error().code), code);
    if (item == "*") QVERIFY(!got.error().item.empty());  // a byte position
    else QCOMPARE(QString::fromStdString(got.error().item), item);
    QCOMPARE(QString::fromStdString(got.error().found), found);
    QCOMPARE(got.error().file, std::string("f"));
}

void tst_json_read::linear()
{
    // Every member of the outer object is an object: what the library's reader with a callback needs a quadratic time for.
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i) text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + R"(":{"shape":[1,2],"d":"F32"})";
    text += '}';
    QElapsedTimer timer;
    timer.start();
    const auto got = readJson(text, "f", {.depth = 8, .uniqueNames = true});
    QVERIFY(got.ok());
    QCOMPARE(got->size(), std::size_t(100'000));
    QVERIFY2(timer.elapsed() < 1000 * test::kSlowness, qPrintable(QString::number(timer.elapsed())));
}

void tst_json_read::hearsCancel()
{
    std::stop_source stop;
    stop.request_stop();
    std::string text = "[0";
    for (int i = 0; i < 10'000; ++i) text += ",0";
    const auto got = readJson(text + "]", "f", {}, Progress(stop.get_token(), {}));
    QVERIFY(!got);
    QCOMPARE(got.error().code, ErrorCode::Cancelled);
    std::string vocab;
    for (int i = 0; i < 10'000; ++i) vocab += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":" + std::to_string(i);
    const auto tokenizer =
        makeHfTokenizer(R"({"model":{"type":"WordLevel","unk_token":"0","vocab":{)" + vocab + "}}}", Progress(stop.get_token(), {}));
    QVERIFY(!tokenizer);
    QCOMPARE(tokenizer.error().code, ErrorCode::Cancelled);
}

/// Whole numbers that do not fit are refused by name, not cut.
void tst_json_read::tokenizerNumbers()
{
    for (const char* number : {"1e30", "99999999999999999999", "4294967296", "-9223372036854775808", "1.5"}) {
        const auto made = makeHfTokenizer(std::string(R"({"model":{"type":"Unigram","unk_id":)") + number + R"(,"vocab":[["a",0.0]]}})");
        QVERIFY2(!made, number);
        QCOMPARE(made.error().code, ErrorCode::TokenizerInvalid);
        QVERIFY2(made.error().item.ends_with("unk_id"), made.error().item.c_str());
    }
    QCOMPARE(makeHfTokenizer(R"({"model":{"type":"WordLevel","vocab":{"a":1e999}}})").error().code, ErrorCode::NumberOutOfRange);
}

QTEST_APPLESS_MAIN(tst_json_read)
#include "tst_json_read.moc"
