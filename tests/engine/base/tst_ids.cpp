// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "engine/base/ids.h"

class TestIds : public QObject {
    Q_OBJECT
private slots:
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
    void nameAndBack();
};

void TestIds::accepted_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("layer");
    QTest::addColumn<int>("head");
    QTest::newRow("upper case") << QByteArray("L5H1") << 5 << 1;
    QTest::newRow("lower case") << QByteArray("l12h10") << 12 << 10;
    QTest::newRow("dot") << QByteArray("5.1") << 5 << 1;
    QTest::newRow("comma") << QByteArray("5,1") << 5 << 1;
    QTest::newRow("zero") << QByteArray("L0H0") << 0 << 0;
}

void TestIds::accepted()
{
    QFETCH(QByteArray, text);
    QFETCH(int, layer);
    QFETCH(int, head);
    const auto id = hs::parseHeadName(text.toStdString());
    QVERIFY(id.has_value());
    QCOMPARE(id->layer, layer);
    QCOMPARE(id->head, head);
}

void TestIds::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "L", "L5", "5", "L5H", "H5L1", "L-1H2", "5.1.2", "L5H1x", " L5H1", "5:1", "L99999999999H1"})
        QTest::newRow(*text ? text : "empty") << QByteArray(text);
}

void TestIds::refused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!hs::parseHeadName(text.toStdString()).has_value());
}

void TestIds::nameAndBack()
{
    for (int layer = 0; layer < 30; layer += 7)
        for (int head = 0; head < 130; head += 43) {
            const hs::HeadId id{layer, head};
            QCOMPARE(hs::parseHeadName(hs::headName(id)).value_or(hs::HeadId{-1, -1}), id);
        }
}

QTEST_APPLESS_MAIN(TestIds)
#include "tst_ids.moc"
