// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/atlas/atlas.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/atlas/repeat_scores.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_words.h"
#include "ui/state/head_losses.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kThumbnailSide = 64;  // enough for 28 px at 200 %
constexpr int kLeft = 32, kTop = 24;
constexpr int kPitchWithout = 33, kSmallPitch = 23, kLeastPitch = 13,
              kManyLayers = 16;  // pitch of rows without letters, and of small cells

}  // namespace

AtlasView::AtlasView(const ViewContext& context, QWidget* parent)
    : QAbstractScrollArea(parent), m_c(context), m_feed(new OverviewFeed(context.bridge, this))
{
    installAtlasAccessibility();  // before anybody asks for this view's interface: the first answer is kept
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QStringLiteral("atlas"));
    setAccessibleName(tr("Atlas of heads"));
    setAccessibleDescription(tr("Arrow keys move through heads and layers, Space pins, X switches off."));
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(16);
    horizontalScrollBar()->setSingleStep(16);
    connect(m_c.project, &Project::sourceChanged, this, &AtlasView::sourceChanged);
    connect(m_c.project, &Project::interventionsChanged, viewport(), qOverload<>(&QWidget::update));
    connect(m_c.selection, &Selection::headChanged, this, [this](HeadId head, HeadId) {
        const QRect r = cellRect(head);
        const QRect visible = viewport()->rect();
        if (r.isValid() && !visible.contains(r)) {
            verticalScrollBar()->setValue(
                verticalScrollBar()->value()
                + (r.bottom() > visible.bottom() ? r.bottom() - visible.bottom() + 4 : std::min(0, r.top() - kTop)));
            horizontalScrollBar()->setValue(
                horizontalScrollBar()->value()
                + (r.right() > visible.right() ? r.right() - visible.right() + 4 : std::min(0, r.left() - kLeft)));
        }
        viewport()->update();
        const int index = indexOf(head);
        if (index >= 0 && hasFocus()) {
            QAccessibleEvent event(this, QAccessible::Focus);
            event.setChild(index);
            QAccessible::updateAccessibility(&event);
        }
    });
    connect(m_c.selection, &Selection::pinnedChanged, viewport(), qOverload<>(&QWidget::update));
    connect(m_c.settings, &ViewSettings::changed, viewport(), qOverload<>(&QWidget::update));  // the order of layers
    connect(m_feed, &OverviewFeed::arrived, this,
            [this](HeadId head, const std::shared_ptr<const MapOverview>& map, const std::shared_ptr<const AttentionSource>& source) {
                if (!sameCells(source.get(), m_source.get(), head.layer)) return;  // of another run
                m_overviews[head] = map;
                m_images.erase(head);
                viewport()->update();
            });
    if (m_c.labels) {
        connect(m_c.labels, &LabelStore::changed, this, &AtlasView::rebuild);
        connect(m_c.labels, &LabelStore::filterChanged, viewport(), qOverload<>(&QWidget::update));
        connect(m_c.labels, &LabelStore::notesChanged, viewport(), qOverload<>(&QWidget::update));
    }
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_images.clear();
        viewport()->update();
    });
    sourceChanged();
}

AtlasView::~AtlasView() = default;

void AtlasView::setScore(ShownScore score)
{
    m_score = score;
    rebuild();
}

void AtlasView::setSorted(bool sorted)
{
    m_sorted = sorted;
    rebuild();
}

void AtlasView::setScoreSources(const HeadLosses* losses, const RepeatScores* repeats)
{
    m_losses = losses;
    m_repeats = repeats;
    if (losses) connect(losses, &HeadLosses::changed, this, &AtlasView::rebuild);
    if (repeats) connect(repeats, &RepeatScores::changed, this, &AtlasView::rebuild);
}

ScoreSources AtlasView::sources() const { return {m_source.get(), m_losses, m_repeats, m_c.labels, m_c.graph}; }

LabelMark AtlasView::mark(HeadId head) const { return m_c.labels ? m_c.labels->mark(head) : LabelMark{}; }
bool AtlasView::smallCells() const { return m_columns > 8 || m_layers > kManyLayers; }
bool AtlasView::hasStrip() const { return !smallCells() && m_c.labels && m_c.labels->report(); }

