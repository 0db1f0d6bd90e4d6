// SPDX-License-Identifier: GPL-3.0-or-later
// Measures on trained models against numbers computed elsewhere, and on their twins.
#include <QFile>
#include <QTest>

#include <cmath>

#include "engine/analysis/synthetic/evidence_parts.h"
#include "engine/analysis/synthetic/repeats.h"
#include "engine/analysis/twin.h"
#include "engine/base/parallel.h"
#include "engine/io/open.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/induction_model.h"
#include "tests/support/must.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;
using hs::synthetic::meanOf;

namespace {

const QString kSample = sampleFile();
const QString kAnswers = sampleFile("reference.h5");

struct Means {
    std::vector<double> previous, first, duplicate, induction;  ///< by layer, then head
};

/// Mean weights of documents with two copies behind BOS, by lists of positions.
Means meansOf(const std::shared_ptr<const Model>& model, const std::vector<std::vector<int>>& documents, int period)
{
    const std::vector<HeadId> heads = allHeads(model->config());
    const auto count = heads.size();
    Means m{std::vector<double>(count), std::vector<double>(count), std::vector<double>(count), std::vector<double>(count)};
    for (const std::vector<int>& ids : documents) {
        const int n = static_cast<int>(ids.size());
        TargetList duplicate, induction, first;
        for (int i = period + 1; i < n; ++i) {
            duplicate.push_back({i, {i - period}});
            induction.push_back({i, {i - period + 1}});
        }
        for (int i = 1; i < n; ++i) first.push_back({i, {0}});
        const auto run = forward(model, promptOfIds(ids), attentionOnly());
        if (!run) qFatal("forward failed");
        for (std::size_t h = 0; h < count; ++h) {
            const MatrixF map = *(*run)->tile(heads[h], MapKind::Weights, 0, n, 0, n);
            const auto mean = [&](const TargetList& t) {
                return targetMass(map.view(), t, {}).mass / static_cast<double>(documents.size());
            };
            m.previous[h] += mean(offsetTargets(n, -1, 1));
            m.first[h] += mean(first);
            m.duplicate[h] += mean(duplicate);
            m.induction[h] += mean(induction);
        }
    }
    return m;
}

void compare(const std::vector<double>& got, const Numbers& expected, double tolerance, const char* what)
{
    QCOMPARE(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i)
        QVERIFY2(std::abs(got[i] - expected[i]) <= tolerance,
                 qPrintable(QStringLiteral("%1 of head %2: %3, expected %4").arg(QLatin1String(what)).arg(i).arg(got[i]).arg(expected[i])));
}

RepeatMeasures mustMeasure(const std::shared_ptr<const Model>& model, int documents, bool curves = false)
{
    RepeatOptions options;
    options.documents = documents;
    options.seed = 1;
    options.curves = options.copying = curves;
    auto m = measureRepeats(model, nullptr, options, {});
    if (!m) qFatal("measureRepeats: %s %s", m.error().item.c_str(), m.error().found.c_str());
    return *std::move(m);
}

}  // namespace

class tst_synthetic_models : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scoresAgree_data();
    void scoresAgree();
    void sampleAgreesWithAnswerKey();
    void sampleOnOwnSequences();
    void inductionModel_data();
    void inductionModel();
    void twinsShowNothing_data();
    void twinsShowNothing();
    void threadsDoNotMatter();
    void contextTooShort();
    void cancelled();
};

void tst_synthetic_models::scoresAgree_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("tiny llama") << fixture("models/tiny-llama");
    QTest::newRow("stories260k") << sharedData("models/stories260k");
}

void tst_synthetic_models::scoresAgree()
{
    QFETCH(QString, folder);
    HS_NEED_SHARED(folder);
    const QString file = folder + QStringLiteral("/reference.h5");
    const auto model = mustOpen(folder + QStringLiteral("/model.h5"));
    std::vector<int> ids;
    for (const double t : readNumbers(file, "repeated_random_tokens/tokens").values) ids.push_back(static_cast<int>(t));
    QCOMPARE(ids.size(), std::size_t(129));
    const Means m = meansOf(model, {ids}, 64);
    compare(m.previous, readNumbers(file, "repeated_random_tokens/previous_token_score"), 1e-5, "previous");
    compare(m.first, readNumbers(file, "repeated_random_tokens/first_token_score"), 1e-5, "first");
    compare(m.duplicate, readNumbers(file, "repeated_random_tokens/duplicate_token_score"), 1e-5, "duplicate");
    compare(m.induction, readNumbers(file, "repeated_random_tokens/induction_score"), 1e-5, "induction");
    // No head passes the award thresholds on our own sequences either.
    const RepeatMeasures own = mustMeasure(model, 20);
    for (const RepeatScores& s : own.scores) {
        QVERIFY(meanOf(s.induction) < 0.3);
        QVERIFY(meanOf(s.duplicate) < 0.3);
    }
}

void tst_synthetic_models::sampleAgreesWithAnswerKey()
{
    const Numbers tokens = readNumbers(kAnswers, "answer_key/tokens");
    QCOMPARE(tokens.shape.size(), std::size_t(2));
    const auto length = static_cast<std::size_t>(tokens.shape[1]);
    std::vector<std::vector<int>> documents;
    for (std::size_t s = 0; s < static_cast<std::size_t>(tokens.shape[0]); ++s) {
        documents.emplace_back();
        for (std::size_t i = 0; i < length; ++i) documents.back().push_back(static_cast<int>(tokens[s * length + i]));
    }
    const Means m = meansOf(mustOpen(kSample), documents, static_cast<int>(readNumberAttribute(kAnswers, "answer_key", "period")));
    compare(m.previous, readNumbers(kAnswers, "answer_key/previous_token"), 1e-4, "previous");
    compare(m.first, readNumbers(kAnswers, "answer_key/first_token"), 1e-4, "first");
    compare(m.duplicate, readNumbers(kAnswers, "answer_key/duplicate"), 1e-4, "duplicate");
    compare(m.induction, readNumbers(kAnswers, "answer_key/induction"), 1e-4, "induction");
}

