// SPDX-License-Identifier: GPL-3.0-or-later
// The label job: partial results, the stored result at once the second time, examples, cancel.
#include <QFile>
#include <QTest>

#include <QTemporaryDir>

#include <chrono>
#include <thread>

#include "engine/io/analysis_cache.h"
#include "engine/io/open.h"
#include "engine/session/engine_session.h"
#include "engine/session/jobs/label.h"
#include "tests/support/paths.h"

using namespace hs;

namespace {

struct Outcome {
    std::vector<JobResult> results;
    std::vector<Stage> stages;
    JobState state = JobState::Queued;
    double seconds = 0;
};

Outcome wait(EngineSession& session, JobId job, double cancelAfter = -1)
{
    Outcome out;
    const auto begin = std::chrono::steady_clock::now();
    for (;;) {
        for (Event& event : session.drain()) {
            if (auto* result = std::get_if<JobResult>(&event)) out.results.push_back(std::move(*result));
            if (auto* progress = std::get_if<JobProgress>(&event)) out.stages.push_back(progress->report.stage);
            if (auto* ended = std::get_if<JobEnded>(&event); ended && ended->job == job) {
                out.state = ended->state;
                out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
                return out;
            }
        }
        const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        if (cancelAfter >= 0 && passed > cancelAfter) session.cancel(job);
        if (passed > 240) return out;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

}  // namespace

class TstSessionLabels : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<const Model> m_model;

    LabelJob job() const
    {
        LabelJob out;
        out.model = m_model;
        out.request.corpusPaths = {test::samplePath("passages.txt"), test::samplePath("sample_corpus.txt")};
        out.request.maxDocuments = 24;
        out.request.synthetic = out.request.weights = out.request.causes = false;
        return out;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
        const QString copy = m_folder.filePath("model.h5");  // its own folder: nothing is stored beside it
        QVERIFY(QFile::copy(test::sampleFile(), copy));
        OpenOptions options;
        options.probe = false;
        auto model = openModel(copy.toStdString(), options);
        QVERIFY(model.ok());
        m_model = *model;
    }

    void labelsAndRemembers()
    {
        EngineSession session;
        const Outcome first = wait(session, session.submit(job()));
        QCOMPARE(first.state, JobState::Done);
        QVERIFY(!first.results.empty());
        const auto& last = std::any_cast<const LabelResult&>(first.results.back().answer);
        QVERIFY(last.report->complete && !last.fromCache);
        QCOMPARE(last.report->heads.size(), std::size_t(32));
        QCOMPARE(last.report->provenance.modelHash.size(), std::size_t(64));
        QVERIFY(std::find(first.stages.begin(), first.stages.end(), Stage::LabelCorpus) != first.stages.end());
        QVERIFY(!QFile::exists(m_folder.filePath("model.h5.analysis.h5")));  // nothing beside the model unasked
        QVERIFY(QFile::exists(QString::fromStdString(analysisFileInCache(last.report->provenance.modelHash))));

        const Outcome second = wait(session, session.submit(job()));
        QCOMPARE(second.state, JobState::Done);
        QCOMPARE(second.results.size(), std::size_t(1));
        const auto& stored = std::any_cast<const LabelResult&>(second.results.back().answer);
        QVERIFY(stored.fromCache && stored.report->complete);
        QCOMPARE(stored.report->heads.size(), std::size_t(32));
        for (std::size_t h = 0; h < 32; ++h) {
            QCOMPARE(stored.report->heads[h].primary, last.report->heads[h].primary);
            QCOMPARE(stored.report->heads[h].labels.size(), last.report->heads[h].labels.size());
        }

        LabelJob other = job();  // any parameter makes it another result
        QVERIFY(other.request.preset.set("positional.kappa-uniform", 0.9).ok());
        const Outcome third = wait(session, session.submit(other));
        QVERIFY(!std::any_cast<const LabelResult&>(third.results.back().answer).fromCache);
    }

    void examples()
    {
        EngineSession session;
        LabelExamplesJob ask;
        ask.model = m_model;
        ask.request = job().request;
        ask.head = {1, 6};
        ask.label = positionalLabel(-1);
        ask.count = 12;
        const Outcome outcome = wait(session, session.submit(ask));
        QCOMPARE(outcome.state, JobState::Done);
        const auto& result = std::any_cast<const LabelExamplesResult&>(outcome.results.back().answer);
        QCOMPARE(result.best.size(), std::size_t(12));
        QCOMPARE(result.worst.size(), std::size_t(12));
        QCOMPARE(result.typical.size(), std::size_t(12));
        for (std::size_t k = 1; k < result.best.size(); ++k) {
            QVERIFY(result.best[k].value <= result.best[k - 1].value);
            QVERIFY(result.worst[k].value >= result.worst[k - 1].value);
        }
        for (const ExampleRow& row : result.best)
            QVERIFY(std::any_of(result.documents.begin(), result.documents.end(), [&](const ExampleDocument& d) {
                return d.document == row.document && row.query < static_cast<int>(d.ids.size());
            }));
    }

    void stops()
    {
        EngineSession session;
        LabelJob whole = job();
        whole.request.maxDocuments = 400;
        whole.request.useCache = false;
        const Outcome outcome = wait(session, session.submit(whole), 0.3);
        QCOMPARE(outcome.state, JobState::Cancelled);
        QVERIFY2(outcome.seconds < 2.0, qPrintable(QString::number(outcome.seconds)));
    }

    void badRequests_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("no model") << 0;
        QTest::newRow("no such corpus") << 1;
        QTest::newRow("examples without text") << 2;
    }
    void badRequests()
    {
        QFETCH(int, which);
        EngineSession session;
        LabelJob bad = job();
        if (which == 0) bad.model = nullptr;
        if (which == 1) bad.request.corpusPaths = {"/does/not/exist.txt"};
        LabelExamplesJob noText;
        noText.model = m_model;
        const JobId id = which == 2 ? session.submit(noText) : session.submit(bad);
        QCOMPARE(wait(session, id).state, JobState::Failed);
    }
};

QTEST_APPLESS_MAIN(TstSessionLabels)
#include "tst_session_labels.moc"
