// SPDX-License-Identifier: GPL-3.0-or-later
// What registers with the window: views and features by id, workspaces that carry the tabs, views that fold away with a reason, keys that
// follow the tabs in sight, commands in menus, finder and key overlay, and projects of every earlier shape.
#include <QAction>
#include <QDockWidget>
#include <QJsonArray>
#include <QJsonDocument>
#include <QListWidget>
#include <QMenu>
#include <QSet>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "engine/io/write/write.h"
#include "tests/support/paths.h"
#include "tests/ui/sample_window.h"
#include "ui/cause/cause_flow_page.h"
#include "ui/cause/cause_tab.h"
#include "ui/compare/compare_tab.h"
#include "ui/feature/centre_tab.h"
#include "ui/feature/command_list.h"
#include "ui/feature/feature.h"
#include "ui/grid/grid_tab.h"
#include "ui/grid/grid_view.h"
#include "ui/head/head_tab.h"
#include "ui/kit/state_panel.h"
#include "ui/shell/centre.h"
#include "ui/shell/centre_bar.h"
#include "ui/shell/command_finder.h"
#include "ui/shell/features.h"
#include "ui/shell/shortcuts_overlay.h"
#include "ui/shell/workspace_switch.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/state/selection.h"
#include "ui/text/patch_text_view.h"
#include "ui/text/text_tab.h"

using namespace hs;
using namespace hs::ui;

