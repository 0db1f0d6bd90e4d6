// SPDX-License-Identifier: GPL-3.0-or-later
// All heads of a layer, or of the model, as maps of equal scale with a name above and a score below.
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <map>
#include <optional>
#include <vector>

#include "ui/atlas/head_scores.h"
#include "ui/map/overview_feed.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class GridView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit GridView(const ViewContext& context, QWidget* parent = nullptr);
    ~GridView() override;

    /// -1: all layers.
    void setLayer(int layer);
    int layer() const { return m_layer; }
    void setScore(ShownScore score);
    const std::vector<HeadId>& heads() const { return m_heads; }
    int columns() const { return m_columns; }
    QRect cellRect(int index) const;  ///< the map, in viewport coordinates
    std::optional<int> indexAt(const QPoint& point) const;
    /// "L1 H3: query 5 ␣there → key 4 ␣time, 0.55" under the mouse; the current head without a mouse.
    const QString& readout() const { return m_readout; }
    bool waiting() const { return m_feed->waiting(); }

Q_SIGNALS:
    void readoutChanged(const QString& text);
    void opened(hs::HeadId head);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void rebuild();
    void relayout();
    void ask();
    void setReadout(const QString& text);
    QString sentence(HeadId head) const;
    void moveTo(int index);
    int currentIndex() const;
    void paintHead(QPainter& painter, int index);

    ViewContext m_c;
    OverviewFeed* m_feed;
    std::shared_ptr<const AttentionSource> m_source;
    int m_layer = 0;
    ShownScore m_score = ShownScore::Previous;
    std::vector<HeadId> m_heads;
    std::map<HeadId, std::shared_ptr<const MapOverview>> m_overviews;
    std::map<HeadId, QImage> m_images;
    int m_columns = 1, m_cell = 120;
    int m_hover = -1;
    bool m_dirty = true;  ///< hidden: asks when shown
    QString m_readout;
};

}  // namespace hs::ui
