// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/matrix_scene.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/map/map_painter.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kLabels = 52, kTree = 56, kMargin = 12, kBarRoom = 92, kBarGap = 16, kBarWidth = 12, kBarHeight = 200;

QString shortName(const AxisHead& head) { return QString::fromStdString(head.label); }

/// The colour ramp's place of a value: 0 weakest, 1 strongest; distances run the other way, so that dark always means alike.
double ramp(const MatrixScene& scene, double value)
{
    const double t = (value - scene.low) / std::max(1e-300, scene.high - scene.low);
    return isDistance(scene.matrix->measure) ? 1 - t : t;
}

/// One pixel per device pixel of `box`: the strongest of the cells under it, so that single strong pairs never vanish.
QImage cellImage(const MatrixScene& scene, const MatrixFrame& frame, const QRectF& box, double ratio, bool dark)
{
    const int w = std::max(1, int(std::lround(box.width() * ratio))), h = std::max(1, int(std::lround(box.height() * ratio)));
    QImage image(w, h, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), dark);
    const double cw = frame.cellWidth(scene), ch = frame.cellHeight(scene);
    const auto span = [](double from, double to, int count) {
        const int first = std::clamp(int(std::floor(from)), 0, count);
        return std::pair(first, std::clamp(std::max(first + 1, int(std::floor(to))), 0, count));
    };
    std::vector<std::pair<int, int>> columns(static_cast<std::size_t>(w));
    for (int x = 0; x < w; ++x)
        columns[std::size_t(x)] = span((box.left() + x / ratio - frame.cells.left()) / cw + 1e-6,
                                       (box.left() + (x + 1) / ratio - frame.cells.left()) / cw + 1e-6, scene.cols());
    for (int y = 0; y < h; ++y) {
        const auto [r0, r1] = span((box.top() + y / ratio - frame.cells.top()) / ch + 1e-6,
                                   (box.top() + (y + 1) / ratio - frame.cells.top()) / ch + 1e-6, scene.rows());
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < w; ++x) {
            double best = -1;
            const auto [c0, c1] = columns[std::size_t(x)];
            for (int r = r0; r < r1; ++r)
                for (int c = c0; c < c1; ++c)
                    if (const double v = scene.matrix->value(std::size_t(scene.rowAt(r)), std::size_t(scene.colAt(c))); std::isfinite(v))
                        best = std::max(best, std::clamp(ramp(scene, v), 0.0, 1.0));
            if (best >= 0) line[x] = map.at(float(best));
        }
    }
    return image;
}

void paintTree(QPainter& painter, const MatrixScene& scene, const MatrixFrame& frame, bool dark)
{
    const Dendrogram& tree = *scene.tree;
    if (tree.merges.empty()) return;
    const double u = frame.unit, ch = frame.cellHeight(scene);
    std::vector<int> positionOf(std::size_t(scene.rows()), 0);
    for (int p = 0; p < scene.rows(); ++p) positionOf[std::size_t(scene.rowAt(p))] = p;
    // Without an axis only the order of heights counts: the strip begins just below the first merge, where all the merges are.
    const double top = tree.merges.back().height, lowest = tree.merges.front().height,
                 ground = std::max(0.0, lowest - 0.15 * (top - lowest)), right = frame.plot.left() - (kLabels + 4) * u,
                 width = (kTree - 8) * u;
    std::vector<QPointF> node(std::size_t(tree.leaves) + tree.merges.size());
    for (int i = 0; i < tree.leaves; ++i)
        node[std::size_t(i)] = {right,
                                frame.cells.top()
                                    + (positionOf[std::size_t(scene.treeItems.empty() ? i : scene.treeItems[std::size_t(i)])] + 0.5) * ch};
    painter.save();
    painter.setClipRect(QRectF(right - width - 2 * u, frame.plot.top(), width + 4 * u, frame.plot.height()));
    painter.setPen(QPen(Theme::color(Ink::Muted, dark), 1 * u));
    for (std::size_t k = 0; k < tree.merges.size(); ++k) {
        const Merge& m = tree.merges[k];
        const QPointF a = node[std::size_t(m.left)], b = node[std::size_t(m.right)];
        const double x = right - width * (m.height - ground) / std::max(1e-12, top - ground);
        painter.drawPolyline(QPolygonF{a, QPointF(x, a.y()), QPointF(x, b.y()), b});
        node[std::size_t(tree.leaves) + k] = {x, (a.y() + b.y()) / 2};
    }
    painter.restore();
}

}  // namespace

