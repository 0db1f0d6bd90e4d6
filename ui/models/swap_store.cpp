// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/swap_store.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/head_scores.h"
#include "ui/state/project.h"

namespace hs::ui {

SwapStore::SwapStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_job(new OneJob(bridge, QStringLiteral("similarity swap"), this))
{
    connect(bridge, &EngineBridge::swapReady, this, [this](JobId job, const SwapAnswer& answer) {
        if (!m_job->is(job)) return;
        // Another text: the numbers of before are not comparable.
        if (m_asked != m_textName) m_results.clear();
        m_textName = m_asked;
        for (const SwapResult& r : answer.results) {
            std::erase_if(m_results, [&](const SwapResult& old) { return old.request.head == r.request.head && old.request.replacement == r.request.replacement && old.request.kind == r.request.kind; });
            m_results.push_back(r);
        }
        Q_EMIT changed();
    });
    connect(m_job, &OneJob::ended, this, &SwapStore::changed);
    connect(project, &Project::modelChanged, this, [this] {
        m_job->forget();
        m_results.clear();
        m_textName.clear();
        Q_EMIT changed();
    });
}

void SwapStore::start(const std::vector<SwapRequest>& requests, const BehaviourText& text, const QString& textName)
{
    if (!m_project->model() || requests.empty()) return;
    m_asked = textName;
    SwapJob job;
    job.model = m_project->model();
    job.text = text;
    job.requests = requests;
    m_job->start(std::move(job));
    Q_EMIT changed();
}

const SwapResult* SwapStore::result(HeadId head, HeadId replacement, SwapKind kind) const
{
    for (const SwapResult& r : m_results)
        if (r.request.head == head && r.request.replacement == replacement && r.request.kind == kind) return &r;
    return nullptr;
}

namespace {
struct SwapWords {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::SwapWords)
};
}  // namespace

QString swapNumbers(const SwapResult& r)
{
    if (!std::isfinite(r.low) || !std::isfinite(r.high)) return numberText(r.mean, 4, true);
    return SwapWords::tr("%1 (%2 to %3)").arg(numberText(r.mean, 4, true), numberText(r.low, 4, true), numberText(r.high, 4, true));
}

QString swapVerdict(const SwapResult& r)
{
    if (!std::isfinite(r.low) || !std::isfinite(r.high)) return SwapWords::tr("one document: no interval");
    if (r.noChange()) return SwapWords::tr("no change shown");
    return r.mean > 0 ? SwapWords::tr("loss rises") : SwapWords::tr("loss falls");
}

}  // namespace hs::ui
