// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/reference_store.h"

#include "ui/state/project.h"

namespace hs::ui {

ReferenceStore::ReferenceStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_reportJob(bridge, tr("Compare with random subspaces"), QStringLiteral("similarity reference")),
      m_drawJob(bridge, tr("Compare with random subspaces"), QStringLiteral("similarity draws"))
{
    m_reportJob.onAnswer([this](const ReferenceResult& result) {
        m_report = result.report;
        Q_EMIT changed();
    });
    m_drawJob.onAnswer([this](const ReferenceResult& result) {
        m_draws = result.draws;
        Q_EMIT changed();
    });
    for (OneAsk* job : {reportJob(), drawJob()}) connect(job, &OneAsk::ended, this, &ReferenceStore::changed);
    connect(project, &Project::modelChanged, this, [this] {
        m_reportJob.forget();
        m_drawJob.forget();
        m_report.reset();
        m_draws.reset();
        m_asked.reset();
        Q_EMIT changed();
    });
}

void ReferenceStore::need(const ReferenceOptions& options)
{
    if (m_asked && m_asked->weights == options.weights && m_asked->binWidth == options.binWidth && m_asked->percents == options.percents)
        return;
    again(options);
}

void ReferenceStore::again(const ReferenceOptions& options)
{
    if (!m_project->model()) return;
    m_asked = options;
    m_report.reset();
    ReferenceJob job;
    job.model = m_project->model();
    job.options = options;
    m_reportJob.start(std::move(job));
    Q_EMIT changed();
}

void ReferenceStore::draw(int draws, int m, int n, std::uint64_t seed)
{
    if (!m_project->model() || draws < 2) return;
    m_draws.reset();
    ReferenceJob job;
    job.model = m_project->model();
    job.draws = draws;
    job.m = m;
    job.n = n;
    job.seed = seed;
    m_drawJob.start(std::move(job));
    Q_EMIT changed();
}

const PairingReference* referenceOf(const ReferenceReport* report, RolePair pairing)
{
    if (report)
        for (const PairingReference& p : report->pairings)
            if (p.pairing == pairing) return &p;
    return nullptr;
}

}  // namespace hs::ui
