// SPDX-License-Identifier: GPL-3.0-or-later
// The Graph tab on the sample model: rules for edges, neighbourhood, tables, export as data.
#include <QAbstractItemModel>
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include "engine/io/open.h"
#include "tests/support/paths.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/graph/class_panel.h"
#include "ui/graph/class_store.h"
#include "ui/graph/edge_table.h"
#include "ui/graph/edges_model.h"
#include "ui/graph/graph_choice.h"
#include "ui/graph/graph_store.h"
#include "ui/graph/graph_tab.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/node_table.h"
#include "ui/graph/nodes_model.h"
#include "ui/kit/level_slider.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

struct Shown {
    EngineBridge bridge;
    Project project;
    Selection selection;
    ViewSettings settings;
    GraphStore store{&bridge, &project};
    std::unique_ptr<GraphTab> tab;

    explicit Shown(const std::shared_ptr<const Model>& model)
    {
        project.setModel(model);
        ViewContext c;
        c.bridge = &bridge;
        c.project = &project;
        c.selection = &selection;
        c.settings = &settings;
        c.graph = &store;
        tab = std::make_unique<GraphTab>(c);
        tab->resize(900, 760);
        tab->show();
    }
    bool ready() const { return store.graph() && !store.busy(); }
};

int drawnHeads(const HeadGraph& g)
{
    int out = 0;
    for (const GraphNode& n : g.nodes) out += n.edges() > 0;
    return out;
}

}  // namespace

