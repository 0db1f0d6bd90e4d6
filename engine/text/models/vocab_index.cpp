// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/models/vocab_index.h"

namespace hs {

Result<VocabIndex> indexVocabulary(const std::vector<std::string>& vocab)
{
    if (vocab.size() > maxVocabulary)
        return Error::of(ErrorCode::TokenizerInvalid, "vocab", std::to_string(vocab.size()), std::to_string(maxVocabulary));
    VocabIndex index;
    index.reserve(vocab.size());
    for (std::size_t id = 0; id < vocab.size(); ++id) {
        const std::string& piece = vocab[id];
        if (piece.empty()) continue;
        const std::string item = "vocab[" + std::to_string(id) + "]";
        if (piece.size() > maxPieceBytes)
            return Error::of(ErrorCode::TokenizerInvalid, item, std::to_string(piece.size()), std::to_string(maxPieceBytes));
        const auto [it, isNew] = index.try_emplace(piece, static_cast<int>(id));
        if (!isNew) return Error::of(ErrorCode::TokenizerInvalid, item, piece, "vocab[" + std::to_string(it->second) + "]");
    }
    if (index.empty()) return Error::of(ErrorCode::TokenizerInvalid, "vocab", "0");
    return index;
}

}  // namespace hs
