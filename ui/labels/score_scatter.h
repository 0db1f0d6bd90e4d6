// SPDX-License-Identifier: GPL-3.0-or-later
// Two numbers of every head against each other, by Qt Charts. Point = family colour and two letters in its tip; click or arrow keys choose.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "engine/base/ids.h"
#include "ui/labels/label_mark.h"

class QChart;
class QChartView;
class QScatterSeries;
class QValueAxis;

namespace hs::ui {

class ScoreScatter : public QWidget {
    Q_OBJECT
public:
    struct Point {
        HeadId head;
        double x = 0, y = 0;
        LabelMark mark;
    };
    explicit ScoreScatter(QWidget* parent = nullptr);
    void setPoints(std::vector<Point> points, const QString& xTitle, const QString& yTitle);
    const std::vector<Point>& points() const { return m_points; }
    void setSelected(HeadId head);
    /// In widget coordinates; for tests and tips.
    QPointF place(const Point& point) const;
    QSize sizeHint() const override { return {620, 460}; }

Q_SIGNALS:
    void chosen(hs::HeadId head);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void applyTheme();
    int nearest(const QPointF& at) const;
    QString sentence(const Point& point) const;

    QChart* m_chart;
    QChartView* m_view;
    QValueAxis *m_x, *m_y;
    QWidget* m_letters = nullptr;
    std::vector<QScatterSeries*> m_series;  ///< one for each family, then the selected head
    std::vector<Point> m_points;
    QString m_xTitle, m_yTitle;
    HeadId m_selected{-1, -1};
};

}  // namespace hs::ui
