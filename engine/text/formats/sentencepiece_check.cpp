// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/formats/sentencepiece_check.h"

#include <cmath>
#include <cstring>
#include <unordered_set>
#include <vector>

#include "engine/text/formats/proto_reader.h"
#include "engine/text/models/vocab_index.h"
#include "engine/text/utf8.h"

namespace hs {
namespace {

Error invalid(std::string item, std::string found = {}, std::string expected = {})
{
    return Error::of(ErrorCode::TokenizerInvalid, std::move(item), std::move(found), std::move(expected));
}

struct Piece {
    std::string_view text;
    float score = 0.0F;
    std::uint64_t type = 1;
};

Result<Piece> readPiece(std::string_view message, const std::string& item)
{
    ProtoReader reader(message);
    Piece piece;
    while (const auto field = reader.next()) {
        if (field->number == 1 && field->wireType == 2) piece.text = field->bytes;
        if (field->number == 2 && field->wireType == 5) piece.score = field->asFloat();
        if (field->number == 3 && field->wireType == 0) piece.type = field->value;
    }
    if (!reader.ok()) return invalid(item);
    if (piece.text.empty() || piece.text.size() > maxPieceBytes) return invalid(item, std::to_string(piece.text.size()));
    if (utf8::firstInvalid(piece.text) || piece.text.find('\0') != std::string_view::npos) return invalid(item, "UTF-8");
    if (!(std::abs(piece.score) < 1e12F)) return invalid(item, std::to_string(piece.score));
    return piece;
}

/// u32 size of a double array, the array, strings that it points into. Every step that a search can take must stay inside.
Status checkCharsmap(std::string_view blob, const std::string& item)
{
    if (blob.empty()) return {};
    std::uint32_t trieBytes = 0;
    if (blob.size() <= sizeof trieBytes) return invalid(item, std::to_string(blob.size()));
    std::memcpy(&trieBytes, blob.data(), sizeof trieBytes);
    blob.remove_prefix(sizeof trieBytes);
    if (trieBytes >= blob.size() || trieBytes == 0 || trieBytes % sizeof(std::uint32_t) != 0)
        return invalid(item, std::to_string(trieBytes), std::to_string(blob.size()));
    std::vector<std::uint32_t> units(trieBytes / sizeof(std::uint32_t));
    std::memcpy(units.data(), blob.data(), trieBytes);
    const std::size_t strings = blob.size() - trieBytes;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::uint32_t unit = units[i];
        if (unit >> 31) continue;  // a value: never walked through
        const std::uint32_t offset = (unit >> 10) << ((unit & (1U << 9)) >> 6);
        const std::size_t to = i ^ offset;
        if ((to | 0xFF) >= units.size()) return invalid(item, "unit " + std::to_string(i));
        const bool hasLeaf = ((unit >> 8) & 1) != 0;
        if (hasLeaf && (units[to] & 0x7FFFFFFFU) >= strings) return invalid(item, "unit " + std::to_string(i));
    }
    return {};
}

Status checkNormalizer(std::string_view message, const std::string& item)
{
    ProtoReader reader(message);
    while (const auto field = reader.next())
        if (field->number == 2 && field->wireType == 2)
            if (Status s = checkCharsmap(field->bytes, item + ".precompiled_charsmap"); !s) return s;
    return reader.ok() ? Status{} : Status(invalid(item));
}

Result<TokenizerKind> readKind(std::string_view message)
{
    ProtoReader reader(message);
    std::uint64_t type = 1;
    while (const auto field = reader.next())
        if (field->number == 3 && field->wireType == 0) type = field->value;
    if (!reader.ok()) return invalid("trainer_spec");
    switch (type) {
    case 1: return TokenizerKind::SentencePieceUnigram;
    case 2: return TokenizerKind::SentencePieceBpe;
    case 3: return TokenizerKind::Word;
    case 4: return TokenizerKind::Character;
    default: return Error::of(ErrorCode::TokenizerUnsupported, "trainer_spec.model_type", std::to_string(type), "1 | 2 | 3 | 4");
    }
}

}  // namespace

Result<SentencePieceFacts> checkSentencePieceModel(std::string_view bytes)
{
    if (bytes.size() > maxJsonBytes) return invalid("model", std::to_string(bytes.size()), std::to_string(maxJsonBytes));
    SentencePieceFacts facts;
    std::unordered_set<std::string_view> seen;
    std::size_t unknowns = 0;
    ProtoReader reader(bytes);
    while (const auto field = reader.next()) {
        if (field->number == 1) {
            const std::string item = "pieces[" + std::to_string(facts.pieces) + "]";
            if (field->wireType != 2 || facts.pieces >= maxVocabulary) return invalid(item);
            const Result<Piece> piece = readPiece(field->bytes, item);
            if (!piece) return piece.error();
            if (!seen.insert(piece->text).second) return invalid(item, std::string(piece->text));
            unknowns += piece->type == 2 ? 1 : 0;
            ++facts.pieces;
        } else if (field->number == 2 && field->wireType == 2) {
            const Result<TokenizerKind> kind = readKind(field->bytes);
            if (!kind) return kind.error();
            facts.kind = *kind;
        } else if ((field->number == 3 || field->number == 5) && field->wireType == 2) {
            const char* name = field->number == 3 ? "normalizer_spec" : "denormalizer_spec";
            if (Status s = checkNormalizer(field->bytes, name); !s) return s.error();
        }
    }
    if (!reader.ok()) return invalid("model");
    if (facts.pieces == 0) return invalid("pieces", "0");
    if (unknowns != 1) return invalid("pieces", std::to_string(unknowns) + " <unk>", "1");
    return facts;
}

}  // namespace hs
