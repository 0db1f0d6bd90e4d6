// SPDX-License-Identifier: GPL-3.0-or-later
// Which text a pruning experiment measures on, as the user chose it.
#pragma once

#include <QString>
#include <QStringList>

namespace hs::ui {

struct PruneText {
    enum class Source { Passages, Sampled, Files, Tokens };
    Source source = Source::Passages;
    QStringList files;  ///< Files: text files or folders; Tokens: one file of token ids, comma-separated, one prompt a line
    int passages = 12;  ///< most prompts, evenly spread
    int length = 64;    ///< most tokens of a prompt
    bool operator==(const PruneText&) const = default;
    bool ownFiles() const { return source == Source::Files || source == Source::Tokens; }
};

/// "written passages, 12 × 64 tokens"
QString pruneTextName(const PruneText& text);
/// The same without the size: "written passages".
QString pruneTextSource(const PruneText& text);
/// Both read the same files: a choice would be judged on the text that it was made by, and that has to be said.
bool sameText(const PruneText& a, const PruneText& b);

}  // namespace hs::ui
