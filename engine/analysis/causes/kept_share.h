// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/intervention.h"

namespace hs {

/// What interventions leave of a head's own mix at this row.
double keptShare(const Interventions& list, HeadId head, int row);

}  // namespace hs