void tst_synthetic_models::sampleOnOwnSequences()
{
    const auto model = mustOpen(kSample);
    const RepeatMeasures m = mustMeasure(model, 20, true);
    QCOMPARE(m.copy, 50);
    QCOMPARE(m.vocabulary.bos.value_or(-1), 2047);
    const Numbers previous = readNumbers(kAnswers, "answer_key/previous_token"), duplicate = readNumbers(kAnswers, "answer_key/duplicate"),
                  induction = readNumbers(kAnswers, "answer_key/induction");
    for (std::size_t h = 0; h < m.heads.size(); ++h) {
        const RepeatScores& s = m.scores[h];
        // The same heads pass the award thresholds as in the answer key.
        QCOMPARE(meanOf(s.previous) > 0.5, previous[h] > 0.5);
        QCOMPARE(meanOf(s.duplicate) > 0.4, duplicate[h] > 0.4);
        QCOMPARE(meanOf(s.induction) > 0.4, induction[h] > 0.4);
        if (induction[h] > 0.4) {
            QVERIFY(meanOf(s.induction) > 10 * meanOf(s.inductionControl));
            QVERIFY(meanOf(s.prefix) > 0.4);
            QVERIFY(meanOf(s.pointer) > 0.4);
            LagCurve mean{};
            for (const LagCurve& c : s.lagScores)
                for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += c[i] / static_cast<double>(s.lagScores.size());
            QCOMPARE(peakLag(mean), 1);
            QVERIFY(lagAsymmetry(mean) > 0);
            QVERIFY(fitCmr(mean).distance < 0.5);
        }
    }
}

void tst_synthetic_models::inductionModel_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("by hand") << fixture("models/induction/model.h5");
    QTest::newRow("trained") << sharedData("models/induction-2l1h/model.h5");
}

void tst_synthetic_models::inductionModel()
{
    QFETCH(QString, file);
    HS_NEED_SHARED(file);
    const RepeatMeasures m = mustMeasure(mustOpen(file), 32);
    QCOMPARE(m.copy, 4);
    QCOMPARE(m.copyOfFour, 2);  // too short for four copies: not measured
    QVERIFY(std::isnan(meanOf(m.scores[1].prefix)));
    QVERIFY(meanOf(m.scores[0].previous) > 0.99);
    QVERIFY(meanOf(m.scores[0].induction) < 0.1);
    QVERIFY(meanOf(m.scores[1].induction) > 0.8);
    QVERIFY(meanOf(m.scores[1].inductionShift) < 0.1);
    QVERIFY(meanOf(m.scores[1].inductionControl) < 0.4);
    QVERIFY(meanOf(m.scores[1].duplicate) < 0.2);
}

void tst_synthetic_models::twinsShowNothing_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("sample") << kSample;
    QTest::newRow("compiled") << QString();
    for (const char* name : {"tiny-llama", "induction"}) QTest::newRow(name) << fixture("models/%1/model.h5").arg(QLatin1String(name));
    for (const char* name : {"stories260k", "induction-2l1h"})
        QTest::newRow(name) << sharedData("models/%1/model.h5").arg(QLatin1String(name));
}

void tst_synthetic_models::twinsShowNothing()
{
    QFETCH(QString, file);
    if (!file.isEmpty()) HS_NEED_SHARED(file);
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        const RepeatMeasures m = mustMeasure(makeTwin(file.isEmpty() ? hs::test::inductionModel() : mustOpen(file), seed), 20);
        for (const RepeatScores& s : m.scores) {
            // Either below the threshold, or no more than what positions alone give.
            QVERIFY(meanOf(s.induction) < 0.4 || meanOf(s.induction) <= meanOf(s.inductionControl) + 0.02);
            QVERIFY(meanOf(s.duplicate) < 0.4 || meanOf(s.duplicate) <= meanOf(s.duplicateControl) + 0.02);
        }
    }
}

void tst_synthetic_models::threadsDoNotMatter()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 300, 64));
    const int before = threadCount();
    setThreadCount(1);
    const RepeatMeasures one = mustMeasure(model, 9, true);
    setThreadCount(3);
    const RepeatMeasures three = mustMeasure(model, 9, true);
    setThreadCount(before);
    for (std::size_t h = 0; h < one.heads.size(); ++h) {
        QCOMPARE(one.scores[h].induction, three.scores[h].induction);
        for (std::size_t s = 0; s < 8; ++s) QCOMPARE(one.scores[h].copying[s], three.scores[h].copying[s]);  // of eight documents
        QCOMPARE(one.scores[h].prefix, three.scores[h].prefix);
        QVERIFY(one.scores[h].lagScores == three.scores[h].lagScores);
    }
}

void tst_synthetic_models::contextTooShort()
{
    const auto m = measureRepeats(randomModel(smallConfig(1, 2, 16, 50, 7)), nullptr, {}, {});
    QVERIFY(!m.ok());
    QCOMPARE(m.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(m.error().item, std::string("n_ctx"));
}

void tst_synthetic_models::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto m = measureRepeats(randomModel(smallConfig()), nullptr, {}, Progress(stop.get_token(), {}));
    QVERIFY(!m.ok());
    QCOMPARE(m.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(tst_synthetic_models)
#include "tst_synthetic_models.moc"