void AtlasView::sourceChanged()
{
    auto source = m_c.project->source();
    if (source != m_source) {
        // What another run changed is asked anew, but the old pictures of the same model stand until the new ones come: nothing blinks.
        const std::shared_ptr<const Model> model = m_c.project->model();
        if (!m_source || !source || !model || m_model.lock() != model) {
            m_overviews.clear();
            m_images.clear();
        }
        int shared = 0;
        while (shared < m_askedLayers && sameCells(m_source.get(), source.get(), shared)) ++shared;
        m_askedLayers = shared;
        m_source = std::move(source);
        m_model = model;
    }
    rebuild();
    askThumbnails();
}

void AtlasView::askThumbnails()
{
    if (!m_source) return;
    std::vector<HeadId> heads;
    for (int l = m_askedLayers; l < std::min(m_source->readyLayers(), m_source->layers()); ++l)
        for (int h = 0; h < m_source->heads(l); ++h) heads.push_back({l, h});
    if (heads.empty()) return;
    m_askedLayers = m_source->readyLayers();
    m_feed->ask(m_source, std::move(heads), kThumbnailSide);
}

void AtlasView::rebuild()
{
    m_heads.clear();
    m_layers = m_columns = 0;
    const auto add = [this](int layers, auto&& headsOf) {
        m_layers = layers;
        for (int l = 0; l < layers; ++l) {
            m_columns = std::max(m_columns, headsOf(l));
            for (int h = 0; h < headsOf(l); ++h) m_heads.push_back({l, h});
        }
    };
    if (m_source) add(m_source->layers(), [this](int l) { return m_source->heads(l); });
    else if (const auto& model = m_c.project->model()) add(model->config().nLayers, [&](int l) { return model->config().heads(l); });

    m_low = 0;
    m_high = 0;
    std::map<HeadId, double> values;
    for (const HeadId head : m_heads)
        if (const auto value = scoreOf(m_score, head, sources())) {
            values[head] = *value;
            if (m_score == ShownScore::Measure) m_low = std::min(m_low, *value);
            m_high = std::max(m_high, headScoreInfo(m_score).signedValue ? std::abs(*value) : *value);
        }
    // Shares keep their full scale so that colours compare across prompts; open-ended scores end at the largest head.
    const bool share = m_score == ShownScore::Previous || m_score == ShownScore::Self || m_score == ShownScore::First
                       || m_score == ShownScore::Maximum || m_score == ShownScore::AfterRepeat || m_score == ShownScore::Label
                       || (m_score == ShownScore::Measure && m_c.labels->measure().share);
    if (share) m_high = 1;
    m_order.clear();
    if (m_sorted && m_score != ShownScore::Thumbnail) {
        m_order = m_heads;
        std::stable_sort(m_order.begin(), m_order.end(), [&](HeadId a, HeadId b) {
            const auto va = values.find(a), vb = values.find(b);
            if (va == values.end() || vb == values.end()) return va != values.end() && vb == values.end();
            return va->second > vb->second;
        });
    }
    updateScrollBars();
    updateGeometry();
    viewport()->update();
}

int AtlasView::rowOfLayer(int layer) const { return m_c.settings->layersUp() ? m_layers - 1 - layer : layer; }

AtlasView::Geometry AtlasView::geometry() const
{
    // ui/look.md section 3: 28 px cells up to 8 heads a row, smaller ones beyond: 12 fit the dock even beside a scroll bar; more scroll sideways.
    if (!smallCells()) return {measure::kAtlasCell, measure::kAtlasPitchX, hasStrip() ? measure::kAtlasPitchY : kPitchWithout, kLeft, kTop};
    // Many layers: cells give way until all rows are in sight at once, down to what still tells one pattern from another.
    const int fits = m_room > 0 ? (m_room - kTop - 4) / std::max(1, m_layers) : kSmallPitch;
    const int pitch = std::clamp(fits, kLeastPitch, kSmallPitch);
    const int cell = std::min(18, pitch - 3);
    return {cell, cell + 2, pitch, 28, kTop};
}

void AtlasView::setRoom(int height)
{
    if (height == m_room) return;
    m_room = height;
    updateScrollBars();
    updateGeometry();
    viewport()->update();
}

