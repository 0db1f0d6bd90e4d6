// SPDX-License-Identifier: GPL-3.0-or-later
// Where the window writes files: nothing that is open is written over, and nothing of somebody else's without asking.
#pragma once

#include <QFileDialog>
#include <QStringList>

#include <functional>

namespace hs::ui {

/// "“a.h5” is open …", or empty: why `path` is not written. `inputs`: what the window reads (openInputs).
QString whyNotWritten(const QString& path, const QStringList& inputs);

/// Asks for a file to write; deletes itself when closed. A file that is read is refused in place. Replacing any file is asked by Qt.
class SaveDialog : public QFileDialog {
    Q_OBJECT
public:
    SaveDialog(QWidget* parent, const QString& title, const QStringList& inputs);
    void accept() override;

private:
    QStringList m_inputs;
};

/// For paths that no SaveDialog asked for: `write` at once when nothing stands in the way, after a question when HeadScope did not write
/// a file that is there, never when one of them is read.
void whenMayWrite(QWidget* parent, const QStringList& paths, const QStringList& inputs, const std::function<void()>& write);

}  // namespace hs::ui
