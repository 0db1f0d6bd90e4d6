// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/patch_text_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kEdge = 16, kLineHeight = 28, kBoxHeight = 22;

}  // namespace

LossTextView::LossTextView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("lossText"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Change of each token's loss"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LossTextView::setLosses(const QStringList& tokens, std::vector<double> before, std::vector<double> after)
{
    m_tokens = tokens;
    m_before = std::move(before);
    m_after = std::move(after);
    m_before.resize(std::size_t(tokens.size()), std::nan(""));
    m_after.resize(std::size_t(tokens.size()), std::nan(""));
    m_range = 0;
    for (std::size_t i = 0; i < m_before.size(); ++i)
        if (const double d = m_after[i] - m_before[i]; std::isfinite(d)) m_range = std::max(m_range, std::abs(d));
    m_current = -1;
    layoutTokens(width(), &m_boxes);
    updateGeometry();
    update();
    Q_EMIT readoutChanged({});
}

int LossTextView::layoutTokens(int width, std::vector<QRectF>* boxes) const
{
    const QFontMetricsF metrics(Theme::instance().tokenFont(Type::Base));
    double x = kEdge, y = 8;
    if (boxes) boxes->clear();
    for (const QString& token : m_tokens) {
        const double w = tokenWidth(metrics, token) + 4;
        if (x + w > width - kEdge && x > kEdge) {
            x = kEdge;
            y += kLineHeight;
        }
        if (boxes) boxes->emplace_back(x, y, w, kBoxHeight);
        x += w + 1;
    }
    return int(y) + kLineHeight + 8;
}

int LossTextView::heightForWidth(int width) const { return layoutTokens(width, nullptr); }

void LossTextView::resizeEvent(QResizeEvent*) { layoutTokens(width(), &m_boxes); }

QString LossTextView::readout() const
{
    if (m_current < 0 || m_current >= m_tokens.size()) return {};
    const double before = m_before[std::size_t(m_current)], after = m_after[std::size_t(m_current)];
    const QString name = tr("token %1 “%2”").arg(m_current).arg(visibleToken(m_tokens[m_current]));
    if (!std::isfinite(before) || !std::isfinite(after)) return name + QStringLiteral("   |   ") + tr("nothing predicts it");
    return name + QStringLiteral("   |   ") + tr("loss %1 → %2").arg(numberText(before, 3), numberText(after, 3))
           + QStringLiteral("   |   ") + tr("change %1 nats").arg(numberText(after - before, 3, true));
}

void LossTextView::go(int token)
{
    if (token == m_current) return;
    m_current = token;
    update();
    Q_EMIT readoutChanged(readout());
}

void LossTextView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), ink(Ink::Paper));
    const ColourMap& map = ColourMap::get(QStringLiteral("difference"), Theme::instance().dark());
    p.setFont(Theme::instance().tokenFont(Type::Base));
    const QFontMetricsF metrics(p.font());
    for (int i = 0; i < int(m_boxes.size()); ++i) {
        const QRectF& box = m_boxes[std::size_t(i)];
        const double d = m_after[std::size_t(i)] - m_before[std::size_t(i)];
        QColor colour = ink(Ink::Text), mark = ink(Ink::Faint);
        if (std::isfinite(d) && m_range > 0) {
            const QRgb back = map.at(static_cast<float>(0.5 + 0.5 * d / m_range));
            p.fillRect(box, QColor::fromRgb(back));
            if (std::abs(d) > 0.02 * m_range) colour = mark = inkOn(back);
        }
        paintToken(p, QPointF(box.left() + 2, std::round(box.center().y() + (metrics.ascent() - metrics.descent()) / 2)), m_tokens[i],
                   colour, mark);
        if (i == m_current) ring(p, box.adjusted(-1, -1, 1, 1), ink(Ink::Select), 2, 0);
    }
    if (showsFocus(*this)) ring(p, QRectF(rect()).adjusted(1, 1, -1, -1), ink(Ink::Accent), 2, 0);
}

void LossTextView::mouseMoveEvent(QMouseEvent* event)
{
    for (int i = 0; i < int(m_boxes.size()); ++i)
        if (m_boxes[std::size_t(i)].contains(event->position())) return go(i);
}

void LossTextView::keyPressEvent(QKeyEvent* event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (!by || m_tokens.isEmpty()) return QWidget::keyPressEvent(event);
    go(std::clamp(m_current + by, 0, int(m_tokens.size()) - 1));
}

}  // namespace hs::ui
