// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/jobs_panel.h"

#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/bridge/engine_bridge.h"
#include "ui/kit/dock_title.h"
#include "ui/shell/jobs_model.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

/// Words with a thin bar of the finished share under them.
class ProgressDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QVariant share = index.data(JobsModel::FractionRole);
        if (!share.isValid() || !index.data(JobsModel::RunningRole).toBool()) return;
        const QRectF r(option.rect.left() + 4, option.rect.bottom() - 3, option.rect.width() - 8, 2);
        painter->fillRect(r, ink(Ink::Hair));
        painter->fillRect(QRectF(r.left(), r.top(), r.width() * share.toDouble(), 2), ink(Ink::Accent));
    }
};

}  // namespace

JobsPanel::JobsPanel(EngineBridge* bridge, JobsModel* model, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_model(model), m_title(new DockTitle(tr("Jobs"))), m_table(new QTableView)
{
    const auto small = [](const QString& text, const QString& tip) {
        auto* button = new QPushButton(text);
        button->setProperty("quiet", true);
        button->setProperty("small", true);
        button->setFixedHeight(22);
        button->setToolTip(tip);
        return button;
    };
    auto* cancel = small(tr("Cancel job"), tr("Stops the chosen job, or the running one; what is finished stays"));
    auto* clear = small(tr("Clear list"), tr("Forget jobs that have ended"));
    connect(cancel, &QPushButton::clicked, this, [this] {
        const QModelIndex index = m_table->currentIndex();
        if (index.isValid() && index.data(JobsModel::RunningRole).toBool())
            return m_bridge->cancel(JobId(index.data(JobsModel::JobRole).toULongLong()));
        for (int row = m_model->rowCount() - 1; row >= 0; --row)
            if (m_model->index(row, 0).data(JobsModel::RunningRole).toBool())
                return m_bridge->cancel(JobId(m_model->index(row, 0).data(JobsModel::JobRole).toULongLong()));
    });
    connect(clear, &QPushButton::clicked, m_model, &JobsModel::clearFinished);
    m_title->addControl(cancel);
    m_title->addControl(clear);

    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Jobs"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    m_table->horizontalHeader()->setFixedHeight(measure::kTableRow);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(JobsModel::WhatColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(JobsModel::ProgressColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(JobsModel::TimeColumn, 90);
    m_table->setItemDelegateForColumn(JobsModel::ProgressColumn, new ProgressDelegate(m_table));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
}

}  // namespace hs::ui
