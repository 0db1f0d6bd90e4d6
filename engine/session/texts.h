// SPDX-License-Identifier: GPL-3.0-or-later
// Files, texts and ids as the prompts that an analysis measures on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/importance/importance.h"

namespace hs {

/// Where the prompts of a measurement come from; the first that is set counts.
struct TextRequest {
    std::vector<std::shared_ptr<const Prompt>> prompts;  ///< as they are
    std::vector<std::vector<int>> ids;                   ///< one prompt each
    std::string tokensFile;                              ///< comma-separated ids, one prompt a line
    std::string targetsFile;                             ///< what they are to be answered with (targets.h), line by line
    std::vector<std::string> files;                      ///< text files or folders, read as documents (engine/io/corpus_open.h)
    std::string text;                                    ///< documents as corpusFromText sees them
    std::string name;                                    ///< stated as the text's name; empty: the file's
    int length = 0;                                      ///< longest prompt in tokens; 0: the model's context, or 256 where it has no limit
    int maxPrompts = 0;                                  ///< evenly spread over all there are; 0: all
    bool given() const { return !prompts.empty() || !ids.empty() || !tokensFile.empty() || !files.empty() || !text.empty(); }
};

/// Prompts given as ids, one a line: "1,2,3". Empty lines are passed over.
struct IdLines {
    std::vector<std::vector<int>> ids;
    std::vector<int> lines;  ///< number of the line of each, from 1
    std::string hash;        ///< SHA-256 of the file
};
/// FileNotFound and the like; InvalidArgument (item "line 3", found = what stands there) for a line that is no list of ids;
/// TokenOutOfRange (item "line 3") for an id outside of [0, vocabulary); TextEmpty (expected "2 ids") when no line is left.
Result<IdLines> readIdLines(const std::string& path, int vocabulary);

/// Prompts of a request. With targets every line of the tokens file is one whole prompt, and none may be empty. Documents longer than `length` are cut into windows, each with the tokeniser's first special token in
/// front when the document had one; a last window of fewer than 8 tokens is left out when it is not the only one. `document` tells
/// which windows belong together.
/// TextEmpty (nothing to measure; expected "2 ids" for a tokens file), TokenizerMissing, TokenOutOfRange (item "line 3" in a tokens
/// file), FileNotFound and the like; a wrong line of a tokens file is InvalidArgument (item "line 3", found = what stands there);
/// TextTooLong (file and line) for a prompt with targets that would be cut; errors of readTargets, checkCount and checkPositions;
/// Cancelled.
Result<ImportanceText> promptsOf(const Model& model, const TextRequest& request, const Progress& progress = {});

}  // namespace hs
