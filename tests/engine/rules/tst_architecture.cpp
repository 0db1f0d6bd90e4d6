// SPDX-License-Identifier: GPL-3.0-or-later
// The dependency rule of the project, read off the #include lines: it must hold always, not only where the linker notices.
#include <QtTest>

#include <QDirIterator>
#include <QRegularExpression>

namespace {

struct Include {
    QString file;   ///< path relative to the project
    int line;
    QString target; ///< what stands between the quotes or brackets
};

QStringList sourceFiles(const QString& folder)
{
    QStringList out;
    const QDir root(QStringLiteral(HEADSCOPE_SOURCE_DIR));
    QDirIterator it(root.filePath(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) out << root.relativeFilePath(it.next());
    out.sort();
    return out;
}

QList<Include> includesOf(const QString& folder)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"));
    QList<Include> out;
    const QDir root(QStringLiteral(HEADSCOPE_SOURCE_DIR));
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
    void filesAreSmall();
    void licenceLineComesFirst();
};

void tst_architecture::forbidden_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("mustNotInclude");
    const auto rule = [](const char* name, const char* folder, const char* pattern) {
        QTest::newRow(name) << QString::fromLatin1(folder) << QString::fromLatin1(pattern);
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
    rule("state knows no session", "ui/state", "^engine/session/|^ui/(views|panels|dialogs|charts)/");
    rule("models know no views", "ui/models", "^ui/(views|panels|dialogs|charts)/");
    rule("views know no session", "ui/views", "^engine/(session|io)/|^ui/(bridge|panels|dialogs)/");
    rule("charts know no session", "ui/charts", "^engine/session/|^ui/bridge/");
    rule("theme knows no data", "ui/theme", "^engine/|^ui/(?!theme/)");
    rule("the front end includes no hdf5", "ui", "^H5|^hdf5");
    rule("the program includes no hdf5", "app", "^H5|^hdf5");
    rule("panels leave Qt Charts to charts", "ui/panels", "^QtCharts|^Q[A-Za-z]*(Chart|Series|Axis)");
    rule("views leave Qt Charts to charts", "ui/views", "^QtCharts|^Q[A-Za-z]*(Chart|Series|Axis)");
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

void tst_architecture::filesAreSmall()
{
    constexpr int kMost = 600;
    QStringList large;
    for (const char* folder : {"engine", "ui", "app", "tests", "benchmarks"}) {
        for (const QString& file : sourceFiles(QString::fromLatin1(folder))) {
            QFile f(QDir(QStringLiteral(HEADSCOPE_SOURCE_DIR)).filePath(file));
            QVERIFY(f.open(QIODevice::ReadOnly));
            const auto lines = f.readAll().count('\n');
            if (lines > kMost) large << QStringLiteral("%1 has %2 lines").arg(file).arg(lines);
        }
    }
    QVERIFY2(large.isEmpty(), qPrintable(large.join(QLatin1Char('\n'))));
}

void tst_architecture::licenceLineComesFirst()
{
    QStringList missing;
    for (const char* folder : {"engine", "ui", "app", "tests", "benchmarks"}) {
        const QStringList files = sourceFiles(QString::fromLatin1(folder));
        for (const QString& file : files) {
            QFile f(QDir(QStringLiteral(HEADSCOPE_SOURCE_DIR)).filePath(file));
            QVERIFY(f.open(QIODevice::ReadOnly));
            if (!f.readLine().startsWith("// SPDX-License-Identifier: GPL-3.0-or-later")) missing << file;
        }
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
}

QTEST_APPLESS_MAIN(tst_architecture)
#include "tst_architecture.moc"
