// SPDX-License-Identifier: GPL-3.0-or-later
// The detectors that read text, all in one stream: each document's maps come in row panels, every head and every pattern takes
// what it needs from them, and the panel is dropped (engine/methods/patterns.md section 11). What stays is a few numbers per head, pattern and document.
#pragma once

#include <functional>
#include <memory>

#include "engine/analysis/corpus/corpus.h"
#include "engine/analysis/labels/evidence.h"
#include "engine/analysis/labels/preset.h"
#include "engine/forward/attention_source.h"

namespace hs {

/// Maps of one document and, for the norm view, || v_j W_O || of every key (empty function: not known).
struct DocumentMaps {
    std::shared_ptr<const AttentionSource> source;
    std::function<Result<std::shared_ptr<const std::vector<float>>>(HeadId)> valueNorms;
};
using MapsOf = std::function<Result<DocumentMaps>(const AnnotatedDocument&, const Progress&)>;

struct TextPassInput {
    int documents = 0;
    std::function<AnnotatedDocument(int)> document;
    std::vector<HeadId> heads;
    Visibility mask;                     ///< of every layer; where they differ:
    std::vector<Visibility> layerMasks;  ///< [L] or empty
    Visibility maskOf(HeadId head) const { return layerMasks.empty() ? mask : layerMasks[static_cast<std::size_t>(head.layer)]; }
    MapsOf maps;             ///< of the model
    MapsOf twinMaps;         ///< of its random-weight twin (null N3); empty: not run
    MapsOf randomTokenMaps;  ///< of the model on random tokens in the document's places (null N4); empty: not run
    const LabelPreset* preset = nullptr;
    RowMass mass = RowMass::Weights;
    RowWeighting weighting = RowWeighting::Documents;
    int examples = 5;  ///< rows of each kind that are kept
    /// Called after the first few documents and every time that their number has doubled, but not at the end: evidence of the documents
    /// read so far, and how many they are. An error ends the pass. Empty: nothing is made for it.
    std::function<Status(DetectorOutput, int)> onStage;
    std::uint64_t seed = 0;
};

/// Evidence of every head for every pattern of text, numbers beside it, and the documents that examples point to.
/// Errors: Cancelled, RowsNotNormalised (item = head, found = sum), NeedsWeights (norm view without norms), or what the maps say.
Result<DetectorOutput> runTextPass(const TextPassInput& input, const Progress& progress = {});

/// Share of each head's raw attention on the target sets of its labels, each cell counted for the first label that wants it.
struct ExplainedRequest {
    HeadId head;
    struct Target {
        LabelId label;
        std::string variant;
    };
    std::vector<Target> targets;  ///< in the order in which they take their cells
};
/// One vector for each request, same length as its targets. Documents are thinned evenly to at most `mostDocuments`.
Result<std::vector<std::vector<double>>> explainedMass(const TextPassInput& input, const std::vector<ExplainedRequest>& requests,
                                                       int mostDocuments, const Progress& progress = {});

}  // namespace hs
