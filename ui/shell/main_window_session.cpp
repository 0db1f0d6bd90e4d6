// SPDX-License-Identifier: GPL-3.0-or-later
// Start, project files, autosave and restore, recent files, settings and layout, drag and drop.
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>

#include "ui/atlas/atlas_panel.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/graph/class_store.h"
#include "ui/graph/graph_store.h"
#include "ui/labels/label_store.h"
#include "ui/prune/prune_bench.h"
#include "ui/shell/main_window.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/selection_history.h"
#include "ui/shell/status_line.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kLayoutVersion = 1;
constexpr int kRecent = 10;
constexpr int kAutosaveMs = 60000;

/// $XDG_STATE_HOME/headscope; QStandardPaths has no state location before Qt 6.7.
QString stateFolder()
{
    if (QStandardPaths::isTestModeEnabled()) return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/state");
    const QString base = qEnvironmentVariable("XDG_STATE_HOME");
    return (base.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/state") : base) + QStringLiteral("/headscope");
}

QString sessionPath() { return stateFolder() + QStringLiteral("/session.headscope"); }

struct Example { QString title, text; };

/// prompts.json of the sample: a list of {title, text}, bare or under "prompts".
std::vector<Example> examplesIn(const QString& path)
{
    std::vector<Example> out;
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) return out;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(1 << 20));
    const QJsonArray list = document.isArray() ? document.array() : document.object().value(QStringLiteral("prompts")).toArray();
    for (const QJsonValue v : list) {
        const QString text = v.toObject().value(QStringLiteral("text")).toString();
        if (!text.isEmpty()) out.push_back({v.toObject().value(QStringLiteral("title")).toString(), text});
    }
    return out;
}

}  // namespace

void MainWindow::start()
{
    loadSettings();
    restoreLayout();
    refreshActions();
    if (m_options.restore) {
        QDir().mkpath(stateFolder());
        const QString lockPath = stateFolder() + QStringLiteral("/running.lock");
        const bool left = QFileInfo::exists(lockPath);
        m_lock = std::make_unique<QLockFile>(lockPath);
        m_lock->setStaleLockTime(0);
        m_ownsSession = m_lock->tryLock(50);
        m_crashed = left && m_ownsSession;   // the lock was there, but nobody held it: the last window did not close
        if (m_ownsSession) {
            connect(&m_autosave, &QTimer::timeout, this, &MainWindow::autosave);
            m_autosave.start(kAutosaveMs);
        }
    }
    // Opening starts when the window is up: a picture within the first moments, and no dialog.
    QTimer::singleShot(0, this, [this] {
        if (!m_options.projectPath.isEmpty()) return openPath(m_options.projectPath);
        if (!m_options.modelPath.isEmpty()) return openPath(m_options.modelPath, m_options.open);
        if (m_ownsSession && restoreSession()) return;
        if (!m_options.samplePath.isEmpty()) openPath(m_options.samplePath, m_options.open);
    });
    connect(m_c.project, &Project::modelChanged, this, [this] {
        if (m_pending) {
            const ProjectFile project = *std::exchange(m_pending, std::nullopt);
            applyProject(project, m_projectPath);
        } else if (m_c.project->model() && m_c.project->model()->canRun()) {
            m_pickHead = !m_options.head;
            firstPrompts();
        }
        if (m_options.head && !m_c.project->empty()) {
            m_history->setRecording(false);
            m_c.selection->setHead(*m_options.head);
            m_history->setRecording(!m_pruning);
            m_options.head.reset();
        }
    });
}

void MainWindow::firstPrompts()
{
    Project& project = *m_c.project;
    // An asked-for text comes first; examples only where text can become tokens.
    int first = -1;
    if (!m_options.promptText.isEmpty()) {
        PromptEntry entry;
        entry.text = std::exchange(m_options.promptText, QString());
        first = project.addPrompt(entry);
    }
    if (project.model()->tokenizer() && int(project.prompts().size()) <= (first >= 0 ? 1 : 0)) {
        std::vector<Example> examples = examplesIn(m_options.samplePromptsPath);
        if (examples.empty() && first < 0) examples.push_back({{}, QStringLiteral("Once upon a time, there was a little girl named Lily. She loved to play with her red ball in the park.")});
        for (const Example& example : examples) {
            PromptEntry entry;
            entry.title = example.title;
            entry.text = example.text;
            project.addPrompt(entry);
        }
    }
    if (project.currentIndex() < 0 && !project.prompts().empty()) project.setCurrent(std::max(0, first));
    else if (first >= 0) project.setCurrent(first);
}

