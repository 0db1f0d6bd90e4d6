// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/models/bpe_model.h"

#include <algorithm>
#include <queue>

#include "engine/text/models/byte_alphabet.h"
#include "engine/text/utf8.h"

namespace hs {
namespace {

/// Up to this many symbols a scan for the best pair beats the heap.
constexpr std::size_t shortPiece = 48;

Error inexpressible(std::size_t at, std::string_view what)
{
    return Error::of(ErrorCode::VocabularyMismatch, std::to_string(at), std::string(what));
}

}  // namespace

Result<std::unique_ptr<BpeModel>> BpeModel::make(VocabIndex vocab, const MergeList& merges, BpeOptions options)
{
    if (merges.size() > maxVocabulary)
        return Error::of(ErrorCode::TokenizerInvalid, "merges", std::to_string(merges.size()), std::to_string(maxVocabulary));
    std::unique_ptr<BpeModel> model(new BpeModel(std::move(vocab), std::move(options)));
    const std::string& prefix = model->m_options.continuingPrefix;
    model->m_merges.reserve(merges.size());
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const auto& [left, right] = merges[rank];
        const bool cut = !prefix.empty() && right.starts_with(prefix);
        const std::string whole = left + (cut ? right.substr(prefix.size()) : right);
        const int a = findPiece(model->m_vocab, left);
        const int b = findPiece(model->m_vocab, right);
        const int c = findPiece(model->m_vocab, whole);
        if (a < 0 || b < 0 || c < 0) {
            const std::string& lacking = a < 0 ? left : b < 0 ? right : whole;
            std::string pair = left;
            pair.append(" ").append(right);
            return Error::of(ErrorCode::TokenizerInvalid, "merges[" + std::to_string(rank) + "]", std::move(pair), lacking);
        }
        // A pair that stands twice keeps its first, better rank.
        model->m_merges.insert(a, b, {static_cast<std::int32_t>(rank), c});
    }
    for (unsigned byte = 0; byte < 256; ++byte) {
        const auto b = static_cast<std::uint8_t>(byte);
        model->m_byteIds[byte] = findPiece(model->m_vocab, model->m_options.byteLevel ? byteCharacters()[byte] : fallbackPiece(b));
    }
    return model;
}

Status BpeModel::byteSymbols(std::string_view text, std::vector<Hit>& symbols) const
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        int id = m_byteIds[static_cast<unsigned char>(text[i])];
        if (id < 0) {
            if (!m_options.unk) return inexpressible(i, fallbackPiece(static_cast<std::uint8_t>(text[i])));
            id = *m_options.unk;
        }
        const auto at = static_cast<std::uint32_t>(i);
        symbols.push_back({id, at, at + 1});
    }
    return {};
}

Status BpeModel::characterSymbols(std::string_view text, std::vector<Hit>& symbols) const
{
    std::string piece;
    bool lastUnknown = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(utf8::decodeAt(text, at).length, 1);
        const std::string_view character = text.substr(at, length);
        const auto begin = static_cast<std::uint32_t>(at);
        const auto end = static_cast<std::uint32_t>(at + length);
        piece.clear();
        if (at > 0) piece += m_options.continuingPrefix;
        piece += character;
        if (end == text.size()) piece += m_options.endSuffix;
        at += length;

        const int id = findPiece(m_vocab, piece);
        if (id >= 0) {
            symbols.push_back({id, begin, end});
            lastUnknown = false;
            continue;
        }
        const auto hasByte = [&](char c) { return m_byteIds[static_cast<unsigned char>(c)] >= 0; };
        if (m_options.byteFallback && std::all_of(character.begin(), character.end(), hasByte)) {
            for (std::uint32_t i = 0; i < length; ++i)
                symbols.push_back({m_byteIds[static_cast<unsigned char>(character[i])], begin + i, begin + i + 1});
            lastUnknown = false;
        } else if (!m_options.unk) {
            return inexpressible(begin, character);
        } else if (m_options.fuseUnknown && lastUnknown) {
            symbols.back().end = end;
        } else {
            symbols.push_back({*m_options.unk, begin, end});
            lastUnknown = true;
        }
    }
    return {};
}

