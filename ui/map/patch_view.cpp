// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/patch_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/kit/figure_drawing.h"
#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/map/map_painter.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kLongest = 72, kBarRoom = 66, kTitle = 18, kMostCell = 40;

QFont labelFont(bool token) { return token ? Theme::instance().tokenFont(Type::Caption) : Theme::instance().font(Type::Caption); }

double widthOf(const QStringList& labels, bool token)
{
    const QFontMetricsF metrics(labelFont(token));
    double most = 12;
    for (const QString& s : labels) most = std::max(most, token ? tokenWidth(metrics, s) : metrics.horizontalAdvance(s));
    return std::min(most, kLongest);
}

}  // namespace

double PatchCells::range() const
{
    if (top > 0) return top;
    double most = 0;
    for (const double v : values)
        if (std::isfinite(v)) most = std::max(most, std::abs(v));
    return std::max(most, least);
}

PatchPlace patchPlace(const PatchCells& cells, const QRectF& area)
{
    const double left = widthOf(cells.rows, cells.tokenRows) + 8 + kTitle,
                 bottom = (cells.tokenColumns ? widthOf(cells.columns, true) : 14) + 8 + kTitle;
    const double w = area.width() - left - kBarRoom, h = area.height() - bottom - 8;
    PatchPlace p;
    const double most = cells.rows.size() * cells.columns.size() <= 100 ? 1.5 * kMostCell : kMostCell;  // small maps may be large
    p.width = std::clamp(w / double(std::max<qsizetype>(1, cells.columns.size())), 2.0, most * 1.6);
    p.height = std::clamp(h / double(std::max<qsizetype>(1, cells.rows.size())), 2.0, most);
    if (!cells.tokenColumns || cells.rows.size() == cells.columns.size())
        p.width = p.height = std::min(p.width, p.height);  // grids of heads and pairs are square
    if (p.width >= 4) p.width = std::floor(p.width);
    if (p.height >= 4) p.height = std::floor(p.height);
    p.cells = QRectF(std::round(area.left() + left), std::round(area.top() + 8), p.width * double(cells.columns.size()),
                     p.height * double(cells.rows.size()));
    return p;
}

namespace {

/// One painting: what each of its steps needs. The steps leave pen, brush and font as they come out of the one before.
struct PatchPicture {
    QPainter& painter;
    const QRectF& area;
    const PatchCells& cells;
    std::pair<int, int> selected;
    bool dark;
    PatchPlace place = patchPlace(cells, area);
    const ColourMap& map = ColourMap::get(QStringLiteral("difference"), dark);
    double range = cells.range();
    int rows = int(cells.rows.size()), columns = int(cells.columns.size());
    QFont small = Theme::instance().font(Type::AxisSmall);

