// SPDX-License-Identifier: GPL-3.0-or-later
// All words of a short prompt under the one that is chosen: a line each, with its weights painted on the same words.
#pragma once

#include <QWidget>

#include "ui/map/map_model.h"
#include "ui/map/map_painter.h"

namespace hs::ui {

class Selection;

class TextRows : public QWidget {
    Q_OBJECT
public:
    TextRows(MapModel* model, Selection* selection, QWidget* parent = nullptr);

    /// As of TextView: where each word looks, or who looks at it.
    void setIncoming(bool incoming);
    void setColours(const QString& map, const ValueScale& scale);
    /// Lines for a prompt of this length in this width: a text that would wrap is no table any more.
    bool fits(int width) const;
    int lines() const;
    QRect lineRect(int line) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {100, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    const std::vector<AxisLabel>& names() const { return m_incoming ? m_model->columnLabels() : m_model->rowLabels(); }
    const std::vector<AxisLabel>& words() const { return m_incoming ? m_model->rowLabels() : m_model->columnLabels(); }
    void layoutWords();

    MapModel* m_model;
    Selection* m_selection;
    bool m_incoming = false;
    QString m_map = QStringLiteral("attention");
    ValueScale m_scale;
    std::vector<int> m_left, m_width;  ///< of the words, in every line
    int m_nameRoom = 0, m_right = 0;
};

}  // namespace hs::ui
