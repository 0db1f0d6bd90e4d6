// SPDX-License-Identifier: GPL-3.0-or-later
// The heatmap for screen readers: a table whose cells say "query 28 ␣the, key 27 ␣in, weight 0.9554". Cells are made when asked for.
#include <QAccessible>
#include <QAccessibleWidget>
#include <map>

#include "ui/head/heatmap_view.h"
#include "ui/kit/token_paint.h"
#include "ui/map/cell_readout.h"

namespace hs::ui {

namespace {

class CellInterface : public QAccessibleInterface, public QAccessibleTableCellInterface {
public:
    CellInterface(HeatmapView* view, int row, int column) : m_view(view), m_row(row), m_column(column) {}
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface*>(this) : nullptr;
    }
    bool isValid() const override { return m_row < m_view->model()->rows() && m_column < m_view->model()->columns(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && isValid() ? cellSentence(readCell(*m_view->model(), m_row, m_column)) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        const QRect cell = m_view->viewport().cellRect(m_row, m_column).toAlignedRect();
        return QRect(m_view->mapToGlobal(cell.topLeft()), cell.size());
    }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        state.selected = isSelected();
        state.focused = state.selected && m_view->hasFocus();
        return state;
    }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_column; }
    int rowIndex() const override { return m_row; }
    bool isSelected() const override { return m_view->row() == m_row && m_view->column() == m_column; }
    QAccessibleInterface* table() const override { return parent(); }

private:
    HeatmapView* m_view;
    int m_row, m_column;
};

class MapInterface : public QAccessibleWidget, public QAccessibleTableInterface {
public:
    explicit MapInterface(HeatmapView* view) : QAccessibleWidget(view, QAccessible::Table), m_view(view) {}
    ~MapInterface() override
    {
        for (const auto& [cell, id] : m_ids) QAccessible::deleteAccessibleInterface(id);
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Name) return m_view->accessibleName();
        if (kind == QAccessible::Value || kind == QAccessible::Description)
            return m_view->row() < 0 ? m_view->accessibleDescription()
                                     : cellSentence(readCell(*m_view->model(), m_view->row(), m_view->column()));
        return QAccessibleWidget::text(kind);
    }
    int childCount() const override { return rowCount() * columnCount(); }
    QAccessibleInterface* child(int index) const override
    {
        return columnCount() > 0 ? cellAt(index / columnCount(), index % columnCount()) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        auto* cell = dynamic_cast<const CellInterface*>(child);
        return cell ? cell->rowIndex() * columnCount() + cell->columnIndex() : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        const QPoint cell = m_view->viewport().cellAt(m_view->mapFromGlobal(QPoint(x, y)));
        return cell.x() < 0 ? nullptr : cellAt(cell.y(), cell.x());
    }
    QAccessibleInterface* focusChild() const override
    {
        return m_view->row() >= 0 && m_view->column() >= 0 ? cellAt(m_view->row(), m_view->column()) : nullptr;
    }

    QAccessibleInterface* caption() const override { return nullptr; }
    QAccessibleInterface* summary() const override { return nullptr; }
    QAccessibleInterface* cellAt(int row, int column) const override
    {
        if (row < 0 || column < 0 || row >= rowCount() || column >= columnCount()) return nullptr;
        const auto known = m_ids.find({row, column});
        if (known != m_ids.end()) return QAccessible::accessibleInterface(known->second);
        auto* cell = new CellInterface(m_view, row, column);
        m_ids[{row, column}] = QAccessible::registerAccessibleInterface(cell);
        return cell;
    }
    int selectedCellCount() const override { return m_view->locked() ? 1 : 0; }
    QList<QAccessibleInterface*> selectedCells() const override
    {
        QAccessibleInterface* cell = m_view->locked() ? focusChild() : nullptr;
        return cell ? QList<QAccessibleInterface*>{cell} : QList<QAccessibleInterface*>{};
    }
    QString columnDescription(int column) const override
    {
        return visibleToken(m_view->model()->columnLabels()[static_cast<std::size_t>(column)].text);
    }
    QString rowDescription(int row) const override
    {
        return visibleToken(m_view->model()->rowLabels()[static_cast<std::size_t>(row)].text);
    }
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override { return 0; }
    int columnCount() const override { return m_view->model()->columns(); }
    int rowCount() const override { return m_view->model()->rows(); }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent*) override {}

private:
    HeatmapView* m_view;
    mutable std::map<std::pair<int, int>, QAccessible::Id> m_ids;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* view = qobject_cast<HeatmapView*>(object);
    return view ? new MapInterface(view) : nullptr;
}

}  // namespace

void installHeatmapAccessibility()
{
    static const bool once = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(once);
}

void HeatmapView::announce()
{
    if (!QAccessible::isActive() || row() < 0 || column() < 0) return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(row() * m_model->columns() + column());
    QAccessible::updateAccessibility(&event);
}

}  // namespace hs::ui
