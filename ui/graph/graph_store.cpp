// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_store.h"

#include <algorithm>

#include "ui/graph/class_store.h"
#include "ui/state/project.h"

namespace hs::ui {

namespace {
constexpr int kMostDrawn = 2000;  // of each type, where the rule is no number of edges: more is a blot, and slow
}

GraphStore::GraphStore(EngineBridge* bridge, Project* project, QObject* parent)
    : QObject(parent), m_project(project), m_classes(new ClassStore(bridge, project, this)),
      m_askMatrices(bridge, tr("Compare heads"), QStringLiteral("graph matrices")),
      m_askGraph(bridge, tr("Graph of heads"), QStringLiteral("graph"))
{
    connect(project, &Project::modelChanged, this, &GraphStore::modelChanged);
    m_askMatrices.onAnswer([this](const SimilarityResult& result) {
        if (result.matrix && result.matrix->pairing)
            m_matrices[{result.matrix->measure, m_settings.weights, *result.matrix->pairing}] = result.matrix;
    });
    m_askGraph.onAnswer([this](const GraphResult& result) { take(result); });
    for (OneAsk* ask : {static_cast<OneAsk*>(&m_askMatrices), static_cast<OneAsk*>(&m_askGraph)}) {
        connect(ask, &OneAsk::progress, this, &GraphStore::progress);
        connect(ask, &OneAsk::ended, this, [this, ask](const JobEnded& ended) {
            if (ended.state == JobState::Failed || ended.state == JobState::Cancelled) m_error = ask->error();
            else if (ended.state == JobState::Done && ask == &m_askMatrices) return askGraph();
            Q_EMIT changed();
        });
    }
}

void GraphStore::take(const GraphResult& result)
{
    if (!result.layout) return;
    const std::optional<GraphEdge> before = m_edge >= 0 && m_graph ? std::optional(m_graph->edges[std::size_t(m_edge)]) : std::nullopt;
    const std::string type = before ? m_graph->types[std::size_t(before->type)].name : std::string();
    m_graph = result.graph;
    m_layout = result.layout;
    if (!m_askedNear) m_whole = m_layout;
    m_edge = -1;
    if (before && m_graph)
        for (int i = 0; i < int(m_graph->edges.size()); ++i) {
            const GraphEdge& e = m_graph->edges[std::size_t(i)];
            if (e.source == before->source && e.target == before->target && m_graph->types[std::size_t(e.type)].name == type) m_edge = i;
        }
    std::vector<std::shared_ptr<const HeadMatrix>> shown;
    for (const RolePair pairing : m_settings.pairings)
        if (const auto m = matrix(pairing)) shown.push_back(m);
    m_classes->setMatrices(std::move(shown), classK());
    Q_EMIT changed();
    Q_EMIT edgeSelected(m_edge);
}

bool GraphStore::possible() const
{
    const auto& model = m_project->model();
    return model && !model->lacks(Part::AttentionWeights);
}

void GraphStore::modelChanged()
{
    cancel();
    m_matrices.clear();
    m_graph.reset();
    m_layout.reset();
    m_whole.reset();
    m_placed.clear();
    m_error.reset();
    m_edge = -1;
    m_focus = {};
    Q_EMIT changed();
    if (m_wanted) ask();
}

void GraphStore::setSettings(const GraphSettings& settings)
{
    if (settings == m_settings) return;
    const bool layoutChanged = settings.layout != m_settings.layout, measureChanged = settings.measure != m_settings.measure;
    m_settings = settings;
    // A least value of one measure says nothing in another.
    if (measureChanged && m_settings.edges.rule == EdgeChoice::Rule::Threshold) m_settings.edges.rule = EdgeChoice::Rule::Top;
    if (layoutChanged) {
        m_placed.clear();
        m_layout.reset();
        m_whole.reset();
    }
    if (m_wanted) ask();
}

void GraphStore::need()
{
    if (m_wanted && (m_graph || busy() || m_error)) return;
    m_wanted = true;
    ask();
}

void GraphStore::cancel()
{
    m_askMatrices.cancel();
    m_askGraph.cancel();
}

std::shared_ptr<const HeadMatrix> GraphStore::matrix(RolePair pairing) const
{
    const auto it = m_matrices.find({m_settings.measure, m_settings.weights, pairing});
    return it == m_matrices.end() ? nullptr : it->second;
}

void GraphStore::ask()
{
    if (!possible()) return;
    m_error.reset();
    SimilarityJob job;
    job.model = m_project->model();
    job.measure = m_settings.measure;
    job.weights = m_settings.weights;
    job.modelHash = m_project->modelHash().toStdString();
    for (const RolePair pairing : m_settings.pairings)
        if (!matrix(pairing)) job.pairings.push_back(pairing);
    if (job.pairings.empty()) return askGraph();
    m_askMatrices.start(std::move(job));
    Q_EMIT changed();
}

void GraphStore::askGraph()
{
    GraphJob job;
    for (const RolePair pairing : m_settings.pairings)
        if (const auto m = matrix(pairing)) job.matrices.push_back(m);
    if (job.matrices.empty()) {
        m_graph.reset();
        m_layout.reset();
        m_edge = -1;
        return Q_EMIT changed();
    }
    job.choice = m_settings.edges;
    if (m_settings.edges.rule != EdgeChoice::Rule::Top) job.choice.most = kMostDrawn;
    job.layout.kind = m_settings.layout;
    job.layout.seed = m_settings.seed;
    job.layout.width = m_plotWidth;
    const auto& before = m_whole ? m_whole : m_layout;
    if (before && before->kind == m_settings.layout) job.layout.before = before;
    m_askedNear = m_settings.neighbourhood;
    if (m_settings.neighbourhood) {
        job.focus = nodeOf(m_focus);
        job.focusSteps = m_settings.steps;
    }
    // A place keeps its head in the picture, so only heads that are there anyway may bring theirs.
    if (!m_settings.neighbourhood) job.layout.pinned = m_placed;
    m_askGraph.start(std::move(job));
    Q_EMIT changed();
}

void GraphStore::selectEdge(int edge)
{
    if (edge == m_edge) return;
    m_edge = edge;
    Q_EMIT edgeSelected(edge);
}

void GraphStore::setFocus(HeadId head)
{
    if (head == m_focus) return;
    m_focus = head;
    if (m_settings.neighbourhood && m_graph) askGraph();
}

int GraphStore::nodeOf(HeadId head) const
{
    if (m_graph) return m_graph->nodeOf(head);
    int node = 0;
    if (!m_project->model()) return -1;
    for (int l = 0; l < head.layer; ++l) node += m_project->model()->config().heads(l);
    return node + head.head;
}

std::vector<int> GraphStore::edgesOf(HeadId head) const
{
    std::vector<int> out;
    const int node = m_graph ? m_graph->nodeOf(head) : -1;
    if (node < 0) return out;
    for (int i = 0; i < int(m_graph->edges.size()); ++i) {
        const GraphEdge& e = m_graph->edges[std::size_t(i)];
        if ((node >= e.source && node <= std::max(e.source, e.sourceLast))
            || (node >= e.target && node <= std::max(e.target, e.targetLast)))
            out.push_back(i);
    }
    std::stable_sort(out.begin(), out.end(),
                     [this](int a, int b) { return m_graph->edges[std::size_t(a)].weight > m_graph->edges[std::size_t(b)].weight; });
    return out;
}

const GraphNode* GraphStore::node(HeadId head) const
{
    const int node = m_graph ? m_graph->nodeOf(head) : -1;
    return node < 0 ? nullptr : &m_graph->nodes[std::size_t(node)];
}

std::optional<int> GraphStore::edgeCount(HeadId head) const
{
    const GraphNode* n = node(head);
    return n ? std::optional(n->edges()) : std::nullopt;
}

int GraphStore::classK() const { return m_settings.edges.rule == EdgeChoice::Rule::Top ? m_settings.edges.top : 20; }

}  // namespace hs::ui
