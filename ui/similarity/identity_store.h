// SPDX-License-Identifier: GPL-3.0-or-later
// How much every head is an identity: attention on itself over the open prompt, and the identity score of its OV
// circuit (engine/methods/weight_space.md section 5). Asked for all heads when the ranking is looked at; comes head by head.
#pragma once

#include <QObject>
#include <map>
#include <memory>

#include "engine/session/jobs/head_spectra.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class EngineBridge;
class Project;

class IdentityStore : public QObject {
    Q_OBJECT
public:
    IdentityStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    /// Nothing to do when these weights are known, under way or were cancelled.
    void need(WeightProcessing weights);
    void again(WeightProcessing weights);
    /// Null: not there (yet).
    std::shared_ptr<const HeadSpectra> spectra(HeadId head) const;
    int known() const { return int(m_known.size()); }
    /// Queries that the attention on itself is the mean of; 0: no prompt has run.
    int queries() const { return m_queries; }
    const QString& promptTitle() const { return m_title; }
    OneAsk* job() { return &m_job; }

Q_SIGNALS:
    void changed();

private:
    Project* m_project;
    Ask<SpectraJob> m_job;
    std::map<HeadId, std::shared_ptr<const HeadSpectra>> m_known;
    std::optional<WeightProcessing> m_asked;
    int m_queries = 0;
    QString m_title;
};

}  // namespace hs::ui
