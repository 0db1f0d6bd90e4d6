// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages of the Cause tab share: the question (place, answer, wrong answer), words under the picture, progress and cancel.
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

class OneAsk;

class CausePage : public QWidget {
    Q_OBJECT
public:
    /// Pages that follow a place whatever comes after it have no answer to choose.
    enum class Asks { Answer, PlaceOnly };
    CausePage(const ViewContext& context, const QString& title, Asks asks, QWidget* parent = nullptr);
    virtual QString statusText() const = 0;
    virtual FigureSubject figureSubject() const = 0;
    QString problem() const;
    QString facts() const;
    QLineEdit* answer() const { return m_answer; }  ///< null: Asks::PlaceOnly
    QLineEdit* wrong() const { return m_wrong; }

Q_SIGNALS:
    void statusChanged(const QString& text);
    void factsChanged();  ///< a picture is there, or is gone

protected:
    /// Something the page depends on has changed; pages out of sight are told when they come into it.
    virtual void refresh() = 0;
    /// Shows the question's progress and its error; Cancel cancels it.
    void follow(OneAsk* ask);
    void showEvent(QShowEvent* event) override;

    /// The run to explain: complete, with residuals and logits. Null: said why in the problem line.
    std::shared_ptr<const Run> subject();
    /// Place (locked query or the last token) and tokens asked for; an empty answer is the likeliest token there.
    std::optional<LogitTarget> target(const Run& run);
    QString tokenText(int id) const;
    /// "2 interventions are in force in this run." for the facts; empty without any.
    QString conditions(const Run& run) const;
    void setProblem(const QString& text);
    void setFacts(const QStringList& facts);
    void setBusy(bool busy, const QString& words = {});
    void setError(const Error& error);

    ViewContext m_c;
    QHBoxLayout* m_bar;   ///< controls at the right of the title
    QVBoxLayout* m_body;  ///< the page's own widgets
    QLabel* m_title;
    QStringList m_factList;
    bool m_dirty = true;
    int m_place = -2;  ///< query that was asked about last; -1: the last token

private:
    void touch();
    void addAnswerFields();
    std::vector<OneAsk*> m_asks;
    QLineEdit *m_answer = nullptr, *m_wrong = nullptr;
    QLabel *m_problem, *m_factsLabel, *m_busy;
    QPushButton* m_cancel;
    QWidget* m_busyRow;
};

}  // namespace hs::ui
