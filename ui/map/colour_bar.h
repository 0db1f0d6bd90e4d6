// SPDX-License-Identifier: GPL-3.0-or-later
// Colour bar with histogram and two thumbs. Drag a thumb to narrow the range, double-click = automatic, double-click a number to type it.
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

#include "ui/map/map_model.h"
#include "ui/map/map_painter.h"

class QLineEdit;

namespace hs::ui {

class ColourBar : public QWidget {
    Q_OBJECT
public:
    static constexpr int kBins = 22;
    explicit ColourBar(QWidget* parent = nullptr);

    struct Content {
        QString quantity;          ///< "Weight"
        ValueScale scale;          ///< what colours mean now
        double low = 0, high = 1;  ///< ends of the bar: the automatic range
        bool automatic = true;
        QString colourMap;
        std::vector<double> counts;  ///< kBins, from low to high; empty: not known
        MapModel::Clipped clipped;
        qint64 masked = 0;
        double surveyed = 1;  ///< share of the map that the counts cover
        QStringList notes;    ///< hidden sink, words ...
    };
    void setContent(const Content& content);
    const Content& content() const { return m_content; }
    /// Words under the bar, as drawn.
    QStringList lines() const;
    QStringList wrapped() const;  ///< the same, broken to the width
    QRect barRect() const;
    /// y of a value on the bar.
    double positionOf(double value) const;
    double valueAt(double y) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void rangeChosen(double low, double high);
    void automaticChosen();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum Thumb { None, Low, High };
    bool fixedRange() const;  ///< per-row stretch: there is no common range
    Thumb thumbAt(const QPointF& position) const;
    void moveThumb(Thumb thumb, double value);
    void edit(Thumb thumb);
    QRect numberRect(Thumb thumb) const;

    Content m_content;
    Thumb m_dragged = None, m_active = High;
    QLineEdit* m_editor = nullptr;
};

}  // namespace hs::ui
