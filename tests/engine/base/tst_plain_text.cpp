// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "engine/base/plain_text.h"

class TestPlainText : public QObject {
    Q_OBJECT
private slots:
    void fields_data();
    void fields();
    void numbers();
};

void TestPlainText::fields_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("plain") << QByteArray("L5H1") << QByteArray("L5H1");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
    QTest::newRow("space inside") << QByteArray("the cat") << QByteArray("the cat");
    QTest::newRow("space before") << QByteArray(" the") << QByteArray("\" the\"");
    QTest::newRow("space after") << QByteArray("the ") << QByteArray("\"the \"");
    QTest::newRow("comma") << QByteArray("syntactic(nsubj,head)") << QByteArray("\"syntactic(nsubj,head)\"");
    QTest::newRow("quote") << QByteArray("say \"a\"") << QByteArray("\"say \"\"a\"\"\"");
    QTest::newRow("line feed") << QByteArray("a\nb") << QByteArray("\"a\nb\"");
    QTest::newRow("carriage return") << QByteArray("a\rb") << QByteArray("\"a\rb\"");
    QTest::newRow("tab") << QByteArray("a\tb") << QByteArray("a\tb");
}

void TestPlainText::fields()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, field);
    QCOMPARE(hs::csvField(text.toStdString()), field.toStdString());
}

void TestPlainText::numbers()
{
    QCOMPARE(hs::shortestText(0.1), std::string("0.1"));
    QCOMPARE(hs::shortestText(0.1f), std::string("0.1"));
    QCOMPARE(hs::shortestText(static_cast<double>(0.1f)), std::string("0.10000000149011612"));
    QCOMPARE(hs::shortestText(1e-5), std::string("1e-05"));
    QCOMPARE(hs::shortestText(-1.7976931348623157e308), std::string("-1.7976931348623157e+308"));
    QCOMPARE(hs::shortestText(3.0), std::string("3"));
}

QTEST_APPLESS_MAIN(TestPlainText)
#include "tst_plain_text.moc"
