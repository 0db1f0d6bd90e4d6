// SPDX-License-Identifier: GPL-3.0-or-later
#include <sentencepiece_processor.h>

#include <algorithm>

#include "engine/text/formats/sentencepiece_check.h"
#include "engine/text/pipeline/pipeline_tokenizer.h"
#include "engine/text/utf8.h"

namespace hs {
namespace {

/// libsentencepiece knows the model's normalisation; this class adds byte ranges, display texts, errors, and the tokens that
/// transformers cuts out of a text before the library sees it.
class SentencePieceTokenizer final : public Tokenizer {
public:
    SentencePieceTokenizer(std::unique_ptr<sentencepiece::SentencePieceProcessor> processor, TokenizerKind kind,
                           std::vector<VocabEntry> vocab, SpecialIds special, const TextRules& rules, AddedTokens added)
        : m_processor(std::move(processor)), m_vocab(std::move(vocab)), m_kind(kind), m_special(special),
          m_eachStretchAlone(rules.eachStretchAlone), m_spaceInFront(rules.spaceInFront), m_eosOnce(rules.eosOnce),
          m_added(std::move(added))
    {
        if (m_eachStretchAlone) return;
        m_shield = m_processor->IdToPiece(m_processor->unk_id());
        m_shieldPieces = m_processor->EncodeAsPieces(m_shield).size();
    }

    TokenizerKind kind() const override { return m_kind; }
    int vocabSize() const override { return static_cast<int>(m_vocab.size()); }

    /// The library cannot be interrupted: a stop is seen before and after it works (some megabytes a second).
    Result<std::vector<Token>> encode(std::string_view utf8, const Progress& progress, SpecialText special) const override
    {
        if (const auto bad = utf8::firstInvalid(utf8)) return Error::of(ErrorCode::TextNotUtf8, std::to_string(*bad));
        if (utf8.size() > maxTextBytes)
            return Error::of(ErrorCode::TextTooLong, {}, std::to_string(utf8.size()), std::to_string(maxTextBytes));
        progress.report(Stage::Tokenising, 0, static_cast<std::int64_t>(utf8.size()));
        std::vector<Token> out;
        const ChunkSink cut = [&](const Chunk& whole) { return cutAdded(whole, special, progress, out); };
        const Chunk typed = Chunk::typed(utf8);
        if (Status s = m_eachStretchAlone ? cut(typed) : withMark(typed, cut); !s) return s.error();
        if (progress.stopped()) return Error::cancelled();
        // As transformers has it: the mark in front is not kept before a special token.
        if (!m_eachStretchAlone && out.size() > 1 && out[0].piece == mark && out[1].special) out.erase(out.begin());
        spreadBytes(out);
        return out;
    }

    std::string piece(int id) const override { return known(id) ? entry(id).piece : std::string(); }
    std::string displayText(int id) const override { return known(id) ? entry(id).display : std::string(); }
    std::string tokenBytes(int id) const override { return known(id) ? entry(id).bytes : std::string(); }
    bool isSpecial(int id) const override { return known(id) && entry(id).special; }

    std::string decode(std::span<const int> ids) const override
    {
        std::vector<int> inside;
        std::string text;
        const auto flush = [&] {
            std::string part;
            if (!inside.empty() && m_processor->Decode(inside, &part).ok()) text += part;
            inside.clear();
        };
        for (const int id : ids) {
            if (!known(id) || isSpecial(id)) continue;
            if (id < m_processor->GetPieceSize()) {
                inside.push_back(id);
                continue;
            }
            flush();
            text += entry(id).bytes;
        }
        flush();
        return utf8::firstInvalid(text) ? utf8::repaired(text) : text;
    }

    std::optional<int> bosId() const override { return m_special.bos; }
    std::optional<int> eosId() const override { return m_special.eos; }
    bool addsBos() const override { return m_special.addBos && m_special.bos; }
    bool addsEos() const override { return m_special.addEos && m_special.eos; }
    bool eosOnce() const override { return m_eosOnce; }

private:
    static constexpr std::size_t maxTextBytes = std::size_t{1} << 30;
    static constexpr std::string_view mark = "\u2581";

    bool known(int id) const { return id >= 0 && id < vocabSize(); }
    const VocabEntry& entry(int id) const { return m_vocab[static_cast<std::size_t>(id)]; }

