// SPDX-License-Identifier: GPL-3.0-or-later
// headscope similarity as a user meets it.
#include "tests/app/program.h"

#include <cmath>

#include "engine/similarity/weights/weight_measures.h"

using namespace hs;
using namespace hs::test;

class TestCliSimilarity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void wrongUsage_data();
    void wrongUsage();
    void writesCsv();
    void writesNpy();
    void writesH5();
    void ownIds();
    void attentionDumpHasNoWeights();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
    QString m_file;
    std::shared_ptr<const Model> m_model;
};

void TestCliSimilarity::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_file = path(QStringLiteral("tiny.h5"));
    ModelConfig config = smallConfig(3, 4, 32, 50, 64);
    config.nKvHeads = 2;
    m_model = randomModel(config);
    QVERIFY(writeNativeModel(m_file.toStdString(), *m_model).ok());
}

/// Behaviour on ids: the model has no tokeniser, and none is needed.
void TestCliSimilarity::ownIds()
{
    QFile prompts(path(QStringLiteral("prompts.txt")));
    QVERIFY(prompts.open(QIODevice::WriteOnly));
    prompts.write("1,2,3,4,5,1,2,3\n\n7,8,9,7,8,9\n");
    prompts.close();
    const QStringList rest{QStringLiteral("--measure"), QStringLiteral("js"), QStringLiteral("--tokens-file"),
                           QStringLiteral("prompts.txt"), QStringLiteral("--out")};
    const Outcome matrix =
        headscope(QStringList{QStringLiteral("similarity"), m_file} + rest + QStringList{QStringLiteral("js.csv")}, m_folder.path());
    QVERIFY2(matrix.code == 0, qPrintable(matrix.err));
    QVERIFY2(matrix.out.startsWith(QStringLiteral("js.csv: 12 × 12 heads")), qPrintable(matrix.out));
    const Outcome graph =
        headscope(QStringList{QStringLiteral("graph"), m_file} + rest + QStringList{QStringLiteral("js.json")}, m_folder.path());
    QVERIFY2(graph.code == 0, qPrintable(graph.err));
    const Outcome labels = headscope({QStringLiteral("label"), m_file, QStringLiteral("--tokens-file"), QStringLiteral("prompts.txt"),
                                      QStringLiteral("--no-synthetic"), QStringLiteral("--no-causes"), QStringLiteral("--no-cache"),
                                      QStringLiteral("--out"), QStringLiteral("labels.json")},
                                     m_folder.path());
    QVERIFY2(labels.code == 0, qPrintable(labels.err));
    QVERIFY2(labels.out.contains(QStringLiteral("text: prompts.txt, passages: 2")), qPrintable(labels.out));
    const Outcome words =
        headscope({QStringLiteral("similarity"), m_file, QStringLiteral("--measure"), QStringLiteral("js"), QStringLiteral("--corpus"),
                   QStringLiteral("prompts.txt"), QStringLiteral("--out"), QStringLiteral("w.csv")},
                  m_folder.path());
    QVERIFY(words.code != 0);
    QVERIFY2(words.err.contains(QStringLiteral("tokeniser")), qPrintable(words.err));
    const Outcome outside =
        headscope(QStringList{QStringLiteral("similarity"), m_file} + rest + QStringList{QStringLiteral("prompts.txt")}, m_folder.path());
    QCOMPARE(outside.code, 2);  // the output is an input
}

void TestCliSimilarity::wrongUsage_data()
{
    QTest::addColumn<QString>("options");
    QTest::newRow("no measure") << "--pairing OQ --out s.h5";
    QTest::newRow("unknown measure") << "--measure cosine --pairing OQ --out s.h5";
    QTest::newRow("no pairing") << "--measure pk --out s.h5";
    QTest::newRow("unknown pairing") << "--measure pk --pairing OX --out s.h5";
    QTest::newRow("two pairings") << "--measure pk --pairing OQ,OK --out s.h5";
    QTest::newRow("behaviour with a pairing") << "--measure js --pairing OQ --corpus . --out s.h5";
    QTest::newRow("behaviour without a corpus") << "--measure js --out s.h5";
    QTest::newRow("no output") << "--measure pk --pairing OQ";
    QTest::newRow("unknown ending") << "--measure pk --pairing OQ --out s.txt";
    QTest::newRow("unknown weights") << "--measure pk --pairing OQ --weights centred --out s.h5";
}

