// SPDX-License-Identifier: GPL-3.0-or-later
// Labels of real models from text: the sample model against what PyTorch measured of it, and random-weight twins, which must get
// no content label at all.
#include <QTest>

#include <set>

#include "engine/analysis/labels/labeller.h"
#include "engine/analysis/labels/report_json.h"
#include "engine/analysis/twin.h"
#include "engine/io/corpus_open.h"
#include "engine/io/open.h"
#include "tests/support/must.h"
#include "tests/support/paths.h"
#include "tests/support/shared_data.h"

using namespace hs;

namespace {

std::shared_ptr<const Model> sampleModel()
{
    static const std::shared_ptr<const Model> model = test::mustOpen(test::sampleFile());
    return model;
}

std::shared_ptr<const Corpus> corpusOf(const Model& model, const std::vector<std::string>& paths, int documents)
{
    CorpusOptions reading;
    reading.documentBytes = 512;
    reading.maxDocuments = documents;
    auto texts = readCorpus(paths, reading);
    if (!texts) return nullptr;
    ChunkOptions chunks;
    chunks.maxDocuments = documents;
    auto corpus = Corpus::make(*texts, *model.tokenizer(), model.config().nCtx, true, chunks);
    return corpus ? *corpus : nullptr;
}

const std::vector<std::string> kSampleTexts{test::samplePath("sample_corpus.txt"), test::samplePath("passages.txt")};

std::shared_ptr<const LabelReport> labelled(std::shared_ptr<const Model> model, std::shared_ptr<const Corpus> corpus)
{
    LabelOptions options;
    options.model = std::move(model);
    options.corpus = std::move(corpus);
    options.synthetic = options.weights = false;
    auto report = labelModel(options);
    return report ? *report : nullptr;
}

std::set<std::string> headsWith(const LabelReport& report, const LabelId& label)
{
    std::set<std::string> out;
    for (const HeadReport& head : report.heads)
        if (const HeadLabel* found = head.find(label); found && found->status == LabelStatus::Awarded) out.insert(headName(head.head));
    return out;
}

std::string contentLabels(const LabelReport& report)
{
    std::string out;
    for (const HeadReport& head : report.heads)
        for (const HeadLabel& label : head.labels)
            if (label.status == LabelStatus::Awarded && isContentLabel(label.id.kind))
                out += headName(head.head) + " " + labelName(label.id) + ", ";
    return out;
}

}  // namespace

class TstLabelModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sampleModelText()
    {
        const auto model = sampleModel();
        QVERIFY(model);
        const auto corpus = corpusOf(*model, kSampleTexts, 80);
        QVERIFY(corpus);
        const auto report = labelled(model, corpus);
        QVERIFY(report && report->complete);
        QCOMPARE(report->heads.size(), std::size_t(32));
        QVERIFY((headsWith(*report, positionalLabel(-1)) == std::set<std::string>{"L1H5", "L1H6", "L2H0"}));
        const auto sinks = headsWith(*report, {LabelKind::Sink, 0, {}});
        for (const char* head : {"L2H5", "L0H5", "L0H4", "L0H1", "L0H7"}) QVERIFY2(sinks.count(head) == 1, head);
        // What the previous-token heads do not explain is what is left of their rows.
        const HeadReport* previous = report->find({1, 6});
        QVERIFY(previous && previous->primaryLabel());
        QCOMPARE(labelName(previous->primaryLabel()->id), std::string("previous-token"));
        QVERIFY(previous->explained > 0.9 && previous->explained <= 1.0);
        QVERIFY(std::abs(previous->explained + previous->unexplained - 1) < 1e-9);
        QVERIFY(previous->primaryLabel()->strict);
        QCOMPARE(previous->primaryLabel()->best.size(), std::size_t(5));
        for (const ExampleRow& row : previous->primaryLabel()->best) {
            QCOMPARE(row.keys, std::vector<int>{row.query - 1});
            QVERIFY(row.document >= 0 && static_cast<std::size_t>(row.document) < report->documents.size());
            QVERIFY(row.query < static_cast<int>(report->documents[static_cast<std::size_t>(row.document)].ids.size()));
        }
        QVERIFY(report->provenance.tests > 900);
    }

    void textOfTheReport()
    {
        const auto model = sampleModel();
        QVERIFY(model);
        const auto report = labelled(model, corpusOf(*model, kSampleTexts, 24));
        QVERIFY(report);
        const std::string json = reportToJson(*report);
        const auto back = reportFromJson(json);
        QVERIFY(back.ok());
        QCOMPARE(reportToJson(*back), json);
        const std::string csv = reportToCsv(*report);
        const auto lines = QString::fromStdString(csv).split('\n', Qt::SkipEmptyParts);
        qsizetype columns = 0;
        for (const QString& line : lines) {
            if (line.startsWith('#')) continue;
            if (columns == 0) columns = line.count(',');
            QCOMPARE(line.count(','), columns);
        }
        QVERIFY(!reportFromJson("{}").ok());
        QVERIFY(!reportFromJson(json.substr(0, json.size() / 2)).ok());
    }

    /// Chance beside a score is read back and stands in its column; a score without it is written as it always was.
    void chanceOfAScore()
    {
        LabelReport report;
        HeadReport& head = report.heads.emplace_back();
        head.scores = {{"entropy", 1.5, AttentionView::Raw}, {"entropy", 2.5, AttentionView::Content, NullValue{NullKind::Uniform, 4.5}}};
        const std::string json = reportToJson(report);
        const auto back = reportFromJson(json);
        QVERIFY(back.ok());
        QVERIFY(back->heads.front().scores == head.scores);
        head.scores[1].null.reset();
        QCOMPARE(QString::fromStdString(reportToJson(report)).count(QStringLiteral("\"null\"")), 0);
        head.scores[1].null = NullValue{NullKind::Uniform, 4.5};
        const QString csv = QString::fromStdString(reportToCsv(report));
        QVERIFY(csv.contains(QStringLiteral("L0H0,score,entropy,,,2.5,,,4.5,uniform,,")));
        QVERIFY(csv.contains(QStringLiteral("L0H0,score,entropy,,,1.5,,,,,,")));
    }

    /// Same seed, same report; another seed moves p but no label that stands.
    void repeats()
    {
        const auto model = sampleModel();
        QVERIFY(model);
        const auto corpus = corpusOf(*model, kSampleTexts, 24);
        auto first = *labelled(model, corpus), second = *labelled(model, corpus);
        first.provenance.seconds = second.provenance.seconds = 0;
        QCOMPARE(reportToJson(first), reportToJson(second));
    }

    void twins_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 3; ++seed) {
            QTest::addRow("sample, twin %d", seed) << QString() << seed;
            QTest::addRow("tiny llama, twin %d", seed) << test::fixture("models/tiny-llama/model.h5") << seed;
            QTest::addRow("stories260k, twin %d", seed) << test::sharedData("models/stories260k/model.h5") << seed;
        }
    }
    void twins()
    {
        QFETCH(QString, model);
        QFETCH(int, seed);
        if (!model.isEmpty()) HS_NEED_SHARED(model);
        const auto original = model.isEmpty() ? sampleModel() : test::mustOpen(model);
        QVERIFY(original);
        const auto report = labelled(makeTwin(original, static_cast<std::uint64_t>(seed)), corpusOf(*original, kSampleTexts, 60));
        QVERIFY(report);
        QCOMPARE(contentLabels(*report), std::string());
    }

    void cancelled()
    {
        const auto model = sampleModel();
        QVERIFY(model);
        std::stop_source stop;
        LabelOptions options;
        options.model = model;
        options.corpus = corpusOf(*model, kSampleTexts, 24);
        int reports = 0;
        const Progress progress(stop.get_token(), [&](const ProgressReport&) {
            if (++reports == 3) stop.request_stop();
        });
        const auto report = labelModel(options, progress);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TstLabelModels)
#include "tst_label_models.moc"
