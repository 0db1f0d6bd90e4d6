// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/utf8.h"

#include <utf8proc.h>

#include <cstring>

namespace hs::utf8 {

CodePoint decodeAt(std::string_view bytes, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if (at >= bytes.size()) return {};
    const unsigned lead = byte(at);
    if (lead < 0x80) return {lead, 1};
    std::size_t length = 0;
    std::uint32_t value = 0;
    std::uint32_t least = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
        value = lead & 0x1F;
        least = 0x80;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        value = lead & 0x0F;
        least = 0x800;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        value = lead & 0x07;
        least = 0x10000;
    } else {
        return {};
    }
    if (at + length > bytes.size()) return {};
    for (std::size_t i = 1; i < length; ++i) {
        if (!isContinuation(bytes[at + i])) return {};
        value = (value << 6) | (byte(at + i) & 0x3F);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
    return {value, length};
}

std::optional<std::size_t> firstInvalid(std::string_view bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (at + 8 <= bytes.size()) {  // eight plain ASCII bytes at a time
            std::uint64_t block = 0;
            std::memcpy(&block, bytes.data() + at, sizeof block);
            if ((block & 0x8080808080808080ULL) == 0) {
                at += 8;
                continue;
            }
        }
        const CodePoint c = decodeAt(bytes, at);
        if (c.length == 0) return at;
        at += c.length;
    }
    return std::nullopt;
}

void append(std::string& out, std::uint32_t codePoint)
{
    const auto add = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (codePoint < 0x80) {
        add(codePoint);
    } else if (codePoint < 0x800) {
        add(0xC0 | (codePoint >> 6));
        add(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        add(0xE0 | (codePoint >> 12));
        add(0x80 | ((codePoint >> 6) & 0x3F));
        add(0x80 | (codePoint & 0x3F));
    } else {
        add(0xF0 | (codePoint >> 18));
        add(0x80 | ((codePoint >> 12) & 0x3F));
        add(0x80 | ((codePoint >> 6) & 0x3F));
        add(0x80 | (codePoint & 0x3F));
    }
}

std::string repaired(std::string_view bytes, std::vector<std::size_t>* offsets)
{
    std::string out;
    out.reserve(bytes.size());
    if (offsets) offsets->clear();
    for (std::size_t at = 0; at < bytes.size();) {
        const CodePoint c = decodeAt(bytes, at);
        const std::size_t length = c.length == 0 ? 1 : c.length;
        if (offsets)
            for (std::size_t i = 0; i < length; ++i) offsets->push_back(out.size() + i);
        if (c.length == 0) append(out, 0xFFFD);
        else out.append(bytes.substr(at, length));
        at += length;
    }
    if (offsets) offsets->push_back(out.size());
    return out;
}

bool isSpace(std::uint32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028
           || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

namespace {
utf8proc_category_t category(std::uint32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)); }
}  // namespace

bool isLetter(std::uint32_t c)
{
    const auto cat = category(c);
    return cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO;
}

bool isNumber(std::uint32_t c)
{
    const auto cat = category(c);
    return cat >= UTF8PROC_CATEGORY_ND && cat <= UTF8PROC_CATEGORY_NO;
}

bool isMark(std::uint32_t c)
{
    const auto cat = category(c);
    return cat >= UTF8PROC_CATEGORY_MN && cat <= UTF8PROC_CATEGORY_ME;
}

bool isPunctuation(std::uint32_t c)
{
    const auto cat = category(c);
    return cat >= UTF8PROC_CATEGORY_PC && cat <= UTF8PROC_CATEGORY_PO;
}

bool isSpacelessScript(std::uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF)
           || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x2FA1F) || (c >= 0x30000 && c <= 0x323AF);
}

}  // namespace hs::utf8
