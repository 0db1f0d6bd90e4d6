// SPDX-License-Identifier: GPL-3.0-or-later
// Page "Head" of the Similarity tab: what the selected head's weights say about it alone, and the heads nearest to it.
#pragma once

#include <QWidget>

#include "ui/export/figure_subject.h"
#include "ui/kit/index_chart.h"
#include "ui/similarity/head_weights_store.h"
#include "ui/similarity/nearest_circle.h"

class QLabel;
class QLayout;
class QPushButton;
class QTableWidget;

namespace hs::ui {

class Segment;

class HeadWeightsPage : public QWidget {
    Q_OBJECT
public:
    explicit HeadWeightsPage(const ViewContext& context, QWidget* parent = nullptr);
    HeadSpectraStore* store() const { return m_store; }
    IndexChart* chart() const { return m_chart; }
    NearestCircle* circle() const { return m_circle; }
    QTableWidget* directions() const { return m_directions; }
    /// Name and value of every number, as shown.
    const std::vector<std::pair<QString, QString>>& lines() const { return m_lines; }
    QString directionWords() const;
    QString statusText() const { return m_hover; }
    void fillFigure(FigureSubject& subject) const;

Q_SIGNALS:
    void statusChanged(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLayout* buildNumbers();
    QLayout* buildNearest();
    void buildDirections();
    void connectAll();
    void ask();
    void refresh();
    void refreshCircle();
    void refreshDirections(const HeadSpectra* s);
    IndexChartScene spectraScene(const HeadSpectra& s) const;

    ViewContext m_c;
    HeadSpectraStore* m_store;
    std::vector<std::pair<QString, QString>> m_lines;
    QLabel *m_title, *m_table, *m_words, *m_directionsTitle, *m_directionWords, *m_circleTitle;
    IndexChart* m_chart;
    NearestCircle* m_circle;
    Segment* m_way;
    QTableWidget* m_directions;
    QPushButton* m_cancel;
    QString m_hover;
};

}  // namespace hs::ui
