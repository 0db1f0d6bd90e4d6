// SPDX-License-Identifier: GPL-3.0-or-later
// Every row of the engine's table of label kinds has its words, and no words are left without a row.
#include <QTest>

#include <set>

#include "engine/analysis/labels/label_kinds.h"
#include "ui/labels/label_kind_words.h"

using namespace hs;
using namespace hs::ui;

class TstLabelKindWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void kindsHaveWords()
    {
        std::set<LabelKind> seen;
        std::set<QString> codes, titles;
        for (const LabelKindInfo& kind : labelKinds()) {
            QVERIFY2(seen.insert(kind.kind).second, kind.name);
            const auto row = std::find_if(labelKindWords().begin(), labelKindWords().end(),
                                          [&](const LabelKindWords& w) { return w.kind == kind.kind; });
            QVERIFY2(row != labelKindWords().end(), kind.name);
            QVERIFY2(titles.insert(kindTitle(kind.kind)).second && !kindTitle(kind.kind).isEmpty(), kind.name);
            QVERIFY2(labelCode(kind.kind).isEmpty() == kind.attribute, kind.name);  // an attribute never stands for a head
            QVERIFY2(kind.attribute || codes.insert(labelCode(kind.kind)).second, kind.name);
            QVERIFY2(kind.parameter == LabelParameter::None || row->parameter, kind.name);
            QVERIFY2((kind.parameter == LabelParameter::None) == (*row->named == 0), kind.name);
            QVERIFY2((kind.parameter == LabelParameter::Offset) == (*row->namedAhead != 0 && *row->sentenceAhead != 0), kind.name);
        }
        QCOMPARE(labelKindWords().size(), labelKinds().size());
        QCOMPARE(codedKinds().size(), codes.size());
    }

    void sentencesAreFilled()
    {
        for (const LabelKindInfo& kind : labelKinds())
            for (const int offset : kind.parameter == LabelParameter::Offset ? std::vector<int>{-4, 4} : std::vector<int>{0}) {
                HeadLabel label;
                label.id = {kind.kind, offset, kind.parameter == LabelParameter::Argument ? "newline" : ""};
                label.variant = "line";
                label.score = 0.6;
                const QString sentence = labelSentence(label), title = labelTitle(label.id);
                QVERIFY2(sentence.endsWith(QLatin1Char('.')) && !sentence.contains(QLatin1Char('%')), qPrintable(sentence));
                QVERIFY2(!title.isEmpty() && !title.contains(QLatin1Char('%')), qPrintable(title));
                // Files and the command line read back what they write.
                QVERIFY2(parseLabel(labelName(label.id)) == label.id, kind.name);
            }
    }

    void sentences_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("back") << "positional(-4)"
                              << "4 tokens back"
                              << "Mostly looks 4 tokens back.";
        QTest::newRow("ahead") << "positional(3)"
                               << "3 tokens ahead"
                               << "Mostly looks 3 tokens ahead.";
        QTest::newRow("column") << "vertical(newline)"
                                << "Column: line breaks"
                                << "Mostly rests on one kind of token: line breaks.";
        QTest::newRow("syntax") << "syntactic(nsubj,head)"
                                << "Syntax: nsubj,head"
                                << "Mostly follows the relation nsubj,head.";
        QTest::newRow("segment") << "block"
                                 << "Own segment"
                                 << "Mostly stays inside the same line.";
        QTest::newRow("broad") << "broad"
                               << "Broad"
                               << "Spreads its attention almost evenly over what it can see.";
        QTest::newRow("attribute") << "copying"
                                   << "Copying"
                                   << "Makes the tokens that it reads more likely as output.";
    }
    void sentences()
    {
        QFETCH(QString, label);
        QFETCH(QString, title);
        QFETCH(QString, sentence);
        HeadLabel shown;
        shown.id = *parseLabel(label.toStdString());
        shown.variant = "line";
        shown.score = 0.6;
        QCOMPARE(labelTitle(shown.id), title);
        QCOMPARE(labelSentence(shown), sentence);
    }
};

QTEST_MAIN(TstLabelKindWords)
#include "tst_label_kind_words.moc"
