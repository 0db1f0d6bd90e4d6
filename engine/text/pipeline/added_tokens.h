// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace hs {

/// A token that is cut out of the text before anything else sees it.
struct AddedToken {
    std::string content;
    int id = 0;
    bool singleWord = false;  ///< only where no letter, digit or underscore touches it
    bool lstrip = false;      ///< takes white space before it along
    bool rstrip = false;      ///< takes white space after it along
    bool special = false;
    bool normalized = false;  ///< looked for in the normalised text, not in the text as typed
};

/// Finds added tokens, leftmost first, the longest of those that begin together.
class AddedTokens {
public:
    AddedTokens() = default;
    /// TokenizerInvalid for an empty content or too much of it.
    static Result<AddedTokens> make(const std::vector<AddedToken>& tokens);
    bool empty() const { return m_tokens.empty(); }

    struct Found {
        std::size_t begin = 0;
        std::size_t end = 0;
        int id = -1;
    };
    /// The next added token in text at or after `from`; id -1 when there is none.
    Found next(std::string_view text, std::size_t from) const;

private:
    struct Node {
        std::vector<std::pair<unsigned char, int>> children;  ///< sorted by byte
        int token = -1;
    };
    int child(int node, unsigned char byte) const;
    std::vector<AddedToken> m_tokens;
    std::vector<Node> m_nodes;
    std::array<bool, 256> m_begins{};
};

}  // namespace hs
