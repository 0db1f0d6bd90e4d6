// SPDX-License-Identifier: GPL-3.0-or-later
// Pruning experiments in the real window on the sample model, offscreen: measured, stopped, saved, opened, gone on with, compared;
// pairs of heads; the pruned file; what the window says in each case.
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "engine/io/open.h"
#include "engine/session/pruning_file.h"
#include "engine/session/texts.h"
#include "tests/ui/sample_window.h"
#include "ui/bridge/session_controller.h"
#include "ui/export/figure.h"
#include "ui/head/head_card.h"
#include "ui/kit/segment.h"
#include "ui/map/patch_view.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_curve_chart.h"
#include "ui/prune/prune_cuts_panel.h"
#include "ui/prune/prune_dialogs.h"
#include "ui/prune/prune_next_panel.h"
#include "ui/prune/prune_orders_form.h"
#include "ui/prune/prune_pairs_page.h"
#include "ui/prune/prune_workspace.h"
#include "ui/shell/main_window.h"
#include "ui/shell/status_line.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

using namespace hs;
using namespace hs::ui;

namespace {

/// Short texts and few orders: what is shown does not depend on how much is measured.
PruneSettings small()
{
    PruneSettings s;
    s.test = {PruneText::Source::Passages, {}, 5, 24};
    s.calibration = {PruneText::Source::Sampled, {}, 4, 24};
    s.randomOrders = 6;
    s.stepHeads = 4;
    return s;
}

/// Losses of every order at every point.
std::vector<double> lossesOf(const PruningCurve& curve)
{
    std::vector<double> out;
    for (const PruningSeries& s : curve.series)
        for (const PruningPoint& p : s.points) out.push_back(p.loss);
    return out;
}

}  // namespace

