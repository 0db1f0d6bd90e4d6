// SPDX-License-Identifier: GPL-3.0-or-later
// The attention that a label describes, as sets of keys: for explained mass, for knocking it out, for showing it.
#pragma once

#include <string>
#include <vector>

#include "engine/analysis/corpus/corpus.h"
#include "engine/analysis/labels/label_id.h"
#include "engine/model/visibility.h"

namespace hs {

/// True when the label names keys at all (broad and the attributes do not; syntactic and translation need annotations
/// that a plain document lacks).
bool hasTargetSet(const LabelId& label);
/// Keys, ascending, that row `query` should look at under the label; empty when it has none. `variant` of block: "sentence",
/// "paragraph", "line" or "quotation". Induction: keys that follow an earlier occurrence of the query's token;
/// duplicate-token: its earlier occurrences. Only keys that the mask lets it see. Local takes `band` keys to each side.
void targetKeys(const LabelId& label, const std::string& variant, const AnnotatedDocument& document, int query, Visibility mask,
                std::vector<int>& keys, int band = 2);

}  // namespace hs
