// SPDX-License-Identifier: GPL-3.0-or-later
// What the head card says about a head's label: chips, the bar against the null, the sentence and its evidence; and below, rows for
// and against. Two widgets, because the switch stands between them.
#pragma once

#include <QWidget>

#include "ui/labels/label_examples.h"
#include "ui/labels/label_mark.h"
#include "ui/state/view_context.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace hs::ui {

class ExampleMapFeed;
class ExampleMaps;
class ExampleRows;
class NullBar;

/// One label: code box, title, score at the right edge.
class LabelChipLine : public QWidget {
    Q_OBJECT
public:
    explicit LabelChipLine(QWidget* parent = nullptr);
    void setLabel(const HeadLabel& label, bool primary);
    /// One that was tested and not awarded: muted, its score with the null, and in a second line why it was not.
    void setTested(const HeadLabel& label, const QString& why);
    QString text() const { return m_title; }
    QString number() const { return m_score; }
    QString why() const { return m_why; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }
    bool hasHeightForWidth() const override { return !m_why.isEmpty(); }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int lineHeight() const { return m_primary ? 22 : 20; }

    LabelMark m_mark;
    QString m_title, m_score, m_why;
    bool m_primary = false;
};

class LabelSummary : public QWidget {
    Q_OBJECT
public:
    explicit LabelSummary(const ViewContext& context, QWidget* parent = nullptr);
    /// False: nothing is known about this head's label, so another sentence is wanted.
    bool hasSentence() const { return m_has; }
    QString sentence() const;
    const std::vector<LabelChipLine*>& chips() const { return m_chips; }
    NullBar* bar() const { return m_bar; }
    QString evidence() const;
    /// What came closest in a head without a label, with score and null: nobody should have to unfold why it has none.
    const std::vector<LabelChipLine*>& measured() const { return m_nearLines; }
    /// "24 more tested: 20 no, 4 too little evidence": opens and closes the list of them.
    QPushButton* restButton() const { return m_rest; }
    const std::vector<LabelChipLine*>& rest() const { return m_restLines; }

Q_SIGNALS:
    void refreshed();
    void allScoresRequested();
    void noteRequested();

private:
    void refresh();
    void refreshRest();
    ViewContext m_c;
    std::vector<LabelChipLine*> m_chips, m_nearLines, m_restLines;
    QVBoxLayout *m_chipColumn, *m_nearColumn, *m_restColumn;
    QWidget* m_restBox;
    NullBar* m_bar;
    QLabel *m_sentence, *m_sample, *m_trust, *m_cause, *m_attributes, *m_note;
    QPushButton *m_all, *m_edit, *m_rest;
    bool m_has = false;
};

class LabelExamples : public QWidget {
    Q_OBJECT
public:
    explicit LabelExamples(const ViewContext& context, QWidget* parent = nullptr);
    ExampleRows* strongest() const { return m_best; }
    ExampleRows* counter() const { return m_worst; }
    ExampleMaps* strongestMaps() const { return m_bestMaps; }
    ExampleMaps* counterMaps() const { return m_worstMaps; }
    /// False: others have the place, whatever there is to show. Without a label nothing shows either way.
    void setWanted(bool wanted);

Q_SIGNALS:
    void corpusRequested();  ///< the Corpus tab has more
    void passageOpened();    ///< the passage is the prompt now

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void open(const ExampleLine& line);
    void askMaps();
    ViewContext m_c;
    ExampleMapFeed* m_feed;
    ExampleMaps *m_bestMaps, *m_worstMaps;
    QLabel *m_bestTitle, *m_worstTitle;
    ExampleRows *m_best, *m_worst;
    QPushButton* m_more;
    RowMass m_mass = RowMass::Weights;  ///< what the label shown counted
    bool m_wanted = true, m_has = false;
    bool m_asked = false;  ///< the engine, for the maps of what is shown
};

/// Opens the passage of a line as a prompt and locks its row and, where there is one, its key.
void showExample(const ViewContext& context, const ExampleLine& line);

}  // namespace hs::ui
