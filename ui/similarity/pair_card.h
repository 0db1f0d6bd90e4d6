// SPDX-License-Identifier: GPL-3.0-or-later
// One pair of heads beside the matrix: every number that is known of it, and the principal angles behind its Projection Kernel.
#pragma once

#include <QWidget>

#include "ui/similarity/head_weights_store.h"
#include "ui/state/view_context.h"

class QLabel;
class QPushButton;

namespace hs::ui {

class IndexChart;

class PairCard : public QWidget {
    Q_OBJECT
public:
    explicit PairCard(const ViewContext& context, QWidget* parent = nullptr);
    /// Row and column of the matrix; -1: no pair.
    void setPair(const std::shared_ptr<const HeadMatrix>& matrix, int row, int col);
    /// Every line "name\tvalue", then the cosines.
    QString text() const;
    IndexChart* chart() const { return m_chart; }
    PairAnglesStore* store() const { return m_store; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void refreshAngles();
    void ask();

    ViewContext m_c;
    PairAnglesStore* m_store;
    std::shared_ptr<const HeadMatrix> m_matrix;
    int m_row = -1, m_col = -1;
    std::optional<AnglesQuestion> m_question;
    std::vector<std::pair<QString, QString>> m_lines;
    QLabel *m_title, *m_sentence, *m_table, *m_remark, *m_anglesTitle, *m_angles;
    IndexChart* m_chart;
    QPushButton* m_copy;
};

}  // namespace hs::ui
