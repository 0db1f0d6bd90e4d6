// SPDX-License-Identifier: GPL-3.0-or-later
// Importance and pruning through the session: prompts from texts and files, partial results, live switches, pruned files, cancel.
#include <QFile>
#include <QLatin1Char>
#include <QList>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "engine/session/importance_file.h"
#include "engine/session/jobs/importance.h"
#include "engine/session/jobs/pruning.h"
#include "engine/session/texts.h"
#include "tests/engine/session/session_support.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

std::shared_ptr<const Model> sample()
{
    static const auto model = openModel(samplePath());
    return model.ok() ? *model : nullptr;
}

TextRequest ids(std::initializer_list<int> lengths)
{
    TextRequest request;
    std::uint64_t seed = 3;
    for (const int n : lengths) request.prompts.push_back(randomPrompt(n, 50, seed++));
    request.name = "random";
    return request;
}

QString writeText(const QTemporaryDir& folder, const char* name, const QByteArray& bytes)
{
    const QString path = folder.filePath(QString::fromLatin1(name));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(bytes);
    return path;
}

}  // namespace

class tst_pruning_jobs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prompts_data();
    void prompts();
    void windows();
    void importance();
    void sets();
    void liveSwitch_data();
    void liveSwitch();
    void pruningCurve();
    void writesPruned();
    void missingArguments();
    void cancelsSoon();
    void files();
};

void tst_pruning_jobs::prompts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<QList<int>>>("expected");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("item");
    const int ok = -1, wrong = static_cast<int>(ErrorCode::InvalidArgument);
    QTest::newRow("one a line") << QByteArray("1,2,3\n4,5\n") << QList<QList<int>>{{1, 2, 3}, {4, 5}} << ok << QString();
    QTest::newRow("spaces, empty lines, no last line break, Windows")
        << QByteArray(" 1, 2 ,3\r\n\r\n4 ,5") << QList<QList<int>>{{1, 2, 3}, {4, 5}} << ok << QString();
    QTest::newRow("a word") << QByteArray("1,2\n3,four\n") << QList<QList<int>>{} << wrong << QStringLiteral("line 2");
    QTest::newRow("no comma") << QByteArray("1 2\n") << QList<QList<int>>{} << wrong << QStringLiteral("line 1");
    QTest::newRow("a fraction") << QByteArray("1.5,2\n") << QList<QList<int>>{} << wrong << QStringLiteral("line 1");
    QTest::newRow("not in the vocabulary") << QByteArray("1,2\n\n1,50\n") << QList<QList<int>>{}
                                           << static_cast<int>(ErrorCode::TokenOutOfRange) << QStringLiteral("line 3");
    QTest::newRow("empty") << QByteArray() << QList<QList<int>>{} << static_cast<int>(ErrorCode::TextEmpty) << QString();
    QTest::newRow("nothing to predict") << QByteArray("7\n") << QList<QList<int>>{} << static_cast<int>(ErrorCode::TextEmpty) << QString();
}

void tst_pruning_jobs::prompts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<QList<int>>, expected);
    QFETCH(int, code);
    QFETCH(QString, item);
    QTemporaryDir folder;
    TextRequest request;
    request.tokensFile = writeText(folder, "prompts.txt", bytes).toStdString();
    const auto text = promptsOf(*randomModel(smallConfig()), request);
    if (code >= 0) {
        QVERIFY(!text.ok());
        QCOMPARE(static_cast<int>(text.error().code), code);
        QCOMPARE(QString::fromStdString(text.error().item), item);
        QCOMPARE(text.error().file, request.tokensFile);
        return;
    }
    QVERIFY(text.ok());
    QCOMPARE(static_cast<int>(text->prompts.size()), static_cast<int>(expected.size()));
    for (int i = 0; i < expected.size(); ++i) {
        const std::vector<int> got = text->prompts[static_cast<std::size_t>(i)]->ids();
        QCOMPARE(QList<int>(got.begin(), got.end()), expected[i]);
        QCOMPARE(text->document[static_cast<std::size_t>(i)], i);
    }
    QCOMPARE(text->name, std::string("prompts.txt"));
    QCOMPARE(text->hash.size(), std::size_t{64});
}

