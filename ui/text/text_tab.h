// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Text": weights on the running words.
#pragma once

#include "ui/feature/centre_tab.h"

class QLabel;
class QScrollArea;
class QPushButton;
class QStackedLayout;

namespace hs::ui {

class MapModel;
class RampLegend;
class Segment;
class StatePanel;
class TextRows;
class TextView;
class LossTextView;

class TextTab : public CentreTab {
    Q_OBJECT
public:
    explicit TextTab(const ViewContext& context, QWidget* parent = nullptr);
    QString id() const override { return QStringLiteral("text"); }
    QString title() const override { return tr("Text"); }
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    QString obstacle() const override;
    void save(QJsonObject& state) const override;
    void restore(const QJsonObject& state) override;
    TextView* view() const { return m_view; }
    MapModel* model() const { return m_model; }
    void setIncoming(bool incoming);
    /// Instead of a head's weights: how the cuts change the loss of each token.
    void showLosses(bool on);
    LossTextView* losses() const { return m_losses; }
    TextRows* rows() const { return m_rows; }

private:
    void refresh();
    void showWay(int index);  ///< where it looks, who looks at it, loss change
    void refreshWords();
    void refreshLosses();
    void placeRows();  ///< a line for every word, where a short prompt leaves room for them

    ViewContext m_c;
    MapModel* m_model;
    TextView* m_view;
    TextRows* m_rows;
    QScrollArea* m_rowScroll;
    QLabel *m_title, *m_words;
    Segment* m_direction;
    RampLegend* m_legend;
    StatePanel* m_state;
    LossTextView* m_losses;
    QWidget* m_lossPage;
    QLabel* m_lossWords;
    bool m_showsLosses = false;
    QStackedLayout* m_stack;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
};

}  // namespace hs::ui
