// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "engine/base/at.h"
#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/similarity/graph/layout_parts.h"
#include "engine/similarity/graph/quadtree.h"

namespace hs {
namespace {

using layout::Link;

class Force {
public:
    Force(const HeadGraph& graph, const LayoutOptions& options, const Progress& progress)
        : m_graph(graph), m_options(options), m_progress(progress), m_drawn(layout::drawn(graph, options)), m_slot(graph.nodes.size(), -1)
    {
        for (std::size_t i = 0; i < m_drawn.size(); ++i) {
            if (!m_drawn[i]) continue;
            m_slot[i] = static_cast<int>(m_nodes.size());
            m_nodes.push_back(static_cast<int>(i));
        }
        m_points.resize(m_nodes.size());
        m_fixed.resize(m_nodes.size());
        for (const Link& link : layout::links(graph)) m_links.push_back({m_slot[at(link.a)], m_slot[at(link.b)], link.weight});
        m_ideal = std::max(1.8 * options.gap, 1.0);
        start();
    }

    Result<GraphLayout> make(const std::function<void(const GraphLayout&)>& onStep)
    {
        const int steps = std::max(1, m_options.steps);
        const double hot = (m_warm ? 0.5 : 2.0) * m_ideal, cold = 0.01 * m_ideal;
        for (int step = 0; step < steps; ++step) {
            if (m_progress.stopped()) return Error::cancelled();
            m_progress.report(Stage::GraphLayout, step, steps);
            const double temperature = hot * std::pow(cold / hot, static_cast<double>(step) / steps);
            if (move(temperature) < 1e-3 * m_ideal) break;
            if (onStep && step % 10 == 9 && step + 1 < steps) onStep(result());
        }
        if (!separate()) return Error::cancelled();
        return result();
    }

private:
    void start()
    {
        SeededRandom random(m_options.seed);
        const double radius = m_ideal * std::sqrt(static_cast<double>(m_nodes.size()) + 1);
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            // Two draws for every node, placed or not: one more node does not change where the others start.
            const double angle = 2 * std::numbers::pi * random.uniform(), distance = radius * std::sqrt(random.uniform());
            m_points[i] = {distance * std::cos(angle), distance * std::sin(angle)};
        }
        if (m_options.before) {
            for (std::size_t i = 0; i < m_points.size(); ++i) {
                if (const auto& old = m_options.before->points[at(m_nodes[i])]) {
                    m_points[i] = *old;
                    m_warm = true;
                }
            }
            // New nodes start beside their placed neighbours.
            for (std::size_t i = 0; i < m_points.size() && m_warm; ++i) {
                if (m_options.before->points[at(m_nodes[i])]) continue;
                GraphPoint sum;
                int count = 0;
                for (const Link& link : m_links) {
                    const int other = link.a == static_cast<int>(i) ? link.b : link.b == static_cast<int>(i) ? link.a : -1;
                    if (other < 0 || !m_options.before->points[at(m_nodes[at(other)])]) continue;
                    sum.x += m_points[at(other)].x;
                    sum.y += m_points[at(other)].y;
                    ++count;
                }
                const double angle = 2 * std::numbers::pi * random.uniform();
                if (count > 0) m_points[i] = {sum.x / count + m_ideal * std::cos(angle), sum.y / count + m_ideal * std::sin(angle)};
            }
        }
        for (const auto& [node, point] : m_options.pinned) {
            m_points[at(m_slot[at(node)])] = point;
            m_fixed[at(m_slot[at(node)])] = true;
        }
    }

    /// One step; the largest movement.
    double move(double temperature)
    {
        const std::size_t n = m_points.size();
        std::vector<GraphPoint> push(n);
        const layout::Quadtree tree(m_points);
        GraphPoint centre;
        for (const GraphPoint& p : m_points) {
            centre.x += p.x / static_cast<double>(n);
            centre.y += p.y / static_cast<double>(n);
        }
        constexpr std::size_t kBlock = 64;
        constexpr double kCentre = 4;
        parallelFor((n + kBlock - 1) / kBlock, [&](std::size_t block) {
            for (std::size_t i = block * kBlock; i < std::min(n, (block + 1) * kBlock); ++i) {
                push[i] = tree.repulsion(i, m_ideal * m_ideal);
                // A pull to the centre keeps parts without a link between them together: weaker, and the picture would be shrunk to fit.
                push[i].x += kCentre * (centre.x - m_points[i].x);
                push[i].y += kCentre * (centre.y - m_points[i].y);
            }
        });
        for (const Link& link : m_links) {
            const GraphPoint a = m_points[at(link.a)], b = m_points[at(link.b)];
            const double dx = b.x - a.x, dy = b.y - a.y, distance = std::hypot(dx, dy);
            const double pull = link.weight * distance / m_ideal;
            push[at(link.a)].x += pull * dx;
            push[at(link.a)].y += pull * dy;
            push[at(link.b)].x -= pull * dx;
            push[at(link.b)].y -= pull * dy;
        }
        double largest = 0;
        for (std::size_t i = 0; i < n; ++i) {
            if (m_fixed[i]) continue;
            const double length = std::hypot(push[i].x, push[i].y);
            if (!(length > 0)) continue;
            const double step = std::min(length, temperature);
            m_points[i].x += push[i].x / length * step;
            m_points[i].y += push[i].y / length * step;
            largest = std::max(largest, step);
        }
        return largest;
    }

