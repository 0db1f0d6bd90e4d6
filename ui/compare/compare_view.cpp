// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/map/map_axes.h"
#include "ui/state/selection.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kLabels = measure::kQueryLabels, kGap = 24, kHeading = 26, kKeys = 58, kBarHeight = 12, kBarWords = 20;

}  // namespace

CompareView::CompareView(MapModel* a, MapModel* b, Selection* selection, QWidget* parent)
    : QWidget(parent), m_models{a, b}, m_selection(selection)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(560, 260);
    setObjectName(QStringLiteral("compareView"));
    setAccessibleName(tr("Comparison of two maps"));
    for (MapModel* model : m_models) {
        connect(model, &MapModel::changed, this, [this] {
            update();
            announce();
        });
        connect(model, &MapModel::reset, this, &CompareView::geometryChanged);
    }
    connect(selection, &Selection::pairChanged, this, [this] {
        m_models[0]->requestProfiles(row(), column());
        m_models[1]->requestProfiles(row(), column());
        update();
        announce();
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    geometryChanged();
}

void CompareView::setSetup(const CompareSetup& setup)
{
    m_setup = setup;
    geometryChanged();
}

void CompareView::setColourMap(const QString& name)
{
    m_colourMap = name;
    update();
}

void CompareView::setSameView(bool same)
{
    m_sameView = same;
    m_views[1] = m_views[0];
    layoutParts();
    update();
}

void CompareView::setSameScale(bool same)
{
    m_sameScale = same;
    update();
}

void CompareView::setCrosshair(bool on)
{
    m_crosshair = on;
    update();
}

void CompareView::geometryChanged()
{
    const auto count = [this](int map, bool rows) {
        const int own = rows ? m_models[map]->rows() : m_models[map]->columns();
        const int shared = rows ? m_setup.rows : m_setup.columns;
        return m_setup.comparable && shared > 0 ? std::min(own, shared) : own;
    };
    for (int i = 0; i < 2; ++i) m_views[i].setGeometry(count(i, true), count(i, false));
    layoutParts();
    update();
    announce();
}

void CompareView::layoutParts()
{
    const double room = width() - kLabels - measure::kViewMargin * 2 - 2 * kGap;
    const double side = std::floor(std::max(60.0, std::min(room / 3, height() - kHeading - kKeys - kBarHeight - kBarWords - 4)));
    m_pitch = side + kGap;
    const double left = measure::kViewMargin + kLabels;
    for (int i = 0; i < 3; ++i) m_maps[i] = QRectF(left + i * m_pitch, kHeading, side, side);
    for (MapViewport& v : m_views) v.setAvailable(m_maps[0]);
    requestCells();
}

int CompareView::heightAt(int width) const
{
    const double room = width - kLabels - measure::kViewMargin * 2 - 2 * kGap;
    return static_cast<int>(std::ceil(std::max(60.0, room / 3) + kHeading + kKeys + kBarHeight + kBarWords + 4));
}

void CompareView::requestCells()
{
    for (int i = 0; i < 2; ++i) {
        const MapViewport& v = viewportOf(i);
        m_models[i]->request(v.visible(), v.cellWidth() * devicePixelRatioF());
        if (m_sameView && m_setup.comparable) continue;
        if (i == 1) m_models[1]->request(m_views[0].visible(), m_views[0].cellWidth() * devicePixelRatioF());  // the difference follows A
    }
}

int CompareView::row() const { return m_selection->query() < 0 ? -1 : m_models[0]->rowOfToken(m_selection->query()); }
int CompareView::column() const { return m_selection->key() < 0 ? -1 : m_models[0]->columnOfToken(m_selection->key()); }

std::optional<float> CompareView::valueA(int row, int column) const { return m_models[0]->value(row, column); }
std::optional<float> CompareView::valueB(int row, int column) const { return m_models[1]->value(row, column); }

bool CompareView::lackedByB(int token) const
{
    return token >= 0 && token < static_cast<int>(m_setup.inB.size()) && !m_setup.inB[static_cast<std::size_t>(token)];
}

ValueScale CompareView::scaleOf(bool second) const
{
    const MapLook& look = m_models[0]->look();
    const auto a = m_models[0]->dataRange(), b = m_models[1]->dataRange();
    if (m_sameScale) {
        std::optional<std::pair<float, float>> both = a ? a : b;
        if (a && b) both = std::pair(std::min(a->first, b->first), std::max(a->second, b->second));
        return scaleFor(look, both);
    }
    ValueScale own = scaleFor(look, second ? b : a);
    const auto& range = second ? b : a;
    if (look.autoRange && look.kind == MapKind::Weights && range) own.high = static_cast<double>(range->second);  // each to its own maximum
    return own;
}

double CompareView::differenceReach() const
{
    if (m_models[0]->look().kind == MapKind::Weights) return 1;
    const ValueScale s = scaleOf(false);
    return std::max(1e-6, s.high - s.low);
}

QString CompareView::readout() const
{
    const int r = row(), c = column();
    if (r < 0 || r >= static_cast<int>(m_models[0]->rowLabels().size())) return {};
    QString text =
        tr("Query %1 %2").arg(m_selection->query()).arg(visibleToken(m_models[0]->rowLabels()[static_cast<std::size_t>(r)].text));
    if (c < 0 || c >= static_cast<int>(m_models[0]->columnLabels().size())) return text;
    text += tr(" → key %1 %2").arg(m_selection->key()).arg(visibleToken(m_models[0]->columnLabels()[static_cast<std::size_t>(c)].text));
    if (m_models[0]->masked(r, c)) return text + tr(" | masked");
    const auto a = valueA(r, c), b = valueB(r, c);
    if (a) text += QStringLiteral(" | A ") + numberText(static_cast<double>(*a), 4);
    if (lackedByB(m_selection->query()) || lackedByB(m_selection->key())) return text + tr(" | B has no such token");
    if (b && m_setup.comparable) text += QStringLiteral(" | B ") + numberText(static_cast<double>(*b), 4);
    if (a && b && m_setup.comparable)
        text += QStringLiteral(" | A \u2212 B ") + numberText(static_cast<double>(*a) - static_cast<double>(*b), 4, true);
    return text;
}

void CompareView::announce()
{
    const QString text = readout();
    if (text == m_readout) return;
    m_readout = text;
    setAccessibleDescription(text);
    Q_EMIT readoutChanged(text);
}

void CompareView::fit()
{
    for (MapViewport& v : m_views) v.fit();
    requestCells();
    update();
}

int CompareView::mapAt(const QPointF& position) const
{
    for (int i = 0; i < 3; ++i)
        if (m_maps[i].contains(position)) return i;
    return -1;
}

void CompareView::resizeEvent(QResizeEvent*) { layoutParts(); }

void CompareView::wheelEvent(QWheelEvent* event)
{
    const int map = mapAt(event->position());
    const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();  // Alt turns the wheel sideways
    if (map < 0 || delta == 0) return event->ignore();
    const double factor = std::pow(1.2, delta / 120.0);
    const bool onlyX = event->modifiers() & Qt::AltModifier, onlyY = event->modifiers() & Qt::ShiftModifier;
    viewportOf(map).zoom(event->position() - shift(map), onlyY ? 1 : factor, onlyX ? 1 : factor);
    requestCells();
    update();
    event->accept();
}

void CompareView::mousePressEvent(QMouseEvent* event)
{
    m_dragMap = mapAt(event->position());
    m_dragging = m_dragMap >= 0 && (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton);
    m_moved = false;
    m_dragFrom = m_dragLast = event->position();
}

void CompareView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging) {
        if (!m_moved && (event->position() - m_dragFrom).manhattanLength() < 5) return;
        m_moved = true;
        viewportOf(m_dragMap).panBy(event->position() - m_dragLast);
        m_dragLast = event->position();
        requestCells();
        update();
        return;
    }
    const int map = mapAt(event->position());
    const QPoint cell = map < 0 ? QPoint(-1, -1) : viewportOf(map).cellAt(event->position() - shift(map));
    if (cell.x() < 0 || (map == 1 && !m_setup.comparable)) return m_selection->hover(-1, -1);
    const auto& rows = m_models[0]->rowLabels();
    const auto& columns = m_models[0]->columnLabels();
    if (cell.y() < static_cast<int>(rows.size()) && cell.x() < static_cast<int>(columns.size()))
        m_selection->hover(rows[static_cast<std::size_t>(cell.y())].token, columns[static_cast<std::size_t>(cell.x())].token);
}

