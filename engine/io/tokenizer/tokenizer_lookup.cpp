// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/tokenizer/tokenizer_lookup.h"

#include <filesystem>

#include "engine/io/bytes/beside.h"
#include "engine/io/bytes/file_region.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/tokenizer/token_list.h"
#include "engine/io/tokenizer/tokenizer_settings.h"

namespace hs {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t maxFileBytes = std::uint64_t(256) << 20;

bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

/// The error with a file, where it names none.
Error named(Error error, const fs::path& file)
{
    if (error.file.empty()) error.file = file.string();
    return error;
}

Result<LoadedTokenizer> gpt2Files(const fs::path& vocab, const fs::path& merges, const std::string& modelType, const Progress& progress)
{
    const auto vocabText = readTextFile(vocab.string(), maxFileBytes);
    if (!vocabText) return vocabText.error();
    const auto mergesText = readTextFile(merges.string(), maxFileBytes);
    if (!mergesText) return mergesText.error();
    auto record = gpt2Record(*vocabText, *mergesText, vocab.string(), progress);
    if (!record) return record.error();
    const auto settings = readTokenizerSettings(vocab.string(), modelType, progress);
    if (!settings) return settings.error();
    const std::vector<std::string> pieces = record->vocab;
    if (const Status s = applySettings(*settings, pieces, *record); !s) return named(s.error(), vocab);
    return loadTokenizer(std::move(*record), vocab.string(), progress);
}

Result<LoadedTokenizer> sentencePieceFile(const fs::path& path, std::string bytes, const std::string& modelType, const Progress& progress)
{
    TokenizerRecord record;
    record.model = std::move(bytes);
    auto plain = loadTokenizer(record, path.string(), progress);
    if (!plain) return plain;
    record.kind = plain->tokenizer->kind() == TokenizerKind::SentencePieceUnigram ? "spm_unigram" : "spm_bpe";
    const auto settings = readTokenizerSettings(path.string(), modelType, progress);
    if (!settings) return settings.error();
    std::vector<std::string> pieces;
    for (int id = 0; id < plain->tokenizer->vocabSize(); ++id) pieces.push_back(plain->tokenizer->piece(id));
    if (const Status s = applySettings(*settings, pieces, record); !s) return named(s.error(), path);
    return loadTokenizer(std::move(record), path.string(), progress);
}

/// The other half of a GPT-2 vocabulary, by its usual names; empty when it is not there.
fs::path partner(const fs::path& half, std::initializer_list<const char*> names)
{
    for (const char* name : names)
        if (const fs::path file = fileBeside(half.string(), name); !file.empty()) return file;
    return {};
}

Result<LoadedTokenizer> fromJsonFile(const fs::path& path, const std::string& text, const std::string& modelType, const Progress& progress)
{
    const auto root = parseJson(text, path.string(), progress);
    if (!root) return root.error();
    if (root->is_object() && root->contains("model") && (*root)["model"].is_object()) {
        TokenizerRecord record;
        record.kind = "hf_json";
        record.json = text;
        auto plain = loadTokenizer(record, path.string(), progress);
        if (!plain) return plain;
        const auto settings = readTokenizerSettings(path.string(), modelType, progress);
        if (!settings) return settings.error();
        const auto changed = withEnds(*settings, *root, *plain->tokenizer);
        if (!changed) return named(changed.error(), path);
        if (!*changed) return plain;
        record.json = (*changed)->dump();
        return loadTokenizer(std::move(record), path.string(), progress);
    }
    if (root->is_object() && root->contains("pieces")) {
        const auto made = makeVocabularyJson(text, progress);  // it checks the file more closely than a record can
        if (!made) {
            Error e = made.error();
            e.file = path.string();
            return e;
        }
        auto record = vocabularyRecord(text, path.string());
        if (!record) return record.error();
        return LoadedTokenizer{*made, std::make_shared<const TokenizerRecord>(std::move(*record))};
    }
    if (root->is_object() && !root->empty() && root->begin()->is_number_integer()) {
        const fs::path merges = partner(path, {"merges.txt", "vocab.bpe"});
        if (merges.empty()) return Error::in(path.string(), ErrorCode::TokenizerMissing, "merges.txt, vocab.bpe");
        return gpt2Files(path, merges, modelType, progress);
    }
    return Error::in(path.string(), ErrorCode::TokenizerUnsupported, {}, "json");
}

/// First of the usual names in a folder. Nothing there: null without an error.
LoadedTokenizer fromFolder(const fs::path& folder, const std::string& modelType, std::string& name, std::optional<Error>& problem,
                           const Progress& progress)
{
    struct Candidate {
        const char* name;
        const char* second;  ///< merges of a GPT-2 vocabulary
    };
    for (const Candidate& c :
         {Candidate{"tokenizer.json", nullptr}, Candidate{"tokenizer.model", nullptr}, Candidate{"spiece.model", nullptr},
          Candidate{"vocab.json", "merges.txt"}, Candidate{"vocab.json", "vocab.bpe"}, Candidate{"encoder.json", "vocab.bpe"},
          Candidate{"encoder.json", "merges.txt"}, Candidate{"vocabulary.json", nullptr}}) {
        if (!isFile(folder / c.name) || (c.second && !isFile(folder / c.second))) continue;
        auto made = c.second ? gpt2Files(folder / c.name, folder / c.second, modelType, progress)
                             : loadTokenizerFile((folder / c.name).string(), modelType, progress);
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
        found.problem = Error::in(path, ErrorCode::VocabularyMismatch, found.origin, std::to_string(found.tokenizer->vocabSize()),
                                  std::to_string(dVocab));
    return found;
}

}  // namespace

Result<LoadedTokenizer> loadTokenizerFile(const std::string& path, const std::string& modelType, const Progress& progress)
{
    auto text = readTextFile(path, maxFileBytes);
    if (!text) return text.error();
    const fs::path file(path);
    const std::size_t first = text->find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (*text)[first] == '{') return fromJsonFile(file, *text, modelType, progress);
    if (file.filename() == "merges.txt" || file.filename() == "vocab.bpe") {
        const fs::path vocab = partner(file, {"vocab.json", "encoder.json"});
        if (vocab.empty()) return Error::in(path, ErrorCode::TokenizerMissing, "vocab.json, encoder.json");
        return gpt2Files(vocab, file, modelType, progress);
    }
    return sentencePieceFile(file, std::move(*text), modelType, progress);
}

