// SPDX-License-Identifier: GPL-3.0-or-later
// Experiments of the pruning bench as files: saved, opened again, put beside the one here.
#include <QFileInfo>
#include <algorithm>
#include <cmath>

#include "engine/io/bytes/atomic_write.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_texts.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {

/// Settings that a curve was measured with; texts are those of `s`.
PruneSettings settingsOf(const PruningCurve& curve, PruneSettings s)
{
    s.ablation = curve.spec.ablation;
    s.seed = curve.spec.seed;
    s.randomOrders = curve.spec.randomSeeds;
    s.orders.clear();
    for (const OrderKind order : curve.spec.orders)
        if (order != OrderKind::Random) s.orders.push_back(order);
    s.score = curve.spec.score == exactKind(s.ablation) ? std::nullopt : std::optional(curve.spec.score);
    s.recompute = curve.spec.recompute;
    s.stepHeads = curve.spec.stepHeads > 0 ? curve.spec.stepHeads : std::max(1, int(std::lround(curve.spec.stepShare * curve.heads)));
    return s;
}

}  // namespace

Status PruneController::saveCurve(const QString& path) const
{
    if (!m_bench->curve()) return Error::in(path.toStdString(), ErrorCode::InvalidArgument, "experiment", "none");
    const TextRequest test = textRequest(m_bench->settings().test, m_folder),
                      calibration = textRequest(m_bench->settings().calibration, m_folder);
    return writeFileAtomically(path.toStdString(), pruningJson(*m_bench->curve(), &test, &calibration));
}

Result<PruningExperiment> PruneController::readFor(const QString& path) const
{
    auto experiment = readExperiment(path.toStdString());
    if (!experiment) return experiment;
    const PruningCurve& curve = *experiment->curve;
    if (curve.heads != m_bench->headCount() || curve.layers != (m_c.project->model() ? m_c.project->model()->config().nLayers : 0))
        return Error::in(path.toStdString(), ErrorCode::InvalidArgument, "experiment heads", std::to_string(curve.heads),
                         std::to_string(m_bench->headCount()));
    return experiment;
}

Status PruneController::openCurve(const QString& path, QString* remark)
{
    const auto experiment = readFor(path);
    if (!experiment) return experiment.error();
    const PruningCurve& curve = *experiment->curve;
    const std::string hash = m_c.project->modelHash().toStdString();
    if (!hash.empty() && !curve.data.modelHash.empty() && hash != curve.data.modelHash)
        return Error::in(path.toStdString(), ErrorCode::InvalidArgument, "experiment model", curve.data.modelName,
                         m_c.project->model()->identity().name);
    PruneSettings s = settingsOf(curve, m_bench->settings());
    const auto test = chosenText(experiment->test, m_folder), calibration = chosenText(experiment->calibration, m_folder);
    if (test) s.test = *test;
    if (calibration) s.calibration = *calibration;
    if (remark && (!test || !calibration))
        *remark =
            tr("Its texts (%1; %2) are not there: the curve is shown as it was measured. New cuts are measured on the texts chosen here.")
                .arg(QString::fromStdString(curve.data.textName), QString::fromStdString(curve.data.calibration));
    m_bench->setSettings(s);
    m_bench->setCurve(experiment->curve);
    return {};
}

Status PruneController::compareCurve(const QString& path)
{
    const auto experiment = readFor(path);
    if (!experiment) return experiment.error();
    m_bench->setOther(experiment->curve, QFileInfo(path).completeBaseName());
    return {};
}

}  // namespace hs::ui
