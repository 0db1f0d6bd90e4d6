// SPDX-License-Identifier: GPL-3.0-or-later
// Mean attention distance beside its null, against the maps themselves.
#include <QTest>

#include "engine/analysis/labels/labeller.h"
#include "engine/forward/forward.h"
#include "engine/io/corpus_open.h"
#include "engine/io/open.h"
#include "tests/support/paths.h"

using namespace hs;

namespace {

const Detector& detector()
{
    for (const Detector* d : detectors())
        if (d->entries().back().id == "mean-distance") return *d;
    qFatal("not in the catalogue");
}

/// The mean distances alone of all that the pass over the text gives.
Result<DetectorOutput> measured(const DetectorInput& input)
{
    auto output = detector().run(input, {});
    if (output) std::erase_if(output->scores, [](const DetectorOutput::Score& s) { return s.score.key != "mean-distance"; });
    return output;
}

/// Mean distance under rows 1 to n - 1 of a causal map.
double meanOfRows(const MatrixF& map)
{
    double sum = 0;
    for (int i = 1; i < map.rows(); ++i)
        for (int j = 0; j <= i; ++j) sum += static_cast<double>(map(i, j)) * (i - j);
    return sum / static_cast<double>(map.rows() - 1);
}

}  // namespace

class TstMeanDistance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        OpenOptions options;
        options.probe = false;
        auto model = openModel(hs::test::samplePath(), options);
        QVERIFY(model.ok());
        m_input.model = *model;
        CorpusOptions reading;
        reading.documentBytes = 512;
        reading.maxDocuments = 6;
        const auto texts = readCorpus({hs::test::samplePath(u"passages.txt")}, reading);
        QVERIFY(texts.ok());
        ChunkOptions chunks;
        chunks.length = 48;
        chunks.maxDocuments = 6;
        auto corpus = Corpus::make(*texts, *(*model)->tokenizer(), (*model)->config().nCtx, true, chunks);
        QVERIFY(corpus.ok());
        m_input.corpus = *corpus;
        QVERIFY(m_input.corpus->size() >= 4);
        m_input.preset = &m_preset;
    }

    void againstMaps_data()
    {
        QTest::addColumn<bool>("tokens");
        QTest::newRow("documents") << false;
        QTest::newRow("tokens") << true;
    }
    void againstMaps()
    {
        QFETCH(bool, tokens);
        DetectorInput input = m_input;
        input.weighting = tokens ? RowWeighting::Tokens : RowWeighting::Documents;
        const auto output = measured(input);
        QVERIFY(output.ok());
        const ModelConfig& config = input.model->config();
        QCOMPARE(output->scores.size(), static_cast<std::size_t>(config.nLayers) * static_cast<std::size_t>(config.nHeads));
        double weight = 0, chance = 0;
        std::vector<double> expected(output->scores.size(), 0.0);
        for (int d = 0; d < input.corpus->size(); ++d) {
            const auto prompt = std::make_shared<const Prompt>(input.corpus->document(d).prompt);
            const auto run = forward(input.model, prompt, {});
            QVERIFY(run.ok());
            const int n = prompt->size();
            const double w = tokens ? n - 1 : 1;
            weight += w;
            chance += w * n / 4.0;  // rows 1 .. n - 1 give i / 2 each
            for (std::size_t h = 0; h < expected.size(); ++h) {
                const auto map = (*run)->tile(output->scores[h].head, MapKind::Weights, 0, n, 0, n);
                QVERIFY(map.ok());
                expected[h] += w * meanOfRows(*map);
            }
        }
        for (std::size_t h = 0; h < expected.size(); ++h) {
            const HeadScore& score = output->scores[h].score;
            QCOMPARE(score.key, std::string("mean-distance"));
            QVERIFY(score.null && score.null->kind == NullKind::Uniform);
            QVERIFY2(std::abs(score.value - expected[h] / weight) < 1e-3, headName(output->scores[h].head).c_str());
            QVERIFY(std::abs(score.null->value - chance / weight) < 1e-9);
        }
    }

    /// The sample's previous-token head looks one token back; uniform attention would look far away.
    void previousTokenHeadIsNear()
    {
        const auto output = measured(m_input);
        QVERIFY(output.ok());
        for (const DetectorOutput::Score& s : output->scores)
            if (s.head == HeadId{1, 6}) {
                QVERIFY2(s.score.value > 0.9 && s.score.value < 2, std::to_string(s.score.value).c_str());
                QVERIFY(s.score.null->value > 5);
                return;
            }
        QFAIL("no such head");
    }

    void inTheReport()
    {
        LabelOptions options;
        options.model = m_input.model;
        options.corpus = m_input.corpus;
        options.synthetic = options.weights = false;
        const auto report = labelModel(options);
        QVERIFY(report.ok());
        for (const HeadReport& head : (*report)->heads)
            QVERIFY(
                std::count_if(head.scores.begin(), head.scores.end(), [](const HeadScore& s) { return s.key == "mean-distance" && s.null; })
                == 1);
        QVERIFY(findNumber("mean-distance"));
    }

    void needsText()
    {
        DetectorInput input = m_input;
        QVERIFY(!detector().applicability(input));
        input.corpus = nullptr;
        QCOMPARE(detector().applicability(input)->code, std::string("no-text"));
    }

    void cancelled()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto output = detector().run(m_input, Progress(stop.get_token(), {}));
        QVERIFY(!output.ok());
        QCOMPARE(output.error().code, ErrorCode::Cancelled);
    }

private:
    LabelPreset m_preset;
    DetectorInput m_input;
};

QTEST_APPLESS_MAIN(TstMeanDistance)
#include "tst_mean_distance.moc"
