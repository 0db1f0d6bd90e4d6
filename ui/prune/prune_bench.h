// SPDX-License-Identifier: GPL-3.0-or-later
// What the pruning bench knows: settings, measured results, and what follows from them for the heads that are off now.
// It asks for nothing; PruneController submits the jobs and hands results over.
#pragma once

#include <QObject>
#include <map>
#include <optional>
#include <vector>

#include "engine/session/jobs/importance.h"
#include "engine/session/jobs/pruning.h"
#include "ui/state/prune_settings.h"

namespace hs::ui {

class Project;

/// One line of the Cuts list.
struct CutRow {
    HeadId head;
    std::optional<double> step, total;      ///< change of the test loss by this cut, and by all up to it
    std::optional<Interval> totalInterval;  ///< 95 %, paired bootstrap over documents
};

/// What cutting one more head would do on the calibration text.
struct NextCut {
    HeadId head;
    double change = 0;
};

class PruneBench : public QObject {
    Q_OBJECT
public:
    explicit PruneBench(Project* project, QObject* parent = nullptr);

    const PruneSettings& settings() const { return m_settings; }
    void setSettings(const PruneSettings& settings);  ///< what was measured with others is forgotten

    /// Heads that are off, in order.
    std::vector<HeadId> cuts() const;
    int headCount() const;
    const std::vector<HeadId>& allHeads() const { return m_heads; }

    // Results. Each is dropped when model or settings change.
    void setAlone(ImportanceTablePtr table);
    void setNext(std::vector<HeadId> cuts, ImportanceTablePtr table);
    void addSets(const std::vector<SetEffect>& sets);
    void setCurve(PruningCurvePtr curve);
    void setScore(const ImportanceTablePtr& table);
    /// A saved experiment to compare with; null: none. Stays while settings change.
    void setOther(PruningCurvePtr curve, const QString& name);
    /// Pairs of heads cut together; dropped with the rest.
    void setPairs(std::vector<PairEffect> pairs, int heads);
    void setLive(const LiveSwitchResult& result);
    void forgetLive();

    const ImportanceTablePtr& alone() const { return m_alone; }
    const PruningCurvePtr& curve() const { return m_curve; }
    const PruningCurvePtr& other() const { return m_other; }
    const QString& otherName() const { return m_otherName; }
    const std::vector<PairEffect>& pairs() const { return m_pairs; }
    int pairHeads() const { return m_pairHeads; }  ///< heads that all pairs are of; 0: not measured
    const std::map<ImportanceKind, ImportanceTablePtr>& scores() const { return m_scores; }
    const std::optional<LiveSwitchResult>& live() const { return m_live; }

    /// Effect of a set on the test text, however it is ordered: measured for itself, else read from the curve (then without interval).
    std::optional<SetEffect> effect(const std::vector<HeadId>& heads) const;
    std::vector<CutRow> rows() const;
    /// Prefixes of the cuts whose effect is not measured yet.
    std::vector<std::vector<HeadId>> missingSets() const;
    /// The best head to cut next, once every head left has been tried; nothing before that.
    std::optional<NextCut> nextBest() const;
    std::optional<double> textLoss() const;    ///< all heads on, test text
    std::optional<double> textChange() const;  ///< by the cuts of now
    /// Loss on the prompt now minus with all heads on; NaN while not known.
    double promptChange() const;

    /// Index of the point of a series with this many heads off; -1: none.
    static int pointAt(const PruningCurve& curve, const PruningSeries& series, int headsOff);
    const PruningSeries* greedy() const;
    const PruningSeries* byEffect() const;
    /// The order that cursor and budget follow: greedy, else by score, else the first that is not random; null without a curve.
    const PruningSeries* leading() const { return leadingOf(m_curve); }
    static const PruningSeries* leadingOf(const PruningCurvePtr& curve);

Q_SIGNALS:
    void settingsChanged();
    void cutsChanged();  ///< heads off, or the model
    void aloneChanged();
    void stepsChanged();  ///< rows(), nextBest(), textLoss()
    void curveChanged();
    void scoresChanged();
    void pairsChanged();
    void liveChanged();

private:
    void forget();

    Project* m_project;
    PruneSettings m_settings;
    std::vector<HeadId> m_heads, m_cuts;
    ImportanceTablePtr m_alone, m_next;
    std::vector<HeadId> m_nextCuts;
    std::map<std::vector<HeadId>, SetEffect> m_sets;       ///< by sorted heads
    std::map<std::vector<HeadId>, SetEffect> m_curveSets;  ///< the same at the curve's points
    PruningCurvePtr m_curve;
    std::map<ImportanceKind, ImportanceTablePtr> m_scores;
    std::optional<LiveSwitchResult> m_live;
    PruningCurvePtr m_other;
    QString m_otherName;
    std::vector<PairEffect> m_pairs;
    int m_pairHeads = 0;
};

}  // namespace hs::ui
