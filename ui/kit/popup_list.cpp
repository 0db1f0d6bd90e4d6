// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/popup_list.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/kit/token_paint.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kWidth = 480, kRows = 12;
enum { HintRole = Qt::UserRole, IdRole, TokenRole };

class HintDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {kWidth, measure::kButton}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::instance();
        const bool enabled = index.flags() & Qt::ItemIsEnabled, words = index.flags() == Qt::NoItemFlags;
        if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, ink(Ink::Tint));
        else if (option.state & QStyle::State_MouseOver && enabled) painter->fillRect(option.rect, ink(Ink::Hover));
        const QRect r = option.rect.adjusted(12, 0, -12, 0);
        painter->setPen(ink(enabled ? Ink::Muted : Ink::Faint));
        painter->setFont(theme.font(Type::Caption));
        const QString hint = index.data(HintRole).toString();
        painter->drawText(r, Qt::AlignRight | Qt::AlignVCenter, hint);
        const int room = r.width() - painter->fontMetrics().horizontalAdvance(hint) - 12;
        const QString text = index.data(Qt::DisplayRole).toString();
        const QColor colour = ink(enabled ? Ink::Text : words ? Ink::Muted : Ink::Faint);
        if (index.data(TokenRole).toBool()) {
            painter->setFont(theme.tokenFont());
            const QFontMetricsF metrics(painter->font());
            paintToken(*painter, QPointF(r.left(), std::round(r.center().y() + (metrics.ascent() - metrics.descent()) / 2)),
                       elideToken(metrics, text, room), colour, ink(Ink::Faint));
            return;
        }
        painter->setFont(theme.font(Type::Base));
        painter->setPen(colour);
        painter->drawText(r, Qt::AlignLeft | Qt::AlignVCenter, painter->fontMetrics().elidedText(text, Qt::ElideRight, room));
    }
};

}  // namespace

int fuzzyScore(const QString& text, const QString& typed)
{
    if (typed.isEmpty()) return 0;
    const qsizetype whole = text.indexOf(typed, 0, Qt::CaseInsensitive);
    if (whole >= 0) return 1000 - int(whole) + (whole == 0 || !text[whole - 1].isLetterOrNumber() ? 500 : 0);
    qsizetype at = 0;
    int score = 200;
    for (const QChar c : typed) {
        if (c.isSpace()) continue;
        const qsizetype found = text.indexOf(c, at, Qt::CaseInsensitive);
        if (found < 0) return -1;
        score -= int(found - at);
        at = found + 1;
    }
    return std::max(0, score);
}

PopupList::PopupList(const QString& hint, QWidget* window) : QFrame(window), m_field(new QLineEdit), m_list(new QListWidget)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_field->setPlaceholderText(hint);
    m_field->setAccessibleName(hint);
    m_field->setProperty("noFocusRing", true);
    m_field->setFrame(false);
    m_field->setFixedHeight(36);
    m_field->setTextMargins(8, 0, 8, 0);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new HintDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Matches"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 5);
    column->setSpacing(4);
    column->addWidget(m_field);
    column->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &PopupList::narrow);
    connect(m_list, &QListWidget::itemClicked, this, &PopupList::accept);
    m_field->installEventFilter(this);
}

void PopupList::popup()
{
    const int w = std::min(kWidth, parentWidget()->width() - 40);
    setGeometry((parentWidget()->width() - w) / 2, 76, w, 100);
    narrow();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void PopupList::narrow()
{
    m_list->clear();
    int first = -1;
    for (const Entry& entry : matches(m_field->text().trimmed())) {
        auto* item = new QListWidgetItem(entry.text, m_list);
        item->setData(HintRole, entry.hint);
        item->setData(IdRole, entry.id);
        item->setData(TokenRole, entry.tokenFace);
        if (!entry.enabled) item->setFlags(item->flags() & ~(Qt::ItemIsEnabled | Qt::ItemIsSelectable));
        else if (first < 0) first = m_list->count() - 1;
    }
    if (m_list->count() == 0) {
        auto* item = new QListWidgetItem(nothing(m_field->text().trimmed()), m_list);
        item->setFlags(Qt::NoItemFlags);  // words, no choice
    }
    if (first >= 0) m_list->setCurrentRow(first);
    resize(width(), 46 + std::clamp(m_list->count(), 1, kRows) * measure::kButton);
}

void PopupList::accept()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled)) return;
    const int id = item->data(IdRole).toInt();
    close();
    Q_EMIT chosen(id);
}

bool PopupList::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // Esc belongs to the list while it is open, not to the window's keys.
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) event->accept();
    } else if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        const int row = m_list->currentRow();
        switch (key->key()) {
        case Qt::Key_Escape: close(); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: accept(); return true;
        case Qt::Key_Down: m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1)); return true;
        case Qt::Key_Up: m_list->setCurrentRow(std::max(row - 1, 0)); return true;
        case Qt::Key_PageDown: m_list->setCurrentRow(std::min(row + kRows, m_list->count() - 1)); return true;
        case Qt::Key_PageUp: m_list->setCurrentRow(std::max(row - kRows, 0)); return true;
        default: break;
        }
    } else if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason && isVisible()) {
        close();
    }
    return QFrame::eventFilter(watched, event);
}

void PopupList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    hairBox(painter, rect(), ink(Ink::Paper), ink(Ink::Hair2), 0);
    hairline(painter, QPointF(1, 38), QPointF(width() - 1, 38), ink(Ink::Hair));
}

}  // namespace hs::ui
