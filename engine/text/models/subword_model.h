// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

/// A token inside the text that was given to a model.
struct Hit {
    int id = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// Cuts one pre-tokenised piece of text into tokens. Immutable; the result depends on the text alone.
class SubwordModel {
public:
    virtual ~SubwordModel() = default;
    /// Appends the tokens of `text` (valid UTF-8, not empty) to `out`. VocabularyMismatch (item = byte position, found =
    /// character) for what the vocabulary cannot express; Cancelled.
    virtual Status encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const = 0;
};

}  // namespace hs
