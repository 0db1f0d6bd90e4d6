// SPDX-License-Identifier: GPL-3.0-or-later
// How long passes really take here: an estimate knows operations and the fastest product, a finished run knows this model on this machine.
#pragma once

#include <algorithm>

#include "engine/forward/forward.h"

namespace hs::ui {

/// Seconds of one pass over `tokens` tokens, from the operations; where a run was measured, at the pace of that run.
inline double passSeconds(const Model& model, int tokens, const Run* measured)
{
    const double estimate = estimateCost(model, tokens, {}).seconds;
    if (!measured || !measured->complete || measured->model.get() != &model || !(measured->seconds > 0)) return estimate;
    const double of = estimateCost(model, measured->queries(), {}).seconds;
    // A short prompt waits for memory more than it computes: its pace says little about a long one beyond some measure.
    return of > 0 ? estimate * std::clamp(measured->seconds / of, 0.5, 20.0) : estimate;
}

}  // namespace hs::ui
