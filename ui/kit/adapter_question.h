// SPDX-License-Identifier: GPL-3.0-or-later
// Asked before a model opens beside which an adapter lies: merged or not, it is another model, and neither is taken unasked.
#pragma once

#include <QString>

#include <functional>
#include <string>

class QMessageBox;
class QWidget;

namespace hs::ui {

/// Opens the question and returns it; it deletes itself when closed. `answer` gets `folder`, or "none" for the weights alone; `declined`
/// is called when the question is closed without an answer.
QMessageBox* askAdapter(QWidget* parent, const QString& folder, const std::function<void(const std::string&)>& answer,
                        const std::function<void()>& declined);

}  // namespace hs::ui
