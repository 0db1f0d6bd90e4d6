// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/session_controller.h"

#include "ui/state/project.h"

namespace hs::ui {

SessionController::SessionController(const ViewContext& context, QObject* parent)
    : QObject(parent), m_c(context), m_opening(context.bridge, context.project), m_running(context.bridge, context.project),
      m_continuing(context.bridge, context.project), m_measuring(context.bridge, context.project),
      m_previews(context.bridge, context.project, context.selection)
{
    const auto tell = [this](const JobProgress& p) { Q_EMIT progress(p.report, p.secondsLeft); };
    connect(&m_opening, &Opening::reported, this, tell);
    connect(&m_running, &Running::reported, this, tell);
    connect(&m_opening, &Opening::started, this, [this](const QString& path) {
        Q_EMIT openStarted(path);
        Q_EMIT runStateChanged();
    });
    connect(&m_opening, &Opening::arrived, &m_running, &Running::clearError);
    connect(&m_opening, &Opening::asksHeads, this, &SessionController::asksHeads);
    connect(&m_opening, &Opening::asksAdapter, this, &SessionController::asksAdapter);
    connect(&m_opening, &Opening::ended, this, [this](const QString& path, const JobEnded& end) {
        const bool ok = end.state == JobState::Done;
        if (end.state == JobState::Failed && end.error) Q_EMIT failed(errorText(*end.error), *end.error);
        // The run comes first, so that the window fills; hash and comparison follow behind it.
        if (ok) {
            m_running.flush();
            m_opening.learn();
        }
        Q_EMIT openEnded(path, ok);
        Q_EMIT runStateChanged();
    });
    connect(&m_running, &Running::failed, this, [this](const Error& error) { Q_EMIT runFailed(errorText(error), error); });
    connect(&m_running, &Running::finished, this, &SessionController::runFinished);
    connect(&m_running, &Running::stateChanged, this, &SessionController::runStateChanged);
    connect(&m_continuing, &Continuing::failed, this, &SessionController::failed);
    connect(&m_continuing, &Continuing::written, this, &SessionController::adopt);
    connect(&m_continuing, &Continuing::stateChanged, this, &SessionController::runStateChanged);
    connect(&m_measuring, &LossMeasuring::failed, this, [this](const Error& error) { Q_EMIT failed(errorText(error), error); });
    connect(&m_measuring, &LossMeasuring::stateChanged, this, &SessionController::runStateChanged);
    connect(&m_previews, &SwitchPreviews::changed, this, &SessionController::previewChanged);
}

void SessionController::openFile(const QString& path, const OpenOptions& options) { m_opening.open(path, options); }

void SessionController::reopenWith(const std::map<std::string, std::string>& config)
{
    OpenOptions options = m_opening.options();
    for (const auto& [key, value] : config) options.config[key] = value;
    openFile(m_c.project->path(), options);
}

void SessionController::setTextAndRun(const QString& text)
{
    Project& project = *m_c.project;
    if (project.dump()) return;
    if (!project.current()) {
        PromptEntry entry;
        entry.text = text;
        project.setCurrent(project.addPrompt(entry));
    } else {
        project.setPromptText(project.currentIndex(), text);
    }
    run();
}

void SessionController::cancel()
{
    m_opening.cancel();
    m_running.cancel();
    m_continuing.cancel();
    m_measuring.cancel();
}

void SessionController::adopt(const std::vector<int>& ids, const QString& text)
{
    m_c.project->setPromptText(m_c.project->currentIndex(), text, ids);
    run();
}

void SessionController::takeToken(int id, const QString& text)
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry || !entry->run || !entry->run->prompt) return;
    std::vector<int> ids = entry->run->prompt->ids();
    ids.push_back(id);
    adopt(ids, entry->text + text);
}

}  // namespace hs::ui