    /// Pushes nodes apart that stand nearer than the gap. A grid of gap-sized cells finds them.
    bool separate()
    {
        const double gap = m_options.gap;
        for (int round = 0; round < 200; ++round) {
            if (m_progress.stopped()) return false;
            bool moved = false;
            std::vector<std::size_t> byX(m_points.size());
            for (std::size_t i = 0; i < byX.size(); ++i) byX[i] = i;
            std::stable_sort(byX.begin(), byX.end(), [&](std::size_t a, std::size_t b) { return m_points[a].x < m_points[b].x; });
            for (std::size_t p = 0; p < byX.size(); ++p) {
                for (std::size_t q = p + 1; q < byX.size(); ++q) {
                    GraphPoint &a = m_points[byX[p]], &b = m_points[byX[q]];
                    if (b.x - a.x >= 2 * gap) break;  // sorted before this round's moves: a little room for those
                    double dx = b.x - a.x, dy = b.y - a.y, distance = std::hypot(dx, dy);
                    if (distance >= gap * (1 - 1e-6)) continue;
                    if (distance < 1e-9) {
                        dx = 1;
                        dy = 0.5;
                        distance = std::hypot(dx, dy);
                    }
                    const bool fixedA = m_fixed[byX[p]], fixedB = m_fixed[byX[q]];
                    if (fixedA && fixedB) continue;
                    const double missing = gap - std::min(distance, std::hypot(b.x - a.x, b.y - a.y));
                    const double shareA = fixedA ? 0 : fixedB ? 1 : 0.5;
                    a.x -= dx / distance * missing * shareA;
                    a.y -= dy / distance * missing * shareA;
                    b.x += dx / distance * missing * (1 - shareA);
                    b.y += dy / distance * missing * (1 - shareA);
                    moved = true;
                }
            }
            if (!moved) break;
        }
        return true;
    }

    GraphLayout result() const
    {
        GraphLayout out;
        out.kind = LayoutKind::Force;
        out.points.resize(m_graph.nodes.size());
        out.hidden = layout::hiddenByLayer(m_graph, m_drawn);
        if (m_points.empty()) return out;
        GraphPoint least = m_points.front(), most = least;
        for (const GraphPoint& p : m_points) {
            least = {std::min(least.x, p.x), std::min(least.y, p.y)};
            most = {std::max(most.x, p.x), std::max(most.y, p.y)};
        }
        if (!m_options.pinned.empty() || m_warm) least = {};  // nobody's node may jump
        for (std::size_t i = 0; i < m_points.size(); ++i)
            out.points[at(m_nodes[i])] = GraphPoint{m_points[i].x - least.x, m_points[i].y - least.y};
        out.width = most.x - least.x;
        out.height = most.y - least.y;
        return out;
    }

    const HeadGraph& m_graph;
    const LayoutOptions& m_options;
    const Progress& m_progress;
    std::vector<bool> m_drawn;
    std::vector<int> m_slot;           ///< [nodes] place among the drawn, or -1
    std::vector<int> m_nodes;          ///< drawn nodes
    std::vector<GraphPoint> m_points;  ///< of the drawn
    std::vector<bool> m_fixed;
    std::vector<Link> m_links;  ///< between slots
    double m_ideal = 1;         ///< distance at which a link of weight 1 and the repulsion of two nodes balance
    bool m_warm = false;
};

}  // namespace

Result<GraphLayout> forceLayout(const HeadGraph& graph, const LayoutOptions& options, const Progress& progress,
                                const std::function<void(const GraphLayout&)>& onStep)
{
    if (Status status = layout::check(graph, options); !status) return status.error();
    return Force(graph, options, progress).make(onStep);
}

}  // namespace hs
