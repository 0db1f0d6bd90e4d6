// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/formats/json_vocab.h"

#include <nlohmann/json.hpp>

#include "engine/text/json_read.h"
#include "engine/text/models/vocab_index.h"

namespace hs {

using Json = nlohmann::json;

Result<Json> parseJson(std::string_view text, const Progress& progress)
{
    if (text.size() > maxJsonBytes)
        return Error::of(ErrorCode::TokenizerInvalid, "json", std::to_string(text.size()), std::to_string(maxJsonBytes));
    return readJson(text, {}, {}, progress);
}

Result<std::vector<std::string>> vocabularyFromJson(const Json& object, const std::string& item)
{
    if (!object.is_object()) return Error::of(ErrorCode::TokenizerInvalid, item, object.type_name(), "object");
    if (object.empty()) return Error::of(ErrorCode::TokenizerInvalid, item, "0");
    std::vector<std::string> vocab(object.size());
    std::vector<bool> taken(object.size());
    for (const auto& [piece, value] : object.items()) {
        std::string name = item;
        name.append("[\"").append(piece).append("\"]");
        if (!value.is_number_integer()) return Error::of(ErrorCode::TokenizerInvalid, name, value.type_name(), "id");
        const auto id = value.get<std::int64_t>();
        if (id < 0 || id >= static_cast<std::int64_t>(maxVocabulary)
            || (value.is_number_unsigned() && value.get<std::uint64_t>() >= maxVocabulary))
            return Error::of(ErrorCode::TokenizerInvalid, name, value.dump(), std::to_string(maxVocabulary));
        const auto at = static_cast<std::size_t>(id);
        if (at >= vocab.size()) {
            vocab.resize(at + 1);
            taken.resize(at + 1);
        }
        if (taken[at]) return Error::of(ErrorCode::TokenizerInvalid, name, std::to_string(id), item + "[\"" + vocab[at] + "\"]");
        taken[at] = true;
        vocab[at] = piece;
    }
    return vocab;
}

}  // namespace hs
