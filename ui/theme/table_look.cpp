// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/table_look.h"

#include <QHeaderView>
#include <QTableView>

#include "ui/theme/theme.h"

namespace hs::ui {

void dressTable(QTableView& table)
{
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setTabKeyNavigation(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(measure::kTableRow);
    table.verticalHeader()->setMinimumSectionSize(measure::kTableRow);
    table.horizontalHeader()->setFixedHeight(measure::kTableRow);
    table.horizontalHeader()->setHighlightSections(false);
}

}  // namespace hs::ui
