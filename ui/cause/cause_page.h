// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages of the Cause tab share: the tab's question, whether the picture still answers it, words under it, progress and cancel.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "engine/analysis/causes/logit_attribution.h"
#include "engine/session/events.h"
#include "ui/export/figure_subject.h"
#include "ui/state/view_context.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace hs::ui {

class CauseQuestion;
class OneAsk;

/// What a picture answers.
struct CauseAsked {
    std::shared_ptr<const Run> run;
    LogitTarget target;  ///< position resolved
    QString corrupted;   ///< of patching, as it was typed
};

class CausePage : public QWidget {
    Q_OBJECT
public:
    /// Pages that follow a place whatever comes after it have no answer to choose.
    enum class Asks { Answer, PlaceOnly };
    CausePage(const ViewContext& context, CauseQuestion* question, const QString& title, Asks asks, QWidget* parent = nullptr);
    virtual QString statusText() const = 0;
    virtual FigureSubject figureSubject() const = 0;
    QString problem() const;
    QString facts() const;
    QLineEdit* answer() const;  ///< of the tab's question, as are those below
    QLineEdit* wrong() const;
    QLineEdit* corruptField() const;
    /// The picture answers another question than the one that stands above it: it is grey, and this says what it was computed for.
    QString staleness() const;

Q_SIGNALS:
    void statusChanged(const QString& text);
    void factsChanged();  ///< a picture is there, or is gone

protected:
    /// Something the page depends on has changed; pages out of sight are told when they come into it.
    virtual void refresh() = 0;
    /// What the picture answers from now on; nothing: there is none.
    void setShown(std::optional<CauseAsked> shown);
    /// Its widget: grey while stale.
    void setPicture(QWidget* picture) { m_picture = picture; }
    /// How it is computed for the question as it stands.
    virtual QString howAgain() const;
    virtual bool usesCorrupted() const { return false; }
    void refreshStale();
    /// Shows the question's progress and its error; Cancel cancels it.
    void follow(OneAsk* ask);
    void showEvent(QShowEvent* event) override;

    /// The run to explain: complete, with residuals and logits. Null: said why in the problem line.
    std::shared_ptr<const Run> subject();
    /// Place (locked query or the last token) and tokens asked for; an empty answer is the likeliest token there.
    std::optional<LogitTarget> target(const Run& run);
    int place(const Run& run) const;
    QString tokenText(int id) const;
    /// "2 interventions are in force in this run." for the facts; empty without any.
    QString conditions(const Run& run) const;
    void setProblem(const QString& text);
    void setFacts(const QStringList& facts);
    void setBusy(bool busy, const QString& words = {});
    void setError(const Error& error);

    ViewContext m_c;
    CauseQuestion* m_question;
    QHBoxLayout* m_bar;   ///< controls at the right of the title
    QVBoxLayout* m_body;  ///< the page's own widgets
    QLabel* m_title;
    QStringList m_factList;
    bool m_dirty = true;
    int m_place = -2;  ///< query that was asked about last; -1: the last token

private:
    void touch();
    /// As target(), with what is wrong instead of showing it.
    Result<LogitTarget> resolve(const Run& run) const;
    bool answersTheQuestion() const;
    Asks m_kind;
    std::optional<CauseAsked> m_shown;
    QWidget* m_picture = nullptr;
    std::vector<OneAsk*> m_asks;
    QLabel *m_problem, *m_stale, *m_factsLabel, *m_busy;
    QPushButton* m_cancel;
    QWidget* m_busyRow;
};

}  // namespace hs::ui
