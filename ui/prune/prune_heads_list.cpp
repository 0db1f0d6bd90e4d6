// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_heads_list.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/kit/label.h"
#include "ui/labels/label_code.h"
#include "ui/labels/label_store.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_heads_model.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

/// Two letters in the label column; pale where the head is off.
class LabelDelegate : public QStyledItemDelegate {
public:
    LabelDelegate(const PruneHeadsModel* model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (!m_model->labels()) return;
        const QPoint p = index.data(PruneHeadsModel::HeadRole).toPoint();
        const QRectF box(option.rect.left() + 4, option.rect.center().y() - 7, 22, 15);
        paintLabelCode(*painter, box, m_model->labels()->mark({p.x(), p.y()}), index.data(PruneHeadsModel::OffRole).toBool() ? 0.45 : 1.0);
    }

private:
    const PruneHeadsModel* m_model;
};

/// Names of heads that are off are muted.
class NameDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.data(PruneHeadsModel::OffRole).toBool())
            for (const auto role : {QPalette::Text, QPalette::HighlightedText}) option->palette.setColor(role, ink(Ink::Muted));
    }
};

}  // namespace

PruneHeadsTable::PruneHeadsTable(PruneHeadsModel* model, const ViewContext& context, QWidget* parent)
    : QTableView(parent), m_model(model), m_sorted(new QSortFilterProxyModel(this)), m_c(context)
{
    m_sorted->setSourceModel(model);
    m_sorted->setSortRole(PruneHeadsModel::SortRole);
    m_sorted->setDynamicSortFilter(true);
    setModel(m_sorted);
    setAccessibleName(tr("Heads and what they are worth"));
    dressTable(*this);
    setWordWrap(false);
    setSortingEnabled(true);
    setItemDelegate(new NameDelegate(this));
    setItemDelegateForColumn(PruneHeadsModel::LabelColumn, new LabelDelegate(model, this));
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    sortByColumn(PruneHeadsModel::FirstScore, Qt::AscendingOrder);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (m_following || !now.isValid()) return;
        const QPoint p = now.data(PruneHeadsModel::HeadRole).toPoint();
        m_c.selection->setHead({p.x(), p.y()});
    });
    connect(m_c.selection, &Selection::headChanged, this, &PruneHeadsTable::showHead);
    connect(m_sorted, &QAbstractItemModel::modelReset, this, [this] {
        fitColumns();
        showHead();
    });
}

void PruneHeadsTable::showHead()
{
    const int row = m_model->rowOf(m_c.selection->head());
    if (row < 0) return;
    m_following = true;
    setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, 0)));
    m_following = false;
}

void PruneHeadsTable::fitColumns()
{
    const int width = viewport()->width(), columns = m_model->columnCount();
    const int head = 92, label = 64, scores = columns - PruneHeadsModel::FirstScore;
    setColumnWidth(PruneHeadsModel::HeadColumn, head);
    setColumnWidth(PruneHeadsModel::LabelColumn, label);
    for (int c = PruneHeadsModel::FirstScore; c < columns; ++c)
        setColumnWidth(c, std::max(76, (width - head - label) / std::max(1, scores)));
}

void PruneHeadsTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void PruneHeadsTable::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && currentIndex().isValid()) {
        // Space switches, in whatever column the cursor stands.
        const QModelIndex box = currentIndex().siblingAtColumn(PruneHeadsModel::HeadColumn);
        m_sorted->setData(box, box.data(PruneHeadsModel::OffRole).toBool() ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
        return;
    }
    // Letters are the window's keys, not a search in the table.
    if (!event->text().isEmpty() && event->text().at(0).isPrint() && event->modifiers() == Qt::NoModifier) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

PruneHeadsList::PruneHeadsList(const ViewContext& context, PruneController* controller, QWidget* parent)
    : QWidget(parent), m_c(context), m_controller(controller),
      m_model(new PruneHeadsModel(controller->bench(), context.labels, false, this))
{
    m_restore = new QPushButton(tr("Restore all"));
    m_restore->setObjectName(QStringLiteral("pruneRestore"));
    m_invert = new QPushButton(tr("Invert"));
    m_invert->setToolTip(tr("Heads that are off come on, the others go off"));
    m_count = makeLabel({}, Ink::Muted, Type::Caption, false);
    for (QPushButton* b : {m_restore, m_invert}) b->setProperty("small", true);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 12, 8);
    row->setSpacing(measure::kControlGap);
    row->addWidget(m_restore);
    row->addWidget(m_invert);
    row->addStretch();
    row->addWidget(m_count);
    auto* table = new PruneHeadsTable(m_model, m_c);
    table->setObjectName(QStringLiteral("pruneHeads"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(makeHairline());
    column->addWidget(table, 1);
    connect(m_model, &PruneHeadsModel::toggled, m_c.project, &Project::switchHead);
    connect(m_restore, &QPushButton::clicked, controller, &PruneController::restoreAll);
    connect(m_invert, &QPushButton::clicked, controller, &PruneController::invert);
    connect(controller->bench(), &PruneBench::cutsChanged, this, &PruneHeadsList::refresh);
    // The cheapest cuts stand first; the list begins there when it is complete, unless somebody is in it.
    connect(controller->bench(), &PruneBench::aloneChanged, table, [table, controller] {
        const auto& alone = controller->bench()->alone();
        if (alone && alone->complete && !table->hasFocus()) QTimer::singleShot(0, table, &QTableView::scrollToTop);
    });
    refresh();
}

void PruneHeadsList::refresh()
{
    const int off = int(m_controller->bench()->cuts().size()), all = m_controller->bench()->headCount();
    m_count->setText(tr("%1 on, %2 off").arg(all - off).arg(off));
    m_restore->setEnabled(off > 0);
    m_restore->setToolTip(off > 0 ? tr("Switch all heads on again; one undo step") : tr("No head is off."));
    m_invert->setEnabled(all > 0);
}

}  // namespace hs::ui
