// SPDX-License-Identifier: GPL-3.0-or-later
// A, B and A - B side by side: one zoom, one range, one crosshair (ui/look.md section 5.4).
#pragma once

#include <QWidget>
#include <vector>

#include "ui/map/compare_math.h"
#include "ui/map/map_model.h"
#include "ui/map/map_painter.h"
#include "ui/map/map_viewport.h"

namespace hs::ui {

class Selection;

/// How A and B may be laid over each other.
struct CompareSetup {
    QString nameA, nameB;       ///< "L1 H3"
    QString noteA, noteB;       ///< beside the names, muted
    bool comparable = true;     ///< false: no difference, each map with its own crosshair-free view
    QString whyNot;             ///< instead of the difference
    std::vector<char> inB;      ///< for each token of A whether B has it; empty: all
    int rows = 0, columns = 0;  ///< rows and columns both have, in the grain; 0: those of A
};

class CompareView : public QWidget {
    Q_OBJECT
public:
    CompareView(MapModel* a, MapModel* b, Selection* selection, QWidget* parent = nullptr);

    void setSetup(const CompareSetup& setup);
    void setColourMap(const QString& name);
    void setSameView(bool same);
    void setSameScale(bool same);
    void setCrosshair(bool on);
    /// Pair under the mouse or locked, rows and columns of the grain; -1: none.
    int row() const;
    int column() const;
    std::optional<float> valueA(int row, int column) const;
    std::optional<float> valueB(int row, int column) const;
    bool lackedByB(int token) const;
    /// "Query 23 ␣r → key 22 ␣her | A 0.1370 | B 0.9587 | A − B −0.8217".
    QString readout() const;
    ValueScale scaleOf(bool second) const;
    double differenceReach() const;
    /// Height in which the maps are as large as this width allows.
    int heightAt(int width) const;

public Q_SLOTS:
    void fit();

Q_SIGNALS:
    void readoutChanged(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layoutParts();
    void geometryChanged();
    void requestCells();
    void announce();
    int mapAt(const QPointF& position) const;  ///< 0, 1, 2 or -1
    MapViewport& viewportOf(int map) { return m_views[!m_setup.comparable || !m_sameView ? (map == 1 ? 1 : 0) : 0]; }
    const MapViewport& viewportOf(int map) const { return m_views[!m_setup.comparable || !m_sameView ? (map == 1 ? 1 : 0) : 0]; }
    QPointF shift(int map) const { return {m_pitch * map, 0}; }  ///< from the first map
    void paintDifference(QPainter& painter, const MapPaintStyle& style);
    void paintBar(QPainter& painter, int map);
    void paintHeading(QPainter& painter, int map);

    MapModel* m_models[2];
    Selection* m_selection;
    CompareSetup m_setup;
    QString m_colourMap = QStringLiteral("attention");
    bool m_sameView = true, m_sameScale = true, m_crosshair = true;
    MapViewport m_views[2];
    QRectF m_maps[3];
    double m_pitch = 0;
    bool m_dragging = false, m_moved = false;
    QPointF m_dragFrom, m_dragLast;
    int m_dragMap = 0;
    QString m_readout;
};

}  // namespace hs::ui
