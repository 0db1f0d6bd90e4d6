// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causes/kept_share.h"

#include <algorithm>

namespace hs {

double keptShare(const Interventions& list, HeadId head, int row)
{
    double share = 1;
    for (const Intervention& v : list) {
        const bool own = v.head == head || (v.kind == InterventionKind::Replace && v.head.layer == head.layer && v.head.head < 0);
        if (!own || (v.kind == InterventionKind::Replace && v.site != Site::Z)) continue;
        if (!v.positions.empty() && std::find(v.positions.begin(), v.positions.end(), row) == v.positions.end()) continue;
        if (v.kind == InterventionKind::ScaleHead) share *= static_cast<double>(v.value);
        if (v.kind == InterventionKind::ZeroHead || v.kind == InterventionKind::MeanHead || v.kind == InterventionKind::Replace) share = 0;
    }
    return share;
}

}  // namespace hs