namespace {

StartOptions empty() { return test::freshOptions({}); }

QStringList idsOf(const QList<CentreTab*>& tabs)
{
    QStringList out;
    for (const CentreTab* tab : tabs) out << tab->id();
    return out;
}

QString keyOf(const MainWindow& window, const QString& view)
{
    return window.commands().action(QStringLiteral("view.") + view)->shortcut().toString(QKeySequence::PortableText);
}

/// The prompt of a window that has run, as a file of attention.
QString writeDump(const QTemporaryDir& folder)
{
    const QString path = folder.filePath(QStringLiteral("attention.h5"));
    MainWindow window(test::sampleOptions());
    window.show();
    if (!QTest::qWaitFor([&] { return test::runFinished(window); }, 60000)) return {};
    return writeRun(path.toStdString(), {window.context().project->current()->run}, {}).ok() ? path : QString();
}

/// Two layers of attention weights with their norms and nothing else, as safetensors with GPT-2's names.
QString writeAttentionOnly(const QTemporaryDir& folder)
{
    constexpr int kWidth = 8;
    QJsonObject header;
    QByteArray data;
    const auto tensor = [&](const QString& name, const QJsonArray& shape, int values) {
        const int from = int(data.size());
        for (int i = 0; i < values; ++i) {
            const float value = float((i * 7 + int(header.size()) * 3) % 11 - 5) / 10.0f;
            data.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
        header[name] = QJsonObject{{QStringLiteral("dtype"), QStringLiteral("F32")},
                                   {QStringLiteral("shape"), shape},
                                   {QStringLiteral("data_offsets"), QJsonArray{from, int(data.size())}}};
    };
    for (int layer = 0; layer < 2; ++layer) {
        for (const char* part : {"weight", "bias"})
            tensor(QStringLiteral("h.%1.ln_1.%2").arg(layer).arg(QLatin1String(part)), {kWidth}, kWidth);
        const QString attention = QStringLiteral("h.%1.attn.").arg(layer);
        tensor(attention + QStringLiteral("c_attn.weight"), {kWidth, 3 * kWidth}, 3 * kWidth * kWidth);
        tensor(attention + QStringLiteral("c_attn.bias"), {3 * kWidth}, 3 * kWidth);
        tensor(attention + QStringLiteral("c_proj.weight"), {kWidth, kWidth}, kWidth * kWidth);
        tensor(attention + QStringLiteral("c_proj.bias"), {kWidth}, kWidth);
    }
    const QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    const quint64 size = quint64(text.size());
    QFile file(folder.filePath(QStringLiteral("attention.safetensors")));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(reinterpret_cast<const char*>(&size), sizeof size);
    file.write(text);
    file.write(data);
    return file.fileName();
}

}  // namespace

class tst_features : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QVERIFY(m_folder.isValid());
        m_dump = writeDump(m_folder);
        QVERIFY(!m_dump.isEmpty());
    }

    void everyViewSaysWhatItIs()
    {
        MainWindow window(empty());
        QSet<QString> seen;
        for (const CentreTab* tab : window.centre()->tabs()) {
            QVERIFY(!tab->id().isEmpty() && !seen.contains(tab->id()));
            seen << tab->id();
            QVERIFY2(!tab->title().isEmpty(), qPrintable(tab->id()));
            QVERIFY2(tab->obstacle().isEmpty(), qPrintable(tab->id()));  // nothing is open, so nothing is in the way
            QVERIFY(window.commands().action(QStringLiteral("view.") + tab->id()));
        }
        // Those that there were before there were workspaces, none lost.
        for (const char* id : {"head", "grid", "compare", "text", "graph", "similarity", "cause", "corpus", "prune"})
            QVERIFY2(seen.contains(QLatin1String(id)), id);
        QSet<QString> features;
        for (const Feature* feature : window.features().all()) {
            QVERIFY(!feature->id().isEmpty() && !features.contains(feature->id()));
            features << feature->id();
            QVERIFY2(!feature->title().isEmpty(), qPrintable(feature->id()));
        }
        QVERIFY(features.size() >= 6);
    }

    void everyViewHasWordsForTheStatusBar()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        window.context().selection->setHead({1, 3});
        window.context().selection->setPinned(HeadId{2, 0});
        window.context().selection->lock(3, 1);
        // The views that read a pair out; the others say something of what is under the mouse.
        for (const char* id : {"head", "compare", "similarity"}) {
            window.showView(QLatin1String(id));
            const CentreTab* tab = window.centre()->current();
            QCOMPARE(tab->id(), QLatin1String(id));
            QTRY_VERIFY2_WITH_TIMEOUT(!tab->statusText().isEmpty(), id, 30000);
        }
        window.showView(QStringLiteral("prune"));
        QTRY_VERIFY_WITH_TIMEOUT(!window.centre()->current()->statusText().isEmpty(), 30000);
        for (CentreTab* tab : window.centre()->tabs()) {
            window.showView(tab->id());
            const FigureSubject subject = tab->figureSubject();
            QVERIFY2(subject.a || subject.spec.drawing, qPrintable(tab->id()));
        }
    }

    void workspacesCarryTheTabs()
    {
        MainWindow window(empty());
        Centre& centre = *window.centre();
        QStringList all;
        for (const Workspace& workspace : centre.workspaces()) {
            QVERIFY(!workspace.id.isEmpty() && !workspace.title.isEmpty());
            QVERIFY(!workspace.tabs.isEmpty() && workspace.tabs.size() <= 6);
            all << idsOf(workspace.tabs);
            QVERIFY(window.commands().action(QStringLiteral("workspace.") + workspace.id));
        }
        QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), all.size());
        // Each remembers its tab.
        window.showView(QStringLiteral("grid"));
        QCOMPARE(centre.workspace(), QStringLiteral("explore"));
        window.commands().trigger(QStringLiteral("workspace.relate"));
        QCOMPARE(centre.current()->id(), QStringLiteral("graph"));
        window.showView(QStringLiteral("similarity"));
        centre.showWorkspace(QStringLiteral("explore"));
        QCOMPARE(centre.current()->id(), QStringLiteral("grid"));
        centre.showWorkspace(QStringLiteral("relate"));
        QCOMPARE(centre.current()->id(), QStringLiteral("similarity"));
        auto* names = window.findChild<WorkspaceSwitch*>();
        QCOMPARE(names->current(), 1);
        Q_EMIT names->chosen(4);
        QCOMPARE(centre.current()->id(), QStringLiteral("prune"));
        QCOMPARE(names->current(), 4);
        QVERIFY(!window.centre()->showView(QStringLiteral("no such view")));
        QCOMPARE(centre.current()->id(), QStringLiteral("prune"));
    }

    void keysFollowTheTabsInSight()
    {
        MainWindow window(empty());
        window.show();
        QCOMPARE(idsOf(window.centre()->standing()),
                 (QStringList{QStringLiteral("head"), QStringLiteral("grid"), QStringLiteral("text"), QStringLiteral("corpus")}));
        QCOMPARE(keyOf(window, QStringLiteral("head")), QStringLiteral("Ctrl+1"));
        QCOMPARE(keyOf(window, QStringLiteral("corpus")), QStringLiteral("Ctrl+4"));
        QCOMPARE(keyOf(window, QStringLiteral("graph")), QString());
        window.showView(QStringLiteral("similarity"));
        QCOMPARE(keyOf(window, QStringLiteral("graph")), QStringLiteral("Ctrl+1"));
        QCOMPARE(keyOf(window, QStringLiteral("similarity")), QStringLiteral("Ctrl+2"));
        QCOMPARE(keyOf(window, QStringLiteral("head")), QString());
        // The tab bar shows them in the same order, with the key.
        const QTabBar* bar = window.centre()->bar()->bar();
        QCOMPARE(bar->count(), 2);
        QCOMPARE(bar->tabData(0).toString(), QStringLiteral("graph"));
        QVERIFY(bar->tabToolTip(1).contains(QStringLiteral("Ctrl+2")));
        // Ctrl+Tab goes round.
        QTest::keyClick(window.centre(), Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(window.centre()->current()->id(), QStringLiteral("graph"));
    }

    void viewsFoldAwayWithTheirReason()
    {
        StartOptions options = empty();
        options.modelPath = m_dump;
        MainWindow window(options);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->source() != nullptr, 60000);
        Centre& centre = *window.centre();
        QVERIFY(centre.isVisible());
        QCOMPARE(idsOf(centre.standing()), (QStringList{QStringLiteral("head"), QStringLiteral("grid"), QStringLiteral("text")}));
        QCOMPARE(idsOf(centre.folded()), QStringList{QStringLiteral("corpus")});
        QCOMPARE(keyOf(window, QStringLiteral("text")), QStringLiteral("Ctrl+3"));
        QCOMPARE(keyOf(window, QStringLiteral("corpus")), QString());
        for (const char* able : {"explore", "compare"}) QVERIFY2(centre.obstacleOf(QLatin1String(able)).isEmpty(), able);
        for (const char* unable : {"relate", "cause", "prune"}) QVERIFY2(!centre.obstacleOf(QLatin1String(unable)).isEmpty(), unable);
        // The menu at the end of the bar says why, and a view that is asked for comes all the same and says it itself.
        const QToolButton* button = centre.bar()->foldedButton();
        QVERIFY(button->isVisible());
        const auto entries = button->menu()->actions();
        QCOMPARE(entries.size(), 1);
        QVERIFY(!entries[0]->toolTip().isEmpty() && entries[0]->text().startsWith(centre.tab(QStringLiteral("corpus"))->title()));
        QCOMPARE(entries[0]->toolTip(), centre.tab(QStringLiteral("corpus"))->obstacle());
        entries[0]->trigger();
        QCOMPARE(centre.current()->id(), QStringLiteral("corpus"));
        QVERIFY(centre.current()->isVisible() && centre.folded().isEmpty() && !button->isVisible());
        window.showView(QStringLiteral("head"));
        QCOMPARE(idsOf(centre.folded()), QStringList{QStringLiteral("corpus")});
        // Nothing open: nothing is in the way of anything.
        window.context().project->close();
        QVERIFY(centre.folded().isEmpty());
        QVERIFY(centre.obstacleOf(QStringLiteral("prune")).isEmpty());
    }

    void weightsAloneShowWhatTheyCan()
    {
        const QString path = writeAttentionOnly(m_folder);
        QVERIFY(!path.isEmpty());
        StartOptions options = empty();
        options.modelPath = path;
        options.open.config = {{"n_heads", "2"}};
        MainWindow window(options);
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->model() != nullptr, 60000);
        QVERIFY(!window.context().project->model()->canRun());
        Centre& centre = *window.centre();
        QVERIFY(centre.isVisible() && !window.statePanel()->isVisible());
        QCOMPARE(centre.current()->id(), QStringLiteral("graph"));
        for (const char* unable : {"explore", "cause", "compare", "prune"}) {
            const QString reason = centre.obstacleOf(QLatin1String(unable));
            QVERIFY2(reason.contains(QStringLiteral("lacks")), qPrintable(QLatin1String(unable) + QStringLiteral(": ") + reason));
        }
        // A workspace of which nothing works still opens, at a view that says what is missing.
        centre.showWorkspace(QStringLiteral("explore"));
        QCOMPARE(idsOf(centre.standing()), QStringList{QStringLiteral("head")});
        QCOMPARE(centre.folded().size(), 3);
        const auto* state = centre.current()->findChild<StatePanel*>();
        QVERIFY(state && state->isVisible());
        QCOMPARE(state->content().sentence, centre.current()->obstacle());
    }

    void commandsAreAllWithinReach()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        const QStringList ids = window.commands().ids();
        QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
        const auto actions = window.commands().actions();
        QCOMPARE(actions.size(), ids.size());  // each stands in a menu
        // The finder, with nothing typed, offers them all.
        auto* finder = new CommandFinder(actions, &window);
        finder->popup();
        QCOMPARE(finder->findChild<QListWidget*>()->count(), int(actions.size()));
        finder->close();
        // Every key stands in the overlay, beside its command.
        const ShortcutsOverlay overlay(window.commands(), &window);
        QSet<QString> shown;
        for (const auto& group : overlay.groups())
            for (const auto& line : group.lines) shown << line.what + QLatin1Char('|') + line.key;
        int keys = 0;
        for (const QAction* action : actions) {
            QStringList words;
            for (const QKeySequence& key : action->shortcuts()) words << key.toString(QKeySequence::NativeText);
            if (words.isEmpty()) continue;
            ++keys;
            QVERIFY2(shown.contains(plainText(*action) + QLatin1Char('|') + words.join(QStringLiteral(", "))), qPrintable(action->text()));
        }
        QVERIFY(keys > 35);
    }

    void oldProjectsOpenTheirView_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("view");
        // One project of each shape that there was: a key more each time, the view by its number until the last.
        QTest::newRow("the first") << QStringLiteral("first.headscope") << QStringLiteral("text");
        QTest::newRow("with notes") << QStringLiteral("notes.headscope") << QStringLiteral("compare");
        QTest::newRow("with a class list") << QStringLiteral("class-list.headscope") << QStringLiteral("graph");
        QTest::newRow("with the bench") << QStringLiteral("bench.headscope") << QStringLiteral("corpus");
        QTest::newRow("with views by name") << QStringLiteral("views.headscope") << QStringLiteral("similarity");
    }
    void oldProjectsOpenTheirView()
    {
        QFETCH(QString, file);
        QFETCH(QString, view);
        Result<ProjectFile> project = loadProjectFile(hs::test::sourceFile(u"tests/ui/shell/projects/") + file);
        QVERIFY2(project.ok(), project.ok() ? "" : project.error().item.c_str());
        QCOMPARE(project->view, view);
        project->modelPath = test::sampleOptions().modelPath;
        MainWindow window(empty());
        window.show();
        window.applyProject(*project, {});
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        QCOMPARE(window.centre()->current()->id(), view);
        QVERIFY(window.centre()->current()->isVisible());
        QCOMPARE(window.context().selection->head(), (HeadId{2, 1}));
        QCOMPARE(window.context().project->current()->text, QStringLiteral("The fox met the bear."));
    }

    void everyNumberOpensTheViewItMeant()
    {
        const char* const views[] = {"head", "grid", "compare", "text", "graph", "similarity", "cause", "corpus"};
        for (int i = 0; i < 8; ++i) {
            const auto old = projectFromJson(QByteArray("{\"headscope_project\": 1, \"tab\": ") + QByteArray::number(i) + "}");
            QVERIFY(old.ok());
            QCOMPARE(old->view, QLatin1String(views[i]));
            // Programs up to 0.1.0 find the number again.
            QCOMPARE(QJsonDocument::fromJson(toJson(*old)).object().value(QStringLiteral("tab")).toInt(), i);
        }
        const auto beyond = projectFromJson("{\"headscope_project\": 1, \"tab\": 50}");
        QVERIFY(beyond.ok());
        QCOMPARE(beyond->view, QStringLiteral("head"));
        // A view of a later program is kept in the file and leaves the window at home.
        const auto later = projectFromJson("{\"headscope_project\": 1, \"view\": \"lessons\", \"tab\": 0}");
        QVERIFY(later.ok());
        QCOMPARE(later->view, QStringLiteral("lessons"));
        for (const char* bad : {"{\"headscope_project\": 1, \"view\": 7}", "{\"headscope_project\": 1, \"views\": []}",
                                "{\"headscope_project\": 1, \"views\": {\"head\": 3}}"})
            QVERIFY2(!projectFromJson(bad).ok(), bad);
    }

    void viewsComeBackAsTheyWere()
    {
        ProjectFile saved;
        {
            MainWindow window(test::sampleOptions());
            window.show();
            QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
            test::shown<HeadTab>(window)->setTable(true);
            test::shown<SimilarityTab>(window)->setPage(SimilarityTab::RankingPageIndex);
            test::part<CompareTab>(window)->setMode(CompareMode::Cuts);
            test::part<CauseTab>(window)->setWay(CauseTab::Routes);
            QJsonObject all, loss;
            all[QStringLiteral("all")] = true;
            loss[QStringLiteral("way")] = QStringLiteral("loss");
            test::part<GridTab>(window)->restore(all);
            test::part<TextTab>(window)->restore(loss);
            window.showView(QStringLiteral("prune"));
            const auto written = projectFromJson(toJson(window.snapshot()));
            QVERIFY(written.ok());
            saved = *written;
        }
        QCOMPARE(saved.view, QStringLiteral("prune"));
        MainWindow window(empty());
        window.show();
        window.applyProject(saved, {});
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        QCOMPARE(window.centre()->current()->id(), QStringLiteral("prune"));
        QCOMPARE(test::part<SimilarityTab>(window)->page(), SimilarityTab::RankingPageIndex);
        QCOMPARE(test::part<CompareTab>(window)->sources()->mode(), CompareMode::Cuts);
        QVERIFY(test::part<CauseTab>(window)->routes()->isVisibleTo(test::part<CauseTab>(window)));
        QCOMPARE(test::part<GridTab>(window)->view()->layer(), -1);
        QVERIFY(test::part<TextTab>(window)->losses()->isVisibleTo(test::part<TextTab>(window)));
        QVERIFY(test::shown<HeadTab>(window)->table());
    }

    /// What stands beside a view comes and goes with it, however one leaves it.
    void theRightDockFollowsTheView()
    {
        MainWindow window(test::sampleOptions());
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        auto* dock = window.findChild<QDockWidget*>(QStringLiteral("cardDock"));
        const QWidget* card = dock->widget();
        const QString title = dock->windowTitle();
        window.commands().trigger(QStringLiteral("prune.bench"));
        QCOMPARE(window.centre()->current()->id(), QStringLiteral("prune"));
        QVERIFY(dock->widget() != card && dock->widget()->isVisible() && !card->isVisible());
        QVERIFY(dock->windowTitle() != title);
        window.commands().trigger(QStringLiteral("prune.bench"));
        QCOMPARE(window.centre()->current()->id(), QStringLiteral("head"));
        QVERIFY(dock->widget() == card && card->isVisible());
        QCOMPARE(dock->windowTitle(), title);
        // All heads and back: Ctrl+G.
        window.showView(QStringLiteral("text"));
        window.commands().trigger(QStringLiteral("grid.swap"));
        QCOMPARE(window.centre()->current()->id(), QStringLiteral("grid"));
        window.commands().trigger(QStringLiteral("grid.swap"));
        QCOMPARE(window.centre()->current()->id(), QStringLiteral("text"));
    }

private:
    QTemporaryDir m_folder;
    QString m_dump;
};

QTEST_MAIN(tst_features)
#include "tst_features.moc"