    QColor colour(Ink token) const { return Theme::color(token, dark); }
    QRectF rect(int r, int k) const
    {
        return QRectF(place.cells.left() + k * place.width, place.cells.top() + r * place.height, place.width, place.height);
    }
    /// Labels: every one where there is room, else every second, fourth ...
    static int every(double cell, double wanted)
    {
        int n = 1;
        while (cell * n < wanted) n *= 2;
        return n;
    }
    void paintCells() const;
    void paintLines() const;
    void paintRowLabels() const;
    void paintColumnLabels() const;
    void paintTitles() const;
    void paintColourBar() const;
    void paintSelected() const;
};

void PatchPicture::paintCells() const
{
    const bool numbers = place.width >= 38 && place.height >= 16;
    QPainterPath masked;
    for (int r = 0; r < rows; ++r)
        for (int k = 0; k < columns; ++k) {
            const double v = cells.at(r, k);
            if (!std::isfinite(v)) {
                masked.addRect(rect(r, k));  // no such cell, or not measured: told from zero
                continue;
            }
            const QRgb shade = map.at(static_cast<float>(0.5 + 0.5 * std::clamp(v / range, -1.0, 1.0)));
            painter.fillRect(rect(r, k), QColor::fromRgb(shade));
            if (numbers) {
                painter.setFont(small);
                painter.setPen(inkOn(shade));
                painter.drawText(rect(r, k), Qt::AlignCenter, numberText(v, std::min(cells.decimals, 2), false));
            }
        }
    if (!masked.isEmpty()) paintHatch(painter, masked, colour(Ink::Hatch));
}

/// Between the cells; around all of them where they are too small.
void PatchPicture::paintLines() const
{
    painter.setPen(QPen(colour(Ink::Hair), 1));
    if (place.width < 10 || place.height < 10) return painter.drawRect(place.cells);
    for (int r = 0; r <= rows; ++r)
        painter.drawLine(QPointF(place.cells.left(), place.cells.top() + r * place.height),
                         QPointF(place.cells.right(), place.cells.top() + r * place.height));
    for (int k = 0; k <= columns; ++k)
        painter.drawLine(QPointF(place.cells.left() + k * place.width, place.cells.top()),
                         QPointF(place.cells.left() + k * place.width, place.cells.bottom()));
}

void PatchPicture::paintRowLabels() const
{
    painter.setFont(labelFont(cells.tokenRows));
    const QFontMetricsF metrics(painter.font());
    const int step = every(place.height, 13);
    for (int r = 0; r < rows; ++r) {
        if (r % step && r != selected.first) continue;
        const QRectF box(area.left(), rect(r, 0).top(), place.cells.left() - 6 - area.left(), place.height);
        const double y = std::round(box.center().y() + (metrics.ascent() - metrics.descent()) / 2);
        const QColor pen = colour(r == selected.first ? Ink::Select : Ink::Text);
        if (cells.tokenRows)
            paintToken(painter, QPointF(box.right(), y), elideToken(metrics, cells.rows[r], kLongest), pen, colour(Ink::Faint), true);
        else {
            painter.setPen(pen);
            painter.drawText(QPointF(box.right() - metrics.horizontalAdvance(cells.rows[r]), y), cells.rows[r]);
        }
    }
}

void PatchPicture::paintColumnLabels() const
{
    painter.setFont(labelFont(cells.tokenColumns));
    const QFontMetricsF metrics(painter.font());
    const int step = every(place.width, cells.tokenColumns ? 12 : metrics.horizontalAdvance(QStringLiteral("00")) + 10);
    for (int k = 0; k < columns; ++k) {
        if (k % step && k != selected.second) continue;
        const QColor pen = colour(k == selected.second ? Ink::Select : Ink::Text);
        const double x = rect(0, k).center().x();
        if (cells.tokenColumns) {
            const QString text = elideToken(metrics, cells.columns[k], kLongest);
            painter.save();
            painter.translate(x + (metrics.ascent() - metrics.descent()) / 2, place.cells.bottom() + 6 + tokenWidth(metrics, text));
            painter.rotate(-90);
            paintToken(painter, QPointF(0, 0), text, pen, colour(Ink::Faint));
            painter.restore();
        } else {
            painter.setPen(pen);
            painter.drawText(QRectF(x - 40, place.cells.bottom() + 4, 80, 14), Qt::AlignCenter, cells.columns[k]);
        }
    }
}

void PatchPicture::paintTitles() const
{
    painter.setFont(Theme::instance().font(Type::Caption));
    painter.setPen(colour(Ink::Muted));
    const double below = place.cells.bottom() + (cells.tokenColumns ? widthOf(cells.columns, true) : 14) + 10;
    painter.drawText(QRectF(place.cells.left(), below, std::max(place.cells.width(), 120.0), 16), Qt::AlignLeft | Qt::AlignVCenter,
                     cells.columnTitle);
    painter.save();
    painter.translate(area.left() + 12, place.cells.bottom());
    painter.rotate(-90);
    painter.drawText(QRectF(0, -12, std::max(place.cells.height(), 90.0), 16), Qt::AlignLeft | Qt::AlignVCenter, cells.rowTitle);
    painter.restore();
}

/// Symmetric, zero marked.
void PatchPicture::paintColourBar() const
{
    const QRectF bar(place.cells.right() + 14, place.cells.top() + 6, 12, std::max(36.0, std::min(place.cells.height() - 12, 160.0)));
    const int steps = int(bar.height());
    for (int i = 0; i < steps; ++i)
        painter.fillRect(QRectF(bar.left(), bar.top() + i, bar.width(), 1.2),
                         QColor::fromRgb(map.at(1.0f - float(i) / float(std::max(1, steps - 1)))));
    painter.setPen(QPen(colour(Ink::Hair2), 1));
    painter.drawRect(bar);
    painter.setFont(small);
    painter.setPen(colour(Ink::Muted));
    const int decimals = range >= 10 ? 0 : range >= 1 ? 1 : range >= 0.1 ? 2 : 3;
    for (const auto& [share, value] : {std::pair(0.0, range), std::pair(0.5, 0.0), std::pair(1.0, -range)})
        painter.drawText(QRectF(bar.right() + 4, bar.top() + share * bar.height() - 7, 42, 14), Qt::AlignLeft | Qt::AlignVCenter,
                         value == 0 ? QStringLiteral("0") : numberText(value, decimals, true));
}

void PatchPicture::paintSelected() const
{
    if (selected.first < 0 || selected.second < 0 || selected.first >= rows || selected.second >= columns) return;
    const QRectF cell = rect(selected.first, selected.second);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour(Ink::Paper), 1));
    painter.drawRect(cell.adjusted(-2, -2, 2, 2));
    painter.setPen(QPen(colour(Ink::Select), 2));
    painter.drawRect(cell.adjusted(0, 0, 0, 0));
}

}  // namespace

