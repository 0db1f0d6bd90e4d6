// SPDX-License-Identifier: GPL-3.0-or-later
// What a head that is off writes, the same in the bench and in every view of the prompt: in the real window on the sample model,
// against the bench's own engine; in figures and projects; and texts given as token ids.
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "engine/forward/sweep/sweep.h"
#include "tests/support/shared_data.h"
#include "tests/ui/sample_window.h"
#include "ui/bridge/error_text.h"
#include "ui/compare/compare_tab.h"
#include "ui/export/figure_subject.h"
#include "ui/export/recipe.h"
#include "ui/kit/state_panel.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_dialogs.h"
#include "ui/prune/prune_workspace.h"
#include "ui/state/cut_values.h"
#include "ui/state/prune_file.h"
#include "ui/text/text_tab.h"

using namespace hs;
using namespace hs::ui;

namespace {

const std::vector<HeadId> kCut{{0, 3}, {1, 1}, {2, 6}};

PruneSettings settingsOf(AblationKind kind)
{
    PruneSettings s;
    s.ablation = kind;
    s.test = {PruneText::Source::Passages, {}, 5, 24};
    s.calibration = {PruneText::Source::Sampled, {}, 6, 32};
    s.randomOrders = 6;
    s.stepHeads = 4;
    return s;
}

bool ranAs(const MainWindow& window, AblationKind kind)
{
    const Project& project = *window.context().project;
    return test::runFinished(window) && project.cuts()->kind() == kind && project.cuts()->inForce(*project.current()->run);
}

/// Loss of the window's prompt as the sweeps of the bench measure it.
double sweptLoss(const MainWindow& window, const AblationValues& values)
{
    const Run& base = *window.context().project->current()->baseRun;
    HeadCuts cuts;
    for (const HeadId head : window.context().project->offHeads()) cuts.push_back({head, 0.0f, -1});
    const int donor = values.donorFor(0, 0, base.prompt->ids());
    const auto swept = sweepBase(base.model, *base.prompt, values, {}, donor, {});
    if (!swept) return std::nan("");
    const auto scores = sweepLanes({{*swept, cuts, donor}}, values, {});
    return scores ? scores->front().loss : std::nan("");
}

bool writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

}  // namespace