    /// The text as LlamaTokenizer and T5Tokenizer pass it on when "legacy" is false: marks become spaces, one mark stands in front.
    Status withMark(const Chunk& text, const ChunkSink& sink) const
    {
        ChangedText changed(text);
        if (m_spaceInFront && !text.text.empty()) changed.add(mark, {0, 0});
        for (std::size_t at = 0; at < text.text.size();) {
            const std::size_t next = std::min(text.text.find(mark, at), text.text.size());
            changed.copy(at, next);
            if (next < text.text.size()) changed.add(" ", text.sourceOf(next, next + mark.size()));
            at = next + mark.size();
        }
        return changed.pass(sink);
    }

    /// The added tokens of a text, and what lies between them.
    Status cutAdded(const Chunk& whole, SpecialText special, const Progress& progress, std::vector<Token>& out) const
    {
        const std::size_t typed = whole.map ? (whole.text.empty() ? 0 : whole.map[whole.text.size() - 1].end) : whole.text.size();
        for (const AddedTokens::Part& part : m_added.cut(whole.text, special == SpecialText::Spell)) {
            if (progress.stopped()) return Error::cancelled();
            if (part.id >= 0) put(part.id, whole.sourceOf(part.begin, part.end), out);
            else if (Status s = stretch(whole.part(part.begin, part.end), typed, out); !s) return s.error();
        }
        return {};
    }

    void put(int id, SourceSpan span, std::vector<Token>& out) const
    {
        Token& t = out.emplace_back();
        t.id = id;
        t.piece = entry(id).piece;
        t.text = entry(id).display;
        t.special = entry(id).special;
        const int last = out.size() > 1 ? out[out.size() - 2].byteBegin : 0;
        t.byteBegin = std::max(static_cast<int>(span.begin), last);
        t.byteEnd = std::max(static_cast<int>(span.end), t.byteBegin);
    }

    /// What lies between two added tokens.
    Status stretch(const Chunk& chunk, std::size_t textBytes, std::vector<Token>& out) const
    {
        // The library drops spaces at the front of a text; transformers' way to keep the mark is to put the unknown token before it.
        const bool shielded = !m_eachStretchAlone && (chunk.text.starts_with(mark) || chunk.text.starts_with(' '));
        std::string behindShield;
        if (shielded) behindShield.append(m_shield).append(chunk.text);
        sentencepiece::ImmutableSentencePieceText pieces;
        if (const auto status = m_processor->Encode(shielded ? std::string_view(behindShield) : chunk.text, pieces.mutable_proto());
            !status.ok())
            return Error::of(ErrorCode::TokenizerInvalid, "encode", status.ToString());
        const std::size_t before = shielded ? m_shield.size() : 0;
        const auto inChunk = [&](std::size_t at) { return std::min(at - std::min(at, before), chunk.text.size()); };
        out.reserve(out.size() + pieces.pieces_size());
        for (std::size_t i = shielded ? m_shieldPieces : 0; i < pieces.pieces_size(); ++i) {
            const auto piece = pieces.pieces(static_cast<int>(i));
            const int id = static_cast<int>(piece.id());
            if (!known(id)) return Error::of(ErrorCode::TokenizerInvalid, "encode", std::to_string(id), std::to_string(vocabSize()));
            const std::size_t begin = inChunk(piece.begin()), end = inChunk(piece.end());
            const auto limit = static_cast<std::uint32_t>(textBytes);
            const auto at = begin < chunk.text.size() ? chunk.spanOf(begin).begin : chunk.spanOf(chunk.text.size() - 1).end;
            put(id, begin < end ? chunk.sourceOf(begin, end) : SourceSpan{std::min(at, limit), std::min(at, limit)}, out);
        }
        return {};
    }

    bool isByte(int id) const { return id < m_processor->GetPieceSize() && m_processor->IsByte(id); }

