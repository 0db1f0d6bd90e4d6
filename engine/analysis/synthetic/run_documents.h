// SPDX-License-Identifier: GPL-3.0-or-later
// Forward passes over many documents, several at a time; maps of all heads of a run, one after the other.
#pragma once

#include <functional>
#include <vector>

#include "engine/analysis/synthetic/sequences.h"
#include "engine/forward/forward.h"

namespace hs {

/// All heads of a model by layer, then head.
std::vector<HeadId> allHeads(const ModelConfig& config);

/// Runs every document, as progress of `stage`, and calls body(index, run) from a pool thread: bodies of different documents may run at the same time and must
/// write to places of their own. checkpoint() is called between groups of documents. The first error of a pass or a body ends it; Cancelled.
Status runDocuments(const std::shared_ptr<const Model>& model, const std::vector<std::shared_ptr<const Prompt>>& prompts,
                    const ForwardOptions& options, const Progress& progress, const std::function<Status(std::size_t, const Run&)>& body,
                    Stage stage = Stage::LabelSynthetic);

/// Maps without residuals or logits, which is what most detectors need.
ForwardOptions attentionOnly();

}  // namespace hs
