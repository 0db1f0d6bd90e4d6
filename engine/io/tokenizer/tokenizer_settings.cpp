// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/tokenizer/tokenizer_settings.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "engine/io/bytes/beside.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/tokenizer/tokenizer_classes.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

using nlohmann::json;

Error invalid(const std::string& file, const std::string& item, const json& found, const char* expected)
{
    return Error::in(file, ErrorCode::TokenizerInvalid, item, found.dump().substr(0, 80), expected);
}

/// One JSON object beside the vocabulary; an empty one when there is no such file.
Result<json> objectIn(const fs::path& file, const Progress& progress)
{
    if (file.empty()) return json::object();
    const auto text = readJsonText(file.string());
    if (!text) return text.error();
    auto root = parseJson(*text, file.string(), progress);
    if (root && !root->is_object()) return invalid(file.string(), file.filename().string(), root->type_name(), "object");
    return root;
}

bool flagOf(const json& object, const char* key)
{
    const auto it = object.find(key);
    return it != object.end() && it->is_boolean() && it->get<bool>();
}

/// "<s>", or an object with its content and flags.
Result<AddedToken> tokenOf(const json& value, const std::string& file, const std::string& item)
{
    AddedToken out;
    const json* content = value.is_object() && value.contains("content") ? &value["content"] : &value;
    if (!content->is_string()) return invalid(file, item, value, "token");
    out.content = content->get<std::string>();
    if (!value.is_object()) return out;
    out.lstrip = flagOf(value, "lstrip");
    out.rstrip = flagOf(value, "rstrip");
    out.singleWord = flagOf(value, "single_word");
    out.special = flagOf(value, "special");
    return out;
}

Status setId(AddedToken& token, std::int64_t id, const std::string& file, const std::string& item)
{
    if (id < 0 || id >= (1 << 22)) return Error::in(file, ErrorCode::TokenizerInvalid, item, std::to_string(id), "id");
    token.id = static_cast<int>(id);
    return {};
}

/// The special tokens that an object names. Those that are there already stay.
Status addNames(const json& object, const std::string& file, TokenizerSettings& out)
{
    for (const char* name : specialTokenNames) {
        if (!object.contains(name)) continue;
        if (const auto it = out.names.find(name); it != out.names.end() && it->second) continue;
        if (object[name].is_null()) {
            out.names[name] = std::nullopt;
            continue;
        }
        auto token = tokenOf(object[name], file, name);
        if (!token) return token.error();
        out.names[name] = std::move(*token);
    }
    if (!object.contains("additional_special_tokens") || !object["additional_special_tokens"].is_array()) return {};
    for (const json& value : object["additional_special_tokens"]) {
        auto token = tokenOf(value, file, "additional_special_tokens");
        if (!token) return token.error();
        const bool known =
            std::any_of(out.additional.begin(), out.additional.end(), [&](const AddedToken& t) { return t.content == token->content; });
        if (!known) out.additional.push_back(std::move(*token));
    }
    return {};
}

/// {"32000": {"content": "<|user|>", ...}}
Status addDecoder(const json& object, const std::string& file, TokenizerSettings& out)
{
    for (const auto& [key, value] : object.items()) {
        const std::string item = "added_tokens_decoder[\"" + key + "\"]";
        std::int64_t id = -1;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
        if (error != std::errc{} || end != key.data() + key.size() || !value.is_object()) return invalid(file, item, value, "token");
        auto token = tokenOf(value, file, item);
        if (!token) return token.error();
        if (Status s = setId(*token, id, file, item); !s) return s;
        out.added.push_back(std::move(*token));
    }
    return {};
}

/// {"<|user|>": 32000}; special are those that have been named so.
Status addAddedTokens(const json& object, const std::string& file, TokenizerSettings& out)
{
    for (const auto& item : object.items()) {
        const std::string& content = item.key();
        const json& id = item.value();
        if (!id.is_number_integer()) return invalid(file, content, id, "id");
        AddedToken token{.content = content};
        if (Status s = setId(token, id.get<std::int64_t>(), file, content); !s) return s;
        token.special = std::any_of(out.additional.begin(), out.additional.end(), [&](const AddedToken& t) { return t.content == content; })
                        || std::any_of(out.names.begin(), out.names.end(),
                                       [&](const auto& name) { return name.second && name.second->content == content; });
        out.added.push_back(std::move(token));
    }
    return {};
}

