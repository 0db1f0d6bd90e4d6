// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2's spelling of bytes as printable characters: '!'..'~', U+A1..AC and U+AE..FF stand for themselves, the other 68
// bytes, in order, are U+0100 + n (so space is U+0120 and newline U+010A).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hs {

/// Character of each byte, as UTF-8.
const std::array<std::string, 256>& byteCharacters();
/// The bytes that a piece spells; nothing when it holds a character outside the alphabet (added tokens may).
std::optional<std::string> bytesOfPiece(std::string_view piece);
/// Byte of a "<0xE2>" piece (SentencePiece byte fallback).
std::optional<std::uint8_t> byteOfFallbackPiece(std::string_view piece);
/// "<0xE2>".
std::string fallbackPiece(std::uint8_t byte);
/// Bytes for a reader: characters stay, bytes that are no character and control characters become "<0xE2>".
std::string displayBytes(std::string_view bytes);

}  // namespace hs
