// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_painter.h"

#include <QPaintEngine>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/map/cell_colourer.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kRectsLimit = 64;       // cells a side that a vector file gets as rectangles
constexpr double kStaircaseFrom = 4;  // device pixels a cell needs before the mask's edge is drawn

// A pixel of `factor` x `factor` cells lies behind the mask's edge when its lowest, leftmost cell does. What a window hides is NaN.
bool maskedPixel(Visibility mask, int row, int column, int factor) { return !mask.looksAhead() && column > row + factor - 1; }

float largestOf(const float* values, std::ptrdiff_t count)
{
    float most = kNan;
    for (std::ptrdiff_t i = 0; i < count; ++i)
        if (values[i] == values[i] && !(values[i] <= most)) most = values[i];
    return most;
}

// Which matrix rows (or columns) each device pixel shows: those whose centre lies in it when pixels are larger than cells,
// else the one under the pixel's centre. So no cell is ever dropped.
struct PixelCells {
    int first = 0, last = 0;
};  // [first, last), empty: none
std::vector<PixelCells> pixelCells(int pixels, double origin, double pitch, std::ptrdiff_t count)
{
    std::vector<PixelCells> out(static_cast<std::size_t>(pixels));
    for (int p = 0; p < pixels; ++p) {
        double first, last;
        if (pitch >= 1) {
            first = std::floor((p + 0.5 - origin) / pitch);
            last = first + 1;
        } else {
            first = std::ceil((p - origin) / pitch - 0.5);
            last = std::max(std::ceil((p + 1 - origin) / pitch - 0.5), first + 1);
        }
        const double end = static_cast<double>(count);
        PixelCells& cell = out[static_cast<std::size_t>(p)];
        if (last <= 0 || first >= end) continue;
        cell.first = static_cast<int>(std::max(first, 0.0));
        cell.last = static_cast<int>(std::min(last, end));
    }
    return out;
}

struct DevicePicture {
    QSize size;               // device pixels
    double originX, originY;  // of cell (0, 0), from the picture's corner
    double cellX, cellY;      // device pixels per cell
    int ratio;                // device pixels per hatch pixel
    int hatchX, hatchY;       // device position of the corner, so that the hatch stands still
};

// The largest of `rows` matrix rows, cell by cell for the first `count` columns; NaN only where all are.
void mergeRows(const MatrixF& m, PixelCells rows, std::ptrdiff_t count, float* out)
{
    std::memcpy(out, m.row(rows.first), static_cast<std::size_t>(count) * sizeof(float));
    for (int r = rows.first + 1; r < rows.last; ++r) {
        const float* next = m.row(r);
        for (std::ptrdiff_t c = 0; c < count; ++c) {
            const float a = out[c], b = next[c];
            out[c] = b > a || !(a == a) ? b : a;
        }
    }
}

// The largest value of the columns that each pixel of [begin, end) shows; NaN only where all are. `pairs`: none shows more than two, and
// then no branch depends on how many it does.
void reduceColumns(const float* values, const std::vector<PixelCells>& columns, int begin, int end, bool pairs, float* out)
{
    const PixelCells* at = columns.data();
    if (pairs) {
        for (int x = begin; x < end; ++x) {
            const float a = values[at[x].first], b = values[at[x].last - 1];
            out[x] = b > a || !(a == a) ? b : a;
        }
        return;
    }
    for (int x = begin; x < end; ++x) {
        float most = values[at[x].first];
        for (int c = at[x].first + 1; c < at[x].last; ++c) most = values[c] > most || !(most == most) ? values[c] : most;
        out[x] = most;
    }
}

