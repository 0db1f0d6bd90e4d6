// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/text_pass.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

#include "engine/analysis/patterns/map_rows.h"
#include "engine/analysis/patterns/mean_distance.h"
#include "engine/analysis/patterns/target_set.h"
#include "engine/analysis/patterns/text_evidence.h"
#include "engine/base/parallel.h"

namespace hs {

using namespace patterns;

namespace {

/// What heads under one mask share for one document.
struct MaskSets {
    DocumentSets sets;
    std::vector<RareSentence> rare;
};

/// Documents in the order in which they are read: a few that are spread over the text, then those between them, and so on, so that
/// what is known early stands for the whole. `stages` says after how many there is something to tell.
struct Order {
    std::vector<int> documents;
    std::vector<int> stages;
};
Order orderOf(int documents)
{
    constexpr int kFirst = 10;
    Order out;
    std::vector<char> taken(static_cast<std::size_t>(documents), 0);
    for (long parts = kFirst; static_cast<int>(out.documents.size()) < documents; parts *= 2) {
        for (long k = 0; k < parts; ++k) {
            const auto at = static_cast<std::size_t>(k * documents / parts);
            if (taken[at]) continue;
            taken[at] = 1;
            out.documents.push_back(static_cast<int>(at));
        }
        out.stages.push_back(static_cast<int>(out.documents.size()));
    }
    return out;
}

/// The model, or what it is held against.
struct Kind {
    PassKind pass = PassKind::Full;
    const MapsOf* maps = nullptr;
    std::vector<HeadState> heads;
};

class TextPass {
public:
    TextPass(const TextPassInput& input, const Progress& progress)
        : m_input(input), m_progress(progress), m_patterns(massPatterns(input.mask)), m_gate(input.preset->value("rows.gate")),
          m_sinkRows(static_cast<int>(input.preset->value("sink.rows"))),
          m_sinkShortest(static_cast<int>(input.preset->value("sink.shortest")))
    {
        // Each mask once: heads that see the same keys share what is made from a document.
        for (const HeadId head : input.heads) {
            const auto found = std::find(m_masks.begin(), m_masks.end(), input.maskOf(head));
            m_maskAt.push_back(static_cast<std::size_t>(found - m_masks.begin()));
            if (found == m_masks.end()) m_masks.push_back(input.maskOf(head));
        }
        const std::vector<HeadState> fresh(input.heads.size(), HeadState(m_patterns.size()));
        m_kinds.push_back({PassKind::Full, &input.maps, fresh});
        for (const MapsOf* maps : {&input.twinMaps, &input.randomTokenMaps})
            if (*maps) m_kinds.push_back({PassKind::Measure, maps, fresh});
    }

    /// The model and its nulls on one document.
    Status read(const AnnotatedDocument& document)
    {
        const auto rank = static_cast<int>(m_input.preset->value("rare-word.rank")),
                   shifts = static_cast<int>(m_input.preset->value("trust.shifts"));
        std::vector<MaskSets> shared;
        for (const Visibility mask : m_masks)
            shared.push_back({makeSets(document, m_patterns, mask, *m_input.preset, shifts), rareSentences(document, mask, rank)});
        for (Kind& kind : m_kinds) {
            if (m_progress.stopped()) return Error::cancelled();
            auto maps = (*kind.maps)(document, Progress(m_progress.token(), {}));
            if (!maps) return maps.error();
            if (const Status status = take(kind, document, shared, *maps); !status) return status;
        }
        return {};
    }

    /// Evidence of the documents read so far, which are `read` in ascending order.
    Result<DetectorOutput> output(const std::vector<int>& read)
    {
        if (const Status status = profiles(read); !status) return status.error();
        DetectorOutput out;
        const HeadState* twin = m_input.twinMaps ? m_kinds[1].heads.data() : nullptr;
        const HeadState* random = m_input.randomTokenMaps ? m_kinds.back().heads.data() : nullptr;
        const MeanDistances distances = meanDistances(m_input, read);
        for (std::size_t h = 0; h < m_input.heads.size(); ++h) {
            addEvidence(m_input, m_input.heads[h], m_patterns, m_kinds[0].heads[h], twin ? twin + h : nullptr,
                        random ? random + h : nullptr, out);
            addMeanDistance(m_input, m_input.heads[h], m_kinds[0].heads[h].other, distances, out);
        }
        return out;
    }

private:
    DocumentContext contextOf(const AnnotatedDocument& document, const MaskSets& own, std::size_t mask, PassKind pass) const
    {
        return {document, own.sets, own.rare, m_patterns, m_masks[mask], pass, m_gate, m_sinkRows, m_sinkShortest};
    }

