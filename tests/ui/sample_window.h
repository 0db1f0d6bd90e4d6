// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window on the sample model with a short prompt.
#pragma once

#include "tests/support/paths.h"
#include "ui/bridge/session_controller.h"
#include "ui/shell/main_window.h"
#include "ui/state/project.h"

namespace hs::test {

inline ui::StartOptions sampleOptions()
{
    ui::StartOptions o;
    o.modelPath = sampleFile();
    o.samplePath = o.modelPath;
    o.promptText = QStringLiteral("The fox met the bear, and the bear met the fox.");
    o.theme = ui::ThemeMode::Light;
    o.restore = false;
    return o;
}

/// The prompt has run and nothing else does.
inline bool runFinished(const ui::MainWindow& window)
{
    const ui::PromptEntry* entry = window.context().project->current();
    return entry && entry->run && entry->run->complete && !window.controller()->running();
}

}  // namespace hs::test
