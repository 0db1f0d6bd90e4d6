// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the prompt menu of a model that was just opened.
#pragma once

#include <QString>

namespace hs::ui {

class Project;

/// `asked`: a text from the command line, first of all; `examples`: prompts.json of the sample. Examples only where text can become tokens.
void addFirstPrompts(Project& project, const QString& asked, const QString& examples);

/// An example's title is about its text: prompts that have it, but another text by now, are called by their own beginning. Also those of
/// older projects, where it stayed.
void dropTitlesOfOtherTexts(Project& project, const QString& examples);

}  // namespace hs::ui
