// SPDX-License-Identifier: GPL-3.0-or-later
// The components of a Hugging Face tokenizer.json, each read by its own function. Every unknown `type` is refused by name
// (TokenizerUnsupported, item = component, found = type): nothing is tokenised approximately. Values of a wrong JSON type
// throw nlohmann::json::exception, which makeHfTokenizer turns into an error.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/text/models/subword_model.h"
#include "engine/text/models/vocab_index.h"
#include "engine/text/pipeline/pipeline_tokenizer.h"
#include "engine/text/pipeline/pre_tokenizers.h"

namespace hs::hf {

using Json = nlohmann::json;
using Stages = std::vector<std::unique_ptr<const ChunkStage>>;

Error unsupported(std::string item, std::string found);
Error invalid(std::string item, std::string found = {}, std::string expected = {});
/// object[key], or `fallback` when it is missing or null. Throws on another type, and where a whole number does not fit.
template <typename T>
T valueOr(const Json& object, const char* key, T fallback)
{
    const auto it = object.find(key);
    if (it == object.end() || it->is_null()) return fallback;
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {  // the library would cut what does not fit
        if (!it->is_number_integer()) throw Json::type_error::create(302, std::string(key) + " must be a whole number", &*it);
        if (it->is_number_unsigned() ? !std::in_range<T>(it->get<std::uint64_t>()) : !std::in_range<T>(it->get<std::int64_t>()))
            throw Json::out_of_range::create(406, std::string(key) + " is too large", &*it);
    }
    return it->get<T>();
}
/// A whole number from `least` to `most`; TokenizerInvalid for anything else (get<int>() cuts fractions and high bits off).
Result<int> integerOf(const Json& value, const std::string& item, int least, int most);
/// "type" of a component, or empty.
std::string typeOf(const Json& component);

struct Normalizers {
    Stages stages;
    bool prependsMark = false;  ///< U+2581 goes before every text
};
Result<Normalizers> readNormalizers(const Json& json);

struct PreTokenizers {
    Stages stages;
    bool byteLevel = false;  ///< the model works on bytes in GPT-2's spelling
    std::string mark;        ///< Metaspace's replacement, or empty
    bool addsSpace = false;  ///< a space or mark is put before texts
};
Result<PreTokenizers> readPreTokenizers(const Json& json);
/// {"String": ...} or {"Regex": ...}.
Result<Regex> readPattern(const Json& json, const std::string& item);

struct Model {
    TokenizerKind kind = TokenizerKind::Gpt2Bpe;
    std::unique_ptr<const SubwordModel> model;
    std::vector<std::string> vocab;
    std::optional<int> unk;
    std::string continuation;  ///< WordPiece's "##"
    std::string endSuffix;     ///< BPE's "</w>"
};
Result<Model> readModel(const Json& json, bool byteLevel);

struct Template {
    std::optional<int> first;  ///< the special token before the text
    std::optional<int> last;   ///< the special token behind the text
};
Result<Template> readPostProcessor(const Json& json);
/// Only checks that nothing unknown is asked for. `mark` receives what a Metaspace or Replace decoder turns into a space.
Status checkDecoder(const Json& json, std::string& mark);

struct Added {
    std::vector<AddedToken> raw;
    std::vector<AddedToken> normalized;
};
Result<Added> readAddedTokens(const Json& json);

}  // namespace hs::hf
