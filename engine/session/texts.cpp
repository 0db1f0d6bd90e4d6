// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/texts.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "engine/base/hash.h"
#include "engine/io/corpus_open.h"
#include "engine/session/targets.h"

namespace hs {
namespace {

constexpr int kShortestWindow = 8, kDefaultLength = 256;

struct Document {
    std::string text;
    std::vector<int> ids;  ///< not empty: ids were given
    int line = 0;          ///< of the tokens file that they stand in; 0: none
    std::vector<Target> targets;
};

/// "1, 2,3" as numbers; nothing for anything else.
std::optional<std::vector<int>> numbersIn(const std::string& line)
{
    std::vector<int> out;
    const char* at = line.data();
    const char* const end = at + line.size();
    const auto skip = [&] {
        while (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
    };
    for (skip(); at < end; skip()) {
        int value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc{}) return std::nullopt;
        out.push_back(value);
        at = next;
        skip();
        if (at < end && *at++ != ',') return std::nullopt;
    }
    return out;
}

}  // namespace

Result<IdLines> readIdLines(const std::string& path, int vocabulary)
{
    const auto read = readLines(path);
    if (!read) return read.error();
    IdLines out;
    out.hash = read->hash;
    int number = 0;
    for (const std::string& line : read->lines) {
        ++number;
        const auto ids = numbersIn(line);
        if (!ids)
            return Error::in(path, ErrorCode::InvalidArgument, std::string("line ").append(std::to_string(number)), line.substr(0, 40),
                             "1,2,3");
        for (const int id : *ids)
            if (id < 0 || id >= vocabulary)
                return Error::in(path, ErrorCode::TokenOutOfRange, std::string("line ").append(std::to_string(number)), std::to_string(id),
                                 std::string("0 .. ").append(std::to_string(vocabulary - 1)));
        if (ids->empty()) continue;
        out.ids.push_back(*ids);
        out.lines.push_back(number);
    }
    if (out.ids.empty()) return Error::in(path, ErrorCode::TextEmpty, {}, {}, "2 ids");
    return out;
}

namespace {

/// Tokens [first, first + count) of a document as a prompt of their own.
std::shared_ptr<const Prompt> windowOf(const Prompt& whole, std::size_t first, std::size_t count, bool withFirst)
{
    auto out = std::make_shared<Prompt>();
    out->fromIds = whole.fromIds;
    if (withFirst) out->tokens.push_back(whole.tokens.front());
    const auto begin = whole.tokens.begin() + static_cast<std::ptrdiff_t>(first);
    out->tokens.insert(out->tokens.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
    int from = -1, to = -1, word = -1;
    for (const Token& t : out->tokens) {
        if (t.byteBegin >= 0) {
            if (from < 0) from = t.byteBegin;
            to = std::max(to, t.byteEnd);
        }
        if (t.word >= 0 && word < 0) word = t.word;
    }
    if (from >= 0) out->text = whole.text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    for (Token& t : out->tokens) {
        if (t.byteBegin >= 0) {
            t.byteBegin -= from;
            t.byteEnd -= from;
        }
        if (t.word >= 0) t.word -= word;
    }
    return out;
}

/// Line k of the targets answers line k of the prompts.
Status addTargets(const Model& model, const TextRequest& request, std::vector<Document>& documents, ImportanceText& out)
{
    for (std::size_t i = 0; i < documents.size(); ++i)
        if (documents[i].line != static_cast<int>(i) + 1)
            return Error::in(request.tokensFile, ErrorCode::InvalidArgument, std::string("line ").append(std::to_string(i + 1)), {},
                             "1,2,3");
    auto targets = readTargets(request.targetsFile, model.config().outputs());
    if (!targets) return targets.error();
    if (Status s = checkCount(*targets, documents.size(), request.targetsFile); !s) return s;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const int n = static_cast<int>(documents[i].ids.size());
        if (Status s = checkPositions(targets->lines[i], n, documents[i].line, request.targetsFile); !s) return s;
        documents[i].targets = std::move(targets->lines[i]);
    }
    out.targetsName = std::filesystem::path(request.targetsFile).filename().string();
    out.targetsHash = targets->hash;
    return {};
}

/// `hidden`: the id of padding that no query sees, or -1; it does not go in front of every window.
void addWindows(std::shared_ptr<const Prompt> prompt, int document, std::size_t length, int hidden, ImportanceText& out)
{
    const std::size_t n = prompt->tokens.size();
    if (n <= length) {
        if (n < 2 && prompt->targets.empty()) return;  // nothing to predict
        out.prompts.push_back(std::move(prompt));
        out.document.push_back(document);
        return;
    }
    const bool special = prompt->tokens.front().special && prompt->tokens.front().id != hidden && length > 1;
    const std::size_t room = length - (special ? 1 : 0);
    for (std::size_t at = special ? 1 : 0; at < n; at += room) {
        const std::size_t count = std::min(room, n - at);
        if (count < static_cast<std::size_t>(std::min<std::size_t>(kShortestWindow, room)) && at > room) break;
        out.prompts.push_back(windowOf(*prompt, at, count, special));
        out.document.push_back(document);
    }
}

}  // namespace

Result<ImportanceText> promptsOf(const Model& model, const TextRequest& request, const Progress& progress)
{
    ImportanceText out;
    out.name = request.name;
    const int context = model.config().nCtx, wanted = request.length > 0 ? request.length : context > 0 ? context : kDefaultLength;
    const auto length = static_cast<std::size_t>(std::max(2, context > 0 ? std::min(context, wanted) : wanted));

    const int hidden = model.config().paddingToken;

    std::vector<Document> documents;
    if (!request.prompts.empty()) {
        for (std::size_t i = 0; i < request.prompts.size(); ++i) addWindows(request.prompts[i], static_cast<int>(i), length, hidden, out);
    } else if (!request.ids.empty()) {
        for (const std::vector<int>& ids : request.ids) documents.push_back({{}, ids, 0, {}});
    } else if (!request.tokensFile.empty()) {
        auto read = readIdLines(request.tokensFile, model.config().dVocab);
        if (!read) return read.error();
        out.hash = read->hash;
        for (std::size_t i = 0; i < read->ids.size(); ++i) documents.push_back({{}, std::move(read->ids[i]), read->lines[i], {}});
        if (!request.targetsFile.empty())
            if (Status s = addTargets(model, request, documents, out); !s) return s.error();
        if (out.name.empty()) out.name = std::filesystem::path(request.tokensFile).filename().string();
    } else if (!request.files.empty() || !request.text.empty()) {
        auto corpus = request.files.empty() ? corpusFromText(request.text, request.name) : readCorpus(request.files, {}, progress);
        if (!corpus) return corpus.error();
        out.hash = corpus->dataHash;
        if (out.name.empty()) out.name = corpus->name;
        for (TextDocument& d : corpus->documents) documents.push_back({std::move(d.text), {}, 0, {}});
    }
    for (std::size_t i = 0; i < documents.size(); ++i) {
        progress.report(Stage::Tokenising, static_cast<std::int64_t>(i), static_cast<std::int64_t>(documents.size()));
        if (!progress.checkpoint()) return Error::cancelled();
        const Tokenizer* tokenizer = model.tokenizer().get();
        if (documents[i].ids.empty() && !tokenizer) return model.withoutTokenizer();
        auto prompt = documents[i].ids.empty() ? makePrompt(*tokenizer, documents[i].text, progress)
                                               : makePromptFromIds(tokenizer, documents[i].ids, model.config().dVocab);
        if (!prompt) {
            Error error = prompt.error();
            if (documents[i].line > 0) {
                error.file = request.tokensFile;
                error.item = std::string("line ").append(std::to_string(documents[i].line));
            }
            return error;
        }
        prompt->targets = documents[i].targets;
        if (hidden >= 0)  // no content, whatever the tokeniser says of it
            for (Token& t : prompt->tokens) t.special = t.special || t.id == hidden;
        if (!prompt->targets.empty() && prompt->tokens.size() > length)  // what a cut would leave of it answers nothing
            return Error::in(request.tokensFile, ErrorCode::TextTooLong, std::string("line ").append(std::to_string(documents[i].line)),
                             std::to_string(prompt->tokens.size()), std::to_string(length));
        addWindows(std::make_shared<const Prompt>(std::move(*prompt)), static_cast<int>(i), length, hidden, out);
    }
    if (request.maxPrompts > 0 && out.prompts.size() > static_cast<std::size_t>(request.maxPrompts)) {
        ImportanceText fewer;
        fewer.name = out.name;
        fewer.hash = out.hash;
        fewer.targetsName = out.targetsName;
        fewer.targetsHash = out.targetsHash;
        const auto most = static_cast<std::size_t>(request.maxPrompts);
        for (std::size_t i = 0; i < most; ++i) {
            fewer.prompts.push_back(out.prompts[i * out.prompts.size() / most]);
            fewer.document.push_back(out.document[i * out.prompts.size() / most]);
        }
        out = std::move(fewer);
    }
    if (out.prompts.empty() && !request.tokensFile.empty()) return Error::in(request.tokensFile, ErrorCode::TextEmpty, {}, {}, "2 ids");
    if (out.prompts.empty()) return Error::in(request.files.empty() ? std::string() : request.files.front(), ErrorCode::TextEmpty);
    if (out.hash.empty()) {
        std::string ids;
        for (const auto& prompt : out.prompts)
            for (const int id : prompt->ids()) ids.append(std::to_string(id)).push_back(',');
        out.hash = sha256Hex(ids.data(), ids.size());
    }
    return out;
}

}  // namespace hs
