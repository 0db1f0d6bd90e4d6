// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "engine/text/pipeline/chunk.h"
#include "engine/text/regex.h"

namespace hs {

/// What becomes of the delimiters a pattern finds.
enum class SplitBehavior { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };

using StagePtr = std::unique_ptr<const ChunkStage>;

/// Splits at the matches of a pattern; `invert`: what lies between the matches are the delimiters.
StagePtr makeSplit(Regex pattern, SplitBehavior behavior, bool invert);
/// GPT-2's words; a space is put before a chunk that does not begin with one when addPrefixSpace. The bytes themselves
/// stay: BpeModel with byteLevel spells them.
Result<StagePtr> makeByteLevelSplit(bool addPrefixSpace, bool useRegex);
/// White space separates and is dropped.
StagePtr makeWhitespaceSplit();
/// White space separates and is dropped; each punctuation character (ASCII 33-47, 58-64, 91-96, 123-126 or P*) is alone.
StagePtr makeBertSplit();

/// Always and First do not add a mark where a space or a mark stands already; Unconditional does (SentencePiece).
enum class PrependScheme { Always, First, Never, Unconditional };
/// Spaces become `mark` (U+2581), one is put in front by the scheme, and with `split` each mark begins a piece.
StagePtr makeMetaspace(std::string mark, PrependScheme scheme, bool split);

}  // namespace hs