void readClass(const json& config, const fs::path& configFile, const json& model, const fs::path& modelFile, const std::string& modelType,
               TokenizerSettings& out)
{
    const auto word = [](const json& object, const char* key) {
        return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : std::string();
    };
    out.className = word(config, "tokenizer_class");
    if (!out.className.empty()) out.classFile = configFile.string();
    if (out.className.empty()) {
        out.className = word(model, "tokenizer_class");
        const std::string type = word(model, "model_type");
        if (out.className.empty()) out.className = tokenizerClassOf(type.empty() ? modelType : type);
        if (!out.className.empty() && !model.empty()) out.classFile = modelFile.string();
    }
    if (out.className.ends_with("Fast")) out.className.resize(out.className.size() - 4);
}

}  // namespace

Result<TokenizerSettings> readTokenizerSettings(const std::string& vocabulary, const std::string& modelType, const Progress& progress)
{
    const fs::path configFile = fileBeside(vocabulary, "tokenizer_config.json"), modelFile = fileBeside(vocabulary, "config.json");
    const auto config = objectIn(configFile, progress);
    if (!config) return config.error();
    const auto model = objectIn(modelFile, progress);
    if (!model) return model.error();
    TokenizerSettings out;
    readClass(*config, configFile, *model, modelFile, modelType, out);
    const std::pair<const char*, std::optional<bool>*> flags[] = {{"add_bos_token", &out.addBos},
                                                                  {"add_eos_token", &out.addEos},
                                                                  {"add_prefix_space", &out.addPrefixSpace},
                                                                  {"legacy", &out.legacy}};
    for (const auto& [key, flag] : flags) {
        if (!config->contains(key) || (*config)[key].is_null()) continue;
        if (!(*config)[key].is_boolean()) return invalid(configFile.string(), key, (*config)[key], "true | false");
        *flag = (*config)[key].get<bool>();
    }
    if (config->contains("extra_ids") && (*config)["extra_ids"].is_number_integer()) {
        const auto extra = (*config)["extra_ids"].get<std::int64_t>();
        if (extra < 0 || extra > 100000) return invalid(configFile.string(), "extra_ids", extra, "0 .. 100000");
        out.extraIds = static_cast<int>(extra);
    }
    if (const Status s = addNames(*config, configFile.string(), out); !s) return s.error();
    // A decoder in the settings replaces the two older files.
    if (config->contains("added_tokens_decoder") && (*config)["added_tokens_decoder"].is_object()) {
        if (const Status s = addDecoder((*config)["added_tokens_decoder"], configFile.string(), out); !s) return s.error();
        return out;
    }
    const fs::path mapFile = fileBeside(vocabulary, "special_tokens_map.json"), addedFile = fileBeside(vocabulary, "added_tokens.json");
    const auto map = objectIn(mapFile, progress);
    if (!map) return map.error();
    if (const Status s = addNames(*map, mapFile.string(), out); !s) return s.error();
    const auto added = objectIn(addedFile, progress);
    if (!added) return added.error();
    if (const Status s = addAddedTokens(*added, addedFile.string(), out); !s) return s.error();
    return out;
}

namespace {

/// Grows a vocabulary by added tokens as transformers does: ids that a file gives, ids that the vocabulary has, then new ones behind it.
class Placement {
public:
    explicit Placement(const std::vector<std::string>& pieces)
    {
        for (std::size_t id = 0; id < pieces.size(); ++id)
            if (!pieces[id].empty()) m_ids.emplace(pieces[id], static_cast<int>(id));
    }
    std::optional<int> idOf(const std::string& content) const
    {
        const auto it = m_ids.find(content);
        return it == m_ids.end() ? std::nullopt : std::optional(it->second);
    }
    void put(AddedToken token)
    {
        m_ids[token.content] = token.id;
        m_added[token.id] = std::move(token);
    }
    /// A special token by its name; `grow`: one that the vocabulary lacks gets the next id.
    void name(AddedToken token, bool grow)
    {
        const auto have = idOf(token.content);
        if (!have && !grow) return;
        token.id = have ? *have : static_cast<int>(m_ids.size());
        token.special = true;
        if (const auto it = m_added.find(token.id); it != m_added.end() && it->second.content == token.content) it->second.special = true;
        else put(std::move(token));
    }
    std::vector<AddedToken> take() const
    {
        std::vector<AddedToken> out;
        for (const auto& [id, token] : m_added) out.push_back(token);
        return out;
    }

private:
    std::map<std::string, int> m_ids;
    std::map<int, AddedToken> m_added;
};

}  // namespace

