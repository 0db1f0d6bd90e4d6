// SPDX-License-Identifier: GPL-3.0-or-later
// A strip of small maps, one for each example row: where the row stands and what it looks at. Click or Enter opens the passage.
#pragma once

#include <QImage>
#include <QWidget>
#include <vector>

#include "ui/labels/example_map_feed.h"

namespace hs::ui {

class ExampleMaps : public QWidget {
    Q_OBJECT
public:
    /// Maps are at most `side` px wide; five of the usual size share a row, and shrink where it is narrow.
    explicit ExampleMaps(int side = 50, QWidget* parent = nullptr);
    void setMaps(std::vector<ExampleMap> maps);
    void setCells(int index, std::shared_ptr<const MatrixF> cells);
    const std::vector<ExampleMap>& maps() const { return m_maps; }
    int current() const { return m_current; }
    void setCurrent(int index);
    /// Words of one map for tip and screen reader.
    QString sentence(int index) const;
    QRect mapRect(int index) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

Q_SIGNALS:
    void opened(const hs::ui::ExampleLine& line);
    void currentChanged(int index);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int side() const;
    int mapAt(const QPointF& at) const;
    std::vector<ExampleMap> m_maps;
    std::vector<QImage> m_images;
    bool m_darkImages = false;
    int m_side, m_hover = -1, m_current = 0;
};

}  // namespace hs::ui
