// SPDX-License-Identifier: GPL-3.0-or-later
// translations/: complete, up to date with the source, placeholders and accelerators kept, loaded by the program.
#include <QAction>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QIODevice>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "tests/support/paths.h"
#include "ui/shell/main_window.h"
#include "ui/state/language.h"

namespace {

struct Message {
    QString context, source, comment;
    QStringList forms;  ///< one, or one for each plural form
    QString type;       ///< "unfinished", "vanished", or empty
    bool plural = false;

    QByteArray where() const { return (context + QStringLiteral(": ") + source).toUtf8(); }
    auto key() const { return std::tuple(context, source, comment); }
};

Message readMessage(QXmlStreamReader& xml, const QString& context)
{
    Message m;
    m.context = context;
    m.plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) m.source = xml.readElementText();
        else if (xml.name() == QLatin1String("comment")) m.comment = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            m.type = xml.attributes().value(QLatin1String("type")).toString();
            if (!m.plural) m.forms << xml.readElementText();
            else
                while (xml.readNextStartElement()) m.forms << xml.readElementText();
        } else xml.skipCurrentElement();
    }
    return m;
}

std::vector<Message> readTs(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    QXmlStreamReader xml(&file);
    std::vector<Message> out;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("name")) context = xml.readElementText();
        else if (xml.name() == QLatin1String("message")) out.push_back(readMessage(xml, context));
    }
    return xml.hasError() ? std::vector<Message>() : out;
}

QString tsPath(const char* language) { return hs::test::sourceFile("translations/headscope_%1.ts").arg(QLatin1String(language)); }

/// "%1", "%2", "%n" of a text, each once; bare "%" is a percent sign.
std::set<QString> placeholders(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("%(?:L?[1-9][0-9]?|n)"));
    std::set<QString> out;
    for (auto it = pattern.globalMatch(text); it.hasNext();) out.insert(it.next().captured());
    return out;
}

/// Accelerators of a text: "&x" but not "&&" or "& ".
int accelerators(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("&(?=[^\\s&])"));
    return int(QString(text).remove(QStringLiteral("&&")).count(pattern));
}

QString edges(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\s*).*?(\\s*)$"), QRegularExpression::DotMatchesEverythingOption);
    const auto match = pattern.match(text);
    return match.captured(1) + QLatin1Char('|') + match.captured(2);
}

void checkMnemonics(const QList<QAction*>& actions, const QString& where, int& seen)
{
    static const QRegularExpression pattern(QStringLiteral("&(?=[^\\s&])"));
    QHash<QChar, QString> used;
    for (const QAction* action : actions) {
        if (const qsizetype at = action->text().indexOf(pattern); at >= 0) {
            const QChar letter = action->text()[at + 1].toUpper();
            QVERIFY2(!used.contains(letter),
                     qPrintable(QStringLiteral("%1: “%2” and “%3”").arg(where, used.value(letter), action->text())));
            used.insert(letter, action->text());
            ++seen;
        }
        if (action->menu()) checkMnemonics(action->menu()->actions(), where + QStringLiteral(" / ") + action->text(), seen);
    }
}

}  // namespace

