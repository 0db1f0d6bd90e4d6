// SPDX-License-Identifier: GPL-3.0-or-later
// Which orders a pruning experiment runs: greedy, by a score once or again at each step, trained gates and the baselines; random
// orders always.
#pragma once

#include <QWidget>
#include <map>

#include "ui/state/prune_settings.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace hs::ui {

class PruneOrdersForm : public QWidget {
    Q_OBJECT
public:
    explicit PruneOrdersForm(const PruneSettings& settings, QWidget* parent = nullptr);
    void write(PruneSettings& settings) const;
    QCheckBox* box(OrderKind order) const { return m_boxes.at(order); }
    QComboBox* score() const { return m_score; }
    QCheckBox* recompute() const { return m_recompute; }

Q_SIGNALS:
    void changed();

private:
    void refresh();
    std::map<OrderKind, QCheckBox*> m_boxes;
    QComboBox* m_score;
    QCheckBox* m_recompute;
    QSpinBox *m_step, *m_random, *m_seed;
};

}  // namespace hs::ui
