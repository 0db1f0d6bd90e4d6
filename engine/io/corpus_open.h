// SPDX-License-Identifier: GPL-3.0-or-later
// Reads plain text into documents.
//
// A file whose first line begins with "# " is a list: each line is one document, lines that begin with # are comments.
// Any other file is prose. Its paragraphs are what blank lines separate, or, where there is no blank line, its lines;
// lines inside a paragraph are joined by a space. Consecutive paragraphs form a document of at least `documentBytes`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/text/document.h"

namespace hs {

struct CorpusOptions {
    std::size_t documentBytes = 1200;
    /// Documents taken at most, evenly spread over all there are, so that each file has its part; 0: all.
    int maxDocuments = 0;
    std::size_t maxFileBytes = std::size_t(256) << 20;
};

/// One file, or every *.txt file of a folder in the order of their names; several paths are read one after another.
/// FileNotFound, FileUnreadable, FileTooLarge, TextNotUtf8 (item = byte position), TextEmpty (a folder without *.txt: item = "*.txt"), Cancelled.
Result<TextCorpus> readCorpus(const std::vector<std::string>& paths, const CorpusOptions& options = {}, const Progress& progress = {});

/// The same from text already read (a prompt list typed by the user); `name` is stated as source.
Result<TextCorpus> corpusFromText(const std::string& text, const std::string& name, const CorpusOptions& options = {});

}  // namespace hs
