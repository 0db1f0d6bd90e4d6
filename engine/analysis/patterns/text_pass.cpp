// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/text_pass.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <map>

#include "engine/analysis/patterns/map_rows.h"
#include "engine/analysis/patterns/target_set.h"
#include "engine/analysis/patterns/text_evidence.h"
#include "engine/base/parallel.h"

namespace hs {

using namespace patterns;

namespace {

struct Pass {
    PassKind kind = PassKind::Full;
    Stage stage = Stage::LabelCorpus;
    const MapsOf* maps = nullptr;
};

Status runPass(const TextPassInput& input, const std::vector<MassPattern>& patterns, const Pass& pass, std::vector<HeadState>& heads,
               const Progress& progress)
{
    const auto rank = static_cast<int>(input.preset->value("rare-word.rank")), shifts = static_cast<int>(input.preset->value("trust.shifts"));
    for (int d = 0; d < input.documents; ++d) {
        progress.report(pass.stage, d, input.documents);
        if (!progress.checkpoint()) return Error::cancelled();
        const AnnotatedDocument document = input.document(d);
        auto maps = (*pass.maps)(document, Progress(progress.token(), {}));
        if (!maps) return maps.error();
        const DocumentSets sets = makeSets(document, patterns, input.mask, *input.preset, pass.kind == PassKind::Full ? shifts : 0);
        const std::vector<RareSentence> rare = pass.kind == PassKind::Profile ? std::vector<RareSentence>() : rareSentences(document, rank);
        DocumentContext context{document, sets, rare, patterns, input.mask, pass.kind, input.preset->value("rows.gate"),
                                static_cast<int>(input.preset->value("sink.rows")), static_cast<int>(input.preset->value("sink.shortest"))};
        std::mutex mutex;
        Status problem;
        parallelFor(heads.size(), [&](std::size_t h) {
            if (progress.stopped()) return;
            HeadState& state = heads[h];
            state.begin(context);
            const Status status = forEachRow(*maps, input.heads[h], input.mass, pass.kind == PassKind::Full, progress,
                                             [&](int query, const float* weights, int visible, const float* norms) {
                                                 state.row(context, {query, weights, visible}, norms);
                                             });
            if (!status) {
                const std::lock_guard lock(mutex);
                if (problem.ok()) problem = status;
                return;
            }
            state.end(context);
        });
        if (progress.stopped()) return Error::cancelled();
        if (!problem) return problem;
    }
    progress.report(pass.stage, input.documents, input.documents);
    return {};
}

/// Keys and ranges of the examples that were kept; the documents they lie in.
void completeExamples(const TextPassInput& input, DetectorOutput& out)
{
    std::map<int, std::vector<std::pair<const HeadEvidence*, ExampleRow*>>> byDocument;
    for (HeadEvidence& e : out.evidence)
        for (std::vector<ExampleRow>* rows : {&e.best, &e.worst, &e.typical})
            for (ExampleRow& row : *rows) byDocument[row.document].emplace_back(&e, &row);
    for (auto& [index, rows] : byDocument) {
        const AnnotatedDocument document = input.document(index);
        for (auto& [evidence, row] : rows) {
            row->last = std::min(row->last, document.size());
            if (hasTargetSet(evidence->label))
                targetKeys(evidence->label, evidence->variant, document, row->query, input.mask == MaskKind::Causal, row->keys,
                           static_cast<int>(input.preset->value("local.band")));
        }
        out.documents.push_back({index, DataKind::Text, document.name, document.prompt.ids()});
    }
}

}  // namespace

Result<DetectorOutput> runTextPass(const TextPassInput& input, const Progress& progress)
{
    const std::vector<MassPattern> patterns = massPatterns(input.mask);
    const std::vector<HeadState> fresh(input.heads.size(), HeadState(patterns.size()));
    std::vector<HeadState> heads = fresh, twin, random;
    if (const Status status = runPass(input, patterns, {PassKind::Profile, Stage::LabelProfiles, &input.maps}, heads, progress); !status)
        return status.error();
    const auto profileRows = static_cast<int>(input.preset->value("trust.profile-rows"));
    for (HeadState& head : heads) head.profile.finish(profileRows);
    if (const Status status = runPass(input, patterns, {PassKind::Full, Stage::LabelCorpus, &input.maps}, heads, progress); !status)
        return status.error();
    if (input.twinMaps) {
        twin = fresh;
        if (const Status status = runPass(input, patterns, {PassKind::Measure, Stage::LabelTwin, &input.twinMaps}, twin, progress); !status)
            return status.error();
    }
    if (input.randomTokenMaps) {
        random = fresh;
        if (const Status status = runPass(input, patterns, {PassKind::Measure, Stage::LabelTwin, &input.randomTokenMaps}, random, progress); !status)
            return status.error();
    }
    DetectorOutput out;
    for (std::size_t h = 0; h < heads.size(); ++h)
        addEvidence(input, input.heads[h], patterns, heads[h], twin.empty() ? nullptr : &twin[h], random.empty() ? nullptr : &random[h], out);
    completeExamples(input, out);
    return out;
}

}  // namespace hs
