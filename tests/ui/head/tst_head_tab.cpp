// SPDX-License-Identifier: GPL-3.0-or-later
// The head tab: known number of the reference model, states, table, controls.
#include <QCheckBox>
#include <QLabel>
#include <QList>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "engine/session/jobs/open.h"
#include "engine/session/jobs/run.h"
#include "tests/support/fake_source.h"
#include "tests/support/shared_data.h"
#include "ui/bridge/ask.h"
#include "ui/bridge/running.h"
#include "ui/head/head_tab.h"
#include "ui/head/heatmap_view.h"
#include "ui/kit/segment.h"
#include "ui/kit/state_panel.h"
#include "ui/map/map_model.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"

using namespace hs;
using namespace hs::ui;

namespace {

struct Window {
    EngineBridge bridge;
    Project project;
    Selection selection;
    ViewSettings settings;
    Running running{&bridge, &project};
    HeadTab tab{[this] {
        ViewContext context{&bridge, &project, &selection, &settings};
        context.running = &running;
        return context;
    }()};
    Window()
    {
        tab.resize(900, 740);
        tab.show();
    }
};

}  // namespace

class TestHeadTab : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownWeight_data();
    void knownWeight();
    void nothingOpen();
    void controlsWriteTheSettings();
    void statePanel();
};

void TestHeadTab::knownWeight_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("head");
    QTest::addColumn<int>("query");  // " the" in "her red ball in the park", the key before it
    QTest::addColumn<int>("tokens");
    QTest::addColumn<QString>("weight");
    QTest::addColumn<QString>("rest");  // rank and column mean
    // Numbers from the pass in double precision behind each file's reference.h5.
    QTest::newRow("tiny llama") << test::fixture("models/tiny-llama/model.h5") << "L0H3" << 45 << 50 << "0.1579"
                                << "rank 3 of 46 | column mean 0.032";
    QTest::newRow("stories260k") << test::sharedData("models/stories260k/model.h5") << "L1H3" << 28 << 33 << "0.9554"
                                 << "rank 1 of 29 | column mean 0.322";
}

void TestHeadTab::knownWeight()
{
    QFETCH(QString, file);
    QFETCH(QString, head);
    QFETCH(int, query);
    QFETCH(int, tokens);
    QFETCH(QString, weight);
    QFETCH(QString, rest);
    HS_NEED_SHARED(file);
    const HeadId chosen = *parseHeadName(head.toStdString());
    Window w;
    Ask<OpenJob> open(&w.bridge, QStringLiteral("open"), {});
    open.onAnswer([&](const OpenedResult& result) {
        w.project.setModel(std::get<std::shared_ptr<const Model>>(result.opened));
        PromptEntry entry;
        entry.text =
            QStringLiteral("Once upon a time, there was a little girl named Lily. She loved to play with her red ball in the park.");
        w.project.setCurrent(w.project.addPrompt(entry));  // which runs it
    });
    QString failed;
    QObject::connect(&w.bridge, &EngineBridge::jobEnded, &w.tab, [&](const JobEnded& ended) {
        if (ended.error) failed = QString::fromStdString(ended.error->item + " " + ended.error->found);
    });
    w.selection.setHead(chosen);
    OpenJob job;
    job.path = file.toStdString();
    open.start(std::move(job));
    const auto complete = [&] { return w.project.current() && w.project.current()->run && w.project.current()->run->complete; };
    QTRY_VERIFY2_WITH_TIMEOUT(complete() || !failed.isEmpty(), "run", 30000);
    QVERIFY2(failed.isEmpty(), qPrintable(failed));
    QTRY_VERIFY(w.tab.model()->current());
    QSignalSpy status(&w.tab, &HeadTab::statusChanged);
    w.selection.lock(query, query - 1);
    QTRY_VERIFY(w.tab.statusText().contains(QStringLiteral("score")));
    QVERIFY2(w.tab.statusText().startsWith(
                 QStringLiteral("Query %1 ␣the → key %2 ␣in | weight %3 | %4 | score ").arg(query).arg(query - 1).arg(weight, rest)),
             qPrintable(w.tab.statusText()));
    QVERIFY(status.count() >= 1);
    QCOMPARE(w.tab.model()->maskedCells(), qint64(tokens) * (tokens - 1) / 2);
    // Another head: another number, never the old one under the new name.
    w.selection.setHead({0, 0});
    QVERIFY(!w.tab.statusText().contains(weight));
    QTRY_VERIFY(w.tab.statusText().contains(QStringLiteral("weight")));
    QVERIFY(!w.tab.statusText().contains(weight));
    // Word grain: "in" and "the" are words 22 and 23 of the sentence with <s> first.
    w.selection.setHead(chosen);
    MapLook look;
    look.grain = Grain::Words;
    w.settings.setLook(look);
    QTRY_VERIFY(w.tab.model()->current());
    QCOMPARE(w.tab.model()->rows(), 26);
    QTRY_VERIFY(w.tab.statusText().contains(QStringLiteral("weight ") + weight));  // both words are one token
    for (int r = 0; r < 26; ++r) {
        double sum = 0;
        for (int c = 0; c <= r; ++c) sum += static_cast<double>(w.tab.model()->value(r, c).value_or(0));
        QVERIFY(std::abs(sum - 1) < 1e-5);
    }
    w.tab.setTable(true);
    QVERIFY(w.tab.table());
    auto* table = w.tab.findChild<QTableView*>();
    QVERIFY(table);
    QCOMPARE(table->currentIndex().data().toString(), weight);
    w.tab.setTable(false);
    QVERIFY(!w.tab.table());
}