void tst_pruning_jobs::windows()
{
    TextRequest request;
    request.text =
        "Once upon a time there was a little girl who lived in a house by the sea, and she had a cat, a dog and a bird that sang.";
    request.length = 16;
    const auto text = promptsOf(*sample(), request);
    QVERIFY(text.ok());
    QVERIFY(text->prompts.size() >= 2);
    const auto whole = makePrompt(*sample()->tokenizer(), request.text);
    const int first = whole->tokens.front().id;
    QVERIFY(whole->tokens.front().special);
    std::vector<int> joined{first};
    for (const auto& prompt : text->prompts) {
        QVERIFY(prompt->size() <= 16);
        QCOMPARE(prompt->tokens.front().id, first);  // every window begins as a text does
        QCOMPARE(text->document.front(), 0);
        const std::vector<int> own = prompt->ids();
        joined.insert(joined.end(), own.begin() + 1, own.end());
        // What stands in the text is where the tokens say.
        for (const Token& t : prompt->tokens)
            if (t.byteBegin >= 0) QVERIFY(t.byteEnd <= static_cast<int>(prompt->text.size()));
    }
    const std::vector<int> all = whole->ids();
    QVERIFY(joined.size() + 7 >= all.size());  // a short rest is left out
    QVERIFY(std::equal(joined.begin(), joined.end(), all.begin()));
}

void tst_pruning_jobs::importance()
{
    EngineSession session;
    FrontEnd front(session);
    ImportanceJob job;
    job.model = randomModel(smallConfig());
    job.text = ids({12, 20, 9});
    for (const ImportanceKind kind : importanceKinds()) {
        job.options.kind = kind;
        job.options.draws = 2;
        const JobId id = session.submit(job);
        QVERIFY(front.awaitEnd(id));
        QVERIFY2(front.end(id)->state == JobState::Done, importanceName(kind));
        const auto results = front.results<ImportanceResult>(id);
        QVERIFY(!results.empty());
        const ImportanceTable& table = *results.back().table;
        QVERIFY(table.complete);
        QCOMPARE(table.kind, kind);
        QCOMPARE(table.heads.size(), std::size_t{8});
        if (needsText(kind)) QCOMPARE(table.data.textName, std::string("random"));
    }
}

void tst_pruning_jobs::sets()
{
    EngineSession session;
    FrontEnd front(session);
    SetAblationJob job;
    job.model = randomModel(smallConfig());
    job.text = ids({12, 20});
    job.sets = {{{0, 0}, {1, 1}}};
    job.pairs = {{0, 0}, {0, 1}, {1, 1}};
    job.positions = {{1, 3}};
    const JobId id = session.submit(job);
    QVERIFY(front.awaitEnd(id));
    const SetAblationResult last = front.results<SetAblationResult>(id).back();
    QCOMPARE(last.sets.size(), std::size_t{1});
    QCOMPARE(last.pairs.size(), std::size_t{3});
    QVERIFY(last.positions && last.positions->complete);
    QCOMPARE(last.positions->positions, 12);
}

void tst_pruning_jobs::liveSwitch_data()
{
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind < 4; ++kind) QTest::newRow(ablationName(static_cast<AblationKind>(kind))) << kind;
}

