// SPDX-License-Identifier: GPL-3.0-or-later
// Cost of labelling a model (bench_labels [MODEL [REPORT.json]]; otherwise the sample): every stage, when the first verdict stands, and
// the time of it all against one forward pass over the same documents. Of the sample also: growth with the length of documents and
// with the corpus, and memory.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "engine/analysis/causal_check/cause_checker.h"
#include "engine/analysis/labels/labeller.h"
#include "engine/analysis/labels/report_json.h"
#include "engine/analysis/labels/work.h"
#include "engine/base/parallel.h"
#include "engine/forward/forward.h"
#include "engine/io/corpus_open.h"
#include "engine/io/open.h"

using namespace hs;

namespace {

using Clock = std::chrono::steady_clock;

/// Of all threads: what a busy machine does not change.
double processorSeconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
           + 1e-6 * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// A line of /proc/self/status in MiB.
double processMiB(const char* key)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind(key, 0) == 0) return std::atof(line.c_str() + line.find(':') + 1) / 1024.0;
    return 0;
}

const char* stageName(Stage stage)
{
    switch (stage) {
    case Stage::LabelCorpus: return "all text detectors";
    case Stage::LabelSynthetic: return "made sequences";
    case Stage::LabelWeights: return "weights";
    case Stage::LabelTests: return "tests";
    case Stage::LabelCauses: return "causal checks";
    case Stage::LabelExplained: return "explained mass";
    default: return "other";
    }
}

struct Texts {
    TextCorpus corpus;
    std::shared_ptr<const Corpus> chunk(const Model& model, int length, int documents) const
    {
        ChunkOptions options;
        options.length = length;
        options.maxDocuments = documents;
        auto made = Corpus::make(corpus, *model.tokenizer(), model.config().nCtx, true, options);
        if (!made) std::exit(1);
        return *made;
    }
};

Texts readTexts()
{
    const std::string folder = HEADSCOPE_SOURCE_DIR "/resources/sample/";
    auto read = readCorpus({folder + "sample_corpus.txt", folder + "passages.txt"});
    if (!read) std::exit(1);
    return {std::move(*read)};
}

/// The same as one long text, so that documents can have any length.
Texts joined(const Texts& texts)
{
    Texts out = texts;
    out.corpus.documents.resize(1);
    for (std::size_t d = 1; d < texts.corpus.documents.size(); ++d) out.corpus.documents[0].text += "\n" + texts.corpus.documents[d].text;
    return out;
}

struct Times {
    double seconds = 0, processor = 0;
    std::map<Stage, double> stages;  ///< of the processor
    std::map<Stage, double> walls;
    double first = 0, firstProcessor = 0;  ///< until the first report
    std::shared_ptr<const LabelReport> report;
};

Times label(const std::shared_ptr<const Model>& model, std::shared_ptr<const Corpus> corpus, bool everything)
{
    LabelOptions options;
    options.model = model;
    options.corpus = std::move(corpus);
    options.synthetic = options.weights = everything;
    if (everything) options.causes = checkCausesByKnockout;
    Times times;
    const auto start = Clock::now();
    const double before = processorSeconds();
    auto last = start;
    double lastProcessor = before;
    Stage stage = Stage::Checking;
    const auto turn = [&](Stage next) {
        times.walls[stage] += secondsSince(last);
        times.stages[stage] += processorSeconds() - lastProcessor;
        last = Clock::now();
        lastProcessor = processorSeconds();
        std::fprintf(stderr, "%8.1f s, %8.1f s of the processor: %s ends\n", secondsSince(start), processorSeconds() - before,
                     stageName(stage));
        stage = next;
    };
    const Progress progress({}, [&](const ProgressReport& report) {
        if (report.stage != stage) turn(report.stage);
    });
    const auto report = labelModel(options, progress, [&](const std::shared_ptr<const LabelReport>& sofar) {
        std::fprintf(stderr, "%8.1f s, %8.1f s of the processor: a report with %d documents\n", secondsSince(start),
                     processorSeconds() - before, sofar->provenance.documents);
        if (times.first > 0) return;
        times.first = secondsSince(start);
        times.firstProcessor = processorSeconds() - before;
    });
    if (!report) {
        std::printf("failed: %d %s\n", static_cast<int>(report.error().code), report.error().item.c_str());
        std::exit(1);
    }
    turn(stage);
    times.seconds = secondsSince(start);
    times.processor = processorSeconds() - before;
    times.report = *report;
    return times;
}

