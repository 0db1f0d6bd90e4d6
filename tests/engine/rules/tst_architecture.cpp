// SPDX-License-Identifier: GPL-3.0-or-later
// The dependency rule of the project, read off the #include lines: it must hold always, not only where the linker notices.
#include <QDir>
#include <QFile>
#include <QIODevice>
#include <QTest>

#include <QDirIterator>
#include <QRegularExpression>

#include <map>

#include "tests/support/paths.h"

namespace {

struct Include {
    QString file;  ///< path relative to the project
    int line;
    QString target;  ///< what stands between the quotes or brackets
};

QStringList sourceFiles(const QString& folder)
{
    QStringList out;
    const QDir root(hs::test::sourceFile(""));
    QDirIterator it(root.filePath(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) out << root.relativeFilePath(it.next());
    out.sort();
    return out;
}

QList<Include> includesOf(const QString& folder)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"));
    QList<Include> out;
    const QDir root(hs::test::sourceFile(""));
    for (const QString& file : sourceFiles(folder)) {
        QFile f(root.filePath(file));
        if (!f.open(QIODevice::ReadOnly)) continue;
        int line = 0;
        while (!f.atEnd()) {
            ++line;
            const auto match = pattern.match(QString::fromUtf8(f.readLine()));
            if (match.hasMatch()) out.append({file, line, match.captured(1)});
        }
    }
    return out;
}

}  // namespace

class tst_architecture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forbidden_data();
    void forbidden();
    void everyRoomHasItsRule();
    void qtChartsStaysInItsWidgets();
    void visibilityHasOneOwner();
    void theWindowKnowsNoFeature();
    void onlyTheProgramKnowsTheWindow();
    void filesAreSavedThroughOneDialog();
    void filesAreSmall();
    void functionsAreShort();
    void headersNameWhatIsPrecompiled();
    void licenceLineComesFirst();
};

void tst_architecture::forbidden_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("mustNotInclude");
    const auto rule = [](const char* name, const char* folder, const char* pattern) {
        QTest::newRow(name) << QString::fromLatin1(folder) << QString::fromLatin1(pattern);
    };
    // A room of ui includes itself and the rooms named, none other of ui.
    const auto room = [&](const char* name, const char* below) {
        const QString allowed =
            QLatin1Char('(') + QLatin1String(name) + (*below ? QLatin1Char('|') + QLatin1String(below) : QString()) + QLatin1Char(')');
        QTest::newRow(qPrintable(QStringLiteral("ui/%1 looks down only").arg(QLatin1String(name))))
            << QStringLiteral("ui/") + QLatin1String(name) << QStringLiteral("^(ui/(?!%1/)|app/)").arg(allowed);
    };
    rule("the engine knows no Qt", "engine", "^Q[A-Z]|^Qt");
    rule("the engine knows no window", "engine", "^(ui|app)/");
    rule("base knows nothing of ours", "engine/base", "^engine/(?!base/)");
    rule("tensor knows no models", "engine/tensor", "^engine/(?!base/|tensor/)");
    rule("text knows no models", "engine/text", "^engine/(?!base/|text/)");
    rule("model knows no files", "engine/model", "^engine/(?!base/|tensor/|text/|model/)");
    rule("forward knows no files and no labels", "engine/forward", "^engine/(io|session|analysis|similarity)/");
    rule("io knows no analysis", "engine/io", "^engine/(analysis|similarity|session)/");
    rule("analysis knows no jobs", "engine/analysis", "^engine/session/");
    rule("similarity knows no jobs", "engine/similarity", "^engine/session/");
    // The rooms of ui, low to high: theme, kit, state, bridge, map, export, feature (what the window asks of those above), labels, similarity,
    // graph, atlas, then the six features that do not know each other, then shell. A file may include what stands below it.
    room("theme", "");
    room("kit", "theme");
    room("state", "theme");
    room("bridge", "state|theme");
    room("map", "theme|kit|state|bridge");
    room("export", "theme|kit|state|bridge|map");
    room("feature", "theme|kit|state|bridge|map|export");
    room("labels", "theme|kit|state|bridge|map|export|feature");
    room("similarity", "theme|kit|state|bridge|map|export|feature|labels");
    room("graph", "theme|kit|state|bridge|map|export|feature|labels|similarity");
    room("atlas", "theme|kit|state|bridge|map|export|feature|labels|similarity|graph");
    for (const char* feature : {"text", "compare", "cause"}) room(feature, "theme|kit|state|bridge|map|export|feature");
    for (const char* feature : {"head", "grid", "prune"})
        room(feature, "theme|kit|state|bridge|map|export|feature|labels|similarity|graph|atlas");
    rule("theme knows no data", "ui/theme", "^engine/");
    rule("kit knows no session", "ui/kit", "^engine/session/");
    rule("state knows no session", "ui/state", "^engine/session/");
    rule("the engine's door is in bridge", "ui/map", "^engine/session/engine_session");
    rule("the front end includes no hdf5", "ui", "^H5|^hdf5");
    rule("the program includes no hdf5", "app", "^H5|^hdf5");
}