Result<FoundTokenizer> findTokenizer(const h5::File* file, const std::string& modelPath, const TokenizerChoice& choice, int dVocab,
                                     const std::string& modelType, const Progress& progress)
{
    FoundTokenizer found;
    const std::string& path = choice.path;
    if (!choice.names.empty()) {
        if (!path.empty() && path != "none")
            return Error::in(path, ErrorCode::InvalidArgument, "--token-list", choice.names, "given without a tokeniser");
        const auto loaded = loadTokenList(choice.names, dVocab, progress);
        if (!loaded) return loaded.error();
        take(found, *loaded);
        found.origin = fs::path(choice.names).filename().string();
        return found;
    }
    if (path == "none") return found;
    std::error_code ignored;
    if (!path.empty()) {
        if (fs::is_directory(path, ignored)) {
            std::optional<Error> problem;
            take(found, fromFolder(path, modelType, found.origin, problem, progress));
            if (!found.tokenizer) return problem ? *problem : Error::in(path, ErrorCode::TokenizerMissing);
            return checked(std::move(found), path, dVocab);
        }
        const auto loaded = loadTokenizerFile(path, modelType, progress);
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
            const auto loaded = loadTokenizer(std::move(**record), file->path(), progress);
            if (!loaded) {
                found.problem = loaded.error();
            } else {
                take(found, *loaded);
                found.origin = "in the file";
                return checked(std::move(found), modelPath, dVocab);
            }
        }
    }
    for (const fs::path& folder : foldersBeside(modelPath))
        if (!found.tokenizer) take(found, fromFolder(folder, modelType, found.origin, found.problem, progress));
    if (found.tokenizer) found.problem.reset();
    return checked(std::move(found), modelPath, dVocab);
}

}  // namespace hs
