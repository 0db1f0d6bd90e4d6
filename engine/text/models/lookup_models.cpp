// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/models/lookup_models.h"

#include <algorithm>

#include "engine/text/utf8.h"

namespace hs {

Status WordModel::encode(std::string_view text, std::vector<Hit>& out, const Progress&) const
{
    int id = findPiece(m_index, text);
    if (id < 0) {
        if (!m_unk) return Error::of(ErrorCode::VocabularyMismatch, "0", std::string(text.substr(0, 256)));
        id = *m_unk;
    }
    out.push_back({id, 0, static_cast<std::uint32_t>(text.size())});
    return {};
}

Status CharacterModel::encode(std::string_view text, std::vector<Hit>& out, const Progress&) const
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(utf8::decodeAt(text, at).length, 1);
        const std::string_view character = text.substr(at, length);
        int id = findPiece(m_index, character);
        if (id < 0) {
            if (!m_unk) return Error::of(ErrorCode::VocabularyMismatch, std::to_string(at), std::string(character));
            id = *m_unk;
        }
        out.push_back({id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)});
        at += length;
    }
    return {};
}

Status WordPieceModel::encode(std::string_view text, std::vector<Hit>& out, const Progress&) const
{
    const Hit unknown{m_unk, 0, static_cast<std::uint32_t>(text.size())};
    std::vector<std::size_t> bounds{0};
    for (std::size_t at = 0; at < text.size();) {
        at += std::max<std::size_t>(utf8::decodeAt(text, at).length, 1);
        bounds.push_back(at);
    }
    if (bounds.size() - 1 > m_longestWord) {
        out.push_back(unknown);
        return {};
    }
    std::vector<Hit> found;
    std::string candidate;
    for (std::size_t from = 0; from + 1 < bounds.size();) {
        std::size_t to = bounds.size() - 1;
        int id = -1;
        for (; to > from; --to) {
            candidate.clear();
            if (from > 0) candidate = m_continuation;
            candidate += text.substr(bounds[from], bounds[to] - bounds[from]);
            id = findPiece(m_index, candidate);
            if (id >= 0) break;
        }
        if (id < 0) {
            out.push_back(unknown);
            return {};
        }
        found.push_back({id, static_cast<std::uint32_t>(bounds[from]), static_cast<std::uint32_t>(bounds[to])});
        from = to;
    }
    out.insert(out.end(), found.begin(), found.end());
    return {};
}

}  // namespace hs