void tst_pruning_jobs::liveSwitch()
{
    QFETCH(int, kind);
    const auto model = randomModel(smallConfig());
    const auto prompt = randomPrompt(14, 50);
    const auto base = *forward(model, prompt, {});
    EngineSession session;
    FrontEnd front(session);
    AblationValuesJob collect;
    collect.model = model;
    collect.calibration = ids({20, 11, 17});
    collect.ablation = static_cast<AblationKind>(kind);
    const JobId collected = session.submit(collect);
    QVERIFY(front.awaitEnd(collected));
    const auto values = front.results<AblationValuesResult>(collected).back().values;

    LiveSwitchJob job;
    job.base = base;
    job.cut = {{0, 2}, {1, 0}};
    job.values = values;
    job.topK = 5;
    const JobId id = session.submit(job, "switch");
    QVERIFY(front.awaitEnd(id));
    QVERIFY2(front.end(id)->state == JobState::Done, front.end(id)->error ? front.end(id)->error->item.c_str() : "");
    const LiveSwitchResult result = front.results<LiveSwitchResult>(id).back();
    // The batched sweep knows the same number.
    const auto sweep =
        sweepBase(model, *prompt, *values, {{{0, 2}, 0.0f, -1}, {{1, 0}, 0.0f, -1}}, values->donorFor(0, 0, prompt->ids()), {});
    QVERIFY(std::abs(result.run->loss - (*sweep)->score.loss) < 1e-5);
    QVERIFY(std::abs(result.run->loss - base->loss) > 1e-4);
    QCOMPARE(result.next.size(), std::size_t{5});
    QCOMPARE(result.baseProbabilities.size(), std::size_t{5});

    job.cut = {{2, 0}};
    const JobId bad = session.submit(job);
    QVERIFY(front.awaitEnd(bad));
    QCOMPARE(front.end(bad)->error->code, ErrorCode::HeadOutOfRange);
}

void tst_pruning_jobs::pruningCurve()
{
    EngineSession session;
    FrontEnd front(session);
    PruningCurveJob job;
    job.model = randomModel(smallConfig());
    job.calibration = ids({12, 20});
    job.test = ids({9, 11, 30});
    job.spec.randomSeeds = 3;
    job.spec.stepHeads = 2;
    job.spec.orders = {OrderKind::Score, OrderKind::Random, OrderKind::Greedy};
    const JobId id = session.submit(job);
    QVERIFY(front.awaitEnd(id));
    QVERIFY(front.end(id)->state == JobState::Done);
    const auto results = front.results<PruningCurveResult>(id);
    QVERIFY(results.size() >= 3 + 5);  // after each point of the recomputed orders, after each random order
    QVERIFY(!results.front().curve->complete && results.back().curve->complete);
    QCOMPARE(results.back().curve->series.size(), std::size_t{5});
}

void tst_pruning_jobs::writesPruned()
{
    QTemporaryDir folder;
    EngineSession session;
    FrontEnd front(session);
    WritePrunedJob job;
    job.path = folder.filePath(QStringLiteral("pruned.h5")).toStdString();
    job.model = sample();
    job.cut = {{0, 1}, {2, 3}, {3, 7}, {2, 3}};  // twice is once
    AblationValuesJob collect;
    collect.model = sample();
    collect.calibration.text = "Once upon a time there was a king who had three daughters.";
    const JobId collected = session.submit(collect);
    QVERIFY(front.awaitEnd(collected));
    job.values = front.results<AblationValuesResult>(collected).back().values;
    const JobId id = session.submit(job);
    QVERIFY(front.awaitEnd(id));
    QVERIFY2(front.end(id)->state == JobState::Done, front.end(id)->error ? front.end(id)->error->item.c_str() : "");
    const WritePrunedResult r = front.results<WritePrunedResult>(id).back();
    QVERIFY2(r.largestDifference < 1e-4, qPrintable(QString::number(r.largestDifference)));
    QVERIFY(r.bytesAfter > 0 && r.bytesAfter < r.bytesBefore);
    // Three heads of 24 in four matrices of width 192, and their biases.
    QCOMPARE(r.weightsBefore - r.weightsAfter, std::size_t{3 * (4 * 24 * 192 + 3 * 24)});
    QVERIFY(r.secondsBefore > 0 && r.secondsAfter > 0);
    QCOMPARE((*r.pruned->layer(2))->headIds, (std::vector<int>{0, 1, 2, 4, 5, 6, 7}));

    AblationValues uniform;
    uniform.kind = AblationKind::Uniform;
    job.values = std::make_shared<const AblationValues>(uniform);
    const JobId refused = session.submit(job);
    QVERIFY(front.awaitEnd(refused));
    QCOMPARE(front.end(refused)->error->code, ErrorCode::InvalidArgument);
    job.values = {};
    job.path = sample()->identity().path;  // never over the model's own file
    const JobId over = session.submit(job);
    QVERIFY(front.awaitEnd(over));
    QCOMPARE(front.end(over)->error->code, ErrorCode::InvalidArgument);
}

