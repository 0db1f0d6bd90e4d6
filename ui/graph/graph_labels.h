// SPDX-License-Identifier: GPL-3.0-or-later
// Names beside the nodes of an exported graph: paper has no tooltip, so each gets a place of its own. First a name moves, then it is
// shortened, and what finds no place even so is counted and named.
#pragma once

#include <QStringList>

#include "ui/graph/graph_scene.h"

class QPainter;

namespace hs::ui {

struct GraphLabels {
    struct Placed {
        int node;
        QString text;
        QRectF box;
        bool away;  ///< a line leads from the node to its name
    };
    std::vector<Placed> placed;
    int wanted = 0;         ///< nodes that are drawn
    QStringList shortened;  ///< names that lost their letters or their layer, which stands at the left of the row anyway
    QStringList leftOut;
};

/// Pixel size of all text of an exported graph: what the figure calls its text size.
inline constexpr int kGraphFigureText = 11;

/// No name touches another, a node or an axis number, and none leaves `area`. The same scene always gives the same places.
GraphLabels placeGraphLabels(const GraphScene& scene, const GraphFrame& frame, const QRectF& area);
void paintGraphLabels(QPainter& painter, const GraphScene& scene, const GraphFrame& frame, const GraphLabels& labels, bool dark);

}  // namespace hs::ui
