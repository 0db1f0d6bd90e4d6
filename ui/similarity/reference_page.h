// SPDX-License-Identifier: GPL-3.0-or-later
// Page "Reference" of the Similarity tab: how far the model's Projection Kernels lie from those of random subspaces.
#pragma once

#include <QWidget>

#include "ui/export/figure_subject.h"
#include "ui/similarity/reference_chart.h"
#include "ui/similarity/reference_store.h"
#include "ui/similarity/role_table.h"

class QDoubleSpinBox;
class QLabel;
class QLayout;
class QPushButton;
class QSpinBox;
class QStackedLayout;

namespace hs::ui {

class Segment;
class StatePanel;

class ReferencePage : public QWidget {
    Q_OBJECT
public:
    explicit ReferencePage(const ViewContext& context, QWidget* parent = nullptr);
    ReferenceStore* store() const { return m_store; }
    RoleTable* table() const { return m_table; }
    ReferenceChart* chart() const { return m_chart; }
    QPushButton* drawButton() const { return m_draw; }
    QSpinBox* drawCount() const { return m_draws; }
    QDoubleSpinBox* binWidth() const { return m_width; }
    QString drawWords() const;
    QString numberWords() const;
    RolePair pairing() const { return m_pairing; }
    void setPairing(RolePair pairing);
    QString statusText() const { return m_hover; }
    void fillFigure(FigureSubject& subject) const;  ///< leaves it alone while there is nothing

Q_SIGNALS:
    void statusChanged(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildPairings();
    QLayout* buildHeading();
    QLayout* buildDraws();
    QLayout* buildChart();
    void connectAll();
    ReferenceOptions options() const;
    void ask();
    void refresh();
    void refreshNumbers();
    void refreshDraws();
    ReferenceScene chartScene() const;
    RoleTableScene tableScene() const;

    ViewContext m_c;
    ReferenceStore* m_store;
    RolePair m_pairing{HeadRole::O, HeadRole::Q};
    RoleTable* m_table;
    ReferenceChart* m_chart;
    QLabel *m_tableWords, *m_empirical, *m_title, *m_numbers, *m_drawWords;
    Segment* m_scale;
    QDoubleSpinBox* m_width;
    QSpinBox* m_draws;
    QPushButton* m_draw;
    QWidget* m_content;
    StatePanel* m_state;
    QStackedLayout* m_stack;
    QString m_hover;
};

}  // namespace hs::ui
