// SPDX-License-Identifier: GPL-3.0-or-later
// "Label heads …": text, length, seed, detectors, and every threshold, visible and editable.
#pragma once

#include <QDialog>
#include <QStringList>
#include <functional>

#include "engine/session/jobs/label.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLayout;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;
class QStandardItem;
class QStandardItemModel;
class QTableView;

namespace hs::ui {

class LabelDialog : public QDialog {
    Q_OBJECT
public:
    /// `defaults`: what "sample corpus" stands for. `presets`: JSON files of presets, the default first. `longest`: the model's context, 0: none.
    LabelDialog(const LabelRequest& request, const LabelRequest& defaults, const QStringList& presets, int longest, bool hasTokenizer,
                QWidget* parent = nullptr);
    LabelRequest request() const;
    /// False: the file lacks what a forward pass needs, so only its weights can be read.
    void setCanRun(bool can);
    /// What is said about the cost of a request, as long as nothing is wrong with it.
    void setEstimate(std::function<QString(const LabelRequest&)> estimate);
    /// Thresholds from and to a JSON file, as `headscope label --preset FILE` reads them. What is wrong is said below the table.
    bool openPreset(const QString& path);
    bool savePreset(const QString& path);

Q_SIGNALS:
    void startRequested(const hs::LabelRequest& request);

private:
    void readPresets(const QStringList& paths);
    QLayout* buildText();
    QLayout* buildKinds();
    QLayout* buildSizes(int longest);
    QLayout* buildMeasure();
    QLayout* buildPresets();
    void buildTable();
    QLayout* buildButtons();
    void connectAll();
    void showFirstPreset();
    void takeTyped(QStandardItem* item);
    void browse(bool folder);
    void choosePreset(int index);
    void showPreset(const LabelPreset& preset);
    void markRow(int row);
    void nameOwn();
    void choosePresetFile(bool save);
    void refresh();

    LabelRequest m_request, m_defaults;
    std::function<QString(const LabelRequest&)> m_estimate;
    std::vector<LabelPreset> m_presets;
    LabelPreset m_base;  ///< the preset that the user's own numbers are compared with
    bool m_hasTokenizer, m_canRun = true, m_filling = false;
    QRadioButton *m_sample, *m_own;
    QLineEdit* m_path;
    QPushButton *m_file, *m_folder, *m_start, *m_savePreset;
    QSpinBox *m_length, *m_documents, *m_seed;
    QCheckBox *m_text, *m_synthetic, *m_weights, *m_causes, *m_again;
    QComboBox *m_mass, *m_weighting, *m_preset;
    QTableView* m_table;
    QStandardItemModel* m_model;
    QLabel* m_note;
};

}  // namespace hs::ui
