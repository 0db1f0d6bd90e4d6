// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/analysis/weights/head_circuits.h"
#include "engine/text/tokenizer.h"

namespace hs {

/// Numbers 1 .. 200, number words, ordinals, days, months, their prefixes and letters, as far as the vocabulary has them as single
/// tokens: with a space before, where the tokeniser has that form, else without. Classes with fewer than three items are left out.
std::vector<OrdinalClass> ordinalClasses(const Tokenizer& tokenizer);
/// Their single-token ids in order: the rows that successorScore() asks for.
std::vector<int> ordinalIds(const std::vector<OrdinalClass>& classes);

}  // namespace hs
