// SPDX-License-Identifier: GPL-3.0-or-later
// The cells in which A and B differ most.
#pragma once

#include <QTableWidget>
#include <vector>

#include "ui/map/compare_math.h"
#include "ui/map/map_model.h"

namespace hs::ui {

class DifferencesTable : public QTableWidget {
    Q_OBJECT
public:
    explicit DifferencesTable(QWidget* parent = nullptr);
    void setDifferences(const std::vector<CellDifference>& cells, const std::vector<AxisLabel>& rows,
                        const std::vector<AxisLabel>& columns);

Q_SIGNALS:
    void chosen(int queryToken, int keyToken);

private:
    struct Pair {
        int query, key;
    };
    std::vector<Pair> m_pairs;
};

}  // namespace hs::ui