void fitRange(MatrixScene& scene)
{
    scene.low = 0;
    scene.high = 1;
    if (scene.empty()) return;
    // A head against itself is as alike as can be and would leave no colours for the others.
    const bool same = !scene.matrix->pairing || scene.matrix->pairing->sameRole();
    double most = 0, chance = 0;
    int count = 0;
    for (std::size_t r = 0; r < scene.matrix->rows.size(); ++r)
        for (std::size_t c = 0; c < scene.matrix->cols.size(); ++c) {
            const double v = scene.matrix->value(r, c);
            if (!std::isfinite(v) || (same && r == c)) continue;
            most = std::max(most, v);
            if (!scene.fromChance) continue;
            if (const auto null = nullMoments(*scene.matrix, r, c)) {
                chance += null->mean;
                ++count;
            }
        }
    if (count) scene.low = chance / count;
    scene.high = isDistance(scene.matrix->measure) ? 1 : std::max(most, scene.low + 1e-12);
}

QColor cellColour(const MatrixScene& scene, double value, bool dark)
{
    if (!std::isfinite(value)) return {};
    return QColor(ColourMap::get(QStringLiteral("attention"), dark).at(float(std::clamp(ramp(scene, value), 0.0, 1.0))));
}

std::optional<std::pair<int, int>> MatrixFrame::at(const MatrixScene& s, const QPointF& p) const
{
    if (s.empty() || !plot.contains(p) || !cells.contains(p)) return std::nullopt;
    const int row = int((p.y() - cells.top()) / cellHeight(s)), col = int((p.x() - cells.left()) / cellWidth(s));
    if (row < 0 || col < 0 || row >= s.rows() || col >= s.cols()) return std::nullopt;
    return std::pair(row, col);
}

double barRoom(const MatrixScene& scene) { return scene.barTitle.isEmpty() || scene.empty() ? 0 : kBarRoom; }

MatrixFrame fitMatrix(const MatrixScene& scene, const QRectF& canvas, double unit)
{
    MatrixFrame frame;
    frame.unit = unit;
    const double left = (kLabels + (scene.tree ? kTree : 0) + kMargin) * unit;
    const QRectF room = canvas.adjusted(left, (kLabels + kMargin) * unit, -(kMargin + barRoom(scene)) * unit, -kMargin * unit);
    const double cell =
        std::max(0.05, std::min({room.width() / std::max(1, scene.cols()), room.height() / std::max(1, scene.rows()), 40 * unit}));
    frame.cells = QRectF(room.left(), room.top(), cell * scene.cols(), cell * scene.rows());
    frame.plot = frame.cells;
    return frame;
}

namespace {

/// One painting of a matrix: what each of its steps needs.
struct MatrixPicture {
    QPainter& painter;
    const MatrixScene& scene;
    const MatrixFrame& frame;
    bool dark, selection;
    double u = frame.unit, cw = frame.cellWidth(scene), ch = frame.cellHeight(scene);
    QRectF box = frame.plot.intersected(frame.cells);

