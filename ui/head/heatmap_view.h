// SPDX-License-Identifier: GPL-3.0-or-later
// One exact map with token axes, profiles, mini-map and colour bar. Gestures: peers' conventions (wheel zooms at the cursor, drag pans,
// Ctrl+drag zooms to a box, click locks, Esc frees).
#pragma once

#include <QImage>
#include <QWidget>

#include "ui/map/colour_bar.h"
#include "ui/map/map_axes.h"
#include "ui/map/map_model.h"
#include "ui/map/map_viewport.h"
#include "ui/map/mini_map.h"

namespace hs::ui {

class Selection;
class ViewSettings;

class HeatmapView : public QWidget {
    Q_OBJECT
public:
    HeatmapView(MapModel* model, Selection* selection, ViewSettings* settings, QWidget* parent = nullptr);
    ~HeatmapView() override;

    MapModel* model() const { return m_model; }
    const MapViewport& viewport() const { return m_viewport; }
    ColourBar* colourBar() const { return m_bar; }
    MiniMap* miniMap() const { return m_mini; }
    /// Pair under the mouse or locked, in rows and columns of the grain; -1: none.
    int row() const;
    int column() const;
    bool locked() const;
    /// Status text of that pair; empty when there is none.
    QString readout() const;
    ValueScale scale() const { return m_scale; }
    /// The cells as they are on screen (device pixels), without outlines.
    const QImage& picture();

public Q_SLOTS:
    void fit();
    void zoomBy(double factor);              ///< around the pair, else the middle
    void moveCursor(int rows, int columns);  ///< keyboard: moves the locked pair

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
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    enum class Drag { None, Maybe, Pan, Box, Queries, Keys };
    void layoutParts();
    void afterZoom();
    void refreshCells();  ///< the picture of the cells is out of date
    void refreshPair();
    void refreshSide();  ///< colour bar and mini-map
    void showShares();   ///< frame of the mini-map
    void renderPicture();
    void reduceForMini();
    QImage miniPicture();
    Profile rowProfile() const;
    Profile columnProfile() const;
    QRectF queryLabelArea() const;
    QRectF keyLabelArea() const;
    void hoverAt(const QPointF& position);
    void lockAt(const QPointF& position, Drag what);
    void announce();

    MapModel* m_model;
    Selection* m_selection;
    ViewSettings* m_settings;
    ColourBar* m_bar;
    MiniMap* m_mini;
    MapViewport m_viewport;
    ValueScale m_scale;
    QImage m_picture;
    MatrixF m_miniCells;
    std::shared_ptr<const MatrixF> m_miniSource;
    int m_miniFactor = 1;
    bool m_pictureDirty = true, m_sideDirty = true, m_miniDirty = true;
    QString m_readout;
    Drag m_drag = Drag::None;
    QPointF m_dragFrom, m_dragLast;
    bool m_labelHover = false;
};

/// Makes heatmaps readable to assistive technology; called once before the first view.
void installHeatmapAccessibility();

}  // namespace hs::ui
