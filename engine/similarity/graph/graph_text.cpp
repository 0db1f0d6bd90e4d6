// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/graph/graph_text.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "engine/base/at.h"
#include "engine/base/plain_text.h"

namespace hs {
namespace {

using Json = nlohmann::ordered_json;

std::string number(double x) { return std::isnan(x) ? std::string() : shortestText(x); }

Json orNull(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

/// The hub measures of a node, in the order of every format.
std::vector<std::pair<std::string, double>> measures(const HeadGraph& graph, const GraphNode& n)
{
    std::vector<std::pair<std::string, double>> out = {{"in", n.inEdges}, {"out", n.outEdges}};
    for (std::size_t t = 0; t < graph.types.size(); ++t) {
        std::string in = "in_", to = "out_";
        in += graph.types[t].name;
        to += graph.types[t].name;
        out.emplace_back(in, n.in[t]);
        out.emplace_back(to, n.out[t]);
    }
    out.insert(out.end(), {{"in_strength", n.inStrength},
                           {"out_strength", n.outStrength},
                           {"in_strength_all_pairs", n.inStrengthAll},
                           {"out_strength_all_pairs", n.outStrengthAll},
                           {"pagerank", n.pageRank},
                           {"reverse_pagerank", n.reversePageRank},
                           {"betweenness", n.betweenness}});
    return out;
}

bool isCount(const std::string& name)
{
    return name == "in" || name == "out"
           || ((name.starts_with("in_") || name.starts_with("out_")) && name.find("strength") == std::string::npos);
}

Json headRange(const HeadGraph& graph, int first, int last)
{
    Json out = Json::array();
    for (int i = first; i <= last; ++i) out.push_back(headName(graph.nodes[at(i)].id));
    return out;
}

std::string json(const HeadGraph& graph, const GraphLayout* layout)
{
    Json out;
    out["format"] = "headscope-graph";
    out["model"] = graph.model;
    if (!graph.modelHash.empty()) out["sha256"] = graph.modelHash;
    if (!graph.corpus.empty()) out["corpus"] = graph.corpus;
    out["weights"] = weightProcessingName(graph.weights);
    const EdgeChoice& c = graph.choice;
    out["choice"] = c.rule == EdgeChoice::Rule::Top       ? Json{{"top", c.top}}
                    : c.rule == EdgeChoice::Rule::Percent ? Json{{"percent", c.percent}}
                                                          : Json{{"threshold", c.threshold}};
    out["types"] = Json::array();
    for (const EdgeType& t : graph.types) {
        Json j = {{"type", t.name},
                  {"measure", measureName(t.measure)},
                  {"pairs", t.pairs},
                  {"edges", t.edges},
                  {"left_out", t.leftOut},
                  {"strongest", orNull(t.strongest)},
                  {"weakest", orNull(t.weakest)}};
        j["chance_mean"] = t.chance ? Json(t.chance->mean) : Json(nullptr);
        j["chance_sd"] = t.chance ? Json(t.chance->sd) : Json(nullptr);
        j["symmetric"] = t.symmetric;
        j["distance"] = t.smallIsStrong;
        j["shared_key_value_heads"] = t.sharedSource || t.sharedTarget;
        out["types"].push_back(std::move(j));
    }
    out["edges"] = Json::array();
    for (const GraphEdge& e : edgesByStrength(graph)) {
        Json j = {{"source", headName(graph.nodes[at(e.source)].id)},
                  {"target", headName(graph.nodes[at(e.target)].id)},
                  {"type", graph.types[at(e.type)].name},
                  {"value", orNull(e.value)},
                  {"corrected", orNull(e.corrected)},
                  {"weight", orNull(e.weight)},
                  {"rank", e.rank},
                  {"pairs", graph.types[at(e.type)].pairs}};
        if (e.sourceLast != e.source) j["source_heads"] = headRange(graph, e.source, e.sourceLast);
        if (e.targetLast != e.target) j["target_heads"] = headRange(graph, e.target, e.targetLast);
        out["edges"].push_back(std::move(j));
    }
    out["nodes"] = Json::array();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& n = graph.nodes[i];
        Json j = {{"head", headName(n.id)}, {"layer", n.id.layer}};
        for (const auto& [name, value] : measures(graph, n)) j[name] = isCount(name) ? Json(static_cast<int>(value)) : orNull(value);
        if (layout && i < layout->points.size() && layout->points[i]) {
            j["x"] = layout->points[i]->x;
            j["y"] = layout->points[i]->y;
        }
        out["nodes"].push_back(std::move(j));
    }
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string xml(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20) out += c;  // XML 1.0 has no other control characters
    }
    return out;
}

std::string graphMl(const HeadGraph& graph, const GraphLayout* layout)
{
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- HeadScope -->\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    const auto key = [&](const std::string& id, const char* domain, const char* type) {
        out += " <key id=\"" + id + "\" for=\"" + domain + "\" attr.name=\"" + id.substr(2) + "\" attr.type=\"" + type + "\"/>\n";
    };
    const auto data = [&](const std::string& id, const std::string& value) {
        if (!value.empty()) out += "<data key=\"" + id + "\">" + xml(value) + "</data>";
    };
    key("g_model", "graph", "string");
    key("g_weights", "graph", "string");
    key("n_head", "node", "string");
    key("n_layer", "node", "int");
    if (!graph.nodes.empty())
        for (const auto& [name, value] : measures(graph, graph.nodes.front())) key("n_" + name, "node", isCount(name) ? "int" : "double");
    if (layout) {
        key("n_x", "node", "double");
        key("n_y", "node", "double");
    }
    key("e_type", "edge", "string");
    key("e_measure", "edge", "string");
    for (const char* name : {"e_value", "e_corrected", "e_weight"}) key(name, "edge", "double");
    key("e_rank", "edge", "long");
    key("e_source_heads", "edge", "string");
    key("e_target_heads", "edge", "string");
    out += " <graph edgedefault=\"directed\">\n  ";
    data("g_model", graph.model);
    data("g_weights", weightProcessingName(graph.weights));
    out += '\n';
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& n = graph.nodes[i];
        out += "  <node id=\"" + headName(n.id) + "\">";
        data("n_head", headName(n.id));
        data("n_layer", std::to_string(n.id.layer));
        for (const auto& [name, value] : measures(graph, n)) data("n_" + name, number(value));
        if (layout && i < layout->points.size() && layout->points[i]) {
            data("n_x", number(layout->points[i]->x));
            data("n_y", number(layout->points[i]->y));
        }
        out += "</node>\n";
    }
    int id = 0;
    for (const GraphEdge& e : edgesByStrength(graph)) {
        out += "  <edge id=\"e";
        out += std::to_string(id++);
        out += "\" source=\"" + headName(graph.nodes[at(e.source)].id) + "\" target=\"" + headName(graph.nodes[at(e.target)].id) + "\">";
        data("e_type", graph.types[at(e.type)].name);
        data("e_measure", measureName(graph.types[at(e.type)].measure));
        data("e_value", number(e.value));
        data("e_corrected", number(e.corrected));
        data("e_weight", number(e.weight));
        data("e_rank", std::to_string(e.rank));
        if (e.sourceLast != e.source) data("e_source_heads", graph.sourceName(e));
        if (e.targetLast != e.target) data("e_target_heads", graph.targetName(e));
        out += "</edge>\n";
    }
    return out + " </graph>\n</graphml>\n";
}

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out + '"';
}