class tst_prune_values : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void liveViewsFollowTheBench_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("title");
        QTest::newRow("mean") << int(AblationKind::Mean) << QStringLiteral("write their mean over passages sampled from the model")
                              << QStringLiteral("mean");
        QTest::newRow("resample") << int(AblationKind::Resample) << QStringLiteral("on one other passage (passages sampled from the model)")
                                  << QStringLiteral("resample");
    }

    /// Compare and Text show the loss that the sweeps of the bench have for this prompt and these cuts; words and figures say why.
    void liveViewsFollowTheBench()
    {
        QFETCH(int, kind);
        QFETCH(QString, word);
        QFETCH(QString, title);
        const auto wanted = static_cast<AblationKind>(kind);
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        Project& project = *window.context().project;
        project.setOffHeads(kCut, QStringLiteral("x"));
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Zero) && project.current()->run->interventions.size() == 3, 30000);
        const double zero = project.current()->run->loss;
        QVERIFY(std::abs(zero - sweptLoss(window, {})) < 1e-5);
        auto* text = test::shown<TextTab>(window);
        auto* words = window.findChild<QLabel*>(QStringLiteral("lossWords"));
        QVERIFY(text && words);
        text->showLosses(true);
        QVERIFY2(words->text().contains(QStringLiteral("write zero")), qPrintable(words->text()));

        // The bench need not be in view: cuts of another kind are asked for, measured, and the prompt runs again.
        test::part<PruneController>(window)->bench()->setSettings(settingsOf(wanted));
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, wanted), 60000);
        const auto values = project.cuts()->values();
        QVERIFY(values && values->tokens > 0);
        const double now = project.current()->run->loss;
        QVERIFY2(std::abs(now - sweptLoss(window, *values)) < 1e-5,
                 qPrintable(QStringLiteral("%1 %2").arg(now).arg(sweptLoss(window, *values))));
        QVERIFY(std::abs(now - zero) > 1e-3);
        QVERIFY2(words->text().contains(word) && !words->text().contains(QStringLiteral("zero")), qPrintable(words->text()));
        QVERIFY2(words->text().contains(QString::number(now, 'f', 3)), qPrintable(words->text()));
        // The list keeps its marks and says the same.
        QCOMPARE(project.offHeads(), kCut);
        auto* table = window.findChild<QDockWidget*>(QStringLiteral("interventionsDock"))->findChild<QTableWidget*>();
        QVERIFY(table && table->rowCount() == 3);
        QVERIFY2(table->item(0, 3)->text().contains(QStringLiteral("calibration text")), qPrintable(table->item(0, 3)->text()));
        // Compare holds the same run.
        auto* compare = test::shown<CompareTab>(window);
        QVERIFY(compare);
        compare->setMode(CompareMode::Cuts);
        QCOMPARE(compare->sources()->state().b.get(), static_cast<const AttentionSource*>(project.current()->run.get()));
        QCOMPARE(compare->sources()->state().noteB, title);
        QVERIFY(compare->sources()->state().tokenNote.contains(word));
        // The live numbers of the bench are those of the views.
        window.showView(QStringLiteral("prune"));
        const PruneBench& bench = *test::part<PruneController>(window)->bench();
        QTRY_VERIFY_WITH_TIMEOUT(bench.live() && bench.live()->ablation == wanted && bench.live()->cut == kCut, 30000);
        QVERIFY(std::abs(bench.live()->run->loss - now) < 1e-5);
        window.showView(QStringLiteral("head"));

        // A figure says it, and opened again brings it back.
        const Provenance origin = provenanceOf(project);
        QVERIFY(origin.cutsWrite.contains(word));
        Recipe recipe;
        recipe.origin = origin;
        const auto back = recipeFromJson(recipeToJson(recipe));
        QVERIFY(back && back->origin.cutsWrite == origin.cutsWrite && back->origin.cutsSource == origin.cutsSource);
        QVERIFY(recipeSummary(*back).join(QLatin1Char('\n')).contains(word));
        PruneSettings read;
        QVERIFY(cutsFromJson(back->origin.cutsSource, read));
        QVERIFY(read.ablation == wanted && read.calibration == bench.settings().calibration && read.seed == bench.settings().seed);

        // Zero again.
        test::part<PruneController>(window)->bench()->setSettings(settingsOf(AblationKind::Zero));
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Zero), 30000);
        QVERIFY(std::abs(project.current()->run->loss - zero) < 1e-6);
        QVERIFY(provenanceOf(project).cutsSource.isEmpty() && provenanceOf(project).cutsWrite.contains(QStringLiteral("zero")));
    }

    /// Heads put in by the prompt's own rows have none for tokens to come.
    void resampledHeadsRefuseNewTokens()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        window.context().project->setOffHeads({{1, 1}}, QStringLiteral("x"));
        test::part<PruneController>(window)->bench()->setSettings(settingsOf(AblationKind::Resample));
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Resample), 60000);
        QSignalSpy failed(window.controller(), &SessionController::failed);
        const int before = window.context().project->current()->run->queries();
        window.controller()->continueText(2, 0, 1);
        QCOMPARE(failed.count(), 1);
        test::part<PruneController>(window)->bench()->setSettings(settingsOf(AblationKind::Mean));
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Mean), 60000);
        window.controller()->continueText(2, 0, 1);
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window) && window.context().project->current()->run->queries() == before + 2, 30000);
        QCOMPARE(failed.count(), 1);
    }

    /// A second prompt is compared under the same cuts, never with its run from before them.
    void secondPromptUnderTheSameCuts()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        Project& project = *window.context().project;
        PromptEntry other;
        other.text = QStringLiteral("The bear met the fox, and the fox met the bear.");
        const int second = project.addPrompt(other);
        project.setCurrent(second);
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 30000);
        project.setCurrent(0);
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 30000);
        project.setOffHeads({{0, 3}}, QStringLiteral("x"));
        test::part<PruneController>(window)->bench()->setSettings(settingsOf(AblationKind::Resample));
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Resample), 60000);
        auto* compare = test::shown<CompareTab>(window);
        QVERIFY(compare);
        compare->setMode(CompareMode::Prompts);
        compare->sources()->setPromptB(second);
        QTRY_VERIFY_WITH_TIMEOUT(compare->sources()->state().b && !compare->sources()->state().busy, 30000);
        const auto run = std::dynamic_pointer_cast<const Run>(compare->sources()->state().b);
        QVERIFY(run && run != project.prompts()[std::size_t(second)].run);
        QVERIFY(project.cuts()->inForce(*run));
    }

    void projectKeepsTheBench()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("p.headscope"));
        PruneSettings wanted = settingsOf(AblationKind::Mean);
        wanted.seed = 18446744073709551557ull;
        wanted.orders = {OrderKind::Score, OrderKind::Magnitude};
        wanted.score = ImportanceKind::Gate;
        wanted.recompute = true;
        double loss = 0;
        {
            MainWindow window(test::sampleOptions());
            window.show();
            QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
            window.context().project->setOffHeads(kCut, QStringLiteral("x"));
            test::part<PruneController>(window)->bench()->setSettings(wanted);
            QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Mean), 60000);
            loss = window.context().project->current()->run->loss;
            QVERIFY(saveProjectFile(path, window.snapshot()).ok());
        }
        StartOptions options = test::sampleOptions();
        options.promptText.clear();
        MainWindow window(options);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        QVERIFY(!(test::part<PruneController>(window)->bench()->settings() == wanted));
        window.openPath(path);
        QVERIFY(test::part<PruneController>(window)->bench()->settings() == wanted);
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Mean), 60000);
        QCOMPARE(window.context().project->offHeads(), kCut);
        QVERIFY(std::abs(window.context().project->current()->run->loss - loss) < 1e-6);
        // A project of before: heads that are off write zero, as they did then.
        ProjectFile old = window.snapshot();
        old.prune.reset();
        window.applyProject(old, path);
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Zero), 30000);
    }

    /// Texts of token ids, in the dialog and measured, on a model without a tokeniser.
    void tokenIdsInsteadOfText()
    {
        QTemporaryDir folder;
        StartOptions options = test::sampleOptions();
        options.modelPath = test::fixture("models/induction/model.h5");
        options.promptText = QStringLiteral("3, 17, 8, 21, 5, 11, 2, 8");
        MainWindow window(options);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        window.showView(QStringLiteral("prune"));
        PruneController& pruner = *test::part<PruneController>(window);
        auto* state = test::part<PruneWorkspace>(window)->findChild<StatePanel*>();
        QVERIFY(state);
        QVERIFY2(state->content().sentence.contains(QStringLiteral("token ids")), qPrintable(state->content().sentence));
        QCOMPARE(state->content().buttons.size(), 1);
        {
            // Text cannot be chosen; a file of ids is asked for before anything is accepted.
            PruneTextDialog dialog(pruner.bench()->settings(), false);
            QCOMPARE(dialog.settings().test.source, PruneText::Source::Tokens);
            int open = 0;
            for (const QRadioButton* choice : dialog.findChildren<QRadioButton*>()) open += choice->isEnabled();
            QCOMPARE(open, 2);
            for (const QPushButton* b : dialog.findChildren<QPushButton*>()) QVERIFY(!b->isDefault() || !b->isEnabled());
        }
        const QString ids = folder.filePath(QStringLiteral("ids.txt")), other = folder.filePath(QStringLiteral("other.txt"));
        QByteArray lines, others;
        for (int i = 0; i < 24; ++i) {
            // Eight distinct letters whose last repeats one of the first six.
            QByteArray& into = i % 2 ? lines : others;
            std::vector<int> letters;
            for (int k = 0; k < 7; ++k) letters.push_back((i * 5 + k * 7) % 26);
            letters.push_back(letters[std::size_t(i % 6)]);
            for (std::size_t k = 0; k < letters.size(); ++k) into += (k ? "," : "") + QByteArray::number(letters[k]);
            into += '\n';
        }
        QVERIFY(writeFile(ids, lines) && writeFile(other, others));
        PruneSettings s;
        s.test = {PruneText::Source::Tokens, {ids}, 20, 8};
        s.calibration = {PruneText::Source::Tokens, {other}, 20, 8};
        s.ablation = AblationKind::Mean;
        s.randomOrders = 4;
        pruner.bench()->setSettings(s);
        QVERIFY2(pruner.obstacle().isEmpty(), qPrintable(pruner.obstacle()));
        pruner.measureCurve();
        QTRY_VERIFY_WITH_TIMEOUT(pruner.bench()->curve() && pruner.bench()->curve()->complete && !pruner.measuringCurve(), 60000);
        const PruningCurve& curve = *pruner.bench()->curve();
        QCOMPARE(curve.heads, 2);
        QCOMPARE(curve.data.prompts, 12);
        window.context().project->switchHead({1, 0}, true);
        QTRY_VERIFY_WITH_TIMEOUT(ranAs(window, AblationKind::Mean), 30000);
        QVERIFY(std::abs(window.context().project->current()->run->loss - sweptLoss(window, *window.context().project->cuts()->values()))
                < 1e-5);
        // Saved and opened, the texts are still the ids.
        const QString saved = folder.filePath(QStringLiteral("e.json"));
        QVERIFY(pruner.saveCurve(saved).ok());
        pruner.bench()->setSettings(PruneSettings());
        QString remark;
        QVERIFY(pruner.openCurve(saved, &remark).ok());
        QVERIFY2(remark.isEmpty(), qPrintable(remark));
        QVERIFY(pruner.bench()->settings().test == s.test && pruner.bench()->settings().calibration == s.calibration);
    }

    void wrongTokenIdsAreSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("a word") << QByteArray("1,2\n3,four\n")
                                << QStringList{QStringLiteral("line 2"), QStringLiteral("3,four"), QStringLiteral("ids.txt"),
                                               QStringLiteral("one prompt a line")};
        QTest::newRow("not of this model") << QByteArray("1,2\n\n7,26\n")
                                           << QStringList{QStringLiteral("line 3"), QStringLiteral("26"), QStringLiteral("0 .. 25"),
                                                          QStringLiteral("ids.txt")};
        QTest::newRow("one id a line") << QByteArray(
            "1\n2\n") << QStringList{QStringLiteral("2 ids or more"), QStringLiteral("ids.txt"), QStringLiteral("one prompt a line")};
        QTest::newRow("empty") << QByteArray() << QStringList{QStringLiteral("2 ids or more"), QStringLiteral("ids.txt")};
    }

    void wrongTokenIdsAreSaid()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, parts);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("ids.txt"));
        QVERIFY(writeFile(path, bytes));
        StartOptions options = test::sampleOptions();
        options.modelPath = test::fixture("models/induction/model.h5");
        options.promptText = QStringLiteral("3, 17, 8, 21, 5, 11, 2, 8");
        MainWindow window(options);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        PruneSettings s;
        s.test = s.calibration = {PruneText::Source::Tokens, {path}, 20, 8};
        test::part<PruneController>(window)->bench()->setSettings(s);
        window.showView(QStringLiteral("prune"));
        test::part<PruneController>(window)->measureCurve();
        QTRY_VERIFY_WITH_TIMEOUT(!test::part<PruneController>(window)->obstacle().isEmpty(), 30000);
        const QString said = test::part<PruneWorkspace>(window)->findChild<StatePanel*>()->content().sentence;
        for (const QString& part : parts) QVERIFY2(said.contains(part), qPrintable(said));
    }
};

QTEST_MAIN(tst_prune_values)
#include "tst_prune_values.moc"
