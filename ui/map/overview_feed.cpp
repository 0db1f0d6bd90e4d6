// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/overview_feed.h"

namespace hs::ui {

OverviewFeed::OverviewFeed(EngineBridge* bridge, QObject* parent) : QObject(parent), m_bridge(bridge), m_ask(bridge, tr("Map overviews"))
{
    m_ask.onAnswer([this](JobId job, const OverviewResult& result) {
        if (m_jobs.count(job) && result.map) Q_EMIT arrived(result.head, result.map, result.source);
    });
    m_ask.onEnd([this](const JobEnded& ended) { m_jobs.erase(ended.job); });
}

void OverviewFeed::ask(const std::shared_ptr<const AttentionSource>& source, std::vector<HeadId> heads, int maxSide)
{
    if (!source || heads.empty()) return;
    m_jobs.insert(m_ask.start(OverviewJob{source, std::move(heads), MapKind::Weights, maxSide, 0}));
}

void OverviewFeed::forget()
{
    for (const JobId job : m_jobs) m_bridge->cancel(job);
    m_jobs.clear();
}

}  // namespace hs::ui
