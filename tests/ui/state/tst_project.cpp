// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>

#include "ui/shell/selection_history.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

using namespace hs;
using namespace hs::ui;

class tst_project : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsAreSteps()
    {
        // <s> | On | ce | ␣up | on | <unk> : words 0, 0, 1, 1
        std::vector<Token> tokens(6);
        const int words[] = {-1, 0, 0, 1, 1, -1};
        for (std::size_t i = 0; i < tokens.size(); ++i) tokens[i].word = words[i];
        const auto along = [&](int from, int by) {
            std::vector<int> out;
            for (int at = wordStep(tokens, from, by); out.empty() || at != out.back(); at = wordStep(tokens, at, by)) out.push_back(at);
            return out;
        };
        QCOMPARE(along(0, 1), (std::vector<int>{1, 3, 5}));
        QCOMPARE(along(5, -1), (std::vector<int>{3, 1, 0}));
        QCOMPARE(wordStep(tokens, 4, -1), 3);  // to the beginning of this word first, as fields do
        QCOMPARE(wordStep(tokens, 5, 1), 5);
        QCOMPARE(wordStep({}, 0, 1), 0);
    }

    void switchIsOneUndoStep()
    {
        Project project;
        QSignalSpy changed(&project, &Project::interventionsChanged);
        project.switchHead({1, 3}, true);
        QVERIFY(project.isOff({1, 3}));
        QCOMPARE(project.undo().count(), 1);
        project.switchHead({1, 3}, true);  // already off
        QCOMPARE(project.undo().count(), 1);
        project.switchHead({0, 0}, true);
        QCOMPARE(changed.count(), 2);
        project.undo().undo();
        QVERIFY(project.isOff({1, 3}) && !project.isOff({0, 0}));
        project.undo().undo();
        QVERIFY(project.interventions().empty());
        project.undo().redo();
        project.undo().redo();
        QVERIFY(project.isOff({1, 3}) && project.isOff({0, 0}));
        project.switchAllOn();
        QVERIFY(project.interventions().empty());
        project.undo().undo();
        QCOMPARE(int(project.interventions().size()), 2);
    }

    void scaleOfZeroCountsAsOff()
    {
        Project project;
        project.setInterventions({scaleHead({2, 2}, 0.5f)});
        QVERIFY(!project.isOff({2, 2}));
        project.setInterventions({scaleHead({2, 2}, 0)});
        QVERIFY(project.isOff({2, 2}));
        project.switchHead({2, 2}, false);
        QVERIFY(project.interventions().empty());
    }

    void headMovesMerge()
    {
        Project project;
        Selection selection;
        SelectionHistory history(&project, &selection);
        selection.setHead({0, 1});
        selection.setHead({0, 2});
        selection.setHead({1, 2});
        QCOMPARE(project.undo().count(), 1);
        project.switchHead({1, 2}, true);
        selection.setHead({4, 4});
        QCOMPARE(project.undo().count(), 3);
        project.undo().undo();
        QVERIFY(selection.head() == (HeadId{1, 2}));
        QVERIFY(project.isOff({1, 2}));
        project.undo().undo();
        QVERIFY(!project.isOff({1, 2}));
        project.undo().undo();
        QVERIFY(selection.head() == (HeadId{0, 0}));
        QCOMPARE(project.undo().index(), 0);
        project.undo().redo();
        QVERIFY(selection.head() == (HeadId{1, 2}));
    }

    void backAndForward()
    {
        Project project;
        Selection selection;
        SelectionHistory history(&project, &selection);
        for (int i = 0; i < 3; ++i) {
            PromptEntry entry;
            entry.text = QString::number(i);
            project.addPrompt(entry);
        }
        project.setCurrent(0);
        selection.setHead({1, 1});
        project.setCurrent(2);
        selection.setHead({2, 2});
        QVERIFY(history.canGoBack() && !history.canGoForward());
        history.back();
        QVERIFY(selection.head() == (HeadId{1, 1}));
        QCOMPARE(project.currentIndex(), 2);
        history.back();
        QCOMPARE(project.currentIndex(), 0);
        QVERIFY(history.canGoForward());
        history.forward();
        QCOMPARE(project.currentIndex(), 2);
        selection.setHead({3, 3});  // a new way cuts the old one off
        QVERIFY(!history.canGoForward());
    }

    void prompts()
    {
        Project project;
        QCOMPARE(project.currentIndex(), -1);
        QVERIFY(!project.source());
        PromptEntry entry;
        entry.text = QStringLiteral("first text");
        QCOMPARE(project.addPrompt(entry), 0);
        QCOMPARE(project.prompts()[0].title, QStringLiteral("first text"));
        entry.text = QString(200, QLatin1Char('x'));
        project.addPrompt(entry);
        QVERIFY(project.prompts()[1].title.size() < 60);
        project.setCurrent(1);
        project.setPromptText(1, QStringLiteral("changed"));
        QCOMPARE(project.prompts()[1].title, QStringLiteral("changed"));
        project.renamePrompt(1, QStringLiteral("  mine  "));
        QCOMPARE(project.prompts()[1].title, QStringLiteral("mine"));
        project.setPromptText(1, QStringLiteral("changed again"));
        QCOMPARE(project.prompts()[1].title, QStringLiteral("mine"));  // a name given by hand stays
        QSignalSpy current(&project, &Project::currentChanged);
        project.removePrompt(0);
        QCOMPARE(project.currentIndex(), 0);
        QCOMPARE(current.count(), 0);  // the same prompt, another index
        project.removePrompt(0);
        QCOMPARE(project.currentIndex(), -1);
        QCOMPARE(current.count(), 1);
        project.removePrompt(7);
        project.setCurrent(7);
        QCOMPARE(project.currentIndex(), -1);
    }
};

QTEST_GUILESS_MAIN(tst_project)
#include "tst_project.moc"
