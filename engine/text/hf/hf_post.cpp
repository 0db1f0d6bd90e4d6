// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/hf/hf_parts.h"

namespace hs::hf {
namespace {

constexpr int deepestSequence = 8;
constexpr int lastId = static_cast<int>(maxVocabulary) - 1;

Result<int> templateId(const Json& json, const std::string& name)
{
    const Json& ids = json.at("special_tokens").at(name).at("ids");
    if (!ids.is_array() || ids.size() != 1) return unsupported("post_processor.special_tokens", name);
    return integerOf(ids[0], "post_processor.special_tokens[\"" + name + "\"]", 0, lastId);
}

Status addTemplate(const Json& json, Template& out)
{
    bool textSeen = false;
    for (const Json& item : json.at("single")) {
        if (item.contains("Sequence")) {
            if (textSeen || item.at("Sequence").at("id") != "A") return unsupported("post_processor.single", item.dump());
            textSeen = true;
            continue;
        }
        const auto name = item.at("SpecialToken").at("id").get<std::string>();
        std::optional<int>& slot = textSeen ? out.last : out.first;
        if (slot) return unsupported("post_processor.single", name);
        const Result<int> id = templateId(json, name);
        if (!id) return id.error();
        slot = *id;
    }
    return textSeen ? Status{} : Status(unsupported("post_processor.single", "[]"));
}

Status addPostProcessor(const Json& json, Template& out, int depth)
{
    const std::string type = typeOf(json);
    if (type == "ByteLevel") return {};  // trims offsets only
    if (type == "Sequence" && depth < deepestSequence) {
        for (const Json& part : json.at("processors"))
            if (Status s = addPostProcessor(part, out, depth + 1); !s) return s;
        return {};
    }
    if (type == "TemplateProcessing") return addTemplate(json, out);
    if (type == "BertProcessing" || type == "RobertaProcessing") {
        const Result<int> first = integerOf(json.at("cls").at(1), "post_processor.cls", 0, lastId);
        if (!first) return first.error();
        const Result<int> last = integerOf(json.at("sep").at(1), "post_processor.sep", 0, lastId);
        if (!last) return last.error();
        out.first = *first;
        out.last = *last;
        return {};
    }
    return unsupported("post_processor", type);
}

Status checkDecoderPart(const Json& json, std::string& mark, int depth)
{
    const std::string type = typeOf(json);
    if (type == "Sequence" && depth < deepestSequence) {
        for (const Json& part : json.at("decoders"))
            if (Status s = checkDecoderPart(part, mark, depth + 1); !s) return s;
        return {};
    }
    if (type == "Metaspace") mark = valueOr<std::string>(json, "replacement", "\u2581");
    else if (type == "Replace") {
        if (valueOr<std::string>(json, "content", "") == " ") mark = valueOr<std::string>(json.at("pattern"), "String", "");
    } else if (type != "ByteLevel" && type != "WordPiece" && type != "BPEDecoder" && type != "ByteFallback" && type != "Fuse"
               && type != "Strip") {
        return unsupported("decoder", type);
    }
    return {};
}

}  // namespace

Result<Template> readPostProcessor(const Json& json)
{
    Template out;
    if (json.is_null()) return out;
    if (Status s = addPostProcessor(json, out, 0); !s) return s.error();
    return out;
}

Status checkDecoder(const Json& json, std::string& mark) { return json.is_null() ? Status{} : checkDecoderPart(json, mark, 0); }

Result<Added> readAddedTokens(const Json& json)
{
    Added out;
    if (json.is_null()) return out;
    if (!json.is_array()) return invalid("added_tokens", json.type_name(), "array");
    for (const Json& entry : json) {
        AddedToken token;
        token.content = entry.at("content").get<std::string>();
        const Result<int> id = integerOf(entry.at("id"), "added_tokens[\"" + token.content + "\"]", 0, lastId);
        if (!id) return id.error();
        token.id = *id;
        token.singleWord = valueOr(entry, "single_word", false);
        token.lstrip = valueOr(entry, "lstrip", false);
        token.rstrip = valueOr(entry, "rstrip", false);
        token.special = valueOr(entry, "special", false);
        token.normalized = valueOr(entry, "normalized", !token.special);
        (token.normalized ? out.normalized : out.raw).push_back(std::move(token));
    }
    return out;
}

}  // namespace hs::hf
