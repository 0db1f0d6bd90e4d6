// SPDX-License-Identifier: GPL-3.0-or-later
// A map of signed effects: layers by heads, layers by positions, heads by tokens, queries by keys. Zero is paper, the range symmetric.
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QPainter;

namespace hs::ui {

struct FigureDrawing;

struct PatchCells {
    QStringList rows, columns;                     ///< labels; rows are painted top down
    bool tokenRows = false, tokenColumns = false;  ///< in the token face, with painted spaces
    QString rowTitle, columnTitle;                 ///< "layer", "head"
    std::vector<double> values;                    ///< [rows, columns]; NaN: no such cell, or not measured
    double top = 0;                                ///< end of the range; 0: the largest |value|
    double least = 0.001;                          ///< that range's smallest end: nothing must not look like much
    QString quantity;                              ///< "logit difference, patched − corrupted"
    int decimals = 3;
    double at(int row, int column) const { return values[std::size_t(row) * std::size_t(columns.size()) + std::size_t(column)]; }
    bool empty() const { return rows.isEmpty() || columns.isEmpty(); }
    double range() const;
};

struct PatchPlace {
    QRectF cells;
    double width = 0, height = 0;
};  ///< one cell's size
PatchPlace patchPlace(const PatchCells& cells, const QRectF& area);
/// Cells, labels and colour bar. `selected`: outlined; (-1, -1): none.
void paintPatchCells(QPainter& painter, const QRectF& area, const PatchCells& cells, std::pair<int, int> selected, bool dark);
/// As a figure with its numbers.
std::shared_ptr<FigureDrawing> patchDrawing(const PatchCells& cells, const QString& name, const QString& title, const QStringList& facts);

class PatchView : public QWidget {
    Q_OBJECT
public:
    explicit PatchView(QWidget* parent = nullptr);
    void setCells(PatchCells cells);
    const PatchCells& cells() const { return m_cells; }
    /// Stands where there are no cells: what belongs here and the next step.
    void setHint(const QString& hint);
    QString hint() const { return m_hint; }
    std::pair<int, int> selected() const { return m_selected; }
    void select(int row, int column);  ///< does not emit chosen()
    QString readout() const;           ///< of the cell under the mouse or the selected one
    QRectF cellRect(int row, int column) const;
    QSize sizeHint() const override { return {420, 320}; }
    QSize minimumSizeHint() const override { return {220, 120}; }

Q_SIGNALS:
    void chosen(int row, int column);
    void readoutChanged(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::pair<int, int> cellAt(const QPointF& point) const;
    PatchCells m_cells;
    QString m_hint;
    std::pair<int, int> m_selected{-1, -1}, m_hover{-1, -1};
};

}  // namespace hs::ui
