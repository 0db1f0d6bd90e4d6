// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/models/score_bpe_model.h"

#include <algorithm>
#include <queue>

#include "engine/text/utf8.h"

namespace hs {
namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};

struct Symbol {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  ///< begin == end: joined into a symbol on the left
    std::uint32_t previous = none;
    std::uint32_t next = none;
};

struct Candidate {
    float score = 0.0F;
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    std::uint32_t bytes = 0;  ///< length when made: a candidate whose symbols have changed since is stale
    bool operator<(const Candidate& other) const { return score < other.score || (score == other.score && left > other.left); }
};

}  // namespace

Status ScoreBpeModel::encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const
{
    std::vector<Symbol> symbols;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(utf8::decodeAt(text, at).length, 1);
        const auto i = static_cast<std::uint32_t>(symbols.size());
        symbols.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length), i == 0 ? none : i - 1, i + 1});
        at += length;
    }
    if (symbols.empty()) return {};
    symbols.back().next = none;

    const auto idOf = [&](std::uint32_t begin, std::uint32_t end) { return findPiece(m_index, text.substr(begin, end - begin)); };
    std::priority_queue<Candidate> queue;
    const auto offer = [&](std::uint32_t left, std::uint32_t right) {
        if (left == none || right == none) return;
        const int id = idOf(symbols[left].begin, symbols[right].end);
        if (id >= 0) queue.push({m_scores[static_cast<std::size_t>(id)], left, right, symbols[right].end - symbols[left].begin});
    };
    for (std::uint32_t i = 0; i + 1 < symbols.size(); ++i) offer(i, i + 1);

    for (std::size_t steps = 0; !queue.empty(); ++steps) {
        if (steps % 4096 == 0 && progress.stopped()) return Error::cancelled();
        const Candidate c = queue.top();
        queue.pop();
        Symbol& left = symbols[c.left];
        Symbol& right = symbols[c.right];
        const bool alive = left.begin != left.end && right.begin != right.end;
        if (!alive || (left.end - left.begin) + (right.end - right.begin) != c.bytes) continue;
        left.end = right.end;
        right.begin = right.end;
        left.next = right.next;
        if (left.next != none) symbols[left.next].previous = c.left;
        offer(left.previous, c.left);
        offer(c.left, left.next);
    }

    bool lastUnknown = false;
    for (const Symbol& s : symbols) {
        if (s.begin == s.end) continue;
        const int id = idOf(s.begin, s.end);
        if (id >= 0) {
            out.push_back({id, s.begin, s.end});
            lastUnknown = false;
        } else if (!m_byteIds.empty()) {
            for (std::uint32_t i = s.begin; i < s.end; ++i) out.push_back({m_byteIds[static_cast<unsigned char>(text[i])], i, i + 1});
        } else if (!m_unk) {
            return Error::of(ErrorCode::VocabularyMismatch, std::to_string(s.begin), std::string(text.substr(s.begin, s.end - s.begin)));
        } else if (lastUnknown) {
            out.back().end = s.end;
        } else {
            out.push_back({*m_unk, s.begin, s.end});
            lastUnknown = true;
        }
    }
    return {};
}

}  // namespace hs
