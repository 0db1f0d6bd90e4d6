// SPDX-License-Identifier: GPL-3.0-or-later
// What labelling costs and tells on the way: one pass gives what two would, budgets are fixed before the first document and said in the
// report, exact cuts are for awarded heads alone, and reports on the way stand for the whole text.
#include <QTest>

#include <cmath>
#include <map>
#include <set>

#include "engine/analysis/causal_check/cause_checker.h"
#include "engine/analysis/causal_check/icl_score.h"
#include "engine/analysis/labels/label_kinds.h"
#include "engine/analysis/labels/labeller.h"
#include "engine/analysis/labels/report_json.h"
#include "engine/analysis/labels/work.h"
#include "engine/analysis/patterns/target_set.h"
#include "engine/base/parallel.h"
#include "engine/io/corpus_open.h"
#include "tests/support/must.h"
#include "tests/support/paths.h"
#include "tests/support/synthetic_heads.h"

using namespace hs;
using namespace hs::test;

namespace {

std::shared_ptr<const Model> sampleModel()
{
    static const std::shared_ptr<const Model> model = mustOpen(sampleFile());
    return model;
}

std::shared_ptr<const Corpus> corpusOf(int documents)
{
    CorpusOptions reading;
    reading.documentBytes = 512;
    reading.maxDocuments = documents;
    const auto texts = readCorpus({samplePath("sample_corpus.txt"), samplePath("passages.txt")}, reading);
    if (!texts) return nullptr;
    ChunkOptions chunks;
    chunks.length = 64;
    chunks.maxDocuments = documents;
    const auto corpus = Corpus::make(*texts, *sampleModel()->tokenizer(), sampleModel()->config().nCtx, true, chunks);
    return corpus ? *corpus : nullptr;
}

LabelOptions optionsFor(int documents)
{
    LabelOptions options;
    options.model = sampleModel();
    options.corpus = corpusOf(documents);
    options.synthetic = options.weights = false;
    return options;
}

const LabelNote* noteOf(const LabelReport& report, const std::string& code)
{
    for (const LabelNote& note : report.notes)
        if (note.code == code) return &note;
    return nullptr;
}

/// One head's map of one document.
struct Map {
    AnnotatedDocument document;
    MatrixF weights;
};

/// Null N1 in two passes over the maps, as engine/methods/patterns.md section 3 says it.
std::vector<double> profileNull(const std::vector<Map>& maps, const LabelId& label, const std::string& variant, Visibility mask,
                                const LabelPreset& preset)
{
    struct Row {
        std::size_t map;
        int query, content;
        double gate;
    };
    std::vector<Row> rows;
    std::map<int, std::pair<double, long>> sums;
    for (std::size_t m = 0; m < maps.size(); ++m)
        for (int i = 0; i < maps[m].document.size(); ++i) {
            const AnnotatedDocument& d = maps[m].document;
            double gate = 1;
            int content = 0;
            for (int j = 0; j <= i; ++j)
                if (d.isReference[static_cast<std::size_t>(j)]) gate -= static_cast<double>(maps[m].weights(i, j));
                else ++content;
            if (d.isReference[static_cast<std::size_t>(i)] || content < preset.value("rows.keys") || gate < preset.value("rows.gate"))
                continue;
            rows.push_back({m, i, content, gate});
            for (int j = 0; j <= i; ++j) {
                if (d.isReference[static_cast<std::size_t>(j)]) continue;
                sums[i - j].first += static_cast<double>(maps[m].weights(i, j)) * content / gate;
                ++sums[i - j].second;
            }
        }
    const auto lift = [&](int offset) {
        const auto& [sum, count] = sums[offset];
        return count < preset.value("trust.profile-rows") ? 1.0 : sum / static_cast<double>(count);
    };
    std::vector<double> null(maps.size(), 0.0), counted(maps.size(), 0.0);
    std::vector<int> keys;
    for (const Row& row : rows) {
        const AnnotatedDocument& d = maps[row.map].document;
        targetKeys(label, variant, d, row.query, mask, keys, 2);
        if (keys.empty() || static_cast<int>(keys.size()) == row.content) continue;
        double inside = 0, all = 0;
        for (const int key : keys) inside += lift(row.query - key);
        for (int j = 0; j <= row.query; ++j)
            if (!d.isReference[static_cast<std::size_t>(j)]) all += lift(row.query - j);
        null[row.map] += inside / all;
        ++counted[row.map];
    }
    for (std::size_t m = 0; m < null.size(); ++m) null[m] = counted[m] > 0 ? null[m] / counted[m] : kNoValue;
    return null;
}

}  // namespace

