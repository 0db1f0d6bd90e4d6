// SPDX-License-Identifier: GPL-3.0-or-later
// Which two maps are compared, and how to get them: another head, another prompt, another model, the same run before the cuts.
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <vector>

#include "engine/session/jobs/open.h"
#include "engine/session/jobs/run.h"
#include "ui/bridge/ask.h"
#include "ui/export/figure.h"
#include "ui/kit/state_panel.h"
#include "ui/map/compare_math.h"
#include "ui/state/view_context.h"

namespace hs::ui {

class CompareSources : public QObject {
    Q_OBJECT
public:
    explicit CompareSources(const ViewContext& context, QObject* parent = nullptr);
    ~CompareSources() override;

    struct State {
        std::shared_ptr<const AttentionSource> a, b;  ///< null: see `missing`
        HeadId headA, headB;
        QString title, nameA, nameB, noteA, noteB;
        TokenAlignment tokens;
        std::vector<char> inB;  ///< for each token of A whether B has it; empty: tokens are not matched
        QString whyApart;       ///< sentence when no difference can be formed
        QString tokenNote;      ///< sentence when tokens differ but are compared all the same
        std::optional<StateContent> missing;
        bool busy = false;
        QString busyWords;
        QString promptB, modelPathB;
    };
    State state() const;

    CompareMode mode() const { return m_mode; }
    void setMode(CompareMode mode);
    void swap();  ///< heads: selection and pin change places; else the order of A and B
    int promptB() const { return m_promptB; }
    void setPromptB(int index);
    /// `adapter`: folder of one to merge, "none", or empty: not said (asksAdapter() where it has to be).
    void openModel(const QString& path, const std::string& adapter = {});
    /// The second model, while an adapter has to be decided about.
    void answerAdapter(const std::string& adapter) { openModel(m_openPath, adapter); }
    void setSecondModel(std::shared_ptr<const Model> model);  ///< as openModel, for a model that is open already
    const std::shared_ptr<const Model>& secondModel() const { return m_model; }
    void cancel();

Q_SIGNALS:
    void changed();
    void asksAdapter(const QString& folder);  ///< beside the second model: is it merged?

private:
    // Titles, sources and heads of A and B in each mode; `head`: title of the selected one. False: `missing` says why, before any error.
    bool nameSides(State& s, const QString& head) const;
    bool namePrompts(State& s, const QString& head) const;
    bool nameModels(State& s, const QString& head) const;
    bool nameCuts(State& s, const QString& head) const;
    StateContent missingHead(const State& s, const QString& head) const;
    void alignSides(State& s) const;  ///< what can be compared of their tokens
    bool layOver(State& s) const;     ///< B at the tokens of A; false: hardly a token is in both
    void update();                    ///< starts what is missing
    HeadId headB() const;
    void runPrompt();
    std::shared_ptr<const AttentionSource> secondPrompt() const;  ///< the project's own run of it, when it is of now
    void runModel();

    ViewContext m_c;
    CompareMode m_mode = CompareMode::Heads;
    bool m_swapped = false;
    int m_promptB = -1;
    Ask<OpenJob> m_open;
    Ask<RunJob> m_run;
    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const Run> m_promptRun, m_modelRun;                                ///< runs made only for the comparison
    std::shared_ptr<const AttentionSource> m_modelRunFor;                              ///< source of A that m_modelRun belongs to
    mutable std::shared_ptr<const AttentionSource> m_alignedA, m_alignedB, m_aligned;  ///< B laid over A; made once for the two
    mutable int m_alignedTokens = 0;
    mutable std::vector<char> m_alignedIn;
    std::optional<Error> m_error;
    QString m_openPath;
};

}  // namespace hs::ui
