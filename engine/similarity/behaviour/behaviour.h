// SPDX-License-Identifier: GPL-3.0-or-later
// Heads compared by what they do on a corpus: both behaviour measures in one sweep of forward passes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/similarity/behaviour/output_cka.h"
#include "engine/similarity/behaviour/pattern_distance.h"
#include "engine/similarity/head_matrix.h"
#include "engine/text/document.h"

namespace hs {

/// Documents as the model reads them.
struct PromptCorpus {
    std::string name;  ///< of the file or folder
    std::vector<std::shared_ptr<const Prompt>> prompts;
};
struct PromptOptions {
    int length = 128;        ///< longest document in tokens, with BOS; never more than the model's context. The rest is cut off
    int maxDocuments = 100;  ///< 0: all. More are thinned evenly over the whole corpus
};
/// TokenizerMissing, TextEmpty (no document gives two tokens), Cancelled, and what the tokeniser says.
Result<PromptCorpus> makePromptCorpus(const Model& model, const TextCorpus& texts, const PromptOptions& options,
                                      const Progress& progress = {});

struct BehaviourRequest {
    bool patterns = true;  ///< Jensen-Shannon distance of maps
    bool outputs = true;   ///< linear CKA of outputs
    PatternDistanceOptions pattern;
    OutputCkaOptions output;

    /// One measure alone.
    static BehaviourRequest of(HeadMeasure measure)
    {
        BehaviourRequest request;
        request.patterns = measureInfo(measure).input == MeasureInput::Patterns;
        request.outputs = measureInfo(measure).input == MeasureInput::Outputs;
        return request;
    }
};

struct BehaviourResult {
    std::shared_ptr<const HeadMatrix> patterns;  ///< "js": distances; null when not asked for
    std::shared_ptr<const HeadMatrix> outputs;   ///< "output-cka"; null when not asked for, or in partial results
    std::vector<double> referenceMass;           ///< [heads] mean mass on BOS and other specials: groups above .6 are "both sinks"
    std::vector<double> layerDiversity;          ///< [layers] generalised divergence of its heads, nats
    int documents = 0, documentsTotal = 0;
    std::int64_t rows = 0;                           ///< compared by the pattern distance
    std::int64_t tokens = 0, recommendedTokens = 0;  ///< of the output measure; fewer than recommended: biased upwards
    bool contentView = false, throughOutput = false;
    bool complete = false;

    const std::shared_ptr<const HeadMatrix>& of(HeadMeasure measure) const
    {
        return measureInfo(measure).input == MeasureInput::Patterns ? patterns : outputs;
    }
};

/// `onPartial` sees the state after 1, 2, 4, 8 ... documents. ModelPartial, TextEmpty (no prompts), what the forward pass gives, Cancelled.
Result<std::shared_ptr<const BehaviourResult>> compareBehaviour(
    const std::shared_ptr<const Model>& model, const PromptCorpus& corpus, const BehaviourRequest& request, const Progress& progress = {},
    const std::function<void(std::shared_ptr<const BehaviourResult>)>& onPartial = {});

/// Distances for clustering and the map of heads from any matrix that compares all heads with all: js as it is; output CKA as 1 - CKA;
/// same-role Projection Kernel as 1 - PK / sqrt(r r') (engine/methods/weight_space.md section 6); other same-role measures as 1 - value.
/// InvalidArgument (item "pairing"): earlier-to-later pairs are no distances.
Result<DistanceMatrix> distancesFrom(const HeadMatrix& matrix);

}  // namespace hs
