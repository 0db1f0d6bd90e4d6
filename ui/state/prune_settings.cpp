// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/prune_settings.h"

#include <QCoreApplication>

namespace hs::ui {

namespace {

struct PruneSettingsTr {
    Q_DECLARE_TR_FUNCTIONS(PruneSettings)
};

}  // namespace

QString ablationSentence(AblationKind kind)
{
    switch (kind) {
    case AblationKind::Zero: return PruneSettingsTr::tr("A head that is off writes zero.");
    case AblationKind::Mean: return PruneSettingsTr::tr("A head that is off writes its mean over the calibration text.");
    case AblationKind::Resample:
        return PruneSettingsTr::tr(
            "A head that is off writes what it wrote on another passage of the calibration text; losses are means over several draws.");
    case AblationKind::Uniform: return PruneSettingsTr::tr("A head that is off looks at all visible tokens alike.");
    }
    return {};
}

QString orderWords(OrderKind order, const PruningSpec& spec)
{
    const bool exact = ablationOf(spec.score).has_value();
    switch (order) {
    case OrderKind::Greedy: return PruneSettingsTr::tr("greedy, measured again at each step");
    case OrderKind::Score:
        if (exact)
            return spec.recompute ? PruneSettingsTr::tr("smallest effect of one head first, measured again at each step")
                                  : PruneSettingsTr::tr("sorted by the effect of one head alone");
        return (spec.recompute ? PruneSettingsTr::tr("lowest score first (%1), measured again at each step")
                               : PruneSettingsTr::tr("sorted by score (%1)"))
            .arg(QString::fromLatin1(importanceName(spec.score)));
    case OrderKind::Reverse:
        return PruneSettingsTr::tr("highest score first (%1): the worst order by it").arg(QString::fromLatin1(importanceName(spec.score)));
    case OrderKind::HardConcrete: return PruneSettingsTr::tr("trained gates, most closed first (Voita et al. 2019; weights frozen)");
    case OrderKind::Magnitude: return PruneSettingsTr::tr("smallest output weights first");
    case OrderKind::LayerDrop: return PruneSettingsTr::tr("whole layers, lowest score first");
    case OrderKind::Random: return PruneSettingsTr::tr("random order");
    }
    return {};
}

QString orderTitle(OrderKind order, const PruningSpec& spec)
{
    switch (order) {
    case OrderKind::Greedy: return PruneSettingsTr::tr("Greedy");
    case OrderKind::Score: return ablationOf(spec.score) ? PruneSettingsTr::tr("By effect") : PruneSettingsTr::tr("By score");
    case OrderKind::Reverse: return PruneSettingsTr::tr("Reverse");
    case OrderKind::HardConcrete: return PruneSettingsTr::tr("Gates");
    case OrderKind::Magnitude: return PruneSettingsTr::tr("Magnitude");
    case OrderKind::LayerDrop: return PruneSettingsTr::tr("Layers");
    case OrderKind::Random: return PruneSettingsTr::tr("Random");
    }
    return {};
}

QString ablationWord(AblationKind kind)
{
    switch (kind) {
    case AblationKind::Zero: return PruneSettingsTr::tr("zero");
    case AblationKind::Mean: return PruneSettingsTr::tr("mean");
    case AblationKind::Resample: return PruneSettingsTr::tr("resample");
    case AblationKind::Uniform: return PruneSettingsTr::tr("uniform");
    }
    return {};
}

}  // namespace hs::ui
