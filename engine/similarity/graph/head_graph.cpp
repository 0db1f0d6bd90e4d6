// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/graph/head_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/base/at.h"
#include "engine/similarity/graph/hubs.h"
#include "engine/similarity/graph/ranked_pairs.h"

namespace hs {
namespace {

Status checkInput(const std::vector<std::shared_ptr<const HeadMatrix>>& matrices, const EdgeChoice& choice)
{
    if (matrices.empty()) return Error::argument("matrices", "0", ">= 1");
    for (std::size_t i = 0; i < matrices.size(); ++i) {
        if (!matrices[i]) return Error::argument("matrices", "null");
        const HeadMatrix &m = *matrices[i], &first = *matrices.front();
        if (m.values.size() != m.rows.size() * m.cols.size())
            return Error::shape("values", std::to_string(m.values.size()), std::to_string(m.rows.size() * m.cols.size()));
        if (m.model != first.model || m.modelHash != first.modelHash) return Error::argument("matrices", m.model, first.model);
        for (std::size_t j = 0; j < i; ++j)
            if (matrices[j]->measure == m.measure && matrices[j]->pairing == m.pairing)
                return Error::argument("matrices", m.pairing ? rolePairName(*m.pairing) : measureName(m.measure), "each once");
    }
    if (choice.rule == EdgeChoice::Rule::Top && choice.top < 0) return Error::argument("top", std::to_string(choice.top), ">= 0");
    if (choice.rule == EdgeChoice::Rule::Percent && !(choice.percent >= 0 && choice.percent <= 100))
        return Error::argument("percent", std::to_string(choice.percent), "0 .. 100");
    if (choice.rule == EdgeChoice::Rule::Threshold && std::isnan(choice.threshold)) return Error::argument("threshold", "nan");
    return {};
}

/// All heads that any axis names, every query head of a shared key/value head among them.
std::vector<GraphNode> allNodes(const std::vector<std::shared_ptr<const HeadMatrix>>& matrices)
{
    std::vector<HeadId> ids;
    for (const auto& m : matrices)
        for (const HeadAxis* axis : {&m->rows, &m->cols})
            for (const AxisHead& a : axis->heads)
                for (int h = a.firstHead; h <= a.lastHead; ++h) ids.push_back({a.id.layer, h});
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<GraphNode> nodes(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        nodes[i].id = ids[i];
        nodes[i].in.assign(matrices.size(), 0);
        nodes[i].out.assign(matrices.size(), 0);
    }
    return nodes;
}

/// Chance of a pair; moments that depend on ranks alone are remembered.
class Chance {
public:
    explicit Chance(const HeadMatrix& m) : m_matrix(m) {}
    std::optional<NullMoments> of(std::size_t row, std::size_t col)
    {
        const AxisHead &r = m_matrix.rows.heads[row], &c = m_matrix.cols.heads[col];
        if (!measureInfo(m_matrix.measure).chanceByRanks) return nullMoments(m_matrix, row, col);
        const auto key = std::pair(r.rank, c.rank);
        auto found = m_known.find(key);
        if (found == m_known.end()) found = m_known.emplace(key, nullMoments(m_matrix, row, col)).first;
        return found->second;
    }

private:
    const HeadMatrix& m_matrix;
    std::map<std::pair<int, int>, std::optional<NullMoments>> m_known;
};

double weightOf(const EdgeType& type, double value, const std::optional<NullMoments>& chance)
{
    if (type.smallIsStrong) return 1.0 - value;
    return chance ? value - chance->mean : value;
}

/// Weighted edges of the drawn graph, shared key/value heads shared out.
std::vector<FlowEdge> flow(const HeadGraph& graph)
{
    std::vector<FlowEdge> out;
    for (const GraphEdge& e : graph.edges) {
        const double share = e.weight / ((e.sourceLast - e.source + 1) * (e.targetLast - e.target + 1));
        for (int s = e.source; s <= e.sourceLast; ++s)
            for (int t = e.target; t <= e.targetLast; ++t) out.push_back({s, t, share});
    }
    return out;
}

/// Counts, strengths and flow measures of what is drawn.
void fillHubs(HeadGraph& graph)
{
    for (GraphNode& n : graph.nodes) {
        std::fill(n.in.begin(), n.in.end(), 0);
        std::fill(n.out.begin(), n.out.end(), 0);
        n.inEdges = n.outEdges = 0;
        n.inStrength = n.outStrength = 0;
    }
    for (EdgeType& t : graph.types) {
        t.edges = 0;
        t.strongest = t.weakest = std::numeric_limits<double>::quiet_NaN();
    }
    for (const GraphEdge& e : graph.edges) {
        EdgeType& t = graph.types[at(e.type)];
        if (t.edges++ == 0) t.strongest = e.value;
        t.weakest = e.value;
        for (int s = e.source; s <= e.sourceLast; ++s) {
            GraphNode& n = graph.nodes[at(s)];
            ++n.out[at(e.type)];
            ++n.outEdges;
            n.outStrength += e.weight / (e.sourceLast - e.source + 1);
        }
        for (int s = e.target; s <= e.targetLast; ++s) {
            GraphNode& n = graph.nodes[at(s)];
            ++n.in[at(e.type)];
            ++n.inEdges;
            n.inStrength += e.weight / (e.targetLast - e.target + 1);
        }
    }
    const int count = static_cast<int>(graph.nodes.size());
    const std::vector<FlowEdge> edges = flow(graph);
    std::vector<FlowEdge> reversed = edges;
    for (FlowEdge& e : reversed) std::swap(e.source, e.target);
    const std::vector<double> forward = pageRank(count, edges), backward = pageRank(count, reversed), between = betweenness(count, edges);
    for (int i = 0; i < count; ++i) {
        graph.nodes[at(i)].pageRank = forward[at(i)];
        graph.nodes[at(i)].reversePageRank = backward[at(i)];
        graph.nodes[at(i)].betweenness = between[at(i)];
    }
}

/// Edges of one matrix into the graph, with counts of pairs and strengths over all of them.
void addType(HeadGraph& graph, const HeadMatrix& m, const EdgeChoice& choice)
{
    const int index = static_cast<int>(graph.types.size());
    EdgeType type;
    type.measure = m.measure;
    type.pairing = m.pairing;
    type.name = m.pairing ? rolePairName(*m.pairing) : measureName(m.measure);
    type.symmetric = symmetricPairs(m);
    type.smallIsStrong = isDistance(m.measure);
    type.sharedSource = m.rows.sharedKeyValue;
    type.sharedTarget = m.cols.sharedKeyValue;

    const auto nodesOf = [&](const AxisHead& a) {
        return std::pair(graph.nodeOf({a.id.layer, a.firstHead}), graph.nodeOf({a.id.layer, a.lastHead}));
    };
    std::vector<std::pair<int, int>> rowNodes, colNodes;
    for (const AxisHead& a : m.rows.heads) rowNodes.push_back(nodesOf(a));
    for (const AxisHead& a : m.cols.heads) colNodes.push_back(nodesOf(a));

    Chance chance(m);
    std::vector<RankedPair> pairs = allPairs(m);
    double mean = 0, sd = 0;
    std::int64_t withChance = 0;
    for (const RankedPair& p : pairs) {
        const auto moments = chance.of(p.row, p.col);
        if (moments) {
            mean += moments->mean;
            sd += moments->sd;
            ++withChance;
        }
        const double weight = weightOf(type, p.value, moments);
        const auto share = [&](std::pair<int, int> range, double GraphNode::*sum) {
            for (int i = range.first; i <= range.second; ++i) graph.nodes[at(i)].*sum += weight / (range.second - range.first + 1);
        };
        share(rowNodes[p.row], &GraphNode::outStrengthAll);
        share(colNodes[p.col], &GraphNode::inStrengthAll);
    }
    type.pairs = static_cast<std::int64_t>(pairs.size());
    if (withChance > 0) type.chance = NullMoments{mean / static_cast<double>(withChance), sd / static_cast<double>(withChance)};

    const StrongerPair stronger{type.smallIsStrong};
    std::size_t wanted = pairs.size();
    if (choice.rule == EdgeChoice::Rule::Top) {
        wanted = std::min(wanted, static_cast<std::size_t>(choice.top));
    } else if (choice.rule == EdgeChoice::Rule::Percent) {
        wanted = std::min(wanted, static_cast<std::size_t>(std::ceil(static_cast<double>(pairs.size()) * choice.percent / 100.0)));
    } else {
        const auto end = std::partition(pairs.begin(), pairs.end(), [&](const RankedPair& p) {
            return type.smallIsStrong ? p.value <= choice.threshold : p.value >= choice.threshold;
        });
        wanted = static_cast<std::size_t>(end - pairs.begin());
    }
    const std::size_t kept = std::min(wanted, static_cast<std::size_t>(std::max(0, choice.most)));
    type.leftOut = static_cast<std::int64_t>(wanted - kept);
    std::partial_sort(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kept),
                      pairs.begin() + static_cast<std::ptrdiff_t>(choice.rule == EdgeChoice::Rule::Threshold ? wanted : pairs.size()),
                      stronger);
    for (std::size_t k = 0; k < kept; ++k) {
        const RankedPair& p = pairs[k];
        GraphEdge e;
        e.source = rowNodes[p.row].first;
        e.sourceLast = rowNodes[p.row].second;
        e.target = colNodes[p.col].first;
        e.targetLast = colNodes[p.col].second;
        e.type = index;
        e.value = p.value;
        e.corrected = m.corrected.empty() ? std::numeric_limits<double>::quiet_NaN() : m.corrected[m.at(p.row, p.col)];
        e.weight = weightOf(type, p.value, chance.of(p.row, p.col));
        e.rank = static_cast<std::int64_t>(k) + 1;
        graph.edges.push_back(e);
    }
    graph.types.push_back(std::move(type));
}

std::string rangeName(const HeadGraph& graph, int first, int last)
{
    std::string out = headName(graph.nodes[at(first)].id);
    if (last != first) {
        out += '-';
        out += std::to_string(graph.nodes[at(last)].id.head);
    }
    return out;
}

}  // namespace