class TstLabelWork : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// The profile is known when all documents are read, and the maps are gone by then: the null is the same as with both at hand.
    void onePassIsTwo()
    {
        constexpr int kDocuments = 25;
        LabelPreset preset;
        const TextPassInput input = madeInput(kDocuments, 64, 3, preset);
        const auto out = runTextPass(input);
        QVERIFY(out.ok());
        int compared = 0;
        for (const HeadEvidence& e : out->evidence) {
            if (e.label.kind != LabelKind::Block) continue;
            std::vector<Map> maps;
            for (int d = 0; d < kDocuments; ++d) {
                Map map{input.document(d), {}};
                const auto source = input.maps(map.document, {});
                QVERIFY(source.ok());
                auto tile = source->source->tile(e.head, MapKind::Weights, 0, map.document.size(), 0, map.document.size());
                QVERIFY(tile.ok());
                map.weights = std::move(*tile);
                maps.push_back(std::move(map));
            }
            const std::vector<double> expected = profileNull(maps, e.label, e.variant, input.mask, preset);
            for (const NullColumn& null : e.nulls)
                for (std::size_t d = 0; null.kind == NullKind::OffsetProfile && d < expected.size(); ++d) {
                    QCOMPARE(std::isfinite(null.u[d]), std::isfinite(expected[d]));
                    if (std::isfinite(expected[d])) QVERIFY2(std::abs(null.u[d] - expected[d]) < 1e-5, qPrintable(QString::number(d)));
                    ++compared;
                }
        }
        QVERIFY(compared > 5 * kDocuments);
    }

    void budgets()
    {
        QCOMPARE(affordable(100, 10, 400, 20), 20);
        QCOMPARE(affordable(1000, 10, 400, 20), 100);
        QCOMPARE(affordable(1e6, 10, 400, 20), 400);
        QCOMPARE(affordable(1, 10, 5, 20), 5);
        // A small model can read everything that is offered by default.
        const LabelPreset defaults;
        const auto corpus = corpusOf(60);
        QVERIFY(corpus);
        QCOMPARE(textDocuments(*sampleModel(), *corpus, defaults), corpus->size());
        const MadeCounts made = madeCounts(*sampleModel(), defaults);
        QCOMPARE(made.all(), made.wanted);
        const auto thinned = corpus->thinned(20);
        QCOMPARE(thinned->size(), 20);
        QCOMPARE(thinned->hash(), corpus->hash());
        QCOMPARE(thinned->document(19).prompt.ids(), corpus->document(19 * corpus->size() / 20).prompt.ids());
    }

    /// The number of documents is a number of model and text: it is said, and a number that was asked for is kept.
    void budgetIsSaid()
    {
        LabelOptions options = optionsFor(60);
        QVERIFY(options.corpus);
        const int offered = options.corpus->size();
        QVERIFY(options.preset.set("trust.text-work", 1e-3).ok());
        const int paid = textDocuments(*options.model, *options.corpus, options.preset);
        QVERIFY(paid >= 20 && paid < offered);
        const int threads = threadCount();
        std::string first;
        for (const int count : {1, 3}) {
            setThreadCount(count);
            const auto report = labelModel(options);
            QVERIFY(report.ok());
            const LabelProvenance& p = (*report)->provenance;
            QCOMPARE(p.documents, paid);
            QCOMPARE(p.documentsOffered, offered);
            const LabelNote* note = noteOf(**report, "documents-budget");
            QVERIFY(note);
            QCOMPARE(note->facts, (std::vector<std::string>{std::to_string(paid), std::to_string(offered)}));
            LabelReport same = **report;
            same.provenance.seconds = 0;
            const auto back = reportFromJson(reportToJson(same));
            QVERIFY(back.ok());
            QCOMPARE(back->provenance.documentsOffered, offered);
            if (first.empty()) first = reportToJson(same);
            QVERIFY(reportToJson(same) == first);
        }
        setThreadCount(threads);
        options.everyDocument = true;
        const auto all = labelModel(options);
        QVERIFY(all.ok());
        QCOMPARE((*all)->provenance.documents, offered);
        QVERIFY(!noteOf(**all, "documents-budget"));
    }

    void cutsAreForAwardedHeads()
    {
        LabelOptions options = optionsFor(40);
        const auto changes = [](const LabelReport& report) {
            std::set<std::string> heads;
            for (const HeadReport& head : report.heads)
                for (const HeadScore& score : head.scores)
                    if (score.key == "icl-score-change") heads.insert(headName(head.head));
            return heads;
        };
        const auto without = labelModel(options);
        QVERIFY(without.ok());
        QVERIFY(changes(**without).empty());
        QVERIFY(std::any_of((*without)->model.begin(), (*without)->model.end(), [](const ModelScore& s) { return s.key == "icl-score"; }));
        options.causes = checkCausesByKnockout;
        const auto report = labelModel(options);
        QVERIFY(report.ok());
        std::set<std::string> awarded;
        for (const HeadReport& head : (*report)->heads)
            for (const HeadLabel& label : head.labels)
                if (label.status == LabelStatus::Awarded && labelKind(label.id.kind).recalls) awarded.insert(headName(head.head));
        QVERIFY(!awarded.empty());
        QVERIFY(changes(**report) == awarded);  // a small model: the budget covers them all
        QVERIFY(!noteOf(**report, "checks-budget"));
        const LabelNote* note = noteOf(**report, "icl-heads");
        QVERIFY(note);
        QCOMPARE(note->facts.at(0), note->facts.at(1));

        QVERIFY(options.preset.set("icl-score.work", 1e-3).ok());
        const IclPlan plan = iclPlan(*options.model, options.preset, {{0, 0}, {1, 0}});
        QCOMPARE(plan.sequences, 4);
        QVERIFY(plan.heads.size() < 2);
    }

    /// Knocked out first: the strongest of each kind, so that a common one does not take everything.
    void checksAreSpread()
    {
        LabelPreset preset;
        std::vector<CauseRequest> requests;
        for (int h = 0; h < 8; ++h) requests.push_back({{0, h}, {LabelKind::Sink, 0, {}}, {}, DataKind::Text, 0.9 + 0.01 * h});
        requests.push_back({{3, 0}, {LabelKind::PreviousToken, 0, {}}, {}, DataKind::Text, 0.6});
        requests.push_back({{3, 1}, {LabelKind::Broad, 0, {}}, {}, DataKind::Text, 0.9});  // describes no attention
        const KnockoutPlan all = knockoutPlan(*sampleModel(), preset, requests);
        QCOMPARE(all.documents, 20);
        QCOMPARE(std::count(all.reached.begin(), all.reached.end(), true), 9);
        QVERIFY(!all.reached[9]);
        const double intact = 2 * passWork(*sampleModel(), 96, true);
        const double each = 2 * passWork(*sampleModel(), 96, true);
        QVERIFY(preset.set("attention-knockout.work", 8 * (intact + 2.2 * each) / kWorkUnit).ok());
        const KnockoutPlan few = knockoutPlan(*sampleModel(), preset, requests);
        QCOMPARE(few.documents, 8);
        QVERIFY(few.reached[7] && few.reached[8]);
        QVERIFY(!few.reached[0]);
    }

    void tellsOnTheWay()
    {
        const LabelOptions options = optionsFor(60);
        std::vector<int> documents;
        std::vector<std::shared_ptr<const LabelReport>> reports;
        const auto report = labelModel(options, {}, [&](std::shared_ptr<const LabelReport> sofar) { reports.push_back(std::move(sofar)); });
        QVERIFY(report.ok());
        for (const auto& sofar : reports) {
            QVERIFY(!sofar->complete);
            QCOMPARE(sofar->heads.size(), std::size_t(32));
            documents.push_back(sofar->provenance.documents);
        }
        QVERIFY(documents.size() >= 4);
        QCOMPARE((std::vector<int>{documents.begin(), documents.begin() + 3}), (std::vector<int>{10, 20, 40}));
        // The first one says something already, and of documents from the whole text.
        int named = 0;
        for (const HeadReport& head : reports.front()->heads)
            named += std::any_of(head.labels.begin(), head.labels.end(),
                                 [](const HeadLabel& l) { return l.status == LabelStatus::Awarded || l.status == LabelStatus::Candidate; });
        QVERIFY2(named > 10, qPrintable(QString::number(named)));
        QVERIFY((*report)->complete);
    }

    /// Cancelled between two reports: the error says so, and what was told stays with whoever listened.
    void cancelled()
    {
        const LabelOptions options = optionsFor(60);
        std::stop_source stop;
        std::shared_ptr<const LabelReport> last;
        const auto report = labelModel(options, Progress(stop.get_token(), {}), [&](std::shared_ptr<const LabelReport> sofar) {
            last = std::move(sofar);
            if (last->provenance.documents == 20) stop.request_stop();
        });
        QVERIFY(!report.ok());
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        QVERIFY(last && !last->complete);
        QCOMPARE(last->provenance.documents, 20);
    }
};

QTEST_APPLESS_MAIN(TstLabelWork)
#include "tst_label_work.moc"
