// SPDX-License-Identifier: GPL-3.0-or-later
// Class lists, and the graph as text for other programs: what is written is read back.
#include <QSet>
#include <QTest>

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <cmath>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/similarity/graph/class_list.h"
#include "engine/similarity/graph/graph_text.h"
#include "tests/support/head_matrices.h"
#include "tests/support/paths.h"

using namespace hs;
using namespace hs::test;

namespace {

HeadGraph twoTypes(int kv = 0)
{
    EdgeChoice choice;
    choice.top = 7;
    return *makeHeadGraph({randomMatrix("OQ", 4, 4, 21), randomMatrix("OK", 4, 4, 22, kv)}, choice);
}

ClassList resource(const char* name)
{
    std::ifstream file(sourcePath("resources/class_sets/") + name);
    std::stringstream text;
    text << file.rdbuf();
    const auto list = parseClassList(text.str());
    return list ? *list : ClassList();
}

}  // namespace

class tst_graph_text : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void json();
    void graphMl();
    void dotIsReadByGraphviz();
    void dotIsBalanced();
    void csv();
    void orderOfDistances();
    void shippedClassLists();
    void classListsComeBack();
    void badClassLists_data();
    void badClassLists();
    void scoresByHand();
    void scoreAgreesWithTheSlowOne();
};

void tst_graph_text::json()
{
    const HeadGraph graph = twoTypes(2);
    const GraphLayout layout = *layeredLayout(graph, {});
    const auto json = nlohmann::json::parse(graphText(graph, GraphFormat::Json, &layout));
    QCOMPARE(json["edges"].size(), std::size_t(14));
    QCOMPARE(json["nodes"].size(), std::size_t(16));
    QCOMPARE(json["types"].size(), std::size_t(2));
    QCOMPARE(json["types"][1]["shared_key_value_heads"].get<bool>(), true);
    double last = 1e9;
    int shared = 0;
    for (const auto& e : json["edges"]) {
        QVERIFY(e["value"].get<double>() <= last);
        last = e["value"].get<double>();
        const auto source = parseHeadName(e["source"].get<std::string>()), target = parseHeadName(e["target"].get<std::string>());
        QVERIFY(source && target && source->layer < target->layer);
        QVERIFY(e["type"] == "OQ" || e["type"] == "OK");
        QVERIFY(std::abs(e["corrected"].get<double>() - (e["value"].get<double>() - 1) / 3) < 1e-12);
        if (e["type"] == "OK") {
            QCOMPARE(e["target_heads"].size(), std::size_t(2));
            ++shared;
        }
    }
    QCOMPARE(shared, 7);
    for (const char* key : {"head", "in", "out", "in_OQ", "out_OK", "in_strength", "out_strength", "in_strength_all_pairs",
                            "out_strength_all_pairs", "pagerank", "reverse_pagerank", "betweenness"})
        QVERIFY2(json["nodes"][3].contains(key), key);
    QCOMPARE(json["nodes"][5]["pagerank"].get<double>(), graph.nodes[5].pageRank);  // every digit
    int placed = 0;
    for (const auto& n : json["nodes"]) placed += n.contains("x");
    QVERIFY(placed > 0);
}

void tst_graph_text::graphMl()
{
    HeadGraph graph = twoTypes();
    graph.model = "a <model> & \"more\"";
    const std::string text = graphText(graph, GraphFormat::GraphMl);
    QXmlStreamReader xml(QByteArray::fromStdString(text));
    int nodes = 0, edges = 0;
    QSet<QString> keys, ids;
    QString model;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const auto attribute = [&](const char* name) { return xml.attributes().value(QLatin1String(name)).toString(); };
        if (xml.name() == QLatin1String("key")) keys << attribute("id");
        if (xml.name() == QLatin1String("node")) {
            ++nodes;
            ids << attribute("id");
        }
        if (xml.name() == QLatin1String("edge")) {
            ++edges;
            QVERIFY(ids.contains(attribute("source")) && ids.contains(attribute("target")));
        }
        if (xml.name() == QLatin1String("data")) {
            QVERIFY2(keys.contains(attribute("key")), qPrintable(attribute("key")));
            if (attribute("key") == QLatin1String("g_model")) model = xml.readElementText();
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(nodes, 16);
    QCOMPARE(edges, 14);
    QCOMPARE(model, QStringLiteral("a <model> & \"more\""));
}

void tst_graph_text::dotIsReadByGraphviz()
{
    const QString dot = QStandardPaths::findExecutable(QStringLiteral("dot"));
    QVERIFY2(!dot.isEmpty(), "dot is missing: install graphviz");
    QProcess process;
    process.start(dot, {QStringLiteral("-Tsvg")});
    process.write(QByteArray::fromStdString(graphText(twoTypes(), GraphFormat::Dot)));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 0);
    const QByteArray svg = process.readAllStandardOutput();
    QCOMPARE(svg.count("class=\"edge\""), 14);
}

