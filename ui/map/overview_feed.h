// SPDX-License-Identifier: GPL-3.0-or-later
// Reduced maps of many heads for a view: asks the engine, hands on what comes. Views know no session; this is their way to it.
#pragma once

#include <QObject>
#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include "engine/forward/attention_source.h"
#include "engine/session/jobs/pictures.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class OverviewFeed : public QObject {
    Q_OBJECT
public:
    explicit OverviewFeed(EngineBridge* bridge, QObject* parent = nullptr);

    /// Asks for the weights of these heads, at most `maxSide` pixels a side; they arrive one by one.
    void ask(const std::shared_ptr<const AttentionSource>& source, std::vector<HeadId> heads, int maxSide);
    /// Cancels what is under way; none of it arrives any more.
    void forget();
    bool waiting() const { return !m_jobs.empty(); }

Q_SIGNALS:
    void arrived(hs::HeadId head, const std::shared_ptr<const hs::MapOverview>& map,
                 const std::shared_ptr<const hs::AttentionSource>& source);

private:
    EngineBridge* m_bridge;
    AskMany<OverviewJob> m_ask;
    std::set<JobId> m_jobs;
};

}  // namespace hs::ui
