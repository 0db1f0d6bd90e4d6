// SPDX-License-Identifier: GPL-3.0-or-later
// headscope graph, and the behaviour measures of headscope similarity, as a user meets them.
#include <QIODevice>
#include <QJsonValue>
#include <QRgb>
#include <QTest>

#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/app/program.h"
#include "tests/support/paths.h"
#include "tests/support/shared_data.h"

using namespace hs::test;

namespace {

const QString kSample = sampleFile();

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject jsonOf(const QString& path) { return QJsonDocument::fromJson(contents(path)).object(); }

}  // namespace

class tst_cli_graph : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void json();
    void otherFormats();
    void usage_data();
    void usage();
    void behaviour();
    void graphOfAPartialFile();
    void publishedGraphOfGpt2();

private:
    QTemporaryDir m_folder;
};

void tst_cli_graph::json()
{
    const QString out = m_folder.filePath(QStringLiteral("g.json"));
    const Outcome r =
        headscope({QStringLiteral("graph"), kSample, QStringLiteral("--measure"), QStringLiteral("pk"), QStringLiteral("--pairing"),
                   QStringLiteral("OQ,OK,OV"), QStringLiteral("--top"), QStringLiteral("5"), QStringLiteral("--out"), out},
                  m_folder.path());
    QVERIFY2(r.code == 0, r.err.toUtf8().constData());
    const QJsonObject graph = jsonOf(out);
    const QJsonArray edges = graph[QLatin1String("edges")].toArray();
    QCOMPARE(edges.size(), 15);
    double last = 1e9;
    for (const QJsonValue& e : edges) {
        QVERIFY(e[QLatin1String("value")].toDouble() <= last);
        last = e[QLatin1String("value")].toDouble();
        for (const char* key : {"source", "target", "type", "value", "corrected"}) QVERIFY2(!e[QLatin1String(key)].isUndefined(), key);
    }
    const QJsonObject node = graph[QLatin1String("nodes")].toArray()[0].toObject();
    for (const char* key : {"head", "in", "out", "in_strength", "out_strength", "pagerank", "reverse_pagerank", "betweenness"})
        QVERIFY2(node.contains(QLatin1String(key)), key);
}

void tst_cli_graph::otherFormats()
{
    for (const char* suffix : {"graphml", "dot", "csv", "svg", "pdf", "png"}) {
        const QString out = m_folder.filePath(QStringLiteral("g.") + QLatin1String(suffix));
        const Outcome r = headscope({QStringLiteral("graph"), kSample, QStringLiteral("--measure"), QStringLiteral("pk"),
                                     QStringLiteral("--pairing"), QStringLiteral("OQ"), QStringLiteral("--top"), QStringLiteral("6"),
                                     QStringLiteral("--quiet"), QStringLiteral("--out"), out},
                                    m_folder.path());
        QVERIFY2(r.code == 0, r.err.toUtf8().constData());
        QVERIFY(r.out.isEmpty());
        const QByteArray bytes = contents(out);
        QVERIFY2(bytes.size() > 200, suffix);
        if (qstrcmp(suffix, "graphml") == 0) QCOMPARE(bytes.count("<edge "), 6);
        if (qstrcmp(suffix, "dot") == 0) QCOMPARE(bytes.count(" -> "), 6);
        if (qstrcmp(suffix, "csv") == 0) QCOMPARE(bytes.count('\n'), 7);
        if (qstrcmp(suffix, "svg") == 0) QVERIFY(bytes.contains("<svg"));
        if (qstrcmp(suffix, "pdf") == 0) QVERIFY(bytes.startsWith("%PDF"));
        if (qstrcmp(suffix, "png") == 0) {
            const QImage image(out);
            QVERIFY(!image.isNull());
            const QRgb paper = image.pixel(0, 0);
            int drawn = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) drawn += image.pixel(x, y) != paper;
            QVERIFY(drawn > 1000);
        }
    }
}