std::string dot(const HeadGraph& graph)
{
    // Role colours and dashes of the graph view: by type, so that print in grey keeps them apart.
    const auto style = [](const std::string& type) -> std::string {
        if (type == "OQ") return "color=\"#0072B2\", style=dashed";
        if (type == "OK") return "color=\"#D55E00\", style=solid";
        if (type == "OV") return "color=\"#009E73\", style=dotted";
        return "color=\"#555555\", style=solid";
    };
    std::string out = "// HeadScope\ndigraph heads {\n label=" + quoted(graph.model)
                      + ";\n rankdir=BT;\n node [shape=circle, fixedsize=true, width=0.6, fontsize=10];\n";
    for (int l = 0; l < graph.layers; ++l) {
        std::string names;
        for (const GraphNode& n : graph.nodes)
            if (n.id.layer == l && n.edges() > 0) names += ' ' + quoted(headName(n.id)) + ';';
        if (!names.empty()) out += " { rank=same;" + names + " }\n";
    }
    for (const GraphEdge& e : edgesByStrength(graph)) {
        const EdgeType& t = graph.types[at(e.type)];
        const double span = std::abs(t.strongest - t.weakest), share = span > 0 ? std::abs(e.value - t.weakest) / span : 1;
        out += ' ' + quoted(headName(graph.nodes[at(e.source)].id)) + " -> " + quoted(headName(graph.nodes[at(e.target)].id)) + " ["
               + style(t.name) + ", penwidth=" + number(std::round(10 * (1 + 3 * share)) / 10);
        out += ", type=" + quoted(t.name) + ", value=" + quoted(number(e.value));
        if (e.sourceLast != e.source || e.targetLast != e.target)
            out += ", label=" + quoted(graph.sourceName(e) + " > " + graph.targetName(e));
        out += ", tooltip=" + quoted(graph.sourceName(e) + " to " + graph.targetName(e) + ", " + t.name + ' ' + number(e.value)) + "];\n";
    }
    return out + "}\n";
}

std::string csv(const HeadGraph& graph)
{
    std::string out = "source,target,type,measure,value,corrected,weight,rank,pairs\n";
    for (const GraphEdge& e : edgesByStrength(graph)) {
        const EdgeType& t = graph.types[at(e.type)];
        out += graph.sourceName(e) + ',' + graph.targetName(e) + ',' + t.name + ',' + measureName(t.measure) + ',' + number(e.value) + ','
               + number(e.corrected) + ',' + number(e.weight) + ',';
        out += std::to_string(e.rank) + ',' + std::to_string(t.pairs) + '\n';
    }
    return out;
}

}  // namespace

std::vector<GraphEdge> edgesByStrength(const HeadGraph& graph)
{
    const auto distances = std::count_if(graph.types.begin(), graph.types.end(), [](const EdgeType& t) { return t.smallIsStrong; });
    const bool all = static_cast<std::size_t>(distances) == graph.types.size(), mixed = distances > 0 && !all;
    std::vector<GraphEdge> out = graph.edges;
    std::stable_sort(out.begin(), out.end(), [&](const GraphEdge& a, const GraphEdge& b) {
        const double x = mixed ? a.weight : all ? -a.value : a.value, y = mixed ? b.weight : all ? -b.value : b.value;
        return x > y;
    });
    return out;
}

std::string graphText(const HeadGraph& graph, GraphFormat format, const GraphLayout* layout)
{
    switch (format) {
    case GraphFormat::Json: return json(graph, layout);
    case GraphFormat::GraphMl: return graphMl(graph, layout);
    case GraphFormat::Dot: return dot(graph);
    case GraphFormat::Csv: return csv(graph);
    }
    return {};
}

}  // namespace hs
