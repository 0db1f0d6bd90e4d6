// SPDX-License-Identifier: GPL-3.0-or-later
// What the manual page and the README say of commands and options, printed from the table of commands. The files hold it between two
// lines that name the block ("begin commands", "end commands"); all else in them is written by hand.
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace hs::app {

struct Block {
    QString name, text;  ///< the text ends with a line break
};

struct Document {
    const char* path;  ///< below the project's folder
    std::vector<Block> blocks;
};

/// In English, as the files are.
std::vector<Document> documents();

/// `file` with its blocks as they should be; nothing where a block's two lines are missing.
std::optional<QString> withBlocks(const QString& file, const std::vector<Block>& blocks);

}  // namespace hs::app