void tst_graph_text::dotIsBalanced()
{
    HeadGraph graph = twoTypes();
    graph.model = "odd \"name\" \\ here";
    const QString text = QString::fromStdString(graphText(graph, GraphFormat::Dot));
    QCOMPARE(text.count(QStringLiteral(" -> ")), 14);
    int depth = 0, lowest = 0;
    bool quoted = false;
    for (int i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted && c == QLatin1Char('\\')) {
            ++i;
            continue;
        }
        if (c == QLatin1Char('"')) quoted = !quoted;
        if (quoted) continue;
        if (c == QLatin1Char('{') || c == QLatin1Char('[')) ++depth;
        if (c == QLatin1Char('}') || c == QLatin1Char(']')) --depth;
        lowest = std::min(lowest, depth);
    }
    QVERIFY(!quoted);
    QCOMPARE(depth, 0);
    QCOMPARE(lowest, 0);
    QVERIFY(text.contains(QStringLiteral("odd \\\"name\\\" \\\\ here")));
}

void tst_graph_text::csv()
{
    const HeadGraph graph = twoTypes(2);
    const QStringList lines = QString::fromStdString(graphText(graph, GraphFormat::Csv)).trimmed().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 15);
    QCOMPARE(lines[0], QStringLiteral("source,target,type,measure,value,corrected,weight,rank,pairs"));
    for (int i = 1; i < lines.size(); ++i) {
        const QStringList row = lines[i].split(QLatin1Char(','));
        QCOMPARE(row.size(), 9);
        QCOMPARE(row[3], QStringLiteral("pk"));
        QVERIFY(row[4].toDouble() > 1);
        QCOMPARE(row[1].contains(QLatin1Char('-')), row[2] == QStringLiteral("OK"));
    }
}

void tst_graph_text::orderOfDistances()
{
    auto m = emptyMatrix("QQ", 1, 3);
    m->measure = HeadMeasure::PatternDistance;
    m->pairing.reset();
    m->values = {0, .9, .7, .9, 0, .4, .7, .4, 0};
    const auto edges = edgesByStrength(*makeHeadGraph({m}, {}));
    QCOMPARE(edges[0].value, .4);
    QCOMPARE(edges[2].value, .9);
    const auto json = nlohmann::json::parse(graphText(*makeHeadGraph({m}, {}), GraphFormat::Json));
    QVERIFY(json["edges"][0]["corrected"].is_null());
    QVERIFY(json["types"][0]["chance_mean"].is_null());
}

void tst_graph_text::shippedClassLists()
{
    const ClassList wang = resource("ioi_wang2022.json"), figure = resource("ioi_arxiv_2601_10266.json");
    QCOMPARE(wang.heads(), 26);
    QCOMPARE(wang.classes.size(), std::size_t(7));
    QCOMPARE(figure.heads(), 29);
    QVERIFY(wang.citation.find("2211.00593") != std::string::npos);
    QVERIFY(figure.citation.find("2601.10266") != std::string::npos);
    QCOMPARE(wang.classes[std::size_t(wang.classOf({4, 11}))].name, std::string("Previous Token"));
    QCOMPARE(wang.classOf({4, 7}), -1);
    QCOMPARE(figure.classes[std::size_t(figure.classOf({4, 7}))].name, std::string("Identity"));
}

void tst_graph_text::classListsComeBack()
{
    const ClassList wang = resource("ioi_wang2022.json");
    for (const std::string& text : {classListJson(wang), classListCsv(wang)}) {
        const auto back = parseClassList(text);
        QVERIFY(back.ok());
        QVERIFY(*back == wang);
    }
    const auto csv =
        parseClassList("\xEF\xBB\xBF# name: mine\r\nClass , head\r\n\"a, \"\"b\"\"\", 5.1\r\n\"a, \"\"b\"\"\",L5H1\r\nc,L0H0\r\n");
    QVERIFY(csv.ok());
    QCOMPARE(csv->name, std::string("mine"));
    QCOMPARE(csv->classes[0].name, std::string("a, \"b\""));
    QCOMPARE(csv->classes[0].heads, (std::vector<HeadId>{{5, 1}}));
    QCOMPARE(csv->heads(), 2);
    QVERIFY(parseClassList("{\"classes\": []}")->classes.empty());
}

