// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/hf/hf_parts.h"
#include "engine/text/pipeline/normalizers.h"

namespace hs::hf {
namespace {

constexpr int deepestSequence = 8;
constexpr std::size_t mostStages = 64;  // each holds the text that it changed while the next one works
constexpr const char* spaceMark = "\u2581";

Status addNormalizer(const Json& json, Normalizers& out, int depth)
{
    const std::string type = typeOf(json);
    if (type == "Sequence" && depth < deepestSequence) {
        for (const Json& part : json.at("normalizers"))
            if (Status s = addNormalizer(part, out, depth + 1); !s) return s;
        return {};
    }
    if (out.stages.size() >= mostStages) return invalid("normalizer", "> " + std::to_string(mostStages), std::to_string(mostStages));
    StagePtr stage;
    if (type == "BertNormalizer") {
        BertCleaning cleaning;
        cleaning.cleanText = valueOr(json, "clean_text", true);
        cleaning.spaceChinese = valueOr(json, "handle_chinese_chars", true);
        cleaning.lowercase = valueOr(json, "lowercase", true);
        cleaning.stripAccents = valueOr(json, "strip_accents", cleaning.lowercase);  // null means "as lowercase"
        cleaning.extensionEFrom2B920 = true;
        stage = makeBertNormalizer(cleaning);
    } else if (type == "NFC") {
        stage = makeNormalForm(NormalForm::Nfc);
    } else if (type == "NFD") {
        stage = makeNormalForm(NormalForm::Nfd);
    } else if (type == "NFKC") {
        stage = makeNormalForm(NormalForm::Nfkc);
    } else if (type == "NFKD") {
        stage = makeNormalForm(NormalForm::Nfkd);
    } else if (type == "Lowercase") {
        stage = makeLowercase();
    } else if (type == "StripAccents") {
        stage = makeStripAccents();
    } else if (type == "Strip") {
        stage = makeStrip(valueOr(json, "strip_left", true), valueOr(json, "strip_right", true));
    } else if (type == "Prepend") {
        const auto text = json.at("prepend").get<std::string>();
        out.prependsMark = out.prependsMark || text == spaceMark;
        stage = makePrepend(text);
    } else if (type == "Replace") {
        Result<Regex> pattern = readPattern(json.at("pattern"), "normalizer.Replace");
        if (!pattern) return pattern.error();
        stage = makeReplace(*std::move(pattern), json.at("content").get<std::string>());
    } else {
        return unsupported("normalizer", type);
    }
    out.stages.push_back(std::move(stage));
    return {};
}

Result<SplitBehavior> readBehavior(const Json& json, const char* fallback)
{
    const auto name = valueOr<std::string>(json, "behavior", fallback);
    if (name == "Removed") return SplitBehavior::Removed;
    if (name == "Isolated") return SplitBehavior::Isolated;
    if (name == "MergedWithPrevious") return SplitBehavior::MergedWithPrevious;
    if (name == "MergedWithNext") return SplitBehavior::MergedWithNext;
    if (name == "Contiguous") return SplitBehavior::Contiguous;
    return unsupported("pre_tokenizer.behavior", name);
}

Status addSplit(const std::string& pattern, SplitBehavior behavior, bool invert, PreTokenizers& out)
{
    Result<Regex> regex = Regex::compile(pattern);
    if (!regex) return regex.error();
    out.stages.push_back(makeSplit(*std::move(regex), behavior, invert));
    return {};
}

Status addMetaspace(const Json& json, PreTokenizers& out)
{
    const auto mark = valueOr<std::string>(json, "replacement", spaceMark);
    if (mark.empty()) return invalid("pre_tokenizer.replacement", "\"\"");
    const bool oldFlag = valueOr(json, "add_prefix_space", true);
    const auto name = valueOr<std::string>(json, "prepend_scheme", oldFlag ? "always" : "never");
    if (name != "always" && name != "first" && name != "never") return unsupported("pre_tokenizer.prepend_scheme", name);
    const PrependScheme scheme = name == "always" ? PrependScheme::Always : name == "first" ? PrependScheme::First : PrependScheme::Never;
    out.mark = mark;
    out.addsSpace = scheme != PrependScheme::Never;
    out.stages.push_back(makeMetaspace(mark, scheme, valueOr(json, "split", true)));
    return {};
}

Status addPreTokenizer(const Json& json, PreTokenizers& out, int depth)
{
    const std::string type = typeOf(json);
    if (type == "Sequence" && depth < deepestSequence) {
        for (const Json& part : json.at("pretokenizers"))
            if (Status s = addPreTokenizer(part, out, depth + 1); !s) return s;
        return {};
    }
    if (out.stages.size() >= mostStages) return invalid("pre_tokenizer", "> " + std::to_string(mostStages), std::to_string(mostStages));
    // Behind ByteLevel there are no characters any more that a later splitter could look at.
    if (out.byteLevel) return unsupported("pre_tokenizer", "ByteLevel, " + type);
    if (type == "ByteLevel") {
        out.byteLevel = true;
        out.addsSpace = valueOr(json, "add_prefix_space", true);
        Result<StagePtr> stage = makeByteLevelSplit(out.addsSpace, valueOr(json, "use_regex", true));
        if (!stage) return stage.error();
        out.stages.push_back(*std::move(stage));
        return {};
    }
    if (type == "BertPreTokenizer") {
        out.stages.push_back(makeBertSplit());
        return {};
    }
    if (type == "WhitespaceSplit") {
        out.stages.push_back(makeWhitespaceSplit());
        return {};
    }
    if (type == "Whitespace") return addSplit(R"(\w+|[^\w\s]+)", SplitBehavior::Removed, true, out);
    if (type == "Metaspace") return addMetaspace(json, out);
    if (type == "Digits")
        return addSplit(R"(\p{N})", valueOr(json, "individual_digits", false) ? SplitBehavior::Isolated : SplitBehavior::Contiguous, false,
                        out);
    if (type == "Punctuation") {
        const Result<SplitBehavior> behavior = readBehavior(json, "Isolated");
        if (!behavior) return behavior.error();
        return addSplit(R"([!-/:-@\[-`{-~\p{P}])", *behavior, false, out);
    }
    if (type == "Split") {
        const Result<SplitBehavior> behavior = readBehavior(json, "Isolated");
        if (!behavior) return behavior.error();
        Result<Regex> pattern = readPattern(json.at("pattern"), "pre_tokenizer.Split");
        if (!pattern) return pattern.error();
        out.stages.push_back(makeSplit(*std::move(pattern), *behavior, valueOr(json, "invert", false)));
        return {};
    }
    return unsupported("pre_tokenizer", type);
}

}  // namespace

Error unsupported(std::string item, std::string found)
{
    return Error::of(ErrorCode::TokenizerUnsupported, std::move(item), std::move(found));
}

Error invalid(std::string item, std::string found, std::string expected)
{
    return Error::of(ErrorCode::TokenizerInvalid, std::move(item), std::move(found), std::move(expected));
}

Result<int> integerOf(const Json& value, const std::string& item, int least, int most)
{
    const bool fits = value.is_number_integer() && value >= least && value <= most;
    if (!fits) return invalid(item, value.dump().substr(0, 80), std::to_string(least) + " .. " + std::to_string(most));
    return value.get<int>();
}

std::string typeOf(const Json& component)
{
    return component.is_object() ? valueOr<std::string>(component, "type", "") : std::string(component.type_name());
}

Result<Regex> readPattern(const Json& json, const std::string& item)
{
    std::string pattern;
    if (json.contains("String")) pattern = escapedPattern(json.at("String").get<std::string>());
    else if (json.contains("Regex")) pattern = json.at("Regex").get<std::string>();
    else return unsupported(item, json.begin() != json.end() && json.is_object() ? json.begin().key() : json.type_name());
    Result<Regex> regex = Regex::compile(pattern);
    if (!regex) {
        Error e = regex.error();
        e.item = item;
        return e;
    }
    if (regex->matchesEmpty()) return unsupported(item, pattern);
    return regex;
}

Result<Normalizers> readNormalizers(const Json& json)
{
    Normalizers out;
    if (json.is_null()) return out;
    if (Status s = addNormalizer(json, out, 0); !s) return s.error();
    return out;
}

Result<PreTokenizers> readPreTokenizers(const Json& json)
{
    PreTokenizers out;
    if (json.is_null()) return out;
    if (Status s = addPreTokenizer(json, out, 0); !s) return s.error();
    return out;
}

}  // namespace hs::hf
