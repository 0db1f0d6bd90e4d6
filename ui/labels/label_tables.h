// SPDX-License-Identifier: GPL-3.0-or-later
// Small windows around labels: all scores of one head, two scores of all heads, the user's own label and note.
#pragma once

#include <QDialog>

#include "engine/base/ids.h"
#include "ui/state/view_context.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStandardItemModel;
class QTableView;

namespace hs::ui {

class ScoreScatter;

/// Every label that was tested on a head with score, threshold, null, interval, p, q, n; those with too little evidence on request.
/// Below, its other numbers and the remarks of the analyses.
class ScoresDialog : public QDialog {
    Q_OBJECT
public:
    explicit ScoresDialog(const ViewContext& context, QWidget* parent = nullptr);
    QStandardItemModel* model() const { return m_model; }
    QStandardItemModel* numbers() const { return m_numbers; }
    QString remarks() const;
    QCheckBox* lacking() const { return m_lacking; }

private:
    void refresh();
    ViewContext m_c;
    QLabel *m_title, *m_more;
    QTableView *m_table, *m_numbersTable;
    QStandardItemModel *m_model, *m_numbers;
    QCheckBox* m_lacking;
};

/// Any two scores of all heads; a click chooses the head.
class ScatterDialog : public QDialog {
    Q_OBJECT
public:
    explicit ScatterDialog(const ViewContext& context, QWidget* parent = nullptr);
    ScoreScatter* scatter() const { return m_scatter; }
    QComboBox* xBox() const { return m_x; }
    QComboBox* yBox() const { return m_y; }

private:
    void fill();
    void refresh();
    ViewContext m_c;
    QComboBox *m_x, *m_y;
    ScoreScatter* m_scatter;
    QLabel* m_note;
};

class NoteDialog : public QDialog {
    Q_OBJECT
public:
    NoteDialog(const ViewContext& context, HeadId head, QWidget* parent = nullptr);
    QLineEdit* label() const { return m_label; }
    QPlainTextEdit* text() const { return m_text; }

private:
    QLineEdit* m_label;
    QPlainTextEdit* m_text;
};

}  // namespace hs::ui
