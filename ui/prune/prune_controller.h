// SPDX-License-Identifier: GPL-3.0-or-later
// Turns what the pruning bench needs into jobs and hands the answers to it. Knows no widgets.
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>

#include "engine/session/jobs/importance.h"
#include "engine/session/jobs/pruning.h"
#include "engine/session/pruning_file.h"
#include "engine/session/texts.h"
#include "ui/bridge/ask.h"
#include "ui/bridge/error_text.h"
#include "ui/prune/prune_bench.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class PruneController : public QObject {
    Q_OBJECT
public:
    /// `folder`: where the sample texts are; empty: only the user's own files.
    PruneController(const ViewContext& context, PruneBench* bench, const QString& folder, QObject* parent = nullptr);

    PruneBench* bench() const { return m_bench; }
    /// Nothing is measured while the bench is not in view.
    void setActive(bool active);
    bool active() const { return m_active; }
    /// Why nothing can be measured; empty: all is well.
    QString obstacle() const;
    static QString needsWeights();  ///< what to say of a file of attention
    static QString needsOutput();   ///< and of a model without an output layer

    void measureCurve();
    void measureScores();  ///< gates, weights, confidence: for the Heads tab
    void cancel();         ///< everything but the live numbers
    /// All pairs of these heads, on the test text.
    void measurePairs(const std::vector<HeadId>& heads);
    bool measuringPairs() const { return m_pairs.busy(); }
    void cancelPairs();
    bool measuringCurve() const { return m_curve.busy(); }
    bool measuringAlone() const { return m_alone.busy(); }
    bool busy() const;
    /// Seconds that the curve will take, as estimated from one forward pass.
    double curveCost() const;

    // What the user does; each is one undo step.
    void cutNextBest();
    void toggle(HeadId head);
    /// Greedy order up to this many heads.
    void cutTo(int headsOff, int gesture = -1);
    void restoreAll();
    void invert();
    /// Most heads off along the greedy order with a loss at most `percent` above all heads on; measures the curve first where needed.
    void cutWithin(double percent);
    /// Writes the model without the heads that are off.
    void writePruned(const QString& path);
    /// The experiment as measured so far, to be opened again; errors of writing.
    Status saveCurve(const QString& path) const;
    /// Shows a saved experiment with its texts and goes on from it; InvalidArgument (item "heads" or "model") when it is of another
    /// model. `remark`: what could not be restored, in words.
    Status openCurve(const QString& path, QString* remark = nullptr);
    /// Shows a saved experiment beside the one here; InvalidArgument when it has another number of heads.
    Status compareCurve(const QString& path);
    bool writing() const { return m_write.busy(); }

    /// Seconds from the last switch to its numbers; negative: none yet.
    double lastSwitchSeconds() const { return m_switchSeconds; }

Q_SIGNALS:
    void stateChanged();  ///< busy(), measuringCurve(), obstacle(), writing()
    void progress(const QString& words, double fraction);
    void failed(const hs::ui::ErrorText& text, const hs::Error& facts);
    void budgetReached(int headsOff, double loss);
    void prunedWritten(const hs::WritePrunedResult& result);

private:
    /// Every head off alone, on the calibration text, under the bench's settings.
    ImportanceJob importanceOfEach() const;
    /// Sets or pairs of heads off, on the test text, under the bench's settings.
    SetAblationJob ablationOnTest() const;
    Result<PruningExperiment> readFor(const QString& path) const;
    void askLive();
    /// What heads that are off write, measured when it is wanted and not there: for the bench and for every view of the prompt.
    bool hasValues();
    void askAlone();
    void askNext();
    void askSets();
    void refresh();
    void connectAnswers();
    void follow(OneAsk* ask);  ///< progress, failures, stateChanged
    bool measuringScores() const;
    bool canMeasure() const;
    void applyBudget();

    ViewContext m_c;
    PruneBench* m_bench;
    QString m_folder;
    bool m_active = false;
    Ask<LiveSwitchJob> m_live;
    Ask<ImportanceJob> m_alone, m_next;
    Ask<SetAblationJob> m_sets, m_pairs;
    Ask<PruningCurveJob> m_curve;
    Ask<AblationValuesJob> m_measureValues;
    Ask<WritePrunedJob> m_write;
    std::map<ImportanceKind, std::unique_ptr<Ask<ImportanceJob>>> m_scores;  ///< made when first asked for
    int m_pairHeads = 0;
    std::vector<HeadId> m_nextFor;
    std::shared_ptr<const AblationValues> m_values;
    PruneSettings m_valuesFor;  ///< settings that m_values, or those under way, were asked for by
    std::optional<double> m_budget;
    std::optional<Error> m_error;
    double m_switchSeconds = -1;
    QTimer m_settle;  ///< heads crossed in a drag are not worth a sweep each
};

}  // namespace hs::ui
