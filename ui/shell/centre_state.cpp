// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/centre_state.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "engine/io/file_kind.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/feature/obstacle.h"
#include "ui/shell/token_grid.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {

struct CentreState {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::CentreState)
};

StateContent nothingOpen(const SessionController& controller, bool hasSample, const QStringList& recent)
{
    StateContent content;
    if (controller.opening()) {
        content.title = CentreState::tr("Opening %1").arg(QFileInfo(controller.openingPath()).fileName());
        return content;
    }
    content.title = CentreState::tr("Open a model, or drop a file here");
    content.sentence = CentreState::tr("Weights, or attention you saved yourself: %1.").arg(QLatin1String(readableKinds()));
    content.buttons << StateButton{QStringLiteral("open"), CentreState::tr("Open …"), true, {}};
    if (hasSample) content.buttons << StateButton{QStringLiteral("sample"), CentreState::tr("Sample: HeadScope sample"), false, {}};
    QStringList links;
    for (const QString& path : recent.mid(0, 4))
        links << QStringLiteral("<a href=\"%1\">%2</a>").arg(path.toHtmlEscaped(), QFileInfo(path).completeBaseName().toHtmlEscaped());
    if (!links.isEmpty()) content.links = CentreState::tr("Recent: %1").arg(links.join(QStringLiteral(", ")));
    return content;
}

StateContent nothingWorks(const Model& model)
{
    StateContent content;
    content.title = CentreState::tr("No attention to show");
    content.sentence = lackingForText(model);
    content.note = CentreState::tr("The list of tensors and the configuration work.");
    content.buttons << StateButton{QStringLiteral("tensors"), CentreState::tr("Show tensors"), false, {}}
                    << StateButton{QStringLiteral("open"), CentreState::tr("Open full model …"), false, {}};
    return content;
}

StateContent runFailed(const Error& error)
{
    const ErrorText text = errorText(error);
    StateContent content;
    content.bad = true;
    content.title = text.title;
    content.sentence = text.what;
    content.note = text.next;
    content.buttons << StateButton{QStringLiteral("prompt"), CentreState::tr("Change the prompt"), true, {}}
                    << StateButton{QStringLiteral("tensors"), CentreState::tr("Model and configuration …"), false, {}};
    return content;
}

StateContent nothingRun(const Project& project)
{
    const PromptEntry* entry = project.current();
    StateContent content;
    const bool empty = !entry || (entry->text.trimmed().isEmpty() && entry->ids.empty());
    content.title = empty ? CentreState::tr("Type a sentence") : CentreState::tr("This prompt has not run");
    const auto& problem = project.model() ? project.model()->tokenizerProblem() : std::nullopt;
    if (problem && !project.model()->tokenizer())
        content.note =
            CentreState::tr("The tokeniser %1 cannot be read: %2").arg(QString::fromStdString(problem->file), errorText(*problem).what);
    if (empty && content.note.isEmpty())
        content.note = CentreState::tr("It runs when you press Enter. Other prompts are in the menu at the end of the field.");
    content.sentence = project.model() && !project.model()->tokenizer()
                           ? CentreState::tr("This file brings no tokeniser: type token ids, for example 12 7 305.")
                           : CentreState::tr("Every head's attention appears here.");
    content.buttons << StateButton{QStringLiteral("prompt"), CentreState::tr("Type a prompt"), true, {}};
    if (project.model() && hasTokenGrid(*project.model()))
        content.buttons << StateButton{QStringLiteral("tokens"), CentreState::tr("Choose from all tokens …"), false, {}};
    if (entry && !entry->text.isEmpty()) content.buttons << StateButton{QStringLiteral("run"), CentreState::tr("Run it"), false, {}};
    return content;
}

}  // namespace

std::optional<StateContent> centreState(const Project& project, const SessionController& controller, bool anyWorks, bool hasSample,
                                        const QStringList& recent)
{
    if (project.empty()) return nothingOpen(controller, hasSample, recent);
    if (project.model() && !project.model()->canRun()) {
        // Weights alone are enough for some views.
        if (anyWorks) return std::nullopt;
        return nothingWorks(*project.model());
    }
    if (project.source()) return std::nullopt;
    if (controller.runError()) return runFailed(*controller.runError());
    if (controller.running()) {
        StateContent content;
        content.title = CentreState::tr("Running the prompt");
        return content;
    }
    return nothingRun(project);
}

}  // namespace hs::ui
