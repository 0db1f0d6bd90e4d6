// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "engine/text/pipeline/pre_tokenizers.h"

namespace hs {

enum class NormalForm { Nfc, Nfd, Nfkc, Nfkd };

StagePtr makeNormalForm(NormalForm form);
/// Each character by its own full lower case (no context: a final sigma stays a plain one).
StagePtr makeLowercase();
/// Drops category Mn.
StagePtr makeStripAccents();
/// Drops white space at the ends.
StagePtr makeStrip(bool left, bool right);
/// Matches become `content`.
StagePtr makeReplace(Regex pattern, std::string content);
/// `content` goes before a text that is not empty.
StagePtr makePrepend(std::string content);

struct BertCleaning {
    bool cleanText = true;     ///< U+0000, U+FFFD and controls go, white space becomes a space
    bool spaceChinese = true;  ///< spaces around each CJK ideograph
    bool stripAccents = true;  ///< NFD without Mn
    bool lowercase = true;
    bool extensionEFrom2B920 = false;  ///< Hugging Face's range begins there, Google's at U+2B820
};
StagePtr makeBertNormalizer(BertCleaning cleaning);

/// A pattern that matches exactly this text.
std::string escapedPattern(std::string_view text);

}  // namespace hs
