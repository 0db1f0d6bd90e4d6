// SPDX-License-Identifier: GPL-3.0-or-later
// A figure as it will be on paper, with a ruler in millimetres above.
#pragma once

#include <QPixmap>
#include <QWidget>

#include "ui/export/figure.h"

namespace hs::ui {

class FigurePreview : public QWidget {
    Q_OBJECT
public:
    explicit FigurePreview(QWidget* parent = nullptr);
    void setFigure(const FigureSpec& spec, const FigureData& data);
    /// Nothing to show yet, or why there is nothing.
    void setWords(const QString& words);
    /// Screen size of the page over its true size, with the screen at 96 dpi.
    double zoom() const { return m_zoom; }
    QSize sizeHint() const override { return {552, 560}; }

Q_SIGNALS:
    void zoomChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void render();
    FigureSpec m_spec;
    FigureData m_data;
    bool m_has = false;
    QString m_words;
    QPixmap m_page;
    QSizeF m_mm;
    double m_zoom = 1;
};

}  // namespace hs::ui
