// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/text/models/pair_table.h"
#include "engine/text/models/subword_model.h"
#include "engine/text/models/vocab_index.h"

namespace hs {

struct BpeOptions {
    bool byteLevel = false;     ///< symbols are bytes in GPT-2's spelling, else characters
    bool byteFallback = false;  ///< unknown characters become "<0xE2>" pieces where all of them exist
    bool fuseUnknown = false;   ///< neighbouring unknown characters are one unk token
    bool ignoreMerges = false;  ///< a piece of text that is a vocabulary entry is that token, whatever the merges say
    std::optional<int> unk;
    std::string continuingPrefix;  ///< of all symbols but a piece's first ("##"), usually empty
    std::string endSuffix;         ///< of a piece's last symbol ("</w>"), usually empty
};

using MergeList = std::vector<std::pair<std::string, std::string>>;

/// Byte-pair encoding by ranked merges (Sennrich et al. 2016, as in GPT-2): the pair of lowest rank is merged first, the
/// leftmost of equals, until no pair is left.
class BpeModel final : public SubwordModel {
public:
    /// TokenizerInvalid: a merge names a piece that the vocabulary lacks (item = "merges[17]").
    static Result<std::unique_ptr<BpeModel>> make(VocabIndex vocab, const MergeList& merges, BpeOptions options);
    Status encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const override;

private:
    BpeModel(VocabIndex vocab, BpeOptions options) : m_vocab(std::move(vocab)), m_options(std::move(options)) {}
    Status byteSymbols(std::string_view text, std::vector<Hit>& symbols) const;
    Status characterSymbols(std::string_view text, std::vector<Hit>& symbols) const;
    void mergeShort(std::vector<Hit>& symbols) const;
    Status mergeLong(std::vector<Hit>& symbols, const Progress& progress) const;

    VocabIndex m_vocab;
    BpeOptions m_options;
    PairTable m_merges;
    int m_byteIds[256] = {};
};

}  // namespace hs