void CompareView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool click = m_dragging && !m_moved && event->button() == Qt::LeftButton;
    m_dragging = false;
    if (!click) return;
    const QPoint cell = viewportOf(m_dragMap).cellAt(event->position() - shift(m_dragMap));
    if (cell.x() < 0 || (m_dragMap == 1 && !m_setup.comparable)) return m_selection->release();
    const auto& rows = m_models[0]->rowLabels();
    const auto& columns = m_models[0]->columnLabels();
    if (cell.y() < static_cast<int>(rows.size()) && cell.x() < static_cast<int>(columns.size()))
        m_selection->lock(rows[static_cast<std::size_t>(cell.y())].token, columns[static_cast<std::size_t>(cell.x())].token);
}

void CompareView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (mapAt(event->position()) < 0) fit();
}

void CompareView::leaveEvent(QEvent*) { m_selection->hover(-1, -1); }

void CompareView::keyPressEvent(QKeyEvent* event)
{
    const int step = event->modifiers() & Qt::ShiftModifier ? 4 : 1;
    const auto move = [&](int rows, int columns) {
        const auto& r = m_models[0]->rowLabels();
        const auto& c = m_models[0]->columnLabels();
        if (r.empty() || c.empty()) return;
        const int row =
            std::clamp((this->row() < 0 ? static_cast<int>(r.size()) - 1 : this->row()) + rows * step, 0, m_views[0].rows() - 1);
        const int column = std::clamp((this->column() < 0 ? row : this->column()) + columns * step, 0, m_views[0].columns() - 1);
        m_selection->lock(r[static_cast<std::size_t>(row)].token, c[static_cast<std::size_t>(column)].token);
        viewportOf(0).ensureVisible(row, column);
        requestCells();
    };
    switch (event->key()) {
    case Qt::Key_Left: return move(0, -1);
    case Qt::Key_Right: return move(0, 1);
    case Qt::Key_Up: return move(-1, 0);
    case Qt::Key_Down: return move(1, 0);
    case Qt::Key_Home: return fit();
    case Qt::Key_Escape: return m_selection->release();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus: {
        const double factor = event->key() == Qt::Key_Minus ? 1 / 1.25 : 1.25;
        viewportOf(0).zoom(m_maps[0].center(), factor, factor);
        requestCells();
        return update();
    }
    default: QWidget::keyPressEvent(event);
    }
}

}  // namespace hs::ui
