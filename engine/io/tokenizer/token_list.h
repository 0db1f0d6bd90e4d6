// SPDX-License-Identifier: GPL-3.0-or-later
// Names for the ids of a model without words: one a line, the first for id 0.
#pragma once

#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/io/tokenizer/tokenizer_record.h"

namespace hs {

/// A tokeniser whose words are the names; ids that the list does not reach are called "#12". InvalidArgument (item = "line 7") for an
/// empty name, one with white space (text is cut there) and one that stands twice; VocabularyMismatch (expected = dVocab) for more names
/// than the model has ids; errors of reading.
Result<LoadedTokenizer> loadTokenList(const std::string& path, int dVocab, const Progress& progress = {});

}  // namespace hs
