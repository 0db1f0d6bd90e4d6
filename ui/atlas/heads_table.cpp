// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/atlas/heads_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QStyle>
#include <QStyledItemDelegate>
#include <cmath>
#include <utility>

#include "ui/atlas/heads_model.h"
#include "ui/labels/label_code.h"
#include "ui/labels/label_store.h"
#include "ui/state/selection.h"
#include "ui/theme/paint.h"
#include "ui/theme/table_look.h"
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
        painter->fillRect(value.toDouble() >= 0 ? QRectF(zero, r.center().y() - 3, length * reach, 6)
                                                : QRectF(zero - length * 12, r.center().y() - 3, length * 12, 6),
                          value.toDouble() >= 0 ? ink(Ink::Bar) : ink(Ink::Hair2));
        hairline(*painter, QPointF(zero, r.top() + 5), QPointF(zero, r.bottom() - 4), ink(Ink::Hair2));
    }

private:
    HeadsModel* m_model;
};

/// The two letters on their family's colour.
class LabelDelegate : public QStyledItemDelegate {
public:
    LabelDelegate(HeadsModel* model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem plain = option;
        initStyleOption(&plain, index);
        plain.text.clear();  // the row's own background, without letters
        plain.widget->style()->drawControl(QStyle::CE_ItemViewItem, &plain, painter, plain.widget);
        const QPoint p = index.data(HeadsModel::HeadRole).toPoint();
        const QRectF box(option.rect.left() + 3, option.rect.center().y() - 7, 24, 16);
        paintLabelCode(*painter, box, m_model->mark({p.x(), p.y()}), index.data(HeadsModel::OffRole).toBool() ? 0.45 : 1.0);
    }

private:
    HeadsModel* m_model;
};

/// Heads that the label filter lets through, sorted by numbers.
class FilteredHeads : public QSortFilterProxyModel {
public:
    FilteredHeads(LabelStore* labels, QObject* parent) : QSortFilterProxyModel(parent), m_labels(labels) {}
    void again() { invalidateFilter(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        if (!m_labels) return true;
        const QPoint p = sourceModel()->index(row, 0, parent).data(HeadsModel::HeadRole).toPoint();
        return m_labels->passes({p.x(), p.y()});
    }

private:
    LabelStore* m_labels;
};

}  // namespace

HeadsTable::HeadsTable(HeadsModel* model, const ViewContext& context, QWidget* parent)
    : QTableView(parent), m_model(model), m_sorted(new FilteredHeads(context.labels, this)), m_c(context)
{
    m_sorted->setSourceModel(model);
    m_sorted->setSortRole(HeadsModel::SortRole);
    m_sorted->setDynamicSortFilter(true);
    setModel(m_sorted);
    setObjectName(QStringLiteral("headsTable"));
    setAccessibleName(tr("Heads"));
    dressTable(*this);
    setWordWrap(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // fitColumns() keeps all columns in sight
    setSortingEnabled(true);
    setItemDelegateForColumn(HeadsModel::LossColumn, new LossDelegate(model, this));
    setItemDelegateForColumn(HeadsModel::LabelColumn, new LabelDelegate(model, this));
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setFont(Theme::instance().font(Type::Caption));  // four titles in a narrow dock
    sortByColumn(HeadsModel::ScoreColumn, Qt::DescendingOrder);
    m_otherColumn = HeadsModel::EdgesColumn;
    for (const int column : {HeadsModel::EdgesColumn, HeadsModel::InColumn, HeadsModel::OutColumn}) setColumnHidden(column, true);

    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (m_following || !now.isValid()) return;
        const QPoint p = now.data(HeadsModel::HeadRole).toPoint();
        m_c.selection->setHead({p.x(), p.y()});
    });
    if (m_c.labels) {
        const auto again = [this] {
            m_following = true;  // a row that goes must not choose its neighbour
            static_cast<FilteredHeads*>(m_sorted)->again();
            m_following = false;
            showHead();
        };
        for (const auto signal : {&LabelStore::changed, &LabelStore::filterChanged}) connect(m_c.labels, signal, this, again);
    }
    connect(m_c.selection, &Selection::headChanged, this, &HeadsTable::showHead);
    connect(m_sorted, &QAbstractItemModel::modelReset, this, &HeadsTable::fitColumns);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &HeadsTable::fitColumns);
    connect(m_sorted, &QAbstractItemModel::headerDataChanged, this, &HeadsTable::fitColumns);  // another score, another title
    connect(m_sorted, &QAbstractItemModel::modelReset, this, &HeadsTable::showHead);
    connect(m_sorted, &QAbstractItemModel::layoutChanged, this, &HeadsTable::showHead,
            Qt::QueuedConnection);  // after the view's own layout
}