void tst_pruning_jobs::missingArguments()
{
    EngineSession session;
    FrontEnd front(session);
    const JobId ids[] = {session.submit(ImportanceJob{}), session.submit(SetAblationJob{}),  session.submit(AblationValuesJob{}),
                         session.submit(LiveSwitchJob{}), session.submit(PruningCurveJob{}), session.submit(WritePrunedJob{})};
    for (const JobId id : ids) {
        QVERIFY(front.awaitEnd(id));
        QCOMPARE(front.end(id)->error->code, ErrorCode::InvalidArgument);
    }
}

void tst_pruning_jobs::cancelsSoon()
{
    EngineSession session;
    FrontEnd front(session);
    ImportanceJob job;
    job.model = sample();
    for (std::uint64_t i = 0; i < 200; ++i) job.text.prompts.push_back(randomPrompt(256, 2000, i + 1));
    job.options.kind = ImportanceKind::AblationResample;
    const JobId id = session.submit(job);
    QVERIFY(front.await([&] { return !front.results<ImportanceResult>(id).empty() || front.end(id); }));
    const auto start = std::chrono::steady_clock::now();
    session.cancel(id);
    QVERIFY(front.awaitEnd(id));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    QCOMPARE(static_cast<int>(front.end(id)->state), static_cast<int>(JobState::Cancelled));
    qInfo("cancelled after %.0f ms", seconds * 1e3);
    QVERIFY2(seconds < 2.0 * kSlowness, qPrintable(QString::number(seconds)));
}

void tst_pruning_jobs::files()
{
    ImportanceOptions options;
    options.kind = ImportanceKind::AblationZero;
    options.modelHash = "abc";
    ImportanceText text;
    text.prompts = {randomPrompt(9, 50, 1), randomPrompt(12, 50, 2)};
    text.name = "a \"quoted\" name";
    const auto model = randomModel(smallConfig());
    const auto table = *measureImportance(model, text, {}, options);
    const auto json = nlohmann::json::parse(importanceJson(*table));
    QCOMPARE(json["score"].get<std::string>(), std::string("ablation-zero"));
    QCOMPARE(json["ablation"].get<std::string>(), std::string("zero"));
    QCOMPARE(json["text"]["name"].get<std::string>(), text.name);
    QCOMPARE(json["heads"].size(), std::size_t{8});
    QCOMPARE(json["heads"][5]["head"].get<std::string>(), std::string("L1H1"));
    QCOMPARE(json["heads"][5]["value"].get<double>(), table->heads[5].value);
    QCOMPARE(json["heads"][5]["interval"][1].get<double>(), table->heads[5].interval->high);

    text.prompts.pop_back();
    const auto alone = *measureImportance(model, text, {}, options);
    QVERIFY(nlohmann::json::parse(importanceJson(*alone))["heads"][0]["interval"].is_null());
    const QStringList lines = QString::fromStdString(importanceCsv(*alone)).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 10);
    QCOMPARE(lines[0], QStringLiteral("head,value,signed,lo,hi"));
    QVERIFY(lines[1].startsWith(QStringLiteral("L0H0,")) && lines[1].endsWith(QStringLiteral(",,")));
    QCOMPARE(lines[1].section(QLatin1Char(','), 1, 1).toDouble(), alone->heads[0].value);
}

QTEST_APPLESS_MAIN(tst_pruning_jobs)
#include "tst_pruning_jobs.moc"
