// SPDX-License-Identifier: GPL-3.0-or-later
// The session's similarity jobs: what they publish, cancelling, and the file that holds a matrix.
#include <QFile>
#include <QIODevice>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "engine/session/jobs/class_list.h"
#include "engine/session/jobs/head_spectra.h"
#include "engine/session/jobs/similarity.h"
#include "tests/engine/session/session_support.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

class tst_similarity_jobs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onePerPairing();
    void reference();
    void spectra();
    void principalAngles();
    void classLists();
    void cancelWhileComparing();
    void fileHoldsTheMatrix();
};

void tst_similarity_jobs::onePerPairing()
{
    EngineSession session;
    FrontEnd front(session);
    SimilarityJob job;
    job.model = randomModel(smallConfig(3, 4, 32));
    job.pairings = {{HeadRole::O, HeadRole::Q}, {HeadRole::K, HeadRole::K}};
    job.modelHash = "abc";
    job.seed = 7;
    const JobId id = session.submit(job);
    QVERIFY(front.awaitEnd(id));
    QCOMPARE(front.end(id)->state, JobState::Done);
    const auto results = front.results<SimilarityResult>(id);
    QCOMPARE(results.size(), std::size_t(2));
    QCOMPARE(results[1].index, std::size_t(1));
    QCOMPARE(rolePairName(*results[1].matrix->pairing), std::string("KK"));
    QCOMPARE(results[0].matrix->modelHash, std::string("abc"));
    QCOMPARE(results[0].matrix->seed, std::uint64_t(7));

    const JobId bad = session.submit(SimilarityJob{});
    QVERIFY(front.awaitEnd(bad));
    QCOMPARE(front.end(bad)->state, JobState::Failed);
}

void tst_similarity_jobs::reference()
{
    EngineSession session;
    FrontEnd front(session);
    ReferenceJob job;
    job.model = randomModel(smallConfig(3, 4, 32));
    const JobId report = session.submit(job);
    job.draws = 300;
    const JobId draws = session.submit(job);
    QVERIFY(front.awaitEnd(draws));
    const auto first = front.results<ReferenceResult>(report), second = front.results<ReferenceResult>(draws);
    QCOMPARE(first.size(), std::size_t(1));
    QCOMPARE(first[0].report->pairings.size(), std::size_t(16));
    QCOMPARE(second.size(), std::size_t(1));
    QCOMPARE(second[0].draws->m, 8);
    QVERIFY(std::abs(second[0].draws->mean - 2.0) < 6 * second[0].draws->meanError);
}

void tst_similarity_jobs::spectra()
{
    EngineSession session;
    FrontEnd front(session);
    SpectraJob job;
    job.model = randomModel(smallConfig(2, 4, 32));
    const JobId all = session.submit(job);
    job.heads = {{1, 2}};
    job.options.directions = 2;
    const JobId one = session.submit(job);
    QVERIFY(front.awaitEnd(one));
    QCOMPARE(front.results<SpectraResult>(all).size(), std::size_t(8));
    const auto result = front.results<SpectraResult>(one);
    QCOMPARE(result.size(), std::size_t(1));
    QCOMPARE(result[0].spectra->directions.size(), std::size_t(2));
}

/// The squared cosines sum to the cell of the matrix, and a head with itself is all ones.
void tst_similarity_jobs::principalAngles()
{
    EngineSession session;
    FrontEnd front(session);
    ModelConfig config = smallConfig(3, 4, 32);
    config.nKvHeads = 2;
    const auto model = randomModel(config);
    SimilarityJob all;
    all.model = model;
    all.pairings = {{HeadRole::O, HeadRole::K}};
    const JobId matrices = session.submit(all);
    PairAnglesJob job;
    job.model = model;
    job.pairing = {HeadRole::O, HeadRole::K};
    job.source = {0, 1};
    job.target = {2, 3};
    const JobId pair = session.submit(job);
    job.pairing = {HeadRole::Q, HeadRole::Q};
    job.source = job.target;
    const JobId self = session.submit(job);
    job.target = {2, 4};
    const JobId outside = session.submit(job);
    QVERIFY(front.awaitEnd(outside));
    QCOMPARE(front.end(outside)->state, JobState::Failed);
    QCOMPARE(int(front.end(outside)->error->code), int(ErrorCode::HeadOutOfRange));

    const auto matrix = front.results<SimilarityResult>(matrices)[0].matrix;
    const auto angles = front.results<PairAnglesResult>(pair)[0].angles;
    std::size_t row = 0, col = 0;
    while (matrix->rows.heads[row].id != HeadId{0, 1}) ++row;
    while (matrix->cols.heads[col].id != HeadId{2, 1}) ++col;  // head 3 reads through key/value head 1
    QCOMPARE(int(angles->cosines.size()), angles->sourceRank);
    QVERIFY(std::is_sorted(angles->cosines.rbegin(), angles->cosines.rend()));
    QVERIFY(std::abs(angles->summary.projectionKernel - matrix->value(row, col)) < 1e-9);
    QVERIFY(std::abs(angles->chance.mean - nullMoments(*matrix, row, col)->mean) < 1e-12);
    for (const double cosine : front.results<PairAnglesResult>(self)[0].angles->cosines) QVERIFY(std::abs(cosine - 1) < 1e-12);
}

