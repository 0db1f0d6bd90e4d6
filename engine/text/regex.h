// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace hs {

/// A PCRE2 pattern (UTF, Unicode properties, JIT) in which \s and \w mean what they mean to the regular expression engines
/// tokenisers are written for: PCRE2's own \s also takes U+180E, its \w lacks marks. Immutable, usable from several threads.
class Regex {
public:
    /// TokenizerInvalid with the pattern and position when it does not compile or is too long;
    /// TokenizerUnsupported for sets within sets, which PCRE2 10.42 reads differently.
    static Result<Regex> compile(std::string_view pattern);
    /// True when the pattern can match nothing at all (then it cannot split a text).
    bool matchesEmpty() const;

    struct Match {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    /// Calls `sink` with each match, left to right. `text` must be valid UTF-8. An error when matching takes too long.
    Status forEach(std::string_view text, const std::function<Status(Match)>& sink) const;

private:
    struct Code;
    explicit Regex(std::shared_ptr<const Code> code) : m_code(std::move(code)) {}
    std::shared_ptr<const Code> m_code;
};

/// GPT-2's word pattern.
std::string_view gpt2Pattern();

}  // namespace hs