void tst_architecture::forbidden()
{
    QFETCH(QString, folder);
    QFETCH(QString, mustNotInclude);
    const QRegularExpression pattern(mustNotInclude);
    QVERIFY(pattern.isValid());
    QStringList broken;
    for (const Include& include : includesOf(folder))
        if (pattern.match(include.target).hasMatch())
            broken << QStringLiteral("%1:%2 includes %3").arg(include.file).arg(include.line).arg(include.target);
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
}

void tst_architecture::everyRoomHasItsRule()
{
    const QStringList known{"theme", "kit",   "state", "bridge", "map",  "export",  "feature", "labels", "similarity",
                            "graph", "atlas", "head",  "grid",   "text", "compare", "cause",   "prune",  "shell"};
    const QStringList rooms = QDir(hs::test::sourceFile("ui")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& room : rooms)
        QVERIFY2(known.contains(room), qPrintable(QStringLiteral("ui/%1 has no row in forbidden()").arg(room)));
}

void tst_architecture::qtChartsStaysInItsWidgets()
{
    static const QRegularExpression charts(QStringLiteral("^(QtCharts|Q[A-Za-z]*(Chart|Series|Axis))"));
    const QStringList widgets{"ui/kit/mini_chart.cpp",          "ui/kit/mini_chart.h",
                              "ui/labels/score_scatter.cpp",    "ui/labels/score_scatter.h",
                              "ui/prune/prune_curve_chart.cpp", "ui/prune/prune_curve_chart.h"};
    QStringList broken;
    for (const char* folder : {"ui", "app"})
        for (const Include& include : includesOf(QString::fromLatin1(folder)))
            if (charts.match(include.target).hasMatch() && !widgets.contains(include.file)) broken << include.file;
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
}

// Which keys a query sees is asked of Visibility (engine/model/visibility.h): nobody works it out from the mask again.
void tst_architecture::visibilityHasOneOwner()
{
    static const QRegularExpression pattern(QStringLiteral("\\bMaskKind::|\\bcausal\\s*\\?|\\bCausal\\s*\\?"));
    // The class itself, the configuration's text form, and dumps, whose files say or show it.
    const QStringList owners{"engine/model/visibility.h", "engine/model/config.h", "engine/model/config.cpp",
                             "engine/io/dump/dump_sample.cpp"};
    QStringList broken;
    for (const char* folder : {"engine", "ui", "app"})
        for (const QString& file : sourceFiles(QString::fromLatin1(folder))) {
            if (owners.contains(file)) continue;
            QFile f(hs::test::sourceFile(file));
            QVERIFY(f.open(QIODevice::ReadOnly));
            for (int line = 1; !f.atEnd(); ++line)
                if (pattern.match(QString::fromUtf8(f.readLine())).hasMatch()) broken << QStringLiteral("%1:%2").arg(file).arg(line);
        }
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
    for (const QString& owner : owners) QVERIFY2(QFile::exists(hs::test::sourceFile(owner)), qPrintable(owner));
}

/// Features register in ui/shell/features.cpp; the window itself stays small and names none of them.
void tst_architecture::theWindowKnowsNoFeature()
{
    static const QRegularExpression names(QStringLiteral("atlas|heads?_?(card|tab)|grid|compar|cause|prun|bench|label|corpus|graph|similar|"
                                                         "interventionp|intervention_|jobspanel|jobsmodel|texttab|text_tab"),
                                          QRegularExpression::CaseInsensitiveOption);
    int lines = 0, files = 0;
    QStringList broken;
    for (const QString& file : sourceFiles(QStringLiteral("ui/shell"))) {
        if (!file.startsWith(QLatin1String("ui/shell/main_window"))) continue;
        ++files;
        QFile f(hs::test::sourceFile(file));
        QVERIFY(f.open(QIODevice::ReadOnly));
        for (int line = 1; !f.atEnd(); ++line, ++lines)
            if (const auto match = names.match(QString::fromUtf8(f.readLine())); match.hasMatch())
                broken << QStringLiteral("%1:%2 says %3").arg(file).arg(line).arg(match.captured());
    }
    QVERIFY(files >= 2);
    QVERIFY2(lines < 700, qPrintable(QStringLiteral("%1 lines").arg(lines)));
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
}

void tst_architecture::onlyTheProgramKnowsTheWindow()
{
    QStringList broken;
    for (const Include& include : includesOf(QStringLiteral("ui")))
        if (include.target.startsWith(QLatin1String("ui/shell/")) && !include.file.startsWith(QLatin1String("ui/shell/")))
            broken << include.file;
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
}

/// SaveDialog refuses to write over what is read; a dialog of its own would forget.
void tst_architecture::filesAreSavedThroughOneDialog()
{
    static const QRegularExpression saves(QStringLiteral("AcceptSave|getSaveFileName|QSaveFile"));
    const QDir root(hs::test::sourceFile(""));
    for (const QString& file : sourceFiles(QStringLiteral("ui"))) {
        QFile f(root.filePath(file));
        QVERIFY(f.open(QIODevice::ReadOnly));
        if (file != QLatin1String("ui/kit/save_dialog.cpp"))
            QVERIFY2(!saves.match(QString::fromUtf8(f.readAll())).hasMatch(), qPrintable(file + QStringLiteral(": use SaveDialog")));
    }
}

