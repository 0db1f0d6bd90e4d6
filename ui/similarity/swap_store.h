// SPDX-License-Identifier: GPL-3.0-or-later
// Swap tests: each head replaced by the one that stands for its group, and what the loss does.
#pragma once

#include <QObject>
#include <vector>

#include "engine/session/jobs/behaviour.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class EngineBridge;
class Project;

class SwapStore : public QObject {
    Q_OBJECT
public:
    SwapStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    void start(const std::vector<SwapRequest>& requests, const BehaviourText& text, const QString& textName);
    /// Of exactly this replacement; null: not tested. Comes while the test still runs, and stays when it is cancelled.
    const SwapResult* result(HeadId head, HeadId replacement, SwapKind kind) const;
    /// The replacement of this head that was tested last; null: none.
    const SwapResult* newest(HeadId head, SwapKind kind) const;
    /// Less text than was asked for: the test is under way, or was stopped.
    bool partial(const SwapResult& result) const;
    /// Heads that the newest test has numbers for, of how many, and on how many documents.
    int measured() const { return m_measured; }
    int asked() const { return m_asked; }
    int documents() const { return m_documents; }
    const QString& textName() const { return m_textName; }  ///< of the newest results
    OneAsk* job() { return &m_job; }
    const OneAsk* job() const { return &m_job; }

Q_SIGNALS:
    void changed();

private:
    Project* m_project;
    Ask<SwapJob> m_job;
    struct Known {
        SwapResult result;
        bool whole = false;
    };
    QString m_askedName, m_textName;
    BehaviourText m_askedText, m_text;
    std::vector<Known> m_results;    ///< newest last
    std::vector<SwapRequest> m_run;  ///< what the test under way has answered
    int m_asked = 0, m_measured = 0, m_documents = 0;
};

/// "loss +0.013 (95 %: +0.004 to +0.021)": the numbers; and what they say: "rises", "no change shown", "one document: no interval",
/// with "partial" where there is less text behind them than was asked for.
QString swapNumbers(const SwapResult& result);
QString swapVerdict(const SwapResult& result, bool partial = false);
QString swapDocuments(int documents);
/// What a test that was cancelled or failed has left; empty: the newest one ran to its end, or none did.
QString swapStopped(const SwapStore& swaps);

}  // namespace hs::ui