void paintPatchCells(QPainter& painter, const QRectF& area, const PatchCells& cells, std::pair<int, int> selected, bool dark)
{
    if (cells.empty()) return;
    const PatchPicture picture{painter, area, cells, selected, dark};
    painter.setRenderHint(QPainter::Antialiasing, false);
    picture.paintCells();
    picture.paintLines();
    picture.paintRowLabels();
    picture.paintColumnLabels();
    picture.paintTitles();
    picture.paintColourBar();
    picture.paintSelected();
}

std::shared_ptr<FigureDrawing> patchDrawing(const PatchCells& cells, const QString& name, const QString& title, const QStringList& facts)
{
    auto d = std::make_shared<FigureDrawing>();
    d->name = name;
    d->title = title;
    d->caption = title;
    d->facts = facts;
    d->usesPrompt = true;
    // As high as the cells come out at a column's width, their labels and the facts' own lines; grids of heads and pairs are square.
    constexpr double kColumn = 390;
    const PatchPlace wide = patchPlace(cells, QRectF(0, 0, kColumn, 1e4));
    const bool square = !cells.tokenColumns || cells.rows.size() == cells.columns.size();
    const double high =
        square ? wide.cells.height()
               : std::clamp(double(cells.rows.size()) / double(std::max<qsizetype>(1, cells.columns.size())), 0.35, 1.0) * kColumn;
    const double below = (cells.tokenColumns ? widthOf(cells.columns, true) : 14) + 44;
    d->aspect = (std::max(high, 60.0) + below + 16 * std::ceil(double(facts.join(QLatin1Char(' ')).size()) / 66)) / kColumn;
    d->paint = [cells, facts](QPainter& p, const QRectF& area, bool dark) {
        p.setFont(Theme::instance().font(Type::Caption));
        const QString words = facts.join(QLatin1Char(' '));
        const QRectF wanted = QFontMetricsF(p.font()).boundingRect(QRectF(0, 0, area.width(), 1e4), Qt::TextWordWrap, words);
        paintPatchCells(p, area.adjusted(0, 0, 0, -wanted.height() - 6), cells, {-1, -1}, dark);
        p.setFont(Theme::instance().font(Type::Caption));
        p.setPen(Theme::color(Ink::Muted, dark));
        p.drawText(QRectF(area.left(), area.bottom() - wanted.height() - 2, area.width(), wanted.height() + 2), Qt::TextWordWrap, words);
    };
    QStringList head{cells.rowTitle + QStringLiteral(" \\ ") + cells.columnTitle};
    head += cells.columns;
    d->table.push_back(head);
    for (int r = 0; r < int(cells.rows.size()); ++r) {
        QStringList line{cells.rows[r]};
        for (int k = 0; k < int(cells.columns.size()); ++k)
            line << (std::isfinite(cells.at(r, k)) ? QString::number(cells.at(r, k), 'g', 9) : QString());
        d->table.push_back(line);
    }
    return d;
}

