// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Text": weights on the running words.
#pragma once

#include <QWidget>

#include "ui/export/figure_subject.h"

class QLabel;
class QPushButton;
class QStackedLayout;

namespace hs::ui {

class MapModel;
class RampLegend;
class Segment;
class StatePanel;
class TextView;
class LossTextView;

class TextTab : public QWidget {
    Q_OBJECT
public:
    explicit TextTab(const ViewContext& context, QWidget* parent = nullptr);
    QString statusText() const;
    FigureSubject figureSubject() const;
    TextView* view() const { return m_view; }
    MapModel* model() const { return m_model; }
    void setIncoming(bool incoming);
    /// Instead of a head's weights: how the cuts change the loss of each token.
    void showLosses(bool on);
    LossTextView* losses() const { return m_losses; }

Q_SIGNALS:
    void statusChanged(const QString& text);
    void exportRequested();

private:
    void refresh();
    void refreshWords();
    void refreshLosses();

    ViewContext m_c;
    MapModel* m_model;
    TextView* m_view;
    QLabel *m_title, *m_words;
    Segment* m_direction;
    RampLegend* m_legend;
    StatePanel* m_state;
    LossTextView* m_losses;
    QLabel* m_lossWords;
    bool m_showsLosses = false;
    QStackedLayout* m_stack;

protected:
    void showEvent(QShowEvent* event) override;
};

}  // namespace hs::ui
