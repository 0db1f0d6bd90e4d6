// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/text/formats/json_vocab.h"
#include "engine/text/models/vocab_index.h"
#include "engine/text/tokenizer.h"

namespace hs {
namespace {

using Json = nlohmann::json;

Error invalid(std::string item, std::string found, std::string expected)
{
    return Error::of(ErrorCode::TokenizerInvalid, std::move(item), std::move(found), std::move(expected));
}

Result<std::vector<std::string>> readPieces(const Json& root)
{
    const auto it = root.find("pieces");
    if (it == root.end() || !it->is_array()) return invalid("pieces", it == root.end() ? "" : it->type_name(), "array");
    std::vector<std::string> pieces;
    pieces.reserve(it->size());
    for (const Json& piece : *it) {
        if (!piece.is_string()) return invalid("pieces[" + std::to_string(pieces.size()) + "]", piece.type_name(), "string");
        pieces.push_back(piece.get<std::string>());
    }
    return pieces;
}

Result<std::vector<float>> readScores(const Json& root)
{
    const auto it = root.find("scores");
    if (it == root.end() || !it->is_array()) return invalid("scores", it == root.end() ? "" : it->type_name(), "array");
    std::vector<float> scores;
    scores.reserve(it->size());
    for (const Json& score : *it) {
        if (!score.is_number()) return invalid("scores[" + std::to_string(scores.size()) + "]", score.type_name(), "number");
        scores.push_back(score.get<float>());
    }
    return scores;
}

Status readId(const Json& root, const char* key, std::optional<int>& id)
{
    const auto it = root.find(key);
    if (it == root.end() || it->is_null()) return {};
    if (!it->is_number_integer()) return invalid(key, it->type_name(), "id");
    const auto value = it->get<std::int64_t>();
    if (value == -1) return {};  // SentencePiece's way to say that there is none
    if (value < 0 || value >= static_cast<std::int64_t>(maxVocabulary)) return invalid(key, it->dump(), {});
    id = static_cast<int>(value);
    return {};
}

Status readFlag(const Json& root, const char* key, bool& flag)
{
    const auto it = root.find(key);
    if (it == root.end()) return {};
    if (!it->is_boolean()) return invalid(key, it->type_name(), "boolean");
    flag = it->get<bool>();
    return {};
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makeVocabularyJson(std::string_view json, const Progress& progress)
{
    const Result<Json> root = parseJson(json, progress);
    if (!root) return root.error();
    if (!root->is_object()) return invalid("vocabulary.json", root->type_name(), "object");
    const auto typeIt = root->find("type");
    if (typeIt == root->end() || !typeIt->is_string()) return invalid("type", {}, "sentencepiece-bpe | word | char");
    const auto type = typeIt->get<std::string>();

    SpecialIds special;
    const std::pair<const char*, std::optional<int>*> ids[] = {{"bos_id", &special.bos},
                                                               {"eos_id", &special.eos},
                                                               {"unk_id", &special.unk},
                                                               {"pad_id", &special.pad}};
    for (const auto& [key, id] : ids)
        if (Status s = readId(*root, key, *id); !s) return s.error();
    special.addBos = special.bos.has_value();

    if (type != "sentencepiece-bpe" && type != "word" && type != "char")
        return Error::of(ErrorCode::TokenizerUnsupported, "type", type, "sentencepiece-bpe | word | char");
    Result<std::vector<std::string>> pieces = readPieces(*root);
    if (!pieces) return pieces.error();
    if (type == "word") return makeWordLevel(*std::move(pieces), special);
    if (type == "char") return makeCharacterLevel(*std::move(pieces), special);

    bool byteFallback = false;
    bool dummyPrefix = true;
    if (Status s = readFlag(*root, "byte_fallback", byteFallback); !s) return s.error();
    if (Status s = readFlag(*root, "add_dummy_prefix", dummyPrefix); !s) return s.error();
    Result<std::vector<float>> scores = readScores(*root);
    if (!scores) return scores.error();
    // The format says plain spaces; a vocabulary written with U+2581 and without any space can only mean the other.
    const auto holds = [&](const char* mark) {
        return std::any_of(pieces->begin(), pieces->end(),
                           [mark](const std::string& piece) { return piece.find(mark) != std::string::npos; });
    };
    const bool plainSpace = holds(" ") || !holds("\u2581");
    return makeSentencePieceBpe(*std::move(pieces), *std::move(scores), byteFallback, dummyPrefix, special, plainSpace);
}

}  // namespace hs