// Paper, cells, hatch and staircase of the visible part, one device pixel at a time, into `image`.
void renderDevice(QImage& image, const DevicePicture& at, const MapCells& cells, const MapModel& model, const ValueScale& scale,
                  const ColourMap& map, const MapPaintStyle& style)
{
    const QRgb paper = style.paper.rgb(), hatch = style.hatch.rgb(), hair = style.hair.rgb();
    const int width = image.width(), height = image.height();
    if (!cells.cells) return image.fill(paper);
    const MatrixF& m = *cells.cells;
    const double pitchX = at.cellX * cells.factor, pitchY = at.cellY * cells.factor;
    const auto columnsAt = pixelCells(width, at.originX + cells.k0 * at.cellX, pitchX, m.cols());
    const auto rowsAt = pixelCells(height, at.originY + cells.q0 * at.cellY, pitchY, m.rows());
    // Pixels that show cells at all: [begin, end).
    int begin = 0, end = width;
    while (begin < end && columnsAt[static_cast<std::size_t>(begin)].last <= columnsAt[static_cast<std::size_t>(begin)].first) ++begin;
    while (end > begin && columnsAt[static_cast<std::size_t>(end - 1)].last <= columnsAt[static_cast<std::size_t>(end - 1)].first) --end;

    const Visibility mask = model.mask();
    const bool stairs =
        style.drawHatch && !mask.looksAhead() && at.cellX >= kStaircaseFrom && at.cellY >= kStaircaseFrom && cells.factor == 1;
    // Colours of one row: per cell while cells are at least a pixel wide, else per pixel from the largest cell under it.
    const bool reduced = pitchX < 1;
    const bool pairs = std::all_of(columnsAt.begin() + begin, columnsAt.begin() + end, [](PixelCells c) { return c.last - c.first <= 2; });
    CellColourer colourer(scale, map);
    std::vector<float> merged(static_cast<std::size_t>(m.cols())), pixelValues(reduced ? static_cast<std::size_t>(width) : 0);
    std::vector<QRgb> cellColours(static_cast<std::size_t>(m.cols())), line(static_cast<std::size_t>(width), paper);
    std::vector<char> hatched(static_cast<std::size_t>(width));
    const int period = 8 * at.ratio;
    PixelCells before{-1, -1};
    int open = begin;  // first masked pixel of the row; moves right from row to row

    for (int y = 0; y < height; ++y) {
        const PixelCells rows = rowsAt[static_cast<std::size_t>(y)];
        const bool inside = rows.last > rows.first;
        if (rows.first != before.first || rows.last != before.last) {
            before = rows;
            std::fill(line.begin(), line.end(), paper);
            std::fill(hatched.begin(), hatched.end(), char{0});
            if (inside) {
                const int lowestRow = cells.q0 + (rows.last - 1) * cells.factor;
                while (open < end
                       && !maskedPixel(mask, lowestRow, cells.k0 + columnsAt[static_cast<std::size_t>(open)].first * cells.factor,
                                       cells.factor))
                    ++open;
                // What lies behind the mask's edge is not read: with a causal mask that is up to half of the picture.
                const std::ptrdiff_t shown = open > begin ? columnsAt[static_cast<std::size_t>(open - 1)].last : 0;
                const float* values = m.row(rows.first);
                if (rows.last > rows.first + 1) {
                    mergeRows(m, rows, shown, merged.data());
                    values = merged.data();
                }
                if (colourer.perRow()) {
                    float most = cells.factor == 1 && rows.last == rows.first + 1 ? model.rowMaximum(cells.q0 + rows.first) : kNan;
                    if (!(most == most)) most = largestOf(values, shown);
                    colourer.setRowMaximum(most);
                }
                bool holes = false;  // pixels without a colour: NaN inside the triangle, or not computed yet
                if (reduced) {
                    reduceColumns(values, columnsAt, begin, open, pairs, pixelValues.data());
                    colourer.row(pixelValues.data() + begin, line.data() + begin, open - begin);
                } else if (open > begin) {
                    const int firstCell = columnsAt[static_cast<std::size_t>(begin)].first,
                              lastCell = columnsAt[static_cast<std::size_t>(open - 1)].first;
                    colourer.row(values + firstCell, cellColours.data() + firstCell, lastCell - firstCell + 1);
                    for (int x = begin; x < open; ++x)
                        line[static_cast<std::size_t>(x)] =
                            cellColours[static_cast<std::size_t>(columnsAt[static_cast<std::size_t>(x)].first)];
                }
                QRgb solid = 0xff000000u;
                for (int x = begin; x < open; ++x) solid &= line[static_cast<std::size_t>(x)];
                holes = solid == 0;
                for (int x = begin; holes && x < open; ++x) {
                    QRgb& color = line[static_cast<std::size_t>(x)];
                    if (qAlpha(color) != 0) continue;
                    hatched[static_cast<std::size_t>(x)] = color != CellColourer::kMissing;
                    color = paper;
                }
                std::fill(hatched.begin() + open, hatched.begin() + end, char{1});
            }
        }
        QRgb* out = reinterpret_cast<QRgb*>(image.scanLine(y));
        std::memcpy(out, line.data(), line.size() * sizeof(QRgb));
        if (!inside || !style.drawHatch) continue;
        // Lines x + y = constant: start at the first hit of this scan line and step by the period.
        for (int w = 0; w < at.ratio; ++w) {
            const int phase = (at.hatchX + at.hatchY + y + 1 - w + period) % period;
            for (int x = phase == 0 ? 0 : period - phase; x < width; x += period)
                if (hatched[static_cast<std::size_t>(x)]) out[x] = hatch;
        }
        const int row = cells.q0 + rows.first;
        if (!stairs || row + 1 >= model.columns()) continue;
        const int left = cellEdge(at.originX, at.cellX, row), right = cellEdge(at.originX, at.cellX, row + 1);
        for (int w = 0; w < at.ratio; ++w) {
            if (right + w >= 0 && right + w < width) out[right + w] = hair;
            // The step's top lies in the last pixels of the row above.
            if (y + 1 + w != cellEdge(at.originY, at.cellY, row + 1)) continue;
            for (int x = std::max(right, 0); x < std::min(2 * right - left + 1, width); ++x) out[x] = hair;
        }
    }
}

