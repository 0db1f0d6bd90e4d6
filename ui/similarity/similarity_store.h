// SPDX-License-Identifier: GPL-3.0-or-later
// One matrix of heads against heads with its groups and its map: what the Similarity tab shows. Asks the engine only for what changed.
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/session/jobs/behaviour.h"
#include "engine/session/jobs/cluster.h"
#include "engine/session/jobs/similarity.h"
#include "engine/similarity/head_matrix.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class EngineBridge;
class Project;

struct SimilaritySettings {
    HeadMeasure measure = HeadMeasure::ProjectionKernel;
    RolePair pairing{HeadRole::O, HeadRole::O};        ///< not used by behaviour
    WeightProcessing weights = WeightProcessing::Raw;  ///< likewise
    std::vector<std::string> corpusPaths;              ///< behaviour: text to run; empty: the open prompt alone
    bool operator==(const SimilaritySettings&) const = default;
};

class SimilarityStore : public QObject {
    Q_OBJECT
public:
    SimilarityStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);

    const SimilaritySettings& settings() const { return m_settings; }
    void setSettings(const SimilaritySettings& settings);
    void need();
    void needMap();  ///< the map of heads is made only when it is looked at
    void cancel();
    void again();  ///< after a cancel or an error
    /// Heads of the matrix that have numbers: groups and map need two.
    int comparable() const;
    /// Number of groups to cut into; 0: the cut with the best silhouette. Forgotten with the matrix.
    void setGroupCount(int clusters);
    int groupCount() const { return m_groupCount; }
    /// Mean weight on reference tokens (or, from the open prompt, on the first), one per row; empty: not known. In words where from.
    const std::vector<double>& sinkMass() const { return m_sinkMass; }
    QString sinkSource() const { return m_sinkSource; }
    /// The text for behaviour and swap tests: chosen files, else the open prompt (none: no prompts in it).
    BehaviourText text() const;
    QString textName() const;
    /// Why the present measure cannot be computed on what is open; empty: it can.
    QString impossible() const;
    /// Nothing when the open file holds weights that can be compared, else why not.
    QString withoutWeights() const;

    bool busy() const { return m_compare.busy() || m_behave.busy(); }
    const std::optional<Error>& error() const { return m_error; }
    const std::shared_ptr<const HeadMatrix>& matrix() const { return m_matrix; }
    /// Groups of a symmetric matrix; null while unknown, and for pairings that only lead from earlier to later heads.
    const std::shared_ptr<const ClusterResult>& clusters() const { return m_clusters; }
    const std::shared_ptr<const HeadMap>& map() const { return m_map; }
    /// What a behaviour measure was computed with; null for weights.
    const std::shared_ptr<const BehaviourResult>& behaviour() const { return m_behaviour; }
    bool symmetric() const;
    /// Documents used, and whether more are coming (behaviour).
    bool partial() const { return m_partial; }

Q_SIGNALS:
    void changed();
    void progress(double fraction, const QString& words);

private:
    void modelChanged();
    void sourceChanged();
    void ask();
    void follow();
    void askMap();
    void askGroups();
    void readSinks();

    Project* m_project;
    SimilaritySettings m_settings;
    std::shared_ptr<const HeadMatrix> m_matrix;
    std::shared_ptr<const ClusterResult> m_clusters;
    std::shared_ptr<const HeadMap> m_map;
    std::shared_ptr<const BehaviourResult> m_behaviour;
    std::vector<double> m_sinkMass;
    QString m_sinkSource;
    std::shared_ptr<const Prompt> m_prompt;  ///< behaviour on the open prompt: which one it was
    int m_groupCount = 0;
    std::optional<Error> m_error;
    Ask<SimilarityJob> m_compare;
    Ask<BehaviourJob> m_behave;
    Ask<ClusterJob> m_group;
    Ask<HeadMapJob> m_plane;
    bool m_wanted = false, m_mapWanted = false, m_partial = false;
};

/// The circle of nearest heads of one head: indices of the matrix' columns (its rows where `incoming`) with a number, most alike first.
std::vector<int> nearestHeads(const HeadMatrix& matrix, int head, int count, bool incoming = false);

}  // namespace hs::ui
