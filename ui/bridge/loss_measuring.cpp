// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/loss_measuring.h"

#include <cmath>

#include "ui/bridge/run_pace.h"
#include "ui/state/cut_values.h"
#include "ui/state/head_losses.h"
#include "ui/state/project.h"

namespace hs::ui {

LossMeasuring::LossMeasuring(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_losses(new HeadLosses(this)),
      m_ask(bridge, tr("Switch heads off, one by one"), QStringLiteral("measure"))
{
    m_ask.onAnswer([this](const AblationResult& result) {
        const PromptEntry* entry = m_project->current();
        if (!entry || result.base != entry->run || result.index >= m_heads.size()) return;
        if (std::isfinite(result.outcome.loss)) m_losses->set(m_heads[result.index], result.outcome.loss - entry->run->loss);
    });
    connect(&m_ask, &OneAsk::ended, this, [this](const JobEnded& end) {
        if (end.state == JobState::Failed && end.error) Q_EMIT failed(*end.error);
        Q_EMIT stateChanged();
    });
    const auto drop = [this] {
        m_losses->clear();
        m_ask.cancel();
    };
    connect(project, &Project::sourceChanged, this, drop);
    // With no head off the run stays; what switching one off would do does not.
    connect(project->cuts(), &CutValues::changed, this, drop);
}

void LossMeasuring::start()
{
    const PromptEntry* entry = m_project->current();
    if (!entry || !entry->run || !entry->run->complete || busy()) return;
    AblationJob job;
    job.base = entry->run;
    m_heads.clear();
    for (int l = 0; l < entry->run->layers(); ++l)
        for (int h = 0; h < entry->run->heads(l); ++h) {
            const HeadId head{l, h};
            if (m_project->isOff(head)) continue;
            job.variants.push_back(m_project->cuts()->applied({zeroHead(head)}, *entry->run->prompt));
            m_heads.push_back(head);
        }
    m_ask.start(std::move(job));
    Q_EMIT stateChanged();
}

double LossMeasuring::cost() const
{
    const PromptEntry* entry = m_project->current();
    if (!entry || !entry->run || !m_project->model()) return 0;
    const double one = passSeconds(*m_project->model(), entry->run->queries(), entry->baseRun.get());
    int heads = 0;
    for (int l = 0; l < entry->run->layers(); ++l) heads += entry->run->heads(l);
    return one * heads;
}

}  // namespace hs::ui
