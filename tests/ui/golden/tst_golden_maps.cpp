// SPDX-License-Identifier: GPL-3.0-or-later
// Golden pictures of attention maps: bare cells, the heatmap with its axes, atlas, grid, compare, text, and pages of exported figures.
#include "tests/support/table_source.h"
#include "tests/ui/golden/golden_stage.h"
#include "ui/atlas/atlas.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/compare/compare_view.h"
#include "ui/export/figure.h"
#include "ui/grid/grid_view.h"
#include "ui/head/heatmap_view.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/text/text_view.h"

using namespace hs;
using namespace hs::ui;
using namespace hs::test;

namespace {

constexpr int kPatience = 20000;

std::vector<Token> tokens()
{
    return TableSource::tokensOf({" Once", " upon", " a", " time", ",", " there", " was", " a", " g", "ir", "l", "."});
}

/// The table with the scores that atlas and grid show.
class Scored final : public DumpSample {
public:
    const std::string& text() const override { return m_table.text(); }
    std::vector<int> ids() const override { return m_table.ids(); }
    Result<MatrixF> logits() const override { return m_table.logits(); }
    int layers() const override { return m_table.layers(); }
    int heads(int layer) const override { return m_table.heads(layer); }
    int queries() const override { return m_table.queries(); }
    int keys() const override { return m_table.keys(); }
    Visibility visibility(int layer) const override { return m_table.visibility(layer); }
    const std::vector<Token>& queryTokens() const override { return m_table.queryTokens(); }
    const std::vector<Token>& keyTokens() const override { return m_table.keyTokens(); }
    int readyLayers() const override { return m_table.readyLayers(); }
    bool has(MapKind kind) const override { return m_table.has(kind); }
    Result<MatrixF> tile(HeadId h, MapKind kind, int q0, int nq, int k0, int nk) const override
    {
        return m_table.tile(h, kind, q0, nq, k0, nk);
    }
    std::shared_ptr<const HeadStats> stats(HeadId h) const override
    {
        auto s = std::make_shared<HeadStats>(*m_table.stats(h));
        for (int q = 1; q < queries(); ++q) s->previousMass += m_table.map(h)(q, q - 1) / float(queries() - 1);
        return s;
    }

private:
    TableSource m_table{2, 4, tokens()};
};

/// A window's shared objects over two layers of four heads.
struct Desk {
    EngineBridge bridge;
    Project project;
    Selection selection;
    ViewSettings settings;
    std::shared_ptr<const DumpSample> source = std::make_shared<Scored>();
    ViewContext context{&bridge, &project, &selection, &settings};

