// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPoint>
#include <QRect>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/table_source.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/grid/grid_tab.h"
#include "ui/grid/grid_view.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;
using test::TableSource;

class TestGridTab : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void layersStandAsInTheAtlas()
    {
        EngineBridge bridge;
        Project project;
        Selection selection;
        ViewSettings settings;
        project.setDump(TableSource::dumpOf({std::make_shared<TableSource>(3, 4, TableSource::story())}));
        GridTab tab({&bridge, &project, &selection, &settings});
        tab.resize(900, 700);
        tab.restore({{QStringLiteral("all"), true}});
        const GridView& view = *tab.view();
        QCOMPARE(view.heads().size(), std::size_t(12));
        QCOMPARE(view.heads().front(), (HeadId{2, 0}));  // the last layer on top, as everywhere
        QVERIFY(tab.figureSubject().spec.layersUp);
        settings.setLayersUp(false);
        QCOMPARE(view.heads().front(), (HeadId{0, 0}));
        QVERIFY(!tab.figureSubject().spec.layersUp);
    }

    void keysAndMouse()
    {
        Theme::instance().apply(ThemeMode::Light);
        EngineBridge bridge;
        Project project;
        Selection selection;
        ViewSettings settings;
        const auto source = std::make_shared<TableSource>(3, 4, TableSource::story());
        project.setDump(TableSource::dumpOf({source}));
        GridTab tab({&bridge, &project, &selection, &settings});
        tab.resize(900, 700);
        tab.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tab));
        GridView& view = *tab.view();
        QCOMPARE(view.heads().size(), std::size_t(4));
        QTRY_VERIFY_WITH_TIMEOUT(!view.waiting(), 10000);

        // The first cell of a causal row holds all its weight: the corner of the thumbnail is the darkest colour.
        const QImage shot = view.viewport()->grab().toImage();
        const QRect r = view.cellRect(1);
        QVERIFY(qGray(shot.pixel(r.left() + 2, r.top() + 2)) < 60);
        QVERIFY(qGray(shot.pixel(r.right() - 4, r.top() + 6)) > 200);  // masked: paper

        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(selection.head(), (HeadId{0, 1}));
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(selection.head(), (HeadId{0, 3}));
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(*selection.pinned(), (HeadId{0, 3}));
        QSignalSpy opened(&tab, &GridTab::openRequested);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.cellRect(2).center());
        QCOMPARE(selection.head(), (HeadId{0, 2}));
        QVERIFY(tab.statusText().contains(QStringLiteral("L0 H2")));
        QTest::mouseMove(view.viewport(), view.cellRect(1).topLeft() + QPoint(2, 2));
        QTRY_VERIFY2(tab.statusText().contains(QStringLiteral("L0 H1")) && tab.statusText().contains(QStringLiteral("1.0000")),
                     qPrintable(tab.statusText()));

        view.setLayer(-1);
        QCOMPARE(view.heads().size(), std::size_t(12));
        QTRY_VERIFY_WITH_TIMEOUT(!view.waiting(), 10000);
        const FigureSubject subject = tab.figureSubject();
        QCOMPARE(subject.spec.kind, FigureKind::Atlas);
        view.setLayer(2);
        QCOMPARE(tab.figureSubject().spec.heads.size(), std::size_t(4));
        QCOMPARE(tab.figureSubject().spec.heads.front(), (HeadId{2, 0}));
    }
};

QTEST_MAIN(TestGridTab)
#include "tst_grid_tab.moc"