void TestCliSimilarity::wrongUsage()
{
    QFETCH(QString, options);
    const Outcome o = headscope(QStringList{QStringLiteral("similarity"), m_file} + options.split(QLatin1Char(' ')), m_folder.path());
    QVERIFY2(o.code == 2, qPrintable(o.err));
    QVERIFY(o.out.isEmpty() && !o.err.isEmpty());
}

void TestCliSimilarity::writesCsv()
{
    const Outcome o = headscope({QStringLiteral("similarity"), m_file, QStringLiteral("--measure"), QStringLiteral("pk"),
                                 QStringLiteral("--pairing"), QStringLiteral("OK"), QStringLiteral("--out"), QStringLiteral("ok.csv")},
                                m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    QVERIFY2(o.out.startsWith(QStringLiteral("ok.csv: 12 × 6 heads, 24 pairs")), qPrintable(o.out));
    QFile file(path(QStringLiteral("ok.csv")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 13);
    const QList<QByteArray> head = lines[0].trimmed().split(',');
    QCOMPARE(head.size(), 7);
    QCOMPARE(head[4], QByteArray("L1KV1"));
    const auto expected =
        weightMeasures(*m_model, {HeadMeasure::ProjectionKernel, {{HeadRole::O, HeadRole::K}}, WeightProcessing::Raw, Precision::Auto});
    QVERIFY(expected.ok());
    const HeadMatrix& m = *expected->front();
    for (int row = 0; row < 12; ++row) {
        const QList<QByteArray> fields = lines[row + 1].trimmed().split(',');
        QCOMPARE(fields[0].toStdString(), m.rows.heads[std::size_t(row)].label);
        for (int col = 0; col < 6; ++col) {
            const double value = m.value(std::size_t(row), std::size_t(col));
            if (std::isnan(value)) QCOMPARE(fields[col + 1], QByteArray("nan"));
            else QVERIFY(std::abs(fields[col + 1].toDouble() - value) < 1e-12);
        }
    }
}

void TestCliSimilarity::writesNpy()
{
    const Outcome o =
        headscope({QStringLiteral("similarity"), m_file, QStringLiteral("--measure"), QStringLiteral("cs"), QStringLiteral("--pairing"),
                   QStringLiteral("ov"), QStringLiteral("--quiet"), QStringLiteral("--out"), QStringLiteral("ov.npy")},
                  m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    QVERIFY(o.out.isEmpty());
    QFile file(path(QStringLiteral("ov.npy")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("\x93NUMPY"));
    QVERIFY(bytes.contains("'descr': '<f8', 'fortran_order': False, 'shape': (12, 12)"));
    QCOMPARE((bytes.size() - 12 * 12 * 8) % 64, 0);
}

void TestCliSimilarity::writesH5()
{
    const Outcome o = headscope({QStringLiteral("similarity"), m_file, QStringLiteral("--measure"), QStringLiteral("pk"),
                                 QStringLiteral("--pairing"), QStringLiteral("VV"), QStringLiteral("--weights"),
                                 QStringLiteral("folded-centred"), QStringLiteral("--out"), QStringLiteral("vv.h5")},
                                m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    QFile file(path(QStringLiteral("vv.h5")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    for (const char* name : {"S", "corrected", "measure", "pairing", "weights", "source_labels", "target_ranks", "folded-centred", "L2KV1"})
        QVERIFY2(bytes.contains(name), name);
}

void TestCliSimilarity::attentionDumpHasNoWeights()
{
    const Outcome run = headscope({QStringLiteral("run"), m_file, QStringLiteral("--tokens"), QStringLiteral("1,2,3"),
                                   QStringLiteral("--out"), QStringLiteral("run.h5")},
                                  m_folder.path());
    QVERIFY2(run.code == 0, qPrintable(run.err));
    const Outcome o =
        headscope({QStringLiteral("similarity"), path(QStringLiteral("run.h5")), QStringLiteral("--measure"), QStringLiteral("pk"),
                   QStringLiteral("--pairing"), QStringLiteral("OQ"), QStringLiteral("--out"), QStringLiteral("x.h5")},
                  m_folder.path());
    QCOMPARE(o.code, 1);
    QVERIFY(!o.err.isEmpty() && !QFile::exists(path(QStringLiteral("x.h5"))));
}

QTEST_GUILESS_MAIN(TestCliSimilarity)
#include "tst_cli_similarity.moc"
