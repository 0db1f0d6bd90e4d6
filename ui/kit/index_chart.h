// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers over 1, 2, 3, ...: singular values, cosines of principal angles, silhouettes of cuts. Painted alike on screen and in figures.
#pragma once

#include <QRectF>
#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/theme/theme.h"

class QPainter;

namespace hs::ui {

struct IndexSeries {
    QString name;  ///< in the legend and the readout; empty: no legend
    std::vector<double> values;
    Ink ink = Ink::Bar;
    bool dashed = false;  ///< the second way to tell two curves apart
};

struct IndexChartScene {
    std::vector<IndexSeries> series;
    int first = 1;                ///< number of the first value
    std::optional<double> top;    ///< upper end of the axis; none: the largest value
    std::optional<double> level;  ///< a dotted line across
    QString levelName;
    int marked = -1;         ///< index with a mark on it
    QString xTitle, absent;  ///< `absent`: said instead of a chart without values
    int decimals = 2;        ///< of the readout
    int count() const;
    bool empty() const { return count() == 0; }
};

struct IndexChartFrame {
    QRectF plot;
    double low = 0, high = 1;
    double x(const IndexChartScene& s, int i) const
    {
        return plot.left() + (s.count() < 2 ? 0.5 : double(i) / (s.count() - 1)) * plot.width();
    }
    double y(double v) const { return plot.bottom() - (v - low) / (high - low) * plot.height(); }
};
IndexChartFrame fitIndexChart(const IndexChartScene& scene, const QRectF& area, double unit);
/// `hover`: index whose values are read out in the top right corner, or -1.
void paintIndexChart(QPainter& painter, const IndexChartScene& scene, const QRectF& area, double unit, bool dark, int hover = -1);

class IndexChart : public QWidget {
    Q_OBJECT
public:
    explicit IndexChart(const QString& name, QWidget* parent = nullptr);
    const IndexChartScene& scene() const { return m_scene; }
    void setScene(IndexChartScene scene);
    /// Click and arrow keys choose a value (else the chart only reads out).
    void setChoosing(bool on);
    int hover() const { return m_hover; }
    QSize sizeHint() const override { return {220, 128}; }
    QSize minimumSizeHint() const override { return {140, 104}; }

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int indexAt(double x) const;
    void setHover(int index);
    IndexChartScene m_scene;
    int m_hover = -1;
    bool m_choosing = false;
};

}  // namespace hs::ui
