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
