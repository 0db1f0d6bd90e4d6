// SPDX-License-Identifier: GPL-3.0-or-later
// Gestures, keys, selection, colour bar, mini-map and the screen-reader table of the heatmap.
#include <QAccessible>
#include <QEvent>
#include <QLatin1Char>
#include <QLineEdit>
#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSignalSpy>
#include <QSize>
#include <QTest>
#include <QWheelEvent>

#include "tests/support/fake_source.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/head/heatmap_view.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;
using hs::test::FakeSource;

namespace {

struct Shown {
    EngineBridge bridge;
    std::shared_ptr<FakeSource> source;
    MapModel model{&bridge};
    Selection selection;
    ViewSettings settings;
    HeatmapView view{&model, &selection, &settings};

    explicit Shown(int n = 33, const QSize& size = {846, 708}) : source(std::make_shared<FakeSource>(FakeSource::plainTokens(n)))
    {
        QObject::connect(&settings, &ViewSettings::changed, &model, [this] { model.setLook(settings.look()); });
        model.setSource(source);
        view.resize(size);
        view.show();
        ready = QTest::qWaitForWindowExposed(&view) && QTest::qWaitFor([this] { return model.current() && model.surveyed() > 0; }, 10000);
        QTest::qWait(1);
    }
    bool ready = false;
    QPointF at(int row, int column) const { return view.viewport().cellRect(row, column).center(); }
    void move(const QPointF& p, Qt::MouseButtons buttons = Qt::NoButton, Qt::KeyboardModifiers keys = Qt::NoModifier)
    {
        QMouseEvent e(QEvent::MouseMove, p, view.mapToGlobal(p), Qt::NoButton, buttons, keys);
        QApplication::sendEvent(&view, &e);
    }
    void click(const QPointF& p, Qt::KeyboardModifiers keys = Qt::NoModifier)
    {
        QTest::mouseClick(&view, Qt::LeftButton, keys, p.toPoint());
    }
    void drag(const QPointF& from, const QPointF& to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = Qt::NoModifier)
    {
        QTest::mousePress(&view, button, keys, from.toPoint());
        for (int i = 1; i <= 4; ++i) move(from + (to - from) * i / 4.0, button, keys);
        QTest::mouseRelease(&view, button, keys, to.toPoint());
    }
    void wheel(const QPointF& p, int delta, Qt::KeyboardModifiers keys = Qt::NoModifier)
    {
        QWheelEvent e(p, view.mapToGlobal(p), {}, keys & Qt::AltModifier ? QPoint(delta, 0) : QPoint(0, delta), Qt::NoButton, keys,
                      Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &e);
    }
};

}  // namespace

class TestHeatmapView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fitsToWholePixels();
    void zoomKeepsTheCellUnderTheMouse_data();
    void zoomKeepsTheCellUnderTheMouse();
    void dragPans();
    void boxZoom();
    void hoverLockEscape();
    void maskedCellsSayWhy();
    void doubleClicks();
    void keyboardCursor();
    void labelsSelect();
    void pictureFollowsTheLook();
    void crosshairIsMagentaOnlyOnSelection();
    void colourBarThumbs();
    void colourBarKeysAndNumbers();
    void colourBarPositions_data();
    void colourBarPositions();
    void miniMap();
    void wordsKeepTokenSelection();
    void screenReader();
    void largeMapStaysResponsive();
    void noSource();
};

void TestHeatmapView::fitsToWholePixels()
{
    Shown s;
    QVERIFY(s.ready);
    QCOMPARE(s.view.viewport().cellWidth(), 16.0);  // the mock-up's size at its window size
    QCOMPARE(s.view.viewport().area(), QRectF(80, 76, 528, 528));
    QVERIFY(s.view.viewport().fitted());
    s.view.resize(2000, 2200);
    QCOMPARE(s.view.viewport().cellWidth(), double(measure::kMaxCell));
    Shown large(600);
    QVERIFY(large.view.viewport().cellWidth() < 1);
}

void TestHeatmapView::zoomKeepsTheCellUnderTheMouse_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("keys");
    QTest::newRow("middle") << 20 << 12 << int(Qt::NoModifier);
    QTest::newRow("corner") << 32 << 32 << int(Qt::NoModifier);
    QTest::newRow("columns only") << 20 << 12 << int(Qt::AltModifier);
    QTest::newRow("rows only") << 20 << 12 << int(Qt::ShiftModifier);
}

