// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRect>
#include <QTest>

#include "tests/support/table_source.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/text/text_rows.h"
#include "ui/text/text_tab.h"
#include "ui/text/text_view.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;
using test::TableSource;

class TestTextTab : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsAndColumns()
    {
        Theme::instance().apply(ThemeMode::Light);
        EngineBridge bridge;
        Project project;
        Selection selection;
        ViewSettings settings;
        const auto source = std::make_shared<TableSource>(3, 4, TableSource::story());
        project.setDump(TableSource::dumpOf({source}));
        selection.setHead({1, 2});
        TextTab tab({&bridge, &project, &selection, &settings});
        tab.resize(500, 400);
        tab.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tab));
        TextView& view = *tab.view();
        QCOMPARE(view.count(), 33);
        QVERIFY(view.wordRect(32).top() > view.wordRect(0).top());  // wraps

        QTest::mouseMove(view.viewport(), view.wordRect(20).center());
        QTRY_COMPARE(view.word(), 20);
        QTRY_COMPARE_WITH_TIMEOUT(view.weights().size(), std::size_t(33), 10000);
        const MatrixF& map = source->map({1, 2});
        for (int k = 0; k <= 20; ++k) QCOMPARE(view.weights()[static_cast<std::size_t>(k)], map(20, k));
        QVERIFY(tab.statusText().contains(QStringLiteral("Where 20")));
        // The background of a word is the colour of its weight.
        const QImage shot = view.viewport()->grab().toImage();
        const QRect r = view.wordRect(19);
        QCOMPARE(QColor(shot.pixel(r.left(), r.top())),
                 QColor::fromRgb(ColourMap::get(QStringLiteral("attention"), false).at(map(20, 19))));

        // 33 tokens are too long a line for this width; in a wider one every word has its line, and a click chooses it.
        QVERIFY(!tab.rows()->isVisible());
        tab.resize(2400, 1000);
        QTRY_VERIFY(tab.rows()->isVisible());
        QCOMPARE(tab.rows()->lines(), 33);
        QVERIFY(view.height() <= view.contentHeight());
        QTest::mouseClick(tab.rows(), Qt::LeftButton, {}, tab.rows()->lineRect(7).center());
        QVERIFY(selection.locked());
        QCOMPARE(selection.query(), 7);
        selection.release();
        tab.resize(500, 400);
        QTRY_VERIFY(!tab.rows()->isVisible());

        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.wordRect(12).center());
        QVERIFY(selection.locked());
        QCOMPARE(selection.query(), 12);
        QTest::mouseMove(view.viewport(), view.wordRect(3).center());
        QCOMPARE(view.word(), 12);  // locked

        tab.setIncoming(true);
        QCOMPARE(selection.key(), 12);
        QTRY_COMPARE_WITH_TIMEOUT(view.weights().size(), std::size_t(33), 10000);
        for (int q = 12; q < 33; ++q) QCOMPARE(view.weights()[static_cast<std::size_t>(q)], map(q, 12));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(selection.key(), 13);
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(selection.key(), 0);
        // Ctrl goes by words: to where the next one begins, and back.
        const auto& tokens = source->keyTokens();
        int next = 1;
        while (tokens[std::size_t(next)].word >= 0 && tokens[std::size_t(next)].word == tokens[std::size_t(next - 1)].word) ++next;
        QTest::keyClick(&view, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(selection.key(), next);
        QTest::keyClick(&view, Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(selection.key(), 0);
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY(!selection.locked());

        MapLook look = settings.look();
        look.grain = Grain::Words;
        settings.setLook(look);
        QCOMPARE(view.count(), 26);
        const FigureSubject subject = tab.figureSubject();
        QCOMPARE(subject.spec.kind, FigureKind::Text);
        QVERIFY(subject.spec.incoming);
        QVERIFY(!tab.grab().isNull());
    }
};

QTEST_MAIN(TestTextTab)
#include "tst_text_tab.moc"
