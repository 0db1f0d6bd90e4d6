// SPDX-License-Identifier: GPL-3.0-or-later
// Inside the synthetic detectors only: the parts of evidence that all of them need.
#pragma once

#include <string>
#include <vector>

#include "engine/analysis/labels/evidence.h"
#include "engine/analysis/synthetic/sequences.h"

namespace hs::synthetic {

inline constexpr int kExamples = 5;

/// Evidence with head, label, analysis and data filled in; raw view unless changed.
HeadEvidence evidenceFor(HeadId head, LabelId label, std::string analysis, std::string variant);

/// Adds a null column when any of its values is a number.
void addNull(HeadEvidence& evidence, NullKind kind, const PerDocument& u);

/// Five rows with the largest, smallest and most usual value. values[s][k] belongs to targets[s][k] of document s.
void addExamples(HeadEvidence& evidence, const std::vector<std::vector<float>>& values, const std::vector<TargetList>& targets,
                 const std::vector<int>& lengths);

ExampleDocument exampleDocument(const SyntheticDocument& document, int number);

/// Mean of the numbers of a column, NaN without any.
double meanOf(const PerDocument& column);
/// Standard deviation over documents (n - 1), NaN with fewer than two.
double deviationOf(const PerDocument& column);

}  // namespace hs::synthetic
