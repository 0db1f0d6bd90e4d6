// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/models/unigram_model.h"

#include <algorithm>
#include <limits>

#include "engine/text/utf8.h"

namespace hs {

UnigramModel::UnigramModel(const std::vector<std::string>& pieces, std::vector<float> scores, std::optional<int> unk,
                           std::vector<int> byteIds)
    : m_scores(std::move(scores)), m_unk(unk), m_byteIds(std::move(byteIds))
{
    for (std::size_t id = 0; id < pieces.size(); ++id)
        if (!pieces[id].empty()) m_sorted.push_back({pieces[id], static_cast<int>(id)});
    std::sort(m_sorted.begin(), m_sorted.end(), [](const Entry& a, const Entry& b) { return a.piece < b.piece; });
    const auto lowest = std::min_element(m_scores.begin(), m_scores.end());
    m_unknownScore = (lowest == m_scores.end() ? 0.0 : static_cast<double>(*lowest)) - 10.0;
}

Status UnigramModel::encode(std::string_view text, std::vector<Hit>& out, const Progress& progress) const
{
    struct Node {
        double score = -std::numeric_limits<double>::infinity();
        std::uint32_t from = 0;
        int id = -1;  ///< -1: unknown
    };
    std::vector<Node> best(text.size() + 1);
    best[0].score = 0.0;
    const auto byteAt = [](const Entry& e, std::size_t depth) {
        return depth < e.piece.size() ? static_cast<int>(static_cast<unsigned char>(e.piece[depth])) : -1;
    };

    for (std::size_t at = 0, steps = 0; at < text.size(); ++steps) {
        if (steps % 4096 == 0 && progress.stopped()) return Error::cancelled();
        const std::size_t length = std::max<std::size_t>(utf8::decodeAt(text, at).length, 1);
        bool single = false;
        auto low = m_sorted.begin();
        auto high = m_sorted.end();
        for (std::size_t depth = 0; at + depth < text.size() && low != high; ++depth) {
            const int byte = static_cast<unsigned char>(text[at + depth]);
            low = std::lower_bound(low, high, byte, [&](const Entry& e, int b) { return byteAt(e, depth) < b; });
            high = std::upper_bound(low, high, byte, [&](int b, const Entry& e) { return b < byteAt(e, depth); });
            if (low == high || low->piece.size() != depth + 1) continue;
            const std::size_t end = at + depth + 1;
            const double score = best[at].score + static_cast<double>(m_scores[static_cast<std::size_t>(low->id)]);
            if (score > best[end].score) best[end] = {score, static_cast<std::uint32_t>(at), low->id};
            single = single || depth + 1 == length;
        }
        const double unknown = best[at].score + m_unknownScore;
        if (!single && unknown > best[at + length].score) best[at + length] = {unknown, static_cast<std::uint32_t>(at), -1};
        at += length;
    }

    std::vector<Hit> reversed;
    for (std::size_t end = text.size(); end > 0;) {
        const Node& node = best[end];
        if (node.id < 0 && !reversed.empty() && reversed.back().id < 0) reversed.back().begin = node.from;
        else reversed.push_back({node.id, node.from, static_cast<std::uint32_t>(end)});
        end = node.from;
    }
    for (auto hit = reversed.rbegin(); hit != reversed.rend(); ++hit) {
        if (hit->id >= 0) {
            out.push_back(*hit);
        } else if (!m_byteIds.empty()) {
            for (std::uint32_t i = hit->begin; i < hit->end; ++i) out.push_back({m_byteIds[static_cast<unsigned char>(text[i])], i, i + 1});
        } else if (m_unk) {
            out.push_back({*m_unk, hit->begin, hit->end});
        } else {
            return Error::of(ErrorCode::VocabularyMismatch, std::to_string(hit->begin),
                             std::string(text.substr(hit->begin, std::min<std::size_t>(hit->end - hit->begin, 256))));
        }
    }
    return {};
}

}  // namespace hs
