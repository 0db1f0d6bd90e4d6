// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/grid_view.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/map/map_painter.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr int kMaxSide = 256;  // pixels of an overview: enough for the largest cell at 100 %
constexpr int kSmallest = 84, kLargest = 320, kGap = 16, kName = 22, kCaption = 18, kEdge = 16;
}  // namespace

GridView::GridView(const ViewContext& context, QWidget* parent)
    : QAbstractScrollArea(parent), m_c(context), m_feed(new OverviewFeed(context.bridge, this))
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QStringLiteral("gridView"));
    setAccessibleName(tr("Grid of heads"));
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalScrollBar()->setSingleStep(24);
    connect(m_c.project, &Project::sourceChanged, this, &GridView::rebuild);
    connect(m_c.project, &Project::interventionsChanged, viewport(), qOverload<>(&QWidget::update));
    connect(m_c.selection, &Selection::pinnedChanged, viewport(), qOverload<>(&QWidget::update));
    connect(m_c.settings, &ViewSettings::changed, this, [this] {
        m_images.clear();
        rebuild();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_images.clear();
        viewport()->update();
    });
    connect(m_c.selection, &Selection::headChanged, this, [this](HeadId head, HeadId) {
        if (m_layer >= 0 && head.layer != m_layer) setLayer(head.layer);
        const int index = currentIndex();
        if (index >= 0) {
            const QRect r = cellRect(index).adjusted(0, -kName - 4, 0, kCaption + 4);
            if (r.top() < 0) verticalScrollBar()->setValue(verticalScrollBar()->value() + r.top());
            else if (r.bottom() > viewport()->height())
                verticalScrollBar()->setValue(verticalScrollBar()->value() + r.bottom() - viewport()->height());
        }
        if (m_hover < 0) setReadout(sentence(head));
        viewport()->update();
    });
    connect(m_feed, &OverviewFeed::arrived, this,
            [this](HeadId head, const std::shared_ptr<const MapOverview>& map, const std::shared_ptr<const AttentionSource>& source) {
                if (source != m_source) return;
                m_overviews[head] = map;
                m_images.erase(head);
                viewport()->update();
            });
    rebuild();
}

GridView::~GridView() = default;

void GridView::setLayer(int layer)
{
    if (layer == m_layer) return;
    m_layer = layer;
    rebuild();
}

void GridView::setScore(ShownScore score)
{
    m_score = score;
    viewport()->update();
}

void GridView::rebuild()
{
    const auto source = m_c.project->source();
    if (source != m_source) {
        // A new stage of the same run shares its finished layers: their pictures stay until the new ones come.
        const bool sameShape = source && m_source && source->queries() == m_source->queries() && source->layers() == m_source->layers();
        if (!sameShape) {
            m_overviews.clear();
            m_images.clear();
        }
        m_source = source;
    }
    m_heads.clear();
    if (m_source) {
        if (m_layer >= m_source->layers()) m_layer = m_source->layers() - 1;
        const int layers = m_source->layers();
        for (int i = 0; i < layers; ++i) {  // in the order of reading: the layer that stands on top first
            const int l = m_c.settings->layersUp() ? layers - 1 - i : i;
            if (m_layer < 0 || l == m_layer)
                for (int h = 0; h < m_source->heads(l); ++h) m_heads.push_back({l, h});
        }
    }
    m_hover = -1;
    relayout();
    ask();
    setReadout(sentence(m_c.selection->head()));
}

void GridView::ask()
{
    m_dirty = !isVisible();
    if (m_dirty || !m_source || !m_source->has(MapKind::Weights)) return;
    m_feed->forget();
    std::vector<HeadId> heads;
    for (const HeadId head : m_heads)
        if (head.layer < m_source->readyLayers()) heads.push_back(head);
    m_feed->ask(m_source, std::move(heads), kMaxSide);  // weights: a power of 0.7 has no meaning for scores
}

void GridView::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    if (m_dirty) ask();
}

void GridView::relayout()
{
    const int count = static_cast<int>(m_heads.size());
    const int room = std::max(kSmallest, viewport()->width() - 2 * kEdge + kGap);
    const int perLayer = m_source && !m_heads.empty() ? std::max(1, m_source->heads(m_heads.front().layer)) : 1;
    if (m_layer < 0 && room / perLayer - kGap >= kSmallest) {
        m_columns = perLayer;  // one layer a row
    } else {
        // The largest cells with which one layer fits the height; else as many columns as the smallest cells allow.
        m_columns = std::max(1, room / (kLargest + kGap));
        while (m_columns < count && room / (m_columns + 1) - kGap >= kSmallest) {
            const int cell = std::min(kLargest, room / m_columns - kGap);
            const int rows = (count + m_columns - 1) / m_columns;
            if (rows * (cell + kName + kCaption + kGap) <= viewport()->height() - kEdge) break;
            ++m_columns;
        }
        if (m_layer >= 0 && count % m_columns != 0 && m_columns < count) {
            // even rows read better than a ragged last one
            for (int c = m_columns; c >= std::max(1, m_columns - 3); --c)
                if (count % c == 0) {
                    m_columns = c;
                    break;
                }
        }
    }
    m_cell = std::clamp(room / std::max(1, m_columns) - kGap, kSmallest / 2, kLargest);
    const int rows = (count + m_columns - 1) / std::max(1, m_columns);
    const int height = kEdge + rows * (m_cell + kName + kCaption + kGap);
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    m_images.clear();
    viewport()->update();
}

