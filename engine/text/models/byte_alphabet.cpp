// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/models/byte_alphabet.h"

#include "engine/text/utf8.h"

namespace hs {
namespace {

bool standsForItself(unsigned byte) { return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE; }

std::array<std::uint32_t, 256> makeCodePoints()
{
    std::array<std::uint32_t, 256> out{};
    std::uint32_t next = 0x100;
    for (unsigned b = 0; b < 256; ++b) out[b] = standsForItself(b) ? b : next++;
    return out;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

const std::array<std::string, 256>& byteCharacters()
{
    static const std::array<std::string, 256> characters = [] {
        std::array<std::string, 256> out;
        const auto codes = makeCodePoints();
        for (std::size_t b = 0; b < 256; ++b) utf8::append(out[b], codes[b]);
        return out;
    }();
    return characters;
}

std::optional<std::string> bytesOfPiece(std::string_view piece)
{
    static const std::array<int, 0x200> byteOf = [] {
        std::array<int, 0x200> out{};
        out.fill(-1);
        const auto codes = makeCodePoints();
        for (std::size_t b = 0; b < 256; ++b) out[codes[b]] = static_cast<int>(b);
        return out;
    }();
    std::string bytes;
    for (std::size_t at = 0; at < piece.size();) {
        const utf8::CodePoint c = utf8::decodeAt(piece, at);
        if (c.length == 0 || c.value >= byteOf.size() || byteOf[c.value] < 0) return std::nullopt;
        bytes += static_cast<char>(byteOf[c.value]);
        at += c.length;
    }
    return bytes;
}

std::optional<std::uint8_t> byteOfFallbackPiece(std::string_view piece)
{
    if (piece.size() != 6 || !piece.starts_with("<0x") || piece[5] != '>') return std::nullopt;
    const int high = hexDigit(piece[3]);
    const int low = hexDigit(piece[4]);
    if (high < 0 || low < 0) return std::nullopt;
    return static_cast<std::uint8_t>(high * 16 + low);
}

std::string fallbackPiece(std::uint8_t byte)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out = "<0x";
    out += digits[byte >> 4];
    out += digits[byte & 15];
    out += '>';
    return out;
}

std::string displayBytes(std::string_view bytes)
{
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        const utf8::CodePoint c = utf8::decodeAt(bytes, at);
        const bool control = c.length == 1 && (c.value == 0x7F || (c.value < 0x20 && (c.value < 0x09 || c.value > 0x0D)));
        if (c.length == 0 || control) {
            out += fallbackPiece(static_cast<std::uint8_t>(bytes[at]));
            ++at;
        } else {
            out.append(bytes.substr(at, c.length));
            at += c.length;
        }
    }
    return out;
}

}  // namespace hs
