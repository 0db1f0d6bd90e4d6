// SPDX-License-Identifier: GPL-3.0-or-later
// A picture as a value: what a view hands to the figure machine.
#pragma once

#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

namespace hs::ui {

/// What became of the names in a drawing.
struct DrawnNames {
    int wanted = 0;
    QStringList shortened, leftOut;
};

/// A picture that another view paints itself (head graph, matrix of heads, pruning curve ...), with its numbers. `paint` is called from any
/// thread, so it holds its data by value or as const shared pointers and touches no widget.
struct FigureDrawing {
    QString name;             ///< end of the file name: "graph"
    QString title;            ///< "Projection Kernel, top 20 of each type"
    QString caption;          ///< a sentence for LaTeX, without the model's name
    QStringList facts;        ///< measure, weights, data, seed, kind of ablation ...: into the recipe
    double aspect = 0.75;     ///< height of the picture as a share of its width
    bool usesPrompt = false;  ///< the current prompt is part of it
    /// Paints into `area` in screen pixels of ui/look.md's sizes (11 px captions become the figure's text size); `dark`: dark theme's colours.
    std::function<void(QPainter& painter, const QRectF& area, bool dark)> paint;
    /// The names in the picture of that area; empty: it has none that could be left out.
    std::function<DrawnNames(const QRectF& area)> names;
    double smallestPx = 10;          ///< smallest text that `paint` uses
    std::vector<QStringList> table;  ///< numbers for CSV and clipboard; the first row holds the headings; empty: none
};

}  // namespace hs::ui
