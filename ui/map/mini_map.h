// SPDX-License-Identifier: GPL-3.0-or-later
// The whole map in 66 px with a frame around what is shown; drag the frame.
#pragma once

#include <QImage>
#include <QRectF>
#include <QWidget>

namespace hs::ui {

class MiniMap : public QWidget {
    Q_OBJECT
public:
    explicit MiniMap(QWidget* parent = nullptr);
    /// Device pixels of the thumbnail that is wanted now.
    QSize pictureSize() const;
    void setPicture(const QImage& picture);
    /// What is shown, as shares of the map (0 to 1 on both axes), and the words below.
    void setView(const QRectF& shares, const QString& caption);
    const QRectF& view() const { return m_view; }
    QString caption() const { return m_caption; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void centreChosen(const QPointF& share);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void choose(const QPointF& position);
    QImage m_picture;
    QRectF m_view{0, 0, 1, 1};
    QString m_caption;
    QPointF m_grip;  ///< from the frame's centre to where it was taken
};

}  // namespace hs::ui
