// SPDX-License-Identifier: GPL-3.0-or-later
// The head graph of the open model, shared by graph, table, head card and atlas: what was chosen, what the engine made of it.
// Matrices are kept, so that another top-k or another set of edge types asks for a small job only.
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/ids.h"
#include "engine/session/jobs/graph.h"
#include "engine/session/jobs/similarity.h"
#include "engine/similarity/graph/head_graph.h"
#include "engine/similarity/graph/layout.h"
#include "engine/similarity/head_matrix.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class ClassStore;
class EngineBridge;
class Project;

struct GraphSettings {
    HeadMeasure measure = HeadMeasure::ProjectionKernel;
    WeightProcessing weights = WeightProcessing::Raw;
    std::vector<RolePair> pairings{{HeadRole::O, HeadRole::Q}, {HeadRole::O, HeadRole::K}, {HeadRole::O, HeadRole::V}};  ///< those shown
    EdgeChoice edges;
    LayoutKind layout = LayoutKind::Layered;
    bool neighbourhood = false;  ///< only the selected head and its neighbours
    int steps = 1;               ///< how far those neighbours lie
    std::uint64_t seed = 1;
    bool operator==(const GraphSettings&) const = default;
};

class GraphStore : public QObject {
    Q_OBJECT
public:
    GraphStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);

    const GraphSettings& settings() const { return m_settings; }
    void setSettings(const GraphSettings& settings);
    /// Computes when the model has weights and nothing is known yet; views call it when they are first shown.
    void need();
    void cancel();

    bool possible() const;  ///< a model with attention weights is open
    bool busy() const { return m_askMatrices.busy() || m_askGraph.busy(); }
    const std::optional<Error>& error() const { return m_error; }
    const std::shared_ptr<const HeadGraph>& graph() const { return m_graph; }
    const std::shared_ptr<const GraphLayout>& layout() const { return m_layout; }
    /// Matrix of a pairing under the present measure and weights; null: not computed.
    std::shared_ptr<const HeadMatrix> matrix(RolePair pairing) const;
    /// Room for nodes on screen, px: a layered layout uses it all. Taken by the next layout.
    void setPlotWidth(double width) { m_plotWidth = width; }
    /// Nodes the user dragged to a place; kept by the next layout.
    void setPlaced(std::vector<std::pair<int, GraphPoint>> placed) { m_placed = std::move(placed); }

    int selectedEdge() const { return m_edge; }
    void selectEdge(int edge);
    /// The head around which the neighbourhood is taken.
    void setFocus(HeadId head);
    int nodeOf(HeadId head) const;
    /// Edges at a head, strongest first, as indices into graph()->edges.
    std::vector<int> edgesOf(HeadId head) const;
    /// Edges drawn at a head: what the atlas shows. Nothing without a graph.
    std::optional<int> edgeCount(HeadId head) const;
    const GraphNode* node(HeadId head) const;
    /// Classes of heads, scored by the present matrices.
    ClassStore* classes() const { return m_classes; }
    /// k of their precision: as many as are drawn of each type, 20 where no such number was chosen.
    int classK() const;

Q_SIGNALS:
    void changed();  ///< graph, layout, state or error
    void edgeSelected(int edge);
    void progress(double fraction, const QString& words);

private:
    struct Key {
        HeadMeasure measure;
        WeightProcessing weights;
        RolePair pairing;
        auto operator<=>(const Key&) const = default;
    };
    void modelChanged();
    void ask();
    void askGraph();
    void take(const GraphResult& result);

    Project* m_project;
    GraphSettings m_settings;
    std::map<Key, std::shared_ptr<const HeadMatrix>> m_matrices;
    std::shared_ptr<const HeadGraph> m_graph;
    std::shared_ptr<const GraphLayout> m_layout;
    std::shared_ptr<const GraphLayout> m_whole;  ///< last layout that was no neighbourhood: the way back
    ClassStore* m_classes;
    Ask<SimilarityJob> m_askMatrices;
    Ask<GraphJob> m_askGraph;
    double m_plotWidth = 720;
    bool m_askedNear = false;
    std::vector<std::pair<int, GraphPoint>> m_placed;
    std::optional<Error> m_error;
    int m_edge = -1;
    HeadId m_focus;
    bool m_wanted = false;
};

}  // namespace hs::ui
