// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on a small real model, offscreen: opens, runs, switches a head, survives being closed at any moment.
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDragEnterEvent>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <memory>

#include "tests/support/paths.h"
#include "tests/support/shared_data.h"
#include "tests/support/slowness.h"
#include "tests/ui/sample_window.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/cause/cause_flow_page.h"
#include "ui/cause/cause_tab.h"
#include "ui/export/figure.h"
#include "ui/feature/centre_tab.h"
#include "ui/feature/command_list.h"
#include "ui/graph/edge_bars.h"
#include "ui/graph/graph_store.h"
#include "ui/graph/graph_tab.h"
#include "ui/kit/state_panel.h"
#include "ui/shell/centre.h"
#include "ui/shell/command_finder.h"
#include "ui/shell/main_window.h"
#include "ui/shell/notice_bar.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"

using namespace hs;
using namespace hs::ui;

namespace {

const QString kModel = test::sampleFile();

bool finished(const MainWindow& window) { return test::runFinished(window); }

}  // namespace

class tst_main_window : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void emptyWindowSaysWhatToDo()
    {
        MainWindow window(test::freshOptions({}));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(window.statePanel()->isVisible());
        QVERIFY(!window.statePanel()->content().title.isEmpty());
        QCOMPARE(window.statePanel()->content().buttons.first().id, QStringLiteral("open"));
    }

    void opensAndRuns()
    {
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time, there was a little girl named Lily.")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        Project* project = window.context().project;
        QCOMPARE(project->source()->layers(), 4);
        QVERIFY(window.centre()->isVisible());
        QVERIFY(std::isfinite(project->current()->run->loss));

        // A head is switched off, everything runs again, undo brings the base back without a new run.
        const auto base = project->current()->run;
        project->switchHead({1, 3}, true);
        QTRY_VERIFY_WITH_TIMEOUT(finished(window) && project->current()->run != base, 30000);
        QVERIFY(project->current()->run->loss != base->loss);
        project->undo().undo();
        QTRY_VERIFY_WITH_TIMEOUT(project->current()->run == base, 30000);
        QVERIFY(!project->isOff({1, 3}));
    }

    void coloursOfEdgesReachTheHeadCard()
    {
        MainWindow window(test::freshOptions({}));
        auto* graph = window.findChild<GraphTab*>();
        auto* bars = window.findChild<EdgeBars*>();
        QVERIFY(graph && bars);
        QVERIFY(bars->edgePalette() == EdgePalette::Roles);
        Q_EMIT graph->paletteChanged(EdgePalette::Paper);
        QVERIFY(bars->edgePalette() == EdgePalette::Paper);
    }

    void textGoesOn()
    {
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time, there was a little girl")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        Project* project = window.context().project;
        const auto before = project->current()->run;
        // What the model holds most likely is what a greedy continuation writes first.
        const int likeliest = topNext(*before, -1, 1).front().id;
        window.controller()->continueText(3, 0, 0);
        QTRY_VERIFY_WITH_TIMEOUT(finished(window) && project->current()->run != before, 30000);
        const auto after = project->current()->run;
        QCOMPARE(after->queries(), before->queries() + 3);
        QCOMPARE(after->prompt->tokens[static_cast<std::size_t>(before->queries())].id, likeliest);
        QVERIFY(project->current()->text.startsWith(QStringLiteral("Once upon a time, there was a little girl")));
        QVERIFY(project->current()->text.size() > 41);

        window.controller()->takeToken(likeliest, QStringLiteral("x"));
        QTRY_VERIFY_WITH_TIMEOUT(finished(window) && project->current()->run->queries() == before->queries() + 4, 30000);
    }

    /// A figure that is dropped brings its prompt, head and look back.
    void droppedFigureReopensItsView()
    {
        QTemporaryDir folder;
        const QString figure = folder.filePath(QStringLiteral("figure.svg"));
        const QString text = QStringLiteral("The fox met Quosk, and Quosk met the fox.");
        {
            MainWindow window(test::freshOptions(kModel, text));
            window.show();
            QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
            const Project* project = window.context().project;
            FigureSpec spec;
            spec.kind = FigureKind::Head;
            spec.heads = {{2, 6}};
            spec.look.kind = MapKind::Scores;
            Provenance origin;
            origin.modelPath = project->path();
            origin.promptText = text;
            origin.ids = project->current()->run->prompt->ids();
            const auto data = collectFigure(spec, project->source(), nullptr, origin);
            QVERIFY(data);
            QVERIFY(writeFigure(figure, FigureFormat::Svg, spec, *data));
        }
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Something else altogether")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);

        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(figure)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &drop);
        QTRY_COMPARE_WITH_TIMEOUT(window.context().project->current()->text, text, 30000);
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        QCOMPARE(window.context().selection->head(), (HeadId{2, 6}));
        QCOMPARE(window.context().settings->look().kind, MapKind::Scores);
        QCOMPARE(QString::fromStdString(window.context().project->current()->run->prompt->text), text);
    }

    void previewShowsBothSides()
    {
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time, there was a little girl")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        window.context().selection->setHead({1, 3});
        QTRY_VERIFY_WITH_TIMEOUT(window.controller()->preview() && window.controller()->preview()->head == (HeadId{1, 3}), 30000);
        const SwitchPreview on = *window.controller()->preview();
        QVERIFY(!on.rows.empty());
        // The same numbers must stand there after the switch, seen from the other side.
        window.context().project->switchHead({1, 3}, true);
        QTRY_VERIFY_WITH_TIMEOUT(finished(window) && window.controller()->preview()
                                     && window.context().project->current()->run->interventions.size() == 1
                                     && std::abs(window.controller()->preview()->lossOff - on.lossOff) < 1e-6
                                     && std::abs(window.controller()->preview()->lossOn - on.lossOn) < 1e-6,
                                 30000);
    }

    void partialModelShowsTheGraphAndSaysWhatIsMissing_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<double>("value");
        QTest::newRow("partial GPT-2") << test::fixture("models/partial-gpt2") << "L0H1"
                                       << "L2H1" << 7.669;
        QTest::newRow("gpt2-small-attention") << test::sharedData("models/gpt2-small-attention") << "L4H11"
                                              << "L5H1" << 39.33;
    }
    void partialModelShowsTheGraphAndSaysWhatIsMissing()
    {
        QFETCH(QString, folder);
        QFETCH(QString, source);
        QFETCH(QString, target);
        QFETCH(double, value);
        HS_NEED_SHARED(folder);
        MainWindow window(test::freshOptions(folder));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 60000);
        // Attention weights alone are enough for the graph; the Head tab says what text would need.
        QVERIFY(!window.statePanel()->isVisible());
        QCOMPARE(window.centre()->current()->id(), QStringLiteral("graph"));
        QTRY_VERIFY_WITH_TIMEOUT(window.context().graph->graph() != nullptr, 60000);
        const auto& graph = *window.context().graph->graph();
        QCOMPARE(graph.edges.size(), std::size_t(60));
        const auto strongest = std::max_element(graph.edges.begin(), graph.edges.end(),
                                                [](const GraphEdge& a, const GraphEdge& b) { return a.value < b.value; });
        QCOMPARE(QString::fromStdString(graph.sourceName(*strongest)), source);
        QCOMPARE(QString::fromStdString(graph.targetName(*strongest)), target);
        QVERIFY2(std::abs(strongest->value - value) < 0.01, qPrintable(QString::number(strongest->value)));
        window.showView(QStringLiteral("head"));
        auto* state = window.centre()->current()->findChild<StatePanel*>();
        QVERIFY(state && state->isVisible());
        QVERIFY2(state->content().sentence.contains(partName(Part::TokenEmbedding)), qPrintable(state->content().sentence));
    }

    void badFileLeavesTheOpenModel()
    {
        QTemporaryDir folder;
        const QString bad = folder.filePath(QStringLiteral("bad.h5"));
        QFile file(bad);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a model");
        file.close();
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        const auto model = window.context().project->model();
        window.openPath(bad);
        QTRY_VERIFY_WITH_TIMEOUT(window.errorPanel()->isVisible(), 30000);
        QCOMPARE(window.context().project->model(), model);
        NoticeBar& bar = *window.errorPanel();
        QVERIFY(bar.content().bad);
        QVERIFY(window.centre()->isVisible());
        // A line or two above the work; the path and the rest on demand.
        QTRY_VERIFY(bar.height() > 0 && bar.height() <= 64);
        QVERIFY(!bar.content().sentence.contains(folder.path()));
        QVERIFY(!bar.details()->isVisible());
        QTest::mouseClick(bar.detailsButton(), Qt::LeftButton);
        QVERIFY(bar.details()->isVisible());
        QVERIFY(bar.content().note.contains(bad));
        QVERIFY(bar.findChild<QPushButton*>(QStringLiteral("copyReport"))->isVisible());
        QTest::mouseClick(bar.findChild<QPushButton*>(QStringLiteral("dismiss")), Qt::LeftButton);
        QVERIFY(!bar.isVisible());
    }

    void closesDuringLoad()
    {
        for (int wait = 0; wait < 5; ++wait) {
            auto window = std::make_unique<MainWindow>(test::freshOptions(kModel, QStringLiteral("Once upon a time")));
            window->show();
            QTest::qWait(wait * 3);
            window->close();
            window.reset();
        }
        // Still able to open one: the engine of the closed windows is gone without a trace.
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
    }

    void closesDuringRun()
    {
        QString text;
        for (int i = 0; i < 60; ++i) text += QStringLiteral("Once upon a time there was a cat. ");
        auto window = std::make_unique<MainWindow>(test::freshOptions(kModel, text.left(600)));
        window->show();
        // Closed at the very moment the run goes out: waiting for it from here could miss it.
        bool closed = false;
        QObject::connect(window->controller(), &SessionController::runStateChanged, window.get(), [&closed, w = window.get()] {
            if (w->controller()->running() && !closed) {
                closed = true;
                w->close();
            }
        });
        QTRY_VERIFY_WITH_TIMEOUT(closed, 30000);
        QElapsedTimer clock;
        clock.start();
        window.reset();
        QVERIFY(clock.elapsed() < 2000 * test::kSlowness);
    }

    void projectComesBack()
    {
        ProjectFile saved;
        {
            MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time")));
            window.show();
            QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
            window.context().project->switchHead({2, 1}, true);
            window.context().selection->setHead({3, 4});
            window.context().selection->setPinned(HeadId{0, 2});
            window.context().selection->lock(2, 1);
            MapLook look = window.context().settings->look();
            look.stretch = Stretch::Log;
            window.context().settings->setLook(look);
            QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
            saved = window.snapshot();
        }
        MainWindow window(test::freshOptions({}));
        window.show();
        window.applyProject(saved, {});
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 30000);
        QCOMPARE(window.context().project->current()->text, QStringLiteral("Once upon a time"));
        QVERIFY(window.context().project->isOff({2, 1}));
        QVERIFY(window.context().selection->head() == (HeadId{3, 4}));
        QVERIFY(window.context().selection->pinned() == (HeadId{0, 2}));
        QCOMPARE(window.context().selection->query(), 2);
        QVERIFY(window.context().settings->look().stretch == Stretch::Log);
    }

    void firstStartShowsTheStrongestHead()
    {
        StartOptions o = test::freshOptions({});
        o.samplePath = kModel;
        o.samplePromptsPath = test::sampleFile("prompts.json");
        MainWindow window(o);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().selection->locked(), 30000);
        const Selection& selection = *window.context().selection;
        const auto source = window.context().project->source();
        QVERIFY(window.context().project->prompts().size() >= 5);
        // Checked from the weights themselves: the locked pair is a repeat, and no head does better on repeats.
        const auto& tokens = source->queryTokens();
        const int q = selection.query(), k = selection.key();
        QVERIFY(k >= 1 && k < q);
        QCOMPARE(tokens[std::size_t(k - 1)].id, tokens[std::size_t(q)].id);
        const auto pairs = repeatPairs(tokens);
        double best = 0, chosen = 0;
        for (int l = 0; l < source->layers(); ++l)
            for (int h = 0; h < source->heads(l); ++h) {
                const auto map = source->tile({l, h}, MapKind::Weights, 0, source->queries(), 0, source->keys());
                QVERIFY(map.ok());
                const auto score = repeatScore(*map, pairs);
                best = std::max(best, score->after - score->elsewhere);
                if (selection.head() == HeadId{l, h}) chosen = score->after - score->elsewhere;
            }
        QCOMPARE(chosen, best);
        QVERIFY(best > 0.2);
    }

    void pagesAreCommands()
    {
        MainWindow window(test::freshOptions({}));
        const Centre* centre = window.centre();
        auto* similarity = window.findChild<SimilarityTab*>();
        auto* cause = window.findChild<CauseTab*>();
        QVERIFY(similarity && cause);
        const auto commands = window.commands().actions();
        const auto named = [&](const QString& text) {
            const auto it = std::find_if(commands.begin(), commands.end(), [&](const QAction* action) { return action->text() == text; });
            return it == commands.end() ? nullptr : *it;
        };
        QAction* ranking = named(QStringLiteral("Similarity: Ranking"));
        QAction* routes = named(QStringLiteral("Cause: Routes"));
        QVERIFY(ranking && routes);
        QVERIFY(!ranking->property("alsoCalled").toString().isEmpty() && !routes->property("alsoCalled").toString().isEmpty());
        ranking->trigger();
        QCOMPARE(centre->current(), similarity);
        QCOMPARE(similarity->page(), SimilarityTab::RankingPageIndex);
        routes->trigger();
        QCOMPARE(centre->current(), cause);
        QVERIFY(cause->routes()->isVisibleTo(cause));
    }

    void keysOfFieldAndWindow()
    {
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time there was")));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 20000 * test::kSlowness);
        auto* prompt = window.findChild<QLineEdit*>(QStringLiteral("prompt"));
        const Selection& selection = *window.context().selection;
        window.commands().trigger(QStringLiteral("prompt.edit"));
        QTRY_VERIFY(prompt->hasFocus());
        QTest::keyClicks(prompt, QStringLiteral("xyz"));
        QTest::keyClick(prompt, Qt::Key_Escape);
        QVERIFY(!prompt->hasFocus());
        QCOMPARE(prompt->text(), QStringLiteral("xyz"));  // what was typed stays
        // Keys are the window's again, and letters typed past the field open no dialog.
        const HeadId before = selection.head();
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, Qt::Key_Right);
        QVERIFY(selection.head() != before);
        for (const char c : {'n', 'N'}) QTest::keyClick(&window, c);
        QVERIFY(!QApplication::activeModalWidget());
        for (const QDialog* dialog : window.findChildren<QDialog*>()) QVERIFY2(!dialog->isVisible(), dialog->metaObject()->className());
    }

    void newPromptWithNothingInItIsNoError()
    {
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 20000 * test::kSlowness);
        QSignalSpy failed(window.controller(), &SessionController::runFailed);
        Project& project = *window.context().project;
        window.commands().trigger(QStringLiteral("prompt.new"));
        QTRY_VERIFY(!window.controller()->running());
        QVERIFY(window.statePanel()->isVisible());
        QVERIFY(!window.statePanel()->content().bad);
        QVERIFY2(window.statePanel()->content().title.contains(QStringLiteral("Type")), qPrintable(window.statePanel()->content().title));
        QCOMPARE(int(project.prompts().size()), 2);
        window.commands().trigger(QStringLiteral("prompt.new"));  // one empty prompt is enough
        window.commands().trigger(QStringLiteral("prompt.run"));
        QCoreApplication::processEvents();
        QCOMPARE(int(project.prompts().size()), 2);
        QCOMPARE(failed.count(), 0);
        QVERIFY(!window.errorPanel()->isVisible() && !window.statePanel()->content().bad);
        // With nothing open the key says what is wanted.
        MainWindow empty(test::freshOptions({}));
        QVERIFY(empty.commands().action(QStringLiteral("prompt.new"))->isEnabled());
        empty.commands().trigger(QStringLiteral("prompt.new"));
        QCOMPARE(int(empty.context().project->prompts().size()), 0);
    }

    void finderKnowsWordsFromElsewhere_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("settings") << QStringLiteral("settings") << QStringLiteral("Preferences …");
        QTest::newRow("induction") << QStringLiteral("induction") << QStringLiteral("Label heads …");
        QTest::newRow("path") << QStringLiteral("path") << QStringLiteral("Cause: Patching");
        QTest::newRow("a tab") << QStringLiteral("heatmap") << QStringLiteral("Head");
        QTest::newRow("a head") << QStringLiteral("L2H1") << QStringLiteral("Head L2H1");
    }
    void finderKnowsWordsFromElsewhere()
    {
        QFETCH(QString, typed);
        QFETCH(QString, wanted);
        MainWindow window(test::freshOptions(kModel, QStringLiteral("Once upon a time")));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(finished(window), 20000 * test::kSlowness);
        window.commands().trigger(QStringLiteral("help.finder"));
        auto* finder = window.findChild<CommandFinder*>();
        QVERIFY(finder);
        finder->findChild<QLineEdit*>()->setText(typed);
        const auto* list = finder->findChild<QListWidget*>();
        QStringList found;
        for (int i = 0; i < std::min(list->count(), 8); ++i) found << list->item(i)->text();
        QVERIFY2(found.contains(wanted), qPrintable(found.join(QStringLiteral(" | "))));
    }

    void shortcutsAreUnambiguous()
    {
        MainWindow window(test::freshOptions({}));
        QHash<QString, QString> seen;
        const auto actions = window.findChildren<QAction*>();
        int keys = 0;
        for (const QAction* action : actions) {
            const auto shortcuts = action->shortcuts();
            for (const QKeySequence& key : shortcuts) {
                if (key.isEmpty()) continue;
                ++keys;
                const QString text = key.toString(QKeySequence::PortableText);
                QVERIFY2(!seen.contains(text), qPrintable(QStringLiteral("%1: %2 and %3").arg(text, seen.value(text), action->text())));
                seen.insert(text, action->text());
            }
        }
        QVERIFY(keys > 30);
        for (const char* wanted : {"Ctrl+O", "Ctrl+K",       "Ctrl+1", "Ctrl+4",       "Ctrl+G",   "G",         "C",      "L",
                                   "X",      "F1",           "F5",     "F11",          "Alt+Left", "Alt+Right", "Ctrl+Z", "Ctrl+Shift+Z",
                                   "Ctrl+E", "Ctrl+Shift+E", "Ctrl+C", "Ctrl+Shift+C", "Ctrl+F",   "Ctrl+P"})
            QVERIFY2(seen.contains(QString::fromLatin1(wanted)), wanted);
    }
};

QTEST_MAIN(tst_main_window)
#include "tst_main_window.moc"
