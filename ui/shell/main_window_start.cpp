// SPDX-License-Identifier: GPL-3.0-or-later
// How the window begins and ends: what is opened first, the session before, settings and layout.
#include <QCloseEvent>
#include <QFileInfo>
#include <QLocale>
#include <QSettings>
#include <QTimer>
#include <algorithm>

#include "engine/io/analysis_cache.h"
#include "engine/io/probe/probe.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/feature/command_list.h"
#include "ui/shell/dock_area.h"
#include "ui/shell/features.h"
#include "ui/shell/main_window.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/notices.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/project_keeper.h"
#include "ui/shell/session_keeper.h"
#include "ui/shell/window_desk.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"

namespace hs::ui {

void MainWindow::start()
{
    loadSettings();
    restoreLayout();
    m_commands->refresh();
    m_session = new SessionKeeper([this] { return m_c.project->empty() ? std::nullopt : std::optional(snapshot()); }, this);
    // Losing the safety net is worth a line, not a panel over the work.
    connect(m_session, &SessionKeeper::failed, this,
            [this](const Error& error) { m_desk->say(tr("Autosave failed: %1").arg(errorLine(error)), 10000); });
    if (m_options.restore) m_session->begin();
    connect(m_controller, &SessionController::runFinished, m_session, &SessionKeeper::save);
    // Opening starts when the window is up: a picture within the first moments, and no dialog.
    QTimer::singleShot(0, this, &MainWindow::openFirst);
    connect(m_c.project, &Project::modelChanged, this, &MainWindow::modelArrived);
}

void MainWindow::openFirst()
{
    const auto last = m_session->last();
    const bool named = !m_options.projectPath.isEmpty() || !m_options.modelPath.isEmpty();
    if (!m_options.projectPath.isEmpty()) openPath(m_options.projectPath);
    else if (named) openPath(m_options.modelPath, m_options.open);
    else if (last) applyProject(*last, {});
    else if (!m_options.samplePath.isEmpty()) openPath(m_options.samplePath, m_options.open);
    if (m_session->crashed()) warnOfCrash(last, !named);
    else if (last && !named) m_notices->hide();
}

void MainWindow::modelArrived()
{
    // The model is open all the same; but nobody shall wonder why text does not work.
    if (m_c.project->model())
        if (const auto& problem = m_c.project->model()->tokenizerProblem()) m_notices->show(errorText(*problem), *problem, false, false);
    if (m_projects->applyPending()) {
        refreshCentre();
    } else if (m_c.project->model() && m_c.project->model()->canRun()) {
        if (!m_options.head) m_features->introduce();
        m_projects->firstPrompts();
    }
    if (m_options.head && !m_c.project->empty()) {
        m_desk->quietly([this] { m_c.selection->setHead(*m_options.head); });
        m_options.head.reset();
    }
}

namespace {

/// "headscope-sample.h5, “The fox met …”, interventions: 2": what a kept session would bring back.
QString whatIsKept(const ProjectFile& kept)
{
    QStringList parts{QFileInfo(kept.modelPath).fileName()};
    if (kept.current >= 0 && kept.current < int(kept.prompts.size())) {
        const QString text = kept.prompts[std::size_t(kept.current)].text.simplified();
        if (!text.isEmpty()) parts << QStringLiteral("“%1”").arg(text.size() <= 60 ? text : text.left(58).trimmed() + QStringLiteral(" …"));
    }
    if (const int more = int(kept.prompts.size()); more > 1) parts << MainWindow::tr("prompts: %1").arg(more);
    if (const int changed = int(kept.interventions.size()); changed > 0) parts << MainWindow::tr("interventions: %1").arg(changed);
    if (const int notes = int(kept.notes.size()); notes > 0) parts << MainWindow::tr("notes: %1").arg(notes);
    return parts.join(QStringLiteral(", "));
}

}  // namespace

/// `open`: what was kept is in this window again; else it is offered.
void MainWindow::warnOfCrash(const std::optional<ProjectFile>& kept, bool open)
{
    StateContent content;
    content.title = tr("HeadScope did not close properly last time");
    const QString when = QLocale().toString(m_session->lastTime(), QLocale::ShortFormat);
    if (!kept) {
        content.sentence = tr("Nothing of it was kept that could be opened again.");
        content.buttons << StateButton{QStringLiteral("dismiss"), tr("Close"), true, {}};
    } else if (open) {
        content.sentence = tr("What was kept of it (%1) is open again: %2. What came later is lost.").arg(when, whatIsKept(*kept));
        content.buttons << StateButton{QStringLiteral("clean"), tr("Start clean"), false, {}}
                        << StateButton{QStringLiteral("dismiss"), tr("Keep it"), true, {}};
    } else {
        m_offered = kept;
        content.sentence = tr("What was kept of it (%1): %2.").arg(when, whatIsKept(*kept));
        content.buttons << StateButton{QStringLiteral("dismiss"), tr("Not now"), false, {}}
                        << StateButton{QStringLiteral("restoreLast"), tr("Open it"), true, {}};
    }
    m_notices->show(content);
}

void MainWindow::loadSettings()
{
    const QSettings settings;
    m_c.bridge->session().setCacheBudget(std::size_t(std::max(64, settings.value(QLatin1String(preference::kMemory), 512).toInt())) << 20);
    if (m_options.restore && settings.contains(QLatin1String(preference::kProbeLimit)))
        setProbeLimit(settings.value(QLatin1String(preference::kProbeLimit)).toInt());
    keepAnalysesBeside(m_options.restore && settings.value(QLatin1String(preference::kResultsBeside), false).toBool());
    m_c.settings->setLayersUp(!(m_options.restore && settings.value(QLatin1String(preference::kLayersDown), false).toBool()));
    m_c.settings->setWheelScrolls(m_options.restore && settings.value(QLatin1String(preference::kWheelScrolls), false).toBool());
}

ThemeMode MainWindow::savedTheme() const
{
    if (!m_options.restore) return Theme::instance().mode();
    return static_cast<ThemeMode>(std::clamp(QSettings().value(QLatin1String(preference::kTheme), int(ThemeMode::System)).toInt(), 0, 2));
}

void MainWindow::restoreLayout()
{
    if (!m_options.restore) return;
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
    m_docks->restore(settings.value(QStringLiteral("layout")).toByteArray());
    m_features->restoreSettings(settings);
}

void MainWindow::saveSettings()
{
    if (!m_options.restore) return;
    QSettings settings;
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("layout"), m_docks->save());
    m_features->saveSettings(settings);
    if (!m_options.theme) settings.setValue(QLatin1String(preference::kTheme), int(Theme::instance().mode()));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_session->save();
    saveSettings();
    m_controller->cancel();
    m_c.bridge->cancelAll();
    m_session->end();
    event->accept();
}

}  // namespace hs::ui
