// SPDX-License-Identifier: GPL-3.0-or-later
// The look of a list of rows: no grid, no frame, rows of the house's height, one whole row chosen at a time, nothing edited in place.
#pragma once

class QTableView;

namespace hs::ui {

void dressTable(QTableView& table);

}  // namespace hs::ui