QRect GridView::cellRect(int index) const
{
    const int row = index / m_columns, column = index % m_columns;
    return QRect(kEdge + column * (m_cell + kGap),
                 kEdge / 2 + kName + row * (m_cell + kName + kCaption + kGap) - verticalScrollBar()->value(), m_cell, m_cell);
}

std::optional<int> GridView::indexAt(const QPoint& point) const
{
    for (int i = 0; i < static_cast<int>(m_heads.size()); ++i)
        if (cellRect(i).adjusted(0, -kName, 0, kCaption).contains(point)) return i;
    return std::nullopt;
}

int GridView::currentIndex() const
{
    const auto it = std::find(m_heads.begin(), m_heads.end(), m_c.selection->head());
    return it == m_heads.end() ? -1 : static_cast<int>(it - m_heads.begin());
}

QString GridView::sentence(HeadId head) const
{
    if (!m_source || head.layer >= m_source->layers()) return {};
    QString text = tr("L%1 H%2").arg(head.layer).arg(m_source->originalHead(head.layer, head.head));
    ScoreSources sources;
    sources.source = m_source.get();
    if (const auto value = scoreOf(m_score, head, sources))
        text += QStringLiteral(" | %1 %2").arg(scoreInSentence(m_score), scoreTextWithUnit(m_score, *value));
    if (m_c.project->isOff(head)) text += tr(" | switched off");
    if (m_c.selection->pinned() == head) text += tr(" | pinned");
    return text;
}

void GridView::setReadout(const QString& text)
{
    if (text == m_readout) return;
    m_readout = text;
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    Q_EMIT readoutChanged(text);
}

void GridView::paintHead(QPainter& painter, int index)
{
    const HeadId head = m_heads[static_cast<std::size_t>(index)];
    const QRect r = cellRect(index);
    const Theme& theme = Theme::instance();
    const bool selected = head == m_c.selection->head(), pinned = m_c.selection->pinned() == head;
    painter.setFont(theme.font(Type::Base, selected));
    painter.setPen(selected || pinned ? ink(Ink::Select) : ink(Ink::Text));
    painter.drawText(QRect(r.left(), r.top() - kName, r.width(), kName), Qt::AlignLeft | Qt::AlignVCenter,
                     pinned ? tr("L%1 H%2, B").arg(head.layer).arg(m_source->originalHead(head.layer, head.head))
                            : tr("L%1 H%2").arg(head.layer).arg(m_source->originalHead(head.layer, head.head)));
    painter.fillRect(r, ink(Ink::Paper));
    if (m_c.project->isOff(head)) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(ink(Ink::Muted), 1));
        painter.drawLine(QPointF(r.left(), r.bottom() + 1), QPointF(r.right() + 1, r.top()));
        painter.restore();
    } else if (const auto it = m_overviews.find(head); it != m_overviews.end()) {
        QImage& image = m_images[head];
        if (image.isNull()) {
            const double ratio = devicePixelRatioF();
            const QSize pixels(static_cast<int>(std::lround(r.width() * ratio)), static_cast<int>(std::lround(r.height() * ratio)));
            image = renderThumbnail(it->second->maximum, it->second->factor, m_source->visibility(head.layer),
                                    ColourMap::get(m_c.settings->look().colourMap, theme.dark()), pixels);
            image.setDevicePixelRatio(ratio);
        }
        painter.drawImage(QRectF(r), image);
    } else {
        hairline(painter, QPointF(r.left() + 8, r.center().y()), QPointF(r.right() - 7, r.center().y()), ink(Ink::Hair));
    }
    hairBox(painter, r, QColor(), ink(Ink::Hair), 0);
    if (selected) {
        ring(painter, QRectF(r).adjusted(-2, -2, 2, 2), ink(Ink::Select), 2, 0);
        if (hasFocus()) ring(painter, QRectF(r).adjusted(-5, -5, 5, 5), ink(Ink::Accent), 2, 0);
    } else if (pinned) {
        QPen pen(ink(Ink::Select), 2);
        pen.setDashPattern({2.2, 1.4});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(r).adjusted(-1, -1, 1, 1));
    } else if (m_hover == index) {
        ring(painter, QRectF(r).adjusted(-1, -1, 1, 1), ink(Ink::Text), 1, 0);
    }
    ScoreSources sources;
    sources.source = m_source.get();
    if (const auto value = scoreOf(m_score, head, sources)) {
        painter.setFont(theme.font(Type::Caption));
        painter.setPen(ink(Ink::Muted));
        const QRect line(r.left(), r.bottom() + 3, r.width(), kCaption);
        painter.drawText(line, Qt::AlignRight | Qt::AlignTop, scoreTextWithUnit(m_score, *value));
        const QString title = scoreInSentence(m_score);
        const QFontMetrics metrics(painter.font());
        if (metrics.horizontalAdvance(title) + metrics.horizontalAdvance(scoreTextWithUnit(m_score, *value)) + 10 < r.width())
            painter.drawText(line, Qt::AlignLeft | Qt::AlignTop, title);
    }
}

