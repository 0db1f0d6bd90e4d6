// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/continuing.h"

#include <utility>

#include "ui/state/cut_values.h"
#include "ui/state/project.h"

namespace hs::ui {

Continuing::Continuing(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_ask(bridge, tr("Continue the text"), QStringLiteral("continue"))
{
    m_ask.onAnswer([this](const ContinueResult& result) { m_written = result; });
    connect(&m_ask, &OneAsk::ended, this, &Continuing::takeEnd);
}

void Continuing::start(int tokens, double temperature, quint64 seed)
{
    const PromptEntry* entry = m_project->current();
    if (!entry || !entry->run || !entry->run->complete) return;
    const CutValues& cuts = *m_project->cuts();
    if (cuts.followsPrompt() && !m_project->offHeads().empty()) {
        // Their rows belong to the tokens that are there.
        Q_EMIT failed({tr("Nothing can be written on with these cuts"),
                       cuts.sentence() + QLatin1Char(' ') + tr("For new tokens there is nothing that they could write."),
                       tr("Choose Zero or Mean in the pruning bench, or switch all heads on.")},
                      Error::of(ErrorCode::InvalidArgument, "ablation", ablationName(cuts.kind()), "zero, mean"));
        return;
    }
    ContinueJob job;
    job.model = m_project->model();
    job.prompt = entry->run->prompt;
    job.interventions = cuts.applied(*job.prompt);
    job.tokens = tokens;
    job.temperature = temperature;
    job.seed = seed;
    m_written.reset();
    m_ask.start(std::move(job));
    Q_EMIT stateChanged();
}

void Continuing::takeEnd(const JobEnded& end)
{
    const auto written = std::exchange(m_written, std::nullopt);
    if (end.state == JobState::Failed && end.error) {
        Q_EMIT failed(errorText(*end.error), *end.error);
    } else if (written && !written->newIds.empty() && m_project->model()) {
        std::vector<int> ids = written->prompt->ids();
        ids.insert(ids.end(), written->newIds.begin(), written->newIds.end());
        const auto& tokenizer = m_project->model()->tokenizer();
        const std::string added = tokenizer ? tokenizer->decode(written->newIds) : std::string();
        Q_EMIT this->written(ids, QString::fromStdString(written->prompt->text + added));
    } else if (written && end.state == JobState::Done) {
        Q_EMIT failed({tr("The text ends here"), tr("What comes next is the end of the text, so nothing was added."),
                       tr("Append another of the tokens listed, or draw with a temperature above 0.")},
                      Error::of(ErrorCode::InvalidArgument, "tokens", "0", ">= 1"));
    }
    Q_EMIT stateChanged();
}

}  // namespace hs::ui