// Maximal runs of masked cells of each row, as one path.
QPainterPath maskedRegion(const MapCells& cells, const MapModel& model, const QRect& visible,
                          const std::function<QRectF(int, int, int)>& rect)
{
    QPainterPath path;
    for (int r = visible.top(); r <= visible.bottom(); ++r) {
        int from = -1;
        for (int c = visible.left(); c <= visible.right() + 1; ++c) {
            const bool masked =
                c <= visible.right()
                && (model.masked(r, c) || !((*cells.cells)(r - cells.q0, c - cells.k0) == (*cells.cells)(r - cells.q0, c - cells.k0)));
            if (masked && from < 0) from = c;
            if (!masked && from >= 0) {
                path.addRect(rect(r, from, c - from));
                from = -1;
            }
        }
    }
    return path;
}

void paintVector(QPainter& painter, const QRectF& area, double firstRow, double firstColumn, const QRect& visible, const MapCells& cells,
                 const MapModel& model, const ValueScale& scale, const ColourMap& map, const MapPaintStyle& style)
{
    const MatrixF& m = *cells.cells;
    const double cw = style.cell, ch = style.height();
    const auto rect = [&](int r, int c, int count) {
        return QRectF(area.left() + (c - firstColumn) * cw, area.top() + (r - firstRow) * ch, cw * count, ch).intersected(area);
    };
    const bool few = visible.width() <= kRectsLimit && visible.height() <= kRectsLimit;
    const bool rects = cells.factor == 1 && (style.cellsAs == CellsAs::Rects || (style.cellsAs == CellsAs::Auto && few));
    painter.save();
    painter.fillRect(area, style.paper);
    if (style.drawHatch && cells.factor == 1) paintHatch(painter, maskedRegion(cells, model, visible, rect), style.hatch);
    std::vector<float> maxima;
    if (scale.stretch == Stretch::PerRow && cells.factor == 1)
        for (int r = 0; r < static_cast<int>(m.rows()); ++r) maxima.push_back(model.rowMaximum(cells.q0 + r));
    const QImage image = renderCells(m, cells.q0, cells.k0, cells.factor, model.mask(), scale, map, maxima.empty() ? nullptr : &maxima);
    if (rects) {
        painter.setPen(Qt::NoPen);
        painter.setRenderHint(QPainter::Antialiasing, false);
        for (int r = visible.top(); r <= visible.bottom(); ++r) {
            const QRgb* line = reinterpret_cast<const QRgb*>(image.constScanLine(r - cells.q0)) - cells.k0;
            for (int c = visible.left(); c <= visible.right();) {  // runs of one colour are one rectangle; paper needs none
                int end = c + 1;
                while (end <= visible.right() && line[end] == line[c]) ++end;
                if (qAlpha(line[c]) != 0 && QColor(line[c]) != style.paper) painter.fillRect(rect(r, c, end - c), QColor(line[c]));
                c = end;
            }
        }
    } else {
        // Viewers smooth small images; whole multiples keep the edges crisp at any zoom.
        const int times = std::clamp(4096 / std::max(image.width(), image.height()), 1, 16);
        const QImage large = times > 1 ? image.scaled(image.size() * times, Qt::IgnoreAspectRatio, Qt::FastTransformation) : image;
        const QRectF whole(area.left() + (cells.k0 - firstColumn) * cw, area.top() + (cells.q0 - firstRow) * ch,
                           cw * cells.factor * image.width(), ch * cells.factor * image.height());
        const QRectF target = whole.intersected(area);
        const double sx = large.width() / whole.width(), sy = large.height() / whole.height();
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(target, large,
                          QRectF((target.left() - whole.left()) * sx, (target.top() - whole.top()) * sy, target.width() * sx,
                                 target.height() * sy));
    }
    painter.restore();
}

}  // namespace

