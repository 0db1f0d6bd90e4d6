// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/text/models/byte_alphabet.h"
#include "engine/text/models/vocab_index.h"
#include "engine/text/pipeline/pipeline_tokenizer.h"

namespace hs {
namespace {

std::string trimmed(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return text;
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Every `mark` becomes a space.
std::string withSpaces(std::string_view text, std::string_view mark)
{
    std::string out;
    while (!mark.empty()) {
        const std::size_t at = text.find(mark);
        if (at == std::string_view::npos) break;
        out += text.substr(0, at);
        out.push_back(' ');
        text.remove_prefix(at + mark.size());
    }
    out += text;
    return out;
}

}  // namespace

std::vector<VocabEntry> byteLevelEntries(std::vector<std::string> vocab)
{
    std::vector<VocabEntry> out(vocab.size());
    for (std::size_t id = 0; id < vocab.size(); ++id) {
        VocabEntry& e = out[id];
        e.piece = std::move(vocab[id]);
        e.bytes = bytesOfPiece(e.piece).value_or(e.piece);
        e.display = displayBytes(e.bytes);
    }
    return out;
}

std::vector<VocabEntry> markedEntries(std::vector<std::string> vocab, std::string_view mark)
{
    std::vector<VocabEntry> out(vocab.size());
    for (std::size_t id = 0; id < vocab.size(); ++id) {
        VocabEntry& e = out[id];
        e.piece = std::move(vocab[id]);
        if (const auto byte = byteOfFallbackPiece(e.piece)) {
            e.bytes.assign(1, static_cast<char>(*byte));
        } else {
            e.bytes = withSpaces(e.piece, mark);
        }
        e.display = displayBytes(e.bytes);
    }
    return out;
}

std::vector<VocabEntry> wordEntries(std::vector<std::string> vocab, std::string_view continuation)
{
    std::vector<VocabEntry> out(vocab.size());
    for (std::size_t id = 0; id < vocab.size(); ++id) {
        VocabEntry& e = out[id];
        e.piece = std::move(vocab[id]);
        const bool continues = !continuation.empty() && e.piece.size() > continuation.size() && e.piece.starts_with(continuation);
        const std::string text = continues ? e.piece.substr(continuation.size()) : e.piece;
        if (!continues && !text.empty()) e.bytes.push_back(' ');
        e.bytes += text;
        e.display = displayBytes(text);
    }
    return out;
}

std::vector<VocabEntry> plainEntries(std::vector<std::string> vocab) { return markedEntries(std::move(vocab), {}); }

std::vector<AddedToken> specialTokens(const std::vector<VocabEntry>& vocab, const SpecialIds& special, const std::vector<int>& more)
{
    std::vector<int> ids = more;
    for (const auto id : {special.bos, special.eos, special.unk, special.pad})
        if (id) ids.push_back(*id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<AddedToken> out;
    for (const int id : ids)
        if (id >= 0 && static_cast<std::size_t>(id) < vocab.size() && !vocab[static_cast<std::size_t>(id)].piece.empty())
            out.push_back({.content = vocab[static_cast<std::size_t>(id)].piece, .id = id, .special = true});
    return out;
}

Status placeAdded(const std::vector<AddedToken>& added, std::vector<VocabEntry>& vocab, std::optional<int> unk)
{
    for (const AddedToken& token : added) {
        const auto id = static_cast<std::size_t>(token.id);
        if (token.id < 0 || id >= maxVocabulary)
            return Error::of(ErrorCode::TokenizerInvalid, "added_tokens[\"" + token.content + "\"]", std::to_string(token.id),
                             std::to_string(maxVocabulary));
        if (id >= vocab.size()) vocab.resize(id + 1);
        vocab[id].piece = vocab[id].bytes = vocab[id].display = token.content;
        if (token.special && token.id != unk.value_or(-1)) markSpecial(vocab, token.id);
    }
    return {};
}

void markSpecial(std::vector<VocabEntry>& vocab, std::optional<int> id)
{
    if (!id || *id < 0 || static_cast<std::size_t>(*id) >= vocab.size()) return;
    VocabEntry& e = vocab[static_cast<std::size_t>(*id)];
    e.special = true;
    e.bytes.clear();
    e.display = displayBytes(trimmed(e.piece));
}

}  // namespace hs