class tst_prune_experiments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void statusLineIsTheBenchs()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        auto* status = window.findChild<StatusLine*>();
        QVERIFY(status);
        test::part<PruneController>(window)->bench()->setSettings(small());
        window.showView(QStringLiteral("prune"));
        Project& project = *window.context().project;
        project.setOffHeads({{0, 0}, {1, 1}}, QStringLiteral("x"));
        QTRY_VERIFY_WITH_TIMEOUT(test::part<PruneController>(window)->bench()->textChange().has_value() && test::runFinished(window),
                                 60000);
        // The hidden Head tab follows the run and the selection; the line stays the bench's.
        window.context().selection->setHead({2, 2});
        window.context().selection->lock(3, 1);
        QVERIFY2(status->readout().startsWith(QStringLiteral("2 of 32 heads off")), qPrintable(status->readout()));
        const PruneBench& bench = *test::part<PruneController>(window)->bench();
        QVERIFY2(status->readout().contains(QStringLiteral("all heads %1").arg(*bench.textLoss(), 0, 'f', 4)),
                 qPrintable(status->readout()));
        QVERIFY(status->readout().contains(QStringLiteral("nats")));
        window.showView(QStringLiteral("head"));
        QVERIFY(!status->readout().contains(QStringLiteral("heads off")));
    }

    void measuredStoppedSavedOpenedAndGoneOnWith()
    {
        QTemporaryDir folder;
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window) && !window.context().project->modelHash().isEmpty(), 60000);
        PruneController& pruner = *test::part<PruneController>(window);
        PruneBench& bench = *pruner.bench();
        window.showView(QStringLiteral("prune"));
        PruneSettings wanted = small();
        wanted.randomOrders = 60;  // long enough to be stopped on the way
        bench.setSettings(wanted);
        // Straight through.
        pruner.measureCurve();
        QTRY_VERIFY_WITH_TIMEOUT(bench.curve() && bench.curve()->complete && !pruner.measuringCurve(), 120000);
        const auto whole = lossesOf(*bench.curve());
        QCOMPARE(bench.curve()->series.size(), std::size_t(2 + 60));
        QVERIFY(test::part<PruneWorkspace>(window)->curveWords().contains(QStringLiteral("random orders")));
        // The y-axis switches between three numbers, each with its band; the table follows.
        for (int value = 0; value < 3; ++value) {
            QTest::mouseClick(test::part<PruneWorkspace>(window)->value()->button(value), Qt::LeftButton);
            const PruneCurveLines& lines = test::part<PruneWorkspace>(window)->chart()->lines();
            QCOMPARE(int(lines.value), value);
            QCOMPARE(lines.greedy.size(), std::size_t(9));
            QCOMPARE(lines.median.size(), std::size_t(9));
            QVERIFY(valueAt(lines.low, 16) <= valueAt(lines.median, 16) && valueAt(lines.median, 16) <= valueAt(lines.high, 16));
            QCOMPARE(test::part<PruneWorkspace>(window)->table()->rowCount(), 9);
        }
        QVERIFY(std::abs(valueAt(test::part<PruneWorkspace>(window)->chart()->lines().greedy, 0)) < 1e-9);  // KL of all heads on
        QTest::mouseClick(test::part<PruneWorkspace>(window)->value()->button(0), Qt::LeftButton);
        // The cursor sets the atlas, undo takes it back.
        Project& project = *window.context().project;
        test::part<PruneWorkspace>(window)->chart()->setFocus();
        QTest::keyClick(test::part<PruneWorkspace>(window)->chart(), Qt::Key_Right);
        QCOMPARE(project.offHeads().size(), std::size_t(4));
        QCOMPARE(project.offHeads(), bench.leading()->cutAt(1));
        project.undo().undo();
        QVERIFY(project.offHeads().empty());

        // Stopped on the way, saved, other settings, opened again: texts, kind and orders are back, and the rest gives the same numbers.
        PruneSettings other = wanted;
        other.seed = 8;
        bench.setSettings(other);
        bench.setSettings(wanted);
        QVERIFY(!bench.curve());
        connect(&bench, &PruneBench::curveChanged, &pruner, [&] {
            if (bench.curve() && !bench.curve()->complete) pruner.cancel();
        });
        pruner.measureCurve();
        QTRY_VERIFY_WITH_TIMEOUT(!pruner.measuringCurve(), 120000);
        disconnect(&bench, &PruneBench::curveChanged, &pruner, nullptr);
        QVERIFY(bench.curve() && !bench.curve()->complete);
        QVERIFY(test::part<PruneWorkspace>(window)->curveWords().contains(QStringLiteral("Not finished")));
        const QString path = folder.filePath(QStringLiteral("half.json"));
        QVERIFY(pruner.saveCurve(path).ok());
        bench.setSettings(PruneSettings());
        QString remark;
        const Status opened = pruner.openCurve(path, &remark);
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().item.c_str());
        QVERIFY2(remark.isEmpty(), qPrintable(remark));
        QVERIFY(bench.settings() == wanted);
        QVERIFY(bench.curve() && !bench.curve()->complete);
        pruner.measureCurve();
        QTRY_VERIFY_WITH_TIMEOUT(bench.curve()->complete && !pruner.measuringCurve(), 120000);
        QCOMPARE(lossesOf(*bench.curve()), whole);
    }

    void twoExperimentsCompared()
    {
        QTemporaryDir folder;
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        PruneController& pruner = *test::part<PruneController>(window);
        PruneBench& bench = *pruner.bench();
        window.showView(QStringLiteral("prune"));
        PruneSettings mean = small();
        mean.ablation = AblationKind::Mean;
        mean.orders = {OrderKind::Score};
        bench.setSettings(mean);
        pruner.measureCurve();
        QTRY_VERIFY_WITH_TIMEOUT(bench.curve() && bench.curve()->complete && !pruner.measuringCurve(), 120000);
        QCOMPARE(bench.leading()->order, OrderKind::Score);  // no greedy order here: the cursor follows this one
        const double atEight = bench.leading()->points[2].loss;
        const QString path = folder.filePath(QStringLiteral("by mean.json"));
        QVERIFY(pruner.saveCurve(path).ok());
        PruneSettings zero = small();
        zero.orders = {OrderKind::Score, OrderKind::Reverse};
        bench.setSettings(zero);
        pruner.measureCurve();
        QTRY_VERIFY_WITH_TIMEOUT(bench.curve() && bench.curve()->complete && !pruner.measuringCurve(), 120000);
        QVERIFY(pruner.compareCurve(path).ok());
        const PruneCurveLines& lines = test::part<PruneWorkspace>(window)->chart()->lines();
        QCOMPARE(lines.more.size(), std::size_t(2));
        QCOMPARE(lines.more[0].title, QStringLiteral("Reverse"));
        QVERIFY(lines.more[1].compared);
        QCOMPARE(valueAt(lines.more[1].points, 8), atEight);
        QVERIFY2(test::part<PruneWorkspace>(window)->curveWords().contains(QStringLiteral("by mean differs by: ablation mean")),
                 qPrintable(test::part<PruneWorkspace>(window)->curveWords()));
        pruner.cutTo(8);
        QVERIFY(test::part<PruneWorkspace>(window)->curveWords().contains(QStringLiteral("With 8 heads off")));
        // The exported numbers hold both.
        const auto table = test::part<PruneWorkspace>(window)->curveSubject().spec.drawing->table;
        QVERIFY(std::any_of(table.begin(), table.end(),
                            [](const QStringList& row) { return row.value(2) == QStringLiteral("by mean: score"); }));
        QVERIFY(std::any_of(table.begin(), table.end(), [](const QStringList& row) { return row.value(2) == QStringLiteral("reverse"); }));
        bench.setOther(nullptr, {});
        QCOMPARE(test::part<PruneWorkspace>(window)->chart()->lines().more.size(), std::size_t(1));
    }

    void experimentsThatDoNotFit()
    {
        QTemporaryDir folder;
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        PruneController& pruner = *test::part<PruneController>(window);
        PruningCurve curve;
        curve.layers = 4;
        curve.heads = 30;
        const auto write = [&](const QByteArray& bytes) {
            QFile file(folder.filePath(QStringLiteral("e.json")));
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        const QString path = folder.filePath(QStringLiteral("e.json"));
        QVERIFY(write(QByteArray::fromStdString(pruningJson(curve))));
        const Status heads = pruner.openCurve(path);
        QVERIFY(!heads.ok());
        QVERIFY(errorText(heads.error()).what.contains(QStringLiteral("30 heads")));
        QVERIFY(!pruner.compareCurve(path).ok());
        QVERIFY(write("{\"format\": \"something else\"}"));
        const Status format = pruner.openCurve(path);
        QVERIFY(!format.ok() && format.error().code == ErrorCode::JsonInvalid);
        // Texts that are gone: the curve is shown, and that they are gone is said.
        curve.heads = 32;
        TextRequest gone;
        gone.files = {folder.filePath(QStringLiteral("gone.txt")).toStdString()};
        QVERIFY(write(QByteArray::fromStdString(pruningJson(curve, &gone, &gone))));
        QString remark;
        QVERIFY(pruner.openCurve(path, &remark).ok());
        QVERIFY(!remark.isEmpty());
    }

    void pairsOfHeads()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        PruneController& pruner = *test::part<PruneController>(window);
        PruneBench& bench = *pruner.bench();
        bench.setSettings(small());
        window.showView(QStringLiteral("prune"));
        PrunePairsPage* page = test::part<PruneWorkspace>(window)->pairs();
        page->which()->setCurrentIndex(1);  // those that are off: none
        QVERIFY(!page->measureButton()->isEnabled());
        QVERIFY(!page->measureButton()->toolTip().isEmpty());
        window.context().project->setOffHeads({{0, 1}, {1, 2}, {2, 6}}, QStringLiteral("x"));
        QVERIFY(page->measureButton()->isEnabled());
        QCOMPARE(page->heads().size(), std::size_t(3));
        QTest::mouseClick(page->measureButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(bench.pairs().size(), std::size_t(3), 60000);
        QCOMPARE(page->table()->rowCount(), 3);
        for (const PairEffect& p : bench.pairs()) QVERIFY(std::abs(p.together - p.alone[0] - p.alone[1] - p.excess) < 1e-6);
        QVERIFY(page->facts().contains(QStringLiteral("writes zero")) && page->facts().contains(QStringLiteral("95 %")));
        QCOMPARE(page->map()->cells().rows.size(), 3);
        QCOMPARE(page->figureSubject().spec.drawing->table.size(), std::size_t(4));
        // Other texts forget them.
        PruneSettings s = small();
        s.seed = 99;
        bench.setSettings(s);
        QCOMPARE(page->table()->rowCount(), 0);
    }

    void pairWordsFollowTheInterval()
    {
        PairEffect p;
        p.excess = 0.1;
        QVERIFY(pairWords(p).contains(QStringLiteral("no interval")));
        p.interval = Interval{0.05, 0.2};
        QVERIFY(pairWords(p).contains(QStringLiteral("back each other up")));
        p.interval = Interval{-0.2, -0.05};
        QVERIFY(pairWords(p).contains(QStringLiteral("work together")));
        p.interval = Interval{-0.2, 0.05};
        QVERIFY(pairWords(p).contains(QStringLiteral("independent")));
    }

    void ordersAreChosenInTheDialog()
    {
        PruneTextDialog dialog{PruneSettings()};
        QVERIFY(dialog.settings() == PruneSettings());
        auto* form = dialog.findChild<PruneOrdersForm*>();
        QVERIFY(form);
        form->box(OrderKind::Greedy)->setChecked(false);
        form->box(OrderKind::HardConcrete)->setChecked(true);
        form->score()->setCurrentIndex(form->score()->findData(int(ImportanceKind::Gate)));
        form->recompute()->setChecked(true);
        const PruneSettings s = dialog.settings();
        QCOMPARE(s.orders, (std::vector<OrderKind>{OrderKind::Score, OrderKind::HardConcrete}));
        QVERIFY(s.score == ImportanceKind::Gate);
        QVERIFY(s.recompute);
        QVERIFY(s.sameMeasure(PruneSettings()));
        // Without any order there is nothing to accept.
        form->box(OrderKind::Score)->setChecked(false);
        form->box(OrderKind::HardConcrete)->setChecked(false);
        QVERIFY(!form->recompute()->isEnabled());
        bool accepts = false;
        for (const QPushButton* b : dialog.findChildren<QPushButton*>()) accepts |= b->isDefault() && b->isEnabled();
        QVERIFY(!accepts);
    }

    void exploreSaysHowHeadsAreOff()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        auto* note = window.findChild<QLabel*>(QStringLiteral("offNote"));
        QVERIFY(note && note->text().isEmpty());
        window.context().project->switchHead({1, 1}, true);
        QVERIFY(note->text().isEmpty());  // zero in both
        PruneSettings s = small();
        s.ablation = AblationKind::Mean;
        test::part<PruneController>(window)->bench()->setSettings(s);
        QVERIFY(note->text().contains(QStringLiteral("mean")) && note->text().contains(QStringLiteral("zero")));  // not measured yet
        QTRY_VERIFY_WITH_TIMEOUT(note->text().contains(QStringLiteral("their mean over")) && !note->text().contains(QStringLiteral("zero")),
                                 60000);
        test::part<PruneController>(window)->bench()->setSettings(small());
        QVERIFY(note->text().isEmpty());
    }

    void prunedFileFromTheWindow()
    {
        QTemporaryDir folder;
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        test::part<PruneController>(window)->bench()->setSettings(small());
        window.showView(QStringLiteral("prune"));
        {
            PruneSaveDialog nothing(window.context(), test::part<PruneController>(window));
            nothing.setPath(folder.filePath(QStringLiteral("pruned.h5")));
            QVERIFY(nothing.findChild<QLabel*>(QStringLiteral("prunedWhat"))->text().contains(QStringLiteral("All heads are on")));
            QVERIFY(!nothing.findChild<QPushButton*>(QStringLiteral("writePruned"))->isEnabled());
        }
        window.context().project->setOffHeads({{0, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 7}, {2, 2}},
                                              QStringLiteral("a whole layer and more"));
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        PruneSaveDialog dialog(window.context(), test::part<PruneController>(window));
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("prunedWhat"))->text().contains(QStringLiteral("Layer 0 keeps no head")));
        dialog.setPath(folder.filePath(QStringLiteral("pruned.h5")));
        auto* write = dialog.findChild<QPushButton*>(QStringLiteral("writePruned"));
        QTest::mouseClick(write, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.resultText().isEmpty() || !dialog.problem().isEmpty(), 60000);
        QVERIFY2(dialog.problem().isEmpty(), qPrintable(dialog.problem()));
        const auto opened = openModel(folder.filePath(QStringLiteral("pruned.h5")).toStdString());
        QVERIFY(opened.ok());
        QCOMPARE((*opened)->config().heads(0), 0);
        QCOMPARE((*opened)->config().heads(2), 7);
        // Where nothing can be written, the reason is said and the file that is there stays.
        if (QFile::exists(QStringLiteral("/dev/full"))) {
            dialog.setPath(QStringLiteral("/dev/full"));
            QTest::mouseClick(write, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(!dialog.problem().isEmpty(), 20000);
            QVERIFY(!QFileInfo(QStringLiteral("/dev/full")).isFile());  // a device stays a device
        }
        dialog.setPath(folder.filePath(QStringLiteral("no such folder/pruned.h5")));
        QTest::mouseClick(write, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(dialog.problem().contains(QStringLiteral("folder"), Qt::CaseInsensitive), 60000);
    }
};

QTEST_MAIN(tst_prune_experiments)
#include "tst_prune_experiments.moc"
