// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/project_keeper.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMainWindow>
#include <utility>

#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/feature/centre_tab.h"
#include "ui/feature/command_list.h"
#include "ui/kit/save_dialog.h"
#include "ui/shell/centre.h"
#include "ui/shell/dock_area.h"
#include "ui/shell/features.h"
#include "ui/shell/first_prompts.h"
#include "ui/shell/selection_history.h"
#include "ui/shell/window_desk.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"

namespace hs::ui {

ProjectKeeper::ProjectKeeper(const ViewContext& context, const Parts& parts, CommandList& commands)
    : QObject(parts.window), m_c(context), m(parts)
{
    connect(m_c.project, &Project::promptsChanged, this, [this] { dropTitlesOfOtherTexts(*m_c.project, m.examples); });
    const auto open = [this] { return !m_c.project->empty(); };
    commands.add({QStringLiteral("project.save"),
                  tr("&Save project"),
                  QStringLiteral("file"),
                  200,
                  [this] { save(false); },
                  {QKeySequence::Save},
                  open});
    commands.add({QStringLiteral("project.saveAs"),
                  tr("Save project &as …"),
                  QStringLiteral("file"),
                  210,
                  [this] { save(true); },
                  {QKeySequence(QStringLiteral("Ctrl+Shift+S"))},
                  open});
}

ProjectFile ProjectKeeper::snapshot() const
{
    ProjectFile p;
    const Project& project = *m_c.project;
    p.modelPath = project.path();
    p.modelHash = project.modelHash();
    p.config = m.controller->openOptions().config;
    p.adapter = m.controller->openOptions().adapter;
    p.tokenList = m.controller->openOptions().tokensFile;
    if (project.model())
        for (const PromptEntry& entry : project.prompts()) p.prompts.push_back({entry.title, entry.text, entry.ids, entry.spellSpecial});
    p.current = project.model() ? project.currentIndex() : -1;
    p.head = m_c.selection->head();
    p.pinned = m_c.selection->pinned();
    if (m_c.selection->locked()) {
        p.query = m_c.selection->query();
        p.key = m_c.selection->key();
    }
    p.interventions = project.interventions();
    m.features->save(p);
    p.look = m_c.settings->look();
    if (const CentreTab* current = m.centre->current()) p.view = current->id();
    for (const CentreTab* tab : m.centre->tabs()) {
        QJsonObject state;
        tab->save(state);
        if (!state.isEmpty()) p.views[tab->id()] = state;
    }
    p.layout = m.docks->save();
    return p;
}

void ProjectKeeper::apply(const ProjectFile& p, const QString& path)
{
    Project& project = *m_c.project;
    // Figures know a model by its hash as well: the same file somewhere else serves.
    const bool same = project.path() == p.modelPath || (!p.modelHash.isEmpty() && p.modelHash == project.modelHash());
    m_path = path;
    const OpenOptions& now = m.controller->openOptions();
    if (project.empty() || !same || now.config != p.config || now.adapter != p.adapter || now.tokensFile != p.tokenList) {
        m_pending = p;
        OpenOptions options;
        options.config = p.config;
        options.adapter = p.adapter;
        options.tokensFile = p.tokenList;
        m.controller->openFile(p.modelPath, options);
        return;
    }
    m.desk->quietly([&] {
        m.features->restore(p);
        if (project.model()) {
            const int current = restorePrompts(p);
            project.setInterventions(interventionsOf(p));
            if (current >= 0) project.setCurrent(current);
            if (project.currentIndex() < 0 && project.model()->canRun()) firstPrompts();
        }
        m_c.settings->setLook(p.look);
        m_c.selection->setHead(p.head);
        m_c.selection->setPinned(p.pinned);
        if (p.query >= 0) m_c.selection->lock(p.query, p.key);
        for (CentreTab* tab : m.centre->tabs())
            if (const QJsonValue state = p.views.value(tab->id()); state.isObject()) tab->restore(state.toObject());
        m.centre->showView(p.view);
        if (!p.layout.isEmpty()) m.docks->restore(p.layout);
    });
    m.history->clear();
}

/// Prompts of the project that are not there yet are added. Returns the index of the one that was current; -1: none.
int ProjectKeeper::restorePrompts(const ProjectFile& p)
{
    Project& project = *m_c.project;
    int current = -1;
    for (std::size_t i = 0; i < p.prompts.size(); ++i) {
        PromptEntry entry;
        entry.title = p.prompts[i].title;
        entry.text = p.prompts[i].text;
        entry.ids = p.prompts[i].ids;
        entry.spellSpecial = p.prompts[i].spellSpecial;
        int index = -1;
        for (int k = 0; k < int(project.prompts().size()); ++k)
            if (project.prompts()[std::size_t(k)].text == entry.text && project.prompts()[std::size_t(k)].ids == entry.ids
                && project.prompts()[std::size_t(k)].spellSpecial == entry.spellSpecial)
                index = k;
        if (index < 0) index = project.addPrompt(entry);
        if (int(i) == p.current) current = index;
    }
    return current;
}

/// Switches of heads that this model does not have are left out.
Interventions ProjectKeeper::interventionsOf(const ProjectFile& p) const
{
    Interventions list;
    const ModelConfig& config = m_c.project->model()->config();
    for (const Intervention& i : p.interventions)
        if (i.head.layer >= 0 && i.head.layer < config.nLayers && i.head.head < config.heads(i.head.layer)
            && (i.head.head >= 0 || i.kind == InterventionKind::Replace))
            list.push_back(i);
    return list;
}

bool ProjectKeeper::applyPending()
{
    if (!m_pending) return false;
    const ProjectFile project = *std::exchange(m_pending, std::nullopt);
    apply(project, m_path);
    return true;
}

void ProjectKeeper::firstPrompts() { addFirstPrompts(*m_c.project, std::exchange(m_firstText, QString()), m.examples); }

void ProjectKeeper::openProject(const QString& path)
{
    const Result<ProjectFile> project = loadProjectFile(path);
    if (!project) return m.desk->fail(project.error());
    apply(*project, path);
}

void ProjectKeeper::openFile(const QString& path, const OpenOptions& options)
{
    m_pending.reset();
    m_path.clear();
    m.controller->openFile(path, options);
}

bool ProjectKeeper::save(bool askPath)
{
    if (m_c.project->empty()) return false;
    if (askPath || m_path.isEmpty()) {
        auto* dialog = new SaveDialog(m.window, tr("Save project"), openInputs());
        dialog->setNameFilter(tr("HeadScope project (*.headscope)"));
        dialog->setDefaultSuffix(QStringLiteral("headscope"));
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
            m_path = path;
            save(false);
        });
        dialog->open();
        return false;
    }
    if (const Status status = saveProjectFile(m_path, snapshot()); !status) {
        m.desk->fail(status.error());
        return false;
    }
    m_c.project->undo().setClean();
    m.desk->say(tr("Saved %1").arg(QFileInfo(m_path).fileName()), 5000);
    return true;
}

}  // namespace hs::ui
