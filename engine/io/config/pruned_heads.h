// SPDX-License-Identifier: GPL-3.0-or-later
// `pruned_heads` as Hugging Face writes it: which heads of the whole model a layer no longer has.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/io/bytes/json_text.h"
#include "engine/model/config.h"

namespace hs {

/// Calls `add` with "pruned_heads" and its text ("0:1,3;2:0") where the object names heads that were cut.
/// ConfigInvalid (item = pruned_heads) for anything but lists of head numbers by layer.
Status addPrunedHeads(const nlohmann::json& object, const std::string& file, const std::function<void(const char*, std::string)>& add);

/// Original numbers of the heads that each layer still has, of `whole` ones before pruning; layers that keep all have an empty list.
/// ConfigContradiction (item = pruned_heads) where a layer of `config` has another number of heads than the list leaves it.
Result<std::vector<std::vector<int>>> namesAfterPruning(const std::string& text, int whole, const ModelConfig& config);

}  // namespace hs
