// SPDX-License-Identifier: GPL-3.0-or-later
// Export, copy, print and the way back: a figure dropped on the window reopens the view that made it.
#include <QFileInfo>
#include <QTabWidget>

#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/export/export_actions.h"
#include "ui/export/recipe.h"
#include "ui/prune/prune_workspace.h"
#include "ui/shell/main_window.h"
#include "ui/shell/status_line.h"
#include "ui/state/project.h"
#include "ui/state/prune_file.h"
#include "ui/state/selection.h"

namespace hs::ui {

void MainWindow::figure(Figure what)
{
    const int tab = m_tabs->currentIndex();
    const FigureSubject subject = m_pruning ? m_prune->figureSubject()
                                  : tab >= 0 && tab < int(m_subjects.size()) ? m_subjects[std::size_t(tab)]() : headSubject(m_c);
    if (!m_c.project->source() && !subject.spec.drawing) return;
    switch (what) {
    case Figure::Again: m_export->repeatLast(subject); break;
    case Figure::Dialog: m_export->openDialog(subject); break;
    case Figure::Atlas: m_export->openDialog(atlasSubject(m_c)); break;
    case Figure::Batch: m_export->openBatch(subject); break;
    case Figure::CopyImage: m_export->copyImage(subject); break;
    case Figure::CopyNumbers: m_export->copyNumbers(subject); break;
    case Figure::Print: m_export->print(subject); break;
    }
}

int MainWindow::tabNamed(const QString& drawing) const
{
    for (int i = 0; i < m_tabs->count(); ++i)
        if (!drawing.isEmpty() && m_tabs->widget(i)->objectName() == drawing + QStringLiteral("Tab")) return i;
    return 0;
}

bool MainWindow::openFigure(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix != QLatin1String("png") && suffix != QLatin1String("svg") && suffix != QLatin1String("pdf")) return false;
    const auto recipe = readRecipe(path);
    if (!recipe) {
        Error facts;
        facts.code = ErrorCode::UnknownFileKind;
        facts.file = path.toStdString();
        ErrorText text;
        text.title = tr("This figure carries no recipe");
        text.what = tr("%1 was not made by HeadScope, or its recipe was taken out.").arg(QFileInfo(path).fileName());
        text.next = tr("Open the model and the prompt by hand.");
        showError(text, facts);
        return true;
    }
    ProjectFile project;
    project.modelPath = recipe->origin.modelPath;
    project.modelHash = recipe->origin.modelHash;
    ProjectFile::Prompt prompt;
    prompt.text = recipe->origin.promptText;
    prompt.ids = recipe->origin.ids;
    project.prompts.push_back(prompt);
    if (!recipe->origin.promptB.isEmpty()) project.prompts.push_back({{}, recipe->origin.promptB, {}});
    project.current = 0;
    const FigureSpec& spec = recipe->spec;
    if (!spec.heads.empty()) project.head = spec.heads.front();
    if (spec.kind == FigureKind::Compare && spec.heads.size() > 1) project.pinned = spec.heads[1];
    project.query = spec.query;
    project.key = spec.key;
    project.interventions = recipe->origin.interventions;
    // The same heads off, and the same in their place.
    project.prune = m_bench->settings();
    if (!cutsFromJson(recipe->origin.cutsSource, *project.prune)) project.prune->ablation = AblationKind::Zero;
    project.look = spec.look;
    project.tab = spec.kind == FigureKind::Grid ? 1 : spec.kind == FigureKind::Compare ? 2 : spec.kind == FigureKind::Text ? 3 : spec.drawing ? tabNamed(spec.drawing->name) : 0;
    applyProject(project, {});
    return true;
}

}  // namespace hs::ui
