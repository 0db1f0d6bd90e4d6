// SPDX-License-Identifier: GPL-3.0-or-later
// The answers that are offered when a file does not say how wide a head is: all that fit, none that does not.
#include <QTest>

#include "engine/model/head_choices.h"

using namespace hs;

class tst_head_choices : public QObject {
    Q_OBJECT

    static ModelConfig config(int heads, int groups, int width)
    {
        ModelConfig c;
        c.nLayers = 2;
        c.nHeads = heads;
        c.nKvHeads = groups;
        c.dHead = width;
        c.dModel = heads * width;
        return c;
    }
    /// "1x12/1 ...": heads x width / key/value heads
    static QString textOf(const ModelConfig& c)
    {
        QStringList out;
        for (const HeadChoice& choice : headChoices(c))
            out << QStringLiteral("%1x%2/%3").arg(choice.nHeads).arg(choice.dHead).arg(choice.nKvHeads);
        return out.join(QLatin1Char(' '));
    }

private Q_SLOTS:
    void everyDivisor() { QCOMPARE(textOf(config(3, 3, 4)), QStringLiteral("1x12/1 2x6/2 3x4/3 4x3/4 6x2/6 12x1/12")); }
    /// Rotated numbers come in pairs.
    void evenWhereRotated()
    {
        ModelConfig c = config(3, 3, 4);
        c.position = PositionKind::Rotary;
        c.rotaryDim = 4;
        QCOMPARE(textOf(c), QStringLiteral("1x12/1 2x6/2 3x4/3 6x2/6"));
        c = config(3, 3, 4);
        c.position = PositionKind::Rotary;
        c.rotaryDim = 2;  // a part of a head: no head is narrower
        QCOMPARE(textOf(c), QStringLiteral("1x12/1 2x6/2 3x4/3 6x2/6"));
        c = config(2, 2, 6);
        c.position = PositionKind::Rotary;
        c.rotaryDim = 4;
        QCOMPARE(textOf(c), QStringLiteral("1x12/1 2x6/2 3x4/3"));
    }
    /// Keys are shared: a head is no wider than all keys together. 1024 queries and 128 keys, as 16 heads of 64 with 2 groups.
    void groups()
    {
        ModelConfig c = config(16, 2, 64);
        c.position = PositionKind::Rotary;
        c.rotaryDim = 64;
        QVERIFY(textOf(c).startsWith(QStringLiteral("8x128/1 16x64/2 32x32/4")));
    }
    /// Six query heads' worth of numbers over four key heads' worth: only widths that give whole groups.
    void wholeGroups()
    {
        QCOMPARE(textOf(config(6, 2, 4)), QStringLiteral("3x8/1 6x4/2 12x2/4 24x1/8"));
        QCOMPARE(textOf(config(3, 2, 4)), QString());
    }
    /// A pruned model: what divides every layer.
    void layersDiffer()
    {
        ModelConfig c = config(4, 4, 8);
        c.headsPerLayer = c.kvHeadsPerLayer = {4, 3};
        QCOMPARE(textOf(c), QStringLiteral("4x8/4 8x4/8 16x2/16 32x1/32"));
    }
    void nothing() { QVERIFY(headChoices(ModelConfig{}).empty()); }
};

QTEST_APPLESS_MAIN(tst_head_choices)
#include "tst_head_choices.moc"
