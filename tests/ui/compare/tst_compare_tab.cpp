// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "tests/support/table_source.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/compare/compare_tab.h"
#include "ui/compare/compare_view.h"
#include "ui/compare/differences_table.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;
using test::TableSource;

class TestCompareTab : public QObject {
    Q_OBJECT

    std::shared_ptr<TableSource> m_source = std::make_shared<TableSource>(3, 4, TableSource::story());

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeMode::Light); }

    void headsOfOnePrompt()
    {
        EngineBridge bridge;
        Project project;
        Selection selection;
        ViewSettings settings;
        project.setDump(TableSource::dumpOf({m_source}));
        selection.setHead({1, 3});
        selection.setPinned(HeadId{2, 0});
        CompareTab tab({&bridge, &project, &selection, &settings});
        tab.resize(1100, 760);
        tab.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tab));
        QTRY_VERIFY_WITH_TIMEOUT(tab.comparison().rows > 0, 10000);
        const MapComparison expected = compareMaps(m_source->map({1, 3}), m_source->map({2, 0}));
        QCOMPARE(tab.comparison().jsDistance, expected.jsDistance);
        QCOMPARE(tab.comparison().movedPerRow, expected.movedPerRow);
        QVERIFY(tab.table()->rowCount() > 0);
        const auto largest = largestDifferences(m_source->map({1, 3}), m_source->map({2, 0}), 1);

        // A click in the table locks the pair for all views.
        tab.table()->cellClicked(0, 0);
        QVERIFY(selection.locked());
        QCOMPARE(selection.query(), largest.front().row);
        QCOMPARE(selection.key(), largest.front().column);
        QTRY_VERIFY(tab.view()->valueA(selection.query(), selection.key()).has_value());
        QCOMPARE(*tab.view()->valueA(selection.query(), selection.key()), largest.front().a);
        QCOMPARE(*tab.view()->valueB(selection.query(), selection.key()), largest.front().b);
        QVERIFY2(tab.statusText().contains(QStringLiteral("A \u2212 B")), qPrintable(tab.statusText()));

        tab.sources()->swap();
        QCOMPARE(selection.head(), (HeadId{2, 0}));
        QCOMPARE(*selection.pinned(), (HeadId{1, 3}));
        QTRY_COMPARE_WITH_TIMEOUT(tab.comparison().jsDistance, expected.jsDistance, 10000);
    }
    void promptsOfOtherLengthSaySo()
    {
        EngineBridge bridge;
        Project project;
        Selection selection;
        ViewSettings settings;
        const auto shorter = std::make_shared<TableSource>(3, 4, TableSource::tokensOf({" Once", " upon", " a"}));
        const auto other = std::make_shared<TableSource>(3, 4, TableSource::tokensOf({" A", " dog"}));
        project.setDump(TableSource::dumpOf({m_source, shorter, other}));
        CompareTab tab({&bridge, &project, &selection, &settings});
        tab.resize(1100, 760);
        tab.show();
        tab.setMode(CompareMode::Prompts);
        tab.sources()->setPromptB(1);
        auto state = tab.sources()->state();
        QVERIFY(!state.missing && state.whyApart.isEmpty());
        QCOMPARE(state.tokens.common, 4);
        QVERIFY(state.tokenNote.contains(QStringLiteral("33")) && state.tokenNote.contains(QStringLiteral("compared over the 4")));
        QTRY_COMPARE_WITH_TIMEOUT(tab.comparison().rows, 4, 10000);
        tab.sources()->setPromptB(2);
        state = tab.sources()->state();
        QVERIFY(state.whyApart.contains(QStringLiteral("33 tokens")) && state.whyApart.contains(QStringLiteral("no difference is shown")));
        QVERIFY(!tab.grab().isNull());
    }
    /// Two prompts of different length that share most of their words: A - B over the tokens that both have.
    void promptsOfOtherLengthAreAligned()
    {
        EngineBridge bridge;
        Project project;
        Selection selection;
        ViewSettings settings;
        const auto a = std::make_shared<TableSource>(3, 4, TableSource::tokensOf({" The", " fox", " met", " the", " bear", "."}));
        const auto b =
            std::make_shared<TableSource>(3, 4, TableSource::tokensOf({" The", " little", " red", " fox", " met", " the", " dog", "."}));
        project.setDump(TableSource::dumpOf({a, b}));
        selection.setHead({1, 2});
        CompareTab tab({&bridge, &project, &selection, &settings});
        tab.resize(1100, 760);
        tab.show();
        tab.setMode(CompareMode::Prompts);
        tab.sources()->setPromptB(1);
        const auto state = tab.sources()->state();
        QVERIFY2(!state.missing && state.whyApart.isEmpty(), qPrintable(state.whyApart));
        QVERIFY2(state.tokenNote.contains(QStringLiteral("over the 6 ")), qPrintable(state.tokenNote));
        QCOMPARE(tab.sources()->state().b, state.b);  // not made anew at every look
        QTRY_VERIFY_WITH_TIMEOUT(tab.comparison().rows > 0, 10000);
        // <s> The fox met the bear .  against  <s> The little red fox met the dog .
        const int match[] = {0, 1, 4, 5, 6, -1, 8};
        MatrixF expected(7, 7);
        for (int q = 0; q < 7; ++q)
            for (int k = 0; k < 7; ++k) expected(q, k) = match[q] < 0 || match[k] < 0 ? std::nanf("") : b->map({1, 2})(match[q], match[k]);
        const auto cells = state.b->tile({1, 2}, MapKind::Weights, 0, 7, 0, 7);
        QVERIFY(cells.ok());
        for (int q = 0; q < 7; ++q)
            for (int k = 0; k <= q; ++k)
                QVERIFY((*cells)(q, k) == expected(q, k) || (std::isnan((*cells)(q, k)) && std::isnan(expected(q, k))));
        QCOMPARE(tab.comparison().rows, 6);
        QCOMPARE(tab.comparison().movedPerRow, compareMaps(a->map({1, 2}), expected).movedPerRow);
        QVERIFY(tab.comparison().movedPerRow > 0.01);
        QVERIFY(tab.table()->rowCount() > 0);
        selection.lock(6, 2);
        QTRY_VERIFY(tab.view()->valueB(6, 2).has_value());
        QCOMPARE(*tab.view()->valueB(6, 2), b->map({1, 2})(8, 4));
        QVERIFY2(tab.statusText().contains(QStringLiteral("A \u2212 B")), qPrintable(tab.statusText()));
        selection.lock(6, 5);  // " bear" is not in B
        QTRY_VERIFY2(tab.statusText().contains(QStringLiteral("no such token")), qPrintable(tab.statusText()));
    }
    void emptyStates()
    {
        EngineBridge bridge;
        Project project;
        Selection selection;
        ViewSettings settings;
        CompareTab tab({&bridge, &project, &selection, &settings});
        QVERIFY(tab.sources()->state().missing.has_value());
        project.setDump(TableSource::dumpOf({m_source}));
        QVERIFY(!tab.sources()->state().missing.has_value());
        tab.setMode(CompareMode::Prompts);
        QVERIFY(tab.sources()->state().missing.has_value());
        tab.setMode(CompareMode::Models);
        QCOMPARE(tab.sources()->state().missing->buttons.size(), 1);
        tab.setMode(CompareMode::Cuts);
        QVERIFY(tab.sources()->state().missing.has_value());
    }
};

QTEST_MAIN(TestCompareTab)
#include "tst_compare_tab.moc"
