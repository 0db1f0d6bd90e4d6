// SPDX-License-Identifier: GPL-3.0-or-later
// Which heads a report shows, by numbers computed on its prompt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/forward/attention_source.h"

namespace hs::app {

/// One head's numbers on the prompt.
struct HeadScores {
    HeadId head;
    float previous = 0;  ///< mean weight on the token before
    float first = 0;     ///< mean weight on the first token
    float self = 0;      ///< mean weight on the token itself
    /// Mean weight on the tokens that followed earlier occurrences of the query's token, over the queries that have such
    /// (the attention pattern of induction heads, Olsson et al. 2022); nothing when no token of the prompt repeats.
    std::optional<float> afterRepeat;
    float entropy = 0;   ///< mean over rows, nats
    float largest = 0;   ///< mean of the rows' largest weights
    float distance = 0;  ///< mean |query - key|
};

/// All heads, layer by layer. Needs a complete source with its streamed statistics.
Result<std::vector<HeadScores>> scoreHeads(const AttentionSource& source, const Progress& progress);

struct Chosen {
    HeadId head;
    const char* why;  ///< translatable, context CommandLine
    const char* key;  ///< part of the file name: "previous-token"
    float value = 0;
};
/// The strongest previous-token, first-token and after-repeat head (without repeats: the one that looks farthest); all different.
std::vector<Chosen> chooseHeads(const std::vector<HeadScores>& scores);

}  // namespace hs::app
