// SPDX-License-Identifier: GPL-3.0-or-later
// Documents that comments cite are here, with the sections that they name, and documents that point at each other find each other.
#include <QDir>
#include <QFile>
#include <QIODevice>
#include <QTest>

#include <QDirIterator>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include "tests/support/paths.h"

namespace {

QDir root() { return QDir(hs::test::sourceFile(u"")); }

QString contents(const QString& file)
{
    QFile f(root().filePath(file));
    return f.open(QIODevice::ReadOnly) ? QString::fromUtf8(f.readAll()) : QString();
}

/// Paths relative to the project, in order.
QStringList filesIn(const QStringList& folders, const QStringList& patterns)
{
    QStringList out;
    for (const QString& folder : folders) {
        QDirIterator it(root().filePath(folder), patterns, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) out << root().relativeFilePath(it.next());
    }
    out.sort();
    return out;
}

QStringList codeFolders()
{
    return {QStringLiteral("engine"), QStringLiteral("ui"), QStringLiteral("app"), QStringLiteral("tests"), QStringLiteral("benchmarks")};
}
QStringList sources() { return filesIn(codeFolders(), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}); }
QStringList documents()
{
    return QStringList{QStringLiteral("README.md")}
           + filesIn(codeFolders() + QStringList{QStringLiteral("resources")}, {QStringLiteral("*.md")});
}

/// The comments of a source file; lines of one comment are joined, so that a citation may go over two of them.
QStringList commentsOf(const QString& source)
{
    static const QRegularExpression comment(QStringLiteral("(?:^|[^:])//[/<!]*\\s?(.*)$"));
    QStringList out;
    bool open = false;
    const QStringList lines = contents(source).split(QLatin1Char('\n'));
    for (const QString& line : lines) {
        const auto match = comment.match(line);
        if (match.hasMatch() && open) out.last() += QLatin1Char(' ') + match.captured(1);
        else if (match.hasMatch()) out << match.captured(1);
        open = match.hasMatch();
    }
    return out;
}

/// The document that `name` means in `file`: from the project's folder, else from the file's own. Empty: there is none.
QString resolved(const QString& name, const QString& file)
{
    const QStringList places{name, QFileInfo(file).path() + QLatin1Char('/') + name};
    for (const QString& path : places)
        if (QFileInfo(root().filePath(path)).isFile()) return QDir::cleanPath(path);
    return {};
}

/// Numbers of a document's headings: "## 3. Trust", "### 4.1 Position".
const QSet<QString>& sectionsOf(const QString& document)
{
    static QHash<QString, QSet<QString>> known;
    if (!known.contains(document)) {
        static const QRegularExpression heading(QStringLiteral("^#+ (\\d+(?:\\.\\d+)*)\\.?\\s"), QRegularExpression::MultilineOption);
        QSet<QString>& sections = known[document];
        for (auto it = heading.globalMatch(contents(document)); it.hasNext();) sections.insert(it.next().captured(1));
    }
    return known[document];
}

struct Citation {
    QString name;          ///< as it stands there
    QStringList sections;  ///< "3", "4.1"
};

/// "engine/methods/patterns.md sections 3 and 12", "resources/manual/formats.md section 4.1", or the name alone.
QList<Citation> citationsIn(const QString& text)
{
    static const QRegularExpression cited(QStringLiteral(
        "([\\w./-]*\\w\\.md)\\b"
        "(?:`?,?\\s(?:section\\s(\\d+(?:\\.\\d+)*)|sections\\s(\\d+(?:\\.\\d+)*(?:(?:,\\s|\\sand\\s|\\sto\\s)\\d+(?:\\.\\d+)*)*)))?"));
    static const QRegularExpression number(QStringLiteral("\\d+(?:\\.\\d+)*"));
    QList<Citation> out;
    for (auto it = cited.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        Citation citation{match.captured(1), {}};
        for (auto n = number.globalMatch(match.captured(2) + QLatin1Char(' ') + match.captured(3)); n.hasNext();)
            citation.sections << n.next().captured();
        out << citation;
    }
    return out;
}

/// What is wrong with the citations of a text that stands in `file`.
void check(const QString& text, const QString& file, QStringList& broken, int& sections)
{
    for (const Citation& citation : citationsIn(text)) {
        const QString document = resolved(citation.name, file);
        if (document.isEmpty()) broken << QStringLiteral("%1: %2 is not here").arg(file, citation.name);
        for (const QString& section : citation.sections) {
            ++sections;
            if (!document.isEmpty() && !sectionsOf(document).contains(section))
                broken << QStringLiteral("%1: %2 has no section %3").arg(file, document, section);
        }
    }
}

}  // namespace

class tst_documents : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void citationsAreRead_data();
    void citationsAreRead();
    void commentsCiteWhatIsHere();
    void documentsCiteWhatIsHere();
    void linksLeadSomewhere();
};

void tst_documents::citationsAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("sections");
    const QString one = QStringLiteral("engine/methods/one.md");
    QTest::newRow("one section") << QStringLiteral("(engine/methods/one.md section 3: a.)") << one << QStringList{QStringLiteral("3")};
    QTest::newRow("its numbers end") << QStringLiteral("engine/methods/one.md section 8, 2 of them") << one
                                     << QStringList{QStringLiteral("8")};
    QTest::newRow("several") << QStringLiteral("of engine/methods/one.md sections 0, 7.1 and 12: b") << one
                             << QStringList{QStringLiteral("0"), QStringLiteral("7.1"), QStringLiteral("12")};
    QTest::newRow("the name alone") << QStringLiteral("px of engine/methods/one.md's sizes") << one << QStringList{};
    QTest::newRow("in a document") << QStringLiteral("(`engine/methods/one.md` section 3.2)") << one << QStringList{QStringLiteral("3.2")};
}

void tst_documents::citationsAreRead()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    QFETCH(QStringList, sections);
    const QList<Citation> found = citationsIn(text);
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().name, name);
    QCOMPARE(found.first().sections, sections);
}

void tst_documents::commentsCiteWhatIsHere()
{
    QStringList broken;
    int sections = 0;
    for (const QString& file : sources()) {
        if (file == QLatin1String("tests/engine/rules/tst_documents.cpp")) continue;  // examples of citations
        for (const QString& comment : commentsOf(file)) check(comment, file, broken, sections);
    }
    QVERIFY2(sections > 50, qPrintable(QString::number(sections)));
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
}

void tst_documents::documentsCiteWhatIsHere()
{
    QStringList broken;
    int sections = 0;
    QVERIFY(documents().size() >= 10);
    for (const QString& file : documents()) check(contents(file), file, broken, sections);
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
}

void tst_documents::linksLeadSomewhere()
{
    static const QRegularExpression link(QStringLiteral("\\]\\(([^)#\\s]+)[^)]*\\)")), scheme(QStringLiteral("^[a-z]+:"));
    static const QRegularExpression code(QStringLiteral("```.*?```"), QRegularExpression::DotMatchesEverythingOption);
    QStringList broken;
    int links = 0;
    for (const QString& file : documents())
        for (auto it = link.globalMatch(contents(file).remove(code)); it.hasNext();) {
            const QString target = it.next().captured(1);
            if (scheme.match(target).hasMatch()) continue;
            ++links;
            if (!QFileInfo::exists(root().filePath(QFileInfo(file).path() + QLatin1Char('/') + target)))
                broken << QStringLiteral("%1 links to %2").arg(file, target);
        }
    QVERIFY(links > 0);
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
}

QTEST_APPLESS_MAIN(tst_documents)
#include "tst_documents.moc"
