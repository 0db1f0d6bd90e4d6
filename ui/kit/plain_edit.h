// SPDX-License-Identifier: GPL-3.0-or-later
// A field of several lines of plain text. Qt's own ends the program when something is pasted that is nothing: a clipboard whose owner has
// no data, as some programs leave it behind (seen with Qt 6.4.2).
#pragma once

#include <QMimeData>
#include <QPlainTextEdit>

namespace hs::ui {

class PlainEdit : public QPlainTextEdit {
public:
    using QPlainTextEdit::QPlainTextEdit;

protected:
    bool canInsertFromMimeData(const QMimeData* source) const override { return source && source->hasText(); }
    void insertFromMimeData(const QMimeData* source) override
    {
        if (canInsertFromMimeData(source)) insertPlainText(source->text());
    }
};

}  // namespace hs::ui
