// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/work.h"

#include <algorithm>
#include <cmath>

#include "engine/analysis/synthetic/sequences.h"
#include "engine/base/parallel.h"
#include "engine/forward/forward.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

/// The model, its twin and random tokens.
constexpr int kTextPasses = 3;
/// Explained mass is a description, not a test: this many documents are enough for it, and this part of the work on text.
constexpr int kExplainedDocuments = 64, kLeastExplained = 8;
constexpr double kExplainedPart = 0.125;

int meanLength(const Corpus& corpus) { return corpus.size() > 0 ? static_cast<int>(corpus.tokens() / corpus.size()) : 0; }

double budgetOf(const LabelPreset& preset, const char* key) { return preset.value(key) * kWorkUnit; }

}  // namespace

double passWork(const Model& model, int tokens, bool logits, int layer)
{
    const double blocks = forwardFlops(model, tokens, false) / 2, output = forwardFlops(model, tokens, logits) / 2 - blocks;
    const int layers = std::max(1, model.config().nLayers);
    return blocks * (layers - layer) / layers + output;
}

int affordable(double budget, double each, int wanted, int least)
{
    if (!(each > 0) || budget / each >= wanted) return wanted;
    return std::clamp(static_cast<int>(budget / each), std::min(least, wanted), wanted);
}

int textDocuments(const Model& model, const Corpus& corpus, const LabelPreset& preset)
{
    return affordable(budgetOf(preset, "trust.text-work"), kTextPasses * passWork(model, meanLength(corpus), false), corpus.size(),
                      static_cast<int>(preset.value("trust.documents")));
}

int explainedDocuments(const Model& model, const Corpus& corpus, const LabelPreset& preset)
{
    return affordable(kExplainedPart * budgetOf(preset, "trust.text-work"), passWork(model, meanLength(corpus), false),
                      std::min(kExplainedDocuments, corpus.size()), kLeastExplained);
}

MadeCounts madeCounts(const Model& model, const LabelPreset& preset)
{
    const int context = syntheticContext(model.config());
    const SyntheticVocabulary vocabulary = syntheticVocabulary(model);
    const int copy = copyLength(vocabulary, context, 2), ofFour = copyLength(vocabulary, context, 4);
    const auto count = [&](const char* key) { return static_cast<int>(preset.value(key)); };
    MadeCounts m;
    // The support rule asks for 100 rows: with short copies that takes more sequences.
    m.repeats = std::max(count("random-positional.documents"), copy > 0 ? (100 + copy - 1) / copy : 0);
    m.copies = m.repeats;
    m.needles = count("retrieval.documents");
    m.chains = count("statistical-induction.documents");
    m.tasks = count("iteration.documents");
    m.wanted = m.all();
    const double two = passWork(model, 2 * copy, false), four = passWork(model, 4 * ofFour, false),
                 needle = passWork(model, context / 2 + context / 8, false), chain = passWork(model, std::min(100, context), false),
                 task = passWork(model, std::min(40, context), false);
    const auto work = [&] { return 3 * m.repeats * two + m.copies * four + 2 * m.needles * needle + m.chains * chain + m.tasks * task; };
    const double budget = budgetOf(preset, "trust.made-work");
    if (const double share = budget / work(); share < 1) {
        // Tests need as many as the support rule asks for; prefix matching over four copies is a mean without a test.
        const int least = static_cast<int>(preset.value("trust.documents"));
        const auto thin = [&](int n, int fewest) { return std::clamp(static_cast<int>(n * share), std::min(fewest, n), n); };
        const int shortest = std::max(least, copy > 0 ? (100 + copy - 1) / copy : 0);
        m.repeats = thin(m.repeats, shortest);
        m.copies = thin(m.copies, kLeastExplained);
        m.needles = thin(m.needles, least + least / 5);
        m.chains = thin(m.chains, least);
        m.tasks = thin(m.tasks, least);
    }
    m.work = work();
    return m;
}

LabelEstimate estimateLabels(const Model& model, const LabelPreset& preset, const LabelWork& given)
{
    // Measured beside the products: cells of maps (three kinds of runs and all patterns), what weights cost, tests.
    constexpr double kReached = 0.6, kCell = 1.7e-7, kMadeCell = 4e-8, kTest = 2.2e-9;
    LabelEstimate out;
    const ModelConfig& config = model.config();
    int heads = 0;
    for (int l = 0; l < config.nLayers; ++l) heads += config.heads(l);
    double cells = 0, madeCells = 0, columns = 0;
    if (model.canRun() && given.documents > 0) {
        const double pass = passWork(model, given.length, false);
        out.documents = given.everyDocument ? given.documents
                                            : affordable(budgetOf(preset, "trust.text-work"), kTextPasses * pass, given.documents,
                                                         static_cast<int>(preset.value("trust.documents")));
        out.work += out.documents * kTextPasses * pass;
        out.work += pass
                    * affordable(kExplainedPart * budgetOf(preset, "trust.text-work"), pass, std::min(kExplainedDocuments, out.documents),
                                 kLeastExplained);
        cells = 0.5 * out.documents * given.length * given.length * heads;
        columns += 30.0 * heads * out.documents;
    }
    if (model.canRun() && given.synthetic) {
        const MadeCounts made = madeCounts(model, preset);
        const double context = std::min(100, syntheticContext(config));
        out.work += made.work;
        madeCells = (5.0 * made.repeats + 2.0 * made.copies + made.chains) * context * context * heads;
        columns += 6.0 * heads * made.repeats;
    }
    if (model.canRun() && given.causes) {
        // About one label a head, half of the layers behind it; one head in three reads earlier context.
        const double one = passWork(model, 96, true, config.nLayers / 2), score = passWork(model, 512, true);
        out.work += std::min(budgetOf(preset, "attention-knockout.work"), 40.0 * heads * one);
        out.work += std::min(budgetOf(preset, "icl-score.work"), preset.value("icl-score.sequences") * score * (1 + heads / 6.0));
    }
    if (given.weights) {
        // Two hundred shuffled heads, and each head's products with the sampled vocabulary.
        const double d = config.dModel, sample = std::min(4096, config.dVocab);
        out.work += (heads + 200.0) * sample * d * config.dHead * 1.2;
    }
    const double rate = gemmRate() * 1e9 * kReached / 2, threads = threadCount();
    out.seconds =
        out.work / rate + (kCell * cells + kMadeCell * madeCells) / threads + kTest * columns * preset.value("trust.flips") / 1e2 / threads;
    return out;
}

}  // namespace hs
