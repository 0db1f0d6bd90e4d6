// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/open_inputs.h"

#include <QFile>

namespace hs::ui {
namespace {

QStringList& inputs()
{
    static QStringList all;
    return all;
}

}  // namespace

QStringList openInputs() { return inputs(); }

void setOpenInputs(const QStringList& paths) { inputs() = paths; }

void addOpenInputs(const std::vector<std::string>& paths)
{
    for (const std::string& path : paths)
        if (const QString name = QFile::decodeName(QByteArray::fromStdString(path)); !name.isEmpty() && !inputs().contains(name))
            inputs() << name;
}

}  // namespace hs::ui
