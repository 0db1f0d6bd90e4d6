// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/target_set.h"

#include "engine/analysis/labels/label_kinds.h"
#include "engine/analysis/patterns/target_row.h"

namespace hs {

bool hasTargetSet(const LabelId& label) { return labelKind(label.kind).targets != nullptr; }

void targetKeys(const LabelId& label, const std::string& variant, const AnnotatedDocument& document, int query, Visibility mask,
                std::vector<int>& keys, int band)
{
    keys.clear();
    if (const auto targets = labelKind(label.kind).targets)
        targets({label, variant, document, query, mask.keys(query, document.size()), band, keys});
}

}  // namespace hs
