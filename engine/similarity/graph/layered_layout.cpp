// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "engine/base/at.h"

#include "engine/similarity/graph/layout_parts.h"

namespace hs {
namespace {

using layout::Link;

struct Neighbour {
    int node = 0;
    double weight = 0;
};

/// Positions nearest to `wanted` (weighted least squares) that rise by at least `gap`: pool adjacent violators on wanted - i * gap.
std::vector<double> spread(const std::vector<double>& wanted, const std::vector<double>& weight, double gap)
{
    struct Pool {
        double sum = 0, weight = 0;
        std::size_t count = 0;
        double mean() const { return sum / weight; }
    };
    std::vector<Pool> pools;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        pools.push_back({(wanted[i] - static_cast<double>(i) * gap) * weight[i], weight[i], 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back().sum += last.sum;
            pools.back().weight += last.weight;
            pools.back().count += last.count;
        }
    }
    std::vector<double> out;
    for (const Pool& pool : pools)
        for (std::size_t k = 0; k < pool.count; ++k) out.push_back(pool.mean() + static_cast<double>(out.size()) * gap);
    return out;
}

class Layered {
public:
    Layered(const HeadGraph& graph, const LayoutOptions& options, const Progress& progress)
        : m_graph(graph), m_options(options), m_progress(progress), m_drawn(layout::drawn(graph, options)),
          m_neighbours(graph.nodes.size()), m_x(graph.nodes.size()), m_layers(at(graph.layers))
    {
        for (const Link& link : layout::links(graph)) {
            m_neighbours[at(link.a)].push_back({link.b, link.weight});
            m_neighbours[at(link.b)].push_back({link.a, link.weight});
        }
        for (std::size_t i = 0; i < m_drawn.size(); ++i)
            if (m_drawn[i]) m_layers[at(graph.nodes[i].id.layer)].push_back(static_cast<int>(i));
    }

    Result<GraphLayout> make()
    {
        std::size_t most = 1;
        for (const auto& layer : m_layers) most = std::max(most, layer.size());
        m_width = std::max(m_options.width, static_cast<double>(most - 1) * m_options.gap);
        for (auto& layer : m_layers) space(layer);

        if (!order()) return Error::cancelled();
        if (!place()) return Error::cancelled();
        return result();
    }

private:
    bool isOld(int node) const { return m_options.before && m_options.before->points[at(node)].has_value(); }

    /// Even spacing over the width.
    double evenX(std::size_t place, std::size_t count) const
    {
        return m_width * (static_cast<double>(place) + 0.5) / static_cast<double>(count);
    }
    void space(const std::vector<int>& layer)
    {
        for (std::size_t i = 0; i < layer.size(); ++i) m_x[at(layer[i])] = evenX(i, layer.size());
    }

    /// Mean x of the neighbours, or `otherwise` without any.
    double barycentre(int node, double otherwise) const
    {
        double sum = 0, weight = 0;
        for (const Neighbour& n : m_neighbours[at(node)]) {
            sum += n.weight * m_x[at(n.node)];
            weight += n.weight;
        }
        return weight > 0 ? sum / weight : otherwise;
    }

    bool order()
    {
        if (m_options.before) return orderNew();
        constexpr int kSweeps = 24;
        std::vector<std::vector<int>> best = m_layers;
        double least = std::numeric_limits<double>::infinity();
        for (int sweep = 0; sweep < kSweeps; ++sweep) {
            if (m_progress.stopped()) return false;
            m_progress.report(Stage::GraphLayout, sweep, kSweeps);
            const bool up = sweep % 2 == 0;
            for (std::size_t k = 0; k < m_layers.size(); ++k) {
                auto& layer = m_layers[up ? k : m_layers.size() - 1 - k];
                std::vector<std::pair<double, int>> keyed;
                for (const int node : layer) keyed.emplace_back(barycentre(node, m_x[at(node)]), node);
                std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
                for (std::size_t i = 0; i < layer.size(); ++i) layer[i] = keyed[i].second;
                space(layer);
            }
            const double length = total();
            if (length < least * (1 - 1e-9)) {
                least = length;
                best = m_layers;
            }
        }
        m_layers = std::move(best);
        for (auto& layer : m_layers) space(layer);
        return true;
    }

    /// Nodes of the layout before keep their order; new ones go between them, where their neighbours pull them.
    bool orderNew()
    {
        for (const auto& layer : m_layers)
            for (const int node : layer)
                if (isOld(node)) m_x[at(node)] = m_options.before->points[at(node)]->x;
        for (auto& layer : m_layers) {
            if (m_progress.stopped()) return false;
            // New nodes pull each other too: two rounds settle that well enough.
            for (int round = 0; round < 2; ++round)
                for (const int node : layer)
                    if (!isOld(node)) m_x[at(node)] = barycentre(node, m_x[at(node)]);
            std::stable_sort(layer.begin(), layer.end(), [&](int a, int b) { return m_x[at(a)] < m_x[at(b)]; });
        }
        return true;
    }