int cellEdge(double origin, double cell, int index) { return static_cast<int>(std::ceil(origin + cell * index - 0.5)); }

QImage renderCells(const MatrixF& cells, int q0, int k0, int factor, Visibility mask, const ValueScale& scale, const ColourMap& map,
                   const std::vector<float>* rowMaxima)
{
    QImage image(static_cast<int>(cells.cols()), static_cast<int>(cells.rows()), QImage::Format_ARGB32_Premultiplied);
    CellColourer colourer(scale, map);
    for (int r = 0; r < image.height(); ++r) {
        const float* values = cells.row(r);
        QRgb* out = reinterpret_cast<QRgb*>(image.scanLine(r));
        if (colourer.perRow()) {
            float most = rowMaxima ? (*rowMaxima)[static_cast<std::size_t>(r)] : kNan;
            if (!(most == most)) most = largestOf(values, cells.cols());
            colourer.setRowMaximum(most);
        }
        // Pixels with a cell that some row of theirs sees: [begin, end).
        const KeyRange seen = mask.keysOf(q0 + r * factor, factor, k0 + image.width() * factor);
        const int end = seen.end <= k0 ? 0 : (seen.end - 1 - k0) / factor + 1, begin = std::min(std::max(0, seen.first - k0) / factor, end);
        colourer.row(values + begin, out + begin, end - begin);
        for (int c = begin; c < end; ++c) out[c] = out[c] == CellColourer::kMissing ? 0 : out[c];
        std::fill(out, out + begin, 0);
        std::fill(out + end, out + image.width(), 0);
    }
    return image;
}

QImage renderThumbnail(const MatrixF& maxima, int factor, Visibility mask, const ColourMap& map, const QSize& pixels)
{
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    if (maxima.empty() || pixels.isEmpty()) return image;
    const auto columns =
        pixelCells(pixels.width(), 0, static_cast<double>(pixels.width()) / static_cast<double>(maxima.cols()), maxima.cols());
    const auto rows =
        pixelCells(pixels.height(), 0, static_cast<double>(pixels.height()) / static_cast<double>(maxima.rows()), maxima.rows());
    for (int y = 0; y < pixels.height(); ++y) {
        QRgb* out = reinterpret_cast<QRgb*>(image.scanLine(y));
        const PixelCells rowCells = rows[static_cast<std::size_t>(y)];
        for (int x = 0; x < pixels.width(); ++x) {
            const PixelCells columnCells = columns[static_cast<std::size_t>(x)];
            if (maskedPixel(mask, (rowCells.last - 1) * factor, columnCells.first * factor, factor)) continue;
            float most = kNan;
            for (int r = rowCells.first; r < rowCells.last; ++r) {
                const float v = largestOf(maxima.row(r) + columnCells.first, columnCells.last - columnCells.first);
                if (v == v && !(v <= most)) most = v;
            }
            if (most == most) out[x] = map.at(most > 0 ? std::pow(most, 0.7f) : 0.0f);
        }
    }
    return image;
}