    void paintCells() const;
    void paintLayerLines() const;
    void paintGroups() const;
    void paintLabels(bool rows) const;
    void paintSelected() const;
    void paintBar() const;
};

void MatrixPicture::paintCells() const
{
    // Pairs without a number are hatched, never white: white is a small number.
    QPainterPath region;
    region.addRect(box);
    painter.fillRect(box, Theme::color(Ink::Paper, dark));
    paintHatch(painter, region, Theme::color(Ink::Hatch, dark));
    if (isVectorDevice(painter) && scene.rows() * scene.cols() <= 4096) {
        for (int r = 0; r < scene.rows(); ++r)
            for (int c = 0; c < scene.cols(); ++c)
                if (const QColor colour =
                        cellColour(scene, scene.matrix->value(std::size_t(scene.rowAt(r)), std::size_t(scene.colAt(c))), dark);
                    colour.isValid())
                    painter.fillRect(QRectF(frame.cells.left() + c * cw, frame.cells.top() + r * ch, cw, ch), colour);
    } else {
        const double ratio =
            isVectorDevice(painter) ? std::max(1.0, 4 / u * 0.25) * 4 : painter.device()->devicePixelRatioF() * painter.transform().m11();
        QImage image = cellImage(scene, frame, box, std::clamp(ratio, 0.1, 4000 / std::max(box.width(), box.height())), dark);
        painter.drawImage(box, image);
    }
}

/// Hairlines between layers: the eye needs them to find a head.
void MatrixPicture::paintLayerLines() const
{
    painter.setPen(QPen(Theme::color(Ink::Hair2, dark), 0));
    for (int r = 1; r < scene.rows(); ++r)
        if (scene.matrix->rows.heads[std::size_t(scene.rowAt(r))].id.layer
            != scene.matrix->rows.heads[std::size_t(scene.rowAt(r - 1))].id.layer)
            painter.drawLine(QPointF(box.left(), frame.cells.top() + r * ch), QPointF(box.right(), frame.cells.top() + r * ch));
    for (int c = 1; c < scene.cols(); ++c)
        if (scene.matrix->cols.heads[std::size_t(c)].id.layer != scene.matrix->cols.heads[std::size_t(c - 1)].id.layer)
            painter.drawLine(QPointF(frame.cells.left() + c * cw, box.top()), QPointF(frame.cells.left() + c * cw, box.bottom()));
}

/// Groups of two or more heads as squares on the diagonal; lines across would be a grid of their own.
void MatrixPicture::paintGroups() const
{
    painter.setPen(QPen(Theme::color(Ink::Text, dark), 0));
    painter.setBrush(Qt::NoBrush);
    int from = 0;
    for (std::size_t g = 0; g <= scene.clusterStarts.size(); ++g) {
        const int to = g < scene.clusterStarts.size() ? scene.clusterStarts[g] : scene.rows();
        if (to - from > 1)
            painter.drawRect(QRectF(frame.cells.left() + from * cw, frame.cells.top() + from * ch, (to - from) * cw, (to - from) * ch));
        from = to;
    }
}

/// Every head where there is room, else layers (or every second, fourth ... head of an ordered matrix).
void MatrixPicture::paintLabels(bool rows) const
{
    const int count = rows ? scene.rows() : scene.cols();
    const double cell = rows ? ch : cw;
    const int chosen = rows ? scene.selectedRow : scene.selectedCol;
    const auto& heads = rows ? scene.matrix->rows.heads : scene.matrix->cols.heads;
    const auto centre = [&](double p) { return (rows ? frame.cells.top() : frame.cells.left()) + p * cell; };
    const auto inside = [&](double at) { return rows ? at >= box.top() && at <= box.bottom() : at >= box.left() && at <= box.right(); };
    const auto draw = [&](double at, const QString& text, bool lit) {
        painter.setPen(Theme::color(lit ? Ink::Select : Ink::Muted, dark));
        painter.save();
        if (rows) {
            painter.drawText(QRectF(box.left() - kLabels * u, at - 7 * u, (kLabels - 6) * u, 14 * u), Qt::AlignRight | Qt::AlignVCenter,
                             text);
        } else {
            painter.translate(at, box.top() - 5 * u);
            painter.rotate(-90);
            painter.drawText(QRectF(0, -7 * u, (kLabels - 6) * u, 14 * u), Qt::AlignLeft | Qt::AlignVCenter, text);
        }
        painter.restore();
    };
    const bool ordered = rows ? !scene.rowOrder.empty() : !scene.colOrder.empty();
    double litAt = -1e9;
    for (int p = 0; p < count; ++p)
        if ((rows ? scene.rowAt(p) : scene.colAt(p)) == chosen && selection && inside(centre(p + 0.5))) {
            litAt = centre(p + 0.5);
            draw(litAt, shortName(heads[std::size_t(chosen)]), true);
        }
    if (cell >= 11 * u || ordered) {
        const int step = std::max(1, int(std::exp2(std::ceil(std::log2(std::max(1.0, 11 * u / cell))))));
        for (int p = 0; p < count; p += step)
            if (const double at = centre(p + 0.5); inside(at) && std::abs(at - litAt) > 11 * u)
                draw(at, shortName(heads[std::size_t(rows ? scene.rowAt(p) : scene.colAt(p))]), false);
        return;
    }
    int first = 0;
    double last = -1e9;
    const auto layerAt = [&](int p) { return heads[std::size_t(rows ? scene.rowAt(p) : scene.colAt(p))].id.layer; };
    for (int p = 1; p <= count; ++p)
        if (p == count || layerAt(p) != layerAt(first)) {
            const double at = centre((first + p) / 2.0);
            if (inside(at) && at - last > 11 * u && std::abs(at - litAt) > 11 * u) {
                draw(at, QStringLiteral("L%1").arg(layerAt(first)), false);
                last = at;
            }
            first = p;
        }
}

void MatrixPicture::paintSelected() const
{
    if (!selection || scene.selectedRow < 0 || scene.selectedCol < 0) return;
    int row = -1, col = -1;
    for (int p = 0; p < scene.rows(); ++p)
        if (scene.rowAt(p) == scene.selectedRow) row = p;
    for (int p = 0; p < scene.cols(); ++p)
        if (scene.colAt(p) == scene.selectedCol) col = p;
    if (row < 0 || col < 0) return;
    painter.save();
    painter.setClipRect(box.adjusted(-4, -4, 4, 4));
    const QRectF cell(frame.cells.left() + col * cw, frame.cells.top() + row * ch, std::max(cw, 4 * u), std::max(ch, 4 * u));
    ring(painter, cell.adjusted(-3, -3, 3, 3), Theme::color(Ink::Paper, dark), 4, 0);
    ring(painter, cell.adjusted(-2, -2, 2, 2), Theme::color(Ink::Select, dark), 2, 0);
    painter.restore();
}

/// Which colour is which number: strong above, as in every other bar; distances the other way, and chance named where colours begin there.
void MatrixPicture::paintBar() const
{
    const double height = std::min(kBarHeight * u, std::max(40 * u, box.height() - 20 * u));
    const QRectF bar(box.right() + kBarGap * u, box.top() + 20 * u, kBarWidth * u, height);
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), dark);
    constexpr int kSteps = 128;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int i = 0; i < kSteps; ++i)
        painter.fillRect(QRectF(bar.left(), bar.bottom() - (i + 1) * bar.height() / kSteps, bar.width(), bar.height() / kSteps + 0.5 * u),
                         QColor(map.at(float(i) / (kSteps - 1))));
    painter.setPen(QPen(Theme::color(Ink::Hair2, dark), 0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
    painter.setPen(Theme::color(Ink::Muted, dark));
    const double room = (kBarRoom - kBarGap - 4) * u;
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(bar.left(), box.top(), room, 16 * u), Qt::AlignLeft | Qt::AlignTop,
                     metrics.elidedText(scene.barTitle, Qt::ElideRight, room));
    const bool distance = isDistance(scene.matrix->measure);
    for (const double at : {0.0, 0.5, 1.0}) {
        const double value = distance ? scene.high - at * (scene.high - scene.low) : scene.low + at * (scene.high - scene.low);
        const double y = bar.bottom() - at * bar.height();
        painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + 4 * u, y));
        painter.drawText(QRectF(bar.right() + 7 * u, y - 8 * u, room, 16 * u), Qt::AlignLeft | Qt::AlignVCenter,
                         numberText(value, scene.barDecimals));
    }
    if (scene.fromChance && !distance)
        painter.drawText(QRectF(bar.left(), bar.bottom() + 8 * u, room, 16 * u), Qt::AlignLeft | Qt::AlignTop,
                         QCoreApplication::translate("hs::ui::MatrixView", "from random"));
}

}  // namespace

void paintMatrix(QPainter& painter, const MatrixScene& scene, const MatrixFrame& frame, bool dark, bool selection)
{
    if (scene.empty()) return;
    const MatrixPicture picture{painter, scene, frame, dark, selection};
    painter.save();
    painter.setClipRect(picture.box);
    picture.paintCells();
    painter.setRenderHint(QPainter::Antialiasing, false);
    scene.rowOrder.empty() ? picture.paintLayerLines() : picture.paintGroups();
    painter.restore();
    painter.setPen(QPen(Theme::color(Ink::Hair2, dark), 0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(picture.box);

    QFont font = Theme::instance().font(Type::AxisSmall);
    font.setPixelSize(std::max(1, int(std::lround(10 * frame.unit))));
    painter.setFont(font);
    picture.paintLabels(true);
    picture.paintLabels(false);
    if (scene.tree) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        paintTree(painter, scene, frame, dark);
    }
    picture.paintSelected();
    if (barRoom(scene) > 0) picture.paintBar();
}

}  // namespace hs::ui