    Desk()
    {
        project.setDump(TableSource::dumpOf({source}));
        selection.setHead({1, 2});
    }
};

bool arrived(MapModel& model)
{
    return QTest::qWaitFor([&] { return model.current() && model.dataRange().has_value() && model.surveyed() >= 1; }, kPatience);
}

/// Bare cells, 12 px each, of one head.
QImage cells(bool dark, const MapLook& look, HeadId head, const ValueScale& scale)
{
    Desk desk;
    MapModel model(&desk.bridge);
    model.setLook(look);
    model.setSource(desk.source);
    model.setHead(head);
    model.request(QRect(0, 0, model.columns(), model.rows()), 12);
    if (!QTest::qWaitFor([&] { return model.current() && model.dataRange().has_value(); }, kPatience)) return {};
    MapPaintStyle style = MapPaintStyle::screen();
    style.cell = 12;
    const double side = 12.0 * model.rows();
    return painted(QSize(int(side) + 20, int(side) + 20), dark, [&](QPainter& p, const QRectF&) {
        paintMapCells(p, QRectF(10, 10, side, side), 0, 0, model, scale, ColourMap::get(look.colourMap, dark), style);
    });
}

QImage cellsLinear(bool dark) { return cells(dark, {}, {0, 1}, {}); }

QImage cellsLog(bool dark)
{
    MapLook look;
    look.grain = Grain::Words;
    look.colourMap = QStringLiteral("viridis");
    ValueScale scale;
    scale.stretch = Stretch::Log;
    return cells(dark, look, {1, 3}, scale);
}

QImage cellsScores(bool dark)
{
    MapLook look;
    look.kind = MapKind::Scores;
    look.colourMap = QStringLiteral("difference");
    ValueScale scale;
    scale.low = -8;
    scale.high = 8;
    scale.diverging = true;
    return cells(dark, look, {0, 2}, scale);
}

QImage heatmap(bool)
{
    Desk desk;
    MapModel model(&desk.bridge);
    model.setSource(desk.source);
    model.setHead({1, 2});
    HeatmapView view(&model, &desk.selection, &desk.settings);
    stage(view, {420, 400});
    if (!arrived(model)) return {};
    desk.selection.lock(9, 4);
    return grabbed(view, {420, 400});
}

QImage atlasScore(bool)
{
    Desk desk;
    AtlasView view(desk.context);
    view.setScore(ShownScore::Previous);
    return grabbed(view, {280, 110});
}

QImage atlasImportance(bool)
{
    Desk desk;
    AtlasView view(desk.context);
    std::map<HeadId, double> values;
    for (int i = 0; i < 8; ++i) values[{i / 4, i % 4}] = 0.3 * std::sin(i * 2.1);
    view.setImportance(values, QStringLiteral("importance"));
    return grabbed(view, {280, 110});
}

QImage atlas(bool)
{
    Desk desk;
    AtlasView view(desk.context);
    view.setScore(ShownScore::Thumbnail);
    stage(view, {280, 110});
    const auto* feed = view.findChild<OverviewFeed*>();
    return feed && QTest::qWaitFor([&] { return !feed->waiting(); }, kPatience) ? grabbed(view, {280, 110}) : QImage();
}

QImage grid(bool)
{
    Desk desk;
    GridView view(desk.context);
    view.setLayer(1);
    desk.selection.setPinned(HeadId{1, 0});
    stage(view, {260, 320});
    return QTest::qWaitFor([&] { return !view.waiting(); }, kPatience) ? grabbed(view, {260, 320}) : QImage();
}

QImage compare(bool)
{
    Desk desk;
    MapModel a(&desk.bridge), b(&desk.bridge);
    for (MapModel* model : {&a, &b}) model->setSource(desk.source);
    a.setHead({0, 1});
    b.setHead({1, 2});
    CompareView view(&a, &b, &desk.selection);
    CompareSetup setup;
    setup.nameA = QStringLiteral("L0 H1");
    setup.nameB = QStringLiteral("L1 H2");
    setup.noteA = QStringLiteral("previous token");
    view.setSetup(setup);
    const QSize size(420, view.heightAt(420));
    stage(view, size);
    if (!arrived(a) || !arrived(b)) return {};
    desk.selection.lock(8, 3);
    return grabbed(view, size);
}

QImage text(bool)
{
    Desk desk;
    MapModel model(&desk.bridge);
    model.setSource(desk.source);
    model.setHead({1, 2});
    TextView view(&model, &desk.selection);
    desk.selection.lock(9, -1);
    stage(view, {320, 120});
    return QTest::qWaitFor([&] { return view.weights().size() == 13; }, kPatience) ? grabbed(view, {320, 120}) : QImage();
}

/// A page as exported, at the resolution of the screen.
QImage page(bool dark, FigureSpec spec)
{
    spec.colours = dark ? FigureColours::Screen : FigureColours::Paper;
    spec.darkScreen = dark;
    Provenance origin;
    origin.modelName = QStringLiteral("table");
    const auto data = collectFigure(spec, std::make_shared<TableSource>(2, 4, tokens()), nullptr, origin);
    return data.ok() ? renderFigure(spec, *data, 96 * screenRatio()) : QImage();
}

FigureSpec specOf(FigureKind kind, std::vector<HeadId> heads)
{
    FigureSpec spec;
    spec.kind = kind;
    spec.heads = std::move(heads);
    spec.widthMm = 66;
    return spec;
}

QImage figureHead(bool dark)
{
    FigureSpec spec = specOf(FigureKind::Head, {{1, 2}});
    spec.profiles = true;
    spec.selection = true;
    spec.query = 9;
    spec.key = 4;
    spec.noteText = QStringLiteral("previous token 0.68");
    return page(dark, spec);
}

QImage figureAtlas(bool dark) { return page(dark, specOf(FigureKind::Atlas, {})); }

QImage figureCompare(bool dark)
{
    FigureSpec spec = specOf(FigureKind::Compare, {{0, 1}, {1, 2}});
    spec.widthMm = 85;
    return page(dark, spec);
}

QImage figureText(bool dark)
{
    FigureSpec spec = specOf(FigureKind::Text, {{1, 2}});
    spec.query = 9;
    return page(dark, spec);
}

QImage figureChart(bool dark)
{
    FigureSpec spec = specOf(FigureKind::Chart, {{1, 2}});
    spec.chart = FigureChart::Offsets;
    return page(dark, spec);
}

constexpr GoldenPicture kPictures[] = {
    {"cells", cellsLinear},
    {"cells-log", cellsLog},
    {"cells-scores", cellsScores},
    {"heatmap", heatmap},
    {"atlas", atlas},
    {"atlas-score", atlasScore},
    {"atlas-importance", atlasImportance},
    {"grid", grid},
    {"compare", compare},
    {"text", text},
    {"figure-head", figureHead},
    {"figure-atlas", figureAtlas},
    {"figure-compare", figureCompare},
    {"figure-text", figureText},
    {"figure-chart", figureChart},
};

}  // namespace

class tst_golden_maps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picture_data() { goldenRows(kPictures); }
    void picture() { goldenTest(kPictures); }
};

HS_GOLDEN_MAIN(tst_golden_maps)
#include "tst_golden_maps.moc"
