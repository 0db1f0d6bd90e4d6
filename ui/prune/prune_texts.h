// SPDX-License-Identifier: GPL-3.0-or-later
// Between the text that the user chose and the files that the engine reads.
#pragma once

#include <optional>

#include "engine/session/texts.h"
#include "ui/state/prune_text.h"

namespace hs::ui {

/// `folder`: where the program's own texts lie; empty: they are not there.
TextRequest textRequest(const PruneText& text, const QString& folder);
/// The text as it was chosen; nothing when its files are not there any more.
std::optional<PruneText> chosenText(const TextRequest& request, const QString& folder);

}  // namespace hs::ui
