// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/edge_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

#include "ui/graph/edges_model.h"
#include "ui/graph/graph_store.h"
#include "ui/theme/paint.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

/// Line sample and word of the edge type.
class ThroughDelegate : public QStyledItemDelegate {
public:
    ThroughDelegate(EdgesModel* model, EdgeTable* table) : QStyledItemDelegate(table), m_model(model), m_table(table) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? ink(Ink::Tint) : ink(Ink::Paper));
        if (!m_model->graph()) return;
        const EdgeType& type = m_model->graph()->types[std::size_t(index.data(EdgesModel::TypeRole).toInt())];
        const QRect r = option.rect;
        painter->drawPixmap(QPoint(r.left() + 4, r.center().y() - 6),
                            edgeSample(type, m_table->edgePalette(), Theme::instance().dark(), painter->device()->devicePixelRatioF()));
        painter->setFont(option.font);
        painter->setPen(ink(Ink::Text));
        painter->drawText(r.adjusted(36, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, edgeTypeWord(type));
    }

private:
    EdgesModel* m_model;
    EdgeTable* m_table;
};

/// Bar from zero with a tick where chance lies.
class ValueBarDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? ink(Ink::Tint) : ink(Ink::Paper));
        const double most = index.data(EdgesModel::MostRole).toDouble();
        if (most <= 0) return;
        const QRectF r = option.rect;
        const double zero = r.left() + 8, reach = std::max(10.0, r.width() - 24);
        painter->fillRect(QRectF(zero, r.center().y() - 3, reach * index.data(EdgesModel::ValueRole).toDouble() / most, 7), ink(Ink::Bar));
        hairline(*painter, QPointF(zero, r.top() + 5), QPointF(zero, r.bottom() - 4), ink(Ink::Hair2));
        if (const QVariant chance = index.data(EdgesModel::ChanceRole); chance.isValid())
            painter->fillRect(QRectF(zero + reach * chance.toDouble() / most - 1, r.top() + 5, 2, r.height() - 10), ink(Ink::Text));
    }
};

}  // namespace

QPixmap edgeSample(const EdgeType& type, EdgePalette palette, bool dark, double ratio)
{
    QPixmap pixmap((QSizeF(24, 12) * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(edgeColour(type, palette, dark), 2.5, Qt::SolidLine, Qt::FlatCap);
    if (auto dashes = edgeDashes(type); !dashes.isEmpty()) {
        for (qreal& d : dashes) d /= 2.5;
        pen.setDashPattern(dashes);
    }
    painter.setPen(pen);
    painter.drawLine(QPointF(0, 6.5), QPointF(24, 6.5));
    return pixmap;
}

EdgeTable::EdgeTable(GraphStore* store, QWidget* parent)
    : QTableView(parent), m_store(store), m_model(new EdgesModel(this)), m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(EdgesModel::SortRole);
    setModel(m_sorted);
    setObjectName(QStringLiteral("edgeTable"));
    setAccessibleName(tr("Edges of the graph"));
    dressTable(*this);
    setWordWrap(false);
    setSortingEnabled(true);
    setItemDelegateForColumn(EdgesModel::ThroughColumn, new ThroughDelegate(m_model, this));
    setItemDelegateForColumn(EdgesModel::BarColumn, new ValueBarDelegate(this));
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setStretchLastSection(true);
    sortByColumn(EdgesModel::RankColumn, Qt::AscendingOrder);

    connect(m_store, &GraphStore::changed, this, [this] {
        if (m_model->graph() == m_store->graph()) return;
        m_following = true;
        m_model->setGraph(m_store->graph());
        m_following = false;
        showEdge();
    });
    connect(m_store, &GraphStore::edgeSelected, this, &EdgeTable::showEdge);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!m_following && now.isValid()) m_store->selectEdge(now.data(EdgesModel::EdgeRole).toInt());
    });
    connect(this, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT opened(index.data(EdgesModel::EdgeRole).toInt()); });
    m_model->setGraph(m_store->graph());
}

void EdgeTable::setEdgePalette(EdgePalette palette)
{
    m_palette = palette;
    viewport()->update();
}

void EdgeTable::showEdge()
{
    m_following = true;
    const int row = m_store->selectedEdge() < 0 ? -1 : m_model->rowOf(m_store->selectedEdge());
    if (row < 0) {
        clearSelection();
        setCurrentIndex({});
    } else {
        const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
        setCurrentIndex(index);
        scrollTo(index);
    }
    m_following = false;
}

void EdgeTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    const int width = viewport()->width();
    const int wide = std::clamp((width - 56 - 90 - 240) / 3, 70, 150);
    setColumnWidth(EdgesModel::RankColumn, 56);
    setColumnWidth(EdgesModel::FromColumn, wide);
    setColumnWidth(EdgesModel::IntoColumn, wide);
    setColumnWidth(EdgesModel::ThroughColumn, wide + 20);
    setColumnWidth(EdgesModel::ValueColumn, 90);
}

void EdgeTable::keyPressEvent(QKeyEvent* event)
{
    // Letters are the window's keys, not a search in the table.
    if (!event->text().isEmpty() && event->text().at(0).isPrint() && event->modifiers() == Qt::NoModifier) return event->ignore();
    QTableView::keyPressEvent(event);
}

}  // namespace hs::ui
