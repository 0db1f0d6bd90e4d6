// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/token_row.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>

#include "ui/kit/token_paint.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kLine = 24, kPad = 3;

}  // namespace

TokenRow::TokenRow(const ViewContext& context, QWidget* parent) : QWidget(parent), m_c(context)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(measure::kTokenRow);
    setAccessibleName(tr("Tokens of the prompt"));
    connect(m_c.project, &Project::sourceChanged, this, &TokenRow::arrange);
    connect(m_c.project, &Project::modelChanged, this, &TokenRow::arrange);
    connect(m_c.selection, &Selection::pairChanged, this, [this] {
        if (m_c.selection->locked()) reveal(m_c.selection->query());
        update();
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    arrange();
}

void TokenRow::arrange()
{
    m_boxes.clear();
    m_count.clear();
    const auto source = m_c.project->source();
    const QFontMetricsF metrics(Theme::instance().tokenFont());
    int line = 0;
    if (source) {
        const auto& tokens = source->queryTokens();
        m_count = tokens.size() == 1 ? tr("1 token") : tr("%1 tokens").arg(tokens.size());
        const double right = width() - 96;
        double x = measure::kWindowMargin;
        m_boxes.reserve(tokens.size());
        for (const Token& token : tokens) {
            const QString text = QString::fromStdString(token.text);
            const double w = tokenWidth(metrics, text) + 2 * kPad;
            if (x + w > right && x > measure::kWindowMargin) {
                x = measure::kWindowMargin;
                ++line;
            }
            m_boxes.push_back({QRectF(x, 4 + line * kLine, w, kLine), text, token.special});
            x += w;
        }
    }
    m_lines = line + 1;
    m_scroll = std::clamp(m_scroll, 0, std::max(0, m_lines - 2));
    setFixedHeight(m_lines == 1 ? measure::kTokenRow : measure::kTokenRow + kLine);
    update();
}

QString TokenRow::emptySentence() const
{
    const auto& model = m_c.project->model();
    if (!model) return {};
    if (model->canRun()) return tr("Tokens appear here when the prompt has run.");
    if (model->lacks(Part::AttentionWeights)) return tr("This file cannot run text: parts of the model are missing.");
    return tr(
        "This file holds attention weights but not the whole model, so it cannot run text. What needs weights alone works: Graph, "
        "Similarity, labels from weights.");
}

void TokenRow::reveal(int token)
{
    if (token < 0 || token >= int(m_boxes.size()) || m_lines <= 2) return;
    const int line = int((m_boxes[std::size_t(token)].rect.top() - 4) / kLine);
    if (line < m_scroll || line > m_scroll + 1) m_scroll = std::clamp(line, 0, m_lines - 2);
}

int TokenRow::tokenAt(const QPoint& point) const
{
    const QPointF p = QPointF(point) + QPointF(0, m_scroll * kLine);
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        if (m_boxes[i].rect.contains(p)) return int(i);
    return -1;
}

bool TokenRow::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int i = tokenAt(help->pos());
        const auto source = m_c.project->source();
        if (i >= 0 && source && i < int(source->queryTokens().size())) {
            const Token& t = source->queryTokens()[std::size_t(i)];
            QToolTip::showText(
                help->globalPos(),
                tr("Token %1, id %2: %3\nClick: query; Shift+click: key").arg(i).arg(t.id).arg(QString::fromStdString(t.piece)), this);
        } else QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void TokenRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Chrome));
    const Theme& theme = Theme::instance();
    const int query = m_c.selection->query(), key = m_c.selection->key();
    painter.save();
    painter.setClipRect(QRect(0, 0, width() - 90, height() - 1));
    painter.translate(0, -m_scroll * kLine);
    const QFontMetricsF metrics(theme.tokenFont());
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        const Box& box = m_boxes[i];
        if (box.rect.bottom() < m_scroll * kLine || box.rect.top() > m_scroll * kLine + height()) continue;
        const bool isQuery = int(i) == query, isKey = int(i) == key;
        painter.setFont(theme.tokenFont(Type::Token, isQuery));
        const QColor colour = isQuery || isKey ? ink(Ink::Select) : ink(box.special ? Ink::Muted : Ink::Text);
        const double baseline = std::round(box.rect.center().y() + (metrics.ascent() - metrics.descent()) / 2);
        paintToken(painter, QPointF(box.rect.left() + kPad, baseline), box.text, colour, ink(Ink::Faint));
        const double under = baseline + 4;
        if (isQuery) painter.fillRect(QRectF(box.rect.left() + 1, under, box.rect.width() - 2, 2), ink(Ink::Select));
        else if (isKey)
            for (double x = box.rect.left() + 1; x < box.rect.right() - 2; x += 4)
                painter.fillRect(QRectF(x, under, 2, 2), ink(Ink::Select));
        hairline(painter, QPointF(box.rect.right(), box.rect.top() + 4), QPointF(box.rect.right(), box.rect.bottom() - 4), ink(Ink::Hair));
    }
    painter.restore();
    painter.setFont(theme.font(Type::Caption));
    painter.setPen(ink(Ink::Muted));
    painter.drawText(QRect(width() - 92, 0, 80, measure::kTokenRow), Qt::AlignRight | Qt::AlignVCenter, m_count);
    if (m_lines > 2)
        painter.drawText(QRect(width() - 92, kLine, 80, measure::kTokenRow), Qt::AlignRight | Qt::AlignVCenter,
                         tr("lines %1–%2 of %3").arg(m_scroll + 1).arg(m_scroll + 2).arg(m_lines));
    if (m_boxes.empty()) painter.drawText(rect().adjusted(12, 0, -100, 0), Qt::AlignLeft | Qt::AlignVCenter, emptySentence());
    hairline(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), ink(Ink::Hair));
    if (showsFocus(*this)) ring(painter, rect().adjusted(2, 2, -2, -3), ink(Ink::Accent), 2, 3);
}

void TokenRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void TokenRow::mouseMoveEvent(QMouseEvent* event)
{
    const int i = tokenAt(event->position().toPoint());
    m_c.selection->hover(i, -1);
    setCursor(i >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TokenRow::mousePressEvent(QMouseEvent* event)
{
    const int i = tokenAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton) return;
    if (i < 0) m_c.selection->release();
    else if (event->modifiers() & Qt::ShiftModifier)
        m_c.selection->lock(m_c.selection->locked() ? m_c.selection->query() : int(m_boxes.size()) - 1, i);
    else if (m_c.selection->locked() && m_c.selection->query() == i) m_c.selection->release();
    else m_c.selection->lock(i, -1);
}

void TokenRow::leaveEvent(QEvent*) { m_c.selection->hover(-1, -1); }

void TokenRow::wheelEvent(QWheelEvent* event)
{
    if (m_lines <= 2) return;
    m_scroll = std::clamp(m_scroll - (event->angleDelta().y() > 0 ? 1 : -1), 0, m_lines - 2);
    update();
}

void TokenRow::keyPressEvent(QKeyEvent* event)
{
    if (m_boxes.empty()) return QWidget::keyPressEvent(event);
    const int last = int(m_boxes.size()) - 1, now = m_c.selection->query();
    const auto source = m_c.project->source();
    const bool byWord = event->modifiers() & Qt::ControlModifier && source && int(source->queryTokens().size()) == last + 1;
    const auto tokens = [&source]() -> const std::vector<Token>& { return source->queryTokens(); };
    switch (event->key()) {
    case Qt::Key_Left:
        m_c.selection->lock(byWord ? wordStep(tokens(), now < 0 ? last + 1 : now, -1) : std::clamp(now < 0 ? last : now - 1, 0, last), -1);
        break;
    case Qt::Key_Right: m_c.selection->lock(byWord ? wordStep(tokens(), now, 1) : std::clamp(now + 1, 0, last), -1); break;
    case Qt::Key_Home: m_c.selection->lock(0, -1); break;
    case Qt::Key_End: m_c.selection->lock(last, -1); break;
    default: QWidget::keyPressEvent(event);
    }
}

}  // namespace hs::ui
