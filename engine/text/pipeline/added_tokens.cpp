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

}  // namespace

Result<AddedTokens> AddedTokens::make(const std::vector<AddedToken>& tokens)
{
    AddedTokens out;
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

AddedTokens::Found AddedTokens::next(std::string_view text, std::size_t from) const
{
    if (m_tokens.empty()) return {};
    for (std::size_t at = from; at < text.size(); ++at) {
        if (!m_begins[static_cast<unsigned char>(text[at])]) continue;
        int node = 0;
        int best = -1;
        std::size_t bestEnd = at;
        for (std::size_t i = at; i < text.size(); ++i) {
            node = child(node, static_cast<unsigned char>(text[i]));
            if (node < 0) break;
            if (m_nodes[static_cast<std::size_t>(node)].token < 0) continue;
            best = m_nodes[static_cast<std::size_t>(node)].token;
            bestEnd = i + 1;
        }
        if (best < 0) continue;
        const AddedToken& token = m_tokens[static_cast<std::size_t>(best)];
        if (token.singleWord
            && ((at > 0 && isWordAt(text, characterBefore(text, at))) || (bestEnd < text.size() && isWordAt(text, bestEnd))))
            continue;
        Found found{at, bestEnd, token.id};
        while (token.lstrip && found.begin > from) {
            const std::size_t before = characterBefore(text, found.begin);
            if (before < from || !utf8::isSpace(utf8::decodeAt(text, before).value)) break;
            found.begin = before;
        }
        while (token.rstrip && found.end < text.size()) {
            const utf8::CodePoint c = utf8::decodeAt(text, found.end);
            if (c.length == 0 || !utf8::isSpace(c.value)) break;
            found.end += c.length;
        }
        return found;
    }
    return {};
}

}  // namespace hs
