// SPDX-License-Identifier: GPL-3.0-or-later
// What version 0.1.0 wrote still opens and shows what was saved: projects, figures, labels beside a model, experiments, models.
// The files are in tests/fixtures/written-0.1.0; none of them is ever made again.
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "engine/analysis/labels/report_json.h"
#include "engine/forward/forward.h"
#include "engine/io/dump/attention_dump.h"
#include "engine/io/open.h"
#include "engine/session/pruning_file.h"
#include "tests/support/must.h"
#include "tests/support/shared_data.h"
#include "tests/ui/sample_window.h"
#include "ui/export/recipe.h"
#include "ui/feature/centre_tab.h"
#include "ui/graph/class_store.h"
#include "ui/graph/graph_store.h"
#include "ui/kit/centre_tabs.h"
#include "ui/labels/label_store.h"
#include "ui/prune/prune_bench.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_workspace.h"
#include "ui/shell/centre.h"
#include "ui/shell/notice_bar.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"

using namespace hs;
using namespace hs::ui;

namespace {

/// The folder in which the files were made; it is named inside of them, and was gone soon after.
const QByteArray kOldFolder = "/srv/headscope-samples";
constexpr const char* kLily = "Once upon a time, there was a little girl named Lily. She loved to play with her red ball in the park.";
constexpr const char* kTom = "Tom and Sue went to the big park. Sue gave the ball to Tom. Tom gave the ball to Sue.";

QString written(const QString& name) { return test::fixture("written-0.1.0/") + name; }

/// Which view a window shows, as the rows below name it: "head" for the Head tab, and so on; "prune" for the pruning bench.
/// This is the only place that knows how views are told apart.
QString viewOf(const MainWindow& window) { return window.centre()->current()->id(); }

/// A copy of the files, as if their folder had been moved as a whole.
class Copy {
public:
    Copy()
    {
        const QDir from(written(QString()));
        for (const QString& name : from.entryList(QDir::Files))
            if (!QFile::copy(from.filePath(name), path(name))) qFatal("cannot copy %s", qPrintable(name));
    }
    QString path(const QString& name) const { return m_folder.filePath(name); }
    /// A project whose paths lead into this folder, not into the one that is gone.
    QString pointed(const QString& name) const
    {
        QByteArray bytes = QByteArray::fromStdString(test::fileBytes(path(name)));
        if (!bytes.contains(kOldFolder)) qFatal("%s was not made where it says", qPrintable(name));
        bytes.replace(kOldFolder, m_folder.path().toUtf8());
        QFile out(path(QStringLiteral("pointed-") + name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) qFatal("cannot write %s", qPrintable(out.fileName()));
        return out.fileName();
    }

private:
    QTemporaryDir m_folder;
};

StartOptions options(const QString& model = {})
{
    StartOptions o;
    o.modelPath = model;
    o.theme = ThemeMode::Light;
    o.restore = false;
    return o;
}

/// What every project but the plain one holds.
void checkWork(MainWindow& window, int tab)
{
    const ViewContext& c = window.context();
    QCOMPARE(c.project->prompts().size(), std::size_t(3));
    QCOMPARE(c.project->prompts()[0].title, QStringLiteral("Lily"));
    QCOMPARE(c.project->prompts()[0].text, QLatin1String(kLily));
    QCOMPARE(c.project->prompts()[1].title, QStringLiteral("Tom und Süe"));
    QCOMPARE(c.project->prompts()[2].ids, (std::vector<int>{1, 300, 301, 302, 300, 301, 302}));
    QCOMPARE(c.project->currentIndex(), 1);
    QCOMPARE(c.project->current()->text, QLatin1String(kTom));
    if (tab >= 0) {
        QCOMPARE(c.selection->head(), (HeadId{tab % 3, (tab + 1) % 4}));
        QCOMPARE(c.selection->query(), 9 + tab);
        QCOMPARE(c.selection->key(), 4);
        QVERIFY(c.selection->locked());
    } else {
        QCOMPARE(c.selection->head(), (HeadId{1, 2}));
    }
    QVERIFY(c.selection->pinned() == (HeadId{0, 3}));
    MapLook look;
    look.kind = MapKind::Scores;
    look.stretch = Stretch::Log;
    look.grain = Grain::Words;
    look.hideSink = true;
    look.crosshair = false;
    look.colourMap = QStringLiteral("magma");
    look.autoRange = false;
    look.low = -2.5;
    look.high = 7.25;
    QVERIFY(c.settings->look() == look);
}

void checkInterventions(const Interventions& list)
{
    QCOMPARE(list.size(), std::size_t(5));
    QCOMPARE(list[0].kind, InterventionKind::ZeroHead);
    QCOMPARE(list[0].head, (HeadId{2, 1}));
    QCOMPARE(list[1].kind, InterventionKind::ScaleHead);
    QCOMPARE(list[1].head, (HeadId{0, 2}));
    QCOMPARE(list[1].value, 0.5f);
    QCOMPARE(list[2].kind, InterventionKind::KnockOutEdges);
    QVERIFY((list[2].edges == std::vector<std::pair<int, int>>{{4, 1}, {5, 0}}));
    QCOMPARE(list[3].kind, InterventionKind::AddToHead);
    QCOMPARE(list[3].vector, (std::vector<float>{0.5f, -1.25f, 0, 0.125f, 0, 0, 0, 2}));
    QCOMPARE(list[3].positions, (std::vector<int>{2, 3}));
    QCOMPARE(list[4].kind, InterventionKind::Replace);
    QCOMPARE(list[4].head, (HeadId{1, 3}));
    QCOMPARE(list[4].site, Site::Z);
    QCOMPARE(list[4].positions, std::vector<int>{6});
    QVERIFY(list[4].stored && list[4].stored->cols() == 32 && std::isfinite((*list[4].stored)(6, 31)));
}

void checkPrune(const PruneSettings& s, const Copy& copy)
{
    QCOMPARE(s.ablation, AblationKind::Mean);
    QVERIFY((s.test == PruneText{PruneText::Source::Files, {copy.path(QStringLiteral("test.txt"))}, 6, 32}));
    QVERIFY((s.calibration == PruneText{PruneText::Source::Files, {copy.path(QStringLiteral("calibration.txt"))}, 6, 32}));
    QCOMPARE(s.randomOrders, 3);
    QCOMPARE(s.seed, 18446744073709551557ull);
    QCOMPARE(s.orders, (std::vector<OrderKind>{OrderKind::Score, OrderKind::Greedy, OrderKind::Reverse}));
    QVERIFY(s.score == ImportanceKind::Gate);
    QCOMPARE(s.stepHeads, 2);
}

}  // namespace

class tst_old_files : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void projects_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("view");
        QTest::addColumn<int>("tab");  // numbers the heads and pairs of the saved projects; -1: a workspace
        const char* views[] = {"head", "grid", "compare", "text", "graph", "similarity", "cause", "corpus"};
        for (int t = 0; t < 8; ++t)
            QTest::addRow("%s tab", views[t]) << QStringLiteral("tab-%1.headscope").arg(QLatin1String(views[t]))
                                              << QString::fromLatin1(views[t]) << t;
        QTest::newRow("Explore") << "workspace-explore.headscope"
                                 << "head" << -1;
        QTest::newRow("Compare") << "workspace-compare.headscope"
                                 << "compare" << -1;
        // A project never knew that the bench was open.
        QTest::newRow("Prune") << "workspace-prune.headscope"
                               << "compare" << -1;
    }
    void projects()
    {
        QFETCH(QString, file);
        QFETCH(QString, view);
        QFETCH(int, tab);
        const Copy copy;
        MainWindow window(options());
        window.show();
        window.openPath(copy.pointed(file));
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        QVERIFY(!window.errorPanel()->isVisible());
        QCOMPARE(viewOf(window), view);
        checkWork(window, tab);
        checkInterventions(window.context().project->interventions());
        checkPrune(test::part<PruneController>(window)->bench()->settings(), copy);
        const HeadNotes& notes = window.context().labels->notes();
        QCOMPARE(notes.size(), std::size_t(2));
        QVERIFY((notes.at({1, 2}) == HeadNote{QStringLiteral("Kopf für Namen"), QStringLiteral("two\nlines")}));
        QVERIFY((notes.at({0, 0}) == HeadNote{QString(), QStringLiteral("only a note")}));
        // The class list was edited after it was read: the project holds the list itself.
        const ClassStore& classes = *window.context().graph->classes();
        QTRY_VERIFY_WITH_TIMEOUT(classes.list() != nullptr, 10000);
        QCOMPARE(classes.path(), copy.path(QStringLiteral("classes.json")));
        QVERIFY(classes.edited());
        QCOMPARE(classes.list()->classes.at(0).heads, (std::vector<HeadId>{{0, 1}, {1, 2}, {2, 3}}));
    }

    /// Nothing is cut and nothing is said; the model lies beside the project now.
    void plainProject()
    {
        const Copy copy;
        MainWindow window(options());
        window.show();
        window.openPath(copy.path(QStringLiteral("plain.headscope")));
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        QCOMPARE(viewOf(window), QStringLiteral("head"));
        QCOMPARE(window.context().project->path(), copy.path(QStringLiteral("native.h5")));
        QCOMPARE(window.context().project->current()->text, QLatin1String(kLily));
        QCOMPARE(window.context().selection->head(), (HeadId{0, 3}));
        QVERIFY(!window.context().selection->pinned());
        QVERIFY(window.context().project->interventions().empty());
        QVERIFY(window.context().settings->look() == MapLook());
        const ClassStore& classes = *window.context().graph->classes();
        QTRY_VERIFY_WITH_TIMEOUT(classes.list() != nullptr, 10000);
        QVERIFY(!classes.edited());
        QCOMPARE(classes.list()->classes.at(0).heads, (std::vector<HeadId>{{0, 1}, {1, 2}}));
    }

    void earlierProjects_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("patches");
        QTest::addColumn<bool>("notes");
        QTest::addColumn<bool>("classes");
        QTest::newRow("before the bench was kept") << "earlier-4.headscope" << true << true << true;
        QTest::newRow("before class lists") << "earlier-3.headscope" << true << true << false;
        QTest::newRow("before patches") << "earlier-2.headscope" << false << true << false;
        QTest::newRow("before notes") << "earlier-1.headscope" << false << false << false;
    }
    void earlierProjects()
    {
        QFETCH(QString, file);
        QFETCH(bool, patches);
        QFETCH(bool, notes);
        QFETCH(bool, classes);
        const Copy copy;
        MainWindow window(options());
        window.show();
        window.openPath(copy.pointed(file));
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window), 60000);
        QCOMPARE(viewOf(window), QStringLiteral("text"));
        checkWork(window, 3);
        QCOMPARE(test::part<PruneController>(window)->bench()->settings().ablation,
                 AblationKind::Zero);  // heads that were off wrote zero then
        QCOMPARE(window.context().project->interventions().size(), std::size_t(patches ? 5 : 4));
        QCOMPARE(window.context().labels->notes().size(), std::size_t(notes ? 2 : 0));
        if (classes) QTRY_VERIFY_WITH_TIMEOUT(window.context().graph->classes()->list() != nullptr, 10000);
        else QVERIFY(!window.context().graph->classes()->list());
    }

    void figures_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("view");
        // Every kind as PNG, the ways of drawing also as SVG and PDF. Atlas and chart are the selected head's; pages of a
        // view open that view (in 0.1.0 those of Cause and Prune opened the Head tab).
        for (const auto& [name, view] : {std::pair("head.png", "head"),
                                         {"head.svg", "head"},
                                         {"head.pdf", "head"},
                                         {"atlas.png", "head"},
                                         {"chart.png", "head"},
                                         {"chart.svg", "head"},
                                         {"grid.png", "grid"},
                                         {"compare.png", "compare"},
                                         {"compare.svg", "compare"},
                                         {"text.png", "text"},
                                         {"text.pdf", "text"},
                                         {"graph.png", "graph"},
                                         {"graph.pdf", "graph"},
                                         {"similarity.png", "similarity"},
                                         {"cause.png", "cause"},
                                         {"cause.svg", "cause"},
                                         {"curve.png", "prune"},
                                         {"curve.pdf", "prune"}})
            QTest::newRow(name) << written(QStringLiteral("figures/") + QLatin1String(name)) << QString::fromLatin1(view);
    }
    /// A figure dropped on a window brings back the view that made it; the model is known by its hash.
    void figures()
    {
        QFETCH(QString, file);
        QFETCH(QString, view);
        QVERIFY(QFile::exists(file));
        const auto recipe = readRecipe(file);
        QVERIFY(recipe);
        QCOMPARE(recipe->program, QStringLiteral("HeadScope 0.1.0"));
        const Copy copy;
        MainWindow window(options(copy.path(QStringLiteral("native.h5"))));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window) && !window.context().project->modelHash().isEmpty(), 60000);
        QVERIFY(window.context().project->current()->text != QLatin1String(kTom));
        window.openPath(file);
        QTRY_VERIFY_WITH_TIMEOUT(window.context().project->isOff({2, 1}) && test::runFinished(window), 60000);
        QVERIFY(!window.errorPanel()->isVisible());
        QCOMPARE(viewOf(window), view);
        QCOMPARE(window.context().project->current()->text, QLatin1String(kTom));
        QCOMPARE(window.context().project->interventions().size(), std::size_t(1));
        if (!recipe->spec.heads.empty()) QCOMPARE(window.context().selection->head(), recipe->spec.heads.front());
        QVERIFY(window.context().settings->look() == recipe->spec.look);
        if (recipe->spec.drawing) return;
        QCOMPARE(recipe->spec.look.stretch, Stretch::PerRow);
        QCOMPARE(recipe->spec.look.colourMap, QStringLiteral("viridis"));
        if (view == QLatin1String("compare")) QVERIFY(window.context().selection->pinned() == (HeadId{0, 3}));
        else if (recipe->spec.kind == FigureKind::Head) QCOMPARE(window.context().selection->head(), (HeadId{1, 2}));
    }

    /// Labels stored beside the model are there as soon as it is open, and are those of the JSON file.
    void labelsBesideTheModel()
    {
        const auto report = test::must(reportFromJson(test::fileBytes(written(QStringLiteral("labels.json")))));
        QVERIFY(report.complete);
        QCOMPARE(report.heads.size(), std::size_t(2));
        QCOMPARE(report.provenance.program, std::string("0.1.0"));
        const Copy copy;
        MainWindow window(options(copy.path(QStringLiteral("labelled.h5"))));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().labels->complete(), 60000);
        QVERIFY(window.context().labels->fromCache());
        const LabelReport& stored = *window.context().labels->report();
        QCOMPARE(stored.heads.size(), report.heads.size());
        std::size_t awarded = 0;
        for (std::size_t h = 0; h < report.heads.size(); ++h) {
            QCOMPARE(stored.heads[h].primary, report.heads[h].primary);
            QCOMPARE(stored.heads[h].labels.size(), report.heads[h].labels.size());
            for (std::size_t i = 0; i < report.heads[h].labels.size(); ++i) {
                QCOMPARE(labelName(stored.heads[h].labels[i].id), labelName(report.heads[h].labels[i].id));
                QCOMPARE(stored.heads[h].labels[i].status, report.heads[h].labels[i].status);
                awarded += report.heads[h].labels[i].status == LabelStatus::Awarded;
            }
        }
        QCOMPARE(awarded, std::size_t(2));
        QCOMPARE(labelName(report.heads[0].primaryLabel()->id), std::string("previous-token"));
        QCOMPARE(labelName(report.heads[1].primaryLabel()->id), std::string("induction"));
    }

    /// Experiments of the window and of the command line: curves, and the settings that made them.
    void experiments_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("saved in the window") << "experiment.json";
        QTest::newRow("state of the command line") << "state.json";
    }
    void experiments()
    {
        QFETCH(QString, file);
        const auto curve = test::must(readPruning(written(file).toStdString()));
        QVERIFY(curve->complete);
        QCOMPARE(curve->heads, 12);
        QVERIFY(curve->series.size() >= 3);
        for (const PruningSeries& s : curve->series) {
            QVERIFY(s.points.size() > 1);
            for (const PruningPoint& p : s.points) QVERIFY(std::isfinite(p.loss));
        }
        const Copy copy;
        MainWindow window(options(copy.path(QStringLiteral("native.h5"))));
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(test::runFinished(window) && !window.context().project->modelHash().isEmpty(), 60000);
        QString remark;
        QVERIFY(test::part<PruneController>(window)->openCurve(copy.path(file), &remark).ok());
        QVERIFY(test::part<PruneController>(window)->bench()->curve());
        QCOMPARE(test::part<PruneController>(window)->bench()->curve()->series.size(), curve->series.size());
    }

    /// Models of our own layout: as converted, and with heads removed. The one without them says which it kept.
    void models()
    {
        const auto whole = test::mustOpen(written(QStringLiteral("native.h5")));
        QCOMPARE(QString::fromStdString(whole->identity().layout), QStringLiteral("native"));
        QCOMPARE(whole->config().nLayers, 3);
        QCOMPARE(whole->config().nHeads, 4);
        QCOMPARE(whole->config().nKvHeads, 2);
        QVERIFY(whole->tokenizer() && whole->tokenizer()->vocabSize() == 512);
        const auto pruned = test::mustOpen(written(QStringLiteral("pruned.h5")));
        int left = 0;
        for (int l = 0; l < 3; ++l) left += pruned->config().heads(l);
        QCOMPARE(left, 8);
        QVERIFY(pruned->canPredict() && pruned->tokenizer());
    }

    /// A run: what is in the file is what the model of then gives now.
    void run()
    {
        const auto opened = test::must(openFile(written(QStringLiteral("run.h5")).toStdString()));
        const auto& sample = *std::get<std::shared_ptr<const AttentionDump>>(opened)->samples.at(0);
        const auto model = test::mustOpen(written(QStringLiteral("native.h5")));
        const auto prompt = std::make_shared<const Prompt>(test::must(makePrompt(*model->tokenizer(), kTom)));
        QCOMPARE(sample.ids(), prompt->ids());
        const auto now = test::must(forward(model, prompt, {}));
        for (const HeadId head : {HeadId{0, 3}, HeadId{1, 0}, HeadId{2, 2}}) {
            const MatrixF a = test::must(sample.tile(head, MapKind::Weights, 0, 41, 0, 41));
            const MatrixF b = test::must(now->tile(head, MapKind::Weights, 0, 41, 0, 41));
            for (int q = 0; q < 41; ++q)
                for (int k = 0; k <= q; ++k) QVERIFY(std::abs(a(q, k) - b(q, k)) < 1e-5f);
        }
        const MatrixF logits = test::must(sample.logits());
        QCOMPARE(logits.cols(), std::ptrdiff_t(512));
        for (int v = 0; v < 512; ++v) QVERIFY(std::abs(logits(40, v) - now->logits(40, v)) < 1e-4f);
    }
};

QTEST_MAIN(tst_old_files)
#include "tst_old_files.moc"