void tst_cli_graph::usage_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("no measure") << QStringList{QStringLiteral("--pairing"), QStringLiteral("OQ"), QStringLiteral("--out"),
                                               QStringLiteral("g.json")};
    QTest::newRow("no pairing") << QStringList{QStringLiteral("--measure"), QStringLiteral("pk"), QStringLiteral("--out"),
                                               QStringLiteral("g.json")};
    QTest::newRow("no corpus") << QStringList{QStringLiteral("--measure"), QStringLiteral("js"), QStringLiteral("--out"),
                                              QStringLiteral("g.json")};
    QTest::newRow("no out") << QStringList{QStringLiteral("--measure"), QStringLiteral("pk"), QStringLiteral("--pairing"),
                                           QStringLiteral("OQ")};
    QTest::newRow("odd ending") << QStringList{QStringLiteral("--measure"), QStringLiteral("pk"),    QStringLiteral("--pairing"),
                                               QStringLiteral("OQ"),        QStringLiteral("--out"), QStringLiteral("g.txt")};
    QTest::newRow("top below 0") << QStringList{QStringLiteral("--measure"), QStringLiteral("pk"),    QStringLiteral("--pairing"),
                                                QStringLiteral("OQ"),        QStringLiteral("--top"), QStringLiteral("-3"),
                                                QStringLiteral("--out"),     QStringLiteral("g.json")};
}

void tst_cli_graph::usage()
{
    QFETCH(QStringList, words);
    const Outcome r = headscope(QStringList{QStringLiteral("graph"), kSample} + words, m_folder.path());
    QCOMPARE(r.code, 2);
    QVERIFY(!r.err.isEmpty());
}

void tst_cli_graph::behaviour()
{
    const QString corpus = m_folder.filePath(QStringLiteral("corpus.txt"));
    QFile file(corpus);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "# a list\nOnce upon a time there was a little girl.\nThe cat sat on the mat and looked at the moon.\nTom and Mary went to the "
        "park to play with the ball.\n");
    file.close();
    for (const char* measure : {"js", "output-cka"}) {
        const QString out = m_folder.filePath(QStringLiteral("s.csv"));
        const Outcome r = headscope({QStringLiteral("similarity"), kSample, QStringLiteral("--measure"), QLatin1String(measure),
                                     QStringLiteral("--corpus"), corpus, QStringLiteral("--out"), out},
                                    m_folder.path());
        QVERIFY2(r.code == 0, r.err.toUtf8().constData());
        QVERIFY(contents(out).count('\n') > 3);
        const Outcome g = headscope({QStringLiteral("graph"), kSample, QStringLiteral("--measure"), QLatin1String(measure),
                                     QStringLiteral("--corpus"), corpus, QStringLiteral("--top"), QStringLiteral("4"),
                                     QStringLiteral("--out"), m_folder.filePath(QStringLiteral("b.json"))},
                                    m_folder.path());
        QVERIFY2(g.code == 0, g.err.toUtf8().constData());
        QCOMPARE(jsonOf(m_folder.filePath(QStringLiteral("b.json")))[QLatin1String("edges")].toArray().size(), 4);
    }
}