void TestHeatmapView::zoomKeepsTheCellUnderTheMouse()
{
    QFETCH(int, row);
    QFETCH(int, column);
    QFETCH(int, keys);
    Shown s;
    const QPointF p = s.at(row, column);
    for (int i = 0; i < 6; ++i) {
        s.wheel(p, 120, Qt::KeyboardModifiers(keys));
        QCOMPARE(s.view.viewport().cellAt(p), QPoint(column, row));
    }
    const double w = s.view.viewport().cellWidth(), h = s.view.viewport().cellHeight();
    QCOMPARE(w > 16.5, !(keys & Qt::ShiftModifier));
    QCOMPARE(h > 16.5, !(keys & Qt::AltModifier));
    QVERIFY(!s.view.viewport().fitted());
    for (int i = 0; i < 30; ++i) s.wheel(p, -120, Qt::KeyboardModifiers(keys));
    QVERIFY(s.view.viewport().fitted());  // never smaller than the whole map
}

void TestHeatmapView::dragPans()
{
    Shown s;
    for (int i = 0; i < 8; ++i) s.wheel(s.view.viewport().area().center(), 120);
    const QPointF p = s.view.viewport().area().center();
    for (const Qt::MouseButton button : {Qt::LeftButton, Qt::MiddleButton}) {
        const QPoint cell = s.view.viewport().cellAt(p);
        s.drag(p, p + QPointF(60, 40), button);
        QCOMPARE(s.view.viewport().cellAt(p + QPointF(60, 40)), cell);
        QVERIFY(!s.selection.locked());  // a drag is no click
        s.drag(p + QPointF(60, 40), p, button);
    }
    s.drag(p, p + QPointF(5000, 5000));
    QCOMPARE(s.view.viewport().firstRow(), 0.0);  // no empty space beyond the map
    QTest::keyClick(&s.view, Qt::Key_Home);
    QVERIFY(s.view.viewport().fitted());
}

void TestHeatmapView::boxZoom()
{
    Shown s;
    const QPointF from = s.view.viewport().cellRect(10, 8).topLeft() + QPointF(1, 1),
                  to = s.view.viewport().cellRect(17, 15).bottomRight() - QPointF(1, 1);
    s.drag(from, to, Qt::LeftButton, Qt::ControlModifier);
    const QRect seen = s.view.viewport().visible();
    QVERIFY(seen.contains(QRect(QPoint(8, 10), QPoint(15, 17))));
    QVERIFY(seen.width() <= 10 && seen.height() <= 10);
    QTest::keyClick(&s.view, Qt::Key_0, Qt::ControlModifier);
    QVERIFY(s.view.viewport().fitted());
    s.drag(s.at(5, 2), s.at(5, 2) + QPointF(3, 3), Qt::LeftButton, Qt::ControlModifier);  // a slip is no box
    QVERIFY(s.view.viewport().fitted());
}

void TestHeatmapView::hoverLockEscape()
{
    Shown s;
    QSignalSpy text(&s.view, &HeatmapView::readoutChanged);
    s.move(s.at(28, 27));
    QCOMPARE(s.selection.query(), 28);
    QCOMPARE(s.selection.key(), 27);
    QVERIFY(!s.selection.locked());
    double mean = 0;
    for (int q = 27; q < 33; ++q) mean += s.source->value({0, 0}, q, 27) / 6;
    QCOMPARE(s.view.readout(),
             QStringLiteral("Query 28 ␣t28 → key 27 ␣t27 | weight 0.7000 | rank 1 of 29 | column mean %1").arg(mean, 0, 'f', 3));
    QVERIFY(text.count() >= 1);
    s.click(s.at(28, 27));
    QVERIFY(s.selection.locked());
    s.move(s.at(5, 2));
    QCOMPARE(s.selection.query(), 28);  // locked: hovering changes nothing
    QTest::keyClick(&s.view, Qt::Key_Escape);
    QVERIFY(!s.selection.locked());
    QCOMPARE(s.selection.query(), 5);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&s.view, &leave);
    QCOMPARE(s.selection.query(), -1);
    QVERIFY(s.view.readout().isEmpty());
    s.click(s.at(9, 3));
    s.click(s.at(9, 3));  // a second click frees
    QVERIFY(!s.selection.locked());
}

void TestHeatmapView::maskedCellsSayWhy()
{
    Shown s;
    s.move(s.at(3, 20));
    QVERIFY2(s.view.readout().contains(QStringLiteral("masked")), qPrintable(s.view.readout()));
    QVERIFY(!s.view.readout().contains(QStringLiteral("rank")));
}

