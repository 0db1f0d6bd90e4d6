// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/text/token.h"

namespace hs {

/// Where a token that is a single word ends: transformers' Rust code looks for letters, digits and underscores beside it, its Python
/// code for anything but a space.
enum class WordEdge { Letter, Space };

/// Finds added tokens, leftmost first, the longest of those that begin together.
class AddedTokens {
public:
    AddedTokens() = default;
    /// TokenizerInvalid for an empty content or too much of it.
    static Result<AddedTokens> make(const std::vector<AddedToken>& tokens, WordEdge edge = WordEdge::Letter);
    bool empty() const { return m_tokens.empty(); }

    struct Part {
        std::size_t begin = 0;
        std::size_t end = 0;
        int id = -1;  ///< -1: text between added tokens
    };
    /// All of a text in order: added tokens and what lies between them. `spellSpecial` passes over special ones.
    std::vector<Part> cut(std::string_view text, bool spellSpecial) const;

private:
    struct Node {
        std::vector<std::pair<unsigned char, int>> children;  ///< sorted by byte
        int token = -1;
    };
    /// The next added token in text at or after `from`; none: id -1.
    Part next(std::string_view text, std::size_t from, bool spellSpecial) const;
    int child(int node, unsigned char byte) const;
    /// The first of m_tokens at or after `from`, with all its flags still to be heeded; -1: none.
    int match(std::string_view text, std::size_t from, bool spellSpecial, std::size_t& begin, std::size_t& end) const;
    std::vector<Part> cutAtSpaces(std::string_view text, bool spellSpecial) const;
    std::vector<AddedToken> m_tokens;
    std::vector<Node> m_nodes;
    std::array<bool, 256> m_begins{};
    WordEdge m_edge = WordEdge::Letter;
};

}  // namespace hs
