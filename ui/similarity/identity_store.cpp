// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/identity_store.h"

#include "ui/state/project.h"

namespace hs::ui {

IdentityStore::IdentityStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_job(bridge, tr("Spectra of heads"), QStringLiteral("similarity identity"))
{
    m_job.onAnswer([this](const SpectraResult& result) {
        if (!result.spectra) return;
        m_known[result.spectra->head] = result.spectra;
        Q_EMIT changed();
    });
    connect(&m_job, &OneAsk::ended, this, &IdentityStore::changed);
    const auto reset = [this] {
        m_job.forget();
        m_known.clear();
        m_asked.reset();
        m_queries = 0;
        m_title.clear();
        Q_EMIT changed();
    };
    connect(project, &Project::modelChanged, this, reset);
    // Attention on itself is the open prompt's: another run, other numbers.
    connect(project, &Project::sourceChanged, this, [this, reset] {
        const PromptEntry* entry = m_project->current();
        if (!entry || !entry->run || entry->run->complete) reset();
    });
}

void IdentityStore::need(WeightProcessing weights)
{
    if (m_asked != weights) again(weights);
}

void IdentityStore::again(WeightProcessing weights)
{
    if (!m_project->model()) return;
    m_known.clear();
    m_asked = weights;
    m_queries = 0;
    m_title.clear();
    SpectraJob job;
    job.model = m_project->model();
    job.options.weights = weights;
    if (const PromptEntry* entry = m_project->current(); entry && entry->run && entry->run->complete) {
        job.run = entry->run;
        m_queries = entry->run->queries();
        m_title = entry->title;
    }
    m_job.start(std::move(job));
    Q_EMIT changed();
}

std::shared_ptr<const HeadSpectra> IdentityStore::spectra(HeadId head) const
{
    const auto it = m_known.find(head);
    return it == m_known.end() ? nullptr : it->second;
}

}  // namespace hs::ui
