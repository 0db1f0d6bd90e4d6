// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/differences_table.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kPosition = Qt::UserRole + 1;

/// A token with its space mark, then its position in grey.
class TokenDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? ink(Ink::Tint) : ink(Ink::Paper));
        painter->setFont(Theme::instance().tokenFont(Type::Token));
        const QString position = index.data(kPosition).toString();
        const QFontMetricsF metrics(painter->font());
        const double room = option.rect.width() - 12 - metrics.horizontalAdvance(position);
        const double x = option.rect.left() + 4, y = option.rect.center().y() + metrics.capHeight() / 2 + 1;
        const double used =
            paintToken(*painter, {x, y}, elideToken(metrics, index.data().toString(), room), ink(Ink::Text), ink(Ink::Faint));
        painter->setFont(Theme::instance().tokenFont(Type::Caption));
        painter->setPen(ink(Ink::Muted));
        painter->drawText(QPointF(x + used + 6, y), position);
    }
};

}  // namespace

DifferencesTable::DifferencesTable(QWidget* parent) : QTableWidget(0, 5, parent)
{
    setObjectName(QStringLiteral("differences"));
    setAccessibleName(tr("Largest differences"));
    setHorizontalHeaderLabels({tr("Query"), tr("Key"), QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("A \u2212 B")});
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    verticalHeader()->setMinimumSectionSize(measure::kTableRow);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    for (const int c : {2, 3, 4}) {
        horizontalHeader()->setSectionResizeMode(c, QHeaderView::Fixed);
        setColumnWidth(c, c == 4 ? 74 : 60);  // four digits and the style's margins
        horizontalHeaderItem(c)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    for (const int c : {0, 1}) horizontalHeaderItem(c)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegateForColumn(0, new TokenDelegate(this));
    setItemDelegateForColumn(1, new TokenDelegate(this));
    connect(this, &QTableWidget::cellActivated, this,
            [this](int row) { Q_EMIT chosen(m_pairs[static_cast<std::size_t>(row)].query, m_pairs[static_cast<std::size_t>(row)].key); });
    connect(this, &QTableWidget::cellClicked, this,
            [this](int row) { Q_EMIT chosen(m_pairs[static_cast<std::size_t>(row)].query, m_pairs[static_cast<std::size_t>(row)].key); });
}

void DifferencesTable::setDifferences(const std::vector<CellDifference>& cells, const std::vector<AxisLabel>& rows,
                                      const std::vector<AxisLabel>& columns)
{
    m_pairs.clear();
    setRowCount(static_cast<int>(cells.size()));
    for (int i = 0; i < rowCount(); ++i) {
        const CellDifference& d = cells[static_cast<std::size_t>(i)];
        const AxisLabel& query = rows[static_cast<std::size_t>(d.row)];
        const AxisLabel& key = columns[static_cast<std::size_t>(d.column)];
        m_pairs.push_back({query.token, key.token});
        const QString words[] = {query.text, key.text, numberText(static_cast<double>(d.a), 2), numberText(static_cast<double>(d.b), 2),
                                 numberText(static_cast<double>(d.difference()), 2, true)};
        for (int c = 0; c < 5; ++c) {
            auto* item = new QTableWidgetItem(words[c]);
            item->setTextAlignment((c < 2 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            if (c < 2) item->setToolTip(visibleToken(words[c]));  // narrow columns cut long tokens
            if (c == 0) item->setData(kPosition, QString::number(query.token));
            if (c == 1) item->setData(kPosition, QString::number(key.token));
            if (c == 4) item->setFont(Theme::instance().font(Type::Base, true));
            setItem(i, c, item);
        }
    }
}

}  // namespace hs::ui
