// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string_view>

#include "engine/io/dump/dump_open.h"
#include "engine/text/utf8.h"

namespace hs {

namespace {

constexpr std::string_view bpeSpace = "\xC4\xA0";        // Ġ
constexpr std::string_view bpeNewline = "\xC4\x8A";      // Ċ
constexpr std::string_view pieceSpace = "\xE2\x96\x81";  // ▁

void replaceAll(std::string& text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.erase(at, what.size()).insert(at, with);
}

bool isSpecial(const std::string& piece)
{
    if (piece.size() < 3 || piece.starts_with("<0x")) return false;
    return (piece.front() == '<' && piece.back() == '>')
           || (piece.front() == '[' && piece.back() == ']' && piece[1] >= 'A' && piece[1] <= 'Z');
}

/// Pieces as UTF-8. Where some are not, they are either parts of characters, which together make whole ones (a part becomes U+FFFD), or
/// the file is in Latin-1, whose bytes are the first characters of Unicode.
std::vector<std::string> asUtf8(const std::vector<std::string>& pieces)
{
    std::string all;
    bool bad = false;
    for (const std::string& piece : pieces) {
        bad = bad || utf8::firstInvalid(piece);
        all += piece;
    }
    if (!bad) return pieces;
    const bool parts = !utf8::firstInvalid(all);
    std::vector<std::string> out;
    for (const std::string& piece : pieces) {
        if (!utf8::firstInvalid(piece)) {
            out.push_back(piece);
        } else if (parts) {
            out.push_back(utf8::repaired(piece));
        } else {
            std::string text;
            for (const char byte : piece) utf8::append(text, static_cast<unsigned char>(byte));
            out.push_back(std::move(text));
        }
    }
    return out;
}

}  // namespace

std::vector<Token> tokensFromPieces(const std::vector<std::string>& given, const std::vector<int>& ids)
{
    const std::vector<std::string> pieces = asUtf8(given);
    const auto any = [&](auto test) { return std::any_of(pieces.begin(), pieces.end(), test); };
    const bool spaced =
        any([](const std::string& p) { return p.starts_with(bpeSpace) || p.starts_with(pieceSpace) || p.starts_with(' '); });
    const bool hashed = any([](const std::string& p) { return p.starts_with("##"); });
    std::vector<Token> out;
    int word = -1;
    bool fresh = true;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string& piece = pieces[i];
        Token t;
        t.id = i < ids.size() ? ids[i] : 0;
        t.piece = piece;
        t.text = piece;
        t.special = isSpecial(piece);
        replaceAll(t.text, bpeSpace, " ");
        replaceAll(t.text, bpeNewline, "\n");
        replaceAll(t.text, pieceSpace, " ");
        if (hashed && t.text.starts_with("##")) t.text.erase(0, 2);
        if (!t.special) {
            const bool begins = hashed ? !piece.starts_with("##") : spaced ? t.text.starts_with(' ') || t.text.starts_with('\n') : true;
            if (begins || fresh || word < 0) ++word;
            t.word = word;
        }
        fresh = t.special;
        out.push_back(std::move(t));
    }
    return out;
}

}  // namespace hs
