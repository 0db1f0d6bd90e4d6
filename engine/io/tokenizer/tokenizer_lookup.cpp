// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/tokenizer/tokenizer_lookup.h"

#include <filesystem>

#include "engine/io/bytes/file_region.h"
#include "engine/io/bytes/json_text.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t maxFileBytes = std::uint64_t(256) << 20;

bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

Result<LoadedTokenizer> gpt2Files(const fs::path& vocab, const fs::path& merges)
{
    const auto vocabText = readTextFile(vocab.string(), maxFileBytes);
    if (!vocabText) return vocabText.error();
    const auto mergesText = readTextFile(merges.string(), maxFileBytes);
    if (!mergesText) return mergesText.error();
    auto record = gpt2Record(*vocabText, *mergesText, vocab.string());
    if (!record) return record.error();
    return loadTokenizer(std::move(*record), vocab.string());
}

/// The other half of a GPT-2 vocabulary, by its usual names; empty when it is not there.
fs::path partner(const fs::path& folder, std::initializer_list<const char*> names)
{
    for (const char* name : names)
        if (isFile(folder / name)) return folder / name;
    return {};
}

Result<LoadedTokenizer> fromJsonFile(const fs::path& path, const std::string& text)
{
    const auto json = parseJson(text, path.string());
    if (!json) return json.error();
    if (json->is_object() && json->contains("model") && (*json)["model"].is_object()) {
        TokenizerRecord record;
        record.kind = "hf_json";
        record.json = text;
        return loadTokenizer(std::move(record), path.string());
    }
    if (json->is_object() && json->contains("pieces")) {
        const auto made = makeVocabularyJson(text);  // it checks the file more closely than a record can
        if (!made) {
            Error e = made.error();
            e.file = path.string();
            return e;
        }
        auto record = vocabularyRecord(text, path.string());
        if (!record) return record.error();
        return LoadedTokenizer{*made, std::make_shared<const TokenizerRecord>(std::move(*record))};
    }
    if (json->is_object() && !json->empty() && json->begin()->is_number_integer()) {
        const fs::path merges = partner(path.parent_path(), {"merges.txt", "vocab.bpe"});
        if (merges.empty()) return Error::in(path.string(), ErrorCode::TokenizerMissing, "merges.txt, vocab.bpe");
        return gpt2Files(path, merges);
    }
    return Error::in(path.string(), ErrorCode::TokenizerUnsupported, {}, "json");
}

/// First of the usual names in a folder. Nothing there: null without an error.
LoadedTokenizer fromFolder(const fs::path& folder, std::string& name, std::optional<Error>& problem)
{
    struct Candidate {
        const char* name;
        const char* second;  ///< merges of a GPT-2 vocabulary
    };
    for (const Candidate& c :
         {Candidate{"tokenizer.json", nullptr}, Candidate{"tokenizer.model", nullptr}, Candidate{"vocab.json", "merges.txt"},
          Candidate{"vocab.json", "vocab.bpe"}, Candidate{"encoder.json", "vocab.bpe"}, Candidate{"encoder.json", "merges.txt"},
          Candidate{"vocabulary.json", nullptr}}) {
        if (!isFile(folder / c.name) || (c.second && !isFile(folder / c.second))) continue;
        auto made = c.second ? gpt2Files(folder / c.name, folder / c.second) : loadTokenizerFile((folder / c.name).string());
        if (made) {
            name = c.name;
            return *made;
        }
        if (!problem) problem = made.error();
    }
    return {};
}

void take(FoundTokenizer& found, const LoadedTokenizer& loaded)
{
    found.tokenizer = loaded.tokenizer;
    found.record = loaded.record;
}

Result<FoundTokenizer> checked(FoundTokenizer found, const std::string& path, int dVocab)
{
    if (found.tokenizer && dVocab > 0 && found.tokenizer->vocabSize() > dVocab)
        return Error::in(path, ErrorCode::VocabularyMismatch, found.origin, std::to_string(found.tokenizer->vocabSize()),
                         std::to_string(dVocab));
    return found;
}

}  // namespace

Result<LoadedTokenizer> loadTokenizerFile(const std::string& path)
{
    auto text = readTextFile(path, maxFileBytes);
    if (!text) return text.error();
    const fs::path file(path);
    const std::size_t first = text->find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (*text)[first] == '{') return fromJsonFile(file, *text);
    if (file.filename() == "merges.txt" || file.filename() == "vocab.bpe") {
        const fs::path vocab = partner(file.parent_path(), {"vocab.json", "encoder.json"});
        if (vocab.empty()) return Error::in(path, ErrorCode::TokenizerMissing, "vocab.json, encoder.json");
        return gpt2Files(vocab, file);
    }
    TokenizerRecord record;
    record.model = std::move(*text);
    auto loaded = loadTokenizer(std::move(record), path);
    if (!loaded) return loaded;
    TokenizerRecord named = *loaded->record;
    named.kind = loaded->tokenizer->kind() == TokenizerKind::SentencePieceUnigram ? "spm_unigram" : "spm_bpe";
    return LoadedTokenizer{loaded->tokenizer, std::make_shared<const TokenizerRecord>(std::move(named))};
}

Result<FoundTokenizer> findTokenizer(const h5::File* file, const std::string& modelPath, const std::string& path, int dVocab)
{
    FoundTokenizer found;
    if (path == "none") return found;
    std::error_code ignored;
    if (!path.empty()) {
        if (fs::is_directory(path, ignored)) {
            std::optional<Error> problem;
            take(found, fromFolder(path, found.origin, problem));
            if (!found.tokenizer) return problem ? *problem : Error::in(path, ErrorCode::TokenizerMissing);
            return checked(std::move(found), path, dVocab);
        }
        const auto loaded = loadTokenizerFile(path);
        if (!loaded) return loaded.error();
        take(found, *loaded);
        found.origin = fs::path(path).filename().string();
        return checked(std::move(found), path, dVocab);
    }
    if (file) {
        auto record = readTokenizerRecord(*file);
        if (!record) found.problem = record.error();
        if (record && *record) {
            if ((*record)->kind == "ids" && (*record)->size == 0) (*record)->size = dVocab;  // all ids of the model
            const auto loaded = loadTokenizer(std::move(**record), file->path());
            if (!loaded) {
                found.problem = loaded.error();
            } else {
                take(found, *loaded);
                found.origin = "in the file";
                return checked(std::move(found), modelPath, dVocab);
            }
        }
    }
    take(found, fromFolder(fs::absolute(fs::path(modelPath), ignored).parent_path(), found.origin, found.problem));
    if (found.tokenizer) found.problem.reset();
    return checked(std::move(found), modelPath, dVocab);
}

}  // namespace hs
