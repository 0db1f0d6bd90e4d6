// SPDX-License-Identifier: GPL-3.0-or-later
// From example rows of a report to lines of text, and from a line to a prompt that shows it.
#pragma once

#include <vector>

#include "engine/analysis/labels/label.h"
#include "engine/text/tokenizer.h"
#include "ui/state/project.h"

namespace hs::ui {

/// One row ready to paint.
struct ExampleLine {
    ExampleRow row;
    ExampleDocument document;
    std::vector<int> positions;   ///< shown, rising; what lies between two that do not follow each other is left out
    std::vector<QString> tokens;  ///< of `positions`
};

/// At most `most` rows; rows whose document is not in the list are left out. Shown are up to `around` tokens
/// before the query, a third of it after, and some around its two nearest keys, so that both ends of a long look are there. `tokenizer` may be null: ids stand for themselves.
std::vector<ExampleLine> exampleLines(const std::vector<ExampleRow>& rows, const std::vector<ExampleDocument>& documents,
                                      const Tokenizer* tokenizer, int most, int around);
/// The whole passage as a prompt of its ids.
PromptEntry promptOf(const ExampleDocument& document, const Tokenizer* tokenizer);
/// Makes the passage current (a prompt with the same ids is used again). Its index.
int openPassage(Project& project, const ExampleDocument& document);

}  // namespace hs::ui
