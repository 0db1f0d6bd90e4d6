// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Similarity": all heads against all heads as a matrix, in layers or in groups, and as a map.
#pragma once

#include <QWidget>

#include "ui/dialogs/figure_subject.h"
#include "ui/views/head_map_view.h"
#include "ui/views/matrix_scene.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace hs::ui {

class MatrixView;
class Segment;
class SimilarityStore;
class StatePanel;

class SimilarityTab : public QWidget {
    Q_OBJECT
public:
    explicit SimilarityTab(const ViewContext& context, QWidget* parent = nullptr);
    QString statusText() const;
    FigureSubject figureSubject() const;
    MatrixView* matrixView() const { return m_matrix; }
    HeadMapView* mapView() const { return m_map; }

Q_SIGNALS:
    void statusChanged(const QString& text);
    void exportRequested();
    void openRequested(hs::HeadId head);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void refreshState();
    void refreshWords();
    MatrixScene makeMatrix() const;
    HeadMapScene makeMap() const;
    HeadId headOfRow(int row) const;
    int rowOf(HeadId head, bool columns) const;
    QString pairText(int row, int col) const;
    void chooseText();

    ViewContext m_c;
    SimilarityStore* m_store;
    MatrixView* m_matrix;
    HeadMapView* m_map;
    QWidget* m_pages;
    QStackedLayout* m_pageStack;
    QStackedLayout* m_stack;
    StatePanel* m_state;
    Segment* m_view;
    QComboBox* m_measure;
    QComboBox* m_pairing;
    QComboBox* m_weights;
    QPushButton* m_text;
    QComboBox* m_order;
    QLabel* m_words;
    QLabel* m_groups;
    QPushButton* m_cancel;
    QString m_hover;
};

}  // namespace hs::ui
