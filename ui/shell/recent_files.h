// SPDX-License-Identifier: GPL-3.0-or-later
// Files that were open lately, in the settings.
#pragma once

#include <QString>
#include <QStringList>
#include <functional>

class QMenu;

namespace hs::ui {

class RecentFiles {
public:
    /// `kept`: false in tests, which leave no trace.
    explicit RecentFiles(bool kept) : m_kept(kept) {}
    QStringList list() const;
    void remember(const QString& path) const;
    void fill(QMenu* menu, const std::function<void(const QString&)>& open) const;

private:
    bool m_kept;
};

}  // namespace hs::ui
