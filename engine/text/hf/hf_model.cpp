// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/text/formats/json_vocab.h"
#include "engine/text/hf/hf_parts.h"
#include "engine/text/models/bpe_model.h"
#include "engine/text/models/byte_alphabet.h"
#include "engine/text/models/lookup_models.h"
#include "engine/text/models/unigram_model.h"

namespace hs::hf {
namespace {

Result<MergeList> readMerges(const Json& json)
{
    if (!json.is_array()) return invalid("model.merges", json.type_name(), "array");
    std::vector<std::string> lines;
    MergeList pairs;
    for (const Json& merge : json) {
        const std::string item = "merges[" + std::to_string(lines.size() + pairs.size()) + "]";
        if (merge.is_string() && pairs.empty()) {
            lines.push_back(merge.get<std::string>());
        } else if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string() && lines.empty()) {
            pairs.emplace_back(merge[0].get<std::string>(), merge[1].get<std::string>());
        } else {
            return invalid(item, merge.dump().substr(0, 80), "\"A B\" | [\"A\", \"B\"]");
        }
    }
    if (!lines.empty()) return parseMerges(lines);
    return pairs;
}

/// Reads the vocabulary, its index and the id of "unk_token".
Result<VocabIndex> readVocab(const Json& json, Model& out)
{
    Result<std::vector<std::string>> vocab = vocabularyFromJson(json.at("vocab"), "vocab");
    if (!vocab) return vocab.error();
    out.vocab = *std::move(vocab);
    Result<VocabIndex> index = indexVocabulary(out.vocab);
    if (!index) return index.error();
    const auto unk = valueOr<std::string>(json, "unk_token", "");
    if (!unk.empty()) {
        const int id = findPiece(*index, unk);
        if (id < 0) return invalid("model.unk_token", unk);
        out.unk = id;
    }
    return index;
}

Result<Model> readBpe(const Json& json, bool byteLevel)
{
    Model out;
    out.kind = byteLevel ? TokenizerKind::Gpt2Bpe : TokenizerKind::SentencePieceBpe;
    if (valueOr(json, "dropout", 0.0) != 0.0) return unsupported("model.dropout", json.at("dropout").dump());
    Result<VocabIndex> index = readVocab(json, out);
    if (!index) return index.error();
    Result<MergeList> merges = readMerges(json.at("merges"));
    if (!merges) return merges.error();
    BpeOptions options;
    options.byteLevel = byteLevel;
    options.byteFallback = valueOr(json, "byte_fallback", false);
    options.fuseUnknown = valueOr(json, "fuse_unk", false);
    options.ignoreMerges = valueOr(json, "ignore_merges", false);
    options.continuingPrefix = valueOr<std::string>(json, "continuing_subword_prefix", "");
    options.endSuffix = valueOr<std::string>(json, "end_of_word_suffix", "");
    options.unk = out.unk;
    if (byteLevel && !(options.continuingPrefix.empty() && options.endSuffix.empty()))
        return unsupported("model", "ByteLevel with " + options.continuingPrefix + options.endSuffix);
    out.continuation = options.continuingPrefix;
    out.endSuffix = options.endSuffix;
    auto model = BpeModel::make(*std::move(index), *merges, std::move(options));
    if (!model) return model.error();
    out.model = *std::move(model);
    return out;
}

Result<Model> readUnigram(const Json& json)
{
    Model out;
    out.kind = TokenizerKind::SentencePieceUnigram;
    const Json& list = json.at("vocab");
    if (!list.is_array() || list.empty()) return invalid("model.vocab", list.type_name(), "[[piece, score], ...]");
    std::vector<float> scores;
    for (const Json& entry : list) {
        const std::string item = "vocab[" + std::to_string(out.vocab.size()) + "]";
        if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_number())
            return invalid(item, entry.dump().substr(0, 80), "[piece, score]");
        out.vocab.push_back(entry[0].get<std::string>());
        scores.push_back(entry[1].get<float>());
        if (!std::isfinite(scores.back())) return invalid(item, entry[1].dump());
    }
    const Result<VocabIndex> index = indexVocabulary(out.vocab);
    if (!index) return index.error();
    if (const auto unk = json.find("unk_id"); unk != json.end() && !unk->is_null() && *unk != -1) {
        const Result<int> id = integerOf(*unk, "model.unk_id", 0, static_cast<int>(out.vocab.size()) - 1);
        if (!id) return id.error();
        out.unk = *id;
    }
    std::vector<int> byteIds;
    for (unsigned b = 0; b < 256 && valueOr(json, "byte_fallback", false); ++b) {
        byteIds.push_back(findPiece(*index, fallbackPiece(static_cast<std::uint8_t>(b))));
        if (byteIds.back() < 0) return invalid("model.byte_fallback", fallbackPiece(static_cast<std::uint8_t>(b)));
    }
    out.model = std::make_unique<UnigramModel>(out.vocab, std::move(scores), out.unk, std::move(byteIds));
    return out;
}

Result<Model> readWordPiece(const Json& json)
{
    Model out;
    out.kind = TokenizerKind::WordPiece;
    Result<VocabIndex> index = readVocab(json, out);
    if (!index) return index.error();
    if (!out.unk) return invalid("model.unk_token");
    out.continuation = valueOr<std::string>(json, "continuing_subword_prefix", "##");
    const Result<int> longest = integerOf(valueOr(json, "max_input_chars_per_word", Json(100)), "model.max_input_chars_per_word", 1, 10000);
    if (!longest) return longest.error();
    out.model = std::make_unique<WordPieceModel>(*std::move(index), *out.unk, out.continuation, static_cast<std::size_t>(*longest));
    return out;
}

Result<Model> readWordLevel(const Json& json)
{
    Model out;
    out.kind = TokenizerKind::Word;
    Result<VocabIndex> index = readVocab(json, out);
    if (!index) return index.error();
    out.model = std::make_unique<WordModel>(*std::move(index), out.unk);
    return out;
}

}  // namespace

Result<Model> readModel(const Json& json, bool byteLevel)
{
    std::string type = typeOf(json);
    // Old files leave the type out: merges can only mean BPE.
    if (type.empty() && json.is_object() && json.contains("merges")) type = "BPE";
    if (type == "BPE") return readBpe(json, byteLevel);
    if (byteLevel) return unsupported("model", "ByteLevel with " + type);
    if (type == "Unigram") return readUnigram(json);
    if (type == "WordPiece") return readWordPiece(json);
    if (type == "WordLevel") return readWordLevel(json);
    return unsupported("model", type);
}

}  // namespace hs::hf
