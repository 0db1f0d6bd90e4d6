// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/similarity/graph only: repulsion of many points, far groups as one (Barnes & Hut 1986).
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "engine/similarity/graph/layout.h"

namespace hs::layout {

class Quadtree {
public:
    explicit Quadtree(const std::vector<GraphPoint>& points);
    /// Sum over the other points of strength / distance, pointing away from them. A square of side s at distance r counts as one
    /// point when s < .8 r. Points in the same place push along a direction that depends on their indices, never 0 / 0.
    GraphPoint repulsion(std::size_t point, double strength) const;

private:
    struct Cell {
        double x = 0, y = 0, side = 0;  ///< corner and side of the square
        double sumX = 0, sumY = 0;
        int count = 0;
        std::array<int, 4> children{-1, -1, -1, -1};
        std::vector<int> points;  ///< of a leaf
        bool leaf = true;
    };
    void insert(int point);
    void split(int cell, int depth);
    int childFor(int cell, const GraphPoint& p);

    const std::vector<GraphPoint>& m_points;
    std::vector<Cell> m_cells;
};

}  // namespace hs::layout
