// SPDX-License-Identifier: GPL-3.0-or-later
// The safety net: the work of this window in a file of its own after every run and every minute, and back again after a crash or the next start.
#pragma once

#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

#include "ui/state/project_file.h"

class QLockFile;

namespace hs::ui {

class SessionKeeper : public QObject {
    Q_OBJECT
public:
    /// `snapshot`: nothing while there is nothing to keep.
    SessionKeeper(std::function<std::optional<ProjectFile>()> snapshot, QObject* parent);
    ~SessionKeeper() override;
    /// From now on; another window that runs keeps the session for itself.
    void begin();
    void save();
    /// Gives the session to the next window.
    void end();
    /// The last session, when it is ours and its model is still there.
    std::optional<ProjectFile> last() const;
    QDateTime lastTime() const;  ///< when it was kept
    /// The window before this one did not close.
    bool crashed() const { return m_crashed; }

Q_SIGNALS:
    void failed(const hs::Error& error);

private:
    std::function<std::optional<ProjectFile>()> m_snapshot;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    bool m_ours = false, m_crashed = false;
};

}  // namespace hs::ui