void HeadsTable::showHead()
{
    const int row = m_model->rowOf(m_c.selection->head());
    if (row < 0) return;
    const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
    m_following = true;
    if (!index.isValid()) {  // filtered out: no row stands for it
        setCurrentIndex({});
        m_following = false;
        return;
    }
    setCurrentIndex(index);
    scrollTo(index);
    m_following = false;
}

void HeadsTable::showGraph(bool on)
{
    if (on == m_graph) return;
    m_graph = on;
    for (const int column : {HeadsModel::ScoreColumn, HeadsModel::LossColumn}) setColumnHidden(column, on);
    for (const int column : {HeadsModel::EdgesColumn, HeadsModel::InColumn, HeadsModel::OutColumn}) setColumnHidden(column, !on);
    const int column = horizontalHeader()->sortIndicatorSection();
    const Qt::SortOrder order = horizontalHeader()->sortIndicatorOrder();
    sortByColumn(std::exchange(m_otherColumn, column), std::exchange(m_otherOrder, order));
    fitColumns();
}

/// All hints have room for the arrow, but one column alone has it.
int HeadsTable::titleWidth(int column) const
{
    const QHeaderView& header = *horizontalHeader();
    const int arrow = column == header.sortIndicatorSection() ? 0 : style()->pixelMetric(QStyle::PM_HeaderMarkSize, nullptr, &header);
    return header.sectionSizeHint(column) - arrow;
}

void HeadsTable::fitColumns()
{
    if (m_fitting) return;
    const QScopedValueRollback fitting(m_fitting, true);
    // Room for the longest name with its "off".
    const HeadId longest = m_model->heads().empty() ? HeadId{} : m_model->heads().back();
    const int width = viewport()->width(), label = std::min(54, horizontalHeader()->sectionSizeHint(HeadsModel::LabelColumn)),
              head = std::max(60, fontMetrics().horizontalAdvance(HeadsModel::offText(longest)) + 18);
    setColumnWidth(HeadsModel::HeadColumn, head);
    setColumnWidth(HeadsModel::LabelColumn, label);
    if (m_graph) {
        horizontalHeader()->setFixedHeight(measure::kTableRow);
        const int in = 36, out = 40;
        // A long word for the edges is whole at the cost of the label's room, as far as its title goes.
        const int narrow = std::clamp(width - head - in - out - titleWidth(HeadsModel::EdgesColumn),
                                      std::min(titleWidth(HeadsModel::LabelColumn), label), label);
        setColumnWidth(HeadsModel::LabelColumn, narrow);
        setColumnWidth(HeadsModel::EdgesColumn, std::max(44, width - head - narrow - in - out));
        setColumnWidth(HeadsModel::InColumn, in);
        setColumnWidth(HeadsModel::OutColumn, out);
        return;
    }
    // Titles must be read: in two lines where one has no room.
    const auto titles = [this] { return std::pair(titleWidth(HeadsModel::ScoreColumn), titleWidth(HeadsModel::LossColumn)); };
    m_model->setTitlesBroken(false);
    const bool broken = titles().first + titles().second > width - head - label;
    m_model->setTitlesBroken(broken);
    const auto [score, whole] = titles();
    horizontalHeader()->setTextElideMode(broken ? Qt::ElideNone : Qt::ElideRight);  // Qt measures two lines as one
    horizontalHeader()->setFixedHeight(broken ? 2 * horizontalHeader()->fontMetrics().lineSpacing() + 6 : measure::kTableRow);
    const int loss = std::clamp(width - head - label - score, std::min(whole, 100), 100);
    setColumnWidth(HeadsModel::LossColumn, loss);
    setColumnWidth(HeadsModel::ScoreColumn, std::max(40, width - head - label - loss));
}

void HeadsTable::resizeEvent(QResizeEvent* event)
{
    // A row that was in view stays there: the window is often made smaller after the first head is chosen.
    const QRect before(QPoint(0, 0), event->oldSize());
    const bool follow = !event->oldSize().isValid() || before.intersects(visualRect(currentIndex()));
    QTableView::resizeEvent(event);
    if (follow && currentIndex().isValid()) scrollTo(currentIndex());
    fitColumns();
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