void tst_graph_text::badClassLists_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    const int invalid = int(ErrorCode::InvalidArgument), json = int(ErrorCode::JsonInvalid);
    QTest::newRow("nothing") << QByteArray() << invalid;
    QTest::newRow("broken JSON") << QByteArray("{\"classes\": [") << json;
    QTest::newRow("deep JSON") << QByteArray("{\"classes\": ") + QByteArray(100000, '[') << json;
    QTest::newRow("no classes") << QByteArray("{\"name\": \"x\"}") << invalid;
    QTest::newRow("class without heads") << QByteArray("{\"classes\": [{\"name\": \"x\"}]}") << invalid;
    QTest::newRow("no head") << QByteArray("{\"classes\": [{\"name\": \"x\", \"heads\": [\"five\"]}]}") << invalid;
    QTest::newRow("a number as head") << QByteArray("{\"classes\": [{\"name\": \"x\", \"heads\": [7]}]}") << invalid;
    QTest::newRow("CSV without header") << QByteArray("Induction,L5H1\n") << invalid;
    QTest::newRow("CSV with one cell") << QByteArray("class,head\nInduction\n") << invalid;
    QTest::newRow("CSV with no head") << QByteArray("class,head\nInduction,x\n") << invalid;
    QTest::newRow("bytes") << QByteArray("\xff\xfe\x00\x01", 4) << invalid;
}

void tst_graph_text::badClassLists()
{
    QFETCH(QByteArray, text);
    const auto list = parseClassList(text.toStdString());
    QVERIFY(!list.ok());
    QTEST(int(list.error().code), "code");
}

void tst_graph_text::scoresByHand()
{
    // Pairs falling: 0.0>1.0 (5, in class), 0.0>1.1 (4, not), 0.1>1.0 (3, not), 0.1>1.1 (2, in class).
    auto m = emptyMatrix("OQ", 2, 2);
    m->values[m->at(0, 2)] = 5;
    m->values[m->at(0, 3)] = 4;
    m->values[m->at(1, 2)] = 3;
    m->values[m->at(1, 3)] = 2;
    ClassList list;
    list.classes = {{"a", {{0, 0}, {1, 0}}}};
    ClassScore s = scoreClasses(*m, list, 2);
    QCOMPARE(s.pairs, std::int64_t(4));
    QCOMPARE(s.positives, std::int64_t(1));
    QCOMPARE(s.precisionAtK, 0.5);
    QCOMPARE(s.averagePrecision, 1.0);
    QCOMPARE(s.chance, 0.25);
    QCOMPARE(s.headsInClass, 2);
    QCOMPARE(s.headsOutside, 1);
    list.classes = {{"a", {{0, 1}}}, {"b", {{1, 0}, {1, 1}}}};
    s = scoreClasses(*m, list, 99);
    QCOMPARE(s.k, 4);
    QCOMPARE(s.precisionAtK, 0.5);
    QVERIFY(std::abs(s.averagePrecision - 0.5 * (1.0 / 3 + 0.5)) < 1e-12);
    m->values[m->at(0, 3)] = 5;  // a tie is one step: 2 of the first 2 share precision 1/2
    list.classes = {{"a", {{0, 0}, {1, 0}}}};
    QCOMPARE(scoreClasses(*m, list, 2).averagePrecision, 0.5);
    list.classes.clear();
    QVERIFY(std::isnan(scoreClasses(*m, list, 2).averagePrecision));
    QVERIFY(std::isnan(scoreClasses(*emptyMatrix("OQ", 2, 2), list, 2).precisionAtK));
}

void tst_graph_text::scoreAgreesWithTheSlowOne()
{
    const auto m = randomMatrix("OQ", 5, 5, 31);
    ClassList list;
    list.classes = {{"a", {{0, 1}, {1, 2}, {2, 2}, {3, 0}, {4, 4}}}, {"b", {{1, 1}, {2, 4}, {3, 3}}}};
    struct Row {
        double value;
        bool positive;
    };
    std::vector<Row> rows;
    for (std::size_t r = 0; r < 25; ++r)
        for (std::size_t c = 0; c < 25; ++c)
            if (r / 5 < c / 5)
                rows.push_back({m->value(r, c), list.classOf(m->rows.heads[r].id) >= 0 && list.classOf(m->cols.heads[c].id) >= 0});
    double area = 0;
    int positives = 0;
    for (const Row& x : rows) positives += x.positive;
    for (const Row& x : rows) {  // mean over positives of the precision at their own value
        if (!x.positive) continue;
        int above = 0, hits = 0;
        for (const Row& y : rows)
            if (y.value >= x.value) {
                ++above;
                hits += y.positive;
            }
        area += static_cast<double>(hits) / above / positives;
    }
    const ClassScore s = scoreClasses(*m, list);
    QCOMPARE(s.positives, std::int64_t(positives));
    QVERIFY(std::abs(s.averagePrecision - area) < 1e-12);
}

QTEST_APPLESS_MAIN(tst_graph_text)
#include "tst_graph_text.moc"
