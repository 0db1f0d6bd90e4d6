// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"

namespace hs {

/// Largest vocabulary and longest piece that are believed; more means a damaged or hostile file.
inline constexpr std::size_t maxVocabulary = std::size_t{1} << 22;
inline constexpr std::size_t maxPieceBytes = std::size_t{1} << 14;
inline constexpr std::size_t maxJsonBytes = std::size_t{1} << 28;

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Piece -> id, searched without copying.
using VocabIndex = std::unordered_map<std::string, int, StringHash, std::equal_to<>>;

/// Id of a piece, or -1.
inline int findPiece(const VocabIndex& index, std::string_view piece)
{
    const auto it = index.find(piece);
    return it == index.end() ? -1 : it->second;
}

/// Index of a vocabulary given by id. Empty strings are holes. TokenizerInvalid: empty vocabulary, too many or too long
/// pieces, or a piece that stands twice (item = "vocab[id]").
Result<VocabIndex> indexVocabulary(const std::vector<std::string>& vocab);

}  // namespace hs
