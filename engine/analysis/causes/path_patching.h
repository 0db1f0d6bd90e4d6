// SPDX-License-Identifier: GPL-3.0-or-later
// Path patching (Wang et al. 2022, arXiv:2211.00593, section 3.1; Goldowsky-Dill et al. 2023): what a head changes through its direct
// paths to chosen receivers, all other heads frozen.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/analysis/causes/patching.h"

namespace hs {

/// A head's input, or the end of the residual stream (layer = number of layers; site and head are not read).
struct PathReceiver {
    HeadId head;
    Site site = Site::Q;  ///< Q, K or V; the head of K and V is a key/value head
};

struct PathOptions {
    PatchDirection direction = PatchDirection::Denoise;  ///< x_orig is the corrupted run, x_new the clean one; Noise: the other way
    std::vector<PathReceiver> receivers;                 ///< empty: the end of the residual stream
    std::vector<int> senderPositions;                    ///< rows of z that are sent; empty: all
    std::vector<int> receiverPositions;                  ///< rows of the receivers' inputs that take the change; empty: all
    std::vector<HeadId> senders;                         ///< empty: every head before the last receiver
};

struct PathMap {
    PathOptions options;
    int layers = 0, heads = 0;
    std::vector<double> value;  ///< [layers, heads] metric with this sender's paths patched; NaN: not asked for, or not before a receiver
    double clean = 0, corrupt = 0;  ///< metric of both runs
    std::size_t done = 0, total = 0;
    double at(int layer, int head) const
    {
        return value[static_cast<std::size_t>(layer) * static_cast<std::size_t>(heads) + static_cast<std::size_t>(head)];
    }
};

using PathStage = std::function<void(const PathMap&)>;
/// Four steps for each sender: its z from x_new in x_orig with every other head's z frozen (MLPs and norms recompute), the receivers'
/// inputs recorded, then x_orig with those inputs alone. Errors as checkPatch; HeadOutOfRange; InvalidArgument for a receiver site
/// that is not Q, K or V.
Result<PathMap> patchPaths(const PatchPair& pair, const PathOptions& options, const Progress& progress = {}, const PathStage& onStage = {});

}  // namespace hs