/// Attention weights alone are enough: the strongest pair, and the degrees that kernels computed elsewhere give.
void tst_cli_graph::graphOfAPartialFile()
{
    const QString out = m_folder.filePath(QStringLiteral("partial.json"));
    const Outcome r = headscope({QStringLiteral("graph"), fixture("models/partial-gpt2"), QStringLiteral("--measure"), QStringLiteral("pk"),
                                 QStringLiteral("--pairing"), QStringLiteral("OQ,OK,OV"), QStringLiteral("--top"), QStringLiteral("20"),
                                 QStringLiteral("--out"), out},
                                m_folder.path());
    QVERIFY2(r.code == 0, r.err.toUtf8().constData());
    const QJsonObject graph = jsonOf(out);
    const QJsonObject first = graph[QLatin1String("edges")].toArray()[0].toObject();
    QCOMPARE(first[QLatin1String("source")].toString(), QStringLiteral("L0H1"));
    QCOMPARE(first[QLatin1String("target")].toString(), QStringLiteral("L2H1"));
    QCOMPARE(first[QLatin1String("type")].toString(), QStringLiteral("OK"));
    QVERIFY(qAbs(first[QLatin1String("value")].toDouble() - 7.6691) < 0.001);
    QCOMPARE(graph[QLatin1String("edges")].toArray().size(), 60);
    for (const QJsonValue& t : graph[QLatin1String("types")].toArray()) QCOMPARE(t[QLatin1String("pairs")].toInt(), 384);
    int connected = 0, seen = 0;
    for (const QJsonValue& n : graph[QLatin1String("nodes")].toArray()) {
        const auto number = [&](const char* key) { return n[QLatin1String(key)].toInt(); };
        connected += number("in") + number("out") > 0;
        if (n[QLatin1String("head")].toString() != QLatin1String("L3H6")) continue;
        ++seen;
        QCOMPARE(number("in_OQ"), 4);
        QCOMPARE(number("in_OK"), 1);
        QCOMPARE(number("in_OV"), 4);
        QCOMPARE(number("out"), 0);
    }
    QCOMPARE(seen, 1);
    QCOMPARE(connected, 32);
}

void tst_cli_graph::publishedGraphOfGpt2()
{
    const QString model = sharedData("models/gpt2-small-attention");
    HS_NEED_SHARED(model);
    const QString out = m_folder.filePath(QStringLiteral("gpt2.json"));
    const Outcome r =
        headscope({QStringLiteral("graph"), model, QStringLiteral("--measure"), QStringLiteral("pk"), QStringLiteral("--pairing"),
                   QStringLiteral("OQ,OK,OV"), QStringLiteral("--top"), QStringLiteral("20"), QStringLiteral("--classes"),
                   sourceFile("resources/class_sets/ioi_arxiv_2601_10266.json"), QStringLiteral("--out"), out},
                  m_folder.path());
    QVERIFY2(r.code == 0, r.err.toUtf8().constData());
    qInfo("%s", r.out.toUtf8().constData());
    const QJsonObject graph = jsonOf(out);
    const QJsonObject first = graph[QLatin1String("edges")].toArray()[0].toObject();
    QCOMPARE(first[QLatin1String("source")].toString(), QStringLiteral("L4H11"));
    QCOMPARE(first[QLatin1String("target")].toString(), QStringLiteral("L5H1"));
    QCOMPARE(first[QLatin1String("type")].toString(), QStringLiteral("OK"));
    QVERIFY(qAbs(first[QLatin1String("value")].toDouble() - 39.33) < 0.01);
    for (const QJsonValue& t : graph[QLatin1String("types")].toArray()) QCOMPARE(t[QLatin1String("pairs")].toInt(), 9504);
    // Hubs: L4H7 has 19 edges (queries 0 in 4 out, keys 0 in 8 out, values 5 in 2 out), L4H11 has 12; 52 heads, 24 of them in a class.
    int connected = 0;
    for (const QJsonValue& n : graph[QLatin1String("nodes")].toArray()) {
        const auto number = [&](const char* key) { return n[QLatin1String(key)].toInt(); };
        connected += number("in") + number("out") > 0;
        if (n[QLatin1String("head")].toString() == QLatin1String("L4H7")) {
            QCOMPARE(number("in") + number("out"), 19);
            QCOMPARE(number("in_OQ"), 0);
            QCOMPARE(number("out_OQ"), 4);
            QCOMPARE(number("in_OK"), 0);
            QCOMPARE(number("out_OK"), 8);
            QCOMPARE(number("in_OV"), 5);
            QCOMPARE(number("out_OV"), 2);
        }
        if (n[QLatin1String("head")].toString() == QLatin1String("L4H11")) QCOMPARE(number("in") + number("out"), 12);
    }
    QCOMPARE(connected, 52);
}

QTEST_GUILESS_MAIN(tst_cli_graph)
#include "tst_cli_graph.moc"
