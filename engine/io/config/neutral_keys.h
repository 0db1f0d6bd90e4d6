// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of Hugging Face configurations that no family's forward pass depends on.
#pragma once

#include <string_view>

namespace hs {

/// The key changes no number of a forward pass, whatever it says, in any family.
bool isNeutralKey(std::string_view key);
/// Values under which a key that every family shares changes nothing, '|' between them; null for a key that has none such.
const char* onlyNeutral(std::string_view key);

}  // namespace hs
