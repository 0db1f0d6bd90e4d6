// SPDX-License-Identifier: GPL-3.0-or-later
// Ranges of keys against the rule written out cell by cell.
#include <QTest>

#include "engine/model/config.h"

using namespace hs;

namespace {

constexpr int kTokens = 9;

bool rule(Visibility mask, int query, int key)
{
    if (mask.looksAhead()) return mask.window() == 0 || std::abs(query - key) < mask.window();
    if (mask.chunk() > 0 && query / mask.chunk() != key / mask.chunk()) return false;
    return key <= query && (mask.window() == 0 || key > query - mask.window());
}

}  // namespace

class tst_visibility : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ranges_data();
    void ranges();
    void parts();
};

void tst_visibility::ranges_data()
{
    QTest::addColumn<bool>("ahead");
    QTest::addColumn<int>("window");
    QTest::addColumn<int>("chunk");
    for (const int window : {0, 1, 2, 4, kTokens, kTokens + 3}) {
        QTest::addRow("window %d", window) << false << window << 0;
        QTest::addRow("window %d on both sides", window) << true << window << 0;
        for (const int chunk : {1, 3, 4, kTokens, kTokens + 2})
            QTest::addRow("window %d, chunk %d", window, chunk) << false << window << chunk;
    }
}

void tst_visibility::ranges()
{
    QFETCH(bool, ahead);
    QFETCH(int, window);
    QFETCH(int, chunk);
    const Visibility mask(ahead ? MaskKind::Bidirectional : MaskKind::Causal, window, chunk);
    QCOMPARE(mask.looksAhead(), ahead);
    double cells = 0;
    for (int i = 0; i < kTokens; ++i) {
        const KeyRange keys = mask.keys(i, kTokens), queries = mask.queries(i, kTokens);
        QVERIFY(keys.has(i));  // a query always sees itself
        for (int j = 0; j < kTokens; ++j) {
            QCOMPARE(keys.has(j), rule(mask, i, j));
            QCOMPARE(mask.sees(i, j), rule(mask, i, j));
            QCOMPARE(queries.has(j), rule(mask, j, i));
            cells += rule(mask, i, j);
        }
    }
    QCOMPARE(mask.cells(kTokens), cells);
    for (int q0 = 0; q0 < kTokens; ++q0)
        for (int nq = 1; q0 + nq <= kTokens; ++nq)
            for (int j = 0; j < kTokens; ++j) {
                bool any = false;
                for (int i = q0; i < q0 + nq; ++i) any = any || rule(mask, i, j);
                QCOMPARE(mask.keysOf(q0, nq, kTokens).has(j), any);
            }
}

void tst_visibility::parts()
{
    const KeyRange range{3, 7};
    QCOMPARE(range.within(0, 9), range);
    QCOMPARE(range.within(4, 6), (KeyRange{4, 6}));
    for (const auto& [from, to] : {std::pair{0, 3}, {0, 2}, {7, 9}, {8, 9}, {5, 5}}) {
        const KeyRange none = range.within(from, to);
        QVERIFY(none.empty());
        QVERIFY(none.first >= from && none.end <= to);  // rows are filled from there: it must lie in the tile
    }
}

QTEST_APPLESS_MAIN(tst_visibility)
#include "tst_visibility.moc"
