// SPDX-License-Identifier: GPL-3.0-or-later
// The detectors of this folder, for catalogue.cpp.
#pragma once

namespace hs {

class Detector;

/// previous-token, next-token, duplicate-token, induction, cmr-like; prefix matching, pointer mass, run-time copying as scores.
const Detector& repeatedTokensDetector();
const Detector& retrievalDetector();
const Detector& markovDetector();
const Detector& iterationDetector();

}  // namespace hs
