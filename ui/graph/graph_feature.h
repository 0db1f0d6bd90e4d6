// SPDX-License-Identifier: GPL-3.0-or-later
// The graph's tab, and its class list in the project.
#pragma once

#include "ui/feature/feature.h"

namespace hs::ui {

class GraphTab;

class GraphFeature : public Feature {
    Q_OBJECT
public:
    /// `classSets`: folder of published class lists; may be empty.
    GraphFeature(const ViewContext& context, Desk& desk, const QString& classSets, QObject* parent);
    QString id() const override { return QStringLiteral("graph"); }
    QString title() const override;
    void save(ProjectFile& project) const override;
    void restore(const ProjectFile& project) override;
    GraphTab* tab() const { return m_tab; }

private:
    GraphTab* m_tab;
};

}  // namespace hs::ui
