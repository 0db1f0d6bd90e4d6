// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/pipeline/added_tokens.h"

#include <algorithm>

#include "engine/text/utf8.h"

namespace hs {
namespace {

constexpr std::size_t maxContentBytes = std::size_t{1} << 22;

bool isWordAt(std::string_view text, std::size_t at)
{
    const std::uint32_t c = utf8::decodeAt(text, at).value;
    return c == '_' || utf8::isLetter(c) || utf8::isNumber(c) || utf8::isMark(c);
}

std::size_t characterBefore(std::string_view text, std::size_t at)
{
    --at;
    while (at > 0 && utf8::isContinuation(text[at])) --at;
    return at;
}

/// Where the white space before `at` begins, at or after `first`.
std::size_t spaceBefore(std::string_view text, std::size_t first, std::size_t at)
{
    while (at > first) {
        const std::size_t before = characterBefore(text, at);
        if (before < first || !utf8::isSpace(utf8::decodeAt(text, before).value)) break;
        at = before;
    }
    return at;
}

/// Where the white space behind `at` ends, at or before `last`.
std::size_t spaceBehind(std::string_view text, std::size_t at, std::size_t last)
{
    while (at < last) {
        const utf8::CodePoint c = utf8::decodeAt(text, at);
        if (c.length == 0 || !utf8::isSpace(c.value)) break;
        at += c.length;
    }
    return at;
}

}  // namespace

Result<AddedTokens> AddedTokens::make(const std::vector<AddedToken>& tokens, WordEdge edge)
{
    AddedTokens out;
    out.m_edge = edge;
    out.m_nodes.emplace_back();
    std::size_t bytes = 0;
    for (const AddedToken& token : tokens) {
        const std::string item = "added_tokens[" + std::to_string(token.id) + "]";
        if (token.content.empty()) return Error::of(ErrorCode::TokenizerInvalid, item, "\"\"");
        bytes += token.content.size();
        if (bytes > maxContentBytes)
            return Error::of(ErrorCode::TokenizerInvalid, "added_tokens", std::to_string(bytes), std::to_string(maxContentBytes));
        int node = 0;
        for (const char c : token.content) {
            const auto byte = static_cast<unsigned char>(c);
            int to = out.child(node, byte);
            if (to < 0) {
                to = static_cast<int>(out.m_nodes.size());
                auto& children = out.m_nodes[static_cast<std::size_t>(node)].children;
                children.insert(std::lower_bound(children.begin(), children.end(), std::pair(byte, 0)), {byte, to});
                out.m_nodes.emplace_back();
            }
            node = to;
        }
        out.m_nodes[static_cast<std::size_t>(node)].token = static_cast<int>(out.m_tokens.size());
        out.m_begins[static_cast<unsigned char>(token.content[0])] = true;
        out.m_tokens.push_back(token);
    }
    return out;
}

int AddedTokens::child(int node, unsigned char byte) const
{
    const auto& children = m_nodes[static_cast<std::size_t>(node)].children;
    const auto it = std::lower_bound(children.begin(), children.end(), std::pair(byte, 0));
    return it != children.end() && it->first == byte ? it->second : -1;
}

int AddedTokens::match(std::string_view text, std::size_t from, bool spellSpecial, std::size_t& begin, std::size_t& end) const
{
    if (m_tokens.empty()) return -1;
    for (std::size_t at = from; at < text.size(); ++at) {
        if (!m_begins[static_cast<unsigned char>(text[at])]) continue;
        int node = 0, best = -1;
        for (std::size_t i = at; i < text.size(); ++i) {
            node = child(node, static_cast<unsigned char>(text[i]));
            if (node < 0) break;
            const int token = m_nodes[static_cast<std::size_t>(node)].token;
            if (token < 0 || (spellSpecial && m_tokens[static_cast<std::size_t>(token)].special)) continue;
            best = token;
            end = i + 1;
        }
        if (best < 0) continue;
        begin = at;
        return best;
    }
    return -1;
}

AddedTokens::Part AddedTokens::next(std::string_view text, std::size_t from, bool spellSpecial) const
{
    std::size_t begin = 0, end = 0;
    for (std::size_t at = from;; at = begin + 1) {
        const int best = match(text, at, spellSpecial, begin, end);
        if (best < 0) return {};
        const AddedToken& token = m_tokens[static_cast<std::size_t>(best)];
        if (token.singleWord && ((begin > 0 && isWordAt(text, characterBefore(text, begin))) || (end < text.size() && isWordAt(text, end))))
            continue;
        return {token.lstrip ? spaceBefore(text, from, begin) : begin, token.rstrip ? spaceBehind(text, end, text.size()) : end, token.id};
    }
}

std::vector<AddedTokens::Part> AddedTokens::cut(std::string_view text, bool spellSpecial) const
{
    if (m_edge == WordEdge::Space) return cutAtSpaces(text, spellSpecial);
    std::vector<Part> parts;
    std::size_t at = 0;
    while (at < text.size()) {
        const Part found = next(text, at, spellSpecial);
        const std::size_t until = found.id < 0 ? text.size() : found.begin;
        if (until > at) parts.push_back({at, until});
        if (found.id < 0) break;
        parts.push_back(found);
        at = found.end;
    }
    return parts;
}

/// As PreTrainedTokenizer.tokenize does it: cut everywhere, then let each token look at the parts beside it, as those before have left
/// them. A single word that touches one becomes a piece of its text.
std::vector<AddedTokens::Part> AddedTokens::cutAtSpaces(std::string_view text, bool spellSpecial) const
{
    std::vector<Part> parts;  // the ids are places in m_tokens at first
    for (std::size_t at = 0; at < text.size();) {
        std::size_t begin = text.size(), end = text.size();
        const int token = match(text, at, spellSpecial, begin, end);
        if (begin > at) parts.push_back({at, begin});
        if (token >= 0) parts.push_back({begin, end, token});
        at = end;
    }
    Part none;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Part& part = parts[i];
        if (part.id < 0 || part.begin == part.end) continue;
        const AddedToken& token = m_tokens[static_cast<std::size_t>(part.id)];
        Part& left = i > 0 ? parts[i - 1] : none;
        Part& right = i + 1 < parts.size() ? parts[i + 1] : none;
        const bool touchesLeft = token.singleWord && left.begin < left.end && text[left.end - 1] != ' ';
        const bool touchesRight = token.singleWord && right.begin < right.end && text[right.begin] != ' ';
        if (touchesLeft) {
            left = {left.begin, part.end};
            part = {};
        } else if (touchesRight) {
            right = {part.begin, right.end};
            part = {};
        } else {
            if (token.rstrip && right.id < 0 && right.begin < right.end) right.begin = part.end = spaceBehind(text, part.end, right.end);
            if (token.lstrip && left.id < 0 && left.begin < left.end) left.end = part.begin = spaceBefore(text, left.begin, part.begin);
        }
    }
    std::erase_if(parts, [](const Part& part) { return part.begin == part.end; });
    for (Part& part : parts)
        if (part.id >= 0) part.id = m_tokens[static_cast<std::size_t>(part.id)].id;
    return parts;
}

}  // namespace hs
