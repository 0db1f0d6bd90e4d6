// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of several heads into one folder, with progress and cancel.
#pragma once

#include <QDialog>

#include "ui/export/export_dialog.h"

class QFormLayout;
class QHBoxLayout;
class QProgressBar;
class QVBoxLayout;

namespace hs::ui {

class BatchExportDialog : public QDialog {
    Q_OBJECT
public:
    BatchExportDialog(const ViewContext& context, const FigureSubject& subject, QWidget* parent = nullptr);
    void reject() override;  ///< cancels a running batch first

Q_SIGNALS:
    void message(const QString& text);

private:
    void addHeads(QVBoxLayout* all);  ///< which heads: a layer's, those typed, or all
    QFormLayout* buildForm();
    QHBoxLayout* buildButtons();
    void connectControls();
    void connectBatch();
    std::optional<std::vector<HeadId>> heads(QString* wrong = nullptr) const;
    void refresh();
    void begin();

    ViewContext m_context;
    FigureSubject m_subject;
    ExportChoices m_choices;
    BatchExport m_batch;
    QRadioButton *m_layer, *m_typed, *m_all;
    QLineEdit *m_list, *m_folder;
    Segment* m_format;
    QCheckBox *m_csv, *m_npy, *m_latex;
    QLabel* m_words;
    QProgressBar* m_bar;
    QPushButton *m_browse, *m_close, *m_start;
};

}  // namespace hs::ui
