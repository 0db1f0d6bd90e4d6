// SPDX-License-Identifier: GPL-3.0-or-later
// One head's weights painted on the running words: hover a word to see where it looks, or who looks at it.
#pragma once

#include <QAbstractScrollArea>
#include <vector>

#include "ui/map/map_model.h"
#include "ui/map/map_painter.h"

namespace hs::ui {

class Selection;

class TextView : public QAbstractScrollArea {
    Q_OBJECT
public:
    TextView(MapModel* model, Selection* selection, QWidget* parent = nullptr);

    /// false: the row of the word (where it looks); true: its column (who looks at it).
    void setIncoming(bool incoming);
    bool incoming() const { return m_incoming; }
    void setColourMap(const QString& name);
    /// The word whose weights are painted, in the grain; -1: none. While neither hovered nor locked the last word.
    int word() const;
    /// Weight painted on each word; empty while not here. NaN: masked.
    std::vector<float> weights() const;
    ValueScale scale() const;
    int count() const { return static_cast<int>(labels().size()); }
    QRect wordRect(int index) const;        ///< viewport coordinates
    int wordAt(const QPoint& point) const;  ///< -1: none
    QString readout() const;
    int contentHeight() const { return m_height; }  ///< of all lines in this width

Q_SIGNALS:
    void readoutChanged(const QString& text);
    void laidOut();  ///< contentHeight() may be another

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    const std::vector<AxisLabel>& labels() const { return m_incoming ? m_model->rowLabels() : m_model->columnLabels(); }
    QFont wordFont(bool bold = false) const;
    void relayout();
    void ask();
    void announce();
    void lockWord(int index);
    bool chosenBySelection() const;

    MapModel* m_model;
    Selection* m_selection;
    bool m_incoming = false;
    QString m_colourMap = QStringLiteral("attention");
    std::vector<QRect> m_rects;  ///< content coordinates
    int m_height = 0;
    int m_over = -1;  ///< word under the mouse
    QString m_readout;
};

}  // namespace hs::ui
