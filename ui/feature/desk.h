// SPDX-License-Identifier: GPL-3.0-or-later
// What a feature may ask of the window that it stands in.
#pragma once

#include <QObject>
#include <QString>
#include <functional>

#include "engine/base/ids.h"
#include "engine/base/result.h"

class QWidget;

namespace hs::ui {

class ExportActions;
struct ErrorText;

class Desk : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QWidget* window() const = 0;
    /// View in front, by its id; also one that cannot work with the open model: it says itself what it lacks.
    virtual void showView(const QString& id) = 0;
    virtual QString view() const = 0;
    /// Back to the view before this one.
    virtual void showViewBefore() = 0;
    /// The view that shows one head at full size.
    virtual void showHome() = 0;
    virtual void say(const QString& words, int ms = 8000) = 0;
    virtual void fail(const ErrorText& text, const Error& facts) = 0;
    virtual void fail(const Error& facts) = 0;
    virtual ExportActions& figures() const = 0;
    /// A command can run now, or no longer.
    virtual void refreshCommands() = 0;
    /// What is done in it is no step of the user's: neither to be undone nor to be gone back to.
    virtual void quietly(const std::function<void()>& change) = 0;

Q_SIGNALS:
    void viewChanged(const QString& id);
};

}  // namespace hs::ui
