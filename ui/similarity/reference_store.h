// SPDX-License-Identifier: GPL-3.0-or-later
// The model's Projection Kernels against random subspaces: the report, and draws that check its formula.
#pragma once

#include <QObject>
#include <memory>

#include "engine/session/jobs/head_spectra.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class EngineBridge;
class Project;

class ReferenceStore : public QObject {
    Q_OBJECT
public:
    ReferenceStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);

    /// Asks for the report unless it is there, on its way, or was refused before.
    void need(const ReferenceOptions& options);
    void again(const ReferenceOptions& options);  ///< after a cancel or an error
    void draw(int draws, int m, int n, std::uint64_t seed);
    const std::shared_ptr<const ReferenceReport>& report() const { return m_report; }
    const std::shared_ptr<const MonteCarlo>& draws() const { return m_draws; }
    OneAsk* reportJob() { return &m_reportJob; }
    OneAsk* drawJob() { return &m_drawJob; }

Q_SIGNALS:
    void changed();

private:
    Project* m_project;
    Ask<ReferenceJob> m_reportJob, m_drawJob;
    std::shared_ptr<const ReferenceReport> m_report;
    std::shared_ptr<const MonteCarlo> m_draws;
    std::optional<ReferenceOptions> m_asked;
};

/// Of a pairing; null where there is no report.
const PairingReference* referenceOf(const ReferenceReport* report, RolePair pairing);

}  // namespace hs::ui
