// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/heads_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <cmath>

#include "ui/models/heads_model.h"
#include "ui/state/selection.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

/// Bar from a zero line and the number at the right edge.
class LossDelegate : public QStyledItemDelegate {
public:
    LossDelegate(HeadsModel* model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QVariant value = index.data(HeadsModel::ValueRole);
        if (!value.isValid() || m_model->largestLoss() <= 0) return;
        const QRectF r = option.rect;
        const double zero = r.left() + 16, reach = std::max(8.0, r.width() - 16 - 54);
        const double length = std::abs(value.toDouble()) / m_model->largestLoss();
        painter->fillRect(value.toDouble() >= 0 ? QRectF(zero, r.center().y() - 3, length * reach, 6) : QRectF(zero - length * 12, r.center().y() - 3, length * 12, 6),
                          value.toDouble() >= 0 ? ink(Ink::Bar) : ink(Ink::Hair2));
        hairline(*painter, QPointF(zero, r.top() + 5), QPointF(zero, r.bottom() - 4), ink(Ink::Hair2));
    }

private:
    HeadsModel* m_model;
};

}  // namespace

HeadsTable::HeadsTable(HeadsModel* model, const ViewContext& context, QWidget* parent)
    : QTableView(parent), m_model(model), m_sorted(new QSortFilterProxyModel(this)), m_c(context)
{
    m_sorted->setSourceModel(model);
    m_sorted->setSortRole(HeadsModel::SortRole);
    m_sorted->setDynamicSortFilter(true);
    setModel(m_sorted);
    setObjectName(QStringLiteral("headsTable"));
    setAccessibleName(tr("Heads"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSortingEnabled(true);
    setItemDelegateForColumn(HeadsModel::LossColumn, new LossDelegate(model, this));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    verticalHeader()->setMinimumSectionSize(measure::kTableRow);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setFixedHeight(measure::kTableRow);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    sortByColumn(HeadsModel::ScoreColumn, Qt::DescendingOrder);

    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (m_following || !now.isValid()) return;
        const QPoint p = now.data(HeadsModel::HeadRole).toPoint();
        m_c.selection->setHead({p.x(), p.y()});
    });
    connect(m_c.selection, &Selection::headChanged, this, &HeadsTable::showHead);
    connect(m_sorted, &QAbstractItemModel::modelReset, this, &HeadsTable::showHead);
    connect(m_sorted, &QAbstractItemModel::layoutChanged, this, &HeadsTable::showHead, Qt::QueuedConnection);   // after the view's own layout
}

void HeadsTable::showHead()
{
    const int row = m_model->rowOf(m_c.selection->head());
    if (row < 0) return;
    m_following = true;
    const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
    setCurrentIndex(index);
    scrollTo(index);
    m_following = false;
}

void HeadsTable::resizeEvent(QResizeEvent* event)
{
    // A row that was in view stays there: the window is often made smaller after the first head is chosen.
    const QRect before(QPoint(0, 0), event->oldSize());
    const bool follow = !event->oldSize().isValid() || before.intersects(visualRect(currentIndex()));
    QTableView::resizeEvent(event);
    if (follow && currentIndex().isValid()) scrollTo(currentIndex());
    const int width = viewport()->width(), head = 76, loss = std::clamp(width - head - 90, 60, 110);
    setColumnWidth(HeadsModel::HeadColumn, head);
    setColumnWidth(HeadsModel::LossColumn, loss);
    setColumnWidth(HeadsModel::ScoreColumn, std::max(40, width - head - loss));
    showHead();
}

void HeadsTable::keyPressEvent(QKeyEvent* event)
{
    // Letters are the window's keys (G, C, L, X), not a search in the table.
    if (!event->text().isEmpty() && event->text().at(0).isPrint() && event->modifiers() == Qt::NoModifier) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

}  // namespace hs::ui
