// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace hs::ui {
namespace {

void install(const QLocale& locale, const QString& name, const QString& folder)
{
    auto* translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(locale, name, QStringLiteral("_"), folder)) QCoreApplication::installTranslator(translator);
    else delete translator;
}

}  // namespace

void installLanguage(const QString& code)
{
    QLocale::setDefault(QLocale::c());  // spin boxes write 6.5 as the axes do, whatever the language
    const QString own = QStringLiteral("headscope"), ownFolder = QStringLiteral(":/i18n");
    // Only the first choice of a system that knows several: English needs no translation, so a later one must not win.
    const QLocale locale(code.isEmpty() ? QLocale::system().uiLanguages().value(0) : code);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C) return;
    install(locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(locale, own, ownFolder);
}

}  // namespace hs::ui
