// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/figure_commands.h"

#include <QFileInfo>

#include "ui/bridge/error_text.h"
#include "ui/export/export_actions.h"
#include "ui/export/recipe.h"
#include "ui/feature/centre_tab.h"
#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/shell/centre.h"
#include "ui/state/project.h"
#include "ui/state/prune_file.h"

namespace hs::ui {

FigureCommands::FigureCommands(const ViewContext& context, Centre* centre, Desk* desk, CommandList& commands, QObject* parent)
    : QObject(parent), m_c(context), m_centre(centre), m_desk(desk)
{
    const QString file = QStringLiteral("file"), edit = QStringLiteral("edit");
    const auto shown = [this] { return m_c.project->source() != nullptr; };
    commands.add({QStringLiteral("figure.again"),
                  tr("&Export figure again"),
                  file,
                  300,
                  [this] { with(&ExportActions::repeatLast); },
                  {QKeySequence(QStringLiteral("Ctrl+E"))},
                  shown});
    commands.add({QStringLiteral("figure.export"),
                  tr("Export &figure …"),
                  file,
                  310,
                  [this] { exportFigure(); },
                  {QKeySequence(QStringLiteral("Ctrl+Shift+E"))},
                  shown});
    commands.add({QStringLiteral("figure.several"),
                  tr("Export &several heads …"),
                  file,
                  320,
                  [this] { with(&ExportActions::openBatch); },
                  {},
                  shown});
    commands.add(
        {QStringLiteral("figure.print"), tr("&Print …"), file, 350, [this] { with(&ExportActions::print); }, {QKeySequence::Print}, shown});
    commands.add({QStringLiteral("figure.copyImage"),
                  tr("&Copy image"),
                  edit,
                  200,
                  [this] { with(&ExportActions::copyImage); },
                  {QKeySequence::Copy},
                  shown});
    commands.add({QStringLiteral("figure.copyNumbers"),
                  tr("Copy &numbers"),
                  edit,
                  210,
                  [this] { with(&ExportActions::copyNumbers); },
                  {QKeySequence(QStringLiteral("Ctrl+Shift+C"))},
                  shown});
}

FigureSubject FigureCommands::subject() const { return m_centre->current() ? m_centre->current()->figureSubject() : headSubject(m_c); }

void FigureCommands::with(void (ExportActions::*action)(const FigureSubject&))
{
    const FigureSubject what = subject();
    if (m_c.project->source() || what.spec.drawing) (m_desk->figures().*action)(what);
}

void FigureCommands::exportFigure() { with(&ExportActions::openDialog); }

bool FigureCommands::isFigure(const QString& path)
{
    return QStringList{QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf")}.contains(QFileInfo(path).suffix().toLower());
}

std::optional<ProjectFile> FigureCommands::projectOf(const QString& path, ProjectFile now) const
{
    const auto recipe = readRecipe(path);
    if (!recipe) {
        Error facts;
        facts.code = ErrorCode::UnknownFileKind;
        facts.file = path.toStdString();
        ErrorText text;
        text.title = tr("This figure carries no recipe");
        text.what = tr("%1 was not made by HeadScope, or its recipe was taken out.").arg(QFileInfo(path).fileName());
        text.next = tr("Open the model and the prompt by hand.");
        m_desk->fail(text, facts);
        return std::nullopt;
    }
    ProjectFile project = std::move(now);
    project.modelPath = recipe->origin.modelPath;
    project.modelHash = recipe->origin.modelHash;
    project.prompts = {{{}, recipe->origin.promptText, recipe->origin.ids, false}};
    if (!recipe->origin.promptB.isEmpty()) project.prompts.push_back({{}, recipe->origin.promptB, {}, false});
    project.current = 0;
    const FigureSpec& spec = recipe->spec;
    if (!spec.heads.empty()) project.head = spec.heads.front();
    if (spec.kind == FigureKind::Compare && spec.heads.size() > 1) project.pinned = spec.heads[1];
    project.query = spec.query;
    project.key = spec.key;
    project.interventions = recipe->origin.interventions;
    // Another model has other notes, and its class list is not the figure's.
    const bool same =
        m_c.project->path() == project.modelPath || (!project.modelHash.isEmpty() && project.modelHash == m_c.project->modelHash());
    if (!same) project.notes.clear();
    project.classes.reset();
    // The same heads off, and the same in their place.
    if (!project.prune) project.prune.emplace();
    if (!cutsFromJson(recipe->origin.cutsSource, *project.prune)) project.prune->ablation = AblationKind::Zero;
    project.look = spec.look;
    const QString drawn = figureName(spec);
    const auto tabs = m_centre->tabs();
    for (const CentreTab* tab : tabs)
        if (tab->draws(drawn)) project.view = tab->id();
    return project;
}

}  // namespace hs::ui
