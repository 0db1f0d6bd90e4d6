// SPDX-License-Identifier: GPL-3.0-or-later
// Does the attention that a label describes do anything? Knock out exactly that attention of the head, and as much attention of
// another head of the layer in the same rows, another head for each document, and compare what changes (engine/methods/circuits.md sections 5.4 and 11.4; Geva et al. 2023 for the knockout).
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/forward/run.h"

namespace hs {

/// What a label says the head looks at in one document, as (query, key).
struct DocumentEdges {
    std::size_t document = 0;                ///< index of the prompts
    std::vector<std::pair<int, int>> edges;  ///< by query
};
struct KnockoutQuestion {
    HeadId head;
    std::vector<DocumentEdges> documents;
};

struct KnockoutOptions {
    std::uint64_t seed = 0;
    int draws = 4000;           ///< of the paired bootstrap over documents
    double leastEffect = 1e-4;  ///< nats (or share of the residual stream's square) below which nothing is said to change
};

/// Effects are means over documents of KL(intact || knocked out) at the positions from the first row on, in nats; in a model without
/// output of the squared change of the final residual stream over its square.
struct KnockoutAnswer {
    double effect = 0;         ///< the label's attention knocked out
    double control = 0;        ///< as much attention of another head knocked out
    double difference = 0;     ///< median over documents of effect - control: one control head may matter more than all others
    double low = 0, high = 0;  ///< 95 % bootstrap interval of it
    double lossChange = 0, controlLossChange = 0;  ///< nats a token; 0 without output
    double removed = 0, controlRemoved = 0;        ///< mean attention a row lost
    int documents = 0;
    bool confirmed = false;  ///< low > 0 and effect >= leastEffect
};

/// Other attention to knock out: cells of another head of the layer (of the head itself, but not those of `edges`, when `other` is
/// `head`), drawn at random row by row until they hold as much weight as the row's edges. Every row keeps a key.
Result<Intervention> controlKnockout(const Run& run, HeadId head, HeadId other, const std::vector<std::pair<int, int>>& edges,
                                     std::uint64_t seed);

/// One answer for each question. A question without edges, or with fewer than two documents, is not confirmed and has documents 0 or 1.
/// What forward() says; Cancelled. Results do not depend on the number of threads.
Result<std::vector<KnockoutAnswer>> checkKnockouts(const std::shared_ptr<const Model>& model,
                                                   const std::vector<std::shared_ptr<const Prompt>>& prompts,
                                                   const std::vector<KnockoutQuestion>& questions, const KnockoutOptions& options,
                                                   const Progress& progress);

}  // namespace hs
