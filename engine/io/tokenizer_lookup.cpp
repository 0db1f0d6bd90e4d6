// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/tokenizer_lookup.h"

#include <filesystem>

#include "engine/io/file_region.h"
#include "engine/io/json_text.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

using TokenizerResult = Result<std::shared_ptr<const Tokenizer>>;
constexpr std::uint64_t maxFileBytes = std::uint64_t(256) << 20;

bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

TokenizerResult inFile(TokenizerResult result, const std::string& file)
{
    if (result || !result.error().file.empty()) return result;
    Error e = result.error();
    e.file = file;
    return e;
}

TokenizerResult gpt2Files(const fs::path& vocab, const fs::path& merges)
{
    const auto vocabText = readTextFile(vocab.string(), maxFileBytes);
    if (!vocabText) return vocabText.error();
    const auto mergesText = readTextFile(merges.string(), maxFileBytes);
    if (!mergesText) return mergesText.error();
    return inFile(makeGpt2BpeFromFiles(*vocabText, *mergesText), vocab.string());
}

/// The other half of a GPT-2 vocabulary, by its usual names; empty when it is not there.
fs::path partner(const fs::path& folder, std::initializer_list<const char*> names)
{
    for (const char* name : names)
        if (isFile(folder / name)) return folder / name;
    return {};
}

TokenizerResult fromJsonFile(const fs::path& path, const std::string& text)
{
    const auto json = parseJson(text, path.string());
    if (!json) return json.error();
    if (json->is_object() && json->contains("model") && (*json)["model"].is_object()) return inFile(makeHfTokenizer(text), path.string());
    if (json->is_object() && json->contains("pieces")) return inFile(makeVocabularyJson(text), path.string());
    const fs::path merges = partner(path.parent_path(), {"merges.txt", "vocab.bpe"});
    if (json->is_object() && !json->empty() && json->begin()->is_number_integer()) {
        if (merges.empty()) return Error{ErrorCode::TokenizerMissing, path.string(), "merges.txt, vocab.bpe", {}, {}};
        return gpt2Files(path, merges);
    }
    return Error{ErrorCode::TokenizerUnsupported, path.string(), {}, "json", {}};
}

/// First of the usual names in a folder. Nothing there: null without an error.
TokenizerResult fromFolder(const fs::path& folder, std::string& name, std::optional<Error>& problem)
{
    struct Candidate {
        const char* name;
        const char* second;  ///< merges of a GPT-2 vocabulary
    };
    for (const Candidate& c : {Candidate{"tokenizer.json", nullptr}, Candidate{"tokenizer.model", nullptr},
                               Candidate{"vocab.json", "merges.txt"}, Candidate{"vocab.json", "vocab.bpe"},
                               Candidate{"encoder.json", "vocab.bpe"}, Candidate{"encoder.json", "merges.txt"},
                               Candidate{"vocabulary.json", nullptr}}) {
        if (!isFile(folder / c.name) || (c.second && !isFile(folder / c.second))) continue;
        auto made = c.second ? gpt2Files(folder / c.name, folder / c.second) : loadTokenizerFile((folder / c.name).string());
        if (made) {
            name = c.name;
            return made;
        }
        if (!problem) problem = made.error();
    }
    return std::shared_ptr<const Tokenizer>();
}

SpecialIds specials(const h5::Attributes& attributes)
{
    SpecialIds out;
    const auto id = [&](const char* key, std::optional<int>& into) {
        const auto it = attributes.find(key);
        if (it == attributes.end()) return;
        if (const auto n = it->second.asInt(); n && *n >= 0 && *n < (1 << 24)) into = static_cast<int>(*n);
    };
    id("bos_id", out.bos);
    id("eos_id", out.eos);
    id("unk_id", out.unk);
    id("pad_id", out.pad);
    const auto add = attributes.find("add_bos");
    out.addBos = add != attributes.end() && add->second.asInt().value_or(0) != 0;
    return out;
}

