// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions are data: a forward pass takes a list. Undo, sharing and batching come free.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/model/config.h"

namespace hs {

enum class InterventionKind {
    ScaleHead,       ///< z of the head is multiplied by `value` (0 switches it off)
    ZeroHead,        ///< z of the head becomes 0 (its share of b_O stays)
    MeanHead,        ///< z of the head becomes its mean over the prompt's positions (or `vector` when given)
    AddToHead,       ///< `vector` [d_head] is added to z at every position (or `positions`)
    KnockOutEdges,   ///< scores of (query, key) pairs become -inf before the softmax
    ForceRow,        ///< row `positions[0]` of the pattern becomes `vector` [n]
};

struct Intervention {
    InterventionKind kind = InterventionKind::ZeroHead;
    HeadId head;
    float value = 0.0f;
    std::vector<float> vector;
    std::vector<int> positions;                 ///< empty: all positions
    std::vector<std::pair<int, int>> edges;     ///< KnockOutEdges: (query, key)
    bool operator==(const Intervention&) const = default;
};
using Interventions = std::vector<Intervention>;

/// HeadOutOfRange, ShapeMismatch or InvalidArgument (item = what, found, expected); n = prompt length.
Status checkInterventions(const Interventions& list, const ModelConfig& config, int n);
/// First layer that any of them touches; nLayers when the list is empty.
int firstLayer(const Interventions& list, int nLayers);

}  // namespace hs