void tst_architecture::filesAreSmall()
{
    constexpr int kMost = 500;
    QStringList large;
    for (const char* folder : {"engine", "ui", "app", "tests", "benchmarks"}) {
        for (const QString& file : sourceFiles(QString::fromLatin1(folder))) {
            QFile f(QDir(hs::test::sourceFile("")).filePath(file));
            QVERIFY(f.open(QIODevice::ReadOnly));
            const auto lines = f.readAll().count('\n');
            if (lines > kMost) large << QStringLiteral("%1 has %2 lines").arg(file).arg(lines);
        }
    }
    QVERIFY2(large.isEmpty(), qPrintable(large.join(QLatin1Char('\n'))));
}

// The house format opens every function on a line of its own, so the first line that closes at the same depth ends it.
void tst_architecture::functionsAreShort()
{
    constexpr int kMost = 100;
    QStringList longOnes;
    int seen = 0;
    for (const char* folder : {"engine", "ui", "app", "tests", "benchmarks"}) {
        for (const QString& file : sourceFiles(QString::fromLatin1(folder))) {
            QFile f(QDir(hs::test::sourceFile("")).filePath(file));
            QVERIFY(f.open(QIODevice::ReadOnly));
            const QStringList lines = QString::fromUtf8(f.readAll()).split(QLatin1Char('\n'));
            for (qsizetype first = 0; first < lines.size(); ++first) {
                if (lines[first].trimmed() != QLatin1String("{")) continue;
                const QString end = lines[first].chopped(1) + QLatin1Char('}');
                qsizetype last = first + 1;
                while (last < lines.size() && !lines[last].startsWith(end)) ++last;
                ++seen;
                if (last - first + 1 > kMost)
                    longOnes << QStringLiteral("%1:%2 has %3 lines").arg(file).arg(first + 1).arg(last - first + 1);
            }
        }
    }
    QVERIFY(seen > 5000);
    QVERIFY2(longOnes.isEmpty(), qPrintable(longOnes.join(QLatin1Char('\n'))));
}

// Headers compile alone (tests/headers), but the precompiled ones would hide that a header forgot one of these.
void tst_architecture::headersNameWhatIsPrecompiled()
{
    static const std::map<QString, QRegularExpression> uses{
        {QStringLiteral("vector"), QRegularExpression(QStringLiteral("std::vector\\b"))},
        {QStringLiteral("string"), QRegularExpression(QStringLiteral("std::(to_)?string\\b"))},
        {QStringLiteral("optional"), QRegularExpression(QStringLiteral("std::(optional|nullopt)\\b"))},
        {QStringLiteral("map"), QRegularExpression(QStringLiteral("std::map\\b"))},
        {QStringLiteral("memory"), QRegularExpression(QStringLiteral("std::(shared_ptr|unique_ptr|weak_ptr|make_shared|make_unique)\\b"))},
        {QStringLiteral("algorithm"),
         QRegularExpression(QStringLiteral("std::(sort|max|min|clamp|find|find_if|any_of|all_of|copy|fill)\\("))},
        {QStringLiteral("cmath"), QRegularExpression(QStringLiteral("std::(sqrt|exp|log|isfinite|isnan|pow|floor|ceil)\\("))}};
    std::map<QString, QStringList> direct;
    for (const Include& include : includesOf(QStringLiteral("engine"))) direct[include.file] << include.target;
    QStringList missing;
    for (const QString& file : sourceFiles(QStringLiteral("engine"))) {
        if (!file.endsWith(QLatin1String(".h"))) continue;
        QStringList seen = direct[file];  // grows to all that the header brings in
        for (qsizetype i = 0; i < seen.size(); ++i)
            for (const QString& next : direct[seen[i]])
                if (!seen.contains(next)) seen << next;
        QFile f(QDir(hs::test::sourceFile("")).filePath(file));
        QVERIFY(f.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(f.readAll()).remove(QRegularExpression(QStringLiteral("//[^\n]*")));
        for (const auto& [header, pattern] : uses)
            if (pattern.match(text).hasMatch() && !seen.contains(header)) missing << QStringLiteral("%1 needs <%2>").arg(file, header);
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

void tst_architecture::licenceLineComesFirst()
{
    QStringList missing;
    for (const char* folder : {"engine", "ui", "app", "tests", "benchmarks"}) {
        const QStringList files = sourceFiles(QString::fromLatin1(folder));
        for (const QString& file : files) {
            QFile f(QDir(hs::test::sourceFile("")).filePath(file));
            QVERIFY(f.open(QIODevice::ReadOnly));
            if (!f.readLine().startsWith("// SPDX-License-Identifier: GPL-3.0-or-later")) missing << file;
        }
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

QTEST_APPLESS_MAIN(tst_architecture)
#include "tst_architecture.moc"
