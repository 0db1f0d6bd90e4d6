// SPDX-License-Identifier: GPL-3.0-or-later
// The pruning bench and the Cause tab in the real window on the sample model, offscreen: what a user does with mouse and keys.
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "tests/ui/sample_window.h"
#include "ui/atlas/atlas.h"
#include "ui/bridge/session_controller.h"
#include "ui/cause/cause_edge_page.h"
#include "ui/cause/cause_flow_page.h"
#include "ui/cause/cause_logit_page.h"
#include "ui/cause/cause_patch_page.h"
#include "ui/cause/cause_tab.h"
#include "ui/cause/flow_view.h"
#include "ui/compare/compare_tab.h"
#include "ui/kit/segment.h"
#include "ui/map/patch_view.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_cuts_panel.h"
#include "ui/prune/prune_dialogs.h"
#include "ui/prune/prune_next_panel.h"
#include "ui/prune/prune_workspace.h"
#include "ui/shell/centre.h"
#include "ui/shell/main_window.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

using namespace hs;
using namespace hs::ui;

class tst_prune_window : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void clickAndDragSwitchHeads()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        window.showView(QStringLiteral("prune"));
        QVERIFY(test::part<PruneWorkspace>(window)->isVisible());
        auto* atlas = window.findChild<AtlasView*>(QStringLiteral("atlas"));
        QVERIFY(atlas && atlas->switching());
        Project& project = *window.context().project;
        const int steps = project.undo().count();
        // Press on one head, drag over two more, let go: three cuts, one undo step.
        QTest::mousePress(atlas->viewport(), Qt::LeftButton, {}, atlas->cellRect({0, 0}).center());
        for (const HeadId head : {HeadId{0, 1}, HeadId{0, 2}}) {
            QMouseEvent move(QEvent::MouseMove, atlas->cellRect(head).center(),
                             atlas->viewport()->mapToGlobal(atlas->cellRect(head).center()), Qt::LeftButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(atlas->viewport(), &move);
        }
        QTest::mouseRelease(atlas->viewport(), Qt::LeftButton, {}, atlas->cellRect({0, 2}).center());
        QCOMPARE(project.offHeads(), (std::vector<HeadId>{{0, 0}, {0, 1}, {0, 2}}));
        QCOMPARE(project.undo().count(), steps + 1);

        // Two texts, two numbers for one head: the panel says which is which, as soon as nothing else has to be said.
        const auto said = [&window] {
            const auto labels = test::part<PruneCutsPanel>(window)->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
                return label->text().contains(QStringLiteral("calibration text")) && label->text().contains(QStringLiteral("Step"));
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(said(), 60000);

        // Live numbers follow, and agree with the run of the window.
        const PruneBench& bench = *test::part<PruneController>(window)->bench();
        QTRY_VERIFY_WITH_TIMEOUT(bench.live() && bench.live()->cut.size() == 3, 30000);
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window) && project.current()->run->interventions.size() == 3, 30000);
        QVERIFY(std::abs(bench.live()->run->loss - project.current()->run->loss) < 1e-5);
        QVERIFY(!test::part<PruneWorkspace>(window)->next()->lossText().isEmpty());
        QCOMPARE(test::part<PruneWorkspace>(window)->next()->positions().size(), std::size_t(3));
        // Steps and totals are measured on the text.
        QTRY_VERIFY_WITH_TIMEOUT(bench.textChange().has_value() && bench.textLoss().has_value(), 60000);
        const auto rows = bench.rows();
        double sum = 0;
        for (const CutRow& row : rows) sum += *row.step;
        QVERIFY(std::abs(sum - *bench.textChange()) < 1e-9);

        // The next best is found, cut by its button, and undone by undo.
        QTRY_VERIFY_WITH_TIMEOUT(bench.nextBest().has_value(), 60000);
        const HeadId best = bench.nextBest()->head;
        QVERIFY(!project.isOff(best));
        QTest::mouseClick(test::part<PruneCutsPanel>(window)->nextButton(), Qt::LeftButton);
        QVERIFY(project.isOff(best));
        project.undo().undo();
        project.undo().undo();
        QVERIFY(project.offHeads().empty());
        window.showView(QStringLiteral("head"));
        QVERIFY(!atlas->switching());
        QVERIFY(window.centre()->isVisible() && window.centre()->current()->id() == QLatin1String("head"));
    }

    void theWrittenModelStandsInCompare()
    {
        QTemporaryDir folder;
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        window.showView(QStringLiteral("prune"));
        window.context().project->setOffHeads({{0, 1}, {2, 7}}, QStringLiteral("cut two"));
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        test::part<PruneWorkspace>(window)->openSaveDialog();
        auto* dialog = window.findChild<PruneSaveDialog*>();
        QVERIFY(dialog);
        dialog->setPath(folder.filePath(QStringLiteral("without two.h5")));
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("writePruned")), Qt::LeftButton);
        auto* compare = dialog->findChild<QPushButton*>(QStringLiteral("openInCompare"));
        QTRY_VERIFY_WITH_TIMEOUT(compare->isEnabled(), 60000);
        QTest::mouseClick(compare, Qt::LeftButton);
        auto* tab = qobject_cast<CompareTab*>(window.centre()->current());
        QVERIFY(tab && tab->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(tab->sources()->secondModel() != nullptr, 30000);
        // Heads keep their names: the third head of the first layer is the second one of what is left.
        Selection& selection = *window.context().selection;
        selection.setHead({0, 2});
        QTRY_VERIFY_WITH_TIMEOUT(!tab->sources()->state().missing, 30000);
        QCOMPARE(tab->sources()->state().headB, (HeadId{0, 1}));
        QCOMPARE(tab->sources()->state().headA, (HeadId{0, 2}));
        // Against the intact model: with the same heads off on the other side there would be nothing to see.
        const auto whole = std::dynamic_pointer_cast<const Run>(tab->sources()->state().a);
        QVERIFY(whole && whole->interventions.empty());
        QCOMPARE(window.context().project->offHeads().size(), std::size_t(2));
        QVERIFY(tab->sources()->state().noteA.contains(QStringLiteral("intact")));
        tab->sources()->swap();
        QCOMPARE(tab->sources()->state().headA, (HeadId{0, 1}));
        selection.setHead({1, 5});
        QCOMPARE(tab->sources()->state().headB, (HeadId{1, 5}));  // nothing was cut there
        selection.setHead({0, 1});
        QVERIFY(tab->sources()->state().missing);
        QVERIFY2(tab->sources()->state().missing->title.contains(QStringLiteral("without two")),
                 qPrintable(tab->sources()->state().missing->title));
        QVERIFY(tab->sources()->state().missing->title.contains(QStringLiteral("L0 H1")));
    }

    void causesOfAnAnswer()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        CauseTab* tab = test::shown<CauseTab>(window);
        QVERIFY(tab);
        // Parts add up to the logit.
        QTRY_VERIFY_WITH_TIMEOUT(!tab->logit()->sumText().isEmpty(), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(!tab->logit()->map()->cells().empty(), 30000);
        QCOMPARE(tab->logit()->map()->cells().rows.size(), 4);
        // An answer of several tokens is refused in words.
        tab->logit()->answer()->setText(QStringLiteral(" extraordinarily complicated"));
        Q_EMIT tab->logit()->answer()->editingFinished();
        QTRY_VERIFY(!tab->logit()->problem().isEmpty());
        tab->logit()->answer()->clear();
        Q_EMIT tab->logit()->answer()->editingFinished();

        tab->setWay(CauseTab::Edges);
        QTRY_VERIFY_WITH_TIMEOUT(!tab->edges()->map()->cells().empty(), 30000);
        QTest::mouseClick(tab->edges()->checkButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(tab->edges()->exactCount(), 8, 30000);

        tab->setWay(CauseTab::Routes);
        QTRY_VERIFY_WITH_TIMEOUT(!tab->routes()->view()->scene().empty(), 30000);

        tab->setWay(CauseTab::Patching);
        QTest::mouseClick(tab->patching()->runButton(), Qt::LeftButton);
        QVERIFY(!tab->patching()->problem().isEmpty());  // no corrupted prompt yet
        tab->patching()->corruptField()->setText(QStringLiteral("The fox met the bear."));
        QTest::mouseClick(tab->patching()->runButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(tab->patching()->problem().contains(QStringLiteral("do not align")), 30000);
        tab->patching()->corruptField()->setText(QStringLiteral("The fox met the bear, and the fox met the bear."));
        QTRY_VERIFY_WITH_TIMEOUT(tab->patching()->runButton()->isEnabled(), 30000);
        QTest::mouseClick(tab->patching()->runButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!tab->patching()->map()->cells().empty(), 60000);
        // Cells come layer by layer; the button waits for the last one.
        QTRY_VERIFY_WITH_TIMEOUT(tab->patching()->runButton()->isEnabled() && tab->patching()->facts().contains(QStringLiteral("32 of 32")),
                                 60000);
        QVERIFY(tab->patching()->facts().contains(QStringLiteral("Estimate against exact")));
        // The other way round, one cell is kept in the run: an intervention that undo takes back.
        auto* direction = tab->patching()->findChild<Segment*>(QStringLiteral("patchDirection"));
        QVERIFY(direction);
        QVERIFY(!tab->patching()->keepButton()->isEnabled());
        QTest::mouseClick(direction->button(1), Qt::LeftButton);
        QTest::mouseClick(tab->patching()->runButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(tab->patching()->runButton()->isEnabled() && tab->patching()->facts().contains(QStringLiteral("32 of 32")),
                                 60000);
        tab->patching()->map()->select(1, 6);
        Q_EMIT tab->patching()->map()->chosen(1, 6);
        QVERIFY(tab->patching()->keepButton()->isEnabled());
        QTest::mouseClick(tab->patching()->keepButton(), Qt::LeftButton);
        const Project& project = *window.context().project;
        QCOMPARE(project.interventions().size(), std::size_t(1));
        QCOMPARE(project.interventions().front().kind, InterventionKind::Replace);
        QVERIFY(project.interventions().front().head == (HeadId{2, 6}));
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window) && project.current()->run->interventions.size() == 1, 30000);
        QVERIFY(!tab->patching()->map()->cells().empty());  // the map stays, and says that the run has changed
        QVERIFY(tab->patching()->facts().contains(QStringLiteral("before the interventions changed")));
        window.context().project->undo().undo();
        QVERIFY(project.interventions().empty());
    }
};

QTEST_MAIN(tst_prune_window)
#include "tst_prune_window.moc"