void TestHeadTab::nothingOpen()
{
    Window w;
    QVERIFY(w.tab.statePanel()->isVisible());
    QVERIFY(!w.tab.statePanel()->content().title.isEmpty());
    QVERIFY(!w.tab.statePanel()->content().sentence.isEmpty());
    QVERIFY(w.tab.statusText().isEmpty());
}

void TestHeadTab::controlsWriteTheSettings()
{
    Window w;
    auto* kinds = w.tab.findChild<Segment*>();
    QVERIFY(kinds);
    MapLook narrowed;
    narrowed.autoRange = false;
    narrowed.high = 0.5;
    w.settings.setLook(narrowed);
    QTest::mouseClick(kinds->button(1), Qt::LeftButton);
    QCOMPARE(w.settings.look().kind, MapKind::Scores);
    QVERIFY(w.settings.look().autoRange);  // a range of weights means nothing for scores
    const QList<QCheckBox*> boxes = w.tab.findChildren<QCheckBox*>();
    QCOMPARE(boxes.size(), 3);
    boxes[0]->setChecked(true);
    boxes[1]->setChecked(true);
    boxes[2]->setChecked(false);
    QVERIFY(w.settings.look().hideSink);
    QCOMPARE(w.settings.look().stretch, Stretch::PerRow);
    QVERIFY(!w.settings.look().crosshair);
    MapLook look;  // and back: settings changed elsewhere
    look.kind = MapKind::ValueWeighted;
    w.settings.setLook(look);
    QCOMPARE(kinds->current(), 2);
    QVERIFY(!boxes[0]->isChecked() && !boxes[1]->isChecked() && boxes[2]->isChecked());
}

void TestHeadTab::statePanel()
{
    StatePanel panel;
    panel.resize(800, 500);
    panel.show();
    StateContent content;
    content.title = QStringLiteral("This file is not a model HeadScope can read");
    content.sentence = QStringLiteral("Tensor has 768 × 2301 numbers; 768 × 2304 were expected.");
    content.bad = true;
    content.buttons = {{QStringLiteral("open"), QStringLiteral("Open another …"), true, {}},
                       {QStringLiteral("copy"), QStringLiteral("Copy report"), false, QStringLiteral("nothing to copy")}};
    panel.setContent(content);
    QSignalSpy triggered(&panel, &StatePanel::triggered), cancelled(&panel, &StatePanel::cancelled);
    QTest::mouseClick(panel.findChild<QPushButton*>(QStringLiteral("open")), Qt::LeftButton);
    QCOMPARE(triggered.count(), 1);
    QCOMPARE(triggered[0][0].toString(), QStringLiteral("open"));
    auto* copy = panel.findChild<QPushButton*>(QStringLiteral("copy"));
    QVERIFY(!copy->isEnabled() && copy->toolTip() == QStringLiteral("nothing to copy"));
    auto* cancel = panel.findChild<QPushButton*>(QStringLiteral("cancel"));
    panel.setProgress(0.4, QStringLiteral("rows 0 to 16 of L1 H3 are final"));
    QVERIFY(!cancel->isVisible());  // short work shows no bar
    QTRY_VERIFY_WITH_TIMEOUT(cancel->isVisible(), 2000);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    panel.clearProgress();
    QVERIFY(!cancel->isVisible());
}

QTEST_MAIN(TestHeadTab)
#include "tst_head_tab.moc"
