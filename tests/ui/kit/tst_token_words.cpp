// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens between the words of a sentence: what has no picture has a name, and nothing turns its neighbours around.
#include <QTest>

#include "ui/kit/token_paint.h"

using namespace hs::ui;

class TestTokenWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void visible_data()
    {
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const QString& token, const QString& shown) { QTest::newRow(name) << token << shown; };
        row("a word", QStringLiteral(" the"), QStringLiteral("␣the"));
        row("override", QStringLiteral("a\u202Eb"), QStringLiteral("a<U+202E>b"));
        row("mark at the end", QStringLiteral("a\u200F"), QStringLiteral("a<U+200F>"));
        row("no width", QStringLiteral("\u200B"), QStringLiteral("<U+200B>"));
        row("byte order mark", QStringLiteral("\uFEFF"), QStringLiteral("<U+FEFF>"));
        row("beyond 16 bits", QString::fromUcs4(U"\U000E0067"), QStringLiteral("<U+E0067>"));
        row("joiner inside a picture", QStringLiteral("👩\u200D👧"), QStringLiteral("👩\u200D👧"));
        row("joiner alone", QStringLiteral("\u200D"), QStringLiteral("<U+200D>"));
        row("right to left", QStringLiteral("מילה"), QStringLiteral("\u2068מילה\u2069"));
        row("right to left with a space", QStringLiteral(" كلمة"), QStringLiteral("\u2068␣كلمة\u2069"));
    }
    void visible()
    {
        QFETCH(QString, token);
        QFETCH(QString, shown);
        QCOMPARE(visibleToken(token), shown);
    }
};

QTEST_MAIN(TestTokenWords)
#include "tst_token_words.moc"
