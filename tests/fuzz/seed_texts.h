// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hs::fuzz {

/// tokenizer.json of every model kind and stage, vocabulary.json, and vocab.json with merges behind a NUL.
std::vector<std::string> tokenizerTexts();
/// Project files with every field.
std::vector<std::string> projectTexts();

}  // namespace hs::fuzz
