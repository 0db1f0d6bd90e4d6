// SPDX-License-Identifier: GPL-3.0-or-later
// What the window asks of a view in its centre. A new view is its folder and one line in ui/shell/features.cpp.
#pragma once

#include <QJsonObject>
#include <QWidget>
#include <optional>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "ui/export/figure_subject.h"
#include "ui/feature/dock_spec.h"

namespace hs::ui {

class CommandList;
class Desk;

class CentreTab : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// In code, project files and recipes: not translated, and never another one.
    virtual QString id() const = 0;
    virtual QString title() const = 0;
    /// For the status bar; parts separated by " | ".
    virtual QString statusText() const = 0;
    /// What export, copy and print take from it.
    virtual FigureSubject figureSubject() const = 0;
    /// A figure of this name (figureName) came from it: the figure's recipe opens it.
    virtual bool draws(const QString& figure) const { return figure == id(); }
    /// Why it cannot work with the model or file that is open, in a sentence; empty: it can.
    virtual QString obstacle() const { return {}; }
    virtual void addCommands(CommandList& /*commands*/, Desk& /*desk*/) {}
    /// What of the view itself comes back with a project: the page, not what the project keeps anyway.
    virtual void save(QJsonObject& /*state*/) const {}
    /// Takes what it knows of it and leaves the rest as it is.
    virtual void restore(const QJsonObject& /*state*/) {}
    /// Takes the head card's place while this view is in front.
    virtual std::optional<DockPage> sidePage() const { return std::nullopt; }
    /// Choosing a head is a step that Undo takes back.
    virtual bool looksAreSteps() const { return true; }

Q_SIGNALS:
    void statusChanged(const QString& text);
    void exportRequested();
    void openRequested(hs::HeadId head);  ///< show it alone, at full size
    void message(const QString& text);
    void failed(const hs::Error& error);
};

}  // namespace hs::ui
