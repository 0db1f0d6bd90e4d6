// SPDX-License-Identifier: GPL-3.0-or-later
// A byte-level vocabulary becomes a tokenizer.json, a SentencePiece one a .model: both have their readers already. The ways of splitting
// text stand in the file by name alone (`tokenizer.ggml.pre`); their rules are those of the models that the names come from.
#include <algorithm>
#include <bit>
#include <optional>

#include <nlohmann/json.hpp>

#include "engine/io/gguf/gguf_model.h"

namespace hs {

namespace {

using nlohmann::json;

constexpr std::int64_t kUnknown = 2, kControl = 3, kUser = 4, kByte = 6;  // token_type, as in SentencePiece

struct Split {
    const char* name;     ///< tokenizer.ggml.pre
    bool digitsAlone;     ///< each digit is a piece of its own, before GPT-2's rule
    const char* pattern;  ///< null: GPT-2's rule
    bool nfc;
    bool wholeFirst;  ///< a piece that is in the vocabulary is not merged
    bool bos;         ///< where the file does not say
};
// LLaMA 3 and Qwen 2: tokenizer.json of the models themselves.
constexpr const char* kLlama3 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* kQwen2 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr Split kSplits[] = {
    {"gpt-2", false, nullptr, false, false, false},    {"smollm", true, nullptr, false, false, false},
    {"starcoder", true, nullptr, false, false, false}, {"llama-bpe", false, kLlama3, false, true, true},
    {"qwen2", false, kQwen2, true, false, false},
};

class VocabularyOf {
public:
    explicit VocabularyOf(const GgufFile& file) : m_file(file) {}

    Result<std::optional<TokenizerRecord>> read()
    {
        const std::string model = m_file.text("tokenizer.ggml.model");
        if (model.empty() || model == "none") return std::optional<TokenizerRecord>();
        if (model != "gpt2" && model != "llama") return unsupported("tokenizer.ggml.model", model, "gpt2, llama");
        const GgufValue *tokens = value("tokens"), *types = value("token_type");
        if (!tokens || tokens->texts.empty()) return invalid("tokenizer.ggml.tokens", "none");
        m_pieces = tokens->texts;
        if (m_pieces.size() > (1 << 22)) return invalid("tokenizer.ggml.tokens", std::to_string(m_pieces.size()));
        m_types.assign(m_pieces.size(), 1);
        if (types) {
            if (types->wholes.size() != m_pieces.size()) return invalid("tokenizer.ggml.token_type", std::to_string(types->wholes.size()));
            m_types = types->wholes;
        }
        return model == "gpt2" ? byteLevel() : sentencePiece();
    }

private:
    Error unsupported(const std::string& key, const std::string& found, const std::string& expected) const
    {
        return Error::in(m_file.file->path(), ErrorCode::TokenizerUnsupported, key, found, expected);
    }
    Error invalid(const std::string& key, const std::string& found) const
    {
        return Error::in(m_file.file->path(), ErrorCode::TokenizerInvalid, key, found);
    }
    const GgufValue* value(const std::string& key) const { return m_file.find("tokenizer.ggml." + key); }
    bool flag(const std::string& key, bool otherwise) const
    {
        const GgufValue* v = value(key);
        return v ? v->whole != 0 : otherwise;
    }
    std::optional<int> id(const std::string& key) const
    {
        const GgufValue* v = value(key + "_token_id");
        if (!v || v->kind != GgufValue::Kind::Whole || v->whole < 0 || v->whole >= static_cast<std::int64_t>(m_pieces.size()))
            return std::nullopt;
        return static_cast<int>(v->whole);
    }