int HeadGraph::nodeOf(HeadId id) const
{
    const auto it = std::lower_bound(nodes.begin(), nodes.end(), id, [](const GraphNode& n, HeadId wanted) { return n.id < wanted; });
    return it == nodes.end() || it->id != id ? -1 : static_cast<int>(it - nodes.begin());
}

std::string HeadGraph::sourceName(const GraphEdge& e) const { return rangeName(*this, e.source, e.sourceLast); }
std::string HeadGraph::targetName(const GraphEdge& e) const { return rangeName(*this, e.target, e.targetLast); }

Result<HeadGraph> makeHeadGraph(const std::vector<std::shared_ptr<const HeadMatrix>>& matrices, const EdgeChoice& choice,
                                const Progress& progress)
{
    if (Status status = checkInput(matrices, choice); !status) return status.error();
    HeadGraph graph;
    graph.choice = choice;
    graph.model = matrices.front()->model;
    graph.modelHash = matrices.front()->modelHash;
    graph.corpus = matrices.front()->corpus;
    graph.weights = matrices.front()->weights;
    graph.nodes = allNodes(matrices);
    graph.layers = graph.nodes.empty() ? 0 : graph.nodes.back().id.layer + 1;
    for (std::size_t i = 0; i < matrices.size(); ++i) {
        progress.report(Stage::GraphLayout, static_cast<std::int64_t>(i), static_cast<std::int64_t>(matrices.size()));
        if (progress.stopped()) return Error::cancelled();
        addType(graph, *matrices[i], choice);
    }
    fillHubs(graph);
    return graph;
}

