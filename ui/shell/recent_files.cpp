// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recent_files.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>

namespace hs::ui {

namespace {

constexpr int kMost = 10;
const QString kKey = QStringLiteral("recentFiles");

}  // namespace

QStringList RecentFiles::list() const { return QSettings().value(kKey).toStringList(); }

void RecentFiles::remember(const QString& path) const
{
    if (!m_kept) return;
    QStringList files = list();
    files.removeAll(path);
    files.prepend(path);
    QSettings().setValue(kKey, QStringList(files.mid(0, kMost)));
}

void RecentFiles::fill(QMenu* menu, const std::function<void(const QString&)>& open) const
{
    int number = 0;
    const QStringList files = list();
    for (const QString& path : files) {
        ++number;
        QString shown = path;
        shown.replace(QLatin1Char('&'), QLatin1String("&&"));
        QAction* action =
            menu->addAction(number < 10 ? QStringLiteral("&%1  %2").arg(number).arg(shown) : shown, menu, [open, path] { open(path); });
        action->setEnabled(QFileInfo::exists(path));
    }
    if (files.isEmpty()) {
        menu->addAction(QCoreApplication::translate("hs::ui::RecentFiles", "Nothing opened yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    menu->addAction(QCoreApplication::translate("hs::ui::RecentFiles", "Clear list"), menu, [] { QSettings().remove(kKey); });
}

}  // namespace hs::ui
