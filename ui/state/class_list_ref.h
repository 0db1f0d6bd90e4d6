// SPDX-License-Identifier: GPL-3.0-or-later
// What a project keeps of the class list beside its head graph.
#pragma once

#include <QJsonObject>
#include <QString>

namespace hs::ui {

struct ClassListRef {
    QString path;        ///< absolute; empty: never written to a file
    QString sha256;      ///< of the list as classListJson() writes it: spaces or the format of the file are no change of the list
    QJsonObject edited;  ///< the list itself where it differs from its file, else empty: the file is read
    bool empty() const { return path.isEmpty() && edited.isEmpty(); }
    bool operator==(const ClassListRef&) const = default;
};

}  // namespace hs::ui
