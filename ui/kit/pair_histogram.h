// SPDX-License-Identifier: GPL-3.0-or-later
// All pairs of one measure as a histogram with the count on a log scale, the level of random subspaces and where the drawn edges begin.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

namespace hs::ui {

/// Counts in equal bins from 0 (or the smallest value, if that is below) to the largest value; values that are no number are left out.
struct PairCounts {
    double low = 0, high = 1;
    std::vector<int> counts;
    int total = 0;
};
PairCounts countPairs(const std::vector<double>& values, int bins);

class PairHistogram : public QWidget {
    Q_OBJECT
public:
    explicit PairHistogram(QWidget* parent = nullptr);
    /// `drawnFrom`: bins from there on are those of the drawn edges. `unit`: "PK".
    void setData(const PairCounts& counts, std::optional<double> chance, std::optional<double> drawnFrom, int drawn, const QString& unit,
                 int decimals);
    QSize sizeHint() const override { return {240, 112}; }
    QSize minimumSizeHint() const override { return {160, 112}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    PairCounts m_counts;
    std::optional<double> m_chance, m_from;
    int m_drawn = 0, m_decimals = 1;
    QString m_unit;
};

}  // namespace hs::ui
