// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/feature/obstacle.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/bridge/error_text.h"
#include "ui/state/project.h"

namespace hs::ui {

QString lackingForText(const Model& model)
{
    QStringList missing;
    for (const Part part : model.missing()) missing << partName(part);
    return QCoreApplication::translate("hs::ui::Obstacle", "This file lacks: %1. So text cannot be run.")
        .arg(missing.join(QStringLiteral(", ")));
}

QString noAttentionBecause(const Project& project)
{
    const auto& model = project.model();
    return model && !model->canRun() ? lackingForText(*model) : QString();
}

QString noPredictionBecause(const Project& project, const QString& withoutWeights, const QString& withoutOutput)
{
    const auto& model = project.model();
    if (!model) return project.dump() ? withoutWeights : QString();
    if (!model->canRun()) return lackingForText(*model);
    return model->canPredict() ? QString() : withoutOutput;
}

}  // namespace hs::ui
