// SPDX-License-Identifier: GPL-3.0-or-later
// Dialogs of the pruning bench: which texts, how much loss, and writing the pruned model.
#pragma once

#include <QDialog>

#include "ui/prune/prune_bench.h"
#include "ui/state/view_context.h"

class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace hs::ui {

class PruneController;
class PruneOrdersForm;

class PruneTextDialog : public QDialog {
    Q_OBJECT
public:
    /// `tokeniser`: the model has one; without, only files of token ids can be measured on.
    explicit PruneTextDialog(const PruneSettings& settings, bool tokeniser = true, QWidget* parent = nullptr);
    PruneSettings settings() const;

Q_SIGNALS:
    void chosen(const hs::ui::PruneSettings& settings);

private:
    struct Form {
        QRadioButton *passages = nullptr, *sampled = nullptr, *files = nullptr, *tokens = nullptr;
        QPushButton *file = nullptr, *folder = nullptr, *ids = nullptr;
        QLabel *names = nullptr, *idsName = nullptr;
        QSpinBox *count = nullptr, *length = nullptr;
        QStringList paths, idsPath;
    };
    QWidget* build(Form& form, const QString& title, const QString& what, const PruneText& text);
    PruneText read(const Form& form) const;
    void refresh();
    PruneSettings m_settings;
    bool m_tokeniser;
    Form m_test, m_calibration;
    PruneOrdersForm* m_orders = nullptr;
    QLabel* m_same = nullptr;
    QPushButton* m_ok = nullptr;
};

class PruneBudgetDialog : public QDialog {
    Q_OBJECT
public:
    explicit PruneBudgetDialog(const PruneBench& bench, QWidget* parent = nullptr);
    double percent() const;

Q_SIGNALS:
    void chosen(double percent);

private:
    void refresh();
    const PruneBench& m_bench;
    QDoubleSpinBox* m_percent;
    QLabel* m_words;
};

/// Path, what is left out, and after writing: size, speed and the difference before and after.
class PruneSaveDialog : public QDialog {
    Q_OBJECT
public:
    PruneSaveDialog(const ViewContext& context, PruneController* controller, QWidget* parent = nullptr);
    void setPath(const QString& path);
    QString resultText() const;
    QString problem() const;

Q_SIGNALS:
    void compareRequested(const QString& modelPath);

private:
    void write();
    void refresh();
    ViewContext m_c;
    PruneController* m_controller;
    QLineEdit* m_path;
    QLabel *m_what, *m_result, *m_error;
    QPushButton *m_write, *m_compare, *m_close;
    QString m_written;
};

}  // namespace hs::ui
