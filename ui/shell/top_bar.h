// SPDX-License-Identifier: GPL-3.0-or-later
// Model chip, prompt with its menu, Run or Cancel, grain, command finder.
#pragma once

#include <QWidget>

#include "ui/state/view_context.h"

class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace hs::ui {

class ModelChip;
class Segment;
class SessionController;

class TopBar : public QWidget {
    Q_OBJECT
public:
    TopBar(const ViewContext& context, SessionController* controller, QWidget* parent = nullptr);
    void focusPrompt();
    /// Esc in the field: the keys are the window's again, what was typed stays. False: it was not in the field.
    bool leavePrompt();
    /// What stands in the field, run or not.
    QString typedText() const;
    /// A token at the end of what stands there; `apart`: a space before it.
    void append(const QString& token, bool apart);

Q_SIGNALS:
    void modelInfoRequested();
    void findRequested();
    void runRequested(const QString& text);
    void newPromptRequested();
    void renamePromptRequested();
    void tokensRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refreshPrompt();
    void refreshState();
    void fillMenu();

    ViewContext m_c;
    SessionController* m_controller;
    ModelChip* m_chip;
    QLineEdit* m_prompt;
    QToolButton* m_promptMenu;
    QMenu* m_menu;
    QPushButton* m_run;
    Segment* m_grain;
    QPushButton* m_find;
    int m_shownPrompt = -2;
};

}  // namespace hs::ui