MapPaintStyle MapPaintStyle::screen()
{
    const Theme& theme = Theme::instance();
    MapPaintStyle style;
    style.paper = theme.color(Ink::Paper);
    style.ink = theme.color(Ink::Text);
    style.muted = theme.color(Ink::Muted);
    style.hair = theme.color(Ink::Hair);
    style.hair2 = theme.color(Ink::Hair2);
    style.hatch = theme.color(Ink::Hatch);
    style.select = theme.color(Ink::Select);
    style.tokenFont = theme.tokenFont(Type::Caption);
    style.axisFont = theme.font(Type::Caption);
    return style;
}

void paintMapCells(QPainter& painter, const QRectF& area, double firstRow, double firstColumn, const MapModel& model,
                   const ValueScale& scale, const ColourMap& map, const MapPaintStyle& style)
{
    const double cw = style.cell, ch = style.height();
    const int rows = model.rows(), columns = model.columns();
    if (area.isEmpty() || !(cw > 0) || !(ch > 0) || rows <= 0 || columns <= 0) return;
    const int top = std::clamp(static_cast<int>(std::floor(firstRow)), 0, rows - 1);
    const int left = std::clamp(static_cast<int>(std::floor(firstColumn)), 0, columns - 1);
    const int bottom = std::clamp(static_cast<int>(std::ceil(firstRow + area.height() / ch - 1e-9)), top + 1, rows);
    const int right = std::clamp(static_cast<int>(std::ceil(firstColumn + area.width() / cw - 1e-9)), left + 1, columns);
    const QRect visible(left, top, right - left, bottom - top);
    const QTransform t = painter.deviceTransform();
    const bool exact = !isVectorDevice(painter) && t.type() <= QTransform::TxScale && t.m11() > 0 && t.m22() > 0;
    const double pixels = exact ? std::min(cw * t.m11(), ch * t.m22()) : std::max(1.0, std::min(cw, ch));
    const MapCells cells = model.cells(visible, pixels);
    if (!exact) {
        if (cells.cells) paintVector(painter, area, firstRow, firstColumn, visible, cells, model, scale, map, style);
        return;
    }
    const QRectF wanted = t.mapRect(area);
    const int x0 = static_cast<int>(std::ceil(wanted.left() - 0.5)), y0 = static_cast<int>(std::ceil(wanted.top() - 0.5));
    const int x1 = static_cast<int>(std::ceil(wanted.right() - 0.5)), y1 = static_cast<int>(std::ceil(wanted.bottom() - 0.5));
    if (x1 <= x0 || y1 <= y0) return;
    DevicePicture at;
    at.size = QSize(x1 - x0, y1 - y0);
    at.cellX = cw * t.m11();
    at.cellY = ch * t.m22();
    at.originX = wanted.left() - firstColumn * at.cellX - x0;
    at.originY = wanted.top() - firstRow * at.cellY - y0;
    at.ratio = std::max(1, static_cast<int>(std::lround(painter.device()->devicePixelRatioF())));
    at.hatchX = std::max(x0, 0);
    at.hatchY = std::max(y0, 0);
    // One buffer for all frames: fresh pages cost as much as the colours.
    static thread_local std::vector<QRgb> buffer;
    const auto pixelCount = static_cast<std::size_t>(at.size.width()) * static_cast<std::size_t>(at.size.height());
    if (buffer.size() < pixelCount || buffer.size() > 4 * pixelCount) buffer = std::vector<QRgb>(pixelCount);
    QImage image(reinterpret_cast<uchar*>(buffer.data()), at.size.width(), at.size.height(), at.size.width() * 4, QImage::Format_RGB32);
    renderDevice(image, at, cells, model, scale, map, style);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(t.inverted().mapRect(QRectF(x0, y0, x1 - x0, y1 - y0)), image, QRectF(QPointF(0, 0), QSizeF(image.size())));
    painter.restore();
}

}  // namespace hs::ui
