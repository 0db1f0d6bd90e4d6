// SPDX-License-Identifier: GPL-3.0-or-later
// The loss curve of the pruning bench, by Qt Charts: orders as lines, random orders as a band, and a cursor that sets how many heads
// are off. Mouse: press or drag. Keys: arrows by one step, Shift by four, Home, End.
#pragma once

#include <QWidget>

#include "ui/prune/prune_curve.h"

class QAreaSeries;
class QChart;
class QChartView;
class QLineSeries;
class QScatterSeries;
class QValueAxis;

namespace hs::ui {

class PruneCurveChart : public QWidget {
    Q_OBJECT
public:
    explicit PruneCurveChart(QWidget* parent = nullptr);
    /// `cut`: heads off now; the cursor stands there. `stops`: numbers of heads that the cursor can stand on, rising; empty: it cannot move.
    void setLines(const PruneCurveLines& lines, int cut, const std::vector<int>& stops);
    const PruneCurveLines& lines() const { return m_lines; }
    int cursor() const { return m_cut; }
    /// Where x, y of the data lie, in this widget's coordinates.
    QPointF place(double x, double y) const;
    QSize sizeHint() const override { return {760, 400}; }
    QSize minimumSizeHint() const override { return {320, 180}; }

Q_SIGNALS:
    /// By the user; `last`: the drag is over (keys: always).
    void cursorMoved(int headsOff, bool last);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    class Overlay;
    void applyTheme();
    void applyRange();
    void applyMore();
    void moveTo(int headsOff, bool last);
    int stopNear(double x) const;
    QRectF plot() const;

    PruneCurveLines m_lines;
    std::vector<int> m_stops;
    int m_cut = 0;
    bool m_dragging = false;
    double m_low = 0, m_high = 1, m_step = 1;
    QChart* m_chart;
    QChartView* m_view;
    QValueAxis *m_x, *m_y;
    QAreaSeries* m_band;
    QLineSeries *m_bandLow, *m_bandHigh, *m_median, *m_byEffect, *m_greedy, *m_done, *m_allOn;
    std::vector<QLineSeries*> m_more;
    QScatterSeries* m_dots;
    Overlay* m_overlay;
};

}  // namespace hs::ui