void GridView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), ink(Ink::Paper));
    for (int i = 0; i < static_cast<int>(m_heads.size()); ++i)
        if (cellRect(i).adjusted(-6, -kName, 6, kCaption + 6).intersects(viewport()->rect())) paintHead(painter, i);
}

void GridView::resizeEvent(QResizeEvent*) { relayout(); }
void GridView::scrollContentsBy(int, int) { viewport()->update(); }

void GridView::mouseMoveEvent(QMouseEvent* event)
{
    const auto index = indexAt(event->position().toPoint());
    const int hover = index.value_or(-1);
    if (hover != m_hover) {
        m_hover = hover;
        viewport()->update();
    }
    if (hover < 0) return setReadout(sentence(m_c.selection->head()));
    const HeadId head = m_heads[static_cast<std::size_t>(hover)];
    QString text = sentence(head);
    const QRect r = cellRect(hover);
    const auto it = m_overviews.find(head);
    if (it != m_overviews.end() && r.contains(event->position().toPoint()) && m_source) {
        const MapOverview& map = *it->second;
        const int row = std::clamp(static_cast<int>((event->position().y() - r.top()) * map.rows / r.height()), 0, map.rows - 1);
        const int column = std::clamp(static_cast<int>((event->position().x() - r.left()) * map.cols / r.width()), 0, map.cols - 1);
        const int query = row * map.factor, key = column * map.factor;
        const float value = map.maximum(row, column);
        const auto& queries = m_source->queryTokens();
        const auto& keys = m_source->keyTokens();
        if (std::isfinite(value)
            && !m_source->visibility(head.layer).keysOf(query, map.factor, m_source->keys()).within(key, key + map.factor).empty()
            && query < static_cast<int>(queries.size()) && key < static_cast<int>(keys.size()))
            text += tr(" | query %1 %2 → key %3 %4 | %5 %6")
                        .arg(query)
                        .arg(QString::fromStdString(queries[static_cast<std::size_t>(query)].text).trimmed())
                        .arg(key)
                        .arg(QString::fromStdString(keys[static_cast<std::size_t>(key)].text).trimmed())
                        .arg(map.factor > 1 ? tr("largest of %1 × %1 cells").arg(map.factor) : tr("weight"),
                             numberText(static_cast<double>(value), 4));
    }
    setReadout(text);
}

void GridView::mousePressEvent(QMouseEvent* event)
{
    const auto index = indexAt(event->position().toPoint());
    if (!index || event->button() != Qt::LeftButton) return;
    const HeadId head = m_heads[static_cast<std::size_t>(*index)];
    if (event->modifiers() & Qt::ControlModifier)
        m_c.selection->setPinned(m_c.selection->pinned() == head ? std::nullopt : std::optional(head));
    else m_c.selection->setHead(head);
}

void GridView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto index = indexAt(event->position().toPoint());
    if (index && event->button() == Qt::LeftButton) Q_EMIT opened(m_heads[static_cast<std::size_t>(*index)]);
}

void GridView::moveTo(int index)
{
    if (m_heads.empty()) return;
    m_c.selection->setHead(m_heads[static_cast<std::size_t>(std::clamp(index, 0, static_cast<int>(m_heads.size()) - 1))]);
}

void GridView::keyPressEvent(QKeyEvent* event)
{
    const int at = std::max(0, currentIndex()), last = static_cast<int>(m_heads.size()) - 1;
    const int step = event->modifiers() & Qt::ShiftModifier ? 4 : 1;
    const int row = std::max(1, viewport()->height() / (m_cell + kName + kCaption + kGap)) * m_columns;
    switch (event->key()) {
    case Qt::Key_Left: return moveTo(std::max(0, at - step));
    case Qt::Key_Right: return moveTo(std::min(last, at + step));
    case Qt::Key_Up: return moveTo(at - step * m_columns < 0 ? at % m_columns : at - step * m_columns);
    case Qt::Key_Down: return moveTo(at + step * m_columns > last ? at : at + step * m_columns);
    case Qt::Key_PageUp: return moveTo(std::max(at % m_columns, at - row));
    case Qt::Key_PageDown: return moveTo(std::min(last, at + row));
    case Qt::Key_Home: return moveTo(0);
    case Qt::Key_End: return moveTo(last);
    case Qt::Key_Return:
    case Qt::Key_Enter: Q_EMIT opened(m_c.selection->head()); return;
    case Qt::Key_Space:
        m_c.selection->setPinned(m_c.selection->pinned() == m_c.selection->head() ? std::nullopt : std::optional(m_c.selection->head()));
        return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void GridView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void GridView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool GridView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && m_hover >= 0) {
        m_hover = -1;
        viewport()->update();
        setReadout(sentence(m_c.selection->head()));
    }
    return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace hs::ui
