// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/behaviour/behaviour.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/at.h"
#include "engine/forward/forward.h"

namespace hs {
namespace {

HeadAxis axisOf(const std::vector<HeadId>& heads)
{
    HeadAxis axis;
    for (const HeadId& id : heads) {
        AxisHead a;
        a.id = id;
        a.label = headName(id);
        a.firstHead = a.lastHead = id.head;
        axis.heads.push_back(std::move(a));
    }
    return axis;
}

/// A head that cannot be compared with any other has a fault of its own.
void markFaults(HeadMatrix& m)
{
    const std::size_t n = m.rows.size();
    for (std::size_t i = 0; i < n; ++i) {
        bool any = n == 1;
        for (std::size_t j = 0; j < n && !any; ++j) any = j != i && !std::isnan(m.values[i * n + j]);
        if (any) continue;
        m.rows.heads[i].fault = m.cols.heads[i].fault = NoValue::TooFewSamples;
        m.values[i * n + i] = std::numeric_limits<double>::quiet_NaN();
    }
}

std::shared_ptr<HeadMatrix> matrixOf(HeadMeasure measure, const std::vector<HeadId>& heads, std::vector<double> values,
                                     std::int64_t samples)
{
    auto m = std::make_shared<HeadMatrix>();
    m->measure = measure;
    m->rows = m->cols = axisOf(heads);
    m->values = std::move(values);
    m->samples = samples;
    markFaults(*m);
    return m;
}

}  // namespace

Result<PromptCorpus> makePromptCorpus(const Model& model, const TextCorpus& texts, const PromptOptions& options, const Progress& progress)
{
    if (!model.tokenizer()) return model.withoutTokenizer();
    int length = std::max(2, options.length);
    if (model.config().nCtx > 0) length = std::min(length, model.config().nCtx);
    const std::size_t all = texts.documents.size();
    const std::size_t count = options.maxDocuments > 0 ? std::min(all, at(options.maxDocuments)) : all;
    PromptCorpus out;
    out.name = texts.name;
    for (std::size_t i = 0; i < count; ++i) {
        if (progress.stopped()) return Error::cancelled();
        progress.report(Stage::Tokenising, static_cast<std::int64_t>(i), static_cast<std::int64_t>(count));
        const TextDocument& document = texts.documents[i * all / count];
        auto prompt = makePrompt(*model.tokenizer(), document.text);
        if (!prompt) {
            if (prompt.error().code == ErrorCode::TextEmpty) continue;
            Error error = prompt.error();
            error.file = document.source;
            return error;
        }
        if (prompt->size() > length) prompt->tokens.resize(at(length));
        if (prompt->size() >= 2) out.prompts.push_back(std::make_shared<const Prompt>(*std::move(prompt)));
    }
    if (out.prompts.empty()) return Error::in(texts.name, ErrorCode::TextEmpty);
    return out;
}

Result<std::shared_ptr<const BehaviourResult>> compareBehaviour(
    const std::shared_ptr<const Model>& model, const PromptCorpus& corpus, const BehaviourRequest& request, const Progress& progress,
    const std::function<void(std::shared_ptr<const BehaviourResult>)>& onPartial)
{
    if (!model) return Error::argument("model");
    if (corpus.prompts.empty()) return Error::in(corpus.name, ErrorCode::TextEmpty);
    const int total = static_cast<int>(corpus.prompts.size());
    std::vector<HeadId> heads;
    for (int l = 0; l < model->config().nLayers; ++l)
        for (int h = 0; h < model->config().heads(l); ++h) heads.push_back({l, h});
    PatternDistance patterns(heads, request.pattern);
    OutputCka outputs(model, total, request.output);

    const auto provenance = [&](HeadMatrix& m, std::uint64_t seed) {
        m.model = model->identity().name;
        m.dModel = model->config().dModel;
        m.seed = seed;
        m.corpus = corpus.name;
    };
    const auto state = [&](int done) {
        auto out = std::make_shared<BehaviourResult>();
        if (request.patterns) {
            auto m = matrixOf(HeadMeasure::PatternDistance, heads, patterns.distances().values, patterns.rows());
            provenance(*m, request.pattern.seed);
            out->patterns = std::move(m);
            out->referenceMass = patterns.referenceMass();
            out->layerDiversity = patterns.layerDiversity();
            out->rows = patterns.rows();
        }
        out->documents = done;
        out->documentsTotal = total;
        out->tokens = outputs.tokens();
        out->recommendedTokens = outputs.recommendedTokens();
        out->contentView = request.pattern.content;
        out->throughOutput = request.output.throughOutput;
        return out;
    };

    ForwardOptions options;
    options.logits = false;
    options.keepResiduals = false;
    options.stats = false;
    const Progress quiet(progress.token(), {}, [&progress] { progress.checkpoint(); });
    for (int i = 0; i < total; ++i) {
        progress.report(Stage::Behaviour, i, total);
        if (!progress.checkpoint()) return Error::cancelled();
        const auto run = forward(model, corpus.prompts[at(i)], options, quiet);
        if (!run) return run.error();
        if (request.patterns)
            if (Status status = patterns.add(**run, quiet); !status) return status.error();
        if (request.outputs)
            if (Status status = outputs.add(**run, quiet); !status) return status.error();
        const int done = i + 1;
        if (onPartial && request.patterns && done < total && (done & (done - 1)) == 0) onPartial(state(done));
    }
    progress.report(Stage::Behaviour, total, total);
    auto out = state(total);
    if (request.outputs) {
        auto cka = outputs.finish(progress);
        if (!cka) return cka.error();
        auto m = matrixOf(HeadMeasure::OutputCka, cka->heads, std::move(cka->values), outputs.tokens());
        provenance(*m, request.output.seed);
        out->outputs = std::move(m);
    }
    out->complete = true;
    return std::shared_ptr<const BehaviourResult>(std::move(out));
}

Result<DistanceMatrix> distancesFrom(const HeadMatrix& m)
{
    if (m.rows.size() != m.cols.size() || (m.pairing && !m.pairing->sameRole()))
        return Error::argument("pairing", m.pairing ? rolePairName(*m.pairing) : std::string(), "QQ, KK, VV, OO");
    DistanceMatrix out(static_cast<int>(m.rows.size()));
    for (int i = 0; i < out.n; ++i)
        for (int j = 0; j < i; ++j) {
            const double value = m.normalised(at(i), at(j));
            out.set(i, j, isDistance(m.measure) ? value : std::max(0.0, 1.0 - value));
        }
    // max(0, NaN) is 0: pairs without a number stay without one.
    for (int i = 0; i < out.n; ++i)
        for (int j = 0; j < i; ++j)
            if (std::isnan(m.value(at(i), at(j)))) out.set(i, j, std::numeric_limits<double>::quiet_NaN());
    return out;
}

}  // namespace hs