PatchView::PatchView(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PatchView::setCells(PatchCells cells)
{
    const bool same = cells.rows == m_cells.rows && cells.columns == m_cells.columns;
    m_cells = std::move(cells);
    if (!same) m_selected = m_hover = {-1, -1};
    setAccessibleDescription(m_cells.quantity);
    update();
    Q_EMIT readoutChanged(readout());
}

void PatchView::setHint(const QString& hint)
{
    m_hint = hint;
    update();
}

void PatchView::select(int row, int column)
{
    m_selected = {row, column};
    update();
    Q_EMIT readoutChanged(readout());
}

QString PatchView::readout() const
{
    const auto [r, k] = m_hover.first >= 0 ? m_hover : m_selected;
    if (r < 0 || k < 0 || r >= m_cells.rows.size() || k >= m_cells.columns.size()) return {};
    const double v = m_cells.at(r, k);
    const QString place = QStringLiteral("%1 %2, %3 %4")
                              .arg(m_cells.rowTitle, visibleToken(m_cells.rows[r]), m_cells.columnTitle, visibleToken(m_cells.columns[k]));
    return place + QStringLiteral("   |   ")
           + (std::isfinite(v) ? QStringLiteral("%1 %2").arg(m_cells.quantity, numberText(v, m_cells.decimals + 1, true))
                               : tr("not measured"));
}

QRectF PatchView::cellRect(int row, int column) const
{
    const PatchPlace p = patchPlace(m_cells, rect());
    return {p.cells.left() + column * p.width, p.cells.top() + row * p.height, p.width, p.height};
}

std::pair<int, int> PatchView::cellAt(const QPointF& point) const
{
    if (m_cells.empty()) return {-1, -1};
    const PatchPlace p = patchPlace(m_cells, rect());
    if (!p.cells.contains(point)) return {-1, -1};
    return {std::min(int((point.y() - p.cells.top()) / p.height), int(m_cells.rows.size()) - 1),
            std::min(int((point.x() - p.cells.left()) / p.width), int(m_cells.columns.size()) - 1)};
}

void PatchView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    paintPatchCells(painter, rect(), m_cells, m_selected, Theme::instance().dark());
    if (m_cells.empty() && !m_hint.isEmpty()) {
        painter.setFont(Theme::instance().font(Type::Base));
        painter.setPen(ink(Ink::Muted));
        const int width = std::min(520, rect().width() - 2 * measure::kViewMargin);
        painter.drawText(QRect((rect().width() - width) / 2, rect().height() / 4, width, rect().height() / 2),
                         Qt::AlignLeft | Qt::TextWordWrap, m_hint);
    }
    if (m_hover.first >= 0 && m_hover != m_selected) {
        painter.setPen(QPen(ink(Ink::Text), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cellRect(m_hover.first, m_hover.second));
    }
    if (showsFocus(*this)) ring(painter, QRectF(rect()).adjusted(1, 1, -1, -1), ink(Ink::Accent), 2, 0);
}

void PatchView::mouseMoveEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    if (cell == m_hover) return;
    m_hover = cell;
    update();
    Q_EMIT readoutChanged(readout());
}

void PatchView::mousePressEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    if (event->button() != Qt::LeftButton || cell.first < 0) return;
    select(cell.first, cell.second);
    Q_EMIT chosen(cell.first, cell.second);
}

void PatchView::leaveEvent(QEvent*)
{
    m_hover = {-1, -1};
    update();
    Q_EMIT readoutChanged(readout());
}

void PatchView::keyPressEvent(QKeyEvent* event)
{
    auto [r, k] = m_selected;
    switch (event->key()) {
    case Qt::Key_Left: --k; break;
    case Qt::Key_Right: ++k; break;
    case Qt::Key_Up: --r; break;
    case Qt::Key_Down: ++r; break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (r >= 0 && k >= 0) Q_EMIT chosen(r, k);
        return;
    default: return QWidget::keyPressEvent(event);
    }
    if (m_cells.empty()) return;
    m_hover = {-1, -1};
    select(std::clamp(r, 0, int(m_cells.rows.size()) - 1), std::clamp(k, 0, int(m_cells.columns.size()) - 1));
}

}  // namespace hs::ui
