// SPDX-License-Identifier: GPL-3.0-or-later
// Atlas, token row and head card on a random model: keys, mouse, screen-reader sentences, states.
#include <QAccessible>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/random_model.h"
#include "ui/atlas/atlas.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/session_controller.h"
#include "ui/head/head_card.h"
#include "ui/shell/token_row.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

struct Bench {
    EngineBridge bridge;
    Project project;
    Selection selection;
    ViewSettings settings;
    ViewContext context{&bridge, &project, &selection, &settings};
    explicit Bench(int layers = 3, int heads = 4, int n = 12)
    {
        Theme::instance().apply(ThemeMode::Light);
        installAtlasAccessibility();
        const auto model = test::randomModel(test::smallConfig(layers, heads));
        project.setModel(model);
        PromptEntry entry;
        entry.ids = {1, 2, 3};
        project.setCurrent(project.addPrompt(entry));
        auto run = forward(model, test::randomPrompt(n, 50), {});
        if (run) project.setRun(0, *run);
    }
};

}  // namespace

class tst_atlas : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void arrowsMoveWithoutWrapping()
    {
        Bench b;
        AtlasView atlas(b.context);
        atlas.resize(280, 200);
        atlas.show();
        QCOMPARE(atlas.headCount(), 12);
        QTest::keyClick(&atlas, Qt::Key_Up);
        QVERIFY(b.selection.head() == (HeadId{1, 0}));
        QTest::keyClick(&atlas, Qt::Key_Left);
        QVERIFY(b.selection.head() == (HeadId{1, 0}));
        QTest::keyClick(&atlas, Qt::Key_Right);
        QVERIFY(b.selection.head() == (HeadId{1, 1}));
        QTest::keyClick(&atlas, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(b.selection.head() == (HeadId{1, 3}));
        for (int i = 0; i < 5; ++i) QTest::keyClick(&atlas, Qt::Key_Up);
        QVERIFY(b.selection.head() == (HeadId{2, 3}));
    }

    void layersGoUpward()
    {
        Bench b;
        AtlasView atlas(b.context);
        atlas.resize(280, 300);
        atlas.show();
        QVERIFY(atlas.cellRect({2, 0}).top() < atlas.cellRect({0, 0}).top());
        QTest::mouseClick(atlas.viewport(), Qt::LeftButton, Qt::NoModifier, atlas.cellRect({2, 1}).center());
        QVERIFY(b.selection.head() == (HeadId{2, 1}));
        QTest::mouseClick(atlas.viewport(), Qt::LeftButton, Qt::ControlModifier, atlas.cellRect({0, 2}).center());
        QVERIFY(b.selection.pinned() == (HeadId{0, 2}));
        QVERIFY(b.selection.head() == (HeadId{2, 1}));
        QVERIFY(!atlas.headAtPoint({2, 2}));
    }

    void layersGoDownWhereThatIsChosen()
    {
        Bench b;
        b.settings.setLayersUp(false);
        AtlasView atlas(b.context);
        atlas.resize(280, 300);
        atlas.show();
        QVERIFY(atlas.cellRect({2, 0}).top() > atlas.cellRect({0, 0}).top());
        QTest::keyClick(&atlas, Qt::Key_Down);  // keys move as the eye does
        QVERIFY(b.selection.head() == (HeadId{1, 0}));
        b.settings.setLayersUp(true);
        QVERIFY(atlas.cellRect({2, 0}).top() < atlas.cellRect({0, 0}).top());
    }

    void manyLayersAreInSightAtOnce()
    {
        Bench b(30, 9, 4);
        AtlasView atlas(b.context);
        QVERIFY(atlas.preferredHeight() > 600);
        atlas.setRoom(546);  // two thirds of a dock at 1600 x 1000
        QVERIFY2(atlas.preferredHeight() <= 546, qPrintable(QString::number(atlas.preferredHeight())));
        atlas.resize(280, 546);
        atlas.show();
        for (const int layer : {0, 29}) QVERIFY(atlas.viewport()->rect().contains(atlas.cellRect({layer, 8})));
        QVERIFY(atlas.cellRect({0, 0}).height() >= 10 && !atlas.cellRect({0, 0}).intersects(atlas.cellRect({1, 0})));
        atlas.setRoom(100);  // no room at all: cells stay readable, and the rows scroll
        QVERIFY(atlas.cellRect({0, 0}).height() >= 10);
    }

    void sortedByScore()
    {
        Bench b;
        AtlasView atlas(b.context);
        atlas.setScore(ShownScore::Previous);
        atlas.setSorted(true);
        atlas.resize(280, 300);
        atlas.show();
        // First cell on screen is the head with the largest weight on the previous token.
        const auto source = b.project.source();
        HeadId best;
        float most = -1;
        for (int l = 0; l < 3; ++l)
            for (int h = 0; h < 4; ++h)
                if (const float m = source->stats({l, h})->previousMass; m > most) {
                    most = m;
                    best = {l, h};
                }
        const QRect first = atlas.cellRect(best);
        for (int i = 0; i < atlas.headCount(); ++i) {
            const QRect r = atlas.cellRect(atlas.headAt(i));
            QVERIFY(r.top() > first.top() || r.left() >= first.left());
        }
    }

    void everyCellHasASentence()
    {
        Bench b;
        AtlasView atlas(b.context);
        atlas.show();
        QAccessibleInterface* table = QAccessible::queryAccessibleInterface(&atlas);
        QVERIFY(table);
        QCOMPARE(table->childCount(), 12);
        b.project.switchHead({1, 2}, true);
        b.selection.setPinned(HeadId{1, 2});
        QAccessibleInterface* cell = table->child(6);
        QVERIFY(cell);
        const QString text = cell->text(QAccessible::Name);
        QVERIFY2(text.contains(QLatin1String("Layer 1, head 2")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("switched off")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("pinned")), qPrintable(text));
        QVERIFY(!table->child(12));
        b.selection.setHead({1, 2});
        QVERIFY(cell->state().selected);
    }

    void tokenRowLocksQueryAndKey()
    {
        Bench b;
        TokenRow row(b.context);
        row.resize(900, 32);
        row.show();
        int x5 = -1, x2 = -1;
        for (int x = 0; x < 900; ++x) {
            if (row.tokenAt({x, 14}) == 5 && x5 < 0) x5 = x + 2;
            if (row.tokenAt({x, 14}) == 2 && x2 < 0) x2 = x + 2;
        }
        QVERIFY(x5 > 0 && x2 > 0);
        QTest::mouseClick(&row, Qt::LeftButton, Qt::NoModifier, {x5, 14});
        QVERIFY(b.selection.locked());
        QCOMPARE(b.selection.query(), 5);
        QTest::mouseClick(&row, Qt::LeftButton, Qt::ShiftModifier, {x2, 14});
        QCOMPARE(b.selection.key(), 2);
        QTest::mouseClick(&row, Qt::LeftButton, Qt::NoModifier, {x5, 14});
        QVERIFY(!b.selection.locked());
    }

    void tokenRowWrapsToTwoLines()
    {
        Bench b(2, 2, 60);
        TokenRow row(b.context);
        row.resize(2400, 32);
        row.show();
        QCOMPARE(row.lines(), 1);
        row.resize(300, 32);
        QVERIFY(row.lines() > 2);
        QVERIFY(row.height() <= 60);  // two lines at most, the rest scrolls
    }

    void cardSwitchIsOneUndoStep()
    {
        Bench b;
        SessionController controller(b.context);
        RepeatScores repeats(&b.bridge);
        HeadCard card(b.context, &controller, &repeats);
        card.show();
        b.selection.setHead({2, 3});
        QCOMPARE(card.findChild<QLabel*>(QStringLiteral("headName"))->text(), QStringLiteral("L2 H3"));
        QVERIFY(card.switchButton()->isEnabled());
        card.switchButton()->click();
        QVERIFY(b.project.isOff({2, 3}));
        QCOMPARE(b.project.undo().count(), 1);
        card.switchButton()->click();
        QVERIFY(!b.project.isOff({2, 3}));
    }
};

QTEST_MAIN(tst_atlas)
#include "tst_atlas.moc"
