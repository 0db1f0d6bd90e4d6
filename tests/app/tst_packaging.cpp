// SPDX-License-Identifier: GPL-3.0-or-later
// cmake --install puts everything in its place, under one application id.
#include "tests/app/program.h"

#include <QImage>
#include <QStandardPaths>
#include <QXmlStreamReader>

#include "engine/base/version.h"
#include "tests/support/paths.h"

using namespace hs;
using namespace hs::test;

namespace {

QString id() { return QString::fromUtf8(kApplicationId); }

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Text of the first element of that name.
QString element(const QByteArray& xml, const QString& name)
{
    QXmlStreamReader reader(xml);
    while (!reader.atEnd())
        if (reader.readNextStartElement() && reader.name() == name) return reader.readElementText();
    return {};
}

}  // namespace

class TestPackaging : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void filesAreInPlace_data();
    void filesAreInPlace();
    void idsAgree();
    void desktopFileIsValid();
    void metainfoIsValid();
    void iconsAreDrawn();
    void installedProgramRuns();

private:
    QString at(const QString& path) const { return m_prefix.filePath(path); }
    void validate(const QString& tool, const QStringList& arguments);
    QTemporaryDir m_prefix;
};

void TestPackaging::initTestCase()
{
    QVERIFY(m_prefix.isValid());
    const QString cmake = QStandardPaths::findExecutable(QStringLiteral("cmake"));
    QVERIFY(!cmake.isEmpty());
    const Outcome outcome =
        runProgram(cmake, {QStringLiteral("--install"), builtFile(".."), QStringLiteral("--prefix"), m_prefix.path()}, m_prefix.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
}

void TestPackaging::filesAreInPlace_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file :
         {QStringLiteral("bin/headscope"), QStringLiteral("libexec/headscope/headscope-h5probe"),
          QStringLiteral("share/applications/%1.desktop").arg(id()), QStringLiteral("share/metainfo/%1.metainfo.xml").arg(id()),
          QStringLiteral("share/icons/hicolor/scalable/apps/%1.svg").arg(id()),
          QStringLiteral("share/icons/hicolor/128x128/apps/%1.png").arg(id()), QStringLiteral("share/mime/packages/%1.xml").arg(id()),
          QStringLiteral("share/man/man1/headscope.1"), QStringLiteral("share/headscope/sample/headscope-sample.h5"),
          QStringLiteral("share/headscope/sample/prompts.json")})
        QTest::newRow(qPrintable(file)) << file;
}

void TestPackaging::filesAreInPlace()
{
    QFETCH(QString, file);
    QVERIFY(QFileInfo(at(file)).size() > 0);
}

void TestPackaging::idsAgree()
{
    const QByteArray desktop = contents(at(QStringLiteral("share/applications/%1.desktop").arg(id())));
    QVERIFY(desktop.contains("\nIcon=" + id().toUtf8() + '\n'));
    QVERIFY(desktop.contains("\nExec=headscope %f\n"));
    const QByteArray metainfo = contents(at(QStringLiteral("share/metainfo/%1.metainfo.xml").arg(id())));
    QCOMPARE(element(metainfo, QStringLiteral("id")), id());
    QCOMPARE(element(metainfo, QStringLiteral("launchable")), id() + QStringLiteral(".desktop"));
    QVERIFY(metainfo.contains("version=\"" + QByteArray(kVersion) + '"'));
    const QByteArray mime = contents(at(QStringLiteral("share/mime/packages/%1.xml").arg(id())));
    QVERIFY(mime.contains("<icon name=\"" + id().toUtf8() + "\"/>"));
    // Every type the program claims is one of ours or one the system knows.
    for (const char* type : {"application/x-headscope-project", "application/x-safetensors"}) {
        QVERIFY(mime.contains(type));
        QVERIFY(desktop.contains(type));
        QVERIFY(metainfo.contains(type));
    }
}

void TestPackaging::validate(const QString& tool, const QStringList& arguments)
{
    const QString program = QStandardPaths::findExecutable(tool);
    QVERIFY2(!program.isEmpty(), qPrintable(tool + QStringLiteral(" is missing: app/packages.txt names its package under [tests]")));
    const Outcome outcome = runProgram(program, arguments, m_prefix.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.out + outcome.err));
    QVERIFY2(!outcome.out.contains(QStringLiteral("warning")) && !outcome.out.contains(QStringLiteral("error:")), qPrintable(outcome.out));
}

void TestPackaging::desktopFileIsValid()
{
    validate(QStringLiteral("desktop-file-validate"), {at(QStringLiteral("share/applications/%1.desktop").arg(id()))});
}

void TestPackaging::metainfoIsValid()
{
    validate(QStringLiteral("appstreamcli"),
             {QStringLiteral("validate"), QStringLiteral("--no-net"), at(QStringLiteral("share/metainfo/%1.metainfo.xml").arg(id()))});
}

void TestPackaging::iconsAreDrawn()
{
    QImage image;
    QVERIFY(image.load(at(QStringLiteral("share/icons/hicolor/128x128/apps/%1.png").arg(id()))));
    QCOMPARE(image.size(), QSize(128, 128));
    QSet<QRgb> colours;
    for (int y = 0; y < 128; ++y)
        for (int x = 0; x < 128; ++x) colours.insert(image.pixel(x, y));
    QVERIFY(colours.size() > 10);
    QCOMPARE(element(contents(at(QStringLiteral("share/icons/hicolor/scalable/apps/%1.svg").arg(id()))), QStringLiteral("title")),
             QStringLiteral("HeadScope"));
}

void TestPackaging::installedProgramRuns()
{
    // It finds its sample and its helper in the prefix: nothing leads back to the source tree.
    const Outcome outcome =
        runProgram(at(QStringLiteral("bin/headscope")),
                   {QStringLiteral("info"), at(QStringLiteral("share/headscope/sample/headscope-sample.h5"))}, m_prefix.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    const Outcome report =
        runProgram(at(QStringLiteral("bin/headscope")), {QStringLiteral("--report"), QStringLiteral("report")}, m_prefix.path());
    QVERIFY2(report.code == 0, qPrintable(report.err));
    QFile readme(at(QStringLiteral("report/README.txt")));
    QVERIFY(readme.open(QIODevice::ReadOnly));
    QVERIFY(readme.readAll().contains("headscope-sample.h5"));
}

QTEST_GUILESS_MAIN(TestPackaging)
#include "tst_packaging.moc"