    Result<std::optional<TokenizerRecord>> byteLevel() const
    {
        const std::string pre = m_file.text("tokenizer.ggml.pre");
        const auto split = std::find_if(std::begin(kSplits), std::end(kSplits), [&](const Split& s) { return pre == s.name; });
        if (split == std::end(kSplits)) return unsupported("tokenizer.ggml.pre", pre, "gpt-2, smollm, starcoder, llama-bpe, qwen2");
        const GgufValue* merges = value("merges");
        if (!merges) return invalid("tokenizer.ggml.merges", "none");
        json vocabulary = json::object(), added = json::array();
        for (std::size_t i = 0; i < m_pieces.size(); ++i) {
            const bool control = m_types[i] == kControl || m_types[i] == kUnknown;
            if (!vocabulary.emplace(m_pieces[i], i).second) return invalid("tokenizer.ggml.tokens", m_pieces[i] + " twice");
            if (!control && m_types[i] != kUser) continue;
            added.push_back({{"id", i},
                             {"content", m_pieces[i]},
                             {"single_word", false},
                             {"lstrip", false},
                             {"rstrip", false},
                             {"normalized", false},
                             {"special", control}});
        }
        json stages = json::array();
        if (split->digitsAlone) stages.push_back({{"type", "Digits"}, {"individual_digits", true}});
        if (split->pattern)
            stages.push_back({{"type", "Split"}, {"pattern", {{"Regex", split->pattern}}}, {"behavior", "Isolated"}, {"invert", false}});
        stages.push_back({{"type", "ByteLevel"},
                          {"add_prefix_space", flag("add_space_prefix", false)},
                          {"trim_offsets", true},
                          {"use_regex", split->pattern == nullptr}});
        json root{{"version", "1.0"},
                  {"added_tokens", added},
                  {"normalizer", split->nfc ? json{{"type", "NFC"}} : json(nullptr)},
                  {"pre_tokenizer", {{"type", "Sequence"}, {"pretokenizers", stages}}},
                  {"post_processor", ends(split->bos)},
                  {"decoder", {{"type", "ByteLevel"}, {"add_prefix_space", true}, {"trim_offsets", true}, {"use_regex", true}}},
                  {"model",
                   {{"type", "BPE"},
                    {"dropout", nullptr},
                    {"unk_token", nullptr},
                    {"continuing_subword_prefix", nullptr},
                    {"end_of_word_suffix", nullptr},
                    {"fuse_unk", false},
                    {"byte_fallback", false},
                    {"ignore_merges", split->wholeFirst},
                    {"vocab", std::move(vocabulary)},
                    {"merges", merges->texts}}}};
        TokenizerRecord out;
        out.kind = "hf_json";
        out.json = root.dump(-1, ' ', false, json::error_handler_t::replace);
        return std::optional<TokenizerRecord>(std::move(out));
    }
    /// BOS in front and EOS behind, as the file says.
    json ends(bool bosOtherwise) const
    {
        json around = json::array(), special = json::object();
        const auto add = [&](std::optional<int> token) {
            if (!token) return;
            const std::string& content = m_pieces[static_cast<std::size_t>(*token)];
            around.push_back({{"SpecialToken", {{"id", content}, {"type_id", 0}}}});
            special[content] = {{"id", content}, {"ids", {*token}}, {"tokens", {content}}};
        };
        if (flag("add_bos_token", bosOtherwise)) add(id("bos"));
        around.push_back({{"Sequence", {{"id", "A"}, {"type_id", 0}}}});
        if (flag("add_eos_token", false)) add(id("eos"));
        if (special.empty()) return json(nullptr);
        return {{"type", "TemplateProcessing"}, {"single", around}, {"pair", json::array()}, {"special_tokens", special}};
    }

    // ---- SentencePiece's own file: a protocol buffer (sentencepiece_model.proto) ----
    static std::string varint(std::uint64_t n)
    {
        std::string out;
        for (; n >= 0x80; n >>= 7) out += static_cast<char>((n & 0x7f) | 0x80);
        return out + static_cast<char>(n);
    }
    static std::string field(int number, const std::string& bytes)
    {
        return varint(static_cast<std::uint64_t>(number) << 3 | 2) + varint(bytes.size()) + bytes;
    }
    static std::string field(int number, std::uint64_t n) { return varint(static_cast<std::uint64_t>(number) << 3) + varint(n); }
    static std::string field(int number, float f)
    {
        const auto bits = std::bit_cast<std::uint32_t>(f);
        std::string out = varint(static_cast<std::uint64_t>(number) << 3 | 5);
        for (int i = 0; i < 4; ++i) out += static_cast<char>((bits >> (8 * i)) & 0xff);
        return out;
    }

    Result<std::optional<TokenizerRecord>> sentencePiece() const
    {
        const GgufValue* scores = value("scores");
        if (!scores || scores->reals.size() != m_pieces.size())
            return invalid("tokenizer.ggml.scores", scores ? std::to_string(scores->reals.size()) : "none");
        std::string model;
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < m_pieces.size(); ++i) {
            if (m_types[i] < 1 || m_types[i] > 6) return invalid("tokenizer.ggml.token_type", std::to_string(m_types[i]));
            if (m_types[i] == kByte) ++bytes;
            model += field(1, field(1, m_pieces[i]) + field(2, static_cast<float>(scores->reals[i]))
                                  + field(3, static_cast<std::uint64_t>(m_types[i])));
        }
        if (bytes != 0 && bytes != 256) return invalid("tokenizer.ggml.token_type", std::to_string(bytes) + " pieces for bytes");
        TokenizerRecord out;
        out.kind = "spm_bpe";
        out.special = {id("bos"), id("eos"), id("unknown"), id("padding"), flag("add_bos_token", true), flag("add_eos_token", false)};
        std::string trainer = field(3, std::uint64_t(2)) + field(35, std::uint64_t(bytes > 0 ? 1 : 0));
        const std::pair<int, std::optional<int>> ids[] = {{40, out.special.unk},
                                                          {41, out.special.bos},
                                                          {42, out.special.eos},
                                                          {43, out.special.pad}};
        for (const auto& [number, token] : ids)
            trainer += field(number, token ? static_cast<std::uint64_t>(*token) : ~std::uint64_t(0));  // -1: none
        const std::string normalizer = field(1, std::string("identity")) + field(3, std::uint64_t(flag("add_space_prefix", true) ? 1 : 0))
                                       + field(4, std::uint64_t(flag("remove_extra_whitespaces", false) ? 1 : 0))
                                       + field(5, std::uint64_t(1));
        out.model = model + field(2, trainer) + field(3, normalizer);
        return std::optional<TokenizerRecord>(std::move(out));
    }

    const GgufFile& m_file;
    std::vector<std::string> m_pieces;
    std::vector<std::int64_t> m_types;
};

}  // namespace

Result<std::optional<TokenizerRecord>> ggufTokenizer(const GgufFile& file) { return VocabularyOf(file).read(); }

}  // namespace hs