class TestTranslation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (const char* language : {"de"}) {
            m_messages[language] = readTs(tsPath(language));
            QVERIFY2(!m_messages[language].empty(), qPrintable(tsPath(language)));
        }
        QVERIFY(m_messages["de"].size() > 500);
    }

    void languages_data()
    {
        QTest::addColumn<QByteArray>("language");
        QTest::newRow("de") << QByteArray("de");
    }
    void complete_data() { languages_data(); }
    void complete()
    {
        QFETCH(QByteArray, language);
        for (const Message& m : m_messages[language]) {
            QVERIFY2(m.type.isEmpty(), (m.type.toUtf8() + ": " + m.where()).constData());
            QCOMPARE(m.forms.size(), m.plural ? 2 : 1);
            for (const QString& form : m.forms) QVERIFY2(!form.trimmed().isEmpty() || m.source.trimmed().isEmpty(), m.where().constData());
        }
    }

    void faithful_data() { languages_data(); }
    void faithful()
    {
        QFETCH(QByteArray, language);
        for (const Message& m : m_messages[language]) {
            for (const QString& form : m.forms) {
                QVERIFY2(placeholders(form) == placeholders(m.source), m.where().constData());
                QVERIFY2(accelerators(form) == accelerators(m.source), m.where().constData());
                QVERIFY2(edges(form) == edges(m.source), m.where().constData());
                QVERIFY2(form.endsWith(QChar(0x2026)) == m.source.endsWith(QChar(0x2026)), m.where().constData());
                QVERIFY2(form.count(QLatin1Char('\n')) == m.source.count(QLatin1Char('\n')), m.where().constData());
                QVERIFY2(form.count(QLatin1Char('\t')) == m.source.count(QLatin1Char('\t')), m.where().constData());
            }
        }
    }

    void matchesTheSource_data() { languages_data(); }
    void matchesTheSource()
    {
        QFETCH(QByteArray, language);
        const QString lupdate = QStringLiteral(HEADSCOPE_LUPDATE);
        QVERIFY2(QFileInfo(lupdate).isExecutable(), "lupdate is missing: install qt6-l10n-tools");
        QTemporaryDir folder;
        const QString fresh = folder.filePath(QStringLiteral("fresh_%1.ts").arg(QString::fromLatin1(language)));
        QStringList arguments{QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("-I"),
                              QStringLiteral(".")};
        QVERIFY(QFileInfo(QStringLiteral(HEADSCOPE_CATALOGUE_LINES)).size() > 1000);
        arguments << QStringLiteral("ui") << QStringLiteral("app") << QStringLiteral(HEADSCOPE_CATALOGUE_LINES) << QStringLiteral("-ts")
                  << fresh;
        QProcess process;
        process.setWorkingDirectory(hs::test::sourceFile(""));
        process.start(lupdate, arguments);
        QVERIFY(process.waitForFinished(240000));
        QCOMPARE(process.exitCode(), 0);

        std::set<decltype(Message().key())> inSource, translated;
        for (const Message& m : readTs(fresh)) inSource.insert(m.key());
        for (const Message& m : m_messages[language]) translated.insert(m.key());
        QVERIFY(!inSource.empty());
        const char* cure = " (build the target update_translations)";
        for (const auto& key : inSource)
            QVERIFY2(translated.contains(key),
                     qPrintable(QStringLiteral("not translated: %1: %2%3").arg(std::get<0>(key), std::get<1>(key), QLatin1String(cure))));
        for (const auto& key : translated)
            QVERIFY2(inSource.contains(key),
                     qPrintable(QStringLiteral("no longer used: %1: %2%3").arg(std::get<0>(key), std::get<1>(key), QLatin1String(cure))));
    }

    void embedded() { QVERIFY(QFileInfo::exists(QStringLiteral(":/i18n/headscope_de.qm"))); }

    /// In this order, because an installed language stays: none, English, German.
    void installs()
    {
        const auto run = [] { return QCoreApplication::translate("hs::ui::TopBar", "Run"); };
        QCOMPARE(run(), QStringLiteral("Run"));
        hs::ui::installLanguage(QStringLiteral("en"));
        QCOMPARE(run(), QStringLiteral("Run"));
        hs::ui::installLanguage(QStringLiteral("de"));
        QCOMPARE(run(), QStringLiteral("Ausführen"));
        QCOMPARE(QLocale().toString(6.5), QStringLiteral("6.5"));
    }

    /// Two German words for the loss read like two numbers.
    void oneWordForOneThing()
    {
        static const QRegularExpression english(QStringLiteral("\\bLoss"));
        for (const Message& m : readTs(hs::test::sourceFile(QStringLiteral("translations/headscope_de.ts"))))
            for (const QString& form : m.forms) QVERIFY2(!form.contains(english), m.where().constData());
    }

    /// After installs(): the menus as a German user sees them.
    void mnemonicsAreUnique()
    {
        QTemporaryDir home;
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
        hs::ui::StartOptions options;
        options.restore = false;
        hs::ui::MainWindow window(options);
        int seen = 0;
        const auto* menus = window.findChild<QMenuBar*>();  // stands in a frame of its own, not in menuBar()
        QVERIFY(menus);
        checkMnemonics(menus->actions(), QStringLiteral("menu bar"), seen);
        QVERIFY(seen > 30);
        QCOMPARE(menus->actions().value(0)->text(), QStringLiteral("&Datei"));
    }

private:
    std::map<QByteArray, std::vector<Message>> m_messages;
};

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
