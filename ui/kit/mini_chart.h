// SPDX-License-Identifier: GPL-3.0-or-later
// Small charts of the head card, by Qt Charts: a histogram or a curve with sparse axis numbers. Colours follow the theme.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QChart;
class QChartView;
class QValueAxis;
class QLineSeries;
class QScatterSeries;
class QBarSeries;
class QBarSet;

namespace hs::ui {

class MiniChart : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Bars, Curve };
    MiniChart(Kind kind, const QString& title, QWidget* parent = nullptr);
    /// `first`: number of the first value on the x axis. `top`: upper end of y; 0: the largest value.
    /// `marked`: index drawn in the selection colour, -1: none. Empty values show `absent` instead of a chart.
    void setValues(const std::vector<double>& values, int first, double top, int marked, const QString& absent, int decimals = 2);
    QSize sizeHint() const override { return {130, 108}; }
    QSize minimumSizeHint() const override { return {100, 108}; }
    void setTitleText(const QString& title);

Q_SIGNALS:
    void clicked(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void applyTheme();
    int indexAt(double x) const;

    Kind m_kind;
    QString m_title, m_absent;
    QChart* m_chart;
    QChartView* m_view;
    QValueAxis* m_x;
    QValueAxis* m_y;
    QLineSeries* m_line = nullptr;
    QScatterSeries* m_mark = nullptr;
    QBarSeries* m_bars = nullptr;
    QBarSet* m_set = nullptr;
    std::vector<double> m_values;
    int m_first = 0, m_marked = -1, m_decimals = 2;
    double m_top = 1;
};

}  // namespace hs::ui
