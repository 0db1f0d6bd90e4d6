// SPDX-License-Identifier: GPL-3.0-or-later
// Dock of the jobs.
#pragma once

#include "ui/feature/feature.h"

namespace hs::ui {

class JobsModel;

class JobsFeature : public Feature {
    Q_OBJECT
public:
    JobsFeature(const ViewContext& context, Desk& desk, JobsModel* jobs, QObject* parent);
    QString id() const override { return QStringLiteral("jobs"); }
    QString title() const override { return tr("Jobs"); }
    std::vector<DockSpec> docks() override;

private:
    JobsModel* m_jobs;
};

}  // namespace hs::ui