void tst_similarity_jobs::classLists()
{
    EngineSession session;
    FrontEnd front(session);
    QTemporaryDir folder;
    SimilarityJob all;
    all.model = randomModel(smallConfig(3, 4, 32));
    all.pairings = {{HeadRole::O, HeadRole::Q}};
    const JobId matrices = session.submit(all);
    ClassList list;
    list.name = "two";
    list.classes = {{"early", {{0, 1}, {0, 2}}}, {"late", {{2, 3}}}};
    for (const char* name : {"two.json", "two.csv"})
        QVERIFY(front.awaitEnd(session.submit(
            WriteClassListJob{folder.filePath(QString::fromLatin1(name)).toStdString(), std::make_shared<const ClassList>(list)})));
    QVERIFY(front.awaitEnd(matrices));
    const auto matrix = front.results<SimilarityResult>(matrices)[0].matrix;
    for (const char* name : {"two.json", "two.csv"}) {
        ClassListJob job;
        job.path = folder.filePath(QString::fromLatin1(name)).toStdString();
        job.matrices = {matrix};
        job.k = 5;
        const JobId id = session.submit(job);
        QVERIFY(front.awaitEnd(id));
        const auto result = front.results<ClassListResult>(id);
        QCOMPARE(result.size(), std::size_t(1));
        QCOMPARE(result[0].list->classes, list.classes);
        QCOMPARE(result[0].scores.size(), std::size_t(1));
        QCOMPARE(result[0].scores[0].positives, std::int64_t(2));  // L0H1 and L0H2 into L2H3
        QCOMPARE(result[0].scores[0].k, 5);
    }
    QFile broken(folder.filePath(QStringLiteral("broken.json")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{\"classes\": [");
    broken.close();
    for (const auto& [name, code] :
         {std::pair{"broken.json", ErrorCode::JsonInvalid}, std::pair{"nowhere.json", ErrorCode::FileNotFound}}) {
        ClassListJob job;
        job.path = folder.filePath(QString::fromLatin1(name)).toStdString();
        const JobId id = session.submit(job);
        QVERIFY(front.awaitEnd(id));
        QCOMPARE(int(front.end(id)->error->code), int(code));
        QCOMPARE(front.end(id)->error->file, job.path);
    }
}

void tst_similarity_jobs::cancelWhileComparing()
{
    EngineSession session;
    FrontEnd front(session);
    SimilarityJob job;
    job.model = randomModel(smallConfig(8, 16, 1024));
    job.pairings = allRolePairs();
    const JobId id = session.submit(job);
    QVERIFY(front.await([&] { return front.count(id, 1) > 0; }));  // the first progress
    const auto asked = std::chrono::steady_clock::now();
    session.cancel(id);
    QVERIFY(front.awaitEnd(id));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - asked).count();
    QCOMPARE(front.end(id)->state, JobState::Cancelled);
    QVERIFY2(seconds < 1.0 * kSlowness, qPrintable(QString::number(seconds)));
}

void tst_similarity_jobs::fileHoldsTheMatrix()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s.h5"));
    EngineSession session;
    FrontEnd front(session);
    SimilarityJob job;
    job.model = randomModel(smallConfig(3, 4, 32));
    job.pairings = {{HeadRole::O, HeadRole::Q}};
    const JobId id = session.submit(job);
    QVERIFY(front.awaitEnd(id));
    const auto matrix = front.results<SimilarityResult>(id).at(0).matrix;
    const JobId written = session.submit(WriteHeadMatrixJob{path.toStdString(), matrix});
    QVERIFY(front.awaitEnd(written));
    QCOMPARE(front.end(written)->state, JobState::Done);
    const Numbers s = readNumbers(path, "S"), corrected = readNumbers(path, "corrected");
    QCOMPARE(s.shape.size(), std::size_t(2));
    QCOMPARE(s.shape[0], hsize_t(12));
    for (std::size_t i = 0; i < s.size(); ++i) {
        QVERIFY(std::isnan(s[i]) ? std::isnan(matrix->values[i]) : s[i] == matrix->values[i]);
        QVERIFY(std::isnan(corrected[i]) ? std::isnan(matrix->corrected[i]) : corrected[i] == matrix->corrected[i]);
    }
    QCOMPARE(readNumberAttribute(path, "/", "d"), 32.0);
    QCOMPARE(readNumberAttribute(path, "/S", "d"), 32.0);
}

QTEST_APPLESS_MAIN(tst_similarity_jobs)
#include "tst_similarity_jobs.moc"
