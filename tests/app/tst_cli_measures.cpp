// SPDX-License-Identifier: GPL-3.0-or-later
// headscope measures: what it says of each measure is what the engine does.
#include "tests/app/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "engine/similarity/measures.h"
#include "engine/similarity/weights/weight_measures.h"

using namespace hs;
using namespace hs::test;

class TestCliMeasures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyMeasureIsListed();
    void weightsAgreeWithTheEngine();
    void behaviourTakesNoPairing();
    void speaksGerman();
    void takesNoFile();

private:
    Outcome measures(const QStringList& more = {}) const
    {
        return headscope(QStringList{QStringLiteral("measures")} + more, m_folder.path());
    }
    QTemporaryDir m_folder;
    QJsonArray m_between;
};

void TestCliMeasures::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const Outcome o = measures({QStringLiteral("--json")});
    QVERIFY2(o.code == 0 && o.err.isEmpty(), qPrintable(o.err));
    const QJsonObject json = QJsonDocument::fromJson(o.out.toUtf8()).object();
    m_between = json[QLatin1String("measures")].toArray();
}

void TestCliMeasures::everyMeasureIsListed()
{
    QStringList names;
    for (const QJsonValue& row : m_between) {
        const QString name = row[QLatin1String("name")].toString();
        const auto measure = parseMeasure(name.toStdString());
        QVERIFY2(measure.has_value(), qPrintable(name));
        QCOMPARE(row[QLatin1String("reads")].toString() == QStringLiteral("weights"), !needsCorpus(*measure));
        QCOMPARE(row[QLatin1String("distance")].toBool(), isDistance(*measure));
        QVERIFY(!row[QLatin1String("title")].toString().isEmpty());
        names << name;
    }
    // The names that the command line accepts, as it says them itself.
    const Outcome o = headscope({QStringLiteral("similarity"), QStringLiteral("a.h5"), QStringLiteral("--measure"), QStringLiteral("magic"),
                                 QStringLiteral("--out"), QStringLiteral("s.h5")},
                                m_folder.path());
    QCOMPARE(o.code, 2);
    for (const QString& name : names) QVERIFY2(o.err.contains(name), qPrintable(name));
    QCOMPARE(names.size(), o.err.count(QLatin1Char(',')) + 2);  // "a, b or c"
}

void TestCliMeasures::weightsAgreeWithTheEngine()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64));
    int accepted = 0, refused = 0;
    for (const QJsonValue& row : m_between) {
        const auto measure = parseMeasure(row[QLatin1String("name")].toString().toStdString());
        if (needsCorpus(*measure)) continue;
        for (const RolePair pair : allRolePairs()) {
            WeightMeasureRequest request;
            request.measure = *measure;
            request.pairings = {pair};
            const auto made = weightMeasures(*model, request);
            QCOMPARE(made.ok(), row[QLatin1String("pairings")].toArray().contains(QString::fromStdString(rolePairName(pair))));
            ++(made.ok() ? accepted : refused);
            if (!made.ok()) continue;
            const HeadMatrix& matrix = *made->front();
            QCOMPARE(!matrix.corrected.empty(), row[QLatin1String("chance")].toBool());
            QCOMPARE(std::find(matrix.notes.begin(), matrix.notes.end(), HeadMatrixNote::GaugeDependent) != matrix.notes.end(),
                     row[QLatin1String("depends_on_gauge")].toBool());
        }
    }
    QVERIFY(accepted > 0 && refused > 0);
}

void TestCliMeasures::behaviourTakesNoPairing()
{
    int seen = 0;
    for (const QJsonValue& row : m_between) {
        if (row[QLatin1String("reads")].toString() == QStringLiteral("weights")) continue;
        ++seen;
        QCOMPARE(row[QLatin1String("pairings")].toArray(), QJsonArray());
        const Outcome o = headscope({QStringLiteral("similarity"), QStringLiteral("a.h5"), QStringLiteral("--measure"),
                                     row[QLatin1String("name")].toString(), QStringLiteral("--pairing"), QStringLiteral("OQ"),
                                     QStringLiteral("--out"), QStringLiteral("s.h5")},
                                    m_folder.path());
        QCOMPARE(o.code, 2);
        QVERIFY2(o.err.contains(QStringLiteral("takes no --pairing")), qPrintable(o.err));
    }
    QCOMPARE(seen, 2);
}

void TestCliMeasures::speaksGerman()
{
    const Outcome o = measures({QStringLiteral("--language"), QStringLiteral("de")});
    QCOMPARE(o.code, 0);
    QVERIFY2(o.out.startsWith(QStringLiteral("Köpfe gegen Köpfe")), qPrintable(o.out.left(80)));
}

void TestCliMeasures::takesNoFile()
{
    const Outcome file = measures({QStringLiteral("a.h5")});
    QCOMPARE(file.code, 2);
    QVERIFY(file.err.contains(QStringLiteral("one file too many: a.h5")));
}

QTEST_GUILESS_MAIN(TestCliMeasures)
#include "tst_cli_measures.moc"
