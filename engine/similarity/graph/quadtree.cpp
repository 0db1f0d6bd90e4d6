// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/graph/quadtree.h"

#include <algorithm>
#include <cmath>

#include "engine/base/at.h"

namespace hs::layout {
namespace {

constexpr int kDepth = 24;  // points nearer than side / 2^24 share a leaf
constexpr std::size_t kLeafPoints = 4;
constexpr double kOpen = 0.8;

}  // namespace

Quadtree::Quadtree(const std::vector<GraphPoint>& points) : m_points(points)
{
    Cell root;
    if (!points.empty()) {
        GraphPoint least = points.front(), most = least;
        for (const GraphPoint& p : points) {
            least = {std::min(least.x, p.x), std::min(least.y, p.y)};
            most = {std::max(most.x, p.x), std::max(most.y, p.y)};
        }
        root.x = least.x;
        root.y = least.y;
        root.side = std::max({most.x - least.x, most.y - least.y, 1e-9});
    }
    m_cells.push_back(root);
    for (std::size_t i = 0; i < points.size(); ++i) insert(static_cast<int>(i));
}

int Quadtree::childFor(int cell, const GraphPoint& p)
{
    const double half = m_cells[at(cell)].side / 2;
    const bool right = p.x >= m_cells[at(cell)].x + half, low = p.y >= m_cells[at(cell)].y + half;
    const std::size_t quarter = (right ? 1u : 0u) + (low ? 2u : 0u);
    if (m_cells[at(cell)].children[quarter] < 0) {
        Cell child;
        child.x = m_cells[at(cell)].x + (right ? half : 0);
        child.y = m_cells[at(cell)].y + (low ? half : 0);
        child.side = half;
        m_cells[at(cell)].children[quarter] = static_cast<int>(m_cells.size());
        m_cells.push_back(child);
    }
    return m_cells[at(cell)].children[quarter];
}

void Quadtree::insert(int point)
{
    const GraphPoint p = m_points[at(point)];
    int cell = 0;
    for (int depth = 0;; ++depth) {
        Cell& c = m_cells[at(cell)];
        ++c.count;
        c.sumX += p.x;
        c.sumY += p.y;
        if (c.leaf) {
            c.points.push_back(point);
            if (c.points.size() > kLeafPoints && depth < kDepth) split(cell, depth);
            return;
        }
        cell = childFor(cell, p);
    }
}

void Quadtree::split(int cell, int depth)
{
    const std::vector<int> points = std::move(m_cells[at(cell)].points);
    m_cells[at(cell)].points.clear();
    m_cells[at(cell)].leaf = false;
    for (const int point : points) {
        const int child = childFor(cell, m_points[at(point)]);
        Cell& c = m_cells[at(child)];
        ++c.count;
        c.sumX += m_points[at(point)].x;
        c.sumY += m_points[at(point)].y;
        c.points.push_back(point);
    }
    for (const int child : m_cells[at(cell)].children)
        if (child >= 0 && m_cells[at(child)].points.size() > kLeafPoints && depth + 1 < kDepth) {
            split(child, depth + 1);
            return;  // only one child can hold them all
        }
}

GraphPoint Quadtree::repulsion(std::size_t point, double strength) const
{
    const GraphPoint p = m_points[point];
    GraphPoint out;
    const auto push = [&](double x, double y, double count) {
        const double dx = p.x - x, dy = p.y - y, squared = dx * dx + dy * dy;
        out.x += count * strength * dx / squared;
        out.y += count * strength * dy / squared;
    };
    std::vector<int> open{0};
    while (!open.empty()) {
        const Cell& c = m_cells[at(open.back())];
        open.pop_back();
        if (c.count == 0) continue;
        if (c.leaf) {
            for (const int other : c.points) {
                if (at(other) == point) continue;
                const GraphPoint& q = m_points[at(other)];
                if (std::hypot(p.x - q.x, p.y - q.y) > 1e-6) {
                    push(q.x, q.y, 1);
                } else {
                    const double angle = static_cast<double>(point) * 2.399963229728653;  // golden angle: all directions differ
                    const double sign = at(other) < point ? 1 : -1;
                    out.x += sign * std::sqrt(strength) * std::cos(angle);
                    out.y += sign * std::sqrt(strength) * std::sin(angle);
                }
            }
            continue;
        }
        const double x = c.sumX / c.count, y = c.sumY / c.count;
        const double distance = std::hypot(p.x - x, p.y - y);
        const bool inside = p.x >= c.x && p.x <= c.x + c.side && p.y >= c.y && p.y <= c.y + c.side;
        if (!inside && c.side < kOpen * distance) {
            push(x, y, c.count);
            continue;
        }
        for (const int child : c.children)
            if (child >= 0) open.push_back(child);
    }
    return out;
}

}  // namespace hs::layout
