// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/labels/detector.h"
#include "engine/analysis/patterns/text_pass.h"

namespace hs {

/// What the pass needs from a model and its corpus: maps of each document from a forward pass, of the twin, and of random tokens.
TextPassInput textPassInput(const DetectorInput& input);

}  // namespace hs