    /// The library gives a character's range to the last of its byte pieces; each byte piece gets its own byte here.
    void spreadBytes(std::vector<Token>& tokens) const
    {
        for (std::size_t i = 0; i < tokens.size();) {
            std::size_t end = i;
            while (end < tokens.size() && isByte(tokens[end].id)) {
                ++end;
                if (tokens[end - 1].byteEnd > tokens[end - 1].byteBegin) break;
            }
            if (end == i) {
                ++i;
                continue;
            }
            const int begin = tokens[end - 1].byteBegin;
            if (static_cast<std::size_t>(tokens[end - 1].byteEnd - begin) == end - i)
                for (std::size_t k = i; k < end; ++k) {
                    tokens[k].byteBegin = begin + static_cast<int>(k - i);
                    tokens[k].byteEnd = tokens[k].byteBegin + 1;
                }
            i = end;
        }
    }

    std::unique_ptr<sentencepiece::SentencePieceProcessor> m_processor;
    std::vector<VocabEntry> m_vocab;
    TokenizerKind m_kind;
    SpecialIds m_special;
    bool m_eachStretchAlone;
    bool m_spaceInFront;
    bool m_eosOnce;
    AddedTokens m_added;
    std::string m_shield;            ///< text of the unknown token
    std::size_t m_shieldPieces = 0;  ///< what it becomes
};

std::vector<VocabEntry> entriesOf(const sentencepiece::SentencePieceProcessor& processor)
{
    std::vector<std::string> pieces;
    for (int id = 0; id < processor.GetPieceSize(); ++id) pieces.push_back(processor.IdToPiece(id));
    std::vector<VocabEntry> vocab = markedEntries(std::move(pieces), "\u2581");
    for (int id = 0; id < processor.GetPieceSize(); ++id)
        if (processor.IsControl(id)) markSpecial(vocab, id);
    return vocab;
}

/// Ids that nobody has said are the model's own. TokenizerInvalid for one outside of the vocabulary.
Status completeIds(const sentencepiece::SentencePieceProcessor& processor, std::size_t vocabulary, SpecialIds& special)
{
    const std::tuple<const char*, std::optional<int>*, int> ids[] = {{"bos_id", &special.bos, processor.bos_id()},
                                                                     {"eos_id", &special.eos, processor.eos_id()},
                                                                     {"unk_id", &special.unk, processor.unk_id()},
                                                                     {"pad_id", &special.pad, processor.pad_id()}};
    for (const auto& [name, id, own] : ids) {
        if (!*id && own >= 0) *id = own;
        if (*id && (**id < 0 || static_cast<std::size_t>(**id) >= vocabulary))
            return Error::of(ErrorCode::TokenizerInvalid, name, std::to_string(**id), std::to_string(vocabulary));
    }
    return {};
}

}  // namespace

Result<std::shared_ptr<const Tokenizer>> makeSentencePieceModel(std::string bytes, SpecialIds special, TextRules rules)
{
    const Result<SentencePieceFacts> facts = checkSentencePieceModel(bytes);
    if (!facts) return facts.error();
    // A message that is repeated is merged into the first: normalizer_spec { add_dummy_prefix: false }.
    if (!rules.eachStretchAlone) bytes.append("\x1a\x02\x18\x00", 4);
    auto processor = std::make_unique<sentencepiece::SentencePieceProcessor>();
    try {
        if (const auto status = processor->LoadFromSerializedProto(bytes); !status.ok())
            return Error::of(ErrorCode::TokenizerInvalid, "model", status.ToString());
    } catch (const std::exception& e) {  // the library's index of pieces throws
        return Error::of(ErrorCode::TokenizerInvalid, "model", e.what());
    }
    if (static_cast<std::size_t>(processor->GetPieceSize()) != facts->pieces)
        return Error::of(ErrorCode::TokenizerInvalid, "pieces", std::to_string(processor->GetPieceSize()), std::to_string(facts->pieces));
    std::vector<VocabEntry> vocab = entriesOf(*processor);
    if (Status s = placeAdded(rules.added, vocab, special.unk ? *special.unk : processor->unk_id()); !s) return s.error();
    if (Status s = completeIds(*processor, vocab.size(), special); !s) return s.error();
    Result<AddedTokens> added =
        AddedTokens::make(rules.added.empty() ? specialTokens(vocab, special) : std::move(rules.added), WordEdge::Space);
    if (!added) return added.error();
    return std::shared_ptr<const Tokenizer>(
        std::make_shared<SentencePieceTokenizer>(std::move(processor), facts->kind, std::move(vocab), special, rules, *std::move(added)));
}

}  // namespace hs
