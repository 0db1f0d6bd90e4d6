// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/head/heatmap_view.h"

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/map/cell_readout.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kTitle = 24, kGap = 8, kSideGap = 25, kSideWidth = 132, kBottom = 104;
constexpr double kLabelRoom = 6;
constexpr int kCrosshairOnHover = 256;  // tokens

QString quantityName(MapKind kind)
{
    switch (kind) {
    case MapKind::Scores: return HeatmapView::tr("Score");
    case MapKind::ValueWeighted: return HeatmapView::tr("Value-weighted");
    case MapKind::Weights: break;
    }
    return HeatmapView::tr("Weight");
}

QString spaced(int n)
{
    QString text = QString::number(n);
    if (text.size() > 3) text.insert(text.size() - 3, QChar(0x2009));
    return text;
}

}  // namespace

HeatmapView::HeatmapView(MapModel* model, Selection* selection, ViewSettings* settings, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_settings(settings), m_bar(new ColourBar(this)), m_mini(new MiniMap(this))
{
    installHeatmapAccessibility();
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Attention map"));
    setMinimumSize(420, 300);

    connect(m_model, &MapModel::reset, this, [this] {
        m_viewport.setGeometry(m_model->rows(), m_model->columns());
        layoutParts();
        afterZoom();
    });
    connect(m_model, &MapModel::changed, this, [this] {
        m_sideDirty = m_miniDirty = true;
        refreshCells();
        refreshPair();
    });
    connect(m_selection, &Selection::pairChanged, this, &HeatmapView::refreshPair);
    connect(m_settings, &ViewSettings::changed, this, [this] {
        m_sideDirty = true;
        refreshCells();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_sideDirty = true;
        refreshCells();
    });
    connect(m_bar, &ColourBar::rangeChosen, this, [this](double low, double high) {
        MapLook look = m_settings->look();
        look.autoRange = false;
        look.low = low;
        look.high = high;
        m_settings->setLook(look);
    });
    connect(m_bar, &ColourBar::automaticChosen, this, [this] {
        MapLook look = m_settings->look();
        look.autoRange = true;
        m_settings->setLook(look);
    });
    connect(m_mini, &MiniMap::centreChosen, this, [this](const QPointF& share) {
        m_viewport.centreOn(share.y() * m_viewport.rows(), share.x() * m_viewport.columns());
        afterZoom();
    });
    m_viewport.setGeometry(m_model->rows(), m_model->columns());
}

HeatmapView::~HeatmapView()
{
    m_bar->disconnect(this);  // a number being edited ends when the widgets go, later than this object's own part
}

// ---- geometry -------------------------------------------------------------------------------------------------------

void HeatmapView::layoutParts()
{
    const double left = measure::kViewMargin + measure::kQueryLabels, top = kTitle + measure::kRowProfile + kGap;
    const double right = kGap + measure::kColumnProfile + kSideGap + kSideWidth;
    m_viewport.setAvailable(QRectF(left, top, std::max(64.0, width() - left - right), std::max(64.0, height() - top - kBottom)));
    const QRectF area = m_viewport.area();
    const int side = static_cast<int>(std::ceil(area.right())) + kGap + measure::kColumnProfile + kSideGap;
    const int y = static_cast<int>(top);
    m_mini->setGeometry(side, y, kSideWidth, m_mini->sizeHint().height());
    // Without room for both, the mini-map shows when it is needed: on a zoomed map.
    const int barHeight = m_bar->sizeHint().height(), barTop = y + measure::kMiniMap + 32;
    const bool roomForBoth = barTop + barHeight <= height();
    m_mini->setVisible(roomForBoth || !m_viewport.fitted());
    m_bar->setGeometry(side, roomForBoth ? barTop : std::clamp(height() - barHeight, 0, y), kSideWidth, barHeight);
    m_bar->setVisible(roomForBoth || m_viewport.fitted());
}

QRectF HeatmapView::queryLabelArea() const
{
    const QRectF area = m_viewport.area();
    return QRectF(area.left() - measure::kQueryLabels - kLabelRoom, area.top(), measure::kQueryLabels + kLabelRoom, area.height());
}

QRectF HeatmapView::keyLabelArea() const
{
    const QRectF area = m_viewport.area();
    return QRectF(area.left(), area.bottom(), area.width(), measure::kQueryLabels + kLabelRoom);
}

void HeatmapView::resizeEvent(QResizeEvent*)
{
    layoutParts();
    afterZoom();
}

void HeatmapView::afterZoom()
{
    layoutParts();
    refreshCells();
    showShares();
}

void HeatmapView::fit()
{
    m_viewport.fit();
    afterZoom();
}

void HeatmapView::zoomBy(double factor)
{
    const QRectF area = m_viewport.area();
    QPointF anchor = area.center();
    if (row() >= 0 && column() >= 0) {
        const QPointF cell = m_viewport.cellRect(row(), column()).center();
        if (area.contains(cell)) anchor = cell;
    }
    m_viewport.zoom(anchor, factor, factor);
    afterZoom();
}

// ---- state ----------------------------------------------------------------------------------------------------------

int HeatmapView::row() const { return m_model->rowOfToken(m_selection->query()); }
int HeatmapView::column() const { return m_model->columnOfToken(m_selection->key()); }
bool HeatmapView::locked() const { return m_selection->locked(); }
QString HeatmapView::readout() const { return m_readout; }

void HeatmapView::refreshCells()
{
    const MapLook& look = m_settings->look();
    m_scale = scaleFor(look, m_model->dataRange());
    m_scale.diverging = ColourMap::get(look.colourMap, Theme::instance().dark()).diverging();
    const double cell = std::min(m_viewport.cellWidth(), m_viewport.cellHeight()) * devicePixelRatioF();
    const QRect seen = m_viewport.visible();
    m_pictureDirty = true;
    if (!seen.isEmpty()) m_model->request(seen, cell);
    update();
}

void HeatmapView::refreshPair()
{
    m_model->requestProfiles(row(), column());
    const QString text = statusLine(readCell(*m_model, row(), column()));
    if (text != m_readout) {
        m_readout = text;
        Q_EMIT readoutChanged(text);
        if (locked()) announce();
    }
    update();
}

const QImage& HeatmapView::picture()
{
    if (m_pictureDirty) renderPicture();
    return m_picture;
}

void HeatmapView::renderPicture()
{
    m_pictureDirty = false;
    const QRectF area = m_viewport.area();
    const double ratio = devicePixelRatioF();
    const QSize pixels(static_cast<int>(std::lround(area.width() * ratio)), static_cast<int>(std::lround(area.height() * ratio)));
    if (m_picture.size() != pixels || m_picture.devicePixelRatio() != ratio) {
        m_picture = QImage(pixels, QImage::Format_RGB32);
        m_picture.setDevicePixelRatio(ratio);
    }
    MapPaintStyle style = MapPaintStyle::screen();
    style.cell = m_viewport.cellWidth();
    style.cellHeight = m_viewport.cellHeight();
    m_picture.fill(style.paper);
    if (m_picture.isNull() || m_viewport.rows() <= 0) return;
    QPainter painter(&m_picture);
    paintMapCells(painter, QRectF(QPointF(0, 0), QSizeF(pixels) / ratio), m_viewport.firstRow(), m_viewport.firstColumn(), *m_model,
                  m_scale, ColourMap::get(m_settings->look().colourMap, Theme::instance().dark()), style);
}

// The whole map at about twice the mini-map's pixels; made again only when cells arrive.
void HeatmapView::reduceForMini()
{
    m_miniDirty = false;
    const QRect all(0, 0, m_model->columns(), m_model->rows());
    const int side = m_mini->pictureSize().width();
    const MapCells cells =
        all.isEmpty() ? MapCells{} : m_model->cells(all, static_cast<double>(side) / std::max(all.width(), all.height()));
    if (cells.cells && cells.cells == m_miniSource) return;  // only the look changed
    m_miniSource = cells.cells;
    m_miniCells = MatrixF();
    if (!cells.cells) return;
    const MatrixF& from = *cells.cells;
    const std::ptrdiff_t step = std::max<std::ptrdiff_t>(1, std::max(from.rows(), from.cols()) / (2 * side));
    m_miniFactor = cells.factor * static_cast<int>(step);
    m_miniCells = MatrixF((from.rows() + step - 1) / step, (from.cols() + step - 1) / step);
    for (std::ptrdiff_t r = 0; r < m_miniCells.rows(); ++r) {
        float* out = m_miniCells.row(r);
        std::fill_n(out, m_miniCells.cols(), std::numeric_limits<float>::quiet_NaN());
        for (std::ptrdiff_t y = r * step; y < std::min((r + 1) * step, from.rows()); ++y) {
            const float* in = from.row(y);
            for (std::ptrdiff_t c = 0; c < m_miniCells.cols(); ++c) {
                float most = out[c];
                for (std::ptrdiff_t x = c * step; x < std::min((c + 1) * step, from.cols()); ++x)
                    most = in[x] > most || !(most == most) ? in[x] : most;
                out[c] = most;
            }
        }
    }
}

QImage HeatmapView::miniPicture()
{
    if (m_miniDirty) reduceForMini();
    if (m_miniCells.empty()) return {};
    ValueScale scale = m_scale;
    if (scale.stretch == Stretch::PerRow) scale.stretch = Stretch::Linear;
    MatrixF shown = m_miniCells;  // positions on the colour map: renderThumbnail raises those to 0.7
    for (std::ptrdiff_t i = 0; i < shown.rows() * shown.cols(); ++i)
        shown.data()[i] = std::isinf(shown.data()[i]) ? std::numeric_limits<float>::quiet_NaN() : scale.map(shown.data()[i]);
    return renderThumbnail(shown, m_miniFactor, m_model->mask(), ColourMap::get(m_settings->look().colourMap, Theme::instance().dark()),
                           m_mini->pictureSize());
}

void HeatmapView::refreshSide()
{
    m_sideDirty = false;
    const MapLook& look = m_settings->look();
    MapLook automatic = look;
    automatic.autoRange = true;
    const ValueScale whole = scaleFor(automatic, m_model->dataRange());
    ColourBar::Content content;
    content.quantity = quantityName(look.kind);
    content.scale = m_scale;
    content.low = whole.low;
    content.high = whole.high;
    if (m_scale.diverging) {
        content.high = std::max(std::abs(whole.low), std::abs(whole.high));
        content.low = -content.high;
    }
    content.automatic = look.autoRange;
    content.colourMap = look.colourMap;
    const bool log = m_scale.logarithmic();
    content.counts = m_model->histogram(log && !(content.low > 0) ? content.high * 1e-4 : content.low, content.high, ColourBar::kBins, log);
    content.clipped = m_model->clipped(m_scale.diverging ? content.low : m_scale.low, m_scale.diverging ? content.high : m_scale.high);
    content.masked = m_model->maskedCells();
    content.surveyed = m_model->surveyed();
    content.notes = m_model->legendNotes();
    const int before = m_bar->sizeHint().height();
    m_bar->setContent(content);
    if (m_bar->sizeHint().height() != before) layoutParts();

    m_mini->setPicture(miniPicture());
    showShares();
}

void HeatmapView::showShares()
{
    const QRectF area = m_viewport.area();
    const int rows = std::max(1, m_viewport.rows()), columns = std::max(1, m_viewport.columns());
    const QRectF shares(m_viewport.firstColumn() / columns, m_viewport.firstRow() / rows,
                        std::min(1.0, area.width() / m_viewport.cellWidth() / columns),
                        std::min(1.0, area.height() / m_viewport.cellHeight() / rows));
    const QString size = tr("%1 × %2").arg(spaced(m_viewport.rows()), spaced(m_viewport.columns()));
    m_mini->setView(shares,
                    m_viewport.fitted()
                        ? tr("%1, fits").arg(size)
                        : tr("%1, %2 %").arg(size).arg(std::max(1, static_cast<int>(std::lround(100 * shares.width() * shares.height())))));
}

// ---- painting -------------------------------------------------------------------------------------------------------

Profile HeatmapView::rowProfile() const
{
    Profile p;
    p.low = std::min(0.0, m_scale.low);  // bars begin at a visible zero line
    p.high = m_scale.high;
    p.index = row();
    if (p.index < 0) return p;
    p.token = m_model->rowLabels()[static_cast<std::size_t>(p.index)].text;
    p.values = m_model->rowValues(p.index);
    for (int c = 0; c < static_cast<int>(p.values.size()); ++c)
        if (m_model->masked(p.index, c)) p.values[static_cast<std::size_t>(c)] = std::numeric_limits<float>::quiet_NaN();
    return p;
}

Profile HeatmapView::columnProfile() const
{
    Profile p;
    p.low = std::min(0.0, m_scale.low);  // bars begin at a visible zero line
    p.high = m_scale.high;
    p.index = column();
    if (p.index < 0) return p;
    p.token = m_model->columnLabels()[static_cast<std::size_t>(p.index)].text;
    p.values = m_model->columnValues(p.index);
    for (int r = 0; r < static_cast<int>(p.values.size()); ++r)
        if (m_model->masked(r, p.index)) p.values[static_cast<std::size_t>(r)] = std::numeric_limits<float>::quiet_NaN();
    return p;
}

void HeatmapView::paintEvent(QPaintEvent* event)
{
    if (m_pictureDirty) renderPicture();
    if (m_sideDirty) refreshSide();
    QPainter painter(this);
    const MapPaintStyle style = MapPaintStyle::screen();
    painter.fillRect(event->rect(), style.paper);
    const int rows = m_viewport.rows();
    if (rows <= 0) return;
    const QRectF area = m_viewport.area();
    painter.drawImage(area.topLeft(), m_picture);
    // Axis lines just outside the cells: left and bottom.
    const double px = 1 / devicePixelRatioF();
    painter.fillRect(QRectF(area.left() - px, area.top(), px, area.height() + px), style.hair2);
    painter.fillRect(QRectF(area.left() - px, area.bottom(), area.width() + px, px), style.hair2);

    const int row = this->row(), column = this->column();
    paintQueryLabels(painter, m_viewport, m_model->rowLabels(), row, measure::kQueryLabels - kLabelRoom, style);
    paintKeyLabels(painter, m_viewport, m_model->columnLabels(), column, measure::kQueryLabels, style);
    painter.setFont(style.axisFont);
    painter.setPen(style.muted);
    const QFontMetricsF metrics(style.axisFont);
    const QStringList captions{tr("query ↑"), tr("key →")};
    for (int i = 0; i < 2; ++i)
        painter.drawText(QPointF(area.left() - kLabelRoom - metrics.horizontalAdvance(captions[i]), area.bottom() + 40 + 16 * i),
                         captions[i]);

    paintRowProfile(painter, QRectF(area.left(), area.top() - kGap - measure::kRowProfile, area.width(), measure::kRowProfile), m_viewport,
                    rowProfile(), style);
    paintColumnProfile(painter, QRectF(area.right() + kGap, area.top(), measure::kColumnProfile, area.height()), m_viewport,
                       columnProfile(), style);

    // Rows that are final so far, while a large map without an overview of its own is being surveyed.
    const int final = m_model->finalRows();
    if (final > 0 && final < rows && area.contains(m_viewport.cellRect(final, 0).topLeft() + QPointF(0, 0.5))) {
        QPen pen(style.muted, 1);
        pen.setDashPattern({3, 3});
        painter.setPen(pen);
        const double y = std::floor(m_viewport.cellRect(final, 0).top()) + 0.5;
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    // On long maps the lines would only flicker under the mouse: there they come with the lock.
    const bool crosshair = m_settings->look().crosshair && (locked() || std::max(rows, m_viewport.columns()) <= kCrosshairOnHover);
    if (row >= 0 || column >= 0) paintCrosshair(painter, m_viewport, m_model->mask(), row, column, crosshair, locked(), style);
    if (m_drag == Drag::Box) {
        painter.setPen(QPen(ink(Ink::Accent), 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(m_dragFrom, m_dragLast).normalized().intersected(area));
    }
    if (hasFocus()) {  // inside, as for rows and cells
        painter.setPen(QPen(ink(Ink::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area.adjusted(-3, -3, 3, 3));
    }
}

void HeatmapView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) refreshCells();
    QWidget::changeEvent(event);
}

}  // namespace hs::ui
