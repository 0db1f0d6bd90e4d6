// SPDX-License-Identifier: GPL-3.0-or-later
// The atlas: layers upward, one cell per head, as a map thumbnail or a flat score. It is the navigator of the window.
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "engine/model/model.h"
#include "ui/atlas/head_scores.h"
#include "ui/labels/label_mark.h"
#include "ui/map/overview_feed.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class AtlasView : public QAbstractScrollArea {
    Q_OBJECT
public:
    AtlasView(const ViewContext& context, QWidget* parent = nullptr);
    ~AtlasView() override;

    void setScore(ShownScore score);
    ShownScore score() const { return m_score; }
    void setSorted(bool sorted);  ///< cells in falling order of the score instead of by layer; needs a score
    bool sorted() const { return m_sorted; }
    bool smallCells() const;  ///< no room for a strip of letters under each cell
    /// Height that the rows may take at most: small cells become as small as they must for all layers to be in sight. 0: any.
    void setRoom(int height);
    void setScoreSources(const HeadLosses* losses, const RepeatScores* repeats);

    // Pruning bench (atlas_switching.cpp).
    /// On: a click switches a head off or on, a drag paints over many (one undo step); Ctrl+click still pins.
    void setSwitching(bool on);
    bool switching() const { return m_switching; }
    /// Values that colour the cells instead of the score, around zero; empty: the score again. `title` names them in sentences.
    void setImportance(std::map<HeadId, double> values, const QString& title);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int preferredHeight() const;  ///< all rows without scrolling

    // For the screen-reader interface (atlas_accessible.cpp): one child per head in layer order.
    int headCount() const { return int(m_heads.size()); }
    HeadId headAt(int index) const { return m_heads[std::size_t(index)]; }
    int indexOf(HeadId head) const;
    QRect cellRect(HeadId head) const;  ///< in viewport coordinates
    std::optional<HeadId> headAtPoint(const QPoint& point) const;
    /// "Layer 3, head 7, weight on previous token 0.68, switched off."
    QString sentence(HeadId head) const;
    HeadId current() const;
    bool isPinned(HeadId head) const;
    void choose(HeadId head);
    void moveBy(int up, int heads);  ///< arrow keys, as seen on screen; no wrapping

Q_SIGNALS:
    void hoveredText(const QString& text);  ///< for the status bar; empty: nothing
    void switchRequested(hs::HeadId head, bool off);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Geometry {
        int cell, pitchX, pitchY, left, top;
    };
    Geometry geometry() const;
    int rowOfLayer(int layer) const;
    void sourceChanged();
    void askThumbnails();
    void rebuild();
    void updateScrollBars();
    void paintCell(QPainter& painter, HeadId head, const QRect& rect);
    LabelMark mark(HeadId head) const;
    bool hasStrip() const;  ///< room and reason for codes under the cells
    void paintCode(QPainter& painter, HeadId head, const QRect& cell);
    QRgb scoreColour(double value) const;
    bool switchAt(HeadId head);  ///< in the direction of the drag
    void paintOff(QPainter& painter, HeadId head, const QRect& rect);
    void paintImportance(QPainter& painter, HeadId head, const QRect& rect);

    ScoreSources sources() const;
    void showMenu(HeadId head, const QPoint& at);

    ViewContext m_c;
    OverviewFeed* m_feed;
    const HeadLosses* m_losses = nullptr;
    const RepeatScores* m_repeats = nullptr;
    std::shared_ptr<const AttentionSource> m_source;
    std::weak_ptr<const Model> m_model;  ///< that m_source was made with; none for dumps
    int m_askedLayers = 0;
    std::vector<HeadId> m_heads;  ///< layer order
    std::vector<HeadId> m_order;  ///< order on screen when sorted
    std::map<HeadId, std::shared_ptr<const MapOverview>> m_overviews;
    std::map<HeadId, QImage> m_images;
    ShownScore m_score = ShownScore::Thumbnail;
    bool m_sorted = false;
    int m_layers = 0, m_columns = 0, m_room = 0;
    double m_low = 0, m_high = 1;
    std::optional<HeadId> m_hover;
    bool m_switching = false, m_dragOff = false;
    int m_gesture = -1;  ///< of the drag; -1: none
    std::map<HeadId, double> m_importance;
    double m_importanceTop = 0;
    QString m_importanceTitle;
};

/// Makes the atlas readable for screen readers; called once by the window.
void installAtlasAccessibility();

}  // namespace hs::ui