int AtlasView::preferredHeight() const { return kTop + std::max(1, m_layers) * geometry().pitchY + 4; }
QSize AtlasView::sizeHint() const { return {measure::kLeftDock, std::min(preferredHeight(), 420)}; }
QSize AtlasView::minimumSizeHint() const { return {120, std::min(preferredHeight(), 120)}; }

void AtlasView::updateScrollBars()
{
    const Geometry g = geometry();
    const int height = preferredHeight(), width = g.left + m_columns * g.pitchX + 2;
    // Decided on the whole area: one bar must not be the reason for the other.
    QSize view = maximumViewportSize();
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const bool tall = height > view.height(), wide = width > view.width() - (tall ? bar : 0);
    if (wide) view.rheight() -= bar;
    if (height > view.height()) view.rwidth() -= bar;
    verticalScrollBar()->setPageStep(view.height());
    verticalScrollBar()->setRange(0, std::max(0, height - view.height()));
    horizontalScrollBar()->setPageStep(view.width());
    horizontalScrollBar()->setRange(0, std::max(0, width - view.width()));
}

void AtlasView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

int AtlasView::indexOf(HeadId head) const
{
    const auto it = std::find(m_heads.begin(), m_heads.end(), head);
    return it == m_heads.end() ? -1 : int(it - m_heads.begin());
}

QRect AtlasView::cellRect(HeadId head) const
{
    const Geometry g = geometry();
    int row = rowOfLayer(head.layer), column = head.head;
    if (!m_order.empty()) {
        const auto it = std::find(m_order.begin(), m_order.end(), head);
        if (it == m_order.end()) return {};
        const int place = int(it - m_order.begin());
        row = place / std::max(1, m_columns);
        column = place % std::max(1, m_columns);
    } else if (indexOf(head) < 0) return {};
    return QRect(g.left + column * g.pitchX - horizontalScrollBar()->value(), g.top + row * g.pitchY - verticalScrollBar()->value(), g.cell,
                 g.cell);
}

std::optional<HeadId> AtlasView::headAtPoint(const QPoint& point) const
{
    const Geometry g = geometry();
    if (point.x() < g.left - 2 || point.y() < g.top - 2) return std::nullopt;
    const auto& list = m_order.empty() ? m_heads : m_order;
    for (const HeadId head : list)
        if (cellRect(head).adjusted(-1, -1, 1, hasStrip() ? measure::kAtlasCodeStrip + 1 : 2).contains(point)) return head;
    return std::nullopt;
}

HeadId AtlasView::current() const { return m_c.selection->head(); }
bool AtlasView::isPinned(HeadId head) const { return m_c.selection->pinned() == head; }
void AtlasView::choose(HeadId head) { m_c.selection->setHead(head); }

QString AtlasView::sentence(HeadId head) const
{
    QStringList parts{tr("Layer %1, head %2").arg(head.layer).arg(head.head)};
    const ScoreSources from = sources();
    const ShownScore shown = m_score == ShownScore::Thumbnail ? ShownScore::Previous : m_score;
    if (const auto value = scoreOf(shown, head, from))
        parts << QStringLiteral("%1 %2").arg(scoreInSentence(shown, m_c.labels), scoreTextWithUnit(shown, *value));
    else parts << tr("%1 not computed yet").arg(scoreInSentence(shown, m_c.labels));
    if (shown != ShownScore::Entropy)
        if (const auto value = scoreOf(ShownScore::Entropy, head, from))
            parts << tr("mean entropy %1").arg(scoreTextWithUnit(ShownScore::Entropy, *value));
    if (const auto it = m_importance.find(head); it != m_importance.end())
        parts << QStringLiteral("%1 %2").arg(m_importanceTitle, numberText(it->second, 4, true));
    const LabelMark label = mark(head);
    if (label.state == LabelMark::State::Candidate)
        parts << tr("candidate for %1, score %2").arg(kindTitle(label.kind), labelNumber(label.score));
    else if (label.hasLabel()) parts << tr("label %1, score %2").arg(kindTitle(label.kind), labelNumber(label.score));
    else if (!label.code.isEmpty()) parts << inSentence(codeTitle(label.code));
    if (m_c.labels && !m_c.labels->note(head).label.isEmpty()) parts << tr("your label: %1").arg(m_c.labels->note(head).label);
    if (m_c.project->isOff(head)) parts << tr("switched off");
    if (isPinned(head)) parts << tr("pinned for comparison");
    return parts.join(QStringLiteral(", ")) + QLatin1Char('.');
}

