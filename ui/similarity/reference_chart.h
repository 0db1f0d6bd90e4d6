// SPDX-License-Identifier: GPL-3.0-or-later
// Pairs of heads against random subspaces, in the bins that the informativeness is computed with. Painted alike on screen and in figures.
#pragma once

#include <QRectF>
#include <QString>
#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

#include "engine/similarity/null/reference.h"

class QPainter;

namespace hs::ui {

struct ReferenceScene {
    ReferenceHistogram histogram;
    qint64 pairs = 0;
    double mean = 0, nullMean = 0, nullSd = 0;
    std::vector<std::pair<double, double>> thresholds;  ///< percent, lowest value among the top percent
    bool logScale = false;                              ///< shares on a log scale, from half a pair up
    QString unit;                                       ///< "Projection Kernel, OQ"
    bool empty() const { return pairs <= 0 || histogram.counts.empty(); }
};
ReferenceScene referenceScene(const PairingReference& reference, const std::vector<double>& percents);

struct ReferenceFrame {
    QRectF plot;
    double low = 0, high = 1;    ///< values
    double least = 0, most = 1;  ///< shares
    bool log = false;
    double x(double value) const { return plot.left() + (value - low) / (high - low) * plot.width(); }
    double y(double share) const;
};
ReferenceFrame fitReference(const ReferenceScene& scene, const QRectF& area, double unit);
void paintReference(QPainter& painter, const ReferenceScene& scene, const QRectF& area, double unit, bool dark, int hover = -1);

class ReferenceChart : public QWidget {
    Q_OBJECT
public:
    explicit ReferenceChart(QWidget* parent = nullptr);
    const ReferenceScene& scene() const { return m_scene; }
    void setScene(ReferenceScene scene);
    /// What is known of a bin: "5.25 to 5.50: 12.3 % of the pairs, 55.1 % of random ones".
    QString binText(int bin) const;
    QSize sizeHint() const override { return {420, 240}; }
    QSize minimumSizeHint() const override { return {240, 180}; }

Q_SIGNALS:
    void hovered(const QString& text);  ///< empty: nothing

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void setHover(int bin);
    ReferenceScene m_scene;
    int m_hover = -1;
};

}  // namespace hs::ui