class TestGraphTab : public QObject {
    Q_OBJECT
    std::shared_ptr<const Model> m_model;

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().apply(ThemeMode::Light);
        auto model = openModel(test::samplePath());
        QVERIFY(model.ok());
        m_model = *model;
    }

    void opensAtTheHub()
    {
        Shown s(m_model);
        QTRY_VERIFY_WITH_TIMEOUT(s.ready(), 20000);
        const auto& nodes = s.store.graph()->nodes;
        const auto hub =
            std::max_element(nodes.begin(), nodes.end(), [](const GraphNode& a, const GraphNode& b) { return a.edges() < b.edges(); });
        if (nodes.front().edges() == 0) QCOMPARE(s.selection.head(), hub->id);
        else QCOMPARE(s.selection.head(), (HeadId{0, 0}));
        QVERIFY(s.tab->statusText().contains(QString::number(s.store.graph()->edges.size())));
    }

    void ruleKeepsThePictureThenChangesIt()
    {
        Shown s(m_model);
        QTRY_VERIFY_WITH_TIMEOUT(s.ready(), 20000);
        const std::size_t top = s.store.graph()->edges.size();
        GraphChoice* choice = s.tab->choice();
        const auto pick = [&](int index) {
            choice->rule()->setCurrentIndex(index);
            Q_EMIT choice->rule()->activated(index);
        };
        pick(1);  // at least: the weakest edge that is drawn now
        QCOMPARE(s.store.settings().edges.rule, EdgeChoice::Rule::Threshold);
        QTRY_VERIFY(s.ready() && s.store.graph()->choice.rule == EdgeChoice::Rule::Threshold);
        QVERIFY(s.store.graph()->edges.size() >= top);
        const double least = s.store.settings().edges.threshold;
        for (const GraphEdge& e : s.store.graph()->edges) QVERIFY(e.value >= least);
        QVERIFY2(choice->slider()->mark().has_value(), "the random level stands on the slider");
        const double chance = s.store.graph()->types.front().chance->mean;
        choice->amount()->setValue(chance);
        QVERIFY(std::abs(choice->slider()->value() - *choice->slider()->mark()) <= 1.0);
        QTRY_VERIFY(s.ready() && std::abs(s.store.graph()->choice.threshold - choice->amount()->value()) < 1e-9);

        pick(2);  // strongest share
        QTRY_VERIFY(s.ready() && s.store.graph()->choice.rule == EdgeChoice::Rule::Percent);
        choice->amount()->setValue(10);
        QTRY_VERIFY(s.ready() && s.store.graph()->choice.percent == 10.0);
        for (const EdgeType& t : s.store.graph()->types) QCOMPARE(t.edges, int(std::ceil(0.1 * double(t.pairs))));

        // Another measure has other values: a threshold cannot stay.
        pick(1);
        GraphSettings other = s.store.settings();
        other.measure = HeadMeasure::CompositionScore;
        s.store.setSettings(other);
        QCOMPARE(s.store.settings().edges.rule, EdgeChoice::Rule::Top);
        QTRY_COMPARE(choice->rule()->currentIndex(), 0);
    }

    void neighbourhoodComesAndGoes()
    {
        Shown s(m_model);
        QTRY_VERIFY_WITH_TIMEOUT(s.ready(), 20000);
        const auto whole = s.store.graph();
        const auto places = s.store.layout();
        int node = -1;
        for (int n = 0; n < int(whole->nodes.size()); ++n)
            if (whole->nodes[std::size_t(n)].edges() > 0
                && (node < 0 || whole->nodes[std::size_t(n)].edges() < whole->nodes[std::size_t(node)].edges()))
                node = n;
        s.selection.setHead(whole->nodes[std::size_t(node)].id);
        s.tab->commands().at(0)->trigger();
        QTRY_VERIFY(s.ready() && s.store.graph() != whole);
        const auto near = s.store.graph();
        for (const GraphEdge& e : near->edges)
            QVERIFY(near->nodes[std::size_t(node)].edges() > 0
                    && (e.source == node || e.target == node || whole->nodes[std::size_t(node)].edges() >= 2));
        const int one = drawnHeads(*near);
        QVERIFY(one >= 2 && one <= drawnHeads(*whole));
        s.tab->commands().at(2)->trigger();  // two steps
        QTRY_VERIFY(s.ready() && s.store.graph() != near);
        QVERIFY(drawnHeads(*s.store.graph()) >= one);
        QTest::keyClick(s.tab->view(), Qt::Key_Escape);
        QVERIFY(!s.store.settings().neighbourhood);
        QTRY_VERIFY(s.ready() && s.store.graph()->edges.size() == whole->edges.size());
        // Back where everything was.
        for (std::size_t i = 0; i < places->points.size(); ++i) {
            QCOMPARE(s.store.layout()->points[i].has_value(), places->points[i].has_value());
            if (!places->points[i]) continue;
            for (std::size_t j = 0; j < i; ++j)
                if (places->points[j] && whole->nodes[i].id.layer == whole->nodes[j].id.layer)
                    QCOMPARE(s.store.layout()->points[i]->x < s.store.layout()->points[j]->x, places->points[i]->x < places->points[j]->x);
        }
    }

    void headsTableHasEveryHubMeasure()
    {
        Shown s(m_model);
        QTRY_VERIFY_WITH_TIMEOUT(s.ready(), 20000);
        NodeTable* table = s.tab->nodeTable();
        const QAbstractItemModel* rows = table->model();
        QCOMPARE(rows->rowCount(), int(s.store.graph()->nodes.size()));
        for (int c = NodesModel::EdgesColumn; c < NodesModel::ColumnCount; ++c) {
            table->sortByColumn(c, Qt::DescendingOrder);
            for (int r = 1; r < rows->rowCount(); ++r)
                QVERIFY(rows->index(r - 1, c).data(NodesModel::SortRole).toDouble()
                        >= rows->index(r, c).data(NodesModel::SortRole).toDouble());
        }
        const int node = rows->index(0, 0).data(NodesModel::NodeRole).toInt();
        table->setCurrentIndex(rows->index(1, 0));
        table->setCurrentIndex(rows->index(0, 0));
        QCOMPARE(s.selection.head(), s.store.graph()->nodes[std::size_t(node)].id);
    }

    void writesEveryFormatWhole_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("holds");
        QTest::newRow("graphml") << QStringLiteral("g.graphml") << QByteArray("</graphml>");
        QTest::newRow("dot") << QStringLiteral("g.dot") << QByteArray("digraph");
        QTest::newRow("csv") << QStringLiteral("g.csv") << QByteArray("source,");
        QTest::newRow("json") << QStringLiteral("g.json") << QByteArray("\"edges\"");
    }
    void writesEveryFormatWhole()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, holds);
        Shown s(m_model);
        QTRY_VERIFY_WITH_TIMEOUT(s.ready(), 20000);
        QTemporaryDir folder;
        QSignalSpy message(s.tab.get(), &GraphTab::message), failed(s.tab.get(), &GraphTab::failed);
        s.tab->writeData(folder.filePath(name));
        QTRY_COMPARE(message.size(), 1);
        QVERIFY(message.front().front().toString().contains(name));
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains(holds));
        if (name.endsWith(QLatin1String("json")))
            QCOMPARE(QJsonDocument::fromJson(text).object().value(QLatin1String("edges")).toArray().size(),
                     qsizetype(s.store.graph()->edges.size()));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);  // no temporary file is left
        s.tab->writeData(folder.filePath(QStringLiteral("no such folder/") + name));
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(message.size(), 1);
        QVERIFY(s.tab->dataName().contains(QStringLiteral("graph-pk-top20")));
    }

    void classesAreScoredAndShown()
    {
        Shown s(m_model);
        QTRY_VERIFY_WITH_TIMEOUT(s.ready(), 20000);
        ClassStore* classes = s.store.classes();
        classes->startNew();
        QVERIFY(classes->addClass(QStringLiteral("Hub Heads")));
        const GraphEdge strongest = s.store.graph()->edges.front();
        const HeadId from = s.store.graph()->nodes[std::size_t(strongest.source)].id,
                     into = s.store.graph()->nodes[std::size_t(strongest.target)].id;
        QVERIFY(classes->setMember(0, from, true));
        QVERIFY(classes->setMember(0, into, true));
        QTRY_COMPARE(classes->scores().size(), std::size_t(3));
        // The slow way: one pair in the class, ranked first.
        const auto& score = classes->scores().front().score;
        QCOMPARE(score.positives, std::int64_t(1));
        QCOMPARE(score.averagePrecision, 1.0);
        QCOMPARE(score.hits, 1);
        QCOMPARE(s.tab->classPanel()->scores()->rowCount(), 3);
        QVERIFY(!s.tab->classPanel()->words()->text().isEmpty());
        QCOMPARE(s.tab->scene().letters[std::size_t(strongest.source)], QStringLiteral("HH"));
        QVERIFY(s.tab->table()
                    ->edges()
                    ->index(s.tab->table()->edges()->rowOf(0), EdgesModel::FromColumn)
                    .data()
                    .toString()
                    .endsWith(QStringLiteral(" HH")));
        // Undo takes the head out again, everywhere.
        s.project.undo().undo();
        QCOMPARE(classes->codes(into), QString());
        QCOMPARE(s.tab->scene().letters[std::size_t(strongest.target)], QString());
        s.selection.setHead(into);
        QVERIFY(s.tab->classPanel()->memberButton()->isEnabled());
        s.tab->classPanel()->memberButton()->click();
        QCOMPARE(classes->codes(into), QStringLiteral("HH"));
    }

    void paletteOfThePaperChangesEveryEdge()
    {
        Shown s(m_model);
        QTRY_VERIFY_WITH_TIMEOUT(s.ready(), 20000);
        const auto actions = s.tab->findChildren<QAction*>();
        const auto it =
            std::find_if(actions.begin(), actions.end(), [](QAction* a) { return a->text().contains(QStringLiteral("paper")); });
        QVERIFY(it != actions.end());
        (*it)->trigger();
        QCOMPARE(s.tab->scene().palette, EdgePalette::Paper);
        QCOMPARE(s.tab->table()->edgePalette(), EdgePalette::Paper);
    }
};

QTEST_MAIN(TestGraphTab)
#include "tst_graph_tab.moc"
