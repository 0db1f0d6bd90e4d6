// SPDX-License-Identifier: GPL-3.0-or-later
// The detector of this folder, for catalogue.cpp.
#pragma once

namespace hs {

class Detector;

/// copying, qk-matching, successor, copy-suppression; positional QK and matching recall as scores.
const Detector& weightCircuitsDetector();

}  // namespace hs
