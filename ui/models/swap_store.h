// SPDX-License-Identifier: GPL-3.0-or-later
// Swap tests: each head replaced by the one that stands for its group, and what the loss does.
#pragma once

#include <QObject>
#include <map>

#include "ui/models/one_job.h"

namespace hs::ui {

class EngineBridge;
class Project;

class SwapStore : public QObject {
    Q_OBJECT
public:
    SwapStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    void start(const std::vector<SwapRequest>& requests, const BehaviourText& text, const QString& textName);
    /// Of exactly this replacement; null: not tested.
    const SwapResult* result(HeadId head, HeadId replacement, SwapKind kind) const;
    const QString& textName() const { return m_textName; }   ///< of the newest results
    OneJob* job() const { return m_job; }

Q_SIGNALS:
    void changed();

private:
    Project* m_project;
    OneJob* m_job;
    QString m_asked, m_textName;
    std::vector<SwapResult> m_results;
};

/// "loss +0.013 (95 %: +0.004 to +0.021)": the numbers; and what they say: "rises", "no change shown", "one document: no interval".
QString swapNumbers(const SwapResult& result);
QString swapVerdict(const SwapResult& result);

}  // namespace hs::ui
