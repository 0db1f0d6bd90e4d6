// SPDX-License-Identifier: GPL-3.0-or-later
// The loss of the current prompt with each head off, one by one.
#pragma once

#include <QObject>
#include <vector>

#include "engine/session/jobs/ablation.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class HeadLosses;
class Project;

class LossMeasuring : public QObject {
    Q_OBJECT
public:
    LossMeasuring(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    void start();
    void cancel() { m_ask.cancel(); }
    bool busy() const { return m_ask.busy(); }
    HeadLosses* losses() const { return m_losses; }
    /// Seconds that all heads will take, as estimated.
    double cost() const;

Q_SIGNALS:
    void stateChanged();
    void failed(const hs::Error& error);

private:
    Project* m_project;
    HeadLosses* m_losses;
    Ask<AblationJob> m_ask;
    std::vector<HeadId> m_heads;  ///< of the variants asked for
};

}  // namespace hs::ui
