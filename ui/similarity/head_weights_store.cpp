// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/head_weights_store.h"

#include "ui/state/project.h"

namespace hs::ui {

HeadSpectraStore::HeadSpectraStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_job(bridge, tr("Spectra of heads"), QStringLiteral("similarity spectra"))
{
    m_job.onAnswer([this](const SpectraResult& result) {
        if (!m_asked || !result.spectra) return;
        m_known[*m_asked] = result.spectra;
        Q_EMIT changed();
    });
    connect(&m_job, &OneAsk::ended, this, &HeadSpectraStore::changed);
    const auto reset = [this] {
        m_job.forget();
        m_known.clear();
        m_asked.reset();
        Q_EMIT changed();
    };
    connect(project, &Project::modelChanged, this, reset);
    // The attention diagonal is the open prompt's: another run, other numbers.
    connect(project, &Project::sourceChanged, this, [this, reset] {
        const PromptEntry* entry = m_project->current();
        if (!entry || !entry->run || entry->run->complete) reset();
    });
}

void HeadSpectraStore::need(HeadId head, WeightProcessing weights)
{
    const Key key{head.layer, head.head, int(weights)};
    if (m_known.count(key) || m_asked == key) return;
    again(head, weights);
}

void HeadSpectraStore::again(HeadId head, WeightProcessing weights)
{
    if (!m_project->model()) return;
    m_asked = Key{head.layer, head.head, int(weights)};
    SpectraJob job;
    job.model = m_project->model();
    job.heads = {head};
    job.options.weights = weights;
    job.options.directions = kDirections;
    job.options.tokens = kDirectionTokens;
    if (const PromptEntry* entry = m_project->current(); entry && entry->run && entry->run->complete) job.run = entry->run;
    m_job.start(std::move(job));
    Q_EMIT changed();
}

std::shared_ptr<const HeadSpectra> HeadSpectraStore::spectra(HeadId head, WeightProcessing weights) const
{
    const auto it = m_known.find({head.layer, head.head, int(weights)});
    return it == m_known.end() ? nullptr : it->second;
}

PairAnglesStore::PairAnglesStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_job(bridge, tr("Principal angles"), QStringLiteral("similarity angles"))
{
    m_job.onAnswer([this](const PairAnglesResult& result) {
        if (!result.angles) return;
        m_angles = result.angles;
        Q_EMIT changed();
    });
    connect(&m_job, &OneAsk::ended, this, &PairAnglesStore::changed);
    connect(project, &Project::modelChanged, this, [this] {
        m_job.forget();
        m_asked.reset();
        m_angles.reset();
        Q_EMIT changed();
    });
}

void PairAnglesStore::need(const AnglesQuestion& question)
{
    if (m_asked == question || !m_project->model()) return;
    m_asked = question;
    m_angles.reset();
    m_job.start(PairAnglesJob{m_project->model(), question.pairing, question.source, question.target, question.weights});
    Q_EMIT changed();
}

}  // namespace hs::ui
