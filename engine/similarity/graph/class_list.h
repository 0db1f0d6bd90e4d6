// SPDX-License-Identifier: GPL-3.0-or-later
// Named classes of heads (such as the heads of a published circuit), and how well a measure finds them (engine/methods/weight_space.md section 4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/similarity/graph/head_graph.h"

namespace hs {

struct HeadClass {
    std::string name;           ///< "Previous Token"
    std::vector<HeadId> heads;  ///< each once, in order
    bool operator==(const HeadClass&) const = default;
};

/// A head may stand in several classes.
struct ClassList {
    std::string name, citation, note;
    std::string model;  ///< the model it is about ("GPT-2 small"); shown, never checked
    std::vector<HeadClass> classes;
    bool operator==(const ClassList&) const = default;

    /// Index of the first class that has the head; -1: none.
    int classOf(HeadId head) const;
    int heads() const;  ///< different heads
};

/// JSON: {"name", "citation", "note", "model": texts, "classes": [{"name": text, "heads": ["L5H1" | "5.1", ...]}, ...]}, all but "classes" optional.
/// CSV: a line "class,head" (in any case), then one row for each head; cells may be quoted; # lines are comments, of which "# name: ...",
/// "# citation: ...", "# note: ...", "# model: ..." are read. Text that begins with { is JSON.
/// JsonInvalid (item = position), InvalidArgument (item = line or class, found = what is no head).
Result<ClassList> parseClassList(std::string_view text);
std::string classListJson(const ClassList& list);
std::string classListCsv(const ClassList& list);

/// A pair of heads is a positive when both of its heads stand in some class of the list (a shared key/value head: any of its query heads).
struct ClassScore {
    std::int64_t pairs = 0, positives = 0;
    int k = 0, hits = 0;          ///< positives among the k strongest pairs
    double precisionAtK = 0;      ///< hits / k (k no larger than pairs); NaN without pairs
    double averagePrecision = 0;  ///< area under precision over recall: sum of (R_i - R_(i-1)) P_i over falling values, equal values as
                                  ///< one step; NaN without positives
    double chance = 0;            ///< positives / pairs: what a random order scores
    int headsInClass = 0, headsOutside = 0;  ///< different heads at the ends of the k strongest pairs
};
/// Over the pairs that makeHeadGraph would rank.
ClassScore scoreClasses(const HeadMatrix& matrix, const ClassList& list, int k = 20);

/// Different heads at the ends of all edges of a graph, in a class and not ("24 in-class, 28 out-of-class").
std::pair<int, int> headsByClass(const HeadGraph& graph, const ClassList& list);

}  // namespace hs
