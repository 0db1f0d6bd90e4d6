// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/text_detector.h"

#include "engine/analysis/labels/text_entries.h"
#include "engine/analysis/synthetic/run_documents.h"
#include "engine/base/random.h"
#include "engine/forward/forward.h"

namespace hs {
namespace {

constexpr std::uint64_t kRandomTokens = 0x4E34;  // stream of null N4

Result<DocumentMaps> mapsOf(const std::shared_ptr<const Model>& model, std::shared_ptr<const Prompt> prompt, const Progress& progress)
{
    ForwardOptions options;
    options.logits = false;
    options.keepResiduals = false;
    options.stats = false;
    auto run = forward(model, std::move(prompt), options, progress);
    if (!run) return run.error();
    DocumentMaps maps;
    maps.source = *run;
    maps.valueNorms = [run = *run](HeadId head) { return run->valueNorms(head); };
    return maps;
}

/// The prompt with random ids of the vocabulary in every place that is no reference.
std::shared_ptr<const Prompt> randomTokens(const AnnotatedDocument& document, const Model& model, std::uint64_t seed)
{
    auto prompt = std::make_shared<Prompt>(document.prompt);
    SeededRandom random(seed ^ kRandomTokens, static_cast<std::uint64_t>(document.index));
    const auto vocab = static_cast<std::uint64_t>(model.config().dVocab);
    const Tokenizer* tokenizer = model.tokenizer().get();
    for (std::size_t i = 0; i < prompt->tokens.size(); ++i) {
        if (document.isReference[i]) continue;
        int id = static_cast<int>(random.below(vocab));
        for (int tries = 0; tries < 100 && tokenizer && tokenizer->isSpecial(id); ++tries) id = static_cast<int>(random.below(vocab));
        prompt->tokens[i].id = id;
    }
    return prompt;
}

/// All analyses that share the stream over the text: engine/methods/patterns.md sections 2 and 4.
class TextDetector final : public Detector {
public:
    const std::vector<AnalysisEntry>& entries() const override { return textEntries(); }
    std::optional<Inapplicable> applicability(const DetectorInput& input) const override
    {
        if (!input.model->canRun()) return Inapplicable{"partial-model", {}};
        if (!input.corpus && !input.model->tokenizer()) return Inapplicable{"no-tokenizer", {}};
        if (!input.corpus || input.corpus->size() == 0) return Inapplicable{"no-text", {}};
        return std::nullopt;
    }
    Result<DetectorOutput> run(const DetectorInput& input, const Progress& progress) const override
    {
        TextPassInput pass = textPassInput(input);
        pass.onStage = input.onStage;
        return runTextPass(pass, progress);
    }
};

}  // namespace

const Detector& textDetector()
{
    static const TextDetector detector;
    return detector;
}

TextPassInput textPassInput(const DetectorInput& input)
{
    TextPassInput out;
    const ModelConfig& config = input.model->config();
    out.heads = allHeads(config);
    for (int layer = 0; layer < config.nLayers; ++layer) out.layerMasks.push_back(config.visibility(layer));
    out.mask = config.visibility(0);
    out.documents = input.corpus->size();
    out.document = [corpus = input.corpus](int index) { return corpus->document(index); };
    const auto of = [](const std::shared_ptr<const Model>& model) {
        return [model](const AnnotatedDocument& document, const Progress& progress) {
            return mapsOf(model, std::make_shared<const Prompt>(document.prompt), progress);
        };
    };
    out.maps = of(input.model);
    if (input.twin) out.twinMaps = of(input.twin);
    out.randomTokenMaps = [model = input.model, seed = input.seed](const AnnotatedDocument& document, const Progress& progress) {
        return mapsOf(model, randomTokens(document, *model, seed), progress);
    };
    out.preset = input.preset;
    out.mass = input.mass;
    out.weighting = input.weighting;
    out.seed = input.seed;
    return out;
}

}  // namespace hs