/// `/tokenizer` of the native schema. Null when the file has none.
TokenizerResult fromHdf5(const h5::File& file)
{
    const h5::Inventory& inventory = file.inventory();
    const h5::Attributes& attributes = inventory.attributesOf("tokenizer");
    const auto kindAttribute = attributes.find("kind");
    const std::string kind = kindAttribute == attributes.end() ? std::string() : kindAttribute->second.asText().value_or("");
    if (kind.empty() || kind == "none") return std::shared_ptr<const Tokenizer>();
    const auto flag = [&](const char* key, bool otherwise) {
        const auto it = attributes.find(key);
        return it == attributes.end() ? otherwise : it->second.asInt().value_or(otherwise ? 1 : 0) != 0;
    };
    const auto strings = [&](const char* name) -> Result<std::vector<std::string>> {
        return file.strings("tokenizer/" + std::string(name));
    };
    const SpecialIds special = specials(attributes);
    if (kind == "ids") return makeIdTokenizer(static_cast<int>(attributes.contains("size") ? attributes.at("size").asInt().value_or(0) : 0));
    if (kind == "hf_json") {
        const auto json = strings("json");
        if (!json) return json.error();
        if (json->empty()) return Error{ErrorCode::TokenizerInvalid, file.path(), "/tokenizer/json", {}, {}};
        return inFile(makeHfTokenizer(json->front()), file.path());
    }
    if (inventory.find("tokenizer/model")) {
        auto model = file.bytes("tokenizer/model");
        if (!model) return model.error();
        return inFile(makeSentencePieceModel(std::move(*model)), file.path());
    }
    auto vocab = strings("vocab");
    if (!vocab) return vocab.error();
    if (kind == "gpt2_bpe") {
        const auto merges = strings("merges");
        if (!merges) return merges.error();
        std::vector<int> control;
        if (inventory.find("tokenizer/types")) {
            const auto types = file.integers("tokenizer/types");
            if (!types) return types.error();
            constexpr std::int64_t controlType = 3;  // as in SentencePiece
            for (std::size_t i = 0; i < types->size(); ++i)
                if ((*types)[i] == controlType) control.push_back(static_cast<int>(i));
        }
        return inFile(makeGpt2Bpe(std::move(*vocab), *merges, special, control, flag("add_prefix_space", false)), file.path());
    }
    if (kind == "spm_bpe") {
        const auto scores = file.reals("tokenizer/scores");
        if (!scores) return scores.error();
        return inFile(makeSentencePieceBpe(std::move(*vocab), {scores->begin(), scores->end()}, flag("byte_fallback", true),
                                           flag("add_dummy_prefix", true), special, flag("plain_space", false)), file.path());
    }
    if (kind == "word") return inFile(makeWordLevel(std::move(*vocab), special), file.path());
    if (kind == "char") return inFile(makeCharacterLevel(std::move(*vocab), special), file.path());
    return Error{ErrorCode::TokenizerUnsupported, file.path(), "/tokenizer", kind, {}};
}

Result<FoundTokenizer> checked(FoundTokenizer found, const std::string& path, int dVocab)
{
    if (found.tokenizer && dVocab > 0 && found.tokenizer->vocabSize() > dVocab)
        return Error{ErrorCode::VocabularyMismatch, path, found.origin, std::to_string(found.tokenizer->vocabSize()), std::to_string(dVocab)};
    return found;
}

}  // namespace

TokenizerResult loadTokenizerFile(const std::string& path)
{
    auto text = readTextFile(path, maxFileBytes);
    if (!text) return text.error();
    const fs::path file(path);
    const std::size_t first = text->find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (*text)[first] == '{') return fromJsonFile(file, *text);
    if (file.filename() == "merges.txt" || file.filename() == "vocab.bpe") {
        const fs::path vocab = partner(file.parent_path(), {"vocab.json", "encoder.json"});
        if (vocab.empty()) return Error{ErrorCode::TokenizerMissing, path, "vocab.json, encoder.json", {}, {}};
        return gpt2Files(vocab, file);
    }
    return inFile(makeSentencePieceModel(std::move(*text)), path);
}

Result<FoundTokenizer> findTokenizer(const h5::File* file, const std::string& modelPath, const std::string& path, int dVocab)
{
    FoundTokenizer found;
    if (path == "none") return found;
    std::error_code ignored;
    if (!path.empty()) {
        if (fs::is_directory(path, ignored)) {
            std::optional<Error> problem;
            auto made = fromFolder(path, found.origin, problem);
            if (!made) return made.error();
            if (!*made) return problem ? *problem : Error{ErrorCode::TokenizerMissing, path, {}, {}, {}};
            found.tokenizer = *made;
            return checked(std::move(found), path, dVocab);
        }
        auto made = loadTokenizerFile(path);
        if (!made) return made.error();
        found.tokenizer = *made;
        found.origin = fs::path(path).filename().string();
        return checked(std::move(found), path, dVocab);
    }
    if (file) {
        auto made = fromHdf5(*file);
        if (!made) found.problem = made.error();
        else if (*made) {
            found.tokenizer = *made;
            found.origin = "in the file";
            return checked(std::move(found), modelPath, dVocab);
        }
    }
    auto made = fromFolder(fs::absolute(fs::path(modelPath), ignored).parent_path(), found.origin, found.problem);
    if (!made) return made.error();
    found.tokenizer = *made;
    if (found.tokenizer) found.problem.reset();
    return checked(std::move(found), modelPath, dVocab);
}

}  // namespace hs
