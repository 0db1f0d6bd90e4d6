// SPDX-License-Identifier: GPL-3.0-or-later
// Inside patterns only: from gathered columns to evidence.
#pragma once

#include "engine/analysis/patterns/head_state.h"
#include "engine/analysis/patterns/text_pass.h"

namespace hs::patterns {

/// `twin` and `random` are null where those passes were not run.
void addEvidence(const TextPassInput& input, HeadId head, const std::vector<MassPattern>& patterns, const HeadState& state,
                 const HeadState* twin, const HeadState* random, DetectorOutput& out);

}  // namespace hs::patterns
