// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window on the sample model with a short prompt.
#pragma once

#include "tests/support/paths.h"
#include "ui/bridge/session_controller.h"
#include "ui/shell/main_window.h"
#include "ui/state/project.h"

namespace hs::test {

/// A window that knows nothing of earlier ones.
inline ui::StartOptions freshOptions(const QString& path, const QString& text = {})
{
    ui::StartOptions o;
    o.modelPath = path;
    o.promptText = text;
    o.theme = ui::ThemeMode::Light;
    o.restore = false;
    return o;
}

inline ui::StartOptions sampleOptions()
{
    ui::StartOptions o = freshOptions(sampleFile(), QStringLiteral("The fox met the bear, and the bear met the fox."));
    o.samplePath = o.modelPath;
    return o;
}

/// A part of the window by its type: views, controllers and panels belong to features, which the window does not know.
template <typename Part>
Part* part(const ui::MainWindow& window)
{
    return window.findChild<Part*>();
}

/// A view by its type, in front.
template <typename Tab>
Tab* shown(ui::MainWindow& window)
{
    auto* tab = part<Tab>(window);
    if (tab) window.showView(tab->id());
    return tab;
}

/// The prompt has run and nothing else does.
inline bool runFinished(const ui::MainWindow& window)
{
    const ui::PromptEntry* entry = window.context().project->current();
    return entry && entry->run && entry->run->complete && !window.controller()->running();
}

}  // namespace hs::test
