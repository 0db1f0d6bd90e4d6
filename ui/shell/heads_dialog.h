// SPDX-License-Identifier: GPL-3.0-or-later
// Asked before a model opens whose file does not say where one head ends and the next begins: nothing is computed from a guess.
#pragma once

#include <QDialog>
#include <map>
#include <string>
#include <vector>

#include "engine/model/head_choices.h"
#include "engine/model/model.h"

class QPushButton;
class QTableWidget;

namespace hs::ui {

class HeadsDialog : public QDialog {
    Q_OBJECT
public:
    HeadsDialog(const Model& model, QWidget* parent = nullptr);
    /// "n_heads=12", or "d_head=64" where layers differ in heads; empty until one is chosen.
    std::map<std::string, std::string> said() const;

private:
    void fill(const ModelConfig& config);
    std::vector<HeadChoice> m_choices;
    bool m_layersDiffer;
    QTableWidget* m_table;
    QPushButton* m_open;
};

}  // namespace hs::ui
