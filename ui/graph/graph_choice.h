// SPDX-License-Identifier: GPL-3.0-or-later
// Which edges the graph shows: chips of the edge types, and a rule (top, at least, strongest percent) with slider and number.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/graph/graph_scene.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace hs::ui {

class GraphStore;
class LevelSlider;

class GraphChoice : public QWidget {
    Q_OBJECT
public:
    explicit GraphChoice(GraphStore* store, QWidget* parent = nullptr);
    void setEdgePalette(EdgePalette palette);
    LevelSlider* slider() const { return m_slider; }
    QDoubleSpinBox* amount() const { return m_amount; }
    QComboBox* rule() const { return m_rule; }

private:
    void refresh();
    void refreshChips();
    void refreshRule();
    void chooseRule(EdgeChoice::Rule rule);
    void setAmount(double amount);
    double amountAt(int position) const;
    double positionOf(double amount) const;
    void surveyValues();

    GraphStore* m_store;
    std::vector<QPushButton*> m_chips;
    QComboBox* m_rule;
    LevelSlider* m_slider;
    QDoubleSpinBox* m_amount;
    QLabel* m_random;
    EdgePalette m_palette = EdgePalette::Roles;
    // What the present matrices hold; found anew when they change.
    std::vector<std::shared_ptr<const HeadMatrix>> m_surveyed;
    double m_largest = 1;
    std::optional<double> m_chance;  ///< mean of the types' random levels
    double m_pairsAbove = 0;         ///< pairs above it, of the type with the fewest
    double m_percentAbove = 0;       ///< the same as a share of its pairs
};

}  // namespace hs::ui
