// SPDX-License-Identifier: GPL-3.0-or-later
// One row of a map while the keys that a label describes are gathered: what the target functions of label kinds get.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/analysis/corpus/corpus.h"
#include "engine/analysis/labels/label_id.h"
#include "engine/model/visibility.h"

namespace hs {

struct TargetRow {
    const LabelId& label;
    const std::string& variant;  ///< of block: "sentence", "paragraph", "line" or "quotation"
    const AnnotatedDocument& document;
    int query = 0;
    KeyRange seen;           ///< what the query sees
    int band = 2;            ///< keys to each side that local takes
    std::vector<int>& keys;  ///< the answer, ascending

    int size() const { return document.size(); }
    std::size_t at() const { return static_cast<std::size_t>(query); }
    bool content(int key) const { return !document.isReference[static_cast<std::size_t>(key)]; }
    int token(int key) const { return document.prompt.tokens[static_cast<std::size_t>(key)].id; }
    /// Visible keys of [begin, end) for which `belongs(key)`.
    template <typename Belongs>
    void collect(int begin, int end, const Belongs& belongs) const
    {
        for (int key = std::max(seen.first, begin); key < std::min(end, seen.end); ++key)
            if (belongs(key)) keys.push_back(key);
    }
    void collectContent(int begin, int end) const
    {
        collect(begin, end, [this](int key) { return content(key); });
    }
};

}  // namespace hs
