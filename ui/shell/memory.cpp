// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/memory.h"

#include <unistd.h>
#include <QByteArray>
#include <QFile>
#include <QList>

namespace hs::ui {

double residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    const QList<QByteArray> parts = file.readAll().split(' ');
    return parts.size() > 1 ? parts[1].toDouble() * double(sysconf(_SC_PAGESIZE)) : 0;
}

double physicalBytes() { return double(sysconf(_SC_PHYS_PAGES)) * double(sysconf(_SC_PAGESIZE)); }

}  // namespace hs::ui