/// Processor seconds of one pass over the documents that the report read.
double onePass(const std::shared_ptr<const Model>& model, const Corpus& corpus)
{
    ForwardOptions options;
    options.logits = options.keepResiduals = options.stats = false;
    const double before = processorSeconds();
    for (int d = 0; d < corpus.size(); ++d)
        if (!forward(model, std::make_shared<const Prompt>(corpus.document(d).prompt), options)) std::exit(1);
    return processorSeconds() - before;
}

/// Everything about one model; seconds of the wall.
double whole(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Corpus>& corpus, const char* out)
{
    int heads = 0;
    for (int layer = 0; layer < model->config().nLayers; ++layer) heads += model->config().heads(layer);
    const Times all = label(model, corpus, true);
    const LabelProvenance& p = all.report->provenance;
    const double pass = onePass(model, *corpus->thinned(p.documents));
    const double perThousand = static_cast<double>(p.tokens) / 1000.0;
    LabelWork work;
    work.documents = corpus->size();
    work.length = static_cast<int>(corpus->tokens() / corpus->size());
    std::printf("estimated before the start: %.1f s\n", estimateLabels(*model, {}, work).seconds);
    std::printf(
        "%s, %d of %d documents, %d tokens, %d heads, %d threads: %.1f s (%.1f s of the processor), %d tests   goal: at most 180 s\n",
        model->identity().name.c_str(), p.documents, p.documentsOffered, p.tokens, heads, threadCount(), all.seconds, all.processor,
        p.tests);
    std::printf("first verdict of every head after %.1f s (%.1f s of the processor)   goal: at most 20 s\n", all.first, all.firstProcessor);
    std::printf("one pass over these documents: %.1f s of the processor; labelling takes %.1f times as long\n", pass, all.processor / pass);
    std::printf("%-22s %9s %12s %16s %24s\n", "stage", "s", "processor s", "ms per head", "ms per head and 1000 tok");
    for (const auto& [stage, seconds] : all.stages)
        std::printf("%-22s %9.2f %12.2f %16.1f %24.2f\n", stageName(stage), all.walls.at(stage), seconds, seconds * 1e3 / heads,
                    seconds * 1e3 / heads / perThousand);
    if (out) std::ofstream(out) << reportToJson(*all.report);
    std::fflush(stdout);
    return all.seconds;
}

}  // namespace

int main(int argc, char** argv)
{
    setThreadCount(2);
    OpenOptions options;
    options.probe = false;
    const auto opened = openModel(argc > 1 ? argv[1] : HEADSCOPE_SOURCE_DIR "/resources/sample/headscope-sample.h5", options);
    if (!opened || !(*opened)->tokenizer()) return 1;
    const auto model = *opened;
    const Texts texts = readTexts();
    const double seconds = whole(model, texts.chunk(*model, 128, 400), argc > 2 ? argv[2] : nullptr);
    if (argc > 1) return seconds <= 180 ? 0 : 1;

    int heads = 0;
    for (int layer = 0; layer < model->config().nLayers; ++layer) heads += model->config().heads(layer);
    std::printf("\ntext detectors alone, by corpus (128 tokens a document)\n%10s %10s %9s %24s %12s\n", "documents", "tokens", "s",
                "ms per head and 1000 tok", "peak MiB");
    for (const int documents : {25, 50, 100, 200}) {
        const auto part = texts.chunk(*model, 128, documents);
        const double seconds = label(model, part, false).seconds;
        std::printf("%10d %10ld %9.2f %24.2f %12.0f\n", part->size(), part->tokens(), seconds,
                    seconds * 1e6 / heads / static_cast<double>(part->tokens()), processMiB("VmHWM"));
    }
    std::printf("\nby length\n%10s %10s %9s %24s\n", "length", "tokens", "s", "ms per head and 1000 tok");
    const Texts one = joined(texts);
    for (const int length : {32, 64, 128, 256}) {
        const auto part = one.chunk(*model, length, std::max(1, 12800 / length));
        const double seconds = label(model, part, false).seconds;
        std::printf("%10d %10ld %9.2f %24.2f\n", part->longest(), part->tokens(), seconds,
                    seconds * 1e6 / heads / static_cast<double>(part->tokens()));
    }
    return seconds <= 60 ? 0 : 1;
}
