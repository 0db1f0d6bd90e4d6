// SPDX-License-Identifier: GPL-3.0-or-later
// Texts that an analysis runs over: each document is one unit of sampling.
#pragma once

#include <string>
#include <vector>

namespace hs {

/// One text of a corpus, UTF-8. Paragraphs are separated by one line break.
struct TextDocument {
    std::string text;
    std::string source;  ///< name of its file, without the folder
    int number = 0;      ///< counted from 0 within the corpus
};

struct TextCorpus {
    std::string name;      ///< file or folder name, as results state it
    std::string dataHash;  ///< SHA-256 over the files' bytes in reading order
    std::vector<TextDocument> documents;
    std::size_t bytes = 0;  ///< of all documents
};

}  // namespace hs
