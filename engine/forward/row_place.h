// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "engine/forward/attention_source.h"

namespace hs {

/// Which column row 0 stands at: 0 where rows and columns are the same tokens, more where the rows are the last tokens of the columns
/// (maps made while generating). Nothing where they are different texts (cross-attention): then there is no token itself, no token
/// before it and no distance.
std::optional<int> rowOffset(const AttentionSource& source);

}  // namespace hs
