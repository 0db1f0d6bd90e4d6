// SPDX-License-Identifier: GPL-3.0-or-later
// What is in the file: tensors, configuration with origins (editable), comparison with a reference.
#pragma once

#include <QDialog>
#include <map>
#include <string>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace hs::ui {

class ConfigModel;
class Project;
class Segment;

class ModelDialog : public QDialog {
    Q_OBJECT
public:
    ModelDialog(Project* project, QWidget* parent = nullptr);
    void setPage(int page);  ///< 0 tensors, 1 configuration, 2 comparison

Q_SIGNALS:
    void reopenRequested(const std::map<std::string, std::string>& config);

private:
    QWidget* buildTensors();
    QWidget* buildConfig();
    QWidget* buildParity();
    Project* m_project;
    Segment* m_pages;
    QStackedWidget* m_stack;
    ConfigModel* m_config;
    QLabel* m_note;
    QPushButton* m_reopen;
};

}  // namespace hs::ui