    /// Weighted horizontal length of all links.
    double total() const
    {
        double sum = 0;
        for (std::size_t a = 0; a < m_neighbours.size(); ++a)
            for (const Neighbour& n : m_neighbours[a]) sum += n.weight * std::abs(m_x[a] - m_x[at(n.node)]);
        return sum;
    }

    bool place()
    {
        constexpr int kRounds = 40;
        // Pull to even spacing, beside a strongest edge's 1 and in shares of all edges at a node: means of means would crowd in the middle.
        constexpr double kEven = 0.4, kShare = 0.7;
        std::vector<std::optional<double>> pinned(m_x.size());
        for (const auto& [node, point] : m_options.pinned) pinned[at(node)] = point.x;
        for (int round = 0; round < kRounds; ++round) {
            if (m_progress.stopped()) return false;
            const bool up = round % 2 == 0;
            for (std::size_t k = 0; k < m_layers.size(); ++k) {
                const auto& layer = m_layers[up ? k : m_layers.size() - 1 - k];
                std::vector<double> wanted, weight;
                for (std::size_t i = 0; i < layer.size(); ++i) {
                    const int node = layer[i];
                    double sum = 0, w = 0;
                    for (const Neighbour& n : m_neighbours[at(node)]) {
                        sum += n.weight * m_x[at(n.node)];
                        w += n.weight;
                    }
                    const double even = kEven + kShare * w;
                    sum += even * evenX(i, layer.size());
                    w += even;
                    wanted.push_back(sum / w);
                    weight.push_back(w);
                }
                const std::vector<double> x = spread(wanted, weight, m_options.gap);
                for (std::size_t i = 0; i < layer.size(); ++i) m_x[at(layer[i])] = x[i];
            }
        }
        stretch();
        for (std::size_t i = 0; i < pinned.size(); ++i)
            if (pinned[i]) m_x[i] = *pinned[i];
        return true;
    }

    /// Over the whole width, but for a margin at both ends; only ever wider, so that gaps stay.
    void stretch()
    {
        constexpr double kMargin = 0.05;
        double least = std::numeric_limits<double>::infinity(), largest = -least;
        for (const auto& layer : m_layers)
            for (const int node : layer) {
                least = std::min(least, m_x[at(node)]);
                largest = std::max(largest, m_x[at(node)]);
            }
        const double room = (1 - 2 * kMargin) * m_width;
        if (!(largest - least > 1e-9) || largest - least >= room) return;
        for (const auto& layer : m_layers)
            for (const int node : layer) m_x[at(node)] = kMargin * m_width + (m_x[at(node)] - least) * room / (largest - least);
    }

    GraphLayout result() const
    {
        GraphLayout out;
        out.kind = LayoutKind::Layered;
        out.points.resize(m_graph.nodes.size());
        out.hidden = layout::hiddenByLayer(m_graph, m_drawn);
        const double step = m_options.layerStep;
        for (int l = 0; l < m_graph.layers; ++l) out.layerY.push_back((m_graph.layers - 1 - l) * step);
        out.height = std::max(0, m_graph.layers - 1) * step;
        // A layer may stick out at either side by what its gaps ask for; then everything moves, unless somebody pinned a node.
        double least = 0, largest = m_width;
        for (std::size_t i = 0; i < m_x.size(); ++i) {
            if (!m_drawn[i]) continue;
            least = std::min(least, m_x[i]);
            largest = std::max(largest, m_x[i]);
        }
        const double shift = m_options.pinned.empty() ? -least : 0;
        out.width = largest + shift;
        for (std::size_t i = 0; i < m_x.size(); ++i)
            if (m_drawn[i]) out.points[i] = GraphPoint{m_x[i] + shift, out.layerY[at(m_graph.nodes[i].id.layer)]};
        return out;
    }

    const HeadGraph& m_graph;
    const LayoutOptions& m_options;
    const Progress& m_progress;
    std::vector<bool> m_drawn;
    std::vector<std::vector<Neighbour>> m_neighbours;
    std::vector<double> m_x;                 ///< [nodes]
    std::vector<std::vector<int>> m_layers;  ///< drawn nodes of each layer, from left to right
    double m_width = 0;
};

}  // namespace

Result<GraphLayout> layeredLayout(const HeadGraph& graph, const LayoutOptions& options, const Progress& progress)
{
    if (Status status = layout::check(graph, options); !status) return status.error();
    return Layered(graph, options, progress).make();
}

}  // namespace hs
