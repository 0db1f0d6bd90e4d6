// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/tokenizer/tokenizer_record.h"

#include <algorithm>

#include "engine/io/bytes/json_text.h"

namespace hs {

namespace {

using nlohmann::json;
constexpr std::int64_t normalPiece = 1, controlPiece = 3;  // as in SentencePiece

Error invalid(const std::string& file, const std::string& item, const std::string& found)
{
    return Error::in(file, ErrorCode::TokenizerInvalid, item, found);
}

/// Bits of `added_flags`.
constexpr std::pair<std::int64_t, bool AddedToken::*> addedFlags[] = {{1, &AddedToken::lstrip},
                                                                      {2, &AddedToken::rstrip},
                                                                      {4, &AddedToken::singleWord},
                                                                      {8, &AddedToken::normalized},
                                                                      {16, &AddedToken::special}};

/// Reads `/tokenizer` attributes by name.
class RecordReader {
public:
    explicit RecordReader(const h5::File& file) : m_file(file), m_attributes(file.inventory().attributesOf("tokenizer")) {}

    std::string text(const char* key) const
    {
        const auto it = m_attributes.find(key);
        return it == m_attributes.end() ? std::string() : it->second.asText().value_or("");
    }
    std::optional<std::int64_t> number(const char* key) const
    {
        const auto it = m_attributes.find(key);
        return it == m_attributes.end() ? std::nullopt : it->second.asInt();
    }
    bool flag(const char* key, bool otherwise) const { return number(key).value_or(otherwise ? 1 : 0) != 0; }
    std::optional<int> id(const char* key) const
    {
        const auto n = number(key);
        return n && *n >= 0 && *n < (1 << 24) ? std::optional<int>(static_cast<int>(*n)) : std::nullopt;
    }
    bool has(const std::string& name) const { return m_file.inventory().find("tokenizer/" + name) != nullptr; }

