// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/text/tokenizer.h"

namespace hs {

struct SentencePieceFacts {
    TokenizerKind kind = TokenizerKind::SentencePieceUnigram;
    std::size_t pieces = 0;
};

/// Looks a SentencePiece .model file through before the library sees it: libsentencepiece aborts the process, prints, or
/// reads outside of its tables on some damaged files. TokenizerInvalid names the field.
/// Fields: sentencepiece_model.proto; double array: Darts-clone's unit layout.
Result<SentencePieceFacts> checkSentencePieceModel(std::string_view bytes);

}  // namespace hs
