// SPDX-License-Identifier: GPL-3.0-or-later
// One tokeniser for all families that can be said as: cut added tokens out, normalise, pre-tokenise, subword model.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/text/models/subword_model.h"
#include "engine/text/pipeline/added_tokens.h"
#include "engine/text/pipeline/chunk.h"
#include "engine/text/tokenizer.h"

namespace hs {

/// What an id looks like and stands for.
struct VocabEntry {
    std::string piece;
    std::string bytes;    ///< inside a longer text, with the space before it; empty for specials
    std::string display;  ///< Token::text
    bool special = false;
};

struct PipelineParts {
    TokenizerKind kind = TokenizerKind::Ids;
    std::vector<VocabEntry> vocab;
    AddedTokens rawAdded;         ///< looked for in the text as typed
    AddedTokens normalizedAdded;  ///< looked for in the normalised text
    std::vector<std::unique_ptr<const ChunkStage>> normalizers;
    std::vector<std::unique_ptr<const ChunkStage>> preTokenizers;
    std::unique_ptr<const SubwordModel> model;
    SpecialIds special;
    TextRules::Prefix prefix = TextRules::Prefix::None;  ///< before the text as typed, added tokens or not
    bool addsEos = false;
    bool dropFirstSpace = false;  ///< decoding leaves the first space out (it was put there by encoding)
    bool dropLastSpace = false;
};

/// TokenizerInvalid when a special id lies outside of the vocabulary (item = "bos_id" ...).
Result<std::shared_ptr<const Tokenizer>> makePipeline(PipelineParts parts);

/// Entries for a vocabulary spelled in GPT-2's byte characters.
std::vector<VocabEntry> byteLevelEntries(std::vector<std::string> vocab);
/// Entries for a vocabulary whose words carry U+2581 (or `mark`) for the space before them; "<0xE2>" pieces are bytes.
std::vector<VocabEntry> markedEntries(std::vector<std::string> vocab, std::string_view mark);
/// Entries for words joined by single spaces; pieces that begin with `continuation` (if any) follow without a space.
std::vector<VocabEntry> wordEntries(std::vector<std::string> vocab, std::string_view continuation);
/// Entries for pieces that stand for themselves.
std::vector<VocabEntry> plainEntries(std::vector<std::string> vocab);
/// The special ids as tokens that text may name ("<s>"); ids outside are left to makePipeline's check.
std::vector<AddedToken> specialTokens(const std::vector<VocabEntry>& vocab, const SpecialIds& special, const std::vector<int>& more = {});
/// Puts `added` into the vocabulary, spelled plainly, special ones marked (but not `unk`, which stands for text that was typed).
Status placeAdded(const std::vector<AddedToken>& added, std::vector<VocabEntry>& vocab, std::optional<int> unk);
/// Makes an entry special: no bytes, its trimmed piece on display. Ids outside are left to makePipeline's check.
void markSpecial(std::vector<VocabEntry>& vocab, std::optional<int> id);

}  // namespace hs