void MainWindow::openPath(const QString& path, const OpenOptions& options)
{
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().compare(QLatin1String("headscope"), Qt::CaseInsensitive) == 0) {
        const Result<ProjectFile> project = loadProjectFile(path);
        if (!project) return showError(errorText(project.error()), project.error());
        return applyProject(*project, path);
    }
    if (openFigure(path)) return;
    m_pending.reset();
    m_projectPath.clear();
    m_controller->openFile(QFileInfo(path).absoluteFilePath(), options);
}

ProjectFile MainWindow::snapshot() const
{
    ProjectFile p;
    const Project& project = *m_c.project;
    p.modelPath = project.path();
    p.modelHash = project.modelHash();
    p.config = m_controller->openOptions().config;
    if (project.model())
        for (const PromptEntry& entry : project.prompts()) p.prompts.push_back({entry.title, entry.text, entry.ids});
    p.current = project.model() ? project.currentIndex() : -1;
    p.head = m_c.selection->head();
    p.pinned = m_c.selection->pinned();
    if (m_c.selection->locked()) {
        p.query = m_c.selection->query();
        p.key = m_c.selection->key();
    }
    p.interventions = project.interventions();
    if (project.model()) p.prune = m_bench->settings();
    p.notes = m_c.labels->notes();
    p.classes = m_c.graph->classes()->reference();
    p.look = m_c.settings->look();
    p.tab = std::max(0, m_tabs->currentIndex());
    p.layout = saveState(kLayoutVersion);
    return p;
}

void MainWindow::applyProject(const ProjectFile& p, const QString& path)
{
    Project& project = *m_c.project;
    // Figures know a model by its hash as well: the same file somewhere else serves.
    const bool open = !project.empty() && (project.path() == p.modelPath || (!p.modelHash.isEmpty() && p.modelHash == project.modelHash())) && m_controller->openOptions().config == p.config;
    m_projectPath = path;
    if (!open) {
        m_pending = p;
        OpenOptions options;
        options.config = p.config;
        m_controller->openFile(p.modelPath, options);
        return;
    }
    m_pickHead = false;
    m_history->setRecording(false);
    if (project.model()) {
        int current = -1;
        for (std::size_t i = 0; i < p.prompts.size(); ++i) {
            PromptEntry entry;
            entry.title = p.prompts[i].title;
            entry.text = p.prompts[i].text;
            entry.ids = p.prompts[i].ids;
            int index = -1;
            for (int k = 0; k < int(project.prompts().size()); ++k)
                if (project.prompts()[std::size_t(k)].text == entry.text && project.prompts()[std::size_t(k)].ids == entry.ids) index = k;
            if (index < 0) index = project.addPrompt(entry);
            if (int(i) == p.current) current = index;
        }
        // Switches of heads that this model does not have are left out.
        Interventions list;
        const ModelConfig& config = project.model()->config();
        for (const Intervention& i : p.interventions)
            if (i.head.layer >= 0 && i.head.layer < config.nLayers && i.head.head < config.heads(i.head.layer) && (i.head.head >= 0 || i.kind == InterventionKind::Replace)) list.push_back(i);
        // Older projects were made when heads that are off always wrote zero.
        PruneSettings prune = p.prune.value_or(m_bench->settings());
        if (!p.prune) prune.ablation = AblationKind::Zero;
        m_bench->setSettings(prune);
        project.setInterventions(list);
        m_c.labels->setNotes(p.notes);
        if (current >= 0) project.setCurrent(current);
        if (project.currentIndex() < 0 && project.model()->canRun()) firstPrompts();
    }
    if (p.classes) m_c.graph->classes()->restore(*p.classes);
    m_c.settings->setLook(p.look);
    m_c.selection->setHead(p.head);
    m_c.selection->setPinned(p.pinned);
    if (p.query >= 0) m_c.selection->lock(p.query, p.key);
    if (p.tab < m_tabs->count()) m_tabs->setCurrentIndex(p.tab);
    if (!p.layout.isEmpty()) {
        restoreState(p.layout, kLayoutVersion);
        m_dockMode = -1;   // saved at another width, perhaps
        setDockMode();
    }
    m_history->setRecording(!m_pruning);
    m_history->clear();
    refreshCentre();
}

