// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line asks of the window.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "engine/base/ids.h"
#include "engine/io/open.h"
#include "ui/theme/theme.h"

namespace hs::ui {

struct StartOptions {
    QString modelPath;               ///< file or folder to open; empty: `projectPath`, else the last session or the sample model
    OpenOptions open;                ///< --config, --tokenizer for `modelPath`
    QString promptText;              ///< run at once when the model is there; empty: the first sample prompt (sample model only)
    std::optional<HeadId> head;      ///< selected at the start
    std::optional<ThemeMode> theme;  ///< nothing: as the user last chose it
    QString projectPath;             ///< .headscope file
    QString samplePath;              ///< headscope-sample.h5 as installed; empty when there is none
    QString samplePromptsPath;       ///< prompts.json beside it; empty when there is none
    QStringList sampleCorpusPaths;   ///< the text that ships, for labels; empty when there is none
    QString presetFolder;            ///< thresholds of labels as JSON; empty when there is none
    QString classSetFolder;          ///< class lists of published circuits; empty when there is none
    bool restore = true;             ///< restore layout and offer an unsaved project; false in tests
};

}  // namespace hs::ui
