// SPDX-License-Identifier: GPL-3.0-or-later
// The window where something went wrong or is large: what a crash left, files that cannot be opened, titles of texts that were changed,
// prompts too long for a matrix of logits.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPushButton>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <memory>

#include "tests/support/paths.h"
#include "tests/ui/sample_window.h"
#include "ui/kit/state_panel.h"
#include "ui/kit/token_bars.h"
#include "ui/shell/notice_bar.h"
#include "ui/state/selection.h"

using namespace hs;
using namespace hs::ui;

namespace {

const QString kModel = test::sampleFile();

bool finished(const MainWindow& window) { return test::runFinished(window); }

}  // namespace

class tst_window_start : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    /// Where the middle of the window says that the prompt could not run, a file that cannot be opened has its own words all the same.
    void badFileIsSeenBehindAFailedRun()
    {
        QTemporaryDir folder;
        const QString mute = folder.filePath(QStringLiteral("mute.h5")), bad = folder.filePath(QStringLiteral("bad.h5"));
        QVERIFY(QFile::copy(test::fixture("layouts/gpt2_hf_pt.h5"), mute));
        QFile file(bad);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a model");
        file.close();
        MainWindow window(test::freshOptions(mute, QStringLiteral("Once upon a time")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.controller()->runError(), 30000);
        QTRY_VERIFY(window.statePanel()->isVisible() && window.statePanel()->content().bad);
        const QString page = window.statePanel()->content().title;
        QVERIFY(!window.errorPanel()->isVisible());  // the page says it
        window.openPath(bad);
        QTRY_VERIFY_WITH_TIMEOUT(!window.controller()->opening(), 30000);
        QVERIFY(window.errorPanel()->isVisible());
        QVERIFY(window.errorPanel()->content().title != page);
        QVERIFY(window.errorPanel()->content().note.contains(bad));
        QCOMPARE(window.statePanel()->content().title, page);
    }

    /// A window that ended without closing: what was kept is named, and offered where another file was asked for.
    void whatACrashLeftIsSaidAndOffered()
    {
        const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/state");
        const auto crash = [&] {
            QDir(folder).removeRecursively();
            QVERIFY(QDir().mkpath(folder));
            ProjectFile kept;
            kept.modelPath = QFileInfo(kModel).absoluteFilePath();
            kept.prompts = {{{}, QStringLiteral("The cat sat on the mat"), {}, false}, {{}, QStringLiteral("One"), {}, false}};
            kept.current = 0;
            kept.interventions = {zeroHead({1, 3})};
            QVERIFY(saveProjectFile(folder + QStringLiteral("/session.headscope"), kept).ok());
            QFile lock(folder + QStringLiteral("/running.lock"));  // of a process that is no more
            QVERIFY(lock.open(QIODevice::WriteOnly));
            lock.write("999999999\nheadscope\n" + QSysInfo::machineHostName().toUtf8() + "\n");
        };
        crash();
        {
            StartOptions o = test::freshOptions({});
            o.restore = true;
            MainWindow window(o);
            window.show();
            QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
            QVERIFY(window.context().project->isOff({1, 3}));
            QVERIFY(window.errorPanel()->isVisible());
            const QString words = window.errorPanel()->content().sentence;
            QVERIFY2(words.contains(QStringLiteral("The cat sat on the mat")) && words.contains(QFileInfo(kModel).fileName())
                         && words.contains(QStringLiteral("open again")),
                     qPrintable(words));
            // Kept at every run: another prompt is in the file as soon as it has run.
            window.controller()->setTextAndRun(QStringLiteral("The dog ran away"));
            QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
            const auto file = loadProjectFile(folder + QStringLiteral("/session.headscope"));
            QVERIFY(file.ok());
            QCOMPARE(file->prompts.front().text, QStringLiteral("The dog ran away"));
        }
        crash();
        StartOptions o = test::freshOptions(kModel, QStringLiteral("Once upon a time"));
        o.restore = true;
        MainWindow window(o);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        QVERIFY(!window.context().project->isOff({1, 3}));
        QVERIFY(window.errorPanel()->isVisible());
        auto* take = window.errorPanel()->findChild<QPushButton*>(QStringLiteral("restoreLast"));
        QVERIFY(take);
        QTest::mouseClick(take, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->isOff({1, 3}), 30000);
        QCOMPARE(window.context().project->current()->text, QStringLiteral("The cat sat on the mat"));
        QDir(folder).removeRecursively();
    }

    /// An example's title is about its text.
    void aTitleGoesWithItsText()
    {
        StartOptions o = test::freshOptions(kModel);
        o.samplePromptsPath = test::sampleFile("prompts.json");
        MainWindow window(o);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        Project& project = *window.context().project;
        QCOMPARE(project.current()->title, QStringLiteral("A rare name that comes back"));
        ProjectFile older = window.snapshot();
        window.controller()->setTextAndRun(QStringLiteral("The cat sat"));
        QCOMPARE(project.current()->title, QStringLiteral("The cat sat"));
        // A project written when the title still stayed.
        older.prompts = {{QStringLiteral("A rare name that comes back"), QStringLiteral("Another text"), {}, false},
                         {QStringLiteral("My own"), QStringLiteral("Third text"), {}, false}};
        older.current = 1;
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        window.applyProject(older, {});
        QCOMPARE(project.current()->title, QStringLiteral("My own"));
        QCOMPARE(project.prompts()[project.prompts().size() - 2].title, QStringLiteral("Another text"));
        window.controller()->setTextAndRun(QStringLiteral("Fourth text"));
        QCOMPARE(project.current()->title, QStringLiteral("My own"));
    }

    /// A long prompt keeps no matrix of logits: what is asked of single rows is computed all the same.
    void longPromptsHaveTheirPredictions()
    {
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time, there was a little girl named Lily.")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        window.context().selection->setHead({1, 3});
        QTRY_VERIFY_WITH_TIMEOUT(window.controller()->preview() && window.controller()->preview()->head == (HeadId{1, 3}), 30000);
        const SwitchPreview kept = *window.controller()->preview();
        Project& project = *window.context().project;
        auto bare = std::make_shared<Run>(*project.current()->run);
        bare->logits = MatrixF();
        project.setRun(project.currentIndex(), bare);
        QCOMPARE(project.current()->run, bare);
        auto* next = window.findChild<TokenBars*>(QStringLiteral("nextTokens"));
        QVERIFY(next && next->isVisible());
        window.context().selection->release();  // a first look locks the pair of a repeat: then the card shows what comes after that
        QCOMPARE(next->rows().size(), std::size_t(5));
        QCOMPARE(next->rows().front().text, QString::fromStdString(topNext(*bare, -1, 1).front().text));
        auto* measure = window.findChild<QPushButton*>(QStringLiteral("measure"));
        QVERIFY(measure && measure->isEnabled());
        window.context().selection->setHead({2, 1});
        QVERIFY(window.controller()->previewing());
        QTRY_VERIFY_WITH_TIMEOUT(window.controller()->preview() && window.controller()->preview()->head == (HeadId{2, 1}), 30000);
        window.context().selection->setHead({1, 3});
        QTRY_VERIFY_WITH_TIMEOUT(window.controller()->preview()->head == (HeadId{1, 3}), 30000);
        QVERIFY(std::abs(window.controller()->preview()->lossOff - kept.lossOff) < 1e-6);
        QCOMPARE(window.controller()->preview()->rows.size(), kept.rows.size());
    }
};

QTEST_MAIN(tst_window_start)
#include "tst_window_start.moc"
