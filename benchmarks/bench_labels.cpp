// SPDX-License-Identifier: GPL-3.0-or-later
// Cost of labelling the sample model: every stage, per head and per 1000 tokens; growth with the length of documents and with the
// corpus; memory of a corpus four times as large.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "engine/analysis/labels/labeller.h"
#include "engine/base/parallel.h"
#include "engine/io/corpus_open.h"
#include "engine/io/open.h"

using namespace hs;

namespace {

using Clock = std::chrono::steady_clock;

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
    case Stage::LabelProfiles: return "offset profiles";
    case Stage::LabelCorpus: return "all text detectors";
    case Stage::LabelTwin: return "nulls N3 and N4";
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
    double seconds = 0;
    std::map<Stage, double> stages;
    int tests = 0;
};

Times label(const std::shared_ptr<const Model>& model, std::shared_ptr<const Corpus> corpus, bool everything)
{
    LabelOptions options;
    options.model = model;
    options.corpus = std::move(corpus);
    options.synthetic = options.weights = everything;
    Times times;
    const auto start = Clock::now();
    auto last = start;
    Stage stage = Stage::Checking;
    const Progress progress({}, [&](const ProgressReport& report) {
        if (report.stage == stage) return;
        times.stages[stage] += secondsSince(last);
        last = Clock::now();
        stage = report.stage;
    });
    const auto report = labelModel(options, progress);
    if (!report) {
        std::printf("failed: %d %s\n", static_cast<int>(report.error().code), report.error().item.c_str());
        std::exit(1);
    }
    times.stages[stage] += secondsSince(last);
    times.seconds = secondsSince(start);
    times.tests = (*report)->provenance.tests;
    return times;
}

}  // namespace

int main()
{
    setThreadCount(2);
    OpenOptions options;
    options.probe = false;
    const auto opened = openModel(HEADSCOPE_SOURCE_DIR "/resources/sample/headscope-sample.h5", options);
    if (!opened) return 1;
    const auto model = *opened;
    int heads = 0;
    for (int layer = 0; layer < model->config().nLayers; ++layer) heads += model->config().heads(layer);
    const Texts texts = readTexts();
    const auto corpus = texts.chunk(*model, 128, 400);

    const Times all = label(model, corpus, true);
    const double perThousand = static_cast<double>(corpus->tokens()) / 1000.0;
    std::printf("sample model, default corpus (%d documents, %ld tokens), %d heads, 2 threads: %.1f s, %d tests   goal: at most 60 s\n",
                corpus->size(), corpus->tokens(), heads, all.seconds, all.tests);
    std::printf("%-22s %9s %16s %24s\n", "stage", "s", "ms per head", "ms per head and 1000 tok");
    for (const auto& [stage, seconds] : all.stages)
        std::printf("%-22s %9.2f %16.1f %24.2f\n", stageName(stage), seconds, seconds * 1e3 / heads, seconds * 1e3 / heads / perThousand);

    std::printf("\ntext detectors alone, by corpus (128 tokens a document)\n%10s %10s %9s %24s %12s\n", "documents", "tokens", "s",
                "ms per head and 1000 tok", "peak MiB");
    for (const int documents : {25, 50, 100, 200}) {
        const auto part = texts.chunk(*model, 128, documents);
        const double seconds = label(model, part, false).seconds;
        std::printf("%10d %10ld %9.2f %24.2f %12.0f\n", part->size(), part->tokens(), seconds,
                    seconds * 1e6 / heads / static_cast<double>(part->tokens()), processMiB("VmHWM"));
    }
    std::printf("\nby length\n%10s %10s %9s %24s\n", "length", "tokens", "s", "ms per head and 1000 tok");
    const Texts whole = joined(texts);
    for (const int length : {32, 64, 128, 256}) {
        const auto part = whole.chunk(*model, length, std::max(1, 12800 / length));
        const double seconds = label(model, part, false).seconds;
        std::printf("%10d %10ld %9.2f %24.2f\n", part->longest(), part->tokens(), seconds,
                    seconds * 1e6 / heads / static_cast<double>(part->tokens()));
    }
    return all.seconds <= 60 ? 0 : 1;
}
