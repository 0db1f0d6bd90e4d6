// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/prune_settings.h"

#include <QCoreApplication>

namespace hs::ui {

namespace {

struct Tr { Q_DECLARE_TR_FUNCTIONS(PruneSettings) };

}  // namespace

QString ablationSentence(AblationKind kind)
{
    switch (kind) {
    case AblationKind::Zero: return Tr::tr("A head that is off writes zero.");
    case AblationKind::Mean: return Tr::tr("A head that is off writes its mean over the calibration text.");
    case AblationKind::Resample: return Tr::tr("A head that is off writes what it wrote on another passage of the calibration text; losses are means over several draws.");
    case AblationKind::Uniform: return Tr::tr("A head that is off looks at all visible tokens alike.");
    }
    return {};
}

QString ablationWord(AblationKind kind)
{
    switch (kind) {
    case AblationKind::Zero: return Tr::tr("zero");
    case AblationKind::Mean: return Tr::tr("mean");
    case AblationKind::Resample: return Tr::tr("resample");
    case AblationKind::Uniform: return Tr::tr("uniform");
    }
    return {};
}

}  // namespace hs::ui
