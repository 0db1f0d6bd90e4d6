// SPDX-License-Identifier: GPL-3.0-or-later
// Right dock: everything about the selected head on the current prompt. One column of sections between hairlines.
#pragma once

#include <QScrollArea>
#include <memory>
#include <vector>

#include "ui/state/view_context.h"

class QLabel;
class QPushButton;
class QSpinBox;
class QDoubleSpinBox;

namespace hs {
class Run;
}

namespace hs::ui {

class DockTitle;
class GraphCard;
class LabelExamples;
class LabelSummary;
class MiniChart;
class RepeatScores;
class SessionController;
class TokenBars;

class HeadCard : public QScrollArea {
    Q_OBJECT
public:
    HeadCard(const ViewContext& context, SessionController* controller, RepeatScores* repeats, QWidget* parent = nullptr);
    DockTitle* title() const { return m_title; }
    LabelSummary* labelSummary() const { return m_summary; }
    LabelExamples* labelExamples() const { return m_examples; }
    QPushButton* switchButton() const { return m_switch; }
    /// The head's edges instead of what it does on the prompt: while the Graph tab is in front.
    void showGraph(bool on);
    GraphCard* graphCard() const { return m_graph; }
    /// What else is to be known about heads that are off; empty: nothing.
    void setOffNote(const QString& text);
    QSize sizeHint() const override { return {312, 700}; }
    QSize minimumSizeHint() const override { return {280, 200}; }

private:
    QWidget* buildHead();
    QWidget* buildSwitch();
    QWidget* buildNext();
    QWidget* buildCharts();
    void refresh();
    void refreshSentence();
    void refreshPreview();
    QString whyNoPreview() const;
    void refreshNext();
    void refreshCharts();

    ViewContext m_c;
    SessionController* m_controller;
    RepeatScores* m_repeats;
    DockTitle* m_title;
    QPushButton* m_pin;
    QLabel* m_name;
    QLabel* m_shares;
    LabelSummary* m_summary;
    LabelExamples* m_examples;
    QLabel* m_sentence;
    QLabel* m_facts;
    QPushButton* m_switch;
    QLabel* m_loss;
    QLabel* m_previewTitle;
    QLabel* m_onOff;
    QLabel* m_previewNote;
    QLabel* m_offNote;
    TokenBars* m_preview;
    QLabel* m_nextTitle;
    TokenBars* m_next;
    std::weak_ptr<const Run> m_nextRun;  ///< that the tokens below were read from, and where
    int m_nextPosition = -1;
    std::vector<int> m_nextIds;
    QSpinBox* m_count;
    QDoubleSpinBox* m_temperature;
    QSpinBox* m_seed;
    QPushButton* m_continue;
    QWidget* m_nextSection;
    QWidget* m_switchSection;
    QWidget* m_chartSection;
    GraphCard* m_graph = nullptr;
    MiniChart* m_entropy;
    MiniChart* m_offsets;
    QLabel* m_topTitle;
    TokenBars* m_top;
};

}  // namespace hs::ui
