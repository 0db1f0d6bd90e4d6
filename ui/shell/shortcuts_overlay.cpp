// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shortcuts_overlay.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

#include "ui/feature/command_list.h"
#include "ui/shell/command_finder.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kRow = 20, kColumnWidth = 296;  // four columns at 1280 px

}  // namespace

ShortcutsOverlay::ShortcutsOverlay(const CommandList& commands, QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keys and mouse"));
    for (const CommandList::Group& menu : commands.groups()) {
        Group group{menu.title, {}};
        for (const QAction* action : menu.actions) {
            QStringList keys;
            const auto sequences = action->shortcuts();
            for (const QKeySequence& k : sequences) keys << k.toString(QKeySequence::NativeText);
            if (keys.isEmpty() && action->text().contains(QLatin1Char('\t'))) keys << action->text().section(QLatin1Char('\t'), 1);
            if (!keys.isEmpty()) group.lines.push_back({plainText(*action), keys.join(QStringLiteral(", "))});
        }
        if (!group.lines.empty()) m_groups.push_back(std::move(group));
    }
    m_groups.push_back({tr("Moving"),
                        {{tr("Next or previous head"), QStringLiteral("← →")},
                         {tr("Layer up or down"), QStringLiteral("↑ ↓")},
                         {tr("Four at once"), tr("Shift+arrow")},
                         {tr("Cell by cell in the map"), tr("Ctrl+arrow")},
                         {tr("Release, close, cancel"), tr("Esc")}}});
    m_groups.push_back({tr("Mouse in the map"),
                        {{tr("Zoom at the cursor"), tr("wheel")},
                         {tr("One axis only"), tr("Shift or Alt+wheel")},
                         {tr("Move"), tr("drag")},
                         {tr("Zoom to a box"), tr("Ctrl+drag")},
                         {tr("Lock a pair"), tr("click")},
                         {tr("Fit all"), tr("Home, Ctrl+0")}}});
    m_groups.push_back({tr("Mouse elsewhere"),
                        {{tr("Choose the query token"), tr("click a token")},
                         {tr("Choose the key token"), tr("Shift+click")},
                         {tr("Pin a head for comparison"), tr("Ctrl+click in the atlas")},
                         {tr("Open a file"), tr("drop it")}}});
    setGeometry(window->rect());
    raise();
    setFocus();
}

bool ShortcutsOverlay::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) event->accept();  // every key closes, none acts
    return QWidget::event(event);
}

void ShortcutsOverlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    QColor veil = ink(Ink::Paper);
    veil.setAlpha(180);
    painter.fillRect(rect(), veil);
    const int columns = std::clamp((width() - 80) / kColumnWidth, 1, 4);
    // Groups go where there is most room, in order.
    std::vector<int> heights(std::size_t(columns), 0), place(m_groups.size(), 0), top(m_groups.size(), 0);
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const auto shortest = std::size_t(std::min_element(heights.begin(), heights.end()) - heights.begin());
        place[g] = int(shortest);
        top[g] = heights[shortest];
        heights[shortest] += 28 + kRow * int(m_groups[g].lines.size()) + 12;
    }
    const int w = columns * kColumnWidth + 40, h = *std::max_element(heights.begin(), heights.end()) + 72;
    const QRect box((width() - w) / 2, std::max(10, (height() - h) / 2), w, h);
    hairBox(painter, box, ink(Ink::Paper), ink(Ink::Hair2), 0);
    painter.setFont(theme.font(Type::ViewTitle, true));
    painter.setPen(ink(Ink::Text));
    painter.drawText(QRect(box.left() + 24, box.top() + 12, w - 48, 28), Qt::AlignLeft | Qt::AlignVCenter, tr("Keys and mouse"));
    painter.setFont(theme.font(Type::Caption));
    painter.setPen(ink(Ink::Muted));
    painter.drawText(QRect(box.left() + 24, box.top() + 12, w - 48, 28), Qt::AlignRight | Qt::AlignVCenter, tr("any key closes"));
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        int y = box.top() + 52 + top[g];
        const int x = box.left() + 24 + place[g] * kColumnWidth;
        painter.setFont(theme.font(Type::Caption, true));
        painter.setPen(ink(Ink::Muted));
        painter.drawText(QRect(x, y, kColumnWidth - 24, 24), Qt::AlignLeft | Qt::AlignVCenter, m_groups[g].title);
        hairline(painter, QPointF(x, y + 24), QPointF(x + kColumnWidth - 24, y + 24), ink(Ink::Hair));
        y += 28;
        for (const Line& line : m_groups[g].lines) {
            const QRect r(x, y, kColumnWidth - 24, kRow);
            painter.setFont(theme.font(Type::Caption));
            painter.setPen(ink(Ink::Muted));
            painter.drawText(r, Qt::AlignRight | Qt::AlignVCenter, line.key);
            painter.setPen(ink(Ink::Text));
            const int room = r.width() - painter.fontMetrics().horizontalAdvance(line.key) - 8;
            painter.drawText(r, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(line.what, Qt::ElideRight, room));
            y += kRow;
        }
    }
}

void ShortcutsOverlay::keyPressEvent(QKeyEvent*) { close(); }
void ShortcutsOverlay::mousePressEvent(QMouseEvent*) { close(); }

}  // namespace hs::ui
