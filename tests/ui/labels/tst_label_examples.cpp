// SPDX-License-Identifier: GPL-3.0-or-later
// The examples of a label in the window: small maps of passages that run without a prompt, and rows of text.
#include <QImage>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/random_model.h"
#include "tests/ui/labels/label_bench.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/labels/example_maps.h"
#include "ui/labels/example_rows.h"
#include "ui/labels/label_sections.h"
#include "ui/labels/passage_source.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

using Bench = test::LabelBench;

ExampleLine lineOf(int query, std::vector<int> keys, int length)
{
    ExampleLine line;
    line.row.query = query;
    line.row.keys = std::move(keys);
    line.document.ids.assign(std::size_t(length), 1);
    return line;
}

}  // namespace

class tst_label_examples : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mapsShowWhatTheLabelCounted()
    {
        const auto model = test::randomModel(test::smallConfig(3, 2));
        ExampleLine line = lineOf(20, {3}, 24);
        for (int i = 0; i < 24; ++i) line.document.ids[std::size_t(i)] = 1 + i * 7 % 40;
        EngineBridge bridge;
        ExampleMapFeed feed(&bridge);
        std::shared_ptr<const MatrixF> weights, shares;
        const PassageSource source(model, line.document.ids, 1);
        for (const RowMass mass : {RowMass::Weights, RowMass::Norms}) {
            QSignalSpy arrived(&feed, &ExampleMapFeed::arrived);
            feed.ask(model, {1, 0}, {line}, mass);
            QTRY_COMPARE_WITH_TIMEOUT(arrived.size(), 1, 20000);
            (mass == RowMass::Norms ? shares : weights) = qvariant_cast<std::shared_ptr<const MatrixF>>(arrived.front().at(1));
        }
        const auto norms = source.tile({1, 0}, MapKind::ValueWeighted, 0, 24, 0, 24),
                   plain = source.tile({1, 0}, MapKind::Weights, 0, 24, 0, 24);
        QVERIFY(norms && plain && weights && shares);
        double sum = 0, apart = 0;
        for (int c = 0; c < 24; ++c) sum += double((*norms)(20, c));
        for (int c = 0; c < 24; ++c) {
            QCOMPARE((*weights)(20, c), (*plain)(20, c));
            QVERIFY(std::abs(double((*shares)(20, c)) - double((*norms)(20, c)) / sum) < 1e-6);
            apart = std::max(apart, std::abs(double((*shares)(20, c)) - double((*weights)(20, c))));
        }
        QVERIFY(apart > 1e-3);  // the two are different maps

        ExampleMaps maps;
        maps.setMaps({{line, exampleWindow(line), MaskKind::Causal, nullptr, RowMass::Norms}});
        QVERIFY2(maps.sentence(0).contains(QStringLiteral("share")), qPrintable(maps.sentence(0)));
    }

    void passagesRunWithoutAPrompt()
    {
        const auto model = test::randomModel(test::smallConfig(3, 2));
        const std::vector<int> ids{1, 5, 9, 5, 9, 2, 3};
        auto prompt = makePromptFromIds(nullptr, ids, model->config().dVocab);
        QVERIFY(prompt);
        auto run = forward(model, std::make_shared<const Prompt>(std::move(*prompt)), {});
        QVERIFY(run);
        for (const int layer : {0, 2}) {  // stopped early, and to the end
            const PassageSource source(model, ids, layer);
            const auto cells = source.tile({layer, 1}, MapKind::Weights, 1, 5, 0, 6),
                       expected = (*run)->tile({layer, 1}, MapKind::Weights, 1, 5, 0, 6);
            QVERIFY(cells && expected);
            for (int r = 0; r < 5; ++r)
                for (int c = 0; c < 6; ++c) QCOMPARE(cells->row(r)[c], expected->row(r)[c]);
        }
        // What labels by norms counted: shares of whole rows, of which a map shows a part.
        const PassageSource source(model, ids, 2);
        const auto norms = source.tile({2, 1}, MapKind::ValueWeighted, 2, 4, 0, 7);
        QVERIFY(norms);
        const auto whole = rowShares(*norms, 0, 7), part = rowShares(*norms, 2, 6);
        QCOMPARE(part->cols(), std::ptrdiff_t(4));
        for (int r = 0; r < 4; ++r) {
            double sum = 0;
            for (int c = 0; c < 7; ++c) sum += double((*whole)(r, c));
            QVERIFY(std::abs(sum - 1) < 1e-5);
            for (int c = 0; c < 4; ++c) QCOMPARE((*part)(r, c), (*whole)(r, c + 2));
        }
        const PassageSource bad(model, {1, 1000000}, 0);
        const auto cells = bad.tile({0, 0}, MapKind::Weights, 0, 2, 0, 2);
        QVERIFY(!cells);
        QCOMPARE(cells.error().code, ErrorCode::TokenOutOfRange);
    }

    void windowsHoldBothEnds_data()
    {
        QTest::addColumn<int>("query");
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::newRow("near: sixteen tokens up to the row") << 50 << 49 << 128 << 36 << 52;
        QTest::newRow("at the beginning") << 2 << 1 << 128 << 0 << 16;
        QTest::newRow("short passage") << 3 << 1 << 6 << 0 << 6;
        QTest::newRow("far: the whole passage") << 100 << 20 << 128 << 0 << 128;
        QTest::newRow("far in a long passage") << 900 << 800 << 1000 << 646 << 902;
        QTest::newRow("further than a map may be") << 900 << 100 << 1000 << 98 << 902;
    }
    void windowsHoldBothEnds()
    {
        QFETCH(int, query);
        QFETCH(int, key);
        QFETCH(int, length);
        const ExampleWindow window = exampleWindow(lineOf(query, {key}, length));
        QVERIFY(window.from >= 0 && window.to <= length && window.from <= std::min(query, key) && window.to > std::max(query, key));
        QTEST(window.from, "from");
        QTEST(window.to, "to");
    }

    void smallMapsArriveAndOpen()
    {
        Bench b;
        LabelExamples examples(b.context);
        examples.resize(290, 400);
        examples.show();
        QCOMPARE(int(examples.strongestMaps()->maps().size()), 2);
        QCOMPARE(int(examples.counterMaps()->maps().size()), 1);
        QTRY_VERIFY(examples.strongestMaps()->maps()[0].cells && examples.strongestMaps()->maps()[1].cells
                    && examples.counterMaps()->maps()[0].cells);
        const ExampleMap& map = examples.strongestMaps()->maps()[0];
        const PassageSource source(b.model, map.line.document.ids, 0);
        const auto expected = source.tile({0, 0}, MapKind::Weights, map.window.from, map.window.size(), map.window.from, map.window.size());
        QVERIFY(expected);
        for (int r = 0; r < map.window.size(); ++r)
            for (int c = 0; c < map.window.size(); ++c) QCOMPARE(map.cells->row(r)[c], expected->row(r)[c]);
        for (int i = 0; i < 2; ++i) QVERIFY(examples.strongestMaps()->rect().contains(examples.strongestMaps()->mapRect(i)));
        QSignalSpy opened(&examples, &LabelExamples::passageOpened);
        QTest::mouseClick(examples.strongestMaps(), Qt::LeftButton, Qt::NoModifier, examples.strongestMaps()->mapRect(1).center());
        QCOMPARE(opened.count(), 1);
        QCOMPARE(b.project.current()->ids, (std::vector<int>{1, 6, 7, 8, 6, 7, 8}));
        QCOMPARE(b.selection.query(), 5);
        examples.strongestMaps()->setFocus();
        QTest::keyClick(examples.strongestMaps(), Qt::Key_Home);
        QTest::keyClick(examples.strongestMaps(), Qt::Key_Return);
        QCOMPARE(b.selection.query(), 3);
        QTest::mouseClick(examples.counter(), Qt::LeftButton, Qt::NoModifier, QPoint(20, 10));  // in the card one click opens a row
        QCOMPARE(b.selection.query(), 8);
        b.selection.setHead({1, 3});
        QVERIFY(!examples.strongestMaps()->isVisible());
    }

    void fiveMapsFitANarrowCard()
    {
        ExampleMaps maps;
        maps.setMaps(std::vector<ExampleMap>(5));
        for (const int width : {240, 280, 400}) {
            maps.resize(width, 60);
            for (int i = 0; i < 5; ++i) {
                QVERIFY(maps.rect().contains(maps.mapRect(i)));
                if (i > 0) QVERIFY(!maps.mapRect(i).intersects(maps.mapRect(i - 1)));
            }
        }
    }

    void textLeavesRoomForTheNumbers()
    {
        Theme::instance().apply(ThemeMode::Light);
        ExampleLine line = lineOf(39, {1}, 41);
        for (int i = 0; i < 40; ++i) {
            line.positions.push_back(i);
            line.tokens.push_back(QStringLiteral(" word%1").arg(i));
        }
        ExampleRows rows;
        rows.setDetailed(true);
        rows.setLines({line});  // the passage has no name: only the number stands at the right
        rows.resize(420, 24);
        QPixmap picture(rows.size());
        picture.fill(Qt::white);
        rows.render(&picture);
        const QImage image = picture.toImage();
        int text = 0, between = 0;
        for (int y = 0; y < 24; ++y)
            for (int x = 0; x < 374; ++x)
                if (image.pixelColor(x, y) != image.pixelColor(300, 0)) (x < 270 ? text : between)++;
        QVERIFY(text > 100);
        QCOMPARE(between, 0);
    }
};

QTEST_MAIN(tst_label_examples)
#include "tst_label_examples.moc"
