// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "engine/text/models/subword_model.h"
#include "engine/text/models/vocab_index.h"

namespace hs {

/// The whole piece of text is one vocabulary entry, or unk.
class WordModel final : public SubwordModel {
public:
    WordModel(VocabIndex index, std::optional<int> unk) : m_index(std::move(index)), m_unk(unk) {}
    Status encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const override;

private:
    VocabIndex m_index;
    std::optional<int> m_unk;
};

/// Each character is a vocabulary entry, or unk.
class CharacterModel final : public SubwordModel {
public:
    CharacterModel(VocabIndex index, std::optional<int> unk) : m_index(std::move(index)), m_unk(unk) {}
    Status encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const override;

private:
    VocabIndex m_index;
    std::optional<int> m_unk;
};

/// BERT's greedy longest match (Devlin et al. 2019): any failure makes the whole word unk.
class WordPieceModel final : public SubwordModel {
public:
    WordPieceModel(VocabIndex index, int unk, std::string continuation, std::size_t longestWord)
        : m_index(std::move(index)), m_unk(unk), m_continuation(std::move(continuation)), m_longestWord(longestWord)
    {}
    Status encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const override;

private:
    VocabIndex m_index;
    int m_unk;
    std::string m_continuation;
    std::size_t m_longestWord;  ///< in characters
};

}  // namespace hs