    Status strings(const std::string& name, std::vector<std::string>& into) const
    {
        if (!has(name)) return {};
        auto values = m_file.strings("tokenizer/" + name);
        if (!values) return values.error();
        into = std::move(*values);
        return {};
    }
    Status rules(TextRules& out) const
    {
        out.prefix = text("prefix") == "space"              ? TextRules::Prefix::Space
                     : text("prefix") == "space-if-missing" ? TextRules::Prefix::SpaceIfMissing
                                                            : TextRules::Prefix::None;
        out.eachStretchAlone = flag("each_stretch_alone", true);
        out.spaceInFront = flag("space_in_front", true);
        out.eosOnce = flag("eos_once", false);
        if (!has("added")) return {};
        const auto contents = m_file.strings("tokenizer/added");
        if (!contents) return contents.error();
        const auto ids = m_file.integers("tokenizer/added_ids"), flags = m_file.integers("tokenizer/added_flags");
        if (!ids) return ids.error();
        if (!flags) return flags.error();
        if (ids->size() != contents->size() || flags->size() != contents->size())
            return Error::in(m_file.path(), ErrorCode::ShapeMismatch, "tokenizer/added_ids", std::to_string(ids->size()),
                             std::to_string(contents->size()));
        for (std::size_t i = 0; i < contents->size(); ++i) {
            if ((*ids)[i] < 0 || (*ids)[i] >= (1 << 22)) return invalid(m_file.path(), "tokenizer/added_ids", std::to_string((*ids)[i]));
            AddedToken token{.content = (*contents)[i], .id = static_cast<int>((*ids)[i])};
            for (const auto& [bit, member] : addedFlags) token.*member = ((*flags)[i] & bit) != 0;
            out.added.push_back(std::move(token));
        }
        return {};
    }
    Status numbers(TokenizerRecord& out) const
    {
        if (has("scores")) {
            const auto values = m_file.reals("tokenizer/scores");
            if (!values) return values.error();
            for (const double v : *values) out.scores.push_back(static_cast<float>(v));
        }
        if (has("types")) {
            auto values = m_file.integers("tokenizer/types");
            if (!values) return values.error();
            out.types = std::move(*values);
        }
        if (has("model")) {
            auto bytes = m_file.bytes("tokenizer/model");
            if (!bytes) return bytes.error();
            out.model = std::move(*bytes);
        }
        return {};
    }

private:
    const h5::File& m_file;
    const h5::Attributes& m_attributes;
};

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makeTokenizer(const TokenizerRecord& r, const Progress& progress)
{
    if (r.kind == "ids") return makeIdTokenizer(static_cast<int>(std::clamp<std::int64_t>(r.size, 0, 1 << 24)));
    if (r.kind == "hf_json") return makeHfTokenizer(r.json, progress);
    if (!r.model.empty()) return makeSentencePieceModel(r.model, r.special, r.rules);
    if (r.kind == "gpt2_bpe") {
        std::vector<int> control;
        for (std::size_t i = 0; i < r.types.size(); ++i)
            if (r.types[i] == controlPiece) control.push_back(static_cast<int>(i));
        return makeGpt2Bpe(r.vocab, r.merges, r.special, control, r.addPrefixSpace, r.rules);
    }
    if (r.kind == "spm_bpe") return makeSentencePieceBpe(r.vocab, r.scores, r.byteFallback, r.addDummyPrefix, r.special, r.plainSpace);
    if (r.kind == "wordpiece") return makeWordPiece(r.vocab, r.lowercase, r.special);
    if (r.kind == "word") return makeWordLevel(r.vocab, r.special);
    if (r.kind == "char") return makeCharacterLevel(r.vocab, r.special);
    return Error::of(ErrorCode::TokenizerUnsupported, "/tokenizer", r.kind);
}

Result<LoadedTokenizer> loadTokenizer(TokenizerRecord record, const std::string& file, const Progress& progress)
{
    auto made = makeTokenizer(record, progress);
    if (!made) {
        Error e = made.error();
        if (e.file.empty()) e.file = file;
        return e;
    }
    return LoadedTokenizer{*made, std::make_shared<const TokenizerRecord>(std::move(record))};
}

Result<std::optional<TokenizerRecord>> readTokenizerRecord(const h5::File& file)
{
    const RecordReader in(file);
    TokenizerRecord out;
    out.kind = in.text("kind");
    if (out.kind.empty() || out.kind == "none") return std::optional<TokenizerRecord>();
    out.special = {in.id("bos_id"), in.id("eos_id"),           in.id("unk_id"),
                   in.id("pad_id"), in.flag("add_bos", false), in.flag("add_eos", false)};
    out.lowercase = in.flag("lowercase", false);
    out.addPrefixSpace = in.flag("add_prefix_space", false);
    out.byteFallback = in.flag("byte_fallback", true);
    out.addDummyPrefix = in.flag("add_dummy_prefix", true);
    out.plainSpace = in.flag("plain_space", false);
    out.size = in.number("size").value_or(0);
    std::vector<std::string> jsonText;
    for (const Status& s :
         {in.strings("vocab", out.vocab), in.strings("merges", out.merges), in.strings("json", jsonText), in.numbers(out)})
        if (!s) return s.error();
    if (const Status s = in.rules(out.rules); !s) return s.error();
    if (!jsonText.empty()) out.json = std::move(jsonText.front());
    return std::optional<TokenizerRecord>(std::move(out));
}

namespace {

void writeRules(h5::Writer& out, const std::string& group, const TextRules& rules)
{
    if (rules.prefix != TextRules::Prefix::None)
        out.attribute(group, "prefix", std::string(rules.prefix == TextRules::Prefix::Space ? "space" : "space-if-missing"));
    // What is usual is not written: such files are as they were before there were these rules.
    if (!rules.eachStretchAlone) out.attributeBool(group, "each_stretch_alone", false);
    if (!rules.spaceInFront) out.attributeBool(group, "space_in_front", false);
    if (rules.eosOnce) out.attributeBool(group, "eos_once", true);
    if (rules.added.empty()) return;
    std::vector<std::string> contents;
    std::vector<std::int64_t> ids, flags;
    for (const AddedToken& token : rules.added) {
        contents.push_back(token.content);
        ids.push_back(token.id);
        flags.push_back(0);
        for (const auto& [bit, member] : addedFlags)
            if (token.*member) flags.back() |= bit;
    }
    const std::vector<std::int64_t> shape{static_cast<std::int64_t>(ids.size())};
    out.strings(group + "/added", contents);
    out.integers(group + "/added_ids", shape, ids);
    out.integers(group + "/added_flags", shape, flags);
}

}  // namespace

void writeTokenizerRecord(h5::Writer& out, const TokenizerRecord& r)
{
    const std::string group = "tokenizer";
    out.group(group);
    out.attribute(group, "kind", r.kind);
    const std::pair<const char*, std::optional<int>> ids[] = {{"bos_id", r.special.bos},
                                                              {"eos_id", r.special.eos},
                                                              {"unk_id", r.special.unk},
                                                              {"pad_id", r.special.pad}};
    for (const auto& [name, id] : ids)
        if (id) out.attribute(group, name, std::int64_t(*id));
    const std::pair<const char*, bool> flags[] = {{"add_bos", r.special.addBos},          {"lowercase", r.lowercase},
                                                  {"add_prefix_space", r.addPrefixSpace}, {"byte_fallback", r.byteFallback},
                                                  {"add_dummy_prefix", r.addDummyPrefix}, {"plain_space", r.plainSpace}};
    for (const auto& [name, value] : flags) out.attributeBool(group, name, value);
    if (r.special.addEos) out.attributeBool(group, "add_eos", true);
    writeRules(out, group, r.rules);
    if (r.kind == "ids") out.attribute(group, "size", r.size);
    if (!r.vocab.empty()) out.strings("tokenizer/vocab", r.vocab);
    if (!r.merges.empty()) out.strings("tokenizer/merges", r.merges);
    if (!r.scores.empty()) out.floats("tokenizer/scores", {static_cast<std::int64_t>(r.scores.size())}, r.scores);
    if (!r.types.empty()) out.integers("tokenizer/types", {static_cast<std::int64_t>(r.types.size())}, r.types);
    if (!r.json.empty()) out.string("tokenizer/json", r.json);
    if (!r.model.empty()) out.bytes("tokenizer/model", r.model);
}

Result<TokenizerRecord> gpt2Record(const std::string& vocabJson, const std::string& merges, const std::string& file,
                                   const Progress& progress)
{
    const auto vocab = parseJson(vocabJson, file, progress);
    if (!vocab) return vocab.error();
    if (!vocab->is_object()) return invalid(file, "vocab", vocab->type_name());
    TokenizerRecord out;
    out.kind = "gpt2_bpe";
    for (const auto& [piece, id] : vocab->items()) {
        const std::int64_t at = id.is_number_integer() ? id.get<std::int64_t>() : -1;
        if (at < 0 || at >= (1 << 24)) return invalid(file, piece, id.dump());
        if (static_cast<std::size_t>(at) >= out.vocab.size()) out.vocab.resize(static_cast<std::size_t>(at) + 1);
        out.vocab[static_cast<std::size_t>(at)] = piece;
    }
    if (const auto end = std::find(out.vocab.begin(), out.vocab.end(), "<|endoftext|>"); end != out.vocab.end()) {
        const auto id = static_cast<int>(end - out.vocab.begin());
        out.special.bos = out.special.eos = id;
        out.types.assign(out.vocab.size(), normalPiece);
        out.types[static_cast<std::size_t>(id)] = controlPiece;
    }
    for (std::size_t at = 0, line = 0; at < merges.size(); ++line) {
        const std::size_t end = std::min(merges.find('\n', at), merges.size());
        std::string text = merges.substr(at, end - at);
        at = end + 1;
        if (text.ends_with('\r')) text.pop_back();
        if (!text.empty() && !(line == 0 && text.starts_with("#version"))) out.merges.push_back(std::move(text));
    }
    return out;
}

Result<TokenizerRecord> vocabularyRecord(const std::string& text, const std::string& file)
{
    const auto root = parseJson(text, file);
    if (!root) return root.error();
    TokenizerRecord out;
    const std::string type = root->is_object() ? root->value("type", "") : "";
    out.kind = type == "sentencepiece-bpe" ? "spm_bpe" : type;
    const auto id = [&](const char* key) -> std::optional<int> {
        if (!root->contains(key) || !(*root)[key].is_number_integer() || (*root)[key] < 0 || (*root)[key] >= (1 << 24)) return std::nullopt;
        return (*root)[key].get<int>();
    };
    out.special = {id("bos_id"), id("eos_id"), id("unk_id"), id("pad_id"), id("bos_id").has_value()};
    const auto flag = [&](const char* key, bool otherwise) {
        return root->contains(key) && (*root)[key].is_boolean() ? (*root)[key].get<bool>() : otherwise;
    };
    out.byteFallback = flag("byte_fallback", false);
    out.addDummyPrefix = flag("add_dummy_prefix", true);
    bool space = false, mark = false;
    for (const json& piece : root->value("pieces", json::array())) {
        if (!piece.is_string()) return invalid(file, "pieces", piece.type_name());
        out.vocab.push_back(piece.get<std::string>());
        space |= out.vocab.back().find(' ') != std::string::npos;
        mark |= out.vocab.back().find("\xE2\x96\x81") != std::string::npos;
    }
    for (const json& score : root->value("scores", json::array())) {
        if (!score.is_number()) return invalid(file, "scores", score.type_name());
        out.scores.push_back(score.get<float>());
    }
    out.plainSpace = space || !mark;
    return out;
}

}  // namespace hs
