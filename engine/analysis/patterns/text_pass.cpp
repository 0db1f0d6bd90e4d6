// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/text_pass.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

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

/// What heads under one mask share for one document.
struct MaskSets {
    DocumentSets sets;
    std::vector<RareSentence> rare;
};

Status runPass(const TextPassInput& input, const std::vector<MassPattern>& patterns, const Pass& pass, std::vector<HeadState>& heads,
               const Progress& progress)
{
    const auto rank = static_cast<int>(input.preset->value("rare-word.rank")),
               shifts = static_cast<int>(input.preset->value("trust.shifts"));
    std::vector<Visibility> masks;  // each one once: heads that see the same keys share what is made from a document
    for (const HeadId head : input.heads)
        if (std::find(masks.begin(), masks.end(), input.maskOf(head)) == masks.end()) masks.push_back(input.maskOf(head));
    for (int d = 0; d < input.documents; ++d) {
        progress.report(pass.stage, d, input.documents);
        if (!progress.checkpoint()) return Error::cancelled();
        const AnnotatedDocument document = input.document(d);
        auto maps = (*pass.maps)(document, Progress(progress.token(), {}));
        if (!maps) return maps.error();
        std::vector<MaskSets> shared;
        for (const Visibility mask : masks) {
            MaskSets& own = shared.emplace_back();
            own.sets = makeSets(document, patterns, mask, *input.preset, pass.kind == PassKind::Full ? shifts : 0);
            if (pass.kind != PassKind::Profile) own.rare = rareSentences(document, mask, rank);
        }
        std::mutex mutex;
        Status problem;
        parallelFor(heads.size(), [&](std::size_t h) {
            if (progress.stopped()) return;
            HeadState& state = heads[h];
            const auto own = static_cast<std::size_t>(std::find(masks.begin(), masks.end(), input.maskOf(input.heads[h])) - masks.begin());
            const DocumentContext context{document,
                                          shared[own].sets,
                                          shared[own].rare,
                                          patterns,
                                          masks[own],
                                          pass.kind,
                                          input.preset->value("rows.gate"),
                                          static_cast<int>(input.preset->value("sink.rows")),
                                          static_cast<int>(input.preset->value("sink.shortest"))};
            state.begin(context);
            const Status status = forEachRow(*maps, input.heads[h], input.mass, pass.kind == PassKind::Full, progress,
                                             [&](int query, const float* weights, KeyRange seen, const float* norms) {
                                                 state.row(context, {query, weights, seen}, norms);
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
                targetKeys(evidence->label, evidence->variant, document, row->query, input.maskOf(evidence->head), row->keys,
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
        if (const Status status = runPass(input, patterns, {PassKind::Measure, Stage::LabelTwin, &input.randomTokenMaps}, random, progress);
            !status)
            return status.error();
    }
    DetectorOutput out;
    for (std::size_t h = 0; h < heads.size(); ++h)
        addEvidence(input, input.heads[h], patterns, heads[h], twin.empty() ? nullptr : &twin[h], random.empty() ? nullptr : &random[h],
                    out);
    completeExamples(input, out);
    return out;
}

}  // namespace hs
