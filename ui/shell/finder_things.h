// SPDX-License-Identifier: GPL-3.0-or-later
// What the finder (Ctrl+K) offers besides commands: heads by name, heads by label, files that were open lately.
#pragma once

#include <QStringList>
#include <functional>
#include <vector>

#include "ui/state/view_context.h"

namespace hs::ui {

class CommandList;

struct FinderThing {
    enum class Kind {
        Named,  ///< by any part of its name, and by other words
        Head,   ///< by the beginning of "L5H1" alone, and by other words: a letter and a digit are in every sentence
    };
    Kind kind = Kind::Named;
    QString text, hint;
    QString alsoCalled;  ///< as Command::alsoCalled
    std::function<void()> run;
};

/// Of what is open now. `recent`: paths, newest first.
std::vector<FinderThing> finderThings(const ViewContext& context, const QStringList& recent,
                                      const std::function<void(const QString&)>& open);

/// Words that people bring from elsewhere, for commands whose own text has none of them: "settings" for the preferences.
void addOtherNames(CommandList& commands);

}  // namespace hs::ui
