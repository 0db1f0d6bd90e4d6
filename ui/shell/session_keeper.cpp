// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session_keeper.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>

namespace hs::ui {

namespace {

constexpr int kAutosaveMs = 60000;

/// $XDG_STATE_HOME/headscope; QStandardPaths has no state location before Qt 6.7.
QString stateFolder()
{
    if (QStandardPaths::isTestModeEnabled())
        return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/state");
    const QString base = qEnvironmentVariable("XDG_STATE_HOME");
    return (base.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/state") : base) + QStringLiteral("/headscope");
}

QString sessionPath() { return stateFolder() + QStringLiteral("/session.headscope"); }

}  // namespace

SessionKeeper::SessionKeeper(std::function<std::optional<ProjectFile>()> snapshot, QObject* parent)
    : QObject(parent), m_snapshot(std::move(snapshot))
{
    connect(&m_timer, &QTimer::timeout, this, &SessionKeeper::save);
}

SessionKeeper::~SessionKeeper() = default;

void SessionKeeper::begin()
{
    QDir().mkpath(stateFolder());
    const QString path = stateFolder() + QStringLiteral("/running.lock");
    const bool left = QFileInfo::exists(path);
    m_lock = std::make_unique<QLockFile>(path);
    m_lock->setStaleLockTime(0);
    m_ours = m_lock->tryLock(50);
    m_crashed = left && m_ours;  // the lock was there, but nobody held it: the last window did not close
    if (m_ours) m_timer.start(kAutosaveMs);
}

void SessionKeeper::save()
{
    if (!m_ours) return;
    const auto project = m_snapshot();
    if (!project) return;
    if (const Status status = saveProjectFile(sessionPath(), *project); !status) Q_EMIT failed(status.error());
}

void SessionKeeper::end()
{
    if (m_lock) m_lock->unlock();
}

QDateTime SessionKeeper::lastTime() const { return QFileInfo(sessionPath()).lastModified(); }

std::optional<ProjectFile> SessionKeeper::last() const
{
    if (!m_ours || !QFileInfo::exists(sessionPath())) return std::nullopt;
    const Result<ProjectFile> project = loadProjectFile(sessionPath());
    if (!project || project->modelPath.isEmpty() || !QFileInfo::exists(project->modelPath)) return std::nullopt;
    return *project;
}

}  // namespace hs::ui
