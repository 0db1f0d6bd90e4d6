// SPDX-License-Identifier: GPL-3.0-or-later
// The finder of commands: by name, by other names, and what it says when nothing fits.
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>

#include "ui/shell/command_finder.h"

using namespace hs::ui;

class tst_command_finder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsByNameAndByOtherNames_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("first");
        QTest::newRow("its name") << QStringLiteral("two sco") << QStringLiteral("Two scores of all heads …");
        QTest::newRow("another word for it") << QStringLiteral("scatter") << QStringLiteral("Two scores of all heads …");
        QTest::newRow("a later word of the others") << QStringLiteral("Correl") << QStringLiteral("Two scores of all heads …");
        QTest::newRow("a name goes before another's other name") << QStringLiteral("plot") << QStringLiteral("Plot all");
    }
    void findsByNameAndByOtherNames()
    {
        QFETCH(QString, typed);
        QFETCH(QString, first);
        QWidget window;
        window.resize(800, 600);
        QAction scatter(QStringLiteral("T&wo scores of all heads …")), plot(QStringLiteral("&Plot all")), quit(QStringLiteral("&Quit"));
        scatter.setProperty("alsoCalled", QStringLiteral("scatter plot; correlation"));
        window.show();
        auto* finder = new CommandFinder({&quit, &scatter, &plot}, &window);
        finder->popup();
        finder->findChild<QLineEdit*>()->setText(typed);
        auto* list = finder->findChild<QListWidget*>();
        QVERIFY(list->count() >= 1);
        QCOMPARE(list->item(0)->text(), first);
        QCOMPARE(list->currentRow(), 0);
    }

    void lettersOfOtherNamesAreNotPickedApart()
    {
        QWidget window;
        QAction scatter(QStringLiteral("Two scores"));
        scatter.setProperty("alsoCalled", QStringLiteral("scatter plot"));
        auto* finder = new CommandFinder({&scatter}, &window);
        finder->popup();
        finder->findChild<QLineEdit*>()->setText(QStringLiteral("catter"));
        QVERIFY(!(finder->findChild<QListWidget*>()->item(0)->flags() & Qt::ItemIsEnabled));
    }

    void headsLabelsAndFilesAreFound_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("first");
        QTest::newRow("a head") << QStringLiteral("l5h1") << QStringLiteral("Head L5H1");
        QTest::newRow("a head by its numbers") << QStringLiteral("5.11") << QStringLiteral("Head L5H11");
        QTest::newRow("the beginning of a head") << QStringLiteral("L5H") << QStringLiteral("Head L5H1");
        QTest::newRow("what a head does") << QStringLiteral("duplicate") << QStringLiteral("Head L5H11");
        QTest::newRow("a label goes before its heads")
            << QStringLiteral("induction") << QStringLiteral("Show only heads labelled: induction");
        QTest::newRow("a file") << QStringLiteral("gpt2") << QStringLiteral("Open gpt2-small.h5");
        QTest::newRow("a file by its folder") << QStringLiteral("models") << QStringLiteral("Open gpt2-small.h5");
        QTest::newRow("a command as before") << QStringLiteral("quit") << QStringLiteral("Quit");
    }
    void headsLabelsAndFilesAreFound()
    {
        QFETCH(QString, typed);
        QFETCH(QString, first);
        QWidget window;
        window.resize(800, 600);
        QAction quit(QStringLiteral("&Quit"));
        window.show();
        QString ran;
        std::vector<FinderThing> things;
        const auto add = [&](FinderThing::Kind kind, const char* text, const char* also) {
            things.push_back(
                {kind, QString::fromLatin1(text), {}, QString::fromLatin1(also), [&ran, text] { ran = QString::fromLatin1(text); }});
        };
        add(FinderThing::Kind::Head, "Head L5H1", "Induction");
        add(FinderThing::Kind::Head, "Head L5H11", "Duplicate token");
        add(FinderThing::Kind::Named, "Show only heads labelled: induction", "");
        add(FinderThing::Kind::Named, "Open gpt2-small.h5", "models/gpt2-small.h5");
        auto* finder = new CommandFinder({&quit}, &window, things);
        finder->popup();
        auto* field = finder->findChild<QLineEdit*>();
        auto* list = finder->findChild<QListWidget*>();
        QCOMPARE(list->count(), 1);  // nothing typed: commands alone
        field->setText(typed);
        QCOMPARE(list->item(0)->text(), first);
        QTest::keyClick(field, Qt::Key_Return);
        if (first != QLatin1String("Quit")) QCOMPARE(ran, first);
    }

    void nothingFitsIsSaidAndCannotBeChosen()
    {
        QWidget window;
        window.resize(800, 600);
        QAction quit(QStringLiteral("&Quit"));
        QSignalSpy triggered(&quit, &QAction::triggered);
        window.show();
        auto* finder = new CommandFinder({&quit}, &window);
        finder->popup();
        auto* field = finder->findChild<QLineEdit*>();
        field->setText(QStringLiteral("xyzzy"));
        auto* list = finder->findChild<QListWidget*>();
        QCOMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains(QStringLiteral("xyzzy")));
        QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(triggered.count(), 0);
        QVERIFY(finder->isVisible());  // still there to type another word
        field->setText(QStringLiteral("quit"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(triggered.count(), 1);
    }
};

QTEST_MAIN(tst_command_finder)
#include "tst_command_finder.moc"
