// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers about one head's weights alone, one row each (engine/methods/weight_space.md sections 5 and 6). A new one: its row and its function in
// head_numbers.cpp, and its words (ui/similarity/head_number_words.cpp).
#pragma once

#include <optional>
#include <span>

#include "engine/similarity/weights/single_head.h"

namespace hs {

struct HeadNumber {
    const char* id = "";                                                 ///< "ov-identity"
    std::optional<double> (*value)(const HeadSpectra&) = nullptr;        ///< nothing: n/a, see fault
    std::optional<NullMoments> (*chance)(const HeadSpectra&) = nullptr;  ///< null: no chance level
    NoValue HeadSpectra::*fault = &HeadSpectra::ovFault;                 ///< of the circuit that it is about; null: of neither
};

/// All rows, in the order in which they are shown.
std::span<const HeadNumber> headNumbers();

}  // namespace hs
