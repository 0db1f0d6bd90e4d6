// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "engine/forward/forward.h"
#include "engine/session/cache.h"
#include "engine/session/jobs/pictures.h"
#include "tests/engine/session/session_support.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

class TestSessionCache : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameRequestIsComputedOnce();
    void budgetHolds();
    void leastRecentlyUsedGoesFirst();
    void tooLargeIsNotKept();
    void deadSourcesAreForgotten();
    void stagesShareTheirLayers();
};

void TestSessionCache::sameRequestIsComputedOnce()
{
    EngineSession session;
    FrontEnd front(session);
    const auto source = std::make_shared<FakeSource>(32);
    JobId last = 0;
    for (int i = 0; i < 3; ++i) last = session.submit(tile(source, {1, 2}, 16));
    QVERIFY(front.awaitEnd(last));
    QCOMPARE(source->tilesMade.load(), 1);
    QCOMPARE((*front.results<TileResult>(last).front().cells)(3, 3), 10003.0f);

    TileJob other = tile(source, {1, 2}, 16);
    other.kind = MapKind::Scores;
    QVERIFY(front.awaitEnd(session.submit(other)));
    other = tile(source, {1, 2}, 16);
    other.k0 = 1;
    QVERIFY(front.awaitEnd(session.submit(other)));
    QCOMPARE(source->tilesMade.load(), 3);

    for (int i = 0; i < 3; ++i) last = session.submit(overviews(source, {{0, 0}}));
    QVERIFY(front.awaitEnd(last));
    const int made = source->tilesMade.load();
    QVERIFY(front.awaitEnd(session.submit(overviews(source, {{0, 0}}))));
    QCOMPARE(source->tilesMade.load(), made);
}

void TestSessionCache::budgetHolds()
{
    EngineSession session;
    FrontEnd front(session);
    constexpr std::size_t budget = 200'000;
    session.setCacheBudget(budget);
    const auto source = std::make_shared<FakeSource>(128);
    for (int i = 0; i < 40; ++i) {
        QVERIFY(front.awaitEnd(session.submit(tile(source, {i % 4, i % 8}, 60 + i))));
        QVERIFY(session.cachedBytes() <= budget);
    }
    QVERIFY(session.cachedBytes() > budget / 2);
    session.setCacheBudget(1000);
    QVERIFY(session.cachedBytes() <= 1000);
}

void TestSessionCache::leastRecentlyUsedGoesFirst()
{
    const auto owner = std::make_shared<int>(0);
    const auto key = [&](int head) { return session::CacheKey{owner, {0, head}, MapKind::Weights, {0, 10, 0, 10}}; };
    session::PictureCache cache(1500);
    cache.put(key(0), std::make_shared<const MatrixF>(10, 10));  // 400 bytes and some overhead each
    cache.put(key(1), std::make_shared<const MatrixF>(10, 10));
    QVERIFY(cache.tile(key(0)));  // used again
    cache.put(key(2), std::make_shared<const MatrixF>(10, 10));
    QVERIFY(cache.tile(key(0)));
    QVERIFY(!cache.tile(key(1)));
    QVERIFY(cache.tile(key(2)));
    QVERIFY(!cache.overview(key(5)));
}

void TestSessionCache::tooLargeIsNotKept()
{
    const auto owner = std::make_shared<int>(0);
    session::PictureCache cache(10'000);
    cache.put({owner, {0, 0}, MapKind::Weights, {0, 10, 0, 10}}, std::make_shared<const MatrixF>(10, 10));
    const std::size_t before = cache.bytes();
    cache.put({owner, {0, 1}, MapKind::Weights, {0, 100, 0, 100}}, std::make_shared<const MatrixF>(100, 100));
    QCOMPARE(cache.bytes(), before);  // and it has pushed nothing out
}

void TestSessionCache::deadSourcesAreForgotten()
{
    session::PictureCache cache(3000);
    auto dead = std::make_shared<int>(0);
    const auto alive = std::make_shared<int>(0);
    cache.put({alive, {0, 0}, MapKind::Weights, {}}, std::make_shared<const MatrixF>(10, 10));
    cache.put({dead, {0, 0}, MapKind::Weights, {}}, std::make_shared<const MatrixF>(10, 10));
    cache.put({dead, {0, 1}, MapKind::Weights, {}}, std::make_shared<const MatrixF>(10, 10));
    dead.reset();
    // Over the budget only what is dead has to go: the oldest living entry stays.
    for (int head = 1; head < 4; ++head) cache.put({alive, {0, head}, MapKind::Weights, {}}, std::make_shared<const MatrixF>(10, 10));
    for (int head = 0; head < 4; ++head) QVERIFY(cache.tile({alive, {0, head}, MapKind::Weights, {}}));
}

void TestSessionCache::stagesShareTheirLayers()
{
    const auto model = randomModel(smallConfig(2));
    std::shared_ptr<const Run> first;
    const auto run = forward(model, randomPrompt(12, 50), {}, {}, [&](std::shared_ptr<const Run> stage) {
        if (!first) first = std::move(stage);
    });
    QVERIFY(run.ok());
    QVERIFY(first && first != *run);
    session::PictureCache cache(1 << 20);
    cache.put({session::pictureOwner(first, 0), {0, 1}, MapKind::Weights, {0, 12, 0, 12}}, std::make_shared<const MatrixF>(12, 12));
    QVERIFY(cache.tile({session::pictureOwner(*run, 0), {0, 1}, MapKind::Weights, {0, 12, 0, 12}}));

    ForwardOptions cut;
    cut.interventions = {zeroHead({0, 1})};
    const auto other = forwardFrom(*run, cut);
    QVERIFY(other.ok());
    QVERIFY(!cache.tile({session::pictureOwner(*other, 0), {0, 1}, MapKind::Weights, {0, 12, 0, 12}}));

    // Runs that differ in a later layer only show the same cells in the earlier ones.
    cut.interventions = {zeroHead({1, 0})};
    const auto late = forwardFrom(*run, cut);
    QVERIFY(late.ok());
    QVERIFY(sameCells(first.get(), run->get(), 0));
    QVERIFY(sameCells(late->get(), run->get(), 0) && !sameCells(late->get(), run->get(), 1));
    QVERIFY(!sameCells(other->get(), run->get(), 0));
    QVERIFY(!sameCells(late->get(), run->get(), -1) && !sameCells(late->get(), run->get(), 2) && !sameCells(nullptr, run->get(), 0));
}

QTEST_APPLESS_MAIN(TestSessionCache)
#include "tst_session_cache.moc"
