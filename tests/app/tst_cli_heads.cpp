// SPDX-License-Identifier: GPL-3.0-or-later
// A file that does not say how many heads it has: whatever is computed for each head asks first, and what the user says is written down.
#include "engine/io/h5/file.h"
#include "engine/io/layouts/layout.h"
#include "tests/app/program.h"
#include "tests/support/safetensors_build.h"

namespace hs {
extern const Layout kHfGpt2;
}

using namespace hs;
using namespace hs::test;

class tst_cli_heads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void asksFirst_data();
    void asksFirst();
    void infoStillTells();
    void whatWasSaidIsWritten();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

void tst_cli_heads::initTestCase()
{
    const auto tensors = tensorsAs(kHfGpt2, *randomModel(smallConfig()));
    writeText(path(QStringLiteral("m.safetensors")).toStdString(), safetensorsText(tensors));
    QVERIFY(writeWordVocabulary(path(QStringLiteral("vocabulary.json")), 50));
    writeText(path(QStringLiteral("ids.txt")).toStdString(), "1,2,3,4\n5,6,7,8\n");
    writeText(path(QStringLiteral("text.txt")).toStdString(), "w1 w2 w3 w4 w5\n");
}

void tst_cli_heads::asksFirst_data()
{
    QTest::addColumn<QString>("line");
    const auto row = [](const char* line) { QTest::newRow(line) << QString::fromLatin1(line); };
    row("run m.safetensors --tokens 1,2,3 --out x.h5");
    row("export m.safetensors --tokens 1,2,3 --head L0H0 --out x.csv");
    row("label m.safetensors --out x.json");
    row("similarity m.safetensors --measure pk --pairing OK --out x.csv");
    row("graph m.safetensors --measure pk --pairing OK --out x.json");
    row("importance m.safetensors --tokens-file ids.txt --out x.csv");
    row("prune m.safetensors --calibrate text.txt --test text.txt --score gate --out x.csv");
    row("patch m.safetensors --clean w1 --corrupt w2 --answer w4 --wrong w5 --site z --out x.h5");
    row("convert m.safetensors x.h5");
}

void tst_cli_heads::asksFirst()
{
    QFETCH(QString, line);
    const Outcome outcome = headscope(line.split(QLatin1Char(' ')), m_folder.path());
    QVERIFY2(outcome.code == 3, qPrintable(QString::number(outcome.code) + outcome.err + outcome.out));
    QCOMPARE(outcome.out, QString());
    QVERIFY2(outcome.err.contains(QStringLiteral("n_heads")) && outcome.err.contains(QStringLiteral("--config n_heads=N")),
             qPrintable(outcome.err));
    QVERIFY2(!outcome.err.contains(QStringLiteral("orrect")), qPrintable(outcome.err));
    QCOMPARE(outcome.err.count(QLatin1Char('\n')), 1);
    for (const char* name : {"x.h5", "x.csv", "x.json"}) QVERIFY(!QFile::exists(path(QLatin1String(name))));
}

void tst_cli_heads::infoStillTells()
{
    const Outcome outcome = headscope({QStringLiteral("info"), QStringLiteral("m.safetensors")}, m_folder.path());
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.out.contains(QStringLiteral("a guess")), qPrintable(outcome.out));
    const Outcome said =
        headscope({QStringLiteral("info"), QStringLiteral("m.safetensors"), QStringLiteral("--config"), QStringLiteral("n_heads=4")},
                  m_folder.path());
    QCOMPARE(said.code, 0);
    QVERIFY2(said.out.contains(QStringLiteral("you said")), qPrintable(said.out));
}

void tst_cli_heads::whatWasSaidIsWritten()
{
    const Outcome outcome =
        headscope({QStringLiteral("run"), QStringLiteral("m.safetensors"), QStringLiteral("--config"), QStringLiteral("n_heads=4"),
                   QStringLiteral("--tokens"), QStringLiteral("1,2,3"), QStringLiteral("--out"), QStringLiteral("run.h5")},
                  m_folder.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    const auto file = h5::File::open(path(QStringLiteral("run.h5")).toStdString());
    QVERIFY(file.ok());
    const h5::Attributes& root = (*file)->inventory().attributesOf("");
    const auto said = root.find("said");
    QVERIFY(said != root.end());
    const auto* values = std::get_if<std::vector<std::string>>(&said->second.value);
    QVERIFY(values);
    QCOMPARE(*values, std::vector<std::string>{"n_heads=4"});
}

QTEST_GUILESS_MAIN(tst_cli_heads)
#include "tst_cli_heads.moc"