void TestHeatmapView::doubleClicks()
{
    Shown s;
    s.wheel(s.at(20, 10), 240);
    const QPoint p = s.view.viewport().area().center().toPoint();
    const QPoint cell = s.view.viewport().cellAt(p);
    QTest::mouseClick(&s.view, Qt::LeftButton, {}, p);
    QTest::mouseDClick(&s.view, Qt::LeftButton, {}, p);
    QVERIFY(s.selection.locked());
    QCOMPARE(QPoint(s.selection.key(), s.selection.query()), cell);
    QVERIFY(!s.view.viewport().fitted());
    QTest::mouseDClick(&s.view, Qt::LeftButton, {}, QPoint(10, 700));  // empty place
    QVERIFY(s.view.viewport().fitted());
}

void TestHeatmapView::keyboardCursor()
{
    Shown s;
    QTest::keyClick(&s.view, Qt::Key_Right, Qt::ControlModifier);  // first: the strongest key of the last row
    QCOMPARE(QPoint(s.selection.key(), s.selection.query()), QPoint(31, 32));
    QTest::keyClick(&s.view, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(QPoint(s.selection.key(), s.selection.query()), QPoint(31, 31));
    QTest::keyClick(&s.view, Qt::Key_Up, Qt::ControlModifier);  // the mask's edge: the key follows
    QCOMPARE(QPoint(s.selection.key(), s.selection.query()), QPoint(30, 30));
    QTest::keyClick(&s.view, Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(s.selection.key(), 26);
    for (int i = 0; i < 40; ++i) QTest::keyClick(&s.view, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(s.selection.key(), 0);
    QVERIFY(s.selection.locked());
    // The cursor stays in sight on a zoomed map.
    for (int i = 0; i < 8; ++i) s.wheel(s.at(30, 2), 120);
    for (int i = 0; i < 29; ++i) QTest::keyClick(&s.view, Qt::Key_Up, Qt::ControlModifier);
    QVERIFY(s.view.viewport().visible().contains(QPoint(s.selection.key(), s.selection.query())));
    // Plain arrows are not the map's: they move between heads.
    QKeyEvent plain(QEvent::KeyPress, Qt::Key_Left, Qt::NoModifier);
    plain.accept();
    QApplication::sendEvent(&s.view, &plain);
    QVERIFY(!plain.isAccepted());
}

void TestHeatmapView::labelsSelect()
{
    Shown s;
    const QRectF area = s.view.viewport().area();
    QTest::mouseClick(&s.view, Qt::LeftButton, {}, QPointF(area.left() - 20, s.at(12, 0).y()).toPoint());
    QVERIFY(s.selection.locked());
    QCOMPARE(s.selection.query(), 12);
    QCOMPARE(s.selection.key(), -1);
    QCOMPARE(s.view.readout(), QStringLiteral("Query 12 ␣t12"));
    s.selection.lock(12, 3);
    s.drag(QPointF(s.at(0, 3).x(), area.bottom() + 20), QPointF(s.at(0, 7).x(), area.bottom() + 20));
    QCOMPARE(s.selection.query(), 12);
    QCOMPARE(s.selection.key(), 7);
}

void TestHeatmapView::pictureFollowsTheLook()
{
    Shown s;
    const auto pixel = [&](int r, int c) {
        const QPointF p = s.at(r, c) - s.view.viewport().area().topLeft();
        return s.view.picture().pixel((p * s.view.devicePixelRatioF()).toPoint());
    };
    const bool dark = Theme::instance().dark();
    const double v = s.source->value({0, 0}, 20, 5);
    QCOMPARE(pixel(20, 5), ColourMap::get(QStringLiteral("attention"), dark).at(static_cast<float>(v)));
    MapLook look;
    look.colourMap = QStringLiteral("viridis");
    s.settings.setLook(look);
    QCOMPARE(pixel(20, 19), ColourMap::get(QStringLiteral("viridis"), dark).at(0.7f));
    look.stretch = Stretch::PerRow;
    s.settings.setLook(look);
    QCOMPARE(pixel(20, 19), ColourMap::get(QStringLiteral("viridis"), dark).at(1));
    look.stretch = Stretch::Log;
    s.settings.setLook(look);
    const double t = std::log(v / 1e-4) / std::log(1e4);
    const QColor got(pixel(20, 5)), expected(ColourMap::get(QStringLiteral("viridis"), dark).at(static_cast<float>(t)));
    QVERIFY(std::abs(got.red() - expected.red()) <= 2 && std::abs(got.green() - expected.green()) <= 2
            && std::abs(got.blue() - expected.blue()) <= 2);
    look = MapLook{};
    look.autoRange = false;
    look.low = 0;
    look.high = 0.7;
    s.settings.setLook(look);
    QCOMPARE(pixel(20, 19), ColourMap::get(QStringLiteral("attention"), dark).at(1));
}

void TestHeatmapView::crosshairIsMagentaOnlyOnSelection()
{
    Shown s;
    const auto magenta = [&] {
        const QImage image = s.view.grab().toImage();
        const QRect area = s.view.viewport().area().toAlignedRect();
        int count = 0;
        for (int y = area.top(); y <= area.bottom(); ++y)
            for (int x = area.left(); x <= area.right(); ++x) count += image.pixel(x, y) == ink(Ink::Select).rgb();
        return count;
    };
    QCOMPARE(magenta(), 0);
    s.selection.lock(28, 27);
    const int full = magenta();
    QVERIFY(full > 500);
    MapLook look;
    look.crosshair = false;
    s.settings.setLook(look);
    const int cell = magenta();
    QVERIFY2(cell > 60 && cell < 140, qPrintable(QString::number(cell)));  // only the cell's own frame: 2 px around 16
}

void TestHeatmapView::colourBarThumbs()
{
    Shown s;
    ColourBar* bar = s.view.colourBar();
    s.view.repaint();
    const QRect rect = bar->barRect();
    QCOMPARE(rect.size(), QSize(measure::kColourBarWidth, measure::kColourBarHeight));
    QTest::mousePress(bar, Qt::LeftButton, {}, QPoint(rect.left() - 3, rect.top()));
    QMouseEvent move(QEvent::MouseMove, QPointF(rect.left(), rect.center().y()), bar->mapToGlobal(QPointF(rect.left(), rect.center().y())),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(bar, &move);
    QTest::mouseRelease(bar, Qt::LeftButton, {}, rect.center());
    QVERIFY(!s.settings.look().autoRange);
    QVERIFY(std::abs(s.settings.look().high - 0.5) < 0.01);
    QCOMPARE(s.settings.look().low, 0.0);
    s.view.repaint();
    QVERIFY2(bar->lines().constFirst().startsWith(QStringLiteral("33 ")),
             qPrintable(bar->lines().join(QLatin1Char('|'))));  // 0.7 in each row, and the first cell's 1
    QVERIFY(bar->lines().contains(QStringLiteral("528 cells masked")));
    QTest::mouseDClick(bar, Qt::LeftButton, {}, rect.center());
    QVERIFY(s.settings.look().autoRange);
}

void TestHeatmapView::colourBarKeysAndNumbers()
{
    Shown s;
    ColourBar* bar = s.view.colourBar();
    s.view.repaint();
    QTest::keyClick(bar, Qt::Key_Down);
    QVERIFY(std::abs(s.settings.look().high - 0.99) < 1e-6);
    s.view.repaint();
    QTest::keyClick(bar, Qt::Key_Left);
    QTest::keyClick(bar, Qt::Key_Up, Qt::ShiftModifier);
    QVERIFY(std::abs(s.settings.look().low - 0.1) < 1e-6);
    s.view.repaint();
    QTest::mouseDClick(bar, Qt::LeftButton, {}, QPoint(bar->barRect().left() + 4, bar->barRect().bottom() + 12));
    auto* editor = bar->findChild<QLineEdit*>();
    QVERIFY(editor && editor->isVisible());
    editor->setText(QStringLiteral("0.25"));
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(s.settings.look().low, 0.25);
    QVERIFY(!editor->isVisible());
    QTest::keyClick(bar, Qt::Key_Backspace);
    QVERIFY(s.settings.look().autoRange);
    QTest::keyClick(bar, Qt::Key_Return);
    QVERIFY(editor->isVisible());  // and so the view goes while a number is being edited
}

void TestHeatmapView::colourBarPositions_data()
{
    QTest::addColumn<int>("stretch");
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("share");
    QTest::newRow("linear") << int(Stretch::Linear) << 0.25 << 0.25;
    QTest::newRow("log") << int(Stretch::Log) << 0.01 << 0.5;
    QTest::newRow("log, below") << int(Stretch::Log) << 1e-9 << 0.0;
}

void TestHeatmapView::colourBarPositions()
{
    QFETCH(int, stretch);
    QFETCH(double, value);
    QFETCH(double, share);
    ColourBar bar;
    ColourBar::Content content;
    content.scale.stretch = static_cast<Stretch>(stretch);
    content.colourMap = QStringLiteral("attention");
    bar.setContent(content);
    const QRect rect = bar.barRect();
    QVERIFY(std::abs(bar.positionOf(value) - (rect.top() + rect.height() * (1 - share))) < 0.01);
    if (share > 0) QVERIFY(std::abs(bar.valueAt(bar.positionOf(value)) - value) < 1e-9);
}

void TestHeatmapView::miniMap()
{
    Shown s;
    s.view.repaint();
    MiniMap* mini = s.view.miniMap();
    QCOMPARE(mini->caption(), QStringLiteral("33 × 33, fits"));
    QCOMPARE(mini->view(), QRectF(0, 0, 1, 1));
    for (int i = 0; i < 6; ++i) s.wheel(s.at(5, 5), 120);
    QVERIFY(mini->view().width() < 0.6);
    QVERIFY(mini->caption().contains(QStringLiteral(" %")));
    QTest::mouseClick(mini, Qt::LeftButton, {}, QPoint(7 + 60, 60));
    QVERIFY(s.view.viewport().visible().contains(QPoint(32, 32)));
}

void TestHeatmapView::wordsKeepTokenSelection()
{
    Shown s;
    auto words = std::make_shared<FakeSource>(FakeSource::plainTokens(33, 3));
    s.model.setSource(words);
    MapLook look;
    look.grain = Grain::Words;
    s.settings.setLook(look);
    QTRY_VERIFY(s.model.current());
    QCOMPARE(s.view.viewport().rows(), 11);
    s.selection.lock(28, 5);
    QCOMPARE(s.view.row(), 9);  // tokens 27 to 29
    QCOMPARE(s.view.column(), 1);
    QVERIFY(s.view.readout().startsWith(QStringLiteral("Query word 9")));
}

void TestHeatmapView::screenReader()
{
    Shown s;
    QAccessibleInterface* map = QAccessible::queryAccessibleInterface(&s.view);
    QVERIFY(map && map->tableInterface());
    QCOMPARE(map->role(), QAccessible::Table);
    QCOMPARE(map->tableInterface()->rowCount(), 33);
    QAccessibleInterface* cell = map->tableInterface()->cellAt(28, 27);
    QVERIFY(cell);
    QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("query 28 ␣t28, key 27 ␣t27, weight 0.7000"));
    QCOMPARE(cell->role(), QAccessible::Cell);
    QVERIFY(!cell->state().selected);
    s.selection.lock(28, 27);
    QVERIFY(cell->state().selected);
    QCOMPARE(map->focusChild(), cell);
    QCOMPARE(map->tableInterface()->selectedCellCount(), 1);
    QCOMPARE(map->indexOfChild(cell), 28 * 33 + 27);
    QVERIFY(map->text(QAccessible::Value).contains(QStringLiteral("0.7000")));
    QVERIFY(map->tableInterface()->cellAt(3, 20)->text(QAccessible::Name).endsWith(QStringLiteral("masked")));
    QVERIFY(!map->tableInterface()->cellAt(33, 0));
    QVERIFY(!map->tableInterface()->cellAt(-1, 0));
}

// Zoomed out and in on a map that is never held as one matrix.
void TestHeatmapView::largeMapStaysResponsive()
{
    Shown s(2200);
    QVERIFY(s.view.viewport().cellWidth() < 0.5);
    QTRY_VERIFY_WITH_TIMEOUT(s.model.cells(s.view.viewport().visible(), 0.2).cells != nullptr, 20000);
    s.move(s.at(2000, 1999));
    QTRY_VERIFY_WITH_TIMEOUT(s.view.readout().contains(QStringLiteral("rank")), 10000);  // exact also on the overview
    for (int i = 0; i < 20; ++i) s.wheel(s.at(2000, 1999), 120);
    const QPoint cell = s.view.viewport().cellAt(s.view.viewport().area().center());
    QTRY_VERIFY_WITH_TIMEOUT(s.model.masked(cell.y(), cell.x()) || s.model.value(cell.y(), cell.x()).has_value(), 10000);
    s.view.repaint();
}

void TestHeatmapView::noSource()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    Selection selection;
    ViewSettings settings;
    HeatmapView view(&model, &selection, &settings);
    view.resize(846, 708);
    view.grab();
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(200, 200));
    QTest::keyClick(&view, Qt::Key_Right, Qt::ControlModifier);
    QTest::mouseDClick(&view, Qt::LeftButton, {}, QPoint(200, 200));
    QVERIFY(!selection.locked());
}

QTEST_MAIN(TestHeatmapView)
#include "tst_heatmap_view.moc"