void BpeModel::mergeShort(std::vector<Hit>& symbols) const
{
    PairTable::Merge pairs[shortPiece];
    std::size_t n = symbols.size();
    for (std::size_t i = 0; i + 1 < n; ++i) pairs[i] = m_merges.find(symbols[i].id, symbols[i + 1].id);
    while (n > 1) {
        std::size_t best = 0;
        for (std::size_t i = 1; i + 1 < n; ++i)
            if (pairs[i].rank < pairs[best].rank) best = i;
        if (!pairs[best].exists()) break;
        symbols[best] = {pairs[best].id, symbols[best].begin, symbols[best + 1].end};
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(best) + 1);
        std::copy(pairs + best + 1, pairs + n - 1, pairs + best);
        --n;
        if (best > 0) pairs[best - 1] = m_merges.find(symbols[best - 1].id, symbols[best].id);
        if (best + 1 < n) pairs[best] = m_merges.find(symbols[best].id, symbols[best + 1].id);
    }
}

Status BpeModel::mergeLong(std::vector<Hit>& symbols, const Progress& progress) const
{
    struct Candidate {
        std::int32_t rank;
        std::int32_t merged;
        std::uint32_t left;
        int leftId, rightId;  // what stood there when the candidate was made: stale ones are skipped
        bool operator<(const Candidate& other) const { return rank != other.rank ? rank > other.rank : left > other.left; }
    };
    constexpr std::uint32_t none = ~std::uint32_t{0};
    const auto n = static_cast<std::uint32_t>(symbols.size());
    std::vector<std::uint32_t> next(n), previous(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        next[i] = i + 1 < n ? i + 1 : none;
        previous[i] = i > 0 ? i - 1 : none;
    }
    std::priority_queue<Candidate> queue;
    const auto offer = [&](std::uint32_t left) {
        const Hit& a = symbols[left];
        const Hit& b = symbols[next[left]];
        const PairTable::Merge merge = m_merges.find(a.id, b.id);
        if (merge.exists()) queue.push({merge.rank, merge.id, left, a.id, b.id});
    };
    for (std::uint32_t i = 0; i + 1 < n; ++i) offer(i);

    for (std::size_t steps = 0; !queue.empty(); ++steps) {
        if (steps % 4096 == 0 && progress.stopped()) return Error::cancelled();
        const Candidate c = queue.top();
        queue.pop();
        const std::uint32_t right = next[c.left];
        if (right == none || symbols[c.left].id != c.leftId || symbols[right].id != c.rightId) continue;
        symbols[c.left].id = c.merged;
        symbols[c.left].end = symbols[right].end;
        symbols[right].id = -1;
        next[c.left] = next[right];
        if (next[right] != none) previous[next[right]] = c.left;
        if (previous[c.left] != none) offer(previous[c.left]);
        if (next[c.left] != none) offer(c.left);
    }
    std::erase_if(symbols, [](const Hit& s) { return s.id < 0; });
    return {};
}

Status BpeModel::encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const
{
    if (m_options.ignoreMerges) {
        int id = -1;
        if (m_options.byteLevel) {
            std::string spelled;
            for (const char c : text) spelled += byteCharacters()[static_cast<unsigned char>(c)];
            id = findPiece(m_vocab, spelled);
        } else {
            id = findPiece(m_vocab, text);
        }
        if (id >= 0) {
            out.push_back({id, 0, static_cast<std::uint32_t>(text.size())});
            return {};
        }
    }
    std::vector<Hit> symbols;
    symbols.reserve(text.size());
    if (Status s = m_options.byteLevel ? byteSymbols(text, symbols) : characterSymbols(text, symbols); !s) return s;
    if (symbols.size() <= shortPiece) mergeShort(symbols);
    else if (Status s = mergeLong(symbols, progress); !s) return s;
    out.insert(out.end(), symbols.begin(), symbols.end());
    return {};
}

}  // namespace hs
