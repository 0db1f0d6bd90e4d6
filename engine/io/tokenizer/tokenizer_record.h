// SPDX-License-Identifier: GPL-3.0-or-later
// A tokeniser as data: what stands in `/tokenizer` of the native schema, whatever file it came from.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/io/h5/file.h"
#include "engine/io/h5/writer.h"
#include "engine/text/tokenizer.h"

namespace hs {

struct TokenizerRecord {
    std::string kind;  ///< gpt2_bpe, wordpiece, spm_unigram, spm_bpe, hf_json, word, char, ids
    SpecialIds special;
    std::vector<std::string> vocab;
    std::vector<std::string> merges;
    std::vector<float> scores;
    std::vector<std::int64_t> types;  ///< of pieces, as in SentencePiece: 1 normal, 2 unknown, 3 control ...; may be empty
    std::string json;                 ///< hf_json: tokenizer.json
    std::string model;                ///< SentencePiece .model bytes
    bool lowercase = false;
    bool addPrefixSpace = false;
    bool byteFallback = true;
    bool addDummyPrefix = true;
    bool plainSpace = false;
    TextRules rules;        ///< gpt2_bpe, and SentencePiece's bytes
    std::int64_t size = 0;  ///< ids: number of ids
};

struct LoadedTokenizer {
    std::shared_ptr<const Tokenizer> tokenizer;
    std::shared_ptr<const TokenizerRecord> record;
};

Result<std::shared_ptr<const Tokenizer>> makeTokenizer(const TokenizerRecord& record, const Progress& progress = {});
/// makeTokenizer, keeping the record; errors name `file`.
Result<LoadedTokenizer> loadTokenizer(TokenizerRecord record, const std::string& file, const Progress& progress = {});

/// `/tokenizer` of an HDF5 file; nothing when it has none or says "none".
Result<std::optional<TokenizerRecord>> readTokenizerRecord(const h5::File& file);
void writeTokenizerRecord(h5::Writer& out, const TokenizerRecord& record);

/// From the texts of vocab.json and merges.txt, and of vocabulary.json.
Result<TokenizerRecord> gpt2Record(const std::string& vocabJson, const std::string& merges, const std::string& file,
                                   const Progress& progress = {});
Result<TokenizerRecord> vocabularyRecord(const std::string& json, const std::string& file);

}  // namespace hs
