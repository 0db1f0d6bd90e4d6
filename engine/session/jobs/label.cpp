// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/label.h"

#include <algorithm>
#include <filesystem>

#include "engine/analysis/catalogue.h"
#include "engine/analysis/causal_check/cause_checker.h"
#include "engine/analysis/labels/labeller.h"
#include "engine/analysis/labels/report_json.h"
#include "engine/analysis/labels/text_detector.h"
#include "engine/analysis/labels/work.h"
#include "engine/base/hash.h"
#include "engine/base/version.h"
#include "engine/io/analysis_cache.h"
#include "engine/io/corpus_open.h"
#include "engine/session/jobs/steps.h"
#include "engine/session/texts.h"

namespace hs::session {
namespace {

/// Goes up when a detector or the decision changes what a stored result would be. A new analysis changes the key by itself.
constexpr const char* kLabelVersion = "3";
constexpr const char* kCacheKind = "labels";
/// Bytes of prose per token, generously: a document of the reader is about one document of the analysis.
constexpr std::size_t kBytesPerToken = 4;

/// Prompts of ids are texts of an alphabet of ids.
Result<std::shared_ptr<const Corpus>> corpusOfIds(const Model& model, const LabelRequest& request, const Progress& progress)
{
    const int vocabulary = model.config().dVocab;
    auto read = readIdLines(request.tokensFile, vocabulary);
    if (!read) return read.error();
    TextCorpus texts;
    texts.name = request.corpusName.empty() ? std::filesystem::path(request.tokensFile).filename().string() : request.corpusName;
    texts.dataHash = read->hash;
    for (std::size_t i = 0; i < read->ids.size(); ++i) {
        TextDocument document{{}, texts.name, static_cast<int>(i)};
        for (const int id : read->ids[i]) document.text.append(document.text.empty() ? "" : " ").append(std::to_string(id));
        texts.bytes += document.text.size();
        texts.documents.push_back(std::move(document));
    }
    ChunkOptions chunks;
    chunks.length = request.length;
    chunks.shortest = 4;  // the prompts of small models are short
    chunks.reference = model.config().paddingToken;
    chunks.maxDocuments = request.maxDocuments;
    return Corpus::make(texts, *makeIdTokenizer(vocabulary), model.config().nCtx, !model.config().looksAhead(), chunks, progress);
}

/// Null when there is no text to read: no paths, no tokeniser, or text not wanted.
Result<std::shared_ptr<const Corpus>> corpusFor(const Model& model, const LabelRequest& request, const Progress& progress)
{
    if (request.text && !request.tokensFile.empty()) return corpusOfIds(model, request, progress);
    if (request.corpusPaths.empty() || !request.text || !model.tokenizer()) return std::shared_ptr<const Corpus>();
    CorpusOptions reading;
    reading.documentBytes = kBytesPerToken * static_cast<std::size_t>(std::max(16, request.length));
    reading.maxDocuments = request.maxDocuments;
    auto texts = readCorpus(request.corpusPaths, reading, progress);
    if (!texts) return texts.error();
    if (!request.corpusName.empty()) texts->name = request.corpusName;
    ChunkOptions chunks;
    chunks.length = request.length;
    chunks.maxDocuments = request.maxDocuments;
    chunks.reference = model.config().paddingToken;
    return Corpus::make(*texts, *model.tokenizer(), model.config().nCtx, !model.config().looksAhead(), chunks, progress);
}

/// Everything that a result depends on.
std::string cacheKey(const Model& model, const std::string& modelHash, const Corpus* corpus, const LabelRequest& request)
{
    std::string facts = std::string(kVersion) + '\n' + kLabelVersion + '\n' + modelHash + '\n';
    for (const std::string& key : configKeys())
        facts += configValue(model.config(), key) + '\n';  // what the user said about the file counts too
    facts += corpus
                 ? corpus->name() + '\n' + corpus->hash() + '\n' + std::to_string(corpus->size()) + '\n' + std::to_string(corpus->tokens())
                 : "no text";
    facts += '\n' + std::to_string(request.text) + std::to_string(request.synthetic) + std::to_string(request.weights)
             + std::to_string(request.causes);
    facts += '\n' + std::string(massName(request.mass)) + '\n' + weightingName(request.weighting) + '\n' + std::to_string(request.length)
             + '\n' + std::to_string(request.maxDocuments) + '\n' + std::to_string(request.everyDocument) + '\n'
             + std::to_string(request.seed) + '\n' + request.preset.id + '\n';
    for (const AnalysisEntry& entry : catalogue()) facts += entry.id + '\n';
    for (const auto& [key, value] : request.preset.values()) facts += key + '=' + std::to_string(value) + '\n';
    return sha256Hex(facts.data(), facts.size());
}

}  // namespace

Status runJob(const LabelJob& job, const ContextOf<LabelJob>& context)
{
    if (!job.model) return missingArgument("model");
    const Model& model = *job.model;
    auto hash = sha256OfFile(model.identity().path, context.progress);
    if (!hash && hash.error().code == ErrorCode::Cancelled) return hash.error();
    const AnalysisPlace place{model.identity().path, hash ? *hash : std::string()};
    const auto publishStored = [&](const std::string& text, std::int64_t storedAt) {
        auto report = reportFromJson(text);
        if (!report || !report->complete || (hash && report->provenance.modelHash != *hash)) return false;
        context.publish(LabelResult{job.model, std::make_shared<const LabelReport>(std::move(*report)), true, storedAt});
        return true;
    };
    // What the file's hash does not say is not looked up by it: other weights, other attention.
    const bool changed = model.config().paddingToken >= 0 || !model.identity().adapter.empty();
    if (job.request.onlyStored) {
        if (const auto stored = hash && !changed ? readNewestAnalysis(place, kCacheKind) : std::nullopt)
            publishStored(stored->text, stored->storedAt);
        return {};
    }
    auto corpus = corpusFor(model, job.request, context.progress);
    if (!corpus) return corpus.error();

    // A model that is not one file has no hash and is not cached.
    const std::string key = hash && !changed ? cacheKey(model, *hash, corpus->get(), job.request) : std::string();
    if (job.request.useCache && !key.empty())
        if (const auto stored = readAnalysis(place, kCacheKind, key))
            if (publishStored(*stored, 0)) return {};

    LabelOptions options;
    options.model = job.model;
    options.corpus = std::move(*corpus);
    options.preset = job.request.preset;
    options.seed = job.request.seed;
    options.mass = job.request.mass;
    options.weighting = job.request.weighting;
    options.text = job.request.text;
    options.synthetic = job.request.synthetic;
    options.weights = job.request.weights;
    options.everyDocument = job.request.everyDocument;
    if (job.request.causes) options.causes = checkCausesByKnockout;
    if (hash) options.modelHash = *hash;
    auto report = labelModel(options, context.progress, [&](std::shared_ptr<const LabelReport> stage) {
        context.publish(LabelResult{job.model, std::move(stage), false, 0});
    });
    if (!report) return report.error();
    // A place that cannot be written costs the next run its time and nothing else.
    if (job.request.useCache && !key.empty()) (void)writeAnalysis(place, kCacheKind, key, reportToJson(**report));
    context.publish(LabelResult{job.model, std::move(*report), false, 0});
    return {};
}

Status runJob(const LabelExamplesJob& job, const ContextOf<LabelExamplesJob>& context)
{
    if (!job.model) return missingArgument("model");
    const auto corpus = corpusFor(*job.model, job.request, context.progress);
    if (!corpus) return corpus.error();
    if (!*corpus) return missingArgument("corpus");
    // The documents of the report, which are numbered alike.
    const int used = job.request.everyDocument ? (*corpus)->size() : textDocuments(*job.model, **corpus, job.request.preset);
    DetectorInput input;
    input.model = job.model;
    input.corpus = used < (*corpus)->size() ? (*corpus)->thinned(used) : *corpus;
    input.preset = &job.request.preset;
    input.seed = job.request.seed;
    input.mass = job.request.mass;
    input.weighting = job.request.weighting;
    TextPassInput pass = textPassInput(input);
    pass.heads = {job.head};
    pass.randomTokenMaps = {};
    pass.examples = job.count;
    auto found = runTextPass(pass, context.progress);
    if (!found) return found.error();
    LabelExamplesResult result;
    result.request = job;
    for (const HeadEvidence& e : found->evidence) {
        if (e.label != job.label || e.variant != job.variant) continue;
        result.best = e.best;
        result.worst = e.worst;
        result.typical = e.typical;
    }
    const auto shows = [&](int document) {
        for (const std::vector<ExampleRow>* rows : {&result.best, &result.worst, &result.typical})
            if (std::any_of(rows->begin(), rows->end(), [&](const ExampleRow& row) { return row.document == document; })) return true;
        return false;
    };
    for (ExampleDocument& document : found->documents)
        if (shows(document.document)) result.documents.push_back(std::move(document));
    context.publish(std::move(result));
    return {};
}

}  // namespace hs::session