bool AtlasView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto head = headAtPoint(help->pos())) {
            QString text = sentence(*head);
            if (m_score == ShownScore::Thumbnail)
                text += QLatin1Char('\n')
                        + tr(
                            "Each pixel is the largest weight under it; its colour follows the power 0.7 of the weight, so that small ones "
                            "show.");
            QToolTip::showText(help->globalPos(), text, viewport(), cellRect(*head));
        } else QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave && m_hover) {
        m_hover.reset();
        Q_EMIT hoveredText({});
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void AtlasView::mouseMoveEvent(QMouseEvent* event)
{
    const auto head = headAtPoint(event->position().toPoint());
    if (m_gesture >= 0 && head) switchAt(*head);
    if (head == m_hover) return;
    m_hover = head;
    Q_EMIT hoveredText(head ? sentence(*head) : QString());
    viewport()->update();
}

void AtlasView::mousePressEvent(QMouseEvent* event)
{
    const auto head = headAtPoint(event->position().toPoint());
    if (!head) return;
    if (m_switching && event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier) {
        m_gesture = m_c.project->newGesture();
        m_dragOff = !m_c.project->isOff(*head);
        switchAt(*head);
        return;
    }
    if (event->button() == Qt::LeftButton && event->modifiers() & Qt::ControlModifier)
        m_c.selection->setPinned(isPinned(*head) ? std::nullopt : head);
    else if (event->button() == Qt::LeftButton) m_c.selection->setHead(*head);
}

void AtlasView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool key = event->reason() == QContextMenuEvent::Keyboard;
    const auto head = key ? std::optional(current()) : headAtPoint(event->pos());
    if (head && indexOf(*head) >= 0) showMenu(*head, key ? viewport()->mapToGlobal(cellRect(*head).bottomLeft()) : event->globalPos());
}

void AtlasView::showMenu(HeadId head, const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString name = tr("L%1 H%2").arg(head.layer).arg(head.head);
    menu->addAction(tr("Show %1").arg(name), this, [this, head] { choose(head); });
    menu->addAction(isPinned(head) ? tr("Unpin %1").arg(name) : tr("Pin %1 for comparison").arg(name), this,
                    [this, head] { m_c.selection->setPinned(isPinned(head) ? std::nullopt : std::optional(head)); });
    const bool off = m_c.project->isOff(head);
    QAction* act = menu->addAction(off ? tr("Switch %1 on").arg(name) : tr("Switch %1 off").arg(name), this,
                                   [this, head, off] { Q_EMIT switchRequested(head, !off); });
    act->setEnabled(m_c.project->model() && m_c.project->model()->canRun());
    menu->popup(at);
}

void AtlasView::moveBy(int up, int heads)
{
    if (m_heads.empty()) return;
    HeadId head = current();
    if (!m_order.empty()) {  // sorted: along the order on screen
        const auto it = std::find(m_order.begin(), m_order.end(), head);
        const int place = it == m_order.end() ? 0 : int(it - m_order.begin()) + heads - up * m_columns;
        choose(m_order[std::size_t(std::clamp(place, 0, int(m_order.size()) - 1))]);
        return;
    }
    head.layer = std::clamp(head.layer + (m_c.settings->layersUp() ? up : -up), 0, m_layers - 1);
    const int count = m_source ? m_source->heads(head.layer) : m_columns;
    head.head = std::clamp(head.head + heads, 0, std::max(0, count - 1));
    choose(head);
}

void AtlasView::keyPressEvent(QKeyEvent* event)
{
    const int step = event->modifiers() & Qt::ShiftModifier ? 4 : 1;
    if (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) return QAbstractScrollArea::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left: moveBy(0, -step); return;
    case Qt::Key_Right: moveBy(0, step); return;
    case Qt::Key_Up: moveBy(step, 0); return;
    case Qt::Key_Down: moveBy(-step, 0); return;
    case Qt::Key_Home: moveBy(0, -100000); return;
    case Qt::Key_End: moveBy(0, 100000); return;
    case Qt::Key_PageUp: moveBy(100000, 0); return;
    case Qt::Key_PageDown: moveBy(-100000, 0); return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void AtlasView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void AtlasView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace hs::ui