Result<std::optional<json>> withEnds(const TokenizerSettings& settings, const json& root, const Tokenizer& tokenizer)
{
    const EndsClass* row = endsClass(settings.className);
    if (!row) return std::optional<json>();
    json single = json::array({{{"Sequence", {{"id", "A"}, {"type_id", 0}}}}}), tokens = json::object();
    const std::pair<bool, std::pair<const char*, const char*>> ends[] = {{settings.addBos.value_or(row->bos), {"bos_token", row->bosToken}},
                                                                         {settings.addEos.value_or(false), {"eos_token", row->eosToken}}};
    bool same = true;
    for (const auto& [added, names] : ends) {
        const bool bos = &names == &ends[0].second;
        const auto said = settings.names.find(names.first);
        const std::string content = said == settings.names.end() ? names.second : said->second ? said->second->content : "";
        int id = -1;
        for (int i = 0; added && !content.empty() && i < tokenizer.vocabSize() && id < 0; ++i)
            if (tokenizer.piece(i) == content) id = i;
        if (added && id < 0) {
            // A name that no file gives is a guess, and a vocabulary without it has other names.
            if (said == settings.names.end()) return std::optional<json>();
            return Error::in(settings.classFile, ErrorCode::TokenizerInvalid, names.first, content, "token of the vocabulary");
        }
        same = same && added == (bos ? tokenizer.addsBos() : tokenizer.addsEos());
        if (!added) continue;
        same = same && (bos ? tokenizer.bosId() : tokenizer.eosId()) == id;
        const json item = {{"SpecialToken", {{"id", content}, {"type_id", 0}}}};
        single.insert(bos ? single.begin() : single.end(), item);
        tokens[content] = {{"id", content}, {"ids", json::array({id})}, {"tokens", json::array({content})}};
    }
    if (same) return std::optional<json>();
    json changed = root;
    changed["post_processor"] = {{"type", "TemplateProcessing"}, {"single", single}, {"pair", single}, {"special_tokens", tokens}};
    return std::optional<json>(std::move(changed));
}

Status applySettings(const TokenizerSettings& settings, const std::vector<std::string>& pieces, TokenizerRecord& record)
{
    const bool pair = record.kind == "gpt2_bpe";
    if (isOtherClass(settings.className))
        return Error::in(settings.classFile, ErrorCode::TokenizerUnsupported, "tokenizer_class", settings.className);
    const TokenizerClass& row = tokenizerClass(settings.className, !pair);

    Placement placement(pieces);
    for (const AddedToken& token : settings.added) placement.put(token);
    const int extra = row.extraIds > 0 ? settings.extraIds.value_or(row.extraIds) : 0;
    for (int i = 0; i < extra; ++i) {
        AddedToken token{.content = "<extra_id_" + std::to_string(i) + ">", .lstrip = true, .rstrip = true, .special = true};
        if (placement.idOf(token.content)) continue;
        token.id = static_cast<int>(pieces.size()) - 1 + extra - i;
        placement.put(std::move(token));
    }
    std::map<std::string, std::optional<int>> ids;
    for (const char* name : specialTokenNames) {
        const auto said = settings.names.find(name);
        std::optional<AddedToken> token;
        if (said != settings.names.end()) token = said->second;
        else if (const char* usual = row.nameOf(name)) token = AddedToken{.content = usual, .lstrip = row.lstripOf(name)};
        if (!token || token->content.empty()) continue;
        placement.name(*token, said != settings.names.end());
        ids[name] = placement.idOf(token->content);
    }
    for (const AddedToken& token : settings.additional) placement.name(token, true);

    record.rules.added = placement.take();
    record.special = {ids["bos_token"], ids["eos_token"], ids["unk_token"], ids["pad_token"]};
    record.special.addBos = row.heedsBos ? settings.addBos.value_or(row.bos) : row.bos;
    record.special.addEos = row.heedsEos ? settings.addEos.value_or(row.eos) : row.eos;
    if (pair) {
        if (settings.addPrefixSpace.value_or(false)) record.rules.prefix = row.prefix;
        // One token for everything: it marks the end of a text, and text that the vocabulary lacks is said, not replaced.
        if (record.special.unk == record.special.eos) record.special.unk.reset();
        return {};
    }
    record.rules.eosOnce = row.eosOnce;
    record.rules.eachStretchAlone = !row.heedsLegacy || settings.legacy.value_or(true);
    record.rules.spaceInFront = settings.addPrefixSpace.value_or(true);
    return {};
}

}  // namespace hs