bool MainWindow::saveProject(bool askPath)
{
    if (m_c.project->empty()) return false;
    if (askPath || m_projectPath.isEmpty()) {
        auto* dialog = new QFileDialog(this, tr("Save project"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setNameFilter(tr("HeadScope project (*.headscope)"));
        dialog->setDefaultSuffix(QStringLiteral("headscope"));
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
            m_projectPath = path;
            saveProject(false);
        });
        dialog->open();
        return false;
    }
    const Status status = saveProjectFile(m_projectPath, snapshot());
    if (!status) {
        showError(errorText(status.error()), status.error());
        return false;
    }
    m_c.project->undo().setClean();
    m_status->setMessage(tr("Saved %1").arg(QFileInfo(m_projectPath).fileName()), 5000);
    return true;
}

void MainWindow::autosave()
{
    if (!m_ownsSession || m_c.project->empty()) return;
    const Status status = saveProjectFile(sessionPath(), snapshot());
    // Losing the safety net is worth a line, not a panel over the work.
    if (!status) m_status->setMessage(tr("Autosave failed: %1").arg(errorLine(status.error())), 10000);
}

bool MainWindow::restoreSession()
{
    if (!QFileInfo::exists(sessionPath())) return false;
    const Result<ProjectFile> project = loadProjectFile(sessionPath());
    if (!project || project->modelPath.isEmpty() || !QFileInfo::exists(project->modelPath)) return false;
    if (m_crashed) {
        StateContent content;
        content.title = tr("HeadScope did not close properly last time");
        content.sentence = tr("Your work of the last minute or so was restored.");
        content.buttons << StateButton{QStringLiteral("clean"), tr("Start clean"), false, {}} << StateButton{QStringLiteral("dismiss"), tr("Keep it"), true, {}};
        m_error->setContent(content);
    }
    const bool crashed = m_crashed;
    applyProject(*project, {});
    m_error->setVisible(crashed);
    return true;
}

QStringList MainWindow::recentFiles() const { return QSettings().value(QStringLiteral("recentFiles")).toStringList(); }

void MainWindow::remember(const QString& path)
{
    if (!m_options.restore) return;
    QStringList list = recentFiles();
    list.removeAll(path);
    list.prepend(path);
    QSettings().setValue(QStringLiteral("recentFiles"), QStringList(list.mid(0, kRecent)));
}

void MainWindow::fillRecent(QMenu* menu)
{
    menu->clear();
    int number = 0;
    const QStringList list = recentFiles();
    for (const QString& path : list) {
        ++number;
        QString shown = path;
        shown.replace(QLatin1Char('&'), QLatin1String("&&"));
        QAction* action = menu->addAction(number < 10 ? QStringLiteral("&%1  %2").arg(number).arg(shown) : shown, this, [this, path] { openPath(path); });
        action->setEnabled(QFileInfo::exists(path));
    }
    if (list.isEmpty()) menu->addAction(tr("Nothing opened yet"))->setEnabled(false);
    else {
        menu->addSeparator();
        menu->addAction(tr("Clear list"), this, [] { QSettings().remove(QStringLiteral("recentFiles")); });
    }
}

void MainWindow::loadSettings()
{
    const QSettings settings;
    m_c.bridge->session().setCacheBudget(std::size_t(std::max(64, settings.value(QLatin1String(preference::kMemory), 512).toInt())) << 20);
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
    restoreState(settings.value(QStringLiteral("layout")).toByteArray(), kLayoutVersion);
    m_atlas->setScoreKey(settings.value(QStringLiteral("atlasScore"), m_atlas->scoreKey()).toString(), settings.value(QStringLiteral("atlasSorted"), false).toBool());
}

void MainWindow::saveSettings()
{
    if (!m_options.restore) return;
    QSettings settings;
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("layout"), saveState(kLayoutVersion));
    settings.setValue(QStringLiteral("atlasScore"), m_atlas->scoreKey());
    settings.setValue(QStringLiteral("atlasSorted"), m_atlas->sorted());
    if (!m_options.theme) settings.setValue(QLatin1String(preference::kTheme), int(Theme::instance().mode()));
}

void MainWindow::resetLayout()
{
    restoreState(m_factoryLayout, kLayoutVersion);
    m_dockMode = -1;
    setDockMode();
    resizeDocks({m_atlasDock, m_cardDock}, {measure::kLeftDock, measure::kRightDock}, Qt::Horizontal);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    autosave();
    saveSettings();
    m_controller->cancel();
    m_c.bridge->cancelAll();
    if (m_lock) m_lock->unlock();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.isEmpty()) return;
    event->acceptProposedAction();
    openPath(urls.first().toLocalFile());
}

}  // namespace hs::ui