HeadGraph neighbourhood(const HeadGraph& graph, int node, int steps)
{
    HeadGraph out = graph;
    const auto touches = [](const GraphEdge& e, const std::vector<bool>& set) {
        for (int s = e.source; s <= e.sourceLast; ++s)
            if (set[at(s)]) return true;
        for (int t = e.target; t <= e.targetLast; ++t)
            if (set[at(t)]) return true;
        return false;
    };
    std::vector<bool> reached(graph.nodes.size());
    if (node >= 0 && node < static_cast<int>(reached.size())) reached[at(node)] = true;
    out.edges.clear();
    std::vector<bool> taken(graph.edges.size());
    for (int step = 0; step < steps; ++step) {
        std::vector<bool> next = reached;
        for (std::size_t k = 0; k < graph.edges.size(); ++k) {
            const GraphEdge& e = graph.edges[k];
            if (!touches(e, reached)) continue;
            taken[k] = true;
            std::fill(next.begin() + e.source, next.begin() + e.sourceLast + 1, true);
            std::fill(next.begin() + e.target, next.begin() + e.targetLast + 1, true);
        }
        reached = std::move(next);
    }
    for (std::size_t k = 0; k < graph.edges.size(); ++k)
        if (taken[k]) out.edges.push_back(graph.edges[k]);
    fillHubs(out);
    return out;
}

}  // namespace hs
