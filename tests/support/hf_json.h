// SPDX-License-Identifier: GPL-3.0-or-later
// Small tokenizer.json files of several shapes, and the tokenizers that they make.
#pragma once

#include <QTest>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/text/tokenizer.h"
#include "tests/support/tokens.h"

namespace hs::test {

inline nlohmann::json byteLevelJson(const SmallBpe& bpe)
{
    nlohmann::json json = nlohmann::json::parse(R"({"version": "1.0", "added_tokens": [], "normalizer": null,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
        "post_processor": {"type": "ByteLevel"}, "decoder": {"type": "ByteLevel"}, "model": {"type": "BPE"}})");
    for (std::size_t id = 0; id < bpe.vocab.size(); ++id) json["model"]["vocab"][bpe.vocab[id]] = id;
    json["model"]["merges"] = bpe.merges;
    return json;
}

/// LLaMA's shape: Prepend and Replace, merges over characters, byte fallback, <s> in front.
inline nlohmann::json llamaJson()
{
    nlohmann::json json = nlohmann::json::parse(R"({"added_tokens": [
          {"id": 0, "content": "<unk>", "special": true, "normalized": false},
          {"id": 1, "content": "<s>", "special": true, "normalized": false},
          {"id": 2, "content": "</s>", "special": true, "normalized": false}],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
          {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
        "pre_tokenizer": null,
        "post_processor": {"type": "TemplateProcessing",
          "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
          "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
        "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
          {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true, "vocab": {}, "merges": []}})");
    nlohmann::json& vocab = json["model"]["vocab"];
    int id = 0;
    for (const char* piece : {"<unk>", "<s>", "</s>"}) vocab[piece] = id++;
    for (unsigned b = 0; b < 256; ++b) vocab[fallbackPiece(static_cast<std::uint8_t>(b))] = id++;
    for (const char* piece : {"▁", "t", "h", "e", "l", "o", "▁t", "he", "▁the", "ll", "llo"}) vocab[piece] = id++;
    json["model"]["merges"] = {"▁ t", "h e", "▁t he", "l l", "ll o"};
    return json;
}

/// Whole words of any pre-tokenizer.
inline nlohmann::json wordJson(const char* preTokenizer, std::vector<std::string> words)
{
    nlohmann::json json;
    json["pre_tokenizer"] = nlohmann::json::parse(preTokenizer);
    json["model"] = {{"type", "WordLevel"}, {"unk_token", "?"}};
    json["model"]["vocab"]["?"] = 0;
    int id = 1;
    for (const std::string& word : words) json["model"]["vocab"][word] = id++;
    return json;
}

/// Null, with a warning that says why, where it is refused.
inline std::shared_ptr<const Tokenizer> madeTokenizer(const nlohmann::json& json)
{
    const auto tokenizer = makeHfTokenizer(json.dump());
    if (!tokenizer.ok()) {
        qWarning("%s: %s", tokenizer.error().item.c_str(), tokenizer.error().found.c_str());
        return nullptr;
    }
    return *tokenizer;
}

}  // namespace hs::test