    Status take(Kind& kind, const AnnotatedDocument& document, const std::vector<MaskSets>& shared, const DocumentMaps& maps)
    {
        std::mutex mutex;
        Status problem;
        parallelFor(kind.heads.size(), [&](std::size_t h) {
            if (m_progress.stopped()) return;
            HeadState& state = kind.heads[h];
            const DocumentContext context = contextOf(document, shared[m_maskAt[h]], m_maskAt[h], kind.pass);
            state.begin(context);
            const Status status = forEachRow(maps, m_input.heads[h], m_input.mass, kind.pass == PassKind::Full, m_progress,
                                             [&](const RowView& row) { state.row(context, row); });
            if (!status) {
                const std::lock_guard lock(mutex);
                if (problem.ok()) problem = status;
                return;
            }
            state.end(context);
        });
        return m_progress.stopped() ? Status(Error::cancelled()) : problem;
    }

    /// Null N1 needs the profile over all documents, and of each map only what its state kept.
    Status profiles(const std::vector<int>& read)
    {
        std::vector<HeadState>& heads = m_kinds[0].heads;
        const auto rows = static_cast<int>(m_input.preset->value("trust.profile-rows"));
        std::vector<OffsetProfile> finished(heads.size());
        parallelFor(heads.size(), [&](std::size_t h) {
            finished[h] = heads[h].profile;
            finished[h].finish(rows);
        });
        for (const int d : read) {
            if (m_progress.stopped()) return Error::cancelled();
            AnnotatedDocument document = m_input.document(d);
            document.index = d;
            std::vector<MaskSets> shared;
            for (const Visibility mask : m_masks) shared.push_back({makeSets(document, m_patterns, mask, *m_input.preset, 0), {}});
            parallelFor(heads.size(), [&](std::size_t h) {
                heads[h].addProfile(contextOf(document, shared[m_maskAt[h]], m_maskAt[h], PassKind::Full), finished[h]);
            });
        }
        return {};
    }

    const TextPassInput& m_input;
    const Progress& m_progress;
    std::vector<MassPattern> m_patterns;
    double m_gate = 0;
    int m_sinkRows = 0, m_sinkShortest = 0;
    std::vector<Visibility> m_masks;
    std::vector<std::size_t> m_maskAt;  ///< [head]
    std::vector<Kind> m_kinds;          ///< the model first, then twin and random tokens where they are wanted
};

/// Columns of the documents that were read alone.
void keepRead(const std::vector<int>& read, std::vector<HeadEvidence>& evidence)
{
    const auto keep = [&](std::vector<double>& column) {
        if (column.empty()) return;
        std::vector<double> kept;
        for (const int d : read)
            kept.push_back(static_cast<std::size_t>(d) < column.size() ? column[static_cast<std::size_t>(d)] : kNoValue);
        column = std::move(kept);
    };
    for (HeadEvidence& e : evidence) {
        keep(e.x);
        keep(e.weight);
        for (NullColumn& null : e.nulls) keep(null.u);
        for (Criterion& criterion : e.criteria) {
            keep(criterion.a);
            keep(criterion.u);
        }
    }
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
    TextPass pass(input, progress);
    const Order order = orderOf(input.documents);
    std::vector<int> read;
    for (std::size_t stage = 0; stage < order.stages.size(); ++stage) {
        while (static_cast<int>(read.size()) < order.stages[stage]) {
            progress.report(Stage::LabelCorpus, static_cast<std::int64_t>(read.size()), input.documents);
            if (!progress.checkpoint()) return Error::cancelled();
            const int d = order.documents[read.size()];
            AnnotatedDocument document = input.document(d);
            document.index = d;
            if (const Status status = pass.read(document); !status) return status.error();
            read.push_back(d);
        }
        if (stage + 1 == order.stages.size() || !input.onStage) continue;
        std::vector<int> sorted = read;
        std::sort(sorted.begin(), sorted.end());
        auto sofar = pass.output(sorted);
        if (!sofar) return sofar.error();
        keepRead(sorted, sofar->evidence);
        completeExamples(input, *sofar);
        if (const Status status = input.onStage(std::move(*sofar), static_cast<int>(sorted.size())); !status) return status.error();
    }
    progress.report(Stage::LabelCorpus, input.documents, input.documents);
    std::sort(read.begin(), read.end());
    auto out = pass.output(read);
    if (out) completeExamples(input, *out);
    return out;
}

}  // namespace hs
